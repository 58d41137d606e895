#include "cmd/extract/words/age.h"

#include "cmd/extract/words/phrase.h"
#include "cmd/extract/words/plain.h"
#include "common/base/utf8.h"

enum { TEXT_BYTES = 120, WORDS = 12, OTHERS = 3, YEAR_WITHIN = 24 };

#define END { NULL, 0 }

static const struct str units[] = {
	STR_INIT("minute"), STR_INIT("minutes"), STR_INIT("min"),
	STR_INIT("mins"), STR_INIT("m"), STR_INIT("hour"), STR_INIT("hours"),
	STR_INIT("hr"), STR_INIT("hrs"), STR_INIT("h"), STR_INIT("day"),
	STR_INIT("days"), STR_INIT("d"), STR_INIT("week"), STR_INIT("weeks"),
	STR_INIT("month"), STR_INIT("months"), STR_INIT("minuten"),
	STR_INIT("std"), STR_INIT("stunde"), STR_INIT("stunden"),
	STR_INIT("tag"), STR_INIT("tagen"), STR_INIT("woche"),
	STR_INIT("wochen"), STR_INIT("heure"), STR_INIT("heures"),
	STR_INIT("jour"), STR_INIT("jours"), STR_INIT("semaine"),
	STR_INIT("semaines"), STR_INIT("minuto"), STR_INIT("minutos"),
	STR_INIT("hora"), STR_INIT("horas"), STR_INIT("día"),
	STR_INIT("días"), STR_INIT("dia"), STR_INIT("dias"),
	STR_INIT("semana"), STR_INIT("semanas"), STR_INIT("minuti"),
	STR_INIT("ora"), STR_INIT("ore"), STR_INIT("giorno"),
	STR_INIT("giorni"), STR_INIT("minuut"), STR_INIT("uur"),
	STR_INIT("dag"), STR_INIT("dagen"), STR_INIT("minuter"),
	STR_INIT("timmar"), STR_INIT("timme"), STR_INIT("tim"),
	STR_INIT("dagar"), STR_INIT("minutter"), STR_INIT("time"),
	STR_INIT("timer"), STR_INIT("dager"), STR_INIT("dage"),
	STR_INIT("minuttia"), STR_INIT("tuntia"), STR_INIT("päivää"),
	STR_INIT("minut"), STR_INIT("minuty"), STR_INIT("godzin"),
	STR_INIT("godziny"), STR_INIT("godz"), STR_INIT("dni"),
	STR_INIT("мин"), STR_INIT("минут"), STR_INIT("минуты"),
	STR_INIT("минуту"), STR_INIT("час"), STR_INIT("часа"),
	STR_INIT("часов"), STR_INIT("день"), STR_INIT("дня"),
	STR_INIT("дней"), STR_INIT("хв"), STR_INIT("хвилин"),
	STR_INIT("хвилини"), STR_INIT("годин"), STR_INIT("години"),
	STR_INIT("днів"), STR_INIT("dakika"), STR_INIT("saat"),
	STR_INIT("gün"), STR_INIT("분"), STR_INIT("시간"), STR_INIT("일"),
	END
};

static const struct str behind[] = { /* "5 hours ago" */
	STR_INIT("ago"), STR_INIT("geleden"), STR_INIT("sedan"),
	STR_INIT("siden"), STR_INIT("sitten"), STR_INIT("temu"),
	STR_INIT("назад"), STR_INIT("тому"), STR_INIT("fa"),
	STR_INIT("atrás"), STR_INIT("önce"), STR_INIT("전"), END
};

static const struct str before[] = { /* "vor 5 Stunden" */
	STR_INIT("vor"), STR_INIT("a"), STR_INIT("hace"), STR_INIT("há"),
	STR_INIT("πριν"), STR_INIT("منذ"), END
};

static const struct str joined[] = { /* a unit and "ago" in one */
	STR_INIT("分前"), STR_INIT("時間前"), STR_INIT("日前"),
	STR_INIT("分钟前"), STR_INIT("分鐘前"), STR_INIT("小时前"),
	STR_INIT("小時前"), STR_INIT("天前"), STR_INIT("분전"),
	STR_INIT("시간전"), STR_INIT("일전"), END
};

struct words {
	struct str items[WORDS]; /* a number is a word of its own */
	size_t count;
};

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_number(struct str word)
{
	return is_digit((unsigned char)*word.ptr);
}

/* The words of a text; false if it has too many. */
static bool
read_words(struct words *out, struct str s)
{
	out->count = 0;
	while (s.len) {
		const char *start = s.ptr;
		uint32_t c = utf8_decode(&s);
		bool digit = is_digit(c);
		struct str rest = s;

		if (c == UTF8_BAD || !plain_is_word(c))
			continue;
		if (out->count == WORDS)
			return false;
		while (rest.len && (c = utf8_decode(&rest)) != UTF8_BAD &&
			plain_is_word(c) && is_digit(c) == digit)
			s = rest;
		out->items[out->count++] =
			(struct str){ start, (size_t)(s.ptr - start) };
	}
	return true;
}

static bool
is_one_of(const struct str *list, struct str word)
{
	for (; list->ptr; list++)
		if (str_eq(*list, word))
			return true;
	return false;
}

/* How many words the age takes that has its number at i: 0 is none. */
static size_t
age_at(const struct words *w, size_t i)
{
	if (!is_number(w->items[i]) || i + 1 >= w->count)
		return 0;
	if (is_one_of(joined, w->items[i + 1]))
		return 2;
	if (!is_one_of(units, w->items[i + 1]))
		return 0;
	if (i + 2 < w->count && is_one_of(behind, w->items[i + 2]))
		return 3;
	if (i == 0 || !is_one_of(before, w->items[i - 1]))
		return 0;
	if (!str_eq(w->items[i - 1], STR("a")))
		return 3;
	/* French: "il y a", and nothing else that ends so */
	return i > 1 && str_eq(w->items[i - 2], STR("y")) ? 5 : 0;
}

bool
age_is(struct str text)
{
	struct phrase_text low;
	struct words w;
	size_t others = 0, age = 0;

	if (text.len > TEXT_BYTES || str_ends(text, STR(".")))
		return false;
	phrase_lower(&low, text);
	if (!read_words(&w, (struct str){ low.bytes, low.len }))
		return false;
	for (size_t i = 0; i < w.count; i++) {
		if (!age)
			age = age_at(&w, i);
		others += !is_number(w.items[i]);
	}
	return age && others <= age - 1 + OTHERS;
}

bool
age_is_copyright(struct str text)
{
	struct str head = str_sub(text, 0, YEAR_WITHIN);
	struct words w;

	if (!str_starts_nocase(text, STR("copyright")) &&
		!str_starts(text, STR("©")))
		return false;
	if (!read_words(&w, head))
		return false;
	for (size_t i = 0; i < w.count; i++)
		if (is_number(w.items[i]) && w.items[i].len == 4)
			return true;
	return false;
}
