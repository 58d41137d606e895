#include <fcntl.h>
#include <git2.h>
#include <string.h>
#include <unistd.h>

#include "common/git/gitleft.h"
#include "common/git/gitstore.h"
#include "common/git/gitstoreimpl.h"

int
gitstore_head(struct gitoid *out, struct gitstore *store, struct err *err)
{
	git_oid id;
	int got = git_reference_name_to_id(&id, store->repo, store->branch);

	memset(out, 0, sizeof(*out));
	if (got == GIT_ENOTFOUND)
		return 0;
	if (got < 0)
		return gitstore_fail(err, "cannot read the branch");
	memcpy(out->bytes, id.id, GITOID_BYTES);
	return 1;
}

int
gitstore_move_head(struct gitstore *store, const struct gitoid *old,
	const struct gitoid *new_head, struct err *err)
{
	git_reference *ref = NULL;
	int got;

	if (gitoid_is_zero(old))
		got = git_reference_create(&ref, store->repo, store->branch,
			gitstore_oid(new_head), 0, NULL);
	else
		got = git_reference_create_matching(&ref, store->repo,
			store->branch, gitstore_oid(new_head), 1,
			gitstore_oid(old), NULL);
	git_reference_free(ref);
	if (got == 0)
		return 1;
	if (got == GIT_EMODIFIED || got == GIT_ELOCKED || got == GIT_EEXISTS ||
		got == GIT_ENOTFOUND)
		return 0;
	return gitstore_fail(err, "cannot move the branch");
}

/* Whether the lock file holds nothing, or the name that was to be written. */
static bool
is_ours(const char *path, const char *intended)
{
	char text[GITOID_HEX_BYTES] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	return got == 0 || (got == sizeof(text) - 1 &&
		strncmp(text, intended, sizeof(text)) == 0);
}

void
gitstore_clean_lock(struct gitstore *store, const char *intended,
	int64_t now_s)
{
	struct strbuf path;

	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/%s.lock", store->path, store->branch);
	if (access(path.ptr, F_OK) == 0 &&
		((*intended && is_ours(path.ptr, intended)) ||
			gitleft_is_dead(AT_FDCWD, path.ptr, GITSTORE_STALE_S,
				now_s)))
		unlink(path.ptr);
	strbuf_release(&path);
}
