#include "common/text/lexicon.h"

#include "tests/unit/test.h"

enum { ANIMAL = 1, MEAL = 2 };

#define IN(list) list
#include "tests/unit/lexicon.inc"
#undef IN

static bool
finds(const char *word, uint32_t lists)
{
	return lexicon_lists(&lexicon, str_from(word)) == lists;
}

static void
test_find(void)
{
	TEST(finds("cat", ANIMAL), "a word is in its list");
	TEST(finds("catfish soup", ANIMAL | MEAL), "a phrase is in two");
	TEST(finds("CatFish", ANIMAL), "ASCII capitals are the same");
	TEST(finds("über", ANIMAL), "other letters are found");
	TEST(finds(" and ", MEAL), "quoted blanks belong to the word");
	TEST(finds("cats", 0) && finds("ca", 0) && finds("", 0) &&
		finds("zebra", 0) && finds("ab", 0) && finds("ö", 0),
		"what is not listed is not found");
	TEST(lexicon_find(&lexicon, STR("soup"))->number == 4 &&
		lexicon_find(&lexicon, STR("# 9"))->number == -9 &&
		lexicon_find(&lexicon, STR("cat"))->number == 0,
		"numbers are kept");
}

static void
test_look(void)
{
	bool on = false;

	TEST(lexicon_look(&lexicon, STR("catfish"), &on) && on,
		"a phrase begins with the word");
	TEST(lexicon_look(&lexicon, STR("cat"), &on) && !on,
		"a longer word is not a phrase");
	TEST(lexicon_look(&lexicon, STR("ox"), &on) && on,
		"nor is a short word");
	TEST(!lexicon_look(&lexicon, STR("zebra"), &on) && !on &&
		!lexicon_look(&lexicon, STR("\xff"), &on) && !on &&
		!lexicon_look(&lexicon, STR(""), &on), "after the last");
}

static void
test_begin(void)
{
	const struct lexicon_entry *e;

	e = lexicon_longest(&lexicon, STR("Catfish sour"));
	TEST(e && str_eq(e->text, STR("catfish")), "the longest begin");
	e = e ? lexicon_shorter(&lexicon, e) : NULL;
	TEST(e && str_eq(e->text, STR("cat")), "then the shorter one");
	TEST(e && !lexicon_shorter(&lexicon, e), "then none");
	e = lexicon_longest(&lexicon, STR("catzzz"));
	TEST(e && str_eq(e->text, STR("cat")), "past what lies between");
	TEST(!lexicon_longest(&lexicon, STR("ca")) &&
		!lexicon_longest(&lexicon, STR("")), "nothing fits");
}

static void
test_within(void)
{
	struct str text = STR("a horse and a CAT ate catfish soup");

	TEST(lexicon_within(&lexicon, text, MEAL), "within");
	TEST(!lexicon_within(&lexicon, STR("a hors cat"), MEAL),
		"not of that list");
	TEST(lexicon_within(&lexicon, STR("an OX"), ANIMAL) &&
		lexicon_within(&lexicon, STR("an ox,"), ANIMAL) &&
		lexicon_within(&lexicon, STR("thé"), MEAL) &&
		!lexicon_within(&lexicon, STR("an o"), ANIMAL),
		"also words of two bytes, where a text ends or goes on");
	TEST(lexicon_count(&lexicon, text, ANIMAL) == 5,
		"each entry that begins at a place counts");
	TEST(lexicon_count(&lexicon, text, MEAL) == 3, "in one list");
}

int
main(void)
{
	test_find();
	test_look();
	test_begin();
	test_within();
	return test_done();
}
