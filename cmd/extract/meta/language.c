/*
 * CLD2 knows the languages of most news. What it cannot know (the Bantu
 * languages of southern Africa but few, Hausa, Somali, Yoruba) is told by the
 * commonest words, only where CLD2 is not sure or says such a language.
 */
#include "cmd/extract/meta/language.h"

#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/text/langguess.h"
#include "common/text/lexicon.h"
#include "common/text/unicode.h"
#include "common/text/words.h"

enum {
	SAMPLE_BYTES = 4 << 10,
	GUESS_BYTES = 1 << 10, /* of it: more tells CLD2 no more */
	FEWEST_BYTES = 50, /* of a text that is held against a declaration */
	FEWEST_WORDS = 12, /* of one that is told by its words */
	FEWEST_KINDS = 3,  /* of listed words in it */
	TAG_BYTES = 20
};

#define BANTU "zu xh st nso nr ss tn ts ve ny rw rn sn lg sw"

/* Languages that are taken for each other, or go by several tags. */
static const char *const kin[] = { "no nb nn da", "hr bs sr sh cnr sl",
	"id ms jv jw su", "he iw", "yi ji", "zh yue", "fil tl", "gl pt",
	"mk bg sr", "be uk ru", "fa prs ps", "hi mr ne",
	BANTU };

static bool
has_tag(const char *list, struct str tag)
{
	struct str rest = str_from(list), one;

	if (tag.len == 0)
		return false;
	while (str_field(&one, &rest, ' '))
		if (str_eq_nocase(one, tag))
			return true;
	return false;
}

static struct str
primary(struct str tag)
{
	ptrdiff_t at = str_find_byte(tag, '-');

	return at < 0 ? tag : str_sub(tag, 0, (size_t)at);
}

static bool
is_kin(struct str a, struct str b)
{
	for (size_t i = 0; i < sizeof(kin) / sizeof(*kin); i++)
		if (has_tag(kin[i], a) && has_tag(kin[i], b))
			return true;
	return str_eq(a, b);
}

/* Languages that are told by their commonest words: languages.words. */
enum { ZU, XH, HA, SO, YO, SN, LISTED };

static const struct str listed_tags[LISTED] = { [ZU] = STR_INIT("zu"),
	[XH] = STR_INIT("xh"), [HA] = STR_INIT("ha"), [SO] = STR_INIT("so"),
	[YO] = STR_INIT("yo"), [SN] = STR_INIT("sn") };

#define IN(list) (1u << list)
#include "cmd/extract/meta/languages.inc"
#undef IN

struct counts {
	size_t hits[LISTED];  /* listed words */
	size_t kinds[LISTED]; /* different ones */
	size_t words;
	bool met[sizeof(languages_entries) / sizeof(*languages_entries)];
};

static void
count_word(struct counts *n, struct str word)
{
	const struct lexicon_entry *e = lexicon_find(&languages, word);
	bool *met;

	n->words++;
	if (!e)
		return;
	met = &n->met[e - languages_entries];
	for (size_t i = 0; i < LISTED; i++)
		if (e->lists >> i & 1) {
			n->hits[i]++;
			n->kinds[i] += !*met;
		}
	*met = true;
}

/* The listed language that a text in lower case is in, or "". */
static struct str
by_words(struct str low)
{
	struct counts n = { .words = 0 };
	struct words words;
	size_t best = 0;

	words_init(&words);
	words_split(&words, low);
	for (size_t i = 0; i < words.count; i++)
		if (words.tokens[i].kind == WORDS_WORD)
			count_word(&n, words.tokens[i].text);
	words_release(&words);
	for (size_t i = 1; i < LISTED; i++)
		if (n.hits[i] > n.hits[best])
			best = i;
	return n.words >= FEWEST_WORDS && n.kinds[best] >= FEWEST_KINDS &&
		n.hits[best] * 20 >= n.words ? listed_tags[best] : STR("");
}

/* What CLD2 takes for one of its Bantu languages may be another one. */
static struct str
checked(struct str tag, bool sure, struct str text)
{
	struct strbuf low;
	struct str listed = STR("");

	if (sure && !has_tag(BANTU, tag))
		return tag;
	strbuf_init(&low, SAMPLE_BYTES * 2);
	unicode_add_lower(&low, text);
	listed = by_words(strbuf_str(&low));
	strbuf_release(&low);
	return listed.len > 0 ? listed : tag;
}

