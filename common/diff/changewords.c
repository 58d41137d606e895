#include "common/diff/changewords.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum { FOLDED_BYTES = 96, BOILERPLATE_WORDS = 14, COUNTER_WORDS = 4 };

static const struct {
	enum changewords_role role;
	const char *words; /* in lower case, each between blanks */
} roles[] = {
	{ ROLE_UPDATE,
		" updated update published posted modified amended edited "
		"aktualisiert veröffentlicht stand erstellt geändert "
		"publié publiée modifié mis mise jour actualizado "
		"actualizada publicado publicada modificado aggiornato "
		"aggiornata pubblicato pubblicata atualizado atualizada "
		"bijgewerkt gepubliceerd gewijzigd oppdatert publisert "
		"uppdaterad publicerad opdateret publiceret zaktualizowano "
		"opublikowano обновлено опубликовано "
		"更 新 发 布 發 佈 公 開 " },
	{ ROLE_DAY,
		" january february march april may june july august "
		"september october november december jan feb mar apr jun "
		"jul aug sep sept oct nov dec monday tuesday wednesday "
		"thursday friday saturday sunday mon tue tues wed thu thur "
		"thurs fri sat sun today yesterday januar februar märz mai "
		"juni juli oktober dezember montag dienstag mittwoch "
		"donnerstag freitag samstag sonnabend sonntag heute gestern "
		"janvier février mars avril juin juillet août septembre "
		"octobre novembre décembre lundi mardi mercredi jeudi "
		"vendredi samedi dimanche aujourd'hui hier enero febrero "
		"marzo abril mayo junio julio agosto septiembre octubre "
		"noviembre diciembre lunes martes miércoles jueves viernes "
		"sábado domingo hoy ayer gennaio febbraio aprile maggio "
		"giugno luglio settembre ottobre novembre dicembre lunedì "
		"martedì mercoledì giovedì venerdì sabato domenica oggi "
		"ieri janeiro fevereiro março maio junho julho setembro "
		"outubro dezembro hoje ontem maart mei augustus maandag "
		"dinsdag woensdag donderdag vrijdag zaterdag zondag "
		"января февраля марта апреля мая "
		"июня июля августа сентября "
		"октября ноября декабря сегодня "
		"вчера 年 月 日 时 時 分 " },
	{ ROLE_ZONE,
		" am pm a.m p.m gmt utc bst est edt cst cdt mst mdt pst pdt "
		"et ct pt cet cest mez mesz eet ist jst hkt aest uhr "
		"o'clock h z мск " },
	{ ROLE_UNIT,
		" second seconds sec secs minute minutes min mins hour hours "
		"hr hrs day days week weeks month months sekunden minuten "
		"stunde stunden tag tagen heure heures jour jours minuto "
		"minutos hora horas día días minuti ora ore giorni uur "
		"minuut minuten минут минуты час часа "
		"часов " },
	{ ROLE_AGO, " ago vor hace fa geleden siden sedan назад 前 " },
	{ ROLE_FILLER,
		" last first latest most recently just now originally "
		"initially this the article story page report was is has "
		"been on at as of a an about and date time um am der dieser "
		"artikel wurde zuletzt erstmals von den le la les à au il "
		"y a cet article été dernière el las los a última por "
		"ultimo il alle op om den kl klokken senast sist в " },
};

static const char number_words[] =
	" two three four five six seven eight nine ten eleven twelve "
	"thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
	"twenty thirty forty fifty sixty seventy eighty ninety hundred "
	"hundreds thousand thousands million millions billion billions "
	"trillion dozen dozens half third quarter double triple twice zero "
	"zwei drei vier fünf sechs sieben acht neun zehn elf zwölf "
	"zwanzig dreißig hundert tausend million millionen milliarde "
	"milliarden deux trois quatre cinq six sept huit neuf dix onze "
	"douze quinze vingt trente cent mille milliard milliards dos tres "
	"cuatro cinco seis siete ocho nueve diez doce veinte cien mil "
	"millones due tre quattro cinque sei sette otto nove dieci dodici "
	"venti cento mila milioni miliardi ";

