#include "common/web/urlshape.h"

enum { KEY_BYTES = 64 * 1024 };

static struct str
without_start(struct str s, const struct str *starts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(s, starts[i]))
			return str_sub(s, starts[i].len, s.len);
	return s;
}

static struct str
without_end(struct str s, const struct str *ends, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ends(s, ends[i]))
			return str_sub(s, 0, s.len - ends[i].len);
	return s;
}

void
urlshape_add(struct strbuf *out, struct str key)
{
	static const struct str schemes[] = { STR_INIT("https://"),
		STR_INIT("http://") };
	static const struct str hosts[] = { STR_INIT("www."), STR_INIT("m."),
		STR_INIT("mobile."), STR_INIT("amp."), STR_INIT("wap."),
		STR_INIT("touch.") };
	static const struct str ends[] = { STR_INIT("/amp/"), STR_INIT("/amp"),
		STR_INIT(".amp.html"), STR_INIT(".amp"), STR_INIT("/") };
	static const struct str starts[] = { STR_INIT("/amp/"),
		STR_INIT("/") };
	struct str rest = without_start(key, schemes, 2), host;
	ptrdiff_t at = str_find_byte(rest, '?');

	if (at >= 0)
		rest = str_sub(rest, 0, (size_t)at);
	rest = without_end(rest, ends, sizeof(ends) / sizeof(ends[0]));
	at = str_find_byte(rest, '/');
	host = at < 0 ? rest : str_sub(rest, 0, (size_t)at);
	rest = str_sub(rest, host.len, rest.len);
	strbuf_adds(out, without_start(host, hosts,
		sizeof(hosts) / sizeof(hosts[0])));
	strbuf_addc(out, '/');
	strbuf_adds(out, without_start(rest, starts, 2));
}

bool
urlshape_same(struct str a, struct str b)
{
	struct strbuf x, y;
	bool same;

	strbuf_init(&x, KEY_BYTES);
	strbuf_init(&y, KEY_BYTES);
	urlshape_add(&x, a);
	urlshape_add(&y, b);
	same = !str_eq(a, b) && str_eq(strbuf_str(&x), strbuf_str(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}
