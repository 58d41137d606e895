/*
 * Every part of the input is written at most once and, but for one space in
 * front of an attribute, never longer than it was: so the output fits a
 * buffer of 5/4 of the input.
 *
 * Dropping bytes may join what stood apart ("<", a comment, "p>"): where
 * the output ends in what could go on, an empty comment is left: guard().
 *
 * The stack of open elements is an estimate, kept only for the bounds: where
 * it is wrong, tags beyond a depth that is not reached are dropped, or the
 * parser's own bound of memory ends a page that nests too deep.
 */
#include "common/web/htmlscan.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/web/htmltag.h"
#include "common/web/htmltoken.h"

enum { HREF_BYTES = 120, KEPT_ATTRS = 64 };

/* What the scan has to know of a script, a link or a meta before it decides. */
struct noted {
	struct str type, id, rel;
};

struct scan {
	const char *p, *end;
	char *out, *start, *limit;
	char space;     /* white space not yet written, or 0 */
	bool at_block;  /* behind a block's tag: white space is nothing */
	bool keep_space;
	const struct html_options *options;
	uint32_t lengths[26]; /* of kept names, by first letter: a bit each */
	unsigned stack[HTML_DEPTH];
	size_t depth;
	uint32_t formatting;
	uint16_t open_formatting[HTMLTAG_NUMBERS];
	uint32_t skipped[HTMLTAG_NUMBERS]; /* start tags beyond the bounds */
	struct htmlscan *result;
};

static void
put(struct scan *s, const char *bytes, size_t len)
{
	if (len > (size_t)(s->limit - s->out))
		len = (size_t)(s->limit - s->out);
	memcpy(s->out, bytes, len);
	s->out += len;
}

static void
put_byte(struct scan *s, char c)
{
	if (s->out < s->limit)
		*s->out++ = c;
}

static void
flush_space(struct scan *s)
{
	if (s->space)
		put_byte(s, s->space);
	s->space = 0;
}

/* Keeps what was written last apart from what comes after a dropped part. */
static void
guard(struct scan *s)
{
	const char *from = s->out - s->start > 40 ? s->out - 40 : s->start;

	if (s->space)
		return;
	for (const char *p = s->out; p > from; p--) {
		if (p[-1] == '<' || p[-1] == '&') {
			put(s, "<!>", 3);
			return;
		}
		if (!ascii_alnum(p[-1]) && p[-1] != '#')
			return;
	}
}

static void
copy_text(struct scan *s, const char *to)
{
	const char *p = s->p;

	if (s->keep_space) {
		put(s, p, (size_t)(to - p));
		s->p = to;
		return;
	}
	while (p < to) {
		const char *run = p;

		while (p < to && (unsigned char)*p > ' ')
			p++;
		if (p > run) {
			flush_space(s);
			put(s, run, (size_t)(p - run));
			s->at_block = false;
		}
		for (; p < to && (unsigned char)*p <= ' '; p++) {
			if (s->at_block || !*p)
				continue;
			if (*p == '\n' || *p == '\r')
				s->space = '\n';
			else if (!ascii_space(*p))
				put_byte(s, *p);
			else if (!s->space)
				s->space = ' ';
		}
	}
	s->p = to;
}

static bool
kept_name(const struct scan *s, struct str name)
{
	char c = ascii_to_lower(name.ptr[0]);

	if (name.len < 32 && ascii_lower(c) &&
		s->lengths[c - 'a'] >> name.len & 1)
		for (size_t i = 0; i < HTML_ATTR_OTHER; i++)
			if (str_eq_nocase(name, htmltag_attrs[i]))
				return true;
	for (size_t i = 0; s->options && i < s->options->keep_count; i++)
		if (str_eq_nocase(name, s->options->keep[i]))
			return true;
	return false;
}

static bool
wanted(const struct scan *s, const struct htmltoken_attr *a)
{
	if (!kept_name(s, a->name))
		return false;
	if (str_eq_nocase(a->name, STR("style")))
		return str_find_nocase(a->value, STR("display")) >= 0 ||
			str_find_nocase(a->value, STR("visibility")) >= 0;
	return true;
}