/* Of these a number in one word is made up: "einundzwanzig", "twenty-one". */
static const char *const number_parts[] = { "hundert", "tausend", "millionen",
	"million", "zwanzig", "dreißig", "dreissig", "vierzig", "fünfzig",
	"sechzig", "siebzig", "achtzig", "neunzig", "zehn", "elf", "zwölf",
	"ein", "zwei", "drei", "vier", "fünf", "sechs", "sech", "sieben",
	"sieb", "acht", "neun", "und", "one", "two", "three", "four", "five",
	"six", "seven", "eight", "nine", "twenty", "thirty", "forty", "fifty",
	"sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "vingt",
	"trente", "quarante", "cinquante", "soixante", "quatre", "cent",
	"mille", "dix", "onze", "douze", "treize", "quatorze", "quinze",
	"seize", "deux", "trois", "cinq", "sept", "huit", "neuf",
	"vingts", "venti", "vent", "trenta", "trent", "quaranta",
	"cinquanta", "sessanta", "settanta", "ottanta", "novanta", "uno",
	"due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove",
	"veinti", "veinte", "cientos", "ciento", "mil", "dos", "tres",
	"cuatro", "cinco", "seis", "siete", "ocho", "nueve", "een",
	"twee", "drie", "vijf", "zes", "zeven", "negen", "tien", "twintig",
	"dertig", "veertig", "vijftig", "honderd", "duizend" };

/* Numbers of one word in languages that decline them. */
static const char more_number_words[] =
	" один одна два две три четыре пять шесть семь восемь девять десять "
	"одиннадцать двенадцать тринадцать четырнадцать пятнадцать "
	"шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать "
	"сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто "
	"двести триста четыреста пятьсот тысяча тысячи тысяч миллион "
	"миллиона миллионов миллиард миллиардов двоих троих двух трёх трех "
	"четырёх четырех пяти шести семи восьми девяти десяти treinta "
	"cuarenta cincuenta sesenta setenta ochenta noventa once trece "
	"catorce quince quinientos setecientos novecientos trois dois três "
	"quatro sete oito vinte trinta quarenta cinquenta tjugo trettio "
	"fyra fem sju åtta nio tio elva tolv tyve tredive "
	"واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشر "
	"عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين "
	"سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة ألف آلاف مليون "
	"מאה אלף אלפים שניים שלושה ארבעה חמישה שישה שבעה שמונה תשעה עשרה "
	"दो तीन चार पाँच पांच छह सात आठ नौ दस बीस तीस चालीस पचास सौ हज़ार "
	"हजार लाख करोड़ iki üç dört beş altı yedi sekiz dokuz yirmi otuz "
	"altmış yetmiş seksen doksan milyon milyar dwa "
	"trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwanaście "
	"dwadzieścia trzydzieści sto tysiąc tysięcy dvacet třicet deset dva "
	"tři čtyři pět šest sedm osm devět dvanáct ";

static const char *const corrections[] = { "correction", "corrections",
	"clarification", "editor's note", "editors' note", "editors note",
	"erratum", "this article was amended", "this article was corrected",
	"this article has been amended", "this article has been corrected",
	"this story was amended", "this story has been amended",
	"this story was corrected", "this story has been corrected",
	"this piece was amended", "an earlier version", "a previous version",
	"due to an editing error", "korrektur", "anmerkung der redaktion",
	"hinweis der redaktion", "in einer früheren version",
	"in einer früheren fassung", "rectificatif", "note de la rédaction",
	"une version précédente", "corrección", "fe de errores",
	"nota del editor", "una versión anterior", "rettifica",
	"errata corrige", "correção", "errata", "rectificatie", "rettelse",
	"rättelse", "поправка", "уточнение", "更正", "訂正", "お詫びと訂正" };

