/*
 * Entries are appended to one buffer that becomes the pack file. A table of
 * the names that are in it keeps an object from being written twice and leads
 * back to a blob of the same batch.
 */
#include "cmd/commit/packwriter.h"

#include <string.h>

#include "cmd/commit/packfile.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/web/gzipzlib.h"

enum {
	HEADER_BYTES = 12,
	OFS_DELTA = 6,
	TINY_BYTES = 48,       /* deflating fewer gains nothing */
	TREE_DELTA_BYTES = 64, /* a smaller tree is written in full */
	INSERT_MAX = 127,
	COPY_MAX = 0xffff00,
	FIRST_SLOTS = 1024
};

struct packwriter {
	struct gitstore *store;
	struct gzipzlib *zlib;
	struct strbuf bytes;
	struct strbuf delta;
	struct packentry *entries;
	size_t count, cap;
	uint32_t *slots; /* entry number + 1, by name; 0: free */
	size_t slots_count;
	uint64_t serial;
	struct packfile file; /* what packwriter_finish has written */
};

struct packwriter *
packwriter_new(struct gitstore *store)
{
	struct packwriter *pack = xcalloc(1, sizeof(*pack));

	pack->store = store;
	pack->zlib = gzipzlib_new(PACK_DEFLATE_LEVEL);
	strbuf_init(&pack->bytes, PACK_BYTES_MAX);
	strbuf_init(&pack->delta, PACK_BYTES_MAX);
	pack->slots_count = FIRST_SLOTS;
	pack->slots = xcalloc(pack->slots_count, sizeof(*pack->slots));
	packwriter_reset(pack);
	return pack;
}

void
packwriter_free(struct packwriter *pack)
{
	if (!pack)
		return;
	gzipzlib_free(pack->zlib);
	strbuf_release(&pack->bytes);
	strbuf_release(&pack->delta);
	free(pack->entries);
	free(pack->slots);
	free(pack);
}

void
packwriter_reset(struct packwriter *pack)
{
	static const unsigned char header[HEADER_BYTES] = { 'P', 'A', 'C', 'K',
		0, 0, 0, 2 };

	strbuf_reset(&pack->bytes);
	strbuf_add(&pack->bytes, header, sizeof(header));
	memset(pack->slots, 0, pack->slots_count * sizeof(*pack->slots));
	pack->count = 0;
	pack->serial++;
	pack->file = (struct packfile){ 0 };
}

/* The slot of a name: its own, or the free one where it belongs. */
static uint32_t *
slot(struct packwriter *pack, const struct gitoid *id)
{
	size_t mask = pack->slots_count - 1, at;

	memcpy(&at, id->bytes, sizeof(at));
	for (at &= mask; pack->slots[at]; at = (at + 1) & mask)
		if (gitoid_eq(&pack->entries[pack->slots[at] - 1].id, id))
			break;
	return &pack->slots[at];
}

static void
grow_slots(struct packwriter *pack)
{
	if (pack->count * 2 < pack->slots_count)
		return;
	free(pack->slots);
	pack->slots_count *= 2;
	pack->slots = xcalloc(pack->slots_count, sizeof(*pack->slots));
	for (size_t i = 0; i < pack->count; i++)
		*slot(pack, &pack->entries[i].id) = (uint32_t)i + 1;
}

/* Type and size: 4 bits in the first byte, then 7 bits a byte. */
static void
add_head(struct strbuf *out, unsigned type, size_t size)
{
	unsigned char head[10];
	size_t n = 0;

	head[n] = (unsigned char)(type << 4 | (size & 15));
	for (size >>= 4; size; size >>= 7) {
		head[n++] |= 0x80;
		head[n] = size & 0x7f;
	}
	strbuf_add(out, head, n + 1);
}

/* How far back the base lies, in git's base 128 with carry. */
static void
add_distance(struct strbuf *out, uint64_t distance)
{
	unsigned char bytes[10];
	size_t at = sizeof(bytes);

	bytes[--at] = distance & 0x7f;
	while (distance >>= 7)
		bytes[--at] = (unsigned char)(0x80 | (--distance & 0x7f));
	strbuf_add(out, bytes + at, sizeof(bytes) - at);
}

static int
add_body(struct packwriter *pack, struct str body)
{
	return body.len < TINY_BYTES
		? gzipzlib_store(&pack->bytes, body)
		: gzipzlib_deflate(pack->zlib, &pack->bytes, body);
}

/* Records the entry whose bytes start at `start`. */
static int
add_entry(struct packwriter *pack, const struct gitoid *id, size_t start,
	size_t size, unsigned depth, bool full, struct err *err)
{
	struct packentry *e;

	if (strbuf_overflowed(&pack->bytes) || pack->count >= INT32_MAX)
		return err_set(err, "batch is too large");
	pack->entries = xgrow(
		pack->entries, pack->count, &pack->cap, sizeof(*pack->entries));
	e = &pack->entries[pack->count];
	*e = (struct packentry){ .id = *id,
		.offset = start,
		.size = size,
		.depth = depth,
		.full = full };
	e->crc = gzipzlib_crc32(
		0, pack->bytes.ptr + start, pack->bytes.len - start);
	*slot(pack, id) = (uint32_t)++pack->count;
	grow_slots(pack);
	return 0;
}

static int
add_full(struct packwriter *pack, const struct gitoid *id, enum gitkind kind,
	struct str bytes, struct str stream, struct err *err)
{
	size_t start = pack->bytes.len;

