#include "cmd/extract/meta/title.h"

#include "cmd/extract/meta/titles.h"
#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"

enum { SITES = 8, LONGEST_TITLE = 400 };

#define ALIKE 0.7

/* What stands between a headline and a site's name. */
static const struct str separators[] = { STR_INIT(" | "), STR_INIT(" - "),
	STR_INIT(" \u2013 "), STR_INIT(" \u2014 "), STR_INIT(" \u00b7 "),
	STR_INIT(" \u2022 "), STR_INIT(" \u00bb "), STR_INIT(" :: "),
	STR_INIT(" / "), STR_INIT(" > "), STR_INIT(" \u2502 "),
	STR_INIT(" \u2015 "), STR_INIT(" ~ "), STR_INIT("| "),
	STR_INIT(" \u203a "), STR_INIT("\uff5c"), STR_INIT(" \u2039 "),
	STR_INIT(" \u00ab "), STR_INIT(" \u2758 "), STR_INIT(" // ") };

/* The host's own label: "example" of "www.example.co.uk". */
static struct str
host_label(struct str url)
{
	ptrdiff_t at = str_find(url, STR("://"));
	struct str label, longest = STR("");

	url = str_sub(url, at < 0 ? 0 : (size_t)at + 3, url.len);
	for (at = 0; (size_t)at < url.len && url.ptr[at] != '/' &&
		url.ptr[at] != ':' && url.ptr[at] != '?'; at++)
		;
	url = str_sub(url, 0, (size_t)at);
	while (str_field(&label, &url, '.'))
		if (url.ptr && label.len >= longest.len &&
			!str_eq_nocase(label, STR("www")))
			longest = label;
	return longest;
}

size_t
title_sites(const struct facts *f, struct str *out, size_t max)
{
	struct str all[] = { facts_meta(f, META_SITE_NAME, 0),
		f->ld.publisher, facts_meta(f, META_APPLICATION, 0),
		facts_meta(f, META_PUBLISHER, 0), host_label(f->page->url) };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all) && n < max; i++)
		if (all[i].len > 0)
			out[n++] = all[i];
	return n;
}

/* Letters and digits alone, lower case ASCII: "The Daily X" is "thedailyx". */
static size_t
squeeze(char *out, size_t size, struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < size; i++)
		if (ascii_alnum(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80)
			out[n++] = ascii_to_lower(s.ptr[i]);
	return n;
}

bool
title_names_site(struct str part, const struct str *sites, size_t count)
{
	char a[200], b[200];
	size_t n = squeeze(a, sizeof(a), part), m;
	struct str p = { a, n }, s;

	if (n == 0)
		return true;
	for (size_t i = 0; i < count; i++) {
		m = squeeze(b, sizeof(b), sites[i]);
		s = (struct str){ b, m };
		if (m >= 2 && (str_eq(p, s) ||
			(m >= 4 && str_find(p, s) >= 0 && n <= 2 * m + 8) ||
			(n >= 4 && str_find(s, p) >= 0 && m <= 3 * n)))
			return true;
	}
	return false;
}

/* The length of the separator that s begins with, or 0. */
static size_t
separator(struct str s)
{
	if (*s.ptr != ' ' && *s.ptr != '|' && (unsigned char)*s.ptr != 0xef)
		return 0; /* all of them begin with one of these */
	for (size_t k = 0; k < sizeof(separators) / sizeof(*separators); k++)
		if (str_starts(s, separators[k]))
			return separators[k].len;
	return 0;
}

/* The last separator in s: its offset, or -1; and the first. */
static ptrdiff_t
last_separator(struct str s, size_t *len)
{
	for (size_t i = s.len; i > 1; i--)
		if ((*len = separator(str_sub(s, i - 1, s.len))) > 0)
			return (ptrdiff_t)i - 1;
	return -1;
}

static ptrdiff_t
first_separator(struct str s, size_t *len)
{
	for (size_t i = 1; i < s.len; i++)
		if ((*len = separator(str_sub(s, i, s.len))) > 0)
			return (ptrdiff_t)i;
	return -1;
}

struct str
title_clean(struct str title, const struct str *sites, size_t count)
{
	size_t len;
	ptrdiff_t at;
	struct str head, tail;

	title = str_trim(title);
	for (int i = 0; i < 3; i++) {
		at = last_separator(title, &len);
		if (at < 0)
			break;
		head = str_trim(str_sub(title, 0, (size_t)at));
		tail = str_sub(title, (size_t)at + len, title.len);
		if (!title_names_site(tail, sites, count) && (i > 0 ||
			wordhash_count(tail) > 5 || wordhash_count(head) < 3))
			break;
		if (head.len == 0 || (wordhash_count(head) < 2 &&
			!title_names_site(tail, sites, count)))
			break;
		title = head;
	}
	at = first_separator(title, &len);
	head = str_sub(title, 0, at > 0 ? (size_t)at : 0);
	if (at > 0 && title_names_site(head, sites, count) &&
		wordhash_count(str_sub(title, (size_t)at + len, title.len)) > 1)
		title = str_trim(str_sub(title, (size_t)at + len, title.len));
	return title;
}

