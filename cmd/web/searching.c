#include "cmd/web/searching.h"

#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/page/facts.h"
#include "common/page/feeds.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"
#include "common/search/database.h"
#include "common/search/hitjson.h"
#include "common/search/search.h"
#include "common/web/json.h"

/* What was asked, as it was written. */
struct asked {
	struct str q, in, phrase, source, class, since, until, order, page;
};

struct searching {
	struct work *w;
	const struct request *request;
	struct str path;
	struct asked asked;
	struct search_options options;
	struct query query;
	size_t page_number; /* from 1 */
	struct frame frame;
	struct feed feed;
	struct strbuf hits; /* as they come, before what stands above them */
	int64_t newest_s;
};

/* --- the question --- */

static int
read_fields(struct asked *a, const struct request *r, struct arena *arena)
{
	struct {
		struct str *to;
		const char *name;
	} fields[] = { { &a->q, "q" }, { &a->in, "in" },
		{ &a->phrase, "phrase" }, { &a->source, "source" },
		{ &a->class, "class" }, { &a->since, "since" },
		{ &a->until, "until" }, { &a->order, "order" },
		{ &a->page, "page" } };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		*fields[i].to = request_param(r, fields[i].name, arena);
		if (!fields[i].to->ptr)
			return -1;
	}
	return 0;
}

static bool
read_time(int64_t *out, struct str text)
{
	return text.len == 0 || isotime_parse(out, text) == 0;
}

/* NULL, or what is wrong with it. */
static const char *
understand(struct searching *s)
{
	struct search_options *o = &s->options;
	const struct asked *a = &s->asked;
	int64_t page = 1;

	if (a->in.len == 0 || str_eq(a->in, STR("text")))
		o->mode = SEARCH_TEXT;
	else if (str_eq(a->in, STR("removed")))
		o->mode = SEARCH_REMOVED;
	else if (str_eq(a->in, STR("added")))
		o->mode = SEARCH_ADDED;
	else
		return "“in” is text, removed or added.";
	if (!read_time(&o->since_s, a->since) ||
		!read_time(&o->until_s, a->until))
		return "A time is written as 2026-11-23 or "
			"2026-11-23T05:22:00Z.";
	if (a->page.len > 0 &&
		number_parse(&page, a->page, 1, SEARCHING_PAGES) < 0)
		return "There is no such page of results.";
	o->best = str_eq(a->order, STR("best"));
	if (a->order.len > 0 && !o->best && !str_eq(a->order, STR("newest")))
		return "“order” is newest or best.";
	o->source = a->source;
	o->class = a->class;
	s->page_number = (size_t)page;
	o->skip = (s->page_number - 1) * SEARCHING_HITS;
	return NULL;
}

static void
ask(struct searching *s, struct arena *arena)
{
	struct str q = s->asked.q;
	char *quoted;

	if (s->asked.phrase.len > 0 && str_find_byte(q, '"') < 0 &&
		(quoted = arena_alloc(arena, q.len + 2))) {
		quoted[0] = quoted[q.len + 1] = '"';
		memcpy(quoted + 1, q.ptr, q.len);
		q = (struct str){ quoted, q.len + 2 };
	}
	query_add(&s->query, q);
}

/* --- the page --- */

static void
option(struct strbuf *out, struct str value, const char *words,
	struct str chosen)
{
	markup_add(out, "<option");
	markup_attr(out, "value", value);
	strbuf_addf(out, "%s>", str_eq(value, chosen) ? " selected" : "");
	markup_add(out, words);
	markup_add(out, "</option>\n");
}

static void
field(struct strbuf *out, const char *name, const char *label,
	const char *type, struct str value)
{
	strbuf_addf(out, "<p><label for=\"%s\">%s</label> <input id=\"%s\" "
		"name=\"%s\" type=\"%s\"", name, label, name, name, type);
	markup_attr(out, "value", value);
	markup_add(out, "></p>\n");
}

