#include "cmd/extract/body/anchor.h"

#include "cmd/extract/body/root.h"
#include "cmd/extract/words/wordhash.h"

enum {
	TITLE_CHARS = 8,       /* a shorter text is no title */
	DESCRIPTION_WORDS = 8, /* fewer may be in any paragraph */
	BEGINNING_WORDS = 24   /* of a paragraph, to compare */
};

bool
anchor_is_prose(const struct passage *p)
{
	return p->mass > 0 && !p->reason && !(p->flags & PASSAGE_FIGURE);
}

/* Whether a heading has most of its words from one of the titles. */
static bool
recalls_title(struct str text, const struct body_hints *hints)
{
	struct wordhashes own, title;

	wordhash_read(&own, text);
	for (size_t i = 0; i < hints->titles_count; i++) {
		wordhash_read(&title, hints->titles[i]);
		if (wordhash_share(&own, &title) >= 0.6)
			return true;
	}
	return false;
}

/*
 * The first h1 of the page, where there is one of those that nothing speaks
 * against; `*only` is set when there is only one of these.
 */
static uint32_t
first_h1(const struct passages *ps, bool *only)
{
	uint32_t found = HTML_NONE, count = 0, doubtful = HTML_NONE;

	for (uint32_t i = 0; i < ps->count; i++) {
		if (ps->items[i].level != 1)
			continue;
		if (ps->items[i].reason && doubtful == HTML_NONE)
			doubtful = i;
		if (!ps->items[i].reason && count++ == 0)
			found = i;
	}
	*only = count == 1;
	return found == HTML_NONE ? doubtful : found;
}

/* A text that is one of the titles, outside of any heading. */
static uint32_t
bare_title(const struct passages *ps, const struct body_hints *hints)
{
	for (size_t t = 0; t < hints->titles_count; t++) {
		struct str title = hints->titles[t];

		for (uint32_t i = 0; i < ps->count; i++) {
			const struct passage *p = &ps->items[i];

			if (p->chars < TITLE_CHARS || p->reason ||
				p->text.len > title.len + 8 ||
				p->text.len * 2 < title.len)
				continue;
			if (wordhash_alike(p->text, title) >= 0.8)
				return i;
		}
	}
	return HTML_NONE;
}

/* The first words of a text. */
static void
read_beginning(struct wordhashes *out, struct str text)
{
	wordhash_read(out, text);
	if (out->count > BEGINNING_WORDS)
		out->count = BEGINNING_WORDS;
}

/* The paragraph that begins as one of the descriptions does. */
static uint32_t
described(const struct passages *ps, const struct body_hints *hints)
{
	struct wordhashes own, told;

	for (size_t d = 0; d < hints->descriptions_count; d++) {
		read_beginning(&told, hints->descriptions[d]);
		if (told.count < DESCRIPTION_WORDS)
			continue;
		for (uint32_t i = 0; i < ps->count; i++) {
			if (!anchor_is_prose(&ps->items[i]))
				continue;
			wordhash_read(&own, ps->items[i].text);
			if (wordhash_share(&told, &own) >= 0.7)
				return i;
		}
	}
	return HTML_NONE;
}

void
anchor_find(struct anchor *out, const struct passages *ps,
	const struct body_hints *hints)
{
	uint32_t found = root_heading(ps, hints), h1 = HTML_NONE;
	bool only = false;

	out->lead = HTML_NONE;
	if (found == HTML_NONE) {
		h1 = first_h1(ps, &only);
		if (only && recalls_title(ps->items[h1].text, hints))
			found = h1;
	}
	if (found == HTML_NONE)
		found = bare_title(ps, hints);
	if (found == HTML_NONE)
		found = described(ps, hints);
	if (found == HTML_NONE)
		found = h1;
	out->passage = found;
	for (uint32_t i = found; i < ps->count && out->lead == HTML_NONE; i++)
		if (!(ps->items[i].flags & PASSAGE_HEADING) &&
			anchor_is_prose(&ps->items[i]) &&
			(i > found || wordhash_count(ps->items[i].text) >
				BEGINNING_WORDS))
			out->lead = i;
}
