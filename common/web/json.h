/*
 * JSON (RFC 8259): reading through json-c, writing straight into a strbuf.
 *
 *	struct json *doc = json_read(line, JSON_STRICT, &err);
 *	struct str url = json_text(json_member(doc, "url"));
 *	json_free(doc);
 *
 *	json_open(&out, '{');
 *	json_key(&out, "url");
 *	json_add_str(&out, url);
 *	json_close(&out, '}');
 *
 * A struct json is borrowed from its document and lives as long as that.
 * Every reader accepts NULL and the wrong type and gives the empty value, so
 * that a chain of look-ups needs no checks. Depth is limited to JSON_DEPTH.
 */
#ifndef STET_JSON_H
#define STET_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { JSON_DEPTH = 64 };

enum json_mode {
	JSON_STRICT,
	JSON_LENIENT /* comments, trailing commas, control bytes in strings */
};

enum json_kind {
	JSON_NULL, /* also: not there */
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json;

/*
 * Parses one value that fills s but for white space; the caller frees it.
 * NULL with the reason and its offset. The JSON value null gives an error,
 * as no format of stet has it at the top. Strings are valid UTF-8 (JSON_STRICT
 * refuses others; JSON_LENIENT may pass them on).
 */
struct json *json_read(struct str s, enum json_mode mode, struct err *err);
void json_free(struct json *doc);

enum json_kind json_kind(const struct json *v);
const struct json *json_member(const struct json *v, const char *key);
size_t json_count(const struct json *array);
const struct json *json_item(const struct json *array, size_t i);

struct str json_text(const struct json *v);   /* a string, else "" */
int64_t json_int(const struct json *v);       /* a number, else 0 */
double json_real(const struct json *v);
bool json_true(const struct json *v);

/* Calls `each` for every member of an object, in order, until it returns
 * non-zero; returns that. */
int json_each(const struct json *object,
	int (*each)(void *context, struct str key, const struct json *v),
	void *context);

/*
 * Writers. Commas are put where they are needed by looking at the byte before
 * ('{', '[' or ':' wants none). Strings are escaped so that a line stays one
 * line and a terminal stays as it is: C0, DEL, C1, U+2028 and U+2029 as
 * \uXXXX; bad UTF-8 as U+FFFD.
 */
void json_open(struct strbuf *out, char bracket);
void json_close(struct strbuf *out, char bracket);
void json_key(struct strbuf *out, const char *key);
void json_add_str(struct strbuf *out, struct str s);
void json_add_int(struct strbuf *out, int64_t n);
void json_add_real(struct strbuf *out, double x, int decimals);
void json_add_bool(struct strbuf *out, bool b);

/* The quoted form alone, without a comma in front. */
void json_quote(struct strbuf *out, struct str s);

#endif
