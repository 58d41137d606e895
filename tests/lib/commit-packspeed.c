/*
 * The write path alone, for scripts/bench-commit: articles from standard
 * input become blobs, trees, commits and packs of an archive, in synced
 * batches; nothing is compared or indexed. Prints the seconds of wall and CPU
 * time that writing took, parsing apart.
 *
 *	commit-packspeed ARCHIVE <ARTICLES
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd/commit/packwriter.h"
#include "cmd/commit/treecache.h"
#include "common/archive/urlpath.h"
#include "common/article/document.h"
#include "common/article/message.h"
#include "common/base/linebuf.h"
#include "common/git/gitstore.h"

enum { BATCH = 1000, ARENA_BYTES = 256 << 20, TREES_BYTES = 96 << 20 };

struct bench {
	struct gitstore *store;
	struct packwriter *pack;
	struct treecache *trees;
	struct gitoid base, tip;
	struct strbuf text, path, object;
	struct arena arena;
	struct err err;
	double wall, cpu;
};

static double
seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
write_article(struct bench *b, const struct article *a)
{
	char hex[GITOID_HEX_BYTES], blob_hex[GITOID_HEX_BYTES];
	struct document d;
	struct gitoid blob, root;
	struct message m = { .source = a->source, .headline = a->title,
		.url = a->url, .key = a->key, .version = 1,
		.event = RECEIPT_NEW, .fetched = a->fetched, .status = 200,
		.record = a->record_id, .digest = a->payload_digest,
		.extractor = a->extractor, .etag = a->etag };

	strbuf_reset(&b->text);
	strbuf_reset(&b->path);
	strbuf_reset(&b->object);
	if (document_from_article(&d, a, a->url, &b->arena, &b->err) < 0)
		return -1;
	document_print(&b->text, &d);
	if (urlpath_of(&b->path, a->key, URLPATH_DIGITS, &b->err) < 0 ||
		packwriter_add(b->pack, &blob, GIT_BLOB_KIND,
			strbuf_str(&b->text), &b->err) < 0 ||
		treecache_set(b->trees, strbuf_str(&b->path), &blob,
			&b->err) < 0 ||
		treecache_write(b->trees, b->pack, &root, &b->err) < 0)
		return -1;
	m.path = strbuf_str(&b->path);
	m.blob = str_from(gitoid_hex(blob_hex, &blob));
	strbuf_addf(&b->object, "tree %s\n", gitoid_hex(hex, &root));
	if (!gitoid_is_zero(&b->tip))
		strbuf_addf(&b->object, "parent %s\n",
			gitoid_hex(hex, &b->tip));
	strbuf_adds(&b->object, STR("author x <x> 0 +0000\n"
				    "committer x <x> 0 +0000\n\n"));
	message_print(&b->object, &m);
	return packwriter_add(b->pack, &b->tip, GIT_COMMIT_KIND,
		strbuf_str(&b->object), &b->err);
}

static int
write_batch(struct bench *b, const struct article *articles, size_t count)
{
	double wall = seconds(CLOCK_MONOTONIC);
	double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);

	packwriter_reset(b->pack);
	for (size_t i = 0; i < count; i++)
		if (write_article(b, &articles[i]) < 0)
			return -1;
	if (packwriter_finish(b->pack, PACK_FSYNC, &b->err) < 0 ||
		gitstore_move_head(b->store, &b->base, &b->tip, &b->err) != 1)
		return -1;
	packwriter_settle(b->pack);
	b->base = b->tip;
	b->wall += seconds(CLOCK_MONOTONIC) - wall;
	b->cpu += seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	arena_reset(&b->arena);
	return 0;
}

static int
write_all(struct bench *b)
{
	static struct article articles[BATCH];
	struct linebuf in;
	struct str line;
	size_t count = 0;
	int got;

	linebuf_init(&in, 0, ARTICLE_LINE_BYTES);
	while ((got = linebuf_next(&in, &line, &b->err)) == LINEBUF_LINE) {
		if (article_parse(&articles[count++], line, &b->arena,
			    &b->err) < 0)
			return -1;
		if (count < BATCH)
			continue;
		if (write_batch(b, articles, count) < 0)
			return -1;
		count = 0;
	}
	linebuf_release(&in);
	return got < 0 || (count > 0 && write_batch(b, articles, count) < 0) ?
		-1 : 0;
}

static int
open_archive(struct bench *b, const char *path)
{
	struct gitcommit commit = { 0 };

	strbuf_init(&b->text, DOCUMENT_BYTES);
	strbuf_init(&b->path, 4096);
	strbuf_init(&b->object, MESSAGE_BYTES);
	arena_init(&b->arena, ARENA_BYTES);
	if (gitstore_open(&b->store, path, &b->err) < 0)
		return -1;
	b->pack = packwriter_new(b->store);
	b->trees = treecache_new(b->store, TREES_BYTES);
	if (gitstore_head(&b->base, b->store, &b->err) < 0)
		return -1;
	b->tip = b->base;
	if (!gitoid_is_zero(&b->base) &&
		gitstore_read_commit(&commit, b->store, &b->base, &b->arena,
			&b->err) < 0)
		return -1;
	return treecache_load(b->trees, &commit.tree, &b->err);
}

int
main(int argc, char **argv)
{
	static struct bench b;

	if (argc != 2 || open_archive(&b, argv[1]) < 0 || write_all(&b) < 0) {
		fprintf(stderr, "commit-packspeed: %s\n", b.err.text);
		return 1;
	}
	printf("%.6f %.6f\n", b.wall, b.cpu);
	return 0;
}
