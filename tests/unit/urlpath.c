#include "common/archive/urlpath.h"

#include <stdint.h>
#include <string.h>

#include "common/base/ascii.h"
#include "common/base/xalloc.h"
#include "tests/unit/test.h"

/* In `path` a '*' stands for any run of hexadecimal digits. */
static const struct {
	const char *key, *path;
} cases[] = {
	/* dated, as it is */
	{ "https://a.example/2016/07/15/dam",
		"a.example/2016/07/15/dam.md" },
	{ "https://a.example/2016/07/15/world/europe/dam-bursts",
		"a.example/2016/07/15/world/europe/dam-bursts.md" },
	{ "https://a.example/2016/07/15/dam/",
		"a.example/2016/07/15/dam/index.md" },
	{ "https://a.example/2016/07/dam", "a.example/2016/07/dam.md" },
	{ "https://a.example/2016/07/15", "a.example/2016/07/15.md" },
	{ "https://a.example/2016/07/99/dam",
		"a.example/2016/07/99/dam.md" },
	{ "https://a.example:8080/2016/07/15/dam",
		"a.example+8080/2016/07/15/dam.md" },
	/* dated, moved or changed */
	{ "https://a.example/2016/07/15/dam.html",
		"a.example/2016/07/15/dam~*.md" },
	{ "https://a.example/2016/07/15/dam/index.html",
		"a.example/2016/07/15/dam/index~*.md" },
	{ "https://a.example/world/2016/jul/15/dam",
		"a.example/2016/07/15/world/dam~*.md" },
	{ "https://a.example/world/2016/July/15/dam",
		"a.example/2016/07/15/world/dam~*.md" },
	{ "https://a.example/news/2016-07-15-dam",
		"a.example/2016/07/15/news/2016-07-15-dam~*.md" },
	{ "https://a.example/news/2016-07-15/dam",
		"a.example/2016/07/15/news/dam~*.md" },
	{ "https://a.example/news/20160715/dam.php",
		"a.example/2016/07/15/news/dam~*.md" },
	{ "https://a.example/dam-20160715.aspx",
		"a.example/2016/07/15/dam-20160715~*.md" },
	/* no dates */
	{ "https://a.example/120160715/dam",
		"a.example/_/*/*/*/120160715/dam.md" },
	{ "https://a.example/2016/02/30/dam", "a.example/2016/02/30/dam.md" },
	{ "https://a.example/20161315/dam",
		"a.example/_/*/*/*/20161315/dam.md" },
	{ "https://a.example/1066/10/14/dam",
		"a.example/_/*/*/*/1066/10/14/dam.md" },
	{ "https://a.example/2016-07/dam",
		"a.example/_/*/*/*/2016-07/dam.md" },
	{ "https://a.example/dam", "a.example/_/*/*/*/dam.md" },
	{ "https://a.example/", "a.example/_/*/*/*/index.md" },
	{ "https://a.example/index", "a.example/_/*/*/*/index~*.md" },
	{ "https://a.example/a", "a.example/_/*/*/*/a.md" },
	{ "https://a.example/a/b", "a.example/_/*/*/*/a/b.md" },
	{ "https://a.example/a.md/b", "a.example/_/*/*/*/a-md/b~*.md" },
	{ "https://a.example/a.md", "a.example/_/*/*/*/a.md.md" },
	{ "https://example.md/a", "example-md/_/*/*/*/a~*.md" },
	{ "https://a.example/a?id=1", "a.example/_/*/*/*/a~*.md" },
	{ "https://a.example/Dam-Bursts",
		"a.example/_/*/*/*/dam-bursts~*.md" },
	{ "https://a.example/%D0%94%D0%B0", "a.example/_/*/*/*/_~*.md" },
	{ "https://a.example/x%D0%94%D0%B0y", "a.example/_/*/*/*/x-y~*.md" },
	{ "https://a.example/a%2Fb", "a.example/_/*/*/*/a-b~*.md" },
	{ "https://a.example//a", "a.example/_/*/*/*/a~*.md" },
	{ "https://a.example/a~b", "a.example/_/*/*/*/a-b~*.md" },
	{ "https://a.example/a/b/c/d/e/f/g/h",
		"a.example/_/*/*/*/a/b/c/d/e/f+g/h~*.md" },
	/* what git, Windows or a shell would trip over */
	{ "https://a.example/.git/config",
		"a.example/_/*/*/*/_git/config~*.md" },
	{ "https://.git/config", "_git/_/*/*/*/config~*.md" },
	{ "https://a.example/git~1/x", "a.example/_/*/*/*/git-1/x~*.md" },
	{ "https://a.example/.gitmodules",
		"a.example/_/*/*/*/_gitmodules~*.md" },
	{ "https://a.example/con", "a.example/_/*/*/*/_con~*.md" },
	{ "https://a.example/aux.txt/nul.b",
		"a.example/_/*/*/*/_aux.txt/_nul.b~*.md" },
	{ "https://a.example/com1/lpt9/com0",
		"a.example/_/*/*/*/_com1/_lpt9/com0~*.md" },
	{ "https://con.example/a", "_con.example/_/*/*/*/a~*.md" },
	{ "https://a.example/-rf/x", "a.example/_/*/*/*/_rf/x~*.md" },
	{ "https://a.example/a./b.", "a.example/_/*/*/*/a-/b-~*.md" },
	{ "https://a.example/a:b|c*", "a.example/_/*/*/*/a-b-c-~*.md" },
	{ "https://[2001:db8::1]:81/a", "_2001-db8-1-+81/_/*/*/*/a~*.md" },
};

