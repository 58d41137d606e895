/*
 * An article as its pages need it: what the index knows, every commit of it,
 * where its pages stand, when it is checked. Texts are read one at a time.
 *
 *	struct view v;
 *	if (view_load(&v, &sources, article_id, &arena, &err) > 0)
 *		... v.events, v.texts
 */
#ifndef STET_VIEW_H
#define STET_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/article/document.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

enum { VIEW_ARENA_BYTES = 256 << 20 };

/* What the schedule says; `known` false: nothing. */
struct view_checks {
	bool known;
	bool stopped;   /* it is not checked any more */
	int64_t last_s; /* 0: never yet */
	int64_t next_s;
	struct str error; /* why the last check saw nothing; empty: it did */
	bool doubted;     /* it showed something else, not confirmed yet */
	int64_t seen_s;   /* the newest version was last seen; 0: unknown */
};

/* A move: `renames` when the history went along, else the article ended. */
struct view_move {
	struct str from, to; /* addresses */
	bool renames;
};

/* Another article, as a link to its page needs it; without: page is empty. */
struct view_other {
	struct str title, url, page;
	int64_t since_s; /* its newest commit */
};

struct view {
	struct index_article article;
	struct index_version *events; /* all commits, oldest first */
	size_t events_count;
	size_t *texts;                /* those that made a version */
	size_t texts_count;
	struct str address;           /* where it is, or was at the end */
	struct view_move *moves;      /* by event, of those that moved */
	struct view_other successor;  /* what stands where it moved to */
	struct view_other *led;       /* articles that ended here */
	size_t led_count;
	struct str stem;              /* names_stem of the path */
	struct str page, rss, atom, timemap; /* paths in the site */
	struct view_checks checks;
	bool hidden;
};

/*
 * Loads article `id`: 1, 0 when there is none or it has no version yet, -1.
 * Everything lies in `arena`. `hidden` and `checks` are left empty, and what
 * is known of moves to moves_load.
 */
int view_load(struct view *out, struct index *index, int64_t id,
	struct arena *arena, struct err *err);

/* Sets the paths of its pages to those of an article at `archive_path`. */
void view_place(struct view *v, struct str archive_path, struct arena *arena);

/* The n-th text, from 0. */
const struct index_version *view_text(const struct view *v, size_t n);

/* When the newest edit was seen; 0 when there was none. */
int64_t view_last_change(const struct view *v);

/* The newest commit that withdrew or moved the article; NULL when it is
 * there. */
const struct index_version *view_end(const struct view *v);

/* From where to where a commit moved its article, by its message; strings lie
 * in `arena`. */
int view_move(struct view_move *out, struct gitstore *store,
	const struct index_version *event, struct arena *arena,
	struct err *err);

/* Reads and parses the text of a version into `arena`. */
int view_document(struct document *out, struct gitstore *store,
	const struct index_version *version, struct arena *arena,
	struct err *err);

/* An index row whose strings are copied into `arena`. */
struct index_version view_keep(const struct index_version *v,
	struct arena *arena);

#endif
