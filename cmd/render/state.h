/*
 * Up to where a site has been rendered, in its file ".stet.json": the place
 * in the history, the commit there, and a digest of all that every page
 * depends on. As the same history and settings give the same file, a site
 * rendered in full and one rendered in steps are equal in this as well.
 */
#ifndef STET_RENDER_STATE_H
#define STET_RENDER_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/render/render.h"
#include "cmd/render/site.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/site/work.h"

struct state {
	int64_t seq;            /* 0: nothing rendered */
	struct strbuf commit;   /* of it, in hexadecimal */
	struct strbuf settings; /* digest, in hexadecimal */
};

void state_init(struct state *s);
void state_release(struct state *s);

/* 1: read; 0: the site has none; -1: it cannot be read. A file that is not
 * understood is as one of the beginning: seq 0. */
int state_read(struct state *out, struct site *site, struct err *err);

/* Sets the digest of the settings. */
void state_settings(struct state *out, const struct work *w,
	const struct render_options *options);

/* Sets place and commit. */
void state_set(struct state *out, struct work *w, int64_t seq);

/* Whether a rendering may go on from `old`: the same settings, and its commit
 * is still at its place in the history. */
bool state_continues(const struct state *old, const struct state *now,
	struct work *w);

int state_write(const struct state *s, struct work *w, struct err *err);

#endif