static void
put_attr(struct scan *s, const struct htmltoken_attr *a, unsigned number)
{
	struct str value = a->value;

	put_byte(s, ' ');
	put(s, a->name.ptr, a->name.len);
	if (!a->has_value)
		return;
	/* Of a link the rules ask whether it is one and where it begins. */
	if (htmltag_known[number].tag == HTML_A && value.len > HREF_BYTES &&
		!(s->options && s->options->links) &&
		str_eq_nocase(a->name, STR("href")))
		value.len = HREF_BYTES;
	put_byte(s, '=');
	if (a->quote)
		put_byte(s, a->quote);
	put(s, value.ptr, value.len);
	if (a->quote)
		put_byte(s, a->quote);
}

static void
note(struct noted *noted, const struct htmltoken_attr *a)
{
	if (str_eq_nocase(a->name, STR("type")))
		noted->type = a->value;
	else if (str_eq_nocase(a->name, STR("id")))
		noted->id = a->value;
	else if (str_eq_nocase(a->name, STR("rel")))
		noted->rel = a->value;
}

/*
 * Writes the start tag whose name is given with the attributes that rules
 * read; *at goes behind it. -1 when the page ends within the tag.
 */
static int
put_start(struct scan *s, struct noted *noted, struct str name,
	unsigned number, const char **at)
{
	struct htmltoken_attr a;
	size_t seen = 0, kept = 0;
	int got;

	put_byte(s, '<');
	put(s, name.ptr, name.len);
	while ((got = htmltoken_attr(&a, at, s->end)) > 0) {
		if (++seen > HTML_ATTRS)
			continue;
		note(noted, &a);
		if (kept >= KEPT_ATTRS || !wanted(s, &a))
			continue;
		put_attr(s, &a, number);
		kept++;
	}
	put_byte(s, '>');
	return got;
}

static size_t
find_open(const struct scan *s, unsigned number)
{
	for (size_t i = s->depth; i-- > 0;)
		if (s->stack[i] == number)
			return i;
	return s->depth;
}

/* Elements whose end tag is often left out are closed by their next. */
static void
close_implied(struct scan *s, unsigned number)
{
	enum html_tag tag = htmltag_known[number].tag;

	if (tag != HTML_P && tag != HTML_LI && tag != HTML_DD &&
		tag != HTML_DT && tag != HTML_TD && tag != HTML_TH &&
		tag != HTML_TR && tag != HTML_OPTION)
		return;
	for (size_t i = s->depth; i-- > 0;) {
		enum html_tag open = htmltag_known[s->stack[i]].tag;

		if (open == tag || (tag == HTML_TR && open == HTML_TD)) {
			s->depth = i;
			if (open == tag)
				return;
		} else if (open == HTML_TABLE || open == HTML_UL ||
			open == HTML_OL || open == HTML_DIV ||
			open == HTML_SECTION || open == HTML_TR) {
			return;
		}
	}
}

/* Whether a start tag is within the bounds; then it is counted as open. */
static bool
admit(struct scan *s, unsigned number, const struct htmltag *tag)
{
	if (tag->flags & TAG_VOID)
		return true;
	close_implied(s, number);
	if (s->depth >= HTML_DEPTH ||
		((tag->flags & TAG_FORMATTING) &&
			s->formatting >= HTML_FORMATTING)) {
		s->skipped[number]++;
		s->result->dropped_tags++;
		return false;
	}
	if (tag->flags & TAG_FORMATTING) {
		/* A link ends the one before it. */
		if (tag->tag != HTML_A || !s->open_formatting[number]) {
			s->open_formatting[number]++;
			s->formatting++;
		}
	}
	s->stack[s->depth++] = number;
	return true;
}

/* Whether the end tag belongs to a start tag that was written. */
static bool
dismiss(struct scan *s, unsigned number, const struct htmltag *tag)
{
	size_t i;

	if (s->skipped[number]) {
		s->skipped[number]--;
		return false;
	}
	if ((tag->flags & TAG_FORMATTING) && s->open_formatting[number]) {
		s->open_formatting[number]--;
		s->formatting--;
	}
	i = find_open(s, number);
	if (i < s->depth)
		s->depth = i;
	return true;
}

