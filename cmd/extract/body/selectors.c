#include "cmd/extract/body/selectors.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/linebuf.h"
#include "common/base/xalloc.h"

void
selectors_init(struct selectors *r)
{
	*r = (struct selectors){ 0 };
}

void
selectors_release(struct selectors *r)
{
	for (size_t i = 0; i < r->count; i++) {
		free(r->items[i].source);
		selector_release(&r->items[i].selector);
	}
	for (size_t i = 0; i < r->policies_count; i++)
		free(r->policies[i].source);
	free(r->items);
	free(r->policies);
	free(r->attrs);
	selectors_init(r);
}

static void
note_attrs(struct selectors *r, const struct selector *s)
{
	for (size_t i = 0; i < s->parts_count; i++)
		for (size_t k = 0; k < s->parts[i].tests_count; k++) {
			r->attrs = xgrow(r->attrs, r->attrs_count,
				&r->attrs_cap, sizeof(*r->attrs));
			r->attrs[r->attrs_count++] =
				s->parts[i].tests[k].attr;
		}
}

static int
add_policy(struct selectors *r, struct str source, struct str name,
	struct err *err)
{
	static const struct str names[] = { STR_INIT("store"),
		STR_INIT("hide"), STR_INIT("skip") };

	for (int i = 0; i < 3; i++) {
		if (!str_eq(str_trim(name), names[i]))
			continue;
		r->policies = xgrow(r->policies, r->policies_count,
			&r->policies_cap, sizeof(*r->policies));
		r->policies[r->policies_count++] = (struct policy){
			xmemdup0(source.ptr, source.len),
			(enum reserved_policy)i };
		return 0;
	}
	return err_set(err, "reserved is store, hide or skip, not '%.*s'",
		STR_ARGS(str_sub(name, 0, 40)));
}

enum reserved_policy
selectors_policy(const struct selectors *r, struct str source)
{
	enum reserved_policy policy = RESERVED_STORE;

	for (size_t i = 0; r && i < r->policies_count; i++)
		if (str_eq(source, str_from(r->policies[i].source)))
			policy = r->policies[i].policy;
	return policy;
}

static int
add_line(struct selectors *r, struct str line, struct err *err)
{
	struct str source, kind;
	struct rule rule = { 0 };

	if (!str_cut(&source, &line, '\t') || !str_cut(&kind, &line, '\t'))
		return err_set(err, "not NAME, KIND and VALUE");
	if (str_eq(kind, STR("reserved")))
		return add_policy(r, source, line, err);
	rule.drop = str_eq(kind, STR("drop"));
	if (!rule.drop && !str_eq(kind, STR("select")))
		return 0;
	if (r->count >= SELECTORS_MAX)
		return err_set(err, "more than %d rules", SELECTORS_MAX);
	if (selector_parse(&rule.selector, line, err) < 0)
		return -1;
	rule.source = xmemdup0(source.ptr, source.len);
	r->items = xgrow(r->items, r->count, &r->cap, sizeof(*r->items));
	r->items[r->count++] = rule;
	note_attrs(r, &r->items[r->count - 1].selector);
	return 0;
}

int
selectors_read(struct selectors *r, const char *path, struct err *err)
{
	struct linebuf in;
	struct str line;
	int fd = open(path, O_RDONLY | O_CLOEXEC), got, result = 0;

	if (fd < 0)
		return err_errno(err, "cannot open '%s'", path);
	linebuf_init(&in, fd, SELECTORS_LINE_BYTES);
	while (result == 0 && (got = linebuf_next(&in, &line, err)) != 0) {
		if (got < 0)
			result = err_prefix(err, "'%s'", path);
		else if (got == LINEBUF_LONG)
			result = err_set(err, "'%s' line %zu is too long",
				path, in.number);
		else if (line.len && add_line(r, line, err) < 0)
			result = err_prefix(err, "'%s' line %zu", path,
				in.number);
	}
	linebuf_release(&in);
	close(fd);
	return result;
}

/* Whether the source has a rule. */
static bool
selectors_has(const struct selectors *r, struct str source)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_eq(str_from(r->items[i].source), source))
			return true;
	return false;
}

static bool
matches(const struct selectors *r, struct str source, bool drop,
	const struct html *h, uint32_t node)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->items[i].drop == drop &&
			str_eq(str_from(r->items[i].source), source) &&
			selector_matches(&r->items[i].selector, h, node))
			return true;
	return false;
}

/* Marks all that no select rule matches; nothing when none matches at all. */
static void
apply_select(bool *out, const struct selectors *r, struct str source,
	const struct html *h)
{
	bool any = false;

	memset(out, true, h->count);
	for (uint32_t i = 0; i < h->count; i++) {
		if (!matches(r, source, false, h, i))
			continue;
		any = true;
		memset(out + i, false, h->nodes[i].end - i);
		for (uint32_t up = h->nodes[i].parent; up != HTML_NONE;
			up = h->nodes[up].parent)
			out[up] = false;
		i = h->nodes[i].end - 1;
	}
	if (!any)
		memset(out, false, h->count);
}

bool *
selectors_apply(const struct selectors *r, struct str source,
	const struct html *h,
	struct arena *arena)
{
	bool *out;

	if (!r || !selectors_has(r, source))
		return NULL;
	out = arena_calloc(arena, h->count, sizeof(*out));
	if (!out)
		return NULL;
	apply_select(out, r, source, h);
	for (uint32_t i = 0; i < h->count; i++)
		if (matches(r, source, true, h, i))
			out[i] = true;
	return out;
}
