#include "cmd/render/site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/atomicfile.h"
#include "common/base/xalloc.h"
#include "common/web/gzip.h"

enum { GZIP_LEVEL = 9 };

struct site {
	int root;
	/* The folder last used: pages of one article lie together. */
	int dir;
	char dir_path[SITE_PATH_BYTES];
	struct strbuf old; /* what the file holds now */
	struct gzip_writer *gzip; /* or NULL */
	struct strbuf packed;
	struct site_counts counts;
};

int
site_make(const char *path, struct err *err)
{
	char part[SITE_PATH_BYTES];
	size_t len = strlen(path);

	if (len == 0 || len >= sizeof(part))
		return err_set(err, "bad folder name '%s'", path);
	for (size_t i = 1; i <= len; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0777) < 0 && errno != EEXIST)
			return err_errno(err, "cannot make '%s'", part);
	}
	return 0;
}

int
site_open(struct site **out, const char *path, struct err *err)
{
	struct site *site;
	int root;

	*out = NULL;
	root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return err_errno(err, "cannot open '%s'", path);
	site = xcalloc(1, sizeof(*site));
	site->root = root;
	site->dir = -1;
	strbuf_init(&site->old, SITE_FILE_BYTES);
	strbuf_init(&site->packed, SITE_FILE_BYTES);
	*out = site;
	return 0;
}

static void
forget_dir(struct site *site)
{
	if (site->dir >= 0 && site->dir != site->root)
		close(site->dir);
	site->dir = -1;
}

void
site_free(struct site *site)
{
	if (!site)
		return;
	forget_dir(site);
	close(site->root);
	strbuf_release(&site->old);
	strbuf_release(&site->packed);
	if (site->gzip)
		gzip_writer_free(site->gzip);
	free(site);
}

void
site_compress(struct site *site)
{
	site->gzip = gzip_writer_new(GZIP_LEVEL);
}

/* A folder directly within `dir`, made when `make`; -1 with errno. */
static int
enter(int dir, const char *name, bool make)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(dir, name, flags);

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	if (mkdirat(dir, name, 0777) < 0 && errno != EEXIST)
		return -1;
	return openat(dir, name, flags);
}

static bool
good_name(struct str name)
{
	return name.len > 0 && name.len < 256 && !str_eq(name, STR(".")) &&
		!str_eq(name, STR("..")) && !memchr(name.ptr, '\0', name.len);
}

/* Opens the folder `path` below the root, component by component. */
static int
walk(struct site *site, struct str path, bool make, struct err *err)
{
	struct str name, rest = path;
	char text[256];
	int dir = site->root, next;

	while (rest.ptr && path.len > 0 && str_field(&name, &rest, '/')) {
		if (!good_name(name))
			next = (errno = EINVAL, -1);
		else {
			memcpy(text, name.ptr, name.len);
			text[name.len] = '\0';
			next = enter(dir, text, make);
		}
		if (dir != site->root)
			close(dir);
		if (next < 0)
			return err_errno(err, "cannot open folder '%.*s'",
				STR_ARGS(path));
		dir = next;
	}
	return dir;
}

/* Makes the folder of `path` the current one; *name is its last component. */
static int
find_dir(struct site *site, const char *path, const char **name, bool make,
	struct err *err)
{
	struct str whole = str_from(path), folder;
	ptrdiff_t slash = str_find_last(whole, '/');

	if (whole.len >= SITE_PATH_BYTES)
		return err_set(err, "path too long '%s'", path);
	folder = str_sub(whole, 0, slash < 0 ? 0 : (size_t)slash);
	*name = path + (slash < 0 ? 0 : slash + 1);
	if (!good_name(str_from(*name)))
		return err_set(err, "bad path '%s'", path);
	if (site->dir >= 0 && str_eq(folder, str_from(site->dir_path)))
		return 0;
	forget_dir(site);
	site->dir = walk(site, folder, make, err);
	if (site->dir < 0)
		return -1;
	memcpy(site->dir_path, folder.ptr, folder.len);
	site->dir_path[folder.len] = '\0';
	return 0;
}

