/* What the index*.c files share; no other module includes it. */
#ifndef STET_INDEXIMPL_H
#define STET_INDEXIMPL_H

#include "common/archive/index.h"
#include "common/archive/sql.h"

enum index_statement {
	FIND,
	FIND_ALIAS,
	FIND_PATH,
	LIKE,
	GET,
	VERSION,
	BLOB,
	TWIN,
	GET_META,
	SET_META,
	ADD_ARTICLE,
	SET_ARTICLE,
	SET_KEY,
	ADD_VERSION,
	ADD_ALIAS,
	DROP_ALIAS,
	STATEMENTS
};

struct index {
	struct gitstore *store;
	struct sql *db;
	struct sql_stmt *statements[STATEMENTS]; /* prepared when first used */
	bool writable; /* can be changed: on disk, or in memory */
	bool memory;   /* a copy that goes when it is closed */
};

/* The prepared statement, ready for its parameters; NULL on error. */
struct sql_stmt *index_statement(struct index *index,
	enum index_statement which, struct err *err);

/*
 * The tables' further orders, which no statement that applies a commit needs:
 * an index that is made from nothing does without them until its end.
 */
int index_add_orders(struct index *index, struct err *err);
int index_drop_orders(struct index *index, struct err *err);

/* Within a transaction: the tables emptied and filled from the history. */
int index_remake(struct index *index, const struct gitoid *head,
	int64_t *applied, struct err *err);

/* The current row of a statement that selects all columns. */
void index_read_article(struct index_article *out, struct sql_stmt *s);
void index_read_version(struct index_version *out, struct sql_stmt *s);

#endif
