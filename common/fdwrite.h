/* Writing all of a piece of memory to a descriptor. */
#ifndef STET_FDWRITE_H
#define STET_FDWRITE_H

#include "common/err.h"
#include "common/str.h"

/* Goes on after short writes and signals; -1 when it cannot be written. */
int fdwrite_all(int fd, struct str bytes, struct err *err);

#endif
