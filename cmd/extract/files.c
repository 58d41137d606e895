#include "cmd/extract/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/extract/extract.h"
#include "cmd/extract/output.h"
#include "common/base/fdwrite.h"
#include "common/base/msg.h"
#include "common/base/status.h"

enum {
	READ_BYTES = 64 << 10, /* at a time, where the size is not known */
	ADDRESS_BYTES = 16 << 10,
	KEPT_BYTES = 4 << 20   /* of a buffer from file to file */
};

static int
read_file(struct strbuf *out, const struct file *file, struct err *err)
{
	struct stat known;
	size_t piece = READ_BYTES;
	ssize_t got = 1;

	if (fstat(file->fd, &known) == 0 && known.st_size > READ_BYTES &&
		known.st_size < EVENT_BODY_BYTES)
		piece = (size_t)known.st_size + 1; /* and its end is seen */
	while (got > 0 && !strbuf_overflowed(out)) {
		char *room = strbuf_room(out, piece);

		got = room ? read(file->fd, room, piece) : 0;
		if (got > 0)
			strbuf_grew(out, (size_t)got);
		piece = READ_BYTES;
	}
	if (got < 0)
		err_errno(err, "cannot read '%s'", file->name);
	else if (strbuf_overflowed(out))
		got = err_set(err, "'%s' is larger than 64 MiB",
			file->name);
	return got < 0 ? -1 : 0;
}

/* What a page calls its address, as far as it is a whole one; or "". */
static struct str
own_address(const struct facts *f)
{
	struct str all[] = { f->canonical, facts_meta(f, META_OG_URL, 0) };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (str_starts(all[i], STR("http://")) ||
			str_starts(all[i], STR("https://")))
			return all[i];
	return STR("");
}

/* "file://" and the whole path, in `out`. */
static struct str
file_address(struct strbuf *out, const char *name)
{
	char *path = strcmp(name, "-") == 0 ? NULL : realpath(name, NULL);

	strbuf_reset(out);
	strbuf_addf(out, "file://%s", path ? path : "/dev/stdin");
	free(path);
	return strbuf_str(out);
}

/* The address of a page that came without one, in f->url. */
static struct str
find_address(struct files *f, const struct event *event,
	const struct file *file)
{
	struct article article = { .event = EVENT_FAILED,
		.url = file_address(&f->url, file->name) };
	struct reading r;
	struct err err;
	struct str own;

	if (extract_read(&r, &f->extract, &article, event, NULL, &err) < 0)
		return article.url;
	own = own_address(&r.facts);
	if (own.len > 0) {
		strbuf_reset(&f->url);
		strbuf_adds(&f->url, own);
	}
	return strbuf_str(&f->url);
}

/* A huge file's storage is not kept for the small ones behind it. */
static void
clear(struct strbuf *b)
{
	if (b->cap > KEPT_BYTES)
		strbuf_release(b);
	strbuf_reset(b);
}

int
files_take(struct files *f, int out_fd, const struct file *file,
	struct err *err)
{
	struct article article = { .event = EVENT_FAILED, .status = 200 };
	struct event event = { .body = { NULL, 0 } };
	bool failed;

	clear(&f->page);
	clear(&f->line);
	if (read_file(&f->page, file, err) < 0) {
		msg_warn("%s", err->text);
		return STATUS_PARTIAL;
	}
	event.body = strbuf_str(&f->page);
	article.url = file->url ? str_from(file->url) :
		find_address(f, &event, file);
	extract_page(&article, &f->extract, &event, f->rules);
	output_line(&f->line, &article);
	failed = output_failure(&article);
	if (fdwrite_all(out_fd, strbuf_str(&f->line), NULL) < 0) {
		err_errno(err, "cannot write the output");
		return STATUS_STOPPED;
	}
	tally_count(f->tally, failed);
	return failed ? STATUS_PARTIAL : STATUS_OK;
}

void
files_init(struct files *f, const struct selectors *rules,
	struct tally *tally)
{
	f->rules = rules;
	f->tally = tally;
	extract_init(&f->extract);
	strbuf_init(&f->page, EVENT_BODY_BYTES + READ_BYTES);
	strbuf_init(&f->line, ARTICLE_LINE_BYTES);
	strbuf_init(&f->url, ADDRESS_BYTES);
}

void
files_release(struct files *f)
{
	strbuf_release(&f->page);
	strbuf_release(&f->line);
	strbuf_release(&f->url);
	extract_release(&f->extract);
}
