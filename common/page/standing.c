#include "common/page/standing.h"

#include "common/base/isotime.h"
#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"

static void
sentence_time(struct strbuf *out, const char *before, int64_t s,
	const char *after)
{
	markup_add(out, before);
	phrase_time(out, s);
	markup_add(out, after);
}

static void
address(struct strbuf *out, struct str url)
{
	markup_link(out, url, url, "external noreferrer");
}

static void
other_page(struct strbuf *out, const struct frame *f,
	const struct view_other *other)
{
	markup_add(out, "<a");
	frame_href(out, f, other->page);
	markup_add(out, "><bdi>");
	markup_text(out, other->title);
	markup_add(out, "</bdi></a>");
}

/* A time as the page wrote it: a date alone stays one. */
static void
published(struct strbuf *out, struct str text)
{
	int64_t s;

	if (isotime_parse(&s, text) < 0 || text.len <= 10)
		markup_text(out, text);
	else
		phrase_time(out, s);
}

static void
origin(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct document *doc)
{
	struct strbuf folder;

	strbuf_init(&folder, 1024);
	names_source(&folder, v->article.source);
	strbuf_adds(&folder, STR("index.html"));
	markup_add(out, "<p>This article is from the source <a");
	frame_href(out, f, strbuf_str(&folder));
	markup_add(out, ">‘");
	markup_text(out, names_source_title(v->article.source));
	markup_add(out, "’</a> and was ");
	if (doc && doc->published.len > 0) {
		markup_add(out, "published on ");
		published(out, doc->published);
		markup_add(out, " and first seen on ");
	} else {
		markup_add(out, "first seen on ");
	}
	sentence_time(out, "", view_text(v, 0)->fetched_s, ". ");
	strbuf_release(&folder);
}

static bool
saw_nothing(const struct view *v)
{
	return v->checks.known && v->article.state == INDEX_LIVE &&
		(v->checks.error.len > 0 || v->checks.doubted);
}

/* When it changed last, of an article that is there. */
static void
last_change(struct strbuf *out, const struct view *v)
{
	bool stopped = v->checks.known && v->checks.stopped;
	int64_t last = view_last_change(v);

	if (last)
		sentence_time(out, "It last changed on ", last, stopped ?
			", over 40 days ago, and won’t be checked again for "
			"changes." : ".");
	else if (stopped)
		markup_add(out, "It has not changed since and won’t be "
			"checked again for changes, as over 40 days have "
			"passed.");
	else if (!saw_nothing(v))
		markup_add(out, "It has not changed since.");
}

