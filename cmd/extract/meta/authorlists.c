/*
 * Names are read where bylines are: in what machines are told, in marked
 * elements, in lines that begin with a lead word, in links to an author's
 * page. Of elements in the page only those count that lie near the heading,
 * or close below the text, or have no such rival; and only the first of many
 * alike, for the others are teasers and comments.
 */
#include "cmd/extract/meta/authorlists.h"

#include <string.h>

#include "cmd/extract/meta/authors.h"
#include "cmd/extract/meta/authorplace.h"
#include "cmd/extract/meta/title.h"
#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/base/strbuf.h"

enum {
	LINE_BYTES = 200, /* a longer text is no byline */
	NEXT_BYTES = 60,  /* what follows a lead word alone is shorter */
	LONG_BYTES = 1000,
	SITES = 8,
	LEADS = 6,        /* lines with a lead word that are looked at */
	LINKS = 6,
	LONES = 3,
	PER_PLACE = 3,    /* marked elements that are looked at */
	GROUP = 8,        /* elements of one byline */
	REPEATED = 4      /* so many alike are a list of others' */
};

const char *const authorlists_measure_names[AUTHORLISTS_MEASURES_COUNT] = {
#define X(name) #name,
	AUTHORLISTS_MEASURES(X)
#undef X
};

/* What a measure counts, and what is added to that on a page of news. */
static const double weights[AUTHORLISTS_MEASURES_COUNT][2] = {
#define WEIGHT(name, weight, added) \
	[AUTHORLISTS_M_##name] = { weight, added },
#include "cmd/extract/meta/authorlists.inc"
#undef WEIGHT
};

struct collection {
	struct authorlists *out;
	const struct facts *f;
	struct authorplace place;
	struct str sites[SITES];
	size_t sites_count;
	struct str shown_near, shown_foot, shown;
};

static bool
has_name(const struct strlist *list, struct str name)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq_nocase(list->items[i], name))
			return true;
	return false;
}

static size_t
shared(const struct strlist *a, const struct strlist *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->count; i++)
		n += has_name(b, a->items[i]);
	return n;
}

static struct authorlists_item *
find(struct authorlists *a, const struct strlist *names)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].names.count == names->count &&
			shared(names, &a->items[i].names) == names->count)
			return &a->items[i];
	return NULL;
}

static void
note_place(const struct collection *c, struct authorlists_item *item,
	uint32_t node)
{
	double *m = item->measures;

	if (node == HTML_NONE)
		return;
	switch (authorplace_of(&c->place, node)) {
	case AUTHORPLACE_NEAR:
		m[AUTHORLISTS_M_near] = 1;
		break;
	case AUTHORPLACE_FOOT:
		m[AUTHORLISTS_M_foot] = 1;
		break;
	case AUTHORPLACE_INSIDE:
		m[AUTHORLISTS_M_inside] = 1;
		break;
	default:
		m[AUTHORLISTS_M_far] = 1;
		break;
	}
	if (authorplace_is_aside(&c->place, node))
		m[AUTHORLISTS_M_aside] = 1;
	if (authorplace_is_linked(&c->place, node))
		m[AUTHORLISTS_M_linked] = 1;
}

static bool
is_site(const struct collection *c, struct str name)
{
	for (size_t i = 0; i < c->sites_count; i++)
		if (wordhash_same(name, c->sites[i]))
			return true;
	return false;
}

/*
 * Lead words are no names. An organisation alone is better than nobody; beside
 * others it goes.
 */
static void
drop_junk(const struct collection *c, struct strlist *names)
{
	size_t n = 0;

	for (size_t i = 0; i < names->count; i++)
		if (!authorplace_is_lead_alone(names->items[i]))
			names->items[n++] = names->items[i];
	names->count = n;
	n = 0;
	for (size_t i = 0; i < names->count; i++)
		if (!is_site(c, names->items[i]))
			names->items[n++] = names->items[i];
	names->count = n > 0 ? n : names->count;
}

/* A list of names from one place; the same list of another is that one. */
static struct authorlists_item *
add(struct collection *c, const struct strlist *names, struct str line,
	enum authorlists_source from, uint32_t node)
{
	struct authorlists_item *item = find(c->out, names);

