/*
 * While the file is read, the rules of our own group and those of "*" are
 * kept apart; at the end ours win if there was such a group at all, even an
 * empty one (RFC 9309 2.2.1).
 *
 * Patterns are kept in the form they are compared in: unreserved characters
 * plain, everything else as %XX with capital digits (2.2.2), so that a "*" or
 * "$" left in it is a special one and the literal ones are %2A and %24.
 */
#include "cmd/fetch/robots.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

enum { DELAY_MAX_S = 86400, TARGET_BYTES = 64 << 10 };

struct rule {
	char *pattern; /* NUL-terminated; holds no other NUL */
	char *line;    /* as written, for a person */
	size_t len;
	bool allow;
};

struct group {
	struct rule *rules;
	size_t count, cap;
	int64_t delay_ms;
	bool seen;
};

struct robots {
	struct group ours, all;
};

enum key { KEY_AGENT, KEY_ALLOW, KEY_DISALLOW, KEY_DELAY, KEY_OTHER };

/* How lines begin, the misspellings included that crawlers put up with. */
static const struct {
	struct str name;
	enum key key;
} keys[] = {
	{ STR_INIT("user-agent"), KEY_AGENT },
	{ STR_INIT("useragent"), KEY_AGENT },
	{ STR_INIT("user agent"), KEY_AGENT },
	{ STR_INIT("allow"), KEY_ALLOW },
	{ STR_INIT("disallow"), KEY_DISALLOW },
	{ STR_INIT("dissallow"), KEY_DISALLOW },
	{ STR_INIT("dissalow"), KEY_DISALLOW },
	{ STR_INIT("disalow"), KEY_DISALLOW },
	{ STR_INIT("diasllow"), KEY_DISALLOW },
	{ STR_INIT("disallaw"), KEY_DISALLOW },
	{ STR_INIT("crawl-delay"), KEY_DELAY }
};

static enum key
key_of(struct str name)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (str_eq_nocase(name, keys[i].name))
			return keys[i].key;
	return KEY_OTHER;
}

/* Whether the byte stands for itself in a URL and in a pattern. */
static bool
plain(char c)
{
	return ascii_alnum(c) || (c && memchr("-._~/?&=+,;:@!'()%#", c, 19));
}

/*
 * Appends s in the form of comparison. With `special`, "*" and a "$" at the
 * end stay as they are; the others are encoded.
 */
static void
encode(struct strbuf *out, struct str s, bool special)
{
	for (size_t i = 0; i < s.len; i++) {
		int high = i + 2 < s.len ? ascii_hex(s.ptr[i + 1]) : -1;
		int low = i + 2 < s.len ? ascii_hex(s.ptr[i + 2]) : -1;
		char c = s.ptr[i];
		bool coded = c == '%' && high >= 0 && low >= 0;

		if (coded) {
			c = (char)(high << 4 | low);
			i += 2;
		}
		if (!coded && special &&
			(c == '*' || (c == '$' && i + 1 == s.len)))
			strbuf_addc(out, c);
		else if (coded ? ascii_alnum(c) || (c && strchr("-._~", c))
			       : plain(c))
			strbuf_addc(out, c);
		else
			strbuf_addf(out, "%%%02X", (unsigned char)c);
	}
}

static void
add_rule(struct group *g, bool allow, struct str path, struct str line)
{
	struct strbuf pattern;

	strbuf_init(&pattern, 3 * ROBOTS_BYTES + 1);
	encode(&pattern, path, true);
	g->rules = xgrow(g->rules, g->count, &g->cap, sizeof(*g->rules));
	g->rules[g->count++] = (struct rule){
		.pattern = xmemdup0(pattern.ptr, pattern.len),
		.line = xmemdup0(line.ptr, line.len),
		.len = pattern.len,
		.allow = allow
	};
	strbuf_release(&pattern);
}

