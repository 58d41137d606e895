/*
 * The reader keeps one invariant: between two calls it stands behind the
 * blank lines that end a record. A record is read in three steps: its header
 * line by line into the record's storage, its block straight from the input
 * behind it, the two line ends. What is wrong with a header is told apart:
 * when the block's length is still sure the record is skipped, when it is not
 * the stream is over.
 */
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "common/warc/warc.h"
#include "common/warc/warcinput.h"

enum { WINDOW_BYTES = 64 << 10, STEP_BYTES = 1 << 20, BLANK_BYTES_MAX = 64 };

struct warc_reader {
	struct warcinput input;
	char *window; /* read and not yet used: [start, end) */
	size_t start, end;
	size_t block_max;
	uint64_t number, offset; /* offset of window[start] */
	bool lf_only; /* the record's header ends its lines in LF alone */
	bool failed;
	struct err failure;
};

struct warc_reader *
warc_reader_new(int fd, size_t block_max)
{
	struct warc_reader *in = xcalloc(1, sizeof(*in));

	warcinput_init(&in->input, fd);
	in->window = xmalloc(WINDOW_BYTES);
	in->block_max = block_max < SIZE_MAX / 8 ? block_max : SIZE_MAX / 8;
	return in;
}

void
warc_reader_free(struct warc_reader *in)
{
	if (!in)
		return;
	warcinput_release(&in->input);
	free(in->window);
	free(in);
}

static void
use(struct warc_reader *in, size_t len)
{
	in->start += len;
	in->offset += len;
}

/* 1 when `want` bytes wait in the window, 0 at the end, -1. */
static int
peek(struct warc_reader *in, size_t want, struct err *err)
{
	if (in->end - in->start >= want)
		return 1;
	memmove(in->window, in->window + in->start, in->end - in->start);
	in->end -= in->start;
	in->start = 0;
	while (in->end < want) {
		ssize_t got = warcinput_read(&in->input,
			in->window + in->end, WINDOW_BYTES - in->end, err);

		if (got <= 0)
			return (int)got;
		in->end += (size_t)got;
	}
	return 1;
}

static struct str
waiting(const struct warc_reader *in)
{
	return (struct str){ in->window + in->start, in->end - in->start };
}

/*
 * Passes over blank lines between records, which some writers leave, and
 * turns to the next file's compression. 1: a record begins; 0: the end.
 */
static int
find_start(struct warc_reader *in, struct err *err)
{
	size_t blank = 0;
	int got;

	while ((got = peek(in, 1, err)) > 0) {
		char c = in->window[in->start];

		if ((c != '\r' && c != '\n') || blank++ == BLANK_BYTES_MAX)
			break;
		use(in, 1);
	}
	if (got <= 0)
		return got;
	if (peek(in, 3, err) < 0)
		return -1;
	if (warcinput_rewind(&in->input, waiting(in)))
		in->start = in->end = 0;
	return peek(in, 1, err);
}

/* Appends one header line, "\n" included; -1 for a cut or too long one. */
static int
take_line(struct warc_reader *in, struct strbuf *out, struct err *err)
{
	size_t before = out->len;

	for (;;) {
		int got = peek(in, 1, err);
		struct str have = waiting(in);
		ptrdiff_t newline = str_find_byte(have, '\n');
		size_t len = newline < 0 ? have.len : (size_t)newline + 1;

		if (got < 0)
			return -1;
		if (got == 0)
			return err_set(err, "cut within its header");
		if (out->len - before + len > WARC_LINE_BYTES)
			return err_set(err, "a header line is over %d bytes",
				WARC_LINE_BYTES);
		if (out->len + len > WARC_HEADER_BYTES)
			return err_set(err, "the header is over %d bytes",
				WARC_HEADER_BYTES);
		strbuf_add(out, have.ptr, len);
		use(in, len);
		if (newline >= 0)
			return 0;
	}
}

static int
check_version(struct str line, struct err *err)
{
	static const struct str known[] = { STR_INIT("WARC/1.1"),
		STR_INIT("WARC/1.0"), STR_INIT("WARC/0.18"),
		STR_INIT("WARC/0.17") };

	line = str_trim(line);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(line, known[i]))
			return 0;
	if (str_starts(line, STR("WARC/")))
		return err_set(err, "unknown version '%.*s'",
			STR_ARGS(str_sub(line, 0, 20)));
	return err_set(err, "does not begin with 'WARC/'");
}

