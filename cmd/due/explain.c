#include "cmd/due/due.h"
#include "cmd/due/output.h"
#include "cmd/due/plan.h"
#include "common/article/memory.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/base/status.h"
#include "common/base/utf8.h"

enum { ARENA_BYTES = 4 << 20, TEXT_BYTES = 64 * 1024 };

/* "2 hours", "5 minutes": the largest unit that fits. */
static void
add_span(struct strbuf *out, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = { { 86400, "day" }, { 3600, "hour" }, { 60, "minute" },
		{ 1, "second" } };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		int64_t n = seconds / units[i].seconds;

		if (n < 1 && i < 3)
			continue;
		strbuf_addf(out, "%lld %s%s", (long long)n, units[i].name,
			number_plural(n));
		return;
	}
}

static void
add_time(struct strbuf *out, const char *label, int64_t s, int64_t now_s)
{
	char text[ISOTIME_BYTES];

	strbuf_addf(out, "%s%s (", label, isotime_format(text, s));
	if (s > now_s)
		strbuf_adds(out, STR("in "));
	add_span(out, s > now_s ? s - now_s : now_s - s);
	strbuf_adds(out, s > now_s ? STR(")\n") : STR(" ago)\n"));
}

static const char *
why_never(const struct schedule_entry *e)
{
	switch (e->state) {
	case SCHEDULE_ABSENT:
		return "none: no article was found there within 7 days";
	case SCHEDULE_GONE:
		return "none: withdrawn 40 days ago or longer";
	case SCHEDULE_MOVED:
		return "none: moved 40 days ago or longer";
	case SCHEDULE_LIVE:
		break;
	}
	return "none: it last changed 40 days ago or longer";
}

static bool
is_doubted(const struct schedule_entry *e)
{
	struct memory m;

	memory_parse(&m, e->doubt);
	return m.reason.len > 0;
}

/* What was seen, how often, and what it takes to be believed. */
static void
add_doubt(struct strbuf *out, const struct schedule_entry *e)
{
	char since[ISOTIME_BYTES];
	struct memory m;

	memory_parse(&m, e->doubt);
	if (m.reason.len == 0)
		return;
	strbuf_addf(out, "doubt:        %.*s, seen %lld of %lld times since "
		"%s, to be seen for ", STR_ARGS(m.reason), (long long)m.looks,
		(long long)m.wanted, isotime_format(since, m.first_s));
	add_span(out, m.over_s);
	strbuf_addc(out, '\n');
}

static const char *
why_then(const struct schedule_entry *e)
{
	if (!e->failures && !e->misses && is_doubted(e))
		return "the page showed something else, which is to be "
		       "confirmed";
	if (e->failures)
		return "tried again after a failure";
	if (e->state == SCHEDULE_GONE || e->state == SCHEDULE_MOVED)
		return "looked at weekly for its return";
	if (e->misses)
		return "not found; withdrawn once that is confirmed";
	if (e->next_s == e->changed_s + SCHEDULE_WATCH_S)
		return "the last check, 40 days after the last change";
	return "the period, a fifth longer after each unchanged check";
}

static void
add_article(struct strbuf *out, const struct schedule_entry *e,
	int64_t now_s)
{
	if (e->changed_s)
		add_time(out, "last change:  ", e->changed_s, now_s);
	add_doubt(out, e);
	if (!e->next_s) {
		strbuf_addf(out, "next check:   %s\n", why_never(e));
		return;
	}
	strbuf_adds(out, STR("period:       "));
	add_span(out, e->period_s ? e->period_s : SCHEDULE_FIRST_S);
	strbuf_addc(out, '\n');
	if (e->next_s <= now_s)
		add_time(out, "next check:   now; due since ", e->next_s,
			now_s);
	else
		add_time(out, "next check:   ", e->next_s, now_s);
	strbuf_addf(out, "why:          %s\n", why_then(e));
}

static void
add_feed(struct strbuf *out, const struct schedule_entry *e,
	struct plan *plan, int64_t now_s)
{
	int64_t due_s = plan_feed_due(plan, e, e->source);
	int64_t period_s = plan_period_s(plan, e->source);

	if (e->changed_s)
		add_time(out, "last new:     ", e->changed_s, now_s);
	strbuf_adds(out, STR("period:       "));
	add_span(out, period_s ? period_s : SCHEDULE_FEED_S);
	if (e->period_s) {
		strbuf_adds(out, STR("; it asks for "));
		add_span(out, e->period_s);
	}
	strbuf_addc(out, '\n');
	add_time(out, due_s <= now_s ? "next check:   now; due since " :
		"next check:   ", due_s, now_s);
	if (e->failures)
		strbuf_addf(out, "why:          %s\n",
			due_s == plan->mended_s ?
			"failed before the configuration was changed" :
			"tried again after a failure");
}

static void
add_entry(struct strbuf *out, const struct schedule_entry *e,
	struct plan *plan, int64_t now_s)
{
	strbuf_addf(out, "key:          %.*s\n", STR_ARGS(e->key));
	strbuf_addf(out, "address:      %.*s\n", STR_ARGS(e->url));
	strbuf_addf(out, "source:       %.*s\n", STR_ARGS(e->source));
	strbuf_addf(out, "state:        %.*s\n",
		STR_ARGS(e->kind == SCHEDULE_FEED ? STR("feed") :
			schedule_state_name(e->state)));
	strbuf_addf(out, "checks:       %lld\n", (long long)e->checks);
	if (e->checked_s)
		add_time(out, "last check:   ", e->checked_s, now_s);
	if (e->failures || e->misses)
		strbuf_addf(out, "failures:     %lld in a row: %.*s\n",
			(long long)(e->failures ? e->failures : e->misses),
			STR_ARGS(e->error));
	if (e->etag.len || e->last_modified.len)
		strbuf_addf(out, "validators:   %.*s %.*s\n",
			STR_ARGS(e->etag), STR_ARGS(e->last_modified));
	if (e->kind == SCHEDULE_FEED)
		add_feed(out, e, plan, now_s);
	else
		add_article(out, e, now_s);
}

/* The article of that URL, or the feed. */
static int
find(struct schedule_entry *out, struct plan *plan, struct str url,
	struct arena *arena, struct err *err)
{
	struct str key;
	int got;

	if (plan_key(&key, plan, SCHEDULE_ARTICLE, url, arena, err) < 0)
		return -1;
	got = plan_find(out, &key, plan, SCHEDULE_ARTICLE, arena, err);
	if (got != 0)
		return got;
	return plan_find(out, &url, plan, SCHEDULE_FEED, arena, err);
}

int
due_explain(const struct due_options *options, struct str url, int out,
	struct err *err)
{
	struct schedule_entry e;
	struct output output;
	struct arena arena;
	struct strbuf text;
	struct plan plan;
	int got = plan_open(&plan, options->archive, options->now_s, err);

	if (got != STATUS_OK)
		return got;
	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&text, TEXT_BYTES);
	output_init(&output, out);
	got = find(&e, &plan, url, &arena, err);
	if (got > 0)
		add_entry(&text, &e, &plan, options->now_s);
	else if (got == 0)
		strbuf_addf(&text, "address:      %.*s\nnext check:   now: "
			"it has never been seen\n",
			STR_ARGS(utf8_cut(url, 2000)));
	if (got >= 0)
		got = output_add(&output, strbuf_str(&text), err);
	if (got >= 0)
		got = output_flush(&output, err);
	output_release(&output);
	strbuf_release(&text);
	arena_release(&arena);
	plan_close(&plan);
	return got < 0 ? STATUS_STOPPED : STATUS_OK;
}