	add_head(&pack->bytes, kind, bytes.len);
	if (stream.len > 0)
		strbuf_adds(&pack->bytes, stream);
	else if (add_body(pack, bytes) < 0)
		return err_set(err, "batch is too large");
	return add_entry(pack, id, start, bytes.len, 0, true, err);
}

int
packwriter_add(struct packwriter *pack, struct gitoid *out, enum gitkind kind,
	struct str bytes, struct err *err)
{
	if (gitoid_of(out, kind, bytes.ptr, bytes.len, err) < 0)
		return -1;
	return packwriter_add_named(pack, out, kind, bytes, STR(""), err);
}

int
packwriter_add_named(struct packwriter *pack, const struct gitoid *id,
	enum gitkind kind, struct str bytes, struct str stream, struct err *err)
{
	if (*slot(pack, id))
		return 0;
	return add_full(pack, id, kind, bytes, stream, err);
}

static void
add_size(struct strbuf *out, size_t size)
{
	for (; size > 0x7f; size >>= 7)
		strbuf_addc(out, (char)(0x80 | (size & 0x7f)));
	strbuf_addc(out, (char)size);
}

/* "Copy `size` bytes from `offset`": a bit for each byte that is not zero. */
static void
add_copy(struct strbuf *out, size_t offset, size_t size)
{
	while (size > 0) {
		size_t part = size < COPY_MAX ? size : COPY_MAX;
		unsigned char op[8] = { 0x80 };
		size_t n = 1;

		for (unsigned i = 0; i < 7; i++) {
			size_t value = i < 4 ? offset >> (8 * i)
					     : part >> (8 * (i - 4));

			if ((value & 0xff) == 0)
				continue;
			op[0] |= (unsigned char)(1u << i);
			op[n++] = value & 0xff;
		}
		strbuf_add(out, op, n);
		offset += part;
		size -= part;
	}
}

static void
add_insert(struct strbuf *out, struct str bytes)
{
	while (bytes.len > 0) {
		struct str part = str_sub(bytes, 0, INSERT_MAX);

		strbuf_addc(out, (char)part.len);
		strbuf_adds(out, part);
		bytes = str_sub(bytes, part.len, bytes.len);
	}
}

static int
add_delta(struct packwriter *pack, const struct gitoid *id, struct str bytes,
	const struct packbase *base, size_t prefix, size_t suffix,
	struct err *err)
{
	size_t start = pack->bytes.len;

	strbuf_reset(&pack->delta);
	add_size(&pack->delta, base->len);
	add_size(&pack->delta, bytes.len);
	add_copy(&pack->delta, 0, prefix);
	add_insert(&pack->delta,
		str_sub(bytes, prefix, bytes.len - prefix - suffix));
	add_copy(&pack->delta, base->len - suffix, suffix);
	add_head(&pack->bytes, OFS_DELTA, pack->delta.len);
	add_distance(&pack->bytes, start - base->offset);
	if (add_body(pack, strbuf_str(&pack->delta)) < 0)
		return err_set(err, "batch is too large");
	return add_entry(
		pack, id, start, bytes.len, base->depth + 1, false, err);
}

int
packwriter_add_tree(struct packwriter *pack, struct gitoid *out,
	struct str bytes, struct packbase *base, size_t prefix, size_t suffix,
	struct err *err)
{
	const struct packentry *e;
	int result = 0;

	if (gitoid_of(out, GIT_TREE_KIND, bytes.ptr, bytes.len, err) < 0)
		return -1;
	if (!*slot(pack, out)) {
		bool delta = base->serial == pack->serial &&
			base->depth < PACK_DELTA_DEPTH &&
			bytes.len > TREE_DELTA_BYTES &&
			prefix + suffix <= base->len &&
			prefix + suffix <= bytes.len;

		result = delta
			? add_delta(pack, out, bytes, base, prefix, suffix, err)
			: add_full(pack, out, GIT_TREE_KIND, bytes, STR(""),
				  err);
	}
	if (result < 0)
		return -1;
	e = &pack->entries[*slot(pack, out) - 1];
	*base = (struct packbase){ pack->serial, e->offset, bytes.len,
		e->depth };
	return 0;
}

int
packwriter_read(struct str *out, struct packwriter *pack,
	const struct gitoid *id, struct arena *arena, struct err *err)
{
	uint32_t number = *slot(pack, id);
	const struct packentry *e = number ? &pack->entries[number - 1] : NULL;
	struct str body;
	char *bytes;

	if (!e || !e->full)
		return 0;
	body = str_sub(strbuf_str(&pack->bytes), e->offset, pack->bytes.len);
	do
		body = str_sub(body, 1, body.len);
	while (body.len && (body.ptr[-1] & 0x80));
	bytes = arena_alloc(arena, e->size + 1);
	if (!bytes)
		return err_set(err, "object is too large");
	if (gzipzlib_inflate(pack->zlib, bytes, e->size, body) < 0)
		return err_set(err, "object of this batch cannot be read");
	bytes[e->size] = '\0';
	*out = (struct str){ bytes, e->size };
	return 1;
}

int
packwriter_finish(
	struct packwriter *pack, enum pack_flags flags, struct err *err)
{
	return packfile_write(&pack->file, pack->store, &pack->bytes,
		pack->entries, pack->count, flags, err);
}

void
packwriter_settle(struct packwriter *pack)
{
	packfile_settle(&pack->file, pack->store);
}

void
packwriter_discard(struct packwriter *pack)
{
	packfile_discard(&pack->file, pack->store);
}

int
packwriter_clean(struct gitstore *store, struct err *err)
{
	return packfile_clean(store, err);
}
