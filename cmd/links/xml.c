#include "cmd/links/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdbool.h>

#include "cmd/links/xmlrepair.h"
#include "common/base/ascii.h"
#include "common/base/strbuf.h"

enum { ATTRS_KEPT = 32 };

struct parser {
	xmlParserCtxtPtr ctxt;
	const struct xml_events *events;
	void *context;
	struct strbuf values; /* attribute values of the current tag */
	size_t depth;
	int result;   /* what an event returned */
	bool gave_up; /* libxml2, or a limit was met */
	char problem[ERR_TEXT_BYTES / 2];
};

static struct str
view(const xmlChar *c)
{
	return str_from((const char *)c);
}

static void
stop(struct parser *p, int result)
{
	if (result == 0)
		return;
	p->result = result;
	xmlStopParser(p->ctxt);
}

/*
 * libxml2 hands an ampersand in a value on as "&#38;", for a tree builder
 * that would read it once more.
 */
static struct str
attr_value(struct parser *p, struct str raw)
{
	size_t start = p->values.len;
	struct str rest = raw;
	ptrdiff_t at;

	while ((at = str_find(rest, STR("&#38;"))) >= 0) {
		strbuf_add(&p->values, rest.ptr, (size_t)at + 1);
		rest = str_sub(rest, (size_t)at + 5, rest.len);
	}
	if (rest.len == raw.len)
		return raw;
	strbuf_adds(&p->values, rest);
	return (struct str){ p->values.ptr + start, p->values.len - start };
}

/* libxml2 gives five pointers an attribute: name, prefix, URI, value, end. */
static size_t
take_attrs(struct parser *p, struct xml_attr out[ATTRS_KEPT], int count,
	const xmlChar **raw)
{
	size_t n = 0, total = 0;

	strbuf_reset(&p->values);
	for (int i = 0; i < count; i++)
		total += (size_t)(raw[i * 5 + 4] - raw[i * 5 + 3]);
	/* All values lie in one piece that does not move while it fills. */
	if (!strbuf_room(&p->values, total + 1))
		return 0;
	for (int i = 0; i < count && n < ATTRS_KEPT; i++, n++) {
		const xmlChar **a = raw + i * 5;
		struct str value = { (const char *)a[3],
			(size_t)(a[4] - a[3]) };

		out[n].name = view(a[0]);
		out[n].ns = view(a[2]);
		out[n].value = attr_value(p, value);
	}
	return n;
}

static void
on_open(void *context, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri, int ns_count, const xmlChar **ns, int attrs_count,
	int defaulted, const xmlChar **raw)
{
	struct parser *p = context;
	struct xml_attr attrs[ATTRS_KEPT];
	struct xml_element e = { .ns = view(uri), .prefix = view(prefix),
		.name = view(name), .attrs = attrs };

	(void)ns_count;
	(void)ns;
	(void)defaulted;
	e.attrs_count = take_attrs(p, attrs, attrs_count, raw);
	if (++p->depth > XML_DEPTH) {
		if (!p->gave_up)
			snprintf(p->problem, sizeof(p->problem),
				"elements nested deeper than %d", XML_DEPTH);
		p->gave_up = true;
		xmlStopParser(p->ctxt);
		return;
	}
	if (!p->gave_up && p->result == 0)
		stop(p, p->events->open(p->context, &e));
}

static void
on_close(void *context, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri)
{
	struct parser *p = context;
	struct xml_element e = { .ns = view(uri), .prefix = view(prefix),
		.name = view(name) };

	p->depth--;
	if (p->result == 0)
		stop(p, p->events->close(p->context, &e));
}

static void
on_text(void *context, const xmlChar *text, int len)
{
	struct parser *p = context;

	if (p->result == 0)
		stop(p, p->events->text(p->context,
			(struct str){ (const char *)text, (size_t)len }));
}

/* The last complaint is the one that ended the reading, if any did. */
static void
on_error(void *context, xmlErrorPtr error)
{
	struct parser *p = context;
	struct str text = str_trim(str_from(error->message));

	if (p->result == 0 && !p->gave_up && error->level == XML_ERR_FATAL)
		snprintf(p->problem, sizeof(p->problem), "line %d: %.*s",
			error->line, (int)(text.len < 150 ? text.len : 150),
			text.ptr);
}

/* -1 when there is no use in more. */
static int
push(void *context, struct str piece)
{
	struct parser *p = context;

	xmlParseChunk(p->ctxt, piece.ptr, (int)piece.len, 0);
	if (p->result == 0 && p->ctxt->instate == XML_PARSER_EOF)
		p->gave_up = true;
	return p->result || p->gave_up ? -1 : 0;
}

static int
run(struct parser *p, struct str doc, struct err *err)
{
	int mended = xmlrepair(doc, push, p, err);

	/* What came so far may still wait inside the parser. */
	if (!p->gave_up && p->result == 0)
		xmlParseChunk(p->ctxt, NULL, 0, 1);
	if (p->result)
		return p->result;
	if (p->gave_up)
		return err_set(err, "cannot parse XML: %s", p->problem);
	return mended < 0 ? err_prefix(err, "cannot parse XML") : 0;
}

int
xml_parse(struct str doc, const struct xml_events *events, void *context,
	struct err *err)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = on_open, .endElementNs = on_close,
		.characters = on_text, .ignorableWhitespace = on_text,
		.cdataBlock = on_text, .serror = on_error };
	struct parser p = { .events = events, .context = context };
	int result;

	p.ctxt = xmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL);
	if (!p.ctxt)
		return err_set(err, "cannot parse XML: out of memory");
	/* No NOENT, no DTDLOAD, no HUGE: libxml2's own limits stay. */
	xmlCtxtUseOptions(p.ctxt, XML_PARSE_RECOVER | XML_PARSE_NONET |
		XML_PARSE_IGNORE_ENC);
	strbuf_init(&p.values, 4 * XML_TAG_BYTES);
	result = run(&p, doc, err);
	strbuf_release(&p.values);
	if (p.ctxt->myDoc)
		xmlFreeDoc(p.ctxt->myDoc);
	xmlFreeParserCtxt(p.ctxt);
	return result;
}

struct str
xml_attr(const struct xml_element *element, struct str name)
{
	for (size_t i = 0; i < element->attrs_count; i++)
		if (str_eq(element->attrs[i].name, name))
			return element->attrs[i].value;
	return (struct str){ NULL, 0 };
}

uint32_t
xml_entity(struct str name)
{
	char copy[16];
	const htmlEntityDesc *found;

	if (name.len >= sizeof(copy) || memchr(name.ptr, 0, name.len))
		return 0;
	memcpy(copy, name.ptr, name.len);
	copy[name.len] = 0;
	if (str_eq(name, STR("apos")))
		return '\'';
	found = htmlEntityLookup((const xmlChar *)copy);
	return found ? found->value : 0;
}

uint32_t
xml_reference(uint64_t number)
{
	static const uint16_t windows_1252[32] = { 0x20ac, 0x81, 0x201a, 0x192,
		0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
		0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d,
		0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153,
		0x9d, 0x17e, 0x178 };

	if (number >= 128 && number < 160)
		return windows_1252[number - 128];
	if (number < 32)
		return number == 9 || number == 10 || number == 13 ?
			(uint32_t)number : 0;
	if ((number >= 0xd800 && number < 0xe000) || number > 0x10ffff ||
		number == 0xfffe || number == 0xffff)
		return 0;
	return (uint32_t)number;
}
