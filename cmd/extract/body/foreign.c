#include "cmd/extract/body/foreign.h"

#include "cmd/extract/body/boilerplate.h"
#include "cmd/extract/body/context.h"
#include "cmd/extract/body/topic.h"
#include "cmd/extract/body/trimend.h"
#include "cmd/extract/words/age.h"
#include "cmd/extract/words/phrase.h"
#include "common/base/ascii.h"

enum {
	ENOUGH_CHARS = 400,  /* of the article: what follows can be judged */
	LONG_CHARS = 1200,
	ENOUGH_WORDS = 50,   /* long ones: its topic is known */
	LINE_CHARS = 80,     /* a longer passage is no date and no byline */
	UNIT_CHARS = 500,    /* of a box with a form */
	UNIT_PASSAGES = 8,
	LEAD_CHARS = 160,    /* of prose that a box does not begin with */
	CARD_CHARS = 300,    /* of a teaser */
	BOX_WORDS = 30,      /* long ones: it has a topic */
	HEAD_PASSAGES = 4    /* within which a story says who and when */
};

/* Shares of long words: what is of the article, and what cannot be. */
static const double TOPICAL = 0.3, WITHIN = 0.07,
	STANDING_OUT = 0.18, BESIDE = 0.12, FAR = 0.25;

/* What an element is made of. */
struct make {
	uint32_t passages, prose, chars;
	uint32_t headings, first_heading; /* its place in the element */
	bool begins_prose; /* with a long passage that is no heading */
	uint32_t dates, bylines, links, link_headings;
	uint32_t head_lines; /* dates and bylines below its headline */
	uint32_t controls;
};

/* How far the article has been read. */
struct search {
	struct passages *ps;
	const struct html *h;
	struct topic *topic;
	const unsigned char *suspects;
	uint32_t lead; /* passage: the first prose below the headline */
	uint32_t done; /* passages before it have been read or are foreign */
	uint32_t chars, prose; /* of what has been read */
	uint32_t flow; /* node: the least that holds what has been read */
};

static bool
is_prose(const struct passage *p)
{
	return p->mass > 0 && !p->reason && !(p->flags & PASSAGE_FIGURE);
}

/* Whether a text has letters or more numbers than one, and is no price. */
static bool
has_words(struct str text)
{
	uint32_t numbers = 0;
	bool in = false;

	if (str_find_byte(text, '$') >= 0 || str_find_byte(text, '%') >= 0 ||
		str_find(text, STR("€")) >= 0 || str_find(text, STR("£")) >= 0)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (ascii_alpha(text.ptr[i]) || text.ptr[i] & 0x80)
			return true;
		numbers += ascii_digit(text.ptr[i]) && !in;
		in = ascii_digit(text.ptr[i]);
	}
	return numbers > 1;
}

static bool
is_date_line(const struct passage *p)
{
	return p->chars <= LINE_CHARS &&
		!(p->flags & (PASSAGE_HEADING | PASSAGE_CELL)) &&
		((phrase_is_date(p->text) && has_words(p->text)) ||
			age_is(p->text));
}

static void
add_passage(struct make *m, const struct passage *p, uint32_t place)
{
	bool link = passage_link_share(p) > 0.8;
	bool date = is_date_line(p);
	bool byline = !date && trim_is_byline(p);

	m->begins_prose |= place == 0 && p->chars >= LEAD_CHARS &&
		!(p->flags & PASSAGE_HEADING);
	m->passages++;
	m->chars += p->chars - p->link_chars;
	m->links += link;
	m->dates += date;
	m->bylines += byline;
	if (p->flags & PASSAGE_HEADING) {
		if (m->headings++ == 0)
			m->first_heading = place;
		m->link_headings += link;
	} else if (p->mass > 0) {
		m->prose++;
	}
	if (m->headings && m->prose == 0 && (date || byline) &&
		place <= m->first_heading + HEAD_PASSAGES)
		m->head_lines++;
}

