#include "common/diff/changetext.h"

#include <stdint.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/diff/change.h"
#include "common/diff/changequotes.h"
#include "common/diff/changewords.h"
#include "common/text/unicode.h"

enum {
	QUOTE_WORDS = 3,
	TOKEN_BYTES = 1 << 20,
	DATELINE_HEAD_BYTES = 64,
	/* words before and after the date of "LONDON, Nov 23 (Agency) -" */
	AGENCY_BEFORE = 8,
	AGENCY_AFTER = 8
};

/* A word that changed, in a form in which spellings of it are equal. */
struct key {
	uint64_t hash;
	unsigned class;
};

struct keys {
	struct key *items;
	size_t count, cap;
};

/* One text and the range of it that changed. */
struct side {
	const struct words *words;
	unsigned char *quoted; /* of each token */
	size_t cap;
	struct keys keys;
	size_t from, to;
	/* So that many changes look at each token once: the segment of a
	 * place behind the last change, up to seen_end, begins at seen_from. */
	size_t seen_from, seen_end;
	size_t line_from, line_to; /* the last segment asked for, */
	bool line;                 /* and whether it is a date line */
	int whole; /* whether all of the text is one; -1: not known */
};

struct changetext {
	struct side left, right;
	struct words split;
	struct strbuf folded;
};

struct changetext *
changetext_new(void)
{
	struct changetext *t = xcalloc(1, sizeof(*t));

	words_init(&t->split);
	strbuf_init(&t->folded, TOKEN_BYTES);
	return t;
}

void
changetext_free(struct changetext *t)
{
	if (!t)
		return;
	free(t->left.quoted);
	free(t->left.keys.items);
	free(t->right.quoted);
	free(t->right.keys.items);
	words_release(&t->split);
	strbuf_release(&t->folded);
	free(t);
}

static void
take_side(struct side *side, const struct words *words, bool quote)
{
	side->words = words;
	side->to = 0;
	side->seen_from = side->seen_end = 0;
	side->line_from = side->line_to = 0;
	side->line = false;
	side->whole = -1;
	if (words->count > side->cap) {
		free(side->quoted);
		side->cap = words->count * 2;
		side->quoted = xcalloc(side->cap, 1);
	}
	if (quote && words->count > 0)
		memset(side->quoted, 1, words->count);
	else
		changequotes_mark(side->quoted, words);
}

/* The token without invisible characters, apostrophes and composition alike. */
static uint64_t
hash_token(struct changetext *t, struct str text)
{
	uint64_t hash = HASH_START64;
	bool ascii = true;

	for (size_t i = 0; i < text.len; i++)
		ascii = ascii && (unsigned char)text.ptr[i] < 128;
	if (!ascii) {
		strbuf_reset(&t->folded);
		unicode_add_nfc(&t->folded, text);
		text = strbuf_str(&t->folded);
	}
	while (text.len > 0) {
		uint32_t c = utf8_decode(&text);

		if (unicode_class(c) == UNICODE_OTHER)
			continue;
		if (c == 0x2019 || c == 0x2018 || c == 0x02bc)
			c = '\'';
		if (c == 0x2212)
			c = '-';
		hash = hash_more64(hash, c);
	}
	return hash;
}

static bool
is_content(const struct words_token *token)
{
	return token->kind != WORDS_PUNCT;
}

static bool
ends_sentence(const struct words_token *token)
{
	uint32_t c = changequotes_character(token);

	return token->kind == WORDS_PUNCT &&
		(c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 ||
			c == 0x3002);
}

/* Whether the token is the first word of a sentence or of a quotation. */
static bool
begins_sentence(const struct words *words, size_t i)
{
	while (i > 0 && !is_content(&words->tokens[i - 1])) {
		if (ends_sentence(&words->tokens[i - 1]) ||
			changequotes_opens(&words->tokens[i - 1]))
			return true;
		i--;
	}
	return i == 0;
}

static bool
is_capital_word(const struct words *words, size_t i)
{
	const struct words_token *token;

	if (i >= words->count)
		return false;
	token = &words->tokens[i];
	return token->kind == WORDS_WORD && token->upper &&
		!str_eq(token->text, STR("I")) &&
		!str_starts(token->text, STR("I'")) &&
		!str_starts(token->text, STR("I\xe2\x80\x99"));
}

static bool
is_acronym(struct str text)
{
	size_t letters = 0;

	while (text.len > 0) {
		enum unicode_class class = unicode_class(utf8_decode(&text));

		if (class == UNICODE_LOWER)
			return false;
		letters += class == UNICODE_UPPER;
	}
	return letters > 1;
}

