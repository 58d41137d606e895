#include "cmd/commit/session.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/article/document.h"
#include "common/base/xalloc.h"
#include "common/git/gitleft.h"

enum {
	TREES_BYTES = 96 << 20,
	SCRATCH_BYTES = 64 << 20,
	OBJECT_BYTES = 64 << 20,
	ATTEMPTS_MAX = 600,
	ATTEMPT_US = 50000
};

/* libgit2 keeps the time of a commit in 32 bits. */
static const int64_t latest_time_s = 0xffffffff;

/* Whether nothing is at `path`, or an empty folder. */
static bool
is_missing(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	size_t entries = 0;

	if (!dir)
		return errno == ENOENT;
	while (entries <= 2 && (entry = readdir(dir)))
		entries++;
	closedir(dir);
	return entries <= 2;
}

/* An archive of layout 1 keeps that, so that exported and stored again it has
 * the same paths. */
static int
read_layout(struct session *s, struct err *err)
{
	struct str layout;
	int got = gitstore_config(&layout, s->store, "stet.layout",
		&s->settings, err);

	s->spreads = got > 0 && str_eq(layout, STR("2"));
	return got < 0 ? -1 : 0;
}

bool
session_has_room(struct session *s, struct str path)
{
	return !s->spreads || treecache_has_room(s->trees, path);
}

static int
open_parts(struct session *s, const char *path, bool *unusable,
	struct err *err)
{
	s->created = is_missing(path);
	if (s->created && gitstore_init(path, err) < 0)
		return -1;
	*unusable = gitstore_open(&s->store, path, err) < 0;
	if (*unusable ||
		((s->flags & PACK_FSYNC) && gitstore_sync(path, err) < 0) ||
		archivelock_open(&s->lock, path, err) < 0 ||
		index_open(&s->index, s->store, err) < 0)
		return -1;
	if (read_layout(s, err) < 0 ||
		gitstore_config_all(&s->tracking, s->store, "stet.tracking",
		    &s->settings, err) < 0)
		return -1;
	s->trees = treecache_new(s->store, TREES_BYTES);
	s->pack = packwriter_new(s->store);
	s->judges[0] = change_new();
	for (size_t i = 1; i < s->judges_count; i++)
		s->judges[i] = change_share(s->judges[0]);
	return 0;
}

