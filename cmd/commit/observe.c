#include "cmd/commit/observe.h"

#include <string.h>

#include "cmd/commit/judgename.h"
#include "common/article/sketch.h"
#include "common/web/urlshape.h"

enum {
	CANDIDATES = 4,
	ALIKE_FROM_BYTES = 200, /* shorter texts are alike by chance */
	ALIKE = 800, /* thousandths of both texts, under one headline */
	UNREST_MAX = 20, /* looks more, before MEMORY_FORGOTTEN */
	TRIED = 2 /* versions that changed a place and nothing else */
};

/* The look as it is worked on. */
struct view {
	struct change_input in;
	struct changefacts facts; /* without the places that never rest */
	struct document settled;
};

static struct change_input
input_of(const struct record *r, const struct document *next)
{
	const struct article *a = &r->article;

	return (struct change_input){ &r->previous, next,
		{ r->row.digest, r->row.extractor, r->row.etag,
			r->row.last_modified },
		{ a->payload_digest, a->extractor, a->etag, a->last_modified },
		r->row.source };
}

/* Whether the paragraphs are the same, but for counters among them. */
static bool
only_counts(const struct changefacts *f)
{
	for (size_t i = 0; i < f->places_count; i++)
		if (f->places[i].part == PART_BLOCK && !f->places[i].counts)
			return false;
	return !f->many;
}

static bool
are_alike(struct judge *judge, const struct document *a,
	const struct document *b)
{
	struct change *c = judge->session->judges[0];
	struct change_input in = { .previous = a, .next = b };
	struct changefacts f;
	size_t bytes = 0;

	for (size_t i = 0; i < b->blocks_count; i++)
		bytes += b->blocks[i].text.len;
	if (bytes < ALIKE_FROM_BYTES ||
		align_blocks(change_align(c), a->blocks, a->blocks_count,
			b->blocks, b->blocks_count, NULL) < 0)
		return false;
	changefacts_of(&f, change_align(c), &in, CHANGE_TEXT);
	if (!str_eq(a->title, b->title))
		return only_counts(&f);
	return f.kept >= ALIKE && f.old >= ALIKE;
}

/* Sources are watched apart: what one has is not missed in the other. */
static bool
is_foreign(const struct index_article *other, const struct record *r)
{
	struct str source = r->article.source;

	return source.len > 0 && other->source.len > 0 &&
		!str_eq(source, other->source);
}

/* Another article of the site that has nearly this text: 1, 0, -1. */
static int
find_like(struct index_article *out, struct judge *judge,
	const struct record *r, size_t sketches, struct err *err)
{
	struct index_article found[CANDIDATES];
	struct document d;
	int count;

	if (sketches > r->sketches_count)
		sketches = r->sketches_count;
	count = index_like(found, CANDIDATES, judge->session->index,
		r->sketches, sketches, judge->arena, err);
	for (int i = 0; i < count; i++) {
		if ((r->known && found[i].id == r->row.id) ||
			is_foreign(&found[i], r))
			continue;
		if (session_document(&d, judge->session, &found[i].blob,
			    judge->arena, err) < 0)
			return -1;
		if (!are_alike(judge, &d, &r->document))
			continue;
		*out = found[i];
		return 1;
	}
	return count < 0 ? -1 : 0;
}

/* Lines, fields and headlines come and go without an edit. */
static bool
can_move(const struct changefacts_place *p)
{
	return p->light || p->part == PART_TITLE;
}

/* What came to the place once, and was there at two looks at least. */
static bool
is_settling(const struct memory_place *p, const struct changefacts *f,
	size_t i)
{
	return p->moves == 1 && p->rest > 0 && p->value == f->places[i].value;
}

/* Whether a place counts for nothing now. Beside an edit a line that is known
 * to move is no part of it. */
static bool
is_calm(struct memory *m, const struct changefacts *f, size_t i, bool company)
{
	const struct memory_place *p = memory_find(m, f->places[i].place);

	if (!p)
		return false;
	return memory_is_volatile(p) || (company && can_move(&f->places[i]) &&
		p->moves > 0 && p->versions == 0 && !is_settling(p, f, i));
}

/* Whether there is more than what comes and goes. */
static bool
has_edit(const struct changefacts *f)
{
	for (size_t i = 0; i < f->places_count; i++)
		if (!can_move(&f->places[i]))
			return true;
	return f->many;
}

/* Compares anew as if the places that never rest had not changed. */
static int
settle(struct observation *out, struct view *v, struct judge *judge,
	struct record *r, struct err *err)
{
	bool calm[CHANGEFACTS_PLACES], any = false;
	bool company = has_edit(&r->facts);
	struct change *c = judge->session->judges[0];

