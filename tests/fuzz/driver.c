/*
 * Runs a fuzz target without a fuzzer.
 *
 *	fuzz-NAME               the files of tests/corpus/NAME, as TAP
 *	fuzz-NAME PATH...       these files, and the files of these folders
 *	fuzz-NAME -m N [SEED]   N mutations of the corpus, at random
 *	fuzz-NAME -s PATH...    what is made of these files
 *	fuzz-NAME -d N [SEED]   the sum of what is made of each file of the
 *	                        corpus and of N mutations, a line each
 *
 * A mutation that fails is left in fuzz-crash.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/digest.h"
#include "common/base/number.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "tests/fuzz/fuzz.h"

enum { INPUT_BYTES = 1 << 20, INPUTS_MAX = 1000 };

struct strbuf *fuzz_said;

static struct strbuf inputs[INPUTS_MAX], said;
static size_t inputs_count, tried;
static struct strbuf current;

/* Leaves the input that the target did not survive. */
static void
leave_input(int number)
{
	int fd = open("fuzz-crash", O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd >= 0 && write(fd, current.ptr, current.len) >= 0)
		close(fd);
	signal(number, SIG_DFL);
	raise(number);
}

static void
load_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct strbuf *b = &inputs[inputs_count];
	char piece[4096];
	size_t got;

	if (!f || inputs_count == INPUTS_MAX)
		abort();
	strbuf_init(b, INPUT_BYTES);
	while ((got = fread(piece, 1, sizeof(piece), f)) > 0)
		strbuf_add(b, piece, got);
	fclose(f);
	inputs_count++;
}

static void
load(const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, alphasort);
	struct strbuf name;

	if (count < 0) {
		load_file(path);
		return;
	}
	strbuf_init(&name, 4096);
	for (int i = 0; i < count; i++) {
		strbuf_reset(&name);
		strbuf_addf(&name, "%s/%s", path, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			load(name.ptr);
		free(entries[i]);
	}
	free(entries);
	strbuf_release(&name);
}

/* A copy that is no longer than the input, so that reading beyond shows. */
static void
try(struct str input)
{
	uint8_t *copy = xmalloc(input.len ? input.len : 1);

	if (input.len > 0)
		memcpy(copy, input.ptr, input.len);
	LLVMFuzzerTestOneInput(copy, input.len);
	free(copy);
	tried++;
}

static uint64_t state;

static size_t
chance(size_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(state >> 33) % n : 0;
}

/* Puts a piece of any input, or a few bytes, over or into the current one. */
static void
insert(void)
{
	struct strbuf *from = &inputs[chance(inputs_count)];
	size_t at = chance(current.len + 1), start = chance(from->len);
	size_t len = chance(from->len - start + 1);
	struct strbuf tail;

	len >>= chance(6); /* on its own: the order of two is not given */
	strbuf_init(&tail, 4 * INPUT_BYTES);
	strbuf_adds(&tail, str_sub(strbuf_str(&current),
		at + (chance(2) ? len : 0), current.len));
	strbuf_cut(&current, at);
	strbuf_add(&current, from->ptr + start, len);
	strbuf_adds(&current, strbuf_str(&tail));
	strbuf_release(&tail);
}

static void
mutate(void)
{
	static const char odd[] = "\0\xff\x7f\x80\r\n:/%#?@[]<>0919-.\x1f\x8b";
	const struct strbuf *from = &inputs[chance(inputs_count)];

	strbuf_reset(&current);
	strbuf_adds(&current, strbuf_str(from));
	for (size_t n = 1 + chance(6); n > 0; n--) {
		size_t at = chance(current.len);

		switch (chance(5)) {
		case 0:
			if (current.len > 0)
				current.ptr[at] ^= (char)(1u << chance(8));
			break;
		case 1:
			if (current.len > 0)
				current.ptr[at] = odd[chance(sizeof(odd) - 1)];
			break;
		case 2:
			strbuf_cut(&current, at);
			break;
		default:
			insert();
		}
	}
}

/* Tries an input and prints the sum of what is said of it. */
static void
try_sum(const char *kind, size_t number, struct str input)
{
	unsigned char sum[DIGEST_SHA256_BYTES];
	struct strbuf hex;

	strbuf_reset(&said);
	try(input);
	strbuf_init(&hex, 100);
	digest_sha256(sum, strbuf_str(&said));
	digest_hex(&hex, sum, 6);
	printf("%s %zu: %s, %zu bytes\n", kind, number, hex.ptr, said.len);
	strbuf_release(&hex);
}

static int
run_sums(const char *count, const char *seed)
{
	int64_t n, s;

	if (number_parse(&n, str_from(count), 0, INT64_MAX) < 0 ||
		number_parse(&s, str_from(seed), 0, INT64_MAX) < 0)
		return 2;
	state = (uint64_t)s;
	for (size_t i = 0; i < inputs_count; i++)
		try_sum("input", i, strbuf_str(&inputs[i]));
	strbuf_init(&current, INPUT_BYTES);
	for (int64_t i = 0; i < n; i++) {
		mutate();
		try_sum("mutation", (size_t)i, strbuf_str(&current));
	}
	strbuf_release(&current);
	return 0;
}

static int
run_mutations(const char *count, const char *seed)
{
	int64_t n, s;

	if (number_parse(&n, str_from(count), 1, INT64_MAX) < 0 ||
		number_parse(&s, str_from(seed), 0, INT64_MAX) < 0)
		return 2;
	state = (uint64_t)s;
	signal(SIGABRT, leave_input);
	signal(SIGSEGV, leave_input);
	strbuf_init(&current, INPUT_BYTES);
	for (; n > 0; n--) {
		mutate();
		try(strbuf_str(&current));
	}
	strbuf_release(&current);
	return 0;
}

/* The files, or the corpus: as TAP, or in full what is made of each. */
static int
run_files(const char *corpus)
{
	for (size_t i = 0; i < inputs_count; i++) {
		strbuf_reset(&said);
		try(strbuf_str(&inputs[i]));
		if (fuzz_said)
			fwrite(said.ptr, 1, said.len, stdout);
	}
	if (!fuzz_said)
		printf("%sok 1 - %zu inputs of %s\n1..1\n",
			tried ? "" : "not ", tried, corpus);
	return 0;
}

int
main(int argc, char **argv)
{
	const char *name = strstr(argv[0], "fuzz-");
	const char *mode = argc > 2 && argv[1][0] == '-' ? argv[1] : "";
	const char *seed = argc > 3 ? argv[3] : "1";
	bool files = !mode[0] || mode[1] == 's';
	char corpus[256];
	int status;

	snprintf(corpus, sizeof(corpus), "tests/corpus/%s",
		name ? name + 5 : "");
	strbuf_init(&said, 64 * INPUT_BYTES);
	if (mode[0] && mode[1] != 'm')
		fuzz_said = &said;
	for (int i = mode[0] ? 2 : 1; i < argc && files; i++)
		load(argv[i]);
	if (argc < 2 || !files)
		load(corpus);
	status = files ? run_files(corpus) :
		mode[1] == 'd' ? run_sums(argv[2], seed) :
		run_mutations(argv[2], seed);
	for (size_t i = 0; i < inputs_count; i++)
		strbuf_release(&inputs[i]);
	strbuf_release(&said);
	if (mode[0] == '-' && mode[1] == 'm' && status == 0)
		printf("%sok 1 - %zu inputs of %s\n1..1\n",
			tried ? "" : "not ", tried, corpus);
	return status;
}
