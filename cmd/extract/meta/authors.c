/*
 * The ladder: JSON-LD, meta elements, marked elements about the heading, such
 * elements anywhere, names of log-ins. Machines are often told the site's
 * name; a byline with a person's goes before it.
 */
#include "cmd/extract/meta/authors.h"

#include <string.h>

#include "cmd/extract/words/plain.h"
#include "cmd/extract/meta/title.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/strbuf.h"

enum {
	BEFORE_BYTES = 400, /* text about the heading that may hold bylines */
	AFTER_BYTES = 1500,
	LINE_BYTES = 200,   /* a longer text is no byline */
	LONG_BYTES = 1000
};

static bool
is_site(struct str name, const struct facts *f)
{
	struct str sites[8];
	size_t n = title_sites(f, sites, 8);

	for (size_t i = 0; i < n; i++)
		if (wordhash_same(name, sites[i]))
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

/* Where names are being looked for. */
struct hunt {
	const struct facts *f;
	uint32_t from, to;   /* the nodes about the heading */
	struct strlist *out;
	struct str line;     /* the one line that held them; "" for several */
	size_t lines;
};

/* Names from a line that a machine-readable field holds. */
static void
take_line(struct hunt *h, struct str line)
{
	size_t before = h->out->count;

	if (line.len == 0 || is_address(line))
		return;
	authors_split(h->out, line, h->f->page->arena);
	if (h->out->count > before) {
		h->line = line;
		h->lines++;
	}
}

/*
 * What a field calls the author though it looks like no person's name: a
 * team, a name on a log-in form.
 */
static void
take_whole(struct hunt *h, struct str name)
{
	if (h->out->count == 0 && name.len > 1 && name.len < AUTHOR_BYTES &&
		!is_address(name) && wordhash_count(name) <= 4 &&
		!str_eq_nocase(name, STR("admin")) &&
		!str_eq_nocase(name, STR("null")) &&
		(name.ptr[0] < '0' || name.ptr[0] > '9'))
		h->out->items[h->out->count++] = name;
}

static void
from_ld(struct hunt *h)
{
	const struct strlist *names = &h->f->ld.authors;

	for (size_t i = 0; i < names->count; i++)
		take_line(h, names->items[i]);
}

static void
from_metas(struct hunt *h)
{
	static const enum meta_key keys[] = { META_AUTHOR,
		META_ARTICLE_AUTHOR };
	struct str s;

	for (size_t k = 0; k < 2 && h->out->count == 0; k++)
		for (size_t i = 0; (s = facts_meta(h->f, keys[k], i)).len; i++)
			take_line(h, s);
}

static void
from_log_ins(struct hunt *h)
{
	struct str s;

	for (size_t i = 0; i < h->f->ld.authors.count; i++)
		take_whole(h, h->f->ld.authors.items[i]);
	for (size_t i = 0; (s = facts_meta(h->f, META_AUTHOR, i)).len; i++)
		take_whole(h, s);
}

/* The text of a marked element; of a long one, a biography, its first line. */
static struct str
mark_line(const struct facts *f, const struct mark *m)
{
	uint32_t end = f->page->html.nodes[m->node].end;
	struct str s = m->value, line;

	if (s.len == 0)
		s = facts_text(f, m->node, end, STR(" | "), LONG_BYTES);
	if (s.len < LINE_BYTES)
		return s;
	while (s.len > 0) {
		ptrdiff_t at = str_find(s, STR(" | "));

		line = at < 0 ? s : str_sub(s, 0, (size_t)at);
		if (at < 0 || wordhash_count(authors_without_opener(line)) > 1)
			return line.len < LINE_BYTES ? line : STR("");
		s = str_sub(s, (size_t)at + 3, s.len);
	}
	return STR("");
}

/* A mark inside another of the same kind says the same again. */
static bool
lies_in_last(const struct facts *f, const struct marks *m, size_t i)
{
	return i > 0 && html_within(&f->page->html, m->items[i].node,
		m->items[i - 1].node);
}

static void
from_marks(struct hunt *h, enum mark_kind kind, uint32_t from, uint32_t to)
{
	const struct marks *m = &h->f->marks[kind];

	for (size_t i = 0; i < m->count; i++) {
		if (m->items[i].node < from || m->items[i].node >= to ||
			(lies_in_last(h->f, m, i) && h->out->count > 0))
			continue;
		/* Below the first byline are those of comments. */
		if (kind == MARK_AUTHOR_CLASS && h->out->count > 0)
			break;
		take_line(h, mark_line(h->f, &m->items[i]));
	}
}

static void
from_page(struct hunt *h)
{
	static const enum mark_kind kinds[] = { MARK_AUTHOR,
		MARK_AUTHOR_CLASS };

	for (size_t i = 0; i < 2 && h->out->count == 0; i++)
		from_marks(h, kinds[i], h->from, h->to);
	for (size_t i = 0; i < 2 && h->out->count == 0; i++)
		from_marks(h, kinds[i], h->from, HTML_NONE);
}

static bool
only_sites(const struct hunt *h)
{
	for (size_t i = 0; i < h->out->count; i++)
		if (!is_site(h->out->items[i], h->f))
			return false;
	return true;
}

/* A byline that names a person where machines were told the site's name. */
static void
prefer_person(struct hunt *h)
{
	struct str items[AUTHORS_MAX];
	struct strlist found = { items, 0 };
	struct hunt again = *h;

	again.out = &found;
	again.lines = 0;
	from_marks(&again, MARK_AUTHOR, h->from, h->to);
	if (found.count == 0)
		from_marks(&again, MARK_AUTHOR_CLASS, h->from, h->to);
	if (found.count == 0 || only_sites(&again))
		return;
	memcpy(h->out->items, items, found.count * sizeof(*items));
	h->out->count = found.count;
	h->line = again.line;
	h->lines = again.lines;
}

static void
drop_sites(struct hunt *h)
{
	struct strlist *list = h->out;
	size_t n = 0;

	for (size_t i = 0; i < list->count; i++)
		if (!is_site(list->items[i], h->f))
			list->items[n++] = list->items[i];
	/* An organisation alone is better than nobody. */
	list->count = n > 0 ? n : list->count;
}

/* Whether a line is the names and what joins them, and nothing else. */
static bool
is_only_names(struct str line, const struct strlist *names)
{
	size_t words = 0;

	for (size_t i = 0; i < names->count; i++) {
		if (str_find(line, names->items[i]) < 0)
			return false;
		words += wordhash_count(names->items[i]);
	}
	return wordhash_count(line) <= words + names->count - 1;
}

/* A line of the page with exactly the names, as people read it. */
static struct str
line_on_page(const struct hunt *h)
{
	const struct marks *m = &h->f->marks[MARK_AUTHOR_CLASS];

	for (size_t i = 0; i < m->count && h->out->count > 1; i++) {
		struct str s = m->items[i].node < h->from ||
			m->items[i].node >= h->to ? STR("") :
			authors_without_opener(mark_line(h->f, &m->items[i]));

		if (s.len > 0 && str_find_byte(s, '|') < 0 &&
			is_only_names(s, h->out))
			return s;
	}
	return STR("");
}

static struct str
joined(const struct strlist *names, struct arena *arena)
{
	struct strbuf line;
	struct str s;

	strbuf_init(&line, 8192);
	for (size_t i = 0; i < names->count; i++) {
		if (i > 0)
			strbuf_adds(&line, STR(", "));
		strbuf_adds(&line, names->items[i]);
	}
	s = arena_dup(arena, strbuf_str(&line));
	strbuf_release(&line);
	return s;
}

static struct str
byline_text(const struct hunt *h)
{
	struct str line = STR("");

	if (h->lines == 1 && h->out->count > 1)
		line = authors_without_opener(plain_text(h->line,
			h->f->page->arena));
	if (line.len > 0 && line.len < LINE_BYTES &&
		is_only_names(line, h->out))
		return line;
	line = line_on_page(h);
	return line.len > 0 ? line : joined(h->out, h->f->page->arena);
}

void
authors_find(struct byline *out, const struct facts *f, uint32_t heading)
{
	const struct html *html = &f->page->html;
	struct hunt h = { .f = f, .to = HTML_NONE, .out = &out->authors };

	memset(out, 0, sizeof(*out));
	out->authors.items = arena_calloc(f->page->arena, AUTHORS_MAX,
		sizeof(*out->authors.items));
	if (!out->authors.items)
		return;
	if (heading != HTML_NONE) {
		h.from = facts_node_before(html, heading, BEFORE_BYTES);
		h.to = facts_node_after(html, heading, AFTER_BYTES);
	}
	from_ld(&h);
	if (out->authors.count == 0)
		from_metas(&h);
	if (out->authors.count > 0 && only_sites(&h))
		prefer_person(&h);
	if (out->authors.count == 0)
		from_page(&h);
	if (out->authors.count == 0)
		from_log_ins(&h);
	drop_sites(&h);
	out->text = byline_text(&h);
}
