/*
 * A fuzz target is one function with LLVM's name and contract, so that it
 * can be linked with libFuzzer as it is; driver.c links it with a main that
 * needs no fuzzer. A breach of an invariant ends the process (FUZZ_CHECK).
 */
#ifndef STET_FUZZ_H
#define STET_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/strbuf.h"

#define FUZZ_CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, \
				#condition); \
			abort(); \
		} \
	} while (0)

/*
 * What the code makes of the input, for golden files: a name and its bytes.
 * The driver prints it or its sum; libFuzzer has no such function.
 */
extern struct strbuf *fuzz_said __attribute__((weak));

#define FUZZ_SAY(...) \
	do { \
		if (&fuzz_said && fuzz_said) \
			strbuf_addf(fuzz_said, __VA_ARGS__); \
	} while (0)

/* Tries one input; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif
