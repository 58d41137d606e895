#include "common/diff/changequotes.h"

#include "common/base/utf8.h"

uint32_t
changequotes_character(const struct words_token *token)
{
	struct str text = token->text;
	uint32_t c = text.len > 0 && text.len <= 4 ? utf8_decode(&text) : 0;

	return text.len == 0 ? c : 0;
}

/*
 * Which token closes a quotation that this one opens; 0: it opens none. ”
 * and “ serve as either in some languages, so the state decides first.
 */
static uint32_t
closing_mark(uint32_t c)
{
	switch (c) {
	case '"':
		return '"';
	case 0x201c: /* “ */
	case 0x201d: /* ” opens in Swedish and Finnish */
		return 0x201d;
	case 0x201e: /* „ */
		return 0x201c;
	case 0x2018: /* ‘ */
	case 0x201a: /* ‚ */
		return 0x2019;
	case 0xab: /* « */
		return 0xbb;
	case 0xbb: /* » opens in German books */
		return 0xab;
	case 0x300c: /* 「 */
	case 0x300e: /* 『 */
		return c + 1;
	default:
		return 0;
	}
}

static bool
closes(uint32_t mark, uint32_t c)
{
	/* „ is closed by “ as well as by ” */
	return c == mark || (mark == 0x201c && c == 0x201d);
}

bool
changequotes_opens(const struct words_token *token)
{
	return token->kind == WORDS_PUNCT &&
		closing_mark(changequotes_character(token)) != 0;
}

void
changequotes_mark(unsigned char *quoted, const struct words *words)
{
	uint32_t mark = 0;

	for (size_t i = 0; i < words->count; i++) {
		const struct words_token *token = &words->tokens[i];
		uint32_t c = 0;

		if (token->kind == WORDS_PUNCT)
			c = changequotes_character(token);
		if (mark && closes(mark, c))
			mark = 0;
		else if (!mark && c)
			mark = closing_mark(c);
		quoted[i] = mark != 0;
	}
}