/* What a check saw in place of the article, in a few words. */
static void
obstacle(struct strbuf *out, struct str error)
{
	static const struct {
		const char *error, *words;
	} known[] = {
		{ "paywall", "paywall" },
		{ "consent", "question of consent" },
		{ "login", "login" },
		{ "bot-wall", "question whether a person reads" },
		{ "captcha", "question whether a person reads" },
		{ "not-found", "not found" },
		{ "soft-404", "not found" },
		{ "redirect-home", "led to the home page" },
		{ "elsewhere", "another page" },
		{ "suddenly-empty", "page without the text" },
		{ "empty", "page without a text" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(error, str_from(known[i].error))) {
			markup_add(out, known[i].words);
			return;
		}
	if (str_starts(error, STR("status-")))
		markup_add(out, "status ");
	markup_text(out, str_starts(error, STR("status-")) ?
		str_sub(error, 7, error.len) : error);
}

/* Checks that saw nothing of the article say nothing of its text. */
static void
unseen(struct strbuf *out, const struct view *v)
{
	const struct view_checks *c = &v->checks;
	const struct index_version *last = view_text(v, v->texts_count - 1);
	int64_t seen_s = c->seen_s ? c->seen_s : last->fetched_s;

	sentence_time(out, " It was last seen unchanged on ", seen_s, ". ");
	if (c->doubted) {
		markup_add(out, "At the last check the page showed something "
			"else, not yet confirmed.");
		return;
	}
	markup_add(out, "The checks since then saw nothing of it (");
	obstacle(out, c->error);
	markup_add(out, ").");
}

/* The same of one that was withdrawn or has moved away. */
static void
last_change_before(struct strbuf *out, const struct view *v,
	const struct index_version *end)
{
	bool gone = end->event == RECEIPT_GONE;
	int64_t last = view_last_change(v);

	if (last)
		sentence_time(out, "It last changed on ", last, gone ?
			" and was found withdrawn on " :
			" and was found to have moved on ");
	else
		markup_add(out, gone ? "It had not changed when it was found "
			"withdrawn on " : "It had not changed when it was "
			"found to have moved on ");
	sentence_time(out, "", end->fetched_s, ".");
}

static void
checks(struct strbuf *out, const struct view *v)
{
	const struct view_checks *c = &v->checks;

	if (c->known && c->last_s)
		sentence_time(out, " The last check was on ", c->last_s, ".");
	if (!c->known || v->article.state == INDEX_MOVED)
		return;
	if (!c->stopped && c->next_s)
		sentence_time(out, v->article.state == INDEX_GONE ?
			" Whether it is back is looked at next on " :
			" The next check for changes is due on ", c->next_s,
			".");
	else if (c->stopped && v->article.state == INDEX_GONE)
		markup_add(out, " It won’t be looked for again.");
}

/* --- the notice of an end --- */

static void
last_text(struct strbuf *out, const struct frame *f, const struct view *v)
{
	const struct index_version *last = view_text(v, v->texts_count - 1);

	markup_add(out, " The last text that we have is ");
	facts_version_link(out, f, v, last, "version ");
	sentence_time(out, ", seen on ", last->fetched_s, ".");
}

static void
withdrawn(struct strbuf *out, const struct index_version *end)
{
	markup_add(out, "<strong>This article was withdrawn.</strong>");
	sentence_time(out, " On ", end->fetched_s, " ");
	facts_reason(out, end->reason);
	strbuf_addc(out, '.');
}

static void
moved(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *end)
{
	markup_add(out, "<strong>This article has moved.</strong>");
	sentence_time(out, " Since ", end->fetched_s,
		" its address has led to ");
	address(out, v->article.location);
	if (v->successor.page.len > 0) {
		markup_add(out, ", which has a page here: ");
		other_page(out, f, &v->successor);
	}
	strbuf_addc(out, '.');
}

static void
ending(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *end)
{
	markup_add(out, "<div class=\"notice\" role=\"note\">");
	if (end->event == RECEIPT_GONE)
		withdrawn(out, end);
	else
		moved(out, f, v, end);
	last_text(out, f, v);
	markup_add(out, "</div>\n");
}

/* --- addresses --- */

/* "Until ... it was at ...", for each address that it had before. */
static void
former_addresses(struct strbuf *out, const struct view *v)
{
	bool first = true;

	for (size_t i = 0; i < v->events_count; i++) {
		if (v->events[i].event != RECEIPT_MOVED ||
			!v->moves[i].renames)
			continue;
		sentence_time(out, first ? ". Until " : ", until ",
			v->events[i].fetched_s,
			first ? " it was at " : " at ");
		address(out, v->moves[i].from);
		first = false;
	}
	if (!first)
		strbuf_addc(out, '.');
}

static void
addresses(struct strbuf *out, const struct view *v)
{
	if (v->article.state == INDEX_LIVE)
		markup_add(out, "<p>You can find the current article at its "
			"original source at ");
	else
		markup_add(out, "<p>It was at ");
	address(out, v->address);
	former_addresses(out, v);
	markup_add(out, "</p>\n");
}

/* The articles that ended here. */
static void
led(struct strbuf *out, const struct frame *f, const struct view *v)
{
	for (size_t i = 0; i < v->led_count; i++) {
		markup_add(out, "<p>Another article has led here since ");
		phrase_time(out, v->led[i].since_s);
		markup_add(out, ": ");
		other_page(out, f, &v->led[i]);
		markup_add(out, ", which was at ");
		address(out, v->led[i].url);
		markup_add(out, ".</p>\n");
	}
}

static void
times_changed(struct strbuf *out, const struct frame *f, const struct view *v)
{
	size_t changes = 0;

	for (size_t n = 1; n < v->texts_count; n++)
		changes += view_text(v, n)->event != RECEIPT_TECHNICAL;
	markup_add(out, "<p>The article has ");
	if (changes == 0)
		markup_add(out, saw_nothing(v) ?
			"not been seen to change" : "not changed");
	else
		markup_add(out, "changed ");
	if (changes == 1)
		markup_add(out, "once");
	else if (changes > 1)
		phrase_count(out, (int64_t)changes, "time", "times");
	markup_add(out, ". There is an <a");
	frame_href(out, f, f->rss);
	markup_add(out, ">RSS feed of changes</a> available.</p>\n");
}

void
standing_write(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct document *doc)
{
	const struct index_version *end = view_end(v);

	markup_add(out, "<h1");
	frame_lang(out, doc ? doc->lang : STR(""), true);
	markup_add(out, "><a");
	frame_href(out, f, v->page);
	markup_add(out, ">");
	markup_text(out, facts_title(doc, v));
	markup_add(out, "</a></h1>\n");
	if (end)
		ending(out, f, v, end);
	markup_add(out, "<div class=\"about\">\n");
	origin(out, f, v, doc);
	if (end)
		last_change_before(out, v, end);
	else
		last_change(out, v);
	if (saw_nothing(v))
		unseen(out, v);
	checks(out, v);
	markup_add(out, "</p>\n");
	addresses(out, v);
	led(out, f, v);
	times_changed(out, f, v);
	markup_add(out, "</div>\n");
}
