/*
 * What a look at an article is: the rules of stet-archive(5), Observations, as
 * a table. They decide on facts alone and know nothing of the archive.
 *
 *	rules_judge(&rule, &sight);
 *	if (rule.kind == SIGHT_DOUBTFUL)
 *		... to be seen rule.looks times over rule.over_s
 */
#ifndef STET_COMMIT_RULES_H
#define STET_COMMIT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/diff/change.h"
#include "common/diff/changefacts.h"

enum {
	RULES_QUICK_LOOKS = 4,
	RULES_QUICK_S = 11 * 60,
	RULES_LABEL_LOOKS = 6,
	RULES_LABEL_S = 18 * 60,
	RULES_SLOW_LOOKS = 3,
	RULES_TRIAL_LOOKS = 5,
	RULES_SLOW_S = 24 * 3600
};

enum sight_kind {
	SIGHT_SAME,     /* nothing that is an edit */
	SIGHT_SOLID,    /* an edit: stored at once */
	SIGHT_DOUBTFUL, /* may be none: to be seen again */
	SIGHT_BLIND     /* nothing of the article was seen */
};

struct sight {
	const struct change_verdict *verdict;
	const struct changefacts *facts;
	bool attested;   /* the page names itself, and is sure of its text */
	bool denied;     /* it names another page as its own */
	bool gate;       /* it asks for money */
	bool alone;      /* its headline is said nowhere else on it */
	bool whole;      /* it does not end in the middle */
	bool unsure;     /* the extractor found little to go by */
	bool elsewhere;  /* another article of the site has this text */
	bool restless;   /* what differs has moved before, */
	bool contested;  /* and went back and forth between looks */
	size_t others;   /* other articles of the site in the same doubt */
};

struct rule {
	const char *reason;
	bool (*applies)(const struct sight *sight);
	enum sight_kind kind;
	int64_t looks, over_s;
	bool nearly; /* each look may see a text that is only nearly the same */
};

/* The first rule that applies; the last one always does. */
const struct rule *rules_judge(const struct sight *sight);

/* The rule for a new address whose text another article of the site has. */
extern const struct rule rules_same_text;

#endif
