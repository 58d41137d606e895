#include "cmd/extract/body/boilerplate.h"

#include <pthread.h>
#include <string.h>

#include "cmd/extract/body/context.h"
#include "common/base/ascii.h"

/*
 * The tables hold whole words: class and id are split at non-letters and at
 * changes of case, so that "shared", "authority" and "headline" are safe.
 */
static const struct {
	enum boilerplate reason;
	const char *words;
} hard_words[] = {
	{ BOILERPLATE_RELATED,
		"related recommended recommendation recommendations "
		"recirculation recirc taboola outbrain zergnet revcontent "
		"mgid nativo readmore mostread mostpopular morefrom "
		"relatedposts relatedarticles relatedlinks readnext upnext" },
	{ BOILERPLATE_COMMENT, "comment comments commentlist disqus respond "
		"commentform livefyre coral discussion kommentar "
		"kommentare kommentarmodul commentaires comentarios "
		"reacties" },
	{ BOILERPLATE_BYLINE, "byline author authors bio timestamp dateline "
		"pubdate kicker eyebrow authorbox" },
	{ BOILERPLATE_CAPTION, "caption credit credits figcaption imagecaption "
		"photocredit" },
	{ BOILERPLATE_FOOTER, "footer copyright syndication colophon" },
	{ BOILERPLATE_NAV, "breadcrumb breadcrumbs pagination pager navbar "
		"skiplink" },
	{ BOILERPLATE_CONSENT, "onetrust didomi consent gdpr" },
	{ BOILERPLATE_PROMO,
		"newsletter newsletters subscribe subscription signup "
		"paywall donate donation poll survey regwall buybox "
		"appstores paidbox cta ctas disclaimer disclaimers" },
	{ BOILERPLATE_AD, "sponsored advertisement advertorial advert adslot "
		"dfp" },
	{ BOILERPLATE_SHARE, "addtoany sharedaddy sharethis addthis sharebar "
		"sharing shareblock sharebox" },
};

static const char soft_words[] =
	"sidebar widget widgets ad ads menu nav rail premium tags topics meta "
	"gallery slideshow carousel teaser teasers toolbar popular trending "
	"share social privacy promo overlay modal follow partner register "
	"cookie cookies banner infobox factbox popup tooltip popover rollover "
	"login tag contactbox categories";

static const struct {
	enum boilerplate reason;
	const char *first, *second;
} pairs[] = {
	{ BOILERPLATE_RELATED, "read", "more" },
	{ BOILERPLATE_RELATED, "see", "also" },
	{ BOILERPLATE_RELATED, "also", "read" },
	{ BOILERPLATE_RELATED, "most", "read" },
	{ BOILERPLATE_RELATED, "more", "from" },
	{ BOILERPLATE_RELATED, "more", "stories" },
	{ BOILERPLATE_RELATED, "more", "articles" },
	{ BOILERPLATE_RELATED, "top", "stories" },
	{ BOILERPLATE_RELATED, "latest", "news" },
	{ BOILERPLATE_RELATED, "up", "next" },
	{ BOILERPLATE_RELATED, "read", "next" },
	{ BOILERPLATE_RELATED, "lee", "tambien" },
	{ BOILERPLATE_RELATED, "leer", "mas" },
	{ BOILERPLATE_RELATED, "lees", "ook" },
	{ BOILERPLATE_RELATED, "lire", "aussi" },
	{ BOILERPLATE_RELATED, "leia", "mais" },
	{ BOILERPLATE_RELATED, "prev", "next" },
	{ BOILERPLATE_RELATED, "link", "list" },
	{ BOILERPLATE_RELATED, "story", "list" },
	{ BOILERPLATE_BYLINE, "author", "box" },
	{ BOILERPLATE_BYLINE, "author", "bio" },
	{ BOILERPLATE_BYLINE, "author", "info" },
	{ BOILERPLATE_BYLINE, "author", "card" },
	{ BOILERPLATE_BYLINE, "article", "meta" },
	{ BOILERPLATE_BYLINE, "article", "date" },
	{ BOILERPLATE_BYLINE, "article", "author" },
	{ BOILERPLATE_BYLINE, "post", "meta" },
	{ BOILERPLATE_BYLINE, "post", "date" },
	{ BOILERPLATE_BYLINE, "post", "author" },
	{ BOILERPLATE_BYLINE, "entry", "meta" },
	{ BOILERPLATE_BYLINE, "entry", "date" },
	{ BOILERPLATE_BYLINE, "entry", "author" },
	{ BOILERPLATE_BYLINE, "publish", "date" },
	{ BOILERPLATE_BYLINE, "published", "date" },
	{ BOILERPLATE_FOOTER, "article", "tags" },
	{ BOILERPLATE_FOOTER, "article", "footer" },
	{ BOILERPLATE_FOOTER, "post", "tags" },
	{ BOILERPLATE_FOOTER, "post", "footer" },
	{ BOILERPLATE_FOOTER, "entry", "tags" },
	{ BOILERPLATE_FOOTER, "entry", "footer" },
	{ BOILERPLATE_FOOTER, "cat", "links" },
	{ BOILERPLATE_FOOTER, "tags", "links" },
	{ BOILERPLATE_NAV, "sr", "only" },
	{ BOILERPLATE_NAV, "screen", "reader" },
	{ BOILERPLATE_NAV, "visually", "hidden" },
	{ BOILERPLATE_PROMO, "sign", "up" },
	{ BOILERPLATE_CAPTION, "photo", "credit" },
	{ BOILERPLATE_CAPTION, "image", "caption" },
	{ BOILERPLATE_CAPTION, "image", "credit" },
};

/* Words beside which a soft word speaks of layout. */
static const char layout_words[] =
	"grid layout has with without no content article body main page text "
	"story post entry";

