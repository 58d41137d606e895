/*
 * stet's own formats: a link, an article, a receipt, a document, a commit
 * message. What parses is written, parses again and is written the same.
 */
#include "common/article/article.h"
#include "common/article/document.h"
#include "common/article/link.h"
#include "common/article/message.h"
#include "common/article/receipt.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_BYTES = 64 << 20 };

static struct arena arena;
static struct err err;

static void
try_link(struct str s, struct strbuf *first, struct strbuf *second)
{
	struct link link;
	struct str line;

	if (str_find_byte(s, '\n') >= 0 ||
		link_parse(&link, s, &arena, &err) < 0)
		return;
	link_write(first, &link);
	line = str_sub(strbuf_str(first), 0, first->len - 1);
	FUZZ_CHECK(str_find_byte(line, '\n') < 0);
	FUZZ_CHECK(link_parse(&link, line, &arena, NULL) == 0);
	link_write(second, &link);
}

static void
try_article(struct str s, struct strbuf *first, struct strbuf *second)
{
	struct article article;

	if (article_parse(&article, s, &arena, &err) < 0)
		return;
	article_write(first, &article);
	FUZZ_CHECK(article_parse(&article, strbuf_str(first), &arena, NULL)
		== 0);
	article_write(second, &article);
}

static void
try_receipt(struct str s, struct strbuf *first, struct strbuf *second)
{
	struct receipt receipt;

	if (receipt_parse(&receipt, s, &arena, &err) < 0)
		return;
	receipt_write(first, &receipt);
	FUZZ_CHECK(receipt_parse(&receipt, strbuf_str(first), &arena, NULL)
		== 0);
	receipt_write(second, &receipt);
}

static void
try_document(struct str s, struct strbuf *first, struct strbuf *second)
{
	struct document document;

	if (document_parse(&document, s, &arena, &err) < 0)
		return;
	document_print(first, &document);
	FUZZ_CHECK(document_parse(&document, strbuf_str(first), &arena, NULL)
		== 0);
	document_print(second, &document);
}

static void
try_message(struct str s, struct strbuf *first, struct strbuf *second)
{
	struct message message;

	if (message_parse(&message, s, &arena, &err) < 0)
		return;
	message_print(first, &message);
	FUZZ_CHECK(message_parse(&message, strbuf_str(first), &arena, NULL)
		== 0);
	message_print(second, &message);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static void (*const tries[])(struct str, struct strbuf *,
		struct strbuf *) = { try_link, try_article, try_receipt,
		try_document, try_message };
	struct str input = { (const char *)bytes, len };
	struct strbuf first, second;

	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&first, ARENA_BYTES);
	strbuf_init(&second, ARENA_BYTES);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		strbuf_reset(&first);
		strbuf_reset(&second);
		err.text[0] = '\0';
		tries[i](input, &first, &second);
		FUZZ_SAY("%s\n%.*s\n", err.text, STR_ARGS(strbuf_str(&first)));
		FUZZ_CHECK(str_eq(strbuf_str(&first), strbuf_str(&second)));
	}
	strbuf_release(&first);
	strbuf_release(&second);
	arena_release(&arena);
	return 0;
}
