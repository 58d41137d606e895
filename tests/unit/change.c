#include "tests/unit/test.h"

#include <string.h>

#include "common/base/xalloc.h"
#include "common/diff/change.h"

enum { BLOCKS_MAX = 64, DAY_S = 86400 };

/*
 * A document from lines: "T:" title, "B:" byline, "S:" summary, "D:"
 * published, "L:" language; a block's kind by its mark.
 */
struct page {
	struct document d;
	struct block blocks[BLOCKS_MAX];
};

static bool
take(struct str *out, struct str line, const char *mark)
{
	struct str m = str_from(mark);

	if (!str_starts(line, m))
		return false;
	*out = str_sub(line, m.len, line.len);
	return true;
}

static const struct document *
page_of(struct page *page, const char *text)
{
	struct str rest = str_from(text), line;

	*page = (struct page){ .d = { .blocks = page->blocks } };
	while (rest.len > 0) {
		struct block *b = &page->blocks[page->d.blocks_count];

		str_cut(&line, &rest, '\n');
		if (take(&page->d.title, line, "T:") ||
			take(&page->d.byline, line, "B:") ||
			take(&page->d.summary, line, "S:") ||
			take(&page->d.published, line, "D:") ||
			take(&page->d.lang, line, "L:"))
			continue;
		b->kind = BLOCK_P;
		if (take(&b->text, line, "# "))
			b->kind = BLOCK_H2;
		else if (take(&b->text, line, "- "))
			b->kind = BLOCK_LI;
		else if (take(&b->text, line, "> "))
			b->kind = BLOCK_QUOTE;
		else if (take(&b->text, line, "! "))
			b->kind = BLOCK_CORRECTION;
		else if (take(&b->text, line, "~ "))
			b->kind = BLOCK_CREDIT;
		else
			b->text = line;
		page->d.blocks_count++;
	}
	return &page->d;
}

/* "STATUS: classes" of the change from one text to another. */
static const char *
verdict(struct change *c, const char *left, const char *right)
{
	static char out[256];
	static struct page from, to;
	struct change_input in = { .previous = page_of(&from, left),
		.next = page_of(&to, right),
		.source = STR("daily") };
	struct change_verdict v;
	struct arena arena;
	struct strlist names;
	size_t len;

	if (change_judge(&v, c, &in, NULL) < 0)
		return "failed";
	arena_init(&arena, 1 << 16);
	names = change_class_list(v.classes, &arena);
	len = (size_t)snprintf(out, sizeof(out), "%.*s:",
		STR_ARGS(receipt_status_name(v.status)));
	for (size_t i = 0; i < names.count; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, " %.*s",
			STR_ARGS(names.items[i]));
	arena_release(&arena);
	return out;
}

#define P1 "The mayor opened the new swimming pool on Monday.\n"
#define P2 "About 40 guests came, among them the architect Ida Berg.\n"
#define P3 "She said \xe2\x80\x9cthe water is colder than planned\xe2\x80\x9d.\n"
#define P4 "The pool will close again in winter for repairs.\n"

