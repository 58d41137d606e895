#include "cmd/extract/body/body.h"

#include <string.h>

#include "cmd/extract/body/anchor.h"
#include "cmd/extract/body/boilerplate.h"
#include "cmd/extract/body/foreign.h"
#include "cmd/extract/body/passage.h"
#include "cmd/extract/words/plain.h"
#include "cmd/extract/body/root.h"
#include "cmd/extract/page/statetext.h"
#include "cmd/extract/body/trim.h"
#include "cmd/extract/body/ldbody.h"
#include "cmd/extract/words/wordhash.h"
#include "common/text/unicode.h"

enum {
	ENOUGH_CHARS = 250,
	NOTHING_CHARS = 100,
	PARAGRAPH_CHARS = 160,
	NOSCRIPT_PROSE = 3,
	HEADING_CHARS = 200
};

/* One attempt at a body, and what it came to. */
struct attempt {
	struct passages ps;
	struct root root;
	struct trim trim;
	struct ldbody ldbody;
	double chars;
};

static int
list_passages(struct attempt *a, const struct page *page, enum root_mode mode)
{
	uint32_t n = 0, count = 0;

	for (size_t k = 0; k < a->root.count; k++)
		count += a->ps.to[a->root.nodes[k]] -
			a->ps.from[a->root.nodes[k]];
	a->trim.items = arena_calloc(page->arena, count + 1, sizeof(uint32_t));
	a->trim.marks = arena_calloc(page->arena, count + 1, 1);
	if (!a->trim.items || !a->trim.marks)
		return -1;
	for (size_t k = 0; k < a->root.count; k++)
		for (uint32_t i = a->ps.from[a->root.nodes[k]];
			i < a->ps.to[a->root.nodes[k]]; i++) {
			struct passage *p = &a->ps.items[i];

			if (p->flags & PASSAGE_BODY ||
				(p->flags & PASSAGE_NOSCRIPT &&
					mode != ROOT_NOSCRIPT))
				continue;
			p->flags |= PASSAGE_BODY;
			a->trim.items[n++] = i;
		}
	a->trim.count = n;
	return 0;
}

/* The passage of an h1 that is the title, or HTML_NONE. */
static uint32_t
headline(const struct passages *ps, const struct body_hints *hints)
{
	uint32_t i = root_heading(ps, hints);

	return i != HTML_NONE && ps->items[i].level == 1 ? i : HTML_NONE;
}

/*
 * Takes what is not of the article out of the page's mass. Then the names are
 * read once more: what share of the page an element holds must not depend on
 * it.
 */
static int
mark(struct attempt *a, const struct page *page,
	const struct body_hints *hints)
{
	unsigned char *suspects;
	struct anchor anchor;
	double taken;

	for (int turn = 0; turn < 2; turn++) {
		if (boilerplate_mark(&a->ps, page, headline(&a->ps, hints),
			    &suspects) < 0)
			return -1;
		anchor_find(&anchor, &a->ps, hints);
		if (foreign_mark(&a->ps, &anchor, suspects, hints,
			    page->arena, &taken) < 0)
			return -1;
		if (taken <= 0)
			break;
	}
	return 0;
}

static int
attempt(struct attempt *a, const struct page *page,
	const struct body_hints *hints, enum root_mode mode)
{
	for (uint32_t i = 0; i < a->ps.count; i++) {
		a->ps.items[i].flags &= ~(uint32_t)(PASSAGE_BODY |
			PASSAGE_DROPPED | PASSAGE_FOREIGN);
		a->ps.items[i].reason = 0;
	}
	root_weigh(&a->ps, mode);
	if (mark(a, page, hints) < 0)
		return -1;
	root_apply_reasons(&a->ps);
	if (root_choose(&a->root, &a->ps, page, hints) < 0 ||
		list_passages(a, page, mode) < 0)
		return -1;
	a->trim.ps = &a->ps;
	a->trim.heading = a->root.heading;
	if (ldbody_read(&a->ldbody, hints->ld_body, page->arena) < 0 ||
		ldbody_gather(&a->ldbody, &a->trim, page->arena) < 0)
		return -1;
	a->trim.ldbody = &a->ldbody;
	if (mode != ROOT_HIDDEN) {
		uint32_t n = 0;

		for (uint32_t i = 0; i < a->trim.count; i++)
			if (!(a->ps.items[a->trim.items[i]].flags &
				    PASSAGE_HIDDEN))
				a->trim.items[n++] = a->trim.items[i];
		a->trim.count = n;
	}
	trim_body(&a->trim);
	a->chars = 0;
	for (uint32_t i = 0; i < a->trim.count; i++)
		a->chars += a->ps.items[a->trim.items[i]].chars;
	return 0;
}