	v->facts = r->facts;
	v->settled = r->document;
	out->verdict = r->verdict;
	for (size_t i = 0; i < r->facts.places_count; i++) {
		calm[i] = is_calm(&r->memory, &r->facts, i, company);
		any |= calm[i];
	}
	if (!any)
		return 0;
	if (change_judge(&out->verdict, c, &v->in, err) < 0)
		return -1;
	if (changefacts_settle(&v->settled, &r->facts, change_align(c), &v->in,
		    calm, judge->arena) < 0)
		return err_set(err, "the batch is too large");
	v->in.next = &v->settled;
	if (change_judge(&out->verdict, c, &v->in, err) < 0)
		return -1;
	changefacts_of(&v->facts, change_align(c), &v->in,
		out->verdict.classes);
	return 0;
}

static bool
has_signal(const struct article *a, struct str name)
{
	for (size_t i = 0; i < a->signals.count; i++)
		if (str_eq(a->signals.items[i], name))
			return true;
	return false;
}

static bool
names_self(struct judge *judge, const struct record *r)
{
	struct str key = judge_key_of(judge, r->article.canonical);

	return str_eq(key, r->row.key) ||
		str_eq(key, judge_key_of(judge, r->url));
}

static bool
is_attested(struct judge *judge, const struct record *r)
{
	const struct article *a = &r->article;

	if (a->canonical.len == 0 || a->confidence < 0.6 ||
		!has_signal(a, STR("title-heading")))
		return false;
	return names_self(judge, r);
}

/* Which fields came or went, as a number that is the same for all articles of
 * the site to which the same happened. */
static uint64_t
sketch_of_fields(const struct record *r, const struct changefacts *f)
{
	uint64_t h = sketch_site(r->row.key);

	for (size_t i = 0; i < f->places_count; i++)
		h = h * 31 + f->places[i].part * 2 +
			(f->places[i].value == CHANGEFACTS_ABSENT);
	return h & INT64_MAX;
}

static bool
has_heavy(const struct changefacts *f)
{
	for (size_t i = 0; i < f->places_count; i++)
		if (!f->places[i].light)
			return true;
	return false;
}

/* Places that came and went between looks, and one that every version changes.
 * What goes along with an edit says nothing of it. */
static void
see_places(struct sight *sight, struct memory *m, const struct changefacts *f)
{
	const struct changefacts_place *only = changefacts_only(f);
	const struct memory_place *p;
	bool heavy = has_heavy(f), all = !f->many, any = false;

	for (size_t i = 0; i < f->places_count; i++) {
		if (heavy && f->places[i].light)
			continue;
		p = memory_find(m, f->places[i].place);
		all = all && p && p->moves >= MEMORY_VOLATILE;
		any = true;
	}
	sight->contested = all && any;
	p = only ? memory_find(m, only->place) : NULL;
	if (!p || p->versions < TRIED)
		return;
	sight->contested |= f->light;
	sight->restless = !f->light;
}

/*
 * Whether an archive has taken this text, after that of now, for the same
 * article's. What the page said of itself is not in its record any more.
 */
static bool
was_attested(const struct record *r)
{
	char hex[GITOID_HEX_BYTES];

	return r->article.confirmed.len > 0 && str_eq(r->article.after,
			str_from(gitoid_hex(hex, &r->row.blob)));
}

static int
see(struct sight *sight, uint64_t *sketch, struct judge *judge,
	struct record *r, const struct view *v, struct err *err)
{
	const struct changefacts *f = &v->facts;
	bool suspect = f->kept < 500, fields = f->fields && f->light;
	struct index_article other;
	int like = 0;

	*sketch = fields ? sketch_of_fields(r, f) : r->sketches_count > 0 ?
			   r->sketches[0] : 0;
	*sight = (struct sight){ .verdict = NULL,
		.facts = f,
		.gate = r->article.gate.len > 0,
		.alone = has_signal(&r->article, STR("title-alone")),
		.whole = !has_signal(&r->article, STR("cut")),
		.unsure = r->article.confidence > 0 &&
			r->article.confidence < 0.3 };
	sight->denied = r->article.canonical.len > 0 && !names_self(judge, r);
	if (suspect) {
		sight->attested = is_attested(judge, r) || was_attested(r);
		like = find_like(&other, judge, r, SKETCH_MAX, err);
	}
	sight->elsewhere = like > 0;
	if (suspect || fields)
		sight->others = recall_others(judge->recall, *sketch,
			r->row.key);
	if (r->memory.sketch == *sketch &&
		(size_t)r->memory.host > sight->others)
		sight->others = (size_t)r->memory.host;
	see_places(sight, &r->memory, f);
	return like < 0 ? -1 : 0;
}

