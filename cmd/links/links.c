#include "cmd/links/links.h"

#include "cmd/links/document.h"
#include "cmd/links/feedreceipt.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/base/utf8.h"
#include "common/warc/warc.h"
#include "common/warc/warcdigest.h"
#include "common/warc/warctally.h"
#include "common/web/httpmsg.h"

enum { STEP_BYTES = 64 * 1024 };

struct links {
	const struct links_options *options;
	struct sink sink;
	struct feedreceipts receipts;
	struct strbuf body;
	int status;
};

static void
complain(struct links *l, struct str name, const char *reason)
{
	msg_warn("'%.*s': %s", STR_ARGS(utf8_cut(name, 300)), reason);
	l->status = STATUS_PARTIAL;
}

/*
 * Whether nothing came of a document in which no one left anything out; tells
 * why, and of which source.
 */
static bool
found_nothing(struct links *l, const struct document *document,
	const struct origin *origin, struct err *err)
{
	struct err why;

	if (l->options->mode != SINK_ARTICLES || l->sink.items ||
		l->sink.others)
		return false;
	if (l->sink.bad)
		return true;
	document_explain(&why, document);
	err_set(err, "nothing found: %s%s%.*s%s", why.text,
		origin->source.len ? " (source '" : "",
		STR_ARGS(utf8_cut(origin->source, 100)),
		origin->source.len ? "')" : "");
	complain(l, origin->url.len ? origin->url : STR("-"), err->text);
	err_set(err, "nothing found: %s", why.text);
	return true;
}

/* Reads a document into the sink; -1 only when output failed. */
static int
read_document(struct links *l, struct document *document,
	const struct origin *origin, struct str bytes, struct str type,
	bool *read, struct err *err)
{
	struct str name = origin->url.len ? origin->url : STR("-");
	int result;

	sink_begin(&l->sink, origin);
	result = document_read(document, bytes, type, &l->sink, err);
	*read = result == 0;
	if (l->sink.failed)
		return -1;
	if (result < 0)
		complain(l, name, err->text);
	if (l->sink.bad) {
		snprintf(err->text, sizeof(err->text),
			"%zu of its links passed over: %.300s", l->sink.bad,
			l->sink.bad_reason);
		complain(l, name, err->text);
	}
	return 0;
}

/* The document of a 200; -1 only when output failed. */
static int
on_document(struct links *l, const struct warc_record *record,
	const struct origin *origin, struct feedreceipt *receipt,
	struct err *err)
{
	struct document document = { .items = 0 };
	struct str body, type = httpmsg_get(receipt->http,
		STR("content-type"));
	struct err why;
	bool read = false;
	int got = httpmsg_body(&body, receipt->http, &l->body,
		DOCUMENT_BYTES, err);

	if (got != HTTPMSG_WHOLE)
		complain(l, record->uri, err->text);
	if (got != HTTPMSG_BAD && read_document(l, &document, origin, body,
			type, &read, err) < 0)
		return -1;
	if (!read)
		receipt->error = STR("unreadable");
	else if (found_nothing(l, &document, origin, &why))
		receipt->error = arena_dup(&l->sink.origin_arena,
			l->sink.bad ? STR("no address that can be fetched") :
			str_from(why.text));
	receipt->wish_s = document.wish_s;
	receipt->always_anew = document.is_index || got == HTTPMSG_CUT ||
		warc_get(record, STR("WARC-Truncated")).len > 0;
	return 0;
}

static int
on_response(struct links *l, const struct warc_record *record,
	const struct link *link, struct err *err)
{
	struct origin origin = { .url = record->uri, .source = link->source,
		.found_s = record->date_s };
	struct feedreceipt receipt = { .link = link,
		.fetched_s = record->date_s };
	struct httpmsg http;

	if (httpmsg_parse(&http, record->block, err) < 0) {
		complain(l, record->uri, err->text);
		return 0;
	}
	/* A redirect's target has a record of its own. */
	if (http.status >= 300 && http.status < 400 && http.status != 304)
		return 0;
	receipt.http = &http;
	if (http.status == 200 &&
		on_document(l, record, &origin, &receipt, err) < 0)
		return -1;
	if (http.status != 200 && http.status != 304) {
		snprintf(err->text, sizeof(err->text),
			"the server answers with status %d", http.status);
		complain(l, record->uri, err->text);
	}
	return feedreceipts_response(&l->receipts, &receipt, err);
}

