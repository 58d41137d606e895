#include "cmd/export/database.h"

#include <unistd.h>

#include "cmd/export/changes.h"
#include "common/archive/sql.h"
#include "common/base/xalloc.h"

enum { TEXT_BYTES = 64 << 20 };

struct database {
	struct sql *sql;
	struct sql_stmt *version, *change;
	struct changes *changes;
	struct strbuf text, classes;
	int64_t id; /* of the version that was written last */
};

static const char schema[] =
	"CREATE TABLE version (id INTEGER PRIMARY KEY, key TEXT NOT NULL, "
	"url TEXT NOT NULL, path TEXT NOT NULL, source TEXT NOT NULL, "
	"version INTEGER NOT NULL, event TEXT NOT NULL, "
	"fetched TEXT NOT NULL, hash TEXT NOT NULL, blob TEXT, "
	"classes TEXT NOT NULL, words_added INTEGER NOT NULL, "
	"words_removed INTEGER NOT NULL, title TEXT NOT NULL, "
	"byline TEXT NOT NULL, published TEXT NOT NULL, lang TEXT NOT NULL, "
	"summary TEXT NOT NULL, words INTEGER NOT NULL, text TEXT NOT NULL, "
	"reason TEXT NOT NULL, location TEXT NOT NULL, "
	"record_id TEXT NOT NULL);"
	"CREATE TABLE change (version INTEGER NOT NULL REFERENCES version, "
	"part TEXT NOT NULL, kind TEXT NOT NULL, classes TEXT NOT NULL, "
	"words_added INTEGER NOT NULL, words_removed INTEGER NOT NULL, "
	"paragraph_before INTEGER, paragraph_after INTEGER, "
	"before TEXT NOT NULL, after TEXT NOT NULL);"
	"CREATE VIEW article AS SELECT key, min(fetched) AS first, "
	"max(fetched) AS last, max(version) AS versions, source, "
	"(SELECT title FROM version w WHERE w.key = v.key "
	"ORDER BY id DESC LIMIT 1) AS title, "
	"(SELECT CASE event WHEN 'gone' THEN 'gone' "
	"WHEN 'moved' THEN CASE WHEN blob IS NULL THEN 'moved' ELSE 'live' "
	"END ELSE 'live' END FROM version w WHERE w.key = v.key "
	"ORDER BY id DESC LIMIT 1) AS state "
	"FROM version v GROUP BY key;"
	"CREATE VIEW edit AS SELECT v.key, v.url, v.source, v.version, "
	"v.fetched, v.title, v.hash, c.part, c.kind, c.classes, "
	"c.words_added, c.words_removed, c.before, c.after "
	"FROM change c JOIN version v ON v.id = c.version;";

static const char indexes[] =
	"CREATE INDEX version_key ON version (key, version);"
	"CREATE INDEX version_fetched ON version (fetched);"
	"CREATE INDEX change_version ON change (version);";

int
database_open(struct database **out, const char *path, struct err *err)
{
	struct database *db;

	if (access(path, F_OK) == 0)
		return err_set(err, "'%s' is there already", path);
	db = xcalloc(1, sizeof(*db));
	*out = db;
	db->changes = changes_new();
	strbuf_init(&db->text, TEXT_BYTES);
	strbuf_init(&db->classes, MESSAGE_VALUE_BYTES);
	if (sql_open(&db->sql, path, SQL_CREATE, err) < 0 ||
		sql_begin(db->sql, err) < 0 ||
		sql_exec(db->sql, schema, err) < 0 ||
		sql_prepare(&db->version, db->sql,
			"INSERT INTO version VALUES (NULL, ?1, ?2, ?3, ?4, "
			"?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
			"?16, ?17, ?18, ?19, ?20, ?21, ?22)",
			err) < 0 ||
		sql_prepare(&db->change, db->sql,
			"INSERT INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
			"?7, ?8, ?9, ?10)",
			err) < 0)
		return -1;
	return 0;
}

