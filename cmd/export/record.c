#include "cmd/export/record.h"

#include "common/text/csv.h"

static enum article_event
event_of(enum receipt_status event)
{
	if (event == RECEIPT_GONE)
		return EVENT_GONE;
	return event == RECEIPT_MOVED ? EVENT_MOVED : EVENT_ARTICLE;
}

void
record_line(struct strbuf *out, const struct export_item *item)
{
	const struct message *m = &item->message;
	const struct document *d = &item->document;
	struct article a = { .event = event_of(m->event),
		.url = m->url,
		.key = m->key,
		.source = m->source,
		.title = m->headline,
		.extractor = m->extractor,
		.status = m->status,
		.fetched = m->fetched,
		.etag = m->etag,
		.last_modified = m->last_modified,
		.record_id = m->record,
		.payload_digest = m->digest,
		.reason = m->reason,
		.location = m->location,
		.first_url = item->article.url,
		.message = item->text };

	if (item->has_document) {
		a.title = d->title;
		a.byline = d->byline;
		a.published = d->published;
		a.lang = d->lang;
		a.summary = d->summary;
		a.first_url = d->url;
		a.blocks = d->blocks;
		a.blocks_count = d->blocks_count;
	}
	article_write(out, &a);
}

const char record_columns[] =
	"key,url,path,source,version,event,fetched,commit,blob,classes,"
	"words_added,words_removed,title,byline,published,lang,summary,words,"
	"status,reason,location,record_id,payload_digest,extractor";

static void
add_oid(struct csv *row, const struct gitoid *id)
{
	char hex[GITOID_HEX_BYTES];

	csv_text(row, gitoid_is_zero(id) ? STR("") :
		str_from(gitoid_hex(hex, id)));
}

static void
add_classes(struct csv *row, const struct strlist *classes)
{
	struct strbuf text;

	strbuf_init(&text, MESSAGE_VALUE_BYTES);
	for (size_t i = 0; i < classes->count; i++) {
		strbuf_adds(&text, i > 0 ? STR(", ") : STR(""));
		strbuf_adds(&text, classes->items[i]);
	}
	csv_text(row, strbuf_str(&text));
	strbuf_release(&text);
}

static void
add_document(struct csv *row, const struct export_item *item)
{
	const struct document *d = &item->document;

	csv_text(row, item->has_document ? d->title : item->message.headline);
	csv_text(row, d->byline);
	csv_text(row, d->published);
	csv_text(row, d->lang);
	csv_text(row, d->summary);
	csv_int(row, item->has_document ? document_words(d) : 0);
}

void
record_row(struct strbuf *out, const struct export_item *item)
{
	const struct message *m = &item->message;
	struct csv row = csv_begin(out, ',');

	csv_text(&row, m->key);
	csv_text(&row, item->article.url);
	csv_text(&row, m->path);
	csv_text(&row, m->source);
	csv_int(&row, m->version);
	csv_text(&row, receipt_status_name(m->event));
	csv_text(&row, m->fetched);
	add_oid(&row, &item->commit);
	add_oid(&row, &item->blob);
	add_classes(&row, &m->classes);
	csv_int(&row, m->words_added);
	csv_int(&row, m->words_removed);
	add_document(&row, item);
	csv_int(&row, m->status);
	csv_text(&row, m->reason);
	csv_text(&row, m->location);
	csv_text(&row, m->record);
	csv_text(&row, m->digest);
	csv_text(&row, m->extractor);
	csv_end(&row);
}
