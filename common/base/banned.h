/*
 * Functions that do not compile in stet: unbounded copies, calls that depend
 * on the locale or on static storage, conversions without an error, shells.
 * The compiler includes this file before every source (see the Makefile), so
 * the system headers that declare these names come first.
 */
#ifndef STET_BANNED_H
#define STET_BANNED_H

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With clang the fortified ones are macros. */
#undef sprintf
#undef vsprintf
#undef strcpy
#undef strcat
#undef strncpy
#undef strncat

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets
#pragma GCC poison atoi atol atoll atof
#pragma GCC poison gmtime localtime asctime mktemp tmpnam
#pragma GCC poison system popen

#undef alloca
#undef isalpha
#undef isdigit
#undef isalnum
#undef isspace
#undef isupper
#undef islower
#undef ispunct
#undef isprint
#undef isxdigit
#undef iscntrl
#undef toupper
#undef tolower
#pragma GCC poison isalpha isdigit isalnum isspace isupper islower ispunct
/* Where a foreign header must speak of it. */
#ifndef STET_FOREIGN_ALLOCA
#pragma GCC poison alloca
#endif
#pragma GCC poison isprint isxdigit iscntrl toupper tolower setlocale

#endif
