#include "common/web/idna.h"

#include "common/web/punycode.h"
#include "tests/unit/test.h"

/* From RFC 3492, 7.1. */
static const struct {
	const char *text, *punycode;
} samples[] = {
	{ "ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn" },
	{ "他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye" },
	{ "Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a" },
	{ "なぜみんな日本語を話してくれないのか",
		"n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa" },
	{ "3年B組金八先生", "3B-ww4c5e180e575a65lsy2b" },
	{ "安室奈美恵-with-SUPER-MONKEYS",
		"-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n" },
	{ "MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e" },
	{ "そのスピードで", "d9juau41awczczp" },
};

static const char *const not_punycode[] = { "a!", "9", "99999999999",
	"-9", "\xc3\xbc-a" };

static void
test_punycode(void)
{
	struct strbuf out;

	strbuf_init(&out, 1 << 20);
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const char *text = samples[i].text;

		strbuf_reset(&out);
		TEST(punycode_encode(&out, str_from(text)) == 0 &&
			str_eq(strbuf_str(&out),
			str_from(samples[i].punycode)), "'%s' -> '%s'", text,
			out.ptr);
		strbuf_reset(&out);
		TEST(punycode_decode(&out, str_from(samples[i].punycode)) == 0
			&& str_eq(strbuf_str(&out), str_from(text)),
			"and back: '%s'", out.ptr);
	}
	for (size_t i = 0; i < sizeof(not_punycode) / sizeof(char *); i++)
		TEST(punycode_decode(&out, str_from(not_punycode[i])) < 0,
			"'%s' is none", not_punycode[i]);
	strbuf_release(&out);
}

/* Long names end early; the rest is in tests/fixtures/urls.jsonl. */
static void
test_limits(void)
{
	struct strbuf name, out;
	struct err err;

	strbuf_init(&name, 1 << 20);
	strbuf_init(&out, 1 << 20);
	for (size_t i = 0; i < IDNA_BYTES / 2; i++)
		strbuf_adds(&name, STR("ü"));
	TEST(idna_to_ascii(&out, strbuf_str(&name), &err) == 0 &&
		str_starts(strbuf_str(&out), STR("xn--tdaaaa")),
		"a label of %zu bytes", name.len);
	strbuf_addc(&name, 'a');
	TEST(idna_to_ascii(&out, strbuf_str(&name), &err) < 0,
		"one more: %s", err.text);
	strbuf_reset(&name);
	for (size_t i = 0; i < IDNA_BYTES; i++)
		strbuf_adds(&name, STR("Aa."));
	strbuf_reset(&out);
	TEST(idna_to_ascii(&out, strbuf_str(&name), &err) == 0 &&
		out.len == name.len && str_starts(strbuf_str(&out),
		STR("aa.aa.")), "plain ASCII has no such limit");
	strbuf_release(&name);
	strbuf_release(&out);
}

int
main(void)
{
	test_punycode();
	test_limits();
	return test_done();
}
