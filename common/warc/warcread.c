/*
 * The reader keeps one invariant: between two calls it is after the blank
 * lines that end a record. A record is read in three steps: its header line
 * by line into the record's storage, its block straight from the input after
 * it, the two line ends. What is wrong with a header is told apart: when the
 * block's length is still sure the record is skipped, when it is not the
 * stream is over.
 *
 * A record that has a member of gzip (or a frame) for itself has a second
 * frame, which nothing inside it can forge: where Content-Length and the
 * member do not agree the member counts, and a damaged one is passed over. A
 * file compressed as a whole is told from it by what follows: the next
 * record, or the records before, each in a member of its own.
 */
#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "common/warc/arc.h"
#include "common/warc/warc.h"
#include "common/warc/warcfields.h"
#include "common/warc/warcinput.h"
#include "common/warc/warckind.h"
#include "common/web/httpmsg.h"

enum {
	WINDOW_BYTES = 64 << 10,
	STEP_BYTES = 1 << 20,
	BLANK_BYTES_MAX = 64 << 10,
	LINE_LOOK_BYTES = 4096 /* a record's first line is told by so many */
};

struct warc_reader {
	struct warcinput input;
	char *window; /* read and not yet used, of one part: [start, end) */
	size_t start, end;
	size_t block_max;
	uint64_t number, offset; /* offset of window[start] */
	uint64_t own_parts; /* records in a row with a part for each */
	bool fresh;   /* the next byte is the first of its part */
	bool alone;   /* the record began with its compressed part */
	bool lf_only; /* its header ends its lines in LF alone */
	bool keep;    /* its block is stored */
	size_t block_at; /* in its storage */
	bool failed;
	struct err failure;
};

/* What comes next. */
enum { NEXT_ERROR = -1, NEXT_END = 0, NEXT_RECORD = 1, NEXT_OTHER = 2 };

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
	in->fresh = in->fresh && len == 0;
}

/* 1 when `want` bytes of this part wait in the window, 0 at its end, -1. */
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

/* 1 when a byte waits, of the next part where this one is over; 0; -1. */
static int
advance(struct warc_reader *in, struct err *err)
{
	int got;

	while ((got = peek(in, 1, err)) == 0) {
		got = warcinput_next(&in->input, err);
		if (got <= 0)
			break;
		in->fresh = true;
	}
	return got;
}

static struct str
waiting(const struct warc_reader *in)
{
	return (struct str){ in->window + in->start, in->end - in->start };
}

static bool
begins(struct str s)
{
	return str_starts_nocase(s, STR("WARC/")) || arc_begins(s);
}

static int
look(struct warc_reader *in, struct err *err)
{
	int got = advance(in, err);

	if (got <= 0)
		return got;
	if (peek(in, 5, err) < 0)
		return NEXT_ERROR;
	if (begins(waiting(in)))
		return NEXT_RECORD;
	if (str_starts_nocase(STR("WARC/"), str_sub(waiting(in), 0, 5)) ||
		peek(in, LINE_LOOK_BYTES, err) < 0)
		return NEXT_OTHER;
	return begins(waiting(in)) ? NEXT_RECORD : NEXT_OTHER;
}

/*
 * Passes over blank lines between records, which some writers leave, and
 * turns to the next file's compression. 1: a record begins; 0: the end.
 */
static int
find_start(struct warc_reader *in, struct err *err)
{
	size_t blank = 0;
	bool fresh = false;
	int got;

	while ((got = advance(in, err)) > 0) {
		char c = in->window[in->start];

		if ((c != '\r' && c != '\n' && (c != '\0' || !in->number)) ||
			blank++ == BLANK_BYTES_MAX)
			break;
		fresh = in->fresh;
		use(in, 1);
		in->fresh = fresh;
	}
	if (got <= 0)
		return got;
	if (peek(in, 4, err) < 0)
		return -1;
	if (warcinput_rewind(&in->input, waiting(in)))
		in->start = in->end = 0;
	return advance(in, err);
}