static uint32_t
row_of(const struct html *h, uint32_t node)
{
	while (node != HTML_NONE && h->nodes[node].tag != HTML_TR)
		node = h->nodes[node].parent;
	return node;
}

static struct str
join(struct arena *arena, struct str a, struct str b, struct str between)
{
	char *to = arena_alloc(arena, a.len + b.len + between.len + 1);

	if (!to)
		return (struct str){ NULL, 0 };
	memcpy(to, a.ptr, a.len);
	memcpy(to + a.len, between.ptr, between.len);
	memcpy(to + a.len + between.len, b.ptr, b.len);
	return (struct str){ to, a.len + between.len + b.len };
}

/* Whether a standfirst is as long as a paragraph: then it is the first one. */
static bool
is_first_paragraph(const struct passage *p)
{
	return p->chars >= (p->flags & PASSAGE_HEADING ? HEADING_CHARS :
		PARAGRAPH_CHARS);
}

static int
write_blocks(struct body *out, const struct attempt *a,
	const struct page *page)
{
	uint32_t last_row = HTML_NONE, row;

	out->blocks = arena_calloc(page->arena, a->trim.count + 1,
		sizeof(*out->blocks));
	if (!out->blocks)
		return -1;
	for (uint32_t i = 0; i < a->trim.count; i++) {
		const struct passage *p = &a->ps.items[a->trim.items[i]];
		struct block b = { passage_kind(p),
			unicode_nfc(p->text, page->arena) };

		if (!b.text.ptr || out->blocks_count >= ARTICLE_BLOCKS_MAX)
			return -1;
		if (a->trim.marks[i] == TRIM_SUMMARY &&
			is_first_paragraph(p)) {
			b.kind = BLOCK_P;
		} else if (a->trim.marks[i] == TRIM_SUMMARY) {
			out->summary = out->summary.len ?
				join(page->arena, out->summary, b.text,
					STR(" ")) : b.text;
			continue;
		}
		if (a->trim.marks[i] == TRIM_CREDIT)
			b.kind = BLOCK_CREDIT;
		else if (a->trim.marks[i] == TRIM_CORRECTION)
			b.kind = BLOCK_CORRECTION;
		row = b.kind == BLOCK_ROW ? row_of(a->ps.html, p->block) :
			HTML_NONE;
		if (row != HTML_NONE && row == last_row) {
			struct block *before =
				&out->blocks[out->blocks_count - 1];

			before->text = join(page->arena, before->text, b.text,
				STR(" | "));
			continue;
		}
		last_row = row;
		out->blocks[out->blocks_count++] = b;
		out->chars += p->chars;
		out->prose_blocks += p->flags & PASSAGE_SENTENCE ? 1 : 0;
	}
	return 0;
}

/* The standfirst above the body, where the body has none in it. */
static int
find_standfirst(struct body *out, const struct attempt *a,
	const struct page *page)
{
	const struct passage *p;
	struct block *blocks;
	struct str text;
	uint32_t i;

	if (out->summary.len || !a->trim.count || out->from_ld ||
		out->from_state)
		return 0;
	i = trim_standfirst(&a->trim, a->ps.from[a->root.nodes[0]]);
	if (i == HTML_NONE)
		return 0;
	p = &a->ps.items[i];
	text = unicode_nfc(p->text, page->arena);
	if (!is_first_paragraph(p)) {
		out->summary = text;
		return 0;
	}
	blocks = arena_calloc(page->arena, out->blocks_count + 1,
		sizeof(*blocks));
	if (!blocks)
		return -1;
	blocks[0] = (struct block){ BLOCK_P, text };
	memcpy(blocks + 1, out->blocks, out->blocks_count * sizeof(*blocks));
	out->blocks = blocks;
	out->blocks_count++;
	out->chars += p->chars;
	return 0;
}

