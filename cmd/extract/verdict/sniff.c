#include "cmd/extract/verdict/sniff.h"

#include <stdbool.h>
#include <string.h>

#include "common/base/ascii.h"

static bool
holds(struct str head, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_find_nocase(head, str_from(words[i])) >= 0)
			return true;
	return false;
}

static bool
is_feed(struct str head)
{
	static const char *const roots[] = { "<rss", "<feed", "<rdf:rdf",
		"<urlset", "<sitemapindex", "<opml",
		"jsonfeed.org/version" };
	char first = head.len > 0 ? *head.ptr : '\0';

	/* UTF-16 has NULs between; feeds in it are read by links alone. */
	return (first == '<' || first == '{') && holds(head, roots,
		sizeof(roots) / sizeof(*roots)) &&
		str_find_nocase(head, STR("<html")) < 0;
}

/* Files that servers send as text/html. */
static bool
is_binary(struct str head)
{
	static const struct str magic[] = { STR_INIT("%PDF-"),
		STR_INIT("\x89PNG"), STR_INIT("GIF8"), STR_INIT("\xff\xd8\xff"),
		STR_INIT("PK\x03\x04"), STR_INIT("\x1f\x8b"), STR_INIT("RIFF"),
		STR_INIT("OggS"), STR_INIT("ID3"), STR_INIT("\x7f" "ELF") };

	for (size_t i = 0; i < sizeof(magic) / sizeof(*magic); i++)
		if (str_starts(head, magic[i]))
			return true;
	return head.len > 12 && memcmp(head.ptr + 4, "ftyp", 4) == 0;
}

static bool
looks_like_html(struct str head)
{
	static const char *const marks[] = { "<!doctype html", "<html",
		"<head", "<body", "<title", "<meta", "<div", "<p>", "<article",
		"<h1", "<table", "<script" };
	size_t i = 0;

	/* UTF-16: every other byte. */
	if (head.len > 3 && memchr(head.ptr, '\0', head.len))
		return memchr(head.ptr, '<', head.len) != NULL;
	while (i < head.len && ascii_space(head.ptr[i]))
		i++;
	return i < head.len && holds(head, marks,
		sizeof(marks) / sizeof(*marks));
}

enum sniff_kind
sniff_page(struct str type, struct str body)
{
	struct str head = str_sub(body, 0, SNIFF_BYTES), media;

	if (str_starts(head, STR("\xef\xbb\xbf")))
		head = str_sub(head, 3, head.len);
	while (head.len > 0 && ascii_space(*head.ptr))
		head = str_sub(head, 1, head.len);
	str_cut(&media, &type, ';');
	media = str_trim(media);
	if (is_binary(head))
		return SNIFF_OTHER;
	if (is_feed(head) || str_ends_nocase(media, STR("/rss+xml")) ||
		str_ends_nocase(media, STR("/atom+xml")) ||
		str_ends_nocase(media, STR("/feed+json")))
		return SNIFF_FEED;
	if (str_eq_nocase(media, STR("text/html")) ||
		str_eq_nocase(media, STR("application/xhtml+xml")))
		return SNIFF_HTML;
	if (media.len == 0 || str_ends_nocase(media, STR("xml")) ||
		str_eq_nocase(media, STR("unk")) ||
		str_eq_nocase(media, STR("application/octet-stream")))
		return looks_like_html(head) ? SNIFF_HTML : SNIFF_OTHER;
	return SNIFF_OTHER;
}
