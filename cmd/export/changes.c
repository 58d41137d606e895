#include "cmd/export/changes.h"

#include "common/archive/indexjson.h"
#include "common/base/xalloc.h"
#include "common/diff/align.h"
#include "common/diff/change.h"
#include "common/diff/wordsdiff.h"
#include "common/text/csv.h"
#include "common/web/json.h"

enum { TEXT_BYTES = 64 << 20, CLASSES_BYTES = 1024 };

struct changes {
	struct align *align;
	struct change *change;
	struct gitdiff *differ;
	struct wordsdiff words;
	struct strbuf before, after, classes;
	struct document previous;
	/* Of the call of changes_of: */
	const struct export_item *item;
	int (*each)(void *context, const struct export_item *item,
		const struct changes_place *place, struct err *err);
	void *context;
};

struct changes *
changes_new(void)
{
	struct changes *c = xcalloc(1, sizeof(*c));

	c->align = align_new();
	c->change = change_new();
	c->differ = gitdiff_new();
	wordsdiff_init(&c->words);
	strbuf_init(&c->before, TEXT_BYTES);
	strbuf_init(&c->after, TEXT_BYTES);
	strbuf_init(&c->classes, CLASSES_BYTES);
	return c;
}

void
changes_free(struct changes *c)
{
	if (!c)
		return;
	align_free(c->align);
	change_free(c->change);
	gitdiff_free(c->differ);
	wordsdiff_release(&c->words);
	strbuf_release(&c->before);
	strbuf_release(&c->after);
	strbuf_release(&c->classes);
	free(c);
}

static int
tell(struct changes *c, struct changes_place *place, struct err *err)
{
	return c->each(c->context, c->item, place, err);
}

/* A field of the head. Its class is known where it has a class of its own. */
static int
compare_field(struct changes *c, const char *part, struct str class,
	struct str before, struct str after, struct err *err)
{
	struct changes_place place = { .part = str_from(part),
		.kind = before.len == 0 ? STR("added") :
			after.len == 0 ? STR("removed") : STR("edited"),
		.classes = class,
		.before = before,
		.after = after };

	if (str_eq(before, after))
		return 0;
	if (wordsdiff_run(&c->words, c->differ, before, after, err) < 0)
		return -1;
	place.words_added = (int64_t)c->words.added;
	place.words_removed = (int64_t)c->words.removed;
	return tell(c, &place, err);
}

static struct str
join(struct strbuf *out, const struct block *blocks, size_t first,
	size_t count)
{
	strbuf_reset(out);
	for (size_t i = 0; i < count; i++) {
		strbuf_adds(out, i > 0 ? STR("\n") : STR(""));
		strbuf_adds(out, blocks[first + i].text);
	}
	return strbuf_str(out);
}

static struct str
class_names(struct changes *c, unsigned classes)
{
	strbuf_reset(&c->classes);
	for (unsigned bit = 1; bit < 1u << CHANGE_CLASSES; bit <<= 1) {
		if (!(classes & bit))
			continue;
		strbuf_adds(&c->classes,
			c->classes.len > 0 ? STR(", ") : STR(""));
		strbuf_adds(&c->classes, change_class_name(bit));
	}
	return strbuf_str(&c->classes);
}

static int
compare_row(struct changes *c, const struct align_row *row, struct err *err)
{
	const struct document *now = &c->item->document;
	struct changes_place place = { .part = STR("text"),
		.kind = align_kind_name(row->kind),
		.words_added = (int64_t)row->words_added,
		.words_removed = (int64_t)row->words_removed };
	unsigned classes;

	if (row->kind == ALIGN_SAME)
		return 0;
	if (change_row_classes(&classes, c->change, c->align, row,
		    &c->previous, now, c->item->article.source, err) < 0)
		return -1;
	if (row->left_count > 0)
		place.paragraph_before = (int64_t)row->left + 1;
	if (row->right_count > 0)
		place.paragraph_after = (int64_t)row->right + 1;
	place.classes = class_names(c, classes);
	place.before = join(&c->before, c->previous.blocks, row->left,
		row->left_count);
	place.after = join(&c->after, now->blocks, row->right,
		row->right_count);
	return tell(c, &place, err);
}

static int
compare(struct changes *c, struct err *err)
{
	const struct document *was = &c->previous, *now = &c->item->document;

	if (compare_field(c, "title", STR("headline"), was->title, now->title,
		    err) < 0 ||
		compare_field(c, "byline", STR("names"), was->byline,
			now->byline, err) < 0 ||
		compare_field(c, "summary", STR(""), was->summary,
			now->summary, err) < 0 ||
		align_blocks(c->align, was->blocks, was->blocks_count,
			now->blocks, now->blocks_count, err) < 0)
		return -1;
	for (size_t i = 0; i < c->align->count; i++)
		if (compare_row(c, &c->align->rows[i], err) < 0)
			return -1;
	return 0;
}

int
changes_of(struct changes *c, const struct export_item *item,
	int (*each)(void *context, const struct export_item *item,
		const struct changes_place *place, struct err *err),
	void *context, struct err *err)
{
	int got;

	if (!item->has_document || item->message.event == RECEIPT_MOVED)
		return 0;
	got = export_previous(&c->previous, item, err);
	if (got <= 0)
		return got;
	c->item = item;
	c->each = each;
	c->context = context;
	return compare(c, err);
}

const char changes_columns[] =
	"key,url,source,version,fetched,commit,title,part,kind,classes,"
	"words_added,words_removed,paragraph_before,paragraph_after,before,"
	"after";

void
changes_row(struct strbuf *out, const struct export_item *item,
	const struct changes_place *place)
{
	struct csv row = csv_begin(out, ',');
	char hex[GITOID_HEX_BYTES];

	csv_text(&row, item->message.key);
	csv_text(&row, item->article.url);
	csv_text(&row, item->message.source);
	csv_int(&row, item->message.version);
	csv_text(&row, item->message.fetched);
	csv_text(&row, str_from(gitoid_hex(hex, &item->commit)));
	csv_text(&row, item->document.title);
	csv_text(&row, place->part);
	csv_text(&row, place->kind);
	csv_text(&row, place->classes);
	csv_int(&row, place->words_added);
	csv_int(&row, place->words_removed);
	csv_int(&row, place->paragraph_before);
	csv_int(&row, place->paragraph_after);
	csv_text(&row, place->before);
	csv_text(&row, place->after);
	csv_end(&row);
}

void
changes_line(struct strbuf *out, const struct export_item *item,
	const struct changes_place *place)
{
	char hex[GITOID_HEX_BYTES];

	json_open(out, '{');
	indexjson_int(out, "v", 1);
	indexjson_text(out, "key", item->message.key);
	indexjson_text(out, "url", item->article.url);
	indexjson_text(out, "source", item->message.source);
	indexjson_int(out, "version", item->message.version);
	indexjson_text(out, "fetched", item->message.fetched);
	indexjson_text(out, "commit", str_from(gitoid_hex(hex,
		&item->commit)));
	indexjson_text(out, "title", item->document.title);
	indexjson_text(out, "part", place->part);
	indexjson_text(out, "kind", place->kind);
	indexjson_classes(out, place->classes);
	indexjson_int(out, "words_added", place->words_added);
	indexjson_int(out, "words_removed", place->words_removed);
	indexjson_int(out, "paragraph_before", place->paragraph_before);
	indexjson_int(out, "paragraph_after", place->paragraph_after);
	indexjson_text(out, "before", place->before);
	indexjson_text(out, "after", place->after);
	json_close(out, '}');
	strbuf_addc(out, '\n');
}
