#include "common/git/gitstore.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/xalloc.h"
#include "common/git/gitguard.h"
#include "common/git/gitstoreimpl.h"

enum {
	PACKS_OPEN = 256,            /* see limit_packs */
	WINDOW_BYTES = 1 << 20,      /* mapped at once of one pack */
	WINDOWS_BYTES = 64 << 20,    /* of all */
	CACHE_BYTES = 16 << 20
};

int
gitstore_fail(struct err *err, const char *what)
{
	static const int hard[] = { EIO, ENOSPC, EMFILE, ENFILE, ENOMEM };
	const git_error *e = git_error_last();

	/* libgit2 has the reason in words alone. errno may still be it, or
	 * what came of tidying up since. */
	err_note(errno);
	for (size_t i = 0; i < sizeof(hard) / sizeof(hard[0]); i++)
		if (e && e->klass == GIT_ERROR_OS && str_ends(
			    str_from(e->message), str_from(strerror(hard[i]))))
			err_note(hard[i]);
	return err_set(err, "%s: %s", what,
		e && e->message ? e->message : "unknown error of libgit2");
}

const git_oid *
gitstore_oid(const struct gitoid *id)
{
	return (const git_oid *)(const void *)id->bytes;
}

/*
 * libgit2 keeps every pack open. Above some thousand of them it runs out of
 * descriptors and then reports objects as missing, so the number is limited
 * far below and the process may have as many as the system allows.
 */
static void
limit_packs(void)
{
	struct rlimit files;

	git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, (size_t)PACKS_OPEN);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 &&
		files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max < 65536 ? files.rlim_max :
							  65536;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

int
gitstore_start(struct err *err)
{
	static bool done;

	if (done)
		return 0;
	if (git_libgit2_init() < 0)
		return gitstore_fail(err, "cannot start libgit2");
	done = true;
	for (int level = GIT_CONFIG_LEVEL_PROGRAMDATA;
		level <= GIT_CONFIG_LEVEL_GLOBAL; level++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)WINDOW_BYTES);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
		(size_t)WINDOWS_BYTES);
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)CACHE_BYTES);
	/* A commit is read once; turning them over in the cache costs more. */
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_COMMIT,
		(size_t)0);
	limit_packs();
	return 0;
}

/* The branch that HEAD names, whether it has a commit or not. */
static int
find_branch(struct gitstore *store, struct err *err)
{
	git_reference *head = NULL;
	const char *target;

	if (git_reference_lookup(&head, store->repo, "HEAD") < 0)
		return gitstore_fail(err, "cannot read HEAD");
	target = git_reference_symbolic_target(head);
	if (!target || !str_starts(str_from(target), STR("refs/heads/"))) {
		git_reference_free(head);
		return err_set(err, "HEAD names no branch");
	}
	store->branch = xstrdup(target);
	git_reference_free(head);
	return 0;
}

static int
open_parts(struct gitstore *store, const char *path, struct err *err)
{
	git_config *config;
	int failed;

	/* For libgit2 what may not be looked into is no repository. */
	if (access(path, R_OK | X_OK) < 0 && errno == EACCES)
		return err_set(err, "%s", strerror(EACCES));
	if (git_repository_open_bare(&store->repo, path) < 0)
		return gitstore_fail(err, "not a git repository");
	if (!git_repository_is_bare(store->repo))
		return err_set(err, "not a bare repository");
	if (git_repository_config(&config, store->repo) < 0)
		return gitstore_fail(err, "cannot read its configuration");
	failed = git_config_snapshot(&store->config, config);
	git_config_free(config);
	if (failed)
		return gitstore_fail(err, "cannot read its configuration");
	return find_branch(store, err);
}

int
gitstore_open(struct gitstore **out, const char *path, struct err *err)
{
	struct gitstore *store;

	*out = NULL;
	errno = 0;
	if (gitstore_start(err) < 0 || gitguard_check(path, err) < 0)
		return -1;
	store = xcalloc(1, sizeof(*store));
	store->path = xstrdup(path);
	if (open_parts(store, path, err) < 0) {
		gitstore_close(store);
		return err_prefix(err, "cannot open '%s'", path);
	}
	*out = store;
	return 0;
}

void
gitstore_close(struct gitstore *store)
{
	if (!store)
		return;
	git_odb_free(store->odb);
	git_config_free(store->config);
	git_repository_free(store->repo);
	free(store->branch);
	free(store->path);
	free(store);
}

const char *
gitstore_path(const struct gitstore *store)
{
	return store->path;
}

int
gitstore_read_object(git_odb_object **out, struct gitstore *store,
	const struct gitoid *id, struct err *err)
{
	char hex[GITOID_HEX_BYTES];

	if (!store->odb && git_repository_odb(&store->odb, store->repo) < 0)
		return gitstore_fail(err, "cannot open the objects");
	if (git_odb_read(out, store->odb, gitstore_oid(id)) == 0)
		return 0;
	gitstore_fail(err, "cannot read it");
	return err_prefix(err, "object '%s'", gitoid_hex(hex, id));
}

int
gitstore_read(struct str *out, struct gitstore *store, const struct gitoid *id,
	enum gitkind kind, struct arena *arena, struct err *err)
{
	git_odb_object *object;
	char hex[GITOID_HEX_BYTES];

	if (gitstore_read_object(&object, store, id, err) < 0)
		return -1;
	if (git_odb_object_type(object) != (git_object_t)kind) {
		git_odb_object_free(object);
		return err_set(err, "object '%s' is of another kind",
			gitoid_hex(hex, id));
	}
	*out = arena_dup(arena, (struct str){ git_odb_object_data(object),
					git_odb_object_size(object) });
	git_odb_object_free(object);
	return out->ptr ? 0 : err_set(err, "object '%s' is too large",
				      gitoid_hex(hex, id));
}

int
gitstore_read_blob(struct str *out, struct gitstore *store,
	const struct gitoid *id, struct arena *arena, struct err *err)
{
	return gitstore_read(out, store, id, GIT_BLOB_KIND, arena, err);
}

int
gitstore_path_blob(struct gitoid *out, struct gitstore *store,
	const struct gitoid *commit, struct str path, struct err *err)
{
	char *name = xmemdup0(path.ptr, path.len);
	git_commit *c = NULL;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	int result = 0, got;

	memset(out, 0, sizeof(*out));
	if (git_commit_lookup(&c, store->repo, gitstore_oid(commit)) < 0 ||
		git_commit_tree(&tree, c) < 0) {
		result = gitstore_fail(err, "cannot read commit");
		goto out;
	}
	got = git_tree_entry_bypath(&entry, tree, name);
	if (got < 0 && got != GIT_ENOTFOUND) {
		result = gitstore_fail(err, "cannot read tree");
	} else if (got == 0 && (git_tree_entry_filemode(entry) ==
					       GIT_FILEMODE_BLOB ||
				       git_tree_entry_filemode(entry) ==
					       GIT_FILEMODE_BLOB_EXECUTABLE)) {
		memcpy(out->bytes, git_tree_entry_id(entry)->id, GITOID_BYTES);
		result = 1;
	}
out:
	git_tree_entry_free(entry);
	git_tree_free(tree);
	git_commit_free(c);
	free(name);
	return result;
}
