/*
 * A file for each origin and site, named by the digest of the name and its
 * kind: "TIME NAME" on the first line, then the text. A file that is not as it
 * should be is as good as none.
 */
#include "cmd/fetch/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/atomicfile.h"
#include "common/base/digest.h"
#include "common/base/number.h"
#include "common/base/xalloc.h"

enum { FILE_BYTES = 1 << 20, NAME_DIGEST_BYTES = 16 };

struct state {
	int dirfd;
};

/*
 * Drops what no run will read again. A file bears the time that it is about,
 * by the run's clock, which need not be the system's.
 */
static void
sweep(struct state *s, int64_t now_s)
{
	int fd = dup(s->dirfd);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	struct stat st;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir))) {
		struct str name = str_from(entry->d_name);

		if (!str_ends(name, STR(".robots")) &&
			!str_ends(name, STR(".hold")))
			continue;
		if (fstatat(s->dirfd, entry->d_name, &st,
			    AT_SYMLINK_NOFOLLOW) == 0 &&
			st.st_mtime < now_s - 2 * STATE_ROBOTS_S)
			unlinkat(s->dirfd, entry->d_name, 0);
	}
	closedir(dir);
}

struct state *
state_open(const char *path, int64_t now_s, struct err *err)
{
	struct state *s;
	int fd;

	if (mkdir(path, 0777) < 0 && errno != EEXIST) {
		err_errno(err, "cannot make '%s'", path);
		return NULL;
	}
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		err_errno(err, "cannot open '%s'", path);
		return NULL;
	}
	s = xmalloc(sizeof(*s));
	s->dirfd = fd;
	sweep(s, now_s);
	return s;
}

void
state_free(struct state *s)
{
	if (!s)
		return;
	close(s->dirfd);
	free(s);
}

static void
file_name(struct strbuf *out, struct str name, const char *kind)
{
	unsigned char sum[DIGEST_SHA256_BYTES];

	digest_sha256(sum, name);
	strbuf_init(out, 256);
	digest_hex(out, sum, NAME_DIGEST_BYTES);
	strbuf_adds(out, str_from(kind));
}

static bool
read_all(struct strbuf *out, int fd)
{
	for (;;) {
		char *room = strbuf_room(out, 64 << 10);
		ssize_t got = room ? read(fd, room, 64 << 10) : -1;

		if (got <= 0)
			return got == 0;
		strbuf_grew(out, (size_t)got);
	}
}

/* Reads a file of ours: its time, and its text at the end of out. */
static bool
load(struct strbuf *out, int64_t *time_s, struct state *s, struct str name,
	const char *kind)
{
	struct strbuf file, bytes;
	struct str head, text, time;
	bool good;
	int fd;

	if (!s)
		return false;
	file_name(&file, name, kind);
	fd = openat(s->dirfd, file.ptr, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK);
	strbuf_release(&file);
	if (fd < 0)
		return false;
	strbuf_init(&bytes, FILE_BYTES);
	good = read_all(&bytes, fd);
	close(fd);
	text = strbuf_str(&bytes);
	good = good && str_cut(&head, &text, '\n') &&
		str_cut(&time, &head, ' ') && str_eq(head, name) &&
		number_parse(time_s, time, 0, INT64_MAX) == 0;
	if (good && out)
		strbuf_adds(out, text);
	strbuf_release(&bytes);
	return good;
}

static int
save(struct state *s, struct str name, const char *kind, int64_t time_s,
	struct str text, struct err *err)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
		{ .tv_sec = time_s } };
	struct atomicfile f;
	struct strbuf file, head;
	int result = -1;

	if (!s)
		return 0;
	file_name(&file, name, kind);
	strbuf_init(&head, FILE_BYTES);
	strbuf_addf(&head, "%lld %.*s\n", (long long)time_s, STR_ARGS(name));
	if (atomicfile_open(&f, s->dirfd, file.ptr, err) == 0) {
		atomicfile_write(&f, head.ptr, head.len);
		atomicfile_write(&f, text.ptr, text.len);
		result = atomicfile_commit(&f, ATOMICFILE_NOSYNC, err);
		utimensat(s->dirfd, file.ptr, times, AT_SYMLINK_NOFOLLOW);
	}
	strbuf_release(&head);
	strbuf_release(&file);
	return result;
}

bool
state_load_robots(struct strbuf *out, struct state *s, struct str origin,
	int64_t now_s)
{
	int64_t time_s;
	size_t before = out->len;

	if (!load(out, &time_s, s, origin, ".robots"))
		return false;
	if (time_s <= now_s && now_s - time_s <= STATE_ROBOTS_S)
		return true;
	strbuf_cut(out, before);
	return false;
}

int
state_save_robots(struct state *s, struct str origin, struct str text,
	int64_t now_s, struct err *err)
{
	return save(s, origin, ".robots", now_s, text, err);
}

int64_t
state_load_hold(struct state *s, struct str site, int64_t now_s)
{
	int64_t until_s;

	if (!load(NULL, &until_s, s, site, ".hold") || until_s <= now_s)
		return 0;
	return until_s;
}

int
state_save_hold(struct state *s, struct str site, int64_t until_s,
	struct err *err)
{
	return save(s, site, ".hold", until_s, STR(""), err);
}
