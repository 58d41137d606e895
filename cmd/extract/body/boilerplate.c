#include "cmd/extract/body/boilerplate.h"

#include "cmd/extract/body/context.h"
#include "cmd/extract/words/classwords.h"
#include "common/base/ascii.h"

enum {
	ARTICLE_PROSE = 4,
	ARTICLE_CHARS = 800,
	START_PROSE = 5,
	LEAD_MASS = 100
};

static const struct {
	uint32_t list;
	enum boilerplate reason;
} reasons_of_lists[] = {
	{ CLASSWORDS_RELATED, BOILERPLATE_RELATED },
	{ CLASSWORDS_COMMENT, BOILERPLATE_COMMENT },
	{ CLASSWORDS_BYLINE, BOILERPLATE_BYLINE },
	{ CLASSWORDS_CAPTION, BOILERPLATE_CAPTION },
	{ CLASSWORDS_FOOTER, BOILERPLATE_FOOTER },
	{ CLASSWORDS_NAV, BOILERPLATE_NAV },
	{ CLASSWORDS_CONSENT_BOX, BOILERPLATE_CONSENT },
	{ CLASSWORDS_PROMO, BOILERPLATE_PROMO },
	{ CLASSWORDS_AD, BOILERPLATE_AD },
	{ CLASSWORDS_SHARE, BOILERPLATE_SHARE },
};

static enum boilerplate
of_lists(uint32_t lists)
{
	size_t n = sizeof(reasons_of_lists) / sizeof(*reasons_of_lists);

	for (size_t i = 0; lists && i < n; i++)
		if (lists & reasons_of_lists[i].list)
			return reasons_of_lists[i].reason;
	return BOILERPLATE_NONE;
}

/* What the words of a class or id say alone, by the tables. */
static enum boilerplate
boilerplate_of_words(struct str s)
{
	struct classwords_walk walk = { .rest = s };
	bool soft = false, layout = false, soft_found = false;

	while (classwords_next(&walk)) {
		enum boilerplate r = of_lists(walk.lists);

		if (walk.fresh) {
			soft_found |= soft && !layout;
			soft = layout = false;
		}
		if (!r)
			r = of_lists(walk.pair);
		if (r)
			return r;
		soft |= (walk.lists & CLASSWORDS_SOFT) != 0;
		layout |= (walk.lists & CLASSWORDS_LAYOUT) != 0;
	}
	return soft_found || (soft && !layout) ? BOILERPLATE_SOFT :
		BOILERPLATE_NONE;
}

static enum boilerplate
of_tag(const struct html *h, uint32_t i)
{
	switch (h->nodes[i].tag) {
	case HTML_NAV:
	case HTML_MENU:
		return BOILERPLATE_NAV;
	case HTML_ASIDE:
		return BOILERPLATE_ASIDE;
	case HTML_FOOTER:
		return BOILERPLATE_FOOTER;
	case HTML_FORM:
		return BOILERPLATE_FORM;
	case HTML_FIGCAPTION:
		return BOILERPLATE_CAPTION;
	default:
		return BOILERPLATE_NONE;
	}
}

struct named_reason {
	struct str name;
	enum boilerplate reason;
};

static const struct named_reason roles[] = {
	{ STR_INIT("navigation"), BOILERPLATE_NAV },
	{ STR_INIT("banner"), BOILERPLATE_NAV },
	{ STR_INIT("contentinfo"), BOILERPLATE_FOOTER },
	{ STR_INIT("complementary"), BOILERPLATE_ASIDE },
	{ STR_INIT("search"), BOILERPLATE_FORM },
	{ STR_INIT("dialog"), BOILERPLATE_CONSENT },
	{ STR_INIT("alert"), BOILERPLATE_CONSENT },
	{ STR_INIT("toolbar"), BOILERPLATE_NAV },
	{ STR_INIT("tablist"), BOILERPLATE_NAV },
};

static const struct named_reason itemprops[] = {
	{ STR_INIT("author"), BOILERPLATE_BYLINE },
	{ STR_INIT("datePublished"), BOILERPLATE_BYLINE },
	{ STR_INIT("dateModified"), BOILERPLATE_BYLINE },
	{ STR_INIT("publisher"), BOILERPLATE_BYLINE },
	{ STR_INIT("caption"), BOILERPLATE_CAPTION },
	{ STR_INIT("keywords"), BOILERPLATE_FOOTER },
};

