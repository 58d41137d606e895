#include "cmd/export/cdxj.h"

#include <stdio.h>

#include "common/base/arena.h"
#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/base/xalloc.h"
#include "common/web/httpmsg.h"
#include "common/web/json.h"
#include "common/web/url.h"

enum {
	ARENA_BYTES = 4 << 20,
	PARAMETERS_MAX = 256,
	HTTP_OK = 200
};

void
cdxj_init(struct cdxj *index)
{
	*index = (struct cdxj){ 0 };
	strbuf_init(&index->text, SIZE_MAX / 4);
	strbuf_init(&index->facts, SIZE_MAX / 4);
}

void
cdxj_release(struct cdxj *index)
{
	strbuf_release(&index->text);
	strbuf_release(&index->facts);
	free(index->lines);
}

static void
add_lower(struct strbuf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		strbuf_addc(out, ascii_to_lower(s.ptr[i]));
}

/* The host without "www." and its number, its last name first. */
static void
add_host(struct strbuf *out, struct str host)
{
	size_t digits = 3;
	ptrdiff_t dot;

	if (str_starts_nocase(host, STR("www"))) {
		while (digits < host.len && ascii_digit(host.ptr[digits]))
			digits++;
		if (digits < host.len && host.ptr[digits] == '.')
			host = str_sub(host, digits + 1, host.len);
	}
	while ((dot = str_find_last(host, '.')) >= 0) {
		add_lower(out, str_sub(host, (size_t)dot + 1, host.len));
		strbuf_addc(out, ',');
		host = str_sub(host, 0, (size_t)dot);
	}
	add_lower(out, host);
}

/* Adds the parameters, sorted. */
static void
add_query(struct strbuf *out, struct str query)
{
	struct str all[PARAMETERS_MAX], one;
	size_t count = 0, at;

	while (count < PARAMETERS_MAX && str_field(&one, &query, '&')) {
		for (at = count++; at > 0 && str_cmp(one, all[at - 1]) < 0;
			at--)
			all[at] = all[at - 1];
		all[at] = one;
	}
	for (at = 0; at < count; at++) {
		strbuf_addc(out, at == 0 ? '?' : '&');
		add_lower(out, all[at]);
	}
}

/*
 * The key of an address, under which its neighbours are near it:
 * "https://www.paper.example/A?b=1&a=2" is "example,paper)/a?a=2&b=1".
 */
static void
add_key(struct strbuf *out, struct str address)
{
	struct arena arena;
	struct url url;

	arena_init(&arena, ARENA_BYTES);
	if (url_parse(&url, address, NULL, &arena, NULL) < 0) {
		strbuf_adds(out, address);
	} else {
		add_host(out, url.host);
		if (url.port >= 0)
			strbuf_addf(out, ":%d", url.port);
		strbuf_addc(out, ')');
		add_lower(out, url.path);
		if (url.has_query && url.query.len > 0)
			add_query(out, url.query);
	}
	arena_release(&arena);
}

static void
add_text(struct strbuf *out, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	json_key(out, name);
	json_add_str(out, value);
}

/* Numbers are strings here, as the makers of such indexes have them. */
static void
add_count(struct strbuf *out, const char *name, uint64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)n);
	add_text(out, name, str_from(text));
}

/* The type alone, without "; charset=". */
static struct str
media_type(struct str value)
{
	struct str type;

	str_cut(&type, &value, ';');
	return str_trim(type);
}

static void
add_digest(struct strbuf *out, const struct warc_record *record,
	struct str payload)
{
	struct str given = warc_get(record, STR("WARC-Payload-Digest"));
	unsigned char sum[DIGEST_SHA1_BYTES];
	struct strbuf made;

	strbuf_init(&made, 64);
	if (given.len == 0) {
		digest_sha1(sum, payload);
		strbuf_adds(&made, STR("sha1:"));
		digest_base32(&made, sum, sizeof(sum));
		given = strbuf_str(&made);
	}
	add_text(out, "digest", given);
	strbuf_release(&made);
}

static void
add_facts(struct strbuf *out, const struct warc_record *record)
{
	struct httpmsg message;
	struct str type = record->content_type, payload = record->block;
	int status = HTTP_OK;

	if (record->type != WARC_RESOURCE &&
		httpmsg_parse(&message, record->block, NULL) == 0) {
		type = httpmsg_get(&message, STR("content-type"));
		payload = message.body;
		status = message.status;
	}
	if (record->type == WARC_REVISIT)
		type = STR("warc/revisit");
	add_text(out, "mime", media_type(type));
	add_count(out, "status", (uint64_t)status);
	add_digest(out, record, payload);
}

/* YYYYMMDDhhmmss */
static void
add_time(struct strbuf *out, int64_t time_s)
{
	char text[ISOTIME_BYTES];

	isotime_format(text, time_s);
	for (const char *c = text; *c; c++)
		if (ascii_digit(*c))
			strbuf_addc(out, *c);
}

void
cdxj_add(struct cdxj *index, const struct warc_record *record,
	const struct cdxj_place *place)
{
	struct strbuf *out = &index->text, *facts = &index->facts;

	if (record->type != WARC_RESPONSE && record->type != WARC_REVISIT &&
		record->type != WARC_RESOURCE)
		return;
	index->lines = xgrow(index->lines, index->count, &index->cap,
		sizeof(*index->lines));
	index->lines[index->count++] = out->len;
	add_key(out, record->uri);
	strbuf_addc(out, ' ');
	add_time(out, record->date_s);
	strbuf_addc(out, ' ');
	strbuf_reset(facts);
	json_open(facts, '{');
	add_text(facts, "url", record->uri);
	add_facts(facts, record);
	add_count(facts, "length", place->len);
	add_count(facts, "offset", place->at);
	add_text(facts, "filename", str_from(place->file));
	json_close(facts, '}');
	strbuf_adds(out, strbuf_str(facts));
	strbuf_addc(out, '\n');
}

/* Lines end in a newline, which is smaller than what they hold. */
static int
compare_lines(const void *a, const void *b, void *text)
{
	const char *x = (const char *)text + *(const size_t *)a;
	const char *y = (const char *)text + *(const size_t *)b;
	size_t i = 0;

	while (x[i] == y[i] && x[i] != '\n')
		i++;
	return (unsigned char)x[i] - (unsigned char)y[i];
}

void
cdxj_write(struct strbuf *out, struct cdxj *index)
{
	struct str all = strbuf_str(&index->text);

	if (index->count > 0)
		qsort_r(index->lines, index->count, sizeof(*index->lines),
			compare_lines, index->text.ptr);
	for (size_t i = 0; i < index->count; i++) {
		struct str line = str_sub(all, index->lines[i], all.len);
		ptrdiff_t end = str_find_byte(line, '\n');

		strbuf_adds(out, str_sub(line, 0, (size_t)end + 1));
	}
}