	if (!item && c->out->count < AUTHORLISTS_MAX) {
		item = &c->out->items[c->out->count];
		memset(item, 0, sizeof(*item));
		item->names.items = arena_calloc(c->f->page->arena,
			AUTHORLISTS_NAMES, sizeof(*names->items));
		if (!item->names.items)
			return NULL;
		c->out->count++;
		for (size_t i = 0; i < names->count; i++)
			item->names.items[i] = names->items[i];
		item->names.count = names->count;
		item->node = node;
		item->line = line;
	}
	if (!item)
		return NULL;
	item->from |= 1u << from;
	if (node != HTML_NONE && item->shown.len == 0)
		item->shown = line;
	note_place(c, item, node);
	return item;
}

/* "https://..." and "/author/x" are addresses of profiles, not names. */
static bool
is_address(struct str s)
{
	return str_find(s, STR("://")) >= 0 || str_starts(s, STR("/")) ||
		str_starts(s, STR("www."));
}

static bool
add_line(struct collection *c, struct str line, enum authorlists_source from,
	uint32_t node)
{
	struct str items[AUTHORLISTS_NAMES];
	struct strlist names = { items, 0 };

	if (line.len == 0 || is_address(line))
		return false;
	authors_split(&names, line, c->f->page->arena);
	drop_junk(c, &names);
	if (names.count == 0)
		return false;
	add(c, &names, line, from, node);
	names.count = 1;
	if (str_find_byte(line, ',') >= 0)
		add(c, &names, STR(""), AUTHORLISTS_FIRST, node);
	return true;
}

static void
add_lines(struct collection *c, const struct strlist *lines,
	enum authorlists_source from)
{
	struct str items[AUTHORLISTS_NAMES];
	struct strlist names = { items, 0 };

	for (size_t i = 0; i < lines->count; i++)
		if (!is_address(lines->items[i]))
			authors_split(&names, lines->items[i],
				c->f->page->arena);
	drop_junk(c, &names);
	if (names.count > 0)
		add(c, &names, lines->count == 1 ? lines->items[0] : STR(""),
			from, HTML_NONE);
}

/*
 * What a field calls the author though it looks like no person's name: a
 * team, a name on a log-in form.
 */
static void
add_whole(struct collection *c, struct str name,
	enum authorlists_source from, uint32_t node)
{
	struct strlist names = { &name, 1 };

	if (name.len > 1 && name.len < AUTHOR_BYTES && !is_address(name) &&
		authors_without_opener(name).len == name.len &&
		wordhash_count(name) <= 4 &&
		!str_eq_nocase(name, STR("admin")) &&
		!str_eq_nocase(name, STR("null")))
		add(c, &names, name, from, node);
}

static void
add_metas(struct collection *c)
{
	static const enum meta_key keys[] = { META_AUTHOR,
		META_ARTICLE_AUTHOR };
	struct str items[AUTHORLISTS_NAMES];

	for (size_t k = 0; k < 2; k++) {
		struct strlist lines = { items, 0 };
		struct str s;

		while (lines.count < AUTHORLISTS_NAMES && (s = facts_meta(c->f,
			keys[k], lines.count)).len > 0)
			items[lines.count++] = s;
		add_lines(c, &lines, AUTHORLISTS_META);
		/* Several elements may say different things. */
		for (size_t i = 0; i < lines.count && i < 4 && lines.count > 1;
			i++)
			add_line(c, items[i], AUTHORLISTS_META, HTML_NONE);
	}
	for (size_t i = 0; i < 2; i++)
		add_line(c, facts_meta(c->f, META_LABELLED, i),
			AUTHORLISTS_LABELLED, HTML_NONE);
}

