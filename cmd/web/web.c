#include "cmd/web/web.h"

#include <string.h>
#include <sys/stat.h>

#include "cmd/web/response.h"
#include "cmd/web/searching.h"
#include "common/base/digest.h"
#include "common/page/markup.h"
#include "common/page/style.h"
#include "common/site/onepage.h"
#include "common/text/date.h"

enum { TRIES = 3, ETAG_BYTES = 10 };

struct answering {
	const struct request *q;
	const char *archive;
	struct str path; /* in the site */
	struct work w;
	struct onepage page;
	struct response r;
	struct strbuf etag;
};

/* --- what the archive is at --- */

/* The databases change while they are read only when a writer ends: what was
 * read is then read once more. */
static void
look(struct stat st[2], const char *archive)
{
	static const char *const names[] = { "index.db", "schedule.db" };
	struct strbuf path;

	strbuf_init(&path, WORK_PATH_BYTES);
	for (size_t i = 0; i < 2; i++) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/stet/%s", archive, names[i]);
		memset(&st[i], 0, sizeof(st[i]));
		if (stat(path.ptr, &st[i]) < 0)
			memset(&st[i], 0, sizeof(st[i]));
	}
	strbuf_release(&path);
}

static bool
same_look(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_ino == b->st_ino &&
		a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
		a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* --- the entity tag --- */

static void
add_part(struct digest *d, struct str part)
{
	unsigned char sum[DIGEST_SHA256_BYTES];

	digest_sha256(sum, part);
	digest_add(d, sum, sizeof(sum));
}

/* From the newest commit and the settings; an article's page has times of the
 * schedule too, so that its own bytes are asked. */
static int
make_etag(struct answering *a, struct str bytes, struct err *err)
{
	const struct site_options *s = &a->w.options;
	unsigned char sum[DIGEST_MAX_BYTES];
	struct gitoid head;
	struct digest *d;

	if (index_head(&head, a->w.index, err) < 0)
		return -1;
	d = digest_new(DIGEST_SHA256);
	add_part(d, str_from(STET_VERSION));
	add_part(d, gitoid_str(&head));
	add_part(d, s->base_url);
	add_part(d, s->title);
	add_part(d, s->web);
	add_part(d, style_sheet());
	add_part(d, (struct str){ (const char *)a->w.hidden.ids,
		a->w.hidden.count * sizeof(*a->w.hidden.ids) });
	add_part(d, a->path);
	add_part(d, a->q->query);
	add_part(d, bytes);
	digest_end(d, sum);
	digest_free(d);
	strbuf_reset(&a->etag);
	digest_hex(&a->etag, sum, ETAG_BYTES);
	a->r.etag = strbuf_str(&a->etag);
	return 0;
}

/* RFC 9110 section 13.1.2. */
static bool
matches(const struct answering *a)
{
	struct str one, rest = a->q->if_none_match;

	while (rest.len > 0 && str_field(&one, &rest, ',')) {
		one = str_trim(one);
		if (str_eq(one, STR("*")))
			return true;
		if (str_starts(one, STR("W/")))
			one = str_sub(one, 2, one.len);
		if (one.len == a->r.etag.len + 2 &&
			str_eq(str_sub(one, 1, one.len - 2), a->r.etag))
			return true;
	}
	return false;
}

/* --- answers that are sentences --- */

static void
sentence(struct answering *a, int status, const char *headline,
	const char *words)
{
	struct frame f = { .site = &a->w.options, .path = a->path.ptr,
		.title = str_from(headline) };
	struct strbuf *out = &a->page.bytes;

	strbuf_reset(out);
	frame_begin(out, &f);
	strbuf_addf(out, "<h1>%d – %s</h1>\n<p>%s</p>\n", status, headline,
		words);
	frame_end(out, &f);
	a->r = (struct response){ .status = status,
		.type = response_type(STR(".html")),
		.body = strbuf_str(out) };
}

static void
missing(struct answering *a)
{
	sentence(a, 404, "Not here", "There is no such page. The article may "
		"be found through the list of its source, or through the "
		"search.");
}

/* --- the parts of the site --- */

static void
take_page(struct answering *a)
{
	struct onepage *p = &a->page;

	switch (p->answer) {
	case ONEPAGE_FOUND:
		a->r.status = 200;
		a->r.page = p;
		break;
	case ONEPAGE_HIDDEN:
		a->r.status = a->w.options.hidden_status;
		break;
	case ONEPAGE_MOVED:
		a->r.status = 301;
		a->r.location = strbuf_str(&p->target);
		break;
	case ONEPAGE_MISSING:
		missing(a);
		return;
	}
	a->r.type = response_type(a->path);
	a->r.body = strbuf_str(&p->bytes);
}

static int
serve_page(struct answering *a, struct err *err)
{
	struct arena *arena = &a->w.settings;
	struct str from = request_param(a->q, "from", arena);
	struct str to = request_param(a->q, "to", arena);

	if (!from.ptr || !to.ptr) {
		sentence(a, 400, "Not understood",
			"The query is not text in UTF-8.");
		return 0;
	}
	if (onepage_make(&a->page, &a->w, a->path, from, to, err) < 0)
		return -1;
	take_page(a);
	return 0;
}

/* Servers make one slash of two; the query of the address is the request's. */
static void
timegate_url(struct strbuf *out, const struct answering *a)
{
	struct str url = str_sub(a->path, sizeof("timegate/") - 1,
		a->path.len);
	ptrdiff_t colon = str_find(url, STR(":/"));

	if (colon > 0 && !str_starts(str_sub(url, (size_t)colon, url.len),
				  STR("://"))) {
		strbuf_adds(out, str_sub(url, 0, (size_t)colon + 2));
		strbuf_addc(out, '/');
		url = str_sub(url, (size_t)colon + 2, url.len);
	}
	strbuf_adds(out, url);
	if (a->q->query.len > 0)
		strbuf_addf(out, "?%.*s", STR_ARGS(a->q->query));
}

static int
serve_timegate(struct answering *a, struct err *err)
{
	int64_t time_s = INT64_MAX;
	struct strbuf url;
	int failed;

	if (a->q->accept_datetime.len > 0 &&
		date_parse(&time_s, a->q->accept_datetime) < 0) {
		sentence(a, 400, "Not understood",
			"Accept-Datetime is no date.");
		return 0;
	}
	strbuf_init(&url, 64 << 10);
	timegate_url(&url, a);
	failed = onepage_timegate(&a->page, &a->w, strbuf_str(&url), time_s,
		err);
	strbuf_release(&url);
	if (failed)
		return -1;
	if (a->page.answer == ONEPAGE_HIDDEN)
		sentence(a, a->w.options.hidden_status, "Not shown",
			"The keeper of this archive has taken the article "
			"out.");
	else
		take_page(a);
	if (a->page.answer == ONEPAGE_MOVED) {
		a->r.status = 302;
		a->r.page = &a->page;
	}
	a->r.negotiated = true;
	return 0;
}

static int
serve_search(struct answering *a, struct err *err)
{
	const char *why = NULL;
	int got = searching_make(&why, &a->w, a->archive, a->path, a->q, err);

	if (got < 0)
		return -1;
	if (got == 1)
		sentence(a, 400, "Not understood", why);
	if (got == 2)
		sentence(a, 404, "No search here", "This archive has no "
			"index of its words yet: its keeper makes one with "
			"stet search.");
	if (got > 0)
		return 0;
	strbuf_adds(&a->page.bytes, strbuf_str(&a->w.page));
	strbuf_reset(&a->w.page);
	a->r.status = 200;
	a->r.type = response_type(a->path);
	a->r.body = strbuf_str(&a->page.bytes);
	return 0;
}

static bool
is_search(struct str path)
{
	return str_eq(path, STR("search")) ||
		str_eq(path, STR("search.rss")) ||
		str_eq(path, STR("search.atom")) ||
		str_eq(path, STR("search.json"));
}

static int
serve(struct answering *a, struct err *err)
{
	if (is_search(a->path))
		return serve_search(a, err);
	if (str_starts(a->path, STR("timegate/")))
		return serve_timegate(a, err);
	return serve_page(a, err);
}

/* Whether the answer depends on nothing but commit, settings and address. */
static bool
settled(const struct answering *a)
{
	return !str_starts(a->path, STR("a/")) &&
		!str_starts(a->path, STR("timegate/"));
}

static int
serve_tagged(struct answering *a, struct err *err)
{
	if (settled(a)) {
		if (make_etag(a, STR(""), err) < 0)
			return -1;
		if (matches(a)) {
			a->r.status = 304;
			return 0;
		}
	}
	if (serve(a, err) < 0)
		return -1;
	if (a->r.status != 200)
		return 0;
	if (make_etag(a, settled(a) ? STR("") : a->r.body, err) < 0)
		return -1;
	if (matches(a))
		a->r.status = 304;
	return 0;
}

/* The path in the site; a folder stands for its index page. */
static void
site_path(struct strbuf *out, const struct request *q)
{
	struct str path = q->path;

	while (path.len > 0 && path.ptr[0] == '/')
		path = str_sub(path, 1, path.len);
	strbuf_adds(out, path);
	if (path.len == 0 || (str_ends(path, STR("/")) &&
			!str_starts(path, STR("timegate/"))))
		strbuf_adds(out, STR("index.html"));
}

static int
try(struct answering *a, struct str web, struct err *err)
{
	a->w = (struct work){ .reading = true };
	a->w.options.web = web;
	a->r = (struct response){ 0 };
	onepage_init(&a->page);
	if (work_open(&a->w, a->archive, err) < 0)
		return -1;
	return serve_tagged(a, err);
}

static int
serve_checked(struct strbuf *out, struct answering *a, struct str web,
	struct err *err)
{
	struct stat before[2], after[2];
	int failed = 0;

	for (int i = 0; i < TRIES; i++) {
		look(before, a->archive);
		failed = try(a, web, err);
		look(after, a->archive);
		if (i + 1 == TRIES || (same_look(&before[0], &after[0]) &&
				same_look(&before[1], &after[1])))
			break;
		onepage_release(&a->page);
		work_close(&a->w);
	}
	if (failed)
		sentence(a, 503, "Not now", "The archive cannot be read at "
			"the moment.");
	response_write(out, &a->r, a->q, &a->w.options);
	onepage_release(&a->page);
	work_close(&a->w);
	return failed;
}

/* Without a look at the archive. */
static void
refuse(struct strbuf *out, const struct request *q, int status,
	const char *headline, const char *words)
{
	struct answering a = { .q = q, .path = STR("index.html") };

	a.w.options.title = STR("stet");
	onepage_init(&a.page);
	sentence(&a, status, headline, words);
	response_write(out, &a.r, q, &a.w.options);
	onepage_release(&a.page);
}

int
web_answer(struct strbuf *out, const struct request *request,
	const char *archive, struct str web, struct err *err)
{
	struct answering a = { .q = request, .archive = archive };
	struct strbuf path;
	const char *why;
	int failed;

	if (!str_eq(request->method, STR("GET")) &&
		!str_eq(request->method, STR("HEAD"))) {
		refuse(out, request, 405, "Not allowed",
			"Pages can be got and nothing else.");
		return 0;
	}
	if (request_check(&why, request) < 0) {
		refuse(out, request, 400, "Not understood", why);
		return 0;
	}
	strbuf_init(&path, WORK_PATH_BYTES * 2);
	strbuf_init(&a.etag, 64);
	site_path(&path, request);
	a.path = strbuf_str(&path);
	failed = serve_checked(out, &a, web, err);
	strbuf_release(&path);
	strbuf_release(&a.etag);
	return failed;
}
