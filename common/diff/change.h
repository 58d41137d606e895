/*
 * What a change of an article is: which classes it has, whether it is minor,
 * whether it is an edit at all. stet-archive(5) describes the rules for users.
 *
 *	struct change *c = change_new();
 *	for each record of a batch
 *		change_see(c, source, key, previous, next);
 *	for each record of a batch
 *		if (change_judge(&verdict, c, &input, &err) < 0)
 *			...
 *	change_free(c);
 *
 * Classes (a change has one or more of them):
 *
 *	headline     words or capitals of the title
 *	numbers      a figure became another, within a sentence that stayed
 *	quotes       words within quotation marks
 *	names        capitalised words within a sentence; byline and credits
 *	text         any other words, capitals too; whole paragraphs
 *	moved        paragraphs that stand elsewhere now
 *	correction   a note of correction came, went or was edited
 *	dateline     date, time of updating, language: lines of their own only
 *	punctuation  marks alone, or another form of the same mark
 *	whitespace   spaces, invisible characters, how the text is cut into
 *	             paragraphs, a paragraph that became a heading
 *	boilerplate  the site's own text: in many articles of the source in one
 *	             run, or worded like it
 *	revert       the text is again that of an earlier version
 *	oscillation  it has gone back and forth before (change_returns)
 *	replaced     the headline and nearly all of the text are new: another
 *	             article at the same address, or one written anew
 *
 * A change is minor when it has only classes of these four: dateline,
 * punctuation, whitespace, boilerplate; or when it oscillates.
 */
#ifndef STET_CHANGE_H
#define STET_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/article/document.h"
#include "common/article/receipt.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/diff/align.h"

enum change_class {
	CHANGE_HEADLINE = 1 << 0,
	CHANGE_NUMBERS = 1 << 1,
	CHANGE_QUOTES = 1 << 2,
	CHANGE_NAMES = 1 << 3,
	CHANGE_TEXT = 1 << 4,
	CHANGE_MOVED = 1 << 5,
	CHANGE_CORRECTION = 1 << 6,
	CHANGE_DATELINE = 1 << 7,
	CHANGE_PUNCTUATION = 1 << 8,
	CHANGE_WHITESPACE = 1 << 9,
	CHANGE_BOILERPLATE = 1 << 10,
	CHANGE_REVERT = 1 << 11,
	CHANGE_OSCILLATION = 1 << 12,
	CHANGE_REPLACED = 1 << 13
};

enum {
	CHANGE_CLASSES = 14,
	CHANGE_MINOR = CHANGE_DATELINE | CHANGE_PUNCTUATION |
		CHANGE_WHITESPACE | CHANGE_BOILERPLATE,
	CHANGE_TEMPLATE_ARTICLES = 5, /* "many": so many articles */
	CHANGE_EMPTY_FROM_WORDS = 100, /* a text that cannot just vanish */
	CHANGE_REPLACED_FROM_WORDS = 50,
	CHANGE_STATES_MAX = 256
};

struct change;

/* A judge, with a memory of the run's texts; never NULL. */
struct change *change_new(void);

/*
 * A judge for another thread that knows what `c` has seen and sees nothing
 * itself. `c` must outlive it, and see nothing while it judges.
 */
struct change *change_share(const struct change *c);
void change_free(struct change *c);

/* The rows of the last change_judge. */
struct align *change_align(struct change *c);

/*
 * Notes the paragraphs of `next`, and those of `previous` (NULL: none or not
 * at hand) that it lost, so that a text which comes to or leaves many
 * articles of a source in one run is known as the site's. Call it for all
 * records of a batch before change_judge for the first. The memory is bounded
 * and starts anew when full.
 */
void change_see(struct change *c, struct str source, struct str key,
	const struct document *previous, const struct document *next);

/* Where a text came from; empty where not known. */
struct change_origin {
	struct str digest; /* of the payload */
	struct str extractor;
	struct str etag;
	struct str last_modified;
};

struct change_input {
	const struct document *previous; /* the newest version */
	const struct document *next;     /* what the page says now */
	struct change_origin from, to;   /* of previous, of next */
	struct str source;
};

struct change_verdict {
	/*
	 * RECEIPT_CHANGED, RECEIPT_MINOR or RECEIPT_TECHNICAL: a new version.
	 * RECEIPT_SAME: nothing differs. RECEIPT_BLOCKED: the text is suspect,
	 * see `reason`; nothing is to be stored.
	 */
	enum receipt_status status;
	unsigned classes; /* of enum change_class; 0: nothing differs */
	size_t words_added, words_removed; /* of title, summary and blocks */
	const char *reason; /* of blocked: "suddenly-empty"; else "" */
};

/*
 * Compares two texts of an article. Technical: the same payload, by its
 * digest, or by validators when the extractor is another. Suddenly empty:
 * after CHANGE_EMPTY_FROM_WORDS words or more, nothing is left, or less than a
 * quarter that holds nothing new: the page did not load, or hides behind a
 * wall; a short text that is new (a note that the article was withdrawn) is an
 * edit. -1 when libgit2 fails.
 */
int change_judge(struct change_verdict *out, struct change *c,
	const struct change_input *in, struct err *err);

/* The same where align_blocks has made the rows of `a` of both texts already:
 * it is most of the work. */
int change_judge_aligned(struct change_verdict *out, struct change *c,
	struct align *a, const struct change_input *in, struct err *err);

/*
 * The classes of one row, which align_blocks made on `a` of the blocks of
 * `previous` and `next`: for showing it. `source` is for boilerplate and may
 * be empty. -1 when libgit2 fails.
 */
int change_row_classes(unsigned *out, struct change *c, struct align *a,
	const struct align_row *row, const struct document *previous,
	const struct document *next, struct str source, struct err *err);

/* The name of a class (one bit); the list of names, in order, in `arena`;
 * the bits of a list as "headline, numbers" (unknown names are passed over). */
struct str change_class_name(unsigned class);
struct strlist change_class_list(unsigned classes, struct arena *arena);
/* Whether a change of these classes is minor. */
bool change_is_minor(unsigned classes);

/*
 * Going back and forth. A state is a commit of the article: its blob's name
 * (empty: withdrawn) and capture time.
 */
struct change_state {
	struct str blob;
	int64_t time_s;
};

enum change_return {
	CHANGE_NOVEL,     /* never seen before: to be stored */
	CHANGE_REVERTS,   /* the first return: stored, class revert */
	CHANGE_OSCILLATES, /* a further one: stored, class oscillation */
	CHANGE_WAITS      /* not stored now */
};

/*
 * Judges a state that differs from the newest of `states` (oldest first, the
 * last CHANGE_STATES_MAX suffice). Since the last novel state the first
 * return is a revert and the second an oscillation, both stored at once; each
 * further one is stored only when it is seen at least 1, 2, 4, 8, 16, 30, 30
 * ... days after the newest state. So a text that flips at every check makes
 * some twenty commits in its first year and twelve in each that follows,
 * whereas one that settles is stored, whichever side it settles on.
 *
 * After CHANGE_WAITS the receipt is `same` with the class oscillation and
 * without validators, so that the next check is not answered "unchanged".
 */
enum change_return change_returns(const struct change_state *states,
	size_t count, struct str blob, int64_t now_s);

#endif
