#include "common/page/names.h"

#include <stdbool.h>

#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"

/* Whether a folder of this name could be taken for a page: ".html", and any
 * number of the '_' that are put behind it here. */
static bool
like_page(struct str name)
{
	while (str_ends(name, STR("_")))
		name.len--;
	return str_ends(name, STR(".html"));
}

void
names_stem(struct strbuf *out, struct str archive_path)
{
	struct str name, rest = archive_path;

	strbuf_adds(out, STR("a"));
	while (str_field(&name, &rest, '/')) {
		strbuf_addc(out, '/');
		if (!rest.ptr && str_ends(name, STR(".md")))
			name.len -= 3;
		strbuf_adds(out, name);
		if (rest.ptr && like_page(name))
			strbuf_addc(out, '_');
	}
}

void
names_article(struct strbuf *out, struct str stem)
{
	strbuf_adds(out, stem);
	strbuf_adds(out, STR(".html"));
}

void
names_mark(struct strbuf *out, const struct index_version *version)
{
	struct civil c = isotime_split(version->fetched_s);

	strbuf_addf(out, "%04lld%02d%02dT%02d%02d%02dZ", (long long)c.year,
		c.month, c.day, c.hour, c.minute, c.second);
	if (version->twin > 0)
		strbuf_addf(out, "-%lld", (long long)version->twin + 1);
}

void
names_version(struct strbuf *out, struct str stem,
	const struct index_version *version)
{
	strbuf_adds(out, stem);
	strbuf_addc(out, '@');
	names_mark(out, version);
	strbuf_adds(out, STR(".html"));
}

void
names_diff(struct strbuf *out, struct str stem,
	const struct index_version *left, const struct index_version *right)
{
	strbuf_adds(out, stem);
	strbuf_addc(out, '@');
	names_mark(out, left);
	strbuf_adds(out, STR(".."));
	names_mark(out, right);
	strbuf_adds(out, STR(".html"));
}

void
names_old_version(struct strbuf *out, struct str stem, int64_t number)
{
	strbuf_adds(out, stem);
	strbuf_addf(out, "@%lld.html", (long long)number);
}

void
names_old_diff(struct strbuf *out, struct str stem, int64_t left,
	int64_t right)
{
	strbuf_adds(out, stem);
	strbuf_addf(out, "@%lld-%lld.html", (long long)left, (long long)right);
}

void
names_whole_diff(struct strbuf *out, struct str stem)
{
	strbuf_adds(out, stem);
	strbuf_adds(out, STR("@first-latest.html"));
}

void
names_feed(struct strbuf *out, struct str stem, const char *kind)
{
	strbuf_adds(out, stem);
	strbuf_addf(out, "@changes.%s", kind);
}

void
names_timemap(struct strbuf *out, struct str stem)
{
	strbuf_adds(out, stem);
	strbuf_adds(out, STR("@timemap.link"));
}

static bool
plain(char c)
{
	return ascii_lower(c) || ascii_digit(c) || c == '-' || c == '_' ||
		c == '.';
}

void
names_source(struct strbuf *out, struct str source)
{
	enum { NAME_BYTES = 80, SUM_BYTES = 5 };
	unsigned char sum[DIGEST_SHA256_BYTES];
	bool folded = source.len == 0 || source.len > NAME_BYTES ||
		source.ptr[0] == '.';

	strbuf_adds(out, STR("source/"));
	for (size_t i = 0; i < source.len && i < NAME_BYTES; i++) {
		char c = ascii_to_lower(source.ptr[i]);

		if (!plain(c) || (i == 0 && c == '.'))
			c = '-';
		folded = folded || c != source.ptr[i];
		strbuf_addc(out, c);
	}
	if (folded) {
		digest_sha256(sum, source);
		strbuf_addc(out, '~');
		digest_hex(out, sum, SUM_BYTES);
	}
	strbuf_addc(out, '/');
}

struct str
names_source_title(struct str source)
{
	return str_trim(source).len > 0 ? source : STR("without a name");
}

void
names_list(struct strbuf *out, struct str folder, int64_t number)
{
	strbuf_adds(out, folder);
	if (number == 0)
		strbuf_adds(out, STR("index.html"));
	else
		strbuf_addf(out, "%lld.html", (long long)number);
}
