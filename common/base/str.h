/*
 * A view of bytes: pointer and length, owning nothing. NUL may occur in it.
 * Views point into an arena, a line buffer or a literal; whoever keeps one
 * longer than its storage copies it (arena_dup).
 *
 *	struct str key, value = STR("charset=utf-8");
 *	if (str_cut(&key, &value, '='))
 *		... key is "charset", value is "utf-8"
 */
#ifndef STET_STR_H
#define STET_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *ptr;
	size_t len;
};

struct strlist {
	struct str *items;
	size_t count;
};

/* A view of a string literal. */
#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
/* The same for a static initialiser. */
#define STR_INIT(literal) { (literal), sizeof(literal) - 1 }
/* For printf's "%.*s". */
#define STR_ARGS(s) (int)(s).len, (s).ptr

/* A view of a C string; NULL gives an empty view. */
struct str str_from(const char *c);

/* The part of s from offset `from`, at most `len` bytes; clamped to s. */
static inline struct str
str_sub(struct str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (struct str){ s.ptr ? s.ptr + from : "", len };
}

/* Whether both have the same bytes. */
static inline bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len &&
		(a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Whether both are equal when A-Z and a-z are the same. */
bool str_eq_nocase(struct str a, struct str b);

/* Bytewise order, as memcmp: negative, 0, positive. */
int str_cmp(struct str a, struct str b);

static inline bool
str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len &&
		(prefix.len == 0 ||
			memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_ends_nocase(struct str s, struct str suffix);

/* Offset of the first occurrence, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_nocase(struct str s, struct str needle);
ptrdiff_t str_find_byte(struct str s, char c);
/* Offset of the last occurrence of c, or -1. */
ptrdiff_t str_find_last(struct str s, char c);

/* s without the ASCII white space (space \t \n \r \f \v) at both ends. */
struct str str_trim(struct str s);

/*
 * Splits `rest` at the first `c`: the part before goes to *head, the part
 * after stays in *rest. Without a `c`, *head is all of it and *rest empty.
 * Returns whether there was a `c`.
 */
bool str_cut(struct str *head, struct str *rest, char c);

/*
 * The next field of *rest up to `c`, for loops: false when *rest has been
 * used up (its ptr is then NULL). An empty string has one empty field.
 */
bool str_field(struct str *field, struct str *rest, char c);

#endif
