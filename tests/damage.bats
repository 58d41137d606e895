# What lies beside the history may be damaged, foreign or not writable: then
# it is made anew or read as it is, and nobody has to lend a hand.

load helper
load lib/records

URL=https://paper.test/2026/01/01/dam

setup() {
	common_setup
	export STET_NOW=2026-01-02T00:00:00Z
	{
		article $URL Dam 'The dam above the old town held.' 2026-01-01T00:00:00Z
		article $URL Dam 'The dam above the old town gave way.' 2026-01-01T02:00:00Z
		many 9
	} | stet-commit -q a.git | stet-mark a.git >/dev/null
	stet-search a.git dam >/dev/null
}

teardown() {
	umount -l ro 2>/dev/null || true
}

# spoil HOW FILE
spoil() {
	case $1 in
	zeros) head -c 20000 /dev/zero >"$2" ;;
	cut) truncate -s 9000 "$2" ;;
	noise) python3 -c 'import random,sys; sys.stdout.buffer.write(random.Random(4).randbytes(30000))' >"$2" ;;
	tail) python3 - "$2" <<-'PYTHON' ;;
		import sys
		b = bytearray(open(sys.argv[1], "rb").read())
		for page in range(4096, len(b), 4096):
		    b[page:page + 200] = b"\x55" * 200
		open(sys.argv[1], "wb").write(b)
	PYTHON
	foreign) rm -rf "$2"* && python3 -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1])
d.execute("CREATE TABLE article(x)"); d.execute("CREATE VIEW entries AS SELECT x FROM article")
d.execute("CREATE TABLE meta(x)"); d.execute("PRAGMA user_version = " + sys.argv[2]); d.commit()' "$2" "$3" ;;
	later) python3 -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1])
d.execute("PRAGMA user_version = 99"); d.commit()' "$2" ;;
	folder) rm -rf "$2"* && mkdir "$2" ;;
	fifo) rm -rf "$2"* && mkfifo "$2" ;;
	link) rm -rf "$2"* && echo precious >precious && ln -s "$PWD/precious" "$2" ;;
	esac
}

@test "a damaged index is moved aside and made anew, whoever meets it" {
	stet-log a.git $URL >before
	layout=$(python3 -c 'import sqlite3
print(sqlite3.connect("a.git/stet/index.db").execute("PRAGMA user_version").fetchone()[0])')
	for how in zeros cut noise tail foreign later folder fifo link; do
		for command in 'log a.git' 'show a.git' 'diff a.git'; do
			spoil $how a.git/stet/index.db "$layout"
			# shellcheck disable=SC2086
			run -0 --separate-stderr timeout 30 stet-$command $URL
			[[ $stderr == *"index was damaged and is made anew"* ]]
		done
		spoil $how a.git/stet/index.db "$layout"
		stet-index --rebuild a.git 2>/dev/null
		stet-index --check a.git
		stet-log a.git $URL | cmp before -
	done
	[ "$(cat precious)" = precious ]
	spoil noise a.git/stet/index.db
	many 3 2 | stet-commit -q a.git 2>/dev/null >receipts
	[ "$(grep -c '"new"' receipts)" -ge 1 ]
	sound a.git
}

@test "a damaged schedule is made anew from the history, and all is due soon" {
	stet-due --scheduled --now 2026-01-03 a.git | cut -f1 | sort >before
	[ -s before ]
	for how in zeros cut noise tail foreign later folder fifo link; do
		spoil $how a.git/stet/schedule.db 1
		run -0 --separate-stderr timeout 30 stet-due a.git
		[[ $stderr == *"schedule was damaged and is made anew"* ]]
		stet-due --scheduled --now 2026-01-03 a.git | cut -f1 | sort | diff before -
		spoil $how a.git/stet/schedule.db 1
		run -0 --separate-stderr timeout 30 stet-status a.git
		[[ $stderr == *"schedule was damaged"* ]]
		spoil $how a.git/stet/schedule.db 1
		stet-mark a.git </dev/null 2>/dev/null
		stet-due --scheduled --now 2026-01-03 a.git | cut -f1 | sort | diff before -
		[ "$(stet-render a.git site 2>&1)" = "" ]
	done
	spoil noise a.git/stet/schedule.db
	run -0 timeout 30 stet-render a.git site
	[ "$(cat precious)" = precious ]
}

@test "a damaged search index is made anew" {
	stet-search a.git dam >before
	for how in zeros cut noise tail foreign folder fifo link; do
		spoil $how a.git/stet/search.db 0
		run -0 --separate-stderr timeout 30 stet-search a.git dam
		[[ $stderr == *"search index was damaged and is made anew"* ]]
		[ "$output" = "$(cat before)" ]
	done
	[ "$(cat precious)" = precious ]
}

# All that reads, with the same answers as before.
read_all() {
	for command in log show diff; do
		run -0 --separate-stderr "$@" stet-$command a.git $URL
		[ "$output" = "$(cat was.$command)" ]
	done
	run -0 --separate-stderr "$@" stet-search a.git dam
	[ "$output" = "$(cat was.search)" ]
	run -0 "$@" stet-status a.git
	run -0 "$@" stet-due --scheduled --now 2026-01-03 a.git
	run -0 "$@" stet-index a.git
	rm -rf site
	mkdir -m 777 site
	run -0 "$@" stet-render a.git site
	[ -s site/index.html ]
	run -3 "$@" stet-index --rebuild a.git
}

keep_answers() {
	for command in log show diff; do
		stet-$command a.git $URL >was.$command
	done
	stet-search a.git dam >was.search
}

# What was made is of an earlier state, missing, spoilt.
each_state() {
	"$@"
	cp -r a.git/stet kept
	git -C a.git update-ref refs/heads/main "$(git -C a.git commit-tree \
		-p main -m 'by hand' 'main^{tree}')"
	"$@"
	rm -rf a.git/stet/*.db*
	"$@"
	rm -rf a.git/stet
	"$@"
	cp -r kept a.git/stet
	spoil noise a.git/stet/index.db
	spoil noise a.git/stet/schedule.db
	spoil noise a.git/stet/search.db
	"$@"
}

mounted() {
	mkdir -p ro
	mv a.git ro.git
	mkdir a.git
	mount --bind ro.git a.git && mount -o remount,ro,bind a.git
	! touch a.git/x 2>/dev/null
	read_all
	umount a.git
	rmdir a.git
	mv ro.git a.git
}

@test "a read-only mount can be read, whatever lies beside the history" {
	mkdir x y
	mount --bind x y 2>/dev/null && umount y || skip 'no mount'
	keep_answers
	export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x
	each_state mounted
}

@test "an archive of another user can be read" {
	[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || skip 'not root'
	chmod 755 . .. ../.. 2>/dev/null || true
	keep_answers
	as_other() {
		read_all setpriv --reuid 65534 --regid 65534 --clear-groups
	}
	setpriv --reuid 65534 --regid 65534 --clear-groups stet-log a.git $URL \
		>/dev/null 2>&1 || skip 'the folder cannot be reached'
	export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x
	each_state as_other
}
