#include "cmd/links/jsonfeed.h"

#include "common/base/strbuf.h"
#include "common/web/json.h"

enum { CATEGORIES_BYTES = 64 * 1024 };

static void
take_date(struct item *item, const struct json *v)
{
	struct str text = json_text(json_member(v, "date_published"));

	if (!text.len)
		text = json_text(json_member(v, "date_modified"));
	item_set_date(item, text);
}

static struct str
address(const struct json *v)
{
	struct str id = json_text(json_member(v, "id"));
	struct str url = json_text(json_member(v, "url"));

	if (!url.len)
		url = json_text(json_member(v, "external_url"));
	return url.len || !str_starts_nocase(id, STR("http")) ? url : id;
}

/*
 * What the addresses are relative to: where the document was fetched from, or
 * else what it says of itself.
 */
static struct str
base_of(const struct json *doc, const struct sink *sink)
{
	struct str base = json_text(json_member(doc, "feed_url"));

	if (sink->has_base)
		return STR("");
	return base.len ? base : json_text(json_member(doc, "home_page_url"));
}

static int
read_item(const struct json *v, struct str base, struct strbuf *categories,
	struct sink *sink, struct err *err)
{
	const struct json *tags = json_member(v, "tags");
	struct item item = { .href = address(v), .base = base,
		.title = json_text(json_member(v, "title")) };

	if (!item.href.len)
		return 0;
	strbuf_reset(categories);
	for (size_t i = 0; i < json_count(tags); i++) {
		strbuf_adds(categories, json_text(json_item(tags, i)));
		strbuf_addc(categories, '\n');
	}
	item.categories = strbuf_str(categories);
	take_date(&item, v);
	return sink_add(sink, &item, err);
}

int
jsonfeed_read(size_t *count, struct str text, struct sink *sink,
	struct err *err)
{
	struct item next = { .kind = ITEM_PAGE };
	const struct json *items;
	struct strbuf categories;
	struct json *doc;
	int result = 0;

	*count = 0;
	if (text.len > JSONFEED_BYTES)
		return err_set(err, "a JSON Feed of more than %d bytes",
			JSONFEED_BYTES);
	doc = json_read(text, JSON_LENIENT, err);
	if (!doc)
		return -1;
	items = json_member(doc, "items");
	if (json_kind(items) != JSON_ARRAY)
		result = err_set(err, "no feed: JSON without items");
	strbuf_init(&categories, CATEGORIES_BYTES);
	*count = json_count(items);
	for (size_t i = 0; i < *count && result == 0; i++)
		result = read_item(json_item(items, i), base_of(doc, sink),
			&categories, sink, err);
	next.href = json_text(json_member(doc, "next_url"));
	next.base = base_of(doc, sink);
	if (result == 0 && next.href.len)
		result = sink_add(sink, &next, err);
	strbuf_release(&categories);
	json_free(doc);
	return result;
}
