/*
 * A block is one line whose start tells its kind; a paragraph has no mark.
 * So only a paragraph can be misread, and only at its start: there it gets a
 * backslash, as Markdown has it. A preformatted block is fenced with more
 * backquotes than any line in it starts with.
 */
#include "common/article/document.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/web/json.h"

enum { FENCE_MIN = 3, FIELDS = 6 };

/* What stands in front of a block's text; NULL for those without. */
static const char *const marks[] = {
	[BLOCK_H2] = "## ",
	[BLOCK_H3] = "### ",
	[BLOCK_H4] = "#### ",
	[BLOCK_H5] = "##### ",
	[BLOCK_H6] = "###### ",
	[BLOCK_LI] = "- ",
	[BLOCK_QUOTE] = "> ",
	[BLOCK_ROW] = "| ",
	[BLOCK_EMBED] = "{embed} ",
	[BLOCK_CORRECTION] = "{correction} ",
	[BLOCK_CREDIT] = "{credit} ",
};

enum { MARKS = sizeof(marks) / sizeof(marks[0]) };

struct field {
	const char *name;
	struct str *value;
};

static void
fields_of(struct field out[FIELDS], struct document *d)
{
	const struct field fields[FIELDS] = {
		{ "title", &d->title },
		{ "byline", &d->byline },
		{ "published", &d->published },
		{ "url", &d->url },
		{ "summary", &d->summary },
		{ "lang", &d->lang },
	};

	memcpy(out, fields, sizeof(fields));
}

/* Whether a line cannot hold the byte. */
static bool
unfit(char c, enum block_kind kind)
{
	return ascii_control(c) &&
		!(kind == BLOCK_PRE && (c == '\n' || c == '\t'));
}

static size_t
first_unfit(struct str s, enum block_kind kind)
{
	size_t i = 0;

	while (i < s.len && !unfit(s.ptr[i], kind))
		i++;
	return i;
}

/* The text as a block of its kind can hold it. */
static int
fit(struct str *text, enum block_kind kind, struct arena *arena)
{
	struct str s = kind == BLOCK_PRE ? *text : str_trim(*text);
	size_t i = first_unfit(s, kind);
	char *copy;

	*text = s;
	if (i == s.len)
		return 0;
	s = arena_dup(arena, s);
	if (!s.ptr)
		return -1;
	copy = (char *)(uintptr_t)s.ptr;
	for (; i < s.len; i++)
		if (unfit(copy[i], kind))
			copy[i] = ' ';
	*text = kind == BLOCK_PRE ? s : str_trim(s);
	return 0;
}

static int
fit_blocks(struct document *out, const struct article *a, struct arena *arena)
{
	out->blocks = arena_calloc(arena, a->blocks_count + 1,
		sizeof(*out->blocks));
	if (!out->blocks)
		return -1;
	for (size_t i = 0; i < a->blocks_count; i++) {
		struct block *b = &out->blocks[out->blocks_count];

		*b = a->blocks[i];
		if (fit(&b->text, b->kind, arena) < 0)
			return -1;
		if (str_trim(b->text).len > 0)
			out->blocks_count++;
	}
	return 0;
}

int
document_from_article(struct document *out, const struct article *a,
	struct str url, struct arena *arena, struct err *err)
{
	struct field fields[FIELDS];

	*out = (struct document){ .title = a->title,
		.byline = a->byline,
		.published = a->published,
		.url = url,
		.summary = a->summary,
		.lang = a->lang };
	fields_of(fields, out);
	for (size_t i = 0; i < FIELDS; i++)
		if (fit(fields[i].value, BLOCK_P, arena) < 0)
			return err_set(err, "record is too large");
	if (fit_blocks(out, a, arena) < 0)
		return err_set(err, "record is too large");
	return 0;
}

