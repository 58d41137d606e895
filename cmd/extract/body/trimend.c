#include "cmd/extract/body/trimend.h"

#include "cmd/extract/words/phrase.h"
#include "cmd/extract/words/wordhash.h"

bool
trim_is_byline(const struct passage *p)
{
	struct phrase_text low;

	if (p->chars > 120)
		return false;
	phrase_lower(&low, p->text);
	if (!phrase_starts(&low, PHRASE_BYLINE))
		return false;
	return wordhash_count(p->text) <= 8 ||
		(p->chars < 100 && !(p->flags & PASSAGE_SENTENCE));
}

/* Characters of prose in passages [from, count). */
static double
prose_after(const struct trim *t, uint32_t from)
{
	double sum = 0;

	for (uint32_t i = from; i < t->count; i++)
		if (trim_is_prose(trim_at(t, i)))
			sum += trim_at(t, i)->chars;
	return sum;
}

static bool
is_tail_marker(const struct passage *p)
{
	struct phrase_text low;

	if (p->chars > 140)
		return false;
	phrase_lower(&low, p->text);
	return phrase_is(&low, PHRASE_TAIL) ||
		(phrase_starts(&low, PHRASE_TAIL) && p->chars <= 80 &&
			!(p->flags & PASSAGE_SENTENCE));
}

static void
cut_at_marker(struct trim *t)
{
	double all = prose_after(t, 0), text = 0, seen = 0;

	for (uint32_t i = 0; i < t->count; i++)
		text += trim_at(t, i)->chars;
	for (uint32_t i = 0; i < t->count; i++) {
		const struct passage *p = trim_at(t, i);
		double limit = p->flags & PASSAGE_HEADING ? 0.20 : 0.08;

		seen += p->chars;
		if (seen < 0.55 * text || !is_tail_marker(p))
			continue;
		if (prose_after(t, i + 1) <= limit * all) {
			t->count = i;
			return;
		}
	}
}

static bool
is_credit(const struct phrase_text *low, const struct passage *p)
{
	return p->chars < 400 && phrase_starts(low, PHRASE_CREDIT);
}

/* Whether the text is a list of entries that are headings alone. */
static bool
is_headings(const struct trim *t)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < t->count; i++)
		count += (trim_at(t, i)->flags & PASSAGE_HEADING) != 0;
	return count * 2 > t->count && count >= 5;
}

/* Whether the last passage is one that ends pages, not articles. */
static bool
is_tail(const struct trim *t, const struct passage *p)
{
	struct phrase_text low;

	if (p->flags & PASSAGE_EMBED)
		return false;
	if (p->flags & PASSAGE_HEADING)
		return !is_headings(t);
	phrase_lower(&low, p->text);
	if (phrase_starts(&low, PHRASE_LEGAL) && p->chars < 400)
		return true;
	if (phrase_is_bio(p->text) && p->chars < 400)
		return true;
	if (p->chars < 300 && phrase_within(&low, PHRASE_CONTACT) &&
		(str_find_byte(p->text, '@') >= 0 ||
			p->flags & PASSAGE_LINKED))
		return true;
	if (p->chars < 300 && phrase_starts(&low, PHRASE_NEWSLETTER) &&
		(p->flags & PASSAGE_LINKED || p->chars < 160))
		return true;
	if (trim_is_byline(p) || phrase_is_date(p->text))
		return true;
	return p->chars < 60 && p->flags & PASSAGE_LINKED &&
		passage_link_share(p) > 0.3;
}

static void
trim_tail(struct trim *t)
{
	uint32_t i;

	cut_at_marker(t);
	for (i = t->count; i-- > t->count / 2;) {
		const struct passage *p = trim_at(t, i);
		struct phrase_text low;

		phrase_lower(&low, p->text);
		if (phrase_starts(&low, PHRASE_CORRECTION)) {
			t->marks[i] = TRIM_CORRECTION;
			continue;
		}
		if (is_credit(&low, p)) {
			t->marks[i] = TRIM_CREDIT;
			continue;
		}
		if (!is_tail(t, p))
			break;
		trim_drop(t, i);
	}
	trim_compact(t);
}

/* A note on the company that issued the release. */
static void
cut_company_note(struct trim *t)
{
	for (uint32_t i = t->count - t->count / 4; i < t->count; i++) {
		const struct passage *p = trim_at(t, i);
		struct phrase_text low;
		struct wordhashes own;

		if (p->chars > 80)
			continue;
		phrase_lower(&low, p->text);
		if (!phrase_starts(&low, PHRASE_ABOUT))
			continue;
		wordhash_read(&own, p->text);
		for (size_t k = 0; k < t->hints->titles_count; k++)
			if (wordhash_share(&own, &t->titles[k]) >= 0.5) {
				t->count = i;
				return;
			}
	}
}

static void
mark_corrections(struct trim *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		struct phrase_text low;

		if (t->marks[i] || trim_at(t, i)->flags & PASSAGE_HEADING)
			continue;
		phrase_lower(&low, trim_at(t, i)->text);
		if (phrase_starts(&low, PHRASE_CORRECTION))
			t->marks[i] = TRIM_CORRECTION;
	}
}

void
trim_end(struct trim *t)
{
	cut_company_note(t);
	trim_tail(t);
	mark_corrections(t);
}
