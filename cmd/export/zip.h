/*
 * Writing a ZIP file whose members are stored as they are, so that a reader
 * can fetch a part of a member from its middle. Members are below 4 GiB; the
 * file may be larger (ZIP64).
 *
 *	zip_init(&z, fd, now_s);
 *	zip_begin(&z, "archive/data.warc.gz", &err);
 *	zip_add(&z, bytes, &err);	as often as needed
 *	zip_end(&z, &err);
 *	zip_finish(&z, &err);
 *	... z.members say the sizes and digests
 *	zip_release(&z);
 *
 * The descriptor can be sought in: a member's size is put before it when it is
 * known.
 */
#ifndef STET_EXPORT_ZIP_H
#define STET_EXPORT_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/digest.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

struct zip_member {
	char *name;
	uint64_t at; /* where its header is */
	uint64_t size;
	uint32_t crc;
	char sha256[DIGEST_SHA256_BYTES * 2 + 1];
};

struct zip {
	int fd;
	uint32_t time; /* as DOS writes it */
	uint64_t at;   /* bytes written, those in the buffer too */
	struct zip_member *members;
	size_t count, cap;
	struct digest *sha256;
	struct strbuf buffer;
};

void zip_init(struct zip *z, int fd, int64_t time_s);
void zip_release(struct zip *z);

/* -1: it cannot be written, or the member is too large. */
int zip_begin(struct zip *z, const char *name, struct err *err);
int zip_add(struct zip *z, struct str bytes, struct err *err);
int zip_end(struct zip *z, struct err *err);

/* A whole member. */
int zip_put(struct zip *z, const char *name, struct str bytes,
	struct err *err);

/* Writes the directory; the file is whole then. */
int zip_finish(struct zip *z, struct err *err);

#endif
