#include "common/base/number.h"

#include "common/base/ascii.h"

int
number_parse(int64_t *out, struct str s, int64_t min, int64_t max)
{
	bool negative = s.len && s.ptr[0] == '-';
	int64_t n = 0;

	if (negative)
		s = str_sub(s, 1, s.len);
	if (s.len == 0)
		return -1;
	/* Summed as a negative number: INT64_MIN has no positive twin. */
	for (size_t i = 0; i < s.len; i++) {
		if (!ascii_digit(s.ptr[i]) ||
			__builtin_mul_overflow(n, 10, &n) ||
			__builtin_sub_overflow(n, s.ptr[i] - '0', &n))
			return -1;
	}
	if (!negative && __builtin_sub_overflow(0, n, &n))
		return -1;
	if (n < min || n > max)
		return -1;
	*out = n;
	return 0;
}

int
number_parse_size(int64_t *out, struct str s, int64_t min, int64_t max)
{
	int64_t unit = 1, n;

	if (s.len) {
		switch (ascii_to_upper(s.ptr[s.len - 1])) {
		case 'K':
			unit = 1024;
			break;
		case 'M':
			unit = 1024 * 1024;
			break;
		case 'G':
			unit = 1024 * 1024 * 1024;
			break;
		}
	}
	if (unit > 1)
		s.len--;
	if (number_parse(&n, s, 0, INT64_MAX) < 0 ||
		__builtin_mul_overflow(n, unit, &n) || n < min || n > max)
		return -1;
	*out = n;
	return 0;
}

const char *
number_plural(int64_t n)
{
	return n == 1 ? "" : "s";
}
