#include "common/web/httpmsg.h"

#include <stdint.h>

#include "common/base/ascii.h"
#include "common/base/number.h"
#include "common/base/usermask.h"
#include "common/web/brotli.h"
#include "common/web/gzip.h"
#include "common/web/zstd.h"

/* The next line of *rest without its end; false when there is none. */
static bool
take_line(struct str *line, struct str *rest)
{
	if (rest->len == 0)
		return false;
	str_cut(line, rest, '\n');
	if (line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200"; whatever follows the number is reason. */
static int
parse_status(struct httpmsg *out, struct str line)
{
	struct str digits;

	if (!str_starts_nocase(line, STR("HTTP/")) &&
		!str_starts_nocase(line, STR("ICY ")))
		return -1;
	str_cut(&out->version, &line, ' ');
	line = str_trim(line);
	digits = str_sub(line, 0, 3);
	if (digits.len < 3 || !ascii_digit(digits.ptr[0]) ||
		!ascii_digit(digits.ptr[1]) || !ascii_digit(digits.ptr[2]) ||
		(line.len > 3 && ascii_digit(line.ptr[3])))
		return -1;
	out->status = (digits.ptr[0] - '0') * 100 +
		(digits.ptr[1] - '0') * 10 + (digits.ptr[2] - '0');
	out->reason = str_trim(str_sub(line, 3, line.len));
	return out->status >= 100 ? 0 : -1;
}

static void
add_field(struct httpmsg *out, struct str line)
{
	struct httpmsg_field *last = out->fields_count == 0 ? NULL :
		&out->fields[out->fields_count - 1];
	struct str name;

	if ((line.ptr[0] == ' ' || line.ptr[0] == '\t') && last) {
		last->value.len = (size_t)(line.ptr + line.len -
			last->value.ptr);
		last->value = str_trim(last->value);
		return;
	}
	if (!str_cut(&name, &line, ':') ||
		out->fields_count == HTTPMSG_FIELDS_MAX)
		return;
	out->fields[out->fields_count++] = (struct httpmsg_field){
		str_trim(name), str_trim(line) };
}

static int
parse_one(struct httpmsg *out, struct str bytes)
{
	struct str rest = bytes, line;

	out->fields_count = 0;
	if (!take_line(&line, &rest) || parse_status(out, line) < 0)
		return -1;
	while (take_line(&line, &rest) && line.len > 0)
		add_field(out, line);
	out->head = str_sub(bytes, 0, bytes.len - rest.len);
	out->body = rest;
	return 0;
}

int
httpmsg_parse(struct httpmsg *out, struct str bytes, struct err *err)
{
	if (parse_one(out, bytes) < 0)
		return err_set(err, "no HTTP status line");
	while (out->status < 200 && str_starts(out->body, STR("HTTP/")))
		if (parse_one(out, out->body) < 0)
			return err_set(err, "no HTTP status line behind an "
				"interim response");
	return 0;
}

struct str
httpmsg_get(const struct httpmsg *m, struct str name)
{
	for (size_t i = 0; i < m->fields_count; i++)
		if (str_eq_nocase(m->fields[i].name, name))
			return m->fields[i].value;
	return STR("");
}

/* The length in a chunk's first line; -1 when it is none. */
static int64_t
chunk_length(struct str line)
{
	int64_t length = 0;
	size_t i = 0;

	for (; i < line.len && ascii_hex(line.ptr[i]) >= 0; i++) {
		if (length > INT32_MAX)
			return -1;
		length = length * 16 + ascii_hex(line.ptr[i]);
	}
	line = str_trim(str_sub(line, i, line.len));
	if (i == 0 || (line.len > 0 && line.ptr[0] != ';'))
		return -1;
	return length;
}

/* Whether a body that is said to be chunked begins as one. */
static bool
looks_chunked(struct str body)
{
	struct str rest = body, line;
	int64_t length;

	if (!take_line(&line, &rest) || line.len > 200)
		return false;
	length = chunk_length(line);
	if (length < 0)
		return false;
	if ((uint64_t)length >= rest.len)
		return true; /* cut, or the last chunk */
	rest = str_sub(rest, (size_t)length, rest.len);
	return rest.ptr[0] == '\r' || rest.ptr[0] == '\n';
}

/* Takes the chunks off; HTTPMSG_CUT at the cap or when the last is missing. */
static int
take_chunks(struct strbuf *out, struct str body, size_t max_bytes,
	struct err *err)
{
	struct str line;

	while (take_line(&line, &body)) {
		int64_t length = chunk_length(line);
		struct str chunk = str_sub(body, 0,
			length < 0 ? 0 : (size_t)length);

		if (length == 0)
			return HTTPMSG_WHOLE;
		if (length < 0)
			break;
		if (chunk.len > max_bytes - out->len) {
			strbuf_adds(out, str_sub(chunk, 0,
				max_bytes - out->len));
			err_set(err, "the body is over %zu bytes", max_bytes);
			return HTTPMSG_CUT;
		}
		strbuf_adds(out, chunk);
		body = str_sub(body, chunk.len, body.len);
		if (!take_line(&line, &body) || line.len > 0)
			break;
	}
	err_set(err, "the chunked body is damaged or cut");
	return HTTPMSG_CUT;
}

enum coding {
	CODING_NONE,
	CODING_GZIP,
	CODING_DEFLATE,
	CODING_BROTLI,
	CODING_ZSTD,
	CODING_UNKNOWN
};

static enum coding
coding_of(struct str name)
{
	if (name.len == 0 || str_eq_nocase(name, STR("identity")) ||
		str_eq_nocase(name, STR("none")) ||
		str_eq_nocase(name, STR("utf-8")))
		return CODING_NONE;
	if (str_eq_nocase(name, STR("gzip")) ||
		str_eq_nocase(name, STR("x-gzip")))
		return CODING_GZIP;
	if (str_eq_nocase(name, STR("deflate")))
		return CODING_DEFLATE;
	if (str_eq_nocase(name, STR("br")))
		return CODING_BROTLI;
	if (str_eq_nocase(name, STR("zstd")))
		return CODING_ZSTD;
	return CODING_UNKNOWN;
}

/* Whether bytes are a document that no coding was laid on. */
static bool
looks_like_text(struct str body)
{
	struct str start = str_trim(str_sub(body, 0, 512));

	if (start.len == 0)
		return true;
	if (!memchr("<{[", start.ptr[0], 3) &&
		!str_starts(start, STR("\xef\xbb\xbf")))
		return false;
	for (size_t i = 0; i < start.len; i++)
		if (ascii_control(start.ptr[i]) && !ascii_space(start.ptr[i]))
			return false;
	return true;
}

/*
 * Whether the bytes are not in the coding that the header says: what has a
 * mark at its front tells so itself, what has none when it looks like text.
 * Any bytes may be deflate or br, and deflate looks like text at times.
 */
static bool
is_decoded(struct str body, enum coding coding)
{
	switch (coding) {
	case CODING_NONE:
		return true;
	case CODING_DEFLATE:
		return false;
	case CODING_GZIP:
		return !str_starts(body, STR("\x1f\x8b"));
	case CODING_ZSTD:
		return !zstd_sniff(body);
	default:
		return looks_like_text(body);
	}
}

static int
inflate(struct strbuf *out, struct str body, enum coding coding,
	size_t max_bytes, struct err *err)
{
	if (coding == CODING_BROTLI)
		return brotli_inflate(out, body, max_bytes, err);
	if (coding == CODING_ZSTD)
		return zstd_inflate(out, body, max_bytes, err);
	return gzip_inflate(out, body, max_bytes, err);
}

/* Takes one coding off *body; the result is in `storage` or *body itself. */
static int
take_coding(struct str *body, enum coding coding, struct strbuf *storage,
	size_t max_bytes, struct err *err)
{
	struct strbuf inflated;
	int got;

	if (is_decoded(*body, coding))
		return HTTPMSG_WHOLE;
	if (coding == CODING_UNKNOWN) {
		err_set(err, "unknown content-coding");
		return HTTPMSG_BAD;
	}
	strbuf_init(&inflated, max_bytes);
	got = inflate(&inflated, *body, coding, max_bytes, err);
	if (got < 0 && coding == CODING_DEFLATE && looks_like_text(*body)) {
		strbuf_release(&inflated);
		return HTTPMSG_WHOLE;
	}
	strbuf_release(storage);
	*storage = inflated;
	*body = strbuf_str(storage);
	return got < 0 ? HTTPMSG_CUT : HTTPMSG_WHOLE;
}

/*
 * The codings of all fields of that name, in the order in which they were
 * laid on: several lines are one list (RFC 9110, 5.3).
 */
static int
list_codings(struct str out[HTTPMSG_CODINGS_MAX], size_t *count,
	const struct httpmsg *m, struct str field, struct err *err)
{
	*count = 0;
	for (size_t i = 0; i < m->fields_count; i++) {
		struct str list = m->fields[i].value, name;

		if (!str_eq_nocase(m->fields[i].name, field))
			continue;
		while (str_field(&name, &list, ',')) {
			if (*count == HTTPMSG_CODINGS_MAX)
				return err_set(err, "too many codings");
			str_cut(&out[(*count)++], &name, ';');
			out[*count - 1] = str_trim(out[*count - 1]);
		}
	}
	return 0;
}

/* Takes the codings off in the reverse order of the list. */
static int
take_codings(struct str *body, const struct str *names, size_t count,
	struct strbuf *storage, size_t max_bytes, struct err *err)
{
	int worst = HTTPMSG_WHOLE;

	while (count-- > 0) {
		int got = take_coding(body, coding_of(names[count]), storage,
			max_bytes, err);

		if (got == HTTPMSG_BAD)
			return got;
		if (got == HTTPMSG_CUT)
			worst = got;
	}
	return worst;
}

/* Takes off the chunks, and what was laid on before them. */
static int
take_transfer(struct str *body, const struct str *names, size_t count,
	struct strbuf *storage, size_t max_bytes, struct err *err)
{
	int worst = HTTPMSG_WHOLE;

	while (count-- > 0) {
		int got;

		if (!str_eq_nocase(names[count], STR("chunked"))) {
			got = take_codings(body, &names[count], 1, storage,
				max_bytes, err);
		} else if (looks_chunked(*body)) {
			struct strbuf joined;

			strbuf_init(&joined, max_bytes);
			got = take_chunks(&joined, *body, max_bytes, err);
			strbuf_release(storage);
			*storage = joined;
			*body = strbuf_str(storage);
		} else {
			continue;
		}
		if (got == HTTPMSG_BAD)
			return got;
		if (got == HTTPMSG_CUT)
			worst = got;
	}
	return worst;
}

int
httpmsg_entity(struct str *out, const struct httpmsg *m,
	struct strbuf *storage, size_t max_bytes, struct err *err)
{
	struct str names[HTTPMSG_CODINGS_MAX];
	size_t count;

	strbuf_release(storage);
	strbuf_init(storage, max_bytes);
	*out = m->body;
	if (list_codings(names, &count, m, STR("Transfer-Encoding"), err) < 0)
		return HTTPMSG_BAD;
	return take_transfer(out, names, count, storage, max_bytes, err);
}

int
httpmsg_body(struct str *out, const struct httpmsg *m, struct strbuf *storage,
	size_t max_bytes, struct err *err)
{
	struct str names[HTTPMSG_CODINGS_MAX];
	size_t count;
	int chunks = httpmsg_entity(out, m, storage, max_bytes, err), codings;

	if (chunks == HTTPMSG_BAD || list_codings(names, &count, m,
			STR("Content-Encoding"), err) < 0)
		return HTTPMSG_BAD;
	codings = take_codings(out, names, count, storage, max_bytes, err);
	if (codings == HTTPMSG_BAD)
		return codings;
	if (out->len > max_bytes) {
		out->len = max_bytes;
		err_set(err, "the body is over %zu bytes", max_bytes);
		return HTTPMSG_CUT;
	}
	return codings == HTTPMSG_CUT ? codings : chunks;
}

/* Control bytes become blanks; who logs in by an address is masked. */
static void
add_masked(struct strbuf *out, struct str s)
{
	size_t from = out->len;

	strbuf_adds(out, s);
	if (usermask_needed(s))
		strbuf_cut(out, from + usermask(out->ptr + from,
			out->len - from));
	for (size_t i = from; i < out->len; i++)
		if (ascii_control(out->ptr[i]) && out->ptr[i] != '\t')
			out->ptr[i] = ' ';
}

static bool
says_length(struct str value, size_t body_len)
{
	int64_t length;

	return number_parse(&length, value, 0, INT64_MAX) == 0 &&
		(uint64_t)length == body_len;
}

/* Writes one field; returns whether it is the right Content-Length. */
static bool
store_field(struct strbuf *out, struct str name, struct str value,
	size_t body_len, bool has_length)
{
	bool length = str_eq_nocase(name, STR("Content-Length"));
	bool right = length && !has_length && says_length(value, body_len);

	if (str_eq_nocase(name, STR("Transfer-Encoding")) ||
		(length && !right))
		strbuf_adds(out, STR("X-Crawler-"));
	add_masked(out, name);
	strbuf_adds(out, STR(": "));
	add_masked(out, value);
	strbuf_adds(out, STR("\r\n"));
	return right;
}

void
httpmsg_store_head(struct strbuf *out, struct str head, size_t body_len)
{
	bool has_length = false, folds = false;
	struct httpmsg m;
	struct str line, name;

	if (!take_line(&line, &head) || parse_status(&m, line) < 0)
		return;
	strbuf_addf(out, "HTTP/1.1 %03d ", m.status);
	add_masked(out, m.reason);
	strbuf_adds(out, STR("\r\n"));
	while (take_line(&line, &head) && line.len > 0) {
		if (line.ptr[0] == ' ' || line.ptr[0] == '\t') {
			if (folds) {
				strbuf_cut(out, out->len - 2);
				strbuf_addc(out, ' ');
				add_masked(out, str_trim(line));
				strbuf_adds(out, STR("\r\n"));
			}
			continue;
		}
		folds = str_cut(&name, &line, ':');
		if (folds && store_field(out, str_trim(name), str_trim(line),
			body_len, has_length))
			has_length = true;
	}
	if (!has_length && m.status >= 200 && m.status != 204 &&
		m.status != 304)
		strbuf_addf(out, "Content-Length: %zu\r\n", body_len);
	strbuf_adds(out, STR("\r\n"));
}
