#include "common/page/feeds.h"

#include <string.h>

#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/web/json.h"

enum { TITLE_BYTES = 64 << 10 };

static const struct str removed = STR_INIT("Taken out of this archive");

const char *
feeds_ending(enum feed_kind kind)
{
	static const char *const endings[] = { "rss", "atom", "json" };

	return endings[kind];
}

/* RFC 4122 section 4.3 with the name space of URLs. */
static void
add_uuid(struct strbuf *out, struct str name)
{
	static const unsigned char space[16] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d,
		0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30,
		0xc8 };
	static const size_t groups[] = { 4, 2, 2, 2, 6 };
	unsigned char sum[DIGEST_SHA1_BYTES], *from = sum;
	struct strbuf bytes;

	strbuf_init(&bytes, SIZE_MAX / 4);
	strbuf_add(&bytes, space, sizeof(space));
	strbuf_adds(&bytes, name);
	digest_sha1(sum, strbuf_str(&bytes));
	strbuf_release(&bytes);
	sum[6] = (unsigned char)((sum[6] & 0x0f) | 0x50);
	sum[8] = (unsigned char)((sum[8] & 0x3f) | 0x80);
	strbuf_adds(out, STR("urn:uuid:"));
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (i > 0)
			strbuf_addc(out, '-');
		digest_hex(out, from, groups[i]);
		from += groups[i];
	}
}

static void
entry_id(struct strbuf *out, const struct feed_entry *e)
{
	char hex[GITOID_HEX_BYTES];

	add_uuid(out, str_from(gitoid_hex(hex, e->commit)));
}

/* Two feeds of two sites differ; the same feed in two formats too. */
static void
feed_id(struct strbuf *out, const struct feed *feed)
{
	struct strbuf name;

	strbuf_init(&name, SIZE_MAX / 4);
	strbuf_adds(&name, feed->frame->site->base_url);
	strbuf_adds(&name, feed->frame->site->title);
	strbuf_addc(&name, ' ');
	strbuf_adds(&name, str_from(feed->frame->path));
	add_uuid(out, strbuf_str(&name));
	strbuf_release(&name);
}

static void
element(struct strbuf *out, const char *name, struct str text)
{
	strbuf_addf(out, "<%s>", name);
	markup_text(out, text);
	strbuf_addf(out, "</%s>\n", name);
}

/* The time as RFC 3339 in an element. */
static void
iso_element(struct strbuf *out, const char *name, int64_t s)
{
	char iso[ISOTIME_BYTES];

	strbuf_addf(out, "<%s>%s</%s>\n", name, isotime_format(iso, s), name);
}

static void
title_of(struct strbuf *out, const struct feed *feed)
{
	strbuf_adds(out, feed->title);
	strbuf_adds(out, STR(" – "));
	strbuf_adds(out, feed->frame->site->title);
}

/* --- RSS --- */

static void
rss_begin(struct strbuf *out, const struct feed *feed)
{
	char date[ISOTIME_RFC822_BYTES];
	struct strbuf title;

	strbuf_init(&title, TITLE_BYTES);
	title_of(&title, feed);
	markup_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<rss version=\"2.0\" "
		"xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
	element(out, "title", strbuf_str(&title));
	markup_add(out, "<link>");
	frame_absolute(out, feed->frame, feed->home);
	markup_add(out, "</link>\n<description>Changes of news articles, seen "
		"by an archive</description>\n<atom:link rel=\"self\" "
		"type=\"application/rss+xml\" href=\"");
	frame_absolute(out, feed->frame, str_from(feed->frame->path));
	markup_add(out, "\"/>\n<generator>stet</generator>\n");
	if (feed->updated_s)
		strbuf_addf(out, "<lastBuildDate>%s</lastBuildDate>\n",
			isotime_rfc822(date, feed->updated_s));
	strbuf_release(&title);
}

static void
rss_entry(struct strbuf *out, const struct feed *feed,
	const struct feed_entry *e)
{
	char date[ISOTIME_RFC822_BYTES];

	markup_add(out, "<item>\n");
	element(out, "title", e->hidden ? removed : e->title);
	if (!e->hidden) {
		markup_add(out, "<link>");
		frame_absolute(out, feed->frame, e->path);
		markup_add(out, "</link>\n");
	}
	markup_add(out, "<guid isPermaLink=\"false\">");
	entry_id(out, e);
	strbuf_addf(out, "</guid>\n<pubDate>%s</pubDate>\n",
		isotime_rfc822(date, e->time_s));
	if (!e->hidden) {
		element(out, "category", names_source_title(e->source));
		element(out, "description", e->html);
	}
	markup_add(out, "</item>\n");
}

/* --- Atom --- */

static void
atom_link(struct strbuf *out, const struct feed *feed, const char *attributes,
	struct str path)
{
	strbuf_addf(out, "<link %s href=\"", attributes);
	frame_absolute(out, feed->frame, path);
	markup_add(out, "\"/>\n");
}

