#include "cmd/extract/meta/authors.h"

#include "cmd/extract/meta/authorlists.h"
#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/strbuf.h"

enum { LINE_BYTES = 200 /* a longer text is no byline */ };

/* Whether a line is the names and what joins them, and nothing else. */
static bool
is_only_names(struct str line, const struct strlist *names)
{
	size_t words = 0;

	for (size_t i = 0; i < names->count; i++) {
		if (str_find(line, names->items[i]) < 0)
			return false;
		words += wordhash_count(names->items[i]);
	}
	return wordhash_count(line) <= words + names->count - 1;
}

static struct str
joined(const struct strlist *names, struct arena *arena)
{
	struct strbuf line;
	struct str s;

	strbuf_init(&line, 8192);
	for (size_t i = 0; i < names->count; i++) {
		if (i > 0)
			strbuf_adds(&line, STR(", "));
		strbuf_adds(&line, names->items[i]);
	}
	s = arena_dup(arena, strbuf_str(&line));
	strbuf_release(&line);
	return s;
}

/* The names as a line of the page has them, else with commas between. */
static struct str
byline_text(const struct authorlists_item *item, struct arena *arena)
{
	const struct str lines[] = { item->line, item->shown };

	for (size_t i = 0; i < 2 && item->names.count > 1; i++) {
		struct str line = authors_without_opener(
			plain_text(lines[i], arena));

		if (line.len > 0 && line.len < LINE_BYTES &&
			str_find_byte(line, '|') < 0 &&
			is_only_names(line, &item->names))
			return line;
	}
	return joined(&item->names, arena);
}

void
authors_find(struct byline *out, const struct facts *f,
	const struct body *body, uint32_t heading)
{
	struct authorlists lists;

	*out = (struct byline){ STR(""), { NULL, 0 } };
	if (authorlists_collect(&lists, f, body, heading) < 0)
		return;
	out->authors = lists.items[lists.best].names;
	out->text = byline_text(&lists.items[lists.best], f->page->arena);
}
