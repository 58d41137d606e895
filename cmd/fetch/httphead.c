#include "cmd/fetch/http.h"

#include <curl/curl.h>
#include <string.h>

bool
http_header_next(struct str *name, struct str *value, struct str *rest)
{
	struct str line;

	while (str_field(&line, rest, '\n')) {
		*value = str_trim(line);
		if (!str_cut(name, value, ':'))
			continue;
		*name = str_trim(*name);
		*value = str_trim(*value);
		return true;
	}
	return false;
}

struct str
http_header(struct str head, struct str name)
{
	struct str found, value;

	while (http_header_next(&found, &value, &head))
		if (str_eq_nocase(found, name))
			return value;
	return STR("");
}

int
http_date_parse(int64_t *out, struct str s)
{
	char text[64];
	time_t t;

	if (s.len == 0 || s.len >= sizeof(text) || memchr(s.ptr, 0, s.len))
		return -1;
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	t = curl_getdate(text, NULL);
	if (t == -1)
		return -1;
	*out = (int64_t)t;
	return 0;
}