/* Seconds with an optional fraction. */
static int64_t
parse_delay(struct str s)
{
	int64_t ms = 0, unit = 1000;
	size_t i = 0;

	for (; i < s.len && ascii_digit(s.ptr[i]); i++)
		if (ms <= DELAY_MAX_S * 1000)
			ms = ms * 10 + (s.ptr[i] - '0') * 1000;
	if (i == 0 && !(s.len > 1 && s.ptr[0] == '.'))
		return -1;
	if (i < s.len && s.ptr[i] == '.')
		for (i++; i < s.len && ascii_digit(s.ptr[i]) && unit > 1; i++)
			ms += (s.ptr[i] - '0') * (unit /= 10);
	return ms > DELAY_MAX_S * 1000 ? DELAY_MAX_S * 1000 : ms;
}

struct state {
	struct robots *robots;
	struct str agent;
	bool in_ours, in_all; /* the agents that the coming rules are for */
	bool rules_seen;      /* the next agent line begins a group */
	/* Only rules end a list of agents, but a delay between two agents is
	 * meant for the first. */
	bool delay_ours, delay_all, delay_seen;
};

static void
agent_line(struct state *s, struct str value)
{
	size_t len = 0;

	if (s->rules_seen) {
		s->in_ours = s->in_all = s->rules_seen = false;
		s->delay_seen = true;
	}
	if (s->delay_seen)
		s->delay_ours = s->delay_all = s->delay_seen = false;
	if (value.len && value.ptr[0] == '*' &&
		(value.len == 1 || ascii_space(value.ptr[1])))
		s->in_all = s->delay_all = s->robots->all.seen = true;
	/* The product token ends before a version or a comment. */
	while (len < value.len &&
		(ascii_alpha(value.ptr[len]) || value.ptr[len] == '-' ||
			value.ptr[len] == '_'))
		len++;
	if (str_eq_nocase(str_sub(value, 0, len), s->agent))
		s->in_ours = s->delay_ours = s->robots->ours.seen = true;
}

static void
rule_line(struct state *s, enum key key, struct str value, struct str line)
{
	bool allow = key == KEY_ALLOW;

	s->rules_seen = true;
	if (value.len == 0)
		return;
	if (s->in_ours)
		add_rule(&s->robots->ours, allow, value, line);
	if (s->in_all)
		add_rule(&s->robots->all, allow, value, line);
}

static void
delay_line(struct state *s, struct str value)
{
	int64_t ms = parse_delay(value);

	s->delay_seen = true;
	if (s->delay_ours && ms > s->robots->ours.delay_ms)
		s->robots->ours.delay_ms = ms;
	if (s->delay_all && ms > s->robots->all.delay_ms)
		s->robots->all.delay_ms = ms;
}

static void
read_line(struct state *s, struct str line)
{
	struct str name, value, text;
	enum key key;

	str_cut(&text, &line, '#');
	line = text = str_trim(text);
	value = text;
	if (!str_cut(&name, &value, ':')) {
		/* Some write a space for the colon. */
		size_t i = 0;

		while (i < text.len && !ascii_space(text.ptr[i]))
			i++;
		name = str_sub(text, 0, i);
		value = str_sub(text, i, text.len);
	}
	value = str_trim(value);
	key = key_of(str_trim(name));
	if (key == KEY_AGENT)
		agent_line(s, value);
	else if (key == KEY_DELAY)
		delay_line(s, value);
	else if (key != KEY_OTHER)
		rule_line(s, key, value, line);
}

/* 'l' or 'b' for UTF-16 by its mark, or by what "User" looks like in it. */
static char
utf16_order(struct str text)
{
	if (str_starts(text, STR("\xff\xfe")) ||
		(text.len >= 4 && text.ptr[0] && !text.ptr[1] &&
			text.ptr[2] && !text.ptr[3]))
		return 'l';
	if (str_starts(text, STR("\xfe\xff")) ||
		(text.len >= 4 && !text.ptr[0] && text.ptr[1] &&
			!text.ptr[2] && text.ptr[3]))
		return 'b';
	return 0;
}

