#include "common/search/fold.h"

#include <stdbool.h>
#include <stdint.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

/* Goes over a text word by word. */
struct walker {
	struct str rest;
	const char *start; /* of the word last given */
	const char *end;
	struct strbuf *out;
};

static bool
letter(uint32_t c)
{
	switch (unicode_class(c)) {
	case UNICODE_DIGIT:
	case UNICODE_UPPER:
	case UNICODE_LOWER:
	case UNICODE_LETTER:
		return true;
	default:
		return false;
	}
}

static void
add_folded(struct strbuf *out, uint32_t c)
{
	uint32_t folded[UNICODE_FOLD_MAX];
	size_t n = unicode_fold(folded, c);

	for (size_t i = 0; i < n; i++)
		if (letter(folded[i]))
			utf8_add(out, folded[i]);
}

/* ASCII letters and digits from the front, folded; whether there were any. */
static bool
ascii_run(struct walker *w)
{
	size_t n = 0;
	char *room = strbuf_room(w->out, w->rest.len);

	if (!room)
		return false;
	while (n < w->rest.len && ascii_alnum(w->rest.ptr[n])) {
		room[n] = ascii_to_lower(w->rest.ptr[n]);
		n++;
	}
	strbuf_grew(w->out, n);
	w->rest = str_sub(w->rest, n, w->rest.len);
	return n > 0;
}

/* Passes over what is no word. */
static void
skip(struct walker *w)
{
	while (w->rest.len > 0) {
		struct str ahead = w->rest;

		if ((unsigned char)ahead.ptr[0] < 0x80) {
			if (ascii_alnum(ahead.ptr[0]))
				return;
			w->rest = str_sub(ahead, 1, ahead.len);
		} else {
			if (letter(utf8_decode(&ahead)))
				return;
			w->rest = ahead;
		}
	}
}

/* Appends the next word and a space: false at the end. */
static bool
next_word(struct walker *w)
{
	size_t before;

	skip(w);
	if (w->rest.len == 0)
		return false;
	w->start = w->rest.ptr;
	before = w->out->len;
	for (;;) {
		struct str ahead;
		uint32_t c;

		if (ascii_run(w) && w->rest.len == 0)
			break;
		ahead = w->rest;
		if (ahead.len == 0 || (unsigned char)ahead.ptr[0] < 0x80)
			break;
		c = utf8_decode(&ahead);
		if (unicode_unspaced(c) && w->out->len > before)
			break;
		if (!letter(c) && unicode_class(c) != UNICODE_MARK)
			break;
		add_folded(w->out, c);
		w->rest = ahead;
		if (unicode_unspaced(c))
			break;
	}
	w->end = w->rest.ptr;
	strbuf_addc(w->out, ' ');
	return true;
}

void
fold_text(struct strbuf *out, struct str text)
{
	struct walker w = { .rest = text, .out = out };
	size_t start = out->len;

	strbuf_addc(out, ' ');
	while (next_word(&w) && !strbuf_overflowed(out))
		;
	if (out->len == start + 1)
		strbuf_cut(out, start);
}

struct str
fold_origin(struct str text, size_t from, size_t to)
{
	struct strbuf folded;
	struct walker w = { .rest = text, .out = &folded };
	const char *first = NULL, *last = text.ptr;
	size_t before;

	strbuf_init(&folded, SIZE_MAX / 4);
	strbuf_addc(&folded, ' ');
	while (before = folded.len, next_word(&w)) {
		if (before >= to)
			break;
		if (folded.len > from + 1 && !first)
			first = w.start;
		if (first)
			last = w.end;
	}
	strbuf_release(&folded);
	return first ? (struct str){ first, (size_t)(last - first) } :
		(struct str){ text.ptr, 0 };
}
