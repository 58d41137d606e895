/*
 * A byline is split where a list is: at commas, bars, "and" in a dozen
 * languages. From each piece go the words that introduce it ("By", "Von",
 * "Text:") and what follows a name (a role, a place, a time); what is left is
 * a name if it looks like one.
 */
#include "cmd/extract/authors.h"

#include <string.h>

#include "cmd/extract/date.h"
#include "cmd/extract/plain.h"
#include "cmd/extract/title.h"
#include "cmd/extract/words.h"
#include "common/ascii.h"
#include "common/strbuf.h"
#include "common/unicode.h"
#include "common/utf8.h"

/* What stands in front of names. The longest that fits is taken off. */
static const char *const openers[] = { "by", "by:", "von", "von:", "par",
	"par:", "por", "por:", "di", "da", "door", "av", "af", "autor", "autor:",
	"autorin:", "author:", "author", "authors:", "written by", "story by",
	"text:", "text by", "texto:", "texte:", "posted by", "posted by:",
	"published by", "reported by", "from", "a cura di", "redazione di",
	"geschrieben von", "ein artikel von", "ein gastbeitrag von",
	"eine analyse von", "ein kommentar von", "ein essay von",
	"eine reportage von", "eine kolumne von", "interview von",
	"interview:", "kommentar von", "redaktion:", "texte",
	"propos recueillis par", "article by", "photos by", "words by",
	"guest post by", "contributed by", "tekst:", "skrevet av",
	"\u0430\u0432\u0442\u043e\u0440:", "\u0430\u0432\u0442\u043e\u0440",
	"\u0442\u0435\u043a\u0441\u0442:", "\u6587\uff1a", "\u4f5c\u8005\uff1a",
	"\u8bb0\u8005", "\u8a18\u8005", "submitted by", "created by",
	"reviewed by", "medically reviewed by", "edited by", "about", "mit",
	"szerz\u0151:", "autore:", "auteur:", "auteur", "forfatter:" };

/* Words that join names, with a space on both sides. */
static const struct str joiners[] = { STR_INIT(" and "), STR_INIT(" und "),
	STR_INIT(" et "), STR_INIT(" y "), STR_INIT(" e "), STR_INIT(" & "),
	STR_INIT(" en "), STR_INIT(" og "), STR_INIT(" och "), STR_INIT(" i "),
	STR_INIT(" \u0438 "), STR_INIT(" with "), STR_INIT(" ja "),
	STR_INIT(" sowie "), STR_INIT(" / "), STR_INIT(" | "), STR_INIT(", "),
	STR_INIT("; "), STR_INIT(" \u2022 "), STR_INIT(" \u00b7 "),
	STR_INIT(" - "), STR_INIT(" \u2013 "), STR_INIT(" \u2014 "),
	STR_INIT("\u3001"), STR_INIT("|"), STR_INIT(";"), STR_INIT(" + ") };

