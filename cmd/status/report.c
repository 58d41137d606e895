#include "cmd/status/report.h"

#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/web/json.h"

enum { SPAN_BYTES = 32, WHEN_BYTES = SPAN_BYTES + 8 };

/* "3 days", "5 hours", "0 minutes". */
static const char *
span(char out[SPAN_BYTES], int64_t seconds)
{
	int64_t days = seconds / 86400, hours = seconds / 3600;
	int64_t n = days ? days : hours ? hours : seconds / 60;

	snprintf(out, SPAN_BYTES, "%lld %s%s", (long long)n,
		days ? "day" : hours ? "hour" : "minute", number_plural(n));
	return out;
}

static const char *
when(char out[WHEN_BYTES], int64_t s, int64_t now_s)
{
	char text[SPAN_BYTES];

	if (!s)
		return "-";
	if (s > now_s)
		snprintf(out, WHEN_BYTES, "in %s", span(text, s - now_s));
	else
		snprintf(out, WHEN_BYTES, "%s ago",
			span(text, now_s - s));
	return out;
}

static void
add_silent(struct strbuf *out, const struct source *source, int64_t now_s)
{
	char since[SPAN_BYTES], gap[SPAN_BYTES];
	int64_t gap_s = source_longest_gap_s(source);

	span(since, now_s - source_quiet_since_s(source));
	if (!source->articles) {
		strbuf_addf(out, "silent: not one article in %s", since);
		return;
	}
	strbuf_addf(out, "silent: no new article for %s", since);
	if (gap_s)
		strbuf_addf(out, "; of late never longer than %s",
			span(gap, gap_s));
}

static void
add_unread(struct strbuf *out, const struct source *source)
{
	if (source->feeds_failing >= source->feeds)
		strbuf_adds(out, STR("no feed can be read: "));
	else
		strbuf_addf(out, "%lld of %lld feeds cannot be read: ",
			(long long)source->feeds_failing,
			(long long)source->feeds);
	strbuf_addf(out, "%.200s", source->feed_error);
}

void
report_warning(struct strbuf *out, const struct source *source, int64_t now_s)
{
	bool all = source->feeds_failing >= source->feeds;

	if (source->ahead) {
		strbuf_addf(out, "%lld date%s in the future, by a clock that "
				 "was ahead (stet mark --mend)",
			(long long)source->ahead,
			source->ahead == 1 ? "" : "s");
		return;
	}
	if (source->feeds_failing)
		add_unread(out, source);
	if (source->feeds_failing && all)
		return;
	if (out->len && source_is_silent(source, now_s))
		strbuf_adds(out, STR("; "));
	if (source_is_silent(source, now_s))
		add_silent(out, source, now_s);
	else if (source->feeds_read_s && !source->articles && !out->len)
		strbuf_adds(out, STR("not one article yet, though its feeds "
				     "are read"));
}

void
report_head(struct strbuf *out)
{
	strbuf_addf(out, "%-20s %9s %9s %6s %8s %8s  %-15s %-15s %s\n",
		"source", "articles", "versions", "gone", "failing", "due",
		"last new", "next check", "next feed");
}

void
report_row(struct strbuf *out, const struct source *source, int64_t now_s)
{
	char new_text[WHEN_BYTES], next_text[WHEN_BYTES], feed_text[WHEN_BYTES];
	struct strbuf warning;

	strbuf_addf(out, "%-20s %9lld %9lld %6lld %8lld %8lld  %-15s %-15s "
		"%s\n",
		source->name[0] ? source->name : "(none)",
		(long long)source->articles, (long long)source->versions,
		(long long)source->gone,
		(long long)(source->failing + source->missing),
		(long long)source->due,
		when(new_text, source->last_new_s, now_s),
		source->due ? "now" : when(next_text, source->next_s, now_s),
		source->feeds_next_s == now_s ? "now" :
			when(feed_text, source->feeds_next_s, now_s));
	strbuf_init(&warning, REPORT_WARNING_BYTES);
	report_warning(&warning, source, now_s);
	if (warning.len)
		strbuf_addf(out, "    warning: %s\n", warning.ptr);
	strbuf_release(&warning);
}

void
report_sums(struct strbuf *out, const struct sources *sources, int64_t late)
{
	int64_t articles = 0, versions = 0, scheduled = 0, due = 0;

	for (size_t i = 0; i < sources->count; i++) {
		articles += sources->list[i].articles;
		versions += sources->list[i].versions;
		scheduled += sources->list[i].scheduled;
		due += sources->list[i].due;
	}
	if (late > 0)
		strbuf_addf(out, "%lld late capture%s kept for stet merge "
			"--late\n", (long long)late, number_plural(late));
	strbuf_addf(out, "%zu source%s, %lld article%s, %lld version%s, %lld "
		"still checked, %lld of them due\n",
		sources->count, number_plural((int64_t)sources->count),
		(long long)articles, number_plural(articles),
		(long long)versions, number_plural(versions),
		(long long)scheduled, (long long)due);
}

static void
add_time(struct strbuf *out, const char *key, int64_t s)
{
	char text[ISOTIME_BYTES];

	json_key(out, key);
	json_add_str(out, s ? str_from(isotime_format(text, s)) : STR(""));
}

static void
add_int(struct strbuf *out, const char *key, int64_t n)
{
	json_key(out, key);
	json_add_int(out, n);
}

void
report_json(struct strbuf *out, const struct source *source, int64_t now_s)
{
	struct strbuf warning;

	strbuf_init(&warning, REPORT_WARNING_BYTES);
	report_warning(&warning, source, now_s);
	json_open(out, '{');
	add_int(out, "v", 1);
	json_key(out, "source");
	json_add_str(out, str_from(source->name));
	add_int(out, "articles", source->articles);
	add_int(out, "versions", source->versions);
	add_int(out, "gone", source->gone);
	add_int(out, "moved", source->moved);
	add_time(out, "last_new", source->last_new_s);
	add_time(out, "last_change", source->last_change_s);
	add_int(out, "scheduled", source->scheduled);
	add_int(out, "due", source->due);
	add_int(out, "failing", source->failing);
	add_int(out, "missing", source->missing);
	add_time(out, "next_check", source->next_s);
	add_int(out, "feeds", source->feeds);
	add_int(out, "feeds_failing", source->feeds_failing);
	add_time(out, "feeds_read", source->feeds_read_s);
	json_key(out, "silent");
	json_add_bool(out, source_is_silent(source, now_s));
	json_key(out, "warning");
	json_add_str(out, strbuf_str(&warning));
	add_time(out, "feeds_next", source->feeds_next_s);
	json_close(out, '}');
	strbuf_addc(out, '\n');
	strbuf_release(&warning);
}
