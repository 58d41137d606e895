#include "cmd/extract/body/trimhead.h"

#include "cmd/extract/body/boilerplate.h"
#include "cmd/extract/body/trimend.h"
#include "cmd/extract/words/classwords.h"
#include "cmd/extract/words/phrase.h"
#include "cmd/extract/words/wordhash.h"

enum {
	HEAD_BLOCKS = 14,
	ABOVE_BLOCKS = 40,
	PROSE_CHARS = 100,
	SENTENCE_CHARS = 50,
	SHORT_CHARS = 20,
	LEAD_CHARS = 60
};

static bool
repeats_title(const struct trim *t, const struct passage *p)
{
	struct wordhashes own;

	if (p->chars > 400)
		return false;
	wordhash_read(&own, p->text);
	for (size_t i = 0; i < t->hints->titles_count; i++)
		if (wordhash_share(&own, &t->titles[i]) >= 0.85 &&
			wordhash_share(&t->titles[i], &own) >= 0.5)
			return true;
	return false;
}

/* Whether the body has more elements of this class: no standfirst then. */
static bool
is_repeated(const struct trim *t, uint32_t node)
{
	const struct html *h = t->ps->html;
	struct str c = html_attr(h, node, HTML_CLASS);
	uint32_t above = h->nodes[node].parent, end;

	if (!c.len || above == HTML_NONE)
		return false;
	if (h->nodes[above].parent != HTML_NONE)
		above = h->nodes[above].parent;
	end = h->nodes[above].end;
	for (uint32_t i = h->nodes[node].end; i < end; i++)
		if (h->nodes[i].tag == h->nodes[node].tag &&
			h->nodes[i].attrs_count &&
			str_eq(html_attr(h, i, HTML_CLASS), c))
			return true;
	return false;
}

/* An element around the passage whose class names a standfirst. */
static bool
is_standfirst_element(const struct trim *t, uint32_t node)
{
	const struct html *h = t->ps->html;

	for (int up = 0; up < 3 && node != HTML_NONE; up++) {
		struct str c = html_attr(h, node, HTML_CLASS);
		struct str prop = html_attr(h, node, HTML_ITEMPROP);

		if (t->ps->to[node] - t->ps->from[node] > 2 ||
			is_repeated(t, node))
			return false;
		if (h->nodes[node].tag == HTML_HEADER ||
			str_eq(prop, STR("description")) ||
			str_eq(prop, STR("alternativeHeadline")))
			return true;
		if (classwords_within(c, CLASSWORDS_STANDFIRST))
			return true;
		node = h->nodes[node].parent;
	}
	return false;
}

static bool
is_description(const struct trim *t, const struct passage *p)
{
	for (size_t i = 0; i < t->hints->descriptions_count; i++)
		if (wordhash_alike(p->text, t->hints->descriptions[i]) > 0.8)
			return true;
	return false;
}

/*
 * Whether a passage within the body is set apart as a standfirst: a heading
 * or an element that is named a subtitle. What is named an introduction there
 * is the text's first paragraph.
 */
static bool
is_set_apart(const struct html *h, const struct passage *p)
{
	uint32_t node = p->node;

	if (p->flags & PASSAGE_HEADING)
		return true;
	for (int up = 0; up < 2 && node != HTML_NONE; up++) {
		struct str c = html_attr(h, node, HTML_CLASS);

		if (classwords_within(c, CLASSWORDS_APART))
			return p->chars < 200;
		node = h->nodes[node].parent;
	}
	return false;
}

/* Whether passage i reads as the standfirst. */
static bool
is_standfirst(const struct trim *t, uint32_t i, uint32_t first_prose)
{
	const struct passage *p = trim_at(t, i);

	if (p->chars < 30 || p->chars > 600 || i > first_prose ||
		p->flags & (PASSAGE_EMBED | PASSAGE_QUOTE))
		return false;
	return (is_standfirst_element(t, p->node) &&
		       is_set_apart(t->ps->html, p)) ||
		(p->flags & PASSAGE_HEADING && p->chars >= 60 &&
			is_description(t, p));
}

