/*
 * The text of one version as it lies in the archive (stet-archive(5)): YAML
 * front matter, then the blocks as Markdown, one block a line with a blank
 * line between, so that a line of `git diff` is a paragraph.
 *
 *	struct document d;
 *	document_from_article(&d, &article, first_url, &arena);
 *	document_print(&out, &d);		blob's bytes
 *
 *	if (document_parse(&d, bytes, &arena, &err) < 0)
 *		... not a document of stet
 *	for (i = 0; i < d.blocks_count; i++)
 *		... d.blocks[i].kind, d.blocks[i].text
 *
 * Printing and parsing are inverse to each other: a document that came from
 * document_from_article or document_parse prints to bytes that parse to the
 * same document.
 */
#ifndef STET_DOCUMENT_H
#define STET_DOCUMENT_H

#include <stdint.h>

#include "common/article/article.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { DOCUMENT_BYTES = 32 << 20 }; /* a larger blob is no document */

struct document {
	struct str title;
	struct str byline;
	struct str published; /* as the page wrote it */
	struct str url;       /* where the article was first seen */
	struct str summary;   /* standfirst */
	struct str lang;      /* BCP 47 */
	struct block *blocks;
	size_t blocks_count;
};

/*
 * The document of an article record. Text is taken as it is, but for what a
 * line cannot hold: control bytes become spaces (a preformatted block keeps
 * its newlines and tabs), white space at the ends of a block is dropped, and
 * so is a block without text. `url` goes into the front matter: the address
 * at which the article was first seen, because an address that varies from
 * check to check must not make a version. Strings are views of the record,
 * or lie in `arena`. -1: the record is too large for the arena.
 */
int document_from_article(struct document *out, const struct article *a,
	struct str url, struct arena *arena, struct err *err);

/* Appends the blob's bytes. */
void document_print(struct strbuf *out, const struct document *d);

/*
 * Parses a blob. Strings are views of `bytes` or lie in `arena`. Unknown keys
 * of the front matter are passed over. -1: there is no front matter, or it
 * does not end, or the text is not UTF-8, or a block is left open.
 */
int document_parse(struct document *out, struct str bytes, struct arena *arena,
	struct err *err);

/*
 * The number of words in all that a reader sees: title, summary and blocks.
 * A word is what stands between white space.
 */
int64_t document_words(const struct document *d);

#endif
