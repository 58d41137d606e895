# stet-list and stet-log of a whole archive: what can be taken out as a table.
load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	"$BUILD/stet-extract" <"$BATS_TEST_DIRNAME/fixtures/capture.warc" |
		"$BUILD/stet-commit" --quiet news.git >receipts
}

setup() {
	common_setup
	archive=$BATS_FILE_TMPDIR/news.git
	receipts=$BATS_FILE_TMPDIR/receipts
}

@test "articles: a row each, in the order of their first capture" {
	stet list --json "$archive" >rows
	[ "$(wc -l <rows)" = "$(git -C "$archive" log --format=%B | grep -c '^Event: new')" ]
	[ "$(jq -r .first rows)" = "$(jq -r .first rows | sort)" ]
	jq -r '[.path, .commit, .versions] | @tsv' rows | while IFS=$'\t' read -r path commit n; do
		[ "$(git -C "$archive" log -1 --format=%H -- "$path")" = "$commit" ]
		[ "$(git -C "$archive" log --format=%B -- "$path" | grep -c '^Event: [ncmtr]')" = "$n" ]
	done
}

@test "versions: every commit once, with what the receipt said" {
	stet list --versions --json "$archive" >rows
	jq -r .commit rows | sort >listed
	git -C "$archive" log --format=%H | sort | cmp - listed
	jq -c 'select(.status | IN("new", "changed", "minor", "gone", "restored", "moved")) |
		{commit, status, version, classes, words_added, words_removed, fetched, path}' \
		"$receipts" | sort >said
	jq -c '{commit, status: .event, version, classes, words_added, words_removed, fetched, path}' \
		rows | sort | cmp - said
}

@test "CSV and TSV have the members of JSON as columns, and read back" {
	for kind in "" --versions; do
		stet list $kind --json "$archive" >rows
		stet list $kind --csv "$archive" >rows.csv
		stet list $kind --tsv "$archive" >rows.tsv
		python3 - <<-'PY'
		import csv, json
		rows = [json.loads(line) for line in open("rows", encoding="utf-8")]
		def text(value):
		    return ", ".join(value) if isinstance(value, list) else str(value)
		for name, dialect in (("rows.csv", "excel"), ("rows.tsv", "excel-tab")):
		    with open(name, newline="", encoding="utf-8") as f:
		        table = list(csv.DictReader(f, dialect=dialect))
		    assert len(table) == len(rows)
		    for line, row in zip(table, rows):
		        row.pop("v", None)
		        assert line == {k: text(v) for k, v in row.items()}, (line, row)
		PY
	done
}

@test "filters: each lets through what git says it should" {
	count() {
		stet list --versions --json "$@" "$archive" | wc -l
	}
	[ "$(count --class headline)" = "$(git -C "$archive" log --format=%B | grep -c '^Classes:.*headline')" ]
	[ "$(count --event gone)" = "$(git -C "$archive" log --diff-filter=D --format=%H | wc -l)" ]
	[ "$(count --since 2026-03-04)" = "$(git -C "$archive" log --since=2026-03-04T00:00:00Z --format=%H | wc -l)" ]
	[ "$(count --since 2026-03-03 --until 2026-03-04)" = \
		"$(stet list --versions --json "$archive" | jq -r .fetched | grep -c '^2026-03-03')" ]
	[ "$(count --host courier.example)" = "$(count --source courier)" ]
	[ "$(count --host example)" = "$(count)" ]
	[ "$(count -n 3)" = 3 ]
	run -1 stet list --host gazette "$archive"
	[ "$(count --class HeadLine)" = "$(count --class headline)" ]
	run -2 --separate-stderr stet list --class number "$archive"
	[[ $stderr == *"--class takes headline, numbers, "*" or replaced, not 'number'"* ]]
	run -1 --separate-stderr stet list --class oscillation "$archive"
	[[ -z $output && $stderr == *"nothing matches"* ]]
}

@test "a host is found at any port, or at the one that is named" {
	for host in a.example:8080 a.example b.a.example:81 '[::1]:8080' aa.example; do
		printf '{"v":1,"event":"article","url":"http://%s/1","key":"http://%s/1","title":"One","blocks":[{"kind":"p","text":"A text of some words."}],"fetched":"2026-03-01T00:00:00Z"}\n' "$host" "$host"
	done | stet-commit ports.git >/dev/null
	hosts() {
		stet list --json --host "$1" ports.git | jq -r '.key | split("/")[2]' | xargs
	}
	[ "$(hosts a.example)" = "a.example:8080 a.example b.a.example:81" ]
	[ "$(hosts a.example:8080)" = "a.example:8080" ]
	[ "$(hosts a.example:81)" = "b.a.example:81" ]
	[ "$(hosts '[::1]')" = "[::1]:8080" ]
	[ "$(hosts '[::1]:8080')" = "[::1]:8080" ]
	run -1 stet list --host a.example:80 ports.git
}

