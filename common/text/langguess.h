/*
 * The language of a text by its letters (CLD2, which knows some 80). C and C++
 * include this.
 */
#ifndef STET_LANGGUESS_H
#define STET_LANGGUESS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The tag of the language that most of `text`, valid UTF-8, is in: "de",
 * "zh-Hant", or "" when nothing can be said; static. `hint` is the tag that
 * is expected, or "". *sure: no other language is about as likely.
 */
const char *langguess(const char *text, size_t len, const char *hint,
	bool *sure);

#ifdef __cplusplus
}
#endif

#endif
