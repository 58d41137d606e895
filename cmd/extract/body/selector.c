#include "cmd/extract/body/selector.h"

#include <stdlib.h>

#include "common/base/ascii.h"
#include "common/base/xalloc.h"

static bool
is_name(char c)
{
	return ascii_alnum(c) || c == '-' || c == '_' || c == ':' ||
		(unsigned char)c >= 128;
}

static char
peek(const struct str *s)
{
	return s->len ? *s->ptr : '\0';
}

static void
skip(struct str *s, size_t n)
{
	*s = str_sub(*s, n, s->len);
}

static bool
skip_space(struct str *s)
{
	size_t before = s->len;

	while (s->len && ascii_space(*s->ptr))
		skip(s, 1);
	return s->len < before;
}

static struct str
take_name(struct str *s)
{
	size_t n = 0;
	struct str name;

	while (n < s->len && is_name(s->ptr[n]))
		n++;
	name = str_sub(*s, 0, n);
	skip(s, n);
	return name;
}

static struct selector_test *
add_test(struct selector_part *p, struct str attr, enum selector_op op,
	struct str value)
{
	if (p->tests_count == SELECTOR_TESTS)
		return NULL;
	p->tests[p->tests_count] = (struct selector_test){ attr, op, value };
	return &p->tests[p->tests_count++];
}

/* The value of [attr=value], quoted or not. */
static struct str
take_value(struct str *s)
{
	char quote = peek(s);
	size_t n = 0;
	struct str value;

	if (quote != '"' && quote != '\'')
		return take_name(s);
	skip(s, 1);
	while (n < s->len && s->ptr[n] != quote)
		n++;
	value = str_sub(*s, 0, n);
	skip(s, n < s->len ? n + 1 : n);
	return value;
}

static int
take_attr(struct selector_part *p, struct str *s, struct err *err)
{
	static const char marks[] = "=~^$*";
	enum selector_op op = SELECTOR_HAS;
	struct str attr, value = { NULL, 0 };

	skip(s, 1);
	skip_space(s);
	attr = take_name(s);
	skip_space(s);
	for (size_t i = 0; marks[i] && peek(s) != ']'; i++)
		if (peek(s) == marks[i]) {
			op = (enum selector_op)(SELECTOR_IS + i);
			skip(s, i ? 2 : 1);
			skip_space(s);
			value = take_value(s);
			skip_space(s);
		}
	if (!attr.len || peek(s) != ']')
		return err_set(err, "bad attribute test in a selector");
	skip(s, 1);
	for (size_t i = 0; i < attr.len; i++)
		((char *)attr.ptr)[i] = ascii_to_lower(attr.ptr[i]);
	return add_test(p, attr, op, value) ? 0 :
		err_set(err, "a selector has too many conditions");
}

static int
take_part(struct selector_part *p, struct str *s, struct err *err)
{
	size_t before = s->len;

	if (peek(s) == '*')
		skip(s, 1);
	else
		p->tag = take_name(s);
	for (size_t i = 0; i < p->tag.len; i++)
		((char *)p->tag.ptr)[i] = ascii_to_lower(p->tag.ptr[i]);
	for (;;) {
		char c = peek(s);
		struct str name;

		if (c == '[') {
			if (take_attr(p, s, err) < 0)
				return -1;
			continue;
		}
		if (c != '.' && c != '#')
			break;
		skip(s, 1);
		name = take_name(s);
		if (!name.len)
			return err_set(err, "a name is missing behind '%c'",
				c);
		if (!add_test(p, c == '.' ? STR("class") : STR("id"),
			    c == '.' ? SELECTOR_WORD : SELECTOR_IS, name))
			return err_set(err,
				"a selector has too many conditions");
	}
	return s->len < before ? 0 :
		err_set(err, "no selector at '%.*s'", STR_ARGS(*s));
}

static int
parse(struct selector *out, struct str s, struct err *err)
{
	bool first = true, child = false;

	skip_space(&s);
	do {
		struct selector_part *p = &out->parts[out->parts_count];

		if (out->parts_count == SELECTOR_PARTS)
			return err_set(err, "a selector has too many parts");
		*p = (struct selector_part){ .first = first, .child = child };
		if (take_part(p, &s, err) < 0)
			return -1;
		out->parts_count++;
		skip_space(&s);
		first = peek(&s) == ',';
		child = peek(&s) == '>';
		if (first || child) {
			skip(&s, 1);
			skip_space(&s);
			if (!s.len)
				return err_set(err, "a selector ends early");
		}
	} while (s.len);
	return 0;
}

int
selector_parse(struct selector *out, struct str text, struct err *err)
{
	*out = (struct selector){ 0 };
	if (text.len > SELECTOR_BYTES)
		return err_set(err, "a selector is too long");
	out->storage = xmemdup0(text.ptr, text.len);
	if (parse(out, (struct str){ out->storage, text.len }, err) == 0)
		return 0;
	selector_release(out);
	return -1;
}

void
selector_release(struct selector *s)
{
	free(s->storage);
	*s = (struct selector){ 0 };
}

static bool
has_word(struct str list, struct str word)
{
	while (list.len) {
		size_t n = 0;

		while (n < list.len && !ascii_space(list.ptr[n]))
			n++;
		if (str_eq(str_sub(list, 0, n), word))
			return true;
		list = str_sub(list, n + 1, list.len);
	}
	return false;
}

static bool
test_holds(const struct selector_test *t, struct str value)
{
	if (!value.ptr)
		return false;
	switch (t->op) {
	case SELECTOR_HAS:
		return true;
	case SELECTOR_IS:
		return str_eq(value, t->value);
	case SELECTOR_WORD:
		return has_word(value, t->value);
	case SELECTOR_STARTS:
		return t->value.len && str_starts(value, t->value);
	case SELECTOR_ENDS:
		return t->value.len && str_ends(value, t->value);
	default:
		return t->value.len && str_find(value, t->value) >= 0;
	}
}

static bool
part_matches(const struct selector_part *p, const struct html *h,
	uint32_t node)
{
	if (h->nodes[node].tag == HTML_TEXT)
		return false;
	if (p->tag.len && !str_eq(p->tag, h->nodes[node].text))
		return false;
	for (size_t i = 0; i < p->tests_count; i++)
		if (!test_holds(&p->tests[i],
			    html_attr_named(h, node, p->tests[i].attr)))
			return false;
	return true;
}

/*
 * Whether the parts up to `last` match with `node` as the last one. The
 * nearest fitting ancestor is taken; behind a child combinator the search
 * goes on above when it fails, which a walk up the tree bounds.
 */
static bool
chain_matches(const struct selector *s, size_t last, const struct html *h,
	uint32_t node)
{
	const struct selector_part *p = &s->parts[last];
	uint32_t above = h->nodes[node].parent;

	if (!part_matches(p, h, node))
		return false;
	if (p->first)
		return true;
	for (; above != HTML_NONE; above = h->nodes[above].parent) {
		if (chain_matches(s, last - 1, h, above))
			return true;
		if (p->child)
			return false;
	}
	return false;
}

bool
selector_matches(const struct selector *s, const struct html *h,
	uint32_t node)
{
	for (size_t i = 0; i < s->parts_count; i++)
		if ((i + 1 == s->parts_count || s->parts[i + 1].first) &&
			chain_matches(s, i, h, node))
			return true;
	return false;
}
