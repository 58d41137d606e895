#include "cmd/extract/body/trim.h"

#include "cmd/extract/words/age.h"
#include "cmd/extract/body/boilerplate.h"
#include "cmd/extract/words/phrase.h"
#include "cmd/extract/body/trimend.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"

enum {
	PROSE_CHARS = 100,
	REPEAT_CHARS = 60,
	NAME_CHARS = 40,
	LINKED_CHARS = 140,
	COUNTER_CHARS = 40,
	SHARE_CHARS = 100,
	SHARE_WORDS = 24, /* of them: what is no link */
	LEAD_CHARS = 20, /* of what announces a list */
	LIST_ITEMS = 400
};

void
trim_init(struct trim *t, const struct body_hints *hints)
{
	t->hints = hints;
	for (size_t i = 0; i < hints->titles_count; i++)
		wordhash_read(&t->titles[i], hints->titles[i]);
}

const struct passage *
trim_at(const struct trim *t, uint32_t i)
{
	return &t->ps->items[t->items[i]];
}

void
trim_drop(struct trim *t, uint32_t i)
{
	t->ps->items[t->items[i]].flags |= PASSAGE_DROPPED;
}

static bool
is_dropped(const struct trim *t, uint32_t i)
{
	return trim_at(t, i)->flags & PASSAGE_DROPPED;
}

void
trim_compact(struct trim *t)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		if (is_dropped(t, i))
			continue;
		t->items[n] = t->items[i];
		t->marks[n++] = t->marks[i];
	}
	t->count = n;
}

bool
trim_is_prose(const struct passage *p)
{
	return !(p->flags & PASSAGE_HEADING) && p->chars >= PROSE_CHARS &&
		passage_link_share(p) < 0.5;
}

static bool
all_capitals(struct str s)
{
	size_t upper = 0, lower = 0;

	for (size_t i = 0; i < s.len; i++) {
		upper += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
		lower += s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
	}
	return upper >= 8 && lower == 0;
}

/* A paragraph of the text that is a link as a whole: no headline is so long. */
static bool
is_linked_paragraph(const struct passage *p)
{
	return p->flags & PASSAGE_PARAGRAPH && p->flags & PASSAGE_SENTENCE &&
		p->chars >= LINKED_CHARS;
}

bool
trim_is_promo(const struct passage *p)
{
	double links = passage_link_share(p);
	struct phrase_text low;

	if (p->flags & PASSAGE_EMBED)
		return false;
	if (links > 0.8 && !(p->flags & PASSAGE_CELL) &&
		!is_linked_paragraph(p))
		return true;
	phrase_lower(&low, p->text);
	if (p->chars < 60 && phrase_is(&low, PHRASE_LABEL))
		return true;
	if (p->chars < 400 && phrase_starts(&low, PHRASE_NOTICE) &&
		(p->chars < 60 || !(p->flags & PASSAGE_SENTENCE) ||
			p->flags & PASSAGE_LINKED ||
			wordhash_count(p->text) < 30))
		return true;
	if (!phrase_starts(&low, PHRASE_PROMO))
		return false;
	if (links > 0.4 || (p->chars < 140 && p->flags & PASSAGE_LINKED))
		return true;
	return phrase_is(&low, PHRASE_PROMO);
}

/*
 * Whether a heading is the name of what the text below it is about, as in a
 * list of products or places, and only links to its page.
 */
static bool
names_part(const struct trim *t, uint32_t i)
{
	struct phrase_text low;

	if (!(trim_at(t, i)->flags & PASSAGE_HEADING) ||
		trim_at(t, i)->chars > NAME_CHARS)
		return false;
	phrase_lower(&low, trim_at(t, i)->text);
	if (phrase_starts(&low, PHRASE_PROMO))
		return false;
	while (++i < t->count && !(trim_at(t, i)->flags & PASSAGE_HEADING))
		if (trim_is_prose(trim_at(t, i)) && !trim_at(t, i)->reason)
			return true;
	return false;
}

/* Whether a passage ends in a colon: what follows belongs to it. */
static bool
announces(const struct passage *p)
{
	struct phrase_text low;

	if (p->chars < LEAD_CHARS || p->reason ||
		p->flags & (PASSAGE_DROPPED | PASSAGE_LINKED |
				   PASSAGE_HEADING) ||
		!(str_ends(p->text, STR(":")) ||
			str_ends(p->text, STR("\xef\xbc\x9a"))))
		return false;
	phrase_lower(&low, p->text);
	return !phrase_starts(&low, PHRASE_PROMO) &&
		!phrase_starts(&low, PHRASE_TAIL);
}

/* Whether the text announces the list that the passage is an item of. */
static bool
is_announced(const struct trim *t, uint32_t i)
{
	const struct html *h = t->ps->html;
	uint32_t list = trim_at(t, i)->block;
	uint32_t from = i > LIST_ITEMS ? i - LIST_ITEMS : 0;

	if (!(trim_at(t, i)->flags & PASSAGE_ITEM))
		return false;
	while (list != HTML_NONE && h->nodes[list].tag != HTML_UL &&
		h->nodes[list].tag != HTML_OL)
		list = h->nodes[list].parent;
	if (list == HTML_NONE)
		return false;
	while (i > from && html_within(h, trim_at(t, i)->node, list))
		i--;
	return !html_within(h, trim_at(t, i)->node, list) &&
		announces(trim_at(t, i));
}

