#include "common/diff/similar.h"

#include <stdint.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/unicode.h"
#include "common/text/words.h"

enum {
	TABLE_MIN = 256,
	LONG_WORD = 4,       /* characters from which a word says something */
	CONTAINED_MIN = 600, /* from here on containment counts */
	CONTAINED_WORDS = 6, /* and only for texts of so many words */
	CONTAINED_SHARE = 75, /* per cent of it */
	RARE_WORDS = 16,     /* words of a text that look for candidates */
	POSTINGS = 64        /* texts that a word proposes at most */
};

struct word {
	uint64_t hash;
	uint32_t texts;    /* that have it */
	uint32_t last;     /* the last of them, counted from 1 */
	uint32_t base;     /* weight by its length */
	uint32_t weight;   /* base by rarity */
	uint32_t postings; /* where its list begins */
	int32_t left;      /* scratch of similar_inside */
};

struct text {
	size_t first, count; /* its word numbers, sorted, with repeats */
	uint64_t weight;
};

struct similar {
	struct word *words;
	size_t words_count, words_cap;
	uint32_t *table; /* word numbers from 1; 0: free */
	size_t table_cap;
	uint32_t *numbers; /* of all texts in a row */
	size_t numbers_count, numbers_cap;
	struct text *texts;
	size_t texts_count, texts_cap;
	uint32_t *postings; /* texts of each word, ascending */
	size_t postings_cap;
	uint64_t *votes; /* one a text, zero between uses */
	size_t votes_cap;
	struct words split;
};

struct similar *
similar_new(void)
{
	return xcalloc(1, sizeof(struct similar));
}

void
similar_free(struct similar *s)
{
	if (!s)
		return;
	free(s->words);
	free(s->table);
	free(s->numbers);
	free(s->texts);
	free(s->postings);
	free(s->votes);
	words_release(&s->split);
	free(s);
}

void
similar_reset(struct similar *s)
{
	s->words_count = s->numbers_count = s->texts_count = 0;
	if (s->table_cap > TABLE_MIN) {
		free(s->table);
		s->table = NULL;
		s->table_cap = 0;
	} else if (s->table) {
		memset(s->table, 0, s->table_cap * sizeof(*s->table));
	}
}

static size_t
slot_of(const struct similar *s, uint64_t hash)
{
	size_t i = hash & (s->table_cap - 1);

	while (s->table[i] && s->words[s->table[i] - 1].hash != hash)
		i = (i + 1) & (s->table_cap - 1);
	return i;
}

static void
grow_table(struct similar *s)
{
	free(s->table);
	s->table_cap = s->table_cap ? s->table_cap * 4 : TABLE_MIN;
	s->table = xcalloc(s->table_cap, sizeof(*s->table));
	for (size_t i = 0; i < s->words_count; i++)
		s->table[slot_of(s, s->words[i].hash)] = (uint32_t)i + 1;
}

static uint64_t
mix(uint64_t hash)
{
	hash ^= hash >> 32;
	hash *= 0xd6e8feb86659fd93u;
	return hash ^ hash >> 32;
}

/* The same for a word in capitals; *letters counts its characters. */
static uint64_t
hash_word(struct str word, uint32_t *letters)
{
	uint64_t hash = HASH_START64;

	for (*letters = 0; word.len > 0; ++*letters) {
		uint32_t c = utf8_decode(&word);

		hash = hash_more64(hash, unicode_lower(c));
	}
	return mix(hash);
}

static void
add_word(struct similar *s, uint64_t hash, uint32_t base)
{
	uint32_t text = (uint32_t)s->texts_count; /* being made: from 1 */
	struct word *word;
	size_t slot;

	if (s->words_count * 2 >= s->table_cap)
		grow_table(s);
	slot = slot_of(s, hash);
	if (!s->table[slot]) {
		s->words = xgrow(s->words, s->words_count, &s->words_cap,
			sizeof(*s->words));
		s->words[s->words_count++] =
			(struct word){ .hash = hash, .base = base };
		s->table[slot] = (uint32_t)s->words_count;
	}
	word = &s->words[s->table[slot] - 1];
	word->texts += word->last != text;
	word->last = text;
	s->numbers = xgrow(s->numbers, s->numbers_count, &s->numbers_cap,
		sizeof(*s->numbers));
	s->numbers[s->numbers_count++] = s->table[slot] - 1;
}

