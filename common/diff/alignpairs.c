#include "common/diff/alignpairs.h"

#include <stdint.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/diff/align.h"
#include "common/diff/similar.h"

/*
 * Paragraphs that are in no equal run are "free". Each free one on the left
 * proposes pairs with those on the right with which it shares the rarest
 * words. Of the proposals within one hunk the heaviest set that keeps the
 * order wins (a longest increasing subsequence with weights). What neighbours
 * a pair and completes it is joined to it; what is still alone and alike has
 * moved.
 */

enum {
	ALONE_MIN = 250,   /* asked of a lone pair in its hunk */
	KIND_SHARE = 85,   /* per cent, when a heading became a paragraph */
	JOIN_INSIDE = 750, /* share of a neighbour found in the leftover */
	JOIN_TAKEN = 16,   /* neighbours joined at most */
	MOVED_WORDS = 5,   /* asked of a moved paragraph that was edited */
	WEIGHT_WORDS = 64  /* longer paragraphs weigh no more */
};

struct side {
	const struct block *blocks;
	size_t count;
	uint32_t *pair;  /* of each block, from 1; 0: free */
	uint32_t *hunk;  /* of each block */
	uint32_t *text;  /* its number in `similar`, if it was free */
	uint32_t *exact; /* how many free ones opposite have its text */
	size_t cap;
};

struct proposal {
	size_t left, right;
	int similarity;
	uint64_t weight;
	uint64_t best; /* weight of the best chain that ends here */
	size_t before; /* its last but one, from 1; 0: none */
};

struct pairs {
	struct side left, right;
	struct similar *similar;
	struct pair *pairs;
	size_t count, cap;
	struct proposal *proposals;
	size_t proposals_count, proposals_cap;
	size_t *tree; /* best proposal for each prefix of the right side */
	size_t tree_cap;
	size_t *free_right; /* block of each text number on the right */
	size_t free_right_count, free_right_cap, free_left_count;
};

struct pairs *
pairs_new(void)
{
	struct pairs *p = xcalloc(1, sizeof(*p));

	p->similar = similar_new();
	return p;
}

static void
release_side(struct side *side)
{
	free(side->pair);
	free(side->hunk);
	free(side->text);
	free(side->exact);
}

void
pairs_free(struct pairs *p)
{
	if (!p)
		return;
	release_side(&p->left);
	release_side(&p->right);
	similar_free(p->similar);
	free(p->pairs);
	free(p->proposals);
	free(p->tree);
	free(p->free_right);
	free(p);
}

static void
start_side(struct side *side, const struct block *blocks, size_t count)
{
	if (count > side->cap) {
		release_side(side);
		side->pair = xcalloc(count, sizeof(*side->pair));
		side->hunk = xcalloc(count, sizeof(*side->hunk));
		side->text = xcalloc(count, sizeof(*side->text));
		side->exact = xcalloc(count, sizeof(*side->exact));
		side->cap = count;
	}
	side->blocks = blocks;
	side->count = count;
	if (count > 0) {
		memset(side->pair, 0, count * sizeof(*side->pair));
		memset(side->exact, 0, count * sizeof(*side->exact));
	}
}

static void
add_pair(struct pairs *p, size_t left, size_t right, int similarity, bool moved)
{
	p->pairs = xgrow(p->pairs, p->count, &p->cap, sizeof(*p->pairs));
	p->pairs[p->count++] =
		(struct pair){ left, 1, right, 1, similarity, moved };
	p->left.pair[left] = (uint32_t)p->count;
	p->right.pair[right] = (uint32_t)p->count;
}

/* Takes over the equal runs; numbers the hunks between them. */
static void
take_runs(struct pairs *p, const struct gitdiff_run *runs, size_t count)
{
	uint32_t hunk = 0;

	for (size_t i = 0; i < count; i++) {
		const struct gitdiff_run *run = &runs[i];

		hunk += run->op == GITDIFF_EQUAL;
		for (size_t k = 0; k < run->count; k++) {
			if (run->op == GITDIFF_EQUAL)
				add_pair(p, run->left + k, run->right + k,
					SIMILAR_SAME, false);
			else if (run->op == GITDIFF_DELETE)
				p->left.hunk[run->left + k] = hunk;
			else
				p->right.hunk[run->right + k] = hunk;
		}
	}
}

static size_t
add_free_texts(struct pairs *p, struct side *side)
{
	size_t added = 0;

	for (size_t i = 0; i < side->count; i++) {
		if (side->pair[i])
			continue;
		side->text[i] = (uint32_t)similar_add(p->similar,
			side->blocks[i].text);
		added++;
		if (side == &p->right) {
			p->free_right = xgrow(p->free_right,
				p->free_right_count, &p->free_right_cap,
				sizeof(*p->free_right));
			p->free_right[p->free_right_count++] = i;
		}
	}
	return added;
}

