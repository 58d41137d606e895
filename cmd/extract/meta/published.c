/*
 * The ladder goes from what is written for machines to what is written for
 * people. Two readings are put together where they agree: a date without a
 * time takes that of the same day near the heading, a time in UTC takes the
 * zone in which the page shows the same instant. Where the page shows its
 * readers an earlier day as that of publication, the machines' date is that of
 * a later change.
 */
#include "cmd/extract/meta/published.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/extract/meta/authorplace.h"
#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/base/utf8.h"
#include "common/text/date.h"
#include "common/text/lexicon.h"

enum {
	AFTER_BYTES = 1200, /* text behind the heading that is looked at */
	BEFORE_BYTES = 400,
	CLOSE_BYTES = 400, /* a byline right behind the heading */
	LABEL_BYTES = 40, /* a label stands so far in front of its date */
	LINES_BYTES = 256 << 10,
	DATE_LINE_BYTES = 40, /* a line that is little but a date */
	DATE_TEXT_BYTES = 200, /* of an element that holds a date */
	DAY_S = 86400,
	PROSE_BYTES = 80, /* a line that has more is not about its date */
	ZONE_STEP_S = 900
};

struct search {
	const struct facts *f;
	unsigned flags;
	bool has_limit;
	int64_t limit_s; /* no date is later */
	uint32_t heading;
	uint32_t from, to; /* the nodes about the heading */
	struct authorplace place;
};

/* A date that people see. */
struct sighting {
	struct date date;
	bool found, published, updated; /* as its label says */
	bool marked; /* its element is one for dates */
	bool prose;  /* in a sentence of the text */
};

enum { PUBLISHED = 1, UPDATED = 2 };

#define IN(list) list
#include "cmd/extract/meta/labels.inc"
#undef IN

/* Whether the date can be one of publication. */
static bool
is_plausible(const struct search *s, const struct date *d)
{
	return d->year >= 1995 &&
		(!s->has_limit || date_seconds(d) <= s->limit_s);
}

static bool
read_value(struct date *out, const struct search *s, struct str value)
{
	return value.len > 0 && date_read(out, value, s->flags) &&
		is_plausible(s, out);
}

/* How much is in the line about [start, end) of a text. */
static size_t
line_bytes(struct str text, size_t start, size_t end)
{
	size_t from = start, to = end;

	while (from > 0 && text.ptr[from - 1] != '\n')
		from--;
	while (to < text.len && text.ptr[to] != '\n')
		to++;
	return to - end + start - from;
}

/* What a date is worth: one of publication, without a label, of a change. */
static int
worth(const struct sighting *s)
{
	if (s->published)
		return 4;
	return s->prose ? 1 : s->updated ? 2 : 3;
}

/* The first of the best dates in a text. */
static struct sighting
sight(const struct search *s, struct str text)
{
	struct sighting best = { .found = false }, here = best;
	struct str label;
	size_t start, end;

	while (date_find(&here.date, text, s->flags, &start, &end)) {
		label = str_sub(text, start > LABEL_BYTES ?
			start - LABEL_BYTES : 0, start < LABEL_BYTES ? start :
			LABEL_BYTES);
		here.published = lexicon_within(&labels, label, PUBLISHED);
		here.updated = !here.published &&
			lexicon_within(&labels, label, UPDATED);
		here.found = is_plausible(s, &here.date);
		here.prose = line_bytes(text, start, end) > PROSE_BYTES;
		text = str_sub(text, end, text.len);
		if (here.found && (!best.found || worth(&here) > worth(&best)))
			best = here;
	}
	return best;
}

static bool
from_metas(struct date *out, const struct search *s, enum meta_key key)
{
	struct str v;

	for (size_t i = 0; (v = facts_meta(s->f, key, i)).len > 0; i++)
		if (read_value(out, s, v))
			return true;
	return false;
}

/*
 * Whether a mark far from the heading is a comment's or another article's:
 * below the text a date of the article stands close by and alone.
 */
static bool
is_others(const struct search *s, const struct marks *m, size_t i)
{
	const struct authorplace *p = &s->place;
	uint32_t node = m->items[i].node;
	size_t below = 0;

	if (s->heading == HTML_NONE || node < s->to)
		return false;
	if (p->root == HTML_NONE || node < p->end)
		return authorplace_is_foreign(p, node);
	for (size_t k = 0; k < m->count; k++)
		below += m->items[k].node >= p->end;
	return node >= p->foot || below > 1 || authorplace_is_foreign(p, node);
}

