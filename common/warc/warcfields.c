#include "common/warc/warcfields.h"

#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/text/date.h"
#include "common/web/httpmsg.h"

/* 0.x and 1.x, in letters of either case: they differ in nothing read here. */
int
warcfields_version(struct str line, struct err *err)
{
	struct str number;

	line = str_trim(line);
	if (!str_starts_nocase(line, STR("WARC/")))
		return err_set(err, "does not begin with 'WARC/'");
	number = str_sub(line, 5, line.len);
	if (number.len >= 3 && (number.ptr[0] == '0' || number.ptr[0] == '1') &&
		number.ptr[1] == '.' && ascii_digit(number.ptr[2]))
		return 0;
	return err_set(err, "unknown version '%.*s'",
		STR_ARGS(str_sub(line, 0, 20)));
}

const char *
warcfields_split(struct warc_record *r, struct str head)
{
	const char *defect = NULL;
	struct str line, name;

	r->fields_count = 0;
	if (str_find_byte(head, '\0') >= 0)
		defect = "a header field holds NUL";
	while (head.len > 0) {
		str_cut(&line, &head, '\n');
		if (!str_cut(&name, &line, ':')) {
			defect = "a header line has no colon";
			continue;
		}
		if (r->fields_count == WARC_FIELDS_MAX) {
			defect = "it has too many header fields";
			break;
		}
		r->fields[r->fields_count++] = (struct warc_field){
			str_trim(name), str_trim(line) };
	}
	return defect;
}

static enum warc_type
find_type(struct str name)
{
	enum warc_type type = WARC_INFO;

	while (type != WARC_OTHER && !str_eq_nocase(name, warc_type_name(type)))
		type++;
	return type;
}

/*
 * WARC-Date. Where that does not exist (ClueWeb09 has the 65th of March) the
 * Date of the answer serves, and else the month of it.
 */
static int
read_date(struct warc_record *r)
{
	struct httpmsg m;
	const char *instead = "the answer's own Date";

	if (isotime_parse(&r->date_s, r->date) == 0)
		return 0;
	if (r->date.len < 7 || isotime_parse(&r->date_s,
			str_sub(r->date, 0, 7)) < 0)
		return -1;
	if (r->type != WARC_RESPONSE ||
		httpmsg_parse(&m, r->block, NULL) < 0 ||
		date_parse(&r->date_s, httpmsg_get(&m, STR("date"))) < 0)
		instead = "its month";
	err_set(&r->remark, "its WARC-Date '%.*s' does not exist; %s is taken",
		STR_ARGS(str_sub(r->date, 0, 40)), instead);
	return 0;
}

static bool
needs_uri(enum warc_type type)
{
	return type == WARC_RESPONSE || type == WARC_REVISIT ||
		type == WARC_CONVERSION;
}

const char *
warcfields_views(struct warc_record *r)
{
	struct str name = warc_get(r, STR("WARC-Type"));

	r->type = find_type(name);
	r->id = warc_get(r, STR("WARC-Record-ID"));
	r->date = warc_get(r, STR("WARC-Date"));
	r->content_type = warc_get(r, STR("Content-Type"));
	r->uri = warc_get(r, STR("WARC-Target-URI"));
	if (str_starts(r->uri, STR("<")) && str_ends(r->uri, STR(">")))
		r->uri = str_sub(r->uri, 1, r->uri.len - 2);
	r->date_s = 0;
	if (name.len == 0)
		return "it has no WARC-Type";
	if (r->id.len == 0)
		return "it has no WARC-Record-ID";
	if (read_date(r) < 0)
		return "it has no valid WARC-Date";
	if (r->uri.len == 0 && needs_uri(r->type))
		return "it has no WARC-Target-URI";
	return NULL;
}

int
warcfields_length(int64_t *out, struct str head, struct err *err)
{
	struct str line, name;
	bool found = false;

	while (head.len > 0) {
		int64_t length;

		str_cut(&line, &head, '\n');
		if (!str_cut(&name, &line, ':') ||
			!str_eq_nocase(str_trim(name), STR("Content-Length")))
			continue;
		line = str_trim(line);
		if (number_parse(&length, line, 0, INT64_MAX) < 0)
			return err_set(err, "bad Content-Length '%.*s'",
				STR_ARGS(str_sub(line, 0, 40)));
		if (found && length != *out)
			return err_set(err, "two different Content-Length");
		found = true;
		*out = length;
	}
	return found ? 0 : err_set(err, "it has no Content-Length");
}
