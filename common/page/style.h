/* The site's style sheet, a part of the program (made from stet.css). */
#ifndef STET_STYLE_H
#define STET_STYLE_H

#include "common/base/str.h"

struct str style_sheet(void);

#endif