static struct str
of_text(struct str text, struct str declared)
{
	char hint[TAG_BYTES + 1] = "";
	struct str own = primary(declared), guess, tag;
	struct str head = utf8_cut(text, GUESS_BYTES);
	bool sure;

	memcpy(hint, own.ptr, own.len);
	guess = primary(str_from(langguess(head.ptr, head.len, hint, &sure)));
	tag = checked(guess, sure, text);
	sure |= !str_eq(tag, guess);
	if (str_eq(tag, STR("iw")))
		tag = STR("he");
	if (tag.len < 2 || tag.len > 3)
		return declared;
	if (declared.len > 0 && (!sure || text.len < FEWEST_BYTES ||
			is_kin(own, tag)))
		return declared;
	return tag;
}

static const struct {
	const char *name, *tag;
} aliases[] = {
	{ "english", "en" }, { "german", "de" }, { "deutsch", "de" },
	{ "french", "fr" }, { "spanish", "es" }, { "italian", "it" },
	{ "portuguese", "pt" }, { "dutch", "nl" }, { "russian", "ru" },
	{ "eng", "en" }, { "ger", "de" }, { "deu", "de" }, { "fre", "fr" },
	{ "fra", "fr" }, { "spa", "es" }, { "ita", "it" }, { "por", "pt" },
	{ "rus", "ru" }, { "jp", "ja" }, { "cn", "zh" }, { "gr", "el" },
	{ "iw", "he" }, { "in", "id" }, { "ua", "uk" }, { "cz", "cs" },
	{ "dk", "da" }, { "se", "sv" },
};

/*
 * A tag put in order: "en_us" is "en-US", "ger" and "german" are "de"; "" for
 * what is no tag.
 */
static struct str
language_tag(struct str s, struct arena *arena)
{
	char out[TAG_BYTES];
	size_t n = 0, subtag = 0;

	s = str_trim(s);
	for (size_t i = 0; i < s.len && i < TAG_BYTES; i++) {
		char c = s.ptr[i] == '_' ? '-' : s.ptr[i];

		if (!ascii_alnum(c) && c != '-')
			break;
		if (c == '-')
			subtag = n + 1;
		out[n++] = c == '-' ? c : ascii_to_lower(c);
	}
	/* Regions in capitals, scripts with a capital: BCP 47, 2.1.1. */
	if (subtag > 0 && n - subtag == 2) {
		out[subtag] = ascii_to_upper(out[subtag]);
		out[subtag + 1] = ascii_to_upper(out[subtag + 1]);
	} else if (subtag > 0 && n - subtag == 4) {
		out[subtag] = ascii_to_upper(out[subtag]);
	}
	s = (struct str){ out, n };
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (str_eq(primary(s), str_from(aliases[i].name)))
			return str_from(aliases[i].tag);
	if (primary(s).len < 2 || primary(s).len > 3 || out[n - 1] == '-')
		return STR("");
	return arena_dup(arena, s);
}

static struct str
declared_language(const struct facts *f)
{
	struct str all[] = { f->html_lang, f->ld.lang,
		facts_meta(f, META_LANGUAGE, 0),
		facts_meta(f, META_LOCALE, 0) };
	struct str tag = STR("");

	for (size_t i = 0; i < sizeof(all) / sizeof(*all) && tag.len == 0; i++)
		tag = language_tag(all[i], f->page->arena);
	return tag;
}

struct str
language_find(const struct facts *f, const struct block *blocks, size_t count)
{
	struct strbuf text;
	struct str tag, declared = declared_language(f);

	strbuf_init(&text, SAMPLE_BYTES + 4);
	strbuf_adds(&text, utf8_cut(f->title, SAMPLE_BYTES / 8));
	strbuf_addc(&text, '\n');
	for (size_t i = 0; i < count && text.len < SAMPLE_BYTES; i++) {
		strbuf_adds(&text, utf8_cut(blocks[i].text,
			SAMPLE_BYTES - text.len));
		strbuf_addc(&text, '\n');
	}
	tag = of_text(strbuf_str(&text), declared);
	strbuf_release(&text);
	return tag;
}
