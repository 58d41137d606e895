#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/xalloc.h"
#include "common/git/gitstore.h"
#include "common/git/gitstoreimpl.h"

/*
 * What an archive's config says. gc.auto: no foreign command repacks behind
 * the committer's back; core.fsync: git's own writes are as durable as stet's;
 * commitGraph: made by stet-maintain, used by git log.
 */
static const char *const settings[][2] = {
	{ "stet.layout", "2" },
	{ "gc.auto", "0" },
	{ "core.fsync", "all" },
	{ "core.commitGraph", "true" },
	{ "core.logAllRefUpdates", "false" },
	{ "core.protectNTFS", "true" },
	{ "core.protectHFS", "true" },
	{ "pack.windowMemory", "256m" },
};

static int
configure(git_repository *repo)
{
	git_config *config;
	int failed = git_repository_config(&config, repo);

	if (failed)
		return failed;
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		failed = failed ||
			git_config_set_string(config, settings[i][0],
				settings[i][1]) < 0;
	git_config_free(config);
	return failed ? -1 : 0;
}

static int
build(const char *path, struct err *err)
{
	git_repository_init_options options;
	git_repository *repo = NULL;
	struct strbuf folder;
	struct stat made;
	int failed;

	git_repository_init_options_init(
		&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
	options.initial_head = "main";
	failed = git_repository_init_ext(&repo, path, &options) < 0 ||
		configure(repo) < 0;
	git_repository_free(repo);
	if (failed)
		return gitstore_fail(err, "cannot make it");
	strbuf_init(&folder, 8192);
	strbuf_addf(&folder, "%s/stet", path);
	/* mkdtemp made the folder for its owner alone: as mkdir would now. */
	failed = mkdir(folder.ptr, 0777) < 0 || stat(folder.ptr, &made) < 0 ||
		chmod(path, made.st_mode & 07777) < 0;
	strbuf_release(&folder);
	return failed ? err_errno(err, "cannot make its folder") : 0;
}

/* What build makes, what is within a folder before the folder. */
static const char *const files[] = { "HEAD", "config", "description",
	"info/exclude", "hooks/README.sample", "refs/heads", "refs/tags",
	"objects/info", "objects/pack", "stet", "refs", "objects", "info",
	"hooks", "branches" };

/* Syncs a file or folder, if it is there. */
static int
sync_one(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int failed;

	if (fd < 0)
		return errno == ENOENT ? 0 :
			err_errno(err, "cannot open '%s'", path);
	/* Some file systems have no sync of folders. */
	failed = fsync(fd) < 0 && errno != EINVAL;
	if (failed)
		err_errno(err, "cannot sync '%s'", path);
	close(fd);
	return failed ? -1 : 0;
}

int
gitstore_sync(const char *path, struct err *err)
{
	struct strbuf at;
	int result = 0;

	strbuf_init(&at, 8192);
	for (size_t i = 0;
		result == 0 && i < sizeof(files) / sizeof(files[0]); i++) {
		strbuf_reset(&at);
		strbuf_addf(&at, "%s/%s", path, files[i]);
		result = sync_one(at.ptr, err);
	}
	strbuf_reset(&at);
	strbuf_addf(&at, "%s/..", path);
	if (result == 0)
		result = sync_one(path, err);
	if (result == 0)
		result = sync_one(at.ptr, err);
	strbuf_release(&at);
	return result;
}

static void
remove_tree(const char *path)
{
	struct strbuf at;

	strbuf_init(&at, 8192);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		strbuf_reset(&at);
		strbuf_addf(&at, "%s/%s", path, files[i]);
		remove(at.ptr);
	}
	rmdir(path);
	strbuf_release(&at);
}

int
gitstore_init(const char *path, struct err *err)
{
	struct strbuf temporary;
	int result = -1;
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	strbuf_init(&temporary, 8192);
	strbuf_addf(&temporary, "%.*s.tmpXXXXXX", (int)len, path);
	if (gitstore_start(err) < 0)
		goto out;
	if (!mkdtemp(temporary.ptr)) {
		err_errno(err, "cannot make '%s'", path);
		goto out;
	}
	if (build(temporary.ptr, err) < 0 ||
		gitstore_sync(temporary.ptr, err) < 0) {
		err_prefix(err, "'%s'", path);
		remove_tree(temporary.ptr);
		goto out;
	}
	/* Onto an empty folder rename works, onto an archive it does not. */
	if (rename(temporary.ptr, path) == 0) {
		result = gitstore_sync(path, err);
	} else if (errno == ENOTEMPTY || errno == EEXIST) {
		remove_tree(temporary.ptr);
		result = 0;
	} else {
		err_errno(err, "cannot make '%s'", path);
		remove_tree(temporary.ptr);
	}
out:
	strbuf_release(&temporary);
	return result;
}
