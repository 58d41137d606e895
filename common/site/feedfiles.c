#include "common/site/feedfiles.h"

#include <stdio.h>

#include "common/page/feeds.h"
#include "common/page/markup.h"
#include "common/page/names.h"

/* A feed in all its formats, made side by side. */
struct bundle {
	struct feed feeds[3];
	struct frame frames[3];
	struct strbuf out[3], paths[3];
	size_t count;
};

static void
begin(struct bundle *b, struct work *w, struct str stem, struct str title,
	struct str home, size_t formats, int64_t updated_s)
{
	b->count = formats;
	for (size_t i = 0; i < b->count; i++) {
		enum feed_kind kind = (enum feed_kind)i;

		strbuf_init(&b->out[i], WORK_PAGE_BYTES);
		strbuf_init(&b->paths[i], WORK_PATH_BYTES);
		strbuf_adds(&b->paths[i], stem);
		strbuf_addf(&b->paths[i], ".%s", feeds_ending(kind));
		b->frames[i] = (struct frame){ .site = &w->options,
			.path = b->paths[i].ptr };
		b->feeds[i] = (struct feed){ .kind = kind,
			.frame = &b->frames[i], .title = title, .home = home,
			.updated_s = updated_s };
		feeds_begin(&b->out[i], &b->feeds[i]);
	}
}

static int
finish(struct bundle *b, struct work *w, int failed, struct err *err)
{
	for (size_t i = 0; i < b->count; i++) {
		feeds_end(&b->out[i], &b->feeds[i]);
		if (!failed)
			failed = work_write_buffer(w, b->paths[i].ptr,
				&b->out[i], err);
		strbuf_release(&b->out[i]);
		strbuf_release(&b->paths[i]);
	}
	return failed;
}

static void
add(struct bundle *b, struct work *w, const struct item *item)
{
	struct feed_entry e = { .commit = &item->version.commit,
		.path = item->path,
		.source = item->article.source, .hidden = item->hidden,
		.classes = item->version.classes,
		.time_s = item->version.fetched_s };
	struct strbuf html, title;

	strbuf_init(&html, WORK_PAGE_BYTES);
	strbuf_init(&title, WORK_PAGE_BYTES);
	if (!item->hidden)
		work_item_html(&html, w, item);
	work_item_title(&title, &item->version, item->article.url);
	e.html = strbuf_str(&html);
	e.title = strbuf_str(&title);
	for (size_t i = 0; i < b->count; i++)
		feeds_entry(&b->out[i], &b->feeds[i], &e);
	strbuf_release(&html);
	strbuf_release(&title);
}

/* When the newest entry was seen. */
static int64_t
updated(struct work *w, const struct catalog_list *list, struct err *err)
{
	struct item item;

	if (list->count > 0 &&
		work_item(&item, w, &list->entries[list->count - 1],
			&w->article, err) > 0)
		return item.version.fetched_s;
	return 0;
}

static int
write_feed(struct work *w, struct str stem, struct str title,
	struct str home, size_t formats, const struct catalog_list *list,
	struct err *err)
{
	struct bundle b;
	struct item item;
	int failed = 0;

	arena_reset(&w->article);
	begin(&b, w, stem, title, home, formats, updated(w, list, err));
	for (size_t i = 0; i < list->count && i < FEEDS_ENTRIES; i++) {
		int got = work_item(&item, w,
			&list->entries[list->count - 1 - i], &w->article, err);

		if (got > 0)
			add(&b, w, &item);
		if (got < 0) {
			failed = -1;
			break;
		}
	}
	return finish(&b, w, failed, err);
}

static bool
fresh(const struct catalog_list *list, int64_t since_seq)
{
	return since_seq == 0 || (list->count > 0 &&
		list->entries[list->count - 1].seq > since_seq);
}

static int
write_class(struct work *w, size_t i, struct err *err)
{
	char stem[64], title[64];

	snprintf(stem, sizeof(stem), "feed/%s", CATALOG_CLASSES[i]);
	snprintf(title, sizeof(title), "Changes: %s", CATALOG_CLASSES[i]);
	return write_feed(w, str_from(stem), str_from(title),
		STR("index.html"), 2, &w->catalog->classes[i], err);
}

static int
write_all(struct work *w, struct err *err)
{
	return write_feed(w, STR("feed/all"), STR("All changes"),
		STR("index.html"), 3, &w->catalog->changes, err);
}

static int
write_source(struct work *w, const struct catalog_source *source,
	struct err *err)
{
	struct strbuf stem, home;
	int failed;

	strbuf_init(&stem, WORK_PATH_BYTES);
	strbuf_init(&home, WORK_PATH_BYTES);
	names_source(&stem, source->name);
	strbuf_adds(&home, strbuf_str(&stem));
	markup_add(&stem, "changes");
	markup_add(&home, "index.html");
	failed = write_feed(w, strbuf_str(&stem),
		names_source_title(source->name),
		strbuf_str(&home), 2, &source->changes, err);
	strbuf_release(&stem);
	strbuf_release(&home);
	return failed;
}

int
feedfiles_write(struct work *w, int64_t since_seq, struct err *err)
{
	struct catalog *c = w->catalog;

	/* The addresses in old entries are others when an article moved. */
	if (c->moved)
		since_seq = 0;
	if (fresh(&c->changes, since_seq) &&
		write_all(w, err) < 0)
		return -1;
	for (size_t i = 0; i < CATALOG_CLASS_COUNT; i++)
		if (fresh(&c->classes[i], since_seq) &&
			write_class(w, i, err) < 0)
			return -1;
	for (size_t i = 0; i < c->sources_count; i++) {
		const struct catalog_source *s = &c->sources[i];

		/* A source's feed exists from its first article on. */
		if ((fresh(&s->changes, since_seq) || s->fresh > 0) &&
			write_source(w, s, err) < 0)
			return -1;
	}
	return 0;
}

/* Whether `path` is `stem` with the ending of one of the formats. */
static bool
is_feed(struct str path, struct str stem, size_t formats)
{
	struct str ending;

	if (!str_starts(path, stem))
		return false;
	ending = str_sub(path, stem.len, path.len);
	for (size_t i = 0; i < formats; i++)
		if (ending.len > 1 && ending.ptr[0] == '.' &&
			str_eq(str_sub(ending, 1, ending.len),
				str_from(feeds_ending((enum feed_kind)i))))
			return true;
	return false;
}

static int
one_of_source(struct work *w, struct str path, struct err *err)
{
	const struct catalog *c = w->catalog;
	struct strbuf stem;
	int got = 0;

	strbuf_init(&stem, WORK_PATH_BYTES);
	for (size_t i = 0; i < c->sources_count && got == 0; i++) {
		strbuf_reset(&stem);
		names_source(&stem, c->sources[i].name);
		markup_add(&stem, "changes");
		if (is_feed(path, strbuf_str(&stem), 2))
			got = write_source(w, &c->sources[i], err) < 0 ? -1 : 1;
	}
	strbuf_release(&stem);
	return got;
}

int
feedfiles_one(struct work *w, struct str path, struct err *err)
{
	char stem[64];

	if (is_feed(path, STR("feed/all"), 3))
		return write_all(w, err) < 0 ? -1 : 1;
	for (size_t i = 0; i < CATALOG_CLASS_COUNT; i++) {
		snprintf(stem, sizeof(stem), "feed/%s", CATALOG_CLASSES[i]);
		if (is_feed(path, str_from(stem), 2))
			return write_class(w, i, err) < 0 ? -1 : 1;
	}
	return str_starts(path, STR("source/")) ?
		one_of_source(w, path, err) : 0;
}
