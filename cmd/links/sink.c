#include "cmd/links/sink.h"

#include <string.h>

#include "cmd/links/title.h"
#include "common/article/link.h"
#include "common/base/fdwrite.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/date.h"

enum {
	ITEM_BYTES = 4 << 20,
	OUT_BYTES = 64 * 1024, /* written at this size */
	OUT_MAX_BYTES = 1 << 20
};

void
sink_init(struct sink *s, int fd, const struct rules *rules,
	enum sink_mode mode)
{
	*s = (struct sink){ .fd = fd, .mode = mode, .rules = rules };
	strbuf_init(&s->out, OUT_MAX_BYTES);
	strbuf_init(&s->title, 16 * SINK_TITLE_BYTES);
	arena_init(&s->arena, ITEM_BYTES);
	arena_init(&s->origin_arena, ITEM_BYTES);
}

void
sink_release(struct sink *s)
{
	strbuf_release(&s->out);
	strbuf_release(&s->title);
	arena_release(&s->arena);
	arena_release(&s->origin_arena);
	hash_set_release(&s->seen);
}

void
sink_begin(struct sink *s, const struct origin *origin)
{
	arena_reset(&s->origin_arena);
	s->origin = *origin;
	s->origin.url = arena_dup(&s->origin_arena, origin->url);
	s->origin.source = arena_dup(&s->origin_arena, origin->source);
	isotime_format(s->found, origin->found_s);
	s->has_base = origin->url.len && url_parse(&s->base, s->origin.url,
		NULL, &s->origin_arena, NULL) == 0;
	hash_set_reset(&s->seen);
	s->items = s->others = s->feeds = s->bad = 0;
	s->bad_reason[0] = 0;
}

/* The base that a chain of xml:base values makes; the document's without. */
static const struct url *
base_of(struct sink *s, struct url *storage, struct str chain)
{
	const struct url *base = s->has_base ? &s->base : NULL;
	struct url next;
	struct str part;

	while (str_field(&part, &chain, '\n')) {
		part = str_trim(part);
		if (!part.len ||
			url_parse(&next, part, base, &s->arena, NULL) < 0)
			continue;
		*storage = next;
		base = storage;
	}
	return base;
}

static int
bad(struct sink *s, struct str href, const char *reason)
{
	if (s->bad++ == 0)
		snprintf(s->bad_reason, sizeof(s->bad_reason),
			"'%.*s': %.200s", STR_ARGS(utf8_cut(href, 200)),
			reason);
	return 0;
}

/* The address to fetch: without a fragment; {NULL, 0} with err set. */
static struct str
address_of(struct sink *s, const struct item *item, struct err *err)
{
	struct url base, url;
	struct str none = { NULL, 0 };
	const char *end;

	if (url_parse(&url, str_trim(item->href), base_of(s, &base,
			    item->base), &s->arena, err) < 0)
		return none;
	if (url.username.len || url.password.len) {
		err_set(err, "a user name in it");
		return none;
	}
	end = url.has_fragment ? url.fragment.ptr - 1 :
		url.href.ptr + url.href.len;
	url.href.len = (size_t)(end - url.href.ptr);
	if (url.href.len > LINK_URL_BYTES) {
		err_set(err, "longer than %d bytes", LINK_URL_BYTES);
		return none;
	}
	return url.href;
}

static int
print(struct sink *s, const struct item *item, struct str url,
	struct err *err)
{
	char published[ISOTIME_BYTES] = "";
	struct link link = { .url = url, .source = s->origin.source,
		.title = strbuf_str(&s->title),
		.referrer = s->origin.url };

	if (item->dated)
		isotime_format(published, item->published_s);
	if (item->dated && item->zoneless)
		published[strlen(published) - 1] = '\0'; /* no "Z" */
	link.found = str_from(s->found);
	link.published = str_from(published);
	link_write(&s->out, &link);
	s->items++;
	return s->out.len < OUT_BYTES ? 0 : sink_flush(s, err);
}

void
item_set_date(struct item *item, struct str text)
{
	bool zoned;

	item->dated = text.len > 0 &&
		date_parse_zoned(&item->published_s, &zoned, text) == 0;
	item->zoneless = item->dated && !zoned;
}

static bool
is_wanted(enum sink_mode mode, enum item_kind kind)
{
	switch (mode) {
	case SINK_ARTICLES:
		return kind == ITEM_ARTICLE;
	case SINK_SITEMAPS:
		return kind == ITEM_SITEMAP;
	case SINK_PAGES:
		return kind == ITEM_PAGE;
	case SINK_HUBS:
		return kind == ITEM_HUB;
	case SINK_FEEDS:
		break;
	}
	return kind == ITEM_FEED || kind == ITEM_SITEMAP;
}

int
sink_add(struct sink *s, const struct item *item, struct err *err)
{
	struct err why;
	struct str url;

	if (!is_wanted(s->mode, item->kind) || s->items >= SINK_ITEMS_MAX) {
		s->others++;
		s->feeds += s->mode == SINK_ARTICLES &&
			(item->kind == ITEM_FEED || item->kind == ITEM_SITEMAP);
		return 0;
	}
	arena_reset(&s->arena);
	url = address_of(s, item, &why);
	if (!url.ptr)
		return bad(s, item->href, why.text);
	strbuf_reset(&s->title);
	title_clean(&s->title, utf8_cut(item->title, 8 * SINK_TITLE_BYTES),
		item->title_is_html);
	strbuf_cut(&s->title, utf8_cut(strbuf_str(&s->title),
		SINK_TITLE_BYTES).len);
	if (!hash_set_add(&s->seen, hash_str64(url)) ||
		!rules_want(s->rules, s->origin.source, url,
			strbuf_str(&s->title), item->categories)) {
		s->others++;
		return 0;
	}
	return print(s, item, url, err);
}

int
sink_flush(struct sink *s, struct err *err)
{
	if (!s->failed)
		s->failed = fdwrite_all(s->fd, strbuf_str(&s->out), err) < 0;
	strbuf_reset(&s->out);
	return s->failed ? -1 : 0;
}
