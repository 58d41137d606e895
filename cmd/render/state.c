#include "cmd/render/state.h"

#include "common/base/digest.h"
#include "common/page/style.h"
#include "common/web/json.h"

static const char file_name[] = ".stet.json";

enum { STATE_BYTES = 64 << 10 };

void
state_init(struct state *s)
{
	s->seq = 0;
	strbuf_init(&s->commit, STATE_BYTES);
	strbuf_init(&s->settings, STATE_BYTES);
}

void
state_release(struct state *s)
{
	strbuf_release(&s->commit);
	strbuf_release(&s->settings);
}

int
state_read(struct state *out, struct site *site, struct err *err)
{
	struct strbuf bytes;
	struct json *doc;
	int got;

	strbuf_init(&bytes, STATE_BYTES);
	got = site_read(site, file_name, &bytes, err);
	doc = got > 0 ? json_read(strbuf_str(&bytes), JSON_STRICT, NULL) : NULL;
	if (doc) {
		out->seq = json_int(json_member(doc, "seq"));
		strbuf_adds(&out->commit,
			json_text(json_member(doc, "commit")));
		strbuf_adds(&out->settings,
			json_text(json_member(doc, "settings")));
	}
	json_free(doc);
	strbuf_release(&bytes);
	return got;
}

static void
add_part(struct digest *d, struct str part)
{
	unsigned char sum[DIGEST_SHA256_BYTES];

	/* Digests of a fixed length, so that parts cannot run together. */
	digest_sha256(sum, part);
	digest_add(d, sum, sizeof(sum));
}

void
state_settings(struct state *out, const struct work *w,
	const struct render_options *options)
{
	unsigned char sum[DIGEST_MAX_BYTES];
	struct digest *d = digest_new(DIGEST_SHA256);
	char flags[] = { options->sitemap ? '1' : '0',
		options->pagefind ? '1' : '0', options->cards ? '1' : '0',
		'z' };

	add_part(d, str_from(STET_VERSION));
	add_part(d, style_sheet());
	add_part(d, options->css);
	add_part(d, w->options.base_url);
	add_part(d, w->options.title);
	add_part(d, w->options.web);
	/* Options that came later say nothing where they are not given: a
	 * site of an earlier stet need not be made anew. */
	add_part(d, (struct str){ flags, options->gzip ? 4 : 3 });
	add_part(d, (struct str){ (const char *)w->hidden.ids,
		w->hidden.count * sizeof(*w->hidden.ids) });
	digest_hex(&out->settings, sum, digest_end(d, sum));
	digest_free(d);
}

/* The commit at a place of the history, in hexadecimal; "" without. */
static void
commit_at(struct strbuf *out, struct work *w, int64_t seq)
{
	struct index_cursor *cursor;
	struct index_version v;
	char hex[GITOID_HEX_BYTES];

	if (index_history(&cursor, w->index, seq, seq, NULL) < 0)
		return;
	if (index_next_version(&v, cursor, NULL) > 0)
		strbuf_adds(out, str_from(gitoid_hex(hex, &v.commit)));
	index_cursor_free(cursor);
}

void
state_set(struct state *out, struct work *w, int64_t seq)
{
	out->seq = seq;
	strbuf_reset(&out->commit);
	commit_at(&out->commit, w, seq);
}

bool
state_continues(const struct state *old, const struct state *now,
	struct work *w)
{
	struct strbuf commit;
	bool same;

	strbuf_init(&commit, STATE_BYTES);
	commit_at(&commit, w, old->seq);
	same = old->seq > 0 && commit.len > 0 &&
		str_eq(strbuf_str(&commit), strbuf_str(&old->commit)) &&
		str_eq(strbuf_str(&old->settings), strbuf_str(&now->settings));
	strbuf_release(&commit);
	return same;
}

int
state_write(const struct state *s, struct work *w, struct err *err)
{
	struct strbuf *out = &w->page;

	strbuf_reset(out);
	json_open(out, '{');
	json_key(out, "v");
	json_add_int(out, 1);
	json_key(out, "seq");
	json_add_int(out, s->seq);
	json_key(out, "commit");
	json_add_str(out, strbuf_str(&s->commit));
	json_key(out, "settings");
	json_add_str(out, strbuf_str(&s->settings));
	json_close(out, '}');
	strbuf_addc(out, '\n');
	return work_write(w, file_name, err);
}