/*
 * A capital means a name unless it only begins a sentence; where all nouns
 * have one, two of them must stand together.
 */
static bool
is_name(const struct words *words, size_t i, bool nouns)
{
	bool beside = is_capital_word(words, i + 1) ||
		(i > 0 && is_capital_word(words, i - 1) &&
			!begins_sentence(words, i - 1));

	if (!is_capital_word(words, i) ||
		changewords_role(&words->tokens[i]) == ROLE_DAY)
		return false;
	if (is_acronym(words->tokens[i].text))
		return true;
	if (nouns || begins_sentence(words, i))
		return beside;
	return true;
}

static bool
is_numeral_at(const struct words *words, size_t i)
{
	return i < words->count &&
		(words->tokens[i].kind == WORDS_NUMBER ||
			changewords_is_numeral(words->tokens[i].text));
}

/* A numeral of Chinese or Japanese among others, or before what it counts;
 * alone it may be part of any word. */
static bool
is_written_number(const struct words *words, size_t i)
{
	if (!changewords_is_numeral(words->tokens[i].text))
		return false;
	return is_numeral_at(words, i + 1) ||
		(i > 0 && is_numeral_at(words, i - 1)) ||
		(i + 1 < words->count &&
			changewords_is_counted(words->tokens[i + 1].text));
}

static bool
is_number_word(const struct words *words, size_t i)
{
	return i < words->count &&
		(words->tokens[i].kind == WORDS_NUMBER ||
			changewords_is_number(words->tokens[i].text));
}

static bool
is_word_of(const struct words *words, size_t i, const char *const *list,
	size_t count)
{
	for (size_t k = 0; i < words->count && k < count; k++)
		if (str_eq_nocase(words->tokens[i].text, str_from(list[k])))
			return true;
	return false;
}

/* "one" is a number only beside one, and what joins two is part of them:
 * "twenty-one", "one hundred", "vingt et un". */
static bool
is_joined_number(const struct words *words, size_t i)
{
	static const char *const ones[] = { "one", "un", "une", "uno", "um" };
	static const char *const joints[] = { "et", "y", "e", "-" };
	size_t before = i;

	if (is_word_of(words, i, joints, 3))
		return i > 0 && is_number_word(words, i - 1) &&
			(is_number_word(words, i + 1) ||
				is_word_of(words, i + 1, ones, 5));
	if (!is_word_of(words, i, ones, 5))
		return false;
	if (i > 0 && is_word_of(words, i - 1, joints, 4))
		before--;
	return (before > 0 && is_number_word(words, before - 1)) ||
		is_number_word(words, i + 1);
}

static void
collect_keys(struct changetext *t, struct side *side, bool nouns)
{
	side->keys.count = 0;
	for (size_t i = side->from; i < side->to; i++) {
		const struct words_token *token = &side->words->tokens[i];
		struct key key = { 0, CHANGE_TEXT };

		if (!is_content(token))
			continue;
		key.hash = hash_token(t, token->text);
		if (token->kind == WORDS_NUMBER ||
			changewords_is_number(token->text) ||
			is_written_number(side->words, i) ||
			is_joined_number(side->words, i))
			key.class = CHANGE_NUMBERS;
		else if (is_name(side->words, i, nouns))
			key.class = CHANGE_NAMES;
		if (side->quoted[i])
			key.class = (key.class & ~(unsigned)CHANGE_TEXT) |
				CHANGE_QUOTES;
		side->keys.items = xgrow(side->keys.items, side->keys.count,
			&side->keys.cap, sizeof(*side->keys.items));
		side->keys.items[side->keys.count++] = key;
	}
}

static bool
same_keys(const struct keys *a, const struct keys *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].hash != b->items[i].hash)
			return false;
	return true;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* The next figure of the keys from *i on; NULL: there is none. */
static const struct key *
next_number(const struct keys *keys, size_t *i)
{
	while (*i < keys->count)
		if (keys->items[(*i)++].class & CHANGE_NUMBERS)
			return &keys->items[*i - 1];
	return NULL;
}

/* The same words in another order: other figures, where their order differs
 * ("三百二十" and "二百三十"). */
static unsigned
classes_of_order(const struct keys *a, const struct keys *b)
{
	const struct key *x, *y;
	size_t i = 0, k = 0;

	do {
		x = next_number(a, &i);
		y = next_number(b, &k);
	} while (x && y && x->hash == y->hash);
	return x || y ? CHANGE_NUMBERS : CHANGE_TEXT;
}

