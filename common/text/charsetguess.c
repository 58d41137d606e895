/*
 * Which encoding do bytes look like? libuchardet's answer, as far as it is an
 * encoding of the web.
 */
#include "common/text/charset.h"

#include <uchardet/uchardet.h>

enum {
	FEWEST_HIGH = 4, /* of which a guess is made */
	SCRIPT_HIGH = 24,
	BESIDE_PERCENT = 35
};

/* Its names that are no labels of the Encoding standard. */
static enum encoding
encoding_of(struct str name)
{
	if (str_eq(name, STR("UHC")))
		return ENCODING_EUC_KR;
	if (str_eq(name, STR("MAC-CYRILLIC")))
		return ENCODING_X_MAC_CYRILLIC;
	/* has all of KOI8-R's letters, and the Ukrainian ones */
	if (str_eq(name, STR("KOI8-R")))
		return ENCODING_KOI8_U;
	/* which one decoder reads */
	if (str_eq(name, STR("GB18030")))
		return ENCODING_GBK;
	return charset_label(name);
}

static size_t
high_bytes(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (unsigned char)s.ptr[i] >= 0x80;
	return n;
}

enum encoding
charset_guess(struct str bytes)
{
	enum encoding e = ENCODING_NONE;
	uchardet_t detector;

	bytes = str_sub(bytes, 0, CHARSET_SAMPLE_BYTES);
	if (high_bytes(bytes) < FEWEST_HIGH && str_find_byte(bytes, '\x1b') < 0)
		return e;
	detector = uchardet_new();
	if (!detector)
		return e;
	if (uchardet_handle_data(detector, bytes.ptr, bytes.len) == 0) {
		uchardet_data_end(detector);
		e = encoding_of(str_from(uchardet_get_charset(detector)));
	}
	uchardet_delete(detector);
	return e == ENCODING_UTF_8 ? ENCODING_NONE : e;
}

static bool
is_of_another_script(enum encoding e)
{
	switch (e) {
	case ENCODING_IBM866:
	case ENCODING_ISO_8859_5:
	case ENCODING_ISO_8859_6:
	case ENCODING_ISO_8859_7:
	case ENCODING_ISO_8859_8:
	case ENCODING_ISO_8859_8_I:
	case ENCODING_KOI8_R:
	case ENCODING_KOI8_U:
	case ENCODING_WINDOWS_874:
	case ENCODING_WINDOWS_1251:
	case ENCODING_WINDOWS_1253:
	case ENCODING_WINDOWS_1255:
	case ENCODING_WINDOWS_1256:
	case ENCODING_X_MAC_CYRILLIC:
	case ENCODING_GBK:
	case ENCODING_GB18030:
	case ENCODING_BIG5:
	case ENCODING_EUC_JP:
	case ENCODING_SHIFT_JIS:
	case ENCODING_EUC_KR:
		return true;
	default:
		return false;
	}
}

enum encoding
charset_guess_script(struct str bytes)
{
	struct str s = str_sub(bytes, 0, CHARSET_SAMPLE_BYTES);
	size_t high = high_bytes(s), beside = 0;
	enum encoding e;

	for (size_t i = 1; i < s.len; i++)
		beside += (unsigned char)s.ptr[i] >= 0x80 &&
			(unsigned char)s.ptr[i - 1] >= 0x80;
	/* Big5 and Shift_JIS have trail bytes within ASCII. */
	if (high < SCRIPT_HIGH || beside * 100 < high * BESIDE_PERCENT)
		return ENCODING_NONE;
	e = charset_guess(bytes);
	return is_of_another_script(e) ? e : ENCODING_NONE;
}
