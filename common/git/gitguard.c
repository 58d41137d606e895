#include "common/git/gitguard.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

enum { PATH_BYTES = 8192, CONFIG_BYTES = 4 << 20 };

/* 1 there, 0 not: a plain file or folder; -1: something else is. */
static int
is_plain(const char *path, const char *name, mode_t kind, struct err *err)
{
	struct strbuf file;
	struct stat found;
	int result;

	strbuf_init(&file, PATH_BYTES);
	strbuf_addf(&file, "%s/%s", path, name);
	result = lstat(file.ptr, &found) == 0;
	if (result && (found.st_mode & S_IFMT) != kind)
		result = err_set(err, "'%s' is not a plain %s", file.ptr,
			kind == S_IFDIR ? "folder" : "file");
	strbuf_release(&file);
	return result;
}

static int
check_files(const char *path, struct err *err)
{
	static const char *const files[] = { "config", "HEAD", "packed-refs",
		"shallow", "refs/heads/main", "objects/info/alternates",
		"objects/info/commit-graph", "stet/lock", "stet/run.lock",
		"stet/maintain.lock", "stet/pending", "stet/pending.new",
		"stet/graph", "stet/graph.tmp" };
	static const char *const folders[] = { "objects", "objects/pack",
		"refs", "refs/heads", "stet", "stet/robots" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (is_plain(path, files[i], S_IFREG, err) < 0)
			return -1;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (is_plain(path, folders[i], S_IFDIR, err) < 0)
			return -1;
	if (is_plain(path, "commondir", S_IFREG, NULL) != 0)
		return err_set(err, "'%s' is a part of another repository",
			path);
	return 0;
}

static bool
is_true(const char *value)
{
	return !value || (*value && strcasecmp(value, "false") != 0 &&
		strcasecmp(value, "no") != 0 &&
		strcasecmp(value, "off") != 0 && strcmp(value, "0") != 0);
}

static int
check_entry(const char *path, const git_config_entry *e, struct err *err)
{
	struct str name = str_from(e->name);

	if (str_eq(name, STR("extensions.objectformat")) &&
		strcmp(e->value ? e->value : "", "sha1") != 0)
		return err_set(err,
			"'%s' names its objects by %s; stet needs a SHA-1 "
			"repository", path, e->value ? e->value : "nothing");
	if (str_eq(name, STR("extensions.partialclone")) ||
		(str_starts(name, STR("remote.")) &&
			((str_ends(name, STR(".promisor")) &&
				 is_true(e->value)) ||
				str_ends(name, STR(".partialclonefilter")))))
		return err_set(err,
			"'%s' is a partial clone; stet needs the whole "
			"history (git clone --bare, without --filter)", path);
	if (str_eq(name, STR("extensions.worktreeconfig")) &&
		is_true(e->value))
		return err_set(err, "'%s' has a configuration for each work "
			"tree; an archive's is in one file", path);
	return 0;
}

/*
 * Whether there is "[include": asked before libgit2 reads the file, as it
 * would open what is named there.
 */
static int
check_includes(const char *path, const char *file, struct err *err)
{
	static const char section[] = "[include";
	char *bytes = xmalloc(CONFIG_BYTES);
	FILE *in = fopen(file, "re");
	size_t len = in ? fread(bytes, 1, CONFIG_BYTES, in) : 0;
	int result = 0;

	if (in)
		fclose(in);
	if (len == CONFIG_BYTES)
		result = err_set(err, "'%s' is too large", file);
	for (size_t i = 0; result == 0 && i + sizeof(section) <= len; i++)
		if (strncasecmp(bytes + i, section, sizeof(section) - 1) == 0)
			result = err_set(err, "the configuration of '%s' takes"
				" in other files; an archive's is in one",
				path);
	free(bytes);
	return result;
}

static int
check_config(const char *path, struct err *err)
{
	git_config *config = NULL;
	git_config_iterator *walk = NULL;
	git_config_entry *entry;
	struct strbuf file;
	int result;

	strbuf_init(&file, PATH_BYTES);
	strbuf_addf(&file, "%s/config", path);
	result = check_includes(path, file.ptr, err);
	/* One that cannot be read is complained of by who opens it. */
	if (result == 0 && git_config_open_ondisk(&config, file.ptr) == 0 &&
		git_config_iterator_new(&walk, config) == 0)
		while (result == 0 && git_config_next(&entry, walk) == 0)
			result = check_entry(path, entry, err);
	git_config_iterator_free(walk);
	git_config_free(config);
	strbuf_release(&file);
	return result;
}

int
gitguard_check(const char *path, struct err *err)
{
	return check_files(path, err) < 0 ? -1 : check_config(path, err);
}
