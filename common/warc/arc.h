/*
 * Records of ARC files, versions 1 and 2 (the ARC file format of the Internet
 * Archive, 1996, with Heritrix's 1.1), which most crawls before 2009 are in: a
 * line "URL address date type [...] length", the bytes that the server sent,
 * a line end.
 *
 *	struct arc_head head;
 *	if (arc_parse(&head, line) == 0)
 *		... head.length bytes follow
 */
#ifndef STET_ARC_H
#define STET_ARC_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/warc/warc.h"

struct arc_head {
	struct str uri, ip, date, content_type; /* views of the line */
	int64_t date_s;
	int64_t length;
};

/*
 * Parses the line before a record, with or without its end. URLs may hold
 * blanks; the date has 8 to 17 digits. -1 when it is none.
 */
int arc_parse(struct arc_head *out, struct str line);

/* Whether the first line of s is one. */
bool arc_begins(struct str s);

/*
 * Fills r from the line at the start of r->storage and the block after it
 * (from `block_at` on): a warcinfo for the file's own record, a response for
 * what begins as HTTP does, else a resource. The id is made of the SHA-1 of
 * all of it, so that the same record has it in any file.
 */
void arc_fill(struct warc_record *r, size_t block_at);

#endif
