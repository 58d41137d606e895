#include "common/article/memory.h"
#include "common/site/work.h"

#include <string.h>

#include "common/archive/archive.h"
#include "common/base/ascii.h"
#include "common/page/excerpt.h"
#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"

/* --- what is open --- */

/*
 * Checks the address of the site and gives it a '/' at its end (in `arena`);
 * an empty one stays. -1: it is not http or https, or has a query, a fragment
 * or a character that an address cannot have.
 */
static int
work_base_url(struct str *url, struct arena *arena, struct err *err)
{
	static const char allowed[] = "-._~:/[]@!$()*+,;=%";
	struct str given = *url;
	char *copy;

	if (given.len == 0)
		return 0;
	if (!markup_linkable(given))
		return err_set(err, "the base URL '%.*s' is not http or https",
			STR_ARGS(given));
	for (size_t i = 0; i < given.len; i++)
		if (!ascii_alnum(given.ptr[i]) &&
			!(given.ptr[i] && strchr(allowed, given.ptr[i])))
			return err_set(err, "bad base URL '%.*s'",
				STR_ARGS(given));
	if (str_ends(given, STR("/")))
		return 0;
	copy = arena_alloc(arena, given.len + 1);
	if (!copy)
		return err_set(err, "the base URL is too long");
	memcpy(copy, given.ptr, given.len);
	copy[given.len] = '/';
	*url = (struct str){ copy, given.len + 1 };
	return 0;
}

/* Where stet-web is: an address, or a path of this very server. */
static int
set_web(struct work *w, struct err *err)
{
	struct site_options *s = &w->options;
	struct str status;

	if (s->web.len == 0 && gitstore_config(&s->web, w->store,
				    "stet.weburl", &w->settings, err) < 0)
		return -1;
	if (str_starts(s->web, STR("/")) ? !str_ends(s->web, STR("/")) :
		work_base_url(&s->web, &w->settings, err) < 0)
		return err_set(err, "stet.webUrl is no address, nor a path "
			"that ends in '/': '%.*s'", STR_ARGS(s->web));
	if (gitstore_config(&status, w->store, "stet.hidestatus",
		    &w->settings, err) < 0)
		return -1;
	s->hidden_status = str_eq(status, STR("451")) ? 451 : 410;
	return 0;
}

static int
set_options(struct work *w, struct err *err)
{
	struct site_options *s = &w->options;

	if (s->base_url.len == 0 &&
		gitstore_config(&s->base_url, w->store, "stet.baseurl",
			&w->settings, err) < 0)
		return -1;
	if (s->title.len == 0 &&
		gitstore_config(&s->title, w->store, "stet.title",
			&w->settings, err) < 0)
		return -1;
	if (set_web(w, err) < 0)
		return -1;
	if (s->title.len == 0)
		s->title = STR("News that changed");
	return work_base_url(&s->base_url, &w->settings, err);
}

/*
 * The schedule may be missing, and pages then say nothing of checks. So it is
 * with a damaged one, which others make anew: here is no clock to do it by.
 */
static int
open_schedule(struct work *w, struct err *err)
{
	struct strbuf path;
	int got;

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_addf(&path, "%s/stet/schedule.db", gitstore_path(w->store));
	got = scheduledb_open(&w->schedule, path.ptr, SQL_READ, err);
	strbuf_release(&path);
	if (got == SQL_DAMAGED)
		err_tell("the schedule is damaged; stet mark makes it anew");
	return got == SQL_DAMAGED || got >= 0 ? 0 : -1;
}

int
work_open(struct work *w, const char *archive, struct err *err)
{
	w->rows = rows_new();
	w->judge = change_new();
	told_init(&w->told);
	arena_init(&w->settings, 1 << 20);
	arena_init(&w->article, VIEW_ARENA_BYTES);
	for (size_t i = 0; i < 3; i++)
		arena_init(&w->texts[i], VIEW_ARENA_BYTES);
	strbuf_init(&w->page, WORK_PAGE_BYTES);
	if (archive_open(&w->store, archive, err) < 0 ||
		(w->reading ? index_open_read : index_open)(&w->index,
			w->store, err) < 0 ||
		open_schedule(w, err) < 0 || set_options(w, err) < 0)
		return -1;
	return hidden_load(&w->hidden, w->store, w->index, err);
}

void
work_close(struct work *w)
{
	if (!w->rows)
		return;
	catalog_free(w->catalog);
	rows_free(w->rows);
	change_free(w->judge);
	told_release(&w->told);
	arena_release(&w->settings);
	arena_release(&w->article);
	for (size_t i = 0; i < 3; i++)
		arena_release(&w->texts[i]);
	strbuf_release(&w->page);
	hidden_release(&w->hidden);
	scheduledb_close(w->schedule);
	index_close(w->index);
	gitstore_close(w->store);
}

