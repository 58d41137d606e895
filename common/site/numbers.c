#include "common/site/numbers.h"

#include <stdlib.h>

#include "common/base/ids.h"
#include "common/base/isotime.h"
#include "common/base/xalloc.h"

const char *const numbers_soon_names[NUMBERS_SOON] = { "within an hour",
	"within six hours", "within a day", "within a week",
	"within a month", "later" };
const char *const numbers_size_names[NUMBERS_SIZES] = { "up to 2 words",
	"3 to 10 words", "11 to 50 words", "51 to 200 words", "more" };

/* What the history needs of an article, by id. */
struct known {
	int64_t id, first_s;
	size_t source;
	int64_t edited; /* versions that were edits so far */
};

struct counting {
	struct numbers *n;
	struct known *known;
	size_t known_count, known_cap;
	const struct hidden *hidden;
};

static size_t
bucket(int64_t value, const int64_t *ends, size_t count)
{
	size_t i = 0;

	while (i < count && value > ends[i])
		i++;
	return i;
}

/* --- articles --- */

static size_t
source_of(struct numbers *n, struct str name)
{
	for (size_t i = 0; i < n->sources_count; i++)
		if (str_eq(n->sources[i].source, name))
			return i;
	n->sources = xgrow(n->sources, n->sources_count, &n->sources_cap,
		sizeof(*n->sources));
	n->sources[n->sources_count] = (struct numbers_of){
		.source = { xmemdup0(name.ptr, name.len), name.len } };
	return n->sources_count++;
}

static int
count_articles(struct counting *c, struct index *index, struct err *err)
{
	struct index_cursor *cursor;
	struct index_article a;
	int got;

	if (index_articles(&cursor, index, STR(""), err) < 0)
		return -1;
	while ((got = index_next_article(&a, cursor, err)) > 0) {
		size_t source;
		struct numbers_of *of;

		/* A source of hidden articles alone has its page too. */
		source = source_of(c->n, a.source);
		if (hidden_has(c->hidden, a.id))
			continue;
		of = &c->n->sources[source];
		of->articles++;
		of->withdrawn += a.state == INDEX_GONE;
		c->known = xgrow(c->known, c->known_count, &c->known_cap,
			sizeof(*c->known));
		c->known[c->known_count++] = (struct known){ a.id, a.first_s,
			source, 0 };
	}
	index_cursor_free(cursor);
	return got;
}

/* --- the history --- */

static struct numbers_month *
month_of(struct numbers_of *n, int64_t s)
{
	struct civil c = isotime_split(s);
	int64_t month = c.year * 12 + c.month - 1;
	size_t i = n->months_count;

	while (i > 0 && n->months[i - 1].month > month)
		i--;
	if (i > 0 && n->months[i - 1].month == month)
		return &n->months[i - 1];
	n->months = xgrow(n->months, n->months_count, &n->months_cap,
		sizeof(*n->months));
	for (size_t k = n->months_count++; k > i; k--)
		n->months[k] = n->months[k - 1];
	n->months[i] = (struct numbers_month){ .month = month };
	return &n->months[i];
}

static void
count_classes(struct numbers_of *of, struct str classes)
{
	struct str name;

	while (classes.len > 0 && str_field(&name, &classes, ','))
		for (unsigned i = 0; i < CHANGE_CLASSES; i++)
			if (str_eq(str_trim(name), change_class_name(1u << i)))
				of->classes[i]++;
}

static void
count_edit(struct numbers_of *of, struct known *k,
	const struct index_version *v)
{
	static const int64_t soon[] = { 3600, 6 * 3600, 86400, 7 * 86400,
		30 * 86400 };
	static const int64_t sizes[] = { 2, 10, 50, 200 };

	of->edits++;
	month_of(of, v->fetched_s)->edits++;
	of->hours[isotime_split(v->fetched_s).hour]++;
	of->sizes[bucket(v->words_added + v->words_removed, sizes,
		NUMBERS_SIZES - 1)]++;
	count_classes(of, v->classes);
	if (k->edited++ > 0)
		return;
	of->changed++;
	of->soon[bucket(v->fetched_s - k->first_s, soon, NUMBERS_SOON - 1)]++;
}

static void
count_event(struct counting *c, const struct index_version *v)
{
	struct known *k = c->known_count == 0 ? NULL : bsearch(&v->article,
		c->known, c->known_count, sizeof(*c->known), ids_compare);
	struct numbers_of *of;

	if (!k)
		return;
	of = &c->n->sources[k->source];
	of->versions += index_is_version(v);
	of->minor += v->event == RECEIPT_MINOR;
	of->withdrawals += v->event == RECEIPT_GONE;
	of->returns += v->event == RECEIPT_RESTORED;
	if (v->event == RECEIPT_NEW)
		month_of(of, v->fetched_s)->seen++;
	if (v->event == RECEIPT_CHANGED)
		count_edit(of, k, v);
}