/* How much of the words of a text are in another, 0 to 1. */
static double
shared(const struct attempt *a, struct str text)
{
	struct wordhashes all, own;
	double sum = 0, n = 0;

	wordhash_read(&all, text);
	for (uint32_t i = 0; i < a->trim.count && n < 3; i++) {
		const struct passage *p = &a->ps.items[a->trim.items[i]];

		if (p->chars < 60)
			continue;
		wordhash_read(&own, p->text);
		sum += wordhash_share(&all, &own);
		n++;
	}
	return n > 0 ? sum : 0;
}

/*
 * Makes a text that was found elsewhere the body, each line a paragraph: 1; 0
 * if it has too many, -1 when the arena is full.
 */
static int
take_lines(struct body *out, const struct page *page, struct str text)
{
	struct str line, rest = text;
	size_t lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	if (lines > ARTICLE_BLOCKS_MAX)
		return 0;
	out->blocks = arena_calloc(page->arena, lines, sizeof(*out->blocks));
	if (!out->blocks)
		return -1;
	out->blocks_count = 0;
	while (str_field(&line, &rest, '\n')) {
		line = str_trim(line);
		if (line.len)
			out->blocks[out->blocks_count++] = (struct block){
				BLOCK_P, unicode_nfc(line, page->arena)
			};
	}
	out->chars = plain_length(text);
	return 1;
}

/*
 * The text that JSON-LD gives, where the page shows less than half of it and
 * what it shows is the same text or next to nothing.
 */
static int
use_ld(struct body *out, const struct attempt *a, const struct page *page,
	struct str text)
{
	double chars = (double)plain_length(text);
	int got;

	if (chars < ENOUGH_CHARS || a->chars > chars / 2 ||
		(a->chars >= ENOUGH_CHARS && shared(a, text) < 0.6))
		return 0;
	got = take_lines(out, page, text);
	out->from_ld = got > 0;
	return got < 0 ? -1 : 0;
}

/* The page shows next to nothing: what its own program would show. */
static int
use_state(struct body *out, const struct attempt *a, const struct page *page,
	const struct body_hints *hints)
{
	struct str text;
	int got;

	if (out->from_ld || a->chars >= NOTHING_CHARS)
		return 0;
	if (statetext_read(&text, &page->html, hints->titles,
		    hints->titles_count, page->arena) < 0)
		return -1;
	got = text.len > 0 ? take_lines(out, page, text) : 0;
	out->from_state = got > 0;
	return got < 0 ? -1 : 0;
}

/* All prose of the page, where no element holds enough of it. */
static int
take_all_prose(struct attempt *a, const struct page *page)
{
	uint32_t *items = arena_calloc(page->arena, a->ps.count + 1,
		sizeof(*items));
	unsigned char *marks = arena_calloc(page->arena, a->ps.count + 1, 1);
	double chars = 0;
	uint32_t n = 0;

	if (!items || !marks)
		return -1;
	for (uint32_t i = 0; i < a->ps.count; i++) {
		const struct passage *p = &a->ps.items[i];

		if (p->mass <= 0 || p->reason ||
			p->flags & PASSAGE_FIGURE)
			continue;
		items[n++] = i;
		chars += p->chars;
	}
	if (chars < 2 * a->chars)
		return 0;
	a->trim.items = items;
	a->trim.marks = marks;
	a->trim.count = n;
	a->chars = chars;
	return 1;
}

static void
note(struct body *out, const char *name)
{
	if (out->signals.count < BODY_SIGNALS)
		out->signals.items[out->signals.count++] = str_from(name);
}

/* How sure the choice is, and what speaks for and against it. */
static void
rate(struct body *out, const struct attempt *a, bool all_prose)
{
	double c = 0.25 + 0.35 * out->mass_share;

	if (a->root.heading != HTML_NONE) {
		note(out, "title-heading");
		c += 0.2;
	}
	if (a->root.marked) {
		note(out, "marked-body");
		c += 0.1;
	}
	if (out->prose_blocks > 2)
		c += 0.1;
	if (a->root.count > 1)
		note(out, "chunks");
	if (out->mass_share < 0.4) {
		note(out, "small-share");
		c -= 0.1;
	}
	if (out->chars < ENOUGH_CHARS) {
		note(out, "short");
		c *= 0.5;
	}
	if (out->from_hidden)
		note(out, "hidden-text");
	if (out->from_ld)
		note(out, "json-ld-text");
	if (out->from_state)
		note(out, "state-text");
	if (all_prose)
		note(out, "all-prose");
	if (out->from_hidden || out->from_ld || out->from_state || all_prose)
		c *= 0.7;
	out->confidence = c < 0 ? 0 : c > 1 ? 1 : c;
}

static void
describe(struct body *out, const struct attempt *a)
{
	const struct passages *ps = &a->ps;

	for (uint32_t i = 0; i < ps->count; i++) {
		out->page_chars += ps->items[i].chars;
		out->link_chars += ps->items[i].link_chars;
	}
	if (a->root.count)
		out->root = a->root.nodes[0];
	if (a->root.heading != HTML_NONE) {
		out->heading = ps->items[a->root.heading].block;
		out->heading_text = ps->items[a->root.heading].text;
	}
	out->mass_share = a->root.page_mass > 0 ?
		a->root.mass / a->root.page_mass : 0;
}

/* Whether the chosen elements hold that share of the page's prose. */
static bool
holds(const struct attempt *a, double share)
{
	return a->root.mass >= share * a->root.page_mass;
}

/*
 * An article that is mostly lists of links, or of names without a verb, has
 * little prose to be found by. It must come to most of the page's.
 */
static int
search_lists(struct attempt *a, const struct page *page,
	const struct body_hints *hints)
{
	double chars = a->chars;

	if (attempt(a, page, hints, ROOT_LISTS) < 0)
		return -1;
	if (a->chars >= ENOUGH_CHARS && a->chars > 2 * chars && holds(a, 0.3))
		return 1;
	return attempt(a, page, hints, ROOT_SHOWN);
}

/*
 * What the page has for readers without scripts, where that is an article and
 * not a request to turn them on.
 */
static int
search_noscript(struct attempt *a, const struct page *page,
	const struct body_hints *hints)
{
	uint32_t prose = 0;

	for (uint32_t i = 0; i < a->ps.count; i++)
		prose += a->ps.items[i].flags & PASSAGE_NOSCRIPT &&
			a->ps.items[i].flags & PASSAGE_SENTENCE;
	if (prose < NOSCRIPT_PROSE)
		return 0;
	if (attempt(a, page, hints, ROOT_NOSCRIPT) < 0)
		return -1;
	return a->chars >= ENOUGH_CHARS;
}

/* Tries what shows first, then what is hidden, lists, and then all prose. */
static int
search(struct attempt *a, const struct page *page,
	const struct body_hints *hints, struct body *out, bool *all_prose)
{
	double chars;
	int got;

	if (attempt(a, page, hints, ROOT_SHOWN) < 0)
		return -1;
	if (a->chars >= ENOUGH_CHARS && holds(a, a->root.marked ? 0.08 : 0.4))
		return 0;
	if (a->chars < ENOUGH_CHARS) {
		chars = a->chars;
		if (attempt(a, page, hints, ROOT_HIDDEN) < 0)
			return -1;
		out->from_hidden = a->chars > chars;
		if (!out->from_hidden &&
			attempt(a, page, hints, ROOT_SHOWN) < 0)
			return -1;
		if (a->chars >= ENOUGH_CHARS)
			return 0;
		got = search_noscript(a, page, hints);
		if (got != 0)
			return got < 0 ? -1 : 0;
	}
	got = out->from_hidden ? 0 : search_lists(a, page, hints);
	if (got != 0)
		return got < 0 ? -1 : 0;
	if (a->chars >= ENOUGH_CHARS && holds(a, 0.08))
		return 0;
	got = take_all_prose(a, page);
	*all_prose = got > 0;
	return got < 0 ? -1 : 0;
}

int
body_find(struct body *out, const struct page *page,
	const struct body_hints *hints, const bool *left_out,
	struct err *err)
{
	struct attempt a = { 0 };
	bool all_prose = false;

	*out = (struct body){ .root = HTML_NONE, .heading = HTML_NONE };
	out->signals.items = arena_calloc(page->arena, BODY_SIGNALS,
		sizeof(*out->signals.items));
	trim_init(&a.trim, hints);
	if (!out->signals.items ||
		passages_read(&a.ps, page, left_out) < 0 ||
		search(&a, page, hints, out, &all_prose) < 0 ||
		write_blocks(out, &a, page) < 0 ||
		(!left_out && (use_ld(out, &a, page, hints->ld_body) < 0 ||
			use_state(out, &a, page, hints) < 0)) ||
		find_standfirst(out, &a, page) < 0)
		return err_set(err, "the page is too complex");
	describe(out, &a);
	rate(out, &a, all_prose);
	return 0;
}
