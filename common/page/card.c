#include "common/page/card.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include "common/base/isotime.h"
#include "common/base/utf8.h"

enum { MARGIN = 64, GAP = 30, HEAD_SIZE = 30, SIZE_MOST = 58, SIZE_LEAST = 24,
	TEXT_BYTES = 8 << 10 };

const char *const card_folders[] = { "/etc/fonts", "/usr/share/fonts",
	"/usr/local/share/fonts", "/usr/share/fontconfig",
	"/var/cache/fontconfig", NULL };

struct color {
	double r, g, b;
};

static const struct color ink = { .10, .10, .12 }, faint = { .36, .36, .40 },
	paper = { 1, 1, 1 }, old_edge = { .72, .11, .11 },
	new_edge = { .05, .42, .20 };

/* Text with the stretches that are marked. */
struct side {
	struct strbuf text;
	bool whole; /* there is nothing unmarked: sign and edge are enough */
	PangoAttrList *marks;
	bool after;
};

struct drawing {
	cairo_t *cairo;
	int width, height;
};

/* --- text --- */

/* What a reader could be misled by is not drawn. */
static void
add_clean(struct strbuf *out, struct str text)
{
	while (text.len > 0) {
		uint32_t c = utf8_decode(&text);

		if (c == '\n' || c == '\t')
			c = ' ';
		if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == UTF8_BAD ||
			(c >= 0x202a && c <= 0x202e) ||
			(c >= 0x2066 && c <= 0x2069))
			c = 0xfffd;
		utf8_add(out, c);
	}
}

static void
mark(PangoAttrList *list, PangoAttribute *a, size_t from, size_t to)
{
	a->start_index = (guint)from;
	a->end_index = (guint)to;
	pango_attr_list_insert(list, a);
}

static void
put(void *context, struct str text, bool marked)
{
	struct side *s = context;
	size_t from = s->text.len, to;

	add_clean(&s->text, text);
	to = s->text.len;
	if (!marked || to == from)
		return;
	while (to > from && s->text.ptr[to - 1] == ' ')
		to--;
	mark(s->marks, s->after ?
			pango_attr_background_new(0xdada, 0xf2f2, 0xdddd) :
			pango_attr_background_new(0xfbfb, 0xe0e0, 0xe0e0),
		from, to);
	if (s->whole)
		return;
	mark(s->marks, s->after ?
			pango_attr_underline_new(PANGO_UNDERLINE_SINGLE) :
			pango_attr_strikethrough_new(TRUE), from, to);
	if (s->after)
		mark(s->marks, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from,
			to);
}

static PangoLayout *
layout(const struct drawing *d, struct str text, int size, int width)
{
	PangoLayout *l = pango_cairo_create_layout(d->cairo);
	PangoFontDescription *font =
		pango_font_description_from_string("Sans");

	pango_font_description_set_absolute_size(font,
		(double)size * PANGO_SCALE);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	pango_layout_set_width(l, width * PANGO_SCALE);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(l, text.ptr, (int)text.len);
	return l;
}

static int
height_of(PangoLayout *l)
{
	int width, height;

	pango_layout_get_pixel_size(l, &width, &height);
	return height;
}

static void
color(const struct drawing *d, const struct color *c)
{
	cairo_set_source_rgb(d->cairo, c->r, c->g, c->b);
}

static void
show(const struct drawing *d, PangoLayout *l, int x, int y,
	const struct color *c)
{
	color(d, c);
	cairo_move_to(d->cairo, x, y);
	pango_cairo_show_layout(d->cairo, l);
}

/* --- the parts of the picture --- */

static void
add_time(struct strbuf *out, int64_t s)
{
	struct civil c = isotime_split(s);

	strbuf_addf(out, "%lld-%02d-%02d %02d:%02d", (long long)c.year,
		c.month, c.day, c.hour, c.minute);
}

/* One line, cut with an ellipsis where it is too long. */
static int
line(const struct drawing *d, struct str text, int size, int y, bool bold,
	const struct color *c)
{
	PangoLayout *l = layout(d, text, size, d->width - 2 * MARGIN);
	PangoAttrList *list = pango_attr_list_new();
	int height;

	if (bold)
		pango_attr_list_insert(list,
			pango_attr_weight_new(PANGO_WEIGHT_BOLD));
	pango_layout_set_attributes(l, list);
	pango_attr_list_unref(list);
	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	height = height_of(l);
	show(d, l, MARGIN, y, c);
	g_object_unref(l);
	return y + height;
}

