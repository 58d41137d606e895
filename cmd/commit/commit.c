#include "cmd/commit/commit.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/commit/judge.h"
#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/base/linebuf.h"
#include "common/base/status.h"
#include "common/base/xalloc.h"

enum {
	RECEIPTS_BYTES = 512 << 20,
	SOURCES_MAX = 1000,
	SOURCE_NAME_BYTES = 100
};

/* One archive that is written to; with per_source there are several. */
struct target {
	char *name;
	struct session *session;
	struct moves *moves;
	struct recall *recall;
	struct late *late;
	struct judge judge;
};

struct commit_run {
	struct commit_options options;
	struct target **targets;
	size_t count, cap;
	struct batch batch;
	struct workers workers;
	struct strbuf receipts;
	struct linebuf in;
	int64_t latest_s; /* of a capture that is believed */
	size_t failures, lates;
};

/* SIGINT and SIGTERM end the run at the next boundary of a batch. */
static volatile sig_atomic_t stopped;

static void
on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static void
catch_signals(void)
{
	struct sigaction act = { .sa_handler = on_signal };

	sigemptyset(&act.sa_mask);
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
}

/* Returns the exit status that the failure would have. */
static int
add_target(struct target **out, struct commit_run *run, const char *name,
	const char *path, struct err *err)
{
	struct target *t = xcalloc(1, sizeof(*t));
	struct err said;
	bool unusable;
	int flags = (run->options.sync ? PACK_FSYNC : 0) |
		(run->options.verify ? PACK_VERIFY : 0);

	if (session_open(&t->session, path, (enum pack_flags)flags,
		    run->workers.count, &unusable, err) < 0) {
		free(t);
		return unusable ? STATUS_USAGE : STATUS_STOPPED;
	}
	t->name = xstrdup(name);
	t->moves = moves_new();
	t->recall = recall_new(path);
	t->judge.moves = t->moves;
	t->judge.recall = t->recall;
	t->late = t->judge.late = late_new(path);
	t->judge.workers = &run->workers;
	run->targets = xgrow(run->targets, run->count, &run->cap,
		sizeof(struct target *));
	run->targets[run->count++] = *out = t;
	if (t->session->created) {
		err_set(&said, "created '%s', an empty archive", path);
		run->options.note(said.text);
	}
	return STATUS_OK;
}

int
commit_open(struct commit_run **out, const struct commit_options *options,
	struct err *err)
{
	struct commit_run *run = xcalloc(1, sizeof(*run));
	struct target *target;
	int status = STATUS_OK;

	*out = NULL;
	run->options = *options;
	batch_init(&run->batch);
	workers_init(&run->workers, options->threads);
	strbuf_init(&run->receipts, RECEIPTS_BYTES);
	if (options->per_source)
		mkdir(options->archive, 0777);
	else
		status = add_target(&target, run, "", options->archive, err);
	if (status == STATUS_OK)
		*out = run;
	else
		commit_free(run);
	return status;
}

void
commit_free(struct commit_run *run)
{
	if (!run)
		return;
	for (size_t i = 0; i < run->count; i++) {
		session_close(run->targets[i]->session);
		moves_free(run->targets[i]->moves);
		recall_free(run->targets[i]->recall);
		late_free(run->targets[i]->late);
		free(run->targets[i]->name);
		free(run->targets[i]);
	}
	free(run->targets);
	batch_release(&run->batch);
	workers_release(&run->workers);
	strbuf_release(&run->receipts);
	linebuf_release(&run->in);
	free(run);
}

/* Whether the name of a source can be that of a folder. */
static bool
name_ok(struct str name)
{
	if (name.len == 0 || name.len > SOURCE_NAME_BYTES ||
		name.ptr[0] == '.' || name.ptr[0] == '-')
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!ascii_alnum(name.ptr[i]) &&
			(name.ptr[i] == '\0' || !strchr("._-", name.ptr[i])))
			return false;
	return true;
}

/* The archive of a record: 1; 0: its source cannot have one. */
static int
find_target(struct target **out, struct commit_run *run,
	const struct record *r, struct err *err)
{
	struct str source = r->article.source;
	struct strbuf path;
	char *name;
	int result;

	if (!run->options.per_source) {
		*out = run->targets[0];
		return 1;
	}
	if (!name_ok(source))
		return 0;
	for (size_t i = 0; i < run->count; i++) {
		*out = run->targets[i];
		if (str_eq(str_from((*out)->name), source))
			return 1;
	}
	if (run->count >= SOURCES_MAX)
		return 0;
	name = xmemdup0(source.ptr, source.len);
	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/%s.git", run->options.archive, name);
	result = add_target(out, run, name, path.ptr, err);
	strbuf_release(&path);
	free(name);
	return result != STATUS_OK ? -1 : 1;
}

