#include "common/diff/align.h"

#include <stdbool.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/diff/alignpairs.h"

/*
 * In three steps: libgit2's diff on whole paragraphs gives those that stayed;
 * alignpairs finds who belongs to whom among the rest; here rows are made of
 * that, in the order of both sides.
 */

enum { JOINED_BYTES = 64 << 20 };

struct align_scratch {
	struct gitdiff *differ;
	struct pairs *pairs;
	const struct block *left, *right;
	struct str *texts;
	size_t texts_cap;
	struct strbuf joined_left, joined_right;
};

static const struct str kind_names[] = {
	[ALIGN_SAME] = STR_INIT("same"),
	[ALIGN_EDITED] = STR_INIT("edited"),
	[ALIGN_REMOVED] = STR_INIT("removed"),
	[ALIGN_ADDED] = STR_INIT("added"),
	[ALIGN_MOVED_FROM] = STR_INIT("moved-from"),
	[ALIGN_MOVED_TO] = STR_INIT("moved-to"),
};

struct str
align_kind_name(enum align_kind kind)
{
	return kind_names[kind];
}

struct align *
align_new(void)
{
	struct align *a = xcalloc(1, sizeof(*a));
	struct align_scratch *s = xcalloc(1, sizeof(*s));

	wordsdiff_init(&a->words);
	s->differ = gitdiff_new();
	s->pairs = pairs_new();
	strbuf_init(&s->joined_left, JOINED_BYTES);
	strbuf_init(&s->joined_right, JOINED_BYTES);
	a->scratch = s;
	return a;
}

void
align_free(struct align *a)
{
	if (!a)
		return;
	gitdiff_free(a->scratch->differ);
	pairs_free(a->scratch->pairs);
	free(a->scratch->texts);
	strbuf_release(&a->scratch->joined_left);
	strbuf_release(&a->scratch->joined_right);
	free(a->scratch);
	wordsdiff_release(&a->words);
	free(a->rows);
	free(a);
}

static int
diff_paragraphs(struct gitdiff_run **runs, size_t *count,
	struct align_scratch *s, size_t left_count, size_t right_count,
	struct err *err)
{
	while (s->texts_cap < left_count + right_count) {
		s->texts_cap = s->texts_cap ? s->texts_cap * 2 : 256;
		s->texts = xreallocarray(s->texts, s->texts_cap,
			sizeof(*s->texts));
	}
	for (size_t i = 0; i < left_count; i++)
		s->texts[i] = s->left[i].text;
	for (size_t i = 0; i < right_count; i++)
		s->texts[left_count + i] = s->right[i].text;
	return gitdiff_tokens(runs, count, s->differ, s->texts, left_count,
		s->texts + left_count, right_count, GITDIFF_PATIENCE, err);
}

static struct align_row *
add_row(struct align *a, enum align_kind kind, size_t left, size_t left_count,
	size_t right, size_t right_count)
{
	a->rows = xgrow(a->rows, a->count, &a->cap, sizeof(*a->rows));
	a->rows[a->count] = (struct align_row){ kind, left, left_count, right,
		right_count, ALIGN_EXACT, 0, 0 };
	return &a->rows[a->count++];
}

/* The text of some blocks: the block's own, or joined by newlines. */
static struct str
text_of(struct strbuf *joined, const struct block *blocks, size_t first,
	size_t count)
{
	if (count == 0)
		return STR("");
	if (count == 1)
		return blocks[first].text;
	strbuf_reset(joined);
	for (size_t i = first; i < first + count; i++) {
		if (i > first)
			strbuf_addc(joined, '\n');
		strbuf_adds(joined, blocks[i].text);
	}
	return strbuf_str(joined);
}

int
align_words(struct align *a, const struct align_row *row, struct err *err)
{
	struct align_scratch *s = a->scratch;
	struct str left = text_of(&s->joined_left, s->left, row->left,
		row->kind == ALIGN_ADDED ? 0 : row->left_count);
	struct str right = text_of(&s->joined_right, s->right, row->right,
		row->kind == ALIGN_REMOVED ? 0 : row->right_count);

	return wordsdiff_run(&a->words, s->differ, left, right, err);
}