/*
 * Reads the header into r->storage, without the version line and the empty
 * line. A folded line is joined to the one before by blanks in place of that
 * one's end.
 */
static int
take_header(struct warc_reader *in, struct warc_record *r, struct err *err)
{
	struct strbuf *head = &r->storage;

	if (take_line(in, head, err) < 0 ||
		check_version(strbuf_str(head), err) < 0)
		return -1;
	strbuf_reset(head);
	for (;;) {
		size_t before = head->len;
		struct str line;

		if (take_line(in, head, err) < 0)
			return -1;
		line = str_sub(strbuf_str(head), before, head->len);
		if (str_eq(line, STR("\r\n")) || str_eq(line, STR("\n"))) {
			in->lf_only = line.len == 1;
			strbuf_cut(head, before);
			return 0;
		}
		if (line.ptr[0] != ' ' && line.ptr[0] != '\t')
			continue;
		while (before > 0 && (head->ptr[before - 1] == '\n' ||
			head->ptr[before - 1] == '\r'))
			head->ptr[--before] = ' ';
	}
}

/* Splits the header into fields; NULL, or what is wrong with it. */
static const char *
split_fields(struct warc_record *r, struct str head)
{
	const char *defect = NULL;
	struct str line, name;

	r->fields_count = 0;
	if (str_find_byte(head, '\0') >= 0)
		defect = "a header field holds NUL";
	while (head.len > 0) {
		str_cut(&line, &head, '\n');
		if (!str_cut(&name, &line, ':')) {
			defect = "a header line has no colon";
			continue;
		}
		if (r->fields_count == WARC_FIELDS_MAX) {
			defect = "it has too many header fields";
			break;
		}
		r->fields[r->fields_count++] = (struct warc_field){
			str_trim(name), str_trim(line) };
	}
	return defect;
}

static enum warc_type
find_type(struct str name)
{
	enum warc_type type = WARC_INFO;

	while (type != WARC_OTHER && !str_eq_nocase(name, warc_type_name(type)))
		type++;
	return type;
}

/* Views of the fields that have a place of their own. */
static const char *
set_views(struct warc_record *r)
{
	struct str name = warc_get(r, STR("WARC-Type"));

	r->type = find_type(name);
	r->id = warc_get(r, STR("WARC-Record-ID"));
	r->date = warc_get(r, STR("WARC-Date"));
	r->content_type = warc_get(r, STR("Content-Type"));
	r->uri = warc_get(r, STR("WARC-Target-URI"));
	if (str_starts(r->uri, STR("<")) && str_ends(r->uri, STR(">")))
		r->uri = str_sub(r->uri, 1, r->uri.len - 2);
	r->date_s = 0;
	if (name.len == 0)
		return "it has no WARC-Type";
	if (r->id.len == 0)
		return "it has no WARC-Record-ID";
	if (isotime_parse(&r->date_s, r->date) < 0)
		return "it has no valid WARC-Date";
	return NULL;
}

/*
 * The block's length. It is looked for in all lines, beyond WARC_FIELDS_MAX
 * too: whoever writes two of them must not have the choice.
 */
static int
find_length(int64_t *out, struct str head, struct err *err)
{
	struct str line, name;
	bool found = false;

	while (head.len > 0) {
		int64_t length;

		str_cut(&line, &head, '\n');
		if (!str_cut(&name, &line, ':') ||
			!str_eq_nocase(str_trim(name), STR("Content-Length")))
			continue;
		line = str_trim(line);
		if (number_parse(&length, line, 0, INT64_MAX) < 0)
			return err_set(err, "bad Content-Length '%.*s'",
				STR_ARGS(str_sub(line, 0, 40)));
		if (found && length != *out)
			return err_set(err, "two different Content-Length");
		found = true;
		*out = length;
	}
	return found ? 0 : err_set(err, "it has no Content-Length");
}

static ssize_t
take_some(struct warc_reader *in, char *out, size_t len, struct err *err)
{
	struct str have = waiting(in);
	ssize_t got;

	if (have.len > 0) {
		size_t held = have.len < len ? have.len : len;

		memcpy(out, have.ptr, held);
		use(in, held);
		return (ssize_t)held;
	}
	got = warcinput_read(&in->input, out, len, err);
	if (got > 0)
		in->offset += (uint64_t)got;
	return got;
}

