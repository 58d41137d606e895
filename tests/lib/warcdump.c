/*
 * Prints the records of a WARC on standard input as JSON lines, for tests:
 *
 *	warcdump [BLOCK_MAX] <capture.warc | jq .
 *
 * A response has its status and its decoded body too. Status 0: read to the
 * end; 1: records were skipped; 3: the stream broke off (stderr says why).
 */
#include <stdio.h>

#include "common/base/number.h"
#include "common/warc/warc.h"
#include "common/web/httpmsg.h"
#include "common/web/json.h"

enum { BODY_MAX = 64 << 20 };

static void
add_text(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

static void
add_response(struct strbuf *out, const struct warc_record *r,
	struct strbuf *storage)
{
	static const char *const how[] = { "bad", "whole", "cut" };
	struct httpmsg m;
	struct str body;
	int got;

	if (httpmsg_parse(&m, r->block, NULL) < 0)
		return;
	got = httpmsg_body(&body, &m, storage, BODY_MAX, NULL);
	json_key(out, "status");
	json_add_int(out, m.status);
	add_text(out, "content_type", httpmsg_get(&m, STR("content-type")));
	add_text(out, "decoded", str_from(how[got + 1]));
	add_text(out, "body", body);
}

static void
dump(struct strbuf *out, const struct warc_record *r, struct strbuf *storage)
{
	json_open(out, '{');
	add_text(out, "type", warc_type_name(r->type));
	add_text(out, "id", r->id);
	add_text(out, "uri", r->uri);
	json_key(out, "date");
	json_add_int(out, r->date_s);
	json_key(out, "length");
	json_add_int(out, (int64_t)r->block.len);
	json_key(out, "fields");
	json_open(out, '{');
	for (size_t i = 0; i < r->fields_count; i++) {
		json_quote(out, r->fields[i].name);
		strbuf_addc(out, ':');
		json_quote(out, r->fields[i].value);
		if (i + 1 < r->fields_count)
			strbuf_addc(out, ',');
	}
	json_close(out, '}');
	if (r->type == WARC_RESPONSE || r->type == WARC_REVISIT)
		add_response(out, r, storage);
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

int
main(int argc, char **argv)
{
	struct strbuf out, storage;
	struct warc_record record;
	struct warc_reader *in;
	int64_t block_max = BODY_MAX;
	int got, status = 0;
	struct err err;

	if (argc > 1 && number_parse(&block_max, str_from(argv[1]), 0,
		INT32_MAX) < 0)
		return 2;
	strbuf_init(&out, SIZE_MAX / 4);
	strbuf_init(&storage, BODY_MAX);
	warc_record_init(&record);
	in = warc_reader_new(0, (size_t)block_max);
	while ((got = warc_next(in, &record, &err)) > 0) {
		if (got == WARC_SKIPPED) {
			fprintf(stderr, "warcdump: %s\n", err.text);
			status = 1;
			continue;
		}
		if (record.remark.text[0])
			fprintf(stderr, "warcdump: record %llu: %s\n",
				(unsigned long long)record.number,
				record.remark.text);
		strbuf_reset(&out);
		dump(&out, &record, &storage);
		fwrite(out.ptr, 1, out.len, stdout);
	}
	if (got < 0)
		fprintf(stderr, "warcdump: %s\n", err.text);
	warc_reader_free(in);
	warc_record_release(&record);
	strbuf_release(&out);
	strbuf_release(&storage);
	return got < 0 ? 3 : status;
}
