#include "common/diff/wordsdiff.h"

#include "common/base/utf8.h"
#include "common/base/xalloc.h"

/* A stretch of both texts, as ranges of tokens. */
struct part {
	bool equal;
	size_t left, left_count;
	size_t right, right_count;
};

struct parts {
	struct part *items;
	size_t count, cap;
};

/* Equal runs of at most this many short tokens do not interrupt a change. */
enum { CHAFF_TOKENS = 2, CHAFF_LETTERS = 3, CHAFF_CHANGE = 2 };

void
wordsdiff_init(struct wordsdiff *d)
{
	*d = (struct wordsdiff){ 0 };
}

void
wordsdiff_release(struct wordsdiff *d)
{
	free(d->spans);
	words_release(&d->left);
	words_release(&d->right);
	wordsdiff_init(d);
}

/* The changes and the equal runs between them, alternating. */
static void
collect_parts(struct parts *parts, const struct gitdiff_run *runs, size_t count)
{
	struct part *part = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct gitdiff_run *run = &runs[i];

		if (!part || part->equal || run->op == GITDIFF_EQUAL) {
			parts->items = xgrow(parts->items, parts->count,
				&parts->cap, sizeof(*parts->items));
			part = &parts->items[parts->count++];
			*part = (struct part){ run->op == GITDIFF_EQUAL,
				run->left, 0, run->right, 0 };
		}
		if (run->op != GITDIFF_INSERT)
			part->left_count += run->count;
		if (run->op != GITDIFF_DELETE)
			part->right_count += run->count;
	}
}

static bool
is_chaff(const struct words_token *tokens, size_t count)
{
	if (count > CHAFF_TOKENS)
		return false;
	for (size_t i = 0; i < count; i++)
		if (tokens[i].kind == WORDS_NUMBER ||
			utf8_count(tokens[i].text) > CHAFF_LETTERS)
			return false;
	return true;
}

static bool
is_large(const struct part *change)
{
	return change->left_count >= CHAFF_CHANGE ||
		change->right_count >= CHAFF_CHANGE;
}

/* Dissolves short equal runs between two changes of several words. */
static void
dissolve_chaff(struct parts *parts, const struct words *left)
{
	size_t kept = 0;

	for (size_t i = 0; i < parts->count; i++) {
		struct part *part = &parts->items[i];
		struct part *last = kept ? &parts->items[kept - 1] : NULL;

		if (last && part->equal && i + 1 < parts->count &&
			!last->equal && is_large(last) && is_large(part + 1) &&
			is_chaff(left->tokens + part->left,
				part->left_count)) {
			last->left_count += part->left_count +
				part[1].left_count;
			last->right_count += part->right_count +
				part[1].right_count;
			i++;
			continue;
		}
		parts->items[kept++] = *part;
	}
	parts->count = kept;
}

/* The bytes from token `from` up to token `to`, or to the end. */
static struct str
bytes_between(struct str text, const struct words *w, size_t from, size_t to)
{
	const char *start = from == 0 ? text.ptr : w->tokens[from].text.ptr;
	const char *end = to == w->count ? text.ptr + text.len :
					   w->tokens[to].text.ptr;

	return (struct str){ start, (size_t)(end - start) };
}

static size_t
count_words(const struct words *w, size_t from, size_t count)
{
	size_t n = 0;

	for (size_t i = from; i < from + count; i++)
		n += words_counts(&w->tokens[i]);
	return n;
}

static void
add_span(struct wordsdiff *d, enum gitdiff_op op, struct str left,
	struct str right, size_t words)
{
	d->spans = xgrow(d->spans, d->count, &d->cap, sizeof(*d->spans));
	d->spans[d->count++] =
		(struct wordsdiff_span){ op, left, right, words };
}

static void
add_part(struct wordsdiff *d, struct str left, struct str right,
	const struct part *part)
{
	size_t left_words = count_words(&d->left, part->left,
		part->left_count);
	size_t right_words = count_words(&d->right, part->right,
		part->right_count);
	struct str none = STR("");
	struct str left_text = none, right_text = none;

	if (part->left_count > 0)
		left_text = bytes_between(left, &d->left, part->left,
			part->left + part->left_count);
	if (part->right_count > 0)
		right_text = bytes_between(right, &d->right, part->right,
			part->right + part->right_count);
	if (part->equal) {
		add_span(d, GITDIFF_EQUAL, left_text, right_text, left_words);
		return;
	}
	if (part->left_count > 0)
		add_span(d, GITDIFF_DELETE, left_text, none, left_words);
	if (part->right_count > 0)
		add_span(d, GITDIFF_INSERT, none, right_text, right_words);
	d->removed += left_words;
	d->added += right_words;
}

/* Texts without a token, which are white space at most. */
static bool
is_blank(struct wordsdiff *d, struct str left, struct str right)
{
	if (d->left.count > 0 && d->right.count > 0)
		return false;
	if (d->left.count == 0 && d->right.count == 0) {
		add_span(d, GITDIFF_EQUAL, left, right, 0);
		return true;
	}
	if (left.len > 0)
		add_span(d, GITDIFF_DELETE, left, STR(""),
			count_words(&d->left, 0, d->left.count));
	if (right.len > 0)
		add_span(d, GITDIFF_INSERT, STR(""), right,
			count_words(&d->right, 0, d->right.count));
	d->removed = count_words(&d->left, 0, d->left.count);
	d->added = count_words(&d->right, 0, d->right.count);
	return true;
}

static struct str *
texts_of(const struct words *w)
{
	struct str *texts = xcalloc(w->count, sizeof(*texts));

	for (size_t i = 0; i < w->count; i++)
		texts[i] = w->tokens[i].text;
	return texts;
}

static int
compare_tokens(struct parts *parts, const struct wordsdiff *d,
	struct gitdiff *differ, struct err *err)
{
	struct str *left = texts_of(&d->left), *right = texts_of(&d->right);
	struct gitdiff_run *runs;
	size_t count;
	int result = gitdiff_tokens(&runs, &count, differ, left, d->left.count,
		right, d->right.count, GITDIFF_PLAIN, err);

	if (result == 0)
		collect_parts(parts, runs, count);
	free(left);
	free(right);
	return result;
}

int
wordsdiff_run(struct wordsdiff *d, struct gitdiff *differ, struct str left,
	struct str right, struct err *err)
{
	struct parts parts = { 0 };
	int result;

	d->count = d->added = d->removed = 0;
	d->left.count = d->right.count = 0;
	words_split(&d->left, left);
	words_split(&d->right, right);
	if (is_blank(d, left, right))
		return 0;
	result = compare_tokens(&parts, d, differ, err);
	if (result == 0) {
		dissolve_chaff(&parts, &d->left);
		for (size_t i = 0; i < parts.count; i++)
			add_part(d, left, right, &parts.items[i]);
	}
	free(parts.items);
	return result;
}
