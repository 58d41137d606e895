/*
 * A web archive in one file for the replay viewers (WACZ 1.1.1): captures in
 * archive/, their index in indexes/, the list of pages, further files, and the
 * manifest with the digests of all of them.
 *
 *	wacz_open(&w, &options, &err)
 *	wacz_record(w, &record, &err)	for each record
 *	wacz_page(w, &page)		for each page
 *	wacz_finish(w, digest, &err)
 *	wacz_close(w)			removes what is not finished
 */
#ifndef STET_EXPORT_WACZ_H
#define STET_EXPORT_WACZ_H

#include "common/base/digest.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/warc/warc.h"

enum { WACZ_DIGEST_BYTES = DIGEST_SHA256_BYTES * 2 + sizeof("sha256:") };

struct wacz_options {
	const char *path;     /* of the file, where nothing may be yet */
	const char *add;      /* folder of further files, or NULL */
	struct str signature; /* JSON for the manifest's digest; or empty */
	struct str title;
	int64_t now_s;
};

struct wacz_page {
	struct str url, title;
	int64_t date_s;
};

struct wacz;

int wacz_open(struct wacz **out, const struct wacz_options *options,
	struct err *err);
int wacz_record(struct wacz *w, const struct warc_record *record,
	struct err *err);
void wacz_page(struct wacz *w, const struct wacz_page *page);

/* Writes the rest; `digest` becomes that of the manifest, "sha256:...". */
int wacz_finish(struct wacz *w, char digest[WACZ_DIGEST_BYTES],
	struct err *err);
void wacz_close(struct wacz *w);

#endif