/* A record whose source has no archive gets its receipt from the first. */
static int
choose(struct target **out, struct commit_run *run, struct record *r,
	struct err *err)
{
	int got = find_target(out, run, r, err);

	if (got != 0)
		return got;
	if (r->failure.len == 0)
		r->failure = STR("its source cannot name an archive");
	*out = NULL;
	return 1;
}

/* The receipt of a record that has no archive to go to. */
static void
refuse(struct commit_run *run, const struct record *r)
{
	struct receipt receipt = { .url = r->article.url,
		.key = r->article.key,
		.fetched = r->article.fetched,
		.source = r->article.source,
		.status = RECEIPT_FAILED,
		.error = r->failure };

	receipt_write(&run->receipts, &receipt);
	run->failures++;
}

static int
judge_all(struct commit_run *run, struct target *t, struct record **records,
	size_t count, struct err *err)
{
	judge_begin(&t->judge, t->session, &run->batch.arena);
	t->judge.latest_s = run->latest_s;
	if (judge_look(&t->judge, records, count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (judge_record(&t->judge, records[i], &run->receipts, err) <
			0)
			return -1;
	return 0;
}

/* Why each record that failed here did. */
static void
report(struct commit_run *run, struct record **records, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct err text;

		if (records[i]->failure.len == 0)
			continue;
		err_set(&text, "cannot store '%.*s': %.*s",
			STR_ARGS(records[i]->article.url),
			STR_ARGS(records[i]->failure));
		run->options.warn(text.text);
	}
}

/* Stores these records in one archive; their receipts follow the others. */
static int
store_in(struct commit_run *run, struct target *t, struct record **records,
	size_t count, struct err *err)
{
	size_t receipts = run->receipts.len;
	bool stored;
	int got;

	do {
		strbuf_cut(&run->receipts, receipts);
		if (session_begin(t->session, err) < 0)
			return -1;
		if (judge_all(run, t, records, count, err) < 0) {
			session_abort(t->session);
			strbuf_cut(&run->receipts, receipts);
			return -1;
		}
		got = session_end(t->session, &stored, err);
		if (got == 0)
			moves_revert(t->moves);
	} while (got == 0);
	/* What is kept for a merge has no receipt before it is. */
	if (got < 0 && !stored)
		strbuf_cut(&run->receipts, receipts);
	else if (late_keep(t->late, run->options.sync, err) < 0) {
		strbuf_cut(&run->receipts, receipts);
		got = -1;
	}
	moves_accept(t->moves);
	run->failures += t->judge.failures;
	run->lates += t->judge.lates;
	report(run, records, count);
	return got < 0 ? -1 : 0;
}

/* The records of the batch that go where the first of them goes; the others
 * move to its end. Returns how many. */
static size_t
same_target(struct target **targets, struct record **records, size_t count)
{
	struct target *first = targets[0];
	size_t same = 0;

	for (size_t i = 0; i < count; i++) {
		struct record *r = records[i];

		if (targets[i] != first)
			continue;
		/* Stable for those chosen and for the rest. */
		memmove(records + same + 1, records + same,
			(i - same) * sizeof(struct record *));
		memmove(targets + same + 1, targets + same,
			(i - same) * sizeof(struct target *));
		records[same] = r;
		targets[same++] = first;
	}
	return same;
}

static int
store_groups(struct commit_run *run, struct target **targets,
	struct record **records, size_t count, struct err *err)
{
	size_t same;

	for (; count > 0; count -= same, records += same, targets += same) {
		same = same_target(targets, records, count);
		if (targets[0]) {
			if (store_in(run, targets[0], records, same, err) < 0)
				return -1;
			continue;
		}
		for (size_t i = 0; i < same; i++)
			refuse(run, records[i]);
		report(run, records, same);
	}
	return 0;
}

static int
print_receipts(struct commit_run *run, FILE *out)
{
	int failed = fwrite(run->receipts.ptr, 1, run->receipts.len, out) !=
			run->receipts.len || fflush(out) != 0;

	strbuf_reset(&run->receipts);
	return failed ? -1 : 0;
}

/* A clock that is ahead would hold up all that is captured after it. */
static void
refuse_future(struct commit_run *run, struct record **records, size_t count)
{
	run->latest_s = run->options.now() + ISOTIME_AHEAD_S;
	for (size_t i = 0; i < count; i++)
		if (records[i]->failure.len == 0 &&
			records[i]->fetched_s > run->latest_s)
			records[i]->failure =
				STR("captured in the future by this clock");
}

/* Parses the lines; those that have not even a URL drop out here. */
static size_t
parse_batch(struct commit_run *run, struct record **records)
{
	size_t count = run->batch.count, kept = 0;
	struct err text;

	for (size_t i = 0; i < count; i++)
		records[i] = &run->batch.records[i];
	workers_parse(&run->workers, records, count);
	refuse_future(run, records, count);
	for (size_t i = 0; i < count; i++) {
		struct record *r = records[i];

		if (!r->nameless) {
			records[kept++] = r;
			continue;
		}
		err_set(&text, "line %zu: %.*s", r->number,
			STR_ARGS(r->failure));
		run->options.warn(text.text);
		run->failures++;
	}
	return kept;
}

/* Closes the batch: 0; -1: storing failed; -2: printing failed. */
static int
close_batch(struct commit_run *run, FILE *out, struct err *err)
{
	size_t room = run->batch.count + 1;
	struct record **records = xcalloc(room, sizeof(*records));
	struct target **targets = xcalloc(room, sizeof(*targets));
	size_t count = parse_batch(run, records);
	int result = 0;

	for (size_t i = 0; i < count && result == 0; i++)
		if (choose(&targets[i], run, records[i], err) < 0)
			result = -1;
	if (result == 0)
		result = store_groups(run, targets, records, count, err);
	free(records);
	free(targets);
	if (print_receipts(run, out) < 0)
		result = -2;
	batch_reset(&run->batch);
	workers_reset(&run->workers);
	return result;
}

static bool
full(const struct commit_run *run)
{
	return run->batch.count >= run->options.batch ||
		run->batch.bytes >= BATCH_BYTES;
}

/* What begins so is no record, nor is any line after it. */
static bool
is_capture(const struct commit_run *run, struct str line)
{
	return run->in.number == 1 && (str_starts(line, STR("WARC/")) ||
		str_starts(line, STR("\x1f\x8b")));
}

/* Reads into the batch: 1: close it and go on; 0: the input ended; -1. */
static int
fill_batch(struct commit_run *run, struct err *err)
{
	struct str line;

	while (!full(run) && !stopped) {
		int timeout_ms = run->batch.count > 0 ?
			run->options.linger_ms : -1;
		int got = linebuf_wait(&run->in, timeout_ms, err);

		if (got <= 0)
			return got < 0 ? -1 : 1;
		got = linebuf_next(&run->in, &line, err);
		if (got == LINEBUF_ERROR)
			return -1;
		if (got == LINEBUF_END)
			return 0;
		if (is_capture(run, line))
			return err_set(err, "the input is WARC or compressed: "
				"stet extract makes records of captures");
		if (got == LINEBUF_LONG || (line.len > 0 &&
				batch_add(&run->batch, line,
					run->in.number) < 0)) {
			run->options.warn(
				"a record is too long and passed over");
			run->failures++;
		}
	}
	return stopped ? 0 : 1;
}

static void
print_rest(struct commit_run *run, FILE *out)
{
	for (size_t i = 0; i < run->count; i++)
		judge_rest(&run->targets[i]->judge, &run->receipts);
	print_receipts(run, out);
}

/* They are safe, but nothing shows them yet. */
static void
note_lates(struct commit_run *run)
{
	struct err said;

	if (run->lates == 0)
		return;
	err_set(&said, "%zu capture%s older than what is stored: kept for "
		"stet merge --late", run->lates,
		run->lates == 1 ? " is" : "s are");
	run->options.note(said.text);
}

int
commit_run(struct commit_run *run, int in, FILE *out, struct err *err)
{
	int more, result = 0;

	linebuf_init(&run->in, in, ARTICLE_LINE_BYTES);
	catch_signals();
	do {
		more = fill_batch(run, err);
		if (run->batch.count > 0)
			result = close_batch(run, out, err);
	} while (more > 0 && result == 0);
	if (result == -2)
		return STATUS_PARTIAL; /* cmd_finish reports the output */
	if (more < 0 || result < 0)
		return STATUS_STOPPED;
	print_rest(run, out);
	note_lates(run);
	if (stopped) {
		err_set(err, "stopped by a signal");
		return STATUS_STOPPED;
	}
	return run->failures > 0 ? STATUS_PARTIAL : STATUS_OK;
}
