#include "common/page/style.h"

static const unsigned char bytes[] = {
#include "common/page/stet_css.inc"
};

struct str
style_sheet(void)
{
	return (struct str){ (const char *)bytes, sizeof(bytes) };
}
