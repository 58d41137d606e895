/*
 * URLs as browsers parse them (WHATWG URL standard), of the schemes http and
 * https: whatever is written in a page or a feed becomes one spelling.
 *
 *	struct url base, url;
 *	if (url_parse(&base, STR("https://a.example/b/"), NULL, &arena, &err))
 *		...
 *	if (url_parse(&url, STR("../c d?e"), &base, &arena, &err) < 0)
 *		... no http(s) URL; err says why
 *	... url.href is "https://a.example/c%20d?e"
 *
 * A parsed URL is its serialisation, href, in the arena; the parts are views
 * of it. No other part of stet takes a URL to pieces.
 */
#ifndef STET_URL_H
#define STET_URL_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { URL_INPUT_BYTES = 64 << 10 };

enum url_host_kind { URL_DOMAIN, URL_IPV4, URL_IPV6 };

struct url {
	struct str href;   /* the whole, serialised */
	struct str scheme; /* "http" or "https" */
	struct str username, password; /* mostly empty */
	struct str host;   /* "a.example", "192.0.2.1", "[2001:db8::1]" */
	enum url_host_kind host_kind;
	int port;          /* -1: the scheme's own */
	struct str path;   /* from "/" on */
	struct str query;  /* without "?" */
	struct str fragment; /* without "#" */
	bool has_query, has_fragment;
};

/*
 * Parses `input` (UTF-8; what is none is taken as U+FFFD), relative to `base`
 * unless that is NULL. -1: it fails to parse, is longer than URL_INPUT_BYTES,
 * or has another scheme; in the last case out->scheme is that scheme in lower
 * case, else it is empty.
 */
int url_parse(struct url *out, struct str input, const struct url *base,
	struct arena *arena, struct err *err);

/* url_parse with a base that is a string; a bad base is an error. */
int url_resolve(struct url *out, struct str input, struct str base,
	struct arena *arena, struct err *err);

/*
 * Takes the user's name and password off, which no address that is kept shall
 * have. -1 only when the arena is full.
 */
int url_drop_user(struct url *url, struct arena *arena);

/*
 * An address from a header as url_parse takes it: bytes of 128 and above, where
 * they are not UTF-8, as %XX, for the server means its own bytes (browsers send
 * them back so). Else s itself.
 */
struct str url_from_header(struct str s, struct arena *arena);

/* Appends href; without the fragment. */
void url_write(struct strbuf *out, const struct url *url);
void url_write_bare(struct strbuf *out, const struct url *url);

/* Appends "https://host:port", the port only where it is not the scheme's. */
void url_write_origin(struct strbuf *out, const struct url *url);

/* The port that is talked to. */
int url_port(const struct url *url);

/*
 * The next "name=value" of a query, for loops; both as written. False at the
 * end. A parameter without "=" has an empty value; empty ones are passed over.
 */
bool url_next_parameter(struct str *name, struct str *value,
	struct str *query);

#endif
