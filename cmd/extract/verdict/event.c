#include "cmd/extract/verdict/event.h"

#include <string.h>

#include "cmd/extract/verdict/redirect.h"
#include "cmd/extract/verdict/sniff.h"
#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/text/date.h"
#include "common/warc/warcdigest.h"
#include "common/web/httpmsg.h"
#include "common/web/refresh.h"
#include "common/web/url.h"
#include "common/web/urlkey.h"

static enum event_kind
done(struct article *a, enum article_event event, struct str reason)
{
	a->event = event;
	a->reason = reason;
	return EVENT_DONE;
}

void
event_miss(struct article *a, const struct event *e, struct str reason)
{
	struct str count, since = e->misses;
	int64_t misses = 0, since_s = 0;

	str_cut(&count, &since, '/');
	a->event = EVENT_FAILED;
	a->reason = reason;
	if (number_parse(&misses, count, 0, INT64_MAX / 2) < 0 ||
		isotime_parse(&since_s, since) < 0)
		return;
	if (misses + 1 >= EVENT_MISSES &&
		e->date_s - since_s >= EVENT_MISSES_S)
		a->event = EVENT_GONE;
}

/* Retry-After: seconds or a date (RFC 9110, 10.2.3). */
static int64_t
retry_after(struct str value, int64_t date_s)
{
	int64_t n;

	value = str_trim(value);
	if (number_parse(&n, value, 0, INT64_MAX) < 0) {
		if (date_parse(&n, value) < 0)
			return 0;
		n -= date_s;
	}
	if (n < 0)
		return 0;
	return n < EVENT_RETRY_MAX_S ? n : EVENT_RETRY_MAX_S;
}

static struct str
status_reason(int64_t status, struct arena *arena)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "status-%d", (int)status);

	return arena_dup(arena, (struct str){ text, (size_t)n });
}

