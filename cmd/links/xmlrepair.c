/*
 * One walk over the bytes, by a table of those that need a look. Text and
 * values are copied in runs; markup is told apart by its first bytes. Where
 * browsers and feed readers agree what a malformation means, that is what is
 * written; nothing is guessed beyond that.
 */
#include "cmd/links/xmlrepair.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "cmd/links/xml.h"
#include "common/base/ascii.h"
#include "common/base/strbuf.h"

enum { NAME_MAX_BYTES = 12 };

struct mend {
	struct str doc;
	size_t at;
	struct strbuf out;
	int (*push)(void *context, struct str piece);
	void *context;
	bool in_text[256], in_tag[256], in_cdata[256];
};

/* The bytes that end a run: those that need a look in text, and in a tag. */
static void
set_tables(struct mend *m)
{
	for (int c = 0; c < 32; c++)
		m->in_text[c] = c != '\t' && c != '\n' && c != '\r';
	m->in_text['<'] = m->in_text['&'] = true;
	m->in_text[0xef] = true; /* leads U+FFFE and U+FFFF */
	memcpy(m->in_tag, m->in_text, sizeof(m->in_tag));
	m->in_tag['>'] = m->in_tag['='] = true;
	m->in_tag['"'] = m->in_tag['\''] = true;
	memcpy(m->in_cdata, m->in_text, sizeof(m->in_cdata));
	m->in_cdata['<'] = m->in_cdata['&'] = false;
}

static int
flush(struct mend *m, size_t keep_below)
{
	int result = 0;

	if (m->out.len > keep_below) {
		result = m->push(m->context, strbuf_str(&m->out));
		strbuf_reset(&m->out);
	}
	return result;
}

static struct str
ahead(const struct mend *m)
{
	return str_sub(m->doc, m->at, m->doc.len);
}

/* Copies the run at m->at of bytes that are not `special`, up to `limit`. */
static void
copy_run(struct mend *m, const bool special[256], size_t limit)
{
	const unsigned char *p = (const unsigned char *)m->doc.ptr;
	size_t end = m->at;

	if (limit - m->at > XMLREPAIR_PIECE_BYTES)
		limit = m->at + XMLREPAIR_PIECE_BYTES;
	while (end < limit && !special[p[end]])
		end++;
	strbuf_add(&m->out, m->doc.ptr + m->at, end - m->at);
	m->at = end;
}

/*
 * By number always: once libxml2 has met an error it passes over references
 * by name, "&amp;" too.
 */
static void
add_reference(struct mend *m, uint32_t c)
{
	strbuf_addf(&m->out, "&#%u;", c);
}

/* "#8217;" or "#x2019;": its value in *number, its length, or 0. */
static size_t
numeric(uint64_t *number, struct str s)
{
	bool hex = s.len > 1 && (s.ptr[1] | 32) == 'x';
	size_t i = hex ? 2 : 1, first = i;

	*number = 0;
	for (; i < s.len && ascii_hex(s.ptr[i]) >= 0; i++) {
		if (!hex && !ascii_digit(s.ptr[i]))
			return 0;
		if (*number < UINT32_MAX)
			*number = *number * (hex ? 16 : 10) +
				(uint64_t)ascii_hex(s.ptr[i]);
	}
	return i > first && i < s.len && s.ptr[i] == ';' ? i + 1 : 0;
}

/* A reference at m->at ("&"), or an ampersand that is none. */
static void
mend_ampersand(struct mend *m)
{
	struct str s = ahead(m), name;
	uint64_t number;
	uint32_t c;
	size_t len;

	s = str_sub(s, 1, s.len);
	m->at++;
	if (s.len && s.ptr[0] == '#' && (len = numeric(&number, s)) > 0) {
		m->at += len;
		c = xml_reference(number);
		if (c)
			add_reference(m, c);
		return;
	}
	for (len = 0; len < s.len && len < NAME_MAX_BYTES &&
		ascii_alnum(s.ptr[len]); len++)
		;
	name = str_sub(s, 0, len);
	c = len && len < s.len && s.ptr[len] == ';' ? xml_entity(name) : 0;
	if (!c) {
		strbuf_adds(&m->out, STR("&#38;"));
		return;
	}
	m->at += len + 1;
	add_reference(m, c);
}

/* Control bytes and the two non-characters are dropped, others copied. */
static void
mend_byte(struct mend *m)
{
	unsigned char c = (unsigned char)m->doc.ptr[m->at];
	struct str s = ahead(m);

	if (str_starts(s, STR("\xef\xbf\xbe")) ||
		str_starts(s, STR("\xef\xbf\xbf"))) {
		m->at += 3;
		return;
	}
	m->at++;
	if (c >= 32)
		strbuf_addc(&m->out, (char)c);
}