/* --- steps --- */

int
work_write_buffer(struct work *w, const char *path, const struct strbuf *out,
	struct err *err)
{
	if (strbuf_overflowed(out))
		return err_set(err, "'%s' would be too large", path);
	if (w->sink.write(w->sink.to, path, strbuf_str(out), err) == 0)
		return 0;
	w->unwritable = true;
	return -1;
}

int
work_write(struct work *w, const char *path, struct err *err)
{
	int failed = work_write_buffer(w, path, &w->page, err);

	strbuf_reset(&w->page);
	return failed;
}

/* The version that an entry stands for, or the commit that made none. */
static int
load_version(struct index_version *out, struct work *w,
	const struct catalog_entry *entry, struct arena *arena,
	struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	if (!entry->ended)
		return index_version(out, w->index, entry->article,
			entry->number, arena, err);
	if (index_history(&cursor, w->index, entry->seq, entry->seq, err) < 0)
		return -1;
	got = index_next_version(&v, cursor, err);
	if (got > 0)
		*out = view_keep(&v, arena);
	index_cursor_free(cursor);
	return got;
}

/* The version before it: 1, 0, -1. */
static int
load_before(struct index_version *out, struct work *w, struct item *item,
	struct arena *arena, struct err *err)
{
	int got;

	if (!index_is_version(&item->version))
		return 0;
	if (index_twin(&item->version, w->index, err) < 0)
		return -1;
	if (item->version.number <= 1)
		return 0;
	got = index_version(out, w->index, item->article.id,
		item->version.number - 1, arena, err);
	return got > 0 && index_twin(out, w->index, err) < 0 ? -1 : got;
}

static int
name_item(struct item *item, struct work *w, struct arena *arena,
	struct err *err)
{
	struct index_version before;
	struct strbuf name;
	int got = load_before(&before, w, item, arena, err);

	if (got < 0)
		return -1;

	strbuf_init(&name, WORK_PATH_BYTES);
	names_stem(&name, item->article.path);
	item->stem = arena_dup(arena, strbuf_str(&name));
	strbuf_reset(&name);
	if (!index_is_version(&item->version))
		names_article(&name, item->stem);
	else if (got > 0)
		names_diff(&name, item->stem, &before, &item->version);
	else
		names_version(&name, item->stem, &item->version);
	item->path = arena_dup(arena, strbuf_str(&name));
	strbuf_release(&name);
	return 0;
}

int
work_source_title(struct str *out, struct work *w, struct str source,
	struct arena *arena, struct err *err)
{
	struct strbuf name;
	int got;

	strbuf_init(&name, WORK_PATH_BYTES);
	strbuf_addf(&name, "source.%.*s.title", STR_ARGS(source));
	got = source.len == 0 || memchr(source.ptr, '\0', source.len) ? 0 :
		gitstore_config(out, w->store, name.ptr, arena, err);
	strbuf_release(&name);
	if (got <= 0 || out->len == 0)
		*out = names_source_title(source);
	return got < 0 ? -1 : 0;
}

int
work_checks(struct work *w, struct view *v, struct err *err)
{
	struct schedule_entry e;
	struct memory m;
	int got = scheduledb_find(&e, w->schedule, SCHEDULE_ARTICLE,
		v->article.key, &w->article, err);

	if (got <= 0)
		return got;
	memory_parse(&m, e.doubt);
	v->checks = (struct view_checks){ .known = true,
		.stopped = e.next_s == 0, .last_s = e.checked_s,
		.next_s = e.next_s, .error = e.error,
		.doubted = m.reason.len > 0,
		.seen_s = e.error.len > 0 ? m.seen_s : e.checked_s };
	return 0;
}

int
work_shown(struct index_article *out, struct work *w, int64_t id,
	struct err *err)
{
	int got;

	if (hidden_has(&w->hidden, id))
		return 0;
	got = index_get(out, w->index, id, &w->article, err);
	return got > 0 ? out->versions > 0 : got;
}

int
work_item(struct item *out, struct work *w, const struct catalog_entry *entry,
	struct arena *arena, struct err *err)
{
	int got = index_get(&out->article, w->index, entry->article, arena,
		err);

	if (got > 0)
		got = load_version(&out->version, w, entry, arena, err);
	if (got <= 0)
		return got;
	out->hidden = hidden_has(&w->hidden, entry->article);
	out->move = (struct view_move){ 0 };
	/* One that cannot be read is complained of with the article's pages. */
	if (out->version.event == RECEIPT_MOVED)
		view_move(&out->move, w->store, &out->version, arena, NULL);
	/* Not a later headline: the entry stays as it was once written. */
	if (out->version.title.len == 0)
		out->version.title = out->article.url;
	return name_item(out, w, arena, err) < 0 ? -1 : 1;
}

