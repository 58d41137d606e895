/*
 * What a run leaves for the next one, in a folder of its own (--state): the
 * robots.txt of each origin for a day, and until when a site has asked to be
 * left alone. All of it may be deleted at any time.
 */
#ifndef STET_FETCH_STATE_H
#define STET_FETCH_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { STATE_ROBOTS_S = 24 * 3600 }; /* RFC 9309 2.4 */

struct state;

/* Opens the folder, made when it is missing; drops files that are too old. */
struct state *state_open(const char *path, int64_t now_s, struct err *err);
void state_free(struct state *s);

/*
 * Whether there is a robots.txt of `origin` that is at most a day old; its
 * text is appended to out (empty when all is allowed). NULL as s: none.
 */
bool state_load_robots(struct strbuf *out, struct state *s, struct str origin,
	int64_t now_s);

/* Keeps a robots.txt. -1 with the reason. */
int state_save_robots(struct state *s, struct str origin, struct str text,
	int64_t now_s, struct err *err);

/* Until when `site` asked to be left alone, or 0. */
int64_t state_load_hold(struct state *s, struct str site, int64_t now_s);
int state_save_hold(struct state *s, struct str site, int64_t until_s,
	struct err *err);

#endif