/* stet-fetch keeps what it was told of robots; it is no document. */
static bool
is_robots(struct str uri)
{
	struct str path = uri, host;

	return str_starts_nocase(uri, STR("http")) &&
		str_cut(&host, &path, '/') && str_cut(&host, &path, '/') &&
		str_cut(&host, &path, '/') && str_eq(path, STR("robots.txt"));
}

static int
on_record(struct links *l, const struct warc_record *record, struct err *err)
{
	struct link link;

	if (is_robots(record->uri))
		return 0;
	if (warcdigest_check(record, err) < 0) {
		complain(l, record->uri, err->text);
		return 0;
	}
	warc_link(&link, record);
	if (!link.source.len)
		link.source = l->options->source;
	switch (record->type) {
	case WARC_RESPONSE:
	case WARC_REVISIT:
		return on_response(l, record, &link, err);
	case WARC_METADATA:
		return feedreceipts_metadata(&l->receipts, &link,
			record->date_s, record->block, err);
	default:
		return 0;
	}
}

static int
read_warc(struct links *l, struct warc_reader *in, struct err *err)
{
	struct warc_record record;
	struct warctally tally = { 0 };
	int got;

	warc_record_init(&record);
	while ((got = warc_next(in, &record, err)) > 0) {
		warctally_add(&tally, got, &record);
		if (record.remark.text[0])
			msg_warn("'%.*s': %s", STR_ARGS(utf8_cut(record.uri,
				300)), record.remark.text);
		if (got == WARC_SKIPPED)
			complain(l, record.uri.len ? record.uri : STR("-"),
				err->text);
		else if (on_record(l, &record, err) < 0)
			break;
	}
	warc_record_release(&record);
	if (got == WARC_END && warctally_tell(err, &tally)) {
		msg_warn("%s", err->text);
		l->status = STATUS_PARTIAL;
	}
	return got == WARC_END ? 0 : -1;
}

static int
read_all(struct strbuf *out, struct warc_reader *in, struct err *err)
{
	ssize_t n;

	do {
		char *room = strbuf_room(out, STEP_BYTES);

		if (!room)
			return err_set(err, "standard input: more than %d "
				"bytes", DOCUMENT_BYTES);
		n = warc_take_bytes(in, room, STEP_BYTES, err);
		if (n > 0)
			strbuf_grew(out, (size_t)n);
	} while (n > 0);
	return (int)n;
}

/* What is no WARC is one document. */
static int
read_lone(struct links *l, struct warc_reader *in, struct err *err)
{
	struct origin origin = { .url = l->options->base,
		.source = l->options->source,
		.found_s = l->options->now_s };
	struct document document;
	struct strbuf bytes;
	struct err why;
	bool read;
	int result;

	strbuf_init(&bytes, DOCUMENT_BYTES);
	result = read_all(&bytes, in, err);
	if (bytes.len && read_document(l, &document, &origin,
			strbuf_str(&bytes), STR(""), &read, err) < 0)
		result = -1;
	else if (bytes.len && read)
		found_nothing(l, &document, &origin, &why);
	if (bytes.len && read && !l->sink.items && l->sink.feeds &&
		l->sink.others == l->sink.feeds)
		msg_note("no article in it, but feeds or sitemaps: "
			"--feeds prints them");
	strbuf_release(&bytes);
	return result;
}

int
links_run(const struct links_options *options, int in, int out,
	struct err *err)
{
	struct links l = { .options = options, .status = STATUS_OK };
	struct warc_reader *reader = warc_reader_new(in, DOCUMENT_BYTES);
	int result;

	sink_init(&l.sink, out, &options->rules, options->mode);
	strbuf_init(&l.body, DOCUMENT_BYTES);
	feedreceipts_init(&l.receipts, options->receipts_fd);
	result = warc_sniff(reader, err);
	if (result >= 0)
		result = result ? read_warc(&l, reader, err) :
			read_lone(&l, reader, err);
	/* What was found before the end is still good. */
	if (sink_flush(&l.sink, result < 0 ? NULL : err) < 0)
		result = -1;
	feedreceipts_release(&l.receipts);
	strbuf_release(&l.body);
	sink_release(&l.sink);
	warc_reader_free(reader);
	return result < 0 ? -1 : l.status;
}
