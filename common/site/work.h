/*
 * What a rendering has open, and the steps of it that lists and feeds share.
 */
#ifndef STET_WORK_H
#define STET_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/hidden.h"
#include "common/archive/index.h"
#include "common/archive/scheduledb.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/diff/change.h"
#include "common/git/gitstore.h"
#include "common/page/frame.h"
#include "common/page/rows.h"
#include "common/page/view.h"
#include "common/site/catalog.h"
#include "common/site/told.h"

enum { WORK_PAGE_BYTES = 256 << 20, WORK_PATH_BYTES = 4096 };

/* Where files of the site go; 0 or -1. `has` (or NULL) tells whether there
 * is a file already. */
struct work_sink {
	int (*write)(void *to, const char *path, struct str bytes,
		struct err *err);
	bool (*has)(void *to, const char *path);
	void *to;
};

struct work {
	struct gitstore *store;
	struct index *index;
	struct work_sink sink;
	struct scheduledb *schedule; /* NULL: there is none */
	struct site_options options;
	struct catalog *catalog;
	struct hidden hidden;
	struct rows *rows;
	struct change *judge;    /* of the first text against the latest */
	struct arena article;    /* of a view, of a list's page */
	struct arena texts[3];   /* older, newer and first document */
	struct strbuf page;      /* the file being made */
	bool reading;            /* set before: the archive is only read */
	bool unwritable;         /* the site could not be written */
	struct told told;        /* what changes are, for lists */
	struct arena settings;   /* strings of the options */
};

/*
 * Opens the archive for reading and sets the options that are empty from its
 * configuration. work_close also after -1, of a work that began as zeros.
 */
int work_open(struct work *w, const char *archive, struct err *err);
void work_close(struct work *w);

/* A commit of a list with its article. */
struct item {
	struct index_article article;
	struct index_version version;
	struct view_move move; /* of a commit that moved the article */
	bool hidden;
	struct str stem; /* names_stem of the article's path */
	struct str path; /* of its page: the change, the version, the article */
};

/*
 * Loads the article with that id into w->article: 1; 0: it is hidden, or has
 * no version to show; -1.
 */
int work_shown(struct index_article *out, struct work *w, int64_t id,
	struct err *err);

/*
 * What readers call a source: source.NAME.title of the configuration, else
 * its name, else that it has none.
 */
int work_source_title(struct str *out, struct work *w, struct str source,
	struct arena *arena, struct err *err);

/* Fills v->checks with what the schedule says. */
int work_checks(struct work *w, struct view *v, struct err *err);

/*
 * Loads what a list's entry stands for into `arena`: 1, 0 when the index has
 * it no more, -1.
 */
int work_item(struct item *out, struct work *w,
	const struct catalog_entry *entry, struct arena *arena,
	struct err *err);

/*
 * Keeps what the change is that w->rows has compared, for the lists; nothing
 * to tell for a change of the headline, which they show anyway.
 */
int work_tell(struct work *w, const struct index_version *version,
	struct err *err);

/* The same as markup, of a list's entry: told anew where it is not known. */
int work_told(struct str *markup, struct work *w, const struct item *item,
	struct err *err);

/* Appends how the change is told within a feed, as HTML; that of a damaged
 * version, which its article's pages complain of, as a note. */
void work_item_html(struct strbuf *out, struct work *w,
	const struct item *item);

/*
 * The same for a version with its documents compared in w->rows already;
 * `before` is NULL for a first version.
 */
int work_change_html(struct strbuf *out, struct work *w,
	const struct index_version *version,
	const struct index_version *before, struct err *err);

/* Appends how a withdrawal or a move is told; `move` is for the latter. */
void work_ended_html(struct strbuf *out, const struct index_version *event,
	const struct view_move *move);

/* Appends the title of a feed's entry: "Withdrawn: HEADLINE". */
void work_item_title(struct strbuf *out, const struct index_version *version,
	struct str fallback);

/* Writes w->page to `path` and empties it. */
int work_write(struct work *w, const char *path, struct err *err);

/* Writes `out` to `path`. -1 also when it was too large to be held. */
int work_write_buffer(struct work *w, const char *path,
	const struct strbuf *out, struct err *err);

#endif
