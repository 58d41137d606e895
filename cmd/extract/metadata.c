#include "cmd/extract/metadata.h"

#include "cmd/extract/authors.h"
#include "cmd/extract/language.h"
#include "cmd/extract/published.h"
#include "cmd/extract/site.h"
#include "cmd/extract/title.h"
#include "common/urlkey.h"

/* A view that is never NULL, for the writers. */
static struct str
or_empty(struct str s)
{
	return s.ptr ? s : STR("");
}

void
metadata_fill(struct article *out, const struct facts *f,
	const struct body *body)
{
	uint32_t heading = title_heading(f);
	struct published when;
	struct byline byline;
	struct str named;

	if (heading == HTML_NONE)
		heading = body->heading;
	out->title = or_empty(title_find(f));
	authors_find(&byline, f, heading);
	out->byline = or_empty(byline.text);
	out->authors = byline.authors;
	out->lang = language_find(f, out->blocks, out->blocks_count);
	published_find(&when, f, heading, out->lang);
	out->published = or_empty(when.published);
	out->modified = or_empty(when.modified);
	out->site = or_empty(site_find(f));
	out->canonical = or_empty(site_canonical(f));
	named = out->canonical.len > 0 ? out->canonical : f->page->url;
	if (urlkey_of(&out->key, named, NULL, f->page->arena, NULL) < 0)
		out->key = f->page->url;
}
