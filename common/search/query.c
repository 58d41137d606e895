#include "common/search/query.h"

#include <stdint.h>
#include <string.h>

#include "common/base/ascii.h"
#include "common/search/fold.h"

enum { SHORTEST_BYTES = 3, NEEDLE_BYTES = 96 };

void
query_init(struct query *q)
{
	q->count = q->wanted = 0;
	q->too_many = false;
	strbuf_init(&q->folded, 4 * QUERY_BYTES);
}

void
query_release(struct query *q)
{
	strbuf_release(&q->folded);
}

static struct str
term_text(const struct query *q, const struct query_term *t)
{
	return (struct str){ q->folded.ptr + t->start, t->len };
}

/* One word of letters, so long that it can have an ending. */
static bool
can_inflect(struct str folded)
{
	folded = str_trim(folded);
	for (size_t i = 0; i < folded.len; i++)
		if (folded.ptr[i] == ' ' || ascii_digit(folded.ptr[i]))
			return false;
	return folded.len >= SHORTEST_BYTES;
}

static void
add_term(struct query *q, struct str text, struct query_term term)
{
	term.start = q->folded.len;

	fold_text(&q->folded, text);
	term.len = q->folded.len - term.start;
	if (term.len == 0)
		return;
	term.inflects = term.inflects && !term.prefix &&
		can_inflect(term_text(q, &term));
	if (term.prefix)
		term.len--; /* the word may go on */
	if (q->count == QUERY_TERMS || strbuf_overflowed(&q->folded)) {
		q->too_many = true;
		return;
	}
	q->terms[q->count++] = term;
	q->wanted += !term.excluded;
}

/* The next word or phrase; "-" before it excludes, "*" after it goes on. */
static void
take(struct query *q, struct str *rest)
{
	bool excluded = str_starts(*rest, STR("-"));
	struct str text;
	size_t n = 0;

	if (excluded)
		*rest = str_sub(*rest, 1, rest->len);
	if (str_starts(*rest, STR("\""))) {
		*rest = str_sub(*rest, 1, rest->len);
		str_cut(&text, rest, '"');
		add_term(q, text, (struct query_term){ .excluded = excluded });
		return;
	}
	while (n < rest->len && !ascii_space(rest->ptr[n]) &&
		rest->ptr[n] != '"')
		n++;
	text = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->len);
	add_term(q, text, (struct query_term){ .excluded = excluded,
		.prefix = str_ends(text, STR("*")), .inflects = true });
}

void
query_add(struct query *q, struct str text)
{
	if (text.len > QUERY_BYTES)
		text.len = QUERY_BYTES;
	for (;;) {
		while (text.len > 0 && ascii_space(text.ptr[0]))
			text = str_sub(text, 1, text.len);
		if (text.len == 0)
			return;
		take(q, &text);
	}
}

/* Folded text has letters, digits and spaces alone: within quotes it can say
 * nothing but itself. */
static void
add_quoted(struct strbuf *out, const char *mark, struct str text)
{
	strbuf_addf(out, "\"%s", mark);
	strbuf_adds(out, str_trim(text));
	strbuf_addc(out, '"');
}

/* The word, and what may be in the index for another form of it. */
static void
add_forms(struct strbuf *out, struct str word, const struct stems *stems)
{
	word = str_trim(word);
	add_quoted(out, "", word);
	for (size_t i = 0; i < stems->count; i++) {
		struct str stem = stem_word(stems->items[i], word);

		strbuf_adds(out, STR(" OR "));
		add_quoted(out, QUERY_STEM, stem);
		if (str_eq(stem, word))
			continue;
		strbuf_adds(out, STR(" OR "));
		add_quoted(out, "", stem);
	}
}

void
query_match(struct strbuf *out, const struct query *q,
	const struct stems *stems)
{
	bool any = false;

	for (size_t i = 0; i < q->count; i++) {
		const struct query_term *t = &q->terms[i];

		if (t->excluded)
			continue;
		strbuf_adds(out, any ? STR(" AND (") : STR("("));
		if (t->inflects)
			add_forms(out, term_text(q, t), stems);
		else
			add_quoted(out, "", term_text(q, t));
		strbuf_adds(out, t->prefix ? STR("*)") : STR(")"));
		any = true;
	}
}

void
query_text_init(struct query_text *t)
{
	t->stem = NULL;
	strbuf_init(&t->folded, SIZE_MAX / 4);
	strbuf_init(&t->stemmed, SIZE_MAX / 4);
}

void
query_text_release(struct query_text *t)
{
	strbuf_release(&t->folded);
	strbuf_release(&t->stemmed);
}

void
query_text_read(struct query_text *t, struct str text)
{
	strbuf_reset(&t->folded);
	strbuf_reset(&t->stemmed);
	fold_text(&t->folded, text);
	stem_words(&t->stemmed, t->stem, strbuf_str(&t->folded));
}

/* What is looked for, and in what: " bridg " among the stems. */
struct search_for {
	struct str needle, text;
	char bytes[NEEDLE_BYTES];
};

static void
look_for(struct search_for *out, const struct query *q, size_t i,
	const struct query_text *t)
{
	struct str stem;

	out->needle = term_text(q, &q->terms[i]);
	out->text = strbuf_str(&t->folded);
	if (!q->terms[i].inflects || !t->stem)
		return;
	stem = stem_word(t->stem, str_trim(out->needle));
	if (stem.len + 2 > NEEDLE_BYTES)
		return;
	out->bytes[0] = ' ';
	memcpy(out->bytes + 1, stem.ptr, stem.len);
	out->bytes[stem.len + 1] = ' ';
	out->needle = (struct str){ out->bytes, stem.len + 2 };
	out->text = strbuf_str(&t->stemmed);
}

size_t
query_occurs(const struct query *q, size_t i, const struct query_text *t)
{
	struct search_for s;
	size_t count = 0;
	ptrdiff_t at;

	look_for(&s, q, i, t);
	while ((at = str_find(s.text, s.needle)) >= 0) {
		count++;
		/* The space at the end is the next word's beginning. */
		s.text = str_sub(s.text, (size_t)at + 1, s.text.len);
	}
	return count;
}

/* How many spaces are in s. */
static size_t
spaces(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == ' ';
	return n;
}

/* The place of the n-th space of s, counted from 0; its end without one. */
static size_t
nth_space(struct str s, size_t n)
{
	size_t i = 0;

	while (i < s.len && (s.ptr[i] != ' ' || n-- > 0))
		i++;
	return i;
}

bool
query_place(const struct query *q, const struct query_text *t, size_t *from,
	size_t *to)
{
	struct str folded = strbuf_str(&t->folded);
	bool found = false;

	for (size_t i = 0; i < q->count; i++) {
		struct search_for s;
		size_t begin, len;
		ptrdiff_t at;

		look_for(&s, q, i, t);
		if (q->terms[i].excluded ||
			(at = str_find(s.text, s.needle)) < 0)
			continue;
		begin = (size_t)at;
		len = s.needle.len;
		if (s.needle.ptr == s.bytes) { /* the word of this stem */
			begin = nth_space(folded,
				spaces(str_sub(s.text, 0, begin)));
			len = nth_space(str_sub(folded, begin, folded.len), 1) +
				1;
		}
		if (found && begin >= *from)
			continue;
		found = true;
		*from = begin;
		*to = begin + len;
	}
	return found;
}