/* The classes of the words that only one side has; 0: all are on both. */
static unsigned
classes_of_difference(struct keys *a, struct keys *b)
{
	size_t i = 0, k = 0;
	unsigned classes = 0;

	if (a->count > 0)
		qsort(a->items, a->count, sizeof(*a->items), compare_keys);
	if (b->count > 0)
		qsort(b->items, b->count, sizeof(*b->items), compare_keys);
	while (i < a->count || k < b->count) {
		if (k == b->count ||
			(i < a->count && a->items[i].hash < b->items[k].hash)) {
			classes |= a->items[i++].class;
		} else if (i == a->count ||
			b->items[k].hash < a->items[i].hash) {
			classes |= b->items[k++].class;
		} else {
			i++;
			k++;
		}
	}
	return classes;
}

static bool
ends_segment(const struct words_token *token)
{
	uint32_t c = changequotes_character(token);

	if (token->kind == WORDS_SYMBOL)
		return c == '|';
	return token->kind == WORDS_PUNCT &&
		(c == '.' || c == '!' || c == '?' || c == '(' || c == ')' ||
			c == '[' || c == ']' || c == 0x2022 || c == 0x2013 ||
			c == 0x2014 || c == 0x3002);
}

/* Whether a dash stands among the next tokens from `at` on. */
static bool
dash_follows(const struct words *words, size_t at)
{
	for (size_t i = at; i < words->count && i < at + AGENCY_AFTER; i++) {
		uint32_t c = changequotes_character(&words->tokens[i]);

		if (c == 0x2013 || c == 0x2014 || c == '-')
			return true;
	}
	return false;
}

/*
 * "LONDON, Nov 23 (Reuters) -": days and numbers alone changed, near the
 * start, after a capital, beside a month, and a dash follows.
 */
static bool
is_agency_date(const struct side *side)
{
	const struct words_token *tokens = side->words->tokens;
	size_t from = side->from > 0 ? side->from - 1 : 0, to = side->to + 1;
	bool day = false;

	if (side->from > AGENCY_BEFORE || side->from == 0 ||
		!is_capital_word(side->words, 0) ||
		!dash_follows(side->words, side->to))
		return false;
	for (size_t i = from; i < to && i < side->words->count; i++) {
		enum changewords_role role = changewords_role(&tokens[i]);

		day |= role == ROLE_DAY;
		if (i >= side->from && i < side->to && is_content(&tokens[i]) &&
			role != ROLE_NUMBER && role != ROLE_DAY)
			return false;
	}
	return day;
}

static bool
is_dateline(struct side *side, bool bare)
{
	if (side->whole < 0)
		side->whole = changewords_is_dateline(side->words->tokens,
			side->words->count, bare);
	return side->whole > 0;
}

/* Whether the segment, or the segments, that the change lies in are a date
 * line. Changes come in the order of the text. */
static bool
in_dateline_segment(struct side *side)
{
	const struct words_token *tokens = side->words->tokens;
	size_t from = side->from, to = side->to, inner = side->to;

	while (from > side->seen_end && !ends_segment(tokens + from - 1))
		from--;
	if (side->from <= side->seen_end)
		from = side->seen_from;
	if (to < side->seen_end)
		to = side->seen_end;
	while (to < side->words->count && !ends_segment(&tokens[to]))
		to++;
	while (inner > side->from && !ends_segment(&tokens[inner - 1]))
		inner--;
	side->seen_from = inner > side->from ? inner : from;
	side->seen_end = to;
	if (from != side->line_from || to != side->line_to) {
		side->line = changewords_is_dateline(tokens + from, to - from,
			false);
		side->line_from = from;
		side->line_to = to;
	}
	return side->line;
}

/* Whether what changed on this side is part of a date line. */
static bool
in_dateline(struct side *side, const struct changetext_how *how)
{
	return side->from == side->to || is_dateline(side, how->bare) ||
		(how->opens && is_agency_date(side)) ||
		in_dateline_segment(side);
}

/* Whether the punctuation of the two ranges differs. */
static bool
same_marks(const struct side *left, const struct side *right)
{
	size_t i = left->from, k = right->from;

	for (;;) {
		while (i < left->to && is_content(&left->words->tokens[i]))
			i++;
		while (k < right->to && is_content(&right->words->tokens[k]))
			k++;
		if (i == left->to || k == right->to)
			return i == left->to && k == right->to;
		if (!str_eq(left->words->tokens[i++].text,
			    right->words->tokens[k++].text))
			return false;
	}
}

