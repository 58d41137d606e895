/*
 * Names of months by their first letters: the longest stem that begins the
 * word decides, so that "mars", "marca", "maart" and "marzo" need no list of
 * endings. A word may be longer than its stem by the letters of an ending.
 */
#include "cmd/extract/meta/pagedate.h"

#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum { LONGEST_ENDING = 9, WORD_BYTES = 48 };

static const struct {
	struct str stem;
	int month;
} stems[] = {
	/* shared by most of Europe */
	{ STR_INIT("jan"), 1 }, { STR_INIT("feb"), 2 },
	{ STR_INIT("mar"), 3 }, { STR_INIT("apr"), 4 },
	{ STR_INIT("may"), 5 }, { STR_INIT("jun"), 6 },
	{ STR_INIT("jul"), 7 }, { STR_INIT("aug"), 8 },
	{ STR_INIT("sep"), 9 }, { STR_INIT("oct"), 10 },
	{ STR_INIT("nov"), 11 }, { STR_INIT("dec"), 12 },
	/* German, Dutch, Nordic, Baltic */
	{ STR_INIT("jän"), 1 }, { STR_INIT("mär"), 3 },
	{ STR_INIT("mrz"), 3 }, { STR_INIT("mai"), 5 },
	{ STR_INIT("okt"), 10 }, { STR_INIT("dez"), 12 },
	{ STR_INIT("des"), 12 }, { STR_INIT("maart"), 3 },
	{ STR_INIT("mrt"), 3 }, { STR_INIT("mei"), 5 },
	{ STR_INIT("maj"), 5 }, { STR_INIT("maí"), 5 },
	{ STR_INIT("jún"), 6 }, { STR_INIT("júl"), 7 },
	{ STR_INIT("ágú"), 8 }, { STR_INIT("nóv"), 11 },
	{ STR_INIT("veebr"), 2 }, { STR_INIT("juuni"), 6 },
	{ STR_INIT("juuli"), 7 }, { STR_INIT("dets"), 12 },
	/* French, Spanish, Portuguese, Italian, Catalan, Romanian */
	{ STR_INIT("fév"), 2 }, { STR_INIT("fev"), 2 },
	{ STR_INIT("avr"), 4 }, { STR_INIT("juin"), 6 },
	{ STR_INIT("juil"), 7 }, { STR_INIT("août"), 8 },
	{ STR_INIT("aout"), 8 }, { STR_INIT("déc"), 12 },
	{ STR_INIT("ene"), 1 }, { STR_INIT("abr"), 4 },
	{ STR_INIT("ago"), 8 }, { STR_INIT("set"), 9 },
	{ STR_INIT("dic"), 12 }, { STR_INIT("març"), 3 },
	{ STR_INIT("out"), 10 }, { STR_INIT("gen"), 1 },
	{ STR_INIT("mag"), 5 }, { STR_INIT("giu"), 6 },
	{ STR_INIT("lug"), 7 }, { STR_INIT("ott"), 10 },
	{ STR_INIT("ian"), 1 }, { STR_INIT("iun"), 6 },
	{ STR_INIT("iul"), 7 }, { STR_INIT("noi"), 11 },
	/* Polish, Czech, Slovak, Croatian */
	{ STR_INIT("stycz"), 1 }, { STR_INIT("lut"), 2 },
	{ STR_INIT("marca"), 3 }, { STR_INIT("kwie"), 4 },
	{ STR_INIT("czerw"), 6 }, { STR_INIT("lip"), 7 },
	{ STR_INIT("sierp"), 8 }, { STR_INIT("wrze"), 9 },
	{ STR_INIT("paźdz"), 10 }, { STR_INIT("listopad"), 11 },
	{ STR_INIT("grud"), 12 }, { STR_INIT("led"), 1 },
	{ STR_INIT("úno"), 2 }, { STR_INIT("břez"), 3 },
	{ STR_INIT("dub"), 4 }, { STR_INIT("květ"), 5 },
	{ STR_INIT("červ"), 6 }, { STR_INIT("červenc"), 7 },
	{ STR_INIT("srp"), 8 }, { STR_INIT("zář"), 9 },
	{ STR_INIT("říj"), 10 }, { STR_INIT("prosin"), 12 },
	/* Finnish, Hungarian */
	{ STR_INIT("tammi"), 1 }, { STR_INIT("helmi"), 2 },
	{ STR_INIT("maalis"), 3 }, { STR_INIT("huhti"), 4 },
	{ STR_INIT("touko"), 5 }, { STR_INIT("kesäk"), 6 },
	{ STR_INIT("heinä"), 7 }, { STR_INIT("elok"), 8 },
	{ STR_INIT("syys"), 9 }, { STR_INIT("loka"), 10 },
	{ STR_INIT("marras"), 11 }, { STR_INIT("joulu"), 12 },
	{ STR_INIT("márc"), 3 }, { STR_INIT("ápr"), 4 },
	{ STR_INIT("máj"), 5 }, { STR_INIT("szept"), 9 },
	/* Turkish */
	{ STR_INIT("ocak"), 1 }, { STR_INIT("şub"), 2 },
	{ STR_INIT("nisan"), 4 }, { STR_INIT("haz"), 6 },
	{ STR_INIT("tem"), 7 }, { STR_INIT("ağu"), 8 },
	{ STR_INIT("eyl"), 9 }, { STR_INIT("eki"), 10 },
	{ STR_INIT("kası"), 11 }, { STR_INIT("aral"), 12 },
	/* Russian, Ukrainian, Bulgarian, Serbian */
	{ STR_INIT("янв"), 1 }, { STR_INIT("фев"), 2 },
	{ STR_INIT("мар"), 3 }, { STR_INIT("апр"), 4 },
	{ STR_INIT("май"), 5 }, { STR_INIT("мая"), 5 },
	{ STR_INIT("июн"), 6 }, { STR_INIT("июл"), 7 },
	{ STR_INIT("юни"), 6 }, { STR_INIT("юли"), 7 },
	{ STR_INIT("авг"), 8 }, { STR_INIT("сен"), 9 },
	{ STR_INIT("сеп"), 9 }, { STR_INIT("окт"), 10 },
	{ STR_INIT("ноя"), 11 }, { STR_INIT("ное"), 11 },
	{ STR_INIT("дек"), 12 }, { STR_INIT("січ"), 1 },
	{ STR_INIT("лют"), 2 }, { STR_INIT("берез"), 3 },
	{ STR_INIT("квіт"), 4 }, { STR_INIT("трав"), 5 },
	{ STR_INIT("черв"), 6 }, { STR_INIT("лип"), 7 },
	{ STR_INIT("серп"), 8 }, { STR_INIT("вер"), 9 },
	{ STR_INIT("жовт"), 10 }, { STR_INIT("листоп"), 11 },
	{ STR_INIT("груд"), 12 },
	/* Greek */
	{ STR_INIT("ιαν"), 1 }, { STR_INIT("φεβ"), 2 },
	{ STR_INIT("μαρ"), 3 }, { STR_INIT("μάρ"), 3 },
	{ STR_INIT("απρ"), 4 }, { STR_INIT("μαϊ"), 5 },
	{ STR_INIT("μαΐ"), 5 }, { STR_INIT("μάι"), 5 },
	{ STR_INIT("ιουν"), 6 }, { STR_INIT("ιούν"), 6 },
	{ STR_INIT("ιουλ"), 7 }, { STR_INIT("ιούλ"), 7 },
	{ STR_INIT("αυγ"), 8 }, { STR_INIT("αύγ"), 8 },
	{ STR_INIT("σεπ"), 9 }, { STR_INIT("οκτ"), 10 },
	{ STR_INIT("νοε"), 11 }, { STR_INIT("δεκ"), 12 },
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
pagedate_month(struct str word)
{
	char bytes[WORD_BYTES + 4];
	struct str low = lowered(bytes, word), stem;
	size_t longest = 0;
	int month = 0;

	for (size_t i = 0; i < sizeof(stems) / sizeof(*stems); i++) {
		stem = stems[i].stem;
		if (stem.ptr[0] != low.ptr[0] || stem.len <= longest ||
			!str_starts(low, stem))
			continue;
		longest = stem.len;
		month = stems[i].month;
	}
	if (utf8_count(str_sub(low, longest, low.len)) > LONGEST_ENDING)
		return 0;
	return month;
}
