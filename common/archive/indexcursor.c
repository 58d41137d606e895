#include "common/archive/indeximpl.h"
#include "common/base/xalloc.h"

struct index_cursor {
	struct sql_stmt *statement;
};

static int
open_cursor(struct index_cursor **out, struct index *index, const char *query,
	struct err *err)
{
	struct sql_stmt *s;

	*out = NULL;
	if (sql_prepare(&s, index->db, query, err) < 0)
		return -1;
	*out = xmalloc(sizeof(**out));
	(*out)->statement = s;
	return 0;
}

void
index_cursor_free(struct index_cursor *cursor)
{
	if (!cursor)
		return;
	sql_free(cursor->statement);
	free(cursor);
}

int
index_articles(struct index_cursor **out, struct index *index,
	struct str source, struct err *err)
{
	int result = open_cursor(out, index, source.len > 0 ?
		"SELECT * FROM article WHERE source = ?1 ORDER BY id" :
		"SELECT * FROM article ORDER BY id", err);

	if (result == 0 && source.len > 0)
		sql_bind_str((*out)->statement, 1, source);
	return result;
}

int
index_articles_after(struct index_cursor **out, struct index *index,
	int64_t id, struct err *err)
{
	if (open_cursor(out, index, "SELECT * FROM article WHERE id > ?1"
				    " ORDER BY id", err) < 0)
		return -1;
	sql_bind_int((*out)->statement, 1, id);
	return 0;
}

int
index_moved(struct index_cursor **out, struct index *index, struct err *err)
{
	/* The number stands in the text so that article_moved serves. */
	_Static_assert(INDEX_MOVED == 2, "as in the statement");
	return open_cursor(out, index, "SELECT * FROM article"
				       " WHERE state = 2 ORDER BY id", err);
}

int
index_aliases_of(struct index_cursor **out, struct index *index,
	struct str prefix, struct err *err)
{
	if (open_cursor(out, index, "SELECT key, article FROM alias"
				    " WHERE key >= ?1 AND key < ?1 || X'FF'"
				    " ORDER BY key", err) < 0)
		return -1;
	sql_bind_str((*out)->statement, 1, prefix);
	return 0;
}

int
index_versions(struct index_cursor **out, struct index *index, int64_t article,
	struct err *err)
{
	if (open_cursor(out, index, "SELECT * FROM version WHERE article = ?1"
				    " ORDER BY seq", err) < 0)
		return -1;
	sql_bind_int((*out)->statement, 1, article);
	return 0;
}

int
index_history(struct index_cursor **out, struct index *index, int64_t from,
	int64_t to, struct err *err)
{
	if (open_cursor(out, index, "SELECT * FROM version WHERE seq BETWEEN"
				    " ?1 AND ?2 ORDER BY seq DESC", err) < 0)
		return -1;
	sql_bind_int((*out)->statement, 1, from);
	sql_bind_int((*out)->statement, 2, to);
	return 0;
}

int
index_all_versions(struct index_cursor **out, struct index *index,
	struct err *err)
{
	return open_cursor(out, index, "SELECT * FROM version ORDER BY seq",
		err);
}

int
index_aliases(struct index_cursor **out, struct index *index, int64_t article,
	struct err *err)
{
	if (open_cursor(out, index, "SELECT key FROM alias WHERE article = ?1"
				    " ORDER BY key", err) < 0)
		return -1;
	sql_bind_int((*out)->statement, 1, article);
	return 0;
}

int
index_next_article(struct index_article *out, struct index_cursor *cursor,
	struct err *err)
{
	int got = sql_step(cursor->statement, err);

	if (got > 0)
		index_read_article(out, cursor->statement);
	return got;
}

int
index_next_version(struct index_version *out, struct index_cursor *cursor,
	struct err *err)
{
	int got = sql_step(cursor->statement, err);

	if (got > 0)
		index_read_version(out, cursor->statement);
	return got;
}

int
index_next_alias_of(struct str *out, int64_t *article,
	struct index_cursor *cursor, struct err *err)
{
	int got = index_next_alias(out, cursor, err);

	if (got > 0)
		*article = sql_int(cursor->statement, 1);
	return got;
}

int
index_next_alias(struct str *out, struct index_cursor *cursor,
	struct err *err)
{
	int got = sql_step(cursor->statement, err);

	if (got > 0)
		*out = sql_str(cursor->statement, 0);
	return got;
}