void
work_item_title(struct strbuf *out, const struct index_version *version,
	struct str fallback)
{
	if (version->event == RECEIPT_GONE)
		markup_add(out, "Withdrawn: ");
	if (version->event == RECEIPT_RESTORED)
		markup_add(out, "Restored: ");
	if (version->event == RECEIPT_MOVED)
		markup_add(out, "Moved: ");
	strbuf_adds(out, version->title.len ? version->title : fallback);
}

int
work_change_html(struct strbuf *out, struct work *w,
	const struct index_version *version,
	const struct index_version *before, struct err *err)
{
	strbuf_addf(out, "<p>Version %lld, seen on ",
		(long long)version->number);
	phrase_time(out, version->fetched_s);
	if (!before) {
		markup_add(out, ": first seen.</p>\n");
		return 0;
	}
	markup_add(out, " (");
	phrase_later(out, before->fetched_s, version->fetched_s);
	strbuf_addf(out, "): +%lld −%lld words",
		(long long)version->words_added,
		(long long)version->words_removed);
	if (version->classes.len > 0) {
		markup_add(out, " – ");
		markup_text(out, version->classes);
	}
	markup_add(out, "</p>\n");
	return rows_inline(out, w->rows, err);
}

void
work_ended_html(struct strbuf *out, const struct index_version *event,
	const struct view_move *move)
{
	markup_add(out, event->event == RECEIPT_GONE ?
		"<p>Withdrawn: on " : "<p>Moved: on ");
	phrase_time(out, event->fetched_s);
	strbuf_addc(out, ' ');
	if (event->event == RECEIPT_GONE) {
		facts_reason(out, event->reason);
	} else {
		markup_link(out, move->from, move->from, "noreferrer");
		markup_add(out, " led to ");
		markup_link(out, move->to, move->to, "noreferrer");
	}
	markup_add(out, ".</p>\n");
}

/* Both texts of a change; 0 when there is none before. */
static int
compare_item(struct index_version *before, struct work *w,
	const struct item *item, struct document docs[2], struct err *err)
{
	int got;

	arena_reset(&w->texts[0]);
	arena_reset(&w->texts[1]);
	if (item->version.number <= 1)
		return 0;
	got = index_version(before, w->index, item->article.id,
		item->version.number - 1, &w->texts[0], err);
	if (got <= 0)
		return got;
	if (view_document(&docs[0], w->store, before, &w->texts[0], err) < 0 ||
		view_document(&docs[1], w->store, &item->version, &w->texts[1],
			err) < 0 ||
		rows_compare(w->rows, &docs[0], &docs[1], err) < 0)
		return -1;
	return 1;
}

void
work_item_html(struct strbuf *out, struct work *w, const struct item *item)
{
	struct index_version before;
	struct document docs[2];
	size_t start = out->len;
	int got;

	if (!index_is_version(&item->version)) {
		work_ended_html(out, &item->version, &item->move);
		return;
	}
	got = compare_item(&before, w, item, docs, NULL);
	if (got >= 0 && work_change_html(out, w, &item->version,
				got ? &before : NULL, NULL) == 0)
		return;
	strbuf_cut(out, start);
	markup_add(out, "<p>The text of this version cannot be read.</p>\n");
}

int
work_tell(struct work *w, const struct index_version *version, struct err *err)
{
	struct excerpt e;
	struct strbuf markup;
	int got = excerpt_find(&e, w->rows, err);

	if (got < 0)
		return -1;
	strbuf_init(&markup, WORK_PAGE_BYTES);
	if (got > 0 && e.part != EXCERPT_HEADLINE) {
		if (e.part != EXCERPT_PARAGRAPH)
			strbuf_addf(&markup, "%s: ", excerpt_name(e.part));
		excerpt_html(&markup, &e);
	}
	told_keep(&w->told, version->seq, strbuf_str(&markup));
	strbuf_release(&markup);
	return 0;
}

int
work_told(struct str *markup, struct work *w, const struct item *item,
	struct err *err)
{
	struct index_version before;
	struct document docs[2];

	*markup = STR("");
	if (!index_is_version(&item->version) ||
		told_find(&w->told, item->version.seq, markup))
		return 0;
	/* A text that cannot be read is complained of with its pages. */
	if (compare_item(&before, w, item, docs, NULL) <= 0)
		return 0;
	if (work_tell(w, &item->version, err) < 0)
		return -1;
	told_find(&w->told, item->version.seq, markup);
	return 0;
}
