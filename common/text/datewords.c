#include "common/text/datewords.h"

#include "common/text/lexicon.h"

#define IN(list) DATEWORDS_##list
#include "common/text/dates.inc"
#undef IN

uint32_t
datewords_of(struct str word)
{
	return lexicon_lists(&dates, word);
}
