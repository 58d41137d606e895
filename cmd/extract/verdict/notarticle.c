/*
 * The measures, in characters of the article's text (CJK count three): what
 * has FULL_CHARS is an article. Below, a wall or an error page needs both a
 * phrase and the make of one: the phrase in the title or the heading, or in a
 * page that holds little else. JSON-LD of an article, or og:type, speaks
 * against all but a paywall.
 */
#include "cmd/extract/verdict/notarticle.h"

#include "cmd/extract/meta/title.h"
#include "cmd/extract/words/wallwords.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"
#include "common/web/url.h"

enum {
	FULL_CHARS = 1800,  /* an article beyond doubt */
	SHORT_CHARS = 900,  /* walls have less */
	STUB_CHARS = 500,   /* what a paywall leaves */
	EMPTY_CHARS = 60,   /* less is no text */
	BARE_PAGE_CHARS = 400, /* of all text on a page that a script fills */
	TEXT_BYTES = 8192,  /* of the page that phrases are looked for in */
	TITLE_BYTES = 300,
	PROSE_BLOCKS = 3,   /* an error page has fewer sentences */
	TITLE_WORDS = 9,    /* a title of an error page has fewer */
	TEASERS = 12,       /* links with headings on a section page */
	COOKIE_WORDS = 6    /* a consent text has so many */
};

struct look {
	const struct facts *f;
	const struct body *body;
	const struct article *a;
	struct str title; /* lower case: title, heading */
	struct str text;  /* lower case: the article's text, else the page's */
	size_t chars;
	bool is_article; /* by what the page says of itself */
	bool bare_path;
	size_t teasers;
};

static struct str
lowered(struct str s, struct arena *arena)
{
	struct strbuf b;
	struct str low;

	strbuf_init(&b, s.len * 3 + 16);
	unicode_add_lower(&b, s);
	low = arena_dup(arena, strbuf_str(&b));
	strbuf_release(&b);
	return low.ptr ? low : STR("");
}

/* Title, og:title and first heading in one line. */
static struct str
all_titles(const struct facts *f)
{
	const struct marks *h1 = &f->marks[MARK_H1];
	struct strbuf b;
	struct str low;

	strbuf_init(&b, 4 * TITLE_BYTES);
	strbuf_adds(&b, utf8_cut(f->title, TITLE_BYTES));
	strbuf_adds(&b, STR(" | "));
	if (h1->count > 0)
		strbuf_adds(&b, utf8_cut(facts_mark_text(f, &h1->items[0]),
			TITLE_BYTES));
	low = lowered(strbuf_str(&b), f->page->arena);
	strbuf_release(&b);
	return low;
}

static struct str
text_of(const struct look *l)
{
	const struct html *h = &l->f->page->html;
	struct strbuf b;
	struct str s;

	strbuf_init(&b, TEXT_BYTES + 8);
	for (size_t i = 0; i < l->a->blocks_count && b.len < TEXT_BYTES; i++) {
		strbuf_adds(&b, utf8_cut(l->a->blocks[i].text,
			TEXT_BYTES - b.len));
		strbuf_addc(&b, ' ');
	}
	if (l->chars < SHORT_CHARS && h->body != HTML_NONE && b.len <
		TEXT_BYTES)
		strbuf_adds(&b, facts_text(l->f, h->body, h->count, STR(" "),
			TEXT_BYTES - b.len));
	s = lowered(strbuf_str(&b), l->f->page->arena);
	strbuf_release(&b);
	return s;
}

/* Headings that are a link or hold one, outside the article's own. */
static size_t
count_teasers(const struct facts *f)
{
	const struct html *h = &f->page->html;
	size_t n = 0;

	for (uint32_t i = 0; i < h->count; i++) {
		enum html_tag tag = h->nodes[i].tag;
		uint32_t above = h->nodes[i].parent;

		if (tag != HTML_H2 && tag != HTML_H3 && tag != HTML_H4)
			continue;
		n += html_find(h, i + 1, h->nodes[i].end, HTML_A) !=
				HTML_NONE ||
			(above != HTML_NONE && h->nodes[above].tag == HTML_A);
	}
	return n;
}

