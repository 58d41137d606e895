/*
 * Names of months by their first letters: the longest stem that begins the
 * word decides, so that "mars", "marca", "maart" and "marzo" need no list of
 * endings. A word may be longer than its stem by the letters of an ending.
 */
#include "cmd/extract/date.h"

#include "common/unicode.h"
#include "common/utf8.h"

enum { LONGEST_ENDING = 9, WORD_BYTES = 48 };

static const struct {
	const char *stem;
	int month;
} stems[] = {
	/* shared by most of Europe */
	{ "jan", 1 }, { "feb", 2 }, { "mar", 3 }, { "apr", 4 }, { "may", 5 },
	{ "jun", 6 }, { "jul", 7 }, { "aug", 8 }, { "sep", 9 }, { "oct", 10 },
	{ "nov", 11 }, { "dec", 12 },
	/* German, Dutch, Nordic, Baltic */
	{ "jän", 1 }, { "mär", 3 }, { "mrz", 3 }, { "mai", 5 }, { "okt", 10 },
	{ "dez", 12 }, { "des", 12 }, { "maart", 3 }, { "mrt", 3 },
	{ "mei", 5 }, { "maj", 5 }, { "maí", 5 }, { "jún", 6 },
	{ "júl", 7 }, { "ágú", 8 }, { "nóv", 11 },
	{ "veebr", 2 }, { "juuni", 6 }, { "juuli", 7 }, { "dets", 12 },
	/* French, Spanish, Portuguese, Italian, Catalan, Romanian */
	{ "fév", 2 }, { "fev", 2 }, { "avr", 4 }, { "juin", 6 },
	{ "juil", 7 }, { "août", 8 }, { "aout", 8 }, { "déc", 12 },
	{ "ene", 1 }, { "abr", 4 }, { "ago", 8 }, { "set", 9 },
	{ "dic", 12 }, { "març", 3 }, { "out", 10 },
	{ "gen", 1 }, { "mag", 5 }, { "giu", 6 }, { "lug", 7 }, { "ott", 10 },
	{ "ian", 1 }, { "iun", 6 }, { "iul", 7 }, { "noi", 11 },
	/* Polish, Czech, Slovak, Croatian */
	{ "stycz", 1 }, { "lut", 2 }, { "marca", 3 }, { "kwie", 4 },
	{ "czerw", 6 }, { "lip", 7 }, { "sierp", 8 }, { "wrze", 9 },
	{ "paźdz", 10 }, { "listopad", 11 }, { "grud", 12 },
	{ "led", 1 }, { "úno", 2 }, { "břez", 3 }, { "dub", 4 },
	{ "květ", 5 }, { "červ", 6 }, { "červenc", 7 },
	{ "srp", 8 }, { "zář", 9 }, { "říj", 10 },
	{ "prosin", 12 },
	/* Finnish, Hungarian */
	{ "tammi", 1 }, { "helmi", 2 }, { "maalis", 3 }, { "huhti", 4 },
	{ "touko", 5 }, { "kesäk", 6 }, { "heinä", 7 },
	{ "elok", 8 }, { "syys", 9 }, { "loka", 10 }, { "marras", 11 },
	{ "joulu", 12 }, { "márc", 3 }, { "ápr", 4 },
	{ "máj", 5 }, { "szept", 9 },
	/* Turkish */
	{ "ocak", 1 }, { "şub", 2 }, { "nisan", 4 }, { "haz", 6 },
	{ "tem", 7 }, { "ağu", 8 }, { "eyl", 9 }, { "eki", 10 },
	{ "kası", 11 }, { "aral", 12 },
	/* Russian, Ukrainian, Bulgarian, Serbian */
	{ "янв", 1 }, { "фев", 2 },
	{ "мар", 3 }, { "апр", 4 },
	{ "май", 5 }, { "мая", 5 },
	{ "июн", 6 }, { "июл", 7 },
	{ "юни", 6 }, { "юли", 7 },
	{ "авг", 8 }, { "сен", 9 },
	{ "сеп", 9 }, { "окт", 10 },
	{ "ноя", 11 }, { "ное", 11 },
	{ "дек", 12 }, { "січ", 1 },
	{ "лют", 2 }, { "берез", 3 },
	{ "квіт", 4 }, { "трав", 5 },
	{ "черв", 6 }, { "лип", 7 },
	{ "серп", 8 }, { "вер", 9 },
	{ "жовт", 10 },
	{ "листоп", 11 },
	{ "груд", 12 },
	/* Greek */
	{ "ιαν", 1 }, { "φεβ", 2 },
	{ "μαρ", 3 }, { "μάρ", 3 },
	{ "απρ", 4 }, { "μαϊ", 5 },
	{ "μαΐ", 5 }, { "μάι", 5 },
	{ "ιουν", 6 }, { "ιούν", 6 },
	{ "ιουλ", 7 }, { "ιούλ", 7 },
	{ "αυγ", 8 }, { "αύγ", 8 },
	{ "σεπ", 9 }, { "οκτ", 10 },
	{ "νοε", 11 }, { "δεκ", 12 },
};

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
date_month(struct str word)
{
	char bytes[WORD_BYTES + 4];
	struct str low = lowered(bytes, word), stem;
	size_t longest = 0;
	int month = 0;

	for (size_t i = 0; i < sizeof(stems) / sizeof(*stems); i++) {
		stem = str_from(stems[i].stem);
		if (stem.len <= longest || !str_starts(low, stem))
			continue;
		longest = stem.len;
		month = stems[i].month;
	}
	if (utf8_count(str_sub(low, longest, low.len)) > LONGEST_ENDING)
		return 0;
	return month;
}
