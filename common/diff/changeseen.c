#include "common/diff/changeseen.h"

#include <stdint.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/xalloc.h"

enum { SLOTS_MIN = 1024 };

struct seen {
	uint64_t text; /* 0: free */
	uint32_t keys[CHANGESEEN_KEYS];
	uint32_t count;
};

struct changeseen {
	struct seen *slots;
	size_t cap, count; /* cap is a power of two, or 0 */
};

struct changeseen *
changeseen_new(void)
{
	return xcalloc(1, sizeof(struct changeseen));
}

void
changeseen_free(struct changeseen *s)
{
	if (!s)
		return;
	free(s->slots);
	free(s);
}

static uint64_t
add_text(uint64_t hash, struct str s)
{
	hash = hash_add64(hash, s);
	return hash ^ hash >> 29;
}

static uint64_t
hash_text(struct str source, struct str text, enum changeseen_where where)
{
	uint64_t hash = HASH_START64 + (uint64_t)where;

	hash = add_text(add_text(hash, source) * 31, text);
	return hash ? hash : 1;
}

static struct seen *
slot_of(const struct changeseen *s, uint64_t text)
{
	size_t i = text & (s->cap - 1);

	while (s->slots[i].text && s->slots[i].text != text)
		i = (i + 1) & (s->cap - 1);
	return &s->slots[i];
}

static void
make_room(struct changeseen *s)
{
	struct seen *old = s->slots;
	size_t old_cap = s->cap;

	if (s->count * 2 < s->cap)
		return;
	if (s->count >= CHANGESEEN_MAX) {
		memset(s->slots, 0, s->cap * sizeof(*s->slots));
		s->count = 0;
		return;
	}
	s->cap = s->cap ? s->cap * 2 : SLOTS_MIN;
	s->slots = xcalloc(s->cap, sizeof(*s->slots));
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].text)
			*slot_of(s, old[i].text) = old[i];
	free(old);
}

void
changeseen_add(struct changeseen *s, struct str source, struct str key,
	struct str text, enum changeseen_where where)
{
	uint32_t article = (uint32_t)add_text(HASH_START64, key);
	struct seen *seen;
	uint64_t hash;

	if (text.len == 0 || text.len > CHANGESEEN_TEXT_BYTES)
		return;
	make_room(s);
	hash = hash_text(source, text, where);
	seen = slot_of(s, hash);
	s->count += seen->text == 0;
	seen->text = hash;
	for (uint32_t i = 0; i < seen->count; i++)
		if (seen->keys[i] == article)
			return;
	if (seen->count < CHANGESEEN_KEYS)
		seen->keys[seen->count++] = article;
}

size_t
changeseen_articles(const struct changeseen *s, struct str source,
	struct str text, enum changeseen_where where)
{
	if (s->cap == 0 || text.len > CHANGESEEN_TEXT_BYTES)
		return 0;
	return slot_of(s, hash_text(source, text, where))->count;
}
