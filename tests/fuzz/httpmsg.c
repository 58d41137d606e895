/*
 * The HTTP message: any bytes. What is stored of a head is a head again, and
 * storing that changes nothing.
 */
#include "common/web/httpmsg.h"
#include "tests/fuzz/fuzz.h"

enum { BODY_MAX = 64 << 10 };

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str input = { (const char *)bytes, len }, body;
	struct strbuf storage, head, again;
	struct httpmsg m;
	struct err err = { "" };
	int got;

	strbuf_init(&storage, BODY_MAX);
	strbuf_init(&head, SIZE_MAX / 4);
	strbuf_init(&again, SIZE_MAX / 4);
	if (httpmsg_parse(&m, input, &err) == 0) {
		FUZZ_CHECK(m.head.ptr + m.head.len == m.body.ptr ||
			m.body.len == 0);
		got = httpmsg_body(&body, &m, &storage, BODY_MAX, &err);
		FUZZ_SAY("%d %zu %d\n", m.status, m.body.len, got);
		if (got >= 0) {
			FUZZ_CHECK(body.len <= BODY_MAX);
			FUZZ_SAY("%.*s\n", STR_ARGS(body));
		}
		httpmsg_store_head(&head, m.head, m.body.len);
		FUZZ_CHECK(str_ends(strbuf_str(&head), STR("\r\n\r\n")));
		FUZZ_CHECK(httpmsg_parse(&m, strbuf_str(&head), NULL) == 0);
		FUZZ_CHECK(m.head.len == head.len);
		httpmsg_store_head(&again, strbuf_str(&head), m.body.len);
	}
	FUZZ_SAY("%s\n%.*s\n%.*s\n", err.text, STR_ARGS(strbuf_str(&head)),
		STR_ARGS(strbuf_str(&again)));
	strbuf_release(&storage);
	strbuf_release(&head);
	strbuf_release(&again);
	return 0;
}
