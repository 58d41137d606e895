/*
 * Each element that matters is a row of `fields`. Where the values of two
 * rows meet, the lower rank wins, then the first. Nesting is looked at only
 * to leave out what belongs to something else (an Atom source's title): a
 * feed whose tags do not match would be lost to anything stricter.
 */
#include "cmd/links/feed.h"

#include "cmd/links/children.h"
#include "cmd/links/fields.h"
#include "cmd/links/xml.h"
#include "common/base/ascii.h"
#include "common/base/base64.h"
#include "common/base/number.h"
#include "common/web/psl.h"

struct value {
	struct strbuf text;
	int rank; /* 0: none yet */
};

struct base {
	size_t depth;
	size_t start; /* in reader.bases_text */
};

struct reader {
	struct feed *feed;
	struct sink *sink;
	struct err *err;
	size_t depth;
	bool in_item;
	size_t item_depth;
	size_t skip_depth;          /* not 0: inside what is another's */
	const struct field *field;  /* whose text is being read */
	size_t field_depth;
	bool guid_is_link;          /* as far as it says */
	bool guid_is_sure;          /* it says so itself */
	bool title_is_html, base64; /* of Atom 0.3 */
	size_t mute_depth;          /* not 0: in a script of a title */
	struct strbuf loose;        /* text right in the entry */
	struct strbuf text;         /* of that field */
	struct value link, title, date;
	struct strbuf link_base;    /* the base where the link stood */
	struct strbuf categories;
	struct base bases[FEED_BASES_MAX];
	size_t bases_count;
	struct strbuf bases_text;
	int64_t update_period_s, update_frequency;
	struct field_cache cache;
	struct children children; /* of a sitemap index */
};

enum { FAILED = -1 };

static void
reader_init(struct reader *r, struct feed *feed, struct sink *sink,
	struct err *err)
{
	*r = (struct reader){ .feed = feed, .sink = sink, .err = err,
		.update_frequency = 1 };
	strbuf_init(&r->text, FEED_FIELD_BYTES);
	strbuf_init(&r->link.text, FEED_FIELD_BYTES);
	strbuf_init(&r->title.text, FEED_FIELD_BYTES);
	strbuf_init(&r->date.text, FEED_FIELD_BYTES);
	strbuf_init(&r->link_base, FEED_FIELD_BYTES);
	strbuf_init(&r->categories, FEED_FIELD_BYTES);
	strbuf_init(&r->loose, FEED_FIELD_BYTES);
	strbuf_init(&r->bases_text, FEED_FIELD_BYTES);
	children_init(&r->children);
}

static void
reader_release(struct reader *r)
{
	strbuf_release(&r->text);
	strbuf_release(&r->link.text);
	strbuf_release(&r->title.text);
	strbuf_release(&r->date.text);
	strbuf_release(&r->link_base);
	strbuf_release(&r->categories);
	strbuf_release(&r->loose);
	strbuf_release(&r->bases_text);
	children_release(&r->children);
}

/* The xml:base chain in force, outermost first, one a line. */
static struct str
base_chain(const struct reader *r)
{
	return strbuf_str(&r->bases_text);
}

static void
set_value(struct value *v, struct str text, int rank)
{
	text = str_trim(text);
	if (text.len == 0 || (v->rank && v->rank <= rank))
		return;
	strbuf_reset(&v->text);
	strbuf_adds(&v->text, text);
	v->rank = rank;
}

static void
set_link(struct reader *r, struct str href, int rank)
{
	int before = r->link.rank;

	set_value(&r->link, href, rank);
	if (r->link.rank == before)
		return;
	strbuf_reset(&r->link_base);
	strbuf_adds(&r->link_base, base_chain(r));
}

static void
begin_item(struct reader *r)
{
	r->in_item = true;
	r->item_depth = r->depth;
	r->skip_depth = r->mute_depth = 0;
	r->field = NULL;
	r->title_is_html = false;
	strbuf_reset(&r->loose);
	r->link.rank = r->title.rank = r->date.rank = 0;
	strbuf_reset(&r->categories);
	r->feed->items++;
}

/* A sitemap whose entries are bare addresses: <url>https://...</url>. */
static void
take_loose(struct reader *r)
{
	struct str text = str_trim(strbuf_str(&r->loose));

	if ((r->feed->kind == FEED_SITEMAP ||
		r->feed->kind == FEED_SITEMAP_INDEX) &&
		str_starts_nocase(text, STR("http")))
		set_link(r, text, RANK_SELF);
}

