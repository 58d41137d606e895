#include "cmd/extract/body/ldbody.h"

#include "cmd/extract/words/phrase.h"
#include "cmd/extract/body/trimend.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/hash.h"

enum { GATHERED_CHARS = 60 };

static const double KNOWN = 0.5, UNKNOWN = 0.3, CREDIBLE = 0.75,
	SURE = 0.9, TAIL = 0.25;

/* The runs of words of a text, one by one. */
struct runs {
	struct str rest;
	uint32_t words[LDBODY_RUN];
	size_t count;
};

static bool
next_run(uint32_t *hash, struct runs *r)
{
	uint32_t word, h = HASH_START;

	do {
		if (!wordhash_next(&word, &r->rest))
			return false;
		for (size_t i = 1; i < LDBODY_RUN; i++)
			r->words[i - 1] = r->words[i];
		r->words[LDBODY_RUN - 1] = word;
	} while (++r->count < LDBODY_RUN);
	for (size_t i = 0; i < LDBODY_RUN; i++)
		h = hash_more(h, r->words[i]);
	h ^= h >> 15;
	*hash = h ? h : 1;
	return true;
}

static uint32_t
slot(const struct ldbody *w, uint32_t hash)
{
	uint32_t i = hash & w->mask;

	while (w->slots[i] && w->slots[i] != hash)
		i = (i + 1) & w->mask;
	return i;
}

int
ldbody_read(struct ldbody *out, struct str text, struct arena *arena)
{
	struct runs r = { .rest = text };
	uint32_t hash, size = 256;

	*out = (struct ldbody){ 0 };
	if (text.len < LDBODY_BYTES_MIN || text.len > LDBODY_BYTES_MAX)
		return 0;
	while (size < text.len)
		size *= 2; /* a word has two bytes or more: half stays free */
	out->slots = arena_calloc(arena, size, sizeof(*out->slots));
	out->met = arena_calloc(arena, size, 1);
	if (!out->slots || !out->met)
		return -1;
	out->mask = size - 1;
	while (next_run(&hash, &r)) {
		uint32_t i = slot(out, hash);

		out->count += !out->slots[i];
		out->slots[i] = out->last = hash;
	}
	return 0;
}

/* How much of a text is known, 0 to 1, and not met before if `new_only`. */
static double
share(const struct ldbody *w, struct str text, bool new_only)
{
	struct runs r = { .rest = text };
	uint32_t hash;
	double all = 0, known = 0;

	while (next_run(&hash, &r)) {
		uint32_t i = slot(w, hash);

		all++;
		known += w->slots[i] && !(new_only && w->met[i]);
	}
	return all > 0 ? known / all : -1;
}

static void
meet(struct ldbody *w, struct str text)
{
	struct runs r = { .rest = text };
	uint32_t hash;

	while (next_run(&hash, &r))
		w->met[slot(w, hash)] = 1;
}

/* Passages whose absence from the text says something. */
static bool
is_told(const struct passage *p)
{
	return !(p->flags & (PASSAGE_HEADING | PASSAGE_EMBED | PASSAGE_CELL |
		PASSAGE_PRE | PASSAGE_FIGURE));
}

/* The share of the body's characters that the ldbody knows. */
static double
credibility(const struct ldbody *w, const struct trim *t)
{
	double known = 0, all = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		const struct passage *p = trim_at(t, i);

		if (!is_told(p) || p->reason || p->link_chars * 2 > p->chars)
			continue;
		all += p->chars;
		if (share(w, p->text, false) >= KNOWN)
			known += p->chars;
	}
	return all > 0 ? known / all : 0;
}

static bool
belongs(const struct ldbody *w, const struct passage *p)
{
	return !(p->flags & (PASSAGE_BODY | PASSAGE_HIDDEN |
			 PASSAGE_NOSCRIPT)) &&
		is_told(p) && !p->reason && p->mass > 0 &&
		p->chars >= GATHERED_CHARS && share(w, p->text, true) >= SURE;
}

