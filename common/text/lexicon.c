#include "common/text/lexicon.h"

#include "common/base/ascii.h"

/* Negative, 0, positive as the entry comes before, is, or follows `text`. */
static int
compare(struct str entry, struct str text)
{
	size_t len = entry.len < text.len ? entry.len : text.len;

	for (size_t i = 0; i < len; i++) {
		unsigned char a = (unsigned char)entry.ptr[i];
		unsigned char b = (unsigned char)ascii_to_lower(text.ptr[i]);

		if (a != b)
			return a < b ? -1 : 1;
	}
	return (entry.len > text.len) - (entry.len < text.len);
}

/* The place after the last entry that is `text` or comes before it. */
static size_t
place_after(const struct lexicon *x, struct str text)
{
	unsigned char byte = (unsigned char)ascii_to_lower(*text.ptr);
	size_t low = x->first[byte], high = x->first[byte + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(x->entries[middle].text, text) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The last entry of the same first byte that is `text` or comes before it. */
static const struct lexicon_entry *
last_before(const struct lexicon *x, struct str text)
{
	size_t place = text.len > 0 ? place_after(x, text) : 0;
	size_t begin = text.len > 0 ?
		x->first[(unsigned char)ascii_to_lower(*text.ptr)] : 0;

	return place > begin ? &x->entries[place - 1] : NULL;
}

const struct lexicon_entry *
lexicon_find(const struct lexicon *x, struct str word)
{
	const struct lexicon_entry *e = last_before(x, word);

	return e && str_eq_nocase(e->text, word) ? e : NULL;
}

uint32_t
lexicon_lists(const struct lexicon *x, struct str word)
{
	const struct lexicon_entry *e = lexicon_find(x, word);

	return e ? e->lists : 0;
}

bool
lexicon_goes_on(const struct lexicon *x, struct str word)
{
	size_t place = word.len > 0 ? place_after(x, word) : x->count;
	struct str next;

	if (place == x->count)
		return false;
	/* no byte of a word comes before the blank */
	next = x->entries[place].text;
	return next.len > word.len && next.ptr[word.len] == ' ' &&
		str_starts_nocase(next, word);
}

const struct lexicon_entry *
lexicon_shorter(const struct lexicon *x, const struct lexicon_entry *entry)
{
	return entry->shorter ? &x->entries[entry->shorter - 1] : NULL;
}

/*
 * Whatever `text` begins with comes before it, and is what each entry between
 * the two begins with: it is on the way from the last one to shorter ones.
 */
const struct lexicon_entry *
lexicon_longest(const struct lexicon *x, struct str text)
{
	const struct lexicon_entry *e = last_before(x, text);

	while (e && !str_starts_nocase(text, e->text))
		e = lexicon_shorter(x, e);
	return e;
}

/* How many entries of `lists` begin at the start of `text`. */
static size_t
count_here(const struct lexicon *x, struct str text, uint32_t lists)
{
	const struct lexicon_entry *e = lexicon_longest(x, text);
	size_t n = 0;

	for (; e; e = lexicon_shorter(x, e))
		n += (e->lists & lists) != 0;
	return n;
}

bool
lexicon_within(const struct lexicon *x, struct str text, uint32_t lists)
{
	for (size_t i = 0; i < text.len; i++)
		if (count_here(x, str_sub(text, i, text.len), lists) > 0)
			return true;
	return false;
}

size_t
lexicon_count(const struct lexicon *x, struct str text, uint32_t lists)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += count_here(x, str_sub(text, i, text.len), lists);
	return n;
}
