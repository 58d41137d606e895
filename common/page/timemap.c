#include "common/page/timemap.h"

#include "common/base/isotime.h"
#include "common/page/markup.h"
#include "common/page/names.h"

static void
memento(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t n)
{
	const struct index_version *version = view_text(v, n);
	bool first = n == 0, last = n + 1 == v->texts_count;
	char date[ISOTIME_RFC822_BYTES];
	struct strbuf path;

	strbuf_init(&path, 4096);
	names_version(&path, v->stem, version);
	markup_add(out, ",\n<");
	frame_absolute(out, f, strbuf_str(&path));
	strbuf_addf(out, ">; rel=\"%s%smemento\"; datetime=\"%s\"",
		first ? "first " : "", last ? "last " : "",
		isotime_rfc822(date, version->fetched_s));
	strbuf_release(&path);
}

void
timemap_write(struct strbuf *out, const struct site_options *site,
	const struct view *v, struct str address, struct str path)
{
	struct frame f = { .site = site, .path = path.ptr };
	char from[ISOTIME_RFC822_BYTES], until[ISOTIME_RFC822_BYTES];

	strbuf_addc(out, '<');
	markup_uri(out, address);
	markup_add(out, ">; rel=\"original\",\n<");
	frame_absolute(out, &f, path);
	strbuf_addf(out, ">; rel=\"self\"; type=\"application/link-format\"; "
		"from=\"%s\"; until=\"%s\"",
		isotime_rfc822(from, view_text(v, 0)->fetched_s),
		isotime_rfc822(until,
			view_text(v, v->texts_count - 1)->fetched_s));
	for (size_t n = 0; n < v->texts_count; n++)
		memento(out, &f, v, n);
	strbuf_addc(out, '\n');
}
