#include "cmd/extract/body/foreign.h"

#include "cmd/extract/body/boilerplate.h"
#include "cmd/extract/body/context.h"
#include "cmd/extract/body/topic.h"
#include "cmd/extract/body/trimend.h"
#include "cmd/extract/words/age.h"
#include "cmd/extract/words/classwords.h"
#include "cmd/extract/words/phrase.h"
#include "common/base/ascii.h"

enum {
	SOME_CHARS = 150,
	ENOUGH_CHARS = 400,  /* of the article: what follows can be judged */
	LONG_CHARS = 1200,
	ENOUGH_WORDS = 50,   /* long ones: its topic is known */
	LINE_MOST = 120,
	LINE_CHARS = 80,     /* a longer passage is no date and no byline */
	UNIT_CHARS = 500,    /* of a box with a form */
	UNIT_PASSAGES = 8,
	LEAD_CHARS = 160,    /* of prose that a box does not begin with */
	CARD_CHARS = 300,    /* of a teaser */
	BOX_WORDS = 30,      /* long ones: it has a topic */
	FEW_WORDS = 8,       /* fewer say nothing */
	HEAD_PASSAGES = 4    /* within which a story says who and when */
};

/* Shares of long words: what is of the article, and what cannot be. */
static const double TOPICAL = 0.3, WITHIN = 0.07,
	STANDING_OUT = 0.18, BESIDE = 0.12, FAR = 0.25;

/*
 * The same against the share that a further paragraph of the article has: a
 * long article has said most words of its language.
 */
static const double OWN_WITHIN = 0.4, OWN_STANDING_OUT = 0.7, OWN_BESIDE = 0.5,
	OWN_KNOWN = 0.3, OWN_TOPICAL = 0.75;

/* What an element is made of. */
struct make {
	uint32_t passages, prose, chars;
	uint32_t headings, first_heading; /* its place in the element */
	bool begins_prose; /* with a long passage that is no heading */
	uint32_t date_lines, dates; /* times by their element too */
	uint32_t first_date;        /* place of the first such line */
	uint32_t sentences;
	uint32_t kept; /* passages of code and of tables */
	uint32_t bylines, links, link_headings;
	uint32_t head_lines; /* dates and bylines below its headline */
	uint32_t controls;
};

enum line { LINE_KNOWN = 1, LINE_DATE = 2, LINE_BYLINE = 4 };

/* How far the article has been read. */
struct search {
	struct passages *ps;
	const struct html *h;
	struct topic *topic;
	const unsigned char *suspects;
	uint32_t heading; /* passage: the headline */
	uint32_t lead; /* passage: the first prose below the headline */
	uint32_t done; /* passages before it have been read or are foreign */
	uint32_t chars, prose; /* of what has been read */
	unsigned char *lines;       /* by passage: enum line, 0: not known */
	uint32_t *masses; /* passages with a mass before one */
	uint32_t *controls, *times; /* elements of that kind before a node */
	uint32_t flow; /* node: the least that holds what has been read */
	double taken; /* mass of what is foreign */
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
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

/* Whether a date in digits stands in a text: "2026/10/10", "10.10.2026". */
static bool
has_date(struct str text)
{
	uint32_t digits = 0, numbers = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (ascii_digit(c)) {
			digits++;
			numbers += i == 0 || !ascii_digit(text.ptr[i - 1]);
		} else if (c != '.' && c != '/' && c != '-') {
			digits = numbers = 0;
		}
		if (numbers == 3 && digits >= 6)
			return true;
	}
	return false;
}

static bool
is_date_line(const struct passage *p)
{
	return p->chars <= LINE_CHARS &&
		!(p->flags & (PASSAGE_HEADING | PASSAGE_CELL)) &&
		((phrase_is_date(p->text) && has_words(p->text)) ||
			(!(p->flags & PASSAGE_SENTENCE) &&
				has_date(p->text)) ||
			age_is(p->text));
}

/* What a passage is as a line, looked up once: LINE_DATE, LINE_BYLINE. */
static unsigned
line_of(const struct search *s, uint32_t i)
{
	const struct passage *p = &s->ps->items[i];

	if (!s->lines[i])
		s->lines[i] = (unsigned char)(LINE_KNOWN |
			(p->chars > LINE_MOST ? 0 :
				is_date_line(p) ? LINE_DATE :
				trim_is_byline(p) ? LINE_BYLINE : 0));
	return s->lines[i];
}

