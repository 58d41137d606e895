#include <string.h>
#include <unistd.h>

#include "cmd/tell/tell.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/diff/change.h"

enum { SOURCE = 256, CLASS, HEADLINE, WORDS, ADDED, REMOVED, AUTHOR, ARTICLE,
	FRESH, MINOR, FORMAT, FROM, TO, SPOOL };

static const struct cmd_option option_table[] = {
	{ SOURCE, "source", "NAME", "only articles of this source" },
	{ CLASS, "class", "NAME", "only changes of this kind" },
	{ HEADLINE, "headline", NULL, "only changes of the headline" },
	{ WORDS, "words", "N", "only changes of at least N words" },
	{ ADDED, "added", "WORDS", "only where these words were put in" },
	{ REMOVED, "removed", "WORDS", "only where they were taken out" },
	{ AUTHOR, "author", "NAME", "only with this in the byline" },
	{ ARTICLE, "article", "URL", "only this article" },
	{ FRESH, "new", NULL, "new articles too" },
	{ MINOR, "minor", NULL, "small changes too" },
	{ FORMAT, "format", "NAME", "text, html, json or mail" },
	{ FROM, "from", "ADDRESS", "the sender of mail" },
	{ TO, "to", "ADDRESS", "who mail is for" },
	{ SPOOL, "spool", "DIR", "a file for each message, in this folder" },
	{ 0 }
};

static const struct cmd cmd = { "stet-tell", "[OPTION...] ARCHIVE",
	"makes messages of the receipts that match", option_table };

static enum tell_format
format(const char *name)
{
	static const char *const names[] = { "text", "html", "json", "mail" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return (enum tell_format)i;
	cmd_usage(&cmd, "--format takes text, html, json or mail, not '%s'",
		name);
}

/* The options whose argument is a text. */
static struct str *
text_option(struct tell_options *o, int id)
{
	switch (id) {
	case SOURCE:
		return &o->source;
	case CLASS:
		return &o->class;
	case ADDED:
		return &o->added;
	case REMOVED:
		return &o->removed;
	case AUTHOR:
		return &o->author;
	case ARTICLE:
		return &o->article;
	case FROM:
		return &o->from;
	case TO:
		return &o->to;
	default:
		return NULL;
	}
}

/* A class of changes, or what tell calls a withdrawal and a return. */
static void
check_class(struct str name)
{
	if (str_eq(name, STR("removed")) || str_eq(name, STR("restored")))
		return;
	for (size_t i = 0; i < CHANGE_CLASSES; i++)
		if (str_eq(name, change_class_name(1u << i)))
			return;
	cmd_usage(&cmd, "--class takes a kind of change as in stet-archive(5), "
		"removed or restored, not '%.*s'", STR_ARGS(name));
}

static void
parse(struct tell_options *o, int argc, char **argv)
{
	struct str *text;
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if ((text = text_option(o, id)))
			*text = str_from(optarg);
		o->headline = o->headline || id == HEADLINE;
		o->fresh = o->fresh || id == FRESH;
		o->minor = o->minor || id == MINOR;
		if (id == WORDS)
			o->words = cmd_number(&cmd, "words", optarg, 0,
				INT32_MAX);
		if (id == FORMAT)
			o->format = format(optarg);
		if (id == SPOOL)
			o->spool = optarg;
	}
	if (o->class.len > 0)
		check_class(o->class);
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	if (o->format == TELL_MAIL && (!o->from.len || !o->to.len))
		cmd_usage(&cmd, "mail needs --from and --to");
	o->archive = argv[optind];
}

static void
warn(const char *text)
{
	msg_warn("%s", text);
}

int
main(int argc, char **argv)
{
	struct tell_options options = { 0 };
	const char *read_paths[] = { NULL, NULL };
	const char *write_paths[] = { NULL, NULL };
	struct err err;
	int status;

	cmd_init(&cmd);
	parse(&options, argc, argv);
	read_paths[0] = options.archive;
	write_paths[0] = options.spool;
	if (sandbox_folders(read_paths, write_paths, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = tell_run(&options, STDIN_FILENO, STDOUT_FILENO, warn, &err);
	if (status > STATUS_PARTIAL)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
