#include "cmd/extract/words/classwords.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "common/base/ascii.h"

#define AUTHOR CLASSWORDS_AUTHOR
#define DATE CLASSWORDS_DATE
#define SURE (CLASSWORDS_DATE | CLASSWORDS_DATE_SURE)
#define CHALLENGE CLASSWORDS_CHALLENGE
#define CONSENT CLASSWORDS_CONSENT

static const struct {
	struct str word;
	unsigned flags;
} list[] = {
	{ STR_INIT("author"), AUTHOR }, { STR_INIT("authors"), AUTHOR },
	{ STR_INIT("authorname"), AUTHOR }, { STR_INIT("authorlink"), AUTHOR },
	{ STR_INIT("byline"), AUTHOR }, { STR_INIT("bylines"), AUTHOR },
	{ STR_INIT("autor"), AUTHOR }, { STR_INIT("autorzy"), AUTHOR },
	{ STR_INIT("auteur"), AUTHOR }, { STR_INIT("autore"), AUTHOR },
	{ STR_INIT("verfasser"), AUTHOR }, { STR_INIT("schreiber"), AUTHOR },
	{ STR_INIT("redakteur"), AUTHOR }, { STR_INIT("writer"), AUTHOR },
	{ STR_INIT("reporter"), AUTHOR }, { STR_INIT("creator"), AUTHOR },
	{ STR_INIT("contributor"), AUTHOR },
	{ STR_INIT("journalist"), AUTHOR }, { STR_INIT("skribent"), AUTHOR },
	{ STR_INIT("firma"), AUTHOR }, { STR_INIT("signature"), AUTHOR },
	{ STR_INIT("date"), SURE }, { STR_INIT("dates"), SURE },
	{ STR_INIT("datetime"), SURE }, { STR_INIT("published"), SURE },
	{ STR_INIT("publish"), SURE }, { STR_INIT("pubdate"), SURE },
	{ STR_INIT("publication"), SURE }, { STR_INIT("timestamp"), SURE },
	{ STR_INIT("dateline"), SURE }, { STR_INIT("posted"), DATE },
	{ STR_INIT("time"), DATE }, { STR_INIT("datum"), DATE },
	{ STR_INIT("fecha"), DATE }, { STR_INIT("data"), DATE },
	{ STR_INIT("postdate"), DATE }, { STR_INIT("created"), DATE },
	{ STR_INIT("day"), DATE }, { STR_INIT("entrydate"), DATE },
	{ STR_INIT("postmeta"), DATE }, { STR_INIT("meta"), DATE },
	{ STR_INIT("info"), DATE }, { STR_INIT("updated"), DATE },
	{ STR_INIT("veroeffentlicht"), DATE },
	{ STR_INIT("captcha"), CHALLENGE }, { STR_INIT("hcaptcha"), CHALLENGE },
	{ STR_INIT("recaptcha"), CHALLENGE },
	{ STR_INIT("challenge"), CHALLENGE },
	{ STR_INIT("turnstile"), CHALLENGE },
	{ STR_INIT("consent"), CONSENT }, { STR_INIT("didomi"), CONSENT },
	{ STR_INIT("onetrust"), CONSENT }, { STR_INIT("cookiewall"), CONSENT },
	{ STR_INIT("gdpr"), CONSENT }, { STR_INIT("cmp"), CONSENT },
	{ STR_INIT("cookiebot"), CONSENT },
};

enum {
	LISTED = sizeof(list) / sizeof(*list),
	SHORTEST = 3, /* of the words above */
	LONGEST = 15
};

_Static_assert(LISTED < CLASSWORDS_SLOTS / 2, "room in the table");

static unsigned
hash(struct str word)
{
	unsigned h = (unsigned)word.len * 31u;

	h += (unsigned char)ascii_to_lower(word.ptr[0]) * 7u;
	h += (unsigned char)ascii_to_lower(word.ptr[word.len / 2]) * 13u;
	h += (unsigned char)ascii_to_lower(word.ptr[word.len - 1]) * 3u;
	return h % CLASSWORDS_SLOTS;
}

void
classwords_init(struct classwords *w)
{
	memset(w, 0, sizeof(*w));
	for (size_t i = 0; i < LISTED; i++) {
		unsigned slot = hash(list[i].word);

		assert(list[i].word.len >= SHORTEST &&
			list[i].word.len <= LONGEST);
		while (w->slots[slot])
			slot = (slot + 1) % CLASSWORDS_SLOTS;
		w->slots[slot] = (uint8_t)(i + 1);
	}
}

static unsigned
flags_of(const struct classwords *w, struct str word)
{
	unsigned slot = hash(word), place;

	for (; (place = w->slots[slot]) > 0;
		slot = (slot + 1) % CLASSWORDS_SLOTS)
		if (str_eq_nocase(word, list[place - 1].word))
			return list[place - 1].flags;
	return 0;
}

static unsigned
flags_of_all(const struct classwords *w, struct str s)
{
	unsigned flags = 0;
	size_t i = 0, start;

	while (i < s.len) {
		while (i < s.len && !ascii_alpha(s.ptr[i]))
			i++;
		start = i;
		while (i < s.len && ascii_upper(s.ptr[i]))
			i++;
		while (i < s.len && ascii_lower(s.ptr[i]))
			i++;
		if (i - start >= SHORTEST && i - start <= LONGEST)
			flags |= flags_of(w, str_sub(s, start, i - start));
	}
	return flags;
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

unsigned
classwords_read(struct classwords *w, struct str s)
{
	struct classwords_memo *memo;

	if (s.len < SHORTEST || s.len > CLASSWORDS_BYTES)
		return 0;
	memo = &w->memo[memo_slot(s)];
	if (!memo->value.ptr || !str_eq(memo->value, s)) {
		memo->value = s;
		memo->flags = flags_of_all(w, s);
	}
	return memo->flags;
}
