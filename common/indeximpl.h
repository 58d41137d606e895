/* What the index*.c files share; no other module includes it. */
#ifndef STET_INDEXIMPL_H
#define STET_INDEXIMPL_H

#include "common/index.h"
#include "common/sql.h"

enum index_statement {
	FIND,
	FIND_ALIAS,
	FIND_PATH,
	GET,
	VERSION,
	BLOB,
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
	bool writable;
	bool behind;
};

/* The prepared statement, ready for its parameters; NULL on error. */
struct sql_stmt *index_statement(struct index *index,
	enum index_statement which, struct err *err);

/* Within a transaction: empties the tables and applies the whole history. */
int index_remake(struct index *index, int64_t *applied, struct err *err);

/* The current row of a statement that selects all columns. */
void index_read_article(struct index_article *out, struct sql_stmt *s);
void index_read_version(struct index_version *out, struct sql_stmt *s);

#endif
