#include "cmd/diff/diff.h"

#include "common/archive/archive.h"
#include "common/archive/lookup.h"
#include "common/base/xalloc.h"

enum { ARENA_BYTES = 512 << 20 };

void
diff_close(struct diff *d)
{
	if (!d)
		return;
	free(d->row_classes);
	wordsdiff_release(&d->words);
	gitdiff_free(d->differ);
	align_free(d->align);
	change_free(d->change);
	if (d->index)
		index_close(d->index);
	if (d->store)
		gitstore_close(d->store);
	arena_release(&d->arena);
	free(d);
}

static struct diff *
new_diff(void)
{
	struct diff *d = xcalloc(1, sizeof(*d));

	arena_init(&d->arena, ARENA_BYTES);
	wordsdiff_init(&d->words);
	d->differ = gitdiff_new();
	d->align = align_new();
	d->change = change_new();
	return d;
}

/*
 * Reads the version of that number into a side; number 0 is the empty text
 * before the first. 1 found, 0 not, -1 error.
 */
static int
read_side(struct diff_side *side, struct diff *d, int64_t number,
	struct err *err)
{
	struct str bytes;
	int found;

	if (number == 0)
		return 1;
	found = index_version(&side->version, d->index, d->article.id, number,
		&d->arena, err);
	if (found == 0)
		err_set(err, "'%.*s' has %lld versions, no version %lld",
			STR_ARGS(d->article.key),
			(long long)d->article.versions, (long long)number);
	if (found <= 0)
		return found;
	if (gitstore_read_blob(&bytes, d->store, &side->version.blob, &d->arena,
		    err) < 0 ||
		document_parse(&side->document, bytes, &d->arena, err) < 0) {
		err_prefix(err, "version %lld", (long long)number);
		return -1;
	}
	return 1;
}

static int
read_sides(struct diff *d, const struct diff_range *range, struct err *err)
{
	int64_t left = range->left, right = range->right;
	int found;

	if (right == DIFF_LATEST)
		right = d->article.versions;
	if (left == DIFF_LATEST)
		left = d->article.versions;
	if (left == DIFF_CHANGE && d->article.versions == 1)
		left = right;
	if (left < 0)
		left = right - 1;
	found = read_side(&d->right, d, right, err);
	return found > 0 ? read_side(&d->left, d, left, err) : found;
}

static int
compare(struct diff *d, struct err *err)
{
	const struct document *left = &d->left.document;
	const struct document *right = &d->right.document;
	struct change_input in = { .previous = left,
		.next = right,
		.source = d->article.source };

	if (change_judge(&d->verdict, d->change, &in, err) < 0 ||
		align_blocks(d->align, left->blocks, left->blocks_count,
			right->blocks, right->blocks_count, err) < 0)
		return -1;
	d->row_classes = xcalloc(d->align->count, sizeof(*d->row_classes));
	for (size_t i = 0; i < d->align->count; i++)
		if (change_row_classes(&d->row_classes[i], d->change, d->align,
			    &d->align->rows[i], left, right, d->article.source,
			    err) < 0)
			return -1;
	return 0;
}

int
diff_field(struct diff *d, struct str left, struct str right, struct err *err)
{
	return wordsdiff_run(&d->words, d->differ, left, right, err);
}

/* As diff_open, into a diff that the caller closes. */
static int
open_into(struct diff *d, const char *archive, struct str name,
	const struct diff_range *range, struct err *err)
{
	int found;

	if (archive_open(&d->store, archive, err) < 0 ||
		index_open(&d->index, d->store, err) < 0)
		return -1;
	found = lookup_asked(&d->article, d->index, name, &d->arena, err);
	if (found > 0)
		found = read_sides(d, range, err);
	if (found <= 0)
		return found < 0 ? -1 : 1;
	found = lookup_withdrawn(&d->withdrawn, d->index, &d->article,
		&d->arena, err);
	d->is_withdrawn = found > 0;
	return found < 0 ? -1 : compare(d, err);
}

int
diff_open(struct diff **out, const char *archive, struct str name,
	const struct diff_range *range, struct err *err)
{
	struct diff *d = new_diff();
	int result = open_into(d, archive, name, range, err);

	if (result != 0) {
		diff_close(d);
		d = NULL;
	}
	*out = d;
	return result;
}
