/*
 * WARC records (ISO 28500; stet's profile is stet-warc(5)): reading any
 * writer's, plain or compressed, and writing WARC/1.1.
 *
 *	struct warc_reader *in = warc_reader_new(0, 64 << 20);
 *	struct warc_record record;
 *	warc_record_init(&record);
 *	while ((got = warc_next(in, &record, &err)) > 0)
 *		if (got == WARC_SKIPPED)
 *			... err says which record and why; the stream goes on
 *		else if (record.type == WARC_RESPONSE)
 *			httpmsg_parse(&message, record.block, &err);
 *	... got < 0: the stream cannot be read any further
 *
 *	struct warc_writer *out = warc_writer_new(1, 0);
 *	struct str block[] = { head, body };
 *	struct warc_head h = { .type = WARC_RESPONSE, .id = id, .date_s = t,
 *		.uri = url, .content_type = WARC_HTTP_RESPONSE,
 *		.payload_piece = 1, .link = &link };
 *	warc_write(out, &h, block, 2, &err);
 *	warc_writer_flush(out, &err);
 *
 * Records are framed by Content-Length, and by the compressed member that a
 * record has for itself. After an error the reader does not look for the next
 * "WARC/": a page may hold those bytes and would become a record of its own
 * making.
 */
#ifndef STET_WARC_H
#define STET_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/article/link.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	WARC_HEADER_BYTES = 256 << 10, /* of one record; more is an error */
	WARC_LINE_BYTES = 64 << 10,    /* of one header line; likewise */
	WARC_FIELDS_MAX = 128,         /* a record with more is skipped */
	WARC_ID_BYTES = 48             /* "<urn:uuid:...>" and its NUL */
};

#define WARC_HTTP_REQUEST STR("application/http;msgtype=request")
#define WARC_HTTP_RESPONSE STR("application/http;msgtype=response")
#define WARC_FIELDS STR("application/warc-fields")
#define WARC_NOT_MODIFIED \
	STR("http://netpreserve.org/warc/1.1/revisit/server-not-modified")

enum warc_type {
	WARC_INFO,
	WARC_REQUEST,
	WARC_RESPONSE,
	WARC_REVISIT,
	WARC_METADATA,
	WARC_RESOURCE,
	WARC_CONVERSION,
	WARC_CONTINUATION,
	WARC_OTHER /* a type that the standard does not know */
};

struct warc_field {
	struct str name, value;
};

/* The name as it stands in WARC-Type; "" for WARC_OTHER. */
struct str warc_type_name(enum warc_type type);

/*
 * Writes the record id of a random UUID (RFC 9562, version 4) made of 16
 * random bytes: "<urn:uuid:01234567-89ab-4def-8123-456789abcdef>".
 */
struct str warc_id(char out[WARC_ID_BYTES], const unsigned char random[16]);

/*
 * The value of a line "name: value" in a block of application/warc-fields,
 * which the metadata of a failed fetch is: trimmed, empty when not there.
 */
struct str warc_fields_get(struct str block, struct str name);

/* ---- Reading ---- */

struct warc_record {
	enum warc_type type;
	struct str id;           /* as written, with its "<urn:...>" */
	struct str uri;          /* WARC-Target-URI without "<" and ">" */
	struct str date;         /* WARC-Date as written */
	int64_t date_s;          /* the same; fractions are cut */
	struct str content_type; /* of the block */
	struct str block;
	struct warc_field fields[WARC_FIELDS_MAX]; /* all, in order */
	size_t fields_count;
	struct err remark;     /* what was mended while reading, or "" */
	uint64_t number;       /* in the stream, from 1 */
	uint64_t offset;       /* of its first byte in the inflated stream */
	struct strbuf storage; /* what the views point into */
};

/* Fills r; allocates nothing. */
void warc_record_init(struct warc_record *r);

/* Drops the storage; r is then as after warc_record_init. */
void warc_record_release(struct warc_record *r);

/* The first field of that name (A-Z as a-z), trimmed; empty without one. */
struct str warc_get(const struct warc_record *r, struct str name);

/*
 * The link that a record carries in its WARC-Stet fields, as views of it;
 * without WARC-Stet-Link the link's url is the record's own. The validators
 * are empty: they travel in the request.
 */
void warc_link(struct link *out, const struct warc_record *r);

struct warc_reader;

enum { WARC_ERROR = -1, WARC_END = 0, WARC_RECORD = 1, WARC_SKIPPED = 2 };

