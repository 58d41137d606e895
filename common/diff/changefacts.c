#include "common/diff/changefacts.h"

#include <string.h>

#include "common/article/sketch.h"
#include "common/base/utf8.h"
#include "common/diff/changeform.h"
#include "common/diff/changewords.h"
#include "common/text/unicode.h"

enum { SENTENCE_BYTES = 60 };

static uint32_t
hash32(uint64_t seed, struct str text)
{
	uint64_t h = sketch_hash(seed, text);

	h ^= h >> 32;
	return (uint32_t)h < 16 ? 16 : (uint32_t)h; /* 1 to 15 have a meaning */
}

static struct changefacts_place *
add(struct changefacts *f, enum changefacts_part part, uint32_t place,
	struct str now)
{
	static struct changefacts_place spare;
	struct changefacts_place *p = &spare;

	if (f->places_count < CHANGEFACTS_PLACES)
		p = &f->places[f->places_count++];
	else
		f->many = true;
	*p = (struct changefacts_place){ .part = part, .place = place,
		.value = now.len > 0 ? hash32(3, now) : CHANGEFACTS_ABSENT };
	return p;
}

/*
 * How long a line may be: half of what paragraphs are here, by the one in
 * which a byte of the text lies. Where all are short, none is a mere line.
 */
static size_t
line_bytes(const struct document *a, const struct document *b)
{
	const struct document *both[] = { a, b };
	size_t all = 0, squares = 0;

	for (size_t d = 0; d < 2; d++)
		for (size_t i = 0; i < both[d]->blocks_count; i++) {
			size_t len = both[d]->blocks[i].text.len;

			all += len;
			squares += len * len;
		}
	if (all == 0 || squares / all / 2 > CHANGEFACTS_LINE_BYTES)
		return CHANGEFACTS_LINE_BYTES;
	return squares / all / 2;
}

/* Whether the text ends as a sentence does, in scripts that mark that. */
static bool
ends_sentence(struct str text)
{
	static const struct str marks[] = { STR_INIT("."), STR_INIT("!"),
		STR_INIT("?"), STR_INIT("\""), STR_INIT(":"), STR_INIT(")"),
		STR_INIT("\xe2\x80\x9d"), STR_INIT("\xe2\x80\x9c"),
		STR_INIT("\xc2\xbb"), STR_INIT("\xe3\x80\x82"),
		STR_INIT("\xe3\x80\x8d"), STR_INIT("\xd8\x9f"),
		STR_INIT("\xe2\x80\xa6"), STR_INIT("\xe0\xa5\xa4") };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_ends(text, marks[i]))
			return true;
	return false;
}

static bool
is_short(const struct block *block, size_t most)
{
	return block->text.len <= most && block->kind != BLOCK_CORRECTION &&
		!changewords_is_correction(block->text);
}

static bool
is_line(const struct block *block, size_t most)
{
	return is_short(block, most) && (block->text.len < SENTENCE_BYTES ||
			!ends_sentence(block->text));
}

/* The next character of a text that is no digit; 0 at its end. */
static uint32_t
next_undigit(struct str *text)
{
	while (text->len > 0) {
		uint32_t c = utf8_decode(text);

		if (unicode_class(c) != UNICODE_DIGIT && c != '.' && c != ',')
			return c;
	}
	return 0;
}

/* Whether two texts are the same but for digits. */
static bool
only_digits_differ(struct str a, struct str b)
{
	uint32_t x, y;

	do {
		x = next_undigit(&a);
		y = next_undigit(&b);
	} while (x == y && x != 0);
	return x == y;
}

/* The blocks of one side of a row, as one value. */
static uint32_t
value_of(const struct block *blocks, size_t from, size_t count)
{
	uint32_t h = CHANGEFACTS_ABSENT;

	for (size_t i = 0; i < count; i++)
		h = hash32(h, blocks[from + i].text);
	return h;
}

/* Whether what was edited is a line of notes: no sentence, no subheading, or
 * a sentence in which only numbers differ. */
