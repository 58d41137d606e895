#include "common/base/ascii.h"
#include "common/text/lexicon.h"
#include "common/web/urlkey.h"

enum {
	LIST_NAME,
	LIST_BEGINNING,
	LIST_LATER_NAME,
	LIST_LATER_BEGINNING
};

#define IN(list) (1u << LIST_##list)
#include "common/web/tracking.inc"

enum { SESSION_HEX = 32 };

/* "sid" is a session only when it looks like one. */
static bool
is_session(struct str name, struct str value)
{
	if (!str_eq_nocase(name, STR("sid")) || value.len != SESSION_HEX)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (ascii_hex(value.ptr[i]) < 0)
			return false;
	return true;
}

static bool
is_listed(struct str name, uint32_t names, uint32_t beginnings)
{
	const struct lexicon_entry *e = lexicon_longest(&tracking, name);

	for (; e; e = lexicon_shorter(&tracking, e)) {
		uint32_t wanted = e->text.len == name.len ?
			names | beginnings : beginnings;

		if (e->lists & wanted)
			return true;
	}
	return false;
}

bool
urlkey_is_tracking(struct str name, struct str value, bool before)
{
	if (before)
		return is_listed(name, IN(NAME), IN(BEGINNING));
	return is_session(name, value) ||
		is_listed(name, IN(NAME) | IN(LATER_NAME),
			IN(BEGINNING) | IN(LATER_BEGINNING));
}
