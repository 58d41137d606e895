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
	{ "j\u00e4n", 1 }, { "m\u00e4r", 3 }, { "mrz", 3 }, { "mai", 5 }, { "okt", 10 },
	{ "dez", 12 }, { "des", 12 }, { "maart", 3 }, { "mrt", 3 },
	{ "mei", 5 }, { "maj", 5 }, { "ma\u00ed", 5 }, { "j\u00fan", 6 },
	{ "j\u00fal", 7 }, { "\u00e1g\u00fa", 8 }, { "n\u00f3v", 11 },
	{ "veebr", 2 }, { "juuni", 6 }, { "juuli", 7 }, { "dets", 12 },
	/* French, Spanish, Portuguese, Italian, Catalan, Romanian */
	{ "f\u00e9v", 2 }, { "fev", 2 }, { "avr", 4 }, { "juin", 6 },
	{ "juil", 7 }, { "ao\u00fbt", 8 }, { "aout", 8 }, { "d\u00e9c", 12 },
	{ "ene", 1 }, { "abr", 4 }, { "ago", 8 }, { "set", 9 },
	{ "dic", 12 }, { "mar\u00e7", 3 }, { "out", 10 },
	{ "gen", 1 }, { "mag", 5 }, { "giu", 6 }, { "lug", 7 }, { "ott", 10 },
	{ "ian", 1 }, { "iun", 6 }, { "iul", 7 }, { "noi", 11 },
	/* Polish, Czech, Slovak, Croatian */
	{ "stycz", 1 }, { "lut", 2 }, { "marca", 3 }, { "kwie", 4 },
	{ "czerw", 6 }, { "lip", 7 }, { "sierp", 8 }, { "wrze", 9 },
	{ "pa\u017adz", 10 }, { "listopad", 11 }, { "grud", 12 },
	{ "led", 1 }, { "\u00fano", 2 }, { "b\u0159ez", 3 }, { "dub", 4 },
	{ "kv\u011bt", 5 }, { "\u010derv", 6 }, { "\u010dervenc", 7 },
	{ "srp", 8 }, { "z\u00e1\u0159", 9 }, { "\u0159\u00edj", 10 },
	{ "prosin", 12 },
	/* Finnish, Hungarian */
	{ "tammi", 1 }, { "helmi", 2 }, { "maalis", 3 }, { "huhti", 4 },
	{ "touko", 5 }, { "kes\u00e4k", 6 }, { "hein\u00e4", 7 },
	{ "elok", 8 }, { "syys", 9 }, { "loka", 10 }, { "marras", 11 },
	{ "joulu", 12 }, { "m\u00e1rc", 3 }, { "\u00e1pr", 4 },
	{ "m\u00e1j", 5 }, { "szept", 9 },
	/* Turkish */
	{ "ocak", 1 }, { "\u015fub", 2 }, { "nisan", 4 }, { "haz", 6 },
	{ "tem", 7 }, { "a\u011fu", 8 }, { "eyl", 9 }, { "eki", 10 },
	{ "kas\u0131", 11 }, { "aral", 12 },
	/* Russian, Ukrainian, Bulgarian, Serbian */
	{ "\u044f\u043d\u0432", 1 }, { "\u0444\u0435\u0432", 2 },
	{ "\u043c\u0430\u0440", 3 }, { "\u0430\u043f\u0440", 4 },
	{ "\u043c\u0430\u0439", 5 }, { "\u043c\u0430\u044f", 5 },
	{ "\u0438\u044e\u043d", 6 }, { "\u0438\u044e\u043b", 7 },
	{ "\u044e\u043d\u0438", 6 }, { "\u044e\u043b\u0438", 7 },
	{ "\u0430\u0432\u0433", 8 }, { "\u0441\u0435\u043d", 9 },
	{ "\u0441\u0435\u043f", 9 }, { "\u043e\u043a\u0442", 10 },
	{ "\u043d\u043e\u044f", 11 }, { "\u043d\u043e\u0435", 11 },
	{ "\u0434\u0435\u043a", 12 }, { "\u0441\u0456\u0447", 1 },
	{ "\u043b\u044e\u0442", 2 }, { "\u0431\u0435\u0440\u0435\u0437", 3 },
	{ "\u043a\u0432\u0456\u0442", 4 }, { "\u0442\u0440\u0430\u0432", 5 },
	{ "\u0447\u0435\u0440\u0432", 6 }, { "\u043b\u0438\u043f", 7 },
	{ "\u0441\u0435\u0440\u043f", 8 }, { "\u0432\u0435\u0440", 9 },
	{ "\u0436\u043e\u0432\u0442", 10 },
	{ "\u043b\u0438\u0441\u0442\u043e\u043f", 11 },
	{ "\u0433\u0440\u0443\u0434", 12 },
	/* Greek */
	{ "\u03b9\u03b1\u03bd", 1 }, { "\u03c6\u03b5\u03b2", 2 },
	{ "\u03bc\u03b1\u03c1", 3 }, { "\u03bc\u03ac\u03c1", 3 },
	{ "\u03b1\u03c0\u03c1", 4 }, { "\u03bc\u03b1\u03ca", 5 },
	{ "\u03bc\u03b1\u0390", 5 }, { "\u03bc\u03ac\u03b9", 5 },
	{ "\u03b9\u03bf\u03c5\u03bd", 6 }, { "\u03b9\u03bf\u03cd\u03bd", 6 },
	{ "\u03b9\u03bf\u03c5\u03bb", 7 }, { "\u03b9\u03bf\u03cd\u03bb", 7 },
	{ "\u03b1\u03c5\u03b3", 8 }, { "\u03b1\u03cd\u03b3", 8 },
	{ "\u03c3\u03b5\u03c0", 9 }, { "\u03bf\u03ba\u03c4", 10 },
	{ "\u03bd\u03bf\u03b5", 11 }, { "\u03b4\u03b5\u03ba", 12 },
};

static struct str
lowered(char out[WORD_BYTES + 4], struct str word)
{
	size_t n = 0;

	while (word.len > 0 && n < WORD_BYTES) {
		uint32_t c = utf8_decode(&word);

		n += utf8_encode(out + n, unicode_lower(c == UTF8_BAD ? '?' : c));
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
