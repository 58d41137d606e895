/* The names of meta elements: see facts.h. */
#include "cmd/extract/page/facts.h"

#include "common/base/ascii.h"

enum { DATE_NAME_BYTES = 40 };

struct meta_name {
	const char *name;
	enum meta_key key;
};

/* Names and properties in lower case; ':' and '.' are the same in them. */
static const struct meta_name meta_names[] = {
	{ "og:title", META_OG_TITLE },
	{ "twitter:title", META_TWITTER_TITLE },
	{ "title", META_TITLE },
	{ "dc.title", META_TITLE },
	{ "dcterms.title", META_TITLE },
	{ "headline", META_TITLE },
	{ "parsely-title", META_TITLE },
	{ "sailthru.title", META_TITLE },
	{ "cxenseparse:title", META_TITLE },
	{ "citation_title", META_TITLE },
	{ "description", META_DESCRIPTION },
	{ "dc.description", META_DESCRIPTION },
	{ "og:description", META_OG_DESCRIPTION },
	{ "twitter:description", META_OG_DESCRIPTION },
	{ "author", META_AUTHOR },
	{ "authors", META_AUTHOR },
	{ "parsely-author", META_AUTHOR },
	{ "sailthru.author", META_AUTHOR },
	{ "dc.creator", META_AUTHOR },
	{ "dcterms.creator", META_AUTHOR },
	{ "dc.creator.author", META_AUTHOR },
	{ "byl", META_AUTHOR },
	{ "cxenseparse:author", META_AUTHOR },
	{ "citation_author", META_AUTHOR },
	{ "rbauthors", META_AUTHOR },
	{ "shareaholic:article_author_name", META_AUTHOR },
	{ "article:author_name", META_AUTHOR },
	{ "og:author", META_AUTHOR },
	{ "twitter:data1", META_LABELLED },
	{ "twitter:data2", META_LABELLED },
	{ "book:author", META_ARTICLE_AUTHOR },
	{ "article:author", META_ARTICLE_AUTHOR },
	{ "og:article:author", META_ARTICLE_AUTHOR },
	{ "article:published_time", META_PUBLISHED },
	{ "article:published", META_PUBLISHED },
	{ "og:article:published_time", META_PUBLISHED },
	{ "og:published_time", META_PUBLISHED },
	{ "article:post_date", META_PUBLISHED },
	{ "article:create_at", META_DATE },
	{ "article.created", META_DATE },
	{ "date", META_DATE },
	{ "pubdate", META_DATE },
	{ "publishdate", META_DATE },
	{ "publish_date", META_DATE },
	{ "publish-date", META_DATE },
	{ "published_date", META_DATE },
	{ "publication_date", META_DATE },
	{ "published", META_DATE },
	{ "publicationdate", META_DATE },
	{ "pub_date", META_DATE },
	{ "pub-date", META_DATE },
	{ "published_time", META_DATE },
	{ "dc.date", META_DATE },
	{ "dc.date.issued", META_DATE },
	{ "dc.date.created", META_DATE },
	{ "dc.date.published", META_DATE },
	{ "dcterms.created", META_DATE },
	{ "dcterms.date", META_DATE },
	{ "dcterms.issued", META_DATE },
	{ "dcterms.available", META_DATE },
	{ "parsely-pub-date", META_DATE },
	{ "sailthru.date", META_DATE },
	{ "cxenseparse:recs:publishtime", META_DATE },
	{ "cxenseparse:publishtime", META_DATE },
	{ "og:pubdate", META_DATE },
	{ "og:publish_date", META_DATE },
	{ "originalpublicationdate", META_DATE },
	{ "release_date", META_DATE },
	{ "date.release", META_DATE },
	{ "citation_publication_date", META_DATE },
	{ "citation_date", META_DATE },
	{ "citation_online_date", META_DATE },
	{ "displaydate", META_DATE },
	{ "article_date_original", META_DATE },
	{ "created", META_DATE },
	{ "datecreated", META_DATE },
	{ "bt:pubdate", META_DATE },
	{ "analyticsattributes.articledate", META_DATE },
	{ "mediator_published_time", META_DATE },
	{ "article:modified_time", META_MODIFIED },
	{ "article:modified", META_MODIFIED },
	{ "article:updated_time", META_MODIFIED },
	{ "og:article:modified_time", META_MODIFIED },
	{ "datemodified", META_MODIFIED },
	{ "dcterms.modified", META_MODIFIED },
	{ "dc.date.modified", META_MODIFIED },
	{ "og:updated_time", META_UPDATED },
	{ "last-modified", META_UPDATED },
	{ "lastmod", META_UPDATED },
	{ "revised", META_UPDATED },
	{ "lastmodified", META_UPDATED },
	{ "og:site_name", META_SITE_NAME },
	{ "application-name", META_APPLICATION },
	{ "apple-mobile-web-app-title", META_APPLICATION },
	{ "publisher", META_PUBLISHER },
	{ "dc.publisher", META_PUBLISHER },
	{ "copyright", META_NONE },
	{ "og:locale", META_LOCALE },
	{ "content-language", META_LANGUAGE },
	{ "language", META_LANGUAGE },
	{ "dc.language", META_LANGUAGE },
	{ "dcterms.language", META_LANGUAGE },
	{ "og:url", META_OG_URL },
	{ "og:type", META_OG_TYPE },
	{ "refresh", META_REFRESH },
};

static char
folded(char c)
{
	return c == '.' ? ':' : ascii_to_lower(c);
}

/* Whether what follows the first characters is the same. */
static bool
same_name(struct str a, const char *b)
{
	size_t i;

	for (i = 1; i < a.len && b[i]; i++)
		if (folded(a.ptr[i]) != folded(b[i]))
			return false;
	return i == a.len && b[i] == '\0';
}

/* "w-published-date", "ArticlePublishTime": names that are made of these. */
static enum meta_key
date_key(struct str name)
{
	bool when = str_find_nocase(name, STR("date")) >= 0 ||
		str_find_nocase(name, STR("time")) >= 0;

	if (!when || name.len > DATE_NAME_BYTES)
		return META_NONE;
	if (str_find_nocase(name, STR("modif")) >= 0 ||
		str_find_nocase(name, STR("update_")) >= 0 ||
		str_find_nocase(name, STR("updated")) >= 0)
		return META_UPDATED;
	return str_find_nocase(name, STR("publish")) >= 0 ? META_DATE :
		META_NONE;
}

enum meta_key
facts_meta_key(struct str name)
{
	char first;

	name = str_trim(name);
	if (!name.len)
		return META_NONE;
	first = folded(*name.ptr);
	for (size_t i = 0; i < sizeof(meta_names) / sizeof(*meta_names); i++)
		if (meta_names[i].name[0] == first &&
			same_name(name, meta_names[i].name))
			return meta_names[i].key;
	return date_key(name);
}