/*
 * Reads `fd` (borrowed): WARC 0.17 to 1.1 and ARC 1 and 2; plain, in gzip,
 * zstd (with its dictionary) or lz4, a member for each record or as a whole;
 * and any of these one after the other. A block larger than `block_max` bytes
 * is passed over without being stored.
 */
struct warc_reader *warc_reader_new(int fd, size_t block_max);
void warc_reader_free(struct warc_reader *in);

/*
 * Reads the next record into `r`, whose views are valid until r is next
 * filled or released; r is independent of the reader and may go to another
 * thread. Returns
 *  WARC_RECORD   r->remark says what was mended, if anything
 *  WARC_SKIPPED  the block is too large, or the header lacks a mandatory
 *                field (type, id, date, of a response the URI), holds NUL, a
 *                line without colon or too many fields; or its member is
 *                damaged: r has the fields that could be read, no block; the
 *                stream goes on
 *  WARC_END      the stream ended after a record, or is empty
 *  WARC_ERROR    it is cut, damaged or no WARC; every further call gives
 *                the same error
 * err (WARC_SKIPPED, WARC_ERROR) names the record by number and offset.
 */
int warc_next(struct warc_reader *in, struct warc_record *r, struct err *err);

/*
 * For commands that take other things than a WARC too. warc_sniff: whether
 * the stream begins (inflated) with a record of WARC or ARC: 1, or 0; -1 for a
 * failed read. warc_take_bytes: when it does not, its bytes: how many were
 * read, 0 at the end, -1.
 */
int warc_sniff(struct warc_reader *in, struct err *err);
ssize_t warc_take_bytes(struct warc_reader *in, char *out, size_t len,
	struct err *err);

/* ---- Writing ---- */

/* What stands above a block. Empty fields are left out. */
struct warc_head {
	enum warc_type type;
	struct str id;      /* "<urn:uuid:...>" (warc_id) */
	int64_t date_s;     /* when the capture began */
	struct str uri;     /* not for WARC_INFO */
	struct str content_type;
	struct str concurrent_to;    /* id of the response */
	struct str ip;               /* address that was talked to */
	struct str protocols[3];     /* "h2", "tls/1.3": WARC-Protocol each */
	struct str truncated;        /* length, time, disconnect */
	struct str profile;          /* of a revisit: WARC_NOT_MODIFIED */
	struct str refers_to;        /* of a revisit: the stored response's */
	struct str refers_to_uri;    /* id, */
	struct str refers_to_date;   /* URL and date */
	size_t payload_piece;        /* digest the block from this piece on; */
	                             /* 0: no WARC-Payload-Digest */
	const struct link *link;     /* written as WARC-Stet fields; or NULL */
	struct str via;              /* hop >= 2: URL of the hop before */
	const struct warc_field *extra; /* further fields, names included */
	size_t extra_count;
};

struct warc_writer;

enum {
	WARC_GZIP = 1, /* a gzip member for each record */
	WARC_ZSTD = 2, /* a zstd frame for each record */
	WARC_STABLE = 4 /* with WARC_GZIP: the same member for the same record,
	                   made more slowly */
};

/* Writes to `fd` (borrowed) through a buffer of 1 MiB. */
struct warc_writer *warc_writer_new(int fd, unsigned flags);

/* Drops what is not flushed. */
void warc_writer_free(struct warc_writer *out);

/*
 * Writes a record whose block is `count` pieces one behind the other. Control
 * bytes in the head's values become spaces and bad UTF-8 U+FFFD, so that no
 * value can end its line. -1 when the descriptor cannot be written, then and
 * ever after.
 */
int warc_write(struct warc_writer *out, const struct warc_head *head,
	const struct str *pieces, size_t count, struct err *err);

/*
 * Appends the same bytes to `to`, for who writes them later: by several
 * threads, each with a writer of its own.
 */
void warc_encode(struct warc_writer *out, struct strbuf *to,
	const struct warc_head *head, const struct str *pieces, size_t count);

/*
 * As warc_encode, a record that was read: its type, id, date, address, all its
 * further fields in their order, and its block.
 */
void warc_encode_copy(struct warc_writer *out, struct strbuf *to,
	const struct warc_record *record);

/* Writes what warc_encode made; as warc_write. */
int warc_write_encoded(struct warc_writer *out, struct str bytes,
	struct err *err);

/* Writes out the buffer. */
int warc_writer_flush(struct warc_writer *out, struct err *err);

#endif
