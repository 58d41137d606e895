#include "cmd/render/style.h"

static const unsigned char bytes[] = {
#include "cmd/render/stet_css.inc"
};

struct str
style_sheet(void)
{
	return (struct str){ (const char *)bytes, sizeof(bytes) };
}
