#include "common/diff/change.h"

static const struct str class_names[CHANGE_CLASSES] = {
	STR_INIT("headline"),
	STR_INIT("numbers"),
	STR_INIT("quotes"),
	STR_INIT("names"),
	STR_INIT("text"),
	STR_INIT("moved"),
	STR_INIT("correction"),
	STR_INIT("dateline"),
	STR_INIT("punctuation"),
	STR_INIT("whitespace"),
	STR_INIT("boilerplate"),
	STR_INIT("revert"),
	STR_INIT("oscillation"),
	STR_INIT("replaced"),
};

bool
change_is_minor(unsigned classes)
{
	unsigned rest = classes & ~(unsigned)CHANGE_MINOR;

	return classes != 0 && (rest == 0 || (classes & CHANGE_OSCILLATION));
}

struct str
change_class_name(unsigned class)
{
	for (size_t i = 0; i < CHANGE_CLASSES; i++)
		if (class == 1u << i)
			return class_names[i];
	return STR("");
}

struct strlist
change_class_list(unsigned classes, struct arena *arena)
{
	struct strlist list = { arena_calloc(arena, CHANGE_CLASSES,
					sizeof(*list.items)),
		0 };

	for (size_t i = 0; list.items && i < CHANGE_CLASSES; i++)
		if (classes & 1u << i)
			list.items[list.count++] = class_names[i];
	return list;
}
