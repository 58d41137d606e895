# stet-export: whatever comes out makes the same archive again, and the tables
# say what the history says.
load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	"$BUILD/stet-extract" <"$BATS_TEST_DIRNAME/fixtures/capture.warc" |
		"$BUILD/stet-commit" --quiet news.git >receipts
}

setup() {
	common_setup
	archive=$BATS_FILE_TMPDIR/news.git
}

head_of() {
	git -C "$1" rev-parse main
}

@test "an exported history makes the same commits" {
	stet export "$archive" | stet commit --quiet again.git >receipts
	[ "$(head_of again.git)" = "$(head_of "$archive")" ]
	git -C again.git fsck --strict
	run -0 stet index --check again.git
	# Whatever is there already is the same.
	stet export "$archive" | stet commit --quiet again.git >receipts
	[ "$(jq -r .status receipts | sort -u)" = same ]
	[ "$(head_of again.git)" = "$(head_of "$archive")" ]
}

# The law for any history; EXPORT_HISTORIES=10000 tries as many.
@test "random histories are made again, commit for commit" {
	for ((seed = 1; seed <= ${EXPORT_HISTORIES:-25}; seed++)); do
		rm -rf a.git b.git
		"$LIB/random-history" $seed >records
		stet commit --quiet --no-sync a.git <records >/dev/null 2>&1 || [ $? = 1 ]
		[ -n "$(git -C a.git rev-parse -q --verify main)" ] || continue
		stet export --quiet a.git >exported
		stet commit --quiet --no-sync b.git <exported >receipts
		[ "$(head_of a.git)" = "$(head_of b.git)" ] || { echo "seed $seed"; return 1; }
	done
}

@test "an export that is cut goes on where it ended" {
	stet export "$archive" >records
	head -n 5 records | stet commit --quiet again.git >/dev/null
	stet commit --quiet again.git <records >/dev/null
	[ "$(head_of again.git)" = "$(head_of "$archive")" ]
}

@test "a record is an article record: the text of that version" {
	stet export "$archive" >records
	[ "$(wc -l <records)" = "$(git -C "$archive" rev-list --count main)" ]
	git -C "$archive" log --reverse --format=%H >commits
	url=$(jq -r 'select(.event == "article").key' records | head -n 1)
	stet export "$archive" "$url" | jq -c 'select(.event == "article") | [.title, .blocks]' >mine
	n=0
	while IFS= read -r line; do
		n=$((n + 1))
		[ "$(stet show --json "$archive" "$url" $n | jq -c '[.title, .blocks]')" = "$line" ]
	done <mine
	[ $n -gt 1 ]
}

@test "a forged record is refused, and the rest is stored" {
	stet export "$archive" >records
	jq -c 'if .event == "article" and (.message | test("Version: 2")) then .blocks[0].text += " Forged." else . end' \
		records >forged
	run -1 --separate-stderr stet commit --quiet a.git <forged
	[[ $stderr == *"its text is not that of its commit"* ]]
	git -C a.git fsck --strict
	sed 's/Extractor: stet/X-Extra: yes\\nExtractor: stet/' records >extra
	run -1 --separate-stderr stet commit --quiet c.git <extra
	[[ $stderr == *"its message is of another kind"* ]]
	run -1 --separate-stderr stet commit --quiet d.git <<<"$(jq -c 'select(.event == "gone")' records)"
	[[ $stderr == *"it ends what was never stored"* ]]
	head -n 1 records | stet commit --quiet e.git >/dev/null
	first=$(head -n 1 records | jq -r .key)
	run -1 --separate-stderr stet commit --quiet e.git \
		<<<"$(jq -c --arg k "$first" 'select(.key == $k and (.message | test("Version: 3\n")))' records)"
	[[ $stderr == *"version 3 does not follow on 1"* ]]
}

