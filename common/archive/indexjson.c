#include "common/archive/indexjson.h"

#include "common/base/isotime.h"
#include "common/web/json.h"

enum { INDEXJSON_VERSION = 1 };

void
indexjson_text(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

void
indexjson_int(struct strbuf *out, const char *key, int64_t value)
{
	json_key(out, key);
	json_add_int(out, value);
}

static void
indexjson_time(struct strbuf *out, const char *key, int64_t s)
{
	char iso[ISOTIME_BYTES];

	indexjson_text(out, key, str_from(isotime_format(iso, s)));
}

static void
add_oid(struct strbuf *out, const char *key, const struct gitoid *id)
{
	char hex[GITOID_HEX_BYTES];

	indexjson_text(out, key, gitoid_is_zero(id) ?
		STR("") : str_from(gitoid_hex(hex, id)));
}

struct str
indexjson_state(enum index_state state)
{
	static const struct str names[] = { [INDEX_LIVE] = STR_INIT("live"),
		[INDEX_GONE] = STR_INIT("gone"),
		[INDEX_MOVED] = STR_INIT("moved") };

	return names[state];
}

void
indexjson_classes(struct strbuf *out, struct str classes)
{
	struct str class;

	json_key(out, "classes");
	json_open(out, '[');
	while (str_field(&class, &classes, ','))
		if (str_trim(class).len > 0)
			json_add_str(out, str_trim(class));
	json_close(out, ']');
}

/* What a row of either kind says of the article. */
static void
add_article(struct strbuf *out, const struct index_article *a)
{
	indexjson_int(out, "v", INDEXJSON_VERSION);
	indexjson_text(out, "key", a->key);
	indexjson_text(out, "url", a->url);
	indexjson_text(out, "path", a->path);
	indexjson_text(out, "source", a->source);
}

void
indexjson_article(struct strbuf *out, const struct index_article *a)
{
	add_article(out, a);
	indexjson_text(out, "title", a->title);
	indexjson_text(out, "state", indexjson_state(a->state));
	indexjson_int(out, "versions", a->versions);
	indexjson_time(out, "first", a->first_s);
	indexjson_time(out, "last", a->last_s);
	add_oid(out, "commit", &a->commit);
	indexjson_text(out, "location", a->location);
}

void
indexjson_version(struct strbuf *out, const struct index_article *a,
	const struct index_version *v)
{
	add_article(out, a);
	indexjson_int(out, "version", v->number);
	indexjson_text(out, "event", receipt_status_name(v->event));
	indexjson_time(out, "fetched", v->fetched_s);
	add_oid(out, "commit", &v->commit);
	add_oid(out, "blob", &v->blob);
	indexjson_classes(out, v->classes);
	indexjson_int(out, "words_added", v->words_added);
	indexjson_int(out, "words_removed", v->words_removed);
	indexjson_text(out, "title", v->title);
	indexjson_text(out, "reason", v->reason);
	indexjson_text(out, "location", v->location);
}
