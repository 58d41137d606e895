#include "cmd/extract/meta/language.h"

#include <pthread.h>

#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum {
	SAMPLE_BYTES = 16 << 10,
	SAMPLE_WORDS = 600,
	SLOTS = 2048,      /* of the table of words; a power of two */
	FEWEST_WORDS = 12, /* of a text that can be judged */
	TAG_BYTES = 20
};

/* The commonest words that tell a language from its neighbours. */
static const struct {
	const char *tag, *words;
} lists[] = {
	{ "en",
		"the of and to in is that for it was on with as are be this "
		"have from at by not they which his were will has but their" },
	{ "de",
		"der die und das in den von zu mit sich des auf für ist im "
		"dem nicht ein eine als auch es an werden aus er hat dass "
		"sie" },
	{ "fr",
		"le la les de des et un une du en est que dans pour qui sur "
		"par pas au plus il ne se ce avec sont aux ou mais cette" },
	{ "es",
		"el la los de que y en un una del por con para las se no al "
		"lo como más su es este ha pero sus fue entre sobre" },
	{ "pt",
		"o a os de que e do da em um uma para com não as no na por "
		"se dos mais ao como foi das ele são tem pela à" },
	{ "it",
		"il di che e la un a per in una non del sono si con da le "
		"della i nel alla più ha gli dei al come anche è lo" },
	{ "nl",
		"de het een van en in is dat op te voor met zijn die niet aan "
		"er om ook als bij door naar uit wordt maar over dan hij" },
	{ "sv",
		"och att det i en som på är av för med till den "
		"har inte om ett de han men var jag sig från vi så" },
	{ "da",
		"og i at det er en til af på for de med den der har ikke "
		"som et var han men fra om vil efter blev også sig" },
	{ "no",
		"og i det er som på en til av for at med de har ikke den et "
		"om var han men fra vi jeg etter seg ble opp nå hun" },
	{ "fi",
		"ja on ei että se oli myös mutta kun ovat joka hän "
		"mukaan kuin sen ole voi vielä nyt niin jos tai sitä" },
	{ "pl",
		"w i na z do nie się to jest że o jak a po od za dla ale "
		"przez przy które są ma oraz tym było był roku" },
	{ "cs",
		"a v se na je že to s z do o i pro jako za by ale po jsou "
		"který které byl bylo podle tak jeho při u ve" },
	{ "sk",
		"a v sa na je že to s z do o pre ako za by ale po sú "
		"ktorý ktoré bol bolo podľa tak jeho pri vo aj" },
	{ "hu",
		"a az és hogy nem is egy volt meg ez csak már azt "
		"még van ki de el mint kell vagy lesz szerint ami" },
	{ "ro",
		"de și în a la cu pe o nu care din să este mai "
		"pentru un că au fost ce al sunt prin după sau" },
	{ "hr",
		"i u je na se da su za od s a o koji kako ne do što kao "
		"bi iz bio nije ali po to ili će če koja" },
	{ "tr",
		"ve bir bu da de için ile olarak çok olan daha gibi "
		"kadar sonra ne ama en ise dedi oldu var göre her" },
	{ "id",
		"yang dan di dengan untuk dari ini itu pada tidak dalam akan "
		"ke juga adalah ada oleh karena bisa sebagai telah" },
	{ "ca",
		"el la els de que i en un una del per amb no les al ha com "
		"més s'ha aquest aquesta també dels és seva" },
	{ "lt",
		"ir kad yra iš su buvo bet tai ne į dėl ar kaip "
		"apie po metu jau dar kuris ka tik bus taip" },
	{ "et",
		"ja on ei et ka see kui oli aga mis ta oma nagu või siis "
		"ning pole saab kes veel juba tema on" },
	{ "vi",
		"của và các có trong là cho được "
		"với không những một đã người" },
	{ "af",
		"die van en in is het wat vir nie met op om te aan word as sy "
		"hy ook maar uit dit by kan 'n gaan sal ons" },
	{ "sw",
		"na ya wa kwa ni katika za la kuwa hiyo huo hilo yake cha huyo "
		"alisema amesema kwamba hao baada pia ili wakati" },
	{ "zu",
		"ukuthi futhi kanye kodwa uma ngoba lapho le lo kusho ngemuva "
		"abantu yena uthe ukuze njengoba lokhu kanti ngaphansi" },
	{ "xh",
		"ukuba kwaye kunye le lo uthi kodwa njengoko emva xa oku kuba "
		"ukuze abantu nto yena bathi phantsi kwi loo ngoku okokuba "
		"nangona malunga ngexesha ngethuba namhlanje okanye oluntu" },
	{ "ru",
		"и в на не что с по "
		"это как для из к от "
		"а но за его о он "
		"был также года" },
	{ "uk",
		"і в на не що з по "
		"це як для та до від "
		"у а але за його про "
		"він також року" },
	{ "bg",
		"и в на не че с по "
		"това както за от да "
		"се е са но след ще "
		"ги който година" },
	{ "sr",
		"и у је на се да су "
		"за од са а који што "
		"као би из није али "
		"ће која" },
};

