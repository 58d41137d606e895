#include "common/warc/warctally.h"

static bool
holds(struct str type, struct str what)
{
	return str_find_nocase(type, what) >= 0;
}

static uint64_t *
counter(struct warctally *t, const struct warc_record *r)
{
	switch (r->type) {
	case WARC_RESPONSE:
	case WARC_REVISIT:
	case WARC_RESOURCE:
		return &t->answers;
	case WARC_INFO:
	case WARC_REQUEST:
		return NULL;
	case WARC_METADATA:
		if (holds(r->content_type, STR("json")))
			return &t->wat;
		return warc_fields_get(r->block, STR("fetchStatus")).len > 0 ?
			&t->answers : NULL;
	case WARC_CONVERSION:
		return holds(r->content_type, STR("text/plain")) ? &t->wet :
			&t->answers;
	default:
		return &t->others;
	}
}

void
warctally_add(struct warctally *t, int got, const struct warc_record *r)
{
	uint64_t *count = got == WARC_SKIPPED ? &t->skipped : counter(t, r);

	t->records++;
	if (count)
		++*count;
}

bool
warctally_tell(struct err *out, const struct warctally *t)
{
	if (t->answers == 0 && t->wet > 0) {
		err_set(out, "it is a WET file: the text of pages without "
			"the pages; the WARC that it was made of holds them");
		return true;
	}
	if (t->answers == 0 && t->wat > 0) {
		err_set(out, "it is a WAT file: what was said of pages "
			"without the pages; the WARC that it was made of "
			"holds them");
		return true;
	}
	if (t->answers == 0 && t->others > 0) {
		err_set(out, "its %llu records are of types that hold no page",
			(unsigned long long)t->records);
		return true;
	}
	if (t->skipped == 0)
		return false;
	err_set(out, "%llu of %llu records were passed over",
		(unsigned long long)t->skipped,
		(unsigned long long)t->records);
	return true;
}
