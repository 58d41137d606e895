#include "cmd/extract/page/statetext.h"

#include "cmd/extract/page/jsonld.h"
#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/strbuf.h"
#include "common/web/json.h"

enum {
	VALUES_MAX = 200000,
	DEPTH_MAX = 40,
	INLINE_DEPTH = 4,    /* of the pieces of one paragraph */
	TITLE_LEVELS = 6,    /* how far below its title an article may lie */
	PARAGRAPH_BYTES = 4000,
	SENTENCES = 5
};

static const char *const title_names[] = { "headline", "title", "name" };
static const char *const text_names[] = { "text", "content", "html", "value",
	"body", "paragraph", "children", "data" };
/* What has one of these is a story, and no part of one. */
static const char *const story_names[] = { "headline", "slug", "teaser" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct hunt {
	const struct str *titles;
	size_t titles_count;
	struct strbuf list;  /* scratch: the paragraphs of one list */
	struct strbuf best;  /* as written; the titled ones come first */
	bool best_titled;
	size_t found, values;
	int depth, titled;   /* levels left below our title */
	bool foreign;        /* within a story of another headline */
};

static size_t
count_of(struct str s, struct str mark)
{
	size_t count = 0;
	ptrdiff_t at;

	while ((at = str_find(s, mark)) >= 0) {
		count++;
		s = str_sub(s, (size_t)at + mark.len, s.len);
	}
	return count;
}

static bool
is_long_prose(struct str raw)
{
	return raw.len >= STATETEXT_CHARS && raw.len <= STATETEXT_BYTES &&
		count_of(raw, STR(". ")) + count_of(raw, STR(".\n")) +
				count_of(raw, STR(".<")) +
				count_of(raw, STR("。")) >= SENTENCES;
}

static void
offer(struct hunt *hunt, struct str raw)
{
	bool titled = hunt->titled > 0;

	if ((hunt->foreign && !titled) || !is_long_prose(raw))
		return;
	hunt->found++;
	if (titled < hunt->best_titled ||
		(titled == hunt->best_titled && raw.len <= hunt->best.len))
		return;
	strbuf_reset(&hunt->best);
	strbuf_adds(&hunt->best, raw);
	hunt->best_titled = titled;
}

static bool
has_title(const struct hunt *hunt, const struct json *object)
{
	for (size_t k = 0; k < COUNT(title_names); k++) {
		struct str name = json_text(json_member(object,
			title_names[k]));

		for (size_t i = 0; name.len && i < hunt->titles_count; i++)
			if (wordhash_alike(name, hunt->titles[i]) >= 0.8)
				return true;
	}
	return false;
}

/* The text of one item of a list of paragraphs, without a line's end. */
static void
add_piece(struct hunt *hunt, const struct json *v, int depth)
{
	size_t count = json_count(v);

	if (depth == 0)
		return;
	if (json_kind(v) == JSON_STRING) {
		strbuf_adds(&hunt->list, json_text(v));
		return;
	}
	for (size_t i = 0; i < count; i++)
		add_piece(hunt, json_item(v, i), depth);
	if (json_kind(v) != JSON_OBJECT)
		return;
	for (size_t k = 0; k < COUNT(story_names); k++)
		if (json_text(json_member(v, story_names[k])).len)
			return;
	for (size_t k = 0; k < COUNT(text_names); k++) {
		const struct json *text = json_member(v, text_names[k]);

		if (!text)
			continue;
		add_piece(hunt, text, depth - 1);
		return;
	}
}

/* A list whose items are paragraphs, told by none being too long for one. */
static void
offer_list(struct hunt *hunt, const struct json *list)
{
	size_t count = json_count(list);

	strbuf_reset(&hunt->list);
	for (size_t i = 0; i < count; i++) {
		size_t before = hunt->list.len;

		add_piece(hunt, json_item(list, i), INLINE_DEPTH);
		if (hunt->list.len - before > PARAGRAPH_BYTES)
			return;
		if (hunt->list.len > before)
			strbuf_addc(&hunt->list, '\n');
	}
	offer(hunt, strbuf_str(&hunt->list));
}

static int
walk(void *context, struct str key, const struct json *v)
{
	struct hunt *hunt = context;
	int titled = hunt->titled;
	bool foreign = hunt->foreign;
	size_t count;

	(void)key;
	if (hunt->depth == DEPTH_MAX || ++hunt->values > VALUES_MAX)
		return 1;
	hunt->depth++;
	hunt->titled -= titled > 0;
	if (json_kind(v) == JSON_STRING) {
		offer(hunt, json_text(v));
	} else if (json_kind(v) == JSON_OBJECT) {
		if (has_title(hunt, v))
			hunt->titled = TITLE_LEVELS;
		else if (json_text(json_member(v, "headline")).len)
			hunt->foreign = true;
		json_each(v, walk, hunt);
	} else if (json_kind(v) == JSON_ARRAY) {
		count = json_count(v);
		offer_list(hunt, v);
		for (size_t i = 0; i < count; i++)
			walk(hunt, STR(""), json_item(v, i));
	}
	hunt->depth--;
	hunt->titled = titled;
	hunt->foreign = foreign;
	return 0;
}

static void
read_script(struct hunt *hunt, const struct html_script *script)
{
	struct json *doc;

	if (script->body.len < STATETEXT_CHARS ||
		script->body.len > JSONLD_SCRIPT_BYTES ||
		str_find_nocase(script->type, STR("ld+json")) >= 0)
		return;
	doc = json_read(script->body, JSON_LENIENT, NULL);
	if (!doc)
		return;
	walk(hunt, STR(""), doc);
	json_free(doc);
}

int
statetext_read(struct str *out, const struct html *h,
	const struct str *titles, size_t titles_count, struct arena *arena)
{
	struct hunt hunt = { .titles = titles, .titles_count = titles_count };

	*out = STR("");
	strbuf_init(&hunt.list, JSONLD_SCRIPT_BYTES);
	strbuf_init(&hunt.best, STATETEXT_BYTES);
	for (size_t i = 0; i < h->scripts_count; i++)
		read_script(&hunt, &h->scripts[i]);
	if (hunt.best_titled || hunt.found == 1)
		*out = plain_lines(strbuf_str(&hunt.best), arena);
	strbuf_release(&hunt.best);
	strbuf_release(&hunt.list);
	return out->ptr ? 0 : -1;
}