/* How the site's own lines begin; and what is one as a whole. */
static const char *const boilerplates[] = { "read more", "read also",
	"read next", "also read", "more on this story", "more on:", "related:",
	"related stories", "related articles", "related topics",
	"recommended for you", "most read", "most popular", "sign up to",
	"sign up for", "subscribe to", "subscribe now", "follow us",
	"share on", "share this", "share via", "click here", "tap here",
	"download the app", "download our app", "get the app", "join our",
	"support our journalism", "already a subscriber", "leave a comment",
	"skip to content", "back to top", "see also", "get in touch",
	"have you been affected", "lesen sie auch", "mehr zum thema",
	"lesen sie hier", "lire aussi", "à lire aussi", "abonnez-vous",
	"leer más", "lea también", "leggi anche", "leia mais", "leia também",
	"lees ook", "les også", "läs också", "читайте также", "подпишитесь" };

static const char *const labels[] = { "advertisement", "advertising", "anzeige",
	"comments", "newsletter", "partager", "promoted", "publicidad",
	"publicité", "share", "sign up", "sponsored", "subscribe",
	"watch more" };

static const char counters[] =
	" comment comments share shares view views like likes reply replies "
	"read reads reader readers kommentar kommentare aufrufe commentaire "
	"commentaires vues comentario comentarios commenti visualizzazioni "
	"lesezeit ";

/* The text in lower case with plain apostrophes, from its first word on,
 * cut to `size` bytes. */
static struct str
fold(char *out, size_t size, struct str text)
{
	size_t len = 0;

	while (text.len > 0 && len + 4 <= size) {
		uint32_t c = utf8_decode(&text);
		enum unicode_class class = unicode_class(c);

		if (len == 0 &&
			(class == UNICODE_SPACE || class == UNICODE_PUNCT ||
				class == UNICODE_SYMBOL))
			continue;
		if (class == UNICODE_OTHER)
			continue;
		if (c == 0x2019 || c == 0x2018)
			c = '\'';
		len += utf8_encode(out + len, unicode_lower(c));
	}
	return (struct str){ out, len };
}

/* Whether a folded word stands between blanks in a list. */
static bool
lists(const char *list, struct str word)
{
	char wanted[FOLDED_BYTES + 2] = " ";

	memcpy(wanted + 1, word.ptr, word.len);
	wanted[word.len + 1] = ' ';
	return str_find(str_from(list),
		       (struct str){ wanted, word.len + 2 }) >= 0;
}

enum changewords_role
changewords_role(const struct words_token *token)
{
	char folded[FOLDED_BYTES];
	struct str word;

	if (token->kind == WORDS_NUMBER)
		return ROLE_NUMBER;
	word = fold(folded, sizeof(folded), token->text);
	if (word.len == 0)
		return ROLE_NONE;
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (lists(roles[i].words, word))
			return roles[i].role;
	return ROLE_NONE;
}

/* The longest part that the word begins with; 0: none. */
static size_t
number_part(struct str word)
{
	size_t longest = 0;

	for (size_t i = 0; i < sizeof(number_parts) / sizeof(number_parts[0]);
		i++) {
		struct str part = str_from(number_parts[i]);

		if (part.len > longest && str_starts(word, part))
			longest = part.len;
	}
	return longest;
}

/* A word of two or more parts of numbers and nothing else. */
static bool
is_made_of_numbers(struct str word)
{
	size_t parts = 0, at = 0;

	if (str_starts(word, STR("und")))
		return false;
	while (at < word.len) {
		size_t n = number_part(str_sub(word, at, word.len));

		if (n == 0 && word.ptr[at] == '-' && parts > 0)
			n = 1;
		else
			parts++;
		if (n == 0)
			return false;
		at += n;
	}
	return parts > 1;
}

bool
changewords_is_number(struct str word)
{
	char folded[FOLDED_BYTES];

	word = fold(folded, sizeof(folded), word);
	return word.len > 0 && (lists(number_words, word) ||
		lists(more_number_words, word) || is_made_of_numbers(word));
}

