/* The writing half of json.h; it needs no library. */
#include "common/web/json.h"

#include <math.h>

#include "common/base/utf8.h"

static void
comma(struct strbuf *out)
{
	char last = out->len ? out->ptr[out->len - 1] : '{';

	if (last != '{' && last != '[' && last != ':' && last != '\n')
		strbuf_addc(out, ',');
}

void
json_open(struct strbuf *out, char bracket)
{
	comma(out);
	strbuf_addc(out, bracket);
}

void
json_close(struct strbuf *out, char bracket)
{
	strbuf_addc(out, bracket);
}

void
json_key(struct strbuf *out, const char *key)
{
	json_add_str(out, str_from(key));
	strbuf_addc(out, ':');
}

/* Appends what has to be written in place of one character. */
static void
escape(struct strbuf *out, uint32_t c)
{
	static const char letters[] = "\b\t\n\f\r\"\\";
	static const char names[] = "btnfr\"\\";

	for (size_t i = 0; i < sizeof(names) - 1; i++) {
		if (c == (unsigned char)letters[i]) {
			strbuf_addc(out, '\\');
			strbuf_addc(out, names[i]);
			return;
		}
	}
	if (c == UTF8_BAD)
		strbuf_add(out, "\xef\xbf\xbd", 3);
	else
		strbuf_addf(out, "\\u%04x", (unsigned)c);
}

static bool
is_plain_byte(unsigned char c)
{
	return c >= 32 && c < 127 && c != '"' && c != '\\';
}

static bool
is_plain(uint32_t c)
{
	if (c < 128)
		return is_plain_byte((unsigned char)c);
	return c != UTF8_BAD && c >= 160 && c != 0x2028 && c != 0x2029;
}

void
json_quote(struct strbuf *out, struct str s)
{
	size_t run = 0;

	strbuf_addc(out, '"');
	while (run < s.len) {
		struct str rest;
		uint32_t c;

		while (run < s.len && is_plain_byte((unsigned char)s.ptr[run]))
			run++;
		if (run == s.len)
			break;
		rest = str_sub(s, run, s.len);
		c = utf8_decode(&rest);
		if (!is_plain(c)) {
			strbuf_add(out, s.ptr, run);
			escape(out, c);
			s = rest;
			run = 0;
		} else {
			run = s.len - rest.len;
		}
	}
	strbuf_adds(out, s);
	strbuf_addc(out, '"');
}

void
json_add_str(struct strbuf *out, struct str s)
{
	comma(out);
	json_quote(out, s);
}

void
json_add_int(struct strbuf *out, int64_t n)
{
	comma(out);
	strbuf_addf(out, "%lld", (long long)n);
}

void
json_add_real(struct strbuf *out, double x, int decimals)
{
	comma(out);
	strbuf_addf(out, "%.*f", decimals, isfinite(x) ? x : 0.0);
}

void
json_add_bool(struct strbuf *out, bool b)
{
	comma(out);
	strbuf_adds(out, b ? STR("true") : STR("false"));
}
