#include "cmd/extract/body/root.h"

#include <string.h>

#include "cmd/extract/body/boilerplate.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/text/lexicon.h"

enum { ALONE = 1, WHOLE = 2, PART = 4 };

#define IN(list) list
#include "cmd/extract/body/bodynames.inc"
#undef IN

/* Sums over passages and the title heading, for the time of a choice. */
struct chooser {
	const struct passages *ps;
	const struct html *h;
	double *weight, *mass; /* of the passages before i */
	double all;            /* mass of the page */
	uint32_t heading;
};

static double
least(double a, double b)
{
	return a < b ? a : b;
}

static double
passage_mass(const struct passage *p)
{
	double len = p->chars, links = p->link_chars;
	bool sentence = p->flags & PASSAGE_SENTENCE;

	if (p->flags & PASSAGE_HEADING)
		return 0;
	if (links > 0.5 * len)
		return -least(len, 400);
	if (len >= 80 || (len >= 40 && sentence)) {
		double w = len - 1.5 * links;

		return len < 200 && !sentence ? w / 2 : w;
	}
	if (len >= 20 && p->flags &
		(PASSAGE_PARAGRAPH | PASSAGE_QUOTE | PASSAGE_PRE))
		return 0.3 * len;
	/* Tables and lists of an article have short parts, menus have links. */
	if (p->flags & (PASSAGE_CELL | PASSAGE_ITEM) && links == 0)
		return -0.05 * least(len, 120);
	return -0.4 * least(len, 120);
}

/* A heading that says all there is of an entry in a list. */
static bool
is_entry(const struct passage *p)
{
	return p->flags & PASSAGE_HEADING && p->level > 1 &&
		p->flags & PASSAGE_SENTENCE && p->chars >= 20 &&
		p->link_chars == 0 &&
		!(p->flags & (PASSAGE_HIDDEN | PASSAGE_NOSCRIPT));
}

void
root_weigh(struct passages *ps, enum root_mode mode)
{
	for (uint32_t i = 0; i < ps->count; i++) {
		struct passage *p = &ps->items[i];
		bool out = (p->flags & PASSAGE_NOSCRIPT &&
				mode != ROOT_NOSCRIPT) ||
			(p->flags & PASSAGE_HIDDEN && mode != ROOT_HIDDEN);

		p->weight = out ? 0 : (float)passage_mass(p);
		if (mode == ROOT_LISTS && p->link_chars && p->weight < 0)
			p->weight = 0;
		if (mode == ROOT_LISTS && is_entry(p))
			p->weight = (float)p->chars / 2;
		p->mass = p->weight > 0 ? p->weight : 0;
	}
}

void
root_apply_reasons(struct passages *ps)
{
	for (uint32_t i = 0; i < ps->count; i++) {
		struct passage *p = &ps->items[i];

		if (p->reason == BOILERPLATE_FOREIGN)
			continue;
		if (p->reason == BOILERPLATE_COMMENT)
			p->weight = 0; /* the article may share its element */
		else if (p->reason || p->flags & PASSAGE_FIGURE)
			p->weight = (float)-least(0.3 * p->chars, 300);
	}
}

uint32_t
root_heading(const struct passages *ps, const struct body_hints *hints)
{
	struct wordhashes titles[BODY_TITLES], own;
	uint32_t found = HTML_NONE;

	for (size_t t = 0; t < hints->titles_count; t++)
		wordhash_read(&titles[t], hints->titles[t]);
	for (uint32_t i = 0; i < ps->count; i++) {
		const struct passage *p = &ps->items[i];

		if (!(p->flags & PASSAGE_HEADING) || p->chars < 8)
			continue;
		if (p->reason == BOILERPLATE_RELATED ||
			p->reason == BOILERPLATE_NAV)
			continue;
		wordhash_read(&own, p->text);
		for (size_t t = 0; t < hints->titles_count; t++) {
			if (wordhash_share(&own, &titles[t]) < 0.7 ||
				wordhash_share(&titles[t], &own) < 0.45)
				continue;
			if (p->level == 1)
				return i;
			if (found == HTML_NONE)
				found = i;
		}
	}
	return found;
}

static double
sum(const double *sums, const struct chooser *c, uint32_t node)
{
	return sums[c->ps->to[node]] - sums[c->ps->from[node]];
}

/* Whether class or id names a body: "article-body", "entryContent". */
static bool
is_body_name(struct str s)
{
	const struct lexicon_entry *whole;
	ptrdiff_t at;

	if (s.len < 5)
		return false; /* most have no id */
	if (lexicon_within(&bodynames, s, ALONE))
		return true;
	while ((at = lexicon_first(&bodynames, s, WHOLE, &whole)) >= 0) {
		const struct lexicon_entry *part;

		s = str_sub(s, (size_t)at + whole->text.len, s.len);
		while (s.len && (*s.ptr == '-' || *s.ptr == '_'))
			s = str_sub(s, 1, s.len);
		part = lexicon_longest(&bodynames, s);
		if (part && part->lists & PART)
			return true;
	}
	return false;
}

