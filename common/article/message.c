#include "common/article/message.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum { TRAILERS = 16, CLASSES_MAX = 64 };

/* A trailer that is a string, in the order in which they are written. */
struct trailer {
	const char *name;
	struct str *value;
};

static size_t
trailers_of(struct trailer out[TRAILERS], struct message *m)
{
	const struct trailer all[] = {
		{ "URL", &m->url },
		{ "Key", &m->key },
		{ "Path", &m->path },
		{ "Old-Key", &m->old_key },
		{ "Blob", &m->blob },
		{ "Fetched", &m->fetched },
		{ "First-Seen", &m->first_seen },
		{ "Record", &m->record },
		{ "Digest", &m->digest },
		{ "Extractor", &m->extractor },
		{ "ETag", &m->etag },
		{ "Last-Modified", &m->last_modified },
		{ "Location", &m->location },
		{ "Reason", &m->reason },
		{ "Same-Text-As", &m->same_text_as },
		{ "Sketch", &m->sketch },
	};

	memcpy(out, all, sizeof(all));
	return sizeof(all) / sizeof(all[0]);
}

/* Whether the character could hide or reorder text, or steer a terminal. */
static bool
unprintable(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
		c == 0x2029 || c == 0x061c || c == 0x200e || c == 0x200f ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* How many bytes at the start are plain ASCII text. */
static size_t
plain(struct str s)
{
	size_t i = 0;

	while (i < s.len && (unsigned char)(s.ptr[i] - 0x20) < 0x5f)
		i++;
	return i;
}

static void
trim_end(struct strbuf *out, size_t start)
{
	while (out->len > start && out->ptr[out->len - 1] == ' ')
		strbuf_cut(out, out->len - 1);
}

void
message_clean(struct strbuf *out, struct str value, size_t max)
{
	size_t start = out->len;

	value = str_trim(value);
	while (value.len > 0 && out->len - start < max) {
		size_t n = plain(value);
		uint32_t c;

		if (n > max - (out->len - start))
			n = max - (out->len - start);
		strbuf_add(out, value.ptr, n);
		value = str_sub(value, n, value.len);
		if (value.len == 0 || out->len - start >= max)
			break;
		c = utf8_decode(&value);
		if (c == UTF8_BAD)
			c = 0xfffd;
		if (unprintable(c))
			c = ' ';
		if (c == ' ' && out->len == start) {
			value = str_trim(value);
			continue;
		}
		if (out->len - start + 4 <= max || c == ' ')
			utf8_add(out, c);
		else
			break;
	}
	trim_end(out, start);
}

void
message_clean_source(struct strbuf *out, struct str source)
{
	size_t start = out->len, blanks = 0;

	message_clean(out, source, MESSAGE_SOURCE_BYTES);
	for (size_t i = start; i < out->len; i++)
		if (strchr("<>:", out->ptr[i]))
			out->ptr[i] = ' ';
	trim_end(out, start);
	while (start + blanks < out->len && out->ptr[start + blanks] == ' ')
		blanks++;
	memmove(out->ptr + start, out->ptr + start + blanks,
		out->len - start - blanks);
	strbuf_cut(out, out->len - blanks);
}

static void
add_trailer(struct strbuf *out, const char *name, struct str value)
{
	size_t start = out->len, from;

	strbuf_adds(out, str_from(name));
	strbuf_adds(out, STR(": "));
	from = out->len;
	message_clean(out, value, MESSAGE_VALUE_BYTES);
	if (out->len == from)
		strbuf_cut(out, start);
	else
		strbuf_addc(out, '\n');
}

static void
add_list(struct strbuf *out, const struct strlist *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0)
			strbuf_adds(out, STR(", "));
		message_clean(out, list->items[i], MESSAGE_SOURCE_BYTES);
	}
}

static void
add_words(struct strbuf *out, const struct message *m)
{
	strbuf_addf(out, "%lld words added, %lld removed.",
		(long long)m->words_added, (long long)m->words_removed);
}

static void
add_reason(struct strbuf *out, const struct message *m)
{
	if (m->reason.len > 0) {
		strbuf_adds(out, STR(": "));
		message_clean(out, m->reason, MESSAGE_SUBJECT_BYTES);
	}
	strbuf_addc(out, '.');
}

