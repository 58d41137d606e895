#include "common/search/stems.h"

#include <string.h>

#include "common/base/ascii.h"

/* "de" of "de-AT" or "DE"; false: it is no language's. */
static bool
primary(char out[STEMS_TAG_BYTES], struct str tag)
{
	size_t n = 0;

	memset(out, 0, STEMS_TAG_BYTES);
	while (n < tag.len && ascii_alpha(tag.ptr[n])) {
		if (n + 1 == STEMS_TAG_BYTES)
			return false;
		out[n] = ascii_to_lower(tag.ptr[n]);
		n++;
	}
	return n > 1;
}

struct stem *
stems_of(struct stems *stems, struct str tag)
{
	char name[STEMS_TAG_BYTES];
	struct stem *stem;

	if (!primary(name, tag))
		return NULL;
	for (size_t i = 0; i < stems->count; i++)
		if (strcmp(stems->tags[i], name) == 0)
			return stems->items[i];
	if (stems->count == STEMS_MAX || !(stem = stem_open(str_from(name))))
		return NULL;
	memcpy(stems->tags[stems->count], name, STEMS_TAG_BYTES);
	stems->items[stems->count++] = stem;
	return stem;
}

void
stems_release(struct stems *stems)
{
	for (size_t i = 0; i < stems->count; i++)
		stem_close(stems->items[i]);
	stems->count = 0;
}