/* Whether s is `c` at least `min` times, then a space or the end. */
static bool
run_then_space(struct str s, char c, size_t min, size_t max)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == c)
		n++;
	return n >= min && n <= max && (n == s.len || s.ptr[n] == ' ');
}

static bool
only(struct str s, char c)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == c)
		n++;
	return n == s.len;
}

/* Whether a paragraph that starts so would be taken for something else. */
static bool
misread(struct str s)
{
	switch (s.ptr[0]) {
	case '\\':
	case '>':
	case '|':
	case '{':
		return true;
	case '#':
		return run_then_space(s, '#', 1, 6);
	case '-':
	case '+':
	case '*':
		return run_then_space(s, s.ptr[0], 1, 1) ||
			(s.len >= 3 && only(s, s.ptr[0]));
	case '=':
	case '_':
		return s.len >= 3 && only(s, s.ptr[0]);
	case '`':
		return str_starts(s, STR("```"));
	case '~':
		return str_starts(s, STR("~~~"));
	case '<':
		return s.len > 1 && (ascii_alpha(s.ptr[1]) ||
			strchr("/!?", s.ptr[1]));
	default:
		return false;
	}
}

static size_t
backquotes(struct str line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '`')
		n++;
	return n;
}

static void
add_repeated(struct strbuf *out, char c, size_t count)
{
	while (count-- > 0)
		strbuf_addc(out, c);
}

static void
print_pre(struct strbuf *out, struct str text)
{
	struct str rest = text, line;
	size_t fence = FENCE_MIN;

	while (str_field(&line, &rest, '\n'))
		if (backquotes(line) >= fence)
			fence = backquotes(line) + 1;
	add_repeated(out, '`', fence);
	strbuf_addc(out, '\n');
	strbuf_adds(out, text);
	strbuf_addc(out, '\n');
	add_repeated(out, '`', fence);
	strbuf_addc(out, '\n');
}

static void
print_block(struct strbuf *out, const struct block *b)
{
	strbuf_addc(out, '\n');
	if (b->kind == BLOCK_PRE) {
		print_pre(out, b->text);
		return;
	}
	if (marks[b->kind])
		strbuf_adds(out, str_from(marks[b->kind]));
	else if (misread(b->text))
		strbuf_addc(out, '\\');
	strbuf_adds(out, b->text);
	if (b->kind == BLOCK_ROW)
		strbuf_adds(out, STR(" |"));
	strbuf_addc(out, '\n');
}

void
document_print(struct strbuf *out, const struct document *document)
{
	struct document d = *document;
	struct field fields[FIELDS];

	fields_of(fields, &d);
	strbuf_adds(out, STR("---\n"));
	for (size_t i = 0; i < FIELDS; i++) {
		if (fields[i].value->len == 0)
			continue;
		strbuf_adds(out, str_from(fields[i].name));
		strbuf_adds(out, STR(": "));
		json_quote(out, *fields[i].value);
		strbuf_addc(out, '\n');
	}
	strbuf_adds(out, STR("---\n"));
	for (size_t i = 0; i < d.blocks_count; i++)
		print_block(out, &d.blocks[i]);
}

/* The value of a JSON-quoted scalar. */
static int
parse_scalar(struct str *out, struct str quoted, struct arena *arena,
	struct err *err)
{
	struct json *v;

	if (quoted.len >= 2 && quoted.ptr[0] == '"' &&
		str_find_byte(quoted, '\\') < 0 &&
		str_find_byte(str_sub(quoted, 1, quoted.len), '"') ==
			(ptrdiff_t)quoted.len - 2) {
		*out = str_sub(quoted, 1, quoted.len - 2);
		return 0;
	}
	v = json_read(quoted, JSON_STRICT, err);
	if (!v)
		return err_prefix(err, "front matter");
	*out = arena_dup(arena, json_text(v));
	json_free(v);
	return out->ptr ? 0 : err_set(err, "document is too large");
}

static int
parse_field(struct document *out, struct str line, struct arena *arena,
	struct err *err)
{
	struct field fields[FIELDS];
	struct str name;

