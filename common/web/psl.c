#include "common/web/psl.h"

#include <libpsl.h>
#include <string.h>

#include "common/base/ascii.h"

enum { HOST_BYTES = 512 };

/* Every last label of a name has a letter; of an IPv4 address it has none. */
static bool
is_address(struct str host)
{
	struct str last = str_sub(host,
		(size_t)(str_find_last(host, '.') + 1), host.len);

	if (str_starts(host, STR("[")) || last.len == 0)
		return true;
	for (size_t i = 0; i < last.len; i++)
		if (!ascii_digit(last.ptr[i]))
			return false;
	return true;
}

struct str
psl_registrable(struct str host)
{
	size_t dot = str_ends(host, STR(".")) ? 1 : 0;
	char name[HOST_BYTES];
	const char *found;

	if (host.len - dot >= sizeof(name) || is_address(str_sub(host, 0,
		host.len - dot)))
		return host;
	memcpy(name, host.ptr, host.len - dot);
	name[host.len - dot] = '\0';
	found = psl_registrable_domain(psl_builtin(), name);
	return found ? str_sub(host, (size_t)(found - name), host.len) : host;
}

bool
psl_is_known(struct str host)
{
	char name[HOST_BYTES];
	const char *tail;

	if (host.len >= sizeof(name) || is_address(host))
		return false;
	memcpy(name, host.ptr, host.len);
	name[host.len] = '\0';
	for (tail = strchr(name, '.'); tail; tail = strchr(tail + 1, '.'))
		if (psl_is_public_suffix2(psl_builtin(), tail + 1,
			    PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE))
			return tail > name;
	return false;
}

bool
psl_same_site(struct str a, struct str b)
{
	return str_eq(psl_registrable(a), psl_registrable(b));
}