/* Reads `left` bytes to the storage, or away when `keep` is not set. */
static int
take_block(struct warc_reader *in, struct strbuf *out, int64_t left, bool keep,
	struct err *err)
{
	size_t kept = out->len;

	while (left > 0) {
		size_t step = left < STEP_BYTES ? (size_t)left : STEP_BYTES;
		char *room = strbuf_room(out, step);
		ssize_t got = take_some(in, room, step, err);

		if (got < 0)
			return -1;
		if (got == 0)
			return err_set(err, "cut: %lld bytes of its block "
				"are missing", (long long)left);
		strbuf_grew(out, (size_t)got);
		if (!keep)
			strbuf_cut(out, kept);
		left -= got;
	}
	return 0;
}

/* The two line ends behind a block. */
static int
take_end(struct warc_reader *in, struct err *err)
{
	for (size_t i = 0; i < 2; i++) {
		int got = peek(in, 1, err);

		bool cr = got > 0 && in->window[in->start] == '\r';

		if (cr) {
			use(in, 1);
			got = peek(in, 1, err);
		}
		if (got < 0)
			return -1;
		if (got == 0)
			return err_set(err, "cut behind its block");
		if (in->window[in->start] != '\n' || (!cr && !in->lf_only))
			return err_set(err, "its block does not end where "
				"Content-Length says");
		use(in, 1);
	}
	return 0;
}

/* A record that is skipped: says which and why. */
static int
skipped(struct warc_record *r, struct err *err, const char *why)
{
	r->block = STR("");
	err_set(err, "record %llu at byte %llu%s%.*s%s: %s",
		(unsigned long long)r->number, (unsigned long long)r->offset,
		r->uri.len ? " ('" : "", STR_ARGS(str_sub(r->uri, 0, 200)),
		r->uri.len ? "')" : "", why);
	return WARC_SKIPPED;
}

static int
take_record(struct warc_reader *in, struct warc_record *r, struct err *err)
{
	const char *defect, *missing;
	char large[80];
	struct str head;
	size_t head_len;
	int64_t length = 0;
	bool keep;

	r->storage.max = in->block_max + WARC_HEADER_BYTES + STEP_BYTES;
	if (take_header(in, r, err) < 0 ||
		find_length(&length, strbuf_str(&r->storage), err) < 0)
		return -1;
	head_len = r->storage.len;
	keep = (uint64_t)length <= in->block_max;
	if (take_block(in, &r->storage, length, keep, err) < 0 ||
		take_end(in, err) < 0)
		return -1;
	head = str_sub(strbuf_str(&r->storage), 0, head_len);
	r->block = str_sub(strbuf_str(&r->storage), head_len, SIZE_MAX);
	defect = split_fields(r, head);
	missing = set_views(r);
	if (!defect)
		defect = missing;
	if (!keep && !defect) {
		snprintf(large, sizeof(large), "its block of %lld bytes is "
			"over the limit of %zu", (long long)length,
			in->block_max);
		defect = large;
	}
	return defect ? skipped(r, err, defect) : WARC_RECORD;
}

int
warc_next(struct warc_reader *in, struct warc_record *r, struct err *err)
{
	uint64_t offset;
	int got;

	if (in->failed) {
		err_set(err, "%s", in->failure.text);
		return WARC_ERROR;
	}
	strbuf_reset(&r->storage);
	r->fields_count = 0;
	got = find_start(in, &in->failure);
	if (got == 0)
		return WARC_END;
	r->number = ++in->number;
	r->offset = offset = in->offset;
	if (got > 0)
		got = take_record(in, r, &in->failure);
	if (got == WARC_SKIPPED)
		err_set(err, "%s", in->failure.text);
	if (got >= 0)
		return got;
	in->failed = true;
	err_prefix(&in->failure, "record %llu at byte %llu",
		(unsigned long long)in->number, (unsigned long long)offset);
	err_set(err, "%s", in->failure.text);
	return WARC_ERROR;
}

int
warc_sniff(struct warc_reader *in, struct err *err)
{
	int got = peek(in, 5, err);

	return got <= 0 ? got : str_starts(waiting(in), STR("WARC/"));
}

ssize_t
warc_take_bytes(struct warc_reader *in, char *out, size_t len,
	struct err *err)
{
	return take_some(in, out, len, err);
}
