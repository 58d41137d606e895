# The dispatcher and the commands that set an archive up: stet, stet-init,
# stet-add, stet-hide.
load helper

@test "stet lists every command with what it does" {
	run -0 stet --help
	[[ $output == *"fetch "* && $output == *"render "* ]]
	for command in "$BUILD"/stet-*; do
		name=$(basename "$command")
		grep -qE "^  ${name#stet-} +[a-z].{10,}" <<<"$output"
	done
}

@test "stet NAME runs stet-NAME beside itself with its arguments and status" {
	run -0 stet init --version
	[ "$output" = "stet-init ${output##* }" ]
	run -2 stet add nowhere.git x http://a.example/
	[[ $output == *"'nowhere.git' is no archive"* ]]
}

@test "stet finds a command of the user's on PATH" {
	mkdir bin
	printf '#!/bin/sh\necho "mine: $*"\n' >bin/stet-mine
	chmod +x bin/stet-mine
	PATH=$PATH:$PWD/bin run -0 stet mine a b
	[ "$output" = "mine: a b" ]
}

@test "stet help NAME tells of stet's command, and stet version its version" {
	# Without man pages in their places it is what --help says.
	mkdir bin
	printf '#!/bin/sh\nexit 16\n' >bin/man
	chmod +x bin/man
	PATH=$PWD/bin:$PATH run -0 --separate-stderr stet help log
	[[ $output == "usage: stet-log "* ]]
	printf '#!/bin/sh\necho "the page $1"\n' >bin/man
	PATH=$PWD/bin:$PATH run -0 stet help log
	[ "$output" = "the page stet-log" ]
	printf '#!/bin/sh\nexit 16\n' >bin/man
	PATH=$PWD/bin:$PATH run -2 stet help nothing
	run -0 stet version
	[ "$output" = "$(stet --version)" ]
	run -2 stet help ../stet-log
}

@test "stet says which command is unknown" {
	run -2 --separate-stderr stet frobnicate
	[[ $stderr == *"'frobnicate'"* && -z $output ]]
	run -2 stet ../stet-init
	run -2 stet
	run -2 --separate-stderr stet --frobnicate
	[[ $stderr == *"bad option '--frobnicate'"* ]]
}