/* What ends a name: a place, a role, a time. */
static const char *const enders[] = { " in ", " aus ", " for ", " f\u00fcr ",
	" at ", " on ", " am ", " of ", " | ", " (", " \u00e0 ", " para ",
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

static bool
is_space_byte(char c)
{
	return c == ' ';
}

/* Without an opener, repeatedly: "Text: By Ann Smith". */
static struct str
without_openers(struct str s)
{
	bool again = true;

	while (again) {
		size_t longest = 0;

		again = false;
		for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++) {
			struct str o = str_from(openers[i]);
			char last = o.ptr[o.len - 1];

			if (o.len > longest && s.len > o.len &&
				str_starts_nocase(s, o) && (last == ':' ||
				(unsigned char)last >= 0x80 ||
				is_space_byte(s.ptr[o.len])))
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
		ascii_lower(s.ptr[s.len - 2]) && ascii_lower(s.ptr[s.len - 3]) &&
		ascii_lower(s.ptr[s.len - 4]))
		s = str_sub(s, 0, s.len - 1);
	return s;
}

static bool
has_role(struct str s)
{
	struct str word;

	while (str_field(&word, &s, ' ')) {
		while (word.len > 0 && (word.ptr[word.len - 1] == '.' ||
			word.ptr[word.len - 1] == ','))
			word.len--;
		for (size_t i = 0; role_words[i]; i++)
			if (str_eq_nocase(word, str_from(role_words[i])))
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
	size_t words = words_count(s);

	if (s.len < 2 || s.len > AUTHOR_BYTES || words == 0 ||
		(!plain_is_cjk(utf8_decode(&(struct str){ s.ptr, s.len })) &&
		words > AUTHOR_WORDS))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (ascii_digit(s.ptr[i]) || s.ptr[i] == '@' ||
			s.ptr[i] == '{' || s.ptr[i] == '?' || s.ptr[i] == '!')
			return false;
	return str_find(s, STR("://")) < 0 && str_find(s, STR("www.")) < 0 &&
		str_find(s, STR("...")) < 0 && str_find(s, STR("\u2026")) < 0 &&
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
	struct str s = without_openers(plain_text(line, arena)), piece;
	ptrdiff_t at;
	size_t len;

	while (s.len > 0) {
		at = find_joiner(s, &len);
		piece = at < 0 ? s : str_sub(s, 0, (size_t)at);
		s = at < 0 ? STR("") : str_sub(s, (size_t)at + len, s.len);
		piece = without_openers(without_marks(str_trim(piece)));
		add_name(out, without_marks(without_ending(piece)));
	}
}

static bool
is_site(struct str name, const struct facts *f)
{
	struct str sites[8];
	size_t n = title_sites(f, sites, 8);

	for (size_t i = 0; i < n; i++)
		if (words_same(name, sites[i]))
			return true;
	return false;
}

/* "https://..." and "/author/x" are addresses of profiles, not names. */
static bool
is_address(struct str s)
{
	return str_find(s, STR("://")) >= 0 || str_starts(s, STR("/")) ||
		str_starts(s, STR("www."));
}

static void
from_ld(struct strlist *out, const struct facts *f)
{
	for (size_t i = 0; i < f->ld.authors.count; i++) {
		struct str s = f->ld.authors.items[i];
		size_t before = out->count;

		if (is_address(s))
			continue;
		authors_split(out, s, f->page->arena);
		/* An organisation may look like no person's name. */
		if (out->count == before && f->ld.authors.count == 1 &&
			!f->ld.people && s.len < AUTHOR_BYTES)
			out->items[out->count++] = s;
	}
}

static void
from_metas(struct strlist *out, const struct facts *f)
{
	static const enum meta_key keys[] = { META_AUTHOR,
		META_ARTICLE_AUTHOR };
	struct str s;

	for (size_t k = 0; k < 2 && out->count == 0; k++)
		for (size_t i = 0; (s = facts_meta(f, keys[k], i)).len; i++)
			if (!is_address(s))
				authors_split(out, s, f->page->arena);
}

/* A mark inside another of the same kind says the same again. */
static bool
lies_in_last(const struct facts *f, const struct marks *m, size_t i)
{
	return i > 0 && html_within(&f->page->html, m->items[i].node,
		m->items[i - 1].node);
}

static void
from_marks(struct strlist *out, const struct facts *f, enum mark_kind kind,
	uint32_t heading)
{
	const struct marks *m = &f->marks[kind];
	struct str text;

	for (size_t i = 0; i < m->count && i < 24; i++) {
		if (lies_in_last(f, m, i) && out->count > 0)
			continue;
		/* Bylines stand about the heading; below are comments. */
		if (kind == MARK_AUTHOR_CLASS && out->count > 0)
			break;
		if (heading != HTML_NONE && m->items[i].node + 40 < heading)
			continue;
		text = facts_mark_text(f, &m->items[i]);
		if (text.len > 1 && text.len < 200)
			authors_split(out, text, f->page->arena);
		if (kind == MARK_AUTHOR && out->count > 0 && i > 6)
			break;
	}
}

static void
drop_sites(struct strlist *list, const struct facts *f)
{
	size_t n = 0;

	for (size_t i = 0; i < list->count; i++)
		if (!is_site(list->items[i], f))
			list->items[n++] = list->items[i];
	/* An organisation alone is better than nobody. */
	list->count = n > 0 ? n : list->count;
}

void
authors_find(struct byline *out, const struct facts *f, uint32_t heading)
{
	struct strbuf line;

	memset(out, 0, sizeof(*out));
	out->authors.items = arena_calloc(f->page->arena, AUTHORS_MAX,
		sizeof(*out->authors.items));
	if (!out->authors.items)
		return;
	from_ld(&out->authors, f);
	if (out->authors.count == 0)
		from_metas(&out->authors, f);
	if (out->authors.count == 0)
		from_marks(&out->authors, f, MARK_AUTHOR, heading);
	if (out->authors.count == 0)
		from_marks(&out->authors, f, MARK_AUTHOR_CLASS, heading);
	drop_sites(&out->authors, f);
	strbuf_init(&line, 8192);
	for (size_t i = 0; i < out->authors.count; i++) {
		if (i > 0)
			strbuf_adds(&line, STR(", "));
		strbuf_adds(&line, out->authors.items[i]);
	}
	out->text = arena_dup(f->page->arena, strbuf_str(&line));
	strbuf_release(&line);
}