static bool
is_article_body(const struct html *h, uint32_t node)
{
	return str_find(html_attr(h, node, HTML_ITEMPROP),
		       STR("articleBody")) >= 0;
}

static bool
is_named_body(const struct html *h, uint32_t node)
{
	return is_body_name(html_attr(h, node, HTML_CLASS)) ||
		is_body_name(html_attr(h, node, HTML_ID));
}

static double
multiplier(const struct chooser *c, uint32_t node)
{
	uint32_t from = c->ps->from[node], to = c->ps->to[node];
	double m = 1;

	if (is_article_body(c->h, node))
		m *= 1.35;
	else if (is_named_body(c->h, node))
		m *= 1.2;
	if (c->h->nodes[node].tag == HTML_ARTICLE)
		m *= 1.08;
	if (c->heading == HTML_NONE)
		return m;
	if (to <= c->heading)
		return m * 0.6;
	if (from <= c->heading ||
		c->mass[from] - c->mass[c->heading] <= 0.12 * c->all)
		m *= 1.25;
	return m;
}

static bool
is_paragraph(enum html_tag tag)
{
	return tag == HTML_P || tag == HTML_LI || tag == HTML_A ||
		tag == HTML_SPAN || tag == HTML_B || tag == HTML_STRONG ||
		tag == HTML_I || tag == HTML_EM || tag == HTML_FONT ||
		tag == HTML_DT || tag == HTML_DD;
}

static bool
is_candidate(const struct chooser *c, uint32_t node)
{
	uint32_t from = c->ps->from[node], to = c->ps->to[node];

	/* A part of a paragraph is no element that could hold the text. */
	return c->h->nodes[node].tag != HTML_TEXT &&
		c->h->nodes[node].tag != HTML_HTML && to > from &&
		(!is_paragraph(c->h->nodes[node].tag) || to - from > 2) &&
		html_within(c->h, c->ps->items[from].node, node) &&
		html_within(c->h, c->ps->items[to - 1].node, node);
}

static uint32_t
best_element(const struct chooser *c)
{
	uint32_t best = HTML_NONE, pick;
	double most = 0, score;

	for (uint32_t i = 0; i < c->h->count; i++) {
		if (!is_candidate(c, i) || sum(c->weight, c, i) * 2.4 < most)
			continue;
		score = sum(c->weight, c, i) * multiplier(c, i);
		if (score > most) {
			most = score;
			best = i;
		}
	}
	if (best == HTML_NONE)
		return best;
	/* A parent must be better by 2 % than what it holds. */
	pick = best;
	for (uint32_t i = best + 1; i < c->h->nodes[best].end; i++)
		if (is_candidate(c, i) && html_within(c->h, i, pick) &&
			sum(c->weight, c, i) * multiplier(c, i) >= most * 0.98)
			pick = i;
	return pick;
}

static struct str
first_class(const struct html *h, uint32_t node)
{
	struct str class = str_trim(html_attr(h, node, HTML_CLASS)), first;

	str_cut(&first, &class, ' ');
	return first;
}

/* Elements that one template made: of one tag and class, or two bodies. */
static bool
alike(const struct html *h, uint32_t a, uint32_t b)
{
	if (h->nodes[a].tag != h->nodes[b].tag ||
		!str_eq(h->nodes[a].text, h->nodes[b].text))
		return false;
	return str_eq(html_attr(h, a, HTML_CLASS),
		       html_attr(h, b, HTML_CLASS)) ||
		(str_eq(first_class(h, a), first_class(h, b)) &&
			is_named_body(h, a) && is_named_body(h, b));
}

/* Share that `node` has of what elements like it hold within `above`. */
static double
share_of_kind(const struct chooser *c, uint32_t node, uint32_t above)
{
	double together = 0, own = sum(c->mass, c, node);

	for (uint32_t i = above + 1; i < c->h->nodes[above].end; i++)
		if (alike(c->h, i, node)) {
			together += sum(c->mass, c, i);
			i = c->h->nodes[i].end - 1;
		}
	return together > 0 ? own / together : 1;
}

/* Whether the title heading is in the element or not far above it. */
static bool
is_at_heading(const struct chooser *c, uint32_t node)
{
	uint32_t from = c->ps->from[node], to = c->ps->to[node];

	return c->heading != HTML_NONE && c->heading < to &&
		from <= c->heading + 12 &&
		(from <= c->heading ||
			c->mass[from] - c->mass[c->heading] < 0.12 * c->all);
}

/*
 * Mass of the paragraphs within the root that stand beside the part: in an
 * element that holds both. They are of the same text.
 */
static double
mass_beside(const struct chooser *c, uint32_t part, uint32_t root)
{
	double beside = 0;

	for (uint32_t i = c->ps->to[part]; i < c->ps->to[root]; i++) {
		const struct passage *p = &c->ps->items[i];

		if (p->weight > 0 &&
			html_within(c->h, part, c->h->nodes[p->block].parent))
			beside += p->mass;
	}
	return beside;
}

