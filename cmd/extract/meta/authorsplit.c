/*
 * A byline is split where a list is: at commas, bars, "and" in a dozen
 * languages. From each piece go the words that introduce it ("By", "Von",
 * "Text:") and what follows a name (a role, a place, a time); what is left is
 * a name if it looks like one.
 */
#include "cmd/extract/meta/authors.h"

#include <string.h>

#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

/* What stands in front of names. The longest that fits is taken off. */
static const char *const openers[] = { "by", "by:", "von", "von:", "par",
	"par:", "por", "por:", "di", "da", "door", "av", "af", "autor",
	"autor:", "autorin:", "author:", "author", "authors:", "written by",
	"story by", "text:", "text by", "texto:", "texte:", "posted by",
	"posted by:", "published by", "reported by", "from", "a cura di",
	"redazione di", "geschrieben von", "ein artikel von",
	"ein gastbeitrag von", "eine analyse von", "ein kommentar von",
	"ein essay von", "eine reportage von", "eine kolumne von",
	"interview von", "interview:", "kommentar von", "redaktion:", "texte",
	"propos recueillis par", "article by", "photos by", "words by",
	"guest post by", "contributed by", "tekst:", "skrevet av",
	"автор:", "автор", "текст:", "文：", "作者：", "记者", "記者",
	"submitted by", "created by", "reviewed by", "medically reviewed by",
	"edited by", "about", "mit", "szerző:", "autore:", "auteur:", "auteur",
	"forfatter:", "recipe by", "insights from", "this post was written by",
	"this article was written by", "a post by", "review by" };

/* Words that join names, with a space on both sides. */
static const struct str joiners[] = { STR_INIT(" and "), STR_INIT(" und "),
	STR_INIT(" et "), STR_INIT(" y "), STR_INIT(" e "), STR_INIT(" & "),
	STR_INIT(" en "), STR_INIT(" og "), STR_INIT(" och "), STR_INIT(" i "),
	STR_INIT(" и "), STR_INIT(" with "), STR_INIT(" ja "),
	STR_INIT(" sowie "), STR_INIT(" / "), STR_INIT(" | "), STR_INIT(", "),
	STR_INIT("; "), STR_INIT(" • "), STR_INIT(" \u00b7 "),
	STR_INIT(" - "), STR_INIT(" – "), STR_INIT(" — "),
	STR_INIT("、"), STR_INIT("|"), STR_INIT(";"), STR_INIT(" + ") };

/* What ends a name: a place, a role, a time. */
static const char *const enders[] = { " in ", " aus ", " for ", " für ",
	" at ", " on ", " am ", " of ", " | ", " (", " à ", " para ",
	" @", " um ", ": ", " desde ", " special to ", " twitter" };

/* Pieces with one of these words name a role or a desk, not a person. */
static const char *const role_words[] = { "reporter", "editor", "writer",
	"correspondent", "korrespondent", "korrespondentin", "redakteur",
	"redakteurin", "journalist", "journaliste", "contributor",
	"columnist", "producer", "fellow", "columnista", "published",
	"updated", "follow", "posted", "share", "min", "read", "minutes",
	"comments", "comment", "ago", "senior", "chief", "director",
	"subscribe", "email", "print", "biography", "photographer", "view",
	"profile", "posts", "articles", "unknown", "anonymous", "admin",
	"administrator", "more", "click", "mail", "facebook", "instagram",
	"twitter", "linkedin", "pm", "am", "et", "est", "edt", "bst", "gmt",
	"guest", "contributing", "ph.d", "phd", "md", "m.d", "jr", "mba",
	"manager", "professor", "analyst", "specialist", "expert",
	"lesen", "lesezeit", "uhr", "redigiert", "page", "last", "home",
	"news", "author", "authors", "byline", NULL };

/* Repeatedly: "Text: By Ann Smith". */
struct str
authors_without_opener(struct str s)
{
	bool again = true;

	while (again) {
		size_t longest = 0;

		again = false;
		for (size_t i = 0; i < sizeof(openers) / sizeof(*openers);
			i++) {
			struct str o = str_from(openers[i]);
			char last = o.ptr[o.len - 1];

			if (o.len > longest && s.len > o.len &&
				str_starts_nocase(s, o) && (last == ':' ||
				(unsigned char)last >= 0x80 ||
				s.ptr[o.len] == ' '))
				longest = o.len;
		}
		if (longest > 0) {
			s = str_trim(str_sub(s, longest, s.len));
			again = true;
		}
	}
	return s;
}

