#include "cmd/links/rules.h"

#include <regex.h>
#include <stdlib.h>

#include "common/base/linebuf.h"
#include "common/base/xalloc.h"

enum kind { INCLUDE, EXCLUDE, TITLE, CATEGORY, KINDS };

static const char *const kind_names[KINDS] = { "include", "exclude", "title",
	"category" };

struct rule {
	char *source;
	enum kind kind;
	regex_t regex;
};

void
rules_init(struct rules *r)
{
	*r = (struct rules){ .list = NULL };
}

void
rules_release(struct rules *r)
{
	for (size_t i = 0; i < r->count; i++) {
		free(r->list[i].source);
		regfree(&r->list[i].regex);
	}
	free(r->list);
	rules_init(r);
}

static int
kind_parse(enum kind *out, struct str name)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (!str_eq(name, str_from(kind_names[i])))
			continue;
		*out = (enum kind)i;
		return 0;
	}
	return -1;
}

static int
add(struct rules *r, struct str source, enum kind kind, struct str text,
	struct err *err)
{
	struct rule rule = { .kind = kind };
	char reason[200];
	char *pattern;
	int code;

	if (r->count == RULES_MAX)
		return err_set(err, "more than %d rules", RULES_MAX);
	if (memchr(text.ptr, 0, text.len))
		return err_set(err, "NUL in an expression");
	pattern = xmemdup0(text.ptr, text.len);
	code = regcomp(&rule.regex, pattern, REG_EXTENDED | REG_NOSUB |
		(kind == INCLUDE || kind == EXCLUDE ? 0 : REG_ICASE));
	free(pattern);
	if (code != 0) {
		regerror(code, &rule.regex, reason, sizeof(reason));
		return err_set(err, "bad expression '%.*s': %s",
			STR_ARGS(text), reason);
	}
	rule.source = xmemdup0(source.ptr, source.len);
	r->list = xgrow(r->list, r->count, &r->cap, sizeof(rule));
	r->list[r->count++] = rule;
	return 0;
}

static int
add_line(struct rules *r, struct str line, struct err *err)
{
	struct str source, name, rest = line;
	enum kind kind;

	if (line.len == 0)
		return 0;
	if (!str_cut(&source, &rest, '\t') || !str_cut(&name, &rest, '\t') ||
		source.len == 0 || rest.len == 0)
		return err_set(err, "not SOURCE, KIND and REGEX with tabs "
			"between");
	if (str_eq(name, STR("select")) || str_eq(name, STR("drop")) ||
		str_eq(name, STR("reserved")))
		return 0;
	if (kind_parse(&kind, name) < 0)
		return err_set(err, "no such kind of rule: '%.*s'",
			STR_ARGS(name));
	return add(r, source, kind, rest, err);
}

int
rules_read(struct rules *r, int fd, struct err *err)
{
	struct linebuf in;
	struct str line;
	int got;

	linebuf_init(&in, fd, RULES_LINE_BYTES);
	while ((got = linebuf_next(&in, &line, err)) > 0) {
		if (got == LINEBUF_LONG)
			err_set(err, "longer than %d bytes", RULES_LINE_BYTES);
		else if (add_line(r, line, err) == 0)
			continue;
		err_prefix(err, "line %zu", in.number);
		got = -1;
		break;
	}
	linebuf_release(&in);
	return got;
}

/* REG_STARTEND: the view needs no NUL behind it. */
static bool
matches(const struct rule *rule, struct str s)
{
	regmatch_t part = { .rm_so = 0, .rm_eo = (regoff_t)s.len };

	return regexec(&rule->regex, s.ptr ? s.ptr : "", 1, &part,
		REG_STARTEND) == 0;
}

static bool
matches_a_line(const struct rule *rule, struct str lines)
{
	struct str line;

	while (str_field(&line, &lines, '\n'))
		if (line.len && matches(rule, line))
			return true;
	return false;
}

bool
rules_want(const struct rules *r, struct str source, struct str url,
	struct str title, struct str categories)
{
	bool asked[KINDS] = { false }, met[KINDS] = { false };

	for (size_t i = 0; i < r->count; i++) {
		const struct rule *rule = &r->list[i];

		if (!str_eq(source, str_from(rule->source)))
			continue;
		asked[rule->kind] = true;
		if (rule->kind == CATEGORY)
			met[CATEGORY] |= matches_a_line(rule, categories);
		else
			met[rule->kind] |= matches(rule,
				rule->kind == TITLE ? title : url);
	}
	for (size_t i = 0; i < KINDS; i++)
		if (asked[i] && met[i] == (i == EXCLUDE))
			return false;
	return true;
}
