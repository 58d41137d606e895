#include "cmd/links/fields.h"

#include "cmd/links/feed.h"
#include "common/base/ascii.h"

/* CORE is RSS of every version, Atom, OPML and sitemaps. */
enum vocabulary { CORE, DC, FEEDBURNER, MEDIA, NEWS, SY, OTHER };

static const struct {
	const char *uri; /* what it begins with */
	enum vocabulary vocabulary;
} namespaces[] = {
	{ "http://purl.org/dc/", DC },
	{ "http://purl.org/rss/1.0/modules/syndication", SY },
	{ "http://purl.org/rss/1.0/modules/", OTHER },
	{ "http://purl.org/rss/1.0", CORE },
	{ "http://www.w3.org/2005/Atom", CORE },
	{ "http://purl.org/atom/ns", CORE },
	{ "http://rssnamespace.org/feedburner", FEEDBURNER },
	{ "http://www.pheedo.com/namespace/pheedo", FEEDBURNER },
	{ "http://search.yahoo.com/mrss", MEDIA },
	{ "http://www.google.com/schemas/sitemap-news", NEWS },
	{ "http://www.google.com/schemas/sitemap-", OTHER },
	{ "http://www.google.com/schemas/sitemap/", CORE },
	{ "http://www.sitemaps.org/schemas/sitemap", CORE },
	{ "http://my.netscape.com/rdf/simple", CORE },
	{ "http://channel.netscape.com/rdf/simple", CORE },
	{ "http://backend.userland.com/rss", CORE },
	{ "http://blogs.law.harvard.edu/tech/rss", CORE },
	{ "http://cyber.law.harvard.edu/rss", CORE },
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns", CORE },
	{ "http://www.w3.org/", OTHER } /* XHTML, SVG, MathML */
};

/* What a prefix means where the feed forgot to declare it. */
static const struct {
	const char *prefix;
	enum vocabulary vocabulary;
} prefixes[] = { { "dc", DC }, { "dcterms", DC },
	{ "feedburner", FEEDBURNER }, { "pheedo", FEEDBURNER },
	{ "media", MEDIA }, { "news", NEWS }, { "n", NEWS }, { "sy", SY },
	{ "atom", CORE }, { "atom10", CORE }, { "a10", CORE },
	{ "rdf", CORE }, { "rss", CORE } };

static const struct field fields[] = {
	{ "category", CORE, FIELD_CATEGORY, 0 },
	{ "content", CORE, FIELD_CONTENT, RANK_CONTENT },
	{ "contributor", CORE, FIELD_SKIP, 0 },
	{ "created", DC, FIELD_DATE, 2 },
	{ "created", CORE, FIELD_DATE, 3 },
	{ "author", CORE, FIELD_SKIP, 0 },
	{ "date", DC, FIELD_DATE, 2 },
	{ "entry", CORE, FIELD_ITEM, 0 },
	{ "guid", CORE, FIELD_ID, RANK_ID },
	{ "id", CORE, FIELD_ID, RANK_ID },
	{ "image", CORE, FIELD_SKIP, 0 },
	{ "issued", CORE, FIELD_DATE, 1 },
	{ "issued", DC, FIELD_DATE, 2 },
	{ "item", CORE, FIELD_ITEM, 0 },
	{ "keywords", NEWS, FIELD_CATEGORY, 0 },
	{ "lastmod", CORE, FIELD_DATE, 5 },
	{ "link", CORE, FIELD_LINK, RANK_LINK },
	{ "loc", CORE, FIELD_LINK, RANK_LINK },
	{ "modified", CORE, FIELD_DATE, 4 },
	{ "modified", DC, FIELD_DATE, 4 },
	{ "origLink", FEEDBURNER, FIELD_LINK, RANK_ORIGINAL },
	{ "outline", CORE, FIELD_OUTLINE, 0 },
	{ "publication_date", NEWS, FIELD_DATE, 1 },
	{ "published", CORE, FIELD_DATE, 1 },
	{ "pubDate", CORE, FIELD_DATE, 1 },
	{ "sitemap", CORE, FIELD_ITEM, FEED_SITEMAP_INDEX },
	{ "source", CORE, FIELD_SKIP, 0 },
	{ "subject", DC, FIELD_CATEGORY, 0 },
	{ "textInput", CORE, FIELD_SKIP, 0 },
	{ "title", CORE, FIELD_TITLE, 1 },
	{ "title", NEWS, FIELD_TITLE, 1 },
	{ "title", DC, FIELD_TITLE, 2 },
	{ "title", MEDIA, FIELD_TITLE, 3 },
	{ "ttl", CORE, FIELD_WISH, WISH_TTL },
	{ "updated", CORE, FIELD_DATE, 4 },
	{ "updateFrequency", SY, FIELD_WISH, WISH_FREQUENCY },
	{ "updatePeriod", SY, FIELD_WISH, WISH_PERIOD },
	{ "url", CORE, FIELD_ITEM, FEED_SITEMAP }
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Of a namespace that is none of these: by the prefix. */
enum { UNKNOWN = -1 };

static int
vocabulary_of_ns(struct field_cache *cache, struct str ns)
{
	if (ns.len && str_eq(ns, (struct str){ cache->ns, cache->len }))
		return cache->vocabulary;
	for (size_t i = 0; ns.len && i < COUNT(namespaces); i++) {
		if (!str_starts_nocase(ns, str_from(namespaces[i].uri)))
			continue;
		if (ns.len <= sizeof(cache->ns)) {
			memcpy(cache->ns, ns.ptr, ns.len);
			cache->len = ns.len;
			cache->vocabulary = (int)namespaces[i].vocabulary;
		}
		return (int)namespaces[i].vocabulary;
	}
	return UNKNOWN;
}

static enum vocabulary
vocabulary_of(struct field_cache *cache, const struct xml_element *e)
{
	int of_ns = vocabulary_of_ns(cache, e->ns);

	if (of_ns != UNKNOWN)
		return (enum vocabulary)of_ns;
	if (!e->prefix.len)
		return CORE;
	for (size_t i = 0; i < COUNT(prefixes); i++)
		if (str_eq_nocase(e->prefix, str_from(prefixes[i].prefix)))
			return prefixes[i].vocabulary;
	return OTHER;
}

const struct field *
field_find(struct field_cache *cache, const struct xml_element *e)
{
	int vocabulary = -1;
	char first = e->name.len ? ascii_to_lower(e->name.ptr[0]) : 0;

	for (size_t i = 0; i < COUNT(fields); i++) {
		if (fields[i].name[0] != first ||
			!str_eq_nocase(e->name, str_from(fields[i].name)))
			continue;
		if (vocabulary < 0)
			vocabulary = (int)vocabulary_of(cache, e);
		if (vocabulary == fields[i].vocabulary)
			return &fields[i];
	}
	return NULL;
}
