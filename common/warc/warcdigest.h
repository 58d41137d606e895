/*
 * The digests that a record carries, compared with its bytes.
 *
 *	if (warcdigest_check(&record, &err) < 0)
 *		... not what was captured
 */
#ifndef STET_WARCDIGEST_H
#define STET_WARCDIGEST_H

#include "common/base/err.h"
#include "common/warc/warc.h"

/*
 * Compares WARC-Block-Digest and WARC-Payload-Digest of a response, resource
 * or conversion: sha1, sha256 or md5, in base32 or hexadecimal, in letters of
 * either case. As a payload writers mean the body as it is stored, without its
 * chunks, or decoded: any of them will do. -1: one is there and differs, err
 * says which; 0 also when there is none, its algorithm is not known, or the
 * record is said to be cut.
 */
int warcdigest_check(const struct warc_record *r, struct err *err);

#endif
