/*
 * gumbo allocates from the page's arena. It knows no failure of memory, so
 * at the bound the allocator leaves the parser by longjmp; nothing is lost by
 * that, since all it made lies in the arena.
 */
#include "common/web/html.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

#include "common/base/ascii.h"
#include "common/web/htmlscan.h"
#include "common/web/htmltag.h"

enum {
	ALLOCATIONS_BASE = 200000,
	ALLOCATIONS_PER_BYTE = 16 /* of the reduced page; real pages need 2 */
};

struct memory {
	struct arena *arena;
	size_t left; /* allocations */
	jmp_buf out;
};

static void *
allocate(void *userdata, size_t size)
{
	struct memory *m = userdata;
	void *p = m->left ? arena_alloc(m->arena, size) : NULL;

	if (!p)
		longjmp(m->out, 1);
	m->left--;
	return p;
}

static void
deallocate(void *userdata, void *p)
{
	(void)userdata;
	(void)p;
}

static GumboOutput *
parse(struct str page, struct arena *arena)
{
	struct memory m = { .arena = arena,
		.left = ALLOCATIONS_BASE + page.len * ALLOCATIONS_PER_BYTE };
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = allocate;
	options.deallocator = deallocate;
	options.userdata = &m;
	options.max_errors = 0;
	if (setjmp(m.out))
		return NULL;
	return gumbo_parse_with_options(&options, page.ptr, page.len);
}

static bool
is_text(const GumboNode *n)
{
	return n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_CDATA ||
		n->type == GUMBO_NODE_WHITESPACE;
}

static bool
is_element(const GumboNode *n)
{
	return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
}

/* Whether the node becomes one of ours; its children go with it if not. */
static bool
is_kept(const GumboNode *n)
{
	if (!is_element(n))
		return is_text(n);
	return !(htmltag_known[n->v.element.tag].flags &
		(TAG_GONE | TAG_OMIT));
}

/* The next node in document order; *up counts the elements left for it. */
static const GumboNode *
next_node(const GumboNode *n, const GumboNode *root, size_t *up)
{
	*up = 0;
	if (is_element(n) && is_kept(n) && n->v.element.children.length)
		return n->v.element.children.data[0];
	while (n != root) {
		const GumboNode *parent = n->parent;
		size_t i = n->index_within_parent + 1;

		if (i < parent->v.element.children.length)
			return parent->v.element.children.data[i];
		n = parent;
		++*up;
	}
	return NULL;
}

static void
count_nodes(struct html *out, const GumboNode *root)
{
	size_t up;

	for (const GumboNode *n = root; n; n = next_node(n, root, &up)) {
		if (!is_kept(n))
			continue;
		out->count++;
		if (is_element(n))
			out->attrs_count += n->v.element.attributes.length;
	}
}

static enum html_attr_name
attr_name(struct str name)
{
	for (size_t i = 0; i < HTML_ATTR_OTHER; i++)
		if (str_eq(name, htmltag_attrs[i]))
			return (enum html_attr_name)i;
	return HTML_ATTR_OTHER;
}

static void
add_attrs(struct html *out, struct html_node *node, const GumboVector *attrs)
{
	node->attrs = out->attrs_count;
	node->attrs_count = attrs->length;
	for (size_t i = 0; i < attrs->length; i++) {
		const GumboAttribute *a = attrs->data[i];
		struct str key = str_from(a->name);

		out->attrs[out->attrs_count++] = (struct html_attr){
			attr_name(key), key, str_from(a->value)
		};
	}
}

/* The name of an element that gumbo has no number for, in lower case. */
static struct str
unknown_name(const GumboElement *e, struct arena *arena)
{
	GumboStringPiece tag = e->original_tag;
	struct str name;

	gumbo_tag_from_original_text(&tag);
	name = arena_dup(arena, (struct str){ tag.data, tag.length });
	for (size_t i = 0; i < name.len; i++)
		((char *)name.ptr)[i] = ascii_to_lower(name.ptr[i]);
	return name;
}

static void
add_element(struct html *out, struct html_node *node, const GumboElement *e,
	struct arena *arena)
{
	node->tag = htmltag_known[e->tag].tag;
	if (node->tag == HTML_TEXT)
		node->tag = HTML_OTHER;
	if (e->tag == GUMBO_TAG_UNKNOWN)
		node->text = unknown_name(e, arena);
	else
		node->text = str_from(gumbo_normalized_tagname(e->tag));
	add_attrs(out, node, &e->attributes);
}

static void
close_nodes(struct html *out)
{
	for (uint32_t i = 0; i < out->count; i++)
		out->nodes[i].end = i + 1;
	for (uint32_t i = out->count; i-- > 1;) {
		struct html_node *parent = &out->nodes[out->nodes[i].parent];

		if (parent->end < out->nodes[i].end)
			parent->end = out->nodes[i].end;
	}
}

