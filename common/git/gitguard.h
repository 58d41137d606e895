/*
 * A repository that comes from elsewhere brings a configuration along, and
 * git would run what that names. stet's own code runs nothing; before its
 * scripts call git this says whether the repository is one that git can be
 * called for.
 */
#ifndef STET_GITGUARD_H
#define STET_GITGUARD_H

#include "common/base/err.h"

/*
 * -1 for a repository that is none of stet's kind: objects named by SHA-256;
 * a partial clone, whose missing objects git would fetch by a program of the
 * configuration's choice; one whose configuration is in further files, which
 * nobody here has read; one whose files are devices, FIFOs or links.
 */
int gitguard_check(const char *path, struct err *err);

#endif
