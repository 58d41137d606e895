#include "common/diff/change.h"

#include <string.h>

#include "common/base/xalloc.h"
#include "common/diff/changeform.h"
#include "common/diff/changeseen.h"
#include "common/diff/changetext.h"
#include "common/diff/changewords.h"

struct change {
	struct align *align;
	struct gitdiff *differ;
	struct wordsdiff words; /* of title, byline, summary */
	struct words left, right;
	struct changetext *text;
	struct changeseen *seen;
	bool shares; /* `seen` is another's */
	bool other_title; /* next's has hardly a word of previous's */
};

static struct change *
make(struct changeseen *seen, bool shares)
{
	struct change *c = xcalloc(1, sizeof(*c));

	c->align = align_new();
	c->differ = gitdiff_new();
	wordsdiff_init(&c->words);
	words_init(&c->left);
	words_init(&c->right);
	c->text = changetext_new();
	c->seen = seen;
	c->shares = shares;
	return c;
}

struct change *
change_new(void)
{
	return make(changeseen_new(), false);
}

struct change *
change_share(const struct change *c)
{
	return make(c->seen, true);
}

void
change_free(struct change *c)
{
	if (!c)
		return;
	align_free(c->align);
	gitdiff_free(c->differ);
	wordsdiff_release(&c->words);
	words_release(&c->left);
	words_release(&c->right);
	changetext_free(c->text);
	if (!c->shares)
		changeseen_free(c->seen);
	free(c);
}

struct align *
change_align(struct change *c)
{
	return c->align;
}

static bool
has_block(const struct document *d, struct str text)
{
	for (size_t i = 0; i < d->blocks_count; i++)
		if (str_eq(d->blocks[i].text, text))
			return true;
	return false;
}

void
change_see(struct change *c, struct str source, struct str key,
	const struct document *previous, const struct document *next)
{
	for (size_t i = 0; i < next->blocks_count; i++)
		changeseen_add(c->seen, source, key, next->blocks[i].text,
			CHANGESEEN_HERE);
	for (size_t i = 0; previous && i < previous->blocks_count; i++)
		if (previous->blocks[i].text.len <= CHANGESEEN_TEXT_BYTES &&
			!has_block(next, previous->blocks[i].text))
			changeseen_add(c->seen, source, key,
				previous->blocks[i].text, CHANGESEEN_LOST);
}

static bool
writes_nouns_large(struct str lang)
{
	return str_starts_nocase(lang, STR("de")) ||
		str_starts_nocase(lang, STR("lb"));
}

static bool
is_correction(const struct block *block)
{
	return block->kind == BLOCK_CORRECTION ||
		changewords_is_correction(block->text);
}

static bool
is_in_many(const struct change *c, struct str source, struct str text,
	enum changeseen_where where)
{
	return changeseen_articles(c->seen, source, text, where) >=
		CHANGE_TEMPLATE_ARTICLES;
}

/* The classes of a whole paragraph that came or went. */
static unsigned
classes_of_block(struct change *c, const struct block *block, struct str source,
	enum changeseen_where where)
{
	if (is_correction(block))
		return CHANGE_CORRECTION;
	if (is_in_many(c, source, block->text, where) ||
		changewords_is_boilerplate(block->text))
		return CHANGE_BOILERPLATE;
	if (changetext_is_dateline(c->text, block->text,
		    block->kind == BLOCK_P))
		return CHANGE_DATELINE;
	if (block->kind == BLOCK_CREDIT)
		return CHANGE_NAMES;
	if (block->kind == BLOCK_QUOTE ||
		changetext_has_quote(c->text, block->text))
		return CHANGE_TEXT | CHANGE_QUOTES;
	return CHANGE_TEXT;
}

/* The classes of a paragraph that was edited, or moved and edited. */
static unsigned
classes_of_edit(struct change *c, const struct align *a,
	const struct align_row *row, const struct document *previous,
	const struct document *next, struct str source)
{
	const struct block *left = &previous->blocks[row->left];
	const struct block *right = &next->blocks[row->right];
	struct changetext_how how = {
		.bare = left->kind == BLOCK_P && right->kind == BLOCK_P,
		.opens = row->left == 0 && row->right == 0,
		.quote = left->kind == BLOCK_QUOTE &&
			right->kind == BLOCK_QUOTE,
		.nouns = writes_nouns_large(next->lang),
	};
	unsigned classes = changetext_classes(c->text, &a->words, &how);

	if (left->kind != right->kind || row->left_count != row->right_count)
		classes |= CHANGE_WHITESPACE;
	if (classes == 0)
		return 0;
	if (is_correction(left) || is_correction(right))
		return CHANGE_CORRECTION;
	if ((classes & ~(unsigned)CHANGE_MINOR) == 0)
		return classes;
	if (is_in_many(c, source, right->text, CHANGESEEN_HERE) ||
		(changewords_is_boilerplate(left->text) &&
			changewords_is_boilerplate(right->text)))
		return CHANGE_BOILERPLATE;
	if (left->kind == BLOCK_CREDIT && right->kind == BLOCK_CREDIT)
		return CHANGE_NAMES;
	return classes;
}