static bool
is_bare_path(const struct facts *f)
{
	struct url u;

	return url_parse(&u, f->page->url, NULL, f->page->arena, NULL) == 0 &&
		u.path.len <= 1 && u.query.len == 0;
}

static bool
says_article(const struct facts *f)
{
	return f->ld.rank >= JSONLD_ARTICLE ||
		str_eq_nocase(facts_meta(f, META_OG_TYPE, 0), STR("article")) ||
		facts_meta(f, META_PUBLISHED, 0).len > 0;
}

static bool
is_bot_wall(const struct look *l)
{
	bool said = wallwords_in(WALLWORDS_BOT, l->title);

	if (l->is_article || l->chars > SHORT_CHARS)
		return false;
	if (l->f->captchas > 0 && (said || l->chars < STUB_CHARS / 2))
		return said || wallwords_in(WALLWORDS_BOT, l->text) ||
			l->body->page_chars < BARE_PAGE_CHARS;
	return (said && wordhash_count(l->title) <= 2 * TITLE_WORDS) ||
		(l->body->page_chars < SHORT_CHARS &&
		wallwords_in(WALLWORDS_BOT, l->text));
}

static bool
is_consent(const struct look *l)
{
	size_t words;

	if (l->is_article || l->chars > FULL_CHARS)
		return false;
	if (l->body->page_chars > 4 * FULL_CHARS)
		return false;
	words = wallwords_count(WALLWORDS_COOKIE, l->text);
	return words >= COOKIE_WORDS &&
		words * 220 > l->text.len &&
		(wallwords_in(WALLWORDS_CONSENT, l->text) ||
		l->f->consents > 0);
}

static bool
is_soft_404(const struct look *l)
{
	if (l->is_article || l->chars > SHORT_CHARS ||
		l->body->prose_blocks >= PROSE_BLOCKS ||
		wordhash_count(l->title) > 4 * TITLE_WORDS)
		return false;
	return wallwords_in(WALLWORDS_NOT_FOUND, l->title);
}

/*
 * Pages that say one thing and little else: in the title, over a few
 * sentences at most, or anywhere on a page that has next to no text.
 */
static bool
says_only(const struct look *l, enum wallwords_kind kind)
{
	if (l->is_article || l->body->prose_blocks >= PROSE_BLOCKS ||
		l->chars > SHORT_CHARS)
		return false;
	if (wordhash_count(l->title) <= 4 * TITLE_WORDS &&
		wallwords_in(kind, l->title))
		return true;
	return l->body->page_chars < SHORT_CHARS && wallwords_in(kind, l->text);
}

