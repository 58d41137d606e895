#include "common/warc/warcdigest.h"

#include "common/base/digest.h"
#include "common/web/httpmsg.h"

enum { DECODED_BYTES = 64 << 20, TEXT_BYTES = 128 };

static const struct {
	struct str name;
	enum digest_kind kind;
	size_t hex_len; /* base32 is shorter */
} algorithms[] = {
	{ STR_INIT("sha1"), DIGEST_SHA1, 40 },
	{ STR_INIT("sha-1"), DIGEST_SHA1, 40 },
	{ STR_INIT("sha256"), DIGEST_SHA256, 64 },
	{ STR_INIT("sha-256"), DIGEST_SHA256, 64 },
	{ STR_INIT("md5"), DIGEST_MD5, 32 },
};

/* A digest as it is said: how to make one that can be compared. */
struct claim {
	enum digest_kind kind;
	bool hex;
	struct str text; /* without "=" at its end */
};

/* False: none, or one of an algorithm that is not known. */
static bool
read_claim(struct claim *out, struct str value)
{
	struct str name;

	if (!str_cut(&name, &value, ':'))
		return false;
	value = str_trim(value);
	while (str_ends(value, STR("=")))
		value.len--;
	out->text = value;
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++)
		if (str_eq_nocase(str_trim(name), algorithms[i].name)) {
			out->kind = algorithms[i].kind;
			out->hex = value.len >= algorithms[i].hex_len;
			return value.len > 0;
		}
	return false;
}

static bool
is_of(const struct claim *claim, struct str bytes)
{
	unsigned char sum[DIGEST_MAX_BYTES];
	struct digest *d = digest_new(claim->kind);
	struct strbuf text;
	size_t len;
	bool same;

	digest_add(d, bytes.ptr, bytes.len);
	len = digest_end(d, sum);
	digest_free(d);
	strbuf_init(&text, TEXT_BYTES);
	if (claim->hex)
		digest_hex(&text, sum, len);
	else
		digest_base32(&text, sum, len);
	same = str_eq_nocase(strbuf_str(&text), claim->text);
	strbuf_release(&text);
	return same;
}

/* The payload of an HTTP response in each of the shapes that are met. */
static bool
is_of_payload(const struct claim *claim, struct str block)
{
	struct httpmsg m;
	struct strbuf storage;
	struct str body;
	bool same;

	if (is_of(claim, block))
		return true;
	if (httpmsg_parse(&m, block, NULL) < 0)
		return false;
	if (is_of(claim, m.body))
		return true;
	strbuf_init(&storage, DECODED_BYTES);
	httpmsg_entity(&body, &m, &storage, DECODED_BYTES, NULL);
	same = is_of(claim, body);
	if (!same && httpmsg_body(&body, &m, &storage, DECODED_BYTES, NULL) ==
			HTTPMSG_WHOLE)
		same = is_of(claim, body);
	strbuf_release(&storage);
	return same;
}

int
warcdigest_check(const struct warc_record *r, struct err *err)
{
	struct str block = warc_get(r, STR("WARC-Block-Digest"));
	struct str payload = warc_get(r, STR("WARC-Payload-Digest"));
	struct claim claim;

	if ((r->type != WARC_RESPONSE && r->type != WARC_RESOURCE &&
		r->type != WARC_CONVERSION) ||
		warc_get(r, STR("WARC-Truncated")).len > 0)
		return 0;
	if (read_claim(&claim, block) && !is_of(&claim, r->block))
		return err_set(err, "its block is not the one of its "
			"WARC-Block-Digest");
	if (read_claim(&claim, payload) && !is_of_payload(&claim, r->block))
		return err_set(err, "its payload is not the one of its "
			"WARC-Payload-Digest");
	return 0;
}
