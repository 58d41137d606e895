/*
 * Times and numbers as people say them, in English: pure functions, no clock,
 * no zone, no locale.
 */
#ifndef STET_PHRASE_H
#define STET_PHRASE_H

#include <stdint.h>

#include "common/base/strbuf.h"

/*
 * Appends the time between two moments (seconds since 1970) by the rules of
 * Rails' distance_of_time_in_words: "less than a minute", "about 5 hours",
 * "1 day", "over 2 years". The order of the two does not matter.
 */
void phrase_distance(struct strbuf *out, int64_t from_s, int64_t to_s);

/* Appends the distance with " later" or, when `to_s` is before, " earlier". */
void phrase_later(struct strbuf *out, int64_t from_s, int64_t to_s);

/* Appends `<time datetime="...">15 July 2016, 02:05 UTC</time>`. */
void phrase_time(struct strbuf *out, int64_t s);

/* The same time as text, without an element. */
void phrase_plain_time(struct strbuf *out, int64_t s);

/* Appends "1 word", "2 words", "1,200 words". */
void phrase_count(struct strbuf *out, int64_t n, const char *one,
	const char *many);

/* Appends the number with a comma between thousands. */
void phrase_number(struct strbuf *out, int64_t n);

#endif