static enum boilerplate
named(const struct named_reason *list, size_t count, struct str name)
{
	for (size_t i = 0; name.len && i < count; i++)
		if (str_eq(list[i].name, name))
			return list[i].reason;
	return BOILERPLATE_NONE;
}

#define NAMED(list, name) named(list, sizeof(list) / sizeof(*(list)), name)

static enum boilerplate
of_structure(const struct html *h, uint32_t i)
{
	enum boilerplate r = of_tag(h, i);

	if (!r && h->nodes[i].attrs_count)
		r = NAMED(roles, html_attr(h, i, HTML_ROLE));
	if (!r && h->nodes[i].attrs_count)
		r = NAMED(itemprops, html_attr(h, i, HTML_ITEMPROP));
	return r;
}

/*
 * Whether an id was made of a heading's text, for links to it: it tells what
 * the text is about, not what the element is.
 */
static bool
is_address(const struct html *h, uint32_t i, struct str id)
{
	enum html_tag tag = h->nodes[i].tag;
	size_t hyphens = 0;

	if (tag >= HTML_H1 && tag <= HTML_H6)
		return true;
	for (size_t k = 0; k < id.len; k++)
		hyphens += id.ptr[k] == '-';
	return hyphens >= 4;
}

static enum boilerplate
of_names(const struct html *h, uint32_t i)
{
	const struct html_attr *a = h->attrs + h->nodes[i].attrs;
	enum boilerplate soft = BOILERPLATE_NONE, r;

	if (h->nodes[i].tag == HTML_BODY || h->nodes[i].tag == HTML_HTML)
		return BOILERPLATE_NONE;
	for (uint32_t k = 0; k < h->nodes[i].attrs_count; k++) {
		if (a[k].name != HTML_CLASS && a[k].name != HTML_ID &&
			a[k].name != HTML_DATA_TESTID &&
			a[k].name != HTML_DATA_COMPONENT)
			continue;
		if (a[k].name == HTML_ID && is_address(h, i, a[k].value))
			continue;
		r = boilerplate_of_words(a[k].value);
		if (!r && a[k].name == HTML_CLASS &&
			context_hides(a[k].value) && !context_unfolds(h, i))
			r = BOILERPLATE_HIDDEN;
		if (r && r != BOILERPLATE_SOFT)
			return r;
		if (r)
			soft = r;
	}
	return soft;
}

/* Sums of mass: sums[i] is that of the passages before i. */
static float *
mass_sums(const struct passages *ps, struct arena *arena)
{
	float *sums = arena_alloc(arena, (ps->count + 1) * sizeof(*sums));

	if (!sums)
		return NULL;
	sums[0] = 0;
	for (uint32_t i = 0; i < ps->count; i++)
		sums[i + 1] = sums[i] + ps->items[i].mass;
	return sums;
}

/* Boxes of consent managers, whatever they weigh. */
static bool
is_vendor(const struct html *h, uint32_t i)
{
	static const struct str names[] = { STR_INIT("onetrust"),
		STR_INIT("didomi"), STR_INIT("usercentrics"),
		STR_INIT("qc-cmp"), STR_INIT("cybot"), STR_INIT("truste") };
	struct str id = html_attr(h, i, HTML_ID);

	for (size_t k = 0; id.len && k < sizeof(names) / sizeof(*names); k++)
		if (str_starts_nocase(id, names[k]))
			return true;
	return false;
}

/*
 * Whether the element holds the headline, or the first paragraphs below it: no
 * name makes something else of it, however small a part of the page it is.
 */
static bool
holds_start(const struct passages *ps, uint32_t i, uint32_t heading,
	uint32_t lead)
{
	uint32_t prose = 0;

	if (ps->from[i] <= heading && heading < ps->to[i])
		return true;
	if (ps->from[i] > lead || lead >= ps->to[i])
		return false;
	for (uint32_t k = lead; k < ps->to[i] && prose < START_PROSE; k++)
		prose += ps->items[k].mass > 0 &&
			ps->items[k].flags & PASSAGE_SENTENCE;
	return prose == START_PROSE;
}

/* The first paragraph below the headline, or HTML_NONE. */
static uint32_t
lead_below(const struct passages *ps, uint32_t heading)
{
	for (uint32_t i = heading; i < ps->count; i++)
		if (ps->items[i].mass >= LEAD_MASS &&
			ps->items[i].flags & PASSAGE_SENTENCE &&
			ps->items[i].flags & PASSAGE_PARAGRAPH)
			return i;
	return HTML_NONE;
}

