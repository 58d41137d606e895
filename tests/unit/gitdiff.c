#include "tests/unit/test.h"

#include <string.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/git/gitdiff.h"

static struct str lines[100000];

/* Adds the lines of `text` to `lines`; returns how many there are now. */
static size_t
split_lines(size_t count, struct str text)
{
	while (text.len > 0 && count < sizeof(lines) / sizeof(*lines)) {
		ptrdiff_t at = str_find_byte(text, '\n');
		size_t len = at < 0 ? text.len : (size_t)at + 1;

		lines[count++] = str_sub(text, 0, len);
		text = str_sub(text, len, text.len);
	}
	return count;
}

/* The script as text, "=2 -1 +1", checked to cover both sides in order. */
static const char *
script(struct gitdiff *d, const char *left, const char *right,
	enum gitdiff_mode mode)
{
	static char out[4096];
	struct gitdiff_run *runs;
	size_t count, left_at = 0, right_at = 0, len = 0;
	size_t left_count = split_lines(0, str_from(left));
	size_t all = split_lines(left_count, str_from(right));

	if (gitdiff_tokens(&runs, &count, d, lines, left_count,
		    lines + left_count, all - left_count, mode, NULL) < 0)
		return "libgit2 failed";
	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		if (runs[i].left != left_at || runs[i].right != right_at)
			return "the runs do not join";
		left_at += runs[i].op == GITDIFF_INSERT ? 0 : runs[i].count;
		right_at += runs[i].op == GITDIFF_DELETE ? 0 : runs[i].count;
		len += (size_t)snprintf(out + len, sizeof(out) - len,
			"%s%c%zu", i ? " " : "", "=-+"[runs[i].op],
			runs[i].count);
	}
	return out;
}

static void
test_scripts(struct gitdiff *d)
{
	static const struct {
		const char *left, *right, *want;
	} cases[] = {
		{ "", "", "" },
		{ "a\n", "", "-1" },
		{ "", "a\nb\n", "+2" },
		{ "a\nb\n", "a\nb\n", "=2" },
		{ "a\nb\nc\n", "a\nx\nc\n", "=1 -1 +1 =1" },
		{ "a\nb\n", "x\na\nb\n", "+1 =2" },
		{ "a\nb\nc\nd\n", "a\nc\nd\ne\n", "=1 -1 =2 +1" },
		{ "a\nb\nc\nd\ne\n", "a\nX\nc\nY\nZ\n",
			"=1 -1 +1 =1 -2 +2" },
		{ "no end", "no end\n", "-1 +1" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = script(d, cases[i].left, cases[i].right,
			GITDIFF_PLAIN);

		TEST(strcmp(got, cases[i].want) == 0, "case %zu: '%s'", i, got);
	}
	TEST(strcmp(script(d, "u\nz\nv\n", "u\nv\nz\n", GITDIFF_PATIENCE),
		     "=1 -1 =1 +1") == 0,
		"patience finds a script too");
}

static void
test_bytes(struct gitdiff *d)
{
	struct str left[] = { STR("a\0b"), STR("new\nline"), STR("") };
	struct str right[] = { STR("a\0c"), STR("new\nline"), STR("") };
	struct gitdiff_run *runs;
	size_t count;

	TEST(gitdiff_tokens(&runs, &count, d, left, 3, right, 3, GITDIFF_PLAIN,
		     NULL) == 0 &&
			count == 3 && runs[0].op == GITDIFF_DELETE &&
			runs[2].op == GITDIFF_EQUAL && runs[2].count == 2,
		"tokens may hold NUL, newlines and nothing");
}

/* Too many tokens: start and end are found, the middle is replaced. */
static void
test_too_many(struct gitdiff *d)
{
	size_t n = GITDIFF_TOKENS_MAX + 5;
	struct str *left = xcalloc(n, sizeof(*left));
	struct str *right = xcalloc(n, sizeof(*right));
	struct gitdiff_run *runs;
	size_t count;

	for (size_t i = 0; i < n; i++)
		left[i] = right[i] = STR("word");
	right[10] = STR("other");
	right[n - 2] = STR("another");
	TEST(gitdiff_tokens(&runs, &count, d, left, n, right, n, GITDIFF_PLAIN,
		     NULL) == 0 &&
			count == 4 && runs[0].count == 10 &&
			runs[1].count == n - 11 && runs[3].count == 1,
		"beyond the limit the middle is replaced");
	free(left);
	free(right);
}

int
main(void)
{
	struct gitdiff *d = gitdiff_new();

	test_scripts(d);
	test_bytes(d);
	test_too_many(d);
	test_scripts(d);
	gitdiff_free(d);
	return test_done();
}
