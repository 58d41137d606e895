#include "cmd/tell/tell.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/tell/message.h"
#include "common/article/receipt.h"
#include "common/base/atomicfile.h"
#include "common/base/fdwrite.h"
#include "common/base/linebuf.h"
#include "common/base/status.h"
#include "common/search/fold.h"
#include "common/site/work.h"

enum { RECEIPT_ARENA_BYTES = 4 << 20, TELL_BYTES = 32 << 20 };

struct telling {
	const struct tell_options *options;
	struct work w;
	struct arena receipt;
	struct strbuf message;
	int out, spool;
	size_t told;
};

/* --- what matches --- */

static bool
has_class(struct str classes, struct str wanted)
{
	struct str name;

	while (classes.len > 0 && str_field(&name, &classes, ','))
		if (str_eq(str_trim(name), wanted))
			return true;
	return false;
}

static bool
matches_class(const struct tell_options *o, const struct index_version *v)
{
	if (o->headline && !has_class(v->classes, STR("headline")))
		return false;
	if (o->class.len == 0)
		return true;
	if (v->event == RECEIPT_GONE || v->event == RECEIPT_RESTORED)
		return str_eq(o->class, v->event == RECEIPT_GONE ?
				STR("removed") : STR("restored")) ||
			has_class(v->classes, o->class);
	return has_class(v->classes, o->class);
}

/* By what the index knows. */
static bool
matches(const struct tell_options *o, const struct item *item)
{
	const struct index_version *v = &item->version;

	if (item->hidden || v->event == RECEIPT_TECHNICAL ||
		(v->event == RECEIPT_NEW && !o->fresh) ||
		(v->event == RECEIPT_MINOR && !o->minor))
		return false;
	if (o->source.len > 0 && !str_eq(o->source, item->article.source))
		return false;
	if (o->article.len > 0 && !str_eq(o->article, item->article.key) &&
		!str_eq(o->article, item->article.url))
		return false;
	if (o->words > 0 && v->words_added + v->words_removed < o->words)
		return false;
	return matches_class(o, v);
}

static void
fold_document(struct strbuf *out, const struct document *doc)
{
	fold_text(out, doc->title);
	fold_text(out, doc->summary);
	for (size_t i = 0; i < doc->blocks_count; i++)
		fold_text(out, doc->blocks[i].text);
}

static size_t
count(struct str text, struct str needle)
{
	size_t n = 0;
	const char *at;

	while (text.len >= needle.len && needle.len > 0 &&
		(at = memmem(text.ptr, text.len, needle.ptr, needle.len))) {
		n++;
		text = str_sub(text, (size_t)(at - text.ptr) + 1, text.len);
	}
	return n;
}

/* Whether `more` has the words oftener than `less`. */
static bool
gains(struct str words, const struct document *more,
	const struct document *less)
{
	struct strbuf needle, a, b;
	bool gained;

	strbuf_init(&needle, TELL_BYTES);
	strbuf_init(&a, TELL_BYTES);
	strbuf_init(&b, TELL_BYTES);
	fold_text(&needle, words);
	fold_document(&a, more);
	fold_document(&b, less);
	gained = count(strbuf_str(&a), strbuf_str(&needle)) >
		count(strbuf_str(&b), strbuf_str(&needle));
	strbuf_release(&needle);
	strbuf_release(&a);
	strbuf_release(&b);
	return gained;
}

static bool
by_author(struct str author, const struct document *doc)
{
	struct strbuf needle, byline;
	bool found;

	strbuf_init(&needle, TELL_BYTES);
	strbuf_init(&byline, TELL_BYTES);
	fold_text(&needle, author);
	fold_text(&byline, doc->byline);
	found = count(strbuf_str(&byline), strbuf_str(&needle)) > 0;
	strbuf_release(&needle);
	strbuf_release(&byline);
	return found;
}