/* The reason of each element, with what its parent hands down. */
static void
mark_elements(unsigned char *reasons, unsigned char *suspects,
	const struct passages *ps, const float *sums, uint32_t heading,
	bool with_soft)
{
	const struct html *h = ps->html;
	float all = sums[ps->count];
	uint32_t lead = lead_below(ps, heading);

	for (uint32_t i = 0; i < h->count; i++) {
		uint32_t parent = h->nodes[i].parent;
		float share, above; /* mass of it, mass above it */
		enum boilerplate r;

		reasons[i] = parent == HTML_NONE ? 0 : reasons[parent];
		if (reasons[i] || h->nodes[i].tag == HTML_TEXT ||
			ps->from[i] == ps->to[i] ||
			holds_start(ps, i, heading, lead))
			continue;
		if (is_vendor(h, i)) {
			reasons[i] = BOILERPLATE_CONSENT;
			continue;
		}
		share = all > 0 ?
			(sums[ps->to[i]] - sums[ps->from[i]]) / all : 0;
		above = sums[ps->from[i]];
		r = of_structure(h, i);
		/* A short article's sidebar is large, and named one as well. */
		if (r && (share <= 0.5f || (share <= 0.75f &&
				of_names(h, i) && above >= 0.2f * all))) {
			reasons[i] = (unsigned char)r;
			continue;
		}
		suspects[i] = (unsigned char)r;
		if (!h->nodes[i].attrs_count)
			continue;
		r = of_names(h, i);
		if (r)
			suspects[i] = (unsigned char)r;
		/* Comments may be long, but something stands above them. */
		if (share > 0.6f || (share > 0.35f &&
				(r != BOILERPLATE_COMMENT ||
				above < 0.2f * all)))
			continue;
		if (r != BOILERPLATE_SOFT || with_soft)
			reasons[i] = (unsigned char)r;
	}
}

static float
flagged_mass(const unsigned char *reasons, const struct passages *ps,
	enum boilerplate only)
{
	float sum = 0;

	for (uint32_t i = 0; i < ps->count; i++) {
		unsigned char r = reasons[ps->items[i].node];

		if (r && (!only || r == only))
			sum += ps->items[i].mass;
	}
	return sum;
}

static bool
is_certain(unsigned char r)
{
	return r == BOILERPLATE_HIDDEN || r == BOILERPLATE_COMMENT ||
		r == BOILERPLATE_FOOTER || r == BOILERPLATE_NAV ||
		r == BOILERPLATE_CONSENT || r == BOILERPLATE_CAPTION ||
		r == BOILERPLATE_RELATED;
}

/*
 * Whether enough of an article is left below the headline without what has a
 * reason: then the reasons are right, however much they take.
 */
static bool
leaves_article(const unsigned char *reasons, const struct passages *ps,
	uint32_t heading)
{
	uint32_t prose = 0;
	float chars = 0;

	for (uint32_t i = heading; i < ps->count; i++) {
		const struct passage *p = &ps->items[i];

		if (p->mass > 0 && !reasons[p->node]) {
			prose++;
			chars += p->mass;
		}
	}
	return prose >= ARTICLE_PROSE && chars >= ARTICLE_CHARS;
}

int
boilerplate_mark(struct passages *ps, const struct page *page,
	uint32_t heading, unsigned char **suspects)
{
	unsigned char *reasons = arena_calloc(page->arena, page->html.count,
		1);
	float *sums = mass_sums(ps, page->arena);
	float all, flagged;
	bool left;

	*suspects = arena_calloc(page->arena, page->html.count, 1);
	if (!reasons || !sums || !*suspects)
		return -1;
	all = sums[ps->count];
	mark_elements(reasons, *suspects, ps, sums, heading, true);
	if (flagged_mass(reasons, ps, BOILERPLATE_SOFT) > 0.4f * all)
		mark_elements(reasons, *suspects, ps, sums, heading, false);
	flagged = flagged_mass(reasons, ps, BOILERPLATE_NONE);
	left = leaves_article(reasons, ps, heading);
	for (uint32_t i = 0; i < ps->count; i++) {
		struct passage *p = &ps->items[i];
		unsigned char r = reasons[p->node];

		if (p->flags & (PASSAGE_EMBED | PASSAGE_FOREIGN) ||
			(p->flags & PASSAGE_PRE && !is_certain(r)))
			continue;
		p->reason = flagged <= 0.65f * all || left || is_certain(r) ?
			r : BOILERPLATE_NONE;
	}
	return 0;
}
