/* Tests of common/text/charset: labels, prescan, decision, decoders, guesses. */
#include "common/text/charset.h"
#include "common/text/charsettables.h"

#include "common/base/digest.h"
#include "common/base/sandbox.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "tests/unit/test.h"

static const struct {
	const char *label, *name;
} labels[] = {
	{ "utf8", "UTF-8" },
	{ " UTF-8\t", "UTF-8" },
	{ "Latin1", "windows-1252" },
	{ "iso-8859-1", "windows-1252" },
	{ "us-ascii", "windows-1252" },
	{ "iso-8859-9", "windows-1254" },
	{ "gb2312", "GBK" },
	{ "GB_2312-80", "GBK" },
	{ "gb18030", "gb18030" },
	{ "x-sjis", "Shift_JIS" },
	{ "windows-31j", "Shift_JIS" },
	{ "ks_c_5601-1987", "EUC-KR" },
	{ "euc-kr", "EUC-KR" },
	{ "big5-hkscs", "Big5" },
	{ "cp1251", "windows-1251" },
	{ "koi8-ru", "KOI8-U" },
	{ "koi", "KOI8-R" },
	{ "mac", "macintosh" },
	{ "tis-620", "windows-874" },
	{ "logical", "ISO-8859-8-I" },
	{ "visual", "ISO-8859-8" },
	{ "utf-16", "UTF-16LE" },
	{ "unicodefffe", "UTF-16BE" },
	{ "hz-gb-2312", "replacement" },
	{ "x-user-defined", "x-user-defined" },
	{ "csiso2022jp", "ISO-2022-JP" },
	{ "cseucpkdfmtjapanese", "EUC-JP" },
	{ "x-mac-ukrainian", "x-mac-cyrillic" },
	{ "utf-7", "" },
	{ "", "" },
	{ "utf-8 latin1", "" },
	{ "l", "" },
	{ "unknown-8bit-of-great-length-indeed", "" },
};

static void
test_labels(void)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		struct str got = charset_name(
			charset_label(str_from(labels[i].label)));

		TEST(str_eq(got, str_from(labels[i].name)),
			"label '%s' is '%.*s'", labels[i].label,
			STR_ARGS(got));
	}
}

/*
 * The 28 single-byte indexes, name and characters, have the digest of what a
 * browser's TextDecoder gives for the bytes 0x80 to 0xFF of each.
 */
static void
test_tables(void)
{
	static const enum encoding order[] = { ENCODING_IBM866,
		ENCODING_ISO_8859_2, ENCODING_ISO_8859_3, ENCODING_ISO_8859_4,
		ENCODING_ISO_8859_5, ENCODING_ISO_8859_6, ENCODING_ISO_8859_7,
		ENCODING_ISO_8859_8, ENCODING_ISO_8859_8_I,
		ENCODING_ISO_8859_10, ENCODING_ISO_8859_13,
		ENCODING_ISO_8859_14, ENCODING_ISO_8859_15,
		ENCODING_ISO_8859_16, ENCODING_KOI8_R, ENCODING_KOI8_U,
		ENCODING_MACINTOSH, ENCODING_WINDOWS_874,
		ENCODING_WINDOWS_1250, ENCODING_WINDOWS_1251,
		ENCODING_WINDOWS_1252, ENCODING_WINDOWS_1253,
		ENCODING_WINDOWS_1254, ENCODING_WINDOWS_1255,
		ENCODING_WINDOWS_1256, ENCODING_WINDOWS_1257,
		ENCODING_WINDOWS_1258, ENCODING_X_MAC_CYRILLIC };
	unsigned char sum[DIGEST_SHA1_BYTES];
	struct strbuf all, hex;

	strbuf_init(&all, 1 << 20);
	strbuf_init(&hex, 100);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		const uint16_t *t = charset_single_bytes(order[i]);

		strbuf_adds(&all, charset_name(order[i]));
		for (size_t c = 0; c < 128; c++) {
			strbuf_addc(&all, (char)(t[c] >> 8));
			strbuf_addc(&all, (char)(t[c] & 0xff));
		}
	}
	digest_sha1(sum, strbuf_str(&all));
	digest_hex(&hex, sum, sizeof(sum));
	TEST(str_eq(strbuf_str(&hex),
		STR("d95df5eaf0e70249c02dde84276b9fd7eb732212")),
		"all single-byte tables are a browser's: %s", hex.ptr);
	strbuf_release(&all);
	strbuf_release(&hex);
}

