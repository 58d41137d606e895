#include "common/json.h"

#include <json-c/json.h>

#include "common/utf8.h"

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

/* json-c takes an int for the length. */
enum { LONGEST_BYTES = 1 << 30 };

struct json *
json_read(struct str s, enum json_mode mode, struct err *err)
{
	json_tokener *t;
	json_object *o;
	size_t end;

	s = str_trim(s);
	if (s.len > LONGEST_BYTES) {
		err_set(err, "JSON of %zu bytes is too long", s.len);
		return NULL;
	}
	if (mode == JSON_STRICT && !utf8_valid(s)) {
		err_set(err, "not UTF-8 at byte %zu", utf8_valid_len(s));
		return NULL;
	}
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
