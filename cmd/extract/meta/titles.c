#include "cmd/extract/meta/titles.h"

#include <string.h>

#include "common/text/date.h"
#include "cmd/extract/meta/title.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum {
	SITES = 8,
	HEADINGS = 8,
	PARTS = 6,          /* looked at of a heading */
	LONGEST_TITLE = 400,
	LOWER_HEADINGS = 60
};

#define ALIKE 0.7
#define SLUG_WORDS 3

const char *const titles_measure_names[TITLES_MEASURES_COUNT] = {
#define X(name) #name,
	TITLES_MEASURES(X)
#undef X
};

/* What a measure counts, and what is added to that on a page of news. */
static const double weights[TITLES_MEASURES_COUNT][2] = {
#define WEIGHT(name, weight, added) [TITLES_##name] = { weight, added },
#include "cmd/extract/meta/titles.inc"
#undef WEIGHT
};

/* What the measures are taken from. */
struct source {
	struct str text; /* without the site's name */
	struct wordhashes words;
};

struct collection {
	struct titles *out;
	const struct facts *f;
	const struct body *body;
	struct str sites[SITES];
	size_t sites_count;
	struct source ld, og, twitter, element, meta, h1, slug;
	size_t h1_count;
};

static bool
is_usable(struct str s)
{
	return s.len > 0 && s.len < LONGEST_TITLE;
}

static struct titles_item *
add(struct collection *c, struct str text, enum titles_source source,
	uint32_t node)
{
	struct titles *t = c->out;
	struct titles_item *item;

	text = str_trim(text);
	if (!is_usable(text))
		return NULL;
	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->items[i].text, text)) {
			item = &t->items[i];
			item->exact |= 1u << source;
			item->node = item->node == HTML_NONE ? node :
				item->node;
			return item;
		}
	if (t->count == TITLES_MAX)
		return NULL;
	item = &t->items[t->count++];
	*item = (struct titles_item){ .text = text, .exact = 1u << source,
		.node = node };
	return item;
}

/* "12.03.2024 - The headline": the headline. */
static struct str
without_date(struct str s)
{
	static const char marks[] = " -:|,";
	struct date d;
	size_t start, end;

	if (s.len == 0 || !ascii_digit(s.ptr[0]) ||
		!date_find(&d, s, DATE_NO_TIME, &start, &end) ||
		start > 0 || end + 2 >= s.len || !strchr(marks, s.ptr[end]))
		return STR("");
	s = str_sub(s, end, s.len);
	while (s.len > 0 && strchr(marks, s.ptr[0]))
		s = str_sub(s, 1, s.len);
	if (str_starts(s, STR("\u2013 ")))
		s = str_sub(s, strlen("\u2013 "), s.len);
	return s;
}

/* A string of the page: as it is, without the site's name, without a date. */
static struct str
add_text(struct collection *c, struct str text, enum titles_source source,
	uint32_t node)
{
	struct str clean = title_clean(text, c->sites, c->sites_count);

	if (!is_usable(text))
		return STR("");
	add(c, clean, source, node);
	if (clean.len < text.len)
		add(c, text, TITLES_RAW, node);
	add(c, without_date(clean), TITLES_UNDATED, node);
	return clean;
}

static void
read_source(struct source *s, struct str text)
{
	s->text = text;
	wordhash_read(&s->words, text);
}

static void
add_meta(struct collection *c, struct source *s, enum meta_key key,
	enum titles_source source)
{
	struct str text;

	read_source(s, STR(""));
	for (size_t i = 0; i < 4; i++) {
		text = add_text(c, facts_meta(c->f, key, i), source, HTML_NONE);
		if (i == 0)
			read_source(s, text);
	}
}

static struct str
node_text(const struct facts *f, uint32_t node)
{
	const struct html_node *n = &f->page->html.nodes[node];

	if (n->tag == HTML_TEXT)
		return facts_text(f, node, node + 1, STR(" "), LONGEST_TITLE);
	return facts_text(f, node, n->end, STR(" "), LONGEST_TITLE);
}

/* The element itself, or the only one in it that has text. */
static uint32_t
inmost(const struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;

	for (;;) {
		uint32_t only = HTML_NONE;

		for (uint32_t i = html_first(h, node); i != HTML_NONE;
			i = html_next(h, i)) {
			if (node_text(f, i).len == 0)
				continue;
			if (only != HTML_NONE)
				return node;
			only = i;
		}
		if (only == HTML_NONE || h->nodes[only].tag == HTML_TEXT)
			return node;
		node = only;
	}
}