static const struct {
	const char *name, *left, *right, *want;
} cases[] = {
	{ "nothing", "T:Pool\n" P1 P2, "T:Pool\n" P1 P2, "same:" },
	/* headlines */
	{ "headline alone", "T:Pool opens\n" P1, "T:Pool opens late\n" P1,
		"changed: headline" },
	{ "figure in the headline", "T:12 dead in fire\n" P1,
		"T:21 dead in fire\n" P1, "changed: headline numbers" },
	{ "capitals in the headline", "T:Pool Opens\n" P1, "T:Pool opens\n" P1,
		"changed: headline" },
	{ "marks in the headline", "T:Pool 'opens'\n" P1,
		"T:Pool \xe2\x80\x98opens\xe2\x80\x99\n" P1,
		"minor: punctuation" },
	{ "headline becomes a question", "T:Pool opens\n" P1,
		"T:Pool opens?\n" P1, "changed: headline" },
	/* numbers, the traps */
	{ "12 dead to 21 dead", "12 dead\n" P1, "21 dead\n" P1,
		"changed: numbers" },
	{ "deaths within a sentence", "The fire left 12 dead on Monday.\n",
		"The fire left 21 dead on Monday.\n", "changed: numbers" },
	{ "3 months to 30 months", "He was jailed for 3 months.\n",
		"He was jailed for 30 months.\n", "changed: numbers" },
	{ "1.5 to 15", "Prices rose 1.5 per cent.\n",
		"Prices rose 15 per cent.\n", "changed: numbers" },
	{ "sign", "It fell to -5 degrees.\n", "It fell to 5 degrees.\n",
		"changed: numbers" },
	{ "currency", "It costs \xe2\x82\xac" "5 now.\n", "It costs $5 now.\n",
		"changed: numbers" },
	{ "number word", "Two people died.\n", "Three people died.\n",
		"changed: numbers" },
	{ "date of a fact", "The law was published on 12 May.\n",
		"The law was published on 21 May.\n", "changed: numbers" },
	{ "hour of a fact", "The match starts: 12:30\n",
		"The match starts: 13:30\n", "changed: numbers" },
	{ "date in a list", "- Berlin, 3 May\n- 4 May\n",
		"- Berlin, 3 May\n- 5 May\n", "changed: numbers" },
	{ "per cent sign", "It was 5 % of all.\n", "It was 5 of all.\n",
		"changed: text" },
	/* date lines */
	{ "updated 12:30", "Updated 12:30\n" P1, "Updated 13:45\n" P1,
		"minor: dateline" },
	{ "updated at the end", P1 "Last updated on 3 May 2026 at 12:30 GMT.\n",
		P1 "Last updated on 4 May 2026 at 09:10 GMT.\n",
		"minor: dateline" },
	{ "hours ago", "Published 3 hours ago\n" P1, "Published 5 hours ago\n" P1,
		"minor: dateline" },
	{ "date line in Polish", "Opublikowano 3 lipca 2026, 13:30\n" P1,
		"Opublikowano 4 lipca 2026, 9:15\n" P1, "minor: dateline" },
	{ "date line in Ukrainian", "Оновлено: середа, 3 червня 2026\n" P1,
		"Оновлено: четвер, 4 червня 2026\n" P1, "minor: dateline" },
	{ "an age in Turkish", "5 saat önce\n" P1, "7 saat önce\n" P1,
		"minor: dateline" },
	{ "date line comes", P1, "Updated: 3 May 2026\n" P1, "minor: dateline" },
	{ "date line within", "(Updated 12:30) The mayor came.\n",
		"(Updated 13:30) The mayor came.\n", "minor: dateline" },
	{ "agency", "LONDON, Nov 22 (Agency) - The mayor came on foot.\n",
		"LONDON, Nov 23 (Agency) - The mayor came on foot.\n",
		"minor: dateline" },
	{ "an age is no agency date", "Ida, 79, came - on foot.\n",
		"Ida, 80, came - on foot.\n", "changed: numbers" },
	{ "German", "L:de\nAktualisiert am 3. Mai 2026, 12:30 Uhr\n" P1,
		"L:de\nAktualisiert am 4. Mai 2026, 9:10 Uhr\n" P1,
		"minor: dateline" },
	{ "published in the head", "D:2026-05-03\n" P1, "D:2026-05-04\n" P1,
		"minor: dateline" },
	{ "date line and a word", "Updated 12:30\n" P1,
		"Updated 13:00\nThe mayor opened the old swimming pool on "
		"Monday.\n",
		"changed: text dateline" },
	/* words */
	{ "a word", P1 P4, P1 "The pool will close again in spring for "
			      "repairs.\n",
		"changed: text" },
	{ "not", "He did sign.\n", "He did not sign.\n", "changed: text" },
	{ "capitals", "He told us all.\n", "He told US all.\n",
		"changed: names text" },
	{ "small letter", "The Mayor came late to it.\n",
		"The mayor came late to it.\n", "changed: names text" },
	{ "order", "Berg beat Holm in the end.\n",
		"Holm beat Berg in the end.\n", "changed: names text" },
	{ "a name", "It was the architect Ida Berg who came.\n",
		"It was the architect Ida Holm who came.\n", "changed: names" },
	{ "byline", "B:By Ida Berg\n" P1, "B:By Ida Berg and Jo Holm\n" P1,
		"changed: names" },
	{ "by", "B:Ida Berg\n" P1, "B:By Ida Berg\n" P1, "minor: punctuation" },
	{ "quote", P1 P3,
		P1 "She said \xe2\x80\x9cthe water is warmer than planned"
		   "\xe2\x80\x9d.\n",
		"changed: quotes" },
	{ "quote block", "> We are very sorry for it.\n" P1,
		"> We are not sorry for it.\n" P1, "changed: quotes" },
	{ "paragraph comes", P1, P1 P4, "changed: text" },
	{ "paragraph with a quote goes", P1 P3, P1, "changed: quotes text" },
	{ "standfirst", "S:A cold start\n" P1, "S:A warm start\n" P1,
		"changed: text" },
	{ "Chinese",
		"\xe4\xbb\x96\xe8\xaf\xb4\xe4\xb8\x8d\n",
		"\xe4\xbb\x96\xe8\xaf\xb4\xe6\x98\xaf\n", "changed: text" },
	/* moves, corrections */
	{ "moved", P1 P2 P3 P4, P2 P3 P4 P1, "changed: moved" },
	{ "correction comes", P1,
		P1 "! This article was amended on 3 May: 40, not 14.\n",
		"changed: correction" },
	{ "correction by its words", P1, P1 "Correction: it was Sunday.\n",
		"changed: correction" },
	{ "correctional is a word", P1,
		P1 "Correctional officers were there in strength.\n",
		"changed: text" },
	/* minor ones */
	{ "curly quotes", "He said \"yes, of course\" to all.\n",
		"He said \xe2\x80\x9cyes, of course\xe2\x80\x9d to all.\n",
		"minor: punctuation" },
	{ "curly apostrophe", "It isn't so.\n", "It isn\xe2\x80\x99t so.\n",
		"minor: punctuation" },
	{ "comma", "First he came.\n", "First, he came.\n",
		"minor: punctuation" },
	{ "double space", "First he came.\n", "First  he came.\n",
		"minor: whitespace" },
	{ "no-break space", "About 40 guests.\n", "About\xc2\xa0" "40 guests.\n",
		"minor: whitespace" },
	{ "soft hyphen", "A swimming pool.\n", "A swim\xc2\xadming pool.\n",
		"minor: whitespace" },
	{ "composition", "The caf\xc3\xa9.\n", "The cafe\xcc\x81.\n",
		"minor: whitespace" },
	{ "paragraph split", P1 "One two three four. Five six seven eight.\n",
		P1 "One two three four.\nFive six seven eight.\n",
		"minor: whitespace" },
	{ "paragraphs joined", "One two three four.\nFive six seven eight.\n",
		"One two three four. Five six seven eight.\n",
		"minor: whitespace" },
	{ "cut elsewhere", "One two three. Four five six.\nSeven eight.\n",
		"One two three.\nFour five six. Seven eight.\n",
		"minor: whitespace" },
	{ "heading", "Background\n" P1, "# Background\n" P1,
		"minor: whitespace" },
	{ "read more", P1 P2, P1 "Read more: the ten best pools\n" P2,
		"minor: boilerplate" },
	{ "comments", P1 "12 comments\n", P1 "15 comments\n",
		"minor: boilerplate" },
	{ "sign up with a figure is news", P1,
		P1 "Sign up for 12 months, the minister says\n",
		"changed: text" },
	{ "comments are no counter", P1, P1 "Comments by the mayor led to "
					    "anger.\n",
		"changed: text" },
};

