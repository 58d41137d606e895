#include "cmd/search/output.h"

#include "common/article/message.h"
#include "common/base/isotime.h"

static void
add_time(struct strbuf *out, int64_t s)
{
	struct civil c = isotime_split(s);

	strbuf_addf(out, "%04lld-%02d-%02d %02d:%02d", (long long)c.year,
		c.month, c.day, c.hour, c.minute);
}

/* Text of the network on one line, without what steers a terminal; the
 * white space at its ends is kept as a space, for it parts words. */
static void
add_clean(struct strbuf *out, struct str text)
{
	struct str trimmed = str_trim(text);

	if (text.len > 0 && trimmed.ptr > text.ptr)
		strbuf_addc(out, ' ');
	message_clean(out, trimmed, SIZE_MAX / 2);
	if (trimmed.len > 0 && trimmed.ptr + trimmed.len < text.ptr + text.len)
		strbuf_addc(out, ' ');
}

static void
add_versions(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode)
{
	static const char *const verbs[] = { [SEARCH_TEXT] = "",
		[SEARCH_REMOVED] = "removed in ",
		[SEARCH_ADDED] = "added in " };

	strbuf_adds(out, str_from(verbs[mode]));
	if (mode != SEARCH_TEXT || hit->version == hit->last)
		strbuf_addf(out, "version %lld",
			(long long)hit->version->number);
	else
		strbuf_addf(out, "versions %lld to %lld",
			(long long)hit->version->number,
			(long long)hit->last->number);
	if (mode == SEARCH_TEXT && hit->newest)
		strbuf_adds(out, STR(", the newest"));
}

void
output_text(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode, bool color)
{
	add_time(out, hit->version->fetched_s);
	strbuf_adds(out, STR("  "));
	add_clean(out, hit->article->source);
	strbuf_adds(out, STR("  "));
	add_versions(out, hit, mode);
	strbuf_adds(out, STR(": "));
	add_clean(out, hit->version->title.len ? hit->version->title :
		hit->article->url);
	strbuf_adds(out, STR("\n    … "));
	add_clean(out, hit->before);
	strbuf_adds(out, color ? STR("\033[1m") : STR("*"));
	add_clean(out, hit->match);
	strbuf_adds(out, color ? STR("\033[0m") : STR("*"));
	add_clean(out, hit->after);
	strbuf_adds(out, STR(" …\n    "));
	add_clean(out, hit->article->url);
	strbuf_addc(out, '\n');
}
