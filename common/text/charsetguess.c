/*
 * Which legacy encoding do bytes look like? For each encoding of several
 * bytes, the pairs that it allows and those that its language uses most; for
 * each single-byte one, the share of the ten commonest letters. Both need
 * text of another script than Latin: a run of letters above ASCII, which
 * windows-1252 text does not have.
 */
#include "common/text/charset.h"

#include <string.h>

enum { FEWEST_HIGH = 24, BAD_PER_MILLE = 20 };

/* What a scan by one encoding's rules found. */
struct pairs {
	size_t all;    /* allowed pairs */
	size_t bad;    /* bytes above ASCII that form none */
	size_t common; /* pairs that the language uses most */
	size_t kana;   /* Japanese ones among them */
	size_t low;    /* trail bytes below 0x80 */
};

typedef bool pair_test(unsigned char lead, unsigned char trail);

static bool
between(unsigned char c, unsigned char from, unsigned char to)
{
	return c >= from && c <= to;
}

static bool
gbk_pair(unsigned char lead, unsigned char trail)
{
	return between(lead, 0x81, 0xfe) && between(trail, 0x40, 0xfe) &&
		trail != 0x7f;
}

/* Level 1 of GB 2312 and its punctuation. */
static bool
gbk_common(unsigned char lead, unsigned char trail)
{
	return trail >= 0xa1 &&
		(between(lead, 0xb0, 0xd7) || between(lead, 0xa1, 0xa3));
}

static bool
big5_pair(unsigned char lead, unsigned char trail)
{
	return between(lead, 0x81, 0xfe) &&
		(between(trail, 0x40, 0x7e) || between(trail, 0xa1, 0xfe));
}

static bool
big5_common(unsigned char lead, unsigned char trail)
{
	(void)trail;
	return between(lead, 0xa1, 0xc6);
}

static bool
sjis_pair(unsigned char lead, unsigned char trail)
{
	return (between(lead, 0x81, 0x9f) || between(lead, 0xe0, 0xfc)) &&
		between(trail, 0x40, 0xfc) && trail != 0x7f;
}

static bool
sjis_kana(unsigned char lead, unsigned char trail)
{
	return (lead == 0x82 && between(trail, 0x9f, 0xf1)) ||
		(lead == 0x83 && between(trail, 0x40, 0x96));
}

static bool
euc_pair(unsigned char lead, unsigned char trail)
{
	return between(lead, 0xa1, 0xfe) && between(trail, 0xa1, 0xfe);
}

static bool
euc_kana(unsigned char lead, unsigned char trail)
{
	(void)trail;
	return lead == 0xa4 || lead == 0xa5;
}

static bool
korean_common(unsigned char lead, unsigned char trail)
{
	return between(lead, 0xb0, 0xc8) && trail >= 0xa1;
}

static struct pairs
count_pairs(struct str s, pair_test *valid, pair_test *common)
{
	struct pairs n = { 0 };
	unsigned char lead, trail;

	for (size_t i = 0; i < s.len; i++) {
		lead = (unsigned char)s.ptr[i];
		if (lead < 0x80)
			continue;
		trail = i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0;
		if (!valid(lead, trail)) {
			n.bad++;
			continue;
		}
		n.all++;
		n.common += common(lead, trail);
		n.low += trail < 0x80;
		i++;
	}
	return n;
}

/* Whether at least `percent` of the pairs are common and few bytes bad. */
static bool
looks_like(const struct pairs *n, size_t percent)
{
	return n->all >= FEWEST_HIGH / 2 &&
		n->bad * 1000 <= n->all * BAD_PER_MILLE &&
		n->common * 100 >= n->all * percent;
}

static enum encoding
guess_cjk(struct str s)
{
	struct pairs n = count_pairs(s, sjis_pair, sjis_kana), big5;

	if (looks_like(&n, 25))
		return ENCODING_SHIFT_JIS;
	n = count_pairs(s, euc_pair, euc_kana);
	if (looks_like(&n, 25))
		return ENCODING_EUC_JP;
	n = count_pairs(s, euc_pair, korean_common);
	if (looks_like(&n, 85))
		return ENCODING_EUC_KR;
	big5 = count_pairs(s, big5_pair, big5_common);
	n = count_pairs(s, gbk_pair, gbk_common);
	if (looks_like(&big5, 75) && big5.low * 100 >= big5.all * 15 &&
		big5.common * n.all > n.common * big5.all)
		return ENCODING_BIG5;
	return looks_like(&n, 75) ? ENCODING_GBK : ENCODING_NONE;
}

/* The ten commonest letters of the languages written in each. */
static const struct {
	enum encoding encoding;
	const char *letters;
} alphabets[] = {
	{ ENCODING_WINDOWS_1251, "\xee\xe5\xe0\xe8\xed\xf2\xf0\xf1\xeb\xe2" },
	{ ENCODING_KOI8_R, "\xcf\xc5\xc1\xc9\xce\xd4\xd2\xd3\xcc\xd7" },
	{ ENCODING_ISO_8859_5, "\xde\xd5\xd0\xd8\xdd\xe2\xe0\xe1\xdb\xd2" },
	{ ENCODING_IBM866, "\xae\xa5\xa0\xa8\xad\xe2\xe0\xe1\xab\xa2" },
	{ ENCODING_WINDOWS_1253, "\xe1\xef\xe9\xe5\xf4\xf3\xed\xe7\xf5\xf1" },
	{ ENCODING_WINDOWS_1255, "\xe9\xe5\xe4\xec\xe0\xf8\xfa\xe1\xee\xf9" },
	{ ENCODING_WINDOWS_1256, "\xc7\xe1\xed\xe3\xe6\xe4\xd1\xca\xc9\xc8" },
	{ ENCODING_WINDOWS_874, "\xd2\xb9\xc3\xcd\xa1\xe0\xa7\xe8\xc1\xc2" },
};

static enum encoding
guess_alphabet(const size_t counts[256], size_t high)
{
	enum encoding best = ENCODING_NONE;
	size_t most = high / 2, sum;

	for (size_t i = 0; i < sizeof(alphabets) / sizeof(*alphabets); i++) {
		sum = 0;
		for (const char *p = alphabets[i].letters; *p; p++)
			sum += counts[(unsigned char)*p];
		if (sum > most) {
			most = sum;
			best = alphabets[i].encoding;
		}
	}
	return best;
}

enum encoding
charset_guess(struct str bytes)
{
	size_t counts[256] = { 0 }, high = 0, beside = 0;
	struct str s = str_sub(bytes, 0, CHARSET_SAMPLE_BYTES);
	bool before = false;
	enum encoding e;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		counts[c]++;
		high += c >= 0x80;
		beside += c >= 0x80 && before;
		before = c >= 0x80;
	}
	/* Big5 and Shift_JIS have trail bytes within ASCII. */
	if (high < FEWEST_HIGH || beside * 100 < high * 35)
		return ENCODING_NONE;
	e = guess_cjk(s);
	if (e != ENCODING_NONE)
		return e;
	return beside * 100 < high * 55 ? ENCODING_NONE :
		guess_alphabet(counts, high);
}