/* Counts the words of a row, and says by them whether it is exact. */
static int
measure_row(struct align *a, struct align_row *row, int similarity,
	struct err *err)
{
	row->similarity = similarity;
	if (row->kind == ALIGN_SAME)
		return 0;
	if (align_words(a, row, err) < 0)
		return -1;
	row->words_added = a->words.added;
	row->words_removed = a->words.removed;
	if (row->words_added + row->words_removed == 0)
		row->similarity = ALIGN_EXACT;
	else if (row->similarity >= ALIGN_EXACT)
		row->similarity = ALIGN_EXACT - 1;
	return 0;
}

static int
add_pair_row(struct align *a, const struct pair *pair, struct err *err)
{
	const struct block *left = &a->scratch->left[pair->left];
	const struct block *right = &a->scratch->right[pair->right];
	bool same = pair->left_count == 1 && pair->right_count == 1 &&
		left->kind == right->kind && str_eq(left->text, right->text);
	struct align_row *row = add_row(a, same ? ALIGN_SAME : ALIGN_EDITED,
		pair->left, pair->left_count, pair->right, pair->right_count);

	return measure_row(a, row, pair->similarity, err);
}

/* What stands on the left alone, from *at up to `end`. */
static int
add_left_rows(struct align *a, size_t *at, size_t end, struct err *err)
{
	const struct pair *pair;

	for (; *at < end; ++*at) {
		struct align_row *row;

		pair = pairs_of_left(a->scratch->pairs, *at);
		row = pair ? add_row(a, ALIGN_MOVED_FROM, *at, 1, pair->right,
				     1) :
			     add_row(a, ALIGN_REMOVED, *at, 1, 0, 0);
		if (measure_row(a, row, pair ? pair->similarity : 0, err) < 0)
			return -1;
		/* what moved is counted where it came to */
		if (pair)
			row->words_added = row->words_removed = 0;
	}
	return 0;
}

static int
add_right_rows(struct align *a, size_t *at, size_t end, struct err *err)
{
	const struct pair *pair;

	for (; *at < end; ++*at) {
		struct align_row *row;

		pair = pairs_of_right(a->scratch->pairs, *at);
		row = pair ? add_row(a, ALIGN_MOVED_TO, pair->left, 1, *at, 1) :
			     add_row(a, ALIGN_ADDED, 0, 0, *at, 1);
		if (measure_row(a, row, pair ? pair->similarity : 0, err) < 0)
			return -1;
	}
	return 0;
}

static int
add_rows(struct align *a, size_t left_count, size_t right_count,
	struct err *err)
{
	size_t left = 0, right = 0;

	for (size_t i = 0; i < left_count;) {
		const struct pair *pair = pairs_of_left(a->scratch->pairs, i);

		if (!pair || pair->moved) {
			i++;
			continue;
		}
		if (add_left_rows(a, &left, pair->left, err) < 0 ||
			add_right_rows(a, &right, pair->right, err) < 0 ||
			add_pair_row(a, pair, err) < 0)
			return -1;
		left = i = pair->left + pair->left_count;
		right = pair->right + pair->right_count;
	}
	if (add_left_rows(a, &left, left_count, err) < 0)
		return -1;
	return add_right_rows(a, &right, right_count, err);
}

/* The sums over all rows. */
static void
sum_words(struct align *a)
{
	a->words_added = a->words_removed = 0;
	for (size_t i = 0; i < a->count; i++) {
		a->words_added += a->rows[i].words_added;
		a->words_removed += a->rows[i].words_removed;
	}
}

int
align_blocks(struct align *a, const struct block *left, size_t left_count,
	const struct block *right, size_t right_count, struct err *err)
{
	struct align_scratch *s = a->scratch;
	struct gitdiff_run *runs;
	size_t count;

	s->left = left;
	s->right = right;
	a->count = 0;
	if (diff_paragraphs(&runs, &count, s, left_count, right_count, err) < 0)
		return -1;
	pairs_find(s->pairs, left, left_count, right, right_count, runs, count);
	if (add_rows(a, left_count, right_count, err) < 0)
		return -1;
	sum_words(a);
	return 0;
}