/* How much of the heading is in a title, and of the title in the heading. */
static double
agreement(struct str heading, struct str title)
{
	struct wordhashes a, b;

	wordhash_read(&a, heading);
	wordhash_read(&b, title);
	return wordhash_share(&a, &b) + wordhash_share(&b, &a) / 2;
}

/* The best agreement with what the page calls itself. */
static double
best_agreement(const struct facts *f, struct str heading)
{
	struct str titles[] = { facts_meta(f, META_OG_TITLE, 0),
		facts_meta(f, META_TWITTER_TITLE, 0), f->title,
		f->ld.headline };
	double best = 0, here;
	struct wordhashes own, other;

	wordhash_read(&own, heading);
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++) {
		wordhash_read(&other, titles[i]);
		if (wordhash_share(&own, &other) < ALIKE ||
			wordhash_share(&other, &own) < 0.3)
			continue;
		here = agreement(heading, titles[i]);
		best = here > best ? here : best;
	}
	return best;
}

struct heading {
	uint32_t node;
	struct str text;
	double agreement;
};

static struct heading
best_heading(const struct facts *f)
{
	static const enum mark_kind kinds[] = { MARK_H1, MARK_HEADLINE };
	struct heading best = { HTML_NONE, STR(""), 0 };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < f->marks[kinds[k]].count && i < 12;
			i++) {
			const struct mark *m = &f->marks[kinds[k]].items[i];
			struct str text = facts_mark_text(f, m);
			double a = best_agreement(f, text);

			if (text.len > 0 && text.len < LONGEST_TITLE &&
				a > best.agreement)
				best = (struct heading){ m->node, text, a };
		}
	return best;
}

/* Pages without an h1 that fits: an h2 or h3 of exactly the title's words. */
static struct heading
lower_heading(const struct facts *f)
{
	const struct html *h = &f->page->html;
	struct heading best = { HTML_NONE, STR(""), 0 };
	size_t seen = 0;

	for (uint32_t i = 0; i < h->count && seen < 60; i++) {
		enum html_tag tag = h->nodes[i].tag;
		struct str text;
		double a;

		if (tag != HTML_H2 && tag != HTML_H3)
			continue;
		seen++;
		text = plain_text(html_text(h, i, f->page->arena),
			f->page->arena);
		a = wordhash_count(text) < 3 ? 0 : best_agreement(f, text);
		if (a > best.agreement)
			best = (struct heading){ i, text, a };
	}
	return best;
}

static struct heading
any_heading(const struct facts *f)
{
	struct heading h = best_heading(f);

	return h.node == HTML_NONE ? lower_heading(f) : h;
}

/* An h1 that holds the title and more: a date, a category. */
static uint32_t
wider_heading(const struct facts *f)
{
	const struct marks *m = &f->marks[MARK_H1];
	struct str sites[SITES];
	size_t n = title_sites(f, sites, SITES);
	struct wordhashes own, title;

	wordhash_read(&title, title_clean(f->title, sites, n));
	for (size_t i = 0; i < m->count; i++) {
		wordhash_read(&own, facts_mark_text(f, &m->items[i]));
		if (title.count > 1 && wordhash_share(&title, &own) >= 0.8)
			return m->items[i].node;
	}
	return m->count == 1 ? m->items[0].node : HTML_NONE;
}

static uint32_t
title_heading(const struct facts *f)
{
	uint32_t node = any_heading(f).node;

	return node == HTML_NONE ? wider_heading(f) : node;
}

void
title_find(struct title *out, const struct facts *f, const struct body *body)
{
	struct titles titles;
	const struct titles_item *best = &titles.items[0];

	*out = (struct title){ STR(""), HTML_NONE };
	titles_collect(&titles, f, body);
	if (titles.count > 0) {
		best = &titles.items[titles.best];
		*out = (struct title){ best->text, best->node };
	}
	if (out->heading == HTML_NONE)
		out->heading = title_heading(f);
}

bool
title_is_alone(const struct facts *f, struct str title)
{
	struct str sites[SITES];
	size_t n = title_sites(f, sites, SITES);
	struct str others[] = { f->ld.headline, f->title,
		title_clean(f->title, sites, n),
		facts_meta(f, META_OG_TITLE, 0),
		title_clean(facts_meta(f, META_OG_TITLE, 0), sites, n) };
	size_t said = 0;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (others[i].len == 0)
			continue;
		if (wordhash_same(others[i], title))
			return false;
		said++;
	}
	return said > 0 && title.len > 0;
}
