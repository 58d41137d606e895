#include "cmd/extract/meta/metadata.h"

#include "cmd/extract/meta/authors.h"
#include "cmd/extract/meta/language.h"
#include "cmd/extract/meta/published.h"
#include "cmd/extract/meta/site.h"
#include "cmd/extract/meta/title.h"
#include "common/text/unicode.h"
#include "common/web/urlkey.h"

/* In normalisation form C, as all text of an article; never NULL. */
static struct str
normal(struct str s, struct arena *arena)
{
	s = unicode_nfc(s, arena);
	return s.ptr ? s : STR("");
}

void
metadata_fill(struct article *out, const struct facts *f,
	const struct body *body)
{
	struct arena *a = f->page->arena;
	uint32_t heading;
	struct title title;
	struct published when;
	struct byline byline;
	struct str named;

	title_find(&title, f, body);
	heading = title.heading != HTML_NONE ? title.heading : body->heading;
	out->title = normal(title.text, a);
	authors_find(&byline, f, body, heading);
	out->byline = normal(byline.text, a);
	out->authors = byline.authors;
	for (size_t i = 0; i < out->authors.count; i++)
		out->authors.items[i] = normal(out->authors.items[i], a);
	out->lang = language_find(f, out->blocks, out->blocks_count);
	published_find(&when, f, body, heading, out->lang);
	out->published = normal(when.published, a);
	out->modified = normal(when.modified, a);
	out->site = normal(site_find(f), a);
	out->canonical = normal(site_canonical(f), a);
	named = out->canonical.len > 0 ? out->canonical : f->page->url;
	if (urlkey_of(&out->key, named, NULL, a, NULL) < 0)
		out->key = f->page->url;
}