/* Whether path is as the pattern; the runs of '*' are hexadecimal. */
static bool
is_like(struct str path, struct str pattern)
{
	while (pattern.len > 0) {
		if (pattern.ptr[0] != '*') {
			if (path.len == 0 || path.ptr[0] != pattern.ptr[0])
				return false;
			path = str_sub(path, 1, path.len);
		} else {
			size_t len = 0;

			while (len < path.len && ascii_hex(path.ptr[len]) >= 0)
				len++;
			if (len == 0)
				return false;
			path = str_sub(path, len, path.len);
		}
		pattern = str_sub(pattern, 1, pattern.len);
	}
	return path.len == 0;
}

static void
test_cases(void)
{
	struct strbuf path;
	struct err err;

	strbuf_init(&path, 1000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		strbuf_reset(&path);
		TEST(urlpath_of(&path, str_from(cases[i].key), URLPATH_DIGITS,
			&err) == 0 && is_like(strbuf_str(&path),
			str_from(cases[i].path)), "%s -> %s", cases[i].key,
			path.ptr);
	}
	strbuf_reset(&path);
	TEST(urlpath_of(&path, STR("https://a.example/dam"),
		URLPATH_MORE_DIGITS, &err) == 0 && is_like(strbuf_str(&path),
		STR("a.example/_/*/*/*/dam~*.md")) && path.len ==
		strlen("a.example/_/0/0/0/dam~01234567890123456789.md"),
		"more digits: %s", path.ptr);
	strbuf_reset(&path);
	TEST(urlpath_at(&path, STR("https://a.example/2016/07/15/dam"),
		URLPATH_DIGITS, URLPATH_SPREAD, &err) == 0 &&
		is_like(strbuf_str(&path),
		STR("a.example/_/*/*/*/2016/07/15/dam.md")),
		"the second place: %s", path.ptr);
	TEST(urlpath_of(&path, STR("/dam"), URLPATH_DIGITS, &err) < 0,
		"no URL: %s", err.text);
	strbuf_release(&path);
}

static bool
is_good_name(struct str name, bool last)
{
	if (name.len == 0 || name.len > URLPATH_NAME_BYTES ||
		name.ptr[0] == '.' || name.ptr[0] == '-' ||
		name.ptr[name.len - 1] == '.' ||
		str_ends(name, STR(".md")) != last)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!ascii_lower(name.ptr[i]) && !ascii_digit(name.ptr[i]) &&
			!memchr("-_.+~", name.ptr[i], 5))
			return false;
	return true;
}

static bool
is_good_path(struct str path)
{
	struct str name;

	if (path.len > URLPATH_BYTES)
		return false;
	while (str_field(&name, &path, '/'))
		if (!is_good_name(name, path.ptr == NULL))
			return false;
	return true;
}