@test "every command has a man page, --help and --version" {
	for command in "$BUILD"/stet-* "$BUILD"/stet; do
		name=$(basename "$command")
		run -0 "$command" --help
		[[ $output == "usage: $name "* ]]
		[[ $output == *$'\n'"Exit status: 0 "*"man $name"* || $name = stet ]]
		run -0 "$command" --version
		[[ $output =~ ^"$name "[0-9]+\.[0-9]+\.[0-9]+$ ]]
		[ -f "$ROOT"/cmd/*/"$name.1" ]
	done
}

@test "every command refuses an unknown option with status 2 and its name" {
	for command in "$BUILD"/stet-*; do
		run -2 --separate-stderr "$command" --no-such-option </dev/null
		[[ $stderr == *"bad option '--no-such-option'"* && -z $output ]]
	done
}

@test "every command's help on a full disk is status 3" {
	for command in "$BUILD"/stet-* "$BUILD"/stet; do
		run -3 sh -c '"$1" --help >/dev/full' _ "$command"
	done
}

# Every command that reads or writes an archive, with what it needs.
on_archive() {
	local command=$1
	case $command in
	stet-log | stet-show | stet-diff | stet-search | stet-hide)
		"$command" "$2" http://a.example/ ;;
	stet-add) "$command" "$2" x http://a.example/ ;;
	stet-render) "$command" "$2" site </dev/null ;;
	stet-mark)
		echo '{"v":1,"url":"http://a.example/","status":"same"}' |
			"$command" "$2" ;;
	*) "$command" "$2" </dev/null ;;
	esac
}

@test "what is no archive is told by every command in the same words" {
	mkdir bare.git && git -C bare.git init -q --bare
	git init -q --bare plain.git
	tree=$(git -C plain.git mktree </dev/null)
	git -C plain.git update-ref HEAD "$(git -C plain.git \
		-c user.name=x -c user.email=x commit-tree "$tree" -m 'Not stet')"
	for command in add config diff due export hide index list log maintain mark render run search show status; do
		for archive in plain.git bare.git; do
			run -2 --separate-stderr on_archive stet-$command $archive
			[ "$stderr" = "stet-$command: '$archive' is a git repository, but no archive; stet init makes one" ]
		done
		# For stet-due it is one that is still to come.
		[ $command != due ] || continue
		run -2 --separate-stderr on_archive stet-$command nowhere.git
		[ "$stderr" = "stet-$command: 'nowhere.git' is no archive; stet init makes one" ]
		[ -z "$output" ]
		[ ! -e nowhere.git ]
	done
	[ ! -e site ] && [ ! -e plain.git/stet ]
}

@test "a clone of an archive is one, also below a merge" {
	stet-extract <"$FIXTURES/capture.warc" | stet-commit --quiet news.git >receipts
	url=$(jq -r .url receipts | head -n 1)
	git clone -q --bare news.git clone.git
	run -0 stet log clone.git "$url"
	git -C clone.git update-ref main "$(git -C clone.git -c user.name=x \
		-c user.email=x commit-tree 'main^{tree}' -p main -p 'main^' -m Merge)"
	run -0 stet show clone.git "$url"
}

@test "stet commit says that it made an archive, once" {
	run -0 --separate-stderr stet-commit typo.git </dev/null
	[ "$stderr" = "stet-commit: created 'typo.git', an empty archive" ]
	run -0 --separate-stderr stet-commit typo.git </dev/null
	[ -z "$stderr" ]
	run -0 --separate-stderr stet-commit --quiet other.git </dev/null
	[ -z "$stderr" ]
	stet-extract <"$FIXTURES/capture.warc" >articles
	run -0 --separate-stderr stet-commit --archive-per source all <articles
	[[ $stderr == *"created 'all/"*".git', an empty archive" ]]
}

@test "stet init makes an archive that git reads, once" {
	run -0 stet init --contact desk@paper.example news.git
	[[ $output == *"stet add news.git"* ]]
	git -C news.git fsck --strict
	[ "$(git -C news.git config stet.contact)" = desk@paper.example ]
	run -2 stet init news.git
	[[ $output == *"'news.git' is there already"* ]]
	run -2 stet init
	run -0 stet init --quiet quiet.git
	[ -z "$output" ]
}

@test "stet init refuses a contact that no run would take" {
	for contact in notanaddress 'a b@paper.example' ftp://paper.example/ nobody@ https://; do
		run -2 --separate-stderr stet init --contact "$contact" news.git
		[[ $stderr == *"--contact takes a URL or a mail address, not '$contact'"* ]]
		[ ! -e news.git ]
	done
	STET_NOW=never run -0 stet init --contact https://paper.example/us news.git
	run -0 stet config --quiet news.git
}

@test "stet add --remove takes out one address, or the source" {
	stet init --quiet news.git
	stet add --period 30 news.git exmaple https://news.example/feed.rss https://news.example/sport.rss
	stet add --page news.git exmaple https://news.example/
	stet add news.git other https://other.example/feed.rss
	run -0 stet add --remove news.git exmaple https://news.example/feed.rss https://news.example/
	[ "$(git -C news.git config --get-regexp '^source[.]exmaple[.]' | sort)" = \
		$'source.exmaple.feed https://news.example/sport.rss\nsource.exmaple.period 30' ]
	run -1 --separate-stderr stet add --remove news.git exmaple https://news.example/feed.rss
	[ "$stderr" = "stet-add: source 'exmaple' has no 'https://news.example/feed.rss'" ]
	run -0 stet add --remove news.git exmaple
	[ "$(git -C news.git config --get-regexp '^source[.]')" = "source.other.feed https://other.example/feed.rss" ]
	run -1 --separate-stderr stet add --remove news.git exmaple
	[ "$stderr" = "stet-add: there is no source 'exmaple'" ]
	run -2 stet add --remove --page news.git other
	run -2 stet add --page --feed news.git other https://other.example/
	[[ $output == *"one of --feed, --page and --sitemap"* ]]
}

@test "what somebody else may not read or write is told so, once, by stet" {
	[ "$(id -u)" -eq 0 ] || skip "for root alone"
	# Above the folder of a test nobody else may look.
	open=$(mktemp -d) && cd "$open" && chmod 755 .
	stet-extract <"$FIXTURES/capture.warc" | stet-commit --quiet news.git >receipts
	as_other() {
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@" <receipts
	}
	as_other test -x "$BUILD/stet-log" || skip "the build is not reached"
	chmod 700 news.git
	for command in log list run maintain mark; do
		run -2 --separate-stderr as_other "$BUILD/stet-$command" news.git
		[ "$stderr" = "stet-$command: cannot open 'news.git': Permission denied" ]
	done
	chmod 755 news.git
	run -3 --separate-stderr as_other "$BUILD/stet-run" news.git
	[ "$stderr" = "stet-run: cannot write 'news.git/stet/run.lock': Permission denied" ]
	run -3 --separate-stderr as_other "$BUILD/stet-maintain" --force news.git
	[ "$stderr" = "stet-maintain: cannot write 'news.git/stet/maintain.lock': Permission denied" ]
	run ! --separate-stderr as_other "$BUILD/stet-mark" news.git
	[[ $stderr == "stet-mark: 'news.git/stet/schedule.db': "[!\']* ]]
	cd / && rm -rf "$open"
}

@test "stet add writes the configuration that the commands read" {
	stet init news.git
	run -0 stet add --period 30 news.git example https://news.example/feed.rss
	run -0 stet add news.git example https://news.example/sport.rss
	run -0 stet add --sitemap news.git example https://news.example/sitemap.xml
	run -0 stet add --page news.git other https://other.example/
	[ "$(git -C news.git config --get-all source.example.feed | wc -l)" = 2 ]
	[ "$(git -C news.git config source.example.period)" = 30 ]
	[ "$(git -C news.git config source.other.page)" = https://other.example/ ]
	run -0 --separate-stderr stet add news.git example https://news.example/feed.rss
	[[ $stderr == *"is there already"* ]]
	[ "$(git -C news.git config --get-all source.example.feed | wc -l)" = 2 ]
}

@test "stet add refuses a bad name, URL or period and says why" {
	stet init news.git
	run -2 stet add news.git 'Bad Name' https://a.example/
	[[ $output == *"not 'Bad Name'"* ]]
	run -2 stet add news.git ok ftp://a.example/
	[[ $output == *"'ftp://a.example/'"* ]]
	run -2 stet add news.git ok $'https://a.example/\nx'
	run -2 stet add --period 4 news.git ok https://a.example/
	run -2 stet add news.git ok
	run -1 git -C news.git config --get-regexp '^source\.'
}

@test "stet hide lists, hides and shows again" {
	stet init news.git
	run -0 stet hide news.git https://a.example/x https://a.example/y
	run -0 stet hide --list news.git
	[ "$output" = $'https://a.example/x\nhttps://a.example/y' ]
	run -0 stet hide news.git https://a.example/x
	run -0 stet hide --undo news.git https://a.example/x
	run -0 stet hide --list news.git
	[ "$output" = https://a.example/y ]
	run -1 stet hide --undo news.git https://a.example/z
	[[ $output == *"is not hidden"* ]]
	run -1 stet hide news.git a.example/x
	[[ $output == *"nothing is hidden"*"https://"* ]]
	run -0 stet hide --list news.git
	[ "$output" = https://a.example/y ]
	# An article is hidden and shown by any of its names.
	echo '{"v":1,"event":"article","url":"http://a.example/z","key":"https://a.example/z","title":"T","blocks":[{"kind":"p","text":"A text."}],"fetched":"2026-01-01T00:00:00Z"}' |
		stet commit -q news.git
	run -0 stet hide news.git http://a.example/z
	[ "$output" = "" ]
	run -0 stet hide --undo news.git https://a.example/z
	run -0 stet hide --list news.git
	[ "$output" = https://a.example/y ]
	run -2 stet hide news.git
}