/* Whether a passage outside the body can be its standfirst at all. */
static bool
could_stand_above(const struct passage *p)
{
	return p->chars >= 40 && p->chars <= 1200 && p->level != 1 &&
		passage_link_share(p) < 0.3 &&
		!(p->flags & (PASSAGE_FIGURE | PASSAGE_HIDDEN | PASSAGE_EMBED |
				     PASSAGE_NOSCRIPT | PASSAGE_ITEM)) &&
		(p->reason == BOILERPLATE_NONE ||
			p->reason == BOILERPLATE_SOFT ||
			p->reason == BOILERPLATE_BYLINE);
}

uint32_t
trim_standfirst(const struct trim *t, uint32_t first)
{
	uint32_t from = t->heading, sentence = HTML_NONE, described = HTML_NONE;

	if (from == HTML_NONE || from > first)
		from = first > ABOVE_BLOCKS ? first - ABOVE_BLOCKS : 0;
	for (uint32_t i = from; i < first && i < from + ABOVE_BLOCKS; i++) {
		const struct passage *p = &t->ps->items[i];

		if (i == t->heading || !could_stand_above(p) ||
			repeats_title(t, p) || trim_is_byline(p) ||
			trim_is_promo(p))
			continue;
		if (is_standfirst_element(t, p->node) && t->heading < i)
			return i;
		if (described == HTML_NONE && is_description(t, p))
			described = i;
		if (sentence == HTML_NONE && t->heading < i &&
			p->chars >= 60 && p->flags & PASSAGE_SENTENCE &&
			p->reason == BOILERPLATE_NONE)
			sentence = i;
	}
	return described != HTML_NONE ? described : sentence;
}

static uint32_t
first_prose(const struct trim *t)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (trim_is_prose(trim_at(t, i)))
			return i;
	return t->count;
}

/* Whether the elements of both passages lie in the same one. */
static bool
stand_together(const struct trim *t, uint32_t a, uint32_t b)
{
	const struct html *h = t->ps->html;

	return h->nodes[trim_at(t, a)->block].parent ==
		h->nodes[trim_at(t, b)->block].parent;
}

/* A short passage above the first paragraph that is part of the text. */
static bool
belongs_above(const struct trim *t, uint32_t i, uint32_t prose)
{
	const struct passage *p = trim_at(t, i);

	if (p->flags & (PASSAGE_EMBED | PASSAGE_ITEM | PASSAGE_CELL |
			       PASSAGE_QUOTE | PASSAGE_PRE))
		return true;
	if (p->flags & PASSAGE_HEADING)
		return i + 1 == prose && p->level > 1 &&
			(i > 0 || (p->chars >= LEAD_CHARS &&
					p->flags & PASSAGE_SENTENCE));
	return p->flags & PASSAGE_SENTENCE && (p->chars >= SENTENCE_CHARS ||
		(p->chars >= SHORT_CHARS && p->flags & PASSAGE_PARAGRAPH &&
			prose < t->count && stand_together(t, i, prose)));
}

void
trim_head(struct trim *t)
{
	uint32_t prose = first_prose(t);
	uint32_t end = t->count < HEAD_BLOCKS ? t->count : HEAD_BLOCKS;

	if (prose == t->count)
		prose = 0; /* a text of short lines: only what is certain */
	for (uint32_t i = 0; i < end; i++) {
		const struct passage *p = trim_at(t, i);

		if (p->flags & PASSAGE_EMBED)
			continue;
		if ((p->flags & PASSAGE_HEADING && p->level == 1) ||
			repeats_title(t, p) || trim_is_byline(p) ||
			phrase_is_date(p->text)) {
			if (i <= prose || p->chars < PROSE_CHARS)
				trim_drop(t, i);
		} else if (i <= prose && is_standfirst(t, i, prose)) {
			t->marks[i] = TRIM_SUMMARY;
		} else if (i < prose && !belongs_above(t, i, prose)) {
			trim_drop(t, i);
		}
	}
	trim_compact(t);
}
