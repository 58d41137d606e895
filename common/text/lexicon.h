/*
 * Words and phrases of people's languages, looked up in tables that the build
 * makes of text files (scripts/wordtable tells their form): FILE.words becomes
 * FILE.inc, which defines a `struct lexicon` named FILE.
 *
 * A word may be in several lists of its file; each list is a bit. Entries are
 * in lower case. What is looked up may have ASCII capitals; other letters are
 * compared as they are, so the caller brings them into lower case.
 *
 *	#define IN(list) (1u << WALL_##list)
 *	#include "cmd/extract/words/walls.inc"
 *
 *	if (lexicon_within(&walls, text, 1u << WALL_BOT))
 *		...
 */
#ifndef STET_LEXICON_H
#define STET_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

struct lexicon_entry {
	struct str text;
	uint32_t lists;   /* a bit each */
	uint32_t head;    /* its first bytes, as lexicon.c compares them */
	int32_t number;   /* what the file says after "=", else 0 */
	uint16_t shorter; /* the longest entry that it begins with: place + 1 */
};

enum { LEXICON_BUCKETS = 2048 };

/*
 * Sorted; those that begin with byte b are [first[b], first[b + 1]). Most
 * places of a text begin none, which `heads` tells by three bytes: the lists
 * of those that may begin there.
 */
struct lexicon {
	const struct lexicon_entry *entries;
	size_t count;
	uint16_t first[257];
	uint32_t heads[LEXICON_BUCKETS];
};

/* The entry that is `word` and nothing more, or NULL. */
const struct lexicon_entry *lexicon_find(const struct lexicon *x,
	struct str word);

/*
 * The same; *goes_on, unless that is NULL, tells whether a phrase of several
 * words begins with it.
 */
const struct lexicon_entry *lexicon_look(const struct lexicon *x,
	struct str word, bool *goes_on);

/* The lists that have `word`; 0 when none has. */
uint32_t lexicon_lists(const struct lexicon *x, struct str word);

/* The longest entry that `text` begins with, or NULL. */
const struct lexicon_entry *lexicon_longest(const struct lexicon *x,
	struct str text);

/* The next shorter entry that it begins with as well, or NULL. */
const struct lexicon_entry *lexicon_shorter(const struct lexicon *x,
	const struct lexicon_entry *entry);

/*
 * The first place in `text` where an entry of one of `lists` is, the longest
 * there in *entry; -1 without one. `entry` may be NULL.
 */
ptrdiff_t lexicon_first(const struct lexicon *x, struct str text,
	uint32_t lists, const struct lexicon_entry **entry);

/* Whether an entry of one of `lists` is anywhere in `text`. */
bool lexicon_within(const struct lexicon *x, struct str text, uint32_t lists);

/* How often entries of `lists` are in `text`. */
size_t lexicon_count(const struct lexicon *x, struct str text, uint32_t lists);

#endif
