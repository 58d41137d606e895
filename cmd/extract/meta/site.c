#include "cmd/extract/meta/site.h"

#include "cmd/extract/meta/title.h"
#include "cmd/extract/words/wordhash.h"
#include "common/web/psl.h"
#include "common/web/url.h"

/* The end of the title that is the site's name: it looks like the host. */
static struct str
title_suffix(const struct facts *f, struct str host)
{
	struct str name = psl_registrable(host), label, cleaned, rest = name;

	str_field(&label, &rest, '.');
	cleaned = title_clean(f->title, &label, 1);
	if (cleaned.len == 0 || cleaned.len + 4 >= f->title.len ||
		cleaned.ptr != f->title.ptr)
		return STR("");
	rest = str_sub(f->title, cleaned.len, f->title.len);
	while (rest.len > 0 && wordhash_count(str_sub(rest, 0, 1)) == 0 &&
		(unsigned char)*rest.ptr < 0x80)
		rest = str_sub(rest, 1, rest.len);
	return wordhash_count(rest) <= 4 ? str_trim(rest) : STR("");
}

struct str
site_find(const struct facts *f)
{
	struct str names[] = { facts_meta(f, META_SITE_NAME, 0),
		f->ld.publisher, facts_meta(f, META_APPLICATION, 0) };
	struct url url;
	struct str suffix;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].len > 0 && str_find(names[i], STR("://")) < 0)
			return names[i];
	if (url_parse(&url, f->page->url, NULL, f->page->arena, NULL) < 0)
		return STR("");
	suffix = title_suffix(f, url.host);
	if (suffix.len > 0)
		return suffix;
	return str_starts(url.host, STR("www.")) ?
		str_sub(url.host, 4, url.host.len) : url.host;
}

static bool
is_bare(const struct url *u)
{
	return u->path.len <= 1 && u->query.len == 0;
}

/* The address if the page may have it, made absolute. */
static struct str
acceptable(const struct facts *f, struct str said, const struct url *own)
{
	struct url base, u;
	struct arena *a = f->page->arena;

	if (said.len == 0)
		return STR("");
	base = *own;
	if (f->base.len > 0 && url_parse(&base, f->base, own, a, NULL) < 0)
		base = *own;
	if (url_parse(&u, said, &base, a, NULL) < 0 ||
		!psl_same_site(u.host, own->host) ||
		(is_bare(&u) && !is_bare(own)))
		return STR("");
	return str_sub(u.href, 0, u.has_fragment ?
		u.href.len - u.fragment.len - 1 : u.href.len);
}

struct str
site_canonical(const struct facts *f)
{
	struct str said[] = { f->canonical, facts_meta(f, META_OG_URL, 0),
		f->ld.url }, found;
	struct url own;

	if (url_parse(&own, f->page->url, NULL, f->page->arena, NULL) < 0)
		return STR("");
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		found = acceptable(f, said[i], &own);
		if (found.len > 0)
			return found;
	}
	return STR("");
}