@test "--csv: a row a commit, that reads back" {
	stet export --csv "$archive" >versions.csv
	stet export "$archive" >records
	python3 - <<-'PY'
	import csv, json
	with open("versions.csv", newline="", encoding="utf-8") as f:
	    rows = list(csv.DictReader(f))
	records = [json.loads(line) for line in open("records", encoding="utf-8")]
	assert len(rows) == len(records)
	for row, record in zip(rows, records):
	    for name in ("key", "title", "byline", "published", "lang", "summary", "reason", "fetched"):
	        if record["event"] == "article" or name in ("key", "reason", "fetched"):
	            assert row[name] == record[name], (name, row, record)
	PY
}

@test "--changes: a row a place, as stet diff sees it" {
	stet export --changes --json "$archive" >changes
	stet export --changes "$archive" >changes.csv
	python3 -c 'import csv; print(len(list(csv.reader(open("changes.csv", newline="")))) - 1)' >count
	[ "$(cat count)" = "$(wc -l <changes)" ]
	url=$(jq -r .key changes | head -n 1)
	jq -c --arg k "$url" 'select(.key == $k and .version == 2 and .part == "text") |
		[.kind, .paragraph_before, .paragraph_after, .classes, .words_added]' changes >mine
	stet diff --json "$archive" "$url" 1 2 | jq -c '.rows[] | select(.kind != "same") |
		[.kind, .left.paragraph, .right.paragraph, .classes, .words_added]' | cmp - mine
	[ -n "$(jq -c 'select(.part == "title" and .classes == ["headline"])' changes)" ]
	[ -n "$(jq -c 'select((.before | test("^Twelve people")) and (.after | test("^Twenty-one people")))' changes)" ]
}

@test "--sqlite: the same rows, with readable times" {
	stet export --sqlite out.db "$archive"
	[ ! -e out.db-wal ]
	python3 - <<-'PY' >rows
	import sqlite3
	db = sqlite3.connect("out.db")
	print(db.execute("SELECT count(*) FROM version").fetchone()[0])
	print(db.execute("SELECT count(*) FROM edit").fetchone()[0])
	print(db.execute("SELECT count(*) FROM article").fetchone()[0])
	print(db.execute("SELECT fetched FROM version ORDER BY id").fetchone()[0])
	print(db.execute("PRAGMA integrity_check").fetchone()[0])
	PY
	[ "$(sed -n 1p rows)" = "$(git -C "$archive" rev-list --count main)" ]
	[ "$(sed -n 2p rows)" = "$(stet export --changes --json "$archive" | wc -l)" ]
	[ "$(sed -n 3p rows)" = "$(stet list --json "$archive" | wc -l)" ]
	[ "$(sed -n 4p rows)" = "$(stet log --json "$archive" | tail -n 1 | jq -r .fetched)" ]
	[ "$(sed -n 5p rows)" = ok ]
	run -2 stet export --sqlite out.db "$archive"
	[[ $output == *"is there already"* ]]
}

@test "a part is exported by source, host, time or address" {
	count() {
		stet export "$@" "$archive" | wc -l
	}
	[ "$(count --source courier)" = 2 ]
	[ "$(count --host gazette.example)" = "$(($(count) - 2))" ]
	[ "$(($(count --since 2026-03-04) + $(count --until 2026-03-04)))" = "$(count)" ]
	url=https://gazette.example/2026/03/02/kittiwake-ferry
	[ "$(stet export "$archive" $url 2 | jq -r .message | grep -cx 'Version: 2')" = 1 ]
	[ "$(stet export "$archive" $url latest | jq -c .)" = "$(stet export "$archive" $url | jq -c 'select(.event == "article")' | tail -n 1)" ]
	run -2 stet export "$archive" $url 0
	run -2 stet export "$archive" $url x
	run -1 stet export "$archive" $url 99
	run -1 --separate-stderr stet export --source nobody "$archive"
	[[ $stderr == *"nothing matches"* ]]
	run -1 stet export "$archive" https://nowhere.example/
	run -2 stet export --csv --changes "$archive"
	run -2 stet export --json "$archive"
	run -3 bash -c 'stet export "$1" >/dev/full' _ "$archive"
}
