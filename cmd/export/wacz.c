/*
 * The order in the file is that in which things become known: the captures as
 * they come, then the index and the pages, then the manifest with everybody's
 * digest, and last the digest of the manifest, with its signature.
 */
#include "cmd/export/wacz.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/export/cdxj.h"
#include "cmd/export/zip.h"
#include "common/base/isotime.h"
#include "common/base/xalloc.h"
#include "common/web/json.h"

enum {
	FILE_BYTES = 1 << 30, /* of captures; what is more goes in the next */
	NAME_BYTES = 1024,
	ADDED_BYTES = 64 << 20
};

struct wacz {
	const struct wacz_options *options;
	int fd;
	bool finished;
	struct zip zip;
	struct warc_writer *writer;
	struct strbuf record, pages;
	struct cdxj index;
	char name[32];  /* of the file of captures, once one is begun */
	unsigned files;
	char *main_url; /* of the first page */
	int64_t main_date_s;
};

int
wacz_open(struct wacz **out, const struct wacz_options *options,
	struct err *err)
{
	struct wacz *w;
	int fd = open(options->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
		0666);

	if (fd < 0)
		return err_errno(err, "cannot make '%s'", options->path);
	w = xcalloc(1, sizeof(*w));
	w->options = options;
	w->fd = fd;
	zip_init(&w->zip, fd, options->now_s);
	w->writer = warc_writer_new(-1, WARC_GZIP | WARC_STABLE);
	strbuf_init(&w->record, SIZE_MAX / 4);
	strbuf_init(&w->pages, SIZE_MAX / 4);
	strbuf_adds(&w->pages, STR("{\"format\":\"json-pages-1.0\","
		"\"id\":\"pages\",\"title\":\"All Pages\"}\n"));
	cdxj_init(&w->index);
	*out = w;
	return 0;
}

void
wacz_close(struct wacz *w)
{
	if (!w)
		return;
	if (!w->finished)
		unlink(w->options->path);
	close(w->fd);
	zip_release(&w->zip);
	warc_writer_free(w->writer);
	strbuf_release(&w->record);
	strbuf_release(&w->pages);
	cdxj_release(&w->index);
	free(w->main_url);
	free(w);
}

static struct zip_member *
member(struct wacz *w)
{
	return &w->zip.members[w->zip.count - 1];
}

/* Begins a file of captures, which says first who made it. */
static int
begin_file(struct wacz *w, struct err *err)
{
	struct str block = STR("software: stet/" STET_VERSION "\r\n"
		"format: WARC File Format 1.1\r\n");
	struct warc_head head = { .type = WARC_INFO,
		.date_s = w->options->now_s,
		.content_type = WARC_FIELDS };
	unsigned char bytes[16] = { (unsigned char)(w->files + 1) };
	char path[64], id[WARC_ID_BYTES];

	if (w->files > 0 && zip_end(&w->zip, err) < 0)
		return -1;
	w->files++;
	snprintf(w->name, sizeof(w->name),
		w->files == 1 ? "data.warc.gz" : "data-%u.warc.gz", w->files);
	snprintf(path, sizeof(path), "archive/%s", w->name);
	head.id = warc_id(id, bytes);
	strbuf_reset(&w->record);
	warc_encode(w->writer, &w->record, &head, &block, 1);
	return zip_begin(&w->zip, path, err) < 0 ? -1 :
		zip_add(&w->zip, strbuf_str(&w->record), err);
}

int
wacz_record(struct wacz *w, const struct warc_record *record, struct err *err)
{
	struct cdxj_place place = { .file = w->name };

	if ((w->files == 0 || member(w)->size >= FILE_BYTES) &&
		begin_file(w, err) < 0)
		return -1;
	strbuf_reset(&w->record);
	warc_encode_copy(w->writer, &w->record, record);
	place.at = member(w)->size;
	place.len = w->record.len;
	cdxj_add(&w->index, record, &place);
	return zip_add(&w->zip, strbuf_str(&w->record), err);
}