/* The first mark of a kind within [from, to) that holds a date. */
static struct sighting
from_marks(const struct search *s, enum mark_kind kind, bool sure_only,
	uint32_t from, uint32_t to)
{
	const struct marks *m = &s->f->marks[kind];
	struct sighting best = { .found = false }, here;
	struct str text;

	for (size_t i = 0; i < m->count; i++) {
		struct mark k = m->items[i];

		if ((sure_only && !k.sure) || k.node < from || k.node >= to ||
			is_others(s, m, i))
			continue;
		here = (struct sighting){ .found = false };
		here.found = read_value(&here.date, s, k.value);
		k.value = STR("");
		text = facts_mark_text(s->f, &k);
		if (!here.found && text.len < DATE_TEXT_BYTES)
			here = sight(s, text);
		else if (here.found)
			here.updated = lexicon_within(&labels, text, UPDATED);
		if (here.found && !here.updated)
			return here;
		if (here.found && !best.found)
			best = here;
	}
	return best;
}

static bool
take(struct date *out, struct sighting s)
{
	if (s.found)
		*out = s.date;
	return s.found;
}

static struct sighting
from_text(const struct search *s, uint32_t from, uint32_t to)
{
	return sight(s, facts_text(s->f, from, to, STR("\n"),
		AFTER_BYTES * 2));
}

/* The first unless the second is worth more. */
static struct sighting
better(struct sighting a, struct sighting b)
{
	if (!a.found || !b.found)
		return a.found ? a : b;
	return worth(&b) > worth(&a) ? b : a;
}

/* A date that people see near the heading. */
static struct sighting
near_heading(const struct search *s)
{
	const struct html *h = &s->f->page->html;
	struct sighting best;
	uint32_t end;

	if (s->heading == HTML_NONE)
		return (struct sighting){ .found = false };
	end = h->nodes[s->heading].end;
	best = from_marks(s, MARK_DATE_CLASS, true, end,
		facts_node_after(h, end, CLOSE_BYTES));
	best.marked = best.found;
	if (!best.found)
		best = from_marks(s, MARK_DATE_CLASS, true, end, s->to);
	best = better(best,
		from_marks(s, MARK_DATE_CLASS, false, end, s->to));
	if (!best.found || best.updated)
		best = better(best, from_text(s, end, s->to));
	if (!best.published)
		best = better(best, from_marks(s, MARK_DATE_CLASS, false,
			s->from, s->heading));
	if (!best.found || best.prose)
		best = better(best, from_text(s, s->from, s->heading));
	if (!best.found || best.prose)
		best = better(best, from_text(s, s->heading, end));
	return best;
}

/*
 * A line of its own, anywhere behind `from`, that is little but a date or
 * calls itself one of publication or of a change.
 */
static struct sighting
from_lines(const struct search *s, uint32_t from, uint32_t to)
{
	struct sighting best = { .found = false }, here;
	struct str rest, line;

	if (from == HTML_NONE)
		return best;
	rest = facts_text(s->f, from, to, STR("\n"), LINES_BYTES);
	while (str_field(&line, &rest, '\n')) {
		if (line.len < 8 || line.len > DATE_TEXT_BYTES)
			continue;
		here = sight(s, line);
		if (here.found && (here.published || here.updated ||
			line.len < DATE_LINE_BYTES))
			best = better(best, here);
		if (best.found && !best.updated)
			break;
	}
	return best;
}

/* What is left when neither machines nor the heading's surroundings say. */
static bool
from_elsewhere(struct date *out, const struct search *s)
{
	const struct html *h = &s->f->page->html;
	uint32_t from = s->heading == HTML_NONE ? 0 : s->from;

	return take(out, from_marks(s, MARK_TIME, false, from, HTML_NONE)) ||
		take(out, from_marks(s, MARK_DATE_PUBLISHED, false, 0,
			HTML_NONE)) ||
		take(out, from_marks(s, MARK_DATE_CLASS, true, from,
			HTML_NONE)) ||
		take(out, from_marks(s, MARK_DATE_CLASS, false, from,
			HTML_NONE)) ||
		take(out, from_marks(s, MARK_TIME, false, 0, HTML_NONE)) ||
		take(out, from_lines(s, s->heading == HTML_NONE ? h->body :
			s->to, s->place.root == HTML_NONE ? HTML_NONE :
			s->place.foot));
}

