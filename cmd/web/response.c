#include "cmd/web/response.h"

#include "common/base/isotime.h"
#include "common/page/markup.h"

struct str
response_type(struct str path)
{
	static const struct {
		const char *end, *type;
	} types[] = {
		{ ".html", "text/html; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" },
		{ ".rss", "application/rss+xml; charset=utf-8" },
		{ ".atom", "application/atom+xml; charset=utf-8" },
		{ "feed/all.json", "application/feed+json; charset=utf-8" },
		{ ".json", "application/json; charset=utf-8" },
		{ ".link", "application/link-format; charset=utf-8" },
		{ ".png", "image/png" },
		{ ".svg", "image/svg+xml" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_ends(path, str_from(types[i].end)))
			return str_from(types[i].type);
	return str_from(types[0].type);
}

static const char *
reason(int status)
{
	static const struct {
		int status;
		const char *words;
	} known[] = {
		{ 200, "OK" }, { 301, "Moved Permanently" }, { 302, "Found" },
		{ 304, "Not Modified" }, { 400, "Bad Request" },
		{ 404, "Not Found" }, { 405, "Method Not Allowed" },
		{ 410, "Gone" }, { 451, "Unavailable For Legal Reasons" },
		{ 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].status == status)
			return known[i].words;
	return "Internal Server Error";
}

/* An address of the site as a path from the server's root. */
static void
rooted(struct strbuf *out, const struct request *q, struct str path)
{
	markup_uri(out, q->script);
	strbuf_addc(out, '/');
	markup_uri(out, path);
}

/* RFC 7089: what a memento or a TimeGate links to. */
static void
memento(struct strbuf *out, const struct response *r, const struct request *q)
{
	const struct onepage *p = r->page;
	char date[ISOTIME_RFC822_BYTES];

	if (p->memento_s)
		strbuf_addf(out, "Memento-Datetime: %s\r\n",
			isotime_rfc822(date, p->memento_s));
	if (p->original.len == 0)
		return;
	strbuf_adds(out, STR("Link: <"));
	markup_uri(out, strbuf_str(&p->original));
	strbuf_adds(out, STR(">; rel=\"original\", <"));
	markup_uri(out, q->script);
	strbuf_adds(out, STR("/timegate/"));
	markup_uri(out, strbuf_str(&p->original));
	strbuf_adds(out, STR(">; rel=\"timegate\", <"));
	rooted(out, q, strbuf_str(&p->timemap));
	strbuf_adds(out, STR(">; rel=\"timemap\"; "
		"type=\"application/link-format\"\r\n"));
}

void
response_write(struct strbuf *out, const struct response *r,
	const struct request *q, const struct site_options *site)
{
	strbuf_addf(out, "Status: %d %s\r\n", r->status, reason(r->status));
	if (r->status == 405)
		strbuf_adds(out, STR("Allow: GET, HEAD\r\n"));
	if (r->status == 301 || r->status == 302) {
		strbuf_adds(out, STR("Location: "));
		rooted(out, q, r->location);
		strbuf_adds(out, STR("\r\n"));
	}
	if (r->page)
		memento(out, r, q);
	if (r->negotiated)
		strbuf_adds(out, STR("Vary: accept-datetime\r\n"));
	if (r->etag.len > 0)
		strbuf_addf(out, "ETag: \"%.*s\"\r\n", STR_ARGS(r->etag));
	strbuf_adds(out, STR("Cache-Control: no-cache\r\n"
		"Content-Security-Policy: "));
	frame_policy(out, site, false);
	strbuf_adds(out, STR("; frame-ancestors 'none'\r\n"
		"X-Content-Type-Options: nosniff\r\n"
		"X-Robots-Tag: noindex, noarchive\r\n"
		"Referrer-Policy: no-referrer\r\n"));
	if (r->status != 304)
		strbuf_addf(out, "Content-Type: %.*s\r\n"
			"Content-Length: %zu\r\n", STR_ARGS(r->type),
			r->body.len);
	strbuf_adds(out, STR("\r\n"));
	if (r->status != 304 && !str_eq(q->method, STR("HEAD")))
		strbuf_adds(out, r->body);
}