/*
 * A part of the root that the page marks as its body and that holds half of
 * it, or a quarter where the title heading stands by it.
 */
static uint32_t
marked_within(const struct chooser *c, uint32_t root)
{
	double mass = sum(c->mass, c, root);
	uint32_t found = HTML_NONE;

	for (uint32_t i = root + 1; i < c->h->nodes[root].end; i++) {
		double least_mass = is_at_heading(c, i) ? 0.25 : 0.5;
		bool marked;

		if (!is_candidate(c, i) ||
			sum(c->mass, c, i) < least_mass * mass)
			continue;
		marked = is_article_body(c->h, i) || is_named_body(c->h, i) ||
			c->h->nodes[i].tag == HTML_ARTICLE;
		if (marked && share_of_kind(c, i, root) >= 0.93 &&
			mass_beside(c, i, root) < 0.5 * sum(c->mass, c, i))
			found = i;
	}
	return found;
}

/* Of several articles in the root the one with the title heading. */
static uint32_t
titled_article(const struct chooser *c, uint32_t root)
{
	uint32_t with = HTML_NONE, count = 0;

	if (c->heading == HTML_NONE)
		return HTML_NONE;
	for (uint32_t i = root; i < c->h->nodes[root].end; i++) {
		if (c->h->nodes[i].tag != HTML_ARTICLE ||
			sum(c->mass, c, i) < 0.15 * c->all)
			continue;
		count++;
		if (c->ps->from[i] <= c->heading &&
			c->heading < c->ps->to[i])
			with = i;
	}
	return count > 1 ? with : HTML_NONE;
}

/* The article element around the node, or HTML_NONE. */
static uint32_t
article_of(const struct html *h, uint32_t node)
{
	while (node != HTML_NONE && h->nodes[node].tag != HTML_ARTICLE)
		node = h->nodes[node].parent;
	return node;
}

/*
 * The pieces of a body that is cut into siblings or cousins. What lies in
 * another article element is the next story.
 */
static void
add_chunks(struct root *out, const struct chooser *c, uint32_t root)
{
	const struct html *h = c->h;
	uint32_t above = h->nodes[root].parent;
	uint32_t within = article_of(h, above);
	double least_share = 0.04;

	out->nodes[0] = root;
	out->count = 1;
	if (h->nodes[root].tag == HTML_ARTICLE) {
		if (above == HTML_NONE || !is_named_body(h, above))
			return; /* its like are other articles */
		least_share = 0.02;
	}
	for (int up = 0; up < 2 && above != HTML_NONE; up++) {
		size_t n = 0;
		uint32_t nodes[ROOTS_MAX];

		for (uint32_t i = above + 1; i < h->nodes[above].end; i++) {
			if (n < ROOTS_MAX && is_candidate(c, i) &&
				alike(h, i, root) &&
				sum(c->mass, c, i) >= least_share * c->all &&
				sum(c->weight, c, i) > 0 &&
				article_of(h, h->nodes[i].parent) ==
					within) {
				nodes[n++] = i;
				i = h->nodes[i].end - 1;
			}
		}
		if (n > 1) {
			memcpy(out->nodes, nodes, n * sizeof(*nodes));
			out->count = n;
			return;
		}
		above = h->nodes[above].parent;
	}
}

static int
prepare(struct chooser *c, const struct passages *ps, const struct page *page)
{
	size_t n = ps->count + 1;

	*c = (struct chooser){ .ps = ps, .h = &page->html };
	c->weight = arena_calloc(page->arena, n, sizeof(double));
	c->mass = arena_calloc(page->arena, n, sizeof(double));
	if (!c->weight || !c->mass)
		return -1;
	for (uint32_t i = 0; i < ps->count; i++) {
		c->weight[i + 1] = c->weight[i] + ps->items[i].weight;
		c->mass[i + 1] = c->mass[i] + (ps->items[i].reason ? 0 :
			(double)ps->items[i].mass);
	}
	c->all = c->mass[ps->count];
	return 0;
}

int
root_choose(struct root *out, const struct passages *ps,
	const struct page *page, const struct body_hints *hints)
{
	struct chooser c;
	uint32_t root, better;

	*out = (struct root){ .heading = HTML_NONE };
	if (prepare(&c, ps, page) < 0)
		return -1;
	c.heading = out->heading = root_heading(ps, hints);
	root = best_element(&c);
	out->page_mass = c.all;
	if (root == HTML_NONE)
		return 0;
	better = titled_article(&c, root);
	if (better != HTML_NONE)
		root = better;
	better = marked_within(&c, root);
	if (better != HTML_NONE)
		root = better;
	out->marked = is_article_body(c.h, root) || is_named_body(c.h, root);
	add_chunks(out, &c, root);
	for (size_t i = 0; i < out->count; i++)
		out->mass += sum(c.mass, &c, out->nodes[i]);
	return 0;
}