/* Up to the first ender that leaves a name in front. */
static struct str
without_ending(struct str s)
{
	size_t end = s.len;

	for (size_t i = 0; i < sizeof(enders) / sizeof(*enders); i++) {
		ptrdiff_t at = str_find_nocase(s, str_from(enders[i]));

		if (at > 2 && (size_t)at < end)
			end = (size_t)at;
	}
	return str_trim(str_sub(s, 0, end));
}

static struct str
without_marks(struct str s)
{
	static const char marks[] = ".,:;|-*\"'()<>[]/";

	while (s.len > 0 && strchr(marks, s.ptr[0]))
		s = str_trim(str_sub(s, 1, s.len));
	while (s.len > 0 && s.ptr[s.len - 1] != '.' &&
		strchr(marks, s.ptr[s.len - 1]))
		s = str_trim(str_sub(s, 0, s.len - 1));
	/* A full stop ends "Smith." but not "Smith Jr." or "J." */
	if (s.len > 4 && s.ptr[s.len - 1] == '.' &&
		ascii_lower(s.ptr[s.len - 2]) &&
		ascii_lower(s.ptr[s.len - 3]) && ascii_lower(s.ptr[s.len - 4]))
		s = str_sub(s, 0, s.len - 1);
	return s;
}

static bool
is_role(struct str word)
{
	while (word.len > 0 && (word.ptr[word.len - 1] == '.' ||
		word.ptr[word.len - 1] == ','))
		word.len--;
	for (size_t i = 0; role_words[i]; i++)
		if (str_eq_nocase(word, str_from(role_words[i])))
			return true;
	return false;
}

/* Also behind a hyphen: "Berlin-Korrespondent". */
static bool
has_role(struct str s)
{
	struct str word;
	ptrdiff_t hyphen;

	while (str_field(&word, &s, ' ')) {
		hyphen = str_find_last(word, '-');
		if (is_role(word) || (hyphen > 0 && word.len -
			(size_t)hyphen > 5 && is_role(str_sub(word,
			(size_t)hyphen + 1, word.len))))
			return true;
	}
	return false;
}

static bool
has_capital(struct str s)
{
	uint32_t c;
	enum unicode_class k;

	while (s.len > 0) {
		c = utf8_decode(&s);
		k = unicode_class(c == UTF8_BAD ? ' ' : c);
		if (k == UNICODE_UPPER || k == UNICODE_LETTER)
			return true;
	}
	return false;
}

static bool
is_name(struct str s)
{
	size_t words = wordhash_count(s);
	struct str rest = s;

	if (s.len < 2 || s.len > AUTHOR_BYTES || words == 0 ||
		(words > AUTHOR_WORDS && !plain_is_cjk(utf8_decode(&rest))))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (ascii_digit(s.ptr[i]) || s.ptr[i] == '@' ||
			s.ptr[i] == '{' || s.ptr[i] == '?' || s.ptr[i] == '!')
			return false;
	return str_find(s, STR("://")) < 0 && str_find(s, STR("www.")) < 0 &&
		str_find(s, STR("...")) < 0 && str_find(s, STR("…")) < 0 &&
		!has_role(s) && has_capital(s);
}

static void
add_name(struct strlist *out, struct str s)
{
	if (out->count >= AUTHORS_MAX || !is_name(s))
		return;
	for (size_t i = 0; i < out->count; i++)
		if (str_eq_nocase(out->items[i], s))
			return;
	out->items[out->count++] = s;
}

/* The first joiner in s: its offset and length; -1 without one. */
static ptrdiff_t
find_joiner(struct str s, size_t *len)
{
	ptrdiff_t first = -1;

	for (size_t i = 0; i < sizeof(joiners) / sizeof(*joiners); i++) {
		ptrdiff_t at = str_find_nocase(s, joiners[i]);

		if (at >= 0 && (first < 0 || at < first)) {
			first = at;
			*len = joiners[i].len;
		}
	}
	return first;
}

void
authors_split(struct strlist *out, struct str line, struct arena *arena)
{
	struct str s = authors_without_opener(plain_text(line, arena)), piece;
	ptrdiff_t at;
	size_t len;

	while (s.len > 0) {
		at = find_joiner(s, &len);
		piece = at < 0 ? s : str_sub(s, 0, (size_t)at);
		s = at < 0 ? STR("") : str_sub(s, (size_t)at + len, s.len);
		piece = authors_without_opener(without_marks(str_trim(piece)));
		add_name(out, without_marks(without_ending(piece)));
	}
}
