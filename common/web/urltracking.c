#include "common/web/urlkey.h"

#include "common/text/lexicon.h"

enum { BEGIN = 1, NAME = 2 };

#define IN(list) list
#include "common/web/tracking.inc"
#undef IN

bool
urlkey_is_tracking(struct str name)
{
	const struct lexicon_entry *e = lexicon_longest(&tracking, name);

	for (; e; e = lexicon_shorter(&tracking, e))
		if (e->lists & BEGIN || e->text.len == name.len)
			return true;
	return false;
}
