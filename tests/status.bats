# stet-status: counts of each source, and the warnings.
load helper

# feed URL STATUS TIME [ERROR [ARCHIVE]]
feed() {
	jq -nc --arg url "$1" --arg status "$2" --arg time "$3" --arg error "${4-}" \
		'{v: 1, url: $url, key: $url, status: $status, fetched: $time, source: "gazette", classes: ["feed"], error: $error}' |
		stet-mark "${5-news.git}" >/dev/null
}

setup() {
	common_setup
	stet-extract <"$FIXTURES/capture.warc" | stet-commit -q news.git |
		stet-mark news.git >receipts.jsonl
	source=$(jq -r 'select(.source != "").source' receipts.jsonl | head -n 1)
	[ -n "$source" ]
	export STET_NOW=2026-03-06T12:00:00Z
}

member() {
	stet-status --json news.git | jq -r "select(.source == \"$1\").$2"
}

@test "articles, versions and what was withdrawn are the history's" {
	all=$(stet-status --json news.git | jq -s 'map(.articles) | add')
	[ "$all" = "$(git -C news.git log --format='%(trailers:key=Key,valueonly)' | sed '/^$/d' | sort -u | wc -l)" ]
	[ "$(stet-status --json news.git | jq -s 'map(.versions) | add')" = \
		"$(jq -s 'map(select(.status == "new" or .status == "changed" or .status == "minor" or .status == "restored" or .status == "technical")) | length' receipts.jsonl)" ]
	[ "$(member "$source" last_new)" = "$(jq -r "select(.source == \"$source\" and .status == \"new\").fetched" receipts.jsonl | sort | tail -n 1)" ]
	run stet-status news.git
	[[ ${lines[0]} == source*articles*versions*"next check"* ]]
	[[ ${lines[-1]} == *" articles, "*" versions, "*" still checked, "* ]]
}

@test "what is due, and when the next check is, are the schedule's" {
	for now in 2026-03-04T12:00:00Z 2026-03-10T00:00:00Z 2026-06-01T00:00:00Z; do
		[ "$(STET_NOW=$now stet-status --json news.git | jq -s 'map(.due) | add')" = \
			"$(STET_NOW=$now stet-due --scheduled news.git | wc -l)" ]
	done
	url=$(jq -r .url receipts.jsonl | tail -n 1)
	jq -nc --arg url "$url" --arg source "$source" \
		'{v: 1, url: $url, key: $url, status: "failed", error: "timeout", fetched: "2026-03-06T11:00:00Z", source: $source}' |
		stet-mark news.git >/dev/null
	[ "$(stet-status --json news.git | jq -s 'map(.failing) | add')" = 1 ]
}

@test "a source that has gone silent is told, one that never was quick is not" {
	git -C news.git config "source.$source.feed" http://gazette.example/feed
	last=$(member "$source" last_new)
	# Silence begins when somebody listens.
	STET_NOW=$(date -u -d "$last + 60 days" +%FT%TZ) run -0 stet-status news.git
	jq -nc --arg url http://gazette.example/feed --arg time "$last" --arg source "$source" \
		'{v: 1, url: $url, key: $url, status: "same", fetched: $time, source: $source, classes: ["feed"]}' |
		stet-mark news.git >/dev/null
	for days in 5 6; do # of few articles little can be expected
		STET_NOW=$(date -u -d "$last + $days days" +%FT%TZ) run -0 stet-status news.git
		[[ $output != *warning* ]]
	done
	STET_NOW=$(date -u -d "$last + 60 days" +%FT%TZ) run -1 stet-status news.git
	[[ $output == *"warning: silent: no new article for 60 days"* ]]
	# A source without a feed of its own cannot be silent.
	git -C news.git config --unset "source.$source.feed"
	STET_NOW=$(date -u -d "$last + 60 days" +%FT%TZ) run -0 stet-status news.git
}

@test "feeds that cannot be read are told with the reason" {
	git -C news.git config source.gazette.feed http://gazette.example/feed
	git -C news.git config --add source.gazette.feed http://gazette.example/feed2
	feed http://gazette.example/feed changed 2026-03-06T11:00:00Z
	feed http://gazette.example/feed2 failed 2026-03-06T11:00:00Z status-403
	run -1 stet-status news.git
	[[ $output == *"warning: 1 of 2 feeds cannot be read: status-403"* ]]
	feed http://gazette.example/feed failed 2026-03-06T11:30:00Z dns
	run -1 stet-status news.git
	[[ $output == *"warning: no feed can be read: "* ]]
	[ "$(member gazette feeds_read)" = "" ]
	feed http://gazette.example/feed same 2026-03-06T11:40:00Z
	feed http://gazette.example/feed2 same 2026-03-06T11:40:00Z
	[ "$(member gazette feeds_read)" = 2026-03-06T11:40:00Z ]
	[ "$(member gazette feeds_failing)" = 0 ]
	# An address that is configured no more is nobody's failure.
	feed http://gazette.example/feed2 failed 2026-03-06T11:50:00Z status-404
	[ "$(member gazette feeds_failing)" = 1 ]
	git -C news.git config --fixed-value --unset source.gazette.feed http://gazette.example/feed2
	[ "$(member gazette feeds_failing)" = 0 ]
}

@test "the next check of a feed is told" {
	git -C news.git config source.gazette.feed http://gazette.example/feed
	run -0 stet-status news.git
	[[ ${lines[0]} == *"next feed" && $output == *$'\ngazette '*" now"$'\n'* ]]
	feed http://gazette.example/feed failed 2026-03-06T11:59:00Z dns
	[ "$(member gazette feeds_next)" = 2026-03-06T12:04:00Z ]
	run -1 stet-status news.git
	[[ $output == *"in 4 minutes"$'\n    warning: no feed can be read: dns'* ]]
}

@test "one dead feed of two is told beside the silence, and feeds without articles" {
	git -C news.git config "source.$source.feed" http://gazette.example/feed
	git -C news.git config --add "source.$source.feed" http://gazette.example/feed2
	last=$(member "$source" last_new)
	for n in '' 2; do
		jq -nc --arg url http://gazette.example/feed$n --arg time "$last" --arg source "$source" --arg status "${n:+failed}" \
			'{v: 1, url: $url, key: $url, status: (if $status == "" then "same" else $status end), error: "dns", fetched: $time, source: $source, classes: ["feed"]}'
	done | stet-mark news.git >/dev/null
	STET_NOW=$(date -u -d "$last + 60 days" +%FT%TZ) run -1 stet-status news.git
	[[ $output == *"warning: 1 of 2 feeds cannot be read: dns; silent: no new article for 60 days"* ]]

	stet-commit -q empty.git </dev/null
	git -C empty.git config source.gazette.feed http://gazette.example/none
	STET_NOW=$last run -0 stet-status empty.git
	feed http://gazette.example/none changed "$last" '' empty.git
	STET_NOW=$last run -1 stet-status empty.git
	[[ $output == *"warning: not one article yet, though its feeds are read"* ]]
}

@test "a configured source without an article, and an empty archive" {
	new_archive empty.git
	run -0 stet-status empty.git
	[[ ${lines[-1]} == "0 sources, 0 articles, 0 versions, 0 still checked, 0 of them due" ]]
	git -C empty.git config source.a.b.feed http://a.example/feed
	[ "$(stet-status --json empty.git | jq -r .source)" = a.b ]
	jq -nc '{v: 1, url: "http://a.example/feed", key: "http://a.example/feed", status: "changed", fetched: "2026-03-01T00:00:00Z", source: "a.b", classes: ["feed"]}' |
		stet-mark empty.git >/dev/null
	run -1 stet-status empty.git
	[[ $output == *"warning: silent: not one article in 5 days"* ]]
}

@test "usage, a full disk, no archive" {
	run -2 stet-status
	run -2 stet-status news.git more
	run -2 stet-status nowhere.git
	run -3 bash -c 'stet-status news.git >/dev/full'
	run -0 stet-status --help
}

@test "the examples of the man page" {
	run -0 bash -c "stet status --json news.git | jq -r 'select(.warning != \"\").source'"
}

@test "--check is a line and a status for Nagios" {
	run -0 stet status --check news.git
	[[ ${lines[0]} =~ ^"STET OK - 2 sources, 0 with a warning | articles="[0-9]+" versions="[0-9]+"c due="[0-9]+" failing=0 warnings=0"$ ]]
	git -C news.git config "source.$source.feed" https://feeds.example/rss
	feed https://feeds.example/rss failed 2026-03-06T11:00:00Z timeout
	run -2 stet status --check news.git
	[[ ${lines[0]} == "STET CRITICAL - 2 sources, 1 with a warning, no feed was read for a day | "* ]]
	[[ ${lines[1]} == "$source: "*timeout* ]]
	feed https://feeds.example/rss same 2026-03-06T11:30:00Z
	run -0 stet status --check news.git
	run -3 stet status --check nowhere.git
	[[ $output == "STET UNKNOWN - 'nowhere.git' is no archive; stet init makes one" ]]
}

@test "--prometheus has the counts of --json" {
	stet status --prometheus news.git >metrics
	[ -z "$(grep -vE '^(# (HELP|TYPE) stet_[a-z_]+ .+|stet_[a-z_]+\{source="[^"]+"\} -?[0-9]+)$' metrics)" ]
	for pair in articles:stet_articles versions:stet_versions_total due:stet_due gone:stet_gone; do
		[ "$(grep -F "${pair#*:}{source=\"$source\"}" metrics | cut -d ' ' -f 2)" = "$(member "$source" "${pair%:*}")" ]
	done
}
