/*
 * stet-commit's work: article records in, commits into the archive, receipts
 * out. Reads lines into a batch until it is full or nothing comes for a
 * while, stores the batch, prints its receipts, goes on.
 */
#ifndef STET_COMMIT_COMMIT_H
#define STET_COMMIT_COMMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/err.h"

struct commit_options {
	const char *archive;
	size_t batch;     /* records at most */
	int linger_ms;    /* a batch is closed when nothing came for so long */
	bool per_source;  /* ARCHIVE/SOURCE.git */
	bool verify;
	bool sync;        /* wait for the disk */
	size_t threads;
	int64_t (*now)(void);
	void (*warn)(const char *text); /* of a record that cannot be stored */
	void (*note)(const char *text); /* of an archive that was made */
};

struct commit_run;

/* Opens (makes) the archive; the exit status, with the reason. */
int commit_open(struct commit_run **out, const struct commit_options *options,
	struct err *err);
void commit_free(struct commit_run *run);

/*
 * Stores all records from `in`, prints receipts to `out`. Returns the exit
 * status; err is filled for STATUS_STOPPED.
 */
int commit_run(struct commit_run *run, int in, FILE *out, struct err *err);

#endif