static bool
is_note(const struct block *left, const struct block *right)
{
	return left->kind == right->kind &&
		(left->kind == BLOCK_P || left->kind == BLOCK_ROW ||
			left->kind == BLOCK_CREDIT) &&
		(!ends_sentence(left->text) || !ends_sentence(right->text) ||
			only_digits_differ(left->text, right->text));
}

/* Whether the blocks of the row are lines, or nothing on one side. */
static bool
are_lines(const struct align_row *r, const struct block *left,
	const struct block *right, size_t most)
{
	if (r->kind == ALIGN_MOVED_FROM || r->kind == ALIGN_MOVED_TO ||
		r->left_count > 1 || r->right_count > 1)
		return false;
	if (r->kind == ALIGN_EDITED)
		return is_note(left, right) && is_short(left, most) &&
			is_short(right, most);
	return (r->left_count == 0 || is_line(left, most)) &&
		(r->right_count == 0 || is_line(right, most));
}

static void
add_row(struct changefacts *f, const struct align *a, size_t row,
	uint64_t before, const struct change_input *in, size_t most)
{
	const struct align_row *r = &a->rows[row];
	const struct block *left = &in->previous->blocks[r->left];
	const struct block *right = &in->next->blocks[r->right];
	struct changefacts_place *p = add(f, PART_BLOCK,
		hash32(before, STR("block")), STR(""));

	p->row = row;
	p->value = value_of(in->next->blocks, r->right, r->right_count);
	p->light = are_lines(r, left, right, most);
	p->counts = r->kind == ALIGN_EDITED && r->left_count == 1 &&
		r->right_count == 1 && is_short(left, most) &&
		only_digits_differ(left->text, right->text);
	p->label = p->light &&
		(r->left_count == 0 || !ends_sentence(left->text)) &&
		(r->right_count == 0 || !ends_sentence(right->text));
}

/* Adds up bytes of the left and right that are on both sides. */
struct sums {
	size_t left, right, left_kept, right_kept;
};

static size_t
bytes_of(const struct block *blocks, size_t from, size_t count)
{
	size_t bytes = 0;

	for (size_t i = 0; i < count; i++)
		bytes += blocks[from + i].text.len;
	return bytes;
}

static bool
is_head(const struct align_row *r, const struct change_input *in)
{
	return r->kind == ALIGN_EDITED && r->left_count == 1 &&
		r->right_count == 1 &&
		str_starts(in->previous->blocks[r->left].text,
			in->next->blocks[r->right].text);
}

static void
sum_row(struct sums *s, const struct align_row *r,
	const struct change_input *in)
{
	size_t left = bytes_of(in->previous->blocks, r->left, r->left_count);
	size_t right = bytes_of(in->next->blocks, r->right, r->right_count);

	if (r->kind == ALIGN_MOVED_FROM)
		return;
	s->left += left;
	s->right += right;
	if (r->kind == ALIGN_SAME || r->kind == ALIGN_MOVED_TO ||
		r->kind == ALIGN_EDITED) {
		size_t alike = r->kind == ALIGN_SAME ?
			ALIGN_EXACT : (size_t)r->similarity;

		s->left_kept += left * alike / ALIGN_EXACT;
		s->right_kept += right * alike / ALIGN_EXACT;
	}
}

/* Whether next is how previous begins, and breaks off in a sentence. */
static void
find_cut(struct changefacts *f, const struct change_input *in)
{
	const struct document *d = in->previous, *n = in->next;
	size_t i = 0, last = n->blocks_count;
	struct str whole, left;

	while (i < last && i < d->blocks_count &&
		str_eq(n->blocks[i].text, d->blocks[i].text))
		i++;
	if (i == d->blocks_count || i + 1 < last)
		return;
	f->beginning = i == last;
	if (i == last)
		return;
	whole = d->blocks[i].text;
	left = n->blocks[i].text;
	f->beginning = left.len > 0 && left.len < whole.len &&
		str_starts(whole, left);
	f->torn = f->beginning && !ends_sentence(left);
}

static bool
has_block(const struct document *d, struct str text)
{
	for (size_t i = 0; i < d->blocks_count; i++)
		if (str_eq(d->blocks[i].text, text))
			return true;
	return false;
}

