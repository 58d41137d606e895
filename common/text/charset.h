/*
 * From the bytes of a page to UTF-8, as browsers decide it: the WHATWG
 * Encoding standard's labels and decoders, the HTML standard's order of
 * evidence (a mark at the start, the HTTP header, a meta element within the
 * first 1,024 bytes), and what a reader of wild pages needs beyond it: text
 * that is plainly UTF-8, UTF-16 or a national code page under a wrong label.
 *
 *	charset_init();                 once, before sandbox_stdio
 *	struct charset c;
 *	strbuf_init(&storage, CHARSET_TEXT_BYTES);
 *	text = charset_decode(&c, &storage, body, content_type);
 *	... text is valid UTF-8, in `storage` or (c.as_is) in `body` itself
 *
 * charset_init loads iconv's modules, so that later nothing is opened; all
 * other functions may then be called from any thread.
 */
#ifndef STET_CHARSET_H
#define STET_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	CHARSET_PRESCAN_BYTES = 1024,
	CHARSET_TEXT_BYTES = 192 << 20, /* a decoded page of 64 MiB fits */
	CHARSET_SAMPLE_BYTES = 256 << 10 /* of which a guess is made */
};

/* The encodings of the standard, in its order. */
enum encoding {
	ENCODING_NONE,
	ENCODING_UTF_8,
	ENCODING_IBM866,
	ENCODING_ISO_8859_2,
	ENCODING_ISO_8859_3,
	ENCODING_ISO_8859_4,
	ENCODING_ISO_8859_5,
	ENCODING_ISO_8859_6,
	ENCODING_ISO_8859_7,
	ENCODING_ISO_8859_8,
	ENCODING_ISO_8859_8_I,
	ENCODING_ISO_8859_10,
	ENCODING_ISO_8859_13,
	ENCODING_ISO_8859_14,
	ENCODING_ISO_8859_15,
	ENCODING_ISO_8859_16,
	ENCODING_KOI8_R,
	ENCODING_KOI8_U,
	ENCODING_MACINTOSH,
	ENCODING_WINDOWS_874,
	ENCODING_WINDOWS_1250,
	ENCODING_WINDOWS_1251,
	ENCODING_WINDOWS_1252,
	ENCODING_WINDOWS_1253,
	ENCODING_WINDOWS_1254,
	ENCODING_WINDOWS_1255,
	ENCODING_WINDOWS_1256,
	ENCODING_WINDOWS_1257,
	ENCODING_WINDOWS_1258,
	ENCODING_X_MAC_CYRILLIC,
	ENCODING_GBK,
	ENCODING_GB18030,
	ENCODING_BIG5,
	ENCODING_EUC_JP,
	ENCODING_ISO_2022_JP,
	ENCODING_SHIFT_JIS,
	ENCODING_EUC_KR,
	ENCODING_REPLACEMENT,
	ENCODING_UTF_16BE,
	ENCODING_UTF_16LE,
	ENCODING_X_USER_DEFINED,
	ENCODINGS
};

/* What decided. */
enum charset_source {
	CHARSET_BOM,
	CHARSET_HEADER,
	CHARSET_META,
	CHARSET_VALID,  /* the bytes are UTF-8 and more than ASCII */
	CHARSET_GUESSED /* by the shape of the bytes or the page's language */
};

struct charset {
	enum encoding encoding;
	enum charset_source source;
	bool as_is;          /* the text is the input (less its mark) */
	bool cut;            /* the storage's maximum was reached */
	size_t replacements; /* U+FFFD put for bytes that are no character */
};

/* Loads what decoding needs. Call once, before the sandbox and threads. */
void charset_init(void);

/*
 * The encoding of a label: ASCII white space trimmed, case ignored (Encoding
 * 4.2, "get an encoding"). ENCODING_NONE for an unknown one.
 */
enum encoding charset_label(struct str label);

/* The standard's name: "UTF-8", "windows-1252". */
struct str charset_name(enum encoding encoding);

/*
 * The charset parameter of a Content-Type (HTTP's or a meta element's; HTML
 * "extracting a character encoding from a meta element"); "" without one.
 */
struct str charset_parameter(struct str content_type);

/*
 * The encoding that the first bytes declare by a meta element (HTML "prescan
 * a byte stream to determine its encoding"), or ENCODING_NONE.
 */
enum encoding charset_prescan(struct str head);

/*
 * Decides by the mark, the header, the prescan, validity and shape, and
 * decodes. `content_type` is the header's value or "". The text is a view of
 * `body` when that is UTF-8 already, else of `storage`, which is emptied
 * first.
 */
struct str charset_decode(struct charset *out, struct strbuf *storage,
	struct str body, struct str content_type);

/*
 * Appends `body` decoded from `encoding`; returns the number of U+FFFD put
 * in for bad sequences. No byte order mark is taken off.
 */
size_t charset_convert(struct strbuf *out, enum encoding encoding,
	struct str body);

/*
 * The encoding that bytes which are not UTF-8 look like; ENCODING_NONE when
 * nothing is known of them.
 */
enum encoding charset_guess(struct str bytes);

/*
 * The same where it is one of another script than Latin and the bytes have
 * many letters of it beside each other, so that a Latin label is wrong;
 * else ENCODING_NONE.
 */
enum encoding charset_guess_script(struct str bytes);

/*
 * The encoding customary for a language (HTML "locale's default"):
 * windows-1252 for most.
 */
enum encoding charset_of_language(struct str lang);

#endif
