/*
 * Where bylines are on a page, and what their text looks like: near the
 * heading, close below the text; begun with a lead word; never in a form, a
 * comment or a caption.
 */
#ifndef STET_EXTRACT_AUTHORPLACE_H
#define STET_EXTRACT_AUTHORPLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/base/str.h"

enum {
	AUTHORPLACE_BEFORE_BYTES = 400, /* text about the heading */
	AUTHORPLACE_AFTER_BYTES = 1500,
	AUTHORPLACE_FOOT_BYTES = 500,   /* text below the article's element */
	AUTHORPLACE_TEXT_BYTES = 256 << 10,
	AUTHORPLACE_BOX_BYTES = 400,   /* an author's box, a comment */
	AUTHORPLACE_HEADLINE_WORDS = 4
};

enum authorplace_kind {
	AUTHORPLACE_NEAR,   /* about the heading */
	AUTHORPLACE_INSIDE, /* in the text's element, not near the heading */
	AUTHORPLACE_FOOT,   /* right below the text's element */
	AUTHORPLACE_FAR,
	AUTHORPLACE_KINDS
};

struct authorplace {
	const struct facts *f;
	uint32_t heading, root;
	uint32_t from, to;  /* the nodes about the heading */
	uint32_t end, foot; /* the nodes right below the text's element */
};

void authorplace_init(struct authorplace *out, const struct facts *f,
	const struct body *body, uint32_t heading);

enum authorplace_kind authorplace_of(const struct authorplace *p,
	uint32_t node);

/*
 * Whether the node lies in a form, a comment, a figure, or a list of other
 * articles: an element that does not hold the heading or the text.
 */
bool authorplace_is_foreign(const struct authorplace *p, uint32_t node);

/*
 * Whether a node below the text is another article's or a comment's: it lies
 * in an element <article> of its own, below a headline of its own, or beside
 * a date. Everything above the heading's surroundings is.
 */
bool authorplace_is_other(const struct authorplace *p, uint32_t node);

/* Whether it lies in a list, a nav, an aside or a footer. */
bool authorplace_is_aside(const struct authorplace *p, uint32_t node);

/* Whether it is a link, lies in one or holds one. */
bool authorplace_is_linked(const struct authorplace *p, uint32_t node);

/* Whether this text node is the first text of its block. */
bool authorplace_begins_line(const struct authorplace *p, uint32_t node);

/* The node behind the block that a node lies in. */
uint32_t authorplace_line_end(const struct authorplace *p, uint32_t node);

/* Whether a line begins with a word that introduces names, and is no more. */
bool authorplace_has_lead(struct str line);
bool authorplace_is_lead_alone(struct str line);

/* Whether an address is that of an author's page. */
bool authorplace_is_profile(struct str href);

/*
 * Two or three words, each with a capital where the script has them, and no
 * other marks.
 */
bool authorplace_is_person(struct str s);

/*
 * Whether a text node in the text's element is a paragraph of its own, and is
 * emphasized: where a byline stands that no class tells of.
 */
bool authorplace_is_signature(const struct authorplace *p, uint32_t node);

/* Whether the first letter is a capital. */
bool authorplace_is_cased(struct str s);

/* A log-in more than a name: a dot within a word, a digit, "_". */
bool authorplace_is_odd(struct str name);

/* The text of [from, to) outside of foreign elements; one line. */
struct str authorplace_text(const struct authorplace *p, uint32_t from,
	uint32_t to);

#endif
