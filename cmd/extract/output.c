#include "cmd/extract/output.h"

#include "common/base/msg.h"

void
output_line(struct strbuf *line, struct article *a)
{
	article_write(line, a);
	if (!strbuf_overflowed(line))
		return;
	strbuf_reset(line);
	a->event = EVENT_FAILED;
	a->reason = STR("too-large");
	a->blocks_count = 0;
	a->summary = STR("");
	article_write(line, a);
}

bool
output_failure(const struct article *a)
{
	if (a->event != EVENT_FAILED && a->event != EVENT_BLOCKED)
		return false;
	msg_warn("no article at '%.*s': %.*s", STR_ARGS(a->url),
		STR_ARGS(a->reason));
	return true;
}

void
tally_count(struct tally *t, bool failed)
{
	t->read++;
	t->failed += failed;
	msg_progress("%zu read, %zu without an article", t->read, t->failed);
}
