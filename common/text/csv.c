#include "common/text/csv.h"

#include "common/base/isotime.h"

struct csv
csv_begin(struct strbuf *out, char separator)
{
	return (struct csv){ out, separator, false };
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static void
add_quoted(struct strbuf *out, struct str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.len; i++)
		quote = quote || is_one_of(s.ptr[i], ",\"\r\n");
	if (!quote) {
		strbuf_adds(out, s);
		return;
	}
	strbuf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"')
			strbuf_addc(out, '"');
		strbuf_addc(out, s.ptr[i]);
	}
	strbuf_addc(out, '"');
}

static void
separate(struct csv *row)
{
	if (row->begun)
		strbuf_addc(row->out, row->separator);
	row->begun = true;
}

void
csv_text(struct csv *row, struct str text)
{
	separate(row);
	if (row->separator == ',') {
		add_quoted(row->out, text);
		return;
	}
	for (size_t i = 0; i < text.len; i++)
		strbuf_addc(row->out, is_one_of(text.ptr[i], "\t\r\n") ?
			' ' : text.ptr[i]);
}

void
csv_int(struct csv *row, int64_t n)
{
	separate(row);
	strbuf_addf(row->out, "%lld", (long long)n);
}

void
csv_time(struct csv *row, int64_t s)
{
	char iso[ISOTIME_BYTES];

	csv_text(row, str_from(isotime_format(iso, s)));
}

void
csv_end(struct csv *row)
{
	strbuf_adds(row->out, row->separator == ',' ? STR("\r\n") :
						      STR("\n"));
}

void
csv_head(struct strbuf *out, char separator, struct str names)
{
	struct csv row = csv_begin(out, separator);
	struct str name;

	while (str_field(&name, &names, ','))
		csv_text(&row, name);
	csv_end(&row);
}
