/*
 * What pages say alike: the frame of an article's pages, the way from version
 * to version, what a change is.
 */
#ifndef STET_FACTS_H
#define STET_FACTS_H

#include <stdint.h>

#include "common/article/document.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/page/frame.h"
#include "common/page/view.h"

/* Fills a frame for a page of the article at `path`. */
void facts_frame(struct frame *out, const struct site_options *site,
	const struct view *v, const char *path);

/* Appends the links between changes; `current` is the text on the right, from
 * 1; 0: none of them is shown, and SIZE_MAX: first against latest. The label
 * is no other's on the page. */
void facts_changes(struct strbuf *out, const struct frame *f,
	const struct view *v, size_t current, const char *label);

/* Appends a link to the page of a version: `words` and its number. */
void facts_version_link(struct strbuf *out, const struct frame *f,
	const struct view *v, const struct index_version *version,
	const char *words);

/* Appends "+12 −3 words", also for a version; and the classes as a list. */
void facts_size(struct strbuf *out, const struct index_version *version);
void facts_classes(struct strbuf *out, struct str classes);

/* A class in words for a reader; most names are such already. */
struct str facts_class(struct str name);

/* What a commit did, as a word for a reader: "changed", "withdrawn". */
const char *facts_event(const struct index_version *event);

/* Appends why an article was withdrawn, as a clause: "the page was not found
 * any more (404)". */
void facts_reason(struct strbuf *out, struct str reason);

/* The headline, or the address in its place. */
struct str facts_title(const struct document *doc, const struct view *v);

#endif