/* The site's own lines wander without meaning. */
static unsigned
class_of_move(const struct change *c, const struct block *block,
	struct str source)
{
	return is_in_many(c, source, block->text, CHANGESEEN_HERE) ||
			changewords_is_boilerplate(block->text) ?
		CHANGE_BOILERPLATE :
		CHANGE_MOVED;
}

int
change_row_classes(unsigned *out, struct change *c, struct align *a,
	const struct align_row *row, const struct document *previous,
	const struct document *next, struct str source, struct err *err)
{
	switch (row->kind) {
	case ALIGN_SAME:
		*out = 0;
		return 0;
	case ALIGN_REMOVED:
		*out = classes_of_block(c, &previous->blocks[row->left], source,
			CHANGESEEN_LOST);
		return 0;
	case ALIGN_ADDED:
		*out = classes_of_block(c, &next->blocks[row->right], source,
			CHANGESEEN_HERE);
		return 0;
	case ALIGN_MOVED_FROM:
		*out = class_of_move(c, &next->blocks[row->right], source);
		return 0;
	case ALIGN_EDITED:
	case ALIGN_MOVED_TO:
		break;
	}
	if (align_words(a, row, err) < 0)
		return -1;
	*out = classes_of_edit(c, a, row, previous, next, source);
	if (row->kind == ALIGN_MOVED_TO)
		*out |= class_of_move(c, &next->blocks[row->right], source);
	return 0;
}

/*
 * Whether what is not the same has the same words in the same order, only cut
 * into other paragraphs than the rows could tell.
 */
static bool
is_cut_anew(struct change *c, const struct align *a,
	const struct document *previous, const struct document *next)
{
	size_t rows = 0;

	if (a->words_added != a->words_removed)
		return false;
	c->left.count = c->right.count = 0;
	for (size_t i = 0; i < a->count; i++) {
		const struct align_row *row = &a->rows[i];

		if (row->kind == ALIGN_MOVED_FROM ||
			row->kind == ALIGN_MOVED_TO)
			return false;
		if (row->kind == ALIGN_SAME)
			continue;
		rows++;
		for (size_t k = 0; k < row->left_count; k++)
			words_split(&c->left,
				previous->blocks[row->left + k].text);
		for (size_t k = 0; k < row->right_count; k++)
			words_split(&c->right,
				next->blocks[row->right + k].text);
	}
	return rows > 1 && changetext_same_words(c->text, &c->left, &c->right);
}

static int
judge_blocks(struct change_verdict *out, struct change *c, struct align *a,
	const struct change_input *in, struct err *err)
{
	for (size_t i = 0; i < a->count; i++) {
		unsigned classes;

		if (change_row_classes(&classes, c, a, &a->rows[i],
			    in->previous, in->next, in->source, err) < 0)
			return -1;
		out->classes |= classes;
	}
	if ((out->classes & ~(unsigned)CHANGE_MINOR) != 0 &&
		is_cut_anew(c, a, in->previous, in->next)) {
		out->classes = CHANGE_WHITESPACE;
		return 0;
	}
	out->words_added += a->words_added;
	out->words_removed += a->words_removed;
	return 0;
}

/* Compares two short texts into c->words. */
static int
compare(unsigned *classes, struct change *c, struct str left, struct str right,
	struct err *err)
{
	static const struct changetext_how how = { .bare = true };

	if (wordsdiff_run(&c->words, c->differ, left, right, err) < 0)
		return -1;
	*classes = changetext_classes(c->text, &c->words, &how);
	return 0;
}

static size_t
count_byte(struct str s, char wanted)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == wanted;
	return n;
}

/* A question mark in a headline is no mere mark. */
static bool
same_tone(struct str left, struct str right)
{
	return count_byte(left, '?') == count_byte(right, '?') &&
		count_byte(left, '!') == count_byte(right, '!');
}

static int
judge_title(struct change_verdict *out, struct change *c,
	const struct change_input *in, struct err *err)
{
	struct str left = in->previous->title, right = in->next->title;
	unsigned classes;

	c->other_title = false;
	if (str_eq(left, right))
		return 0;
	if (compare(&classes, c, left, right, err) < 0)
		return -1;
	c->other_title = c->words.removed * 4 > words_in(left) * 3;
	if ((classes & ~(unsigned)(CHANGE_PUNCTUATION | CHANGE_WHITESPACE)) ||
		!same_tone(left, right))
		classes = CHANGE_HEADLINE | (classes & CHANGE_NUMBERS);
	out->classes |= classes ? classes : CHANGE_WHITESPACE;
	out->words_added += c->words.added;
	out->words_removed += c->words.removed;
	return 0;
}