static int
score(const struct pairs *p, size_t left, size_t right)
{
	const struct block *a = &p->left.blocks[left];
	const struct block *b = &p->right.blocks[right];
	int similarity = similar_score(p->similar, p->left.text[left],
		p->right.text[right]);

	if (str_eq(a->text, b->text))
		return SIMILAR_SAME;
	if (similarity == SIMILAR_SAME)
		similarity--;
	return a->kind == b->kind ? similarity : similarity * KIND_SHARE / 100;
}

static uint64_t
weight_of(const struct pairs *p, size_t left, size_t right, int similarity)
{
	size_t words = similar_words(p->similar, p->left.text[left]);
	size_t other = similar_words(p->similar, p->right.text[right]);

	words = words < other ? words : other;
	words = words < WEIGHT_WORDS ? words : WEIGHT_WORDS;
	return (uint64_t)similarity * (uint64_t)similarity * (words + 1);
}

static void
propose(struct pairs *p, size_t left, size_t right)
{
	int similarity = score(p, left, right);

	if (similarity < ALONE_MIN)
		return;
	if (similarity == SIMILAR_SAME) {
		p->left.exact[left]++;
		p->right.exact[right]++;
	}
	p->proposals = xgrow(p->proposals, p->proposals_count,
		&p->proposals_cap, sizeof(*p->proposals));
	p->proposals[p->proposals_count++] = (struct proposal){ left, right,
		similarity, weight_of(p, left, right, similarity), 0, 0 };
}

static void
propose_all(struct pairs *p)
{
	size_t found[ALIGN_CANDIDATES];

	p->proposals_count = 0;
	for (size_t i = 0; i < p->left.count; i++) {
		size_t count = p->free_right_count;

		if (p->left.pair[i])
			continue;
		if (count > ALIGN_CANDIDATES)
			count = similar_candidates(found, ALIGN_CANDIDATES,
				p->similar, p->left.text[i],
				p->free_left_count);
		else
			for (size_t k = 0; k < count; k++)
				found[k] = p->free_left_count + k;
		for (size_t k = 0; k < count; k++)
			propose(p, i,
				p->free_right[found[k] - p->free_left_count]);
	}
}

/* Whether the hunk of a block has only that one free block on its side. */
static bool
is_alone(const struct side *side, size_t i)
{
	if (i > 0 && !side->pair[i - 1])
		return false;
	return i + 1 == side->count || side->pair[i + 1];
}

/*
 * Whether a proposal may be a pair that did not move: within its hunk, alike
 * enough, and not when one of the two has its very text elsewhere.
 */
static bool
is_in_place(const struct pairs *p, const struct proposal *it)
{
	int least = ALIGN_PAIR_MIN;

	if (p->left.hunk[it->left] != p->right.hunk[it->right])
		return false;
	if (it->similarity == SIMILAR_SAME)
		return true;
	if (p->left.exact[it->left] || p->right.exact[it->right])
		return false;
	if (is_alone(&p->left, it->left) && is_alone(&p->right, it->right))
		least = ALONE_MIN;
	return it->similarity >= least;
}

/* For the chain: by left ascending, then right descending, so that two of
 * the same left never follow each other. */
static int
compare_places(const void *a, const void *b)
{
	const struct proposal *x = a, *y = b;

	if (x->left != y->left)
		return x->left < y->left ? -1 : 1;
	return x->right > y->right ? -1 : x->right < y->right;
}

static uint64_t
best_of(const struct pairs *p, size_t at)
{
	return at ? p->proposals[at - 1].best : 0;
}

/* The best chain that ends on the right before `right` (a Fenwick tree). */
static size_t
best_before(const struct pairs *p, size_t right)
{
	size_t best = 0;

	for (size_t i = right; i > 0; i &= i - 1)
		if (best_of(p, p->tree[i]) > best_of(p, best))
			best = p->tree[i];
	return best;
}

static void
enter_chain(struct pairs *p, size_t at)
{
	for (size_t i = p->proposals[at].right + 1; i <= p->right.count;
		i += i & -i)
		if (best_of(p, p->tree[i]) < p->proposals[at].best)
			p->tree[i] = at + 1;
}

