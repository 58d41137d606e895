#include "tests/unit/test.h"

#include <string.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/diff/align.h"

static struct strbuf out;

/* Blocks from a text: one a line; "# " makes a heading of it. */
static size_t
blocks_of(struct block **blocks, const char *text)
{
	struct str rest = str_from(text), line;
	size_t count = 0, cap = 0;

	*blocks = NULL;
	while (rest.len > 0) {
		str_cut(&line, &rest, '\n');
		*blocks = xgrow(*blocks, count, &cap, sizeof(**blocks));
		(*blocks)[count].kind = BLOCK_P;
		if (str_starts(line, STR("# "))) {
			(*blocks)[count].kind = BLOCK_H2;
			line = str_sub(line, 2, line.len);
		}
		(*blocks)[count++].text = line;
	}
	return count;
}

/*
 * The rows as text: "0=0" same, "0~1" edited, "-0", "+0", "0>3" moved from,
 * "0>>3" moved to; "0~1-2" when split.
 */
static const char *
rows(struct align *a, const char *left, const char *right)
{
	static const char *const signs[] = { "=", "~", "-", "+", ">", ">>" };
	struct block *x, *y;
	size_t x_count = blocks_of(&x, left), y_count = blocks_of(&y, right);

	strbuf_reset(&out);
	if (align_blocks(a, x, x_count, y, y_count, NULL) < 0)
		strbuf_addf(&out, "failed");
	for (size_t i = 0; i < a->count; i++) {
		const struct align_row *row = &a->rows[i];

		strbuf_addf(&out, "%s", i ? " " : "");
		if (row->left_count > 0 && row->kind != ALIGN_REMOVED)
			strbuf_addf(&out, "%zu", row->left);
		if (row->left_count > 1)
			strbuf_addf(&out, "-%zu",
				row->left + row->left_count - 1);
		strbuf_addf(&out, "%s", signs[row->kind]);
		strbuf_addf(&out, "%zu",
			row->kind == ALIGN_REMOVED ? row->left : row->right);
		if (row->right_count > 1)
			strbuf_addf(&out, "-%zu",
				row->right + row->right_count - 1);
	}
	free(x);
	free(y);
	return out.ptr;
}

#define ONE "The council voted on Monday to close the northern bridge.\n"
#define TWO "Engineers had warned of cracks since early spring.\n"
#define THREE "Traffic will be led through the harbour tunnel instead.\n"
#define FOUR "Shopkeepers fear that customers will stay away for months.\n"
#define TWO_B "Engineers had warned of deep cracks since late spring.\n"
#define NEW "A spokesman for the ferry company declined to comment today.\n"

static const struct {
	const char *name, *left, *right, *want;
} cases[] = {
	{ "nothing", "", "", "" },
	{ "all new", "", ONE TWO, "+0 +1" },
	{ "all gone", ONE TWO, "", "-0 -1" },
	{ "the same", ONE TWO, ONE TWO, "0=0 1=1" },
	{ "one edited", ONE TWO THREE, ONE TWO_B THREE, "0=0 1~1 2=2" },
	{ "edited after an insertion", ONE TWO THREE, ONE NEW TWO_B THREE,
		"0=0 +1 1~2 2=3" },
	{ "replaced, not paired", ONE TWO THREE, ONE NEW THREE,
		"0=0 -1 +1 2=2" },
	{ "moved", ONE TWO THREE FOUR, TWO THREE FOUR ONE,
		"0>3 1=0 2=1 3=2 0>>3" },
	{ "moved and edited", ONE TWO THREE FOUR, ONE THREE FOUR TWO_B,
		"0=0 1>3 2=1 3=2 1>>3" },
	{ "split", ONE "First half has these words. Second part has others.\n",
		ONE "First half has these words.\nSecond part has others.\n",
		"0=0 1~1-2" },
	{ "joined", "First half has these words.\nSecond part has others.\n" ONE,
		"First half has these words. Second part has others.\n" ONE,
		"0-1~0 2=1" },
	{ "a heading made of a paragraph", "Background\n" ONE,
		"# Background\n" ONE, "0~0 1=1" },
	{ "figures", "12 dead\n", "21 dead\n", "0~0" },
	{ "short and alone", "Alpha beta\n", "Gamma delta\n", "-0 +0" },
	{ "a sentence grown to a paragraph", TWO ONE,
		"Engineers had warned of cracks since early spring. They asked "
		"for money three times, a report says, but the ministry never "
		"answered any of the letters that the city has published.\n" ONE,
		"0~0 1=1" },
};