static bool
is_unspaced(struct str token)
{
	return token.len > 0 && (unsigned char)token.ptr[0] >= 128 &&
		unicode_unspaced(utf8_decode(&token));
}

static uint32_t
base_weight(const struct words_token *token, uint32_t letters)
{
	return letters >= LONG_WORD || token->kind == WORDS_NUMBER ? 3 : 1;
}

/* The words of a text; of one without words, everything that is there. */
static void
add_tokens(struct similar *s, bool all)
{
	for (size_t i = 0; i < s->split.count; i++) {
		const struct words_token *token = &s->split.tokens[i];
		const struct words_token *next = token + 1;
		uint32_t letters;
		uint64_t hash;

		if (!all && !words_counts(token) &&
			token->kind != WORDS_SYMBOL)
			continue;
		hash = hash_word(token->text, &letters);
		if (!is_unspaced(token->text)) {
			add_word(s, hash, base_weight(token, letters));
			continue;
		}
		if (i + 1 < s->split.count && is_unspaced(next->text))
			hash = mix(hash * 31 + hash_word(next->text, &letters));
		add_word(s, hash, 2);
	}
}

static int
compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

size_t
similar_add(struct similar *s, struct str text)
{
	size_t first = s->numbers_count;

	s->texts = xgrow(s->texts, s->texts_count, &s->texts_cap,
		sizeof(*s->texts));
	s->texts_count++;
	s->split.count = 0;
	words_split(&s->split, text);
	add_tokens(s, false);
	if (s->numbers_count == first)
		add_tokens(s, true);
	if (s->numbers_count > first)
		qsort(s->numbers + first, s->numbers_count - first,
			sizeof(*s->numbers), compare_numbers);
	s->texts[s->texts_count - 1] =
		(struct text){ first, s->numbers_count - first, 0 };
	return s->texts_count - 1;
}

static uint32_t
rarity(uint32_t texts)
{
	if (texts <= 2)
		return 4;
	if (texts <= 4)
		return 3;
	return texts <= 8 ? 2 : 1;
}

/* The list of texts of each word, ascending, at most POSTINGS from the end
 * of the texts kept aside: all are written, a reader takes what it wants. */
static void
write_postings(struct similar *s)
{
	uint32_t at = 0;

	if (s->numbers_count > s->postings_cap) {
		s->postings_cap = s->numbers_count;
		s->postings = xreallocarray(s->postings, s->postings_cap,
			sizeof(*s->postings));
	}
	for (size_t i = 0; i < s->words_count; i++) {
		s->words[i].postings = at;
		at += s->words[i].texts;
		s->words[i].left = 0;
	}
	for (size_t t = 0; t < s->texts_count; t++) {
		const struct text *text = &s->texts[t];
		const uint32_t *numbers = s->numbers + text->first;

		for (size_t i = 0; i < text->count; i++) {
			struct word *word = &s->words[numbers[i]];

			if (i > 0 && numbers[i] == numbers[i - 1])
				continue;
			s->postings[word->postings + word->left++] =
				(uint32_t)t;
		}
	}
	for (size_t i = 0; i < s->words_count; i++)
		s->words[i].left = 0;
}

void
similar_weigh(struct similar *s)
{
	for (size_t i = 0; i < s->words_count; i++)
		s->words[i].weight = s->words[i].base *
			rarity(s->words[i].texts);
	for (size_t t = 0; t < s->texts_count; t++) {
		struct text *text = &s->texts[t];

		text->weight = 0;
		for (size_t i = 0; i < text->count; i++)
			text->weight += s->words[s->numbers[text->first + i]]
						.weight;
	}
	write_postings(s);
	if (s->texts_count > s->votes_cap) {
		free(s->votes);
		s->votes_cap = s->texts_count * 2;
		s->votes = xcalloc(s->votes_cap, sizeof(*s->votes));
	}
}

size_t
similar_words(const struct similar *s, size_t text)
{
	return s->texts[text].count;
}

static uint64_t
common_weight(const struct similar *s, const struct text *a,
	const struct text *b)
{
	const uint32_t *x = s->numbers + a->first, *x_end = x + a->count;
	const uint32_t *y = s->numbers + b->first, *y_end = y + b->count;
	uint64_t weight = 0;

	while (x < x_end && y < y_end) {
		if (*x == *y) {
			weight += s->words[*x].weight;
			x++;
			y++;
		} else if (*x < *y) {
			x++;
		} else {
			y++;
		}
	}
	return weight;
}

