#include "cmd/commit/rules.h"

enum {
	EMPTIED_LOOKS = 4,
	EMPTIED_S = 40 * 3600,
	/* thousandths of the text before */
	NOTHING = 80,
	HARDLY = 300,
	HALF = 500,
	MOST = 650,
	MANY = 2 /* other articles in the same doubt */
};

static bool
is_less(const struct sight *s)
{
	const struct changefacts *f = s->facts;

	return f->beginning || (f->nothing_new && f->kept < MOST) ||
		s->verdict->status == RECEIPT_BLOCKED;
}

/* Where there is little text, nothing can be told by it. */
static bool
is_small(const struct sight *s)
{
	return s->facts->small && s->verdict->status != RECEIPT_BLOCKED &&
		!s->contested;
}

static bool
is_form(const struct sight *s)
{
	return s->facts->form;
}

static bool
is_elsewhere(const struct sight *s)
{
	return s->facts->kept < HALF && (s->elsewhere || s->others >= MANY);
}

static bool
is_gated(const struct sight *s)
{
	return s->gate && is_less(s);
}

static bool
is_emptied(const struct sight *s)
{
	return s->verdict->status == RECEIPT_BLOCKED &&
		s->facts->kept < NOTHING;
}

/* A few paragraphs are left of many. */
static bool
is_shortened(const struct sight *s)
{
	return s->verdict->status == RECEIPT_BLOCKED;
}

static bool
is_translated(const struct sight *s)
{
	return s->facts->other_language && s->facts->kept < HARDLY;
}

static bool
is_other_text(const struct sight *s)
{
	const struct changefacts *f = s->facts;

	return !s->attested && (f->kept < HARDLY ||
		(f->kept < HALF && f->old < HARDLY));
}

static bool
is_other_page(const struct sight *s)
{
	return s->denied && !s->facts->same_blocks && s->facts->kept < MOST;
}

static bool
is_cut(const struct sight *s)
{
	const struct changefacts *f = s->facts;

	return f->torn || (f->beginning && (!s->whole || f->kept < MOST));
}

static bool
is_halved(const struct sight *s)
{
	return s->facts->nothing_new && s->facts->kept < HALF;
}

static bool
is_unsure(const struct sight *s)
{
	return s->unsure && s->facts->kept < MOST;
}

static bool
is_template(const struct sight *s)
{
	const struct changefacts *f = s->facts;

	return f->light && (f->regrouped > 1 ||
		(f->fields && s->others >= MANY));
}

/* A field that came or went while all else stayed. */
static bool
is_field(const struct sight *s)
{
	return s->facts->fields && s->facts->light;
}

/* A headline that the rest of the page does not know. */
static bool
is_trial(const struct sight *s)
{
	const struct changefacts_place *only = changefacts_only(s->facts);

	return s->alone && only && only->part == PART_TITLE;
}

static bool
is_contested(const struct sight *s)
{
	return s->contested;
}

/* A headline that changed with each of the last versions, and nothing else:
 * one of several that are tried on readers. */
static bool
is_tried(const struct sight *s)
{
	const struct changefacts_place *only = changefacts_only(s->facts);

	return s->restless && only && only->part == PART_TITLE;
}

static bool
is_restless(const struct sight *s)
{
	return s->restless;
}

/* Dates and the site's own lines, without an edit. */
static bool
is_trifle(const struct sight *s)
{
	const unsigned trifles = CHANGE_DATELINE | CHANGE_BOILERPLATE |
		CHANGE_WHITESPACE;

	return (s->verdict->classes & ~trifles) == 0;
}

static bool
is_line(const struct sight *s)
{
	return s->facts->light && s->facts->places_count > 0 &&
		!(s->verdict->classes & CHANGE_CORRECTION);
}

/* Lines that are no sentences: labels, teasers and advertisements, which may
 * be drawn by lot at each look. */
static bool
is_label(const struct sight *s)
{
	if (!is_line(s))
		return false;
	for (size_t i = 0; i < s->facts->places_count; i++)
		if (!s->facts->places[i].label)
			return false;
	return true;
}

static bool
always(const struct sight *s)
{
	(void)s;
	return true;
}

static const struct rule rules[] = {
	{ "form", is_form, SIGHT_SAME, 0, 0, false },
	{ "elsewhere", is_elsewhere, SIGHT_BLIND, 0, 0, false },
	{ "paywall", is_gated, SIGHT_BLIND, 0, 0, false },
	{ "suddenly-empty", is_emptied, SIGHT_BLIND, 0, 0, false },
	{ "shortened", is_shortened, SIGHT_DOUBTFUL, EMPTIED_LOOKS, EMPTIED_S,
		true },
	{ "edit", is_small, SIGHT_SOLID, 0, 0, false },
	{ "template", is_template, SIGHT_SAME, 0, 0, false },
	{ "field", is_field, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS, RULES_SLOW_S,
		false },
	{ "language", is_translated, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, true },
	{ "other-text", is_other_text, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, true },
	{ "other-page", is_other_page, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, true },
	{ "cut", is_cut, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS, RULES_SLOW_S,
		true },
	{ "halved", is_halved, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, true },
	{ "unsure", is_unsure, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, true },
	{ "headline", is_trial, SIGHT_DOUBTFUL, RULES_TRIAL_LOOKS,
		RULES_SLOW_S, false },
	{ "contested", is_contested, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, false },
	{ "headline", is_tried, SIGHT_DOUBTFUL, RULES_SLOW_LOOKS,
		RULES_SLOW_S, false },
	{ "restless", is_restless, SIGHT_DOUBTFUL, 2, 3 * 60, false },
	{ "trifle", is_trifle, SIGHT_DOUBTFUL, RULES_QUICK_LOOKS,
		RULES_QUICK_S, false },
	{ "line", is_label, SIGHT_DOUBTFUL, RULES_LABEL_LOOKS,
		RULES_LABEL_S, false },
	{ "line", is_line, SIGHT_DOUBTFUL, RULES_QUICK_LOOKS, RULES_QUICK_S,
		false },
	{ "edit", always, SIGHT_SOLID, 0, 0, false },
};

const struct rule rules_same_text = { "same-text", NULL, SIGHT_DOUBTFUL, 3,
	7 * 60, true };

const struct rule *
rules_judge(const struct sight *sight)
{
	const struct rule *rule = rules;

	while (!rule->applies(sight))
		rule++;
	return rule;
}