/* Pairs that keep the order: the heaviest chain of proposals in place. */
static void
pair_in_place(struct pairs *p)
{
	size_t last = 0;

	if (p->right.count + 1 > p->tree_cap) {
		free(p->tree);
		p->tree_cap = (p->right.count + 1) * 2;
		p->tree = xcalloc(p->tree_cap, sizeof(*p->tree));
	}
	memset(p->tree, 0, (p->right.count + 1) * sizeof(*p->tree));
	if (p->proposals_count > 0)
		qsort(p->proposals, p->proposals_count, sizeof(*p->proposals),
			compare_places);
	for (size_t i = 0; i < p->proposals_count; i++) {
		struct proposal *it = &p->proposals[i];

		if (!is_in_place(p, it))
			continue;
		it->before = best_before(p, it->right);
		it->best = it->weight + best_of(p, it->before);
		enter_chain(p, i);
		if (it->best > best_of(p, last))
			last = i + 1;
	}
	for (; last; last = p->proposals[last - 1].before) {
		const struct proposal *it = &p->proposals[last - 1];

		add_pair(p, it->left, it->right, it->similarity, false);
	}
}

/*
 * Joins free neighbours of `own` (the split side) to a pair whose other side
 * holds their words: they were cut off it, or will be.
 */
static void
join_neighbours(struct pairs *p, uint32_t number, struct side *own,
	size_t *first, size_t *count, uint32_t whole)
{
	size_t taken[JOIN_TAKEN + 1] = { own->text[*first] }, taken_count = 1;

	while (taken_count <= JOIN_TAKEN) {
		size_t next = *first + *count;
		bool after = next < own->count && !own->pair[next] &&
			!own->exact[next] &&
			similar_inside(p->similar, own->text[next], whole,
				taken, taken_count) >= JOIN_INSIDE;

		if (!after) {
			if (*first == 0 || own->pair[*first - 1] ||
				own->exact[*first - 1] ||
				similar_inside(p->similar,
					own->text[*first - 1], whole, taken,
					taken_count) < JOIN_INSIDE)
				return;
			next = --*first;
		}
		++*count;
		own->pair[next] = number;
		taken[taken_count++] = own->text[next];
	}
}

static void
join_splits(struct pairs *p, size_t from)
{
	for (size_t i = from; i < p->count; i++) {
		struct pair *pair = &p->pairs[i];
		uint32_t left = p->left.text[pair->left];
		uint32_t right = p->right.text[pair->right];

		if (pair->similarity == SIMILAR_SAME)
			continue;
		join_neighbours(p, (uint32_t)i + 1, &p->right, &pair->right,
			&pair->right_count, left);
		if (pair->right_count == 1)
			join_neighbours(p, (uint32_t)i + 1, &p->left,
				&pair->left, &pair->left_count, right);
	}
}

static int
compare_moves(const void *a, const void *b)
{
	const struct proposal *x = a, *y = b;

	if (x->similarity != y->similarity)
		return x->similarity > y->similarity ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->left != y->left)
		return x->left < y->left ? -1 : 1;
	return x->right < y->right ? -1 : x->right > y->right;
}

/* Of what is still free, the most alike first: they moved. */
static void
pair_moved(struct pairs *p)
{
	if (p->proposals_count > 0)
		qsort(p->proposals, p->proposals_count, sizeof(*p->proposals),
			compare_moves);
	for (size_t i = 0; i < p->proposals_count; i++) {
		const struct proposal *it = &p->proposals[i];
		size_t words = similar_words(p->similar,
			p->left.text[it->left]);

		if (it->similarity < ALIGN_MOVED_MIN)
			break;
		if (p->left.pair[it->left] || p->right.pair[it->right] ||
			(it->similarity < SIMILAR_SAME && words < MOVED_WORDS))
			continue;
		add_pair(p, it->left, it->right, it->similarity, true);
	}
}

void
pairs_find(struct pairs *p, const struct block *left, size_t left_count,
	const struct block *right, size_t right_count,
	const struct gitdiff_run *runs, size_t runs_count)
{
	size_t kept;

	start_side(&p->left, left, left_count);
	start_side(&p->right, right, right_count);
	similar_reset(p->similar);
	p->count = p->free_right_count = 0;
	take_runs(p, runs, runs_count);
	p->free_left_count = add_free_texts(p, &p->left);
	add_free_texts(p, &p->right);
	if (p->free_left_count == 0 || p->free_right_count == 0)
		return;
	similar_weigh(p->similar);
	propose_all(p);
	kept = p->count;
	pair_in_place(p);
	join_splits(p, kept);
	pair_moved(p);
}

const struct pair *
pairs_of_left(const struct pairs *p, size_t block)
{
	return p->left.pair[block] ? &p->pairs[p->left.pair[block] - 1] : NULL;
}

const struct pair *
pairs_of_right(const struct pairs *p, size_t block)
{
	return p->right.pair[block] ? &p->pairs[p->right.pair[block] - 1] :
				      NULL;
}