/* A data script is noted, any other forgotten. */
static void
add_script(struct scan *s, const struct noted *noted, struct str body)
{
	struct htmlscan *r = s->result;

	if (r->scripts_count < HTML_SCRIPTS &&
		(str_find_nocase(noted->type, STR("json")) >= 0 ||
			str_eq(noted->id, STR("__NEXT_DATA__"))))
		r->scripts[r->scripts_count++] = (struct html_script){
			noted->type, noted->id, body
		};
}

static bool
link_wanted(const struct scan *s, const struct noted *noted)
{
	if (s->options && s->options->links &&
		(str_find_nocase(noted->rel, STR("alternate")) >= 0 ||
			str_find_nocase(noted->rel, STR("feed")) >= 0))
		return true;
	return str_find_nocase(noted->rel, STR("canonical")) >= 0 ||
		str_find_nocase(noted->rel, STR("author")) >= 0 ||
		str_find_nocase(noted->rel, STR("amphtml")) >= 0;
}

/* After the svg whose content begins at p; a tag of HTML ends it too. */
static const char *
svg_end(const char *p, const char *end)
{
	size_t depth = 1, html = 0; /* open svg; HTML in it */

	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		bool closing = end - p > 1 && p[1] == '/';
		const char *name = p + (closing ? 2 : 1), *q = name;
		const struct htmltag *tag;
		struct htmltoken_attr a;
		unsigned number;

		if (q >= end || !ascii_alpha(*q)) {
			bool cdata = end - p > 8 &&
				memcmp(p, "<![CDATA[", 9) == 0;
			const char *close = cdata ? memmem(p, (size_t)(end - p),
							    "]]>", 3) : NULL;

			if (close)
				p = close;
			else if (q < end && (closing || *q == '!' || *q == '?'))
				p = htmltoken_comment_end(p, end);
			else
				p++;
			continue;
		}
		while (!htmltoken_ends_name(q, end))
			q++;
		tag = htmltag_find((struct str){ name, (size_t)(q - name) },
			&number);
		if (!html && (tag->flags & TAG_BREAKOUT))
			return p;
		while (htmltoken_attr(&a, &q, end) > 0)
			;
		if (htmltoken_name_at(name, end, STR("svg"))) {
			if (closing && --depth == 0)
				return q;
			if (!closing && q[-2] != '/')
				depth++;
		} else if (htmltoken_name_at(name, end, STR("foreignobject")) ||
			htmltoken_name_at(name, end, STR("title")) ||
			htmltoken_name_at(name, end, STR("desc"))) {
			html += closing ? (html ? -1 : 0) : 1;
		}
		p = q;
	}
	return end;
}

/* Goes on behind an element that is left out; p is behind its start tag. */
static void
leave_out(struct scan *s, const struct noted *noted, struct str name,
	const struct htmltag *tag, const char *p)
{
	const char *stop;
	struct htmltoken_attr a;

	if (str_eq_nocase(name, STR("script"))) {
		stop = htmltoken_script_end(p, s->end);
		add_script(s, noted, (struct str){ p, (size_t)(stop - p) });
	} else if (!(tag->flags & TAG_RAW)) { /* svg */
		s->p = p[-2] == '/' ? p : svg_end(p, s->end);
		return;
	} else {
		stop = htmltoken_raw_end(p, s->end, name);
	}
	if (stop < s->end) {
		stop += 2 + name.len;
		while (htmltoken_attr(&a, &stop, s->end) > 0)
			;
	}
	s->p = stop;
}

/* Copies raw text that stays, up to its end tag. */
static void
copy_raw(struct scan *s, struct str name)
{
	const char *stop = htmltoken_raw_end(s->p, s->end, name);

	if (str_eq_nocase(name, STR("plaintext")))
		stop = s->end;
	put(s, s->p, (size_t)(stop - s->p));
	s->p = stop;
}

/* Formulas are rare and tokenised by rules of their own: taken as they are. */
static void
copy_math(struct scan *s, const char *from)
{
	const char *stop = htmltoken_raw_end(from, s->end, STR("math"));

	flush_space(s);
	put(s, from, (size_t)(stop - from));
	s->p = stop;
}

static void
before_tag(struct scan *s, const struct htmltag *tag)
{
	if (tag->flags & TAG_BLOCK) {
		s->space = 0;
		s->at_block = true;
	} else if (tag->tag != HTML_META && tag->tag != HTML_LINK &&
		tag->tag != HTML_BASE) {
		flush_space(s);
		s->at_block = false;
	}
}