int
session_open(struct session **out, const char *path, enum pack_flags flags,
	size_t workers, bool *unusable, struct err *err)
{
	struct session *s = xcalloc(1, sizeof(*s));

	*out = NULL;
	s->flags = flags;
	s->judges_count = workers;
	s->judges = xcalloc(workers, sizeof(struct change *));
	s->fresh = true;
	s->lock.fd = s->lock.folder = -1;
	strbuf_init(&s->text, OBJECT_BYTES);
	strbuf_init(&s->object, OBJECT_BYTES);
	arena_init(&s->arena, SCRATCH_BYTES);
	arena_init(&s->settings, SCRATCH_BYTES);
	*unusable = false;
	if (open_parts(s, path, unusable, err) < 0) {
		session_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

void
session_close(struct session *s)
{
	if (!s)
		return;
	for (size_t i = s->judges_count; i-- > 0;)
		change_free(s->judges[i]);
	free(s->judges);
	packwriter_free(s->pack);
	treecache_free(s->trees);
	index_close(s->index);
	archivelock_close(&s->lock);
	gitstore_close(s->store);
	strbuf_release(&s->text);
	strbuf_release(&s->object);
	arena_release(&s->arena);
	arena_release(&s->settings);
	free(s);
}

/* The index at the commit `base`, in a transaction. */
static int
begin_index(struct session *s, struct err *err)
{
	struct gitoid indexed;

	if (index_begin(s->index, err) < 0 ||
		index_head(&indexed, s->index, err) < 0)
		return -1;
	if (gitoid_eq(&indexed, &s->base))
		return 0;
	index_rollback(s->index);
	if (index_catch_up(s->index, NULL, err) < 0 ||
		gitstore_head(&s->base, s->store, err) < 0 ||
		index_begin(s->index, err) < 0 ||
		index_head(&indexed, s->index, err) < 0)
		return -1;
	return gitoid_eq(&indexed, &s->base) ? 0 :
		err_set(err, "the branch moves faster than the index");
}

static int
load_trees(struct session *s, struct err *err)
{
	struct gitcommit commit = { 0 };

	if (gitoid_eq(&s->loaded, &s->base) && !gitoid_is_zero(&s->base))
		return 0;
	arena_reset(&s->arena);
	if (!gitoid_is_zero(&s->base) &&
		gitstore_read_commit(&commit, s->store, &s->base, &s->arena,
			err) < 0)
		return -1;
	if (treecache_load(s->trees, &commit.tree, err) < 0)
		return -1;
	s->loaded = s->base;
	return 0;
}

static int
clean(struct session *s, struct err *err)
{
	if (!s->fresh && !s->lock.unclean)
		return 0;
	gitstore_clean_lock(s->store, s->lock.text, (int64_t)time(NULL));
	gitleft_clean(gitstore_path(s->store), false, (int64_t)time(NULL));
	if (packwriter_clean(s->store, err) < 0)
		return -1;
	archivelock_end(&s->lock);
	s->fresh = false;
	return 0;
}

int
session_begin(struct session *s, struct err *err)
{
	if (archivelock_take(&s->lock, ARCHIVELOCK_WAIT, err) < 0)
		return -1;
	packwriter_reset(s->pack);
	if (clean(s, err) < 0 || gitstore_head(&s->base, s->store, err) < 0 ||
		begin_index(s, err) < 0 || load_trees(s, err) < 0) {
		session_abort(s);
		return -1;
	}
	s->tip = s->base;
	return 0;
}

/* Author and committer: the source, at the time of the capture. */
static void
add_person(struct strbuf *out, const char *role, struct str source,
	int64_t time_s)
{
	size_t start;

	if (time_s < 0)
		time_s = 0;
	if (time_s > latest_time_s)
		time_s = latest_time_s;
	strbuf_adds(out, str_from(role));
	message_clean_source(out, source);
	strbuf_adds(out, STR(" <"));
	start = out->len;
	message_clean_source(out, source);
	for (size_t i = start; i < out->len; i++)
		if (out->ptr[i] == ' ' || out->ptr[i] == '@')
			out->ptr[i] = '-';
	strbuf_addf(out, "@stet.invalid> %lld +0000\n", (long long)time_s);
}

static void
print_commit(struct session *s, const struct gitoid *tree,
	const struct message *m, int64_t time_s)
{
	char hex[GITOID_HEX_BYTES];

	strbuf_reset(&s->object);
	strbuf_addf(&s->object, "tree %s\n", gitoid_hex(hex, tree));
	if (!gitoid_is_zero(&s->tip))
		strbuf_addf(&s->object, "parent %s\n",
			gitoid_hex(hex, &s->tip));
	add_person(&s->object, "author ", m->source, time_s);
	add_person(&s->object, "committer ", m->source, time_s);
	strbuf_addc(&s->object, '\n');
	strbuf_adds(&s->object, strbuf_str(&s->text));
}

/* The trees with the file in its place: 1; 0: the path does not work. */
static int
change_trees(struct session *s, const struct message *m, struct str old_path,
	const struct gitoid *blob, struct gitoid *root, struct err *err)
{
	if (treecache_set(s->trees, m->path, blob, err) < 0)
		return 0;
	if (old_path.len > 0 &&
		treecache_set(s->trees, old_path, NULL, err) < 0)
		return -1;
	return treecache_write(s->trees, s->pack, root, err) < 0 ? -1 : 1;
}

int
session_commit(struct session *s, struct message *m,
	const struct session_blob *blob, struct str old_path, int64_t time_s,
	struct gitoid *out, struct err *err)
{
	struct gitoid root;
	char hex[GITOID_HEX_BYTES];
	struct message said;
	int got;

	m->blob = blob ? str_from(gitoid_hex(hex, &blob->id)) : STR("");
	if (blob && blob->bytes.len > 0 &&
		packwriter_add_named(s->pack, &blob->id, GIT_BLOB_KIND,
			blob->bytes, blob->stream, err) < 0)
		return -1;
	got = change_trees(s, m, old_path, blob ? &blob->id : NULL, &root,
		err);
	if (got <= 0)
		return got;
	strbuf_reset(&s->text);
	message_print(&s->text, m);
	print_commit(s, &root, m, time_s);
	if (packwriter_add(s->pack, out, GIT_COMMIT_KIND,
		    strbuf_str(&s->object), err) < 0)
		return -1;
	/* What the index learns is what the history says, read back. */
	arena_reset(&s->arena);
	if (message_parse(&said, strbuf_str(&s->text), &s->arena, err) < 0 ||
		index_apply(s->index, out, time_s, &said, err) < 0)
		return -1;
	m->blob = STR("");
	s->tip = *out;
	return 1;
}

int
session_document(struct document *out, struct session *s,
	const struct gitoid *blob, struct arena *arena, struct err *err)
{
	struct str bytes;
	int got = packwriter_read(&bytes, s->pack, blob, arena, err);

	if (got == 0)
		got = gitstore_read_blob(&bytes, s->store, blob, arena, err);
	return got < 0 ? -1 : document_parse(out, bytes, arena, err);
}

void
session_abort(struct session *s)
{
	index_rollback(s->index);
	packwriter_discard(s->pack);
	memset(&s->loaded, 0, sizeof(s->loaded));
	archivelock_drop(&s->lock);
}

static void
finish(struct session *s)
{
	s->attempts = 0;
	archivelock_drop(&s->lock);
	treecache_trim(s->trees);
}

/* Another program has moved or locked the branch. */
static int
try_again(struct session *s, struct err *err)
{
	gitstore_clean_lock(s->store, "", (int64_t)time(NULL));
	archivelock_end(&s->lock);
	session_abort(s);
	if (++s->attempts > ATTEMPTS_MAX)
		return err_set(err, "another program holds the branch");
	usleep(ATTEMPT_US);
	return 0;
}

/* Ends a batch whose pack the branch may need: the pack stays. */
static void
leave(struct session *s)
{
	index_rollback(s->index);
	memset(&s->loaded, 0, sizeof(s->loaded));
	archivelock_drop(&s->lock);
}

/*
 * The branch was not moved, it is said (`got`: 0 locked or moved by others,
 * -1 error). An error may come after the deed, though, so only the branch
 * itself tells whether the pack may go. Where not even that can be read the
 * .keep stays too, and the lock says that there is something to clean up.
 */
static int
not_moved(struct session *s, int got, struct err *err)
{
	struct gitoid now;

	if (gitstore_head(&now, s->store, got < 0 ? NULL : err) < 0) {
		leave(s);
		return -1;
	}
	if (gitoid_eq(&now, &s->tip)) {
		packwriter_settle(s->pack);
		archivelock_end(&s->lock);
		leave(s);
		return got < 0 ? -1 :
			err_set(err, "the branch moved, but not surely");
	}
	if (got == 0)
		return try_again(s, err);
	archivelock_end(&s->lock);
	session_abort(s);
	return -1;
}

int
session_end(struct session *s, bool *stored, struct err *err)
{
	char hex[GITOID_HEX_BYTES];
	int got;

	*stored = false;
	if (gitoid_eq(&s->tip, &s->base)) {
		index_rollback(s->index);
		finish(s);
		return 1;
	}
	if (archivelock_begin(&s->lock, gitoid_hex(hex, &s->tip), err) < 0 ||
		packwriter_finish(s->pack, s->flags, err) < 0) {
		archivelock_end(&s->lock);
		session_abort(s);
		return -1;
	}
	got = gitstore_move_head(s->store, &s->base, &s->tip, err);
	if (got <= 0)
		return not_moved(s, got, err);
	*stored = true;
	packwriter_settle(s->pack);
	s->loaded = s->tip;
	got = index_commit(s->index, &s->tip, err);
	if (got < 0)
		index_rollback(s->index);
	archivelock_end(&s->lock);
	finish(s);
	return got < 0 ? -1 : 1;
}
