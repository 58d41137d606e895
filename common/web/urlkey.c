/*
 * One rule may uncover work for another: an escape hides a parameter's name,
 * a cache's URL the next cache's. So the rules are applied in rounds until a
 * round changes nothing, which makes the key of a key the key itself. A URL
 * that is not done after ROUNDS_MAX was made to be so, and stays as it was
 * parsed.
 */
#include "common/web/urlkey.h"

#include "common/base/ascii.h"
#include "common/web/psl.h"

enum { ROUNDS_MAX = 8 };

struct rules {
	const struct strlist *tracking; /* the user's own, or NULL */
	bool before;                    /* as they were before 0.2 */
};


/* ---- AMP ---- */

/*
 * The address that a URL of an AMP cache stands for: behind "/c/", "/v/" or
 * "/i/", with "s/" for https. Empty when it is none.
 */
static struct str
wrapped_by_cache(const struct url *url)
{
	struct str path = url->path;

	if (str_eq(url->host, STR("cdn.ampproject.org")) ||
		str_ends(url->host, STR(".cdn.ampproject.org"))) {
		if (!str_starts(path, STR("/c/")) &&
			!str_starts(path, STR("/v/")))
			return STR("");
		path = str_sub(path, 3, path.len);
	} else if (str_starts(url->host, STR("www.google.")) &&
		str_starts(path, STR("/amp/"))) {
		path = str_sub(path, 5, path.len);
	} else {
		return STR("");
	}
	if (str_starts(path, STR("s/")))
		path = str_sub(path, 2, path.len);
	return path;
}

/* Parses what a cache's URL stands for; false when that is no URL. */
static bool
unwrap(struct url *url, struct arena *arena)
{
	struct str inner = wrapped_by_cache(url);
	struct url parsed;
	struct strbuf full;
	bool ok;

	if (str_find_byte(str_sub(inner, 0, str_find_byte(inner, '/') < 0 ?
		inner.len : (size_t)str_find_byte(inner, '/')), '.') <= 0)
		return false;
	strbuf_init(&full, URL_INPUT_BYTES);
	strbuf_adds(&full, STR("https://"));
	strbuf_adds(&full, inner);
	if (url->has_query) {
		strbuf_addc(&full, '?');
		strbuf_adds(&full, url->query);
	}
	ok = !strbuf_overflowed(&full) && url_parse(&parsed,
		strbuf_str(&full), NULL, arena, NULL) == 0;
	if (ok)
		*url = parsed;
	strbuf_release(&full);
	return ok;
}

/* The path without the mark of its AMP form; "/amp" alone is a page. */
static struct str
without_amp(struct str path, const char **tail)
{
	static const struct str marks[] = { STR_INIT("/amp/"),
		STR_INIT("/amp"), STR_INIT(".amp"), STR_INIT(".amp.html") };
	static const char *const tails[] = { "/", "", "", ".html" };
	struct str rest = path;
	bool found = true;

	while (found) {
		found = false;
		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (str_ends(rest, marks[i]) &&
				rest.len > marks[i].len + 1 && !memchr("/.",
				rest.ptr[rest.len - marks[i].len - 1], 2)) {
				rest.len -= marks[i].len;
				*tail = tails[i];
				found = true;
				break;
			}
	}
	return rest;
}

static void
add_host(struct strbuf *out, struct str host)
{
	bool was_amp = false;

	if (host.len > 1 && str_ends(host, STR(".")) &&
		!str_ends(host, STR("..")))
		host.len--;
	while (str_starts(host, STR("amp.")) &&
		!str_eq(psl_registrable(host), host)) {
		host = str_sub(host, 4, host.len);
		was_amp = true;
	}
	if (was_amp && str_eq(psl_registrable(host), host))
		strbuf_adds(out, STR("www."));
	strbuf_adds(out, host);
}