/*
 * Whether next breaks off in a paragraph of previous, whatever was edited
 * before: its last block is how one begins of which the rest, and all that
 * came after it, is gone.
 */
static bool
breaks_off(const struct document *d, const struct document *n)
{
	struct str last;
	size_t i = 0;
	bool tag; /* it breaks off in the first byte of a tag */

	if (n->blocks_count == 0)
		return false;
	last = n->blocks[n->blocks_count - 1].text;
	tag = str_ends(last, STR("<"));
	last.len -= tag;
	if (last.len == 0 || (!tag && ends_sentence(last)))
		return false;
	while (i < d->blocks_count && (!str_starts(d->blocks[i].text, last) ||
			has_block(n, d->blocks[i].text)))
		i++;
	if (i == d->blocks_count)
		return false;
	while (++i < d->blocks_count)
		if (has_block(n, d->blocks[i].text))
			return false;
	return true;
}

/* Whether nothing but the form of the paragraph's characters differs. */
static bool
is_form(const struct align_row *r, const struct change_input *in)
{
	const struct block *left = &in->previous->blocks[r->left];
	const struct block *right = &in->next->blocks[r->right];

	return r->kind == ALIGN_EDITED && r->left_count == 1 &&
		r->right_count == 1 && left->kind == right->kind &&
		changeform_same(left->text, right->text);
}

/* A place is known by the paragraph before it that stayed. */
static uint64_t
place_after(const struct align_row *same, uint64_t after,
	const struct change_input *in)
{
	uint64_t h = 11;

	if (same)
		h = sketch_hash(13, in->previous->blocks[same->left].text);
	return h + after * 0x9e3779b97f4a7c15u;
}

/*
 * Whether the paragraph that came or went is the standfirst of the other
 * text: the same words, found at another place of the page.
 */
static bool
is_standfirst(const struct align_row *r, const struct change_input *in)
{
	struct str here = in->previous->summary, now = in->next->summary;

	if (str_eq(here, now) || r->left_count + r->right_count != 1)
		return false;
	return r->left_count == 1 ?
		changeform_same(in->previous->blocks[r->left].text, now) :
		changeform_same(in->next->blocks[r->right].text, here);
}

static void
add_rows(struct changefacts *f, struct sums *s, const struct align *a,
	const struct change_input *in)
{
	const struct align_row *same = NULL; /* the last one, */
	uint64_t after = 0;                  /* and how many came since */
	size_t most = line_bytes(in->previous, in->next);

	for (size_t i = 0; i < a->count; i++) {
		const struct align_row *r = &a->rows[i];

		sum_row(s, r, in);
		if (r->kind == ALIGN_SAME) {
			same = r;
			after = 0;
			continue;
		}
		if (is_form(r, in))
			continue;
		if (is_standfirst(r, in)) {
			f->regrouped++;
			continue;
		}
		f->same_blocks = false;
		f->nothing_new = f->nothing_new &&
			(r->kind == ALIGN_REMOVED || is_head(r, in));
		if (!f->many)
			add_row(f, a, i, place_after(same, after, in), in,
				most);
		after++;
	}
}

static void
add_field(struct changefacts *f, enum changefacts_part part, struct str left,
	struct str right)
{
	static const struct str names[] = { [PART_TITLE] = STR_INIT("title"),
		[PART_BYLINE] = STR_INIT("byline"),
		[PART_SUMMARY] = STR_INIT("summary"),
		[PART_BLOCK] = STR_INIT(""), [PART_DATE] = STR_INIT("date") };
	struct changefacts_place *p;

	if (str_eq(left, right))
		return;
	p = add(f, part, hash32(5, names[part]), right);
	p->light = part == PART_DATE || (part != PART_TITLE &&
			(left.len == 0 || right.len == 0));
	p->counts = p->label = false;
	f->regrouped += p->light;
}

