#include "common/text/words.h"

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/unicode.h"

/* One character of a text and how many bytes it takes. */
struct character {
	uint32_t c;
	size_t len; /* 0 at the end */
	enum unicode_class class;
};

static struct character
look(struct str s)
{
	struct character ch = { 0, 0, UNICODE_OTHER };
	size_t before = s.len;

	if (before == 0)
		return ch;
	if ((unsigned char)s.ptr[0] < 128) {
		ch.c = (unsigned char)s.ptr[0];
		ch.len = 1;
	} else {
		ch.c = utf8_decode(&s);
		ch.len = before - s.len;
	}
	ch.class = unicode_class(ch.c);
	return ch;
}

static bool
is_letter(struct character ch)
{
	return ch.class == UNICODE_LOWER || ch.class == UNICODE_UPPER ||
		ch.class == UNICODE_LETTER;
}

static bool
is_currency(uint32_t c)
{
	return c == '$' || (c >= 0xa2 && c <= 0xa5) ||
		(c >= 0x20a0 && c <= 0x20cf);
}

static bool
is_sign(uint32_t c)
{
	return c == '-' || c == '+' || c == 0x2212;
}

/* What stands for a word though Unicode calls it punctuation. */
static bool
is_meaningful(uint32_t c)
{
	return c == '%' || c == '&' || c == '@' || c == '#' || c == 0xa7 ||
		c == 0x2030 || c == 0x2031;
}

static bool
ends_number(uint32_t c)
{
	return c == '%' || c == 0x2030 || c == 0xb0 || is_currency(c);
}

/* Whether c holds a word together when `before` and `after` stand round it;
 * `single` tells that only one character precedes it ("U.S"). */
static bool
joins(uint32_t c, struct character before, struct character after, bool single)
{
	if (c == '\'' || c == 0x2019)
		return is_letter(before) && is_letter(after);
	if (c == '.' || c == ',' || c == ':' || c == 0x066b || c == 0x066c)
		return (before.class == UNICODE_DIGIT &&
			       after.class == UNICODE_DIGIT) ||
			(c == '.' && single && is_letter(before) &&
				is_letter(after));
	/* joiners and soft hyphens are invisible parts of a word */
	return c == 0xad || c == 0x200c || c == 0x200d || c == 0x2060;
}

static struct str
skip(struct str s, size_t len)
{
	return (struct str){ s.ptr + len, s.len - len };
}

/* How many of a-z stand at the start. */
static size_t
lower_len(struct str s)
{
	size_t len = 0;

	while (len < s.len && ascii_lower(s.ptr[len]))
		len++;
	return len;
}

/*
 * The length of the word at the start of s. *number is set when a digit is
 * met.
 */
static size_t
word_len(struct str s, bool *number)
{
	struct character last = look(s), ch;
	size_t len = last.len, run = 1;

	*number = last.class == UNICODE_DIGIT;
	for (;; len += ch.len) {
		size_t small = lower_len(skip(s, len));

		/* Most of most words, and nothing can end one there. */
		if (small > 0) {
			len += small;
			run += small;
			last = look(str_sub(s, len - 1, 1));
		}
		ch = look(skip(s, len));
		if (ch.len == 0)
			break;
		if (ch.class == UNICODE_MARK)
			continue;
		if ((!is_letter(ch) && ch.class != UNICODE_DIGIT) ||
			unicode_unspaced(ch.c)) {
			if (!joins(ch.c, last, look(skip(s, len + ch.len)),
				    run == 1))
				break;
			run = 0;
			continue;
		}
		*number |= ch.class == UNICODE_DIGIT;
		last = ch;
		run++;
	}
	if (last.class == UNICODE_DIGIT && ends_number(ch.c))
		len += ch.len;
	return len;
}

static size_t
marks_len(struct str s)
{
	struct character ch;
	size_t len = 0;

	while ((ch = look(skip(s, len))).class == UNICODE_MARK)
		len += ch.len;
	return len;
}

/* How many bytes of sign and currency stand right before a digit. */
static size_t
number_prefix_len(struct str s)
{
	struct character ch = look(s);
	size_t len = 0;

	if (is_sign(ch.c)) {
		len = ch.len;
		ch = look(skip(s, len));
	}
	if (is_currency(ch.c)) {
		len += ch.len;
		ch = look(skip(s, len));
	}
	return ch.class == UNICODE_DIGIT ? len : 0;
}

/*
 * Takes the next token off *rest. `glued` tells whether a word stands right
 * before it, so that the hyphen of "10-20" is no sign.
 */
static bool
next_token(struct words_token *out, struct str *rest, bool glued)
{
	struct character ch;
	size_t prefix, len;
	bool number = false;

	while ((ch = look(*rest)).class == UNICODE_SPACE ||
		(ch.class == UNICODE_OTHER && ch.len > 0)) {
		*rest = skip(*rest, ch.len);
		glued = false;
	}
	if (ch.len == 0)
		return false;
	prefix = glued ? 0 : number_prefix_len(*rest);
	len = ch.len;
	if (prefix > 0)
		len = prefix + word_len(skip(*rest, prefix), &number);
	else if (unicode_unspaced(ch.c) && ch.class != UNICODE_PUNCT)
		len += marks_len(skip(*rest, len));
	else if (is_letter(ch) || ch.class == UNICODE_DIGIT ||
		ch.class == UNICODE_MARK)
		len = word_len(*rest, &number);
	else
		number = false;
	out->text = str_sub(*rest, 0, len);
	out->upper = ch.class == UNICODE_UPPER;
	if (number || ch.class == UNICODE_DIGIT)
		out->kind = WORDS_NUMBER;
	else if (ch.class == UNICODE_SYMBOL || is_meaningful(ch.c))
		out->kind = WORDS_SYMBOL;
	else if (ch.class == UNICODE_PUNCT)
		out->kind = WORDS_PUNCT;
	else
		out->kind = WORDS_WORD;
	*rest = skip(*rest, len);
	return true;
}

bool
words_counts(const struct words_token *token)
{
	return token->kind == WORDS_WORD || token->kind == WORDS_NUMBER;
}

void
words_init(struct words *w)
{
	*w = (struct words){ 0 };
}

void
words_release(struct words *w)
{
	free(w->tokens);
	words_init(w);
}

void
words_split(struct words *w, struct str s)
{
	struct words_token token;
	bool glued = false;

	while (next_token(&token, &s, glued)) {
		w->tokens = xgrow(w->tokens, w->count, &w->cap,
			sizeof(*w->tokens));
		w->tokens[w->count++] = token;
		glued = words_counts(&token);
	}
}

size_t
words_in(struct str s)
{
	struct words_token token;
	bool glued = false;
	size_t count = 0;

	while (next_token(&token, &s, glued)) {
		glued = words_counts(&token);
		count += glued;
	}
	return count;
}