/* Units of a pair become U+FFFD each: they are in no path that matters. */
static void
decode_utf16(struct strbuf *out, struct str text, char order)
{
	for (size_t i = 0; i + 1 < text.len; i += 2) {
		unsigned char first = (unsigned char)text.ptr[i];
		unsigned char second = (unsigned char)text.ptr[i + 1];
		uint32_t c = order == 'l' ? first | (uint32_t)second << 8 :
			second | (uint32_t)first << 8;

		if (c == 0xfeff && i == 0)
			continue;
		utf8_add(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	}
}

/* Without UTF-8's mark, or what is left of it. */
static struct str
skip_mark(struct str text)
{
	static const char mark[] = "\xef\xbb\xbf";

	for (size_t i = 0; i < 3; i++)
		if (text.len > 0 && text.ptr[0] == mark[i])
			text = str_sub(text, 1, text.len);
	return text;
}

/* The text up to the last whole line within the limit. */
static struct str
within_limit(struct str text)
{
	if (text.len <= ROBOTS_BYTES)
		return text;
	text.len = ROBOTS_BYTES;
	while (text.len && text.ptr[text.len - 1] != '\n' &&
		text.ptr[text.len - 1] != '\r')
		text.len--;
	return text;
}

struct robots *
robots_parse(struct str text, struct str agent)
{
	struct robots *r = xcalloc(1, sizeof(*r));
	struct state s = { .robots = r, .agent = agent };
	char order = utf16_order(text);
	struct strbuf decoded;
	size_t start = 0;

	r->ours.delay_ms = r->all.delay_ms = -1;
	strbuf_init(&decoded, 2 * ROBOTS_BYTES);
	if (order)
		decode_utf16(&decoded, str_sub(text, 0, ROBOTS_BYTES), order);
	text = within_limit(skip_mark(order ? strbuf_str(&decoded) : text));
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.ptr[i] != '\n' && text.ptr[i] != '\r')
			continue;
		read_line(&s, str_sub(text, start, i - start));
		start = i + 1;
	}
	strbuf_release(&decoded);
	return r;
}

static void
group_release(struct group *g)
{
	for (size_t i = 0; i < g->count; i++) {
		free(g->rules[i].pattern);
		free(g->rules[i].line);
	}
	free(g->rules);
}

void
robots_free(struct robots *r)
{
	if (!r)
		return;
	group_release(&r->ours);
	group_release(&r->all);
	free(r);
}

/*
 * Whether a pattern without "*" at its front begins `target`; pieces between
 * stars are sought from left to right, the first place of each being the best.
 */
static bool
matches(struct str pattern, struct str target)
{
	bool anchored = str_ends(pattern, STR("$"));
	bool first = true;
	struct str piece;

	if (anchored)
		pattern.len--;
	while (str_field(&piece, &pattern, '*')) {
		bool last = !pattern.ptr;
		ptrdiff_t at = 0;

		if (last && anchored && !first)
			return str_ends(target, piece);
		if (first)
			at = str_starts(target, piece) ? 0 : -1;
		else if (piece.len)
			at = str_find(target, piece);
		if (at < 0)
			return false;
		target = str_sub(target, (size_t)at + piece.len, target.len);
		first = false;
	}
	return !anchored || target.len == 0;
}

bool
robots_allows(const struct robots *r, struct str target, struct str *rule)
{
	const struct group *g = r->ours.seen ? &r->ours : &r->all;
	const struct rule *best = NULL;
	struct strbuf coded;

	strbuf_init(&coded, 3 * TARGET_BYTES);
	encode(&coded, str_sub(target, 0, TARGET_BYTES), false);
	for (size_t i = 0; i < g->count; i++) {
		const struct rule *one = &g->rules[i];

		if (best && (one->len < best->len ||
				    (one->len == best->len && !one->allow)))
			continue;
		if (matches((struct str){ one->pattern, one->len },
			    strbuf_str(&coded)))
			best = one;
	}
	strbuf_release(&coded);
	*rule = best ? str_from(best->line) : STR("");
	return !best || best->allow;
}

int64_t
robots_delay_ms(const struct robots *r)
{
	return r->ours.seen ? r->ours.delay_ms : r->all.delay_ms;
}
