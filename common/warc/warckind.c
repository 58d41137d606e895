#include "common/warc/warckind.h"

static const struct {
	size_t at;
	struct str magic;
	const char *name;
} kinds[] = {
	{ 0, STR_INIT("BZh"),
		"it is bzip2: 'bzip2 -dc FILE' gives what is in it" },
	{ 0, STR_INIT("\xfd" "7zXZ"),
		"it is xz: 'xz -dc FILE' gives what is in it" },
	{ 0, STR_INIT("PK\x03\x04"), "it is a zip archive, as a WACZ is: "
		"'unzip -p FILE \"archive/*\"' gives the WARC in it" },
	{ 0, STR_INIT("7z\xbc\xaf"),
		"it is a 7z archive: '7z x -so FILE' gives what is in it" },
	{ 0, STR_INIT("\x1f\x9d"),
		"it is compress: 'gzip -dc FILE' gives what is in it" },
	{ 0, STR_INIT("\x02\x21\x4c\x18"), "it is lz4 of the old frame: "
		"'lz4 -dc FILE' gives what is in it" },
	{ 257, STR_INIT("ustar"),
		"it is a tar archive: 'tar -xOf FILE' gives what is in it" },
	{ 0, STR_INIT(" CDX "), "it is a CDX index; the WARC files that it "
		"names hold the pages" },
	{ 0, STR_INIT("!!OpenWayback-CDXJ"), "it is a CDXJ index; the WARC "
		"files that it names hold the pages" },
	{ 0, STR_INIT("%PDF-"), "it is a PDF" },
	{ 0, STR_INIT("From "), "it is a mailbox" },
};

/* Text in which `name` is near the start, as the formats below have it. */
static bool
holds(struct str s, struct str name)
{
	return str_find_nocase(str_sub(s, 0, 1024), name) >= 0;
}

static const char *
name_text(struct str s)
{
	if (s.len > 0 && s.ptr[0] == '{')
		return holds(s, STR("\"log\"")) && holds(s, STR("creator")) ?
			"it is a HAR file of a browser; 'har2warc FILE' makes "
			"a WARC of it" : "it is JSON";
	if (holds(s, STR("\nMIME-Version:")) || str_starts_nocase(s,
		STR("MIME-Version:")))
		return "it is MHTML or a mail; saved as HTML, stet extract "
			"--html reads a page";
	if (s.len > 0 && s.ptr[0] == '<')
		return holds(s, STR("<html")) || holds(s, STR("<!doctype")) ?
			"it is a page: stet extract --html URL FILE reads it" :
			"it is XML";
	if (str_starts_nocase(s, STR("http://")) ||
		str_starts_nocase(s, STR("https://")))
		return "it is a list of addresses: stet fetch makes a WARC "
			"of it";
	return NULL;
}

const char *
warckind_name(struct str begin)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_starts(str_sub(begin, kinds[i].at, begin.len),
			    kinds[i].magic))
			return kinds[i].name;
	if (str_starts(begin, STR("\xef\xbb\xbf")))
		begin = str_sub(begin, 3, begin.len);
	return name_text(str_trim(begin));
}