/* Appends one header line, "\n" included; -1 for a cut or too long one. */
static int
take_line(struct warc_reader *in, struct strbuf *out, struct err *err)
{
	size_t before = out->len;

	for (;;) {
		int got = advance(in, err);
		struct str have = waiting(in);
		ptrdiff_t newline = str_find_byte(have, '\n');
		size_t len = newline < 0 ? have.len : (size_t)newline + 1;

		if (got < 0)
			return -1;
		if (got == 0)
			return err_set(err, "cut within its header");
		if (in->fresh && in->alone && out->len > 0) {
			if (look(in, err) == NEXT_RECORD)
				return err_set(err, "its member ends in its "
					"header");
			in->alone = false;
			continue;
		}
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

/*
 * Reads the header after its version line, without the empty line. A folded
 * line is joined to the one before by blanks in place of that one's end.
 */
static int
take_fields(struct warc_reader *in, struct strbuf *head, struct err *err)
{
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
	if (got > 0) {
		in->offset += (uint64_t)got;
		in->fresh = false;
	}
	return got;
}

/* Some bytes of the block to the storage, or away; 0 at the part's end. */
static ssize_t
take_step(struct warc_reader *in, struct strbuf *out, int64_t left,
	struct err *err)
{
	size_t step = left < STEP_BYTES ? (size_t)left : STEP_BYTES;
	size_t kept = out->len;
	char *room = strbuf_room(out, step);
	ssize_t got = room ? take_some(in, room, step, err) : 0;

	if (got <= 0)
		return got;
	strbuf_grew(out, (size_t)got);
	if (out->len - in->block_at > in->block_max)
		in->keep = false;
	if (!in->keep)
		strbuf_cut(out, kept < in->block_at ? kept : in->block_at);
	return got;
}

/* Takes the line ends off that were read as the end of the block. */
static void
trim_end(struct warc_reader *in, struct strbuf *out)
{
	struct str block = str_sub(strbuf_str(out), in->block_at, out->len);

	if (str_ends(block, STR("\r\n\r\n")))
		strbuf_cut(out, out->len - 4);
	else if (str_ends(block, STR("\n\n")))
		strbuf_cut(out, out->len - 2);
}

static void
remark_member(struct warc_record *r, int64_t length, const char *how)
{
	err_set(&r->remark, "its member is %s its Content-Length of %lld "
		"says: the member is taken", how, (long long)length);
}

/*
 * Reads the block. Where the record's own member ends before it does, that is
 * its end: *whole is then false.
 */
static int
take_block(struct warc_reader *in, struct warc_record *r, int64_t length,
	bool *whole, struct err *err)
{
	int64_t left = length;

	*whole = true;
	while (left > 0) {
		ssize_t got = take_step(in, &r->storage, left, err);
		int next = NEXT_OTHER;

		left -= got > 0 ? got : 0;
		if (got > 0)
			continue;
		if (got == 0)
			next = in->alone ? look(in, err) : advance(in, err);
		if (got < 0 || next < 0)
			return -1;
		if (in->alone && next != NEXT_OTHER) {
			trim_end(in, &r->storage);
			remark_member(r, length, "shorter than");
			*whole = false;
			return 0;
		}
		if (next == NEXT_END)
			return err_set(err, "cut: %lld bytes of its block "
				"are missing", (long long)left);
		in->alone = false;
	}
	return 0;
}

/*
 * One line end, if there is one: its length; -1. One that has a member for
 * itself ends with it.
 */
static int
take_line_end(struct warc_reader *in, struct err *err)
{
	int got = in->alone ? peek(in, 1, err) : advance(in, err);
	size_t cr;

	if (got <= 0)
		return got;
	cr = waiting(in).ptr[0] == '\r';
	if (!cr && waiting(in).ptr[0] != '\n')
		return 0;
	if (cr && peek(in, 2, err) < 0)
		return -1;
	if (cr && waiting(in).len == 1 && !in->alone) {
		use(in, cr);
		cr = 0;
		got = 2;
		if (advance(in, err) < 0)
			return -1;
	}
	if (!str_starts(str_sub(waiting(in), cr, 1), STR("\n")))
		return 0;
	use(in, cr + 1);
	return cr || got == 2 ? 2 : 1;
}

/*
 * The rest of the record's member, where Content-Length is too small: `ends`
 * are the line ends that were taken for the block's. In a file that is
 * compressed as a whole the rest would be all other records.
 */
static int
take_rest(struct warc_reader *in, struct warc_record *r, int64_t length,
	struct str ends, struct err *err)
{
	ssize_t got;
	int next;

	if (in->keep)
		strbuf_adds(&r->storage, ends);
	while ((got = take_step(in, &r->storage, STEP_BYTES, err)) > 0)
		;
	next = got < 0 ? NEXT_ERROR : look(in, err);
	if (next < 0)
		return -1;
	if (next == NEXT_OTHER || (next == NEXT_END && in->own_parts == 0 &&
		str_find(str_sub(strbuf_str(&r->storage), in->block_at,
			r->storage.len), STR("\r\n\r\nWARC/")) >= 0))
		return err_set(err, "its block does not end where "
			"Content-Length says");
	trim_end(in, &r->storage);
	remark_member(r, length, "longer than");
	return 0;
}

/*
 * A length of 0 before an HTTP answer that says its own length (a writer that
 * forgot it): that one is taken, if the record then ends as it must.
 */
static int
take_http(struct warc_reader *in, struct warc_record *r, struct err *err)
{
	struct strbuf *out = &r->storage;
	struct httpmsg m;
	int64_t length;
	bool whole;

	do {
		if (take_line(in, out, err) < 0)
			return -1;
	} while (!str_ends(strbuf_str(out), STR("\n\r\n")) &&
		!str_ends(strbuf_str(out), STR("\n\n")));
	if (httpmsg_parse(&m, str_sub(strbuf_str(out), in->block_at,
			out->len), err) < 0 || number_parse(&length,
			httpmsg_get(&m, STR("content-length")), 0,
			(int64_t)in->block_max) < 0)
		return err_set(err, "its block does not end where "
			"Content-Length says");
	if (take_block(in, r, length, &whole, err) < 0 ||
		take_line_end(in, err) <= 0 || take_line_end(in, err) <= 0 ||
		look(in, err) == NEXT_OTHER)
		return err_set(err, "its block does not end where "
			"Content-Length says");
	err_set(&r->remark, "its Content-Length is 0 and a body follows: the "
		"answer's own length is taken");
	return 0;
}

/*
 * The block is not followed by two line ends. They may be missing, or the
 * block took some of them, when the next record begins right here; the length
 * still says where, so that nothing in a page can make it so.
 */
static int
mend_end(struct warc_reader *in, struct warc_record *r, int64_t length,
	struct str ends, struct err *err)
{
	bool own = in->alone;
	int next = look(in, err);
	struct str block;
	size_t eaten = ends.len < 4 ? 4 - ends.len : 0;

	if (next < 0)
		return -1;
	if (next == NEXT_END && !own)
		return err_set(err, "cut after its block");
	if (next == NEXT_OTHER && own && !in->fresh)
		return take_rest(in, r, length, ends, err);
	if (next == NEXT_OTHER && length == 0 && ends.len == 0 &&
		str_starts(waiting(in), STR("HTTP/")))
		return take_http(in, r, err);
	if (next == NEXT_OTHER)
		return err_set(err, "its block does not end where "
			"Content-Length says");
	block = str_sub(strbuf_str(&r->storage), in->block_at, SIZE_MAX);
	if (str_ends(block, str_sub(STR("\r\n\r\n"), 0, eaten)) &&
		str_ends(STR("\r\n\r\n"), ends))
		strbuf_cut(&r->storage, r->storage.len - eaten);
	err_set(&r->remark, "its block is not followed by two line ends");
	return 0;
}

/*
 * Up to two line ends into ends[0..4): how many bytes, or -1; *exact when they
 * are two as the header ends its lines.
 */
static int
take_line_ends(struct warc_reader *in, char ends[4], bool *exact,
	struct err *err)
{
	int len = 0, got = 1;

	*exact = true;
	for (int i = 0; i < 2 && got > 0; i++) {
		got = take_line_end(in, err);
		if (got < 0)
			return -1;
		if (got == 0 || (got == 1 && !in->lf_only))
			*exact = false;
		memcpy(ends + len, got == 2 ? "\r\n" : "\n", (size_t)got);
		len += got;
	}
	return len;
}

/* The two line ends after a block. */
static int
take_end(struct warc_reader *in, struct warc_record *r, int64_t length,
	struct err *err)
{
	char ends[4];
	bool exact;
	int len = take_line_ends(in, ends, &exact, err);

	if (len < 0)
		return -1;
	return exact ? 0 : mend_end(in, r, length,
		(struct str){ ends, (size_t)len }, err);
}

/* An ARC record ends in one line end or more, or with its member. */
static int
take_arc_end(struct warc_reader *in, struct warc_record *r, int64_t length,
	struct err *err)
{
	char ends[4];
	bool exact;
	int len = take_line_ends(in, ends, &exact, err);

	if (len < 0)
		return -1;
	if (!in->alone || peek(in, 1, err) <= 0 ||
		look(in, err) != NEXT_OTHER)
		return 0;
	return take_rest(in, r, length,
		(struct str){ ends, (size_t)len }, err);
}

/*
 * Reads on to the end of the record's own member: a record is handed on only
 * when its check sum is right.
 */
static int
finish_part(struct warc_reader *in, struct err *err)
{
	int got = 0;

	if (!in->alone)
		return 0;
	if (!in->fresh)
		got = peek(in, 1, err);
	if (got < 0)
		return -1;
	in->own_parts = got == 0 ? in->own_parts + 1 : 0;
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
too_large(struct warc_reader *in, struct warc_record *r, int64_t length,
	struct err *err)
{
	char text[100];

	snprintf(text, sizeof(text), "its block of %lld bytes is over the "
		"limit of %zu", (long long)length, in->block_max);
	return skipped(r, err, text);
}

static int
take_warc(struct warc_reader *in, struct warc_record *r, struct err *err)
{
	const char *defect, *missing;
	size_t head_len;
	int64_t length = 0;
	bool whole;

	if (take_fields(in, &r->storage, err) < 0 ||
		warcfields_length(&length, strbuf_str(&r->storage), err) < 0)
		return -1;
	in->block_at = head_len = r->storage.len;
	in->keep = (uint64_t)length <= in->block_max;
	if (take_block(in, r, length, &whole, err) < 0 ||
		(whole && take_end(in, r, length, err) < 0) ||
		finish_part(in, err) < 0)
		return -1;
	r->block = str_sub(strbuf_str(&r->storage), head_len, SIZE_MAX);
	defect = warcfields_split(r, str_sub(strbuf_str(&r->storage), 0,
		head_len));
	missing = warcfields_views(r);
	if (defect || (missing && in->keep))
		return skipped(r, err, defect ? defect : missing);
	return in->keep ? WARC_RECORD : too_large(in, r, length, err);
}

/* The line is in the storage. */
static int
take_arc(struct warc_reader *in, struct warc_record *r,
	const struct arc_head *head, struct err *err)
{
	int64_t length = head->length;
	bool whole;

	in->block_at = r->storage.len;
	in->keep = (uint64_t)length <= in->block_max;
	in->lf_only = true;
	if (take_block(in, r, length, &whole, err) < 0 ||
		(whole && take_arc_end(in, r, length, err) < 0) ||
		finish_part(in, err) < 0)
		return -1;
	arc_fill(r, in->block_at);
	return in->keep ? WARC_RECORD : too_large(in, r, length, err);
}

static int
take_record(struct warc_reader *in, struct warc_record *r, struct err *err)
{
	struct arc_head head;
	const char *kind = NULL;

	r->storage.max = in->block_max + WARC_HEADER_BYTES + 2 * STEP_BYTES;
	in->alone = in->fresh && warcinput_packed(&in->input);
	in->lf_only = false;
	if (in->number == 1 && look(in, err) == NEXT_OTHER)
		kind = warckind_name(waiting(in));
	if (take_line(in, &r->storage, err) < 0)
		return kind ? err_set(err, "no WARC: %s", kind) : -1;
	if (arc_parse(&head, strbuf_str(&r->storage)) == 0)
		return take_arc(in, r, &head, err);
	if (warcfields_version(strbuf_str(&r->storage), err) < 0)
		return kind ? err_set(err, "no WARC: %s", kind) : -1;
	return take_warc(in, r, err);
}

/* Whether garbage is here where the next compressed part should begin. */
static bool
at_garbage(struct warc_reader *in)
{
	return in->fresh && !warcinput_packed(&in->input) &&
		in->input.kind_before != WARCINPUT_PLAIN && in->own_parts > 0 &&
		look(in, NULL) == NEXT_OTHER &&
		warcinput_unread(&in->input, waiting(in));
}

/*
 * After damage: goes to the next member that begins a record. Returns as
 * warc_next does; in->failure says what was passed over.
 */
static int
pass_damage(struct warc_reader *in)
{
	unsigned long long from = warcinput_offset(&in->input);
	struct err err;
	int got;

	in->start = in->end = 0;
	got = warcinput_recover(&in->input, begins, &err);
	if (got <= 0)
		return WARC_ERROR;
	in->fresh = true;
	err = in->failure;
	err_set(&in->failure, "record %llu: %.300s; bytes %llu to %llu of the "
		"file are passed over", (unsigned long long)in->number,
		err.text, from,
		(unsigned long long)warcinput_offset(&in->input));
	return WARC_SKIPPED;
}

/*
 * A record that cannot be read, in a member of its own: passes over the rest
 * of it.
 */
static int
pass_part(struct warc_reader *in, struct warc_record *r)
{
	struct err err, why = in->failure;
	int got = 1, next;

	while (!in->fresh && (got = peek(in, 1, &err)) > 0)
		use(in, in->end - in->start);
	if (got < 0)
		return WARC_ERROR;
	next = look(in, &err);
	if (next != NEXT_RECORD && (next != NEXT_END || in->own_parts == 0))
		return WARC_ERROR;
	return skipped(r, &in->failure, why.text);
}

/* Whether nothing but the beginning of a member's magic number is left. */
static bool
is_cut_magic(struct str rest)
{
	static const struct str magics[] = { STR_INIT("\x1f\x8b\x08"),
		STR_INIT("\x28\xb5\x2f\xfd"), STR_INIT("\x04\x22\x4d\x18") };

	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (rest.len > 0 && str_starts(magics[i], rest))
			return true;
	return false;
}

static int
take_next(struct warc_reader *in, struct warc_record *r)
{
	int got;

	/* once: it puts the bytes back, to be told anew */
	if (at_garbage(in)) {
		if (is_cut_magic(waiting(in)))
			return err_set(&in->failure, "the input is cut");
		err_set(&in->failure, "what follows the last record is no "
			"record");
		return pass_damage(in);
	}
	got = take_record(in, r, &in->failure);
	if (got >= 0)
		return got;
	if (in->input.damaged)
		return pass_damage(in);
	return in->alone ? pass_part(in, r) : WARC_ERROR;
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
	r->id = r->uri = r->block = STR("");
	r->remark.text[0] = '\0';
	got = find_start(in, &in->failure);
	if (got == 0)
		return WARC_END;
	r->number = ++in->number;
	r->offset = offset = in->offset;
	if (got > 0)
		got = take_next(in, r);
	else if (in->input.damaged)
		got = pass_damage(in);
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
	int next = look(in, err);

	return next == NEXT_OTHER ? 0 : next;
}

ssize_t
warc_take_bytes(struct warc_reader *in, char *out, size_t len,
	struct err *err)
{
	int got = advance(in, err);

	return got <= 0 ? got : take_some(in, out, len, err);
}