/* A date in the form that machines write: "2026-05-03...". */
static bool
is_machines(struct str s)
{
	return s.len >= 10 && ascii_digit(s.ptr[0]) && ascii_digit(s.ptr[3]) &&
		s.ptr[4] == '-' && s.ptr[7] == '-';
}

static bool
find_published(struct date *out, const struct search *s,
	const struct sighting *seen, bool *is_vague)
{
	const struct facts *f = s->f;
	const struct marks *item = &f->marks[MARK_DATE_PUBLISHED];

	/* "05/03/2026 2:30" may be of the afternoon: others know better. */
	if ((!is_machines(f->ld.published) &&
		from_metas(out, s, META_PUBLISHED)) ||
		read_value(out, s, f->ld.published) ||
		from_metas(out, s, META_PUBLISHED))
		return true;
	if ((*is_vague = from_metas(out, s, META_DATE)) ||
		take(out, from_marks(s, MARK_DATE_PUBLISHED, false, s->from,
			item->count == 1 ? HTML_NONE : s->to)) ||
		take(out, from_marks(s, MARK_TIME, true, 0, HTML_NONE)) ||
		take(out, from_marks(s, MARK_TIME, false, s->from, s->to)))
		return true;
	if (date_of_url(out, f->page->url) && is_plausible(s, out))
		return true;
	return (!seen->prose && take(out, *seen)) || from_elsewhere(out, s) ||
		take(out, *seen);
}

static bool
find_modified(struct date *out, const struct search *s)
{
	return read_value(out, s, s->f->ld.modified) ||
		from_metas(out, s, META_MODIFIED) ||
		take(out, from_marks(s, MARK_DATE_MODIFIED, false, 0,
			HTML_NONE)) ||
		from_metas(out, s, META_UPDATED);
}

/* Gives a time in UTC the zone in which `other` shows the same instant. */
static bool
share_zone(struct date *d, const struct date *other)
{
	struct date wall = *other, utc = *d;
	int64_t east_s;

	if (!d->zulu || !other->has_time)
		return false;
	if (other->has_zone && !other->zulu) {
		if (date_seconds(other) == date_seconds(d))
			*d = *other;
		return !d->zulu;
	}
	wall.zone_minutes = utc.zone_minutes = 0;
	if (!other->has_seconds)
		wall.second = utc.second;
	east_s = date_seconds(&wall) - date_seconds(&utc);
	if (east_s == 0 || east_s % ZONE_STEP_S != 0 ||
		east_s < -12 * 3600 || east_s > 14 * 3600)
		return false;
	*d = wall;
	d->has_zone = true;
	d->has_seconds = utc.has_seconds;
	d->zulu = false;
	d->zone_minutes = (int)(east_s / 60);
	return true;
}

/* A time for people says minutes; "9:41" may be of the evening. */
static bool
is_clear_time(const struct date *d)
{
	return d->has_seconds || d->hour > 12 || d->has_zone;
}

static void
find_zone(struct date *d, const struct search *s,
	const struct sighting *seen)
{
	const struct marks *m = &s->f->marks[MARK_TIME];
	struct date other;

	for (size_t i = 0; i < s->f->metas_count; i++)
		if ((s->f->metas[i].key == META_DATE ||
			s->f->metas[i].key == META_PUBLISHED) &&
			read_value(&other, s, s->f->metas[i].value) &&
			is_clear_time(&other) && share_zone(d, &other))
			return;
	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].node >= s->from && m->items[i].node < s->to &&
			read_value(&other, s, m->items[i].value) &&
			is_clear_time(&other) && share_zone(d, &other))
			return;
	if (seen->found && !seen->updated && !seen->prose &&
		is_clear_time(&seen->date))
		share_zone(d, &seen->date);
}

/*
 * Whether JSON-LD has one instant for publication and change: then it may be
 * that of the change.
 */
static bool
is_change_alone(const struct search *s)
{
	return s->f->ld.published.len > 0 &&
		str_eq(s->f->ld.published, s->f->ld.modified);
}

/* Whether an element for dates near the heading shows this day. */
static bool
is_shown(const struct search *s, const struct date *d)
{
	const struct marks *m = &s->f->marks[MARK_DATE_CLASS];
	struct date other;

	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].node >= s->from && m->items[i].node < s->to &&
			read_value(&other, s,
				facts_mark_text(s->f, &m->items[i])) &&
			date_compare_days(&other, d) == 0)
			return true;
	return false;
}