static int
flatten(struct html *out, const GumboNode *root, struct arena *arena)
{
	uint32_t parent = HTML_NONE, count = 0;
	const GumboNode *next;
	size_t up;

	count_nodes(out, root);
	out->nodes = arena_calloc(arena, out->count, sizeof(*out->nodes));
	out->attrs = arena_calloc(arena, out->attrs_count,
		sizeof(*out->attrs));
	if (!out->nodes || !out->attrs)
		return -1;
	out->attrs_count = 0;
	for (const GumboNode *n = root; n; n = next) {
		next = next_node(n, root, &up);
		if (is_kept(n)) {
			struct html_node *node = &out->nodes[count++];

			node->parent = parent;
			if (is_text(n))
				node->text = str_from(n->v.text.text);
			else
				add_element(out, node, &n->v.element, arena);
		}
		if (next && next->parent == n)
			parent = count - 1;
		for (; up; up--)
			parent = out->nodes[parent].parent;
	}
	close_nodes(out);
	return 0;
}

int
html_parse(struct html *out, struct str page,
	const struct html_options *options, struct arena *arena,
	struct err *err)
{
	struct htmlscan scan = { .kept = page };
	GumboOutput *tree;

	*out = (struct html){ .head = HTML_NONE, .body = HTML_NONE };
	if (!(options && options->plain) &&
		htmlscan_run(&scan, page, options, arena, err) < 0)
		return -1;
	out->scripts = scan.scripts;
	out->scripts_count = scan.scripts_count;
	out->kept_bytes = scan.kept.len;
	out->dropped_tags = scan.dropped_tags;
	tree = parse(scan.kept, arena);
	if (!tree || flatten(out, tree->root, arena) < 0)
		return err_set(err, "the page is too complex");
	out->head = html_find(out, 0, out->count, HTML_HEAD);
	out->body = html_find(out, 0, out->count, HTML_BODY);
	return 0;
}

struct str
html_attr(const struct html *h, uint32_t node, enum html_attr_name name)
{
	const struct html_attr *a = h->attrs + h->nodes[node].attrs;

	for (uint32_t i = 0; i < h->nodes[node].attrs_count; i++)
		if (a[i].name == name)
			return a[i].value;
	return (struct str){ NULL, 0 };
}

struct str
html_attr_named(const struct html *h, uint32_t node, struct str name)
{
	const struct html_attr *a = h->attrs + h->nodes[node].attrs;

	for (uint32_t i = 0; i < h->nodes[node].attrs_count; i++)
		if (str_eq(a[i].key, name))
			return a[i].value;
	return (struct str){ NULL, 0 };
}

uint32_t
html_first(const struct html *h, uint32_t node)
{
	return h->nodes[node].end > node + 1 ? node + 1 : HTML_NONE;
}

uint32_t
html_next(const struct html *h, uint32_t node)
{
	uint32_t parent = h->nodes[node].parent, next = h->nodes[node].end;

	if (parent == HTML_NONE || next >= h->nodes[parent].end)
		return HTML_NONE;
	return next;
}

bool
html_within(const struct html *h, uint32_t node, uint32_t above)
{
	return node >= above && node < h->nodes[above].end;
}

uint32_t
html_find(const struct html *h, uint32_t from, uint32_t end,
	enum html_tag tag)
{
	for (uint32_t i = from; i < end && i < h->count; i++)
		if (h->nodes[i].tag == tag)
			return i;
	return HTML_NONE;
}

/* Adds text with its white space folded; *gap: a space is due before more. */
static char *
add_folded(char *to, struct str text, bool *gap, const char *start)
{
	for (size_t i = 0; i < text.len; i++) {
		if (ascii_space(text.ptr[i])) {
			*gap = true;
			continue;
		}
		if (*gap && to > start)
			*to++ = ' ';
		*gap = false;
		*to++ = text.ptr[i];
	}
	return to;
}

struct str
html_text(const struct html *h, uint32_t node, struct arena *arena)
{
	uint32_t end = h->nodes[node].end;
	size_t room = 1;
	bool gap = false;
	char *start, *to;

	for (uint32_t i = node; i < end; i++)
		room += h->nodes[i].tag == HTML_TEXT ?
			h->nodes[i].text.len : 1;
	start = to = arena_alloc(arena, room);
	if (!start)
		return (struct str){ NULL, 0 };
	for (uint32_t i = node; i < end; i++) {
		if (h->nodes[i].tag == HTML_TEXT)
			to = add_folded(to, h->nodes[i].text, &gap, start);
		else if (h->nodes[i].tag == HTML_BR)
			gap = true;
	}
	return (struct str){ start, (size_t)(to - start) };
}
