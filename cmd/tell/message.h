/* A change as a message: text, HTML, JSON, mail (RFC 5322). */
#ifndef STET_TELL_MESSAGE_H
#define STET_TELL_MESSAGE_H

#include "cmd/tell/tell.h"
#include "common/site/work.h"

struct message_parts {
	struct strbuf title, text, html, change, page;
	struct str source; /* what readers call it */
};

void message_parts_init(struct message_parts *p);
void message_parts_release(struct message_parts *p);

/* Fills the parts; w->rows has the documents of a change compared when
 * `compared`. */
int message_make(struct message_parts *p, struct work *w,
	const struct item *item, bool compared, struct err *err);

/* Appends the message in the form that is asked for. */
void message_add(struct strbuf *out, const struct message_parts *p,
	const struct item *item, const struct tell_options *options);

#endif
