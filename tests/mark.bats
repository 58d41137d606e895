# stet-mark: receipts into the schedule, durable before they are passed on.
load helper

setup() {
	common_setup
	new_archive news.git
	export STET_NOW=2026-05-04T09:00:00Z
}

# receipts FROM TO [STATUS] [TIME]: lines of articles.
receipts() {
	jq -nc --argjson from "$1" --argjson to "$2" --arg status "${3-new}" --arg time "${4-2026-05-04T09:00:00Z}" \
		'range($from; $to + 1) | {v: 1, url: "http://a.example/\(.)", key: "https://a.example/\(.)", status: $status, version: 1, fetched: $time, source: "s"}'
}

checks_of() {
	stet-due --explain "http://a.example/$1" news.git | sed -n 's/^checks: *//p'
}

@test "receipts are recorded and passed on as they are" {
	receipts 1 3 >in
	run -0 stet-mark news.git <in
	[ "$output" = "$(cat in)" ]
	[ "$(stet-due --scheduled --now 2026-05-04T09:31:00Z news.git | wc -l)" = 3 ]
}

@test "the same receipts twice count once, and late ones do not turn it back" {
	receipts 1 1 >in
	receipts 1 1 same 2026-05-04T09:40:00Z >>in
	cat in in | stet-mark news.git >/dev/null
	[ "$(checks_of 1)" = 2 ]
	receipts 1 1 same 2026-05-04T09:20:00Z | stet-mark news.git >/dev/null
	[ "$(checks_of 1)" = 2 ]
	run -0 stet-due --explain http://a.example/1 news.git
	[[ $output == *"last check:   2026-05-04T09:40:00Z"* ]]
}

@test "a receipt without a time is of now" {
	receipts 1 1 | jq -c 'del(.fetched)' | stet-mark news.git >/dev/null
	run -0 stet-due --explain http://a.example/1 news.git
	[[ $output == *"last check:   2026-05-04T09:00:00Z"* ]]
}

@test "what is no receipt is told, not passed on, and the others go on" {
	{
		receipts 1 1
		echo 'nonsense'
		echo '{"v":1,"url":"http://a.example/x","key":"k","status":"frobnicated"}'
		head -c 400000 /dev/zero | tr '\0' x
		echo
		receipts 2 2
	} >in
	run -1 --separate-stderr stet-mark news.git <in
	[ "$output" = "$(receipts 1 2)" ]
	[ "${#stderr_lines[@]}" = 3 ]
	[[ $stderr == *"line 2: "*"line 3: "*"line 4: longer than a receipt"* ]]
}

@test "a pause of the input is enough to be recorded" {
	mkfifo in
	stet-mark news.git <in >out &
	exec 7>in
	receipts 1 1 >&7
	for _ in $(seq 100); do
		[ ! -s out ] || break
		sleep 0.1
	done
	[ "$(cat out)" = "$(receipts 1 1)" ]
	[ "$(checks_of 1)" = 1 ]
	exec 7>&-
	wait $!
}

@test "the archive may be made while mark waits for its first receipt" {
	mkfifo in
	stet-mark new.git <in >out &
	exec 7>in
	new_archive new.git
	receipts 1 2 >&7
	exec 7>&-
	wait $!
	[ "$(wc -l <out)" = 2 ]
	[ -f new.git/stet/schedule.db ]
	run -0 stet-mark nowhere.git </dev/null
	[ ! -e nowhere.git ]
	run -2 --separate-stderr stet-mark nowhere.git <out
	[[ $stderr == *"'nowhere.git' is no archive"* ]]
}

@test "two writers at a time: nothing is lost" {
	local pids=()
	for w in 0 1 2; do
		receipts $((w * 2000 + 1)) $((w * 2000 + 2000)) >in.$w
		stet-mark news.git <in.$w >out.$w &
		pids[w]=$!
	done
	wait "${pids[@]}"
	for w in 0 1 2; do cmp in.$w out.$w; done
	[ "$(stet-due --scheduled --now 2026-05-04T09:31:00Z news.git | wc -l)" = 6000 ]
}

