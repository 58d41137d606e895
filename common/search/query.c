#include "common/search/query.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/search/fold.h"

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

static void
add_term(struct query *q, struct str text, bool prefix, bool excluded)
{
	struct query_term term = { .start = q->folded.len, .prefix = prefix,
		.excluded = excluded };

	fold_text(&q->folded, text);
	term.len = q->folded.len - term.start;
	if (term.len == 0)
		return;
	if (prefix)
		term.len--; /* the word may go on */
	if (q->count == QUERY_TERMS || strbuf_overflowed(&q->folded)) {
		q->too_many = true;
		return;
	}
	q->terms[q->count++] = term;
	q->wanted += !excluded;
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
		add_term(q, text, false, excluded);
		return;
	}
	while (n < rest->len && !ascii_space(rest->ptr[n]) &&
		rest->ptr[n] != '"')
		n++;
	text = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->len);
	add_term(q, text, str_ends(text, STR("*")), excluded);
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

static struct str
term_text(const struct query *q, const struct query_term *t)
{
	return (struct str){ q->folded.ptr + t->start, t->len };
}

void
query_match(struct strbuf *out, const struct query *q)
{
	for (size_t i = 0; i < q->count; i++) {
		const struct query_term *t = &q->terms[i];

		if (t->excluded)
			continue;
		/* Folded text has letters, digits and spaces alone: within
		 * quotes it can say nothing but itself. */
		strbuf_addc(out, '"');
		strbuf_adds(out, str_trim(term_text(q, t)));
		strbuf_adds(out, t->prefix ? STR("\"* ") : STR("\" "));
	}
}

size_t
query_occurs(const struct query *q, size_t i, struct str folded)
{
	struct str needle = term_text(q, &q->terms[i]);
	size_t count = 0;
	const char *at;

	while (folded.len >= needle.len &&
		(at = memmem(folded.ptr, folded.len, needle.ptr,
			 needle.len)) != NULL) {
		count++;
		/* The space at the end is the next word's beginning. */
		folded = str_sub(folded, (size_t)(at - folded.ptr) + 1,
			folded.len);
	}
	return count;
}

bool
query_place(const struct query *q, struct str folded, size_t *from, size_t *to)
{
	bool found = false;

	for (size_t i = 0; i < q->count; i++) {
		struct str needle = term_text(q, &q->terms[i]);
		const char *at;

		if (q->terms[i].excluded || folded.len < needle.len)
			continue;
		at = memmem(folded.ptr, folded.len, needle.ptr, needle.len);
		if (!at || (found && (size_t)(at - folded.ptr) >= *from))
			continue;
		found = true;
		*from = (size_t)(at - folded.ptr);
		*to = *from + needle.len;
	}
	return found;
}
