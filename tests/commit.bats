# stet-commit: what becomes of records.

load helper
load lib/records

A=https://paper.test/2026/01/01/dam
T1=2026-01-01T00:00:00Z
T2=2026-01-01T01:00:00Z
T3=2026-01-01T02:00:00Z
T4=2026-01-01T03:00:00Z
LONG='The dam above the old town held through the night, the engineers said.'

store() {
	stet-commit a.git
}

@test "the first record makes the archive, a version and a receipt" {
	article $A Dam "$LONG" $T1 >in
	run -0 --separate-stderr stet-commit a.git <in
	[ "$stderr" = "stet-commit: created 'a.git', an empty archive" ]
	[ "$(jq -r '[.status, .version, .path, .previous, .words_added] |
		join(" ")' <<<"$output")" = \
		"new 1 paper.test/2026/01/01/dam.md  14" ]
	[ "$(jq -r .commit <<<"$output")" = "$(git -C a.git rev-parse main)" ]
	[ "$(git -C a.git log -1 --format='%an <%ae> %ai %s')" = \
		"paper <paper@stet.invalid> 2026-01-01 00:00:00 +0000 paper: Dam" ]
	[ "$(git -C a.git log -1 \
		--format='%(trailers:key=Key,valueonly,separator=|)')" = $A ]
	sound a.git
}

@test "the same input makes nothing the second time, and the same commits anew" {
	many 300 >in
	stet-commit a.git <in >first
	stet-commit --batch 7 --verify b.git <in >second
	cmp first second
	[ "$(git -C a.git rev-parse main)" = "$(git -C b.git rev-parse main)" ]
	run -0 stet-commit a.git <in
	[ "$(field status <<<"$output" | sort -u)" = same ]
	[ "$(git -C a.git rev-list --count main)" = 300 ]
	sound a.git
	sound b.git
}

@test "a headline, a figure and a comma are versions of their classes" {
	article $A 'Dam holds' "Some 12 people died. $LONG" $T1 | store
	run -0 store < <(article $A 'Dam gives way' "Some 12 people died. $LONG" $T2)
	[ "$(field 'status + " " + (.classes | join(","))' <<<"$output")" = \
		"changed headline" ]
	run -0 store < <(article $A 'Dam gives way' "Some 21 people died. $LONG" $T3)
	[ "$(field 'status + " " + (.classes | join(","))' <<<"$output")" = \
		"changed numbers" ]
	run -0 store < <(article $A 'Dam gives way' "Some 21 people died; $LONG" $T4)
	[ "$(field status <<<"$output")" = minor ]
	[ "$(field version <<<"$output")" = 4 ]
}

@test "withdrawn, back again, withdrawn: commits that git shows" {
	{
		article $A Dam "$LONG" $T1
		event gone $A $T2 '' gone
		event gone $A $T3 '' gone
		article $A Dam "$LONG" $T4
	} | store >receipts
	[ "$(field status <receipts | xargs)" = "new gone same restored" ]
	[ "$(field version <receipts | xargs)" = "1 1 1 2" ]
	[ "$(git -C a.git log --diff-filter=D --format=%s)" = "paper: Dam (withdrawn)" ]
	[ "$(git -C a.git ls-tree -r --name-only main)" = \
		paper.test/2026/01/01/dam.md ]
	sound a.git
}

@test "gone of an unknown article fails and commits nothing" {
	run -1 --separate-stderr store < <(event gone $A $T1 '' gone)
	[ "$(field 'status + " " + .error' <<<"$output")" = \
		"failed withdrawn, and never stored" ]
	[[ $stderr == *"'$A'"*"never stored"* ]]
	run -1 git -C a.git rev-parse -q --verify main^0
}

@test "a proved redirect takes the history along" {
	new=https://paper.test/2026/01/02/dam-holds
	article $A Dam "$LONG" $T1 | store
	{
		event moved $A $T2 https://hop.test/x
		event moved https://hop.test/x $T2 $new
		article $new Dam "$LONG" $T2
		article $new Dam "$LONG Then it rained." $T3
	} | store >receipts
	# The hop is another name of it, and that is told by the same commit.
	[ "$(field status <receipts | xargs)" = "moved same same changed" ]
	[ "$(field key <receipts | sort -u)" = $new ]
	[ "$(git -C a.git log --format='%(trailers:key=Alias,valueonly,separator=)' | xargs)" = https://hop.test/x ]
	[ "$(git -C a.git ls-tree -r --name-only main)" = \
		paper.test/2026/01/02/dam-holds.md ]
	[ "$(git -C a.git log --follow --format=%s \
		-- paper.test/2026/01/02/dam-holds.md | wc -l)" = 3 ]
	run -0 stet-log a.git $A
	[ "${#lines[@]}" = 3 ]
	# The old address is another name of the article.
	run -0 store < <(article $A Dam "$LONG Then it rained." $T4)
	[ "$(field 'status + " " + .key' <<<"$output")" = "same $new" ]
	sound a.git
}

@test "a redirect without an article at its end moves nothing" {
	article $A Dam "$LONG" $T1 | store
	{
		event moved $A $T2 https://login.test/
		event blocked https://login.test/ $T2 '' paywall
	} | store >receipts
	[ "$(field 'status + " " + .error' <receipts | sort | xargs)" = \
		"blocked paywall failed redirect" ]
	[ "$(git -C a.git rev-list --count main)" = 1 ]
}

@test "an address that was only ever a redirect is another name" {
	{
		event moved https://short.test/x $T1 https://hop.test/y
		event moved https://hop.test/y $T1 $A
		article $A Dam "$LONG" $T1
	} | store >receipts
	[ "$(field 'status + " " + .key' <receipts)" = \
		$'same '$A$'\nsame '$A$'\nnew '$A ]
	# The history says so, so that an index made anew knows it too.
	run -0 stet-index --check a.git
	[[ $output == *" 2 aliases" ]]
	[ "$(stet-index --rebuild a.git | tail -n 1)" = "$output" ]
	stet-log a.git https://short.test/x | grep -q Dam
	stet-log a.git https://hop.test/y | grep -q Dam
	sound a.git
	# Seen when no version is made, they are nobody's business but
	# the schedule's.
	{
		event moved https://late.test/z $T2 $A
		article $A Dam "$LONG" $T2
	} | store >receipts
	[ "$(field 'status + " " + .key' <receipts)" = \
		$'same '$A$'\nsame '$A ]
	run -1 stet-log a.git https://late.test/z
	sound a.git
}

@test "a move is told once" {
	B=https://paper.test/2026/01/01/flood
	{
		article $A Dam "$LONG" $T1
		article $B Flood "Another text about a flood, of its own." $T1
	} | store
	for time in $T2 $T3 $T4; do
		event moved $A $time $B
		article $B Flood "Another text about a flood, of its own." $time
	done | store >receipts
	[ "$(field status <receipts | xargs)" = "moved same same same same same" ]
	[ "$(git -C a.git rev-list --count main)" = 3 ]
}

@test "an index of an earlier layout is made anew" {
	{
		event moved https://short.test/x $T1 $A
		article $A Dam "$LONG" $T1
	} | store
	python3 -c 'import sqlite3; d = sqlite3.connect("a.git/stet/index.db")
d.executescript("DELETE FROM alias; PRAGMA user_version = 1")'
	run -0 stet-index --check a.git
	[[ $output == *" 1 alias" ]]
}

@test "a signal ends a run that waits" {
	mkfifo pipe
	stet-commit a.git <pipe >receipts 2>said &
	pid=$!
	exec 7>pipe
	article $A Dam "$LONG" $T1 >&7
	for _ in $(seq 100); do
		[ ! -s receipts ] || break
		sleep 0.1
	done
	kill -TERM $pid
	wait $pid && status=0 || status=$?
	[ $status = 3 ]
	exec 7>&-
	grep -q 'stopped by a signal' said
	[ "$(field status <receipts)" = new ]
}

@test "a redirect to an article that is there ends the old one" {
	B=https://paper.test/2026/01/01/flood
	{
		article $A Dam "$LONG" $T1
		article $B Flood "Another text about a flood, of its own." $T1
	} | store
	{
		event moved $A $T2 $B
		article $B Flood "Another text about a flood, of its own." $T2
	} | store >receipts
	[ "$(field status <receipts | xargs)" = "moved same" ]
	[ "$(git -C a.git ls-tree -r --name-only main)" = \
		paper.test/2026/01/01/flood.md ]
	run -0 stet-log a.git $A
	[ "${#lines[@]}" = 2 ]
	[[ ${lines[1]} == "  -  "*"  moved "*" Dam -> $B" ]]
	[ "$(stet-log --json a.git $A | jq -r .location | tail -n 1)" = $B ]
	run -0 stet-log --follow a.git $A
	[ "${#lines[@]}" = 3 ]
	sound a.git
}

@test "late records never look like an edit back" {
	{
		article $A Dam "$LONG" $T2
		article $A Dam "$LONG It rained." $T3
	} >in
	store <in
	run -0 store < <(head -1 in)
	[ "$(field status <<<"$output")" = same ]
	run -0 store < <(article $A Dam "Older words." $T1)
	[ "$(field 'status + .error + (.version | tostring)' <<<"$output")" = late2 ]
	[ "$(git -C a.git rev-list --count main)" = 2 ]
	[ "$(jq -r .fetched a.git/stet/late/late.jsonl)" = $T1 ]
	# A known text at a time when another one stood there is late as well.
	run -0 store < <(article $A Dam "$LONG It rained." 2026-01-01T01:30:00Z)
	[ "$(field status <<<"$output")" = late ]
	[ "$(wc -l <a.git/stet/late/late.jsonl)" = 2 ]
}

@test "back and forth is recorded, and does not grow without bound" {
	for i in $(seq 10 59); do
		article $A Dam "$LONG Side $((i % 2))." 2026-01-01T00:$i:00Z
	done | store >receipts
	n=$(git -C a.git rev-list --count main)
	[ "$n" -ge 3 ] && [ "$n" -le 8 ]
	[ "$(jq -r 'select(.classes == ["oscillation"]) | .status' <receipts |
		sort -u)" = same ]
	sound a.git
}

@test "a canonical address that many pages name folds none of them" {
	{
		article https://c.test/one First 'A paragraph that stands in the first of the pages.' $T1 https://c.test/all
		article https://c.test/two Second 'Wholly other words are what the second one consists of.' $T2 https://c.test/all
		article https://c.test/two Second 'Wholly other words are what the second one consists of!' $T3 https://c.test/all
		article https://c.test/one First 'A paragraph that stands in the first of the pages.' $T4 https://c.test/all
	} | store >receipts
	[ "$(field status <receipts | xargs)" = "new new minor same" ]
	[ "$(field key <receipts | uniq | xargs)" = \
		"https://c.test/all https://c.test/two https://c.test/all" ]
}

@test "an address that varies makes no version" {
	article "$A?utm_source=a" Dam "$LONG" $T1 $A | store
	run -0 store < <(article "$A?utm_source=b" Dam "$LONG" $T2 $A)
	[ "$(field status <<<"$output")" = same ]
}

@test "what cannot be stored gets a failed receipt, and the rest goes on" {
	{
		echo 'no JSON'
		echo '{"v":1,"event":"weird","url":"https://x.test/1"}'
		article https://x.test/2 T text ''
		article https://x.test/3 '' '' $T1
		article 'https://x.test/4' T text $T1 "https://x.test/a b"
		article 'file:///etc/passwd' T text $T1
		article $A Dam "$LONG" $T1
		printf '{"v":1,"url":"https://x.test/5","title":"\xff"}\n'
		head -c 17000000 /dev/zero | tr '\0' x
		echo
		article https://x.test/6 Six "$LONG" $T1
	} >in
	run -1 --separate-stderr stet-commit a.git <in
	[ "$(field status <<<"$output" | xargs)" = \
		"failed failed failed failed failed new new" ]
	[ "$(grep -vc ' created ' <<<"$stderr")" = 8 ]
	sound a.git
}

@test "hostile addresses stay harmless paths" {
	n=0
	while read -r path; do
		n=$((n + 1))
		article "https://evil.test/$path" "T$n" "$LONG $n" $T1
	done >in <<-'EOF'
	../../etc/passwd
	.git/config
	.GIT/HEAD
	.git%20/x
	.git::$INDEX_ALLOCATION/x
	git~1/hooks
	.g%E2%80%8Cit/x
	//double//slash
	a%00b
	a%0Ab
	CON
	aux.html
	trailing.
	trailing%20
	CaseFold
	casefold
	caf%C3%A9
	cafe%CC%81
	a
	a/b
	a/b/c
	a.md/b
	.gitmodules
	.gitattributes
	-rf
	EOF
	{
		printf 'https://evil.test/%01000d' 0
		echo
		printf 'https://evil.test/%s\n' "$(printf 'x/%.0s' {1..2000})y"
	} | while read -r url; do
		article "$url" Long "$LONG" $T1
	done >>in
	stet-commit --verify a.git <in >receipts
	[ "$(field status <receipts | sort | uniq -c | xargs)" = "27 new" ]
	[ "$(field path <receipts | sort -u | wc -l)" = 27 ]
	[ "$(field path <receipts | tr A-Z a-z | sort -u | wc -l)" = 27 ]
	run -1 grep -Ev '^evil\.test(/[a-z0-9_][a-z0-9_.+~-]{0,119})+\.md$' \
		<(field path <receipts)
	sound a.git
	git -c core.protectNTFS=true -c core.protectHFS=true clone -q a.git out
	[ "$(find out -name '*.md' | wc -l)" = 27 ]
}

@test "no value forges a trailer, an author or a line" {
	jq -cn --arg u "$A" '{v: 1, event: "article", url: $u, key: $u,
		source: "pa<p>er\nx: y", title: "One\n\nKey: forged\nEvent: gone\u001b[31m\u202e",
		etag: "\"\nVersion: 99\"", record_id: "---", extractor: "#\u0000x",
		last_modified: "a\r\nBlob: 0", status: 200,
		blocks: [{kind: "p", text: "Text\nKey: x\u0000\u001b"}],
		fetched: "2026-01-01T00:00:00Z"}' | store >receipt
	[ "$(field status <receipt)" = new ]
	[ "$(git -C a.git log --format='%(trailers:key=Key,valueonly,separator=|)')" = $A ]
	[ "$(git -C a.git log --format='%(trailers:key=Version,valueonly,separator=|)')" = 1 ]
	[ "$(git -C a.git log --format=%an)" = "pa p er x  y" ]
	run -1 grep -cP '[\x00-\x08\x0b-\x1f\x7f]' \
		<(git -C a.git cat-file -p main; git -C a.git show main:paper.test/2026/01/01/dam.md)
	sound a.git
}

@test "the receipt of a redirect that waits to the end is whole" {
	article $A Dam "$LONG" $T1 | store
	# Its batch is gone, and its memory used again, before it is told.
	{
		event moved $A $T2 https://login.test/ |
			jq -c '.doubt = "looks 1 missing"'
		many 300
	} >in
	stet-commit --batch 5 a.git <in >receipts || [ $? = 1 ]
	run -0 jq -r 'select(.url == "'$A'") |
		[.status, .path, .version, .fetched, .source, .location] |
		join(" ")' receipts
	[ "$output" = "failed paper.test/2026/01/01/dam.md 1 $T2 paper https://login.test/" ]
}

@test "captures in place of records are one message" {
	run -3 stet-commit a.git <"$FIXTURES/capture.warc"
	[[ $output == *"the input is WARC or compressed: stet extract makes records of captures" ]]
	[ "$(grep -c WARC <<<"$output")" = 1 ]
	gzip -c "$FIXTURES/capture.warc" >c.gz
	run -3 stet-commit a.git <c.gz
	[[ $output == *"stet extract"* ]]
}

@test "a source each: --archive-per" {
	{
		article $A Dam "$LONG" $T1
		article https://b.test/1 Other "$LONG" $T1 | jq -c '.source = "other"'
		article https://b.test/2 Bad "$LONG" $T1 | jq -c '.source = "../x"'
		article https://b.test/3 More "$LONG" $T1
	} >in
	run -1 --separate-stderr stet-commit --archive-per source dir <in
	[ "$(field status <<<"$output" | sort | xargs)" = "failed new new new" ]
	[ "$(ls dir | xargs)" = "other.git paper.git" ]
	[ "$(git -C dir/paper.git rev-list --count main)" = 2 ]
	sound dir/other.git
}

@test "foreign repositories are refused or used as they are" {
	git init -q --bare --object-format=sha256 sha.git
	run -2 --separate-stderr stet-commit sha.git </dev/null
	[[ $stderr == *sha256* ]]
	git init -q work
	run -2 --separate-stderr stet-commit work </dev/null
	mkdir full && touch full/file
	run -2 stet-commit full </dev/null
	[ "$(ls full)" = file ]
	# A bare repository with a history of its own keeps it.
	git init -q --bare -b trunk other.git
	tree=$(git -C other.git mktree </dev/null)
	git -C other.git update-ref refs/heads/trunk "$(git -C other.git \
		-c user.name=x -c user.email=x commit-tree "$tree" -m 'Not stet')"
	article $A Dam "$LONG" $T1 | stet-commit other.git >receipt
	[ "$(git -C other.git rev-list --count trunk)" = 2 ]
	sound other.git
	# Its configuration cannot take in files from elsewhere.
	git -C other.git config include.path "$PWD/no-such-file"
	run -2 --separate-stderr stet-commit other.git </dev/null
	[[ $stderr == *"takes in other files"* ]]
}

@test "a link or a submodule in the way is not followed" {
	git init -q --bare -b main a.git
	blob=$(printf /etc | git -C a.git hash-object -w --stdin)
	commit=$(printf '120000 blob %s\tpaper.test\n' "$blob" |
		git -C a.git mktree | xargs git -C a.git -c user.name=x \
		-c user.email=x commit-tree -m x)
	git -C a.git update-ref refs/heads/main "$commit"
	run -1 --separate-stderr store < <(article $A Dam "$LONG" $T1)
	[ "$(field status <<<"$output")" = failed ]
	[ "$(git -C a.git rev-parse main)" = "$commit" ]
}

@test "usage, empty input, closed descriptors, full output" {
	run -2 stet-commit
	run -2 stet-commit --batch 0 a.git
	run -2 stet-commit --archive-per host a.git
	run -0 stet-commit --help
	run -0 stet-commit --quiet a.git </dev/null
	[ "$output" = "" ]
	article $A Dam "$LONG" $T1 >in
	run -3 bash -c 'stet-commit a.git <in >/dev/full'
	[ "$(git -C a.git rev-list --count main)" = 1 ]
	run -3 bash -c 'stet-commit a.git <&-'
	run -3 bash -c 'stet-commit a.git <in >&-'
}

@test "a slow pipe gets its receipt while the pipe is open" {
	mkfifo pipe out
	stet-commit a.git <pipe >out &
	pid=$!
	exec 7>pipe 8<out
	article $A Dam "$LONG" $T1 >&7
	read -r -t 20 line <&8
	[ "$(field status <<<"$line")" = new ]
	[ "$(git -C a.git rev-list --count main)" = 1 ]
	# The lock is free while it waits, even in the middle of a line.
	printf '{"v":1' >&7
	article https://b.test/1 Other "$LONG" $T1 | timeout 20 stet-commit a.git
	exec 7>&- 8<&-
	wait $pid || true
	[ "$(git -C a.git rev-list --count main)" = 2 ]
}

@test "the man page's example runs" {
	{
		article $A Dam "$LONG" $T1
		article $A Dam "$LONG It rained." $T2
	} >in
	[ "$(stet-commit news.git <in |
		jq -r 'select(.status == "changed") | .url')" = $A ]
}

# day COUNT [SUFFIX]: articles of one day with long names.
day() {
	python3 - "$1" "${2-}" <<-'PYTHON'
	import json, sys
	for i in range(int(sys.argv[1])):
	    url = 'https://wide.test/2026/03/02/%s-%d%s' % ('long-name-' * 9, i, sys.argv[2])
	    print(json.dumps({'v': 1, 'event': 'article', 'url': url, 'key': url, 'source': 'wide',
	        'title': 'Article %d' % i, 'blocks': [{'kind': 'p', 'text': 'The text of number %d.' % i}],
	        'status': 200, 'extractor': 'stet/test', 'fetched': '2026-03-02T06:00:00Z'}))
	PYTHON
}

@test "a folder that is full grows no more: what is new lies as without a date" {
	local last
	day 700 >in
	day 700 / >folders
	for in in in folders; do
		rm -rf ./*.git
		stet-commit a.git <$in >receipts
		stet-commit --batch 7 --verify b.git <$in >/dev/null
		[ "$(git -C a.git rev-parse main)" = "$(git -C b.git rev-parse main)" ]
		[ "$(field path <receipts | sort | uniq -d)" = "" ]
		[[ $(field path <receipts | head -1) == wide.test/2026/03/02/long* ]]
		last=$(field path <receipts | tail -1)
		[[ $last == wide.test/_/?/?/?/2026/03/02/long* ]]
		[ "$(git -C a.git cat-file -s main:wide.test/2026/03/02)" -lt 66000 ]
		sound a.git
	done
	# Later versions stay where the first one is, also with a new index.
	rm a.git/stet/index.db
	tail -1 $in | jq -c '.title = "Other" | .fetched = "2026-03-03T06:00:00Z"' |
		stet-commit a.git >receipts
	[ "$(jq -r '"\(.status) \(.path)"' <receipts)" = "changed $last" ]
	run -0 stet-export a.git
	stet-commit -q c.git <<<"$output" >/dev/null
	[ "$(git -C a.git rev-parse main)" = "$(git -C c.git rev-parse main)" ]
}

@test "an archive of layout 1 keeps its paths" {
	stet-init --contact a@b.example a.git
	[ "$(git -C a.git config stet.layout)" = 2 ]
	git -C a.git config stet.layout 1
	day 700 | stet-commit a.git >receipts
	[ "$(field path <receipts | grep -c ^wide.test/2026/03/02/)" = 700 ]
	# And as it is merged and stored again.
	stet-merge -q out.git a.git
	[ "$(git -C out.git config stet.layout)" = 1 ]
	[ "$(git -C a.git rev-parse main)" = "$(git -C out.git rev-parse main)" ]
}