/* In the order of the commits: an article's first edit is the first. */
static int
count_history(struct counting *c, struct index *index, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	if (index_all_versions(&cursor, index, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		count_event(c, &v);
	index_cursor_free(cursor);
	return got;
}

static void
add_counts(int64_t *to, const int64_t *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] += from[i];
}

static void
add_source(struct numbers_of *t, const struct numbers_of *s)
{
	t->articles += s->articles;
	t->versions += s->versions;
	t->edits += s->edits;
	t->minor += s->minor;
	t->changed += s->changed;
	t->withdrawn += s->withdrawn;
	t->withdrawals += s->withdrawals;
	t->returns += s->returns;
	add_counts(t->soon, s->soon, NUMBERS_SOON);
	add_counts(t->sizes, s->sizes, NUMBERS_SIZES);
	add_counts(t->hours, s->hours, NUMBERS_HOURS);
	add_counts(t->classes, s->classes, CHANGE_CLASSES);
	for (size_t i = 0; i < s->months_count; i++) {
		/* Noon of the fifteenth: within the month. */
		struct civil c = { .year = s->months[i].month / 12,
			.month = (int)(s->months[i].month % 12) + 1,
			.day = 15 };
		struct numbers_month *m = month_of(t, isotime_join(&c));

		m->seen += s->months[i].seen;
		m->edits += s->months[i].edits;
	}
}

static int
compare_source(const void *a, const void *b)
{
	return str_cmp(((const struct numbers_of *)a)->source,
		((const struct numbers_of *)b)->source);
}

int
numbers_load(struct numbers **out, struct index *index,
	const struct hidden *hidden, struct err *err)
{
	struct counting c = { .hidden = hidden };
	int failed;

	c.n = xcalloc(1, sizeof(*c.n));
	failed = count_articles(&c, index, err) < 0 ||
		count_history(&c, index, err) < 0;
	free(c.known);
	if (c.n->sources_count > 1)
		qsort(c.n->sources, c.n->sources_count,
			sizeof(*c.n->sources), compare_source);
	for (size_t i = 0; i < c.n->sources_count; i++)
		add_source(&c.n->total, &c.n->sources[i]);
	*out = c.n;
	if (failed) {
		numbers_free(c.n);
		*out = NULL;
	}
	return failed ? -1 : 0;
}

void
numbers_free(struct numbers *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->sources_count; i++) {
		free((char *)(uintptr_t)n->sources[i].source.ptr);
		free(n->sources[i].months);
	}
	free(n->sources);
	free(n->total.months);
	free(n);
}

/* --- reading them --- */

static void
each_month(const struct numbers_of *n,
	void (*each)(void *context, const char *measure, struct str key,
		int64_t count),
	void *context)
{
	struct strbuf key;

	strbuf_init(&key, 64);
	for (size_t i = 0; i < n->months_count; i++) {
		const struct numbers_month *m = &n->months[i];

		strbuf_reset(&key);
		strbuf_addf(&key, "%04lld-%02lld", (long long)m->month / 12,
			(long long)m->month % 12 + 1);
		each(context, "seen", strbuf_str(&key), m->seen);
		each(context, "edits", strbuf_str(&key), m->edits);
	}
	strbuf_release(&key);
}

void
numbers_each(const struct numbers_of *n,
	void (*each)(void *context, const char *measure, struct str key,
		int64_t count),
	void *context)
{
	char hour[8];

	each_month(n, each, context);
	for (size_t i = 0; i < NUMBERS_SOON; i++)
		each(context, "first edit", str_from(numbers_soon_names[i]),
			n->soon[i]);
	for (size_t i = 0; i < NUMBERS_HOURS; i++) {
		hour[0] = (char)('0' + i / 10);
		hour[1] = (char)('0' + i % 10);
		hour[2] = '\0';
		each(context, "hour", str_from(hour), n->hours[i]);
	}
	for (unsigned i = 0; i < CHANGE_CLASSES; i++)
		each(context, "class", change_class_name(1u << i),
			n->classes[i]);
	for (size_t i = 0; i < NUMBERS_SIZES; i++)
		each(context, "size", str_from(numbers_size_names[i]),
			n->sizes[i]);
}

const char *
numbers_sum(int64_t *out, const struct numbers_of *n, size_t i)
{
	const struct {
		const char *name;
		int64_t count;
	} sums[] = { { "articles", n->articles }, { "versions", n->versions },
		{ "changed", n->changed }, { "edits", n->edits },
		{ "minor", n->minor }, { "withdrawn", n->withdrawn },
		{ "withdrawals", n->withdrawals }, { "returns", n->returns } };

	if (i >= sizeof(sums) / sizeof(sums[0]))
		return NULL;
	*out = sums[i].count;
	return sums[i].name;
}