int
similar_score(const struct similar *s, size_t a, size_t b)
{
	const struct text *x = &s->texts[a], *y = &s->texts[b];
	const struct text *small = x->weight < y->weight ? x : y;
	uint64_t both = x->weight + y->weight, common;
	int dice, contained;

	if (x->weight == 0 || y->weight == 0)
		return both == 0 ? SIMILAR_SAME : 0;
	common = common_weight(s, x, y);
	dice = (int)(2 * common * SIMILAR_SAME / both);
	contained = (int)(common * SIMILAR_SAME / small->weight);
	if (small->count < CONTAINED_WORDS || contained < CONTAINED_MIN)
		return dice;
	contained = contained * CONTAINED_SHARE / 100;
	return contained > dice ? contained : dice;
}

static void
count_words(struct similar *s, size_t text, int32_t step)
{
	const uint32_t *numbers = s->numbers + s->texts[text].first;

	for (size_t i = 0; i < s->texts[text].count; i++)
		s->words[numbers[i]].left += step;
}

int
similar_inside(struct similar *s, size_t part, size_t whole,
	const size_t *taken, size_t taken_count)
{
	const uint32_t *numbers = s->numbers + s->texts[part].first;
	uint64_t common = 0;

	count_words(s, whole, 1);
	for (size_t i = 0; i < taken_count; i++)
		count_words(s, taken[i], -1);
	for (size_t i = 0; i < s->texts[part].count; i++) {
		struct word *word = &s->words[numbers[i]];

		common += word->left > 0 ? word->weight : 0;
		word->left--;
	}
	/* back to zero */
	count_words(s, part, 1);
	for (size_t i = 0; i < taken_count; i++)
		count_words(s, taken[i], 1);
	count_words(s, whole, -1);
	return s->texts[part].weight ?
		(int)(common * SIMILAR_SAME / s->texts[part].weight) :
		0;
}

/* The rarest distinct words of a text, rarest first. */
static size_t
rare_words(uint32_t out[RARE_WORDS], const struct similar *s,
	const struct text *text)
{
	const uint32_t *numbers = s->numbers + text->first;
	size_t count = 0;

	for (size_t i = 0; i < text->count; i++) {
		uint32_t texts = s->words[numbers[i]].texts;
		size_t at;

		if ((i > 0 && numbers[i] == numbers[i - 1]) || texts < 2)
			continue;
		if (count == RARE_WORDS &&
			s->words[out[count - 1]].texts <= texts)
			continue;
		at = count < RARE_WORDS ? count++ : count - 1;
		for (; at > 0 && s->words[out[at - 1]].texts > texts; at--)
			out[at] = out[at - 1];
		out[at] = numbers[i];
	}
	return count;
}

/* Keeps out[0..count) ordered by votes, most first, then by number. */
static size_t
insert_candidate(size_t *out, size_t count, size_t max,
	const struct similar *s, size_t text)
{
	size_t at;

	if (count == max) {
		if (s->votes[out[max - 1]] >= s->votes[text])
			return count;
		count--;
	}
	for (at = count; at > 0 && s->votes[out[at - 1]] < s->votes[text]; at--)
		out[at] = out[at - 1];
	out[at] = text;
	return count + 1;
}

size_t
similar_candidates(size_t *out, size_t max, struct similar *s, size_t text,
	size_t from)
{
	uint32_t rare[RARE_WORDS], met[RARE_WORDS * POSTINGS];
	size_t words = rare_words(rare, s, &s->texts[text]);
	size_t met_count = 0, count = 0;

	for (size_t w = 0; w < words; w++) {
		const struct word *word = &s->words[rare[w]];
		const uint32_t *list = s->postings + word->postings;
		uint32_t i = word->texts;
		uint32_t end = i > POSTINGS ? i - POSTINGS : 0;

		/* from the end, where the numbers from `from` on are */
		while (i > end && list[i - 1] >= from) {
			uint32_t other = list[--i];

			if (other == text)
				continue;
			if (s->votes[other] == 0)
				met[met_count++] = other;
			s->votes[other] += word->weight;
		}
	}
	qsort(met, met_count, sizeof(*met), compare_numbers);
	for (size_t i = 0; i < met_count; i++)
		count = insert_candidate(out, count, max, s, met[i]);
	for (size_t i = 0; i < met_count; i++)
		s->votes[met[i]] = 0;
	return count;
}
