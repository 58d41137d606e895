#include "common/text/datewords.h"

#include "common/base/utf8.h"
#include "common/text/lexicon.h"
#include "common/text/unicode.h"

enum { LONGEST_ENDING = 9, WORD_BYTES = 48 };

#define IN(list) DATEWORDS_##list
#include "common/text/dates.inc"
#undef IN

uint32_t
datewords_of(struct str word)
{
	return lexicon_lists(&dates, word);
}

uint32_t
datewords_at(struct str text)
{
	const struct lexicon_entry *e = lexicon_longest(&dates, text);

	return e ? e->lists : 0;
}

static struct str
lowered(char out[WORD_BYTES + 4], struct str word)
{
	size_t n = 0;

	while (word.len > 0 && n < WORD_BYTES) {
		uint32_t c = utf8_decode(&word);

		n += utf8_encode(
			out + n, unicode_lower(c == UTF8_BAD ? '?' : c));
	}
	return (struct str){ out, n };
}

int
datewords_month(struct str word)
{
	char bytes[WORD_BYTES + 4];
	struct str low = lowered(bytes, word);
	const struct lexicon_entry *e = lexicon_longest(&dates, low);

	if (e && e->text.len == low.len && e->lists &
			(DATEWORDS_MONTH | DATEWORDS_MONTH_SHORT))
		return e->number;
	while (e && !(e->lists & DATEWORDS_MONTH_STEM))
		e = lexicon_shorter(&dates, e);
	if (!e || utf8_count(str_sub(low, e->text.len, low.len)) >
			LONGEST_ENDING)
		return 0;
	return e->number;
}

uint32_t
datewords_zone(int *minutes, struct str word, uint32_t lists)
{
	const struct lexicon_entry *e = lexicon_find(&dates, word);

	if (!e || !(e->lists & lists))
		return 0;
	*minutes = e->number;
	return e->lists & lists;
}