static void
choices(struct strbuf *out, const struct asked *a)
{
	markup_add(out, "<p><label for=\"in\">Find it</label> "
		"<select id=\"in\" name=\"in\">\n");
	option(out, STR("text"), "in any version", a->in);
	option(out, STR("removed"), "where it was taken out", a->in);
	option(out, STR("added"), "where it was put in", a->in);
	markup_add(out, "</select></p>\n<p><label for=\"class\">Kind of "
		"change</label> <select id=\"class\" name=\"class\">\n");
	option(out, STR(""), "any", a->class);
	for (size_t i = 0; i < CATALOG_CLASS_COUNT - 2; i++) {
		struct str name = str_from(CATALOG_CLASSES[i]);

		option(out, name, facts_class(name).ptr, a->class);
	}
	markup_add(out, "</select></p>\n");
	markup_add(out, "<p><label for=\"order\">First comes what</label> "
		"<select id=\"order\" name=\"order\">\n");
	option(out, STR("newest"), "was stored last", a->order);
	option(out, STR("best"), "matches best", a->order);
	markup_add(out, "</select></p>\n");
}

static void
form(struct searching *s, struct strbuf *out)
{
	const struct asked *a = &s->asked;

	markup_add(out, "<form class=\"search\" method=\"get\" role=\"search\" "
		"action=\"search\">\n");
	field(out, "q", "Words", "search", a->q);
	strbuf_addf(out, "<p><input id=\"phrase\" name=\"phrase\" "
		"type=\"checkbox\" value=\"1\"%s> <label for=\"phrase\">"
		"exactly these words in this order</label></p>\n",
		a->phrase.len > 0 ? " checked" : "");
	choices(out, a);
	field(out, "source", "Source", "text", a->source);
	field(out, "since", "Seen since", "date", a->since);
	field(out, "until", "and before", "date", a->until);
	markup_add(out, "<p><button>Search</button></p>\n</form>\n");
}

/* The address of this search at another ending or page. */
static void
same_search(struct strbuf *out, const struct searching *s, const char *end,
	size_t page)
{
	struct str pair, rest = s->request->query;

	strbuf_addf(out, "search%s?", end);
	while (rest.len > 0 && str_field(&pair, &rest, '&'))
		if (!str_starts(pair, STR("page="))) {
			markup_uri(out, pair);
			strbuf_addc(out, '&');
		}
	if (page > 1)
		strbuf_addf(out, "page=%zu", page);
	else
		strbuf_cut(out, out->len - 1);
}

static void
search_link(struct strbuf *out, const struct searching *s, const char *end,
	size_t page, const char *words)
{
	struct strbuf address;

	strbuf_init(&address, 64 << 10);
	same_search(&address, s, end, page);
	markup_add(out, "<a href=\"");
	markup_url(out, strbuf_str(&address));
	strbuf_addf(out, "\">%s</a>", words);
	strbuf_release(&address);
}

/* What is above the hits, and what is below them. */
static void
results(struct searching *s, struct strbuf *out,
	const struct search_report *report)
{
	if (s->query.wanted == 0) {
		markup_add(out, "<p>Every version of every article is looked "
			"through, also what was taken out since. “-word” must "
			"not occur, “word*” may go on.</p>\n");
		return;
	}
	if (report->hits == 0) {
		markup_add(out, "<p>Nothing was found.</p>\n");
		return;
	}
	markup_add(out, "<p class=\"dim\">Follow this search: ");
	search_link(out, s, ".rss", 1, "RSS");
	markup_add(out, ", ");
	search_link(out, s, ".atom", 1, "Atom");
	markup_add(out, ", ");
	search_link(out, s, ".json", 1, "JSON");
	markup_add(out, "</p>\n<ol class=\"items\">\n");
	strbuf_adds(out, strbuf_str(&s->hits));
	markup_add(out, "</ol>\n");
	if (s->page_number == 1 && !report->more)
		return;
	markup_add(out, "<nav aria-label=\"Pages\">"
		"<ul class=\"pages\">\n");
	if (s->page_number > 1) {
		markup_add(out, "<li>");
		search_link(out, s, "", s->page_number - 1, "← Back");
		markup_add(out, "</li>\n");
	}
	if (report->more && s->page_number < SEARCHING_PAGES) {
		markup_add(out, "<li>");
		search_link(out, s, "", s->page_number + 1, "More →");
		markup_add(out, "</li>\n");
	}
	markup_add(out, "</ul></nav>\n");
}

