/*
 * The index of a web archive as the replay viewers read it (CDXJ): a line for
 * each capture, "KEY TIME {...}", sorted.
 *
 *	cdxj_init(&index);
 *	cdxj_add(&index, &record, &place);	for each record
 *	cdxj_write(&out, &index);
 *	cdxj_release(&index);
 */
#ifndef STET_EXPORT_CDXJ_H
#define STET_EXPORT_CDXJ_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/strbuf.h"
#include "common/warc/warc.h"

/* Where a record is: in which file, from which byte on. */
struct cdxj_place {
	const char *file;
	uint64_t at, len;
};

struct cdxj {
	struct strbuf text;  /* the lines as they were added */
	struct strbuf facts; /* of one line, while it is made */
	size_t *lines;       /* where each begins */
	size_t count, cap;
};

void cdxj_init(struct cdxj *index);
void cdxj_release(struct cdxj *index);

/* Adds a line for a response, a revisit or a resource; others have none. */
void cdxj_add(struct cdxj *index, const struct warc_record *record,
	const struct cdxj_place *place);

/* Appends the lines in the order of their bytes. */
void cdxj_write(struct strbuf *out, struct cdxj *index);

#endif