static bool
is_capitals_link(const struct passage *p)
{
	return passage_link_share(p) > 0.5 && all_capitals(p->text);
}

void
trim_drop_empty_headings(struct trim *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t k = i + 1;

		if (!(trim_at(t, i)->flags & PASSAGE_HEADING))
			continue;
		while (k < t->count && is_dropped(t, k) &&
			!(trim_at(t, k)->flags &
				(PASSAGE_HEADING | PASSAGE_FIGURE)))
			k++;
		if (k > i + 1 && (k == t->count ||
				trim_at(t, k)->flags & PASSAGE_HEADING) &&
			trim_at(t, i)->level > 1)
			trim_drop(t, i);
	}
}

static bool
is_caption_line(const struct passage *p)
{
	struct phrase_text low;

	if (p->chars > 160 || p->flags & (PASSAGE_HEADING | PASSAGE_ITEM))
		return false;
	phrase_lower(&low, p->text);
	return phrase_starts(&low, PHRASE_CAPTION) &&
		str_find_byte(p->text, ':') > 0 &&
		str_find_byte(p->text, ':') < 24;
}

/* A line that changes with the clock and not by anybody's hand. */
static bool
is_clockwork(const struct passage *p)
{
	return !(p->flags & (PASSAGE_HEADING | PASSAGE_EMBED)) &&
		p->chars < 160 &&
		(age_is(p->text) || age_is_copyright(p->text));
}

/* A number, with separators, and perhaps a letter for thousands. */
static bool
is_number(struct str word)
{
	size_t digits = 0, others = 0;

	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];

		if (ascii_digit(c))
			digits++;
		else if (c != '.' && c != ',' && c != '\'' && c != '(' &&
			c != ')' && c != '+')
			others++;
	}
	return digits > 0 && others <= 1 && !str_ends(word, STR("."));
}

/*
 * A counter: one number and its unit, in an element of its own: "1,234
 * views", "12 k Aufrufe", "Kommentare (3)". It differs at each fetch.
 */
static bool
is_counter(const struct passage *p)
{
	size_t words = 0, numbers = 0;
	struct str rest = p->text, word;
	bool first = false, ends;

	if (p->chars > COUNTER_CHARS || p->flags & (PASSAGE_HEADING |
			PASSAGE_ITEM | PASSAGE_CELL | PASSAGE_PRE |
			PASSAGE_SENTENCE | PASSAGE_QUOTE | PASSAGE_TERM |
			PASSAGE_EMBED | PASSAGE_BOLD))
		return false;
	ends = str_ends(p->text, STR(")"));
	while (str_field(&word, &rest, ' ')) {
		bool number = is_number(word);

		words++;
		numbers += number;
		first |= number && words == 1;
		ends &= number || rest.len > 0;
	}
	return numbers == 1 && words >= 2 && words <= 3 && (first || ends);
}

/* A line of several links and little else: where to share, what to print. */
static bool
is_link_line(const struct trim *t, const struct passage *p)
{
	const struct html *h = t->ps->html;
	uint32_t links = 0;

	if (p->chars > SHARE_CHARS || passage_link_share(p) < 0.3 ||
		p->flags & (PASSAGE_HEADING | PASSAGE_ITEM | PASSAGE_CELL |
			PASSAGE_PRE | PASSAGE_SENTENCE | PASSAGE_EMBED |
			PASSAGE_QUOTE))
		return false;
	for (uint32_t i = p->block; i < h->nodes[p->block].end; i++)
		links += h->nodes[i].tag == HTML_A;
	return links >= 2 && p->chars - p->link_chars <= SHARE_WORDS;
}

void
trim_drop_boilerplate(struct trim *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct passage *p = trim_at(t, i);

		if (p->reason ||
			(p->flags & PASSAGE_FIGURE &&
				!(p->flags & PASSAGE_EMBED)) ||
			((trim_is_promo(p) || is_capitals_link(p)) &&
				!names_part(t, i) && !is_announced(t, i)) ||
			is_caption_line(p) || is_clockwork(p) ||
			is_counter(p) || is_link_line(t, p))
			trim_drop(t, i);
	}
}

/* Whether the text of passage i stood before, in the last few hundred. */
static bool
repeats(const struct trim *t, uint32_t i)
{
	uint32_t from = i > 400 ? i - 400 : 0;

	for (uint32_t k = from; k < i; k++)
		if (trim_at(t, k)->chars == trim_at(t, i)->chars &&
			str_eq(trim_at(t, k)->text, trim_at(t, i)->text))
			return true;
	return false;
}

/* Copies for another width of screen; unless it is how the page is made. */
void
trim_drop_repeats(struct trim *t)
{
	uint32_t found = 0, long_ones = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		if (trim_at(t, i)->chars < REPEAT_CHARS)
			continue;
		long_ones++;
		found += repeats(t, i);
	}
	if (found == 0 || found * 3 > long_ones * 2)
		return;
	for (uint32_t i = t->count; i-- > 0;)
		if (trim_at(t, i)->chars >= REPEAT_CHARS && repeats(t, i))
			trim_drop(t, i);
	trim_compact(t);
}
