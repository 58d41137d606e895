/* The folder of a site: which paths it takes, links it does not follow. */
#include "cmd/render/site.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/test.h"

static struct site *site;
static struct strbuf read_back;
static char folder[64];

static int
put(const char *path, const char *bytes)
{
	struct err err;

	return site_write(site, path, str_from(bytes), &err);
}

static int
holds(const char *path, const char *bytes)
{
	struct err err;

	return site_read(site, path, &read_back, &err) == 1 &&
		str_eq(strbuf_str(&read_back), str_from(bytes));
}

static void
test_names(void)
{
	static const char *const bad[] = { "", ".", "..", "../x", "./x",
		"a/../x", "a/./x", "a/..", "a/.", "a//x", "/x", "a/" };
	char name[300], path[SITE_PATH_BYTES + 8];

	TEST(put("index.html", "one") == 0 && holds("index.html", "one"),
		"a file at the top");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		TEST(put(bad[i], "x") < 0, "the path '%s' is refused", bad[i]);
	TEST(put("..x/...", "two") == 0 && holds("..x/...", "two"),
		"names may begin with points");
	memset(name, 'n', sizeof(name));
	name[230] = '\0';
	TEST(put(name, "long") == 0 && holds(name, "long"), "a long name");
	name[230] = 'n';
	name[256] = '\0';
	TEST(put(name, "longer") < 0, "one that is too long");
	for (size_t i = 0; i < SITE_PATH_BYTES; i++)
		path[i] = i % 7 == 4 ? '/' : 'x';
	path[SITE_PATH_BYTES] = '\0';
	TEST(put(path, "x") < 0, "a path that is too long");
}

static void
test_folders(void)
{
	struct err err;

	TEST(put("a/b/c.html", "1") == 0 && put("a/b/d.html", "2") == 0 &&
			put("a/e.html", "3") == 0 && put("f.html", "4") == 0,
		"folders are made");
	TEST(holds("a/b/c.html", "1") && holds("a/b/d.html", "2") &&
			holds("a/e.html", "3") && holds("f.html", "4"),
		"and each file lies in its own");
	TEST(put("f.html/x", "5") < 0, "a file is not a folder");
	TEST(site_read(site, "a/none", &read_back, &err) == 0 &&
			site_read(site, "none/none", &read_back, &err) == 0,
		"what is not there is not read");
	strbuf_release(&read_back);
	strbuf_init(&read_back, 3);
	TEST(put("g", "xyz") == 0 &&
			site_read(site, "g", &read_back, &err) < 0 &&
			put("g", "xy") == 0 &&
			site_read(site, "g", &read_back, &err) == 1,
		"a file may be as large as there is room");
	strbuf_release(&read_back);
	strbuf_init(&read_back, 1000);
}

static void
test_links(void)
{
	char path[128], target[128];
	struct stat st;

	snprintf(path, sizeof(path), "%s/link", folder);
	snprintf(target, sizeof(target), "%s/a", folder);
	TEST(symlink(target, path) == 0 && put("link/x", "6") < 0,
		"no link to a folder is followed");
	snprintf(path, sizeof(path), "%s/out", folder);
	snprintf(target, sizeof(target), "%s/f.html", folder);
	TEST(symlink(target, path) == 0 && put("out", "7") == 0 &&
			holds("f.html", "4") && lstat(path, &st) == 0 &&
			S_ISREG(st.st_mode),
		"a link to a file is replaced, not written through");
}

static void
test_counts(void)
{
	struct site_counts before = site_counts(site), after;
	struct err err;

	put("h", "same");
	put("h", "same");
	put("h", "sama");
	put("h", "longer");
	after = site_counts(site);
	TEST(after.written == before.written + 3 &&
			after.unchanged == before.unchanged + 1,
		"only what differs is written");
	TEST(site_finish(site, &err) == 0, "and synced");
}

static int
drop(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

int
main(void)
{
	char deep[128], long_name[SITE_PATH_BYTES + 2];
	struct err err;

	snprintf(folder, sizeof(folder), "/tmp/render-site.XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	strbuf_init(&read_back, 1000);
	snprintf(deep, sizeof(deep), "%s/x/y/z", folder);
	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	TEST(site_make(deep, &err) == 0 && site_make(deep, &err) == 0 &&
			access(deep, R_OK) == 0,
		"the folder is made with those above it");
	TEST(site_make("", &err) < 0 && site_make(long_name, &err) < 0,
		"bad names are refused");
	TEST(site_open(&site, "/nowhere/at/all", &err) < 0 && !site,
		"a folder that is not there cannot be opened");
	if (site_open(&site, folder, &err) < 0)
		return 1;
	test_names();
	test_folders();
	test_links();
	test_counts();
	site_free(site);
	strbuf_release(&read_back);
	nftw(folder, drop, 8, FTW_DEPTH | FTW_PHYS);
	return test_done();
}