/* Byline, headline, standfirst and date. */
static void
add_fields(struct changefacts *f, const struct document *d,
	const struct document *n)
{
	add_field(f, PART_TITLE, d->title, n->title);
	if (!changeform_same_byline(d->byline, n->byline))
		add_field(f, PART_BYLINE, d->byline, n->byline);
	add_field(f, PART_SUMMARY, d->summary, n->summary);
	if (!changeform_same_date(d->published, n->published))
		add_field(f, PART_DATE, d->published, n->published);
	else if (!str_eq(d->published, n->published))
		f->regrouped++;
}

void
changefacts_of(struct changefacts *out, const struct align *a,
	const struct change_input *in, unsigned classes)
{
	const struct document *d = in->previous, *n = in->next;
	struct sums s = { 0 };

	*out = (struct changefacts){ .same_blocks = true,
		.nothing_new = true };
	add_fields(out, d, n);
	out->fields = str_eq(d->title, n->title);
	add_rows(out, &s, a, in);
	out->fields = out->fields && out->same_blocks;
	out->small = s.left < CHANGEFACTS_SMALL_BYTES;
	out->light = !out->many && !out->small;
	for (size_t i = 0; i < out->places_count; i++)
		out->light = out->light && out->places[i].light;
	out->kept = s.left ? (int)(s.left_kept * 1000 / s.left) : 1000;
	out->old = s.right ? (int)(s.right_kept * 1000 / s.right) : 1000;
	find_cut(out, in);
	out->torn = out->torn || (!out->same_blocks && breaks_off(d, n));
	out->other_language = d->lang.len > 1 && n->lang.len > 1 &&
		!str_eq_nocase(str_sub(d->lang, 0, 2), str_sub(n->lang, 0, 2));
	out->form = (classes & ~(unsigned)CHANGE_MINOR) == 0 &&
		changeform_same_document(d, n);
}

uint32_t
changefacts_title(void)
{
	return hash32(5, STR("title"));
}

const struct changefacts_place *
changefacts_only(const struct changefacts *f)
{
	const struct changefacts_place *only = NULL;

	if (f->many)
		return NULL;
	if (f->places_count == 1)
		return &f->places[0];
	for (size_t i = 0; i < f->places_count; i++) {
		if (f->places[i].light)
			continue;
		if (only)
			return NULL;
		only = &f->places[i];
	}
	return only;
}

/* Whether the row is one of the calm places. */
static bool
is_calm(const struct changefacts *f, const bool *calm, size_t row)
{
	for (size_t i = 0; i < f->places_count; i++)
		if (f->places[i].part == PART_BLOCK &&
			f->places[i].row == row)
			return calm[i];
	return false;
}

static void
settle_fields(struct document *out, const struct changefacts *f,
	const struct document *before, const bool *calm)
{
	for (size_t i = 0; i < f->places_count; i++) {
		if (!calm[i])
			continue;
		if (f->places[i].part == PART_TITLE)
			out->title = before->title;
		if (f->places[i].part == PART_BYLINE)
			out->byline = before->byline;
		if (f->places[i].part == PART_SUMMARY)
			out->summary = before->summary;
		if (f->places[i].part == PART_DATE)
			out->published = before->published;
	}
}

int
changefacts_settle(struct document *out, const struct changefacts *f,
	const struct align *a, const struct change_input *in,
	const bool *calm, struct arena *arena)
{
	size_t most = in->previous->blocks_count + in->next->blocks_count;
	struct block *blocks = arena_calloc(arena, most + 1, sizeof(*blocks));
	size_t n = 0;

	*out = *in->next;
	if (!blocks)
		return -1;
	for (size_t i = 0; i < a->count; i++) {
		const struct align_row *r = &a->rows[i];
		bool kept = is_calm(f, calm, i);
		size_t count = kept ? r->left_count : r->right_count;

		if (r->kind == ALIGN_MOVED_FROM)
			continue;
		memcpy(blocks + n, kept ? in->previous->blocks + r->left :
			in->next->blocks + r->right, count * sizeof(*blocks));
		n += count;
	}
	out->blocks = blocks;
	out->blocks_count = n;
	settle_fields(out, f, in->previous, calm);
	return 0;
}
