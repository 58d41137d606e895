#include "common/git/gitdiff.h"

#include <git2.h>
#include <stdint.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

/*
 * A token is written as its number in four digits of base 64, all of them
 * printable, and a newline: short lines make libgit2's hashing cheap, and no
 * token can be misread as a binary file or as a line of its own.
 */
enum { CODE_DIGITS = 4, CODE_BITS = 6, TABLE_MIN = 1024 };

struct slot {
	struct str token;
	uint32_t hash;
	uint32_t number; /* counted from 1; 0: free */
};

struct gitdiff {
	struct slot *slots;
	size_t slots_cap;  /* those in use, a power of two */
	size_t slots_room; /* those there are */
	uint32_t numbers;
	struct strbuf left, right;
	struct gitdiff_run *runs;
	size_t runs_count, runs_cap;
	size_t left_at, right_at; /* how far the script has come */
};

enum { BUFFER_BYTES = GITDIFF_TOKENS_MAX * (CODE_DIGITS + 1) };

struct gitdiff *
gitdiff_new(void)
{
	struct gitdiff *d = xcalloc(1, sizeof(*d));

	git_libgit2_init();
	strbuf_init(&d->left, BUFFER_BYTES);
	strbuf_init(&d->right, BUFFER_BYTES);
	return d;
}

void
gitdiff_free(struct gitdiff *d)
{
	if (!d)
		return;
	free(d->slots);
	free(d->runs);
	strbuf_release(&d->left);
	strbuf_release(&d->right);
	free(d);
	git_libgit2_shutdown();
}

static void
add_run(struct gitdiff *d, enum gitdiff_op op, size_t count)
{
	if (count == 0)
		return;
	d->runs = xgrow(d->runs, d->runs_count, &d->runs_cap, sizeof(*d->runs));
	d->runs[d->runs_count++] = (struct gitdiff_run){ op, d->left_at,
		d->right_at, count };
	if (op != GITDIFF_INSERT)
		d->left_at += count;
	if (op != GITDIFF_DELETE)
		d->right_at += count;
}

static uint32_t
hash_bytes(struct str s)
{
	uint32_t hash = hash_str(s);

	return hash ^ hash >> 15;
}

/* An empty table in which `tokens` entries leave half the slots free. */
static void
clear_table(struct gitdiff *d, size_t tokens)
{
	size_t cap = TABLE_MIN;

	while (cap < tokens * 2)
		cap *= 2;
	if (cap > d->slots_room) {
		free(d->slots);
		d->slots = xcalloc(cap, sizeof(*d->slots));
		d->slots_room = cap;
	} else {
		/* a small diff after a large one clears a small part alone */
		memset(d->slots, 0, cap * sizeof(*d->slots));
	}
	d->slots_cap = cap;
	d->numbers = 0;
}

static uint32_t
number_of(struct gitdiff *d, struct str token)
{
	uint32_t hash = hash_bytes(token);
	size_t i = hash & (d->slots_cap - 1);

	for (; d->slots[i].number; i = (i + 1) & (d->slots_cap - 1))
		if (d->slots[i].hash == hash &&
			str_eq(d->slots[i].token, token))
			return d->slots[i].number;
	d->slots[i] = (struct slot){ token, hash, ++d->numbers };
	return d->numbers;
}

static void
write_tokens(struct gitdiff *d, struct strbuf *out, const struct str *tokens,
	size_t count)
{
	char *to;

	strbuf_reset(out);
	to = strbuf_room(out, count * (CODE_DIGITS + 1));
	for (size_t i = 0; i < count; i++) {
		uint32_t number = number_of(d, tokens[i]);

		for (int digit = 0; digit < CODE_DIGITS; digit++) {
			*to++ = (char)('0' + (number & ((1 << CODE_BITS) - 1)));
			number >>= CODE_BITS;
		}
		*to++ = '\n';
	}
	strbuf_grew(out, count * (CODE_DIGITS + 1));
}

static int
take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *payload)
{
	struct gitdiff *d = payload;
	/* git counts from 1, and names the line before an empty range */
	size_t start = (size_t)hunk->old_start - (hunk->old_lines > 0);

	(void)delta;
	add_run(d, GITDIFF_EQUAL, start - d->left_at);
	add_run(d, GITDIFF_DELETE, (size_t)hunk->old_lines);
	add_run(d, GITDIFF_INSERT, (size_t)hunk->new_lines);
	return 0;
}

static int
run_libgit2(struct gitdiff *d, size_t left_count, enum gitdiff_mode mode,
	struct err *err)
{
	git_diff_options options;
	const git_error *why;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.context_lines = 0;
	options.interhunk_lines = 0;
	options.flags = GIT_DIFF_FORCE_TEXT;
	if (mode == GITDIFF_PATIENCE)
		options.flags |= GIT_DIFF_PATIENCE;
	if (git_diff_buffers(d->left.ptr, d->left.len, NULL, d->right.ptr,
			d->right.len, NULL, &options, NULL, NULL, take_hunk,
			NULL, d) < 0) {
		why = git_error_last();
		return err_set(err, "cannot compare: %s",
			why ? why->message : "libgit2 failed");
	}
	add_run(d, GITDIFF_EQUAL, left_count - d->left_at);
	return 0;
}

static size_t
common_start(const struct str *left, size_t left_count, const struct str *right,
	size_t right_count)
{
	size_t n = 0;

	while (n < left_count && n < right_count && str_eq(left[n], right[n]))
		n++;
	return n;
}

/* For what libgit2 is not asked: too much, or nothing to decide. */
static void
replace_middle(struct gitdiff *d, const struct str *left, size_t left_count,
	const struct str *right, size_t right_count, size_t start)
{
	size_t end = 0;

	while (end < left_count - start && end < right_count - start &&
		str_eq(left[left_count - end - 1],
			right[right_count - end - 1]))
		end++;
	add_run(d, GITDIFF_EQUAL, start);
	add_run(d, GITDIFF_DELETE, left_count - start - end);
	add_run(d, GITDIFF_INSERT, right_count - start - end);
	add_run(d, GITDIFF_EQUAL, end);
}

int
gitdiff_tokens(struct gitdiff_run **runs, size_t *count, struct gitdiff *d,
	const struct str *left, size_t left_count, const struct str *right,
	size_t right_count, enum gitdiff_mode mode, struct err *err)
{
	size_t start = common_start(left, left_count, right, right_count);
	int result = 0;

	d->runs_count = 0;
	d->left_at = d->right_at = 0;
	if (start == left_count || start == right_count ||
		left_count > GITDIFF_TOKENS_MAX ||
		right_count > GITDIFF_TOKENS_MAX) {
		replace_middle(d, left, left_count, right, right_count, start);
	} else {
		clear_table(d, left_count + right_count);
		write_tokens(d, &d->left, left, left_count);
		write_tokens(d, &d->right, right, right_count);
		result = run_libgit2(d, left_count, mode, err);
	}
	*runs = d->runs;
	*count = d->runs_count;
	return result;
}