static const struct {
	const char *head, *name;
} heads[] = {
	{ "<meta charset=koi8-r>", "KOI8-R" },
	{ "<meta charset = 'koi8-r' />", "KOI8-R" },
	{ "<meta/charset=\"koi8-r\">", "KOI8-R" },
	{ "<META CHARSET=KOI8-R>", "KOI8-R" },
	{ "<meta http-equiv=Content-Type content='text/html; charset=big5'>",
		"Big5" },
	{ "<meta content='text/html; charset=big5' http-equiv=content-type>",
		"Big5" },
	{ "<meta content='text/html; charset=big5'>", "" },
	{ "<meta http-equiv=refresh content='0; charset=big5'>", "" },
	{ "<meta name=x charset=big5 content='charset=koi8-r'>", "Big5" },
	{ "<!-- <meta charset=big5> --><meta charset=koi8-r>", "KOI8-R" },
	{ "<!--><meta charset=koi8-r>", "KOI8-R" },
	{ "<!doctype html><html><head><meta charset=koi8-r>", "KOI8-R" },
	{ "<p title='<meta charset=big5>'><meta charset=koi8-r>", "KOI8-R" },
	{ "<?xml version='1.0'?><meta charset=koi8-r>", "KOI8-R" },
	{ "</p <meta charset=big5>><meta charset=koi8-r>", "KOI8-R" },
	{ "<meta charset=utf-16>", "UTF-8" },
	{ "<meta charset=x-user-defined>", "windows-1252" },
	{ "<meta charset=nonsense><meta charset=koi8-r>", "KOI8-R" },
	{ "<metadata charset=big5>", "" },
	{ "<meta charset", "" }, { "<meta charset=", "" }, { "<meta", "" },
	{ "<", "" }, { "<!--", "" }, { "</", "" }, { "", "" },
};

static void
test_prescan(void)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		TEST(str_eq(charset_name(charset_prescan(
			str_from(heads[i].head))), str_from(heads[i].name)),
			"prescan of %s", heads[i].head);
	TEST(str_eq(charset_parameter(STR("text/html; Charset = \"a b\"; x")),
		STR("a b")), "a quoted parameter");
	TEST(charset_parameter(STR("text/html; charset=\"x")).len == 0,
		"an unclosed quote gives none");
	TEST(charset_parameter(STR("text/charset")).len == 0, "no parameter");
}

/* One decision: what goes in, what has to come out. */
struct decision {
	const char *what;
	struct str body;
	const char *header;
	const char *name;
	const char *text;
	size_t replacements;
};