@test "an author is found whatever the case and the accents" {
	{
		printf '{"v":1,"event":"article","url":"https://a.example/1","key":"https://a.example/1","title":"One","byline":"By Zoë Müller","blocks":[{"kind":"p","text":"A text of some words."}],"fetched":"2026-03-01T00:00:00Z"}\n'
		printf '{"v":1,"event":"article","url":"https://a.example/2","key":"https://a.example/2","title":"=Two, \\"quoted\\"","byline":"","blocks":[{"kind":"p","text":"Another text of words."}],"fetched":"2026-03-01T00:00:00Z"}\n'
	} | stet commit --quiet a.git >/dev/null
	[ "$(stet list --author 'zoe muller' --json a.git | jq -r .title)" = One ]
	run -1 stet list --author nobody a.git
	[ "$(stet list --csv a.git | grep -c '"=Two, ""quoted"""')" = 1 ]
}

@test "stet log without an address lists all commits, newest first" {
	stet log "$archive" >lines
	[ "$(wc -l <lines)" = "$(git -C "$archive" rev-list --count main)" ]
	stet log --json "$archive" | jq -r .commit >listed
	git -C "$archive" log --format=%H | cmp - listed
	grep -q '<https://gazette.example/' lines
	# The same objects as for one article.
	url=$(jq -r .url "$receipts" | head -n 1)
	stet log --json "$archive" "$url" | sort >one
	stet log --json "$archive" | sort >all
	[ -z "$(comm -23 one all)" ]
}

@test "every JSON line says its version, and classes are a list everywhere" {
	url=$(jq -r 'select(.classes | length > 0).url' "$receipts" | head -n 1)
	cp -r "$archive" a.git
	{
		stet list --json a.git
		stet list --versions --json a.git
		stet log --json a.git "$url"
		stet search --json a.git the
		stet status --json a.git
		stet show --json a.git "$url"
		stet diff --json a.git "$url"
		cat "$receipts"
	} >lines
	[ "$(jq -c 'select(.v != 1)' lines | wc -l)" = 0 ]
	[ "$(jq -c 'select(has("classes") and (.classes | type != "array"))' lines | wc -l)" = 0 ]
	for name in version words_added words_removed versions; do
		[ "$(jq -c --arg n $name 'select(has($n) and (.[$n] | type != "number"))' lines | wc -l)" = 0 ]
	done
}

@test "bad usage is told" {
	run -2 stet list
	run -2 stet list --json --csv "$archive"
	[[ $output == *"one of --json"* ]]
	run -2 stet list --event edited "$archive"
	[[ $output == *"'edited'"* ]]
	run -2 stet list --since yesterday "$archive"
	[[ $output == *"'yesterday'"* ]]
	run -3 bash -c 'stet list "$1" >/dev/full' _ "$archive"
}

@test "an address without its scheme is found by every reader; an unknown one names the nearest" {
	url=https://gazette.example/2026/03/02/kittiwake-ferry
	for short in gazette.example/2026/03/02/kittiwake-ferry gazette.example/2026/03/02/kittiwake-ferry/ \
		"gazette.example/2026/03/02/kittiwake-ferry?utm_source=x"; do
		for reader in log show diff export card; do
			stet "$reader" "$archive" "$url" >wanted
			stet "$reader" "$archive" "$short" | cmp - wanted
		done
	done
	for reader in log show diff export card; do
		run -1 --separate-stderr stet "$reader" "$archive" gazette.example/2026/03/02/kittiwake-fery
		[[ $stderr == *"no article 'gazette.example/2026/03/02/kittiwake-fery' in the archive; did you mean $url?" ]]
		run -1 --separate-stderr stet "$reader" "$archive" https://elsewhere.example/x
		[[ $stderr == *"no article 'https://elsewhere.example/x' in the archive" ]]
	done
}

@test "a source with a port has one name everywhere" {
	jq -cn '{v: 1, event: "article", url: "http://127.0.0.1:8080/a", source: "127.0.0.1:8080", title: "A",
		blocks: [{kind: "p", text: "One."}], fetched: "2026-01-01T00:00:00Z", extractor: "x/1"}' |
		stet commit -q a.git >receipts
	[ "$(jq -r .source receipts)" = 127.0.0.1:8080 ]
	[ "$(stet list --json a.git | jq -r .source)" = 127.0.0.1:8080 ]
	[ "$(stet log --json a.git http://127.0.0.1:8080/a | jq -r .source)" = 127.0.0.1:8080 ]
	[ "$(stet list --source 127.0.0.1:8080 a.git | wc -l)" = 1 ]
	git -C a.git log --format='%an|%s' | grep -qx '127.0.0.1 8080|127.0.0.1 8080: A'
	stet export a.git | stet commit -q b.git >receipts
	[ "$(git -C b.git rev-parse main)" = "$(git -C a.git rev-parse main)" ]
	stet index --check a.git
}
