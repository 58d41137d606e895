/*
 * A commit's message (stet-archive(5)): subject "SOURCE: headline", one line
 * on what changed, and trailers that `git log --format='%(trailers:key=URL)'`
 * reads. The history is the only truth of an archive, so all that the index
 * knows is said here.
 *
 *	message_print(&out, &message);
 *	if (message_parse(&message, text, &arena, &err) < 0)
 *		... the commit is not one of stet's
 *
 * Every value goes through one sanitiser, so that no headline, URL or header
 * can forge a trailer, hide text or steer a terminal.
 */
#ifndef STET_MESSAGE_H
#define STET_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "common/article/article.h"
#include "common/article/receipt.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	MESSAGE_SUBJECT_BYTES = 200, /* of the headline in the subject */
	MESSAGE_SOURCE_BYTES = 100,
	MESSAGE_VALUE_BYTES = 8192,  /* of a trailer's value */
	MESSAGE_ALIASES_MAX = 8,     /* more are not written */
	MESSAGE_BYTES = 128 * 1024   /* a longer one is not stet's */
};

struct message {
	struct str source;   /* in front of the subject */
	struct str headline; /* the path stands in for an empty one */
	struct str url;      /* as it was fetched */
	struct str key;      /* of the article; after a move the new one */
	struct str path;     /* of the file; after a move the new one */
	struct str old_key;  /* of a move that took the history along */
	int64_t version;     /* number of the article's newest version */
	enum receipt_status event; /* new, changed, minor, technical,
	                              restored, gone or moved */
	struct str blob;     /* hexadecimal name of the blob; empty: no file */
	struct strlist classes;
	int64_t words_added, words_removed;
	struct str fetched; /* RFC 3339 UTC */
	int64_t status;     /* HTTP status */
	struct str record;  /* id of the WARC record */
	struct str digest;  /* of the payload */
	struct str extractor;
	struct str etag;
	struct str last_modified;
	struct str location; /* where a moved article is */
	struct str reason;   /* of gone and moved */
	struct str first_seen; /* RFC 3339 UTC, of a text that was doubted */
	struct str same_text_as; /* key of an article with the same text */
	struct str sketch;       /* of the text: 16 hexadecimal digits */
	struct strlist aliases; /* keys of addresses that redirect to it */
};

/*
 * Appends `value` as one line of printable text: controls (C0, DEL, C1),
 * U+2028, U+2029 and bidirectional overrides and isolates become one space
 * each, bad UTF-8 becomes U+FFFD, white space at the ends goes, and what is
 * over `max` bytes is cut at a character's boundary.
 */
void message_clean(struct strbuf *out, struct str value, size_t max);

/* Appends the name of a source as author and subject can carry it: cleaned,
 * without '<', '>' and ':'. */
void message_clean_source(struct strbuf *out, struct str source);

/* Appends the message. Empty values have no trailer. */
void message_print(struct strbuf *out, const struct message *m);

/*
 * Parses a message; strings are views of `text`, lists lie in `arena`.
 * -1 when it has no trailers with Key, Path, Event and Version of a kind that
 * message_print writes.
 */
int message_parse(struct message *out, struct str text, struct arena *arena,
	struct err *err);

#endif
