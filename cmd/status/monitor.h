/*
 * The state of an archive for programs that watch over it: the line of a
 * Nagios plug-in (Monitoring Plugins Development Guidelines), and Prometheus'
 * text format 0.0.4.
 */
#ifndef STET_STATUS_MONITOR_H
#define STET_STATUS_MONITOR_H

#include "cmd/status/sources.h"
#include "common/base/strbuf.h"

/* What a plug-in ends with; MONITOR_UNKNOWN also for an error. */
enum monitor {
	MONITOR_OK,
	MONITOR_WARNING, /* a source has one */
	MONITOR_CRITICAL, /* every source has, or no feed is read any more */
	MONITOR_UNKNOWN
};

enum { MONITOR_IDLE_S = 86400 }; /* so long after a feed was to be read */

/* Appends the line, then one for each warning. */
enum monitor monitor_check(struct strbuf *out, const struct sources *sources,
	int64_t now_s);

/* Appends the metrics. */
void monitor_prometheus(struct strbuf *out, const struct sources *sources,
	int64_t now_s);

#endif
