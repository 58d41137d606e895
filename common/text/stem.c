#include "common/text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/ascii.h"
#include "common/base/hash.h"
#include "common/base/xalloc.h"

enum {
	TAG_BYTES = 8,
	LONGEST = 64, /* bytes; a longer one is no word of people */
	MEMO = 1024   /* a text says the same words again and again */
};

struct memo {
	uint8_t word_len, stem_len;
	char word[LONGEST], stem[LONGEST];
};

struct stem {
	struct sb_stemmer *rules;
	struct memo memo[MEMO];
};

/* Both written standards of Norwegian have one set of rules. */
static const char *
name_of(const char *language)
{
	if (strcmp(language, "nb") == 0 || strcmp(language, "nn") == 0)
		return "no";
	return language;
}

struct stem *
stem_open(struct str tag)
{
	char language[TAG_BYTES] = "";
	struct sb_stemmer *rules;
	struct stem *stem;
	size_t n = 0;

	while (n < tag.len && n + 1 < TAG_BYTES && ascii_alpha(tag.ptr[n])) {
		language[n] = ascii_to_lower(tag.ptr[n]);
		n++;
	}
	if (n < 2 || n > 3)
		return NULL;
	rules = sb_stemmer_new(name_of(language), NULL);
	if (!rules)
		return NULL;
	stem = xcalloc(1, sizeof(*stem));
	stem->rules = rules;
	return stem;
}

void
stem_close(struct stem *stem)
{
	if (!stem)
		return;
	sb_stemmer_delete(stem->rules);
	free(stem);
}

static struct memo *
memo_of(struct stem *stem, struct str word)
{
	uint32_t h = hash_str(word);

	return &stem->memo[(h ^ h >> 15) % MEMO];
}

struct str
stem_word(struct stem *stem, struct str word)
{
	struct memo *m;
	const sb_symbol *made;
	int len;

	if (!stem || word.len == 0 || word.len > LONGEST)
		return word;
	m = memo_of(stem, word);
	if (m->word_len == word.len &&
		memcmp(m->word, word.ptr, word.len) == 0)
		return (struct str){ m->stem, m->stem_len };
	made = sb_stemmer_stem(stem->rules, (const sb_symbol *)word.ptr,
		(int)word.len);
	len = made ? sb_stemmer_length(stem->rules) : 0;
	if (len <= 0 || len > LONGEST)
		return word;
	memcpy(m->word, word.ptr, word.len);
	memcpy(m->stem, made, (size_t)len);
	m->word_len = (uint8_t)word.len;
	m->stem_len = (uint8_t)len;
	return (struct str){ m->stem, m->stem_len };
}

void
stem_words(struct strbuf *out, struct stem *stem, struct str folded)
{
	struct str word;

	if (!stem || folded.len == 0) {
		strbuf_adds(out, folded);
		return;
	}
	strbuf_addc(out, ' ');
	folded = str_sub(folded, 1, folded.len);
	while (folded.len > 0 && str_cut(&word, &folded, ' ')) {
		strbuf_adds(out, stem_word(stem, word));
		strbuf_addc(out, ' ');
	}
}
