#include "common/article/memory.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/number.h"

enum { FIELDS_MAX = 10, NUMBER_MAX = 1 << 20 };

/* Digits of a hexadecimal number, 16 at most; 0 for what is none. */
static uint64_t
parse_hex(struct str s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.len && i < 16; i++) {
		const char *digits = "0123456789abcdef";
		const char *at = memchr(digits, s.ptr[i], 16);

		if (!at)
			return 0;
		n = n << 4 | (uint64_t)(at - digits);
	}
	return n;
}

static int64_t
parse_number(struct str s)
{
	int64_t n;

	return number_parse(&n, s, 0, INT64_MAX / 4) < 0 ? 0 : n;
}

static size_t
split(struct str fields[FIELDS_MAX], struct str value)
{
	size_t count = 0;

	while (count < FIELDS_MAX && str_field(&fields[count], &value, ','))
		count++;
	for (size_t i = count; i < FIELDS_MAX; i++)
		fields[i] = STR("");
	return count;
}

/* Names of reasons go into pages and terminals. */
static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_alnum(s.ptr[i]) && s.ptr[i] != '-')
			return false;
	return s.len > 0 && s.len < 40;
}

static void
read_doubt(struct memory *out, struct str value)
{
	struct str f[FIELDS_MAX];

	split(f, value);
	if (!is_word(f[0]))
		return;
	out->reason = f[0];
	out->looks = parse_number(f[1]);
	out->wanted = parse_number(f[2]);
	out->over_s = parse_number(f[3]);
	out->first_s = parse_number(f[4]);
	out->last_s = parse_number(f[5]);
	out->tries = parse_number(f[6]);
	out->text = parse_hex(f[7]);
	out->sketch = parse_hex(f[8]);
}

static void
read_place(struct memory *out, struct str value)
{
	struct memory_place *p;
	struct str f[FIELDS_MAX];

	if (out->places_count == MEMORY_PLACES)
		return;
	split(f, value);
	p = &out->places[out->places_count++];
	p->place = (uint32_t)parse_hex(f[0]);
	p->value = (uint32_t)parse_hex(f[1]);
	p->moves = parse_number(f[2]);
	p->rest = parse_number(f[3]);
	p->versions = parse_number(f[4]);
}

static void
read_misses(struct memory *out, struct str value)
{
	struct str f[FIELDS_MAX];

	split(f, value);
	out->misses = parse_number(f[0]);
	out->missed_s = parse_number(f[1]);
}

static void
read_word(struct memory *out, struct str name, struct str value)
{
	if (str_eq(name, STR("doubt")))
		read_doubt(out, value);
	else if (str_eq(name, STR("host")))
		out->host = parse_number(value);
	else if (str_eq(name, STR("same-as")))
		out->same_as = value;
	else if (str_eq(name, STR("twin")))
		out->twin = value;
	else if (str_eq(name, STR("as")))
		out->extractor = value;
	else if (str_eq(name, STR("misses")))
		read_misses(out, value);
	else if (str_eq(name, STR("seen")))
		out->seen_s = parse_number(value);
	else if (str_eq(name, STR("place")))
		read_place(out, value);
}

void
memory_parse(struct memory *out, struct str text)
{
	struct str word, name;

	*out = (struct memory){ .reason = STR("") };
	out->same_as = out->twin = out->extractor = STR("");
	if (text.len > MEMORY_BYTES)
		return;
	while (str_field(&word, &text, ' '))
		if (str_cut(&name, &word, '='))
			read_word(out, name, word);
}

static void
write_text(struct strbuf *out, const char *name, struct str value)
{
	if (value.len > 0 && str_find_byte(value, ' ') < 0)
		strbuf_addf(out, "%s=%.*s ", name, STR_ARGS(value));
}

void
memory_write(struct strbuf *out, const struct memory *m)
{
	size_t start = out->len;

	if (m->reason.len > 0)
		strbuf_addf(out,
			"doubt=%.*s,%lld,%lld,%lld,%lld,%lld,%lld,%llx,%llx ",
			STR_ARGS(m->reason), (long long)m->looks,
			(long long)m->wanted, (long long)m->over_s,
			(long long)m->first_s, (long long)m->last_s,
			(long long)m->tries, (unsigned long long)m->text,
			(unsigned long long)m->sketch);
	if (m->reason.len > 0 && m->host > 0)
		strbuf_addf(out, "host=%lld ", (long long)m->host);
	write_text(out, "same-as", m->same_as);
	write_text(out, "twin", m->twin);
	write_text(out, "as", m->extractor);
	if (m->misses > 0)
		strbuf_addf(out, "misses=%lld,%lld ", (long long)m->misses,
			(long long)m->missed_s);
	if (m->seen_s > 0)
		strbuf_addf(out, "seen=%lld ", (long long)m->seen_s);
	for (size_t i = 0; i < m->places_count; i++) {
		const struct memory_place *p = &m->places[i];

		strbuf_addf(out, "place=%x,%x,%lld,%lld,%lld ", p->place,
			p->value, (long long)p->moves, (long long)p->rest,
			(long long)p->versions);
	}
	if (out->len > start)
		strbuf_cut(out, out->len - 1);
	if (out->len - start > MEMORY_BYTES)
		strbuf_cut(out, start);
}

void
memory_close(struct memory *m)
{
	m->reason = m->same_as = STR("");
	m->looks = m->wanted = m->over_s = m->first_s = m->last_s = 0;
	m->tries = m->host = 0;
	m->text = m->sketch = 0;
}

struct memory_place *
memory_find(struct memory *m, uint32_t place)
{
	for (size_t i = 0; i < m->places_count; i++)
		if (m->places[i].place == place)
			return &m->places[i];
	return NULL;
}

bool
memory_is_volatile(const struct memory_place *p)
{
	return p->moves >= MEMORY_VOLATILE && p->rest < MEMORY_RESTED;
}

/* The one that can best be spared. */
static struct memory_place *
calmest(struct memory *m)
{
	struct memory_place *best = &m->places[0];

	for (size_t i = 1; i < m->places_count; i++)
		if (m->places[i].rest > best->rest)
			best = &m->places[i];
	return best;
}

void
memory_note(struct memory *m, uint32_t place, uint32_t value)
{
	struct memory_place *p = memory_find(m, place);

	if (p && p->value == value) {
		p->rest++;
		return;
	}
	if (p) {
		p->moves += p->moves < NUMBER_MAX;
		p->rest = 0;
		p->value = value;
		return;
	}
	p = m->places_count < MEMORY_PLACES ? &m->places[m->places_count++] :
					      calmest(m);
	*p = (struct memory_place){ .place = place, .value = value,
		.moves = 1 };
}

void
memory_tidy(struct memory *m)
{
	size_t left = 0;

	for (size_t i = 0; i < m->places_count; i++) {
		const struct memory_place *p = &m->places[i];
		int64_t most = p->moves >= MEMORY_VOLATILE || p->versions > 0 ?
			MEMORY_FORGOTTEN : MEMORY_RESTED;

		if (p->rest < most || p->versions > 0)
			m->places[left++] = *p;
	}
	m->places_count = left;
}