static bool
is_amp_parameter(struct str name, struct str value)
{
	if (str_eq_nocase(name, STR("amp")))
		return value.len == 0 || str_eq(value, STR("1")) ||
			str_eq_nocase(value, STR("true")) ||
			str_eq_nocase(value, STR("yes"));
	return str_eq_nocase(value, STR("amp")) &&
		(str_eq_nocase(name, STR("outputType")) ||
		str_eq_nocase(name, STR("output")));
}

/* ---- parameters ---- */

static bool
matches(struct str pattern, struct str name)
{
	if (str_ends(pattern, STR("*")))
		return pattern.len > 1 && str_starts_nocase(name,
			str_sub(pattern, 0, pattern.len - 1));
	return pattern.len > 0 && str_eq_nocase(name, pattern);
}

static bool
matches_any(const struct strlist *patterns, struct str host, struct str name)
{
	for (size_t i = 0; patterns && i < patterns->count; i++) {
		struct str pattern = patterns->items[i], domain;

		if (str_find_byte(pattern, '/') >= 0) {
			str_cut(&domain, &pattern, '/');
			if (!str_eq_nocase(domain, psl_registrable(host)))
				continue;
		}
		if (matches(pattern, name))
			return true;
	}
	return false;
}

/* ---- spelling ---- */