/* By what the texts say. A withdrawal took all of its last text out. */
static bool
matches_texts(const struct tell_options *o, const struct document *before,
	const struct document *after)
{
	if (o->added.len > 0 && !gains(o->added, after, before))
		return false;
	if (o->removed.len > 0 && !gains(o->removed, before, after))
		return false;
	return o->author.len == 0 || by_author(o->author, after) ||
		by_author(o->author, before);
}

/* --- the commit of a receipt --- */

/* 1, with `out` in w->article; 0: there is none; -1. */
static int
find_item(struct item *out, struct telling *t, const struct receipt *r,
	struct err *err)
{
	struct catalog_entry entry = { 0 };
	struct index_cursor *cursor;
	struct index_article a;
	struct index_version v;
	struct gitoid commit;
	bool found = false;
	int got = index_find(&a, t->w.index, r->key.len ? r->key : r->url,
		&t->w.article, err);

	if (got <= 0 || gitoid_parse(&commit, r->commit) < 0)
		return got < 0 ? -1 : 0;
	if (index_versions(&cursor, t->w.index, a.id, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0) {
		if (!gitoid_eq(&v.commit, &commit))
			continue;
		entry = (struct catalog_entry){ v.seq, a.id, v.number, 0,
			!index_is_version(&v) };
		found = true;
	}
	index_cursor_free(cursor);
	if (got < 0 || !found)
		return got;
	return work_item(out, &t->w, &entry, &t->w.article, err);
}

/* Both texts; an empty one where there is none. *compared: they stand in
 * w->rows. */
static int
load_texts(struct document docs[2], bool *compared, struct telling *t,
	const struct item *item, struct err *err)
{
	struct work *w = &t->w;
	struct index_version before = item->version;
	bool ended = !index_is_version(&item->version);
	int got = 1;

	docs[0] = docs[1] = (struct document){ 0 };
	*compared = false;
	arena_reset(&w->texts[0]);
	arena_reset(&w->texts[1]);
	if (!ended && view_document(&docs[1], w->store, &item->version,
			      &w->texts[1], err) < 0)
		return -1;
	if (!ended && item->version.number <= 1)
		return 0;
	got = index_version(&before, w->index, item->article.id,
		item->version.number - (ended ? 0 : 1), &w->texts[0], err);
	if (got <= 0)
		return got;
	if (view_document(&docs[0], w->store, &before, &w->texts[0], err) < 0)
		return -1;
	*compared = !ended;
	return ended ? 0 : rows_compare(w->rows, &docs[0], &docs[1], err);
}

/* --- where messages go --- */

/* A file by the commit's name, beside it what a program may want to know. */
static int
spool(struct telling *t, const char *name, struct str bytes, struct err *err)
{
	struct atomicfile f;

	if (atomicfile_open(&f, t->spool, name, err) < 0)
		return -1;
	atomicfile_write(&f, bytes.ptr, bytes.len);
	return atomicfile_commit(&f, ATOMICFILE_NOSYNC, err);
}

static void
fact(struct strbuf *out, const char *name, struct str value)
{
	strbuf_addf(out, "%s\t", name);
	for (size_t i = 0; i < value.len; i++)
		strbuf_addc(out, (unsigned char)value.ptr[i] < 0x20 ? ' ' :
			value.ptr[i]);
	strbuf_addc(out, '\n');
}

static int
spool_message(struct telling *t, const struct message_parts *p,
	const struct item *item, struct err *err)
{
	char hex[GITOID_HEX_BYTES];
	struct strbuf name, facts;
	int failed;

	gitoid_hex(hex, &item->version.commit);
	strbuf_init(&name, 256);
	strbuf_init(&facts, TELL_BYTES);
	fact(&facts, "STET_COMMIT", str_from(hex));
	fact(&facts, "STET_KEY", item->article.key);
	fact(&facts, "STET_URL", item->article.url);
	fact(&facts, "STET_TITLE", strbuf_str(&p->title));
	fact(&facts, "STET_SOURCE", p->source);
	fact(&facts, "STET_PAGE", strbuf_str(&p->page));
	fact(&facts, "STET_ALT", strbuf_str(&p->change));
	strbuf_addf(&facts, "STET_VERSION\t%lld\n",
		(long long)item->version.number);
	strbuf_addf(&name, "%012lld-%s.facts", (long long)item->version.seq,
		hex);
	failed = spool(t, name.ptr, strbuf_str(&facts), err);
	strbuf_cut(&name, name.len - sizeof("facts") + 1);
	strbuf_adds(&name, STR("message"));
	if (!failed)
		failed = spool(t, name.ptr, strbuf_str(&t->message), err);
	strbuf_release(&name);
	strbuf_release(&facts);
	return failed;
}

static int
deliver(struct telling *t, const struct item *item, bool compared,
	struct err *err)
{
	struct message_parts parts;
	int failed;

