/* Hashes, whose values are stored, and the tables made of them. */
#include "common/base/hash.h"

#include <stdio.h>

#include "tests/unit/test.h"

enum { MANY = 5000 };

static void
test_values(void)
{
	/* of the definition of FNV-1a */
	TEST(hash_str(STR("")) == 0x811c9dc5u &&
			hash_str(STR("a")) == 0xe40c292cu &&
			hash_str(STR("foobar")) == 0xbf9cf968u,
		"32 bits");
	TEST(hash_str64(STR("")) == 0xcbf29ce484222325u &&
			hash_str64(STR("a")) == 0xaf63dc4c8601ec8cu &&
			hash_str64(STR("foobar")) == 0x85944171f73967e8u,
		"64 bits");
	TEST(hash_add(hash_str(STR("foo")), STR("bar")) ==
			hash_str(STR("foobar")) &&
			hash_add64(hash_str64(STR("foo")), STR("bar")) ==
				hash_str64(STR("foobar")),
		"piece by piece");
	TEST(hash_str(STR("\xff")) == hash_more(HASH_START, 0xff) &&
			hash_more(HASH_START, 0x4e2d) != hash_more(HASH_START,
				0x2d),
		"bytes are unsigned, characters count as a whole");
}

static void
test_set(void)
{
	struct hash_set set = { .slots = NULL };
	size_t wrong = 0;

	TEST(!hash_set_has(&set, 7) && !hash_set_has(&set, 0), "it is empty");
	for (uint64_t n = 0; n < MANY; n++)
		wrong += !hash_set_add(&set, n * 4096) ||
			hash_set_add(&set, n * 4096);
	for (uint64_t n = 0; n < MANY; n++)
		wrong += !hash_set_has(&set, n * 4096) ||
			hash_set_has(&set, n * 4096 + 1);
	TEST(wrong == 0, "numbers are in once, 0 too: %zu wrong", wrong);
	TEST(set.count * 2 <= set.cap, "half of the slots are free");
	hash_set_reset(&set);
	for (uint64_t n = 0; n < MANY; n++)
		wrong += hash_set_has(&set, n * 4096);
	TEST(wrong == 0 && hash_set_add(&set, 0), "a reset takes all out");
	hash_set_release(&set);
	TEST(!hash_set_has(&set, 0) && set.cap == 0, "a release too");
}

static void
test_map(void)
{
	static char keys[MANY][8];
	struct hash_map m = { .keys = NULL };
	size_t wrong = 0;

	TEST(!hash_map_get(&m, STR("x")), "it is empty");
	for (size_t i = 0; i < MANY; i++) {
		snprintf(keys[i], sizeof(keys[i]), "k%zu", i);
		hash_map_add(&m, str_from(keys[i]), keys[i]);
	}
	for (size_t i = 0; i < MANY; i++)
		wrong += hash_map_get(&m, str_from(keys[i])) != keys[i] ||
			m.values[i] != keys[i];
	TEST(wrong == 0 && m.count == MANY, "keys lead to their values");
	TEST(!hash_map_get(&m, STR("k5000")) && !hash_map_get(&m, STR("")),
		"others to none");
	hash_map_release(&m);
	TEST(!hash_map_get(&m, STR("k1")), "a release drops all");
}

int
main(void)
{
	test_values();
	test_set();
	test_map();
	return test_done();
}
