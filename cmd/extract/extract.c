#include "cmd/extract/extract.h"

#include "cmd/extract/meta/metadata.h"
#include "cmd/extract/meta/title.h"
#include "cmd/extract/verdict/gate.h"
#include "cmd/extract/verdict/notarticle.h"
#include "cmd/extract/verdict/reserved.h"
#include "cmd/extract/verdict/sureness.h"
#include "common/text/charset.h"

enum { END_BYTES = 4096 };

void
extract_init(struct extract *x)
{
	arena_init(&x->arena, EXTRACT_BASE_BYTES);
	strbuf_init(&x->decoded, CHARSET_TEXT_BYTES);
}

void
extract_release(struct extract *x)
{
	arena_release(&x->arena);
	strbuf_release(&x->decoded);
}

static void
add_title(struct body_hints *hints, struct str title)
{
	if (title.len && hints->titles_count < BODY_TITLES)
		hints->titles[hints->titles_count++] = title;
}

static void
add_description(struct body_hints *hints, struct str text)
{
	if (text.len && hints->descriptions_count < BODY_DESCRIPTIONS)
		hints->descriptions[hints->descriptions_count++] = text;
}

/* A title whole, and its longest part between separators. */
static void
add_title_parts(struct body_hints *hints, struct str title)
{
	static const struct str marks[] = { STR_INIT(" | "), STR_INIT(" - "),
		STR_INIT(" \xe2\x80\x93 "), STR_INIT(" \xe2\x80\x94 "),
		STR_INIT(" \xc2\xb7 "), STR_INIT(" \xc2\xbb "),
		STR_INIT(" :: ") };

	add_title(hints, title);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		ptrdiff_t at = str_find(title, marks[i]);
		struct str head, rest;

		if (at <= 0)
			continue;
		head = str_sub(title, 0, (size_t)at);
		rest = str_sub(title, (size_t)at + marks[i].len, title.len);
		add_title(hints, head.len >= rest.len ? head : rest);
		return;
	}
}

static void
read_hints(struct body_hints *out, const struct facts *f)
{
	*out = (struct body_hints){ .ld_body = f->ld.body };
	add_title(out, f->ld.headline);
	add_title(out, facts_meta(f, META_OG_TITLE, 0));
	add_title(out, facts_meta(f, META_TWITTER_TITLE, 0));
	add_title_parts(out, f->title);
	add_description(out, f->ld.description);
	add_description(out, facts_meta(f, META_DESCRIPTION, 0));
	add_description(out, facts_meta(f, META_OG_DESCRIPTION, 0));
	out->site = facts_meta(f, META_SITE_NAME, 0);
	if (!out->site.len)
		out->site = f->ld.publisher;
}

static void
refuse(struct article *out, struct str reason)
{
	out->event = EVENT_FAILED;
	out->reason = reason;
}

/* A page that is no article says why; what was taken for one goes. */
static void
judge(struct article *out, const struct facts *f, const struct body *body,
	const struct event *event)
{
	static struct str partial = STR_INIT("partial"); /* of an article */
	enum notarticle_kind kind = notarticle_judge(f, body, out);

	if (kind == NOTARTICLE_NONE)
		return;
	out->event = notarticle_event(kind);
	out->reason = notarticle_reason(kind);
	if (kind == NOTARTICLE_SOFT_404)
		event_miss(out, event, out->reason);
	if (kind == NOTARTICLE_PAYWALL)
		out->signals = (struct strlist){ &partial, 1 };
	out->blocks_count = 0;
	out->summary = STR("");
}

/* Whether the page breaks off: one that is whole ends its body near its end. */
static bool
is_cut(struct str text)
{
	struct str end = str_sub(text,
		text.len > END_BYTES ? text.len - END_BYTES : 0, END_BYTES);

	return str_find_nocase(end, STR("</html")) < 0 &&
		str_find_nocase(end, STR("</body")) < 0;
}

