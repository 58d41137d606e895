/* Lines to a descriptor, through a buffer. */
#ifndef STET_DUE_OUTPUT_H
#define STET_DUE_OUTPUT_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

struct output {
	int fd;
	struct strbuf bytes;
};

void output_init(struct output *o, int fd);
void output_release(struct output *o);

/* -1 when the descriptor cannot be written. */
int output_add(struct output *o, struct str line, struct err *err);
int output_flush(struct output *o, struct err *err);

#endif
