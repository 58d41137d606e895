#include "cmd/extract/verdict/sureness.h"

#include <math.h>
#include <string.h>

#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"

enum {
	TINY_CHARS = 400,
	SHORT_CHARS = 1200,
	BRIEF_CHARS = 40,
	START_BYTES = 24,  /* blocks that begin alike share so many */
	LOOKED_AT = 200,   /* blocks that are compared */
	WORDS_BYTES = 64 << 10,
	LD_WORDS = 400     /* of articleBody */
};

const char *const sureness_measure_names[SURENESS_MEASURES_COUNT] = {
#define X(name) #name,
	SURENESS_MEASURES(X)
#undef X
};

static const double weights[SURENESS_MEASURES_COUNT][2] = {
#define WEIGHT(name, weight, added) [SURENESS_##name] = { weight, added },
#include "cmd/extract/verdict/sureness.inc"
#undef WEIGHT
};

static double
share(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

static double
at_most(double value, double most)
{
	return value < most ? value : most;
}

static bool
has_signal(const struct article *a, struct str name)
{
	for (size_t i = 0; i < a->signals.count; i++)
		if (str_eq(a->signals.items[i], name))
			return true;
	return false;
}

static void
measure_signals(double *m, const struct article *a, const struct body *body)
{
	m[SURENESS_marked] = has_signal(a, STR("marked-body"));
	m[SURENESS_chunks] = has_signal(a, STR("chunks"));
	m[SURENESS_small_share] = has_signal(a, STR("small-share"));
	m[SURENESS_all_prose] = has_signal(a, STR("all-prose"));
	m[SURENESS_hidden] = body->from_hidden;
	m[SURENESS_ld_text] = body->from_ld || body->from_state;
	m[SURENESS_heading] = has_signal(a, STR("title-heading"));
	m[SURENESS_gate] = a->gate.len > 0;
}

static void
measure_page(double *m, const struct body *body)
{
	size_t text = body->page_chars > body->link_chars ?
		body->page_chars - body->link_chars : 0;

	m[SURENESS_mass] = at_most(body->mass_share, 1);
	m[SURENESS_kept] = at_most(share(body->chars, text), 1);
	m[SURENESS_kept_all] = at_most(share(body->chars, body->page_chars),
		1);
	m[SURENESS_links] = at_most(share(body->link_chars, body->page_chars),
		1);
	m[SURENESS_tiny] = body->chars < TINY_CHARS;
	m[SURENESS_short_] = body->chars < SHORT_CHARS;
	m[SURENESS_size] = at_most((double)body->chars / 10000, 2);
}

static bool
begins_alike(const struct article *a, size_t i)
{
	struct str s = utf8_cut(a->blocks[i].text, START_BYTES);

	for (size_t k = 0; k < a->blocks_count && k < LOOKED_AT; k++)
		if (k != i && s.len > START_BYTES / 2 &&
			str_starts(a->blocks[k].text, s))
			return true;
	return false;
}

static void
measure_blocks(double *m, const struct article *a, const struct body *body)
{
	size_t brief = 0, headings = 0, items = 0, rows = 0, quotes = 0;
	size_t repeated = 0, n = a->blocks_count;

	for (size_t i = 0; i < n; i++) {
		enum block_kind k = a->blocks[i].kind;
		bool heading = k >= BLOCK_H2 && k <= BLOCK_H6;

		headings += heading;
		items += k == BLOCK_LI;
		rows += k == BLOCK_ROW;
		quotes += k == BLOCK_QUOTE;
		brief += !heading && plain_length(a->blocks[i].text) <
			BRIEF_CHARS;
		repeated += i < LOOKED_AT && begins_alike(a, i);
	}
	m[SURENESS_prose] = at_most(share(body->prose_blocks, n), 1);
	m[SURENESS_brief] = share(brief, n);
	m[SURENESS_headings] = share(headings, n);
	m[SURENESS_items] = share(items, n);
	m[SURENESS_rows] = share(rows, n);
	m[SURENESS_quotes] = share(quotes, n);
	m[SURENESS_repeated] = share(repeated, n);
	m[SURENESS_long_block] = at_most(share(body->chars, n) / 500, 2);
}

/* The words of a text that are looked for in another, by their hashes. */
struct told {
	uint32_t words[LD_WORDS];
	bool found[LD_WORDS];
	uint16_t first[256], next[LD_WORDS]; /* those of one last byte: + 1 */
	size_t count;
};

static void
told_read(struct told *t, struct str s, size_t most)
{
	uint32_t word;

	memset(t, 0, sizeof(*t));
	while (t->count < most && t->count < LD_WORDS &&
		wordhash_next(&word, &s)) {
		t->words[t->count] = word;
		t->next[t->count] = t->first[word & 255];
		t->first[word & 255] = (uint16_t)++t->count;
	}
}

/* The share of the words of `s`, at most `most`, that the text has. */
static double
share_in_text(struct str s, size_t most, struct str text)
{
	struct told t;
	uint32_t word;
	size_t in = 0;

	told_read(&t, s, most);
	while (t.count > 0 && wordhash_next(&word, &text))
		for (size_t i = t.first[word & 255]; i; i = t.next[i - 1])
			if (t.words[i - 1] == word)
				t.found[i - 1] = true;
	for (size_t i = 0; i < t.count; i++)
		in += t.found[i];
	return share(in, t.count);
}

static struct str
text_of(const struct article *a, struct arena *arena)
{
	struct strbuf b;
	struct str s;

	strbuf_init(&b, WORDS_BYTES + 8);
	for (size_t i = 0; i < a->blocks_count && b.len < WORDS_BYTES; i++) {
		strbuf_adds(&b, utf8_cut(a->blocks[i].text,
			WORDS_BYTES - b.len));
		strbuf_addc(&b, ' ');
	}
	s = arena_dup(arena, strbuf_str(&b));
	strbuf_release(&b);
	return s.ptr ? s : STR("");
}

static void
measure_told(double *m, const struct facts *f, const struct article *a)
{
	struct str description = facts_meta(f, META_DESCRIPTION, 0);
	struct str text = text_of(a, f->page->arena);

	if (description.len == 0)
		description = facts_meta(f, META_OG_DESCRIPTION, 0);
	if (description.len == 0)
		description = f->ld.description;
	m[SURENESS_described] = description.len > 0;
	m[SURENESS_description] = share_in_text(description, 40, text);
	m[SURENESS_has_ld_body] = f->ld.body.len > 200;
	m[SURENESS_ld_body] = f->ld.body.len > 200 ?
		share_in_text(f->ld.body, 120, text) : 0;
	m[SURENESS_ld_article] = f->ld.rank >= JSONLD_ARTICLE;
	m[SURENESS_ld_news] = f->ld.rank == JSONLD_NEWS;
	m[SURENESS_og_article] = str_eq_nocase(facts_meta(f, META_OG_TYPE, 0),
		STR("article"));
	m[SURENESS_dated] = a->published.len > 0;
	m[SURENESS_named] = a->authors.count > 0;
	m[SURENESS_slug] = share_in_text(a->title, 20, f->page->url);
}

static size_t
count_teasers(const struct html *h)
{
	size_t n = 0;

	for (uint32_t i = 0; i < h->count; i++) {
		enum html_tag tag = h->nodes[i].tag;

		n += (tag == HTML_H2 || tag == HTML_H3 || tag == HTML_H4) &&
			html_find(h, i + 1, h->nodes[i].end, HTML_A) !=
			HTML_NONE;
	}
	return n;
}

static bool
is_bare_path(struct str url)
{
	ptrdiff_t at = str_find(url, STR("://"));
	struct str rest = str_sub(url, at < 0 ? 0 : (size_t)at + 3, url.len);

	at = str_find_byte(rest, '/');
	return at < 0 || (size_t)at + 1 == rest.len;
}

void
sureness_find(struct sureness *out, const struct facts *f,
	const struct body *body, const struct article *a)
{
	double *m = out->measures, sum = 0;
	bool news = f->ld.rank == JSONLD_NEWS;

	memset(out, 0, sizeof(*out));
	m[SURENESS_always] = 1;
	measure_signals(m, a, body);
	measure_page(m, body);
	measure_blocks(m, a, body);
	measure_told(m, f, a);
	m[SURENESS_articles] = at_most((double)f->articles / 10, 1);
	m[SURENESS_one_article] = f->articles == 1;
	m[SURENESS_teasers] = at_most(
		(double)count_teasers(&f->page->html) / 20, 1);
	m[SURENESS_bare_path] = is_bare_path(f->page->url);
	for (size_t i = 0; i < SURENESS_MEASURES_COUNT; i++)
		sum += m[i] * (weights[i][0] + (news ? weights[i][1] : 0));
	/* Below the middle the scale is wider, so that values differ. */
	out->value = sum >= 0 ? 1 / (1 + exp(-sum)) : 0.5 / (1 - sum / 4);
}
