/*
 * The history as an SQLite database for whoever likes to ask in SQL
 * (stet-export(1) describes its tables and views).
 *
 *	struct database *db;
 *	if (database_open(&db, path, &err) < 0)
 *		...
 *	database_write(db, &item, &err)		for each commit
 *	database_finish(db, &err)		then it is whole
 *	database_close(db)
 */
#ifndef STET_EXPORT_DATABASE_H
#define STET_EXPORT_DATABASE_H

#include "cmd/export/export.h"

struct database;

/* Makes the file, where nothing may be yet. */
int database_open(struct database **out, const char *path, struct err *err);
int database_write(struct database *db, const struct export_item *item,
	struct err *err);
int database_finish(struct database *db, struct err *err);
void database_close(struct database *db);

#endif