/*
 * Whether the text in doubt is the one that was. Where most of it is new its
 * places are unknown, and what never rests among them is not told apart.
 */
static bool
is_again(const struct memory *m, const struct rule *rule, uint64_t text,
	uint64_t sketch)
{
	if (m->reason.len == 0)
		return false;
	return m->text == text || (rule->nearly && sketch != 0 &&
		m->sketch == sketch &&
		str_eq(m->reason, str_from(rule->reason)));
}

/* One more look at a text in doubt; whether it is confirmed. */
static bool
doubt(struct memory *m, const struct rule *rule, int64_t backoff,
	uint64_t text, uint64_t sketch, int64_t now_s)
{
	if (!is_again(m, rule, text, sketch)) {
		m->tries = m->reason.len > 0 ? m->tries + 1 : 0;
		m->first_s = m->last_s = now_s;
		m->looks = 1;
	} else if (now_s > m->last_s) {
		m->looks++;
		m->last_s = now_s;
	}
	m->reason = str_from(rule->reason);
	m->wanted = rule->looks + backoff;
	m->over_s = rule->over_s;
	m->text = text;
	m->sketch = sketch;
	return m->looks >= m->wanted && m->last_s - m->first_s >= m->over_s;
}

static bool
is_among(const struct changefacts *f, uint32_t place)
{
	for (size_t i = 0; i < f->places_count; i++)
		if (f->places[i].place == place)
			return true;
	return false;
}

/* Takes note of the places that can come and go; of new ones only where there
 * is nothing else, or another page would be taken for them. */
static void
note_places(struct memory *m, const struct changefacts *f)
{
	bool company = has_edit(f);

	for (size_t i = 0; i < m->places_count; i++)
		if (!is_among(f, m->places[i].place))
			memory_note(m, m->places[i].place, 1);
	for (size_t i = 0; i < f->places_count; i++)
		if ((!company && can_move(&f->places[i])) ||
			memory_find(m, f->places[i].place))
			memory_note(m, f->places[i].place, f->places[i].value);
	memory_tidy(m);
}

/*
 * After an upgrade the first difference is the extractor's, unless the newest
 * version was seen unchanged by the new one already.
 */
static bool
is_upgrade(const struct record *r)
{
	return r->row.extractor.len > 0 && r->article.extractor.len > 0 &&
		!str_eq(r->row.extractor, r->article.extractor) &&
		!str_eq(r->memory.extractor, r->article.extractor);
}

static int
compare(struct judge *judge, struct record *r, struct err *err)
{
	if (r->has_verdict)
		return 0;
	if (session_document(&r->previous, judge->session, &r->row.blob,
		    judge->arena, err) < 0)
		return -1;
	return worker_compare(&judge->workers->items[0],
		judge->session->judges[0], r, err);
}

/* Whether an archive has made sure of this text; it says since when. */
static bool
was_confirmed(char first_seen[ISOTIME_BYTES], const struct record *r)
{
	const struct article *a = &r->article;
	int64_t first_s;

	first_seen[0] = '\0';
	if (a->after.len > 0 || isotime_parse(&first_s, a->confirmed) < 0)
		return false;
	if (!str_eq(a->confirmed, a->fetched))
		isotime_format(first_seen, first_s);
	return true;
}

/* How often the least restless of the places has moved already: so many looks
 * more are to see it. */
static int64_t
unrest(struct memory *m, const struct changefacts *f)
{
	int64_t least = UNREST_MAX;

	for (size_t i = 0; i < f->places_count; i++) {
		const struct memory_place *p = memory_find(m,
			f->places[i].place);

		if (p && p->moves - MEMORY_VOLATILE < least)
			least = p->moves - MEMORY_VOLATILE;
	}
	return least > 0 ? least : 0;
}

static void
decide(struct observation *out, struct record *r, const struct view *v,
	uint64_t sketch)
{
	struct memory *m = &r->memory;

	out->kind = out->rule->kind;
	if (out->kind == SIGHT_BLIND)
		return;
	if (out->kind == SIGHT_DOUBTFUL &&
		doubt(m, out->rule, out->contested ? unrest(m, &v->facts) : 0,
			sketch_text(&v->settled), sketch, r->fetched_s)) {
		out->kind = SIGHT_SOLID;
		isotime_format(out->first_seen, m->first_s);
	} else if (out->kind == SIGHT_DOUBTFUL &&
		was_confirmed(out->first_seen, r)) {
		out->kind = SIGHT_SOLID;
	}
	if (out->kind == SIGHT_SOLID)
		return;
	note_places(m, &r->facts);
	if (out->kind == SIGHT_SAME)
		memory_close(m);
}

int
observe(struct observation *out, struct judge *judge, struct record *r,
	struct err *err)
{
	struct sight sight;
	struct view v;
	uint64_t sketch;

