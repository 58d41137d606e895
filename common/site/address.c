#include "common/site/address.h"

#include "common/base/number.h"
#include "common/base/strbuf.h"
#include "common/page/names.h"

/* What a folder was before names_stem put a '_' behind it. */
static struct str
folder_name(struct str name)
{
	struct str bare = name;

	while (str_ends(bare, STR("_")))
		bare.len--;
	if (bare.len < name.len && str_ends(bare, STR(".html")))
		name.len--;
	return name;
}

/* From "x.example/2026/dam" to the path in the archive. */
static struct str
archive_path(struct str stem, struct arena *arena)
{
	struct strbuf path;
	struct str name, rest = stem, kept;

	strbuf_init(&path, NAMES_BYTES);
	while (str_field(&name, &rest, '/')) {
		strbuf_adds(&path, rest.ptr ? folder_name(name) : name);
		strbuf_adds(&path, rest.ptr ? STR("/") : STR(".md"));
	}
	kept = arena_dup(arena, strbuf_str(&path));
	strbuf_release(&path);
	return kept;
}

static bool
cut_end(struct str *s, struct str end)
{
	if (!str_ends(*s, end))
		return false;
	s->len -= end.len;
	return true;
}

static enum address_form
cut_form(struct str *tail)
{
	if (cut_end(tail, STR(".html")))
		return ADDRESS_HTML;
	if (cut_end(tail, STR(".json")))
		return ADDRESS_JSON;
	if (cut_end(tail, STR(".png")))
		return ADDRESS_PNG;
	return ADDRESS_OTHER;
}

/* "A..B", or "1-2" as changes were once named. */
static bool
cut_pair(struct address *a, struct str marks)
{
	ptrdiff_t dots = str_find(marks, STR(".."));
	ptrdiff_t dash = str_find_byte(marks, '-');

	if (dots >= 0) {
		a->left = str_sub(marks, 0, (size_t)dots);
		a->right = str_sub(marks, (size_t)dots + 2, marks.len);
		return true;
	}
	if (dash < 0 || str_find_byte(marks, 'T') >= 0)
		return false;
	a->left = str_sub(marks, 0, (size_t)dash);
	a->right = str_sub(marks, (size_t)dash + 1, marks.len);
	return true;
}

/* Of what follows the '@'. */
static int
parse_tail(struct address *a, struct str tail)
{
	static const struct {
		const char *tail;
		enum address_kind kind;
	} fixed[] = {
		{ "changes.rss", ADDRESS_RSS },
		{ "changes.atom", ADDRESS_ATOM },
		{ "timemap.link", ADDRESS_TIMEMAP },
		{ "compare", ADDRESS_COMPARE },
		{ "first-latest.html", ADDRESS_WHOLE },
	};

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (str_eq(tail, str_from(fixed[i].tail))) {
			a->kind = fixed[i].kind;
			return 0;
		}
	a->form = cut_form(&tail);
	if (a->form == ADDRESS_PNG)
		a->square = cut_end(&tail, STR("-square"));
	a->kind = a->form == ADDRESS_PNG ? ADDRESS_CARD : ADDRESS_DIFF;
	if (cut_pair(a, tail))
		return 0;
	a->kind = ADDRESS_VERSION;
	a->left = tail;
	return tail.len == 0 || a->form == ADDRESS_PNG ? -1 : 0;
}

int
address_parse(struct address *out, struct str path, struct arena *arena)
{
	struct str stem = path, tail;
	ptrdiff_t at = str_find_last(path, '@');

	*out = (struct address){ .kind = ADDRESS_ARTICLE };
	if (!str_starts(path, STR("a/")) || path.len >= NAMES_BYTES)
		return -1;
	if (at >= 0) {
		stem = str_sub(path, 0, (size_t)at);
		tail = str_sub(path, (size_t)at + 1, path.len);
		if (parse_tail(out, tail) < 0)
			return -1;
	} else {
		out->form = cut_form(&stem);
		if (out->form != ADDRESS_HTML && out->form != ADDRESS_JSON)
			return -1;
	}
	out->path = archive_path(str_sub(stem, 2, stem.len), arena);
	return out->path.ptr ? 0 : -1;
}

/* The text whose address is that time. */
static bool
by_time(size_t *out, const struct view *v, struct str mark)
{
	struct strbuf name;
	bool found = false;

	strbuf_init(&name, NAMES_BYTES);
	for (size_t n = 0; !found && n < v->texts_count; n++) {
		strbuf_reset(&name);
		names_mark(&name, view_text(v, n));
		found = str_eq(strbuf_str(&name), mark);
		*out = n;
	}
	strbuf_release(&name);
	return found;
}

int
address_text(size_t *out, bool *lasting, const struct view *v,
	struct str mark)
{
	int64_t number;

	*lasting = by_time(out, v, mark);
	if (*lasting)
		return 0;
	*out = 0;
	if (str_eq(mark, STR("first")))
		return 0;
	*out = v->texts_count - 1;
	if (str_eq(mark, STR("latest")))
		return 0;
	if (number_parse(&number, mark, 1, INT32_MAX) < 0)
		return -1;
	for (size_t n = 0; n < v->texts_count; n++)
		if (view_text(v, n)->number == number) {
			*out = n;
			return 0;
		}
	return -1;
}
