#include "common/git/gitleft.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/ascii.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { PATH_BYTES = 8192, NAME_BYTES = 64 };

/* Folders of a repository and how the names of left-overs there begin or,
 * with a '*' in front, end. */
static const struct {
	const char *folder, *name;
	bool lock;
} kinds[] = {
	{ "", "*.lock", true },
	{ "refs/heads", "*.lock", true },
	/* Only git itself makes these, so they are as parts of packs. */
	{ "objects/info", "*.lock", false },
	{ "objects/info/commit-graphs", "*.lock", false },
	{ "objects/pack", "*.lock", false },
	{ "objects/info/commit-graphs", "tmp_graph_", false },
	{ "objects/pack", "tmp_", false },
	{ "objects/pack", ".tmp-", false },
};

bool
gitleft_alone(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	bool alone = dir != NULL;

	while (alone && (entry = readdir(dir))) {
		char path[NAME_BYTES], name[NAME_BYTES];
		ssize_t got;
		int fd;

		if (!ascii_digit(entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%.20s/comm",
			entry->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		got = fd < 0 ? 0 : read(fd, name, sizeof(name));
		if (fd >= 0)
			close(fd);
		alone = got < 3 || memcmp(name, "git", 3) != 0;
	}
	if (dir)
		closedir(dir);
	return alone;
}

/*
 * The kernel gives a write lease on a file that nobody else has open, and
 * refuses it else. Where there are no leases nothing is known.
 */
static bool
is_open_elsewhere(int dirfd, const char *path)
{
	int fd = openat(dirfd, path,
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool open_elsewhere;

	if (fd < 0)
		return false;
	/* One who opens it in this very moment makes the kernel say so. */
	signal(SIGIO, SIG_IGN);
	open_elsewhere = fcntl(fd, F_SETLEASE, F_WRLCK) < 0 &&
		errno == EAGAIN;
	fcntl(fd, F_SETLEASE, F_UNLCK);
	close(fd);
	return open_elsewhere;
}

bool
gitleft_is_dead(int dirfd, const char *path, int64_t stale_s, int64_t now_s)
{
	struct stat found;
	int64_t age_s;

	if (fstatat(dirfd, path, &found, AT_SYMLINK_NOFOLLOW) < 0 ||
		S_ISDIR(found.st_mode))
		return false;
	age_s = now_s - (int64_t)found.st_mtime;
	if (age_s >= -stale_s && age_s <= stale_s && stale_s > 0)
		return false;
	return !is_open_elsewhere(dirfd, path);
}

static bool
matches(struct str name, struct str pattern)
{
	if (pattern.ptr[0] == '*')
		return str_ends(name, str_sub(pattern, 1, pattern.len));
	return str_starts(name, pattern);
}

static void
clean_folder(DIR *dir, size_t kind, bool alone, int64_t now_s)
{
	struct dirent *entry;
	int64_t stale_s = kinds[kind].lock ? GITLEFT_LOCK_S :
			alone		   ? 0 :
					     GITLEFT_PACK_S;

	while ((entry = readdir(dir)))
		if (matches(str_from(entry->d_name),
			    str_from(kinds[kind].name)) &&
			gitleft_is_dead(dirfd(dir), entry->d_name, stale_s,
				now_s))
			unlinkat(dirfd(dir), entry->d_name, 0);
}

void
gitleft_clean(const char *repository, bool alone, int64_t now_s)
{
	struct strbuf path;

	strbuf_init(&path, PATH_BYTES);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		DIR *dir;
		int fd;

		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", repository, kinds[i].folder);
		fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		dir = fd < 0 ? NULL : fdopendir(fd);
		if (dir) {
			clean_folder(dir, i, alone, now_s);
			closedir(dir);
		} else if (fd >= 0) {
			close(fd);
		}
	}
	strbuf_release(&path);
}