static void
add_wholes(struct collection *c)
{
	struct str s;

	for (size_t i = 0; i < c->f->ld.authors.count && i < 2; i++)
		add_whole(c, c->f->ld.authors.items[i], AUTHORLISTS_WHOLE_LD,
			HTML_NONE);
	for (size_t i = 0; (s = facts_meta(c->f, META_AUTHOR, i)).len &&
		i < 2; i++)
		add_whole(c, s, AUTHORLISTS_WHOLE_META, HTML_NONE);
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

/* Up to the first bar with something before it. */
static struct str
first_piece(struct str s)
{
	ptrdiff_t at;

	while (str_starts(s, STR("|")) || str_starts(s, STR(" ")))
		s = str_sub(s, 1, s.len);
	at = str_find(s, STR(" |"));
	return at < 0 ? s : str_sub(s, 0, (size_t)at);
}

/* The names of a line that begins with a lead word. */
static void
add_after_lead(struct collection *c, struct str line, uint32_t node)
{
	struct str rest = authors_without_opener(line);

	if (rest.len > 0 && rest.len < line.len &&
		!add_line(c, line, AUTHORLISTS_LEAD, node))
		add_whole(c, rest, AUTHORLISTS_WHOLE_LEAD, node);
}

/* A line that begins with a lead word, or is one: then the next has names. */
static void
add_lead(struct collection *c, uint32_t node)
{
	const struct facts *f = c->f;
	uint32_t end = authorplace_line_end(&c->place, node);
	struct str line, own;

	line = first_piece(facts_text(f, node, end, STR(" | "), LINE_BYTES));
	if (!authorplace_is_lead_alone(line)) {
		add_after_lead(c, line, node);
		own = facts_text(f, node, node + 1, STR(" "), LINE_BYTES);
		if (own.len < line.len && !authorplace_is_lead_alone(own))
			add_after_lead(c, own, node);
		return;
	}
	line = first_piece(facts_text(f, end,
		facts_node_after(&f->page->html, end, LINE_BYTES / 4),
		STR(" | "), LINE_BYTES));
	if (line.len < NEXT_BYTES &&
		!add_line(c, line, AUTHORLISTS_NEXT, node))
		add_whole(c, line, AUTHORLISTS_WHOLE_LEAD, node);
}

static struct str
class_of(const struct collection *c, uint32_t node)
{
	return html_attr(&c->f->page->html, node, HTML_CLASS);
}

/* How many elements outside of one another are marked as this one is. */
static size_t
alike(const struct collection *c, const struct marks *m, size_t i)
{
	struct str class = class_of(c, m->items[i].node);
	size_t n = 0;

	for (size_t k = 0; k < m->count; k++)
		n += str_eq(class_of(c, m->items[k].node), class) &&
			(k == i || !html_within(&c->f->page->html,
			m->items[k].node, m->items[i].node));
	return n;
}

/* The marks from the i-th on that are one byline: alike, and close by. */
static void
add_group(struct collection *c, const struct marks *m, size_t i,
	enum authorlists_source from)
{
	const struct html *h = &c->f->page->html;
	struct str items[AUTHORLISTS_NAMES], class;
	struct strlist names = { items, 0 };
	uint32_t first = m->items[i].node, end = h->nodes[first].end;

	class = class_of(c, first);
	for (size_t k = i; k < m->count && k < i + GROUP; k++) {
		uint32_t node = m->items[k].node;

		if (node > facts_node_after(h, end, LINE_BYTES))
			break;
		if (html_within(h, node, first) && node != first)
			continue;
		if (!str_eq(class_of(c, node), class) ||
			authorplace_is_foreign(&c->place, node))
			continue;
		authors_split(&names, mark_line(c->f, &m->items[k]),
			c->f->page->arena);
		end = h->nodes[node].end;
	}
	if (names.count > 1)
		add(c, &names, STR(""), from, first);
}

/* The first marks of a kind that give names, in each kind of place. */
static void
add_marks(struct collection *c, enum mark_kind kind,
	enum authorlists_source from, enum authorlists_source group)
{
	const struct marks *m = &c->f->marks[kind];
	size_t done[AUTHORPLACE_KINDS] = { 0 };

	for (size_t i = 0; i < m->count; i++) {
		uint32_t node = m->items[i].node;
		enum authorplace_kind place = authorplace_of(&c->place, node);
		struct authorlists_item *item;
		size_t before = c->out->count;
		struct str line;

		if (done[place] == PER_PLACE ||
			authorplace_is_other(&c->place, node) ||
			authorplace_is_foreign(&c->place, node))
			continue;
		if (place != AUTHORPLACE_NEAR && alike(c, m, i) > 1)
			continue;
		line = mark_line(c->f, &m->items[i]);
		if (authorplace_is_lead_alone(line)) {
			add_lead(c, node);
			continue;
		}
		if (!add_line(c, line, from, node))
			continue;
		done[place]++;
		item = &c->out->items[before];
		if (c->out->count > before && alike(c, m, i) >= REPEATED)
			item->measures[AUTHORLISTS_M_repeated] = 1;
		add_group(c, m, i, group);
	}
}

/* Lines that begin with a lead word, unless there are more than `most`. */
static void
add_leads(struct collection *c, uint32_t from, uint32_t to, size_t most)
{
	const struct html *h = &c->f->page->html;
	uint32_t leads[LEADS];
	size_t n = 0;

	for (uint32_t i = from; i < to && i < h->count && n < LEADS; i++) {
		if (h->nodes[i].tag != HTML_TEXT ||
			!authorplace_begins_line(&c->place, i) ||
			!authorplace_has_lead(h->nodes[i].text) ||
			authorplace_is_other(&c->place, i) ||
			authorplace_is_foreign(&c->place, i))
			continue;
		leads[n++] = i;
	}
	for (size_t i = 0; i < n && n <= most; i++)
		add_lead(c, leads[i]);
}

static void
add_links(struct collection *c, uint32_t from, uint32_t to)
{
	const struct html *h = &c->f->page->html;
	struct str items[AUTHORLISTS_NAMES];
	struct strlist names = { items, 0 };
	uint32_t first = HTML_NONE;

	for (uint32_t i = from; i < to && i < h->count &&
		names.count < LINKS; i++) {
		if (h->nodes[i].tag != HTML_A ||
			!authorplace_is_profile(html_attr(h, i, HTML_HREF)) ||
			authorplace_is_other(&c->place, i) ||
			authorplace_is_foreign(&c->place, i))
			continue;
		authors_split(&names, facts_text(c->f, i, h->nodes[i].end,
			STR(" | "), LINE_BYTES), c->f->page->arena);
		if (names.count > 0 && first == HTML_NONE) {
			first = i;
			add(c, &names, STR(""), AUTHORLISTS_LINK, i);
		}
	}
	if (names.count > 1)
		add(c, &names, STR(""), AUTHORLISTS_LINK, first);
}

/* Lines that are two or three capitalized words. */
static void
add_lones(struct collection *c, uint32_t from, uint32_t to)
{
	const struct html *h = &c->f->page->html;
	struct authorlists_item *item;
	size_t seen = 0;

	for (uint32_t i = from; i < to && i < h->count && seen < LONES; i++) {
		struct str s = h->nodes[i].tag == HTML_TEXT ?
			str_trim(h->nodes[i].text) : STR("");

		if (s.len < 5 || s.len > 40 || !authorplace_is_person(s) ||
			!authorplace_is_cased(s) ||
			!authorplace_begins_line(&c->place, i) ||
			authorplace_is_aside(&c->place, i) ||
			authorplace_is_foreign(&c->place, i))
			continue;
		seen++;
		add_line(c, plain_text(s, c->f->page->arena),
			AUTHORLISTS_LONE, i);
		item = c->out->count > 0 ?
			&c->out->items[c->out->count - 1] : NULL;
		if (item && item->node == i)
			item->signature = authorplace_is_signature(&c->place,
				i);
	}
}

static bool
stands_in(const struct strlist *names, struct str text)
{
	return names->count > 0 && str_find(text, names->items[0]) >= 0;
}

static bool
is_only_names(struct str line, const struct strlist *names)
{
	size_t words = 0;

	if (line.len == 0)
		return false;
	for (size_t i = 0; i < names->count; i++)
		words += wordhash_count(names->items[i]);
	return wordhash_count(authors_without_opener(line)) <=
		words + names->count - 1;
}

static void
measure_names(const struct collection *c, struct authorlists_item *item)
{
	double *m = item->measures;
	size_t persons = 0;

	for (size_t i = 0; i < item->names.count; i++) {
		struct str name = item->names.items[i];
		size_t words = wordhash_count(name);

		persons += authorplace_is_person(name);
		if (is_site(c, name))
			m[AUTHORLISTS_M_site] = 1;
		if (title_names_site(name, c->sites, c->sites_count))
			m[AUTHORLISTS_M_like_site] = 1;
		if (words == 1)
			m[AUTHORLISTS_M_one_word] = 1;
		if (words > 3)
			m[AUTHORLISTS_M_long_] = 1;
		if (ascii_lower(name.ptr[0]))
			m[AUTHORLISTS_M_lower] = 1;
		if (authorplace_is_odd(name))
			m[AUTHORLISTS_M_odd] = 1;
	}
	m[AUTHORLISTS_M_two] = item->names.count == 2;
	m[AUTHORLISTS_M_many] = item->names.count > 2;
	m[AUTHORLISTS_M_whole] = is_only_names(item->line, &item->names);
	m[AUTHORLISTS_M_shown_near] = stands_in(&item->names, c->shown_near);
	m[AUTHORLISTS_M_shown_foot] = stands_in(&item->names, c->shown_foot);
	m[AUTHORLISTS_M_shown] = m[AUTHORLISTS_M_shown_near] > 0 ||
		m[AUTHORLISTS_M_shown_foot] > 0 ||
		stands_in(&item->names, c->shown);
	m[AUTHORLISTS_M_person] = persons == item->names.count;
	m[AUTHORLISTS_M_hidden_person] = m[AUTHORLISTS_M_person] *
		(1 - m[AUTHORLISTS_M_shown]);
}

static void
measure_rivals(const struct collection *c, struct authorlists_item *item)
{
	double *m = item->measures;

	for (size_t i = 0; i < c->out->count; i++) {
		const struct strlist *other = &c->out->items[i].names;
		size_t n = shared(&item->names, other);

		if (other == &item->names || n == 0)
			continue;
		if (n == item->names.count)
			m[AUTHORLISTS_M_within] = 1;
		else if (n == other->count)
			m[AUTHORLISTS_M_beyond] = 1;
		else
			m[AUTHORLISTS_M_partly] = 1;
	}
}

static void
measure(const struct collection *c, struct authorlists_item *item)
{
	double *m = item->measures;
	size_t places = 0;

	if (item->names.count == 0) {
		m[AUTHORLISTS_M_none] = 1;
		return;
	}
	for (size_t i = 0; i < AUTHORLISTS_SOURCES; i++) {
		m[AUTHORLISTS_M_ld + i] = item->from >> i & 1;
		places += item->from >> i & 1;
	}
	m[AUTHORLISTS_M_news] = c->f->ld.rank == JSONLD_NEWS;
	m[AUTHORLISTS_M_several] = places > 4 ? 3 : (double)places - 1;
	measure_names(c, item);
	measure_rivals(c, item);
	m[AUTHORLISTS_M_people] = m[AUTHORLISTS_M_ld] * c->f->ld.people;
	m[AUTHORLISTS_M_hidden_site] = m[AUTHORLISTS_M_site] *
		(1 - m[AUTHORLISTS_M_shown_near]);
	m[AUTHORLISTS_M_hidden_ld] = m[AUTHORLISTS_M_ld] *
		(1 - m[AUTHORLISTS_M_shown]);
	m[AUTHORLISTS_M_hidden_meta] = m[AUTHORLISTS_M_meta] *
		(1 - m[AUTHORLISTS_M_shown]);
	m[AUTHORLISTS_M_only_ld] = m[AUTHORLISTS_M_ld] * (c->out->count == 2);
	m[AUTHORLISTS_M_only_meta] = m[AUTHORLISTS_M_meta] *
		(c->out->count == 2);
	m[AUTHORLISTS_M_log_in] = m[AUTHORLISTS_M_one_word] *
		m[AUTHORLISTS_M_lower];
}

/* Whether a place that speaks of authors gives it, not its looks alone. */
static bool
is_told(const struct authorlists_item *item)
{
	return item->from & ((1u << AUTHORLISTS_LONE) - 1) &
		~(1u << AUTHORLISTS_LABELLED);
}

/*
 * A site says its own name in many places, and more than one of them says
 * nothing new; it yields to a person.
 */
static void
measure_sites(const struct authorlists *a, struct authorlists_item *item)
{
	double *m = item->measures;

	m[AUTHORLISTS_M_several_site] = m[AUTHORLISTS_M_like_site] *
		m[AUTHORLISTS_M_several];
	for (size_t i = 1; i < a->count; i++) {
		const struct authorlists_item *other = &a->items[i];
		const double *n = other->measures;

		if (other == item)
			continue;
		if (m[AUTHORLISTS_M_like_site] > 0 && is_told(other) &&
			n[AUTHORLISTS_M_person] > 0 &&
			n[AUTHORLISTS_M_like_site] == 0)
			m[AUTHORLISTS_M_site_rival] = 1;
		if (m[AUTHORLISTS_M_lone] > 0 && !is_told(item) &&
			m[AUTHORLISTS_M_like_site] == 0 &&
			n[AUTHORLISTS_M_like_site] > 0)
			m[AUTHORLISTS_M_lone_site] = 1;
	}
}

/*
 * Where nobody is the best answer, a person's name that machines are told is
 * believed all the same; a site's or a log-in's is not.
 */
static void
believe_machines(struct authorlists *a)
{
	for (size_t i = 1; i < a->count; i++) {
		const double *m = a->items[i].measures;

		if (m[AUTHORLISTS_M_person] == 0 ||
			m[AUTHORLISTS_M_like_site] > 0 ||
			(m[AUTHORLISTS_M_ld] == 0 &&
			m[AUTHORLISTS_M_meta] == 0))
			continue;
		if (a->best == 0 || a->items[i].score >
			a->items[a->best].score)
			a->best = i;
	}
}

static bool
tells_site(const struct authorlists *a)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].measures[AUTHORLISTS_M_site] > 0)
			return true;
	return false;
}

