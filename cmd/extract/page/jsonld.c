/*
 * All scripts are parsed, every object in them that has a type is noted (at
 * most JSONLD_NODES), then the one that is most about this page's article is
 * read; what it lacks is taken from the others of the page where that cannot
 * be another article's.
 */
#include "cmd/extract/page/jsonld.h"

#include <string.h>

#include "cmd/extract/page/jsonldparse.h"
#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/web/json.h"

enum {
	SCRIPTS = 64,
	SAME_TITLE_PERCENT = 70,
	FITTING = 50 /* of a node's fitness: address or title are the page's */
};

struct graph {
	const struct json *nodes[JSONLD_NODES];
	size_t count;
	struct json *docs[SCRIPTS];
	size_t docs_count;
	struct arena *arena;
};

static const char *const news_types[] = { "NewsArticle",
	"AnalysisNewsArticle", "AskPublicNewsArticle",
	"BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle",
	"ReviewNewsArticle", "ReportedNewsArticle", "BlogPosting",
	"LiveBlogPosting", "SatiricalArticle", NULL };
static const char *const article_types[] = { "Article", "Report", "Review",
	"ScholarlyArticle", "TechArticle", "MedicalScholarlyArticle",
	"AdvertiserContentArticle", "SocialMediaPosting", "Recipe", "Blog",
	"CreativeWork", "DiscussionForumPosting", "HowTo", "Podcast",
	"PodcastEpisode", NULL };
static const char *const page_types[] = { "WebPage", "ItemPage",
	"VideoObject", "AboutPage", "QAPage", "Product", "Event", "Book",
	"ImageGallery", "MediaGallery", "NewsMediaOrganization", NULL };
static const char *const listing_types[] = { "CollectionPage",
	"SearchResultsPage", "ProfilePage", NULL };

/* Members whose articles this one mentions, or that stand beside it, or that
 * are the posts of a live blog. */
static const char *const other_articles[] = { "isPartOf", "mentions",
	"hasPart", "citation", "comment", "isBasedOn", "liveBlogUpdate",
	"blogPost", "itemListElement", NULL };

static bool
is_in(const char *const *list, struct str name)
{
	for (; *list; list++)
		if (str_eq(name, str_from(*list)))
			return true;
	return false;
}

/* "http://schema.org/NewsArticle" and "schema:NewsArticle" are NewsArticle. */
static struct str
bare_type(struct str type)
{
	for (size_t i = type.len; i > 0; i--)
		if (type.ptr[i - 1] == '/' || type.ptr[i - 1] == ':')
			return str_sub(type, i, type.len);
	return str_trim(type);
}

static enum jsonld_rank
rank_of_type(struct str type)
{
	if (is_in(news_types, type))
		return JSONLD_NEWS;
	if (is_in(article_types, type))
		return JSONLD_ARTICLE;
	return is_in(page_types, type) ? JSONLD_PAGE : JSONLD_NOTHING;
}

/* The i-th of a value that may be a list or stand alone. */
static const struct json *
nth(const struct json *v, size_t i)
{
	if (json_kind(v) == JSON_ARRAY)
		return json_item(v, i);
	return i == 0 ? v : NULL;
}

static size_t
length(const struct json *v)
{
	return json_kind(v) == JSON_ARRAY ? json_count(v) :
		json_kind(v) != JSON_NULL;
}

/* The best of an object's types. */
static enum jsonld_rank
rank_of(const struct json *node, struct str *type)
{
	const struct json *types = json_member(node, "@type");
	enum jsonld_rank best = JSONLD_NOTHING, rank;
	struct str name;

	*type = STR("");
	for (size_t i = 0; i < length(types); i++) {
		name = bare_type(json_text(nth(types, i)));
		rank = rank_of_type(name);
		if (i == 0 || rank > best) {
			*type = name;
			best = rank;
		}
	}
	return best;
}

static void collect(struct graph *g, const struct json *v, int depth);

static int
collect_member(void *context, struct str key, const struct json *v)
{
	struct graph *g = context;

	if (is_in(other_articles, key))
		return 0;
	if (json_kind(v) == JSON_OBJECT || json_kind(v) == JSON_ARRAY)
		collect(g, v, JSONLD_DEPTH / 2);
	return 0;
}

static void
collect(struct graph *g, const struct json *v, int depth)
{
	if (depth > JSONLD_DEPTH)
		return;
	if (json_kind(v) == JSON_ARRAY) {
		for (size_t i = 0; i < json_count(v) && i < JSONLD_NODES; i++)
			collect(g, json_item(v, i), depth + 1);
		return;
	}
	if (json_kind(v) != JSON_OBJECT || g->count >= JSONLD_NODES)
		return;
	g->nodes[g->count++] = v;
	if (depth < JSONLD_DEPTH / 2)
		json_each(v, collect_member, g);
}

