/*
 * Addresses that hold a user's name and password, for whatever is shown or
 * kept: what is before the "@" becomes three stars.
 */
#ifndef STET_USERMASK_H
#define STET_USERMASK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

/*
 * Masks in place all that stands between "://" and "@" of addresses in the
 * text; never makes it longer. Returns the new length.
 */
size_t usermask(char *text, size_t len);

/* Whether usermask would change it. */
bool usermask_needed(struct str text);

#endif