/* --- a hit --- */

static void
snippet(struct strbuf *out, const struct search_hit *hit)
{
	markup_add(out, "… ");
	markup_text(out, hit->before);
	markup_add(out, "<mark>");
	markup_text(out, hit->match);
	markup_add(out, "</mark>");
	markup_text(out, hit->after);
	markup_add(out, " …");
}

/* The page of a hit: the version, or the change that it is about. */
static void
hit_path(struct strbuf *path, struct searching *s,
	const struct search_hit *hit)
{
	struct index_version version = *hit->version, before;
	struct index *index = s->w->index;
	struct strbuf stem;

	strbuf_init(&stem, WORK_PATH_BYTES);
	names_stem(&stem, hit->article->path);
	if (index_twin(&version, index, NULL) < 0)
		version.twin = 0;
	if (s->options.mode != SEARCH_TEXT && version.number > 1 &&
		index_version(&before, index, version.article,
			version.number - 1, &s->w->article, NULL) > 0 &&
		index_twin(&before, index, NULL) == 0)
		names_diff(path, strbuf_str(&stem), &before, &version);
	else
		names_version(path, strbuf_str(&stem), &version);
	strbuf_release(&stem);
}

static struct str
hit_title(const struct search_hit *hit)
{
	return hit->version->title.len > 0 ? hit->version->title :
		hit->article->url;
}

static void
versions(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode)
{
	if (mode != SEARCH_TEXT || hit->version == hit->last)
		strbuf_addf(out, "version %lld",
			(long long)hit->version->number);
	else
		strbuf_addf(out, "versions %lld to %lld",
			(long long)hit->version->number,
			(long long)hit->last->number);
	if (mode == SEARCH_TEXT)
		markup_add(out, hit->newest ? ", the newest" :
			", not in the newest");
	else
		markup_add(out, mode == SEARCH_REMOVED ? " took it out" :
			" put it in");
}

static void
html_hit(void *context, const struct search_hit *hit)
{
	struct searching *s = context;
	struct strbuf *out = &s->hits, path;

	strbuf_init(&path, WORK_PATH_BYTES);
	hit_path(&path, s, hit);
	markup_add(out, "<li><span class=\"title\"><a");
	frame_href(out, &s->frame, strbuf_str(&path));
	markup_add(out, "><bdi>");
	markup_text(out, hit_title(hit));
	markup_add(out, "</bdi></a></span>\n<span class=\"dim\"><bdi>");
	markup_text(out, names_source_title(hit->article->source));
	markup_add(out, "</bdi> · ");
	phrase_time(out, hit->version->fetched_s);
	markup_add(out, " · ");
	versions(out, hit, s->options.mode);
	markup_add(out, "</span>\n<p class=\"found\" dir=\"auto\">");
	snippet(out, hit);
	markup_add(out, "</p></li>\n");
	strbuf_release(&path);
}

static void
feed_hit(void *context, const struct search_hit *hit)
{
	struct searching *s = context;
	struct strbuf path, html;
	struct feed_entry e = { .commit = &hit->version->commit,
		.title = hit_title(hit), .source = hit->article->source,
		.classes = hit->version->classes,
		.time_s = hit->version->fetched_s };

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_init(&html, WORK_PAGE_BYTES);
	hit_path(&path, s, hit);
	markup_add(&html, "<p>");
	snippet(&html, hit);
	markup_add(&html, "</p>");
	e.path = strbuf_str(&path);
	e.html = strbuf_str(&html);
	feeds_entry(&s->hits, &s->feed, &e);
	if (e.time_s > s->newest_s)
		s->newest_s = e.time_s;
	strbuf_release(&path);
	strbuf_release(&html);
}

