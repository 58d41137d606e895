#include "common/base/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/err.h"
#include "common/base/isotime.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/status.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

enum { PRINT_BYTES = 1 << 30 };

enum { ID_HELP = 1000, ID_VERSION, ID_QUIET = 'q' };

/*
 * A closed descriptor would be given to the next file that is opened, and
 * records would land in it. The stand-in is opened the wrong way round, so
 * that using it fails as it should.
 */
static void
hold_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
			open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
			_exit(STATUS_STOPPED);
}

static void
tell(const char *text)
{
	msg_warn("%s", text);
}

void
cmd_init(const struct cmd *cmd)
{
	hold_descriptors();
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN); /* an error like a full disk */
	msg_init(cmd->name, false);
	err_on_tell(tell);
}

static void
print_usage(FILE *out, const struct cmd *cmd)
{
	fprintf(out, "usage: %s %s\n", cmd->name, cmd->synopsis);
}

static void
print_option(int id, const char *name, const char *arg, const char *help)
{
	char left[64];

	snprintf(left, sizeof(left), "--%s%s%s", name, arg ? " " : "",
		arg ? arg : "");
	if (id < 256)
		printf("  -%c, %-24s %s\n", id, left, help);
	else
		printf("      %-24s %s\n", left, help);
}

static void
help(const struct cmd *cmd)
{
	print_usage(stdout, cmd);
	printf("\n%s: %s.\n\n", cmd->name, cmd->about);
	for (const struct cmd_option *o = cmd->options; o && o->name; o++)
		print_option(o->id, o->name, o->arg, o->help);
	print_option(ID_QUIET, "quiet", NULL, "show no progress and no notes");
	print_option(ID_HELP, "help", NULL, "print this help");
	print_option(ID_VERSION, "version", NULL, "print the version");
	printf("\nExit status: 0 all done, 1 some records failed, 2 usage or "
	       "configuration,\n3 stopped early, 4 busy: run again. "
	       "See also: man %s\n", cmd->name);
	exit(cmd_finish(STATUS_OK));
}

struct table {
	struct option *longs;
	char *shorts;
};

static void
table_add(struct table *t, size_t i, int id, const char *name, bool arg)
{
	size_t len = strlen(t->shorts);

	t->longs[i] = (struct option){ name,
		arg ? required_argument : no_argument, NULL, id };
	if (id < 256) {
		t->shorts[len++] = (char)id;
		if (arg)
			t->shorts[len++] = ':';
		t->shorts[len] = '\0';
	}
}

static struct table
table_make(const struct cmd *cmd)
{
	struct table t;
	size_t count = 0, i = 0;

	while (cmd->options && cmd->options[count].name)
		count++;
	t.longs = xcalloc(count + 4, sizeof(*t.longs));
	t.shorts = xcalloc(2 * count + 8, 1);
	t.shorts[0] = ':';
	for (; i < count; i++)
		table_add(&t, i, cmd->options[i].id, cmd->options[i].name,
			cmd->options[i].arg != NULL);
	table_add(&t, i++, ID_QUIET, "quiet", false);
	table_add(&t, i++, ID_HELP, "help", false);
	table_add(&t, i++, ID_VERSION, "version", false);
	return t;
}

/* The next word that is an option: operands may stand between. */
static const char *
next_option(int argc, char **argv)
{
	for (int i = optind; i < argc; i++)
		if (argv[i][0] == '-' && argv[i][1])
			return argv[i];
	return "";
}

int
cmd_getopt(const struct cmd *cmd, int argc, char **argv)
{
	static struct table t;
	const char *word = next_option(argc, argv);
	int id;

	if (!t.longs)
		t = table_make(cmd);
	opterr = 0;
	id = getopt_long(argc, argv, t.shorts, t.longs, NULL);
	switch (id) {
	case ID_HELP:
		help(cmd);
		break;
	case ID_VERSION:
		printf("%s %s\n", cmd->name, STET_VERSION);
		exit(cmd_finish(STATUS_OK));
	case ID_QUIET:
		msg_init(cmd->name, true);
		return cmd_getopt(cmd, argc, argv);
	case ':':
		cmd_usage(cmd, "option '%s' needs an argument", word);
	case '?':
		cmd_usage(cmd, "bad option '%s'%s", word, word[1] == '-' ?
			"" : "; what begins with '-' and is none goes after "
			"'--'");
	case -1:
		free(t.longs);
		free(t.shorts);
		t = (struct table){ NULL, NULL };
	}
	return id;
}