/* One line for people; nothing reads it back. */
static void
add_body(struct strbuf *out, const struct message *m)
{
	switch (m->event) {
	case RECEIPT_NEW:
		strbuf_addf(out, "First version, %lld words.",
			(long long)m->words_added);
		break;
	case RECEIPT_GONE:
		strbuf_adds(out, STR("Withdrawn"));
		add_reason(out, m);
		break;
	case RECEIPT_MOVED:
		strbuf_adds(out, STR("Moved to "));
		message_clean(out, m->location, MESSAGE_VALUE_BYTES);
		strbuf_addc(out, '.');
		break;
	case RECEIPT_RESTORED:
		strbuf_adds(out, STR("Back again: "));
		add_words(out, m);
		break;
	default:
		if (m->classes.count > 0) {
			add_list(out, &m->classes);
			strbuf_adds(out, STR(": "));
		}
		add_words(out, m);
	}
	strbuf_addc(out, '\n');
}

/* What the subject says besides the headline, so that `git log --oneline`
 * tells a withdrawal from an edit. */
static struct str
event_note(enum receipt_status event)
{
	switch (event) {
	case RECEIPT_GONE:
		return STR(" (withdrawn)");
	case RECEIPT_RESTORED:
		return STR(" (back again)");
	case RECEIPT_MOVED:
		return STR(" (moved)");
	default:
		return STR("");
	}
}

/* The name of the source where the subject cannot carry it as it is. */
static void
add_source(struct strbuf *out, struct str source)
{
	struct strbuf whole, carried;

	strbuf_init(&whole, MESSAGE_SOURCE_BYTES + 1);
	strbuf_init(&carried, MESSAGE_SOURCE_BYTES + 1);
	message_clean(&whole, source, MESSAGE_SOURCE_BYTES);
	message_clean_source(&carried, source);
	if (!str_eq(strbuf_str(&whole), strbuf_str(&carried)))
		add_trailer(out, "Source", strbuf_str(&whole));
	strbuf_release(&whole);
	strbuf_release(&carried);
}

void
message_print(struct strbuf *out, const struct message *message)
{
	struct message m = *message;
	struct trailer trailers[TRAILERS];
	size_t count = trailers_of(trailers, &m), start;

	message_clean_source(out, m.source);
	strbuf_adds(out, STR(": "));
	start = out->len;
	message_clean(out, m.headline, MESSAGE_SUBJECT_BYTES);
	if (out->len == start)
		message_clean(out, m.path, MESSAGE_SUBJECT_BYTES);
	strbuf_adds(out, event_note(m.event));
	strbuf_adds(out, STR("\n\n"));
	add_body(out, &m);
	strbuf_addf(out, "\nVersion: %lld\nEvent: ", (long long)m.version);
	strbuf_adds(out, receipt_status_name(m.event));
	strbuf_addc(out, '\n');
	if (m.classes.count > 0) {
		strbuf_adds(out, STR("Classes: "));
		add_list(out, &m.classes);
		strbuf_addc(out, '\n');
	}
	strbuf_addf(out, "Words: +%lld -%lld\nStatus: %lld\n",
		(long long)m.words_added, (long long)m.words_removed,
		(long long)m.status);
	add_source(out, m.source);
	for (size_t i = 0; i < count; i++)
		add_trailer(out, trailers[i].name, *trailers[i].value);
	for (size_t i = 0; i < m.aliases.count && i < MESSAGE_ALIASES_MAX;
		i++)
		add_trailer(out, "Alias", m.aliases.items[i]);
}

/* The name of a class; what somebody else wrote there may be no name. */
static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~')
			return false;
	return s.len > 0;
}

static void
parse_classes(struct message *out, struct str value, struct arena *arena)
{
	struct str items[CLASSES_MAX];
	size_t count = 0;

	while (count < CLASSES_MAX && str_field(&items[count], &value, ',')) {
		items[count] = str_trim(items[count]);
		count += is_name(items[count]);
	}
	out->classes.items = arena_alloc(arena, (count + 1) * sizeof(*items));
	if (!out->classes.items)
		return;
	memcpy(out->classes.items, items, count * sizeof(*items));
	out->classes.count = count;
}

/* "+ADDED -REMOVED" */
static int
parse_words(struct message *out, struct str value)
{
	struct str added;

	if (!str_cut(&added, &value, ' ') || !str_starts(added, STR("+")) ||
		!str_starts(value, STR("-")))
		return -1;
	if (number_parse(&out->words_added, str_sub(added, 1, added.len), 0,
		    INT64_MAX) < 0)
		return -1;
	return number_parse(&out->words_removed, str_sub(value, 1, value.len),
		0, INT64_MAX);
}