static enum notarticle_kind
judge_sign(const struct look *l)
{
	static const struct {
		enum notarticle_kind kind;
		enum wallwords_kind words;
	} signs[] = {
		{ NOTARTICLE_REGION, WALLWORDS_REGION },
		{ NOTARTICLE_AGE, WALLWORDS_AGE },
		{ NOTARTICLE_PARKED, WALLWORDS_PARKED },
		{ NOTARTICLE_MAINTENANCE, WALLWORDS_MAINTENANCE },
		{ NOTARTICLE_ERROR, WALLWORDS_ERROR },
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (says_only(l, signs[i].words))
			return signs[i].kind;
	return NOTARTICLE_NONE;
}

static bool
is_paywall(const struct look *l)
{
	if (l->chars > STUB_CHARS)
		return false;
	return (l->f->ld.paid && l->chars < STUB_CHARS / 2) ||
		(l->body->prose_blocks < PROSE_BLOCKS &&
		wallwords_in(WALLWORDS_PAYWALL, l->text));
}

/* More links than text: a list of what is elsewhere. */
static bool
is_listing(const struct look *l)
{
	const struct body *b = l->body;

	return l->teasers >= TEASERS && l->chars < FULL_CHARS &&
		b->link_chars * 2 > b->page_chars;
}

static bool
is_home(const struct look *l)
{
	return l->bare_path && (l->chars < SHORT_CHARS || is_listing(l) ||
		l->teasers >= 2 * TEASERS) && l->f->ld.rank < JSONLD_NEWS;
}

static bool
is_section(const struct look *l)
{
	if (l->is_article)
		return false;
	return (l->f->ld.listing && l->chars < SHORT_CHARS) ||
		(l->body->heading == HTML_NONE && is_listing(l));
}

static bool
is_nothing(const struct look *l)
{
	if (l->is_article || l->chars > SHORT_CHARS ||
		l->body->link_chars * 2 < l->body->page_chars ||
		l->a->confidence >= NOTARTICLE_LIMIT)
		return false;
	for (size_t i = 0; i < l->a->signals.count; i++)
		if (str_eq(l->a->signals.items[i], STR("all-prose")))
			return true;
	return false;
}

static enum notarticle_kind
judge_without_text(const struct look *l)
{
	if (l->a->summary.len > 2 * EMPTY_CHARS)
		return NOTARTICLE_NONE;
	if (wallwords_in(WALLWORDS_JAVASCRIPT, l->text) ||
		(l->body->page_chars < BARE_PAGE_CHARS &&
		l->f->page->html.scripts_count > 0))
		return NOTARTICLE_JAVASCRIPT;
	return NOTARTICLE_EMPTY;
}

enum notarticle_kind
notarticle_judge(const struct facts *f, const struct body *body,
	const struct article *a)
{
	struct look l = { .f = f, .body = body, .a = a, .chars = body->chars };
	enum notarticle_kind sign;

	l.is_article = says_article(f);
	l.bare_path = is_bare_path(f);
	if (l.chars >= FULL_CHARS && !l.bare_path)
		return NOTARTICLE_NONE;
	l.title = all_titles(f);
	l.text = text_of(&l);
	l.teasers = count_teasers(f);
	if (is_bot_wall(&l))
		return NOTARTICLE_BOT_WALL;
	if (is_soft_404(&l))
		return NOTARTICLE_SOFT_404;
	sign = judge_sign(&l);
	if (sign != NOTARTICLE_NONE)
		return sign;
	if (is_consent(&l))
		return NOTARTICLE_CONSENT;
	if (is_paywall(&l))
		return NOTARTICLE_PAYWALL;
	if (is_home(&l))
		return NOTARTICLE_HOME;
	if (is_section(&l))
		return NOTARTICLE_SECTION;
	if (l.chars < EMPTY_CHARS)
		return judge_without_text(&l);
	return is_nothing(&l) ? NOTARTICLE_NOTHING : NOTARTICLE_NONE;
}

struct str
notarticle_reason(enum notarticle_kind kind)
{
	static const struct str reasons[] = { STR_INIT(""),
		STR_INIT("bot-wall"), STR_INIT("consent"), STR_INIT("paywall"),
		STR_INIT("soft-404"), STR_INIT("home-page"),
		STR_INIT("section-page"), STR_INIT("empty"),
		STR_INIT("needs-javascript"), STR_INIT("region"),
		STR_INIT("age-gate"), STR_INIT("parked"),
		STR_INIT("maintenance"), STR_INIT("error-page"),
		STR_INIT("no-article") };

	return reasons[kind];
}

enum article_event
notarticle_event(enum notarticle_kind kind)
{
	switch (kind) {
	case NOTARTICLE_BOT_WALL:
	case NOTARTICLE_CONSENT:
	case NOTARTICLE_PAYWALL:
	case NOTARTICLE_REGION:
	case NOTARTICLE_AGE:
		return EVENT_BLOCKED;
	default:
		return EVENT_FAILED;
	}
}
