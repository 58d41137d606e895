#include "cmd/extract/words/classwords.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/text/lexicon.h"

#define IN(list) CLASSWORDS_##list
#include "cmd/extract/words/classes.inc"
#undef IN

enum { WORD_BYTES = 24 }; /* longer, it is in no list */

/* The lists of "before word". */
static uint32_t
pair_of(struct str before, struct str word)
{
	char bytes[WORD_BYTES * 2 + 1];

	if (before.len > WORD_BYTES || word.len > WORD_BYTES)
		return 0;
	memcpy(bytes, before.ptr, before.len);
	bytes[before.len] = ' ';
	memcpy(bytes + before.len + 1, word.ptr, word.len);
	return lexicon_lists(&classes,
		(struct str){ bytes, before.len + 1 + word.len });
}

bool
classwords_next(struct classwords_walk *walk)
{
	const struct lexicon_entry *e;
	struct str s = walk->rest, before = walk->word;
	size_t n = 0;

	walk->fresh = false;
	while (s.len && !ascii_alpha(*s.ptr)) {
		walk->fresh |= ascii_space(*s.ptr);
		s.ptr++;
		s.len--;
	}
	while (n < s.len && ascii_upper(s.ptr[n]))
		n++;
	while (n < s.len && ascii_lower(s.ptr[n]))
		n++;
	walk->word = str_sub(s, 0, n);
	walk->rest = str_sub(s, n, s.len);
	walk->pair = walk->goes_on && !walk->fresh ?
		pair_of(before, walk->word) : 0;
	e = lexicon_look(&classes, walk->word, &walk->goes_on);
	walk->lists = e ? e->lists : 0;
	return n > 0;
}

bool
classwords_within(struct str s, uint32_t lists)
{
	return lexicon_within(&classes, s, lists);
}

static uint32_t
lists_of_all(struct str s)
{
	struct classwords_walk walk = { .rest = s };
	uint32_t lists = 0;

	while (classwords_next(&walk))
		lists |= walk.lists;
	return lists;
}

/* Bytes of s from its begin, middle and end. */
static size_t
memo_slot(struct str s)
{
	uint64_t begin, middle, end, h;

	if (s.len < sizeof(begin))
		return s.len;
	memcpy(&begin, s.ptr, sizeof(begin));
	memcpy(&middle, s.ptr + (s.len - sizeof(middle)) / 2, sizeof(middle));
	memcpy(&end, s.ptr + s.len - sizeof(end), sizeof(end));
	h = (begin ^ s.len) * 0x9e3779b97f4a7c15u;
	h = (h ^ middle) * 0x9e3779b97f4a7c15u;
	h = (h ^ end) * 0x9e3779b97f4a7c15u;
	return h >> 32 & (CLASSWORDS_MEMO - 1);
}

uint32_t
classwords_read(struct classwords *w, struct str s)
{
	struct classwords_memo *memo;

	if (s.len == 0 || s.len > CLASSWORDS_BYTES)
		return 0;
	memo = &w->memo[memo_slot(s)];
	if (!memo->value.ptr || !str_eq(memo->value, s)) {
		memo->value = s;
		memo->lists = lists_of_all(s);
	}
	return memo->lists;
}