#define B(s) STR_INIT(s)
static const struct decision decisions[] = {
	{ "a UTF-8 mark beats the header", B("\xef\xbb\xbfgr\xc3\xbc\xc3\x9f"),
		"text/html; charset=koi8-r", "UTF-8", "gr\u00fc\u00df", 0 },
	{ "a UTF-16BE mark", B("\xfe\xff\0h\0\xe9"), "", "UTF-16BE", "h\u00e9",
		0 },
	{ "a UTF-16LE mark and a surrogate pair",
		B("\xff\xfeh\0\x3d\xd8\x00\xde"), "", "UTF-16LE", "h\U0001f600",
		0 },
	{ "a lone surrogate and an odd byte", B("\xff\xfe\x3d\xd8h\0x"), "",
		"UTF-16LE", "\ufffdh\ufffd", 2 },
	{ "UTF-16LE without a mark", B("<\0p\0>\0h\0\xe9\0l\0l\0o\0.\0"), "",
		"UTF-16LE", "<p>h\u00e9llo.", 0 },
	{ "UTF-16BE without a mark under a wrong label",
		B("\0<\0p\0>\0h\0\xe9\0l\0l\0o\0."), "text/html;charset=utf-8",
		"UTF-16BE", "<p>h\u00e9llo.", 0 },
	{ "the header beats the meta element",
		B("<meta charset=koi8-r>\xe9\xe9"), "text/html; charset=latin1",
		"windows-1252", "<meta charset=koi8-r>\u00e9\u00e9", 0 },
	{ "an unknown label in the header does not count",
		B("<meta charset=windows-1251>\xe9"), "text/html; charset=foo",
		"windows-1251", "<meta charset=windows-1251>\u0439", 0 },
	{ "windows-1252 has a character for each byte",
		B("\x80\x81\x8d\x90\x9d\xff"), "text/html; charset=iso-8859-1",
		"windows-1252", "\u20ac\xc2\x81\xc2\x8d\xc2\x90\xc2\x9d\u00ff",
		0 },
	{ "UTF-8 under a Latin label is UTF-8", B("caf\xc3\xa9"),
		"text/html; charset=iso-8859-1", "UTF-8", "caf\u00e9", 0 },
	{ "ASCII with nothing declared", B("plain"), "", "UTF-8", "plain", 0 },
	{ "nothing declared, one Latin letter", B("caf\xe9"), "",
		"windows-1252", "caf\u00e9", 0 },
	{ "nothing declared, a Czech page", B("<html lang=\"cs\">\xec\x9a"), "",
		"windows-1250", "<html lang=\"cs\">\u011b\u0161", 0 },
	{ "nothing declared, a Polish sentence in ISO-8859-2",
		B("Zarz\xb1""d portu og\xb3osi\xb3 we wtorek, \xbf""e nowy prom "
		"ruszy dopiero wiosn\xb1, a bilety b\xea""d\xb1 dro\xbfsze."), "",
		"ISO-8859-2", "Zarz\u0105d portu og\u0142osi\u0142 we wtorek, "
		"\u017c""e nowy prom ruszy dopiero wiosn\u0105, a bilety "
		"b\u0119d\u0105 dro\u017csze.", 0 },
	{ "nothing declared, ISO-2022-JP",
		B("<p>\x1b$B?7$7$$66$OMhG/$K3+DL$9$k\x1b(B</p>"), "",
		"ISO-2022-JP", "<p>\u65b0\u3057\u3044\u6a4b\u306f\u6765\u5e74"
		"\u306b\u958b\u901a\u3059\u308b</p>", 0 },
	{ "declared UTF-8 but Latin", B("<meta charset=utf-8>na\xefve"), "",
		"windows-1252", "<meta charset=utf-8>na\u00efve", 0 },
	{ "UTF-8 with a broken character stays UTF-8",
		B("<meta charset=utf-8>\xc3\xa9\xc3\xa9\xc3\xa9\xff!"), "",
		"UTF-8", "<meta charset=utf-8>\u00e9\u00e9\u00e9\ufffd!", 1 },
	{ "gb2312 means GBK with the euro", B("\xd6\xd0\x80\xce\xc4"),
		"text/html; charset=gb2312", "GBK", "\u4e2d\u20ac\u6587", 0 },
	{ "a bad trail byte of Shift_JIS leaves the tag alone",
		B("\x82<b>\x82\xa0"), "text/html; charset=shift_jis",
		"Shift_JIS", "\ufffd<b>\u3042", 1 },
	{ "euc-kr means windows-949", B("\x8c\x63\xb0\xa1"),
		"text/html; charset=euc-kr", "EUC-KR", "\ub620\uac00", 0 },
	{ "ISO-2022-JP", B("\x1b$B$\"\x1b(B!"),
		"text/html; charset=iso-2022-jp", "ISO-2022-JP", "\u3042!", 0 },
	{ "the replacement encoding hides everything", B("<b>"),
		"text/html; charset=hz-gb-2312", "replacement", "\ufffd", 1 },
	{ "a NUL is a character like others", B("a\0\xc3\xa9"), "", "UTF-8",
		"a", 0 },
	{ "empty", B(""), "", "UTF-8", "", 0 },
};

