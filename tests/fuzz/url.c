/*
 * URLs: a base and a reference, divided by the first newline. What is written
 * parses to itself, so does a key, and every key has a path.
 */
#include "common/web/url.h"

#include "common/archive/urlpath.h"
#include "common/web/urlkey.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_BYTES = 32 << 20 };

static void
check_key(const struct url *url, struct arena *arena)
{
	struct str key, again;
	struct strbuf path;

	if (urlkey_of_url(&key, url, NULL, arena, NULL) < 0)
		return;
	FUZZ_CHECK(urlkey_of(&again, key, NULL, arena, NULL) == 0);
	FUZZ_CHECK(str_eq(key, again));
	strbuf_init(&path, 2 * URLPATH_BYTES);
	FUZZ_CHECK(urlpath_of(&path, key, URLPATH_DIGITS, NULL) == 0);
	FUZZ_SAY("%.*s\n%s\n", STR_ARGS(key), path.ptr);
	FUZZ_CHECK(path.len <= URLPATH_BYTES);
	FUZZ_CHECK(str_ends(strbuf_str(&path), STR(".md")));
	for (size_t i = 0; i < path.len; i++)
		FUZZ_CHECK((unsigned char)path.ptr[i] > ' ' &&
			(unsigned char)path.ptr[i] < 127);
	FUZZ_CHECK(str_find(strbuf_str(&path), STR("/.")) < 0);
	FUZZ_CHECK(str_find(strbuf_str(&path), STR("//")) < 0);
	strbuf_release(&path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str input = { (const char *)bytes, len }, first;
	struct url base, url, again;
	struct arena arena;
	struct err err = { "" };
	bool based;

	arena_init(&arena, ARENA_BYTES);
	based = str_cut(&first, &input, '\n') &&
		url_parse(&base, first, NULL, &arena, NULL) == 0;
	if (url_parse(&url, based ? input : first, based ? &base : NULL,
		&arena, &err) == 0 && url.href.len <= URL_INPUT_BYTES / 2) {
		FUZZ_SAY("%.*s\n%.*s %.*s %.*s\n", STR_ARGS(url.href),
			STR_ARGS(url.host), STR_ARGS(url.path),
			STR_ARGS(url.query));
		FUZZ_CHECK(url_parse(&again, url.href, NULL, &arena, NULL)
			== 0);
		FUZZ_CHECK(str_eq(url.href, again.href));
		FUZZ_CHECK(str_eq(url.path, again.path));
		FUZZ_CHECK(url.port == again.port &&
			url.host_kind == again.host_kind);
		check_key(&url, &arena);
	}
	FUZZ_SAY("%d %s\n", based, err.text);
	arena_release(&arena);
	return 0;
}
