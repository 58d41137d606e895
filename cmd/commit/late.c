#include "cmd/commit/late.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/article/article.h"
#include "common/base/fdwrite.h"
#include "common/base/hash.h"
#include "common/base/linebuf.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

enum { PATH_BYTES = 8192, PENDING_BYTES = 256 << 20 };

static const char *const files[LATE_KINDS] = {
	[LATE_OLDER] = "late.jsonl", [LATE_DOUBT] = "doubt.jsonl" };

struct late {
	char *folder;
	struct hash_set kept; /* hashes of the lines that are in the files */
	bool loaded;
	struct strbuf pending[LATE_KINDS];
};

struct late *
late_new(const char *archive)
{
	struct late *late = xcalloc(1, sizeof(*late));
	char path[PATH_BYTES];

	snprintf(path, sizeof(path), "%s/stet/late", archive);
	late->folder = xstrdup(path);
	for (int i = 0; i < LATE_KINDS; i++)
		strbuf_init(&late->pending[i], PENDING_BYTES);
	return late;
}

void
late_free(struct late *late)
{
	if (!late)
		return;
	for (int i = 0; i < LATE_KINDS; i++)
		strbuf_release(&late->pending[i]);
	hash_set_release(&late->kept);
	free(late->folder);
	free(late);
}

void
late_begin(struct late *late)
{
	for (int i = 0; i < LATE_KINDS; i++)
		strbuf_reset(&late->pending[i]);
}

static int
open_in(const struct late *late, const char *name, int flags)
{
	char path[PATH_BYTES + 16];

	snprintf(path, sizeof(path), "%s/%s", late->folder, name);
	return open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0666);
}

static void
note_lines(struct late *late, int fd)
{
	struct linebuf in;
	struct str line;

	linebuf_init(&in, fd, ARTICLE_LINE_BYTES);
	while (linebuf_next(&in, &line, NULL) > 0)
		hash_set_add(&late->kept, hash_str64(line));
	linebuf_release(&in);
}

/* What cannot be read is kept once more, which does no harm. */
static void
load(struct late *late)
{
	late->loaded = true;
	for (int i = 0; i < LATE_KINDS; i++) {
		int fd = open_in(late, files[i], O_RDONLY);

		if (fd < 0)
			continue;
		note_lines(late, fd);
		close(fd);
	}
}

bool
late_has(struct late *late, struct str line)
{
	if (!late->loaded)
		load(late);
	return hash_set_has(&late->kept, hash_str64(line));
}

void
late_add(struct late *late, enum late_kind kind, struct str line)
{
	if (late_has(late, line))
		return;
	strbuf_adds(&late->pending[kind], line);
	strbuf_addc(&late->pending[kind], '\n');
}

/* What a crash has cut off in the last line goes: it has no receipt. */
static int
cut_torn(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END), at = end;
	char last = '\n';

	while (at > 0) {
		if (pread(fd, &last, 1, at - 1) != 1)
			return -1;
		if (last == '\n')
			break;
		at--;
	}
	if (end < 0 || (at < end && ftruncate(fd, at) < 0))
		return -1;
	return lseek(fd, at, SEEK_SET) < 0 ? -1 : 0;
}

static int
append(struct late *late, enum late_kind kind, bool sync, struct err *err)
{
	struct strbuf *lines = &late->pending[kind];
	int fd, failed;

	if (lines->len == 0)
		return 0;
	if (strbuf_overflowed(lines))
		return err_set(err, "too many late captures in one batch");
	fd = open_in(late, files[kind], O_RDWR | O_CREAT);
	if (fd < 0)
		return err_errno(err, "cannot open '%s/%s'", late->folder,
			files[kind]);
	failed = cut_torn(fd) < 0 ?
		err_errno(err, "cannot read '%s/%s'", late->folder,
			files[kind]) :
		fdwrite_all(fd, strbuf_str(lines), err);
	if (failed == 0 && sync && fsync(fd) < 0)
		failed = err_errno(err, "cannot write '%s/%s'", late->folder,
			files[kind]);
	close(fd);
	return failed;
}

static void
note_pending(struct late *late)
{
	for (int i = 0; i < LATE_KINDS; i++) {
		struct str rest = strbuf_str(&late->pending[i]);
		ptrdiff_t end;

		while ((end = str_find_byte(rest, '\n')) >= 0) {
			hash_set_add(&late->kept, hash_str64(str_sub(rest, 0,
							  (size_t)end)));
			rest = str_sub(rest, (size_t)end + 1, rest.len);
		}
		strbuf_reset(&late->pending[i]);
	}
}

/* The names of new files, and of the folder, outlive a power cut as well. */
static int
sync_folder(const struct late *late, int folder, struct err *err)
{
	int above = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = above < 0 || fsync(folder) < 0 || fsync(above) < 0;

	if (failed)
		err_errno(err, "cannot write '%s'", late->folder);
	if (above >= 0)
		close(above);
	return failed ? -1 : 0;
}

int
late_keep(struct late *late, bool sync, struct err *err)
{
	int folder, failed = 0;

	if (late->pending[LATE_OLDER].len + late->pending[LATE_DOUBT].len ==
		0)
		return 0;
	mkdir(late->folder, 0777);
	folder = open(late->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return err_errno(err, "cannot open '%s'", late->folder);
	while (flock(folder, LOCK_EX) < 0 && errno == EINTR)
		continue;
	for (int i = 0; i < LATE_KINDS && failed == 0; i++)
		failed = append(late, (enum late_kind)i, sync, err);
	if (failed == 0 && sync)
		failed = sync_folder(late, folder, err);
	close(folder); /* and with it the lock */
	if (failed == 0)
		note_pending(late);
	return failed;
}