static int
end_item(struct reader *r)
{
	struct item item = { .title_is_html = r->title_is_html,
		.categories = strbuf_str(&r->categories) };

	r->in_item = false;
	take_loose(r);
	item.href = strbuf_str(&r->link.text);
	item.base = strbuf_str(&r->link_base);
	if (r->title.rank)
		item.title = strbuf_str(&r->title.text);
	if (r->date.rank)
		item_set_date(&item, strbuf_str(&r->date.text));
	if (!r->link.rank) {
		r->feed->homeless++;
		return 0;
	}
	if (r->feed->kind != FEED_SITEMAP_INDEX)
		return sink_add(r->sink, &item, r->err);
	children_add(&r->children, &item);
	return 0;
}

/*
 * What is deeper in an entry than its own elements are belongs to something
 * else, but is better than nothing where tags do not match.
 */
static int
penalty(const struct reader *r, size_t depth)
{
	bool feed = r->feed->kind == FEED_RSS || r->feed->kind == FEED_ATOM;

	return feed && r->in_item && depth > r->item_depth + 1 ? RANK_NESTED :
		0;
}

/* Atom's link element, also where RSS borrows it. */
static void
on_link(struct reader *r, const struct xml_element *e)
{
	struct str href = xml_attr(e, STR("href"));
	struct str rel = str_trim(xml_attr(e, STR("rel")));
	struct str type = str_trim(xml_attr(e, STR("type")));
	bool alternate = rel.len == 0 || str_eq_nocase(rel, STR("alternate")) ||
		str_ends(rel, STR("/relation/alternate"));
	bool html = type.len == 0 ||
		str_starts_nocase(type, STR("text/html")) ||
		str_starts_nocase(type, STR("application/xhtml"));

	if (alternate)
		set_link(r, href, (html ? RANK_LINK : RANK_OTHER_TYPE) +
			penalty(r, r->depth));
	else if (str_eq_nocase(rel, STR("self")))
		set_link(r, href, RANK_SELF);
}

/*
 * The feed's own links: to its other pages and its archive (RFC 5005), and to
 * the hub that would tell of what is new (WebSub).
 */
static int
on_feed_link(struct reader *r, const struct xml_element *e)
{
	static const struct str pages[] = { STR_INIT("next"),
		STR_INIT("prev-archive"), STR_INIT("next-archive") };
	struct item item = { .href = xml_attr(e, STR("href")),
		.base = base_chain(r), .kind = ITEM_HUB };
	struct str rel = str_trim(xml_attr(e, STR("rel")));

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		if (str_eq_nocase(rel, pages[i]))
			item.kind = ITEM_PAGE;
	if (item.kind == ITEM_HUB && !str_eq_nocase(rel, STR("hub")))
		return 0;
	return sink_add(r->sink, &item, r->err);
}

static int
on_outline(struct reader *r, const struct xml_element *e)
{
	struct item item = { .href = xml_attr(e, STR("xmlUrl")),
		.title = xml_attr(e, STR("title")), .kind = ITEM_FEED };

	if (!item.title.len)
		item.title = xml_attr(e, STR("text"));
	if (!item.href.len)
		item.href = xml_attr(e, STR("xmlurl"));
	if (!item.href.len) {
		item.href = xml_attr(e, STR("url"));
		if (str_eq_nocase(xml_attr(e, STR("type")), STR("link")))
			item.kind = ITEM_ARTICLE;
	}
	if (!item.href.len)
		return 0;
	r->feed->items++;
	item.base = base_chain(r);
	return sink_add(r->sink, &item, r->err);
}

static void
push_base(struct reader *r, const struct xml_element *e)
{
	for (size_t i = 0; i < e->attrs_count; i++) {
		const struct xml_attr *a = &e->attrs[i];

		if (!str_eq(a->name, STR("base")) || !str_eq(a->ns,
			STR("http://www.w3.org/XML/1998/namespace")) ||
			r->bases_count == FEED_BASES_MAX)
			continue;
		r->bases[r->bases_count++] = (struct base){ r->depth,
			r->bases_text.len };
		for (size_t j = 0; j < a->value.len; j++)
			strbuf_addc(&r->bases_text, a->value.ptr[j] == '\n' ?
				' ' : a->value.ptr[j]);
		strbuf_addc(&r->bases_text, '\n');
	}
}

static void
pop_base(struct reader *r)
{
	while (r->bases_count &&
		r->bases[r->bases_count - 1].depth > r->depth)
		strbuf_cut(&r->bases_text,
			r->bases[--r->bases_count].start);
}

