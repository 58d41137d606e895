#include "cmd/status/monitor.h"

#include <stddef.h>
#include <string.h>

#include "cmd/status/report.h"
#include "common/base/number.h"

/* The sum of a member over the sources. */
struct sums {
	int64_t articles, versions, due, failing, warnings, feeds;
	int64_t read_s; /* when a feed was read last */
};

static void
add_warning(struct strbuf *out, const struct source *source, int64_t now_s,
	struct sums *sums)
{
	struct strbuf warning;

	strbuf_init(&warning, REPORT_WARNING_BYTES);
	report_warning(&warning, source, now_s);
	if (warning.len > 0) {
		sums->warnings++;
		strbuf_addf(out, "%s: %s\n",
			source->name[0] ? source->name : "(none)", warning.ptr);
	}
	strbuf_release(&warning);
}

static struct sums
add_up(struct strbuf *warnings, const struct sources *sources, int64_t now_s)
{
	struct sums sums = { 0 };

	for (size_t i = 0; i < sources->count; i++) {
		const struct source *source = &sources->list[i];

		sums.articles += source->articles;
		sums.versions += source->versions;
		sums.due += source->due;
		sums.failing += source->failing;
		sums.feeds += source->feeds;
		if (source->feeds_read_s > sums.read_s)
			sums.read_s = source->feeds_read_s;
		add_warning(warnings, source, now_s, &sums);
	}
	return sums;
}

static bool
is_idle(const struct sums *sums, int64_t now_s)
{
	return sums->feeds > 0 && sums->read_s < now_s - MONITOR_IDLE_S;
}

enum monitor
monitor_check(struct strbuf *out, const struct sources *sources,
	int64_t now_s)
{
	static const char *const names[] = { "OK", "WARNING", "CRITICAL" };
	struct strbuf warnings;
	struct sums sums;
	enum monitor state = MONITOR_OK;

	strbuf_init(&warnings, 64 << 20);
	sums = add_up(&warnings, sources, now_s);
	if (sums.warnings > 0)
		state = sums.warnings < (int64_t)sources->count ?
			MONITOR_WARNING : MONITOR_CRITICAL;
	if (is_idle(&sums, now_s))
		state = MONITOR_CRITICAL;
	strbuf_addf(out, "STET %s - %zu source%s, %lld with a warning%s | "
		"articles=%lld versions=%lldc due=%lld failing=%lld "
		"warnings=%lld\n",
		names[state], sources->count,
		number_plural((int64_t)sources->count),
		(long long)sums.warnings,
		is_idle(&sums, now_s) ? ", no feed was read for a day" : "",
		(long long)sums.articles, (long long)sums.versions,
		(long long)sums.due, (long long)sums.failing,
		(long long)sums.warnings);
	strbuf_adds(out, strbuf_str(&warnings));
	strbuf_release(&warnings);
	return state;
}

static bool
has_warning(const struct source *s, int64_t now_s)
{
	struct strbuf warning;
	bool has;

	strbuf_init(&warning, REPORT_WARNING_BYTES);
	report_warning(&warning, s, now_s);
	has = warning.len > 0;
	strbuf_release(&warning);
	return has;
}

/* A metric is a member of struct source, at an offset. */
#define MEMBER(name) offsetof(struct source, name)

static const struct metric {
	const char *name, *type, *help;
	size_t member;
} metrics[] = {
	{ "stet_articles", "gauge", "Articles in the archive.",
		MEMBER(articles) },
	{ "stet_versions_total", "counter", "Versions.", MEMBER(versions) },
	{ "stet_gone", "gauge", "Articles that were withdrawn.",
		MEMBER(gone) },
	{ "stet_due", "gauge", "Articles whose check is due.", MEMBER(due) },
	{ "stet_failing", "gauge", "Articles that failed at their last check.",
		MEMBER(failing) },
	{ "stet_feeds_failing", "gauge", "Feeds that cannot be read.",
		MEMBER(feeds_failing) },
	{ "stet_feed_read_timestamp_seconds", "gauge",
		"When a feed was read last.", MEMBER(feeds_read_s) },
	{ "stet_last_new_timestamp_seconds", "gauge",
		"When the newest article was first seen.",
		MEMBER(last_new_s) }
};

/* A label's value: backslash, quote and newline are escaped. */
static void
add_label(struct strbuf *out, const char *value)
{
	for (; *value; value++) {
		if (*value == '\\' || *value == '"')
			strbuf_addc(out, '\\');
		if (*value == '\n')
			strbuf_adds(out, STR("\\n"));
		else
			strbuf_addc(out, *value);
	}
}

static void
add_head(struct strbuf *out, const char *name, const char *type,
	const char *help)
{
	strbuf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name,
		type);
}

static void
add_sample(struct strbuf *out, const char *name, const struct source *source,
	int64_t value)
{
	strbuf_addf(out, "%s{source=\"", name);
	add_label(out, source->name);
	strbuf_addf(out, "\"} %lld\n", (long long)value);
}

void
monitor_prometheus(struct strbuf *out, const struct sources *sources,
	int64_t now_s)
{
	for (size_t m = 0; m < sizeof(metrics) / sizeof(*metrics); m++) {
		add_head(out, metrics[m].name, metrics[m].type,
			metrics[m].help);
		for (size_t i = 0; i < sources->count; i++) {
			const char *at = (const char *)&sources->list[i];
			int64_t value;

			memcpy(&value, at + metrics[m].member, sizeof(value));
			add_sample(out, metrics[m].name, &sources->list[i],
				value);
		}
	}
	add_head(out, "stet_warning", "gauge", "Whether stet status warns.");
	for (size_t i = 0; i < sources->count; i++)
		add_sample(out, "stet_warning", &sources->list[i],
			has_warning(&sources->list[i], now_s));
}