static int
head(const struct drawing *d, const struct card *card)
{
	struct strbuf text;
	int y;

	strbuf_init(&text, TEXT_BYTES);
	add_clean(&text, card->source);
	y = line(d, strbuf_str(&text), HEAD_SIZE + 4, MARGIN - 14, true, &ink);
	strbuf_reset(&text);
	strbuf_addf(&text, "%s: ", excerpt_name(card->excerpt->part));
	add_time(&text, card->before_s);
	strbuf_adds(&text, STR(" → "));
	add_time(&text, card->after_s);
	strbuf_adds(&text, STR(" UTC"));
	y = line(d, strbuf_str(&text), HEAD_SIZE - 4, y + 4, false, &faint);
	strbuf_release(&text);
	return y;
}

static void
foot(const struct drawing *d, const struct card *card)
{
	struct strbuf text;

	strbuf_init(&text, TEXT_BYTES);
	add_clean(&text, card->site);
	line(d, strbuf_str(&text), HEAD_SIZE - 6, d->height - MARGIN + 2,
		false, &faint);
	strbuf_release(&text);
}

static void
read_side(struct side *s, const struct card *card, bool after)
{
	strbuf_init(&s->text, TEXT_BYTES);
	s->marks = pango_attr_list_new();
	s->after = after;
	s->whole = !card->excerpt->words;
	excerpt_side(card->excerpt, after, EXCERPT_PICTURE, put, s);
}

static void
drop_side(struct side *s)
{
	strbuf_release(&s->text);
	pango_attr_list_unref(s->marks);
}

static PangoLayout *
side_layout(const struct drawing *d, const struct side *s, int size)
{
	PangoLayout *l = layout(d, strbuf_str(&s->text), size,
		d->width - 2 * MARGIN - 48);

	pango_layout_set_attributes(l, s->marks);
	return l;
}

/* The sign and the edge say in form and in colour which side it is. */
static int
show_side(const struct drawing *d, const struct side *s, int size, int y,
	int room)
{
	const struct color *edge = s->after ? &new_edge : &old_edge;
	PangoLayout *l = side_layout(d, s, size);
	PangoLayout *sign = layout(d, s->after ? STR("+") : STR("−"), size,
		48);
	int height;

	if (height_of(l) > room) {
		pango_layout_set_height(l, room * PANGO_SCALE);
		pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	}
	height = height_of(l);
	color(d, edge);
	cairo_rectangle(d->cairo, MARGIN - 20, y, 6, height);
	cairo_fill(d->cairo);
	show(d, sign, MARGIN, y, edge);
	show(d, l, MARGIN + 48, y, s->after ? &ink : &faint);
	g_object_unref(l);
	g_object_unref(sign);
	return y + height;
}

/* The largest letters with which both sides have room. */
static int
fit(const struct drawing *d, const struct side sides[2], int room)
{
	int size = SIZE_MOST;

	for (; size > SIZE_LEAST; size -= 2) {
		int height = GAP;

		for (int i = 0; i < 2; i++) {
			PangoLayout *l;

			if (sides[i].text.len == 0)
				continue;
			l = side_layout(d, &sides[i], size);
			height += height_of(l);
			g_object_unref(l);
		}
		if (height <= room)
			break;
	}
	return size;
}

static void
body(const struct drawing *d, const struct card *card, int y)
{
	int bottom = d->height - MARGIN - 16, size;
	struct side sides[2];

	read_side(&sides[0], card, false);
	read_side(&sides[1], card, true);
	y += GAP;
	size = fit(d, sides, bottom - y);
	for (int i = 0; i < 2; i++) {
		bool alone = sides[1 - i].text.len == 0 || i == 1;

		if (sides[i].text.len == 0)
			continue;
		y = show_side(d, &sides[i], size, y, alone ? bottom - y :
			(bottom - y - GAP) / 2) + GAP;
	}
	drop_side(&sides[0]);
	drop_side(&sides[1]);
}

static cairo_status_t
write_png(void *context, const unsigned char *bytes, unsigned len)
{
	struct strbuf *out = context;

	strbuf_add(out, bytes, len);
	return strbuf_overflowed(out) ? CAIRO_STATUS_WRITE_ERROR :
		CAIRO_STATUS_SUCCESS;
}

int
card_draw(struct strbuf *png, const struct card *card, struct err *err)
{
	struct drawing d = {
		.width = card->square ? CARD_SQUARE : CARD_WIDTH,
		.height = card->square ? CARD_SQUARE : CARD_HEIGHT };
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, d.width, d.height);
	cairo_status_t status;

	d.cairo = cairo_create(surface);
	color(&d, &paper);
	cairo_paint(d.cairo);
	body(&d, card, head(&d, card));
	foot(&d, card);
	status = cairo_status(d.cairo);
	cairo_destroy(d.cairo);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(surface, write_png,
			png);
	cairo_surface_destroy(surface);
	return status == CAIRO_STATUS_SUCCESS ? 0 :
		err_set(err, "cannot draw the picture: %s",
			cairo_status_to_string(status));
}