static int
by_bytes(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Keys that rules bring near to each other. */
static void
make_key(struct strbuf *out, unsigned *seed)
{
	static const char *const pieces[] = { "a", "A", "b", "/", "/", "/",
		"index", ".html", ".htm", ".php", "2016", "/2016/07/15",
		"/2016/jul/15", "2016-07-15", "20160715", "%C3%A9",
		"e%CC%81", "%2F", "-", ".", "..", "~", "+", "?", "?a", "_",
		".md", ".git", "con", "aux", ":", "%", "%20", "a/b/c/d/e/f",
		"long-segments-of-many-words-that-will-have-to-be-cut-",
		"07", "15", "x.", "&", "=", ";" };
	static const char *const hosts[] = { "a.example", "a.example:81",
		"A.example", "example.md", "con.example",
		"a-very-long-label-of-more-than-sixty-bytes-which-dns-forbids"
		".a-very-long-label-of-more-than-sixty-bytes-which-dns-forbids"
		".example" };
	unsigned count;

	*seed = *seed * 1103515245u + 12345u;
	strbuf_addf(out, "https://%s/", hosts[(*seed >> 16) % 6]);
	count = *seed >> 24 & 7;
	for (unsigned i = 0; i < count; i++) {
		*seed = *seed * 1103515245u + 12345u;
		strbuf_adds(out, str_from(pieces[(*seed >> 16) %
			(sizeof(pieces) / sizeof(*pieces))]));
	}
}

enum { KEYS = 40000 };

/* The distinct keys of a run; returns how many. */
static size_t
make_keys(char **keys)
{
	unsigned seed = 1;
	struct strbuf key;
	size_t count = 0;

	strbuf_init(&key, 4096);
	for (size_t i = 0; i < KEYS; i++) {
		strbuf_reset(&key);
		make_key(&key, &seed);
		keys[i] = xstrdup(key.ptr);
	}
	strbuf_release(&key);
	qsort(keys, KEYS, sizeof(*keys), by_bytes);
	for (size_t i = 0; i < KEYS; i++)
		if (count > 0 && strcmp(keys[count - 1], keys[i]) == 0)
			free(keys[i]);
		else
			keys[count++] = keys[i];
	return count;
}

/* Every path is good, none is another's, none is another's folder. */
static void
test_properties(void)
{
	static char *keys[KEYS], *paths[KEYS];
	size_t count = make_keys(keys), bad = 0, same = 0, impure = 0;
	struct strbuf path, again;

	strbuf_init(&path, 1000);
	strbuf_init(&again, 1000);
	for (size_t i = 0; i < count; i++) {
		strbuf_reset(&path);
		strbuf_reset(&again);
		urlpath_of(&path, str_from(keys[i]), URLPATH_DIGITS, NULL);
		urlpath_of(&again, str_from(keys[i]), URLPATH_DIGITS, NULL);
		impure += !str_eq(strbuf_str(&path), strbuf_str(&again));
		if (i % 2) {
			strbuf_reset(&path);
			urlpath_at(&path, str_from(keys[i]), URLPATH_DIGITS,
				URLPATH_SPREAD, NULL);
		}
		if (!is_good_path(strbuf_str(&path)) && bad++ < 5)
			printf("# %s -> %s\n", keys[i], path.ptr);
		paths[i] = xstrdup(path.ptr);
		free(keys[i]);
	}
	qsort(paths, count, sizeof(*paths), by_bytes);
	for (size_t i = 1; i < count; i++) {
		if (strcmp(paths[i - 1], paths[i]) == 0 && same++ < 5)
			printf("# twice: %s\n", paths[i]);
		free(paths[i - 1]);
	}
	free(paths[count - 1]);
	TEST(count > 20000 && bad == 0, "%zu paths follow the rules", count);
	TEST(same == 0, "no two keys have one path");
	TEST(impure == 0, "one key has one path");
	strbuf_release(&path);
	strbuf_release(&again);
}

int
main(void)
{
	test_cases();
	test_properties();
	return test_done();
}
