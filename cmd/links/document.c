#include "cmd/links/document.h"

#include "cmd/links/feed.h"
#include "cmd/links/jsonfeed.h"
#include "cmd/links/page.h"
#include "common/article/link.h"
#include "common/base/arena.h"
#include "common/base/ascii.h"
#include "common/base/linebuf.h"
#include "common/text/charset.h"
#include "common/web/gzip.h"

enum { LINE_ARENA_BYTES = 1 << 20, LABEL_BYTES = 64, TAIL_BYTES = 4096 };

static struct str
skip_behind(struct str s, struct str mark)
{
	ptrdiff_t at = str_find(s, mark);

	return at < 0 ? str_sub(s, s.len, 0) :
		str_sub(s, (size_t)at + mark.len, s.len);
}

/* The name of the element that s begins with, without its prefix. */
static struct str
name_at(struct str s)
{
	size_t len = 1;

	while (len < s.len && (ascii_alnum(s.ptr[len]) || s.ptr[len] == ':'))
		len++;
	s = str_sub(s, 1, len - 1);
	return str_find_byte(s, ':') < 0 ? s : skip_behind(s, STR(":"));
}

static bool
is_feed_root(struct str name)
{
	static const char *const roots[] = { "rss", "rdf", "feed", "opml",
		"urlset", "sitemapindex", "channel", "entry" };

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (str_eq_nocase(name, str_from(roots[i])))
			return true;
	return false;
}

/* s from the first element that a feed may begin with; {NULL, 0}. */
static struct str
from_feed_root(struct str s)
{
	struct str rest = str_sub(s, 0, DOCUMENT_JUNK_BYTES);
	ptrdiff_t at;

	while ((at = str_find_byte(rest, '<')) >= 0) {
		rest = str_sub(rest, (size_t)at, rest.len);
		if (is_feed_root(name_at(rest)))
			return str_sub(s, (size_t)(rest.ptr - s.ptr), s.len);
		rest = str_sub(rest, 1, rest.len);
	}
	return (struct str){ NULL, 0 };
}

/*
 * The name of the first element; comments and instructions are passed over. A
 * page may leave its first element away, after the DOCTYPE of one.
 */
static struct str
root_name(struct str s)
{
	bool page = false;
	struct str name;
	ptrdiff_t at;

	while ((at = str_find_byte(s, '<')) >= 0) {
		s = str_sub(s, (size_t)at, s.len);
		page = page || str_starts_nocase(s, STR("<!doctype html"));
		if (str_starts(s, STR("<!--")))
			s = skip_behind(s, STR("-->"));
		else if (s.len > 1 && ascii_alpha(s.ptr[1]))
			break;
		else
			s = skip_behind(s, STR(">"));
	}
	name = at < 0 ? STR("") : name_at(s);
	return page && !is_feed_root(name) ? STR("html") : name;
}

/* What the first bytes of a document (UTF-8) say that it is. */
static enum document_kind
document_sniff(struct str text)
{
	struct str s = str_trim(str_sub(text, 0, DOCUMENT_SNIFF_BYTES));
	struct str root;

	if (str_starts(s, STR("{")))
		return DOCUMENT_JSON;
	if (str_starts_nocase(s, STR("http://")) ||
		str_starts_nocase(s, STR("https://")) ||
		str_starts(s, STR("#")))
		return DOCUMENT_LIST;
	/* The whole: comments before the root may be long. */
	root = root_name(text);
	if (is_feed_root(root))
		return DOCUMENT_XML;
	/* A feed behind the warnings of the program that made it. */
	if (!str_eq_nocase(root, STR("html")) && from_feed_root(text).ptr)
		return DOCUMENT_XML;
	if (str_eq_nocase(root, STR("html")) ||
		str_find_nocase(s, STR("<body")) >= 0 ||
		str_find_nocase(s, STR("<head")) >= 0)
		return DOCUMENT_HTML;
	return DOCUMENT_UNKNOWN;
}

/* The encoding that an XML declaration names, or "". */
static struct str
declared_encoding(struct str bytes)
{
	struct str s = str_sub(bytes, 0, 256);
	ptrdiff_t at = str_find(s, STR("<?xml"));
	char quote;

	if (at < 0)
		return STR("");
	s = str_sub(s, (size_t)at, s.len);
	s = str_sub(s, 0, (size_t)(str_find(s, STR("?>")) + 1));
	s = str_trim(skip_behind(s, STR("encoding")));
	s = str_trim(str_sub(s, str_starts(s, STR("=")), s.len));
	if (s.len < 3 || (s.ptr[0] != '"' && s.ptr[0] != '\''))
		return STR("");
	quote = s.ptr[0];
	s = str_sub(s, 1, LABEL_BYTES);
	at = str_find_byte(s, quote);
	return at < 0 ? STR("") : str_sub(s, 0, (size_t)at);
}

/*
 * What the document says of itself goes before what its server says of all
 * its files, unless that is something out of the ordinary.
 */