/* Whether a control opens what stands by it: a heading's, a summary's. */
static bool
is_opener(const struct html *h, uint32_t i)
{
	uint32_t above = h->nodes[i].parent;
	enum html_tag tag = above == HTML_NONE ? HTML_HTML :
		h->nodes[above].tag;

	return (tag >= HTML_H1 && tag <= HTML_H6) || tag == HTML_SUMMARY ||
		tag == HTML_PRE;
}

static void
look(struct make *m, const struct search *s, uint32_t node)
{
	const struct html *h = s->h;
	uint32_t times = 0;

	*m = (struct make){ 0 };
	for (uint32_t i = s->ps->from[node]; i < s->ps->to[node]; i++)
		add_passage(m, &s->ps->items[i], i - s->ps->from[node]);
	for (uint32_t i = node; i < h->nodes[node].end; i++) {
		enum html_tag tag = h->nodes[i].tag;

		times += tag == HTML_TIME;
		m->controls += (tag == HTML_BUTTON || tag == HTML_INPUT ||
			tag == HTML_TEXTAREA || tag == HTML_SELECT ||
			tag == HTML_FORM) && !is_opener(h, i);
	}
	if (times > m->dates)
		m->dates = times;
}

/* Another story: its own headline, and who wrote it or when. */
static bool
is_story(const struct make *m)
{
	return m->headings && m->first_heading < 3 && m->prose > 0 &&
		m->head_lines && (m->dates || m->bylines == 1);
}

/* Comments, or teasers. */
static bool
is_series(const struct make *m)
{
	return (m->dates >= 2 && m->prose <= 5 * m->dates) ||
		(m->link_headings >= 2 && m->prose <= 3 * m->link_headings &&
			m->chars <= CARD_CHARS * m->link_headings);
}

/* A box that asks for something: to enter, to press, to follow. */
static bool
is_unit(const struct make *m)
{
	return m->chars <= UNIT_CHARS && m->passages <= UNIT_PASSAGES &&
		!m->begins_prose &&
		(m->controls > 0 || (m->headings > 0 &&
			m->links > m->link_headings));
}

/* The share of a box's long words that the article has; -1: not known. */
static double
shared(const struct search *s, uint32_t node)
{
	uint32_t words = 0, known = 0;

	if (s->topic->words < ENOUGH_WORDS)
		return -1;
	for (uint32_t i = s->ps->from[node]; i < s->ps->to[node]; i++)
		if (is_prose(&s->ps->items[i]))
			topic_count(&words, &known, s->topic,
				s->ps->items[i].text);
	return words >= BOX_WORDS ? (double)known / words : -1;
}

static bool
is_container(enum html_tag tag)
{
	return tag == HTML_DIV || tag == HTML_SECTION || tag == HTML_ARTICLE ||
		tag == HTML_ASIDE || tag == HTML_MAIN || tag == HTML_OTHER ||
		tag == HTML_FORM || tag == HTML_HEADER || tag == HTML_FOOTER ||
		tag == HTML_FIELDSET || tag == HTML_CENTER;
}

/* Whether two classes are the same but for their digits. */
static bool
same_class(struct str a, struct str b)
{
	while (a.len || b.len) {
		if (a.len && ascii_digit(*a.ptr)) {
			a = str_sub(a, 1, a.len);
		} else if (b.len && ascii_digit(*b.ptr)) {
			b = str_sub(b, 1, b.len);
		} else {
			if (!a.len || !b.len || *a.ptr != *b.ptr)
				return false;
			a = str_sub(a, 1, a.len);
			b = str_sub(b, 1, b.len);
		}
	}
	return true;
}

static struct str
first_class(const struct html *h, uint32_t node)
{
	struct str class = str_trim(html_attr(h, node, HTML_CLASS)), first;

	str_cut(&first, &class, ' ');
	return first;
}

