#include "cmd/tell/message.h"

#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/page/excerpt.h"
#include "common/page/markup.h"
#include "common/page/phrase.h"
#include "common/web/json.h"

enum { PART_BYTES = 4 << 20, LINE_BYTES = 57 };

void
message_parts_init(struct message_parts *p)
{
	struct strbuf *parts[] = { &p->title, &p->text, &p->html, &p->change,
		&p->page };

	*p = (struct message_parts){ 0 };
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		strbuf_init(parts[i], PART_BYTES);
}

void
message_parts_release(struct message_parts *p)
{
	strbuf_release(&p->title);
	strbuf_release(&p->text);
	strbuf_release(&p->html);
	strbuf_release(&p->change);
	strbuf_release(&p->page);
}

/* One line of text from the network: nothing in it ends a line or a field. */
static void
add_line(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		strbuf_addc(out, ascii_control(text.ptr[i]) ? ' ' :
			text.ptr[i]);
}

static void
make_text(struct message_parts *p, const struct item *item)
{
	const struct index_version *v = &item->version;
	struct strbuf *out = &p->text;

	add_line(out, strbuf_str(&p->title));
	strbuf_addc(out, '\n');
	add_line(out, p->source);
	strbuf_adds(out, STR(", "));
	phrase_plain_time(out, v->fetched_s);
	if (index_is_version(v))
		strbuf_addf(out, ": version %lld, +%lld −%lld words",
			(long long)v->number, (long long)v->words_added,
			(long long)v->words_removed);
	if (v->classes.len > 0)
		strbuf_addf(out, " (%.*s)", STR_ARGS(v->classes));
	strbuf_adds(out, STR("\n\n"));
	if (p->change.len > 0) {
		strbuf_adds(out, strbuf_str(&p->change));
		strbuf_adds(out, STR("\n\n"));
	}
	add_line(out, item->article.url);
	strbuf_addc(out, '\n');
	if (p->page.len > 0)
		strbuf_addf(out, "%s\n", p->page.ptr);
}

static void
make_html(struct message_parts *p, struct work *w, const struct item *item)
{
	struct strbuf *out = &p->html;

	markup_add(out, "<p><b>");
	markup_text(out, strbuf_str(&p->title));
	markup_add(out, "</b><br>");
	markup_text(out, p->source);
	markup_add(out, "</p>\n");
	work_item_html(out, w, item);
	markup_add(out, "<p>");
	markup_link(out, item->article.url, item->article.url, "noreferrer");
	if (p->page.len > 0) {
		markup_add(out, "<br>");
		markup_link(out, strbuf_str(&p->page), strbuf_str(&p->page),
			"noreferrer");
	}
	markup_add(out, "</p>\n");
}

/* Where the change's page is: at --base-url or, that failing, at stet-web. */
static void
make_page(struct message_parts *p, const struct work *w,
	const struct item *item)
{
	struct str base = w->options.base_url.len > 0 ? w->options.base_url :
		w->options.web;

	if (!markup_linkable(base))
		return;
	markup_uri(&p->page, base);
	markup_uri(&p->page, item->path);
}

int
message_make(struct message_parts *p, struct work *w, const struct item *item,
	bool compared, struct err *err)
{
	struct excerpt e;
	int got = compared ? excerpt_find(&e, w->rows, err) : 0;

	if (got < 0 || work_source_title(&p->source, w, item->article.source,
			    &w->article, err) < 0)
		return -1;
	work_item_title(&p->title, &item->version, item->article.url);
	if (got > 0)
		excerpt_text(&p->change, &e);
	make_page(p, w, item);
	make_text(p, item);
	make_html(p, w, item);
	return 0;
}

/* --- mail --- */

static void
base64(struct strbuf *out, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < s.len; i += 3) {
		size_t n = s.len - i < 3 ? s.len - i : 3;
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
				(k < n ? (unsigned char)s.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			strbuf_addc(out, k > n ? '=' :
				digits[bits >> (18 - 6 * k) & 63]);
	}
}

static void
base64_lines(struct strbuf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i += LINE_BYTES) {
		base64(out, str_sub(s, i, LINE_BYTES));
		strbuf_adds(out, STR("\n"));
	}
}