static void
atom_begin(struct strbuf *out, const struct feed *feed)
{
	struct strbuf title;

	strbuf_init(&title, TITLE_BYTES);
	title_of(&title, feed);
	markup_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" "
		"xmlns:at=\"http://purl.org/atompub/tombstones/1.0\">\n");
	element(out, "title", strbuf_str(&title));
	markup_add(out, "<id>");
	feed_id(out, feed);
	markup_add(out, "</id>\n");
	atom_link(out, feed, "rel=\"self\" type=\"application/atom+xml\"",
		str_from(feed->frame->path));
	atom_link(out, feed, "rel=\"alternate\" type=\"text/html\"",
		feed->home);
	iso_element(out, "updated", feed->updated_s);
	markup_add(out, "<generator>stet</generator>\n");
	strbuf_release(&title);
}

static void
tombstone(struct strbuf *out, const struct feed_entry *e)
{
	char iso[ISOTIME_BYTES];

	markup_add(out, "<at:deleted-entry ref=\"");
	entry_id(out, e);
	strbuf_addf(out, "\" when=\"%s\"/>\n", isotime_format(iso, e->time_s));
}

static void
atom_entry(struct strbuf *out, const struct feed *feed,
	const struct feed_entry *e)
{
	if (e->hidden) {
		tombstone(out, e);
		return;
	}
	markup_add(out, "<entry>\n");
	element(out, "title", e->title);
	markup_add(out, "<id>");
	entry_id(out, e);
	markup_add(out, "</id>\n");
	atom_link(out, feed, "rel=\"alternate\" type=\"text/html\"", e->path);
	iso_element(out, "published", e->time_s);
	iso_element(out, "updated", e->time_s);
	markup_add(out, "<author>");
	element(out, "name", names_source_title(e->source));
	markup_add(out, "</author>\n<content type=\"html\">");
	markup_text(out, e->html);
	markup_add(out, "</content>\n</entry>\n");
}

/* --- JSON Feed --- */

/* A value made by `add` from markup: addresses have no more than &amp;. */
static void
json_address(struct strbuf *out, const char *key, const struct feed *feed,
	struct str path)
{
	struct strbuf address;

	strbuf_init(&address, TITLE_BYTES);
	frame_absolute(&address, feed->frame, path);
	json_key(out, key);
	json_add_str(out, strbuf_str(&address));
	strbuf_release(&address);
}

static void
json_begin(struct strbuf *out, const struct feed *feed)
{
	struct strbuf title;

	strbuf_init(&title, TITLE_BYTES);
	title_of(&title, feed);
	json_open(out, '{');
	json_key(out, "version");
	json_add_str(out, STR("https://jsonfeed.org/version/1.1"));
	json_key(out, "title");
	json_add_str(out, strbuf_str(&title));
	json_address(out, "home_page_url", feed, feed->home);
	json_address(out, "feed_url", feed, str_from(feed->frame->path));
	json_key(out, "items");
	json_open(out, '[');
	strbuf_release(&title);
}

static void
json_tags(struct strbuf *out, struct str classes)
{
	struct str name;

	json_key(out, "tags");
	json_open(out, '[');
	while (classes.len > 0 && str_field(&name, &classes, ','))
		json_add_str(out, str_trim(name));
	json_close(out, ']');
}

static void
json_entry(struct strbuf *out, const struct feed *feed,
	const struct feed_entry *e)
{
	char iso[ISOTIME_BYTES];
	struct strbuf id;

	strbuf_init(&id, 128);
	entry_id(&id, e);
	json_open(out, '{');
	json_key(out, "id");
	json_add_str(out, strbuf_str(&id));
	if (!e->hidden)
		json_address(out, "url", feed, e->path);
	json_key(out, "title");
	json_add_str(out, e->hidden ? removed : e->title);
	json_key(out, "content_html");
	json_add_str(out, e->hidden ? STR("") : e->html);
	json_key(out, "date_published");
	json_add_str(out, str_from(isotime_format(iso, e->time_s)));
	if (!e->hidden)
		json_tags(out, e->classes);
	json_close(out, '}');
	strbuf_release(&id);
}

void
feeds_begin(struct strbuf *out, const struct feed *feed)
{
	static void (*const begin[])(struct strbuf *,
		const struct feed *) = { rss_begin, atom_begin, json_begin };

	begin[feed->kind](out, feed);
}

void
feeds_entry(struct strbuf *out, const struct feed *feed,
	const struct feed_entry *entry)
{
	static void (*const add[])(struct strbuf *, const struct feed *,
		const struct feed_entry *) = { rss_entry, atom_entry,
		json_entry };

	add[feed->kind](out, feed, entry);
}

void
feeds_end(struct strbuf *out, const struct feed *feed)
{
	switch (feed->kind) {
	case FEED_RSS:
		markup_add(out, "</channel>\n</rss>\n");
		break;
	case FEED_ATOM:
		markup_add(out, "</feed>\n");
		break;
	case FEED_JSON:
		json_close(out, ']');
		json_close(out, '}');
		strbuf_addc(out, '\n');
		break;
	}
}
