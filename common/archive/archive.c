#include "common/archive/archive.h"

#include <errno.h>
#include <unistd.h>

#include "common/article/message.h"
#include "common/base/strbuf.h"

enum {
	PATH_BYTES = 8192,
	ARENA_BYTES = 4 << 20,
	MERGES_MAX = 16 /* commits of others above stet's newest */
};

bool
archive_exists(const char *path)
{
	struct strbuf head;
	bool missing;

	strbuf_init(&head, PATH_BYTES);
	strbuf_addf(&head, "%s/HEAD", path);
	missing = strbuf_overflowed(&head) ||
		(access(head.ptr, F_OK) < 0 &&
			(errno == ENOENT || errno == ENOTDIR));
	strbuf_release(&head);
	return !missing;
}

/* Whether stet wrote the newest commit or one that was merged into it. */
static bool
has_version(struct gitstore *store, struct arena *arena)
{
	struct gitcommit commit;
	struct message m;
	struct gitoid at;

	if (gitstore_head(&at, store, NULL) < 0)
		return false;
	for (int i = 0; i < MERGES_MAX && !gitoid_is_zero(&at); i++) {
		if (gitstore_read_commit(&commit, store, &at, arena, NULL) < 0)
			return false;
		if (message_parse(&m, commit.message, arena, NULL) == 0)
			return true;
		at = commit.parent;
	}
	return false;
}

int
archive_open(struct gitstore **out, const char *path, struct err *err)
{
	struct arena arena;
	struct str layout;
	bool is;

	*out = NULL;
	if (!archive_exists(path))
		return err_set(err, "'%s' is no archive; stet init makes one",
			path);
	if (gitstore_open(out, path, err) < 0)
		return -1;
	arena_init(&arena, ARENA_BYTES);
	is = gitstore_config(&layout, *out, "stet.layout", &arena, NULL) > 0 ||
		has_version(*out, &arena);
	arena_release(&arena);
	if (is)
		return 0;
	gitstore_close(*out);
	*out = NULL;
	return err_set(err, "'%s' is a git repository, but no archive; stet "
		"init makes one", path);
}
