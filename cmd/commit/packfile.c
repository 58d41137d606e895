#include "cmd/commit/packfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/digest.h"
#include "common/base/xalloc.h"
#include "common/git/gitverify.h"

enum { COUNT_AT = 8, FANOUT = 256, NAME_BYTES = 128 };

static const char keep_text[] = "stet-commit\n";
/* No names that `git gc --prune=now` takes for its own left-overs. */
static const char our_start[] = "stet_tmp_";
/* What an earlier stet left. */
static const char old_pack[] = "tmp_pack_stet";
static const char old_index[] = "tmp_idx_stet";

static void
put32(unsigned char *out, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(n >> (24 - 8 * i));
}

static void
add32(struct strbuf *out, uint32_t n)
{
	unsigned char bytes[4];

	put32(bytes, n);
	strbuf_add(out, bytes, sizeof(bytes));
}

static void
add_checksum(struct strbuf *out)
{
	unsigned char sum[DIGEST_SHA1_BYTES];

	digest_sha1(sum, strbuf_str(out));
	strbuf_add(out, sum, sizeof(sum));
}

static int
by_name(const void *a, const void *b)
{
	return memcmp(((const struct packentry *)a)->id.bytes,
		((const struct packentry *)b)->id.bytes, GITOID_BYTES);
}

static void
add_fanout(struct strbuf *out, const struct packentry *entries, size_t count)
{
	size_t i = 0;

	for (unsigned first = 0; first < FANOUT; first++) {
		while (i < count && entries[i].id.bytes[0] <= first)
			i++;
		add32(out, (uint32_t)i);
	}
}

/* A pack index of version 2; packs are far below 2 GiB (PACK_BYTES_MAX). */
static void
make_index(struct strbuf *out, const struct packentry *entries, size_t count,
	struct str pack_sum)
{
	strbuf_add(out, "\377tOc\0\0\0\2", 8);
	add_fanout(out, entries, count);
	for (size_t i = 0; i < count; i++)
		strbuf_add(out, entries[i].id.bytes, GITOID_BYTES);
	for (size_t i = 0; i < count; i++)
		add32(out, entries[i].crc);
	for (size_t i = 0; i < count; i++)
		add32(out, (uint32_t)entries[i].offset);
	strbuf_adds(out, pack_sum);
	add_checksum(out);
}

static int
write_all(int fd, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes = str_sub(bytes, (size_t)n, bytes.len);
	}
	return 0;
}

/* Writes a file whose name is in `name` with "XXXXXX" at its end. */
static int
write_temporary(int dir, char *name, struct str bytes, bool sync,
	struct err *err)
{
	int fd = -1, failed, saved;

	for (unsigned try = 0; fd < 0 && try < 1000; try++) {
		size_t len = strlen(name);

		snprintf(name + len - 6, 7, "%06u",
			((unsigned)getpid() * 1000 + try) % 1000000);
		fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0444);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd < 0)
		return err_errno(err, "cannot write '%s'", name);
	failed = write_all(fd, bytes) < 0 || (sync && fsync(fd) < 0);
	saved = errno;
	failed = close(fd) < 0 || failed;
	if (!failed)
		return 0;
	errno = saved ? saved : errno;
	err_errno(err, "cannot write '%s'", name);
	unlinkat(dir, name, 0);
	return -1;
}

static int
open_folder(struct gitstore *store, struct err *err)
{
	struct strbuf path;
	int fd;

	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/objects/pack", gitstore_path(store));
	fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		err_errno(err, "cannot open '%s'", path.ptr);
	strbuf_release(&path);
	return fd;
}

static void
name_of(char out[NAME_BYTES], const char *hex, const char *suffix)
{
	snprintf(out, NAME_BYTES, "pack-%s.%s", hex, suffix);
}

static void
unlink_part(int dir, const char *hex, const char *suffix)
{
	char name[NAME_BYTES];

	name_of(name, hex, suffix);
	unlinkat(dir, name, 0);
}

static int
put_keep(int dir, const char *hex, struct err *err)
{
	char name[NAME_BYTES];
	int fd, failed;

	name_of(name, hex, "keep");
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return err_errno(err, "cannot write '%s'", name);
	failed = write_all(fd, STR("stet-commit\n")) < 0;
	failed = close(fd) < 0 || failed;
	return failed ? err_errno(err, "cannot write '%s'", name) : 0;
}

static int
put_in_place(int dir, const char *hex, const char *temporary,
	const char *suffix, struct err *err)
{
	char name[NAME_BYTES];

	name_of(name, hex, suffix);
	if (renameat(dir, temporary, dir, name) < 0)
		return err_errno(err, "cannot write '%s'", name);
	return 0;
}

