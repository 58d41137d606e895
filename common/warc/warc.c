#include "common/warc/warc.h"

/* In the order of enum warc_type; WARC_OTHER has none. */
static const struct str type_names[] = { STR_INIT("warcinfo"),
	STR_INIT("request"), STR_INIT("response"), STR_INIT("revisit"),
	STR_INIT("metadata"), STR_INIT("resource"), STR_INIT("conversion"),
	STR_INIT("continuation"), STR_INIT("") };

struct str
warc_type_name(enum warc_type type)
{
	return type_names[type];
}

struct str
warc_id(char out[WARC_ID_BYTES], const unsigned char random[16])
{
	static const char hex[] = "0123456789abcdef";
	static const char prefix[] = "<urn:uuid:";
	size_t len = sizeof(prefix) - 1;

	memcpy(out, prefix, len);
	for (size_t i = 0; i < 16; i++) {
		unsigned byte = random[i];

		if (i == 6)
			byte = (byte & 0x0f) | 0x40;
		if (i == 8)
			byte = (byte & 0x3f) | 0x80;
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[len++] = '-';
		out[len++] = hex[byte >> 4];
		out[len++] = hex[byte & 15];
	}
	out[len++] = '>';
	out[len] = '\0';
	return (struct str){ out, len };
}

struct str
warc_fields_get(struct str block, struct str name)
{
	struct str line, key;

	while (str_field(&line, &block, '\n'))
		if (str_cut(&key, &line, ':') &&
			str_eq_nocase(str_trim(key), name))
			return str_trim(line);
	return STR("");
}

void
warc_record_init(struct warc_record *r)
{
	*r = (struct warc_record){ .type = WARC_OTHER };
	strbuf_init(&r->storage, 0);
}

void
warc_record_release(struct warc_record *r)
{
	strbuf_release(&r->storage);
	warc_record_init(r);
}

struct str
warc_get(const struct warc_record *r, struct str name)
{
	for (size_t i = 0; i < r->fields_count; i++)
		if (str_eq_nocase(r->fields[i].name, name))
			return r->fields[i].value;
	return STR("");
}

void
warc_link(struct link *out, const struct warc_record *r)
{
	*out = (struct link){
		.url = warc_get(r, STR("WARC-Stet-Link")),
		.source = warc_get(r, STR("WARC-Stet-Source")),
		.found = warc_get(r, STR("WARC-Stet-Found")),
		.published = warc_get(r, STR("WARC-Stet-Published")),
		.title = warc_get(r, STR("WARC-Stet-Title")),
		.etag = STR(""),
		.last_modified = STR(""),
		.referrer = warc_get(r, STR("WARC-Stet-Referrer")),
		.misses = warc_get(r, STR("WARC-Stet-Misses")),
		.doubt = warc_get(r, STR("WARC-Stet-Doubt")),
	};
	if (out->url.len == 0)
		out->url = r->uri;
}
