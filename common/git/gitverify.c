#include "common/git/gitverify.h"

#include <dirent.h>
#include <fcntl.h>
#include <git2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/xalloc.h"
#include "common/git/gitstoreimpl.h"

static int
index_pack(const char *folder, struct str pack, struct err *err)
{
	git_indexer *indexer;
	git_indexer_progress progress = { 0 };
	int failed;

	if (git_indexer_new(&indexer, folder, 0600, NULL, NULL) < 0)
		return gitstore_fail(err, "cannot verify the pack");
	failed = git_indexer_append(indexer, pack.ptr, pack.len, &progress) ||
		git_indexer_commit(indexer, &progress);
	git_indexer_free(indexer);
	return failed ? gitstore_fail(err, "the pack is not sound") : 0;
}

/* Whether the file holds exactly these bytes. */
static bool
holds(int dir, const char *name, struct str bytes)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	char *got = xmalloc(bytes.len + 1);
	size_t len = 0;
	ssize_t n = 0;

	while (fd >= 0 && len <= bytes.len &&
		(n = read(fd, got + len, bytes.len + 1 - len)) > 0)
		len += (size_t)n;
	if (fd >= 0)
		close(fd);
	n = str_eq((struct str){ got, len }, bytes);
	free(got);
	return n;
}

/* Compares the index that libgit2 wrote; empties the folder. */
static int
compare(const char *folder, struct str index, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool same = false;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (str_ends(str_from(entry->d_name), STR(".idx")))
			same = holds(dirfd(dir), entry->d_name, index);
		unlinkat(dirfd(dir), entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
	return same ? 0 : err_set(err, "libgit2 indexes the pack otherwise");
}

int
gitverify_pack(struct gitstore *store, struct str pack, struct str index,
	struct err *err)
{
	struct strbuf folder;
	int result, compared;

	strbuf_init(&folder, 8192);
	strbuf_addf(&folder, "%s/stet/verify-XXXXXX", gitstore_path(store));
	if (!mkdtemp(folder.ptr)) {
		result = err_errno(err, "cannot make '%s'", folder.ptr);
		strbuf_release(&folder);
		return result;
	}
	result = index_pack(folder.ptr, pack, err);
	compared = compare(folder.ptr, index, result < 0 ? NULL : err);
	rmdir(folder.ptr);
	strbuf_release(&folder);
	return result < 0 ? result : compared;
}