static int
write_files(int dir, const char *hex, struct str pack, struct str index,
	bool sync, struct err *err)
{
	char pack_name[] = "stet_tmp_pack_XXXXXX";
	char index_name[] = "stet_tmp_idx_XXXXXX";

	if (write_temporary(dir, pack_name, pack, sync, err) < 0)
		return -1;
	if (write_temporary(dir, index_name, index, sync, err) < 0)
		goto drop_pack;
	if (put_keep(dir, hex, err) < 0 ||
		put_in_place(dir, hex, pack_name, "pack", err) < 0 ||
		put_in_place(dir, hex, index_name, "idx", err) < 0)
		goto drop_all;
	if (sync && fsync(dir) < 0) {
		err_errno(err, "cannot sync the folder of packs");
		goto drop_all;
	}
	return 0;
drop_all:
	unlink_part(dir, hex, "idx");
	unlink_part(dir, hex, "pack");
	unlink_part(dir, hex, "keep");
	unlinkat(dir, index_name, 0);
drop_pack:
	unlinkat(dir, pack_name, 0);
	return -1;
}

/*
 * A name that no other process gives, not even to the same objects: what it
 * stands for is then ours to remove.
 */
static int
make_name(char out[GITOID_HEX_BYTES], struct str sum, struct err *err)
{
	unsigned char bytes[2 * GITOID_BYTES];
	struct gitoid name;

	memcpy(bytes, sum.ptr, GITOID_BYTES);
	if (getrandom(bytes + GITOID_BYTES, GITOID_BYTES, 0) != GITOID_BYTES)
		return err_errno(err, "cannot name a pack");
	digest_sha1(name.bytes,
		(struct str){ (const char *)bytes, sizeof(bytes) });
	gitoid_hex(out, &name);
	return 0;
}

int
packfile_write(struct packfile *out, struct gitstore *store,
	struct strbuf *pack, struct packentry *entries, size_t count,
	enum pack_flags flags, struct err *err)
{
	struct strbuf index;
	struct gitoid sum;
	int dir, result = -1;

	out->name[0] = '\0';
	put32((unsigned char *)pack->ptr + COUNT_AT, (uint32_t)count);
	add_checksum(pack);
	if (strbuf_overflowed(pack))
		return err_set(err, "batch is too large");
	memcpy(sum.bytes, pack->ptr + pack->len - GITOID_BYTES, GITOID_BYTES);
	qsort(entries, count, sizeof(*entries), by_name);
	strbuf_init(&index, PACK_BYTES_MAX);
	make_index(&index, entries, count, gitoid_str(&sum));
	dir = open_folder(store, err);
	if (dir < 0)
		goto release;
	if ((flags & PACK_VERIFY) && gitverify_pack(store, strbuf_str(pack),
					     strbuf_str(&index), err) < 0)
		goto close;
	if (make_name(out->name, gitoid_str(&sum), err) < 0)
		goto close;
	result = write_files(dir, out->name, strbuf_str(pack),
		strbuf_str(&index), flags & PACK_FSYNC, err);
	if (result < 0)
		out->name[0] = '\0';
close:
	close(dir);
release:
	strbuf_release(&index);
	return result;
}

void
packfile_settle(struct packfile *file, struct gitstore *store)
{
	int dir = file->name[0] ? open_folder(store, NULL) : -1;

	if (dir < 0)
		return;
	unlink_part(dir, file->name, "keep");
	close(dir);
}

void
packfile_discard(struct packfile *file, struct gitstore *store)
{
	int dir = file->name[0] ? open_folder(store, NULL) : -1;

	if (dir < 0)
		return;
	unlink_part(dir, file->name, "idx");
	unlink_part(dir, file->name, "pack");
	unlink_part(dir, file->name, "keep");
	file->name[0] = '\0';
	close(dir);
}

/* Whether a .keep is one of ours: people set their own. */
static bool
our_keep(int dir, const char *name)
{
	char text[sizeof(keep_text)];
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text));

	if (fd >= 0)
		close(fd);
	return got == 0 || (got == sizeof(keep_text) - 1 &&
		memcmp(text, keep_text, (size_t)got) == 0);
}

static bool
there(int dir, const char *hex, const char *suffix)
{
	char name[NAME_BYTES];

	name_of(name, hex, suffix);
	return faccessat(dir, name, F_OK, 0) == 0;
}

/* A pack that came to a stop between its two renames is no pack. */
static void
clean_kept(int dir, const char *name)
{
	char hex[GITOID_HEX_BYTES];

	snprintf(hex, sizeof(hex), "%.40s", name + strlen("pack-"));
	if (!our_keep(dir, name))
		return;
	if (!there(dir, hex, "idx"))
		unlink_part(dir, hex, "pack");
	unlink_part(dir, hex, "keep");
}

int
packfile_clean(struct gitstore *store, struct err *err)
{
	int fd = open_folder(store, err);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir)
		return -1;
	while ((entry = readdir(dir))) {
		struct str name = str_from(entry->d_name);

		if (str_starts(name, str_from(our_start)) ||
			str_starts(name, str_from(old_pack)) ||
			str_starts(name, str_from(old_index)))
			unlinkat(fd, entry->d_name, 0);
		else if (name.len == 50 && str_starts(name, STR("pack-")) &&
			str_ends(name, STR(".keep")))
			clean_kept(fd, entry->d_name);
	}
	closedir(dir);
	return 0;
}