static void
test_classes(struct change *c)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = verdict(c, cases[i].left, cases[i].right);

		TEST(strcmp(got, cases[i].want) == 0, "%s: '%s'", cases[i].name,
			got);
	}
}

#define LONG \
	P1 P2 P3 P4 P2 P3 P4 P1 P2 P3 P4 P2 P3 P4 P1 P2 P3 P4 P2 P3 P4

static void
test_suspects(struct change *c)
{
	TEST(strncmp(verdict(c, "T:Pool\n" LONG, "T:Pool\n"), "blocked:", 8) ==
			0,
		"nothing left is suspect");
	TEST(strncmp(verdict(c, "T:Pool\n" LONG, "T:Pool\n" P1 P2),
		     "blocked:", 8) == 0,
		"a teaser is suspect");
	TEST(strcmp(verdict(c, "T:Pool\n" LONG,
			    "T:Pool\nThis report is no longer available. It did "
			    "not meet our standards.\n"),
		     "changed: quotes text") == 0,
		"a note of withdrawal is an edit");
	TEST(strcmp(verdict(c, P1 P2, P1), "changed: text") == 0,
		"a short text may lose half");
}

static enum receipt_status
origin_status(struct change *c, struct change_origin from,
	struct change_origin to)
{
	static struct page left, right;
	struct change_input in = { .previous = page_of(&left, P1),
		.next = page_of(&right, P1 P2),
		.from = from,
		.to = to };
	struct change_verdict v;

	change_judge(&v, c, &in, NULL);
	return v.status;
}

static void
test_technical(struct change *c)
{
	struct change_origin one = { STR("sha1:A"), STR("stet/1"), STR("\"x\""),
		STR("") };
	struct change_origin two = { STR("sha1:B"), STR("stet/2"), STR("\"x\""),
		STR("") };
	struct change_origin three = { STR("sha1:C"), STR("stet/2"), STR(""),
		STR("") };
	struct change_origin none = { STR(""), STR(""), STR(""), STR("") };

	TEST(origin_status(c, one, one) == RECEIPT_TECHNICAL,
		"the same payload is no edit");
	TEST(origin_status(c, one, two) == RECEIPT_TECHNICAL,
		"nor the same ETag under another extractor");
	TEST(origin_status(c, one, three) == RECEIPT_CHANGED,
		"another payload is one");
	TEST(origin_status(c, none, none) == RECEIPT_CHANGED,
		"and so is what nothing is known of");
}