void
wacz_page(struct wacz *w, const struct wacz_page *page)
{
	struct strbuf *out = &w->pages;
	char time[ISOTIME_BYTES], id[24];

	if (!w->main_url) {
		w->main_url = xmemdup0(page->url.ptr, page->url.len);
		w->main_date_s = page->date_s;
	}
	snprintf(id, sizeof(id), "%zx", w->pages.len);
	isotime_format(time, page->date_s);
	json_open(out, '{');
	json_key(out, "id");
	json_add_str(out, str_from(id));
	json_key(out, "url");
	json_add_str(out, page->url);
	json_key(out, "ts");
	json_add_str(out, str_from(time));
	json_key(out, "title");
	json_add_str(out, page->title);
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

static int
add_file(struct wacz *w, const char *path, const char *name, struct err *err)
{
	struct strbuf bytes;
	ssize_t got = 1;
	int result, fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(err, "cannot read '%s'", path);
	strbuf_init(&bytes, ADDED_BYTES);
	while (got > 0) {
		char *room = strbuf_room(&bytes, 64 << 10);

		if (!room) {
			err_set(err, "'%s' is too large", path);
			break;
		}
		got = read(fd, room, 64 << 10);
		if (got > 0)
			strbuf_grew(&bytes, (size_t)got);
		if (got < 0)
			err_errno(err, "cannot read '%s'", path);
	}
	close(fd);
	result = got != 0 ? -1 :
		zip_put(&w->zip, name, strbuf_str(&bytes), err);
	strbuf_release(&bytes);
	return result;
}

static int
is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Adds the files of a folder, and of those in it, sorted by name. */
static int
add_folder(struct wacz *w, const char *folder, const char *prefix,
	struct err *err)
{
	struct dirent **names = NULL;
	int count = scandir(folder, &names, is_shown, alphasort), result = 0;
	char path[NAME_BYTES * 2], name[NAME_BYTES];
	struct stat s;

	if (count < 0)
		return err_errno(err, "cannot read '%s'", folder);
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder,
			names[i]->d_name);
		snprintf(name, sizeof(name), "%s%s", prefix,
			names[i]->d_name);
		free(names[i]);
		if (result < 0 || stat(path, &s) < 0)
			continue;
		if (S_ISREG(s.st_mode))
			result = add_file(w, path, name, err);
		if (!S_ISDIR(s.st_mode))
			continue;
		snprintf(name + str_from(name).len,
			sizeof(name) - str_from(name).len, "/");
		result = add_folder(w, path, name, err);
	}
	free(names);
	return result;
}

static void
add_text(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

static void
add_resource(struct strbuf *out, const struct zip_member *m)
{
	struct str path = str_from(m->name);
	ptrdiff_t slash = str_find_last(path, '/');
	char hash[WACZ_DIGEST_BYTES];

	snprintf(hash, sizeof(hash), "sha256:%s", m->sha256);
	json_open(out, '{');
	add_text(out, "name", str_sub(path, (size_t)(slash + 1), path.len));
	add_text(out, "path", path);
	add_text(out, "hash", str_from(hash));
	json_key(out, "bytes");
	json_add_int(out, (int64_t)m->size);
	json_close(out, '}');
}

static void
add_manifest(struct strbuf *out, const struct wacz *w)
{
	char time[ISOTIME_BYTES];

	isotime_format(time, w->options->now_s);
	json_open(out, '{');
	add_text(out, "profile", STR("data-package"));
	add_text(out, "wacz_version", STR("1.1.1"));
	add_text(out, "software", STR("stet/" STET_VERSION));
	add_text(out, "title", w->options->title);
	add_text(out, "created", str_from(time));
	add_text(out, "modified", str_from(time));
	if (w->main_url) {
		isotime_format(time, w->main_date_s);
		add_text(out, "mainPageUrl", str_from(w->main_url));
		add_text(out, "mainPageDate", str_from(time));
	}
	json_key(out, "resources");
	json_open(out, '[');
	for (size_t i = 0; i < w->zip.count; i++)
		add_resource(out, &w->zip.members[i]);
	json_close(out, ']');
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

static void
add_digest(struct strbuf *out, const struct wacz *w, struct str digest)
{
	json_open(out, '{');
	add_text(out, "path", STR("datapackage.json"));
	add_text(out, "hash", digest);
	if (w->options->signature.len > 0) {
		json_key(out, "signedData");
		strbuf_adds(out, w->options->signature);
	}
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

int
wacz_finish(struct wacz *w, char digest[WACZ_DIGEST_BYTES], struct err *err)
{
	struct strbuf *out = &w->record;

	if ((w->files == 0 && begin_file(w, err) < 0) ||
		zip_end(&w->zip, err) < 0)
		return -1;
	strbuf_reset(out);
	cdxj_write(out, &w->index);
	if (zip_put(&w->zip, "indexes/index.cdx", strbuf_str(out), err) < 0 ||
		zip_put(&w->zip, "pages/pages.jsonl", strbuf_str(&w->pages),
			err) < 0 ||
		(w->options->add &&
			add_folder(w, w->options->add, "", err) < 0))
		return -1;
	strbuf_reset(out);
	add_manifest(out, w);
	if (zip_put(&w->zip, "datapackage.json", strbuf_str(out), err) < 0)
		return -1;
	snprintf(digest, WACZ_DIGEST_BYTES, "sha256:%s", member(w)->sha256);
	strbuf_reset(out);
	add_digest(out, w, str_from(digest));
	if (zip_put(&w->zip, "datapackage-digest.json", strbuf_str(out),
		    err) < 0 || zip_finish(&w->zip, err) < 0)
		return -1;
	if (fsync(w->fd) < 0)
		return err_errno(err, "cannot write '%s'", w->options->path);
	w->finished = true;
	return 0;
}