enum { TABLE_SIZE = 1024, WORD_SOFT = 64, WORD_LAYOUT = 128 };

struct word {
	char bytes[24];
	unsigned char len;
	unsigned char reason; /* a hard word's */
	unsigned char flags;
	unsigned char pair_first, pair_second;
};

static struct word table[TABLE_SIZE];
static pthread_once_t table_made = PTHREAD_ONCE_INIT;

static uint32_t
hash(const char *bytes, size_t len)
{
	uint32_t h = 0x811c9dc5u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * 0x01000193u;
	return h ^ h >> 15;
}

static struct word *
slot(const char *bytes, size_t len)
{
	uint32_t i = hash(bytes, len) % TABLE_SIZE;

	while (table[i].len && (table[i].len != len ||
				       memcmp(table[i].bytes, bytes, len) != 0))
		i = (i + 1) % TABLE_SIZE;
	return &table[i];
}

static struct word *
add_word(struct str s)
{
	struct word *w = slot(s.ptr, s.len);

	if (!w->len) {
		memcpy(w->bytes, s.ptr, s.len);
		w->len = (unsigned char)s.len;
	}
	return w;
}

static void
make_table(void)
{
	struct str list, one;

	for (size_t i = 0; i < sizeof(hard_words) / sizeof(*hard_words); i++) {
		list = str_from(hard_words[i].words);
		while (str_field(&one, &list, ' '))
			add_word(one)->reason =
				(unsigned char)hard_words[i].reason;
	}
	list = STR(soft_words);
	while (str_field(&one, &list, ' '))
		add_word(one)->flags |= WORD_SOFT;
	list = STR(layout_words);
	while (str_field(&one, &list, ' '))
		add_word(one)->flags |= WORD_LAYOUT;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		add_word(str_from(pairs[i].first))->pair_first = 1;
		add_word(str_from(pairs[i].second))->pair_second = 1;
	}
}

/* The next word of *s in lower case; 0 at the end of a class. */
static size_t
next_word(char out[24], struct str *s, bool *new_token)
{
	size_t n = 0;
	bool lower = false;

	*new_token = false;
	while (s->len && !ascii_alpha(*s->ptr)) {
		*new_token |= ascii_space(*s->ptr);
		s->ptr++;
		s->len--;
	}
	while (s->len && ascii_alpha(*s->ptr)) {
		if (lower && ascii_upper(*s->ptr))
			break;
		lower = ascii_lower(*s->ptr);
		if (n < 24)
			out[n] = ascii_to_lower(*s->ptr);
		n++;
		s->ptr++;
		s->len--;
	}
	return n;
}

static enum boilerplate
pair_reason(const struct word *a, const struct word *b)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (str_eq((struct str){ a->bytes, a->len },
			    str_from(pairs[i].first)) &&
			str_eq((struct str){ b->bytes, b->len },
				str_from(pairs[i].second)))
			return pairs[i].reason;
	return BOILERPLATE_NONE;
}

enum boilerplate
boilerplate_of_words(struct str s)
{
	const struct word *before = NULL;
	bool soft = false, layout = false, soft_found = false, fresh;
	char bytes[24];
	size_t len;

	pthread_once(&table_made, make_table);
	while ((len = next_word(bytes, &s, &fresh)) > 0) {
		const struct word *w;

		if (fresh) {
			soft_found |= soft && !layout;
			soft = layout = false;
			before = NULL;
		}
		w = len < 24 ? slot(bytes, len) : NULL;
		if (!w || !w->len) {
			before = NULL;
			continue;
		}
		if (w->reason)
			return (enum boilerplate)w->reason;
		soft |= w->flags & WORD_SOFT;
		layout |= w->flags & WORD_LAYOUT;
		if (before && before->pair_first && w->pair_second) {
			enum boilerplate r = pair_reason(before, w);

			if (r)
				return r;
		}
		before = w;
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

/* The reason of each element, with what its parent hands down. */
static void
mark_elements(unsigned char *reasons, const struct passages *ps,
	const float *sums, bool with_soft)
{
	const struct html *h = ps->html;
	float all = sums[ps->count];

	for (uint32_t i = 0; i < h->count; i++) {
		uint32_t parent = h->nodes[i].parent;
		float share, above; /* mass of it, mass above it */
		enum boilerplate r;

		reasons[i] = parent == HTML_NONE ? 0 : reasons[parent];
		if (reasons[i] || h->nodes[i].tag == HTML_TEXT ||
			ps->from[i] == ps->to[i])
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
		if (share > 0.6f || !h->nodes[i].attrs_count)
			continue;
		r = of_names(h, i);
		/* Comments may be long, but something stands above them. */
		if (share > 0.35f && (r != BOILERPLATE_COMMENT ||
				above < 0.2f * all))
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

int
boilerplate_mark(struct passages *ps, const struct page *page)
{
	unsigned char *reasons = arena_calloc(page->arena, page->html.count,
		1);
	float *sums = mass_sums(ps, page->arena);
	float all, flagged;

	if (!reasons || !sums)
		return -1;
	all = sums[ps->count];
	mark_elements(reasons, ps, sums, true);
	if (flagged_mass(reasons, ps, BOILERPLATE_SOFT) > 0.4f * all)
		mark_elements(reasons, ps, sums, false);
	flagged = flagged_mass(reasons, ps, BOILERPLATE_NONE);
	for (uint32_t i = 0; i < ps->count; i++) {
		struct passage *p = &ps->items[i];
		unsigned char r = reasons[p->node];

		if (p->flags & PASSAGE_EMBED)
			continue;
		if (flagged <= 0.65f * all || is_certain(r))
			p->reason = r;
	}
	return 0;
}