	*out = (struct observation){ .kind = SIGHT_SAME };
	if (compare(judge, r, err) < 0)
		return -1;
	v.in = input_of(r, &r->document);
	if (settle(out, &v, judge, r, err) < 0)
		return -1;
	if (out->verdict.status == RECEIPT_SAME) {
		note_places(&r->memory, &r->facts);
		memory_close(&r->memory);
		return 0;
	}
	if (out->verdict.status == RECEIPT_TECHNICAL) {
		out->kind = SIGHT_SOLID;
		return 0;
	}
	if (see(&sight, &sketch, judge, r, &v, err) < 0)
		return -1;
	sight.verdict = &out->verdict;
	out->contested = sight.contested;
	if (v.facts.fields && v.facts.light && v.facts.places_count > 0)
		out->verdict.classes = (out->verdict.classes &
			CHANGE_DATELINE) | CHANGE_BOILERPLATE;
	out->rule = rules_judge(&sight);
	if (out->verdict.status == RECEIPT_BLOCKED)
		out->verdict.status = RECEIPT_CHANGED;
	decide(out, r, &v, sketch);
	if (out->kind == SIGHT_SOLID && is_upgrade(r)) {
		out->verdict.status = RECEIPT_TECHNICAL;
		out->unaccountable = true;
	}
	return 0;
}

/* Lines that changed along with an edit may be ones that never rest. */
static void
note_company(struct memory *m, const struct changefacts *f,
	const struct changefacts_place *only)
{
	for (size_t i = 0; i < f->places_count && has_heavy(f); i++)
		if ((f->places[i].light || f->places[i].counts) &&
			&f->places[i] != only)
			memory_note(m, f->places[i].place,
				f->places[i].value);
}

void
observe_first(struct record *r)
{
	struct memory *m = &r->memory;
	struct memory_place *title = memory_find(m, changefacts_title());

	if (!has_signal(&r->article, STR("title-alone")))
		return;
	if (!title) {
		memory_note(m, changefacts_title(), 1);
		title = memory_find(m, changefacts_title());
		title->moves = 0;
	}
	title->versions = TRIED;
}

void
observe_stored(struct record *r)
{
	const struct changefacts_place *only = changefacts_only(&r->facts);
	struct memory *m = &r->memory;

	note_company(m, &r->facts, only);
	if (only && !memory_find(m, only->place)) {
		memory_note(m, only->place, 1);
		memory_find(m, only->place)->moves = 0;
	}
	for (size_t i = 0; i < m->places_count; i++) {
		struct memory_place *p = &m->places[i];
		bool edited = only && p->place == only->place;

		p->versions = edited ? p->versions + 1 : 0;
		if (edited || is_among(&r->facts, p->place))
			p->value = 1;
		else
			memory_note(m, p->place, 1);
	}
	observe_first(r);
	memory_tidy(m);
	memory_close(m);
	m->extractor = m->twin = STR("");
	m->misses = m->missed_s = 0;
}

void
observe_same(struct record *r)
{
	static const struct changefacts none;

	note_places(&r->memory, &none);
	memory_close(&r->memory);
	r->memory.misses = r->memory.missed_s = 0;
	r->memory.extractor = str_eq(r->article.extractor, r->row.extractor) ?
		STR("") : r->article.extractor;
}

/* The known article is to be looked at: its memory names the new address. */
static int
tell_twin(struct judge *judge, const struct record *r,
	const struct index_article *other)
{
	struct memory m;

	recall_get(&m, judge->recall, other->key, STR(""), judge->arena);
	m.twin = r->key;
	recall_put(judge->recall, other->key, &m, judge->arena);
	return 0;
}

int
observe_new(struct str *twin, struct judge *judge, struct record *r,
	struct err *err)
{
	struct index_article other;
	char first_seen[ISOTIME_BYTES];
	int got = find_like(&other, judge, r, 2, err);

	*twin = STR("");
	if (got <= 0) {
		memory_close(&r->memory);
		return got < 0 ? -1 : 1;
	}
	if (other.state == INDEX_LIVE && urlshape_same(r->key, other.key)) {
		r->row = other;
		r->known = true;
		recall_get(&r->memory, judge->recall, other.key, STR(""),
			judge->arena);
		return 0;
	}
	*twin = other.key;
	if (other.state == INDEX_LIVE &&
		!doubt(&r->memory, &rules_same_text, 0,
			sketch_text(&r->document), r->sketches[0],
			r->fetched_s) &&
		!was_confirmed(first_seen, r)) {
		r->memory.same_as = other.key;
		return tell_twin(judge, r, &other);
	}
	memory_close(&r->memory);
	return 1;
}