static struct str
text(const struct graph *g, const struct json *v)
{
	v = nth(v, 0);
	if (json_kind(v) == JSON_OBJECT)
		v = json_member(
			v, json_member(v, "@value") ? "@value" : "name");
	return plain_text(json_text(nth(v, 0)), g->arena);
}

static struct str
member_text(const struct graph *g, const struct json *node, const char *key)
{
	return text(g, json_member(node, key));
}

/* The node with this @id that says more than its @id. */
static const struct json *
resolve(const struct graph *g, const struct json *v)
{
	struct str id = json_text(json_member(v, "@id"));

	if (id.len == 0 || json_member(v, "name"))
		return v;
	for (size_t i = 0; i < g->count; i++)
		if (json_member(g->nodes[i], "name") && str_eq(id,
			json_text(json_member(g->nodes[i], "@id"))))
			return g->nodes[i];
	return v;
}

static bool
is_person(const struct json *v)
{
	const struct json *types = json_member(v, "@type");

	for (size_t i = 0; i < length(types); i++)
		if (str_eq(bare_type(json_text(nth(types, i))), STR("Person")))
			return true;
	return false;
}

static bool
is_listed(const struct strlist *list, struct str name)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq_nocase(list->items[i], name))
			return true;
	return false;
}

static void
add_author(struct jsonld *ld, struct str name)
{
	if (name.len == 0 || ld->authors.count >= JSONLD_AUTHORS ||
		is_listed(&ld->authors, name))
		return;
	ld->authors.items[ld->authors.count++] = name;
}

/* The names of an author: a string, an object, or an object with several. */
static void
add_names(struct jsonld *ld, const struct graph *g, const struct json *author)
{
	const struct json *name = author;
	struct str first, last;

	if (json_kind(author) == JSON_OBJECT) {
		name = json_member(author, "name");
		first = member_text(g, author, "givenName");
		last = member_text(g, author, "familyName");
		if (!name && first.len > 0 && last.len > 0) {
			struct strbuf b;

			strbuf_init(&b, 1000);
			strbuf_addf(&b, "%.*s %.*s", STR_ARGS(first),
				STR_ARGS(last));
			add_author(ld, arena_dup(g->arena, strbuf_str(&b)));
			strbuf_release(&b);
			return;
		}
	}
	for (size_t i = 0; i < length(name) && i < JSONLD_AUTHORS; i++)
		add_author(ld, text(g, nth(name, i)));
}

/* Persons when there are any, else whoever is named. */
static void
read_authors(struct jsonld *ld, const struct graph *g,
	const struct json *authors)
{
	size_t n = length(authors);
	const struct json *v;

	if (n > JSONLD_AUTHORS)
		n = JSONLD_AUTHORS;
	for (size_t i = 0; i < n; i++)
		ld->people |= is_person(resolve(g, nth(authors, i)));
	for (size_t i = 0; i < n; i++) {
		v = resolve(g, nth(authors, i));
		if (!ld->people || is_person(v) || json_kind(v) == JSON_STRING)
			add_names(ld, g, v);
	}
}

/* Whether the node names the page's address as its own. */
static bool
is_at(const struct json *node, struct str url)
{
	static const char *const keys[] = { "url", "@id", "mainEntityOfPage" };

	if (url.len == 0)
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct json *v = json_member(node, keys[i]);
		struct str s;
		ptrdiff_t fragment;

		if (json_kind(v) == JSON_OBJECT)
			v = json_member(v, "@id");
		s = json_text(v);
		fragment = str_find_byte(s, '#');
		if (fragment > 0)
			s = str_sub(s, 0, (size_t)fragment);
		if (s.len > 0 && str_eq(s, url))
			return true;
	}
	return false;
}

/* How well a node fits: rank first, then address, title, fullness. */
static int
fitness(const struct graph *g, const struct json *node,
	const struct jsonld_hints *hints)
{
	struct str type, headline;
	enum jsonld_rank rank = rank_of(node, &type);
	int score = (int)rank * 100;
	struct wordhashes a, b;

	if (rank == JSONLD_NOTHING)
		return 0;
	headline = member_text(g, node, "headline");
	if (rank == JSONLD_PAGE && headline.len == 0 &&
		!json_member(node, "datePublished") &&
		!json_member(node, "author"))
		return 1;
	if (is_at(node, hints->canonical) || is_at(node, hints->url))
		score += 60;
	wordhash_read(&a, headline);
	wordhash_read(&b, hints->title);
	if (wordhash_share(&a, &b) * 100 >= SAME_TITLE_PERCENT)
		score += 50;
	score += headline.len > 0 ? 10 : 0;
	score += json_member(node, "datePublished") ? 10 : 0;
	score += json_member(node, "author") ? 5 : 0;
	score += json_member(node, "articleBody") ? 3 : 0;
	return score;
}