/* Whether the server in front asks for a proof of being a browser. */
static bool
is_challenge(const struct httpmsg *m)
{
	static const char *const fields[] = { "cf-mitigated", "x-datadome",
		"x-px-block", "x-sucuri-block", "x-kpsdk-ct",
		"x-amzn-waf-action", "x-iinfo-block" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (httpmsg_get(m, str_from(fields[i])).len > 0)
			return true;
	return str_find_nocase(httpmsg_get(m, STR("server")),
		STR("ddos-guard")) >= 0 && m->status == 403;
}

static enum event_kind
read_client_error(struct article *a, const struct event *e,
	const struct httpmsg *m, struct arena *arena)
{
	switch (m->status) {
	case 404:
		event_miss(a, e, STR("not-found"));
		return EVENT_DONE;
	case 410:
		return done(a, EVENT_GONE, STR("gone"));
	case 451:
		return done(a, EVENT_GONE, STR("legal"));
	case 429:
		return done(a, EVENT_BLOCKED, STR("rate-limited"));
	case 401:
	case 402:
	case 403:
	case 407:
		return done(a, EVENT_BLOCKED, is_challenge(m) ?
			STR("bot-wall") : status_reason(m->status, arena));
	default:
		return done(a, EVENT_FAILED, status_reason(m->status, arena));
	}
}

static enum event_kind
read_server_error(struct article *a, const struct httpmsg *m,
	struct arena *arena)
{
	if (m->status == 503 && is_challenge(m))
		return done(a, EVENT_BLOCKED, STR("bot-wall"));
	if (m->status == 503 && a->retry_after_s > 0)
		return done(a, EVENT_BLOCKED, STR("rate-limited"));
	return done(a, EVENT_FAILED, status_reason(m->status, arena));
}

/* 305 would have us use a proxy of strangers (RFC 9110, 15.4.6). */
static struct str
location_of(const struct httpmsg *m)
{
	return m->status == 305 || m->status == 306 ? STR("") :
		httpmsg_get(m, STR("location"));
}

static enum event_kind
read_redirect(struct article *a, const struct event *e,
	const struct httpmsg *m, struct str target, struct arena *arena)
{
	struct redirect redirect;

	redirect_read(&redirect, a->url, target, arena);
	a->location = redirect.location;
	switch (redirect.kind) {
	case REDIRECT_NOWHERE:
		return done(a, EVENT_FAILED, status_reason(m->status, arena));
	case REDIRECT_SAME:
		return EVENT_SKIP;
	case REDIRECT_HOME:
		event_miss(a, e, STR("redirect-home"));
		return EVENT_DONE;
	case REDIRECT_ERROR:
		event_miss(a, e, STR("soft-404"));
		return EVENT_DONE;
	case REDIRECT_CONSENT:
		return done(a, EVENT_BLOCKED, STR("consent"));
	case REDIRECT_LOGIN:
		return done(a, EVENT_BLOCKED, STR("login"));
	case REDIRECT_GATE:
		return done(a, EVENT_BLOCKED, STR("interstitial"));
	default:
		return done(a, EVENT_MOVED, STR(""));
	}
}

/* A body that was not cut and is HTML, or what it is instead. */
static enum event_kind
read_body(struct article *a, struct event *e)
{
	enum sniff_kind kind;

	if (e->body.len == 0)
		return done(a, EVENT_FAILED, STR("empty"));
	kind = sniff_page(e->content_type, e->body);
	if (kind == SNIFF_FEED)
		return EVENT_FEED;
	if (kind == SNIFF_OTHER)
		return done(a, EVENT_FAILED, STR("not-html"));
	a->event = EVENT_ARTICLE;
	return EVENT_PAGE;
}

/* Whether the page does nothing but lead to another one. */
static bool
leads_on(struct str *target, const struct event *e, const struct article *a,
	const struct httpmsg *m, struct arena *arena)
{
	struct redirect redirect;

	if (m->status != 200 || !refresh_find(target, m, e->body, arena))
		return false;
	redirect_read(&redirect, a->url, *target, arena);
	return redirect.kind != REDIRECT_SAME &&
		redirect.kind != REDIRECT_NOWHERE;
}

static enum event_kind
read_page(struct event *e, struct article *a, const struct httpmsg *m,
	const struct warc_record *r, struct strbuf *storage,
	struct arena *arena)
{
	struct str target;

	if (m->status == 204 || m->status == 205)
		return done(a, EVENT_FAILED, STR("empty"));
	switch (httpmsg_body(&e->body, m, storage, EVENT_BODY_BYTES, NULL)) {
	case HTTPMSG_BAD:
		return done(a, EVENT_FAILED, STR("unknown-coding"));
	case HTTPMSG_CUT:
		return done(a, EVENT_FAILED, e->body.len >= EVENT_BODY_BYTES ?
			STR("too-large") : STR("truncated"));
	default:
		break;
	}
	/* Half a page would be a version with its text lost. */
	if (warc_get(r, STR("WARC-Truncated")).len > 0 || m->status == 206)
		return done(a, EVENT_FAILED, STR("truncated"));
	e->content_type = httpmsg_get(m, STR("content-type"));
	e->headers = m->head;
	if (leads_on(&target, e, a, m, arena))
		return read_redirect(a, e, m, target, arena);
	return read_body(a, e);
}

static void
read_digest(struct article *a, const struct warc_record *r, struct str payload,
	struct arena *arena)
{
	unsigned char sum[DIGEST_SHA1_BYTES];
	struct strbuf text;

	a->payload_digest = warc_get(r, STR("WARC-Payload-Digest"));
	if (a->payload_digest.len > 0)
		return;
	digest_sha1(sum, payload);
	strbuf_init(&text, 64);
	strbuf_adds(&text, STR("sha1:"));
	digest_base32(&text, sum, sizeof(sum));
	a->payload_digest = arena_dup(arena, strbuf_str(&text));
	strbuf_release(&text);
}

static enum event_kind
read_response(struct event *e, struct article *a, const struct warc_record *r,
	struct strbuf *storage, struct arena *arena)
{
	struct httpmsg *m = arena_alloc(arena, sizeof(*m));

	/* Reached by a redirect that was reported as one to the home page. */
	if (warc_get(r, STR("WARC-Stet-Via")).len > 0 &&
		redirect_is_home(a->url))
		return EVENT_SKIP;
	if (!m || httpmsg_parse(m, r->block, NULL) < 0)
		return r->type == WARC_REVISIT ?
			done(a, EVENT_UNCHANGED, STR("")) :
			done(a, EVENT_FAILED, STR("bad-response"));
	a->status = m->status;
	a->etag = httpmsg_get(m, STR("etag"));
	a->last_modified = httpmsg_get(m, STR("last-modified"));
	if (r->type == WARC_REVISIT || m->status == 304)
		return done(a, EVENT_UNCHANGED, STR(""));
	if (m->status == 429 || m->status == 503)
		a->retry_after_s = retry_after(
			httpmsg_get(m, STR("retry-after")), e->date_s);
	read_digest(a, r, m->body, arena);
	if (m->status < 300)
		return read_page(e, a, m, r, storage, arena);
	if (m->status < 400)
		return read_redirect(a, e, m, location_of(m), arena);
	return m->status < 500 ? read_client_error(a, e, m, arena) :
		read_server_error(a, m, arena);
}

/* Heritrix's codes (stet-warc(5)) for a record without the word. */
static struct str
failure_of_code(int64_t code)
{
	static const struct {
		int64_t code;
		struct str reason;
	} codes[] = {
		{ -1, STR_INIT("dns") },
		{ -2, STR_INIT("connect") },
		{ -3, STR_INIT("lost") },
		{ -4, STR_INIT("timeout") },
		{ -7, STR_INIT("unfetchable") },
		{ -8, STR_INIT("host-failing") },
		{ -5001, STR_INIT("not-allowed") },
		{ -5003, STR_INIT("too-large") },
		{ -9998, STR_INIT("robots") },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (codes[i].code == code)
			return codes[i].reason;
	return STR("fetch-failed");
}

/* A reason is one word; what a record says may be anything. */
static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_alnum(s.ptr[i]) && s.ptr[i] != '-')
			return false;
	return s.len > 0 && s.len <= 40;
}