static struct str
decode(struct strbuf *storage, struct str bytes, struct str content_type)
{
	struct str label = declared_encoding(bytes);
	struct str served = charset_parameter(content_type);
	char type[LABEL_BYTES + 32];
	struct charset charset;

	if (label.len && (!served.len ||
			charset_label(served) == ENCODING_UTF_8 ||
			charset_label(served) == ENCODING_WINDOWS_1252)) {
		snprintf(type, sizeof(type), "text/xml; charset=\"%.*s\"",
			STR_ARGS(label));
		content_type = str_from(type);
	}
	return charset_decode(&charset, storage, bytes, content_type);
}

/* Whether the end of a document has no end tag of its root in it. */
static bool
is_cut(struct str text)
{
	struct str root = name_at(from_feed_root(text)), tail;
	size_t len = text.len < TAIL_BYTES ? text.len : TAIL_BYTES;
	ptrdiff_t at;

	tail = str_sub(text, text.len - len, len);
	while ((at = str_find(tail, STR("</"))) >= 0) {
		tail = str_sub(tail, (size_t)at + 1, tail.len);
		if (str_eq_nocase(name_at(tail), root))
			return false;
	}
	return true;
}

static const char *
kind_name(enum feed_kind kind)
{
	switch (kind) {
	case FEED_RSS:
		return "an RSS feed";
	case FEED_ATOM:
		return "an Atom feed";
	case FEED_OPML:
		return "an OPML list of feeds";
	case FEED_SITEMAP:
		return "a sitemap";
	case FEED_SITEMAP_INDEX:
		return "a sitemap index";
	default:
		return "XML";
	}
}

static int
read_xml(struct document *out, struct str text, struct sink *sink,
	struct err *err)
{
	struct feed feed;
	struct str from_root = from_feed_root(text);
	int result = feed_read(&feed, from_root.ptr ? from_root : text, sink,
		err);

	out->kind = kind_name(feed.kind);
	out->homeless = feed.homeless;
	out->cut = from_root.ptr && is_cut(from_root);
	out->items = feed.items;
	out->wish_s = feed.wish_s;
	out->is_index = feed.kind == FEED_SITEMAP_INDEX;
	return result;
}

/* Links or bare URLs; "#" begins a comment. */
static int
read_list(struct document *out, struct str text, struct sink *sink,
	struct err *err)
{
	struct arena arena;
	struct str line;
	int result = 0;

	arena_init(&arena, LINE_ARENA_BYTES);
	while (result == 0 && str_field(&line, &text, '\n')) {
		struct item item = { .kind = ITEM_ARTICLE };
		struct link link;

		line = str_trim(line);
		if (!line.len || line.ptr[0] == '#')
			continue;
		arena_reset(&arena);
		out->items++;
		item.href = line;
		if (link_parse(&link, line, &arena, NULL) == 0) {
			item.href = link.url;
			item.title = link.title;
		}
		result = sink_add(sink, &item, err);
	}
	arena_release(&arena);
	return result;
}

static int
dispatch(struct document *out, struct str text, struct sink *sink,
	struct err *err)
{
	switch (document_sniff(text)) {
	case DOCUMENT_XML:
		return read_xml(out, text, sink, err);
	case DOCUMENT_JSON:
		out->kind = "a JSON Feed";
		return jsonfeed_read(&out->items, text, sink, err);
	case DOCUMENT_HTML:
		out->kind = "a page";
		return page_read(&out->items, text, sink, err);
	case DOCUMENT_LIST:
		out->kind = "a list";
		return read_list(out, text, sink, err);
	case DOCUMENT_UNKNOWN:
		break;
	}
	return err_set(err, "neither a feed, a sitemap nor a page");
}

void
document_explain(struct err *out, const struct document *document)
{
	const char *kind = document->kind ? document->kind : "a document";
	unsigned long long items = document->items;

	if (document->homeless && document->homeless == document->items)
		err_set(out, "%s whose %llu entries have no address%s", kind,
			items, document->cut ? ", and it is cut" : "");
	else if (str_eq(str_from(kind), STR("a page")))
		err_set(out, "a page, of whose links none looks like an "
			"article of its site");
	else
		err_set(out, "%s without entries%s", kind, document->cut ?
			": it is cut" : "");
}

int
document_read(struct document *out, struct str bytes,
	struct str content_type, struct sink *sink, struct err *err)
{
	struct strbuf inflated, decoded;
	int result = 0;

	*out = (struct document){ .items = 0 };
	strbuf_init(&inflated, DOCUMENT_BYTES);
	strbuf_init(&decoded, 2 * (size_t)DOCUMENT_BYTES);
	if (gzip_sniff(bytes)) {
		/* A cut file still has its beginning. */
		gzip_inflate(&inflated, bytes, DOCUMENT_BYTES, err);
		bytes = strbuf_str(&inflated);
	}
	if (bytes.len > DOCUMENT_BYTES)
		result = err_set(err, "more than %d bytes", DOCUMENT_BYTES);
	else
		result = dispatch(out, decode(&decoded, bytes, content_type),
			sink, err);
	strbuf_release(&inflated);
	strbuf_release(&decoded);
	return result;
}
