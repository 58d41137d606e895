#include "common/text/lexicon.h"

#include "common/base/ascii.h"

/* The first bytes of a text, most significant first, and 0 where it ends. */
static uint32_t
head_of(struct str text)
{
	uint32_t head = 0;

	for (size_t i = 0; i < sizeof(head); i++)
		head = head << 8 | (i < text.len ?
			(unsigned char)ascii_to_lower(text.ptr[i]) : 0);
	return head;
}

static uint32_t
byte_at(struct str text, size_t i)
{
	return i < text.len ? (unsigned char)ascii_to_lower(text.ptr[i]) : 0;
}

/* The lists of the entries that a text of these first bytes may begin with. */
static uint32_t
lists_of(const struct lexicon *x, uint32_t a, uint32_t b, uint32_t c)
{
	return x->heads[((a * 31 + b) * 31 + c) % LEXICON_BUCKETS];
}

static uint32_t
lists_at(const struct lexicon *x, struct str text)
{
	return lists_of(x, byte_at(text, 0), byte_at(text, 1),
		byte_at(text, 2));
}

/* The first place from `at` where an entry of `lists` may begin. */
static size_t
next_head(const struct lexicon *x, struct str text, size_t at, uint32_t lists)
{
	uint32_t a, b = byte_at(text, at), c = byte_at(text, at + 1);

	for (; at < text.len; at++) {
		a = b;
		b = c;
		c = byte_at(text, at + 2);
		if (lists_of(x, a, b, c) & lists)
			break;
	}
	return at;
}

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

/*
 * The last entry of the same first byte that is `text` or comes before it, or
 * NULL; *after is the place after it.
 */
static const struct lexicon_entry *
last_before(const struct lexicon *x, struct str text, size_t *after)
{
	uint32_t head = head_of(text);
	size_t begin = x->first[head >> 24], low = begin;
	size_t high = x->first[(head >> 24) + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct lexicon_entry *e = &x->entries[middle];

		if (e->head < head || (e->head == head &&
				compare(e->text, text) <= 0))
			low = middle + 1;
		else
			high = middle;
	}
	*after = low;
	return low > begin ? &x->entries[low - 1] : NULL;
}

const struct lexicon_entry *
lexicon_look(const struct lexicon *x, struct str word, bool *goes_on)
{
	size_t after;
	const struct lexicon_entry *e;
	struct str next;

	if (goes_on)
		*goes_on = false;
	/* a phrase that begins with a shorter word is in another bucket */
	if (word.len > 2 && !lists_at(x, word))
		return NULL;
	e = last_before(x, word, &after);
	next = after < x->count ? x->entries[after].text : STR("");
	/* no byte of a word comes before the blank */
	if (goes_on)
		*goes_on = next.len > word.len && next.ptr[word.len] == ' ' &&
			str_starts_nocase(next, word);
	return e && str_eq_nocase(e->text, word) ? e : NULL;
}

const struct lexicon_entry *
lexicon_find(const struct lexicon *x, struct str word)
{
	return lexicon_look(x, word, NULL);
}

uint32_t
lexicon_lists(const struct lexicon *x, struct str word)
{
	const struct lexicon_entry *e = lexicon_find(x, word);

	return e ? e->lists : 0;
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
	size_t after;
	const struct lexicon_entry *e = lists_at(x, text) ?
		last_before(x, text, &after) : NULL;

	while (e && !str_starts_nocase(text, e->text))
		e = lexicon_shorter(x, e);
	return e;
}

/* The longest entry of `lists` that `text` begins with, or NULL. */
static const struct lexicon_entry *
longest_of(const struct lexicon *x, struct str text, uint32_t lists)
{
	const struct lexicon_entry *e = lexicon_longest(x, text);

	while (e && !(e->lists & lists))
		e = lexicon_shorter(x, e);
	return e;
}

ptrdiff_t
lexicon_first(const struct lexicon *x, struct str text, uint32_t lists,
	const struct lexicon_entry **entry)
{
	const struct lexicon_entry *e;

	for (size_t i = next_head(x, text, 0, lists); i < text.len;
		i = next_head(x, text, i + 1, lists)) {
		e = longest_of(x, str_sub(text, i, text.len), lists);
		if (!e)
			continue;
		if (entry)
			*entry = e;
		return (ptrdiff_t)i;
	}
	return -1;
}

bool
lexicon_within(const struct lexicon *x, struct str text, uint32_t lists)
{
	return lexicon_first(x, text, lists, NULL) >= 0;
}

size_t
lexicon_count(const struct lexicon *x, struct str text, uint32_t lists)
{
	const struct lexicon_entry *e;
	size_t n = 0;

	for (size_t i = next_head(x, text, 0, lists); i < text.len;
		i = next_head(x, text, i + 1, lists))
		for (e = lexicon_longest(x, str_sub(text, i, text.len)); e;
			e = lexicon_shorter(x, e))
			n += (e->lists & lists) != 0;
	return n;
}