enum { LANGUAGES = sizeof(lists) / sizeof(*lists) };

/* Each word's hash and the languages that have it. */
struct table {
	uint32_t hashes[SLOTS];
	uint32_t languages[SLOTS]; /* a bit each; 0: free */
};

_Static_assert(LANGUAGES <= 32, "a bit for each language");

static uint32_t
hash_character(uint32_t h, uint32_t c)
{
	c = c < 0x80 ? (uint32_t)ascii_to_lower((char)c) : unicode_lower(c);
	return (h ^ c) * 0x01000193u;
}

/* The next run of letters: its hash, 0 at the end. */
static uint32_t
next_word(struct str *s)
{
	uint32_t h = 0x811c9dc5u, c;
	bool in = false;

	while (s->len > 0) {
		if (ascii_alpha(*s->ptr)) {
			h = hash_character(h, (unsigned char)*s->ptr++);
			s->len--;
			in = true;
			continue;
		}
		c = utf8_decode(s);
		if (c == UTF8_BAD)
			c = ' ';
		if (c < 0x80 ? ascii_alpha((char)c) || (in && c == '\'') :
			unicode_class(c) >= UNICODE_DIGIT) {
			h = hash_character(h, c);
			in = true;
		} else if (in) {
			break;
		}
	}
	return in ? h | 1 : 0;
}

static struct table table; /* written once, by fill_table() */

static size_t
slot_of(uint32_t hash)
{
	size_t i = hash % SLOTS;

	while (table.languages[i] != 0 && table.hashes[i] != hash)
		i = (i + 1) % SLOTS;
	return i;
}

static void
fill_table(void)
{
	for (size_t i = 0; i < LANGUAGES; i++) {
		struct str words = str_from(lists[i].words);
		uint32_t hash;

		while ((hash = next_word(&words)) != 0) {
			size_t slot = slot_of(hash);

			table.hashes[slot] = hash;
			table.languages[slot] |= 1u << i;
		}
	}
}

struct counts {
	size_t hits[LANGUAGES];
	size_t words;
};

static void
count_words(struct counts *n, struct str text)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	uint32_t hash, languages;

	pthread_once(&once, fill_table);
	while (n->words < SAMPLE_WORDS && (hash = next_word(&text)) != 0) {
		n->words++;
		languages = table.languages[slot_of(hash)];
		for (; languages; languages &= languages - 1)
			n->hits[__builtin_ctz(languages)]++;
	}
}

