#include "cmd/due/output.h"

#include "common/base/fdwrite.h"

enum { OUTPUT_BYTES = 64 * 1024, OUTPUT_MAX_BYTES = 1 << 20 };

void
output_init(struct output *o, int fd)
{
	o->fd = fd;
	strbuf_init(&o->bytes, OUTPUT_MAX_BYTES);
}

void
output_release(struct output *o)
{
	strbuf_release(&o->bytes);
}

int
output_add(struct output *o, struct str line, struct err *err)
{
	strbuf_adds(&o->bytes, line);
	return o->bytes.len < OUTPUT_BYTES ? 0 : output_flush(o, err);
}

int
output_flush(struct output *o, struct err *err)
{
	int result = fdwrite_all(o->fd, strbuf_str(&o->bytes), err);

	strbuf_reset(&o->bytes);
	return result;
}