@test "killed at any moment: what was passed on is in the schedule" {
	receipts 1 20000 >in
	for n in $(seq 12); do
		rm -rf news.git/stet
		stet-mark news.git <in >out &
		sleep 0.0$((n * 7))
		kill -9 $! 2>/dev/null || true
		wait $! 2>/dev/null || true
		grep -c . out >/dev/null || continue
		# The last line may be cut.
		jq -r .url out 2>/dev/null | sort >passed || true
		stet-due --scheduled --now 2026-05-04T09:31:00Z news.git | cut -f1 | sort >scheduled
		[ "$(comm -23 passed scheduled | wc -l)" = 0 ]
		stet-mark news.git <in >/dev/null
		[ "$(stet-due --scheduled --now 2026-05-04T09:31:00Z news.git | wc -l)" = 20000 ]
	done
}

@test "a lost schedule is made again from the history" {
	stet-extract <"$FIXTURES/capture.warc" | stet-commit real.git | stet-mark real.git >receipts
	[ "$(jq -r .key receipts | sort -u | wc -l)" -ge 4 ]
	stet-due --scheduled --now 2026-03-20 real.git | cut -f1 | sort >before
	[ -s before ]
	rm real.git/stet/schedule.db*
	[ "$(stet-due --scheduled --now 2026-03-20 real.git)" = "" ]
	STET_NOW=2026-03-10T00:00:00Z stet-mark real.git </dev/null
	stet-due --scheduled --now 2026-03-20 real.git | cut -f1 | sort | diff before -
	# What changed lately is looked at soon, what did not, later.
	key=$(jq -r 'select(.status == "changed").url' receipts | tail -n 1)
	run -0 stet-due --explain "$key" --now 2026-03-10T00:00:00Z real.git
	[[ $output == *"last change:  2026-03-"* ]]
}

@test "an article that the schedule lacks is put back" {
	stet-extract <"$FIXTURES/capture.warc" | stet-commit real.git | stet-mark real.git >receipts
	stet-due --scheduled --now 2026-03-20 real.git | cut -f1 | sort >before
	# What a power cut takes is the end: two articles and all after them.
	python3 - <<-'PYTHON'
	import sqlite3
	i = sqlite3.connect("real.git/stet/index.db")
	keys = [k for k, in i.execute("SELECT key FROM article ORDER BY id DESC LIMIT 2")]
	d = sqlite3.connect("real.git/stet/schedule.db")
	assert d.executemany("DELETE FROM entries WHERE key = ?", [(k,) for k in keys]).rowcount == 2
	d.execute("DELETE FROM notes")
	d.commit()
	PYTHON
	[ "$(stet-due --scheduled --now 2026-03-20 real.git | wc -l)" -lt "$(wc -l <before)" ]
	STET_NOW=2026-03-10T00:00:00Z stet-mark real.git </dev/null
	stet-due --scheduled --now 2026-03-20 real.git | cut -f1 | sort | diff before -
	# What was found there once is not looked for again: its keeper took it.
	python3 -c 'import sqlite3; d = sqlite3.connect("real.git/stet/schedule.db")
d.execute("DELETE FROM entries WHERE kind = 0 AND next_s = (SELECT max(next_s) FROM entries)"); d.commit()'
	stet-due --scheduled --now 2026-03-20 real.git | cut -f1 | sort >fewer
	STET_NOW=2026-03-10T00:00:00Z stet-mark real.git </dev/null
	stet-due --scheduled --now 2026-03-20 real.git | cut -f1 | sort | diff fewer -
}

@test "a full disk ends it, and nothing is passed on that is not recorded" {
	receipts 1 10 >in
	run -3 --separate-stderr bash -c 'stet-mark news.git <in >/dev/full'
	[[ $stderr == *"cannot write"* ]]
}

@test "it behaves as a filter does" {
	receipts 1 2 >in
	behaves_like_a_filter in stet-mark news.git
	run -2 stet-mark
	run -2 stet-mark news.git extra
}

@test "the example of the man page" {
	stet-extract <"$FIXTURES/capture.warc" >articles.jsonl
	run -0 bash -c 'stet-commit news.git < articles.jsonl | stet-mark news.git > receipts.jsonl'
	[ -s receipts.jsonl ]
}