/* No feed's elements begin otherwise; "<3" and "<:" are text. */
static bool
name_start(char c)
{
	return ascii_alpha(c) || c == '_';
}

/* Behind the next `mark`, or at the end. */
static size_t
behind(const struct mend *m, struct str mark)
{
	ptrdiff_t found = str_find(ahead(m), mark);

	return found < 0 ? m->doc.len : m->at + (size_t)found + mark.len;
}

/* Behind a DOCTYPE with its quoted names and its internal subset. */
static size_t
behind_doctype(const struct mend *m)
{
	size_t i = m->at;
	int brackets = 0;
	char quote = 0;

	for (; i < m->doc.len; i++) {
		char c = m->doc.ptr[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '[')
			brackets++;
		else if (c == ']')
			brackets--;
		else if (c == '>' && brackets <= 0)
			return i + 1;
	}
	return i;
}

/* Character data is copied to its end but for what XML forbids. */
static int
mend_cdata(struct mend *m)
{
	size_t end = behind(m, STR("]]>"));
	bool closed = str_ends(str_sub(m->doc, 0, end), STR("]]>"));

	while (m->at < end) {
		copy_run(m, m->in_cdata, end);
		if (m->at < end && m->in_cdata[(unsigned char)
				m->doc.ptr[m->at]])
			mend_byte(m);
		if (flush(m, XMLREPAIR_PIECE_BYTES) < 0)
			return -1;
	}
	if (!closed)
		strbuf_adds(&m->out, STR("]]>"));
	return 0;
}

/* What stands within a tag, quotes included, up to its ">". */
static int
mend_tag(struct mend *m, struct err *err)
{
	size_t start = m->at, equals = 0;
	char quote = 0;

	strbuf_addc(&m->out, m->doc.ptr[m->at++]);
	while (m->at < m->doc.len) {
		char c = m->doc.ptr[m->at];

		if (c == '&') {
			mend_ampersand(m);
		} else if (c == '<' && quote) {
			strbuf_adds(&m->out, STR("&#60;"));
			m->at++;
		} else if (c == '<') {
			break; /* the ">" is missing */
		} else if (m->in_tag[(unsigned char)c]) {
			mend_byte(m);
			equals += !quote && c == '=';
			if (c == '>' && !quote)
				return 0;
			if (c == '"' || c == '\'')
				quote = !quote ? c : quote == c ? 0 : quote;
		} else {
			copy_run(m, m->in_tag, m->doc.len);
		}
		if (equals > XML_ATTRS || m->at - start > XML_TAG_BYTES)
			return err_set(err, "byte %zu: a tag with too much "
				"in it", start);
	}
	strbuf_addc(&m->out, '>');
	return 0;
}

static int
mend_markup(struct mend *m, struct err *err)
{
	struct str s = ahead(m);
	char next = s.len > 1 ? s.ptr[1] : ' ';
	size_t start = m->out.len;
	int result;

	if (str_starts(s, STR("<![CDATA[")))
		return mend_cdata(m);
	if (str_starts(s, STR("<!--"))) {
		m->at = behind(m, STR("-->"));
	} else if (str_starts_nocase(s, STR("<!DOCTYPE"))) {
		m->at = behind_doctype(m);
	} else if (next == '?') {
		m->at = behind(m, STR(">"));
	} else if (name_start(next) ||
		(next == '/' && s.len > 2 && name_start(s.ptr[2]))) {
		result = mend_tag(m, err);
		if (result < 0)
			strbuf_cut(&m->out, start);
		return result;
	} else {
		strbuf_adds(&m->out, STR("&#60;"));
		m->at++;
	}
	return 0;
}

static int
walk(struct mend *m, struct err *err)
{
	while (m->at < m->doc.len) {
		unsigned char c;

		copy_run(m, m->in_text, m->doc.len);
		c = m->at < m->doc.len ? (unsigned char)m->doc.ptr[m->at] : 0;
		if (c == '<') {
			if (mend_markup(m, err) < 0) {
				flush(m, 0);
				return -1;
			}
		} else if (c == '&') {
			mend_ampersand(m);
		} else if (m->at < m->doc.len && m->in_text[c]) {
			mend_byte(m);
		}
		if (flush(m, XMLREPAIR_PIECE_BYTES) < 0)
			return -1;
	}
	return flush(m, 0);
}

int
xmlrepair(struct str doc, int (*push)(void *context, struct str piece),
	void *context, struct err *err)
{
	struct mend m = { .doc = doc, .push = push, .context = context };
	ptrdiff_t first = str_find_byte(doc, '<');
	int result;

	if (first < 0)
		return err_set(err, "no markup in it");
	set_tables(&m);
	m.at = (size_t)first;
	strbuf_init(&m.out, 16 * XML_TAG_BYTES);
	result = walk(&m, err);
	strbuf_release(&m.out);
	return result;
}
