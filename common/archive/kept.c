#include "common/archive/kept.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_BYTES = 1 << 20 };

int
kept_folder(char out[KEPT_PATH_BYTES], struct gitstore *store,
	const char *folder, struct err *err)
{
	struct arena arena;
	struct str value = STR("");
	int got = 0;

	if (folder) {
		snprintf(out, KEPT_PATH_BYTES, "%s", folder);
		return 0;
	}
	arena_init(&arena, ARENA_BYTES);
	got = gitstore_config(&value, store, "stet.warc", &arena, err);
	snprintf(out, KEPT_PATH_BYTES, "%.*s", STR_ARGS(value));
	arena_release(&arena);
	return got < 0 ? -1 : 0;
}

/* One file. As kept_each, but KEPT_STOP too. */
static int
read_file(const char *path,
	int (*each)(void *context, const struct warc_record *record,
		struct err *err),
	void *context, void (*told)(const char *text), struct err *err)
{
	struct warc_record record;
	struct warc_reader *in;
	struct err why;
	int got, result = KEPT_GO_ON, fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(&why, "cannot read '%s'", path),
		       told(why.text), KEPT_GO_ON;
	in = warc_reader_new(fd, KEPT_BLOCK_BYTES);
	warc_record_init(&record);
	while (result == KEPT_GO_ON &&
		(got = warc_next(in, &record, &why)) != WARC_END) {
		if (got == WARC_ERROR) {
			err_prefix(&why, "'%s'", path);
			told(why.text);
			break;
		}
		if (got == WARC_RECORD)
			result = each(context, &record, err);
	}
	warc_record_release(&record);
	warc_reader_free(in);
	close(fd);
	return result;
}

static int
is_warc(const struct dirent *entry)
{
	struct str name = str_from(entry->d_name);

	return str_ends(name, STR(".warc")) ||
		str_ends(name, STR(".warc.gz")) ||
		str_ends(name, STR(".warc.zst"));
}

static int
read_folder(const char *folder,
	int (*each)(void *context, const struct warc_record *record,
		struct err *err),
	void *context, void (*told)(const char *text), struct err *err)
{
	struct dirent **names = NULL;
	char path[KEPT_PATH_BYTES * 2];
	int count = scandir(folder, &names, is_warc, alphasort);
	int result = KEPT_GO_ON;

	if (count < 0)
		return err_errno(err, "cannot read '%s'", folder);
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder,
			names[i]->d_name);
		if (result == KEPT_GO_ON)
			result = read_file(path, each, context, told, err);
		free(names[i]);
	}
	free(names);
	return result;
}

int
kept_each(const char *folder,
	int (*each)(void *context, const struct warc_record *record,
		struct err *err),
	void *context, void (*told)(const char *text), struct err *err)
{
	struct stat s;
	int result;

	if (stat(folder, &s) == 0 && S_ISREG(s.st_mode))
		result = read_file(folder, each, context, told, err);
	else
		result = read_folder(folder, each, context, told, err);
	return result < 0 ? -1 : 0;
}
