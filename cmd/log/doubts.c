#include "cmd/log/doubts.h"

#include <stdio.h>

#include "common/archive/scheduledb.h"
#include "common/article/message.h"
#include "common/base/isotime.h"
#include "common/web/json.h"

enum { PATH_BYTES = 4096 };

struct listing {
	struct strbuf *out;
	bool json;
};

static void
add_member(struct strbuf *out, const char *name, struct str value)
{
	json_key(out, name);
	json_add_str(out, value);
}

static struct str
outcome_of(const struct scheduledb_doubt *d)
{
	return d->outcome.len > 0 ? d->outcome : STR("open");
}

static void
write_json(struct strbuf *out, const struct scheduledb_doubt *d)
{
	char first[ISOTIME_BYTES], last[ISOTIME_BYTES];
	struct str rest = d->records, record;

	json_open(out, '{');
	add_member(out, "key", d->key);
	add_member(out, "reason", d->reason);
	add_member(out, "outcome", outcome_of(d));
	add_member(out, "first_seen",
		str_from(isotime_format(first, d->first_s)));
	add_member(out, "last_seen",
		str_from(isotime_format(last, d->last_s)));
	json_key(out, "looks");
	json_add_int(out, d->looks);
	json_key(out, "records");
	json_open(out, '[');
	while (str_field(&record, &rest, ' '))
		if (record.len > 0)
			json_add_str(out, record);
	json_close(out, ']');
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

/* "2026-11-23T05:00:00Z  2026-11-24T05:10:00Z  3 looks  dropped  cut  KEY" */
static void
write_text(struct strbuf *out, const struct scheduledb_doubt *d)
{
	char first[ISOTIME_BYTES], last[ISOTIME_BYTES];

	strbuf_addf(out, "%s  %s  %lld looks  %-9.*s  %-11.*s  ",
		isotime_format(first, d->first_s),
		isotime_format(last, d->last_s), (long long)d->looks,
		STR_ARGS(outcome_of(d)), STR_ARGS(d->reason));
	message_clean(out, d->key, MESSAGE_VALUE_BYTES);
	strbuf_adds(out, STR("  "));
	message_clean(out, d->records, MESSAGE_VALUE_BYTES);
	strbuf_addc(out, '\n');
}

static int
write_doubt(void *context, const struct scheduledb_doubt *d)
{
	struct listing *listing = context;

	if (listing->json)
		write_json(listing->out, d);
	else
		write_text(listing->out, d);
	return 0;
}

int
doubts_list(struct strbuf *out, const char *archive, struct str key,
	bool json, struct err *err)
{
	struct listing listing = { out, json };
	struct scheduledb *db;
	char path[PATH_BYTES];
	int result;

	snprintf(path, sizeof(path), "%s/stet/schedule.db", archive);
	if (scheduledb_open(&db, path, SQL_READ, err) < 0)
		return -1;
	result = scheduledb_doubts(db, key, write_doubt, &listing, err);
	scheduledb_close(db);
	return result;
}
