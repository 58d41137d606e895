#include "common/base/usermask.h"

#include <string.h>

/* Where who logs in would end in an address, after its "://": at its "@". */
static size_t
user_len(struct str s)
{
	size_t last = 0;

	for (size_t i = 0; i < s.len && s.ptr[i] > ' ' &&
		!memchr("/?#'\"<>\\", s.ptr[i], 8); i++)
		if (s.ptr[i] == '@')
			last = i;
	return last;
}

size_t
usermask(char *text, size_t len)
{
	const char *from = text, *end = text + len;
	char *to = text;

	while (from < end) {
		struct str rest = { from, (size_t)(end - from) };
		size_t user = 0;

		if (*from == ':' && str_starts(rest, STR("://")))
			user = user_len(str_sub(rest, 3, rest.len));
		if (user == 0) {
			*to++ = *from++;
			continue;
		}
		memmove(to, "://", 3);
		to += 3;
		for (size_t i = 0; i < user && i < 3; i++)
			*to++ = '*';
		from += 3 + user;
	}
	return (size_t)(to - text);
}

bool
usermask_needed(struct str text)
{
	ptrdiff_t at;

	while ((at = str_find(text, STR("://"))) >= 0) {
		text = str_sub(text, (size_t)at + 3, text.len);
		if (user_len(text) > 0)
			return true;
	}
	return false;
}