/* A heading's elements: one of them may be the headline, another a kicker. */
static void
add_parts(struct collection *c, uint32_t heading)
{
	const struct html *h = &c->f->page->html;
	struct str parts[PARTS];
	size_t n = 0, longest = 0;
	uint32_t node = inmost(c->f, heading);

	for (uint32_t i = html_first(h, node); i != HTML_NONE && n < PARTS;
		i = html_next(h, i)) {
		parts[n] = node_text(c->f, i);
		n += wordhash_count(parts[n]) > 1;
	}
	for (size_t i = 1; i < n; i++)
		longest = parts[i].len > parts[longest].len ? i : longest;
	if (n == 0)
		return;
	add(c, parts[0], TITLES_FIRST, heading);
	add(c, parts[n - 1], TITLES_LAST, heading);
	add(c, parts[longest], TITLES_LONGEST, heading);
}

static void
add_headings(struct collection *c)
{
	static const enum mark_kind kinds[] = { MARK_H1, MARK_HEADLINE };
	struct str text;
	enum titles_source source;

	read_source(&c->h1, STR(""));
	for (size_t k = 0; k < 2; k++) {
		const struct marks *m = &c->f->marks[kinds[k]];

		for (size_t i = 0; i < m->count && i < HEADINGS; i++) {
			source = k == 1 ? TITLES_ITEMPROP : c->h1_count > 0 ?
				TITLES_LATER_H1 : TITLES_H1;
			text = add_text(c, facts_mark_text(c->f, &m->items[i]),
				source, m->items[i].node);
			if (text.len == 0)
				continue;
			add_parts(c, m->items[i].node);
			if (source == TITLES_H1)
				read_source(&c->h1, text);
			c->h1_count += k == 0;
		}
	}
}

/* Whether machines are told these words. */
static bool
is_told(const struct collection *c, const struct wordhashes *w)
{
	const struct source *told[] = { &c->og, &c->twitter, &c->element,
		&c->ld };

	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		if (wordhash_share(w, &told[i]->words) >= ALIKE &&
			wordhash_share(&told[i]->words, w) >= 0.3)
			return true;
	return false;
}

/* Pages without an h1 that fits have the headline in an h2 or h3. */
static void
add_lower_headings(struct collection *c)
{
	const struct html *h = &c->f->page->html;
	struct wordhashes words;
	size_t seen = 0;

	for (uint32_t i = 0; i < h->count && seen < LOWER_HEADINGS; i++) {
		enum html_tag tag = h->nodes[i].tag;
		struct str text;

		if (tag != HTML_H2 && tag != HTML_H3)
			continue;
		seen++;
		text = node_text(c->f, i);
		wordhash_read(&words, text);
		if (words.count > 1 && is_told(c, &words))
			add_text(c, text, TITLES_LOWER, i);
	}
}

/* The part of the address that has the most words. */
static void
read_slug(struct collection *c)
{
	struct str url = c->f->page->url, part;
	ptrdiff_t at = str_find(url, STR("://"));

	read_source(&c->slug, STR(""));
	url = str_sub(url, at < 0 ? 0 : (size_t)at + 3, url.len);
	at = str_find_byte(url, '?');
	url = at < 0 ? url : str_sub(url, 0, (size_t)at);
	str_field(&part, &url, '/');
	while (str_field(&part, &url, '/'))
		if (wordhash_count(part) > c->slug.words.count)
			read_source(&c->slug, part);
	if (c->slug.words.count < SLUG_WORDS)
		read_source(&c->slug, STR(""));
}

static bool
is_upper(struct str s)
{
	size_t upper = 0;

	while (s.len > 0) {
		uint32_t ch = utf8_decode(&s);
		enum unicode_class k = unicode_class(ch == UTF8_BAD ? ' ' : ch);

		if (k == UNICODE_LOWER || k == UNICODE_LETTER)
			return false;
		upper += k == UNICODE_UPPER;
	}
	return upper > 4;
}

static bool
is_linked(const struct collection *c, uint32_t node)
{
	const struct html *h = &c->f->page->html;

	if (node == HTML_NONE)
		return false;
	for (uint32_t i = node; i != HTML_NONE; i = h->nodes[i].parent)
		if (h->nodes[i].tag == HTML_A)
			return true;
	return html_find(h, node + 1, h->nodes[node].end, HTML_A) != HTML_NONE;
}

static bool
has_separator(struct str s)
{
	static const struct str marks[] = { STR_INIT(" | "), STR_INIT(" - "),
		STR_INIT(" \u2013 "), STR_INIT(" \u2014 "),
		STR_INIT(" \u00b7 "), STR_INIT(" :: "), STR_INIT(" \u00bb ") };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_find(s, marks[i]) >= 0)
			return true;
	return false;
}

