# stet-due: what is due, in which order, with which validators; the schedule
# over 40 days.
load helper

setup() {
	common_setup
	new_archive news.git
	export STET_NOW=2026-05-04T09:00:00Z
}

# receipt URL STATUS TIME [MEMBER...]: one line.
receipt() {
	local url=$1 status=$2 time=$3
	shift 3
	jq -nc --arg url "$url" --arg status "$status" --arg time "$time" \
		'{v: 1, url: $url, key: ($url | sub("^http:"; "https:")), status: $status, version: 1, fetched: $time, source: "s"}' |
		jq -c ". + {$(IFS=, && echo "$*")}"
}

# mark URL STATUS TIME [MEMBER...]: records a check.
mark() {
	receipt "$@" | STET_NOW=$3 stet-mark news.git >/dev/null
}

due_at() {
	STET_NOW=$1 stet-due --scheduled news.git | cut -f1
}

# The next check, as --explain tells it.
next_of() {
	stet-due --explain "$1" news.git |
		sed -nE 's/^next check: .*([0-9]{4}-[^ ]*Z).*/\1/p'
}

# The reason it gives.
reason_of() {
	stet-due --explain "$1" news.git | sed -n 's/^why: *//p'
}

seconds() {
	date -u -d "$1" +%s
}

@test "new links go through, known ones only when they are due" {
	printf 'http://a.example/1\ts\t\t\tTitle\nhttp://a.example/2\ts\n' >links
	run -0 stet-due news.git <links
	[ "$output" = "$(cat links)" ]
	mark http://a.example/1 new 2026-05-04T09:00:00Z
	run -0 stet-due news.git <links
	[ "$output" = $'http://a.example/2\ts' ]
	STET_NOW=2026-05-04T09:31:00Z run -0 stet-due news.git <links
	[ "$output" = $'http://a.example/2\ts\nhttp://a.example/1\ts\t\t\tTitle' ]
	# Also without its feed.
	[ "$(due_at 2026-05-04T09:31:00Z)" = http://a.example/1 ]
	[ "$(due_at 2026-05-04T09:26:00Z)" = "" ]
	STET_NOW=2026-05-04T09:00:00Z run -0 stet-due --now 2026-05-04T09:31:00Z --scheduled news.git
	[ "$output" = $'http://a.example/1\ts' ]
}

@test "links that differ in nothing that matters are one, and are given once" {
	printf 'http://a.example/1?utm_source=x\nhttps://a.example/1#top\nHTTP://A.example:80/1?fbclid=2\n' >links
	run -0 stet-due news.git <links
	[ "$output" = 'http://a.example/1?utm_source=x' ]
	mark http://a.example/1 new 2026-05-04T09:00:00Z
	run -0 stet-due news.git <links
	[ "$output" = "" ]
	git -C news.git config stet.tracking from
	run -0 bash -c 'echo "http://a.example/1?from=feed" | stet-due news.git'
	[ "$output" = "" ]
}

@test "an address that leads to an article under another key is known" {
	receipt http://m.example/amp-story new 2026-05-04T09:00:00Z '"key": "https://www.example/story"' |
		stet-mark news.git >/dev/null
	run -0 bash -c 'echo http://m.example/amp-story | stet-due news.git'
	[ "$output" = "" ]
	# The 404 of that address is the article's.
	receipt http://m.example/amp-story failed 2026-05-04T09:40:00Z '"key": "https://m.example/amp-story", "error": "not-found"' |
		stet-mark news.git >/dev/null
	run -0 stet-due --explain https://www.example/story news.git
	[[ $output == *"failures:     1 in a row: not-found"* ]]
	# The address that worked is the one that is asked for.
	STET_NOW=2026-05-05T09:00:00Z run -0 stet-due --scheduled news.git
	[[ $output == http://m.example/amp-story* ]]
}

@test "validators are those of the response that the newest version is of" {
	fields() {
		STET_NOW=2026-06-04T09:00:00Z stet-due --scheduled news.git | cut -f6,7
	}
	mark http://a.example/1 new 2026-05-04T09:00:00Z '"etag": "\"e1\"", "last_modified": "Mon, 04 May 2026 08:00:00 GMT"'
	[ "$(fields)" = $'"e1"\tMon, 04 May 2026 08:00:00 GMT' ]
	mark http://a.example/1 same 2026-05-04T10:00:00Z
	[ "$(fields)" = $'"e1"\tMon, 04 May 2026 08:00:00 GMT' ]
	mark http://a.example/1 blocked 2026-05-04T10:10:00Z '"etag": "\"wall\"", "error": "bot-wall"'
	[ "$(fields)" = $'"e1"\tMon, 04 May 2026 08:00:00 GMT' ]
	mark http://a.example/1 changed 2026-05-04T11:00:00Z '"etag": "\"e2\""'
	[ "$(fields)" = '"e2"' ]
	mark http://a.example/1 changed 2026-05-04T12:00:00Z
	[ "$(STET_NOW=2026-06-04T09:00:00Z stet-due --scheduled news.git)" = $'http://a.example/1\ts' ]
	mark http://a.example/1 changed 2026-05-04T13:00:00Z '"etag": "\"e3\""'
	mark http://a.example/1 gone 2026-05-04T14:00:00Z '"error": "gone"'
	[ "$(STET_NOW=2026-06-04T09:00:00Z stet-due --scheduled news.git)" = $'http://a.example/1\ts' ]
}

@test "the table of the man page: 40 days without a change" {
	export STET_NOW=2026-05-04T09:00:00Z
	start=$(seconds $STET_NOW)
	url=http://a.example/1
	mark $url new $STET_NOW
	checks=()
	while next=$(next_of $url) && [ -n "$next" ]; do
		[ "${#checks[@]}" -lt 60 ]
		checks+=($(($(seconds "$next") - start)))
		mark $url same "$next"
	done
	# The last one is 40 days after the change, and says why it is the last.
	[ "${checks[-1]}" = $((40 * 86400)) ]
	run -0 stet-due --explain $url news.git
	[[ $output == *"next check:   none: it last changed 40 days ago or longer"* ]]
	[ "$(due_at 2030-01-01T00:00:00Z)" = "" ]
	echo "http://a.example/1" | STET_NOW=2030-01-01T00:00:00Z stet-due news.git >out
	[ ! -s out ]
	# Check for check, none is later than the table says, nor earlier than
	# the tenth that an interval may be shorter.
	rows=0
	while read -r n days hours minutes; do
		latest=$((days * 86400 + hours * 3600 + minutes * 60 + 59))
		[ "${checks[$((n - 1))]}" -le $latest ]
		[ "${checks[$((n - 1))]}" -ge $((latest * 89 / 100)) ]
		rows=$((rows + 1))
	done < <(sed -nE 's/^\.It ([0-9]+) Ta ([0-9]+) Ta ([0-9]+) Ta ([0-9]+)$/\1 \2 \3 \4/p' "$ROOT/cmd/due/stet-due.1")
	[ "$rows" = 20 ]
	[ "${#checks[@]}" -ge 33 ] && [ "${#checks[@]}" -le 36 ]
	# A change begins it anew.
	mark $url changed 2026-07-01T09:00:00Z
	[ "$(due_at 2026-07-01T09:31:00Z)" = $url ]
}

@test "intervals differ from article to article, and are the same each time" {
	for n in $(seq 20); do receipt "http://a.example/$n" new 2026-05-04T09:00:00Z; done >receipts
	stet-mark news.git <receipts >/dev/null
	for n in $(seq 20); do next_of "http://a.example/$n"; done >once
	[ "$(sort -u once | wc -l)" -ge 10 ]
	[[ $(sort once | head -n 1) > 2026-05-04T09:26:59Z && $(sort once | tail -n 1) < 2026-05-04T09:30:01Z ]]
	rm news.git/stet/schedule.db*
	stet-mark news.git <receipts >/dev/null
	for n in $(seq 20); do next_of "http://a.example/$n"; done | diff once -
}

@test "minor and technical versions do not set the period back" {
	url=http://a.example/1
	mark $url new 2026-05-04T09:00:00Z
	mark $url minor 2026-05-04T09:30:00Z '"etag": "\"m\""'
	mark $url technical 2026-05-04T10:10:00Z
	[[ $(stet-due --explain $url news.git) == *"period:       43 minutes"* ]]
	[[ $(stet-due --explain $url news.git) == *"last change:  2026-05-04T09:00:00Z"* ]]
}

@test "failures back off, do not count as unchanged, and end with success" {
	url=http://a.example/1
	mark $url new 2026-05-04T09:00:00Z
	now=$(seconds 2026-05-04T09:30:00Z)
	for wait in 30 60 120 240 480 960 1440 1440; do
		mark $url failed "$(date -u -d @"$now" +%FT%TZ)" '"error": "timeout"'
		next=$(seconds "$(next_of $url)")
		[ $((next - now)) -le $((wait * 60)) ]
		[ $((next - now)) -ge $((wait * 54)) ]
		now=$next
	done
	[ "$(reason_of $url)" = "tried again after a failure" ]
	mark $url same "$(date -u -d @"$now" +%FT%TZ)"
	[[ $(stet-due --explain $url news.git) == *"period:       36 minutes"* ]]
	# The server's wish, up to a week.
	mark $url blocked "$(date -u -d @"$((now + 3600))" +%FT%TZ)" '"error": "status-429", "retry_after": 7200'
	[ "$(seconds "$(next_of $url)")" = $((now + 3600 + 7200)) ]
	mark $url blocked "$(date -u -d @"$((now + 4000))" +%FT%TZ)" '"error": "status-429", "retry_after": 99999999'
	[ "$(seconds "$(next_of $url)")" = $((now + 4000 + 604800)) ]
}

@test "not found: counted, told to fetch, forgotten when it is back" {
	url=http://a.example/1
	misses() {
		STET_NOW=2026-06-01T00:00:00Z stet-due --scheduled news.git | cut -f9
	}
	mark $url new 2026-05-04T09:00:00Z
	[ "$(misses)" = "" ]
	mark $url failed 2026-05-04T09:30:00Z '"error": "not-found"'
	[ "$(misses)" = 1/2026-05-04T09:30:00Z ]
	[ "$(reason_of $url)" = "not found; withdrawn once that is confirmed" ]
	mark $url failed 2026-05-04T21:30:00Z '"error": "soft-404"'
	mark $url failed 2026-05-05T09:30:00Z '"error": "redirect-home"'
	[ "$(misses)" = 3/2026-05-04T09:30:00Z ]
	# A failure in between tells nothing.
	mark $url failed 2026-05-05T10:30:00Z '"error": "timeout"'
	[ "$(misses)" = 3/2026-05-04T09:30:00Z ]
	mark $url same 2026-05-05T12:00:00Z
	[ "$(misses)" = "" ]
	mark $url failed 2026-05-05T13:00:00Z '"error": "not-found"'
	[ "$(misses)" = 1/2026-05-05T13:00:00Z ]
}

@test "withdrawn and moved: looked at weekly for 40 days; back: from the start" {
	url=http://a.example/1
	mark $url new 2026-05-04T09:00:00Z
	for status in gone moved; do
		mark $url $status 2026-05-05T09:00:00Z '"error": "gone"'
		[[ $(next_of $url) > 2026-05-11T00:00:00Z && $(next_of $url) < 2026-05-12T09:00:01Z ]]
		[ "$(reason_of $url)" = "looked at weekly for its return" ]
		[[ $(stet-due --explain $url news.git) == *"state:        $status"* ]]
		[ "$(echo $url | STET_NOW=2026-05-06T00:00:00Z stet-due news.git)" = "" ]
		mark $url same 2026-05-12T09:00:00Z
		[[ $(stet-due --explain $url news.git) == *"state:        $status"* ]]
		mark $url failed 2026-05-19T09:00:00Z '"error": "not-found"'
		mark $url gone 2026-06-10T09:00:00Z
		mark $url $status 2026-06-14T09:00:01Z
		[[ $status != gone ]] || [ "$(next_of $url)" = "" ]
		rm news.git/stet/schedule.db*
		mark $url new 2026-05-04T09:00:00Z
	done
	mark $url gone 2026-05-05T09:00:00Z
	mark $url restored 2026-05-06T09:00:00Z
	[[ $(next_of $url) < 2026-05-06T09:30:01Z ]]
	[[ $(stet-due --explain $url news.git) == *"state:        live"* ]]
}

@test "an address that begins to redirect to the article it stood for is no move" {
	receipt http://a.example/amp new 2026-05-04T09:00:00Z '"key": "https://a.example/story"' | stet-mark news.git >/dev/null
	{
		receipt http://a.example/amp moved 2026-05-04T10:00:00Z '"key": "https://a.example/amp"' '"location": "http://a.example/story"'
		receipt http://a.example/story same 2026-05-04T10:00:00Z
	} | stet-mark news.git >/dev/null
	run -0 stet-due --explain http://a.example/amp news.git
	[[ $output == *"state:        live"*"checks:       2"* ]]
	# To another article, it is one.
	receipt http://a.example/amp moved 2026-05-04T11:00:00Z '"key": "https://a.example/amp"' '"location": "http://a.example/other"' |
		stet-mark news.git >/dev/null
	[[ $(stet-due --explain http://a.example/story news.git) == *"state:        moved"* ]]
}

@test "both addresses of an article are of one shard" {
	receipt http://one.example/amp new 2026-05-04T05:00:00Z '"key": "https://two.example/story"' | stet-mark news.git >/dev/null
	for shard in 0 1 2 3 4; do
		printf 'http://one.example/amp\nhttp://two.example/story\n' | stet-due --shard $shard/5 news.git
	done >all
	[ "$(cut -f1 all)" = http://one.example/amp ]
}

@test "a link at which there is no article is given up after a week" {
	url=http://a.example/section
	now=$(seconds 2026-05-04T09:00:00Z)
	for _ in $(seq 30); do
		mark $url failed "$(date -u -d @"$now" +%FT%TZ)" '"error": "home-page", "version": 0'
		next=$(next_of $url)
		[ -n "$next" ] || break
		now=$(seconds "$next")
	done
	[ -z "$next" ]
	[ $((now - $(seconds 2026-05-04T09:00:00Z))) = 604800 ]
	[[ $(stet-due --explain $url news.git) == *"none: no article was found there within 7 days"* ]]
	[ "$(echo $url | stet-due --now 2027-01-01 news.git)" = "" ]
}

@test "feeds: the configured ones, at their period or their wish" {
	cd news.git
	git config source.herald.feed http://a.example/feed
	git config --add source.herald.feed http://a.example/feed2
	git config source.herald.sitemap http://a.example/map.xml
	git config source.the.globe.page http://b.example/
	git config source.the.globe.period 120
	git config source.herald.include x
	cd ..
	feeds_at() {
		stet-due --feeds --now "$1" news.git </dev/null | cut -f1,2 | tr '\t\n' '  '
	}
	[ "$(feeds_at 2026-05-04T09:00:00Z | tr ' ' '\n' | grep -c http)" = 4 ]
	[[ $(feeds_at 2026-05-04T09:00:00Z) == *"http://b.example/ the.globe"* ]]
	feed() {
		local url=$1 status=$2 time=$3
		shift 3
		receipt "$url" "$status" "$time" "\"key\": \"$url\"" '"classes": ["feed"]' "$@" | stet-mark news.git >/dev/null
	}
	feed http://a.example/feed changed 2026-05-04T09:00:00Z '"etag": "\"f\""'
	feed http://a.example/feed2 same 2026-05-04T09:00:00Z '"retry_after": 7200'
	feed http://a.example/map.xml failed 2026-05-04T09:00:00Z '"error": "timeout"'
	feed http://b.example/ changed 2026-05-04T09:00:00Z
	[ "$(feeds_at 2026-05-04T09:04:59Z)" = "" ]
	[ "$(feeds_at 2026-05-04T09:05:00Z)" = "http://a.example/map.xml herald " ]
	[ "$(feeds_at 2026-05-04T09:30:00Z)" = "http://a.example/map.xml herald http://a.example/feed herald " ] ||
		[ "$(feeds_at 2026-05-04T09:30:00Z)" = "http://a.example/feed herald http://a.example/map.xml herald " ]
	[[ $(feeds_at 2026-05-04T10:40:00Z) != *feed2* ]]
	[[ $(feeds_at 2026-05-04T11:00:00Z) == *feed2* ]]
	[[ $(feeds_at 2026-05-04T10:40:00Z) != *b.example* ]]
	[[ $(feeds_at 2026-05-04T11:00:00Z) == *b.example* ]]
	run -0 stet-due --feeds --now 2026-05-04T09:30:00Z news.git
	[[ $output == *$'http://a.example/feed\therald\t\t\t\t"f"'* ]]
	# A wish of a month is kept for a day.
	feed http://a.example/feed changed 2026-05-04T10:00:00Z '"retry_after": 2592000'
	[[ $(feeds_at 2026-05-05T09:59:00Z) != *"a.example/feed "* ]]
	[[ $(feeds_at 2026-05-05T10:00:00Z) == *"a.example/feed "* ]]
	# Feeds that the input names, as a sitemap index's children.
	run -0 bash -c 'printf "http://c.example/child.xml\therald\n" | stet-due --feeds --now 2026-05-04T09:00:01Z news.git'
	[[ $output == *$'http://c.example/child.xml\therald'* ]]
	feed http://c.example/child.xml changed 2026-05-04T09:00:01Z
	run -0 bash -c 'printf "http://c.example/child.xml\therald\n" | stet-due --feeds --now 2026-05-04T09:00:02Z news.git'
	[[ $output != *child* ]]
	# A feed is no article.
	run -0 stet-due --scheduled --now 2027-01-01 news.git
	[ "$output" = "" ]
	[[ $(stet-due --explain http://a.example/feed news.git) == *"it asks for 1 day"* ]]
}

@test "a feed that fails is tried again soon, and at once when it may be mended" {
	url=http://a.example/feed
	git -C news.git config source.a.feed $url
	touch -d 2026-05-04T08:00:00Z news.git/config
	failed() {
		receipt $url failed "$1" "\"key\": \"$url\"" '"classes": ["feed"]' "\"error\": \"$2\"" |
			STET_NOW=$1 stet-mark news.git >/dev/null
	}
	now=$(seconds 2026-05-04T09:00:00Z)
	for minutes in 5 10 20 40 80 160 320 640 1280 1440 1440; do
		failed "$(date -u -d @"$now" +%FT%TZ)" dns
		[ "$(seconds "$(next_of $url)")" = $((now + minutes * 60)) ]
		[ "$(reason_of $url)" = "tried again after a failure" ]
		now=$((now + minutes * 60))
	done
	# The configuration is changed: what failed for want of it is due.
	failed 2026-05-20T09:00:00Z forbidden-address
	[ "$(stet-due --feeds --now 2026-05-20T09:01:00Z news.git </dev/null)" = "" ]
	touch -d 2026-05-20T09:00:30Z news.git/config
	[ "$(stet-due --feeds --now 2026-05-20T09:01:00Z news.git </dev/null | cut -f1)" = $url ]
	run -0 stet-due --explain $url --now 2026-05-20T09:01:00Z news.git
	[[ $output == *"next check:   now; "*"failed before the configuration was changed"* ]]
	# The answer of a server is none that a configuration mends.
	failed 2026-05-20T09:00:20Z status-503
	[ "$(stet-due --feeds --now 2026-05-20T09:01:00Z news.git </dev/null)" = "" ]
	# Another address is due at once.
	git -C news.git config source.a.feed http://a.example/feed2
	[ "$(stet-due --feeds --now 2026-05-20T09:01:00Z news.git </dev/null | cut -f1)" = http://a.example/feed2 ]
}

@test "a period of less than five minutes is five minutes" {
	git -C news.git config source.a.feed http://a.example/feed
	git -C news.git config source.a.period 1
	receipt http://a.example/feed same 2026-05-04T09:00:00Z '"key": "http://a.example/feed", "classes": ["feed"]' |
		stet-mark news.git >/dev/null
	[ "$(stet-due --feeds --now 2026-05-04T09:04:59Z news.git </dev/null)" = "" ]
	[ "$(stet-due --feeds --now 2026-05-04T09:05:00Z news.git </dev/null | wc -l)" = 1 ]
}

@test "the oldest first, the hosts in turn, at most --limit" {
	for n in 1 2 3 4; do receipt "http://big.example/$n" new 2026-05-04T0$n:00:00Z; done >receipts
	receipt http://www.small.example/1 new 2026-05-04T05:00:00Z >>receipts
	receipt http://m.small.example/2 new 2026-05-04T06:00:00Z >>receipts
	receipt http://third.example/1 new 2026-05-04T00:30:00Z >>receipts
	stet-mark news.git <receipts >/dev/null
	expected='http://third.example/1 http://big.example/1 http://www.small.example/1 http://big.example/2 http://m.small.example/2 http://big.example/3 http://big.example/4'
	[ "$(due_at 2026-05-04T09:00:00Z | tr '\n' ' ')" = "$expected " ]
	run -0 stet-due --scheduled -n 3 news.git
	[ "$(cut -f1 <<<"$output" | tr '\n' ' ')" = "http://third.example/1 http://big.example/1 http://www.small.example/1 " ]
	# New links before all others.
	run -0 bash -c 'printf "http://big.example/new\n" | stet-due --limit 0 news.git >all; stet-due --scheduled news.git | wc -l'
	[ "$(wc -l <all)" -ge "$output" ] && [ "$output" -gt 2 ]
	run -0 bash -c 'printf "http://big.example/new\n" | stet-due --limit 2 news.git | cut -f1 | tr "\n" " "'
	[ "$output" = "http://big.example/new http://third.example/1 " ]
}

@test "shards are disjoint, whole hosts, and together everything" {
	for n in $(seq 40); do
		receipt "http://www.host$((n % 20)).example/$n" new 2026-05-04T05:00:00Z
	done | stet-mark news.git >/dev/null
	for n in $(seq 20); do echo "http://m.host$n.example/new"; done >links
	for shard in 0 1 2; do
		stet-due --shard $shard/3 news.git <links | cut -f1 >part.$shard
		sed -E 's|http://[^.]*\.([^/]*)/.*|\1|' part.$shard | sort -u >hosts.$shard
		[ -s part.$shard ]
	done
	[ "$(cat part.* | sort -u | wc -l)" = 60 ]
	[ "$(cat part.* | wc -l)" = 60 ]
	[ "$(cat hosts.* | wc -l)" = "$(cat hosts.* | sort -u | wc -l)" ]
	for bad in 3/3 -1/2 1 a/b 1/0; do run -2 stet-due --shard $bad news.git; done
}

@test "due only reads: twice the same, and the schedule as it was" {
	mark http://a.example/1 new 2026-05-04T09:00:00Z
	before=$(sha256sum <news.git/stet/schedule.db)
	STET_NOW=2026-05-04T10:00:00Z run -0 stet-due --scheduled news.git
	first=$output
	STET_NOW=2026-05-04T10:00:00Z run -0 stet-due --scheduled news.git
	[ "$output" = "$first" ]
	[ "$(sha256sum <news.git/stet/schedule.db)" = "$before" ]
}

@test "an archive that is not there yet has an empty schedule" {
	run -0 bash -c 'echo http://a.example/1 | stet-due other.git'
	[ "$output" = http://a.example/1 ]
	[ ! -e other.git ]
}

@test "what is no link is told, and the others go on" {
	printf 'nonsense\nhttp://a.example/1\nhttp://[bad/\n' >links
	run -1 --separate-stderr stet-due news.git <links
	[ "$output" = http://a.example/1 ]
	[ "${#stderr_lines[@]}" = 2 ]
	[[ $stderr == *"'nonsense'"* ]]
	head -c 100000 /dev/zero | tr '\0' x >links
	run -1 --separate-stderr stet-due news.git <links
	[[ $stderr == *"longer than a link"* ]]
}

@test "a damaged schedule is made anew, and named" {
	mkdir -p news.git/stet
	printf 'not a database, but long enough to look at: %4096s' x >news.git/stet/schedule.db
	run -0 --separate-stderr stet-due --scheduled news.git
	[[ $stderr == *"schedule.db"* ]]
	run -0 --separate-stderr stet-due --scheduled news.git
	[ "$stderr" = "" ]
}

@test "it behaves as a filter does" {
	echo http://a.example/1 >links
	behaves_like_a_filter links stet-due news.git
	run -2 stet-due
	run -2 stet-due news.git extra
	run -2 stet-due --limit -1 news.git
	run -2 stet-due --now never news.git
	run -3 stet-due --explain nonsense news.git
}

@test "the examples of the man page" {
	printf '<rss><channel><item><link>https://paper.example/a</link></item></channel></rss>' >feed.xml
	run -0 bash -c 'stet-links --base https://paper.example/feed < feed.xml | stet-due news.git | cut -f1'
	[ "$output" = https://paper.example/a ]
	run -0 stet-due --explain https://paper.example/a news.git
	[[ $output == *"next check:   now: it has never been seen"* ]]
}
