#include "cmd/export/package.h"

#include <unistd.h>

#include "cmd/export/captures.h"
#include "common/archive/archive.h"
#include "common/base/status.h"

enum { TITLES_BYTES = 1 << 30 };

struct package {
	struct package_options *options;
	struct warc_writer *writer;
	struct strbuf record;
	struct wacz *wacz;
	struct hash_set ids;  /* of the records that versions were made of */
	struct hash_map titles; /* and their headlines */
	struct arena arena;
};

int
package_find(struct package_options *o, struct err *err)
{
	struct gitstore *store;
	int got;

	if (archive_open(&store, o->export->archive, err) < 0)
		return STATUS_USAGE;
	got = kept_folder(o->folder, store, o->kept, err);
	gitstore_close(store);
	if (got < 0)
		return STATUS_STOPPED;
	if (o->folder[0] != '\0')
		return STATUS_OK;
	err_set(err, "no captures are kept (stet.warc); --kept names a "
		"folder of WARC files");
	return STATUS_USAGE;
}

/* Remembers which capture a version was made of. */
static int
note(void *context, const struct export_item *item, struct err *err)
{
	struct package *p = context;
	struct str *title, id = item->message.record;

	if (id.len == 0 || !hash_set_add(&p->ids, hash_str64(id)))
		return 0;
	title = arena_alloc(&p->arena, sizeof(*title));
	id = arena_dup(&p->arena, id);
	if (!title || !id.ptr)
		return err_set(err, "too many captures for one package");
	*title = arena_dup(&p->arena, item->message.headline);
	hash_map_add(&p->titles, id, title);
	return 0;
}

/* A line as sha256sum has it, with the record's id for the file. */
static int
write_digest(struct package *p, const struct warc_record *record,
	struct err *err)
{
	unsigned char sum[DIGEST_SHA256_BYTES];

	if (record->type != WARC_RESPONSE && record->type != WARC_REVISIT &&
		record->type != WARC_RESOURCE)
		return 0;
	strbuf_reset(&p->record);
	digest_sha256(sum, record->block);
	digest_hex(&p->record, sum, sizeof(sum));
	strbuf_addf(&p->record, "  %.*s\n", STR_ARGS(record->id));
	return warc_write_encoded(p->writer, strbuf_str(&p->record), err);
}

static int
write_record(void *context, const struct warc_record *record, struct err *err)
{
	struct package *p = context;
	const struct str *title = hash_map_get(&p->titles, record->id);

	if (p->options->digests)
		return write_digest(p, record, err);
	if (!p->wacz) {
		strbuf_reset(&p->record);
		warc_encode_copy(p->writer, &p->record, record);
		return warc_write_encoded(p->writer, strbuf_str(&p->record),
			err);
	}
	if (title)
		wacz_page(p->wacz, &(struct wacz_page){ .url = record->uri,
			.title = *title, .date_s = record->date_s });
	return wacz_record(p->wacz, record, err);
}

/* Lists the versions: they are the pages, and one may be the only one. */
static int
list_versions(struct package *p, struct err *err)
{
	struct package_options *o = p->options;
	struct export_writer writer = { note, p };
	int status;

	if (!o->wacz.path && o->export->number == 0)
		return STATUS_OK;
	status = export_run(o->export, &writer, err);
	/* What was captured need not have become a version. */
	return status == STATUS_PARTIAL && o->export->number == 0 ?
		STATUS_OK : status;
}

static int
write_captures(struct package *p, char digest[WACZ_DIGEST_BYTES],
	struct err *err)
{
	struct package_options *o = p->options;
	struct captures_options c = { .export = o->export,
		.folder = o->folder,
		.only = o->export->number != 0 ? &p->ids : NULL };
	int status = captures_run(&c, write_record, p, err);

	if (status != STATUS_OK)
		return status;
	if (p->wacz)
		return wacz_finish(p->wacz, digest, err) < 0 ?
			STATUS_STOPPED : STATUS_OK;
	return warc_writer_flush(p->writer, err) < 0 ? STATUS_STOPPED :
						       STATUS_OK;
}

int
package_run(struct package_options *o, char digest[WACZ_DIGEST_BYTES],
	struct err *err)
{
	struct package p = { .options = o,
		.writer = warc_writer_new(STDOUT_FILENO, 0) };
	int status = STATUS_USAGE;

	arena_init(&p.arena, TITLES_BYTES);
	strbuf_init(&p.record, SIZE_MAX / 4);
	if (!o->wacz.path || wacz_open(&p.wacz, &o->wacz, err) == 0)
		status = list_versions(&p, err);
	if (status == STATUS_OK)
		status = write_captures(&p, digest, err);
	wacz_close(p.wacz);
	warc_writer_free(p.writer);
	strbuf_release(&p.record);
	hash_set_release(&p.ids);
	hash_map_release(&p.titles);
	arena_release(&p.arena);
	return status;
}
