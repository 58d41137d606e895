#include "common/base/base64.h"

#include <stdint.h>
#include <string.h>

#include "common/base/ascii.h"

static int
digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

int
base64_decode(struct strbuf *out, struct str s)
{
	size_t before = out->len;
	uint32_t held = 0;
	unsigned bits = 0;

	for (size_t i = 0; i < s.len && s.ptr[i] != '='; i++) {
		int value = digit(s.ptr[i]);

		if (ascii_space(s.ptr[i]))
			continue;
		if (value < 0) {
			strbuf_cut(out, before);
			return -1;
		}
		held = held << 6 | (uint32_t)value;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			strbuf_addc(out, (char)(held >> bits & 0xff));
		}
	}
	return 0;
}