/* The one name that signs the text, where else the site's is told. */
static void
prefer_signature(struct authorlists *a)
{
	size_t found = 0;

	for (size_t i = 1; i < a->count; i++) {
		if (!a->items[i].signature)
			continue;
		if (found)
			return;
		found = i;
	}
	a->best = found ? found : a->best;
}

static void
choose(struct authorlists *a, bool news)
{
	for (size_t i = 0; i < a->count; i++) {
		struct authorlists_item *item = &a->items[i];

		item->score = 0;
		for (size_t k = 0; k < AUTHORLISTS_MEASURES_COUNT; k++)
			item->score += item->measures[k] *
				(weights[k][0] + (news ? weights[k][1] : 0));
		if (item->score > a->items[a->best].score)
			a->best = i;
	}
	if (a->best == 0)
		believe_machines(a);
	if ((a->best == 0 && tells_site(a)) ||
		a->items[a->best].measures[AUTHORLISTS_M_site] > 0)
		prefer_signature(a);
}

static void
read_shown(struct collection *c)
{
	const struct html *h = &c->f->page->html;
	const struct authorplace *p = &c->place;

	c->shown_near = authorplace_text(p, p->from, p->to);
	c->shown_foot = authorplace_text(p, p->end, p->foot);
	c->shown = authorplace_text(p,
		h->body == HTML_NONE ? 0 : h->body, h->count);
}

