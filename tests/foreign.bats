# Archives that come from elsewhere: what they bring along is read, never run,
# and opens nothing outside.

load helper
load lib/records

setup() {
	common_setup
	many 12 | stet-commit -q a.git >/dev/null
	trap=$PWD/trap
	program="touch $trap; false"
}

# Nothing that the configuration names has run.
untouched() {
	[ ! -e trap ]
}

# Every command that calls git, on a.git; their statuses do not matter.
call_all() {
	rm -f trap
	stet-maintain --force a.git || true
	stet-maintain --full a.git || true
	stet-add a.git daily http://127.0.0.1:1/feed.rss || true
	stet-hide a.git https://paper.test/x || true
	stet-hide --list a.git || true
	stet-init --contact desk@paper.test a.git || true
	stet-run a.git site || true
	stet-log a.git nothing || true
	stet-status a.git || true
	stet-index --rebuild a.git || true
}

@test "no program of a foreign configuration is run" {
	mkdir hooks
	for hook in reference-transaction post-update pre-auto-gc post-index-change; do
		printf '#!/bin/sh\ntouch %s\n' "$trap" >hooks/$hook
		chmod +x hooks/$hook
	done
	cp -r hooks/* a.git/hooks/
	git -C a.git config core.hooksPath "$PWD/hooks"
	for key in core.fsmonitor core.sshCommand core.pager core.gitProxy \
		core.askPass core.editor core.alternateRefsCommand \
		credential.helper diff.external gpg.program \
		gc.recentObjectsHook pager.config pager.log pager.repack \
		uploadpack.packObjectsHook alias.config alias.repack \
		filter.x.clean diff.x.textconv trailer.x.command; do
		git --git-dir=a.git config "$key" "!$program"
		git --git-dir=a.git config "$key" "$program"
	done
	git --git-dir=a.git config remote.origin.url "ext::sh -c touch% $trap"
	git --git-dir=a.git config remote.origin.uploadpack "$program"
	echo 1111111111111111111111111111111111111111 >a.git/stet/graph
	echo '* diff=x filter=x' >a.git/info/attributes
	call_all
	untouched
	printf '%s\n' '--help' >a.git/stet/graph
	call_all
	untouched
}

@test "a partial clone is refused by name, and fetches nothing" {
	git -C a.git config core.repositoryFormatVersion 1
	git -C a.git config extensions.partialClone origin
	git -C a.git config remote.origin.url /nonexistent
	git -C a.git config remote.origin.promisor true
	git -C a.git config remote.origin.uploadpack "$program"
	find a.git/objects/pack -name '*.pack' -delete
	call_all
	untouched
	for command in maintain index status log\ x run; do
		# shellcheck disable=SC2086
		set -- $command
		run -2 --separate-stderr stet-"$1" a.git ${2:-}
		[[ $stderr == *"partial clone"* ]]
	done
	git -C a.git config --unset extensions.partialClone
	run -2 --separate-stderr stet-index a.git
	[[ $stderr == *"partial clone"* ]]
}

@test "a configuration in further files is refused, unread" {
	mkfifo further
	for way in include.path 'includeIf.gitdir:/.path'; do
		cp a.git/config kept
		git config --file a.git/config "$way" "$PWD/further"
		for command in index maintain status run; do
			run -2 --separate-stderr timeout 20 stet-$command a.git
			[[ $stderr == *"other files"* ]]
		done
		mv kept a.git/config
	done
	cp a.git/config kept
	git -C a.git config core.repositoryFormatVersion 1
	git -C a.git config extensions.worktreeConfig true
	git config --file a.git/config.worktree remote.o.promisor true
	run -2 stet-index a.git
	mv kept a.git/config
	run -0 stet-index a.git
	echo ../b.git >a.git/commondir
	run -2 stet-index a.git
}

@test "links, FIFOs and devices in an archive are refused, and do not hang" {
	for file in config HEAD stet objects/pack refs/heads; do
		mv a.git/$file kept
		ln -s "$PWD/kept" a.git/$file
		for command in index status maintain; do
			run -2 --separate-stderr timeout 20 stet-$command a.git
			[[ $stderr == *"not a plain"* || $stderr == *"no archive"* ]]
		done
		many 3 2 >in
		run -2 timeout 20 stet-commit a.git <in
		rm a.git/$file
		mkfifo a.git/$file
		run -2 timeout 20 stet-index a.git
		run -2 timeout 20 stet-commit a.git <in
		rm a.git/$file
		mv kept a.git/$file
	done
	stet-index --check a.git
}

@test "the user's git configuration is not read" {
	mkdir home
	git config --file home/.gitconfig core.hooksPath "$PWD/hooks"
	git config --file home/.gitconfig stet.contact wrong@paper.test
	git config --file home/.gitconfig core.pager "$program"
	git config --file home/.gitconfig alias.x "!$program"
	unset GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
	run -2 --separate-stderr env HOME="$PWD/home" stet-run a.git
	[[ $stderr == *"publishers must be able to reach you"* ]]
	HOME=$PWD/home GIT_EXTERNAL_DIFF=$program GIT_DIR=/nowhere call_all
	untouched
}

@test "a source is written as a whole or not at all, with status 3" {
	cp a.git/config before
	mkdir -p a.git/config.lock
	run -3 --separate-stderr timeout 60 stet-add a.git daily https://paper.test/feed
	[[ $stderr == *"cannot write"* ]]
	cmp a.git/config before
	rmdir a.git/config.lock
	# Nothing may be written, not even to a file that takes the messages.
	run -3 bash -c '(ulimit -f 0; exec stet-add a.git daily \
		https://paper.test/feed) 2>&1 | cat; exit ${PIPESTATUS[0]}'
	cmp a.git/config before
	[ ! -e a.git/config.lock ]
	run -0 stet-add a.git daily https://paper.test/feed
	[ "$(git -C a.git config source.daily.feed)" = https://paper.test/feed ]
}

@test "a commit with a key of control characters is no article" {
	printf '%s\n' x >x
	blob=$(git -C a.git hash-object -w --stdin <x)
	git -C a.git log -1 --format=%B main >message
	before=$(stet-index a.git)
	for forged in $'https://paper.test/\x01\x02' 'https://paper.test/a b' $'\xff'; do
		sed "s|^Key: .*|Key: $forged|" message >other
		grep -qaF "Key: $forged" other
		head=$(git -C a.git -c user.name=x -c user.email=x commit-tree \
			-p main -F "$PWD/other" "main^{tree}")
		git -C a.git update-ref refs/heads/main "$head"
	done
	for forged in ../../outside.md /etc/outside.md a/../../b.md; do
		sed "s|^Path: .*|Path: $forged|" message >other
		head=$(git -C a.git -c user.name=x -c user.email=x commit-tree \
			-p main -F "$PWD/other" "main^{tree}")
		git -C a.git update-ref refs/heads/main "$head"
	done
	[ "$(stet-index a.git)" = "$before" ]
	run -0 --separate-stderr stet-render a.git site
	[ "$stderr" = "" ]
	[ ! -e outside.md ] && [ ! -e ../outside.md ]
	[ -n "$blob" ]
}

@test "nothing in a text steers a terminal" {
	local evil=$'\e[2J\e]0;owned\a \u009b31m \u202eback\u202c \u2066x\u2069 \u200f \u200b \ufeff \u2028 end'
	url=https://paper.test/2026/01/01/evil
	article $url "Dam $evil" "The dam $evil held." 2026-01-01T00:00:00Z |
		stet-commit -q a.git | stet-mark a.git >/dev/null
	article $url "Dam $evil" "The dam $evil gave way." 2026-01-01T02:00:00Z |
		stet-commit -q a.git | stet-mark a.git >/dev/null
	for command in "log a.git $url" "log --json a.git $url" "show a.git $url" \
		"show --json a.git $url" "diff a.git $url" "search a.git dam" \
		'status a.git' "log a.git $evil"; do
		# shellcheck disable=SC2086
		set -- $command
		name=$1
		shift
		printf '%q ' "stet-$name" "$@" >line
		script -qec "$(cat line)" /dev/null </dev/null >shown || true
		[ -s shown ]
		python3 - "$command" <<-'PYTHON'
		import re, sys
		b = open("shown", "rb").read()
		t = re.sub(rb"\x1b\[([0-9;]*m|K)", b"", b).decode()
		bad = [hex(ord(c)) for c in t if (ord(c) < 32 and c not in "\r\n\t") or 0x7f <= ord(c) < 0xa0
		    or c in "\u202e\u202c\u2066\u2069\u200f\u200b\ufeff\u2028"]
		assert not bad, (sys.argv[1], bad)
		PYTHON
	done
	# In the archive and in a pipe it is what it was.
	stet-show a.git $url | grep -q $'\u202eback'
}
