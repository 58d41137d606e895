/*
 * A front page links to each article several times: by its picture, its
 * headline, a "read more". The links are gathered by address, in the order in
 * which they first stand there, and keep the longest of their texts.
 */
#include "cmd/links/page.h"

#include "common/base/ascii.h"
#include "common/base/hash.h"
#include "common/text/lexicon.h"
#include "common/web/html.h"
#include "common/web/psl.h"

enum {
	ANCHORS_MAX = 20000,
	SLUG_WORDS = 4,
	NUMBER_DIGITS = 5,
	TEXT_BYTES = 1000
};

struct anchor {
	struct str url;
	struct str text;
};

struct page {
	struct html html;
	struct arena arena;
	struct url base;
	bool has_base;
	struct anchor *anchors;
	uint32_t *table; /* open addressing: index + 1 of an anchor */
	size_t count;
	struct sink *sink;
	struct err *err;
};

enum { TABLE_SIZE = 1 << 16 };

enum { FOLDER = 1 };

#define IN(list) list
#include "cmd/links/folders.inc"
#undef IN

static bool
is_list_folder(struct str part)
{
	return lexicon_find(&folders, part);
}

static size_t
digits_at(struct str s)
{
	size_t n = 0;

	while (n < s.len && ascii_digit(s.ptr[n]))
		n++;
	return n;
}

/* "2026/02/03", "2026/feb/3", "2026-02-03", "20260203" within a path. */
static bool
has_date(struct str path)
{
	for (size_t i = 0; i + 8 <= path.len; i++) {
		struct str s = str_sub(path, i, path.len);
		char separator = s.ptr[4];
		size_t n = digits_at(s);

		if (i > 0 && ascii_digit(path.ptr[i - 1]))
			continue;
		if ((s.ptr[0] != '1' || s.ptr[1] != '9') &&
			(s.ptr[0] != '2' || s.ptr[1] != '0'))
			continue;
		if (n == 8 && s.ptr[4] <= '1' && s.ptr[6] <= '3')
			return true;
		if (n != 4 || (separator != '/' && separator != '-'))
			continue;
		s = str_sub(s, 5, s.len);
		n = digits_at(s);
		if (n == 0 && separator == '/')
			while (n < 3 && n < s.len && ascii_alpha(s.ptr[n]))
				n++;
		if (n < 1 || n > 3 || n >= s.len || s.ptr[n] != separator)
			continue;
		n = digits_at(str_sub(s, n + 1, s.len));
		if (n == 1 || n == 2)
			return true;
	}
	return false;
}

/* A last segment of words joined by hyphens, or with a long number. */
static bool
is_slug(struct str segment)
{
	size_t words = 0, run = 0, longest = 0, letters = 0;

	for (size_t i = 0; i < segment.len; i++) {
		char c = segment.ptr[i];
		bool word = ascii_alnum(c) || (unsigned char)c >= 128 ||
			c == '%';

		words += word && (i == 0 || segment.ptr[i - 1] == '-' ||
			segment.ptr[i - 1] == '_');
		run = ascii_digit(c) ? run + 1 : 0;
		longest = run > longest ? run : longest;
		letters += ascii_alpha(c);
	}
	return (words >= SLUG_WORDS && letters) || longest >= NUMBER_DIGITS;
}

static bool
is_document_name(struct str segment)
{
	static const char *const others[] = { ".jpg", ".jpeg", ".png", ".gif",
		".webp", ".svg", ".pdf", ".mp3", ".mp4", ".zip", ".xml",
		".css", ".js", ".json", ".ico", ".rss" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_ends_nocase(segment, str_from(others[i])))
			return false;
	return true;
}

/*
 * Whether the path of a URL looks like an article's: a date in it, a slug of
 * four words or more, or a number of five digits or more; and none of the
 * folders that hold lists (tag, author, video, ...).
 */
static bool
page_looks_like_article(const struct url *url)
{
	struct str rest = str_sub(url->path, 1, url->path.len), part;
	struct str last = STR("");

	while (str_field(&part, &rest, '/')) {
		if (part.len == 0)
			continue;
		if (is_list_folder(part))
			return false;
		last = part;
	}
	return last.len && is_document_name(last) &&
		(has_date(url->path) || is_slug(last));
}