/* How spellings of the same words differ: by marks, or unseen. */
static unsigned
classes_of_form(const struct side *left, const struct side *right)
{
	size_t i = left->from, k = right->from;

	if (!same_marks(left, right))
		return CHANGE_PUNCTUATION;
	for (; i < left->to && k < right->to; i++, k++) {
		struct str a = left->words->tokens[i].text;
		struct str b = right->words->tokens[k].text;
		bool plain = str_find_byte(a, '\'') >= 0;

		if (!str_eq(a, b) && plain != (str_find_byte(b, '\'') >= 0))
			return CHANGE_PUNCTUATION;
	}
	return CHANGE_WHITESPACE;
}

static unsigned
classes_of_change(struct changetext *t, const struct changetext_how *how)
{
	unsigned classes, moved;

	collect_keys(t, &t->left, how->nouns);
	collect_keys(t, &t->right, how->nouns);
	if (same_keys(&t->left.keys, &t->right.keys))
		return classes_of_form(&t->left, &t->right);
	if (in_dateline(&t->left, how) && in_dateline(&t->right, how))
		return CHANGE_DATELINE;
	moved = classes_of_order(&t->left.keys, &t->right.keys);
	classes = classes_of_difference(&t->left.keys, &t->right.keys);
	return classes ? classes : moved;
}

/* Moves a side's range to the tokens of the next span. */
static void
take_tokens(struct side *side, struct str span)
{
	const char *end = span.ptr + span.len;

	while (side->to < side->words->count &&
		side->words->tokens[side->to].text.ptr < end)
		side->to++;
}

/* Space before a change belongs to the change. */
static unsigned
classes_of_equal(const struct wordsdiff_span *span, bool last)
{
	struct str left = last ? span->left : str_trim(span->left);
	struct str right = last ? span->right : str_trim(span->right);

	return str_eq(left, right) ? 0 : CHANGE_WHITESPACE;
}

unsigned
changetext_classes(struct changetext *t, const struct wordsdiff *d,
	const struct changetext_how *how)
{
	unsigned classes = 0;

	take_side(&t->left, &d->left, how->quote);
	take_side(&t->right, &d->right, how->quote);
	for (size_t i = 0; i < d->count; i++) {
		const struct wordsdiff_span *span = &d->spans[i];

		t->left.from = t->left.to;
		t->right.from = t->right.to;
		if (span->op == GITDIFF_EQUAL) {
			take_tokens(&t->left, span->left);
			take_tokens(&t->right, span->right);
			classes |= classes_of_equal(span, i + 1 == d->count);
			continue;
		}
		if (span->op == GITDIFF_DELETE)
			take_tokens(&t->left, span->left);
		else
			take_tokens(&t->right, span->right);
		if (span->op == GITDIFF_DELETE && i + 1 < d->count &&
			span[1].op == GITDIFF_INSERT) {
			take_tokens(&t->right, span[1].right);
			i++;
		}
		classes |= classes_of_change(t, how);
	}
	return classes;
}

bool
changetext_has_quote(struct changetext *t, struct str text)
{
	size_t words = 0;

	t->split.count = 0;
	words_split(&t->split, text);
	take_side(&t->left, &t->split, false);
	for (size_t i = 0; i < t->split.count; i++)
		words += t->left.quoted[i] && words_counts(&t->split.tokens[i]);
	return words >= QUOTE_WORDS;
}

/* Whether the first words of a long text say already that it is no dateline;
 * the last two of them may have been cut. */
static bool
begins_otherwise(struct changetext *t, struct str text)
{
	struct str head = utf8_cut(text, DATELINE_HEAD_BYTES);

	if (head.len == text.len)
		return false;
	t->split.count = 0;
	words_split(&t->split, head);
	for (size_t i = 0; i + 2 < t->split.count; i++)
		if (t->split.tokens[i].kind != WORDS_PUNCT &&
			changewords_role(&t->split.tokens[i]) == ROLE_NONE)
			return true;
	return false;
}

bool
changetext_is_dateline(struct changetext *t, struct str text, bool bare)
{
	if (begins_otherwise(t, text))
		return false;
	t->split.count = 0;
	words_split(&t->split, text);
	return changewords_is_dateline(t->split.tokens, t->split.count, bare);
}

bool
changetext_same_words(struct changetext *t, const struct words *left,
	const struct words *right)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < left->count && !is_content(&left->tokens[i]))
			i++;
		while (k < right->count && !is_content(&right->tokens[k]))
			k++;
		if (i == left->count || k == right->count)
			return i == left->count && k == right->count;
		if (hash_token(t, left->tokens[i++].text) !=
			hash_token(t, right->tokens[k++].text))
			return false;
	}
}
