#include "cmd/extract/verdict/redirect.h"

#include "cmd/extract/words/wallwords.h"
#include "common/base/ascii.h"
#include "common/base/str.h"
#include "common/web/psl.h"
#include "common/web/url.h"
#include "common/web/urlkey.h"

static bool
is_home(const struct url *u)
{
	static const char *const paths[] = { "/", "/index.html", "/index.htm",
		"/index.php", "/home", "/home/", "/home.html",
		"/default.aspx" };

	if (u->query.len > 0)
		return false;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (str_eq_nocase(u->path, str_from(paths[i])))
			return true;
	/* "/en/" and "/de-at": the front page of a language */
	return (u->path.len == 3 ||
		       (u->path.len == 4 && u->path.ptr[3] == '/')) &&
		ascii_alpha(u->path.ptr[1]) && ascii_alpha(u->path.ptr[2]);
}

bool
redirect_is_home(struct str url)
{
	struct arena scratch;
	struct url u;
	bool home;

	arena_init(&scratch, 1 << 20);
	home = url_parse(&u, url, NULL, &scratch, NULL) == 0 && is_home(&u);
	arena_release(&scratch);
	return home;
}

/* Whether a part of the path is one of the words for "not found". */
static bool
says_not_found(const struct url *u)
{
	struct str path = u->path, part;

	while (str_field(&part, &path, '/'))
		if (wallwords_is(WALLWORDS_NOT_FOUND_PATH, part))
			return true;
	return false;
}

/* Percent-decodes into `out` of `size` bytes; returns the length. */
static size_t
unescape(char *out, size_t size, struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < size; i++) {
		if (s.ptr[i] == '%' && i + 2 < s.len &&
			ascii_hex(s.ptr[i + 1]) >= 0 &&
			ascii_hex(s.ptr[i + 2]) >= 0) {
			out[n++] = (char)(ascii_hex(s.ptr[i + 1]) * 16 +
				ascii_hex(s.ptr[i + 2]));
			i += 2;
		} else {
			out[n++] = s.ptr[i];
		}
	}
	return n;
}

/*
 * Whether a parameter of the target holds the way back: the path of the page
 * that was asked for, escaped once or twice.
 */
static bool
leads_back(const struct url *to, const struct url *from, struct arena *arena)
{
	size_t size = to->query.len + to->fragment.len + 1;
	char *once = arena_alloc(arena, size), *twice;
	struct str text;

	if (from->path.len < 4 || !to->has_query)
		return false;
	twice = arena_alloc(arena, size);
	if (!once || !twice)
		return false;
	text = (struct str){ once, unescape(once, size, to->query) };
	if (str_find(text, from->path) >= 0)
		return true;
	text = (struct str){ twice, unescape(twice, size, text) };
	return str_find(text, from->path) >= 0;
}

static bool
mentions(const struct url *u, enum wallwords_kind kind)
{
	return wallwords_in(kind, u->host) || wallwords_in(kind, u->path);
}

static enum redirect_kind
gate_kind(const struct url *to)
{
	if (mentions(to, WALLWORDS_CONSENT_ADDRESS))
		return REDIRECT_CONSENT;
	if (mentions(to, WALLWORDS_LOGIN_ADDRESS))
		return REDIRECT_LOGIN;
	return REDIRECT_GATE;
}

/* Whether both paths end in the same name: the article under another roof. */
static bool
same_name(const struct url *a, const struct url *b)
{
	struct str x = a->path, y = b->path;
	ptrdiff_t at;

	while (x.len > 1 && x.ptr[x.len - 1] == '/')
		x.len--;
	while (y.len > 1 && y.ptr[y.len - 1] == '/')
		y.len--;
	at = str_find_last(x, '/');
	x = str_sub(x, (size_t)(at + 1), x.len);
	return x.len > 3 && str_ends(y, x);
}

static enum redirect_kind
judge(const struct url *from, const struct url *to, struct arena *arena)
{
	struct str a, b;

	if (urlkey_of_url(&a, from, NULL, arena, NULL) == 0 &&
		urlkey_of_url(&b, to, NULL, arena, NULL) == 0 && str_eq(a, b))
		return REDIRECT_SAME;
	if (same_name(from, to))
		return REDIRECT_MOVED;
	if (leads_back(to, from, arena))
		return gate_kind(to);
	if (is_home(to) && !is_home(from) &&
		psl_same_site(from->host, to->host))
		return REDIRECT_HOME;
	return says_not_found(to) ? REDIRECT_ERROR : REDIRECT_MOVED;
}

void
redirect_read(struct redirect *out, struct str url, struct str target,
	struct arena *arena)
{
	struct url from, to;

	*out = (struct redirect){ REDIRECT_NOWHERE, STR("") };
	if (target.len == 0 || url_parse(&from, url, NULL, arena, NULL) < 0 ||
		url_parse(&to, url_from_header(target, arena), &from, arena,
			NULL) < 0 || url_drop_user(&to, arena) < 0)
		return;
	out->location = to.href;
	out->kind = judge(&from, &to, arena);
}
