#include "common/web/url.h"

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
url_same_origin(const struct url *a, const struct url *b)
{
	return str_eq(a->scheme, b->scheme) && str_eq(a->host, b->host) &&
		a->port == b->port;
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
