/*
 * What all pages share: the head with its policy and links, the bar at the
 * top, the foot, and addresses relative to the page, so that a site works
 * under any address and from a disk.
 *
 *	struct frame f = { .site = &options, .path = "changes/1.html",
 *		.title = STR("Latest changes") };
 *	frame_begin(out, &f);
 *	... markup of the page
 *	frame_end(out, &f);
 */
#ifndef STET_FRAME_H
#define STET_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

/* What --base-url and its kin set. */
struct site_options {
	struct str base_url; /* ends in '/'; empty: not known */
	struct str title;
	struct str web;       /* where stet-web is: "https://host/path/" or
	                         "/path/"; empty: there is none */
	bool cards;    /* there is a picture of each change */
	bool own_css;  /* there is a user.css */
	int hidden_status; /* of stet-web for a hidden article: 410 or 451 */
	bool pagefind; /* there is an index of pagefind */
};

struct frame {
	const struct site_options *site;
	const char *path;      /* of this page, in the site */
	struct str title;      /* of the window, without the site's */
	const char *section;   /* path of the entry of the bar that this is */
	struct str rss, atom;  /* paths of the page's own feeds; may be empty */
	struct str feed_title;
	struct str original;   /* address of the page at its publisher */
	struct str timemap;    /* path */
	struct str moved_to;   /* path of the page that stands for this one */
	struct str previous, next; /* paths of the neighbours in a series */
	int64_t memento_s;     /* when the version was captured; 0: none */
	struct str description; /* of the page, as text */
	struct str image;      /* path of a picture of it; may be empty */
	struct str image_text; /* for those who do not see it */
	bool scripts;          /* the search page: its index needs them */
};

/* Everything down to and with `<main>`, and from `</main>` on. */
void frame_begin(struct strbuf *out, const struct frame *f);
void frame_end(struct strbuf *out, const struct frame *f);

/* Appends ` href="..."` with it. */
void frame_href(struct strbuf *out, const struct frame *f, struct str path);

/*
 * Appends the address of `path` for use outside of the site (feeds,
 * TimeMaps): absolute with --base-url, else as seen from `f`.
 */
void frame_absolute(struct strbuf *out, const struct frame *f,
	struct str path);

/* The same as text, for JSON and header fields: no references in it. */
void frame_plain_address(struct strbuf *out, const struct frame *f,
	struct str path);

/*
 * Appends ` lang="de"` for text of the article, unless it is no language tag,
 * and with `dir` ` dir="auto"`: the text's own direction.
 */
void frame_lang(struct strbuf *out, struct str lang, bool dir);

/* Appends the policy that pages are under; with `scripts` that of a search
 * page with an index. */
void frame_policy(struct strbuf *out, const struct site_options *site,
	bool scripts);

/* Appends ` NAME="..."` with the address of `path` at stet-web. */
void frame_web(struct strbuf *out, const struct frame *f, const char *name,
	struct str path);

#endif
