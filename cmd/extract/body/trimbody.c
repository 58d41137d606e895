/* The steps of trimming in their order, each in a source of its own. */
#include "cmd/extract/body/ldbody.h"
#include "cmd/extract/body/trim.h"
#include "cmd/extract/body/trimbox.h"
#include "cmd/extract/body/trimend.h"
#include "cmd/extract/body/trimhead.h"

void
trim_body(struct trim *t)
{
	trim_drop_boilerplate(t);
	trim_drop_boxes(t);
	trim_drop_empty_headings(t);
	trim_compact(t);
	trim_drop_repeats(t);
	trim_head(t);
	if (t->ldbody)
		ldbody_judge(t->ldbody, t);
	trim_end(t);
}