static void
json_hit(void *context, const struct search_hit *hit)
{
	struct searching *s = context;

	if (s->hits.len > 0)
		strbuf_addc(&s->hits, ',');
	hitjson_add(&s->hits, hit, s->options.mode);
}

/* --- the forms of the answer --- */

typedef void hit_function(void *context, const struct search_hit *hit);

static hit_function *
form_of(struct str path, enum feed_kind *kind)
{
	*kind = str_ends(path, STR(".rss")) ? FEED_RSS : FEED_ATOM;
	if (str_ends(path, STR(".json")))
		return json_hit;
	return str_eq(path, STR("search")) ? html_hit : feed_hit;
}

static void
write_page(struct searching *s, const struct search_report *report)
{
	struct strbuf *out = &s->w->page;

	s->frame.title = STR("Search");
	s->frame.section = "search.html";
	frame_begin(out, &s->frame);
	markup_add(out, "<h1>Search</h1>\n");
	form(s, out);
	results(s, out, report);
	frame_end(out, &s->frame);
}

static void
write_feed(struct searching *s)
{
	struct strbuf *out = &s->w->page, title;

	strbuf_init(&title, 64 << 10);
	strbuf_adds(&title, STR("Search: "));
	strbuf_adds(&title, s->asked.q);
	s->feed.title = strbuf_str(&title);
	s->feed.updated_s = s->newest_s;
	feeds_begin(out, &s->feed);
	strbuf_adds(out, strbuf_str(&s->hits));
	feeds_end(out, &s->feed);
	strbuf_release(&title);
}

static void
write_json(struct searching *s, const struct search_report *report)
{
	struct strbuf *out = &s->w->page;

	json_open(out, '{');
	json_key(out, "v");
	json_add_int(out, 1);
	json_key(out, "q");
	json_add_str(out, s->asked.q);
	json_key(out, "more");
	json_add_bool(out, report->more);
	json_key(out, "hits");
	json_open(out, '[');
	strbuf_adds(out, strbuf_str(&s->hits));
	json_close(out, ']');
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

static int
answer(struct searching *s, hit_function *hit, struct err *err)
{
	struct search_report report = { 0 };

	/* With nothing asked there is the form, and an empty feed. */
	if (s->query.wanted > 0 && search_run(&report, &s->options, &s->query,
					   hit, s, err) < 0)
		return -1;
	if (hit == html_hit)
		write_page(s, &report);
	else if (hit == feed_hit)
		write_feed(s);
	else
		write_json(s, &report);
	return 0;
}

int
searching_make(const char **why, struct work *w, const char *archive,
	struct str path, const struct request *request, struct err *err)
{
	struct searching s = { .w = w, .request = request, .path = path,
		.options = { .archive = archive, .reading = true,
			.limit = SEARCHING_HITS, .since_s = INT64_MIN,
			.until_s = INT64_MAX } };
	struct strbuf home;
	hit_function *hit;
	int failed;

	if (!database_there(w->store))
		return 2;
	arena_reset(&w->article);
	*why = "The query is not text in UTF-8.";
	if (read_fields(&s.asked, request, &w->article) < 0 ||
		(*why = understand(&s)))
		return 1;
	query_init(&s.query);
	ask(&s, &w->article);
	strbuf_init(&s.hits, WORK_PAGE_BYTES);
	strbuf_init(&home, 64 << 10);
	same_search(&home, &s, "", 1);
	s.frame = (struct frame){ .site = &w->options, .path = path.ptr };
	s.feed = (struct feed){ .frame = &s.frame, .home = strbuf_str(&home) };
	hit = form_of(path, &s.feed.kind);
	failed = answer(&s, hit, err);
	query_release(&s.query);
	strbuf_release(&s.hits);
	strbuf_release(&home);
	return failed;
}
