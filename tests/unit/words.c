#include "tests/unit/test.h"

#include <string.h>

#include "common/base/strbuf.h"
#include "common/diff/wordsdiff.h"
#include "common/text/words.h"

static struct strbuf out;

/* The tokens of a text, each with its kind, joined by blanks. */
static const char *
tokens(const char *text)
{
	struct words w;

	words_init(&w);
	words_split(&w, str_from(text));
	strbuf_reset(&out);
	for (size_t i = 0; i < w.count; i++)
		strbuf_addf(&out, "%s%.*s/%c", i ? " " : "",
			STR_ARGS(w.tokens[i].text), "wnps"[w.tokens[i].kind]);
	words_release(&w);
	return out.ptr;
}

static void
test_tokens(void)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "  \n", "" },
		{ "It isn't so.", "It/w isn't/w so/w ./p" },
		{ "12 dead, 1.5 hurt", "12/n dead/w ,/p 1.5/n hurt/w" },
		{ "1,500 at 12:30.", "1,500/n at/w 12:30/n ./p" },
		{ "fell -5% to $3bn", "fell/w -5%/n to/w $3bn/n" },
		{ "10-20 and 10 -20", "10/n -/p 20/n and/w 10/n -20/n" },
		{ "U.S. rule.Next", "U.S/w ./p rule/w ./p Next/w" },
		{ "5 % & more", "5/n %/s &/s more/w" },
		{ "\xe4\xb8\xad\xe5\x9b\xbd 3\xe4\xba\xba",
			"\xe4\xb8\xad/w \xe5\x9b\xbd/w 3/n \xe4\xba\xba/w" },
		{ "\xd0\x9c\xd0\xb8\xd1\x80 \xe2\x80\x94 \xe2\x82\xac"
		  "5",
			"\xd0\x9c\xd0\xb8\xd1\x80/w \xe2\x80\x94/p "
			"\xe2\x82\xac"
			"5/n" },
		{ "cafe\xcc\x81 a\xc2\xa0"
		  "b",
			"cafe\xcc\x81/w a/w b/w" },
		{ "bad \xff byte", "bad/w byte/w" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		TEST(strcmp(tokens(cases[i].text), cases[i].want) == 0,
			"tokens %zu: %s", i, tokens(cases[i].text));
	TEST(words_in(STR("One, two -- 3!")) == 3, "words are counted");
}

/* The difference as text, "[-a-]{+b+}"; NULL unless the spans cover both. */
static const char *
marked(const char *left, const char *right, size_t *added, size_t *removed)
{
	struct gitdiff *differ = gitdiff_new();
	struct wordsdiff d;
	size_t left_at = 0, right_at = 0;

	wordsdiff_init(&d);
	strbuf_reset(&out);
	wordsdiff_run(&d, differ, str_from(left), str_from(right), NULL);
	for (size_t i = 0; i < d.count; i++) {
		const struct wordsdiff_span *span = &d.spans[i];

		if (span->op == GITDIFF_EQUAL)
			strbuf_adds(&out, span->right);
		else if (span->op == GITDIFF_DELETE)
			strbuf_addf(&out, "[-%.*s-]", STR_ARGS(span->left));
		else
			strbuf_addf(&out, "{+%.*s+}", STR_ARGS(span->right));
		if (strncmp(left + left_at, span->left.ptr, span->left.len) ||
			strncmp(right + right_at, span->right.ptr,
				span->right.len))
			strbuf_adds(&out, STR("(spans do not cover)"));
		left_at += span->left.len;
		right_at += span->right.len;
	}
	if (left[left_at] || right[right_at])
		strbuf_adds(&out, STR("(spans end early)"));
	*added = d.added;
	*removed = d.removed;
	wordsdiff_release(&d);
	gitdiff_free(differ);
	return out.ptr;
}

static void
test_diffs(void)
{
	static const struct {
		const char *left, *right, *want;
		size_t added, removed;
	} cases[] = {
		{ "", "", "", 0, 0 },
		{ "", "two words", "{+two words+}", 2, 0 },
		{ " ", "one", "[- -]{+one+}", 1, 0 },
		{ "same text", "same text", "same text", 0, 0 },
		{ "same  text", "same text", "same text", 0, 0 },
		{ "12 dead", "21 dead", "[-12 -]{+21 +}dead", 1, 1 },
		{ "a b c", "a c", "a [-b -]c", 0, 1 },
		{ "He left.", "He never left!", "He {+never +}left[-.-]{+!+}",
			1, 0 },
		/* "the" between two rewritten stretches is no anchor */
		{ "old words here the old other words",
			"fresh things now the new stuff altogether",
			"[-old words here the old other words-]"
			"{+fresh things now the new stuff altogether+}",
			7, 7 },
		/* but a word of substance is */
		{ "old words minister old words", "new stuff minister new stuff",
			"[-old words -]{+new stuff +}minister "
			"[-old words-]{+new stuff+}",
			4, 4 },
		{ "\xe4\xb8\x80\xe4\xba\x8c\xe4\xb8\x89",
			"\xe4\xb8\x80\xe5\x9b\x9b\xe4\xb8\x89",
			"\xe4\xb8\x80[-\xe4\xba\x8c-]{+\xe5\x9b\x9b+}"
			"\xe4\xb8\x89",
			1, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t added, removed;
		const char *got = marked(cases[i].left, cases[i].right, &added,
			&removed);

		TEST(strcmp(got, cases[i].want) == 0 &&
				added == cases[i].added &&
				removed == cases[i].removed,
			"words %zu: %s +%zu -%zu", i, got, added, removed);
	}
}

int
main(void)
{
	strbuf_init(&out, 1 << 16);
	test_tokens();
	test_diffs();
	strbuf_release(&out);
	return test_done();
}