static bool
is_unreserved(char c)
{
	return ascii_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* What browsers leave as it is written, and others escape. */
static bool
is_always_coded(char c)
{
	return c && memchr("|^[]", c, 4);
}

static void
add_coded(struct strbuf *out, char c)
{
	strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
}

/*
 * Escapes in capitals, and none for unreserved characters (RFC 3986 6.2.2) and
 * those in `plain`.
 */
static void
add_spelled(struct strbuf *out, struct str s, struct str plain, bool before)
{
	for (size_t i = 0; i < s.len; i++) {
		int high = -1, low = -1;
		char c;

		if (s.ptr[i] == '%' && i + 2 < s.len) {
			high = ascii_hex(s.ptr[i + 1]);
			low = ascii_hex(s.ptr[i + 2]);
		}
		if (high < 0 || low < 0) {
			if (is_always_coded(s.ptr[i]) && !before)
				add_coded(out, s.ptr[i]);
			else
				strbuf_addc(out, s.ptr[i]);
			continue;
		}
		c = (char)(high * 16 + low);
		if (is_unreserved(c) || str_find_byte(plain, c) >= 0)
			strbuf_addc(out, c);
		else
			add_coded(out, c);
		i += 2;
	}
}

/*
 * The length of a session of ASP.NET at the start of s, "(S(...))" and its kin
 * "(A(...)F(...))", or 0.
 */
static size_t
session_len(struct str s)
{
	size_t i = 1;

	if (!str_starts(s, STR("(")))
		return 0;
	while (i + 1 < s.len && ascii_alpha(s.ptr[i]) && s.ptr[i + 1] == '(') {
		for (i += 2; i < s.len && (ascii_alnum(s.ptr[i]) ||
			s.ptr[i] == '-' || s.ptr[i] == '_'); i++)
			;
		if (i == s.len || s.ptr[i++] != ')')
			return 0;
	}
	return i > 1 && i < s.len && s.ptr[i] == ')' &&
		(i + 1 == s.len || s.ptr[i + 1] == '/') ? i + 1 : 0;
}

/* The path without ";jsessionid=..." and, unless `before`, "/(S(...))". */
static void
add_without_sessions(struct strbuf *out, struct str path, bool before)
{
	static const struct str java = STR_INIT(";jsessionid=");

	while (path.len > 0) {
		size_t asp = path.ptr[0] == '/' && !before ?
			session_len(str_sub(path, 1, path.len)) : 0;

		if (asp > 0) {
			path = str_sub(path, 1 + asp, path.len);
			if (path.len == 0)
				strbuf_addc(out, '/');
		} else if (str_starts_nocase(path, java)) {
			path = str_sub(path, java.len, path.len);
			while (path.len > 0 && path.ptr[0] != '/' &&
				path.ptr[0] != ';')
				path = str_sub(path, 1, path.len);
		} else {
			strbuf_addc(out, path.ptr[0]);
			path = str_sub(path, 1, path.len);
		}
	}
}

static void
add_path(struct strbuf *out, struct str path, bool before)
{
	const char *tail = "";
	struct strbuf spelled;

	strbuf_init(&spelled, 3 * path.len + 1);
	add_spelled(&spelled, path, before ? STR("") : STR("!'()*,:@"),
		before);
	add_without_sessions(out, without_amp(strbuf_str(&spelled), &tail),
		before);
	strbuf_adds(out, str_from(tail));
	strbuf_release(&spelled);
}

static void
add_query(struct strbuf *out, const struct url *url,
	const struct rules *rules)
{
	struct str query = url->query, name, value;
	char before = '?';

	while (url->has_query && url_next_parameter(&name, &value, &query)) {
		size_t len = (size_t)(value.ptr + value.len - name.ptr);

		if (urlkey_is_tracking(name, value, rules->before) ||
			is_amp_parameter(name, value) ||
			matches_any(rules->tracking, url->host, name))
			continue;
		strbuf_addc(out, before);
		add_spelled(out, (struct str){ name.ptr, len }, STR(""),
			rules->before);
		before = '&';
	}
}

static void
add_round(struct strbuf *out, const struct url *url,
	const struct rules *rules)
{
	strbuf_adds(out, STR("https://"));
	add_host(out, url->host);
	if (url->port >= 0 && url->port != 443)
		strbuf_addf(out, ":%d", url->port);
	add_path(out, url->path, rules->before);
	add_query(out, url, rules);
}

/* What remains where the rules find no end. */
static void
add_plain(struct strbuf *out, const struct url *url)
{
	strbuf_adds(out, STR("https://"));
	strbuf_adds(out, url->host);
	if (url->port >= 0 && url->port != 443)
		strbuf_addf(out, ":%d", url->port);
	strbuf_adds(out, url->path);
	if (url->query.len > 0) {
		strbuf_addc(out, '?');
		strbuf_adds(out, url->query);
	}
}

static int
key_of(struct str *out, const struct url *url, const struct rules *rules,
	struct arena *arena, struct err *err)
{
	struct url page = *url;
	struct strbuf key;
	bool done = false;
	int result = 0;

	strbuf_init(&key, url->href.len * 3 + 64);
	for (int i = 0; i < ROUNDS_MAX && !done && result == 0; i++) {
		struct str before = page.href;

		strbuf_reset(&key);
		unwrap(&page, arena);
		add_round(&key, &page, rules);
		done = str_eq(strbuf_str(&key), before);
		if (!done)
			result = url_parse(&page, strbuf_str(&key), NULL,
				arena, err);
	}
	if (!done) {
		strbuf_reset(&key);
		add_plain(&key, url);
	}
	*out = strbuf_overflowed(&key) ? (struct str){ NULL, 0 } :
		arena_dup(arena, strbuf_str(&key));
	strbuf_release(&key);
	return out->ptr ? 0 : err_set(err, "too long");
}

int
urlkey_of_url(struct str *out, const struct url *url,
	const struct strlist *tracking, struct arena *arena, struct err *err)
{
	return key_of(out, url, &(struct rules){ tracking, false }, arena, err);
}

int
urlkey_before(struct str *out, struct str url, const struct strlist *tracking,
	struct arena *arena, struct err *err)
{
	struct url parsed;

	*out = STR("");
	if (url_parse(&parsed, url, NULL, arena, err) < 0)
		return -1;
	return key_of(out, &parsed, &(struct rules){ tracking, true }, arena,
		err);
}

int
urlkey_of(struct str *out, struct str url, const struct strlist *tracking,
	struct arena *arena, struct err *err)
{
	struct url parsed;

	*out = STR("");
	if (url_parse(&parsed, url, NULL, arena, err) < 0)
		return -1;
	return urlkey_of_url(out, &parsed, tracking, arena, err);
}