static void
add_passage(struct make *m, const struct search *s, uint32_t i,
	uint32_t place)
{
	const struct passage *p = &s->ps->items[i];
	unsigned line = line_of(s, i);
	bool link = passage_link_share(p) > 0.8;
	bool date = line & LINE_DATE, byline = line & LINE_BYLINE;

	m->begins_prose |= place == 0 && p->chars >= LEAD_CHARS &&
		!(p->flags & PASSAGE_HEADING);
	m->passages++;
	m->chars += p->chars - p->link_chars;
	m->links += link;
	if (date && m->dates == 0)
		m->first_date = place;
	m->sentences += (p->flags & PASSAGE_SENTENCE) != 0;
	m->kept += (p->flags & (PASSAGE_PRE | PASSAGE_CELL)) != 0;
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
		if (!(s->ps->items[i].flags & PASSAGE_FOREIGN))
			add_passage(m, s, i, m->passages);
	m->controls = s->controls[h->nodes[node].end] - s->controls[node];
	times = s->times[h->nodes[node].end] - s->times[node];
	m->date_lines = m->dates;
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
	if (m->kept * 2 > m->passages)
		return false;
	return (m->dates >= 2 && m->prose <= 5 * m->dates) ||
		(m->link_headings >= 2 && m->prose <= 3 * m->link_headings &&
			m->chars <= CARD_CHARS * m->link_headings);
}

/* A row of posts, whatever they speak about. */
static bool
is_posts(const struct make *m)
{
	return m->date_lines >= 3 && m->first_date <= HEAD_PASSAGES &&
		m->prose <= 2 * m->date_lines + 1 &&
		m->headings < m->date_lines && !m->kept;
}

/* A box that asks for something: to enter, to press, to follow. */
static bool
is_unit(const struct make *m)
{
	return m->chars <= UNIT_CHARS && m->passages <= UNIT_PASSAGES &&
		!m->begins_prose && !m->kept &&
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
		if (anchor_is_prose(&s->ps->items[i]))
			topic_count(&words, &known, s->topic,
				s->ps->items[i].text);
	return words >= BOX_WORDS ? (double)known / words : -1;
}

/*
 * Whether passages go on with the article: with a paragraph that is not about
 * something else, or with fewer words that it has.
 */