	message_parts_init(&parts);
	strbuf_reset(&t->message);
	failed = message_make(&parts, &t->w, item, compared, err);
	if (!failed) {
		if (t->told > 0 && t->spool < 0 &&
			t->options->format == TELL_TEXT)
			strbuf_addc(&t->message, '\n');
		message_add(&t->message, &parts, item, t->options);
		failed = t->spool >= 0 ? spool_message(t, &parts, item, err) :
			fdwrite_all(t->out, strbuf_str(&t->message), err);
		t->told++;
	}
	message_parts_release(&parts);
	return failed;
}

/* --- the receipts --- */

static int
take(struct telling *t, struct str line, struct err *err)
{
	struct document docs[2];
	struct receipt r;
	struct item item;
	bool compared;
	int got;

	arena_reset(&t->receipt);
	arena_reset(&t->w.article);
	if (receipt_parse(&r, line, &t->receipt, err) < 0)
		return -1;
	if (!receipt_has_commit(&r))
		return 0;
	got = find_item(&item, t, &r, err);
	if (got <= 0 || !matches(t->options, &item))
		return got < 0 ? -1 : 0;
	if (load_texts(docs, &compared, t, &item, err) < 0)
		return -1;
	if (!matches_texts(t->options, &docs[0], &docs[1]))
		return 0;
	return deliver(t, &item, compared, err);
}

static int
read_all(struct telling *t, int in, void (*warn)(const char *text),
	struct err *err)
{
	struct linebuf lines;
	struct err why;
	struct str line;
	int got, status = STATUS_OK;

	linebuf_init(&lines, in, RECEIPT_LINE_BYTES);
	while ((got = linebuf_next(&lines, &line, err)) != LINEBUF_END) {
		if (got == LINEBUF_ERROR) {
			status = STATUS_STOPPED;
			break;
		}
		if (got == LINEBUF_LONG)
			err_set(&why, "receipt in line %zu is too long",
				lines.number);
		else if (str_trim(line).len == 0 || take(t, line, &why) == 0)
			continue;
		warn(why.text);
		status = STATUS_PARTIAL;
	}
	linebuf_release(&lines);
	return status;
}

int
tell_run(const struct tell_options *options, int in, int out,
	void (*warn)(const char *text), struct err *err)
{
	struct telling t = { .options = options, .out = out, .spool = -1,
		.w = { .reading = true } };
	int status = STATUS_USAGE;

	arena_init(&t.receipt, RECEIPT_ARENA_BYTES);
	strbuf_init(&t.message, TELL_BYTES);
	if (options->spool)
		t.spool = open(options->spool,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (options->spool && t.spool < 0)
		err_errno(err, "cannot open '%s'", options->spool);
	else if (work_open(&t.w, options->archive, err) == 0)
		status = read_all(&t, in, warn, err);
	if (t.spool >= 0)
		close(t.spool);
	work_close(&t.w);
	arena_release(&t.receipt);
	strbuf_release(&t.message);
	return status;
}
