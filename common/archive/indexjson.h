/*
 * Rows of the index as JSON (stet-json(5)): the one place that names the
 * members, so that stet log, stet list and stet search speak of the same
 * thing in the same words.
 *
 *	json_open(&out, '{');
 *	indexjson_version(&out, &article, &version);
 *	json_close(&out, '}');
 */
#ifndef STET_INDEXJSON_H
#define STET_INDEXJSON_H

#include "common/archive/index.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

/* Appends one member of an open object. */
void indexjson_text(struct strbuf *out, const char *key, struct str value);
void indexjson_int(struct strbuf *out, const char *key, int64_t value);
/* "live", "gone" or "moved" */
struct str indexjson_state(enum index_state state);

/* Appends "classes", an array, from the index's list "headline, numbers". */
void indexjson_classes(struct strbuf *out, struct str classes);

/* v, key, url, path, source, title, state, versions, first, last, commit,
 * location */
void indexjson_article(struct strbuf *out, const struct index_article *a);

/* v, key, url, path, source, version, event, fetched, commit, blob, classes,
 * words_added, words_removed, title, reason, location */
void indexjson_version(struct strbuf *out, const struct index_article *a,
	const struct index_version *v);

#endif
