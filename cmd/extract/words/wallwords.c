#include "cmd/extract/words/wallwords.h"

#include "common/text/lexicon.h"

#define IN(list) (1u << WALLWORDS_##list)
#include "cmd/extract/words/walls.inc"
#undef IN

bool
wallwords_is(enum wallwords_kind kind, struct str text)
{
	return lexicon_lists(&walls, text) & 1u << kind;
}

bool
wallwords_in(enum wallwords_kind kind, struct str text)
{
	return lexicon_within(&walls, text, 1u << kind);
}

size_t
wallwords_count(enum wallwords_kind kind, struct str text)
{
	return lexicon_count(&walls, text, 1u << kind);
}
