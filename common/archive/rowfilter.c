#include "common/archive/rowfilter.h"

#include "common/article/document.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum { BYLINE_BYTES = 64 << 10 };

bool
rowfilter_needs_versions(const struct rowfilter *f)
{
	return f->author.len > 0 || f->class.len > 0 || f->event.len > 0 ||
		f->since_s > INT64_MIN || f->until_s < INT64_MAX;
}

/* "a.example:8080" without the port; the colons of "[::1]" are none of it. */
static struct str
without_port(struct str host)
{
	size_t at = host.len;

	while (at > 0 && host.ptr[at - 1] >= '0' && host.ptr[at - 1] <= '9')
		at--;
	if (at == 0 || host.ptr[at - 1] != ':' ||
		(str_find_byte(str_sub(host, 0, at - 1), ':') >= 0 &&
			host.ptr[at - 2] != ']'))
		return host;
	return str_sub(host, 0, at - 1);
}

static bool
is_host(struct str key, struct str host)
{
	struct str rest = key, mine;
	ptrdiff_t at = str_find(key, STR("://"));

	if (at >= 0)
		rest = str_sub(key, (size_t)at + 3, key.len);
	str_field(&mine, &rest, '/');
	if (without_port(host).len == host.len)
		mine = without_port(mine);
	if (str_eq_nocase(mine, host))
		return true;
	return mine.len > host.len && str_ends_nocase(mine, host) &&
		mine.ptr[mine.len - host.len - 1] == '.';
}

bool
rowfilter_article(const struct rowfilter *f, const struct index_article *a)
{
	return (f->source.len == 0 || str_eq(f->source, a->source)) &&
		(f->host.len == 0 || is_host(a->key, f->host));
}

static void
add_folded(struct strbuf *out, struct str s)
{
	while (s.len > 0) {
		uint32_t folded[UNICODE_FOLD_MAX];
		size_t n = unicode_fold(folded, utf8_decode(&s));

		for (size_t i = 0; i < n; i++)
			utf8_add(out, folded[i]);
	}
}

/* Whether `part` is in s, whatever the case and the accents. */
static bool
holds(struct str s, struct str part)
{
	struct strbuf text, sought;
	bool found;

	strbuf_init(&text, BYLINE_BYTES);
	strbuf_init(&sought, BYLINE_BYTES);
	add_folded(&text, s);
	add_folded(&sought, part);
	found = str_find(strbuf_str(&text), strbuf_str(&sought)) >= 0;
	strbuf_release(&text);
	strbuf_release(&sought);
	return found;
}

static bool
has_class(struct str classes, struct str wanted)
{
	struct str class;

	while (str_field(&class, &classes, ','))
		if (str_eq(str_trim(class), wanted))
			return true;
	return false;
}

static int
is_author(const struct rowfilter *f, const struct index_version *v,
	struct gitstore *store, struct arena *arena, struct err *err)
{
	struct document d;
	struct str bytes;

	if (gitoid_is_zero(&v->blob))
		return 0;
	arena_reset(arena);
	if (gitstore_read_blob(&bytes, store, &v->blob, arena, err) < 0 ||
		document_parse(&d, bytes, arena, err) < 0)
		return -1;
	return holds(d.byline, f->author);
}

int
rowfilter_version(const struct rowfilter *f, const struct index_version *v,
	struct gitstore *store, struct arena *arena, struct err *err)
{
	if (v->fetched_s < f->since_s || v->fetched_s >= f->until_s)
		return 0;
	if (f->event.len > 0 &&
		!str_eq(f->event, receipt_status_name(v->event)))
		return 0;
	if (f->class.len > 0 && !has_class(v->classes, f->class))
		return 0;
	return f->author.len == 0 ? 1 : is_author(f, v, store, arena, err);
}