static void
test_decisions(void)
{
	struct strbuf storage;

	strbuf_init(&storage, CHARSET_TEXT_BYTES);
	for (size_t i = 0; i < sizeof(decisions) / sizeof(*decisions); i++) {
		const struct decision *d = &decisions[i];
		struct charset c;
		struct str got = charset_decode(&c, &storage, d->body,
			str_from(d->header));

		TEST(str_eq(charset_name(c.encoding), str_from(d->name)) &&
			str_starts(got, str_from(d->text)) && utf8_valid(got) &&
			c.replacements == d->replacements, "%s", d->what);
	}
	strbuf_release(&storage);
}

/* Text of our own in each legacy encoding, mislabelled or unlabelled. */
static const struct {
	enum encoding encoding;
	const char *bytes, *text;
} samples[] = {
	{ ENCODING_GBK,
		"\xca\xd0\xd5\xfe\xb8\xae\xd6\xdc\xb6\xfe\xd0\xfb\xb2\xbc"
		"\xa3\xac\xd0\xc2\xb5\xc4\xc7\xc5\xc1\xba\xbd\xab\xd4\xda"
		"\xc3\xf7\xc4\xea\xcd\xea\xb9\xa4\xa1\xa3\xbe\xd3\xc3\xf1"
		"\xc3\xc7\xb6\xd4\xb4\xcb\xb1\xed\xca\xbe\xbb\xb6\xd3\xad"
		"\xa1\xa3",
		"\u5e02\u653f\u5e9c\u5468\u4e8c\u5ba3\u5e03\uff0c\u65b0"
		"\u7684\u6865\u6881\u5c06\u5728\u660e\u5e74\u5b8c\u5de5"
		"\u3002\u5c45\u6c11\u4eec\u5bf9\u6b64\u8868\u793a\u6b22"
		"\u8fce\u3002" },
	{ ENCODING_BIG5,
		"\xa5\xab\xac""F\xa9\xb2\xb6g\xa4G\xab\xc5\xa5\xac\xa1""A"
		"\xb7s\xaa\xba\xbe\xf4\xbc\xd9\xb1N\xa6""b\xa9\xfa\xa6~\xa7"
		"\xb9\xa4u\xa1""C\xa9~\xa5\xc1\xad\xcc\xb9\xef\xa6\xb9\xaa"
		"\xed\xa5\xdc\xc5w\xaa\xef\xa1""C",
		"\u5e02\u653f\u5e9c\u9031\u4e8c\u5ba3\u5e03\uff0c\u65b0"
		"\u7684\u6a4b\u6a11\u5c07\u5728\u660e\u5e74\u5b8c\u5de5"
		"\u3002\u5c45\u6c11\u5011\u5c0d\u6b64\u8868\u793a\u6b61"
		"\u8fce\u3002" },
	{ ENCODING_SHIFT_JIS,
		"\x8es\x82\xcd\x89\xce\x97j\x93\xfa\x81""A\x90V\x82\xb5\x82"
		"\xa2\x8b\xb4\x82\xaa\x97\x88\x94N\x8a\xae\x90\xac\x82\xb7"
		"\x82\xe9\x82\xc6\x94\xad\x95\x5c\x82\xb5\x82\xbd\x81""B\x8f"
		"Z\x96\xaf\x82\xcd\x8a\xec\x82\xf1\x82\xc5\x82\xa2\x82\xe9"
		"\x81""B",
		"\u5e02\u306f\u706b\u66dc\u65e5\u3001\u65b0\u3057\u3044"
		"\u6a4b\u304c\u6765\u5e74\u5b8c\u6210\u3059\u308b\u3068"
		"\u767a\u8868\u3057\u305f\u3002\u4f4f\u6c11\u306f\u559c"
		"\u3093\u3067\u3044\u308b\u3002" },
	{ ENCODING_EUC_JP,
		"\xbb\xd4\xa4\xcf\xb2\xd0\xcd\xcb\xc6\xfc\xa1\xa2\xbf\xb7"
		"\xa4\xb7\xa4\xa4\xb6\xb6\xa4\xac\xcd\xe8\xc7\xaf\xb4\xb0"
		"\xc0\xae\xa4\xb9\xa4\xeb\xa4\xc8\xc8\xaf\xc9\xbd\xa4\xb7"
		"\xa4\xbf\xa1\xa3\xbd\xbb\xcc\xb1\xa4\xcf\xb4\xee\xa4\xf3"
		"\xa4\xc7\xa4\xa4\xa4\xeb\xa1\xa3",
		"\u5e02\u306f\u706b\u66dc\u65e5\u3001\u65b0\u3057\u3044"
		"\u6a4b\u304c\u6765\u5e74\u5b8c\u6210\u3059\u308b\u3068"
		"\u767a\u8868\u3057\u305f\u3002\u4f4f\u6c11\u306f\u559c"
		"\u3093\u3067\u3044\u308b\u3002" },
	{ ENCODING_EUC_KR,
		"\xbd\xc3\xb4\xc2 \xc8\xad\xbf\xe4\xc0\xcf \xbb\xf5 \xb4\xd9"
		"\xb8\xae\xb0\xa1 \xb3\xbb\xb3\xe2\xbf\xa1 \xbf\xcf\xb0\xf8"
		"\xb5\xc8\xb4\xd9\xb0\xed \xb9\xdf\xc7\xa5\xc7\xdf\xb4\xd9. "
		"\xc1\xd6\xb9\xce\xb5\xe9\xc0\xba \xc8\xaf\xbf\xb5\xc7\xdf"
		"\xb4\xd9.",
		"\uc2dc\ub294 \ud654\uc694\uc77c \uc0c8 \ub2e4\ub9ac\uac00 "
		"\ub0b4\ub144\uc5d0 \uc644\uacf5\ub41c\ub2e4\uace0 \ubc1c"
		"\ud45c\ud588\ub2e4. \uc8fc\ubbfc\ub4e4\uc740 \ud658\uc601"
		"\ud588\ub2e4." },
	{ ENCODING_WINDOWS_1251,
		"\xc3\xee\xf0\xee\xe4 \xf1\xee\xee\xe1\xf9\xe8\xeb \xe2\xee "
		"\xe2\xf2\xee\xf0\xed\xe8\xea, \xf7\xf2\xee \xed\xee\xe2\xfb"
		"\xe9 \xec\xee\xf1\xf2 \xee\xf2\xea\xf0\xee\xfe\xf2 \xeb\xe5"
		"\xf2\xee\xec.",
		"\u0413\u043e\u0440\u043e\u0434 \u0441\u043e\u043e\u0431"
		"\u0449\u0438\u043b \u0432\u043e \u0432\u0442\u043e\u0440"
		"\u043d\u0438\u043a, \u0447\u0442\u043e \u043d\u043e\u0432"
		"\u044b\u0439 \u043c\u043e\u0441\u0442 \u043e\u0442\u043a"
		"\u0440\u043e\u044e\u0442 \u043b\u0435\u0442\u043e\u043c." },
	{ ENCODING_KOI8_R,
		"\xe7\xcf\xd2\xcf\xc4 \xd3\xcf\xcf\xc2\xdd\xc9\xcc \xd7\xcf "
		"\xd7\xd4\xcf\xd2\xce\xc9\xcb, \xde\xd4\xcf \xce\xcf\xd7\xd9"
		"\xca \xcd\xcf\xd3\xd4 \xcf\xd4\xcb\xd2\xcf\xc0\xd4 \xcc\xc5"
		"\xd4\xcf\xcd.",
		"\u0413\u043e\u0440\u043e\u0434 \u0441\u043e\u043e\u0431"
		"\u0449\u0438\u043b \u0432\u043e \u0432\u0442\u043e\u0440"
		"\u043d\u0438\u043a, \u0447\u0442\u043e \u043d\u043e\u0432"
		"\u044b\u0439 \u043c\u043e\u0441\u0442 \u043e\u0442\u043a"
		"\u0440\u043e\u044e\u0442 \u043b\u0435\u0442\u043e\u043c." },
	{ ENCODING_WINDOWS_1253,
		"\xcf \xe4\xde\xec\xef\xf2 \xe1\xed\xe1\xea\xef\xdf\xed\xf9"
		"\xf3\xe5 \xf4\xe7\xed \xd4\xf1\xdf\xf4\xe7 \xfc\xf4\xe9 "
		"\xe7 \xed\xdd\xe1 \xe3\xdd\xf6\xf5\xf1\xe1 \xe1\xed\xef\xdf"
		"\xe3\xe5\xe9.",
		"\u039f \u03b4\u03ae\u03bc\u03bf\u03c2 \u03b1\u03bd\u03b1"
		"\u03ba\u03bf\u03af\u03bd\u03c9\u03c3\u03b5 \u03c4\u03b7"
		"\u03bd \u03a4\u03c1\u03af\u03c4\u03b7 \u03cc\u03c4\u03b9 "
		"\u03b7 \u03bd\u03ad\u03b1 \u03b3\u03ad\u03c6\u03c5\u03c1"
		"\u03b1 \u03b1\u03bd\u03bf\u03af\u03b3\u03b5\u03b9." },
};

