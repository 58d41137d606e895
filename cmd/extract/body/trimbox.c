#include "cmd/extract/body/trimbox.h"

#include "cmd/extract/body/trimend.h"

enum {
	CAPTION_LEAST = 25,
	CAPTION_MOST = 300,
	CAPTION_BOX = 2,   /* passages: the caption and the credit */
	PICTURE_NODES = 100,
	CARD_BOX = 4,      /* passages: label, headline, text, date */
	CARD_TITLE = 15,
	CARD_MOST = 300
};

static const double CARDS_MOST = 0.15; /* of the body */

/* Whether an image stands in the element before the passage's text. */
static bool
has_image_before(const struct html *h, uint32_t element, uint32_t block)
{
	uint32_t end = h->nodes[block].end;

	if (end - element > PICTURE_NODES)
		return false;
	for (uint32_t i = element; i < end; i++) {
		if (h->nodes[i].tag == HTML_IMG)
			return true;
		if (i > block && h->nodes[i].tag == HTML_TEXT &&
			str_trim(h->nodes[i].text).len > 0)
			return false;
	}
	return false;
}

/*
 * A line that is no sentence, alone with an image in an element: its caption,
 * where the page has no figure for it.
 */
static bool
is_picture_line(const struct trim *t, const struct passage *p)
{
	const struct passages *ps = t->ps;
	uint32_t node = p->block;

	if (p->chars < CAPTION_LEAST || p->chars > CAPTION_MOST ||
		p->flags & (PASSAGE_SENTENCE | PASSAGE_HEADING | PASSAGE_ITEM |
			PASSAGE_CELL | PASSAGE_EMBED | PASSAGE_PRE))
		return false;
	for (; node != HTML_NONE; node = ps->html->nodes[node].parent) {
		uint32_t chars = 0;

		if (ps->to[node] - ps->from[node] > CAPTION_BOX)
			return false;
		for (uint32_t i = ps->from[node]; i < ps->to[node]; i++)
			chars += ps->items[i].chars;
		if (chars > CAPTION_MOST + 60)
			return false;
		if (has_image_before(ps->html, node, p->block))
			return true;
	}
	return false;
}

static bool
has_image(const struct html *h, uint32_t node)
{
	if (h->nodes[node].end - node > PICTURE_NODES)
		return false;
	for (uint32_t i = node; i < h->nodes[node].end; i++)
		if (h->nodes[i].tag == HTML_IMG)
			return true;
	return false;
}

/* Whether the element is a card: it has a headline that is all a link. */
static bool
is_card(const struct passages *ps, uint32_t node)
{
	bool title = false, heading = false, text = false;

	for (uint32_t i = ps->from[node]; i < ps->to[node]; i++) {
		const struct passage *p = &ps->items[i];

		if (passage_link_share(p) <= 0.8) {
			text |= !(p->flags & PASSAGE_HEADING);
			continue;
		}
		if (p->chars < CARD_TITLE)
			continue;
		title = true;
		heading |= p->flags & PASSAGE_HEADING;
	}
	return title && text && (heading || has_image(ps->html, node));
}

/* The card around the passage, or HTML_NONE. */
static uint32_t
card_of(const struct passages *ps, const struct passage *p)
{
	uint32_t node = p->block;

	if (p->flags & (PASSAGE_CELL | PASSAGE_EMBED | PASSAGE_PRE))
		return HTML_NONE;
	for (; node != HTML_NONE; node = ps->html->nodes[node].parent) {
		if (ps->to[node] - ps->from[node] > CARD_BOX)
			return HTML_NONE;
		if (is_card(ps, node))
			return node;
	}
	return HTML_NONE;
}

static uint32_t
unlinked_chars(const struct passages *ps, uint32_t node)
{
	uint32_t chars = 0;

	for (uint32_t i = ps->from[node]; i < ps->to[node]; i++)
		chars += ps->items[i].chars - ps->items[i].link_chars;
	return chars;
}

/* Articles that are lists of such things have much of their text in them. */
static void
drop_cards(struct trim *t)
{
	double all = 0, cards = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		const struct passage *p = trim_at(t, i);

		all += p->chars;
		if (card_of(t->ps, p) != HTML_NONE)
			cards += p->chars - p->link_chars;
	}
	if (cards == 0 || cards > CARDS_MOST * all)
		return;
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t card = card_of(t->ps, trim_at(t, i));

		if (card != HTML_NONE &&
			unlinked_chars(t->ps, card) <= CARD_MOST)
			trim_drop(t, i);
	}
}

void
trim_drop_boxes(struct trim *t)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (is_picture_line(t, trim_at(t, i)))
			trim_drop(t, i);
	drop_cards(t);
}