static void
start_tag(struct scan *s, struct str name)
{
	unsigned number;
	const struct htmltag *tag = htmltag_find(name, &number);
	const char *at = name.ptr + name.len;
	struct noted noted = { 0 };
	bool gone = tag->flags & (TAG_GONE | TAG_OMIT);
	char *out;

	if (tag->tag == HTML_MATH) {
		copy_math(s, s->p);
		return;
	}
	if (!gone && admit(s, number, tag))
		before_tag(s, tag);
	else
		gone = true;
	out = s->out;
	if (put_start(s, &noted, name, number, &at) < 0) {
		s->out = out;
		s->p = s->end; /* a tag that does not end is none */
		return;
	}
	s->p = at;
	if (gone || (tag->tag == HTML_LINK && !link_wanted(s, &noted))) {
		s->out = out;
		guard(s);
	}
	if (tag->flags & TAG_GONE)
		leave_out(s, &noted, name, tag, at);
	else if (tag->flags & TAG_RAW)
		copy_raw(s, name);
	else if (tag->flags & TAG_PRE)
		s->keep_space = true;
}

static void
end_tag(struct scan *s, struct str name)
{
	unsigned number;
	const struct htmltag *tag = htmltag_find(name, &number);
	const char *at = name.ptr + name.len;
	struct htmltoken_attr a;
	int got;

	while ((got = htmltoken_attr(&a, &at, s->end)) > 0)
		;
	s->p = got < 0 ? s->end : at;
	if (got < 0)
		return;
	if ((tag->flags & (TAG_GONE | TAG_OMIT)) ||
		!dismiss(s, number, tag)) {
		guard(s);
		return;
	}
	before_tag(s, tag);
	put(s, "</", 2);
	put(s, name.ptr, name.len);
	put_byte(s, '>');
	if (tag->flags & TAG_PRE)
		s->keep_space = false;
}

/* What begins with the '<' at s->p. */
static void
markup(struct scan *s)
{
	const char *name = s->p + 1, *q;
	bool closing = name < s->end && *name == '/';

	name += closing ? 1 : 0;
	if (name < s->end && ascii_alpha(*name)) {
		for (q = name; !htmltoken_ends_name(q, s->end);)
			q++;
		if (closing)
			end_tag(s, (struct str){ name, (size_t)(q - name) });
		else
			start_tag(s, (struct str){ name, (size_t)(q - name) });
	} else if (name < s->end && (closing || *name == '!' || *name == '?')) {
		q = htmltoken_comment_end(s->p, s->end);
		if (str_starts_nocase((struct str){ name, (size_t)(q - name) },
			    STR("!doctype")))
			put(s, s->p, (size_t)(q - s->p));
		else
			guard(s);
		s->p = q;
	} else {
		flush_space(s);
		s->at_block = false;
		put_byte(s, '<');
		s->p++;
	}
}

int
htmlscan_run(struct htmlscan *out, struct str page,
	const struct html_options *options, struct arena *arena,
	struct err *err)
{
	struct scan s = { .p = page.ptr, .end = page.ptr + page.len,
		.at_block = true, .options = options, .result = out };
	size_t room = page.len + page.len / 4 + 64;
	const char *tag;

	*out = (struct htmlscan){ 0 };
	if (room > HTML_KEPT_BYTES)
		room = HTML_KEPT_BYTES;
	out->scripts = arena_alloc(arena, HTML_SCRIPTS * sizeof(*out->scripts));
	s.start = s.out = arena_alloc(arena, room);
	if (!out->scripts || !s.out)
		return err_set(err, "the page is too large");
	s.limit = s.out + room;
	for (size_t i = 0; i < HTML_ATTR_OTHER; i++)
		s.lengths[htmltag_attrs[i].ptr[0] - 'a'] |=
			1u << htmltag_attrs[i].len;
	while (s.p < s.end && s.out < s.limit) {
		tag = memchr(s.p, '<', (size_t)(s.end - s.p));
		copy_text(&s, tag ? tag : s.end);
		if (tag)
			markup(&s);
	}
	if (s.out >= s.limit)
		return err_set(err, "the page is too large");
	out->kept = (struct str){ s.start, (size_t)(s.out - s.start) };
	return 0;
}
