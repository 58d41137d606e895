#include "tests/unit/test.h"

#include "common/base/strbuf.h"
#include "common/text/csv.h"

static void
test_csv(void)
{
	struct strbuf out;
	struct csv row;

	strbuf_init(&out, 1 << 16);
	csv_head(&out, ',', STR("a,b"));
	row = csv_begin(&out, ',');
	csv_text(&row, STR("plain"));
	csv_text(&row, STR("say \"so\", twice\nhere"));
	csv_text(&row, STR(""));
	csv_int(&row, -7);
	csv_time(&row, 0);
	csv_end(&row);
	TEST(str_eq(strbuf_str(&out), STR("a,b\r\nplain,\"say \"\"so\"\", twice\n"
		"here\",,-7,1970-01-01T00:00:00Z\r\n")),
		"cells are quoted where they must be");
	strbuf_release(&out);
}

static void
test_tsv(void)
{
	struct strbuf out;
	struct csv row;

	strbuf_init(&out, 1 << 16);
	row = csv_begin(&out, '\t');
	csv_text(&row, STR("\"a\",b"));
	csv_text(&row, STR("c\td\r\ne"));
	csv_end(&row);
	TEST(str_eq(strbuf_str(&out), STR("\"a\",b\tc d  e\n")),
		"tabs and newlines become spaces");
	strbuf_release(&out);
}

int
main(void)
{
	test_csv();
	test_tsv();
	return test_done();
}
