#include "common/web/brotli.h"

#include <stdint.h>
#include <stdlib.h>

#include <brotli/decode.h>

enum { ROOM_BYTES = 64 << 10 };

int
brotli_inflate(struct strbuf *out, struct str s, size_t max_bytes,
	struct err *err)
{
	BrotliDecoderState *state =
		BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
	const uint8_t *in = (const uint8_t *)s.ptr;
	size_t in_len = s.len, before = out->len;

	if (!state)
		abort();
	while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
		size_t left = max_bytes - (out->len - before);
		size_t len = left < ROOM_BYTES ? left : ROOM_BYTES, room = len;
		char *to = len ? strbuf_room(out, len) : NULL;
		uint8_t *next = (uint8_t *)to;

		if (!to)
			break;
		result = BrotliDecoderDecompressStream(
			state, &in_len, &in, &room, &next, NULL);
		strbuf_grew(out, len - room);
	}
	BrotliDecoderDestroyInstance(state);
	if (result == BROTLI_DECODER_RESULT_SUCCESS)
		return 0;
	if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
		return err_set(err, "it is over %zu bytes", max_bytes);
	return err_set(err, "the br stream is damaged or cut");
}