int
ldbody_gather(struct ldbody *w, struct trim *t, struct arena *arena)
{
	struct passages *ps = t->ps;
	uint32_t added = 0, n = 0;

	if (!w->count || credibility(w, t) < KNOWN)
		return 0;
	for (uint32_t i = 0; i < t->count; i++)
		meet(w, trim_at(t, i)->text);
	for (uint32_t i = 0; i < ps->count; i++)
		if (belongs(w, &ps->items[i])) {
			ps->items[i].flags |= PASSAGE_BODY;
			meet(w, ps->items[i].text);
			added++;
		}
	if (!added)
		return 0;
	t->items = arena_calloc(arena, t->count + added, sizeof(uint32_t));
	t->marks = arena_calloc(arena, t->count + added, 1);
	if (!t->items || !t->marks)
		return -1;
	for (uint32_t i = 0; i < ps->count; i++)
		if (ps->items[i].flags & PASSAGE_BODY)
			t->items[n++] = i;
	t->count = n;
	return 0;
}

static bool
ends_with(struct str text, uint32_t run)
{
	struct runs r = { .rest = text };
	uint32_t hash = 0;

	while (next_run(&hash, &r))
		;
	return hash == run;
}

/*
 * The passages to judge, as [from, to): behind the first one that is known.
 * What follows the last known one is judged when it is short and the ldbody
 * ends there too: else its text was cut.
 */
static void
judged_range(uint32_t *from, uint32_t *to, const struct ldbody *w,
	const struct trim *t)
{
	double text = 0, tail = 0;

	*from = *to = 0;
	for (uint32_t i = 0; i < t->count; i++) {
		const struct passage *p = trim_at(t, i);

		text += p->chars;
		tail += p->chars;
		if (!is_told(p) || share(w, p->text, false) < KNOWN)
			continue;
		if (*to == 0)
			*from = i + 1;
		*to = i + 1;
		tail = 0;
	}
	if (*to > 0 && tail <= TAIL * text &&
		ends_with(trim_at(t, *to - 1)->text, w->last))
		*to = t->count;
}

/* Whether a known passage of the body has the flag. */
static bool
knows_any(const struct ldbody *w, const struct trim *t, uint32_t flag)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (trim_at(t, i)->flags & flag &&
			share(w, trim_at(t, i)->text, false) >= KNOWN)
			return true;
	return false;
}

/*
 * Whether the page makes no difference between the two: of one tag and class
 * within one element. An unknown paragraph that looks just like the known
 * ones may be an edit that the ldbody has not heard of.
 */
static bool
is_of_a_kind(const struct html *h, uint32_t a, uint32_t b)
{
	return h->nodes[a].parent == h->nodes[b].parent &&
		h->nodes[a].tag == h->nodes[b].tag &&
		str_eq(html_attr(h, a, HTML_CLASS),
			html_attr(h, b, HTML_CLASS));
}

/* Notes on the article itself, which that text seldom has. */
static bool
is_note(const struct passage *p)
{
	struct phrase_text low;

	phrase_lower(&low, p->text);
	return phrase_starts(&low, PHRASE_CORRECTION) ||
		phrase_starts(&low, PHRASE_CREDIT);
}

void
ldbody_judge(const struct ldbody *w, struct trim *t)
{
	uint32_t from, to, lacking = 0, known;

	if (!w->count || credibility(w, t) < CREDIBLE)
		return;
	if (!knows_any(w, t, PASSAGE_ITEM))
		lacking |= PASSAGE_ITEM;
	if (!knows_any(w, t, PASSAGE_QUOTE))
		lacking |= PASSAGE_QUOTE;
	judged_range(&from, &to, w, t);
	known = from > 0 ? trim_at(t, from - 1)->block : HTML_NONE;
	for (uint32_t i = from; i < to; i++) {
		const struct passage *p = trim_at(t, i);
		double part = share(w, p->text, false);

		if (part >= KNOWN)
			known = p->block;
		if (part < 0 || part >= UNKNOWN || !is_told(p) || is_note(p) ||
			(p->flags & lacking && !(p->flags & PASSAGE_LINKED)))
			continue;
		if (!is_of_a_kind(t->ps->html, p->block, known))
			trim_drop(t, i);
	}
	trim_drop_empty_headings(t);
	trim_compact(t);
}