/* Reads at most `want` + 1 bytes, so that a longer file is told apart. */
static int
slurp(int fd, struct strbuf *out, size_t want)
{
	for (;;) {
		size_t left = want + 1 - out->len;
		char *room = left ? strbuf_room(out, left) : NULL;
		ssize_t n = room ? read(fd, room, left) : 0;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -1 : 0;
		strbuf_grew(out, (size_t)n);
	}
}

/* Whether the current folder's file `name` holds exactly these bytes. */
static bool
holds(struct site *site, const char *name, struct str bytes)
{
	struct stat st;
	bool same = false;
	int fd = openat(site->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
		O_NONBLOCK);

	if (fd < 0)
		return false;
	strbuf_reset(&site->old);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		(size_t)st.st_size == bytes.len &&
		slurp(fd, &site->old, bytes.len) == 0)
		same = str_eq(strbuf_str(&site->old), bytes);
	close(fd);
	return same;
}

/* Writes a file of the current folder, unless it holds these bytes: 1; 0;
 * -1. */
static int
put(struct site *site, const char *name, struct str bytes, struct err *err)
{
	struct atomicfile f;

	if (holds(site, name, bytes))
		return 0;
	if (atomicfile_open(&f, site->dir, name, err) < 0)
		return -1;
	atomicfile_write(&f, bytes.ptr, bytes.len);
	return atomicfile_commit(&f, ATOMICFILE_NOSYNC, err) < 0 ? -1 : 1;
}

/* What a server sends as it is: not pictures, nor what it reads itself. */
static bool
is_text(struct str name)
{
	static const char *const ends[] = { ".html", ".css", ".rss", ".atom",
		".json", ".link", ".xml" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends(name, str_from(ends[i])) && name.ptr[0] != '.')
			return true;
	return false;
}

/*
 * The file's gzip form. It is written before the file, so that a file that is
 * up to date has one that is; without it none may be there that is not.
 */
static int
put_packed(struct site *site, const char *name, struct str bytes,
	struct err *err)
{
	char packed[sizeof(".gz") + 255];

	if (!is_text(str_from(name)) || strlen(name) > 252)
		return 0;
	snprintf(packed, sizeof(packed), "%s.gz", name);
	if (!site->gzip) {
		if (!holds(site, name, bytes))
			unlinkat(site->dir, packed, 0);
		return 0;
	}
	strbuf_reset(&site->packed);
	if (gzip_member(&site->packed, site->gzip, bytes) < 0)
		return err_set(err, "it is too large");
	return put(site, packed, strbuf_str(&site->packed), err);
}

int
site_write(struct site *site, const char *path, struct str bytes,
	struct err *err)
{
	const char *name;
	int got;

	if (find_dir(site, path, &name, true, err) < 0 ||
		put_packed(site, name, bytes, err) < 0 ||
		(got = put(site, name, bytes, err)) < 0)
		return err_prefix(err, "cannot write '%s'", path);
	site->counts.written += got > 0;
	site->counts.unchanged += got == 0;
	return 0;
}

int
site_read(struct site *site, const char *path, struct strbuf *out,
	struct err *err)
{
	const char *name;
	int fd, got;

	strbuf_reset(out);
	errno = 0;
	if (find_dir(site, path, &name, false, err) < 0)
		return errno == ENOENT ? 0 : -1;
	fd = openat(site->dir, name,
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	/* A link is not followed, but written over, and so is a FIFO. */
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP || errno == ENXIO ? 0 :
			err_errno(err, "cannot open '%s'", path);
	got = slurp(fd, out, out->max - 1);
	close(fd);
	if (got < 0)
		return err_errno(err, "cannot read '%s'", path);
	if (out->len >= out->max)
		return err_set(err, "'%s' is too large", path);
	return 1;
}

bool
site_has(struct site *site, const char *path)
{
	struct stat st;
	const char *name;

	return find_dir(site, path, &name, false, NULL) == 0 &&
		fstatat(site->dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

int
site_finish(struct site *site, struct err *err)
{
	/* One sync of the file system in place of one for each page: a page
	 * that a power cut takes is made again by the next full rendering. */
	if (site->counts.written > 0 && syncfs(site->root) < 0)
		return err_errno(err, "cannot sync the site");
	return 0;
}

struct site_counts
site_counts(const struct site *site)
{
	return site->counts;
}