/* Whether the element is made like one around the first paragraph. */
static bool
is_like_lead(const struct search *s, uint32_t node)
{
	const struct html *h = s->h;
	struct str class = html_attr(h, node, HTML_CLASS);
	uint32_t i = s->ps->items[s->lead].block;

	for (; class.len && i != HTML_NONE; i = h->nodes[i].parent)
		if (h->nodes[i].tag == h->nodes[node].tag &&
			same_class(html_attr(h, i, HTML_CLASS), class))
			return true;
	return false;
}

/* Whether it is one of several parts that a template made: of a list. */
static bool
is_repeated(const struct search *s, uint32_t node)
{
	const struct html *h = s->h;
	uint32_t above = h->nodes[node].parent, count = 0;
	struct str class;

	while (above != HTML_NONE && s->ps->from[above] == s->ps->from[node] &&
		s->ps->to[above] == s->ps->to[node]) {
		node = above;
		above = h->nodes[node].parent;
	}
	if (above == HTML_NONE)
		return false;
	class = first_class(h, node);
	for (uint32_t i = html_first(h, above); i != HTML_NONE && count < 3;
		i = html_next(h, i))
		count += h->nodes[i].tag == h->nodes[node].tag &&
			s->ps->from[i] < s->ps->to[i] &&
			same_class(first_class(h, i), class);
	return count >= 3;
}

static bool
is_part(const struct search *s, uint32_t node)
{
	uint32_t above = s->h->nodes[node].parent;

	return is_repeated(s, node) || (above != HTML_NONE &&
		s->ps->from[above] > s->lead && is_repeated(s, above));
}

/* Whether it is a post of a page that goes on being written. */
static bool
is_live(const struct html *h, uint32_t node)
{
	for (int up = 0; up < 4 && node != HTML_NONE; up++) {
		if (str_find_nocase(html_attr(h, node, HTML_CLASS),
			    STR("live")) >= 0 ||
			str_find(html_attr(h, node, HTML_ITEMTYPE),
				STR("LiveBlog")) >= 0)
			return true;
		node = h->nodes[node].parent;
	}
	return false;
}

/* Paragraphs above the element in what it lies in, each perhaps in a box. */
static uint32_t
paragraphs_beside(const struct search *s, uint32_t node)
{
	const struct html *h = s->h;
	const struct passages *ps = s->ps;
	uint32_t count = 0;

	for (uint32_t i = html_first(h, h->nodes[node].parent); i != node;
		i = html_next(h, i)) {
		uint32_t from = ps->from[i], passages = ps->to[i] - from;

		count += h->nodes[i].tag != HTML_TEXT && passages > 0 &&
			passages <= 2 && from >= s->lead &&
			is_prose(&ps->items[from]);
	}
	return count;
}

/*
 * Whether it stands out in a flow of paragraphs: a box with its own headline
 * among them.
 */
static bool
stands_out(const struct search *s, uint32_t node, const struct make *m)
{
	uint32_t above = s->h->nodes[node].parent;

	return (m->headings || m->controls) && m->first_heading == 0 &&
		m->prose > 0 && (paragraphs_beside(s, node) >= 3 ||
			paragraphs_beside(s, above) >= 3);
}

/* How much a box must share with an article that it lies so far from. */
static double
least_share(const struct search *s, uint32_t node, const struct make *m)
{
	uint32_t above = s->h->nodes[node].parent;

	if (s->suspects[node])
		return FAR;
	if (html_within(s->h, above, s->flow))
		return stands_out(s, node, m) ? STANDING_OUT : WITHIN;
	for (int up = 0; up < 2 && above != HTML_NONE; up++) {
		if (html_within(s->h, s->flow, above) &&
			s->h->nodes[above].tag == HTML_ARTICLE)
			return BESIDE;
		above = s->h->nodes[above].parent;
	}
	return s->prose >= 4 && s->chars >= LONG_CHARS ? FAR : BESIDE;
}

