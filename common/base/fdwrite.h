/* Writing all of a piece of memory to a descriptor. */
#ifndef STET_FDWRITE_H
#define STET_FDWRITE_H

#include "common/base/err.h"
#include "common/base/str.h"

/* Goes on after short writes and signals; -1 when it cannot be written. */
int fdwrite_all(int fd, struct str bytes, struct err *err);

#endif