	fields_of(fields, out);
	if (!str_cut(&name, &line, ':'))
		return err_set(err, "front matter has a line without ':'");
	for (size_t i = 0; i < FIELDS; i++)
		if (str_eq(name, str_from(fields[i].name)))
			return parse_scalar(fields[i].value, str_trim(line),
				arena, err);
	return 0;
}

/* Reads up to and with the line that closes the front matter. */
static int
parse_front(struct document *out, struct str *rest, struct arena *arena,
	struct err *err)
{
	struct str line;

	if (!str_cut(&line, rest, '\n') || !str_eq(line, STR("---")))
		return err_set(err, "no front matter");
	while (str_cut(&line, rest, '\n')) {
		if (str_eq(line, STR("---")))
			return 0;
		if (parse_field(out, line, arena, err) < 0)
			return -1;
	}
	return err_set(err, "front matter does not end");
}

/* The lines up to the closing fence, joined as they are. */
static int
parse_pre(struct block *b, struct str fence, struct str *rest, struct err *err)
{
	const char *start = rest->ptr;
	struct str line;

	while (str_cut(&line, rest, '\n')) {
		if (!str_eq(line, fence))
			continue;
		b->kind = BLOCK_PRE;
		b->text = (struct str){ start,
			line.ptr > start ? (size_t)(line.ptr - start) - 1 : 0 };
		return 0;
	}
	return err_set(err, "preformatted block does not end");
}

static void
parse_line(struct block *b, struct str line)
{
	*b = (struct block){ BLOCK_P, line };
	for (size_t kind = 0; kind < MARKS; kind++) {
		struct str mark = str_from(marks[kind]);

		if (mark.len == 0 || !str_starts(line, mark))
			continue;
		b->kind = (enum block_kind)kind;
		b->text = str_sub(line, mark.len, line.len);
		break;
	}
	if (b->kind == BLOCK_P && line.ptr[0] == '\\')
		b->text = str_sub(line, 1, line.len);
	if (b->kind == BLOCK_ROW && str_ends(b->text, STR(" |")))
		b->text.len -= 2;
}

static int
parse_blocks(struct document *out, struct str rest, struct err *err)
{
	struct str line;

	while (rest.len > 0) {
		struct block *b = &out->blocks[out->blocks_count];

		str_cut(&line, &rest, '\n');
		if (line.len == 0)
			continue;
		if (backquotes(line) == line.len && line.len >= FENCE_MIN) {
			if (parse_pre(b, line, &rest, err) < 0)
				return -1;
		} else {
			parse_line(b, line);
		}
		out->blocks_count++;
	}
	return 0;
}

static size_t
count_lines(struct str s)
{
	size_t n = 1;

	for (const char *p = s.ptr, *end = s.ptr + s.len;
		(p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	return n;
}

int
document_parse(struct document *out, struct str bytes, struct arena *arena,
	struct err *err)
{
	struct str rest = bytes;

	*out = (struct document){ 0 };
	if (!utf8_valid(bytes))
		return err_set(err, "not UTF-8 at byte %zu",
			utf8_valid_len(bytes));
	if (parse_front(out, &rest, arena, err) < 0)
		return -1;
	out->blocks = arena_calloc(arena, count_lines(rest) + 1,
		sizeof(*out->blocks));
	if (!out->blocks)
		return err_set(err, "document is too large");
	return parse_blocks(out, rest, err);
}

static int64_t
count_words(struct str s)
{
	int64_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < s.len; i++) {
		bool space = ascii_space(s.ptr[i]);

		words += !space && !inside;
		inside = !space;
	}
	return words;
}

int64_t
document_words(const struct document *d)
{
	int64_t words = count_words(d->title) + count_words(d->summary);

	for (size_t i = 0; i < d->blocks_count; i++)
		words += count_words(d->blocks[i].text);
	return words;
}