__attribute__((format(printf, 1, 0)))
static void
warn(const char *format, va_list args)
{
	char text[2048];

	vsnprintf(text, sizeof(text), format, args);
	msg_warn("%s", text);
}

void
cmd_usage(const struct cmd *cmd, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	warn(format, args);
	va_end(args);
	print_usage(stderr, cmd);
	exit(STATUS_USAGE);
}

int64_t
cmd_number(const struct cmd *cmd, const char *option, const char *arg,
	int64_t min, int64_t max)
{
	int64_t n;

	if (number_parse(&n, str_from(arg), min, max) < 0)
		cmd_usage(cmd,
			"--%s takes a number from %lld to %lld, not '%s'",
			option, (long long)min, (long long)max, arg);
	return n;
}

int64_t
cmd_size(const struct cmd *cmd, const char *option, const char *arg,
	int64_t min, int64_t max)
{
	int64_t n;

	if (number_parse_size(&n, str_from(arg), min, max) < 0)
		cmd_usage(cmd,
			"--%s takes a size from %lld to %lld bytes "
			"(K, M, G may follow), not '%s'",
			option, (long long)min, (long long)max, arg);
	return n;
}

/* The length of "ESC [ 1 ; 2 m" at the start of s; 0: there is none. */
static size_t
style_len(struct str s)
{
	size_t n = 2;

	if (!str_starts(s, STR("\033[")))
		return 0;
	while (n < s.len && ((s.ptr[n] >= '0' && s.ptr[n] <= '9') ||
			s.ptr[n] == ';'))
		n++;
	return n < s.len && s.ptr[n] == 'm' ? n + 1 : 0;
}

void
cmd_print(FILE *file, struct str text, bool styled)
{
	struct strbuf out;

	if (!isatty(fileno(file))) {
		fwrite(text.ptr, 1, text.len, file);
		return;
	}
	strbuf_init(&out, PRINT_BYTES);
	while (text.len > 0) {
		ptrdiff_t at = styled ? str_find_byte(text, '\033') : -1;
		size_t plain = at < 0 ? text.len : (size_t)at, style;

		utf8_add_visible(&out, str_sub(text, 0, plain));
		text = str_sub(text, plain, text.len);
		style = style_len(text);
		strbuf_adds(&out, str_sub(text, 0, style));
		if (text.len > 0 && !style)
			utf8_add_visible(&out, str_sub(text, 0, style = 1));
		text = str_sub(text, style, text.len);
	}
	fwrite(out.ptr, 1, out.len, file);
	strbuf_release(&out);
}

/* What looked like a wrong argument may have been the system's failure. */
static int
true_status(int status)
{
	return status == STATUS_USAGE && err_of_system() ? STATUS_STOPPED :
							   status;
}

void
cmd_die(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	warn(format, args);
	va_end(args);
	exit(true_status(status));
}

int
cmd_finish(int status)
{
	bool failed = ferror(stdout) != 0;
	int saved;

	msg_progress_end();
	errno = 0;
	failed = fclose(stdout) != 0 || failed;
	saved = errno;
	if (!failed)
		return true_status(status);
	msg_warn("cannot write to standard output: %s",
		saved ? strerror(saved) : "output lost");
	return STATUS_STOPPED;
}

int64_t
cmd_now(void)
{
	const char *set = getenv("STET_NOW");
	int64_t now;

	if (!set || !*set)
		return (int64_t)time(NULL);
	if (number_parse(&now, str_from(set), 0, INT64_MAX) == 0)
		return now;
	if (isotime_parse(&now, str_from(set)) < 0)
		cmd_die(STATUS_USAGE, "STET_NOW is no time: '%s'", set);
	return now;
}
