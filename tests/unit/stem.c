#include "common/text/stem.h"

#include "tests/unit/test.h"

static bool
stems_to(const char *tag, const char *folded, const char *wanted)
{
	struct stem *stem = stem_open(str_from(tag));
	struct strbuf out;
	bool same;

	strbuf_init(&out, 1 << 16);
	stem_words(&out, stem, str_from(folded));
	same = str_eq(strbuf_str(&out), str_from(wanted));
	strbuf_release(&out);
	stem_close(stem);
	return same;
}

int
main(void)
{
	struct stem *stem = stem_open(STR("en"));
	char bytes[80];

	TEST(stems_to("en-GB", " bridges bridge bridged ",
		" bridg bridg bridg "), "the forms of a word are one");
	TEST(stems_to("de_AT", " hausern haus ", " haus haus "),
		"by the rules of the language");
	TEST(stems_to("nb", " ferjene ferje ", " ferj ferj ") &&
		stems_to("nn", " ferje ", " ferj "), "Norwegian is one");
	TEST(stems_to("xx", " bridges ", " bridges ") &&
		stems_to("", " bridges ", " bridges ") &&
		stems_to("english", " bridges ", " bridges "),
		"without rules words are themselves");
	TEST(stems_to("en", "", "") && stems_to("en", " ", " "), "no words");
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = 's';
	TEST(stem_word(stem, (struct str){ bytes, sizeof(bytes) }).len ==
		sizeof(bytes), "what is too long is left alone");
	TEST(stem_word(NULL, STR("bridges")).len == 7, "no stemmer");
	stem_close(stem);
	return test_done();
}