static void
fill(struct str *field, const struct graph *g, const struct json *node,
	const char *key)
{
	if (field->len == 0)
		*field = member_text(g, node, key);
}

static void
read_node(struct jsonld *ld, const struct graph *g, const struct json *node)
{
	const struct json *free = json_member(node, "isAccessibleForFree");
	const struct json *body = json_member(node, "articleBody");
	const struct json *authors = json_member(node, "author");

	fill(&ld->headline, g, node, "headline");
	fill(&ld->description, g, node, "description");
	fill(&ld->published, g, node, "datePublished");
	fill(&ld->modified, g, node, "dateModified");
	fill(&ld->lang, g, node, "inLanguage");
	fill(&ld->url, g, node, "url");
	if (ld->publisher.len == 0)
		ld->publisher = text(g,
			resolve(g, nth(json_member(node, "publisher"), 0)));
	if (ld->authors.count == 0)
		read_authors(ld, g, authors);
	if (ld->authors.count == 0)
		read_authors(ld, g, json_member(node, "creator"));
	if (ld->body.len == 0)
		ld->body = plain_lines(json_text(nth(body, 0)), g->arena);
	ld->paid |= (json_kind(free) == JSON_BOOL && !json_true(free)) ||
		str_eq_nocase(json_text(free), STR("false"));
}

static bool
is_listing(const struct json *node)
{
	const struct json *types = json_member(node, "@type");

	for (size_t i = 0; i < length(types); i++)
		if (is_in(listing_types, bare_type(json_text(nth(types, i)))))
			return true;
	return false;
}

/*
 * Whether another article has another headline: of several of which none is
 * told to be the page's, none is.
 */
static bool
has_rival(const struct graph *g, const struct json *best)
{
	struct str own = member_text(g, best, "headline"), other, type;

	for (size_t i = 0; i < g->count; i++) {
		if (g->nodes[i] == best ||
			rank_of(g->nodes[i], &type) < JSONLD_ARTICLE)
			continue;
		other = member_text(g, g->nodes[i], "headline");
		if (other.len > 0 && !wordhash_same(own, other))
			return true;
	}
	return false;
}

static void
choose(struct jsonld *out, const struct graph *g,
	const struct jsonld_hints *hints)
{
	const struct json *best = NULL;
	int most = 0, score;

	for (size_t i = 0; i < g->count; i++) {
		out->listing |= is_listing(g->nodes[i]);
		score = fitness(g, g->nodes[i], hints);
		if (score > most) {
			most = score;
			best = g->nodes[i];
		}
	}
	if (!best || (most % 100 < FITTING && has_rival(g, best)))
		return;
	out->rank = rank_of(best, &out->type);
	out->type = arena_dup(g->arena, out->type);
	read_node(out, g, best);
	/* The page's own node completes it, another article's does not. */
	for (size_t i = 0; i < g->count; i++)
		if (g->nodes[i] != best &&
			(is_at(g->nodes[i], hints->canonical) ||
			is_at(g->nodes[i], hints->url)) &&
			fitness(g, g->nodes[i], hints) > 0)
			read_node(out, g, g->nodes[i]);
}

static void
begin(struct graph *g, struct jsonld *out, struct arena *arena)
{
	*out = (struct jsonld){ .rank = JSONLD_NOTHING };
	out->authors.items = arena_calloc(arena, JSONLD_AUTHORS,
		sizeof(*out->authors.items));
	g->count = g->docs_count = 0;
	g->arena = arena;
}

static void
add_script(struct graph *g, struct str script)
{
	struct json *doc;

	if (g->docs_count >= SCRIPTS || script.len > JSONLD_SCRIPT_BYTES)
		return;
	doc = jsonldparse_read(script, g->arena);
	if (!doc)
		return;
	g->docs[g->docs_count++] = doc;
	collect(g, doc, 0);
}

static void
end(struct graph *g)
{
	for (size_t i = 0; i < g->docs_count; i++)
		json_free(g->docs[i]);
}

void
jsonld_read(struct jsonld *out, const struct html *h,
	const struct jsonld_hints *hints, struct arena *arena)
{
	struct graph g;

	begin(&g, out, arena);
	if (!out->authors.items)
		return;
	for (size_t i = 0; i < h->scripts_count; i++)
		if (str_find_nocase(h->scripts[i].type, STR("ld+json")) >= 0)
			add_script(&g, h->scripts[i].body);
	choose(out, &g, hints);
	end(&g);
}

void
jsonld_read_text(struct jsonld *out, struct str script,
	const struct jsonld_hints *hints, struct arena *arena)
{
	struct graph g;

	begin(&g, out, arena);
	if (!out->authors.items)
		return;
	add_script(&g, script);
	choose(out, &g, hints);
	end(&g);
}