static bool
is_quoted(struct str s)
{
	static const struct str marks[] = { STR_INIT("\""), STR_INIT("'"),
		STR_INIT("\u201c"), STR_INIT("\u201e"), STR_INIT("\u2018"),
		STR_INIT("\u00ab") };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_starts(s, marks[i]))
			return true;
	return false;
}

static bool
is_site_alone(const struct collection *c, struct str s)
{
	for (size_t i = 0; i < c->sites_count; i++)
		if (wordhash_same(s, c->sites[i]))
			return true;
	return false;
}

/* Whether `whole` ends (begins) in the words of `part` and has more. */
static bool
is_end_of(struct str part, struct str whole, bool tail)
{
	size_t words = wordhash_count(part);
	struct str rest;

	if (words < 2 || wordhash_count(whole) <= words ||
		part.len >= whole.len)
		return false;
	rest = tail ? str_sub(whole, whole.len - part.len, whole.len) :
		str_sub(whole, 0, part.len);
	return wordhash_same(part, rest);
}

/* Headings that only search engines and navigation are given. */
static bool
is_crumb(const struct collection *c, uint32_t node)
{
	static const char *const words[] = { "breadcrumb", "seo", "hidden",
		"sr-only", "visually", "offscreen" };
	const struct html *h = &c->f->page->html;
	struct str class;

	for (int up = 0; node != HTML_NONE && up < 2; up++) {
		class = html_attr(h, node, HTML_CLASS);
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (str_find_nocase(class, str_from(words[i])) >= 0)
				return true;
		node = h->nodes[node].parent;
	}
	return false;
}

static bool
is_in_tag(const struct html *h, uint32_t node, enum html_tag tag)
{
	for (; node != HTML_NONE; node = h->nodes[node].parent)
		if (h->nodes[node].tag == tag)
			return true;
	return false;
}

/* Which titles stand in the page, other than in the h1 and in links. */
static void
measure_shown(const struct collection *c)
{
	const struct html *h = &c->f->page->html;
	struct titles *t = c->out;
	uint32_t first = c->body && c->body->root != HTML_NONE ?
		c->body->root + 1 : 0;

	for (uint32_t i = 0; i < h->count; i++) {
		struct str s = h->nodes[i].tag == HTML_TEXT ?
			str_trim(h->nodes[i].text) : STR("");

		for (size_t k = 0; k < t->count && s.len > 4; k++) {
			if (s.len != t->items[k].text.len ||
				!str_eq(s, t->items[k].text) ||
				is_in_tag(h, i, HTML_A) ||
				is_in_tag(h, i, HTML_H1) ||
				is_in_tag(h, i, HTML_HEAD))
				continue;
			t->items[k].measures[TITLES_shown] = 1;
			t->items[k].measures[TITLES_shown_first] +=
				i < first + 8;
			break;
		}
	}
	for (size_t k = 0; k < t->count; k++)
		if (t->items[k].measures[TITLES_shown_first] > 1)
			t->items[k].measures[TITLES_shown_first] = 1;
}

static void
measure_form(const struct collection *c, struct titles_item *item,
	const struct wordhashes *w)
{
	double *m = item->measures;
	struct str s = item->text;

	m[TITLES_short_] = w->count < 3;
	m[TITLES_long_] = w->count > 16;
	m[TITLES_length] = w->count < 20 ? (double)w->count / 10 : 2;
	m[TITLES_upper] = is_upper(s);
	m[TITLES_cut] = str_ends(s, STR("...")) || str_ends(s, STR("\u2026"));
	m[TITLES_site] = title_clean(s, c->sites, c->sites_count).len < s.len;
	m[TITLES_site_alone] = is_site_alone(c, s);
	m[TITLES_separator] = has_separator(s);
	m[TITLES_colon] = str_find(s, STR(": ")) >= 0;
	m[TITLES_quoted] = is_quoted(s);
	m[TITLES_linked] = is_linked(c, item->node);
	m[TITLES_anchor] = c->body && item->node != HTML_NONE &&
		item->node == c->body->heading;
	m[TITLES_crumb] = is_crumb(c, item->node);
}