/* The page's tree, what it says of itself, and its text. */
static int
read_tree(struct reading *r, struct str text, struct str source,
	const struct selectors *rules, struct err *err)
{
	struct page *page = &r->page;
	struct body_hints hints;
	struct html_options options = { 0 };
	const bool *left_out;

	if (rules) {
		options.keep = rules->attrs;
		options.keep_count = rules->attrs_count;
	}
	if (html_parse(&page->html, text, &options, page->arena, err) < 0)
		return -1;
	if (facts_read(&r->facts, page) < 0)
		return err_set(err, "the page is too complex");
	read_hints(&hints, &r->facts);
	left_out = selectors_apply(rules, source, &page->html, page->arena);
	return body_find(&r->body, page, &hints, left_out, err);
}

int
extract_read(struct reading *out, struct extract *x,
	const struct article *article, const struct event *event,
	const struct selectors *rules, struct err *err)
{
	struct charset charset;
	struct str text;

	out->page = (struct page){ .url = article->url,
		.fetched = article->fetched, .headers = event->headers,
		.arena = &x->arena };
	x->arena.max_bytes = EXTRACT_BASE_BYTES +
		event->body.len * EXTRACT_PAGE_FACTOR;
	arena_reset(&x->arena);
	text = charset_decode(&charset, &x->decoded, event->body,
		event->content_type);
	if (charset.cut)
		return err_set(err, "the page is too large");
	out->cut = is_cut(text);
	return read_tree(out, text, article->source, rules, err);
}

/* One more signal; without memory for it the list stays as it is. */
static void
add_signal(struct article *out, struct str name, struct arena *arena)
{
	struct str *items = arena_calloc(arena, out->signals.count + 1,
		sizeof(*items));

	if (!items)
		return;
	for (size_t i = 0; i < out->signals.count; i++)
		items[i] = out->signals.items[i];
	items[out->signals.count] = name;
	out->signals = (struct strlist){ items, out->signals.count + 1 };
}

/*
 * What the publisher reserves stands with the signals; what follows from it is
 * the user's choice.
 */
static void
reserve(struct article *out, struct reserved reserved,
	const struct selectors *rules, struct arena *arena)
{
	if (out->event != EVENT_ARTICLE ||
		(!reserved.archive && !reserved.mining))
		return;
	if (reserved.archive)
		add_signal(out, STR("noarchive"), arena);
	if (reserved.mining)
		add_signal(out, STR("tdm-reserved"), arena);
	if (selectors_policy(rules, out->source) != RESERVED_SKIP)
		return;
	out->event = EVENT_BLOCKED;
	out->reason = STR("reserved");
	out->blocks_count = 0;
	out->summary = STR("");
}

void
extract_tell(struct article *out, const struct reading *r)
{
	const struct body *body = &r->body;
	struct gate gate;

	out->blocks = body->blocks;
	out->blocks_count = body->blocks_count;
	out->summary = body->summary;
	metadata_fill(out, &r->facts, body);
	out->signals = body->signals;
	gate_find(&gate, &r->facts, body, out);
	out->gate = gate.evidence;
	if (gate.said)
		add_signal(out, STR("partial"), r->page.arena);
	if (r->cut)
		add_signal(out, STR("cut"), r->page.arena);
	if (title_is_alone(&r->facts, out->title))
		add_signal(out, STR("title-alone"), r->page.arena);
}

/* With all that was read: how sure it is, and what it is instead. */
static void
decide(struct article *out, const struct reading *r, const struct event *event,
	const struct selectors *rules)
{
	struct sureness sureness;

	extract_tell(out, r);
	sureness_find(&sureness, &r->facts, &r->body, out);
	out->confidence = sureness.value;
	judge(out, &r->facts, &r->body, event);
	reserve(out, reserved_read(&r->page.html, event->headers), rules,
		r->page.arena);
}

void
extract_page(struct article *out, struct extract *x,
	const struct event *event,
	const struct selectors *rules)
{
	struct reading r;
	struct err err;

	out->extractor = STR("stet/" STET_VERSION);
	out->event = EVENT_ARTICLE;
	if (extract_read(&r, x, out, event, rules, &err) < 0)
		refuse(out, STR("too-large"));
	else
		decide(out, &r, event, rules);
}
