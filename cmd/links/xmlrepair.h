/*
 * The first pass of cmd/links/xml: XML of the wild made into XML that a parser
 * can read, in pieces of at most XMLREPAIR_PIECE_BYTES and some bytes.
 */
#ifndef STET_LINKS_XMLREPAIR_H
#define STET_LINKS_XMLREPAIR_H

#include "common/base/err.h"
#include "common/base/str.h"

enum { XMLREPAIR_PIECE_BYTES = 32 * 1024 };

/*
 * Passes the mended `doc` (valid UTF-8) to `push` until it returns -1.
 * -1 with the reason at a limit of cmd/links/xml.h (what stands before it has
 * been pushed), -1 without when push said so.
 */
int xmlrepair(struct str doc, int (*push)(void *context, struct str piece),
	void *context, struct err *err);

#endif
