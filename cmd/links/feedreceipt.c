#include "cmd/links/feedreceipt.h"

#include "common/article/receipt.h"
#include "common/base/fdwrite.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/text/date.h"
#include "common/warc/warc.h"

enum { WISH_MAX_S = 30 * 86400 };

void
feedreceipts_init(struct feedreceipts *f, int fd)
{
	f->fd = fd;
	strbuf_init(&f->line, RECEIPT_LINE_BYTES);
}

void
feedreceipts_release(struct feedreceipts *f)
{
	strbuf_release(&f->line);
}

static int
put(struct feedreceipts *f, struct receipt *r, const struct link *link,
	int64_t fetched_s, struct err *err)
{
	static struct str feed = STR_INIT("feed");
	char fetched[ISOTIME_BYTES];

	if (f->fd < 0)
		return 0;
	r->url = r->key = link->url;
	r->source = link->source;
	r->classes = (struct strlist){ &feed, 1 };
	r->fetched = str_from(isotime_format(fetched, fetched_s));
	strbuf_reset(&f->line);
	receipt_write(&f->line, r);
	if (fdwrite_all(f->fd, strbuf_str(&f->line), err) < 0)
		return err_prefix(err, "a receipt");
	return 0;
}

/* max-age of Cache-Control; none when it is private's no-cache or no-store. */
static int64_t
max_age_s(const struct httpmsg *http)
{
	struct str rest = httpmsg_get(http, STR("cache-control")), part, name;
	int64_t seconds = 0;

	while (str_field(&part, &rest, ',')) {
		str_cut(&name, &part, '=');
		part = str_trim(part);
		if (!str_eq_nocase(str_trim(name), STR("max-age")) ||
			number_parse(&seconds, part, 0, INT32_MAX) < 0)
			continue;
	}
	return seconds;
}

/* Retry-After: seconds, or a date. */
static int64_t
retry_after_s(const struct httpmsg *http, int64_t now_s)
{
	struct str value = httpmsg_get(http, STR("retry-after"));
	int64_t seconds;

	if (number_parse(&seconds, value, 0, INT32_MAX) == 0)
		return seconds;
	if (date_parse(&seconds, value) == 0 && seconds > now_s)
		return seconds - now_s;
	return 0;
}

int
feedreceipts_response(struct feedreceipts *f,
	const struct feedreceipt *receipt, struct err *err)
{
	const struct httpmsg *http = receipt->http;
	struct receipt r = { .status = RECEIPT_FAILED };
	char reason[32];

	if (!receipt->always_anew) {
		r.etag = httpmsg_get(http, STR("etag"));
		r.last_modified = httpmsg_get(http, STR("last-modified"));
	}
	r.retry_after_s = max_age_s(http);
	if (receipt->wish_s > r.retry_after_s)
		r.retry_after_s = receipt->wish_s;
	if (r.retry_after_s > WISH_MAX_S)
		r.retry_after_s = WISH_MAX_S;
	if (http->status == 304) {
		r.status = RECEIPT_SAME;
	} else if (http->status == 200 && !receipt->error.len) {
		r.status = RECEIPT_CHANGED;
	} else {
		snprintf(reason, sizeof(reason), "status-%d", http->status);
		r.error = http->status == 200 ? receipt->error :
			str_from(reason);
		r.etag = r.last_modified = STR("");
		r.retry_after_s = retry_after_s(http, receipt->fetched_s);
	}
	return put(f, &r, receipt->link, receipt->fetched_s, err);
}

int
feedreceipts_metadata(struct feedreceipts *f, const struct link *link,
	int64_t fetched_s, struct str fields, struct err *err)
{
	struct receipt r = { .status = RECEIPT_FAILED };
	int64_t seconds;

	r.error = warc_fields_get(fields, STR("fetchError"));
	if (!r.error.len)
		return 0; /* metadata of something else */
	if (number_parse(&seconds, warc_fields_get(fields,
				STR("retryAfter")), 0, INT32_MAX) == 0)
		r.retry_after_s = seconds;
	return put(f, &r, link, fetched_s, err);
}