static void
set_base(struct page *p)
{
	const struct html *h = &p->html;
	uint32_t base = html_find(h, 0, h->count, HTML_BASE);
	struct str href;
	struct url url;

	p->has_base = p->sink->has_base;
	p->base = p->sink->base;
	if (base == HTML_NONE)
		return;
	href = html_attr(h, base, HTML_HREF);
	if (!href.len || url_parse(&url, href, p->has_base ? &p->base : NULL,
				&p->arena, NULL) < 0)
		return;
	p->base = url;
	p->has_base = true;
}

/* The place of the address among the anchors; new ones are appended. */
static struct anchor *
anchor_of(struct page *p, struct str url)
{
	size_t i = hash_str(url) % TABLE_SIZE;

	for (; p->table[i]; i = (i + 1) % TABLE_SIZE)
		if (str_eq(p->anchors[p->table[i] - 1].url, url))
			return &p->anchors[p->table[i] - 1];
	if (p->count == ANCHORS_MAX)
		return NULL;
	p->anchors[p->count] = (struct anchor){ url, STR("") };
	p->table[i] = (uint32_t)++p->count;
	return &p->anchors[p->count - 1];
}

static void
take_anchor(struct page *p, uint32_t node)
{
	struct str href = html_attr(&p->html, node, HTML_HREF);
	struct anchor *anchor;
	struct url url;
	struct str text;

	if (!href.len || href.ptr[0] == '#' ||
		url_parse(&url, str_trim(href), &p->base, &p->arena, NULL) < 0)
		return;
	if (!psl_same_site(url.host, p->base.host) ||
		!page_looks_like_article(&url))
		return;
	if (url.has_fragment)
		url.href.len = (size_t)(url.fragment.ptr - 1 - url.href.ptr);
	anchor = anchor_of(p, url.href);
	text = html_text(&p->html, node, &p->arena);
	if (anchor && text.ptr && text.len > anchor->text.len &&
		text.len <= TEXT_BYTES)
		anchor->text = text;
}

static bool
has_word(struct str list, struct str word)
{
	struct str part;

	while (str_field(&part, &list, ' '))
		if (str_eq_nocase(str_trim(part), word))
			return true;
	return false;
}

static int
take_feed(struct page *p, uint32_t node)
{
	static const char *const types[] = { "application/rss+xml",
		"application/atom+xml", "application/feed+json",
		"application/rdf+xml", "text/xml" };
	struct str rel = html_attr(&p->html, node, HTML_REL);
	struct str type = str_trim(html_attr(&p->html, node, HTML_TYPE));
	struct item item = { .kind = ITEM_FEED,
		.href = html_attr(&p->html, node, HTML_HREF),
		.base = p->has_base ? p->base.href : STR("") };
	bool feed = has_word(rel, STR("feed"));

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		feed |= has_word(rel, STR("alternate")) &&
			str_eq_nocase(type, str_from(types[i]));
	if (!feed || !item.href.len)
		return 0;
	item.title = html_attr_named(&p->html, node, STR("title"));
	return sink_add(p->sink, &item, p->err);
}

static int
give_anchors(struct page *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct item item = { .href = p->anchors[i].url,
			.title = p->anchors[i].text };

		if (sink_add(p->sink, &item, p->err) < 0)
			return -1;
	}
	return 0;
}

static int
walk(struct page *p)
{
	p->anchors = arena_calloc(&p->arena, ANCHORS_MAX,
		sizeof(*p->anchors));
	p->table = arena_calloc(&p->arena, TABLE_SIZE, sizeof(*p->table));
	if (!p->anchors || !p->table)
		return err_set(p->err, "the page is too large");
	set_base(p);
	for (uint32_t i = 0; i < p->html.count; i++) {
		enum html_tag tag = p->html.nodes[i].tag;

		if (tag == HTML_LINK && take_feed(p, i) < 0)
			return -1;
		if (tag == HTML_A && p->has_base)
			take_anchor(p, i);
	}
	return give_anchors(p);
}

int
page_read(size_t *count, struct str text, struct sink *sink,
	struct err *err)
{
	static const struct str keep[] = { STR_INIT("title") };
	const struct html_options options = { .keep = keep, .keep_count = 1,
		.links = true };
	struct page p = { .sink = sink, .err = err };
	int result;

	arena_init(&p.arena, PAGE_ARENA_BYTES);
	result = html_parse(&p.html, text, &options, &p.arena, err);
	if (result == 0)
		result = walk(&p);
	*count = p.count;
	arena_release(&p.arena);
	return result;
}