int
authorlists_collect(struct authorlists *out, const struct facts *f,
	const struct body *body, uint32_t heading)
{
	struct collection c = { .out = out, .f = f };
	struct authorplace *p = &c.place;
	struct strlist nobody = { NULL, 0 };

	out->count = out->best = 0;
	authorplace_init(p, f, body, heading);
	c.sites_count = title_sites(f, c.sites, SITES);
	if (!add(&c, &nobody, STR(""), 0, HTML_NONE))
		return -1;
	out->items[0].from = 0;
	add_lines(&c, &f->ld.authors, AUTHORLISTS_LD);
	add_metas(&c);
	add_marks(&c, MARK_AUTHOR, AUTHORLISTS_ITEMPROP, AUTHORLISTS_ITEMPROP);
	add_marks(&c, MARK_AUTHOR_CLASS, AUTHORLISTS_CLASS, AUTHORLISTS_GROUP);
	add_leads(&c, p->from, p->to, LEADS);
	add_leads(&c, p->end, p->foot, 1);
	add_links(&c, p->from, p->to);
	add_links(&c, p->end, p->foot);
	if (p->heading != HTML_NONE)
		add_lones(&c, f->page->html.nodes[p->heading].end, p->to);
	if (p->root != HTML_NONE)
		add_lones(&c, facts_node_before(&f->page->html, p->end,
			LINE_BYTES), p->end);
	add_wholes(&c);
	read_shown(&c);
	for (size_t i = 0; i < out->count; i++)
		measure(&c, &out->items[i]);
	for (size_t i = 1; i < out->count; i++)
		measure_sites(out, &out->items[i]);
	choose(out, f->ld.rank == JSONLD_NEWS);
	return 0;
}
