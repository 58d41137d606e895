/* Whether the index is the pure function of the history that it claims. */
#include <string.h>

#include "common/archive/indeximpl.h"
#include "common/base/digest.h"

static const char *const tables[] = {
	"SELECT id, key, path, url, source, title, state, versions, first_s,"
	" last_s, hash, blob, location, digest, extractor, etag,"
	" last_modified, sketch FROM article ORDER BY id",
	"SELECT seq, article, number, event, hash, blob, fetched_s, title,"
	" classes, words_added, words_removed, reason, location FROM version"
	" ORDER BY seq",
	"SELECT key, article FROM alias ORDER BY key",
};

static const int columns[] = { 18, 13, 2 };

enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

static void
add_column(struct digest *sum, struct str column)
{
	uint64_t len = column.len;

	digest_add(sum, &len, sizeof(len));
	digest_add(sum, column.ptr, column.len);
}

static int
add_table(struct digest *sum, struct index *index, size_t table,
	struct err *err)
{
	struct sql_stmt *s;
	int got;

	if (sql_prepare(&s, index->db, tables[table], err) < 0)
		return -1;
	while ((got = sql_step(s, err)) > 0)
		for (int i = 0; i < columns[table]; i++)
			add_column(sum, sql_str(s, i));
	sql_free(s);
	return got;
}

static int
sum_up(unsigned char out[DIGEST_MAX_BYTES], struct index *index,
	struct err *err)
{
	struct digest *sum = digest_new(DIGEST_SHA256);
	int result = 0;

	for (size_t i = 0; i < TABLES && result == 0; i++)
		result = add_table(sum, index, i, err);
	digest_end(sum, out);
	digest_free(sum);
	return result;
}

int
index_check(bool *same, struct index *index, struct err *err)
{
	unsigned char now[DIGEST_MAX_BYTES] = { 0 };
	unsigned char anew[DIGEST_MAX_BYTES] = { 0 };
	struct gitoid head;
	int result = -1;

	if (!index->writable)
		return err_set(err, "the index cannot be written");
	if (index_begin(index, err) < 0)
		return -1;
	if (gitstore_head(&head, index->store, err) >= 0 &&
		sum_up(now, index, err) == 0 &&
		index_remake(index, &head, NULL, err) == 0 &&
		sum_up(anew, index, err) == 0)
		result = 0;
	index_rollback(index);
	*same = memcmp(now, anew, sizeof(now)) == 0;
	return result;
}