/* Scripts that one language, or one that is meant, is written in. */
static const struct {
	uint32_t first, last;
	const char *tag;
	const char *others; /* that share the script */
} scripts[] = {
	{ 0x3040, 0x30ff, "ja", "" }, { 0xac00, 0xd7a3, "ko", "" },
	{ 0x4e00, 0x9fff, "zh", "ja yue" }, { 0x0370, 0x03ff, "el", "" },
	{ 0x0590, 0x05ff, "he", "iw yi" },
	{ 0x0600, 0x06ff, "ar", "fa ur ps ckb sd ug" },
	{ 0x0900, 0x097f, "hi", "mr ne" }, { 0x0980, 0x09ff, "bn", "as" },
	{ 0x0a00, 0x0a7f, "pa", "" }, { 0x0a80, 0x0aff, "gu", "" },
	{ 0x0b80, 0x0bff, "ta", "" }, { 0x0c00, 0x0c7f, "te", "" },
	{ 0x0c80, 0x0cff, "kn", "" }, { 0x0d00, 0x0d7f, "ml", "" },
	{ 0x0d80, 0x0dff, "si", "" }, { 0x0e00, 0x0e7f, "th", "" },
	{ 0x0e80, 0x0eff, "lo", "" }, { 0x1000, 0x109f, "my", "" },
	{ 0x10a0, 0x10ff, "ka", "" }, { 0x0530, 0x058f, "hy", "" },
	{ 0x1200, 0x137f, "am", "ti" }, { 0x1780, 0x17ff, "km", "" },
};

enum { SCRIPTS = sizeof(scripts) / sizeof(*scripts) };

static size_t
ascii_letters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ascii_alpha(s.ptr[i]);
	return n;
}

/* The script that holds a third of the letters: its place, or -1. */
static int
main_script(struct str text)
{
	size_t counts[SCRIPTS] = { 0 }, letters = 0, best = 0;
	struct str rest = text;
	bool any = false;

	while (rest.len > 0) {
		uint32_t c;

		rest = utf8_skip_ascii(rest);
		c = rest.len ? utf8_decode(&rest) : UTF8_BAD;
		if (c == UTF8_BAD || unicode_class(c) < UNICODE_UPPER)
			continue;
		letters++;
		for (size_t i = 0; i < SCRIPTS; i++)
			if (c >= scripts[i].first && c <= scripts[i].last) {
				counts[i]++;
				any = true;
			}
	}
	if (!any)
		return -1;
	letters += ascii_letters(text);
	/* Kana among Han is Japanese. */
	if (counts[0] * 12 > letters)
		return 0;
	for (size_t i = 1; i < SCRIPTS; i++)
		if (counts[i] > counts[best])
			best = i;
	return counts[best] * 3 > letters ? (int)best : -1;
}

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

/* Names of one language that the lists have under another tag. */
static struct str
listed(struct str tag)
{
	if (str_eq(tag, STR("nb")) || str_eq(tag, STR("nn")))
		return STR("no");
	if (str_eq(tag, STR("bs")) || str_eq(tag, STR("sl")) ||
		str_eq(tag, STR("sh")))
		return STR("hr");
	if (str_eq(tag, STR("ms")))
		return STR("id");
	if (str_eq(tag, STR("gl")))
		return STR("pt");
	return tag;
}

static int
list_of(struct str tag)
{
	tag = listed(tag);
	for (int i = 0; i < LANGUAGES; i++)
		if (str_eq(tag, str_from(lists[i].tag)))
			return i;
	return -1;
}

/*
 * What the text says given the declared language: the declared one when the
 * text agrees or cannot tell, else what it shows.
 */
static struct str
judge(const struct counts *n, struct str declared)
{
	int best = 0, mine = list_of(primary(declared));

	for (int i = 1; i < LANGUAGES; i++)
		if (n->hits[i] > n->hits[best])
			best = i;
	if (n->words < FEWEST_WORDS || n->hits[best] * 20 < n->words ||
		(mine >= 0 && n->hits[mine] * 2 > n->hits[best]))
		return declared;
	if (declared.len > 0 && mine < 0)
		/* A language that is not on the lists. */
		return n->hits[best] * 4 >= n->words ?
			str_from(lists[best].tag) : declared;
	return str_from(lists[best].tag);
}

static struct str
of_text(struct str text, struct str declared)
{
	struct counts n = { .words = 0 };
	int script = main_script(text);

	if (script >= 0) {
		struct str tag = str_from(scripts[script].tag);
		struct str own = primary(declared);

		return str_eq(own, tag) ||
			has_tag(scripts[script].others, own) ? declared : tag;
	}
	count_words(&n, text);
	return judge(&n, declared);
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

struct str
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
