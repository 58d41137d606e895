#include "common/web/json.h"

#include <json-c/json.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"

/*
 * struct json is never defined: it is json-c's object under a name of our
 * own, so that no foreign type leaves this file.
 */
static json_object *
object(const struct json *v)
{
	return (json_object *)(uintptr_t)v;
}

static struct json *
ours(json_object *o)
{
	return (struct json *)o;
}

/* The code unit of an escape like \ud83d at the start of s; -1: none is. */
static int
unit_of(struct str s)
{
	int unit = 0;

	if (s.len < 6 || s.ptr[0] != '\\' || s.ptr[1] != 'u')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		int digit = ascii_hex(s.ptr[i]);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/*
 * Appends s with its pairs of surrogates as characters. json-c (0.16) takes
 * what a pair stands for as half a pair again when its low 16 bits look like
 * one, U+1D800 to U+1DFFF and so in every plane, and loses it.
 */
static void
add_without_pairs(struct strbuf *out, struct str s)
{
	ptrdiff_t at;

	while ((at = str_find_byte(s, '\\')) >= 0) {
		struct str rest = str_sub(s, (size_t)at, s.len);
		int high = unit_of(rest);
		int low = unit_of(str_sub(rest, 6, rest.len));
		bool pair = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 &&
			low < 0xe000;

		strbuf_adds(out, str_sub(s, 0, (size_t)at));
		if (pair)
			utf8_add(out, 0x10000u + ((uint32_t)(high - 0xd800)
				<< 10) + (uint32_t)(low - 0xdc00));
		else
			strbuf_adds(out, str_sub(rest, 0, 2));
		s = str_sub(rest, pair ? 12 : 2, rest.len);
	}
	strbuf_adds(out, s);
}

/* json-c takes an int for the length. */
enum { LONGEST_BYTES = 1 << 30 };

static struct json *
parse(struct str s, enum json_mode mode, struct err *err)
{
	json_tokener *t;
	json_object *o;
	size_t end;

	t = json_tokener_new_ex(JSON_DEPTH);
	if (!t)
		abort();
	json_tokener_set_flags(t, mode == JSON_STRICT ?
		JSON_TOKENER_STRICT : 0); /* UTF-8 was checked above */
	o = json_tokener_parse_ex(t, s.ptr, (int)s.len);
	/* A bare number is only known to have ended by the byte after it. */
	if (!o && json_tokener_get_error(t) == json_tokener_continue)
		o = json_tokener_parse_ex(t, " ", 1);
	end = json_tokener_get_parse_end(t);
	if (!o)
		err_set(err, "not JSON at byte %zu: %s", end,
			json_tokener_error_desc(json_tokener_get_error(t)));
	json_tokener_free(t);
	return ours(o);
}

struct json *
json_read(struct str s, enum json_mode mode, struct err *err)
{
	struct strbuf plain;
	struct json *doc;

	s = str_trim(s);
	if (s.len > LONGEST_BYTES) {
		err_set(err, "JSON of %zu bytes is too long", s.len);
		return NULL;
	}
	if (mode == JSON_STRICT && !utf8_valid(s)) {
		err_set(err, "not UTF-8 at byte %zu", utf8_valid_len(s));
		return NULL;
	}
	if (str_find(s, STR("\\ud")) < 0 && str_find(s, STR("\\uD")) < 0)
		return parse(s, mode, err);
	strbuf_init(&plain, LONGEST_BYTES);
	add_without_pairs(&plain, s);
	doc = parse(strbuf_str(&plain), mode, err);
	strbuf_release(&plain);
	return doc;
}

void
json_free(struct json *doc)
{
	json_object_put(object(doc));
}

enum json_kind
json_kind(const struct json *v)
{
	switch (json_object_get_type(object(v))) {
	case json_type_boolean:
		return JSON_BOOL;
	case json_type_int:
	case json_type_double:
		return JSON_NUMBER;
	case json_type_string:
		return JSON_STRING;
	case json_type_array:
		return JSON_ARRAY;
	case json_type_object:
		return JSON_OBJECT;
	default:
		return JSON_NULL;
	}
}

const struct json *
json_member(const struct json *v, const char *key)
{
	json_object *found = NULL;

	if (json_kind(v) == JSON_OBJECT)
		json_object_object_get_ex(object(v), key, &found);
	return ours(found);
}

size_t
json_count(const struct json *array)
{
	return json_kind(array) == JSON_ARRAY ?
		json_object_array_length(object(array)) : 0;
}

const struct json *
json_item(const struct json *array, size_t i)
{
	return i < json_count(array) ?
		ours(json_object_array_get_idx(object(array), i)) : NULL;
}

struct str
json_text(const struct json *v)
{
	if (json_kind(v) != JSON_STRING)
		return STR("");
	return (struct str){ json_object_get_string(object(v)),
		(size_t)json_object_get_string_len(object(v)) };
}

int64_t
json_int(const struct json *v)
{
	return json_kind(v) == JSON_NUMBER ? json_object_get_int64(object(v)) :
					     0;
}

double
json_real(const struct json *v)
{
	return json_kind(v) == JSON_NUMBER ?
		json_object_get_double(object(v)) : 0;
}

bool
json_true(const struct json *v)
{
	return json_kind(v) == JSON_BOOL && json_object_get_boolean(object(v));
}

int
json_each(const struct json *v,
	int (*each)(void *context, struct str key, const struct json *v),
	void *context)
{
	int stop;

	if (json_kind(v) != JSON_OBJECT)
		return 0;
	json_object_object_foreach(object(v), key, member) {
		stop = each(context, str_from(key), ours(member));
		if (stop)
			return stop;
	}
	return 0;
}
