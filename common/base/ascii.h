/*
 * Character classes of ASCII, the same in every locale. Bytes above 127
 * belong to no class.
 */
#ifndef STET_ASCII_H
#define STET_ASCII_H

#include <stdbool.h>

static inline bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
ascii_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
ascii_alpha(char c)
{
	return ascii_upper(c) || ascii_lower(c);
}

static inline bool
ascii_alnum(char c)
{
	return ascii_alpha(c) || ascii_digit(c);
}

/* space, \t \n \v \f \r */
static inline bool
ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* C0 controls and DEL */
static inline bool
ascii_control(char c)
{
	return (unsigned char)c < 32 || c == 127;
}

static inline char
ascii_to_lower(char c)
{
	return ascii_upper(c) ? (char)(c + 32) : c;
}

static inline char
ascii_to_upper(char c)
{
	return ascii_lower(c) ? (char)(c - 32) : c;
}

/* The value of a hexadecimal digit, or -1. */
static inline int
ascii_hex(char c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
