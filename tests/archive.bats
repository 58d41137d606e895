# The archive as a whole: git's view of it, kills, writers side by side, full
# disks, maintenance, the index. STET_KILLS sets the number of kills (100 is
# what a release is tried with).

load helper
load lib/records

KILLS=${STET_KILLS:-12}

# A random number of milliseconds below $1, as seconds.
moment() {
	printf '0.%03d' $((RANDOM % $1))
}

# Every receipt's commit is in the history.
receipts_kept() {
	cat receipts.* | jq -rR 'fromjson? | .commit | select(. != "")' |
		sort -u >said
	git -C a.git rev-list main | sort >there
	[ -z "$(comm -23 said there)" ]
}

# Starts a stet-commit on file $1, whose receipts go behind receipts.$2.
start() {
	stet-commit --quiet --batch 20 a.git <"$1" >>"receipts.$2" 2>>stderr &
	started+=($!)
}

# Kills what was started at a random moment and waits for it.
kill_started() {
	sleep "$(moment 250)"
	kill -KILL "${started[@]}" 2>/dev/null || true
	wait "${started[@]}" 2>/dev/null || true
	started=()
}

@test "git of the system reads, clones, blames and collects an archive" {
	many 400 >in
	stet-commit --batch 50 a.git <in >receipts
	sound a.git
	git clone -q a.git clone
	[ -z "$(git -C clone status --porcelain)" ]
	jq -r 'select(.version > 3) | .path' <receipts | head -1 >path
	path=$(cat path)
	run -0 git -C a.git log --format=%h -- "$path"
	[ ${#lines[@]} -ge 4 ]
	git -C a.git blame main -- "$path" | grep -q 'First\|(paper'
	git -C a.git log -p --word-diff -1 -- "$path" | grep -q '{+'
	git -C a.git gc -q
	sound a.git
	run -0 stet-commit a.git <in
	[ "$(field status <<<"$output" | sort -u)" = same ]
	# A push from a clone is a foreign writer; stet goes on behind it.
	git -C clone -c user.name=x -c user.email=x commit -q --allow-empty -m Note
	git -C clone push -q origin HEAD:main
	many 20 9 | stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" = 421 ]
	sound a.git
}

@test "every version can be read back as it was stored" {
	many 40 3 >in
	stet-commit --batch 25 a.git <in >receipts
	jq -r '[.url, .version] | @tsv' <receipts >versions
	while read -r url number; do
		stet-show --json a.git "$url" "$number"
	done <versions | jq -c '[.title, .blocks]' >shown
	jq -c '[.title, .blocks]' <in | cmp - shown
}

@test "stet-log and git log agree" {
	many 200 4 | stet-commit a.git >receipts
	for path in $(field path <receipts | sort -u | head -5); do
		stet-log --json a.git "$path" | field commit >ours
		git -C a.git log --reverse --format=%H -- "$path" | cmp - ours
	done
	run -1 --separate-stderr stet-log a.git https://no.test/
	[[ $stderr == *no.test* ]]
	run -2 stet-log
	run -2 stet-log nowhere.git x
	run -3 bash -c "stet-log a.git '$path' >/dev/full"
	run -1 stet-show a.git "$path" 999
	[ "$(stet-show a.git "$path" first)" = "$(stet-show a.git "$path" 1)" ]
	[ "$(stet-show a.git "$path" latest)" = "$(stet-show a.git "$path")" ]
	for bad in 0 last -1; do
		run -2 --separate-stderr stet-show a.git -- "$path" $bad
		[[ $stderr == *"a version is a number from 1, 'first' or 'latest', not '$bad'"* ]]
	done
}

@test "a lost, stale or spoilt index is made again from the history" {
	many 150 5 >in
	head -100 in | stet-commit a.git >/dev/null
	cp a.git/stet/index.db old.db
	tail -50 in | stet-commit a.git >/dev/null
	run -0 stet-index a.git
	counts=$output
	rm a.git/stet/index.db*
	[ "$(stet-index a.git)" = "$counts" ]
	rm a.git/stet/index.db* && cp old.db a.git/stet/index.db
	[ "$(stet-index a.git)" = "$counts" ]
	stet-index --check a.git
	python3 -c 'import sqlite3; d = sqlite3.connect("a.git/stet/index.db")
d.execute("UPDATE article SET title = 1 WHERE id = 3"); d.commit()'
	run -1 --separate-stderr stet-index --check a.git
	[[ $stderr == *rebuild* ]]
	stet-index --rebuild a.git
	stet-index --check a.git
	# A history that was rewritten is read anew.
	git -C a.git update-ref refs/heads/main "$(git -C a.git rev-parse main~30)"
	run -0 stet-index a.git
	[[ $output == *" 120 commits"* ]]
	stet-index --check a.git
}

@test "$KILLS kills of one writer lose no receipt and leave no lock" {
	touch receipts.1 stderr
	started=()
	for ((i = 0; i < KILLS; i++)); do
		many 300 "$((i / 4))" "$((i % 4 * 100))" >in
		start in 1
		kill_started
	done
	receipts_kept
	many 40 99 | timeout 60 stet-commit a.git >receipts.2
	[ "$(grep -c . receipts.2)" = 40 ]
	[ -z "$(find a.git -name '*.lock' -name 'main*' -o -name 'tmp_*' \
		-o -name '*.keep')" ]
	sound a.git
	[ "$(grep -v 'late' stderr)" = "" ]
}

@test "$KILLS kills of two writers lose no receipt and leave no lock" {
	touch receipts.1 receipts.2 stderr
	started=()
	for ((i = 0; i < KILLS / 2; i++)); do
		many 200 "$i" >in1
		many 200 "$((1000 + i))" >in2
		start in1 1
		start in2 2
		kill_started
	done
	receipts_kept
	many 40 99 | timeout 60 stet-commit a.git >receipts.3
	[ "$(grep -c . receipts.3)" = 40 ]
	[ -z "$(find a.git -name 'main.lock' -o -name 'tmp_*' \
		-o -name '*.keep')" ]
	sound a.git
}

@test "two writers at once both finish" {
	many 300 1 >in1
	many 300 2 >in2
	stet-commit --batch 20 a.git <in1 >receipts.1 &
	pid=$!
	stet-commit --batch 20 a.git <in2 >receipts.2
	wait $pid
	[ "$(cat receipts.? | field status | grep -c 'new\|changed\|minor')" = 600 ]
	[ "$(git -C a.git rev-list --count main)" = 600 ]
	receipts_kept
	sound a.git
}

@test "a stale lock of the branch is passed by, a live one waited for" {
	many 10 | stet-commit a.git >/dev/null
	touch -d '1 minute ago' a.git/refs/heads/main.lock
	many 10 2 | timeout 60 stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" = 20 ]
	touch a.git/refs/heads/main.lock
	many 10 3 | timeout 60 stet-commit a.git >receipts.1 &
	pid=$!
	sleep 1
	[ ! -s receipts.1 ]
	rm a.git/refs/heads/main.lock
	wait $pid
	[ "$(git -C a.git rev-list --count main)" = 30 ]
	sound a.git
}

@test "a full disk stops with status 3 and leaves the archive as it was" {
	mkdir disk
	mount -t tmpfs -o size=2m tmpfs disk 2>/dev/null || skip 'no mount'
	many 20 >in
	stet-commit disk/a.git <in >/dev/null
	before=$(git -C disk/a.git rev-parse main)
	many 1500 2 >more
	run -3 --separate-stderr stet-commit --batch 2000 disk/a.git <more
	[ "$output" = "" ]
	[[ $stderr == *'No space'* || $stderr == *full* ]]
	[ "$(git -C disk/a.git rev-parse main)" = "$before" ]
	[ -z "$(find disk/a.git/objects -name 'tmp_*' -o -name '*.keep')" ]
	head -c 4m /dev/zero >disk/filler 2>/dev/null || true
	run -3 --separate-stderr stet-commit disk/a.git <more
	[ "$output" = "" ]
	rm disk/filler
	mount -o remount,size=64m disk
	stet-commit disk/a.git <more | field status | sort -u |
		grep -qx 'new'
	sound disk/a.git
	umount disk
}

teardown() {
	umount disk 2>/dev/null || true
}

@test "maintenance beside a writer, and when it is due" {
	many 600 7 >in
	stet-commit --batch 20 a.git <in >receipts.1 &
	pid=$!
	while kill -0 $pid 2>/dev/null; do
		[ ! -e a.git/HEAD ] || stet-maintain --force -q a.git
		[ ! -e a.git/HEAD ] ||
			git -C a.git repack -adq 2>/dev/null || true
	done
	wait $pid
	[ "$(git -C a.git rev-list --count main)" = 600 ]
	receipts_kept
	sound a.git
	many 600 8 | stet-commit --batch 10 a.git >/dev/null
	run -0 stet-maintain a.git
	[[ $output == *maintained* ]]
	[ -d a.git/objects/info/commit-graphs ]
	git -C a.git commit-graph verify
	run -0 stet-maintain a.git
	[[ $output != *maintained* ]]
	run -0 stet-maintain --full a.git
	[ "$(find a.git -name '*.pack' | wc -l)" = 1 ]
	sound a.git
	run -2 stet-maintain
	run -2 stet-maintain nowhere.git
	exec 5>a.git/stet/maintain.lock
	flock -n 5
	run -4 stet-maintain a.git
}

@test "a foreign history of merged archives is indexed" {
	many 30 1 | stet-commit a.git >/dev/null
	many 30 2 | stet-commit b.git >/dev/null
	git clone -q a.git work
	git -C work -c user.name=x -c user.email=x pull -q --no-rebase \
		--no-edit --allow-unrelated-histories ../b.git main
	git -C work push -q origin HEAD:main
	run -0 stet-index a.git
	[[ $output == *" 60 versions, 60 commits"* ]]
	many 10 3 | stet-commit a.git >/dev/null
	sound a.git
}

@test "the index is caught up by whoever is first, and read without writing" {
	many 50 1 | stet-commit a.git >/dev/null
	git clone -q --bare a.git b.git
	stet-index b.git >/dev/null & pid=$!
	stet-index b.git >/dev/null
	wait $pid
	stet-index --check b.git
	chmod -R a-w b.git
	run -0 stet-log b.git "$(git -C b.git ls-tree -r --name-only HEAD | head -1)"
	chmod -R u+w b.git
}