static bool
is_foreign(const struct search *s, uint32_t node)
{
	double share;
	bool part;
	struct make m;

	if (s->chars < ENOUGH_CHARS || context_unfolds(s->h, node))
		return false;
	share = shared(s, node);
	if (share >= TOPICAL)
		return false;
	look(&m, s, node);
	part = is_part(s, node);
	if (part && !m.dates)
		return false;
	if ((is_story(&m) || is_series(&m)) && !is_live(s->h, node))
		return true;
	if (part)
		return false;
	return is_unit(&m) || (share >= 0 && !is_like_lead(s, node) &&
		share < least_share(s, node, &m));
}

/*
 * Marks what an element holds. What lies within the article says nothing for
 * or against what lies around it; elsewhere menus go on weighing against it.
 */
static void
take(struct passages *ps, uint32_t node, bool within)
{
	for (uint32_t i = ps->from[node]; i < ps->to[node]; i++) {
		struct passage *p = &ps->items[i];

		if (p->flags & PASSAGE_EMBED)
			continue;
		if (!p->reason)
			p->reason = BOILERPLATE_FOREIGN;
		p->mass = 0;
		if (within || p->weight > 0)
			p->weight = 0;
	}
}

/* Reads the passages before `to` as the article's. */
static void
read_to(struct search *s, uint32_t to)
{
	for (; s->done < to; s->done++) {
		const struct passage *p = &s->ps->items[s->done];

		if (!is_prose(p))
			continue;
		s->chars += p->chars;
		s->prose++;
		while (!html_within(s->h, p->block, s->flow))
			s->flow = s->h->nodes[s->flow].parent;
		topic_add(s->topic, p->text);
	}
}

/* What follows the first paragraph. */
static void
mark_below(struct search *s)
{
	const struct html *h = s->h;
	uint32_t i = s->ps->items[s->lead].block;

	while (i < h->count) {
		uint32_t from = s->ps->from[i], to = s->ps->to[i];

		if (!is_container(h->nodes[i].tag) || from == to ||
			from < s->done || from <= s->lead) {
			i++;
			continue;
		}
		read_to(s, from);
		if (!is_foreign(s, i)) {
			i++;
			continue;
		}
		take(s->ps, i, html_within(h, i, s->flow));
		s->done = to;
		i = h->nodes[i].end;
	}
	read_to(s, s->ps->count);
}

/* What lies above the headline, in elements that do not hold it. */
static void
mark_above(struct search *s, uint32_t heading)
{
	const struct html *h = s->h;
	uint32_t end = s->ps->items[heading].block, i = 0;

	while (i < end) {
		if (!is_container(h->nodes[i].tag) || h->nodes[i].end > end ||
			s->ps->to[i] - s->ps->from[i] < 2) {
			i++;
			continue;
		}
		take(s->ps, i, false);
		i = h->nodes[i].end;
	}
}

static uint32_t
lead_of(const struct passages *ps, uint32_t heading)
{
	for (uint32_t i = heading + 1; i < ps->count; i++)
		if (is_prose(&ps->items[i]))
			return i;
	return HTML_NONE;
}

int
foreign_mark(struct passages *ps, uint32_t heading,
	const unsigned char *suspects, const struct body_hints *hints,
	struct arena *arena)
{
	struct search s = { .ps = ps, .h = ps->html, .suspects = suspects };

	if (heading == HTML_NONE)
		return 0;
	s.lead = lead_of(ps, heading);
	if (s.lead == HTML_NONE)
		return 0;
	s.topic = arena_calloc(arena, 1, sizeof(*s.topic));
	if (!s.topic)
		return -1;
	for (size_t i = 0; i < hints->titles_count; i++)
		topic_add(s.topic, hints->titles[i]);
	for (size_t i = 0; i < hints->descriptions_count; i++)
		topic_add(s.topic, hints->descriptions[i]);
	if (hints->ld_body.len > ENOUGH_CHARS)
		topic_add(s.topic, hints->ld_body);
	s.topic->words = 0;
	s.done = s.lead;
	s.flow = ps->html->nodes[ps->items[s.lead].block].parent;
	mark_below(&s);
	if (ps->items[heading].level == 1 && s.chars >= ENOUGH_CHARS)
		mark_above(&s, heading);
	return 0;
}