/* An earlier day that the page shows its readers as that of publication. */
static void
take_earlier_day(struct date *d, const struct search *s,
	const struct sighting *seen)
{
	struct sighting pub = from_marks(s, MARK_TIME, true, 0, HTML_NONE);

	if (seen->found && date_compare_days(&seen->date, d) < 0 &&
		(seen->published || (seen->marked && !seen->updated &&
		is_change_alone(s) &&
		!is_shown(s, d))))
		*d = seen->date;
	else if (pub.found && date_compare_days(&pub.date, d) < 0)
		*d = pub.date;
}

/*
 * "date" and "dcterms.date" may be of the draft or of the latest version:
 * another day that the heading's surroundings mark is that of publication,
 * unless it is the same instant elsewhere.
 */
static void
take_marked_day(struct date *d, const struct search *s,
	const struct sighting *seen)
{
	struct sighting time = from_marks(s, MARK_TIME, false, s->from, s->to);
	const struct sighting *best = time.found && !time.updated ? &time :
		seen;

	if (s->heading == HTML_NONE || !best->found || best->updated ||
		(best == seen && !seen->marked))
		return;
	if (llabs(date_seconds(&best->date) - date_seconds(d)) > DAY_S ||
		!d->zulu)
		*d = best->date;
}

/* Puts the machines' date and the one that people see together. */
static void
reconcile(struct date *d, const struct search *s,
	const struct sighting *seen, bool is_vague)
{
	if (seen->found && date_compare_days(&seen->date, d) == 0 &&
		!d->has_time && seen->date.has_time)
		*d = seen->date;
	else
		take_earlier_day(d, s, seen);
	if (is_vague)
		take_marked_day(d, s, seen);
	if (d->zulu)
		find_zone(d, s, seen);
}

/* Where English is written with the day first: regions, hosts, paths. */
static const char *const day_first_regions[] = { "gb", "uk", "au", "ie", "in",
	"nz", "za", "sg", "ng", "ke", "hk" };

/* Whether the address has "/en-gb/", or a host that ends in ".uk". */
static bool
names_region(struct str url, const char *region)
{
	ptrdiff_t at = str_find(url, STR("://"));
	struct str host = str_sub(url, (size_t)(at < 0 ? 0 : at + 3), url.len);
	char text[8];

	at = str_find_byte(host, '/');
	host = at < 0 ? host : str_sub(host, 0, (size_t)at);
	snprintf(text, sizeof(text), ".%s", region);
	if (str_ends_nocase(host, str_from(text)))
		return true;
	snprintf(text, sizeof(text), "/en-%s/", region);
	return str_find_nocase(url, str_from(text)) >= 0;
}

/* English as America writes it, and what follows it. */
static bool
is_month_first(struct str lang, struct str url)
{
	size_t n = sizeof(day_first_regions) / sizeof(*day_first_regions);

	if (!str_eq_nocase(str_sub(lang, 0, 2), STR("en")))
		return false;
	for (size_t i = 0; i < n; i++)
		if ((lang.len > 2 && str_ends_nocase(lang,
			str_from(day_first_regions[i]))) ||
			names_region(url, day_first_regions[i]))
			return false;
	return true;
}

void
published_find(struct published *out, const struct facts *f,
	const struct body *body, uint32_t heading, struct str lang)
{
	struct search s = { .f = f, .heading = heading };
	struct date published, modified;
	struct sighting seen;
	bool has, is_vague = false;

	*out = (struct published){ STR(""), STR("") };
	s.flags = is_month_first(lang, f->page->url) ? DATE_MONTH_FIRST : 0;
	s.has_limit = f->page->fetched.len > 0 &&
		isotime_parse(&s.limit_s, f->page->fetched) == 0;
	s.limit_s += DAY_S;
	if (heading != HTML_NONE) {
		s.from = facts_node_before(
			&f->page->html, heading, BEFORE_BYTES);
		s.to = facts_node_after(&f->page->html, heading, AFTER_BYTES);
	}
	authorplace_init(&s.place, f, body, heading);
	seen = near_heading(&s);
	has = find_published(&published, &s, &seen, &is_vague);
	if (has) {
		reconcile(&published, &s, &seen, is_vague);
		out->published = date_format(&published, f->page->arena);
	}
	if (find_modified(&modified, &s) && (!has ||
		date_compare_days(&modified, &published) >= 0))
		out->modified = date_format(&modified, f->page->arena);
}