static bool
is_one_of(const char *list, struct str character)
{
	return str_find(str_from(list), character) >= 0;
}

bool
changewords_is_numeral(struct str character)
{
	return character.len == 3 && is_one_of(
		"〇零一二三四五六七八九十百千万萬億亿兆两兩壱弐参", character);
}

bool
changewords_is_counted(struct str character)
{
	return character.len == 3 && is_one_of(
		"人名年月日歳岁个個件次倍円元回台棟戸票割箇か所时時分秒米公"
		"里吨家位条项項度号號点點", character);
}

static bool
is_clock(struct str number)
{
	return number.len >= 4 && ascii_digit(number.ptr[0]) &&
		(str_find_byte(number, ':') > 0 ||
			str_find_byte(number, '.') > 0);
}

bool
changewords_is_dateline(const struct words_token *tokens, size_t count,
	bool bare)
{
	size_t met[ROLE_FILLER + 1] = { 0 };
	bool clock = false;

	for (size_t i = 0; i < count; i++) {
		enum changewords_role role;

		if (tokens[i].kind == WORDS_PUNCT)
			continue;
		role = changewords_role(&tokens[i]);
		if (role == ROLE_NONE)
			return false;
		met[role]++;
		clock |= role == ROLE_NUMBER && is_clock(tokens[i].text);
	}
	if (met[ROLE_NUMBER] + met[ROLE_DAY] == 0)
		return false;
	if (met[ROLE_UPDATE] > 0 || (met[ROLE_AGO] > 0 && met[ROLE_UNIT] > 0))
		return true;
	if (!bare || met[ROLE_UNIT] > 0)
		return false;
	return clock || (met[ROLE_DAY] > 0 && met[ROLE_NUMBER] > 0);
}

static bool
begins_with_any(struct str text, const char *const *phrases, size_t count)
{
	char folded[FOLDED_BYTES];
	struct str start = fold(folded, sizeof(folded), text);

	for (size_t i = 0; i < count; i++) {
		struct str phrase = str_from(phrases[i]), rest;

		if (!str_starts(start, phrase))
			continue;
		/* a whole word: "correction" but not "correctional" */
		rest = str_sub(start, phrase.len, start.len);
		if (rest.len == 0 || (unsigned char)rest.ptr[0] >= 128 ||
			!ascii_alnum(rest.ptr[0]))
			return true;
	}
	return false;
}

bool
changewords_is_correction(struct str text)
{
	return begins_with_any(text, corrections,
		sizeof(corrections) / sizeof(corrections[0]));
}

/* "12 comments", "5 min read": a number, and little beside. */
static bool
is_counter(struct str text)
{
	char folded[FOLDED_BYTES];
	struct str rest = fold(folded, sizeof(folded), text), word;
	bool number = false, counted = false;

	if (text.len > FOLDED_BYTES || words_in(text) > COUNTER_WORDS)
		return false;
	while (str_field(&word, &rest, ' ')) {
		number |= word.len > 0 && ascii_digit(word.ptr[0]);
		counted |= word.len > 0 && lists(counters, word);
	}
	return number && counted;
}

static bool
is_label(struct str text)
{
	char folded[FOLDED_BYTES];
	struct str whole = str_trim(fold(folded, sizeof(folded), text));

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (str_eq(whole, str_from(labels[i])))
			return true;
	return false;
}

bool
changewords_is_boilerplate(struct str text)
{
	if (is_label(text) || is_counter(text))
		return true;
	if (!begins_with_any(text, boilerplates,
		    sizeof(boilerplates) / sizeof(boilerplates[0])) ||
		words_in(text) > BOILERPLATE_WORDS)
		return false;
	/* a figure makes it news: "Sign up for 12 months, minister urges" */
	for (size_t i = 0; i < text.len; i++)
		if (ascii_digit(text.ptr[i]))
			return false;
	return true;
}
