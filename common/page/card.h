/*
 * A picture of one change, for those who share it: what stood there before
 * and after with its marks, from which source, when. In any script and
 * direction (Pango), readable without colour: what went is struck through,
 * what came is underlined.
 *
 *	struct card card = { .source = STR("The Herald"), .excerpt = &e };
 *	card_draw(&png, &card, &err);
 */
#ifndef STET_CARD_H
#define STET_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/page/excerpt.h"

enum { CARD_WIDTH = 1200, CARD_HEIGHT = 630, CARD_SQUARE = 1080 };

struct card {
	struct str source;
	struct str site;         /* what the archive is called */
	int64_t before_s, after_s;
	const struct excerpt *excerpt;
	bool square;
};

/* The folders with the fonts and their settings, for a sandbox; ends with
 * NULL. */
extern const char *const card_folders[];

/* Appends the picture as PNG. -1: it cannot be drawn. */
int card_draw(struct strbuf *png, const struct card *card, struct err *err);

#endif