/* The same box in five articles of one source is the template's. */
static void
test_template(struct change *c)
{
	static struct page before[6], after[6];
	static char texts[12][200];
	static const char *const keys[] = { "a", "b", "c", "d", "e", "f" };

	for (size_t i = 0; i < 6; i++) {
		snprintf(texts[i], sizeof(texts[i]),
			"Story %zu is about something.\nOld box of the site\n",
			i);
		snprintf(texts[i + 6], sizeof(texts[i]),
			"Story %zu is about something.\nA quite new hint\n", i);
		page_of(&before[i], texts[i]);
		page_of(&after[i], texts[i + 6]);
	}
	for (size_t i = 0; i < 4; i++) {
		change_see(c, STR("daily"), str_from(keys[i]), &before[i].d,
			&after[i].d);
		change_see(c, STR("daily"), str_from(keys[i]), &before[i].d,
			&after[i].d);
	}
	TEST(strcmp(verdict(c, texts[0], texts[6]), "changed: text") == 0,
		"four articles, seen twice each, are not many");
	change_see(c, STR("weekly"), STR("g"), &before[4].d, &after[4].d);
	TEST(strcmp(verdict(c, texts[0], texts[6]), "changed: text") == 0,
		"another source does not count");
	change_see(c, STR("daily"), STR("e"), &before[4].d, &after[4].d);
	TEST(strcmp(verdict(c, texts[0], texts[6]), "minor: boilerplate") == 0,
		"five are: '%s'", verdict(c, texts[0], texts[6]));
	TEST(strcmp(verdict(c, texts[0], P1), "changed: text boilerplate") == 0,
		"what else changed still shows");
}

static void
test_returns(void)
{
	struct change_state s[200] = { { STR("A"), 0 }, { STR("B"), DAY_S } };
	size_t n = 2;
	int64_t now = 2 * DAY_S;

	TEST(change_returns(s, 1, STR("B"), now) == CHANGE_NOVEL, "A B");
	TEST(change_returns(s, 2, STR("A"), now) == CHANGE_REVERTS,
		"A B A reverts");
	s[n++] = (struct change_state){ STR("A"), now };
	TEST(change_returns(s, n, STR("B"), now) == CHANGE_OSCILLATES,
		"A B A B oscillates");
	s[n++] = (struct change_state){ STR("B"), now };
	TEST(change_returns(s, n, STR("A"), now + DAY_S - 1) == CHANGE_WAITS &&
			change_returns(s, n, STR("A"), now + DAY_S) ==
				CHANGE_OSCILLATES,
		"the next waits a day");
	TEST(change_returns(s, n, STR("C"), now) == CHANGE_NOVEL,
		"a new text never waits");
	s[n++] = (struct change_state){ STR("C"), now };
	TEST(change_returns(s, n, STR("A"), now) == CHANGE_REVERTS,
		"and starts the count afresh");
	/* a page that flips at every check, every half hour for a year */
	n = 1;
	for (int64_t t = 1; t < 365 * 48; t++) {
		struct str state = t % 2 ? STR("B") : STR("A");

		if (str_eq(s[n - 1].blob, state) ||
			change_returns(s, n, state, t * 1800) == CHANGE_WAITS)
			continue;
		s[n++] = (struct change_state){ state, t * 1800 };
	}
	TEST(n >= 15 && n <= 24, "a year of flips makes %zu commits", n);
	/* withdrawn and back is a state too */
	s[0] = (struct change_state){ STR("A"), 0 };
	s[1] = (struct change_state){ STR(""), 1 };
	TEST(change_returns(s, 2, STR("A"), 2) == CHANGE_REVERTS,
		"back from withdrawal");
}

static void
test_names(void)
{
	TEST(str_eq(change_class_name(CHANGE_OSCILLATION), STR("oscillation")),
		"names are written");
	TEST(!change_is_minor(0) && change_is_minor(CHANGE_DATELINE) &&
			!change_is_minor(CHANGE_DATELINE | CHANGE_TEXT) &&
			!change_is_minor(CHANGE_DATELINE | CHANGE_REVERT) &&
			change_is_minor(CHANGE_TEXT | CHANGE_OSCILLATION),
		"minor only by the last four, or when it oscillates");
}

int
main(void)
{
	struct change *c = change_new();

	test_classes(c);
	test_suspects(c);
	test_technical(c);
	test_template(c);
	change_free(c);
	test_returns();
	test_names();
	return test_done();
}