/* RFC 2047: words of at most 75 characters, cut between characters. */
static void
encoded(struct strbuf *out, struct str text)
{
	enum { WORD_BYTES = 42 };
	bool first = true;

	while (text.len > 0) {
		size_t n = text.len < WORD_BYTES ? text.len : WORD_BYTES;

		while (n < text.len && n > 1 && (text.ptr[n] & 0xc0) == 0x80)
			n--;
		strbuf_adds(out, first ? STR("=?UTF-8?B?") :
			STR("\n =?UTF-8?B?"));
		base64(out, str_sub(text, 0, n));
		strbuf_adds(out, STR("?="));
		text = str_sub(text, n, text.len);
		first = false;
	}
}

static void
part(struct strbuf *out, const char *boundary, const char *type,
	struct str body)
{
	strbuf_addf(out, "--%s\nContent-Type: %s; charset=utf-8\n"
		"Content-Transfer-Encoding: base64\n\n", boundary, type);
	base64_lines(out, body);
}

/* Messages of one article are a thread: all answer to one that is made of its
 * key. */
static void
add_mail(struct strbuf *out, const struct message_parts *p,
	const struct item *item, const struct tell_options *o)
{
	unsigned char sum[DIGEST_SHA256_BYTES];
	char hex[GITOID_HEX_BYTES], date[ISOTIME_RFC822_BYTES];
	struct strbuf subject;

	gitoid_hex(hex, &item->version.commit);
	digest_sha256(sum, item->article.key);
	strbuf_init(&subject, PART_BYTES);
	add_line(&subject, strbuf_str(&p->title));
	strbuf_adds(out, STR("From: "));
	add_line(out, o->from);
	strbuf_adds(out, STR("\nTo: "));
	add_line(out, o->to);
	strbuf_adds(out, STR("\nSubject: "));
	encoded(out, strbuf_str(&subject));
	strbuf_addf(out, "\nDate: %s\nMessage-ID: <%s@stet.invalid>\n"
		"References: <",
		isotime_rfc822(date, item->version.fetched_s), hex);
	digest_hex(out, sum, 16);
	strbuf_addf(out, "@stet.invalid>\nAuto-Submitted: auto-generated\n"
		"MIME-Version: 1.0\nContent-Type: multipart/alternative; "
		"boundary=\"%s\"\n\n", hex);
	part(out, hex, "text/plain", strbuf_str(&p->text));
	part(out, hex, "text/html", strbuf_str(&p->html));
	strbuf_addf(out, "--%s--\n", hex);
	strbuf_release(&subject);
}

/* --- JSON --- */

static void
member(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

static void
add_json(struct strbuf *out, const struct message_parts *p,
	const struct item *item)
{
	const struct index_version *v = &item->version;
	char hex[GITOID_HEX_BYTES], iso[ISOTIME_BYTES];

	json_open(out, '{');
	json_key(out, "v");
	json_add_int(out, 1);
	member(out, "event", receipt_status_name(v->event));
	member(out, "commit", str_from(gitoid_hex(hex, &v->commit)));
	member(out, "key", item->article.key);
	member(out, "url", item->article.url);
	member(out, "source", item->article.source);
	member(out, "title", strbuf_str(&p->title));
	member(out, "fetched", str_from(isotime_format(iso, v->fetched_s)));
	json_key(out, "version");
	json_add_int(out, v->number);
	member(out, "classes", v->classes);
	member(out, "change", strbuf_str(&p->change));
	member(out, "page", strbuf_str(&p->page));
	member(out, "text", strbuf_str(&p->text));
	member(out, "html", strbuf_str(&p->html));
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

void
message_add(struct strbuf *out, const struct message_parts *p,
	const struct item *item, const struct tell_options *options)
{
	switch (options->format) {
	case TELL_TEXT:
		strbuf_adds(out, strbuf_str(&p->text));
		break;
	case TELL_HTML:
		strbuf_adds(out, strbuf_str(&p->html));
		break;
	case TELL_JSON:
		add_json(out, p, item);
		break;
	case TELL_MAIL:
		add_mail(out, p, item, options);
		break;
	}
}
