#include "cmd/index/index.h"

#include "common/archive/archive.h"
#include "common/archive/archivelock.h"
#include "common/archive/index.h"
#include "common/base/number.h"
#include "common/base/status.h"
#include "common/git/gitleft.h"

static int
count(struct strbuf *out, struct index *index, struct err *err)
{
	struct index_counts n;

	if (index_count(&n, index, err) < 0)
		return STATUS_STOPPED;
	strbuf_addf(out, "%lld article%s, %lld version%s, %lld commit%s, "
			 "%lld alias%s\n", (long long)n.articles,
		number_plural(n.articles), (long long)n.versions,
		number_plural(n.versions), (long long)n.commits,
		number_plural(n.commits), (long long)n.aliases,
		n.aliases == 1 ? "" : "es");
	return STATUS_OK;
}

static int
work(struct strbuf *out, struct index *index, enum indexing what,
	struct err *err)
{
	int64_t applied;
	bool same;

	if (what != INDEXING_CATCH_UP && index_in_memory(index)) {
		err_set(err, "the index cannot be written");
		return STATUS_STOPPED;
	}
	switch (what) {
	case INDEXING_REBUILD:
		if (index_rebuild(index, &applied, err) < 0)
			return STATUS_STOPPED;
		strbuf_addf(out, "%lld commit%s read\n", (long long)applied,
			number_plural(applied));
		return count(out, index, err);
	case INDEXING_CHECK:
		if (index_check(&same, index, err) < 0)
			return STATUS_STOPPED;
		if (!same) {
			err_set(err, "the index is not what the history "
				     "makes of it: rebuild it");
			return STATUS_PARTIAL;
		}
		return count(out, index, err);
	default:
		return count(out, index, err);
	}
}

/* What killed processes left; a writer at work sees to that itself. */
static void
clean(const char *archive, const struct indexing_options *o)
{
	struct archivelock lock;

	if (archivelock_open(&lock, archive, NULL) == 0 &&
		archivelock_take(&lock, ARCHIVELOCK_TRY, NULL) > 0) {
		gitleft_clean(archive, o->alone, o->now_s);
		archivelock_drop(&lock);
	}
	archivelock_close(&lock);
}

int
indexing_run(struct strbuf *out, const char *archive,
	const struct indexing_options *options, struct err *err)
{
	struct gitstore *store;
	struct index *index;
	int status = STATUS_STOPPED;

	if (archive_open(&store, archive, err) < 0)
		return STATUS_USAGE;
	clean(archive, options);
	if (index_open(&index, store, err) == 0)
		status = work(out, index, options->what, err);
	index_close(index);
	gitstore_close(store);
	return status;
}