static void
parse_alias(struct message *out, struct str value, struct arena *arena)
{
	struct strlist *list = &out->aliases;

	if (!list->items)
		list->items = arena_alloc(arena,
			MESSAGE_ALIASES_MAX * sizeof(*list->items));
	if (list->items && list->count < MESSAGE_ALIASES_MAX &&
		value.len > 0)
		list->items[list->count++] = value;
}

enum { SEEN_VERSION = 1, SEEN_EVENT = 2, SEEN_ALL = 3 };

/* A trailer that is no plain string; returns what of SEEN_ALL it was. */
static int
parse_special(struct message *out, struct str name, struct str value,
	struct arena *arena)
{
	if (str_eq(name, STR("Version")))
		return number_parse(&out->version, value, 0, INT32_MAX) < 0 ?
			0 : SEEN_VERSION;
	if (str_eq(name, STR("Event")))
		return receipt_status_parse(&out->event, value) < 0 ?
			0 : SEEN_EVENT;
	if (str_eq(name, STR("Classes")))
		parse_classes(out, value, arena);
	else if (str_eq(name, STR("Source")))
		out->source = value;
	else if (str_eq(name, STR("Alias")))
		parse_alias(out, value, arena);
	else if (str_eq(name, STR("Words")) && parse_words(out, value) < 0)
		out->words_added = out->words_removed = 0;
	else if (str_eq(name, STR("Status")) &&
		number_parse(&out->status, value, -99999, 99999) < 0)
		out->status = 0;
	return 0;
}

static int
parse_trailer(struct message *out, struct str line, struct arena *arena)
{
	struct trailer trailers[TRAILERS];
	size_t count = trailers_of(trailers, out);
	struct str name;

	if (!str_cut(&name, &line, ':'))
		return 0;
	line = str_trim(line);
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(name, str_from(trailers[i].name)))
			continue;
		*trailers[i].value = line;
		return 0;
	}
	return parse_special(out, name, line, arena);
}

/* The last paragraph of the message. */
static struct str
last_paragraph(struct str text)
{
	size_t i;

	text = str_trim(text);
	for (i = text.len; i >= 2; i--)
		if (text.ptr[i - 1] == '\n' && text.ptr[i - 2] == '\n')
			return str_sub(text, i, text.len);
	return STR("");
}

/* Whether the event is one that a commit stands for. */
static bool
event_of_commit(enum receipt_status event)
{
	switch (event) {
	case RECEIPT_SAME:
	case RECEIPT_BLOCKED:
	case RECEIPT_FAILED:
	case RECEIPT_UNCONFIRMED:
	case RECEIPT_LATE:
		return false;
	default:
		return true;
	}
}

/* Printable ASCII without spaces: so stet writes keys and paths, and what is
 * anything else was not written by it. */
static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~')
			return false;
	return s.len > 0;
}

/* Whether a path stays in the archive. */
static bool
stays_inside(struct str path)
{
	struct str rest = path, name;

	while (rest.ptr && str_field(&name, &rest, '/'))
		if (name.len == 0 || str_eq(name, STR(".")) ||
			str_eq(name, STR("..")))
			return false;
	return true;
}

int
message_parse(struct message *out, struct str text, struct arena *arena,
	struct err *err)
{
	struct str trailers = last_paragraph(text), subject = text, line;
	ptrdiff_t colon;
	int seen = 0;

	*out = (struct message){ .event = RECEIPT_FAILED };
	if (text.len > MESSAGE_BYTES)
		return err_set(err, "message of %zu bytes", text.len);
	while (str_field(&line, &trailers, '\n'))
		seen |= parse_trailer(out, line, arena);
	if (seen != SEEN_ALL || !event_of_commit(out->event) ||
		!is_plain(out->key) || !is_plain(out->path) ||
		!stays_inside(out->path))
		return err_set(err, "not a message of stet");
	str_cut(&line, &subject, '\n');
	colon = str_find(line, STR(": "));
	if (colon < 0)
		return err_set(err, "subject without a source");
	if (out->source.len == 0)
		out->source = str_sub(line, 0, (size_t)colon);
	out->headline = str_sub(line, (size_t)colon + 2, line.len);
	if (str_ends(out->headline, event_note(out->event)))
		out->headline.len -= event_note(out->event).len;
	return 0;
}