/* Whether it is read right; several encodings may have the same letters. */
static bool
comes_back(struct str bytes, const char *header, struct str text)
{
	struct strbuf storage;
	struct charset c;
	struct str got;
	bool ok;

	strbuf_init(&storage, CHARSET_TEXT_BYTES);
	got = charset_decode(&c, &storage, bytes, str_from(header));
	ok = str_eq(got, text) && c.replacements == 0;
	strbuf_release(&storage);
	return ok;
}

static void
test_guesses(void)
{
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		enum encoding e = samples[i].encoding;
		struct str text = str_from(samples[i].text);
		struct str bytes = str_from(samples[i].bytes);
		struct str name = charset_name(e);

		TEST(comes_back(bytes, "", text),
			"unlabelled %.*s", STR_ARGS(name));
		TEST(comes_back(bytes,
			"text/html; charset=iso-8859-1", text),
			"%.*s labelled iso-8859-1", STR_ARGS(name));
		TEST(comes_back(bytes,
			"text/html; charset=utf-8", text),
			"%.*s labelled utf-8", STR_ARGS(name));
	}
	TEST(charset_guess_script(STR("Gr\xfc\xdf""e, caf\xe9, na\xefve, \xe0 la "
		"carte, se\xf1or, S\xe3o Paulo, cr\xe8me br\xfbl\xe9""e, d\xe9j"
		"\xe0 vu, \xfc""ber, stra\xdf""e, ma\xf1""ana, f\xea""te, "
		"\xe9t\xe9, h\xf4tel, \xe9l\xe8ve, pi\xf1""ata, m\xfcsli, "
		"K\xf6ln")) == ENCODING_NONE, "Latin text is of no other script");
}

static void
test_bounds(void)
{
	struct strbuf storage;
	struct charset c;
	struct str big = { xmalloc(1 << 20), 1 << 20 };

	memset((char *)(uintptr_t)big.ptr, 0xe9, big.len);
	strbuf_init(&storage, 64 << 10);
	charset_decode(&c, &storage, big, STR("text/html; charset=latin1"));
	TEST(c.cut && storage.len <= 64 << 10,
		"text beyond the maximum is cut");
	strbuf_release(&storage);
	free((char *)(uintptr_t)big.ptr);
}

int
main(void)
{
	struct err err;

	charset_init();
	TEST(sandbox_stdio(&err) == 0, "the sandbox closes");
	test_labels();
	test_tables();
	test_prescan();
	test_decisions();
	test_guesses();
	test_bounds();
	return test_done();
}