static enum event_kind
read_metadata(struct event *e, struct article *a, const struct warc_record *r)
{
	struct str status = warc_fields_get(r->block, STR("fetchStatus"));
	struct str reason = warc_fields_get(r->block, STR("fetchError"));
	struct str retry = warc_fields_get(r->block, STR("retryAfter"));

	if (number_parse(&a->status, status, INT32_MIN, 999) < 0)
		return EVENT_SKIP; /* metadata of another kind */
	a->retry_after_s = retry_after(retry, e->date_s);
	if (!is_word(reason))
		reason = failure_of_code(a->status);
	return done(a, EVENT_FAILED, reason);
}

/* A page without HTTP round it, as some crawlers and converters write. */
static enum event_kind
read_resource(struct event *e, struct article *a, const struct warc_record *r,
	struct arena *arena)
{
	e->body = r->block;
	e->content_type = r->content_type;
	if (str_find_nocase(r->content_type, STR("html")) < 0)
		return EVENT_SKIP;
	read_digest(a, r, r->block, arena);
	return read_body(a, e);
}

static bool
is_robots(const struct url *url)
{
	return str_eq(url->path, STR("/robots.txt"));
}

enum event_kind
event_read(struct event *out, struct article *a,
	const struct warc_record *r, struct strbuf *storage,
	struct arena *arena)
{
	char fetched[ISOTIME_BYTES];
	struct link link;
	struct url url;

	memset(out, 0, sizeof(*out));
	memset(a, 0, sizeof(*a));
	if (r->type != WARC_RESPONSE && r->type != WARC_REVISIT &&
		r->type != WARC_METADATA && r->type != WARC_RESOURCE &&
		r->type != WARC_CONVERSION)
		return EVENT_SKIP;
	if (url_parse(&url, r->uri, NULL, arena, NULL) < 0 ||
		url_drop_user(&url, arena) < 0 || is_robots(&url))
		return EVENT_SKIP;
	warc_link(&link, r);
	a->url = url.href;
	if (urlkey_of_url(&a->key, &url, NULL, arena, NULL) < 0)
		a->key = a->url;
	a->source = link.source;
	a->record_id = r->id;
	a->fetched = arena_dup(arena,
		str_from(isotime_format(fetched, r->date_s)));
	out->misses = link.misses;
	a->doubt = link.doubt;
	out->date_s = r->date_s;
	if (warcdigest_check(r, NULL) < 0)
		return done(a, EVENT_FAILED, STR("digest-mismatch"));
	switch (r->type) {
	case WARC_METADATA:
		return read_metadata(out, a, r);
	case WARC_RESOURCE:
	case WARC_CONVERSION:
		return read_resource(out, a, r, arena);
	default:
		return read_response(out, a, r, storage, arena);
	}
}