static void
measure_shares(const struct collection *c, double *m,
	const struct wordhashes *w)
{
	m[TITLES_in_ld] = wordhash_share(w, &c->ld.words);
	m[TITLES_in_og] = wordhash_share(w, &c->og.words);
	m[TITLES_in_element] = wordhash_share(w, &c->element.words);
	m[TITLES_in_h1] = wordhash_share(w, &c->h1.words);
	m[TITLES_of_ld] = wordhash_share(&c->ld.words, w);
	m[TITLES_of_og] = wordhash_share(&c->og.words, w);
	m[TITLES_of_element] = wordhash_share(&c->element.words, w);
	m[TITLES_of_h1] = wordhash_share(&c->h1.words, w);
	m[TITLES_in_slug] = wordhash_share(w, &c->slug.words);
	m[TITLES_of_slug] = wordhash_share(&c->slug.words, w);
}

static void
measure_ends(const struct collection *c, double *m, struct str s)
{
	m[TITLES_tail_of_h1] = is_end_of(s, c->h1.text, true);
	m[TITLES_tail_of_ld] = is_end_of(s, c->ld.text, true);
	m[TITLES_tail_of_og] = is_end_of(s, c->og.text, true);
	m[TITLES_head_of_h1] = is_end_of(s, c->h1.text, false);
}

/* Who says the same words, and who is alone with them. */
static void
measure_agreement(const struct collection *c, struct titles_item *item)
{
	double *m = item->measures;
	const struct source *all[] = { &c->ld, &c->og, &c->twitter,
		&c->element, &c->meta, &c->h1 };
	size_t said = 0, same = 0;
	double ld, og, element, h1;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		said += all[i]->text.len > 0;
		same += wordhash_same(item->text, all[i]->text);
	}
	ld = m[TITLES_words_ld] = wordhash_same(item->text, c->ld.text);
	og = m[TITLES_words_og] = wordhash_same(item->text, c->og.text);
	element = m[TITLES_words_element] =
		wordhash_same(item->text, c->element.text);
	h1 = m[TITLES_words_h1] = wordhash_same(item->text, c->h1.text);
	m[TITLES_agreeing] = said ? (double)same / (double)said : 0;
	m[TITLES_only_h1] = h1 * (c->h1_count == 1);
	m[TITLES_h1_and_og] = h1 * og;
	m[TITLES_h1_and_element] = h1 * element;
	m[TITLES_h1_and_ld] = h1 * ld;
	m[TITLES_og_and_ld] = og * ld;
	m[TITLES_og_and_element] = og * element;
	m[TITLES_h1_alone] = h1 * (same == 1);
	m[TITLES_og_alone] = og * (same == 1);
	m[TITLES_ld_alone] = ld * (same == 1);
	m[TITLES_news] = m[TITLES_exact_ld] * (c->f->ld.rank == JSONLD_NEWS);
}

static void
measure(const struct collection *c, struct titles_item *item)
{
	struct wordhashes w;

	wordhash_read(&w, item->text);
	for (size_t i = 0; i < TITLES_SOURCES; i++)
		item->measures[TITLES_exact_ld + i] =
			(item->exact >> i & 1) ? 1 : 0;
	measure_form(c, item, &w);
	measure_shares(c, item->measures, &w);
	measure_ends(c, item->measures, item->text);
	measure_agreement(c, item);
}

static void
choose(struct titles *t)
{
	bool news = false;

	for (size_t i = 0; i < t->count; i++)
		news |= t->items[i].measures[TITLES_news] > 0;
	for (size_t i = 0; i < t->count; i++) {
		struct titles_item *item = &t->items[i];

		item->score = 0;
		for (size_t k = 0; k < TITLES_MEASURES_COUNT; k++)
			item->score += item->measures[k] *
				(weights[k][0] + (news ? weights[k][1] : 0));
		if (item->score > t->items[t->best].score)
			t->best = i;
	}
}

void
titles_collect(struct titles *out, const struct facts *f,
	const struct body *body)
{
	struct collection c = { .out = out, .f = f, .body = body };

	out->count = out->best = 0;
	c.sites_count = title_sites(f, c.sites, SITES);
	read_slug(&c);
	read_source(&c.ld, f->ld.rank >= JSONLD_ARTICLE ? add_text(&c,
		f->ld.headline, TITLES_LD, HTML_NONE) : STR(""));
	add_meta(&c, &c.og, META_OG_TITLE, TITLES_OG);
	add_meta(&c, &c.twitter, META_TWITTER_TITLE, TITLES_TWITTER);
	read_source(&c.element,
		add_text(&c, f->title, TITLES_ELEMENT, HTML_NONE));
	add_meta(&c, &c.meta, META_TITLE, TITLES_META);
	add_headings(&c);
	add_lower_headings(&c);
	measure_shown(&c);
	for (size_t i = 0; i < out->count; i++)
		measure(&c, &out->items[i]);
	choose(out);
}
