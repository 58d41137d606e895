#include "common/text/langguess.h"

#include <stdio.h>

#include <cld2/public/compact_lang_det.h>

extern "C" const char *
langguess(const char *text, size_t len, const char *hint, bool *sure)
{
	CLD2::CLDHints hints = { *hint ? hint : NULL, NULL,
		-1, CLD2::UNKNOWN_LANGUAGE };
	CLD2::Language three[3], best;
	double scores[3];
	int percents[3], bytes, valid;

	best = CLD2::ExtDetectLanguageSummaryCheckUTF8(text,
		static_cast<int>(len), true, &hints, 0, three, percents,
		scores, NULL, &bytes, sure, &valid);
	return best == CLD2::UNKNOWN_LANGUAGE ? "" : CLD2::LanguageCode(best);
}
