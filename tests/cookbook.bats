# stet-cookbook(7): each of its tasks is run as it is printed, and does what it
# says.
load helper
load lib/authority

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	authority_make tsa
	authority_start "$PWD/tsa"
	mkdir -p made/kept
	cd made || return 1
	ln -s "$ROOT/scripts" scripts
	cp "$FIXTURES/capture.warc" kept/a.warc
	stet extract <kept/a.warc | stet commit --quiet news.git >receipts
	stet mark news.git <receipts >/dev/null
	git -C news.git config stet.warc kept
	stamping news.git "$BATS_FILE_TMPDIR/tsa"
	proving news.git "$BATS_FILE_TMPDIR/tsa"
	"$LIB/mkwarc" 2019-01-01T00:00:00Z 200 https://gazette.example/2019/01/01/old-bridge \
		<<<'<title>Old bridge</title><article><h1>Old bridge</h1><p>The old bridge over the river was closed in the night, the council said.<p>It is to be mended in spring.</article>' |
		gzip >wayback.warc.gz
	python3 - <<-'PY'
	import sqlite3
	db = sqlite3.connect("diffengine.db")
	db.executescript("""CREATE TABLE entryversion (id INTEGER PRIMARY KEY, title TEXT, url TEXT, summary TEXT,
	    created DATETIME, archive_url TEXT, entry_id INTEGER);
	INSERT INTO entryversion VALUES (1, 'Dam', 'https://other.example/dam', '<p>The dam held.</p>', '2020-01-01', NULL, 1);""")
	PY
	# The tasks, as a person would copy them from the page.
	awk -v dir="$BATS_FILE_TMPDIR" '
		/^\.Ss / { file = dir "/task-" ($2 + 0) }
		/^\.Ed/ { on = 0 }
		on { gsub(/\\e/, "\\"); print >file }
		/^\.Bd -literal/ { on = 1 }' "$ROOT/cmd/stet/stet-cookbook.7"
}

teardown_file() {
	authority_stop
}

# task N: runs it in a copy of the folder; prints what it prints.
task() {
	cp -r "$BATS_FILE_TMPDIR/made/." .
	bash -euo pipefail "$BATS_FILE_TMPDIR/task-$1"
}

@test "there are twenty tasks" {
	[ "$(ls "$BATS_FILE_TMPDIR"/task-* | wc -l)" = 20 ]
	[ "$(grep -c '^\.Ss [0-9]*\. ' "$ROOT/cmd/stet/stet-cookbook.7")" = 20 ]
	[ "$(wc -l "$BATS_FILE_TMPDIR"/task-* | awk '$2 != "total" && $1 > 9')" = '' ]
}

@test "1-4: begin, fill in the past, what changed, what it said" {
	task 1
	[ "$(git -C mine.git config source.gazette.feed)" = https://gazette.example/feed.rss ]
	task 2
	[ "$(stet list --json whole.git | wc -l)" = $(($(stet list --json news.git | wc -l) + 1)) ]
	git -C whole.git log --reverse --format=%s | head -n 1 | grep -q 'Old bridge'
	run -0 task 3
	[[ $output == *"Twelve"*"Twenty-one"* ]]
	run -0 task 4
	[[ $output == *"Twenty-one dead"* && $output != *orrection:* ]]
}

@test "5-8: figures, quotes, headlines, withdrawals" {
	task 5
	python3 - <<-'PY'
	import csv
	rows = list(csv.reader(open("figures.csv", encoding="utf-8", newline="")))
	assert any("Twelve" in r[3] and "Twenty-one" in r[4] for r in rows), rows
	assert all(len(r) == 5 and r[0].startswith("2026-03") for r in rows)
	PY
	task 6
	stet export --changes --json news.git | jq -s '[.[] | select((.classes | index("quotes")) and .words_removed > .words_added)] | length' >count
	[ "$(grep -c '^2026' quotes.txt || true)" = "$(cat count)" ]
	task 7
	[ -s headlines.txt ]
	[ "$(awk '{ n += $1 } END { print n }' headlines.txt)" = "$(stet export --changes --json news.git | jq -r .part | grep -c title)" ]
	run -0 task 8
	[ "$(grep -c 'Dam contract' <<<"$output")" = 2 ]
}

@test "9-12: search, a bot, a picture, a report" {
	run -0 task 9
	[[ $output == *inister* && $output == *ferry* ]]
	task 10
	grep -q 'https://gazette.example/2026/03/02/harbour-bridge-report\|inister' told.txt
	task 11
	file=$(head -c 8 change.png | od -An -tx1 | tr -d ' ')
	[ "$file" = 89504e470d0a1a0a ]
	grep -q 'Twenty-one' change.txt
	task 12
	grep -qE '^numbers +[1-9][0-9]* #+$' report.txt
}

@test "13-16: SQL, tables, a part, captures" {
	task 13
	[ "$(awk '{ n += $2 } END { print n }' sources.txt)" = "$(stet export --changes --json news.git | wc -l)" ]
	task 14
	[ "$(wc -l <articles.csv)" = $(($(stet list --json news.git | wc -l) + 1)) ]
	[ "$(wc -l <versions.csv)" -gt "$(wc -l <articles.csv)" ]
	task 15
	[ "$(stet list --json gazette.git | jq -r .source | sort -u)" = gazette ]
	[ "$(stet list --json gazette.git | jq -r .commit | head -n 1)" ]
	task 16
	"$LIB/waczcheck" gazette.wacz
}

@test "17-20: a court, another's database, publishing, is it all there" {
	task 17
	python3 -m zipfile -e proof.wacz x
	sh x/verify.sh | grep -q 'All of it is right'
	task 18
	stet log both.git https://other.example/dam | grep -q 2020-01-01
	task 19
	[ -s site/index.html ]
	! grep -rq 'brewery tower' site
	task 20 >/dev/null
	[ "$(git -C copy.git rev-parse main)" = "$(git -C news.git rev-parse main)" ]
}
