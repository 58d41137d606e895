#include "common/base/str.h"

#include <string.h>

#include "common/base/ascii.h"

struct str
str_from(const char *c)
{
	return (struct str){ c ? c : "", c ? strlen(c) : 0 };
}

bool
str_eq_nocase(struct str a, struct str b)
{
	return a.len == b.len && str_starts_nocase(a, b);
}

int
str_cmp(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool
str_starts_nocase(struct str s, struct str prefix)
{
	if (s.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (ascii_to_lower(s.ptr[i]) != ascii_to_lower(prefix.ptr[i]))
			return false;
	return true;
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
		str_eq(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

bool
str_ends_nocase(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
		str_eq_nocase(
			str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

ptrdiff_t
str_find(struct str s, struct str needle)
{
	const char *hit;

	if (needle.len == 0)
		return 0;
	if (s.len < needle.len)
		return -1;
	hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return hit ? hit - s.ptr : -1;
}

ptrdiff_t
str_find_nocase(struct str s, struct str needle)
{
	char lower = needle.len ? ascii_to_lower(*needle.ptr) : '\0';
	char upper = ascii_to_upper(lower);

	if (!needle.len)
		return 0;
	for (size_t i = 0; i + needle.len <= s.len; i++)
		if ((s.ptr[i] == lower || s.ptr[i] == upper) &&
			str_starts_nocase(str_sub(s, i, needle.len), needle))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t
str_find_byte(struct str s, char c)
{
	const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return hit ? hit - s.ptr : -1;
}

ptrdiff_t
str_find_last(struct str s, char c)
{
	const char *hit = s.len ? memrchr(s.ptr, c, s.len) : NULL;

	return hit ? hit - s.ptr : -1;
}

struct str
str_trim(struct str s)
{
	while (s.len && ascii_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && ascii_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool
str_cut(struct str *head, struct str *rest, char c)
{
	struct str whole = *rest;
	ptrdiff_t at = str_find_byte(whole, c);

	if (at < 0) {
		*head = whole;
		*rest = str_sub(whole, whole.len, 0);
		return false;
	}
	*head = str_sub(whole, 0, (size_t)at);
	*rest = str_sub(whole, (size_t)at + 1, whole.len);
	return true;
}

bool
str_field(struct str *field, struct str *rest, char c)
{
	if (!rest->ptr)
		return false;
	if (!str_cut(field, rest, c))
		*rest = (struct str){ NULL, 0 };
	return true;
}
