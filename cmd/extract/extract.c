#include "cmd/extract/extract.h"

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "cmd/extract/meta/metadata.h"
#include "cmd/extract/verdict/notarticle.h"
#include "common/text/charset.h"

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

static int
read_page(struct article *out, struct page *page, const struct event *event,
	const struct selectors *rules, struct str text, struct err *err)
{
	struct facts facts;
	struct body_hints hints;
	struct body body;
	struct html_options options = { 0 };
	const bool *left_out;

	if (rules) {
		options.keep = rules->attrs;
		options.keep_count = rules->attrs_count;
	}
	if (html_parse(&page->html, text, &options, page->arena, err) < 0)
		return -1;
	if (facts_read(&facts, page) < 0)
		return err_set(err, "the page is too complex");
	read_hints(&hints, &facts);
	left_out = selectors_apply(rules, out->source, &page->html,
		page->arena);
	if (body_find(&body, page, &hints, left_out, err) < 0)
		return -1;
	out->blocks = body.blocks;
	out->blocks_count = body.blocks_count;
	out->summary = body.summary;
	out->confidence = body.confidence;
	metadata_fill(out, &facts, &body);
	out->signals = body.signals;
	judge(out, &facts, &body, event);
	return 0;
}

void
extract_page(struct article *out, struct extract *x,
	const struct event *event,
	const struct selectors *rules)
{
	struct page page = { .url = out->url, .fetched = out->fetched,
		.headers = event->headers, .arena = &x->arena };
	struct charset charset;
	struct err err;
	struct str text;

	x->arena.max_bytes = EXTRACT_BASE_BYTES +
		event->body.len * EXTRACT_PAGE_FACTOR;
	arena_reset(&x->arena);
	out->extractor = STR("stet/" STET_VERSION);
	text = charset_decode(&charset, &x->decoded, event->body,
		event->content_type);
	out->event = EVENT_ARTICLE;
	if (charset.cut || read_page(out, &page, event, rules, text,
			&err) < 0)
		refuse(out, STR("too-large"));
}
