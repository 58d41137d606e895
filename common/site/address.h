/*
 * The address of a file of an article, taken apart: what common/page/names
 * puts together, and the addresses by number that lead to these.
 *
 *	struct address a;
 *	if (address_parse(&a, STR("a/x.example/2026/07/15/dam@1..2.html"),
 *			&arena) == 0)
 *		... a.path is "x.example/2026/07/15/dam.md", a.kind
 */
#ifndef STET_ADDRESS_H
#define STET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/page/view.h"

enum address_kind {
	ADDRESS_ARTICLE,
	ADDRESS_VERSION, /* `left` */
	ADDRESS_DIFF,    /* `left` against `right` */
	ADDRESS_WHOLE,   /* first against latest, as a page of its own */
	ADDRESS_RSS,
	ADDRESS_ATOM,
	ADDRESS_TIMEMAP,
	ADDRESS_COMPARE, /* which two, the query says */
	ADDRESS_CARD     /* the picture of a difference */
};

enum address_form { ADDRESS_HTML, ADDRESS_JSON, ADDRESS_PNG, ADDRESS_OTHER };

struct address {
	struct str path; /* in the archive */
	enum address_kind kind;
	enum address_form form;
	struct str left, right; /* times or numbers, "first", "latest" */
	bool square;            /* of a card */
};

/* -1: it is no such address. Strings lie in `arena`. */
int address_parse(struct address *out, struct str path, struct arena *arena);

/*
 * The text of the view that a time, a number, "first" or "latest" names: from
 * 0; -1: none. *lasting: whether it was named by its time.
 */
int address_text(size_t *out, bool *lasting, const struct view *v,
	struct str mark);

#endif
