#include "common/web/url.h"

#include "common/base/utf8.h"

void
url_write(struct strbuf *out, const struct url *url)
{
	strbuf_adds(out, url->href);
}

void
url_write_bare(struct strbuf *out, const struct url *url)
{
	size_t fragment = url->has_fragment ? url->fragment.len + 1 : 0;

	strbuf_adds(out, str_sub(url->href, 0, url->href.len - fragment));
}

void
url_write_origin(struct strbuf *out, const struct url *url)
{
	strbuf_adds(out, url->scheme);
	strbuf_adds(out, STR("://"));
	strbuf_adds(out, url->host);
	if (url->port >= 0)
		strbuf_addf(out, ":%d", url->port);
}

int
url_port(const struct url *url)
{
	if (url->port >= 0)
		return url->port;
	return str_eq(url->scheme, STR("https")) ? 443 : 80;
}

bool
url_next_parameter(struct str *name, struct str *value, struct str *query)
{
	struct str pair;

	while (query->ptr && str_field(&pair, query, '&')) {
		if (pair.len == 0)
			continue;
		str_cut(name, &pair, '=');
		*value = pair;
		return true;
	}
	return false;
}

struct str
url_from_header(struct str s, struct arena *arena)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out;
	size_t len = 0;

	if (utf8_valid(s) || s.len > URL_INPUT_BYTES)
		return s;
	out = arena_alloc(arena, 3 * s.len);
	if (!out)
		return s;
	for (size_t i = 0; i < s.len; i++) {
		unsigned byte = (unsigned char)s.ptr[i];

		if (byte >= 128) {
			out[len++] = '%';
			out[len++] = hex[byte >> 4];
			out[len++] = hex[byte & 15];
		} else {
			out[len++] = s.ptr[i];
		}
	}
	return (struct str){ out, len };
}

int
url_drop_user(struct url *url, struct arena *arena)
{
	struct str head, tail;
	char *out;

	if (url->username.len == 0 && url->password.len == 0)
		return 0;
	head = str_sub(url->href, 0, url->scheme.len + 3);
	tail = str_sub(url->href, (size_t)(url->host.ptr - url->href.ptr),
		url->href.len);
	out = arena_alloc(arena, head.len + tail.len);
	if (!out)
		return -1;
	memcpy(out, head.ptr, head.len);
	memcpy(out + head.len, tail.ptr, tail.len);
	return url_parse(url, (struct str){ out, head.len + tail.len }, NULL,
		arena, NULL);
}
