#include "common/search/hitjson.h"

#include "common/archive/indexjson.h"
#include "common/base/isotime.h"
#include "common/web/json.h"

static void
member(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

void
hitjson_add(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode)
{
	static const char *const kinds[] = { [SEARCH_TEXT] = "text",
		[SEARCH_REMOVED] = "removed", [SEARCH_ADDED] = "added" };
	char iso[ISOTIME_BYTES], hex[GITOID_HEX_BYTES];

	json_open(out, '{');
	json_key(out, "v");
	json_add_int(out, 1);
	member(out, "kind", str_from(kinds[mode]));
	member(out, "key", hit->article->key);
	member(out, "url", hit->article->url);
	member(out, "path", hit->article->path);
	member(out, "source", hit->article->source);
	member(out, "title", hit->version->title);
	json_key(out, "version");
	json_add_int(out, hit->version->number);
	json_key(out, "last");
	json_add_int(out, hit->last->number);
	json_key(out, "newest");
	json_add_bool(out, hit->newest);
	member(out, "fetched", str_from(isotime_format(iso,
		hit->version->fetched_s)));
	member(out, "commit", str_from(gitoid_hex(hex,
		&hit->version->commit)));
	member(out, "before", hit->before);
	member(out, "match", hit->match);
	member(out, "after", hit->after);
	member(out, "event", receipt_status_name(hit->version->event));
	indexjson_classes(out, hit->version->classes);
	json_close(out, '}');
}