static bool
goes_on(const struct search *s, uint32_t from, uint32_t to)
{
	uint32_t words = 0, known = 0, chars = 0;

	for (uint32_t i = from; i < to; i++) {
		const struct passage *p = &s->ps->items[i];

		if (!anchor_is_prose(p))
			continue;
		chars += p->chars;
		topic_count(&words, &known, s->topic, p->text);
	}
	if (words < FEW_WORDS || s->topic->words < ENOUGH_WORDS)
		return chars >= LEAD_CHARS;
	if (chars >= LEAD_CHARS && words < BOX_WORDS)
		return true;
	return known >= words * (chars < LEAD_CHARS ? TOPICAL :
		larger(BESIDE, topic_own(s->topic) * OWN_STANDING_OUT));
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

/* Whether prose of the article lies in [from, to). */
static bool
has_prose(const struct search *s, uint32_t from, uint32_t to)
{
	for (; from < to; from++)
		if (anchor_is_prose(&s->ps->items[from]))
			return true;
	return false;
}

/*
 * Whether it or what it lies in is such a part; what follows a paragraph in
 * a part is no part for that.
 */
static bool
is_part(const struct search *s, uint32_t node)
{
	uint32_t start = s->ps->from[node];

	for (int up = 0; up < 3 && node != HTML_NONE &&
		s->ps->from[node] > s->lead &&
		!has_prose(s, s->ps->from[node], start); up++) {
		if (is_repeated(s, node))
			return true;
		node = s->h->nodes[node].parent;
	}
	return false;
}

/*
 * Whether an element is some of the article and a box behind that: they are
 * looked at one by one.
 */
static bool
holds_box(const struct search *s, uint32_t node)
{
	const struct html *h = s->h;
	uint32_t from = s->ps->from[node], to = s->ps->to[node];

	if (to - from < 2)
		return false;
	for (uint32_t i = node + 1; i < h->nodes[node].end; i++)
		if (is_container(h->nodes[i].tag) && s->ps->from[i] > from &&
			s->ps->to[i] == to)
			return goes_on(s, from, s->ps->from[i]);
	return false;
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
			anchor_is_prose(&ps->items[from]);
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
	double own = topic_own(s->topic);

	if (s->suspects[node])
		return larger(FAR, own * OWN_BESIDE);
	if (html_within(s->h, above, s->flow))
		return stands_out(s, node, m) ?
			larger(STANDING_OUT, own * OWN_STANDING_OUT) :
			larger(WITHIN, own * OWN_WITHIN);
	for (int up = 0; up < 2 && above != HTML_NONE; up++) {
		if (html_within(s->h, s->flow, above) &&
			s->h->nodes[above].tag == HTML_ARTICLE)
			return larger(BESIDE, own * OWN_BESIDE);
		above = s->h->nodes[above].parent;
	}
	return larger(own * OWN_BESIDE,
		s->prose >= 4 && s->chars >= LONG_CHARS ? FAR : BESIDE);
}

/*
 * Whether the element is another article: the headline lies in an article
 * element, and not in this one.
 */
static bool
is_next_article(const struct search *s, uint32_t node, const struct make *m)
{
	const struct html *h = s->h;
	uint32_t i = s->ps->items[s->heading].block;

	if (h->nodes[node].tag != HTML_ARTICLE || !m->headings ||
		m->first_heading > 2)
		return false;
	while (i != HTML_NONE && h->nodes[i].tag != HTML_ARTICLE)
		i = h->nodes[i].parent;
	return i != HTML_NONE && !html_within(h, node, i);
}

static bool
is_dialog(const struct html *h, uint32_t node)
{
	struct str role = html_attr(h, node, HTML_ROLE);
	struct classwords_walk walk = {
		.rest = html_attr(h, node, HTML_CLASS)
	};

	if (str_eq(role, STR("dialog")) || str_eq(role, STR("alertdialog")))
		return true;
	while (classwords_next(&walk))
		if (walk.lists & CLASSWORDS_DIALOG)
			return true;
	return false;
}

/* Whether its names say that it is no article, and mean nothing else. */
static bool
is_named_foreign(const struct search *s, uint32_t node)
{
	unsigned char r = s->suspects[node];

	return s->prose >= 2 && (r == BOILERPLATE_COMMENT ||
			r == BOILERPLATE_CONSENT ||
			(r && is_dialog(s->h, node)));
}

/* Whether its heading says that what follows is no more of the article. */
static bool
is_titled_tail(const struct search *s, uint32_t node)
{
	const struct passage *p = &s->ps->items[s->ps->from[node]];
	struct phrase_text low;

	if (!(p->flags & PASSAGE_HEADING) ||
		s->ps->to[node] - s->ps->from[node] < 2)
		return false;
	phrase_lower(&low, p->text);
	return phrase_is(&low, PHRASE_TAIL) || phrase_is(&low, PHRASE_PROMO);
}

/* The share from which on a box is of the article, whatever its make. */
static double
topical_share(const struct search *s)
{
	double own = topic_own(s->topic);

	return own >= OWN_KNOWN && own * OWN_TOPICAL < TOPICAL ?
		own * OWN_TOPICAL : TOPICAL;
}

/* What the make of an element says of it, and what it is about. */
static bool
is_foreign_make(const struct search *s, uint32_t node, const struct make *m)
{
	double share, least;
	bool part;

	if (is_posts(m) || (!m->sentences && m->prose > 0 && m->prose <= 3 &&
			!m->headings && !html_within(s->h, node, s->flow)))
		return true;
	if (s->chars < ENOUGH_CHARS)
		return false;
	if (is_next_article(s, node, m))
		return true;
	share = shared(s, node);
	least = least_share(s, node, m);
	if (share >= larger(least, topical_share(s)))
		return false;
	part = is_part(s, node);
	if (part && !m->dates)
		return false;
	if (is_story(m) || (is_series(m) && s->prose >= 3))
		return true;
	if (part)
		return false;
	return is_unit(m) || (share >= 0 && !is_like_lead(s, node) &&
		share < least);
}

static bool
is_foreign(const struct search *s, uint32_t node)
{
	struct make m;

	if (s->chars < SOME_CHARS)
		return false;
	if (is_named_foreign(s, node) || is_titled_tail(s, node))
		return true;
	if (holds_box(s, node))
		return false;
	look(&m, s, node);
	return is_foreign_make(s, node, &m) && !is_live(s->h, node) &&
		!context_unfolds(s->h, node);
}

/*
 * Marks what an element holds. What lies within the article says nothing for
 * or against what lies around it; elsewhere menus go on weighing against it.
 */
static void
take(struct search *s, uint32_t node, bool within)
{
	for (uint32_t i = s->ps->from[node]; i < s->ps->to[node]; i++) {
		struct passage *p = &s->ps->items[i];

		if (p->flags & PASSAGE_EMBED)
			continue;
		if (!p->reason)
			p->reason = BOILERPLATE_FOREIGN;
		s->taken += p->mass;
		p->flags |= PASSAGE_FOREIGN;
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

		if (!anchor_is_prose(p))
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
		if (s->masses[from] == s->masses[to] &&
			!html_within(h, i, s->flow)) {
			i = h->nodes[i].end; /* menus and the like */
			continue;
		}
		if (!is_foreign(s, i)) {
			i++;
			continue;
		}
		take(s, i, html_within(h, i, s->flow));
		s->done = to;
		i = h->nodes[i].end;
	}
	read_to(s, s->ps->count);
}

static bool
is_off_topic(const struct search *s, uint32_t node)
{
	double share = shared(s, node);

	return share >= 0 && share < larger(FAR,
		topic_own(s->topic) * OWN_BESIDE);
}

/*
 * What lies above the headline, in elements that do not hold it. An h1 with
 * an article below it leaves no doubt; any other headline takes only what is
 * about something else.
 */
static void
mark_above(struct search *s)
{
	const struct html *h = s->h;
	const struct passage *heading = &s->ps->items[s->heading];
	uint32_t end = heading->block, i = 0;

	while (i < end) {
		if (!is_container(h->nodes[i].tag) || h->nodes[i].end > end ||
			s->ps->to[i] - s->ps->from[i] < 2 ||
			(heading->level != 1 && !is_off_topic(s, i))) {
			i++;
			continue;
		}
		take(s, i, false);
		i = h->nodes[i].end;
	}
}

static int
prepare(struct search *s, struct arena *arena)
{
	const struct html *h = s->h;

	s->topic = arena_calloc(arena, 1, sizeof(*s->topic));
	s->lines = arena_calloc(arena, s->ps->count + 1, 1);
	s->masses = arena_calloc(arena, s->ps->count + 1, sizeof(uint32_t));
	s->controls = arena_calloc(arena, h->count + 1, sizeof(uint32_t));
	s->times = arena_calloc(arena, h->count + 1, sizeof(uint32_t));
	if (!s->topic || !s->lines || !s->masses || !s->controls || !s->times)
		return -1;
	for (uint32_t i = 0; i < s->ps->count; i++)
		s->masses[i + 1] = s->masses[i] + (s->ps->items[i].mass > 0);
	for (uint32_t i = 0; i < h->count; i++) {
		enum html_tag tag = h->nodes[i].tag;

		s->times[i + 1] = s->times[i] + (tag == HTML_TIME);
		s->controls[i + 1] = s->controls[i] + ((tag == HTML_BUTTON ||
			tag == HTML_INPUT || tag == HTML_TEXTAREA ||
			tag == HTML_SELECT || tag == HTML_FORM) &&
			!is_opener(h, i));
	}
	return 0;
}

int
foreign_mark(struct passages *ps, const struct anchor *anchor,
	const unsigned char *suspects, const struct body_hints *hints,
	struct arena *arena, double *taken)
{
	struct search s = { .ps = ps, .h = ps->html, .suspects = suspects,
		.heading = anchor->passage, .lead = anchor->lead };

	*taken = 0;
	if (s.lead == HTML_NONE)
		return 0;
	if (prepare(&s, arena) < 0)
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
	if (s.chars >= ENOUGH_CHARS)
		mark_above(&s);
	*taken = s.taken;
	return 0;
}
