#include "cmd/extract/verdict/reserved.h"

#define AGENT STR("stet")

/* Words of a robots value: "noindex, noarchive". */
static void
read_words(struct reserved *out, struct str value)
{
	struct str word;

	while (str_field(&word, &value, ',')) {
		word = str_trim(word);
		out->archive |= str_eq_nocase(word, STR("noarchive"));
		out->mining |= str_eq_nocase(word, STR("noai"));
	}
}

/*
 * X-Robots-Tag may begin with whom it is for, "otherbot: noarchive"; other
 * values have a colon only after one of their own words.
 */
static void
read_tag(struct reserved *out, struct str value)
{
	struct str agent, rest = value;

	if (str_cut(&agent, &rest, ':') && str_find_byte(agent, ',') < 0 &&
		str_find_byte(agent, ' ') < 0 &&
		!str_starts_nocase(agent, STR("max-")) &&
		!str_eq_nocase(agent, STR("unavailable_after"))) {
		if (str_eq_nocase(str_trim(agent), AGENT))
			read_words(out, rest);
		return;
	}
	read_words(out, value);
}

static void
read_headers(struct reserved *out, struct str head)
{
	struct str line, name;

	while (str_field(&line, &head, '\n')) {
		struct str value = str_trim(line);

		if (!str_cut(&name, &value, ':'))
			continue;
		name = str_trim(name);
		value = str_trim(value);
		if (str_eq_nocase(name, STR("x-robots-tag")))
			read_tag(out, value);
		if (str_eq_nocase(name, STR("tdm-reservation")))
			out->mining |= str_eq(value, STR("1"));
	}
}

struct reserved
reserved_read(const struct html *h, struct str headers)
{
	struct reserved out = { false, false };
	uint32_t node = 0;

	read_headers(&out, headers);
	while ((node = html_find(h, node, h->count, HTML_META)) !=
		HTML_NONE) {
		struct str name = html_attr(h, node, HTML_NAME);
		struct str content = html_attr(h, node, HTML_CONTENT);

		if (str_eq_nocase(str_trim(name), STR("robots")) ||
			str_eq_nocase(str_trim(name), AGENT))
			read_words(&out, content);
		if (str_eq_nocase(str_trim(name), STR("tdm-reservation")))
			out.mining |= str_eq(str_trim(content), STR("1"));
		node++;
	}
	return out;
}
