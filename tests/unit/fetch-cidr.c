#include "cmd/fetch/cidr.h"

#include "tests/unit/test.h"

static struct cidr_addr
addr(const char *text)
{
	struct cidr_addr a;

	if (cidr_addr_parse(&a, str_from(text)) < 0)
		a.bits = 0;
	return a;
}

static void
test_public(void)
{
	static const char *const yes[] = { "8.8.8.8", "1.1.1.1", "9.255.255.255",
		"11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
		"128.0.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
		"192.167.255.255", "192.169.0.0", "198.17.255.255",
		"198.20.0.0", "223.255.255.255", "2001:200::1", "2600::1",
		"2a00:1450:4001::1", "3fff:1000::1" };
	static const char *const no[] = { "0.0.0.0", "10.1.2.3", "100.64.0.1",
		"100.127.255.255", "127.0.0.1", "127.255.255.255",
		"169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
		"192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
		"198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
		"239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
		"::ffff:8.8.8.8", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::1",
		"100::1", "2001::1", "2001:1ff::1", "2001:db8::1", "2002::1",
		"3fff::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
		"ff02::1", "4000::1" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++) {
		struct cidr_addr a = addr(yes[i]);

		TEST(a.bits && cidr_is_public(&a), "%s is public", yes[i]);
	}
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++) {
		struct cidr_addr a = addr(no[i]);

		TEST(a.bits && !cidr_is_public(&a), "%s is not public", no[i]);
	}
}

static void
test_ranges(void)
{
	struct cidr_addr in = addr("10.31.255.255"), out = addr("10.32.0.0");
	struct cidr_addr mapped = addr("::ffff:10.16.0.1");
	char text[CIDR_TEXT_BYTES];
	struct cidr c;

	TEST(cidr_parse(&c, STR("10.16.0.0/12"), NULL) == 0 && c.prefix == 12,
		"a range is parsed");
	TEST(cidr_has(&c, &in), "the last address is in it");
	TEST(!cidr_has(&c, &out), "the next one is not");
	TEST(!cidr_has(&c, &mapped), "nor is a mapped one");
	TEST(cidr_parse(&c, STR("0.0.0.0/0"), NULL) == 0 && cidr_has(&c, &out),
		"a prefix of no bits holds all of its family");
	TEST(cidr_parse(&c, STR("::1"), NULL) == 0 && c.prefix == 128,
		"an address alone is a range of one");
	in = addr("2001:db8:0::a");
	TEST(str_eq(str_from(cidr_addr_text(text, &in)), STR("2001:db8::a")),
		"an address is written in its short form");
}

static void
test_refusals(void)
{
	static const char *const bad[] = { "", "/", "127.0.0.1/33", "::1/129",
		"127.0.0.1/", "127.0.0.1/-1", "127.1", "0x7f.0.0.1",
		"2130706433", "localhost", "[::1]", "1.2.3.4/8/9",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct err err = { "" };
		struct cidr c;

		TEST(cidr_parse(&c, str_from(bad[i]), &err) < 0 && err.text[0],
			"'%s' is no range", bad[i]);
	}
}

int
main(void)
{
	test_public();
	test_ranges();
	test_refusals();
	return test_done();
}