static void
test_rows(struct align *a)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = rows(a, cases[i].left, cases[i].right);

		TEST(strcmp(got, cases[i].want) == 0, "%s: '%s'", cases[i].name,
			got);
	}
	rows(a, ONE TWO, ONE TWO_B NEW);
	TEST(a->words_added == 12 && a->words_removed == 1,
		"words are counted: +%zu -%zu", a->words_added,
		a->words_removed);
	rows(a, ONE TWO THREE, TWO THREE ONE);
	TEST(a->words_added == 0 && a->words_removed == 0 &&
			a->rows[0].similarity == ALIGN_EXACT,
		"a move adds no words");
	rows(a, "One and two, then.\n", "One and two then.\n");
	TEST(a->rows[0].kind == ALIGN_EDITED &&
			a->rows[0].similarity == ALIGN_EXACT,
		"only punctuation: exact, yet edited");
	rows(a, "one two three four\n", "four three two one\n");
	TEST(a->rows[0].similarity < ALIGN_EXACT, "order counts");
}

static uint32_t
next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Every block of both sides stands in one row, in order, whatever the edit. */
static bool
is_complete(const struct align *a, size_t left_count, size_t right_count)
{
	size_t left = 0, right = 0;

	for (size_t i = 0; i < a->count; i++) {
		const struct align_row *row = &a->rows[i];

		if (row->kind != ALIGN_ADDED && row->kind != ALIGN_MOVED_TO) {
			if (row->left != left)
				return false;
			left += row->left_count;
		}
		if (row->kind != ALIGN_REMOVED &&
			row->kind != ALIGN_MOVED_FROM) {
			if (row->right != right)
				return false;
			right += row->right_count;
		}
	}
	return left == left_count && right == right_count;
}

static size_t
random_blocks(struct block *blocks, struct strbuf *text, uint32_t *state,
	uint32_t words)
{
	size_t count = next_random(state) % 12, at[13];

	strbuf_reset(text);
	for (size_t i = 0; i < count; i++) {
		at[i] = text->len;
		for (uint32_t n = next_random(state) % 9; n > 0; n--)
			strbuf_addf(text, "word%u ",
				(unsigned)(next_random(state) % words));
	}
	at[count] = text->len;
	for (size_t i = 0; i < count; i++)
		blocks[i] = (struct block){ next_random(state) % 8 ? BLOCK_P :
								      BLOCK_H2,
			str_sub(strbuf_str(text), at[i], at[i + 1] - at[i]) };
	return count;
}

static void
test_random(struct align *a)
{
	struct strbuf x, y;
	struct block left[12], right[12];
	uint32_t state = 1, bad = 0;

	strbuf_init(&x, 1 << 16);
	strbuf_init(&y, 1 << 16);
	for (int i = 0; i < 3000; i++) {
		uint32_t words = 2 + next_random(&state) % 30;
		size_t m = random_blocks(left, &x, &state, words);
		size_t n = random_blocks(right, &y, &state, words);

		if (align_blocks(a, left, m, right, n, NULL) < 0 ||
			!is_complete(a, m, n))
			bad++;
	}
	TEST(bad == 0, "3000 random pairs give complete rows (%u do not)", bad);
	strbuf_release(&x);
	strbuf_release(&y);
}

/* A long page in which everything changed: candidates keep it bounded. */
static void
test_large(struct align *a)
{
	enum { BLOCKS = 3000 };
	struct block *left = xcalloc(BLOCKS, sizeof(*left));
	struct block *right = xcalloc(BLOCKS, sizeof(*right));
	struct strbuf text;
	size_t edited = 0;

	strbuf_init(&text, 1 << 22);
	strbuf_room(&text, 1 << 21);
	for (size_t i = 0; i < BLOCKS; i++) {
		size_t at = text.len;

		strbuf_addf(&text, "the item%zu of the list was x%zu y%zu z%zu",
			i, i * 7, i * 11, i * 13);
		left[i].text = str_sub(strbuf_str(&text), at, text.len - at);
		at = text.len;
		strbuf_addf(&text, "the item%zu of that list is x%zu y%zu z%zu",
			i, i * 7, i * 11, i * 13);
		right[i].text = str_sub(strbuf_str(&text), at, text.len - at);
	}
	TEST(align_blocks(a, left, BLOCKS, right, BLOCKS, NULL) == 0 &&
			is_complete(a, BLOCKS, BLOCKS),
		"3000 blocks, all edited");
	for (size_t i = 0; i < a->count; i++)
		edited += a->rows[i].kind == ALIGN_EDITED &&
			a->rows[i].left == a->rows[i].right;
	TEST(edited == BLOCKS, "each finds its own (%zu)", edited);
	strbuf_release(&text);
	free(left);
	free(right);
}

int
main(void)
{
	struct align *a = align_new();

	strbuf_init(&out, 1 << 16);
	test_rows(a);
	test_random(a);
	test_large(a);
	align_free(a);
	strbuf_release(&out);
	return test_done();
}