static int
judge_byline(struct change_verdict *out, struct change *c,
	const struct change_input *in, struct err *err)
{
	struct str left = in->previous->byline, right = in->next->byline;
	unsigned classes;

	if (str_eq(left, right))
		return 0;
	if (changeform_same_byline(left, right)) {
		out->classes |= CHANGE_PUNCTUATION;
		return 0;
	}
	if (compare(&classes, c, left, right, err) < 0)
		return -1;
	if (classes & ~(unsigned)CHANGE_MINOR)
		classes = CHANGE_NAMES;
	out->classes |= classes ? classes : CHANGE_PUNCTUATION;
	return 0;
}

/* The standfirst is judged as a paragraph. */
static int
judge_summary(struct change_verdict *out, struct change *c,
	const struct change_input *in, struct err *err)
{
	struct block left = { BLOCK_P, in->previous->summary };
	struct block right = { BLOCK_P, in->next->summary };
	unsigned classes;

	if (str_eq(left.text, right.text))
		return 0;
	if (compare(&classes, c, left.text, right.text, err) < 0)
		return -1;
	if (left.text.len == 0)
		classes = classes_of_block(c, &right, in->source,
			CHANGESEEN_HERE);
	else if (right.text.len == 0)
		classes = classes_of_block(c, &left, in->source,
			CHANGESEEN_LOST);
	out->classes |= classes ? classes : CHANGE_WHITESPACE;
	out->words_added += c->words.added;
	out->words_removed += c->words.removed;
	return 0;
}

static size_t
bytes_of(const struct document *d)
{
	size_t bytes = 0;

	for (size_t i = 0; i < d->blocks_count; i++)
		bytes += d->blocks[i].text.len;
	return bytes;
}

static size_t
words_of(const struct document *d)
{
	size_t words = 0;

	for (size_t i = 0; i < d->blocks_count; i++)
		words += words_in(d->blocks[i].text);
	return words;
}

/* Whether next is what is left when a page did not load or hides its text. */
static bool
is_suddenly_empty(const struct change *c, const struct change_input *in)
{
	size_t before, now;

	/* most changes are not even near, and counting words takes time */
	if (c->align->words_removed <= c->align->words_added ||
		bytes_of(in->next) * 2 > bytes_of(in->previous))
		return false;
	now = words_of(in->next);
	before = words_of(in->previous);
	if (now == 0)
		return before > 0;
	return before >= CHANGE_EMPTY_FROM_WORDS && now * 4 < before &&
		c->align->words_added * 10 <= now;
}

/*
 * Whether hardly a word stayed, of the headline and of a text that was long
 * enough on both sides to tell: the address is another article's now, or its
 * article was written anew.
 */
static bool
is_replaced(const struct change *c, const struct align *a,
	const struct change_input *in)
{
	size_t before, now;

	if (!c->other_title || a->words_added < CHANGE_REPLACED_FROM_WORDS ||
		a->words_removed < CHANGE_REPLACED_FROM_WORDS)
		return false;
	before = words_of(in->previous);
	now = words_of(in->next);
	return a->words_removed * 10 >= before * 8 &&
		a->words_added * 10 >= now * 8;
}

/* The same page in the words of another extractor. */
static bool
is_technical(const struct change_origin *from, const struct change_origin *to)
{
	if (from->digest.len > 0 && str_eq(from->digest, to->digest))
		return true;
	if (from->extractor.len == 0 || str_eq(from->extractor, to->extractor))
		return false;
	if (from->etag.len > 0 || to->etag.len > 0)
		return str_eq(from->etag, to->etag);
	return from->last_modified.len > 0 &&
		str_eq(from->last_modified, to->last_modified);
}

int
change_judge(struct change_verdict *out, struct change *c,
	const struct change_input *in, struct err *err)
{
	if (align_blocks(c->align, in->previous->blocks,
		    in->previous->blocks_count, in->next->blocks,
		    in->next->blocks_count, err) < 0)
		return -1;
	return change_judge_aligned(out, c, c->align, in, err);
}

int
change_judge_aligned(struct change_verdict *out, struct change *c,
	struct align *a, const struct change_input *in, struct err *err)
{
	*out = (struct change_verdict){ .status = RECEIPT_SAME, .reason = "" };
	if (judge_blocks(out, c, a, in, err) < 0 ||
		judge_title(out, c, in, err) < 0 ||
		judge_byline(out, c, in, err) < 0 ||
		judge_summary(out, c, in, err) < 0)
		return -1;
	if (!str_eq(in->previous->published, in->next->published) ||
		!str_eq(in->previous->lang, in->next->lang))
		out->classes |= CHANGE_DATELINE;
	if (out->classes == 0)
		return 0;
	if (is_replaced(c, a, in))
		out->classes |= CHANGE_REPLACED;
	if (is_suddenly_empty(c, in)) {
		out->status = RECEIPT_BLOCKED;
		out->reason = "suddenly-empty";
	} else if (is_technical(&in->from, &in->to)) {
		out->status = RECEIPT_TECHNICAL;
	} else {
		out->status = change_is_minor(out->classes) ? RECEIPT_MINOR :
							      RECEIPT_CHANGED;
	}
	return 0;
}