static int
write_change(void *context, const struct export_item *item,
	const struct changes_place *p, struct err *err)
{
	struct database *db = context;
	struct sql_stmt *s = db->change;

	(void)item;
	sql_bind_int(s, 1, db->id);
	sql_bind_str(s, 2, p->part);
	sql_bind_str(s, 3, p->kind);
	sql_bind_str(s, 4, p->classes);
	sql_bind_int(s, 5, p->words_added);
	sql_bind_int(s, 6, p->words_removed);
	if (p->paragraph_before > 0)
		sql_bind_int(s, 7, p->paragraph_before);
	if (p->paragraph_after > 0)
		sql_bind_int(s, 8, p->paragraph_after);
	sql_bind_str(s, 9, p->before);
	sql_bind_str(s, 10, p->after);
	return sql_run(s, err);
}

/* The text as paragraphs with a blank line between. */
static struct str
plain_text(struct strbuf *out, const struct document *d)
{
	strbuf_reset(out);
	for (size_t i = 0; i < d->blocks_count; i++) {
		strbuf_adds(out, i > 0 ? STR("\n\n") : STR(""));
		strbuf_adds(out, d->blocks[i].text);
	}
	return strbuf_str(out);
}

static struct str
joined(struct strbuf *out, const struct strlist *list)
{
	strbuf_reset(out);
	for (size_t i = 0; i < list->count; i++) {
		strbuf_adds(out, i > 0 ? STR(", ") : STR(""));
		strbuf_adds(out, list->items[i]);
	}
	return strbuf_str(out);
}

static void
bind_message(struct database *db, const struct export_item *item)
{
	const struct message *m = &item->message;
	struct sql_stmt *s = db->version;

	sql_bind_str(s, 1, m->key);
	sql_bind_str(s, 2, item->article.url);
	sql_bind_str(s, 3, m->path);
	sql_bind_str(s, 4, m->source);
	sql_bind_int(s, 5, m->version);
	sql_bind_str(s, 6, receipt_status_name(m->event));
	sql_bind_str(s, 7, m->fetched);
	sql_bind_str(s, 10, joined(&db->classes, &m->classes));
	sql_bind_int(s, 11, m->words_added);
	sql_bind_int(s, 12, m->words_removed);
	sql_bind_str(s, 20, m->reason);
	sql_bind_str(s, 21, m->location);
	sql_bind_str(s, 22, m->record);
}

static void
bind_document(struct database *db, const struct export_item *item)
{
	const struct document *d = &item->document;
	struct sql_stmt *s = db->version;

	sql_bind_str(s, 13,
		item->has_document ? d->title : item->message.headline);
	sql_bind_str(s, 14, d->byline);
	sql_bind_str(s, 15, d->published);
	sql_bind_str(s, 16, d->lang);
	sql_bind_str(s, 17, d->summary);
	sql_bind_int(s, 18, item->has_document ? document_words(d) : 0);
	sql_bind_str(s, 19, plain_text(&db->text, d));
}

int
database_write(struct database *db, const struct export_item *item,
	struct err *err)
{
	char commit[GITOID_HEX_BYTES], blob[GITOID_HEX_BYTES];

	bind_message(db, item);
	bind_document(db, item);
	sql_bind_str(db->version, 8,
		str_from(gitoid_hex(commit, &item->commit)));
	if (item->has_document)
		sql_bind_str(db->version, 9,
			str_from(gitoid_hex(blob, &item->blob)));
	if (sql_run(db->version, err) < 0)
		return -1;
	db->id = sql_last_id(db->sql);
	return changes_of(db->changes, item, write_change, db, err);
}

int
database_finish(struct database *db, struct err *err)
{
	return sql_exec(db->sql, indexes, err) < 0 ? -1 :
						     sql_commit(db->sql, err);
}

void
database_close(struct database *db)
{
	if (!db)
		return;
	sql_free(db->version);
	sql_free(db->change);
	sql_close(db->sql);
	changes_free(db->changes);
	strbuf_release(&db->text);
	strbuf_release(&db->classes);
	free(db);
}