/* Attributes that say more than the element's text. */
static void
read_attrs(struct reader *r, const struct field *field,
	const struct xml_element *e)
{
	struct str value;

	switch (field->kind) {
	case FIELD_ID:
		value = str_trim(xml_attr(e, STR("isPermaLink")));
		r->guid_is_link = !str_eq_nocase(value, STR("false"));
		r->guid_is_sure = str_eq_nocase(value, STR("true"));
		break;
	case FIELD_TITLE:
		r->base64 = str_eq_nocase(str_trim(xml_attr(e, STR("mode"))),
			STR("base64"));
		value = str_trim(xml_attr(e, STR("type")));
		r->title_is_html = value.len ?
			str_eq_nocase(value, STR("html")) ||
				str_eq_nocase(value, STR("text/html")) :
			r->feed->kind == FEED_RSS;
		break;
	case FIELD_CATEGORY:
		value = xml_attr(e, STR("term"));
		strbuf_adds(&r->categories, value);
		strbuf_addc(&r->categories, '\n');
		strbuf_adds(&r->categories, xml_attr(e, STR("label")));
		strbuf_addc(&r->categories, '\n');
		break;
	case FIELD_CONTENT:
		set_link(r, xml_attr(e, STR("src")), field->rank);
		break;
	default:
		break;
	}
}

static void
open_field(struct reader *r, const struct field *field,
	const struct xml_element *e)
{
	if (field->kind == FIELD_LINK && xml_attr(e, STR("href")).ptr) {
		on_link(r, e);
		return;
	}
	read_attrs(r, field, e);
	if (field->kind == FIELD_CONTENT)
		return;
	r->field = field;
	r->field_depth = r->depth;
	strbuf_reset(&r->text);
}

static enum feed_kind
root_kind(struct str name)
{
	static const struct {
		const char *name;
		enum feed_kind kind;
	} roots[] = { { "rss", FEED_RSS }, { "RDF", FEED_RSS },
		{ "channel", FEED_RSS }, { "feed", FEED_ATOM },
		{ "entry", FEED_ATOM }, { "opml", FEED_OPML },
		{ "urlset", FEED_SITEMAP },
		{ "sitemapindex", FEED_SITEMAP_INDEX } };

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (str_eq_nocase(name, str_from(roots[i].name)))
			return roots[i].kind;
	return FEED_UNKNOWN;
}

/* "url" and "sitemap" are entries in their own documents alone. */
static bool
is_item(const struct reader *r, const struct field *field)
{
	return field->rank == 0 || field->rank == (int)r->feed->kind;
}

static int
start_item(struct reader *r, const struct xml_element *e)
{
	/* The end of the last one was lost. */
	if (r->in_item && end_item(r) < 0)
		return FAILED;
	begin_item(r);
	set_link(r, xml_attr(e, STR("about")), RANK_ABOUT);
	return 0;
}

/* What a title in XHTML holds and no reader sees. */
static bool
is_code(struct str name)
{
	return str_eq_nocase(name, STR("script")) ||
		str_eq_nocase(name, STR("style"));
}

static int
on_open(void *context, const struct xml_element *e)
{
	struct reader *r = context;
	const struct field *field;

	r->depth++;
	if (e->attrs_count)
		push_base(r, e);
	if (r->feed->kind == FEED_UNKNOWN) {
		r->feed->kind = root_kind(e->name);
		if (r->feed->kind == FEED_UNKNOWN)
			return err_set(r->err, "no feed: its root is '%.*s'",
				(int)(e->name.len < 60 ? e->name.len : 60),
				e->name.ptr);
	}
	if (r->field && !r->mute_depth && is_code(e->name))
		r->mute_depth = r->depth;
	field = field_find(&r->cache, e);
	if (!field)
		return 0;
	if (field->kind == FIELD_ITEM && is_item(r, field))
		return start_item(r, e);
	if (r->field || r->skip_depth)
		return 0;
	if (field->kind == FIELD_LINK && !r->in_item)
		return on_feed_link(r, e);
	if (field->kind == FIELD_SKIP)
		r->skip_depth = r->depth;
	else if (field->kind == FIELD_OUTLINE)
		return on_outline(r, e);
	else if (r->in_item != (field->kind == FIELD_WISH))
		open_field(r, field, e);
	return 0;
}

/* ttl counts minutes; sy: is a period, and how often within it. */
static void
on_wish(struct reader *r, int rank, struct str text)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} periods[] = { { "hourly", 3600 }, { "daily", 86400 },
		{ "weekly", 604800 }, { "monthly", 2592000 },
		{ "yearly", 31536000 } };
	int64_t n;

	if (rank == WISH_TTL && number_parse(&n, text, 1, 525600) == 0)
		r->feed->wish_s = n * 60;
	if (rank == WISH_FREQUENCY && number_parse(&n, text, 1, 10000) == 0)
		r->update_frequency = n;
	for (size_t i = 0; rank == WISH_PERIOD &&
		i < sizeof(periods) / sizeof(periods[0]); i++)
		if (str_eq_nocase(text, str_from(periods[i].name)))
			r->update_period_s = periods[i].seconds;
}

/* An address without its scheme: "www.paper.example/2026/a". */
static bool
lacks_scheme(struct str text)
{
	struct str rest = text, host;
	bool path = str_find_byte(text, '/') > 0;

	str_cut(&host, &rest, '/');
	for (size_t i = 0; i < host.len; i++)
		if (!ascii_alnum(host.ptr[i]) && host.ptr[i] != '.' &&
			host.ptr[i] != '-')
			return false;
	return str_starts_nocase(host, STR("www.")) ||
		(path && psl_is_known(host));
}

static void
close_link(struct reader *r, const struct field *field, struct str text)
{
	struct strbuf whole;

	/* A forwarder's original link is one only when it is whole. */
	if (field->rank == RANK_ORIGINAL &&
		!str_starts_nocase(text, STR("http")))
		return;
	if (!lacks_scheme(text)) {
		set_link(r, text, field->rank + penalty(r, r->field_depth));
		return;
	}
	strbuf_init(&whole, FEED_FIELD_BYTES);
	strbuf_adds(&whole, r->sink->has_base ? r->sink->base.scheme :
		STR("http"));
	strbuf_adds(&whole, STR("://"));
	strbuf_adds(&whole, text);
	set_link(r, strbuf_str(&whole), field->rank +
		penalty(r, r->field_depth));
	strbuf_release(&whole);
}

/*
 * A guid is an address unless it says no: a whole one, or, as many are names of
 * another kind, one that begins as a path or says yes.
 */
static void
close_id(struct reader *r, const struct field *field, struct str text)
{
	bool rss = r->feed->kind == FEED_RSS;

	if (str_starts_nocase(text, STR("http://")) ||
		str_starts_nocase(text, STR("https://"))
		? r->guid_is_link : rss && r->guid_is_link &&
			(r->guid_is_sure || str_starts(text, STR("/"))))
		set_link(r, text, field->rank + penalty(r, r->field_depth));
}

static void
close_title(struct reader *r, const struct field *field, struct str text)
{
	struct strbuf plain;

	strbuf_init(&plain, FEED_FIELD_BYTES);
	if (r->base64 && base64_decode(&plain, text) == 0)
		text = strbuf_str(&plain);
	set_value(&r->title, text, field->rank + penalty(r, r->field_depth));
	strbuf_release(&plain);
}

static void
close_field(struct reader *r)
{
	const struct field *field = r->field;
	struct str text = str_trim(strbuf_str(&r->text));

	r->field = NULL;
	r->mute_depth = 0;
	switch (field->kind) {
	case FIELD_LINK:
		close_link(r, field, text);
		break;
	case FIELD_ID:
		close_id(r, field, text);
		break;
	case FIELD_TITLE:
		close_title(r, field, text);
		break;
	case FIELD_DATE:
		set_value(&r->date, text, field->rank +
			penalty(r, r->field_depth));
		break;
	case FIELD_CATEGORY:
		strbuf_adds(&r->categories, text);
		strbuf_addc(&r->categories, '\n');
		break;
	case FIELD_WISH:
		on_wish(r, field->rank, text);
		break;
	default:
		break;
	}
}

static int
on_close(void *context, const struct xml_element *e)
{
	struct reader *r = context;
	size_t depth = r->depth--;

	(void)e;
	if (r->mute_depth && depth <= r->mute_depth)
		r->mute_depth = 0;
	if (r->field && depth == r->field_depth)
		close_field(r);
	pop_base(r);
	if (r->skip_depth && depth <= r->skip_depth)
		r->skip_depth = 0;
	if (r->in_item && depth == r->item_depth)
		return end_item(r);
	return 0;
}

static int
on_text(void *context, struct str text)
{
	struct reader *r = context;

	if (r->field && !r->mute_depth)
		strbuf_adds(&r->text, text);
	else if (!r->field && r->in_item && r->depth == r->item_depth)
		strbuf_adds(&r->loose, text);
	return 0;
}

int
feed_read(struct feed *out, struct str text, struct sink *sink,
	struct err *err)
{
	static const struct xml_events events = { on_open, on_close, on_text };
	struct reader r;
	int result;

	*out = (struct feed){ .kind = FEED_UNKNOWN };
	reader_init(&r, out, sink, err);
	result = xml_parse(text, &events, &r, err);
	if (r.in_item && !sink->failed && end_item(&r) < 0)
		result = -1;
	if (!sink->failed && children_give(&r.children, sink, err) < 0)
		result = -1;
	if (r.update_period_s && !out->wish_s)
		out->wish_s = r.update_period_s / r.update_frequency;
	if (result == 0 && out->kind == FEED_UNKNOWN)
		result = err_set(err, "no feed: no element in it");
	reader_release(&r);
	return result;
}
