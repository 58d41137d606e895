# What the seven filters of the line owe to each other and to a shell, tried on
# all of them alike: empty input, closed descriptors, a full disk, a reader
# that leaves, bad records between good ones.
load helper

FILTERS=(links due fetch extract commit mark render)

# arguments_of NAME: the arguments with which it works in this test.
arguments_of() {
	case $1 in
	due | commit | mark) echo news.git ;;
	fetch) echo --allow-net 127.0.0.0/8 --delay 0 --retries 0 ;;
	render) echo news.git site ;;
	esac
}

# inputs: one file for each filter, good for at least one record.
inputs() {
	echo 'https://news.example/2026/05/04/a-story-of-four-words' >links.in
	cp links.in due.in
	echo 'http://127.0.0.1:1/refused' >fetch.in
	cp "$FIXTURES/capture.warc" extract.in
	stet-extract <extract.in >commit.in
	stet-commit news.git <commit.in >mark.in
	cp mark.in render.in
}

# run_filter NAME: with its arguments, from standard input.
run_filter() {
	local arguments
	read -ra arguments <<<"$(arguments_of "$1")"
	"stet-$1" "${arguments[@]}"
}

@test "empty input is no record and status 0" {
	new_archive news.git
	for name in "${FILTERS[@]}"; do
		run -0 --separate-stderr run_filter "$name" </dev/null
		[ -z "$stderr" ]
		[ "$name" = fetch ] || [ -z "$output" ]
	done
}

@test "a closed standard input is status 3 and said" {
	new_archive news.git
	export -f run_filter arguments_of
	for name in "${FILTERS[@]}"; do
		run -3 --separate-stderr bash -c "run_filter $name <&-"
		[[ $stderr == "stet-$name: "*"Bad file descriptor"* ]]
	done
}

@test "a full disk and a closed standard output are status 3 and said" {
	inputs
	for name in links due fetch extract commit mark; do
		for out in '>/dev/full' '>&-'; do
			rm -rf news.git
			new_archive news.git
			export -f run_filter arguments_of
			run -3 --separate-stderr bash -c "run_filter $name <$name.in $out"
			[[ $stderr == *"stet-$name: "* ]]
		done
	done
}

@test "what a full disk kept from being told is told when asked again" {
	inputs
	rm -rf news.git
	run -3 bash -c 'stet-commit news.git <commit.in >/dev/full'
	stet-commit news.git <commit.in >again
	stet-commit other.git <commit.in >once
	[ "$(git -C news.git rev-parse main)" = "$(git -C other.git rev-parse main)" ]
	[ "$(wc -l <again)" = "$(wc -l <once)" ]
}

@test "a reader that leaves ends a filter in silence" {
	inputs
	for name in extract mark; do
		for _ in $(seq 400); do cat "$name.in"; done >many
		run --separate-stderr bash -c '
			set -o pipefail
			"stet-$1" ${2:+"$2"} <many | head -n 1 >/dev/null
			exit "${PIPESTATUS[0]}"' _ "$name" "$(arguments_of "$name")"
		[ "$status" = 141 ]
		[ -z "$stderr" ]
	done
}

@test "a bad record is named, the others are done, the status is 1" {
	inputs
	good=$(head -n 1 commit.in)
	printf '%s\n{"v":1,\nnot json at all\n{"v":1,"event":"article","url":"http://a/","blocks":[{"kind":"video","text":""}]}\n%s\n' \
		"$good" "$good" >commit.bad
	rm -rf news.git
	run -1 --separate-stderr run_filter commit <commit.bad
	[ "${#lines[@]}" -ge 2 ]
	[ "$(grep -c '"status":"new"' <<<"$output")" = 1 ]
	[ "$(grep -c '"status":"same"' <<<"$output")" = 1 ]
	[ "$(grep -vc ' created ' <<<"$stderr")" = 3 ]
	[[ $stderr == *"2"*"not JSON"* && $stderr == *"'video'"* ]]

	printf '%s\nnot json\n%s\n' "$(head -n 1 mark.in)" "$(tail -n 1 mark.in)" >mark.bad
	run -1 --separate-stderr run_filter mark <mark.bad
	[[ $stderr == *"2"*"not JSON"* ]]
	[ "$(grep -c '"v":1' <<<"$output")" = 2 ]

	printf 'https://a.example/1\n/relative\nhttps://a.example/2\n' >due.bad
	run -1 --separate-stderr stet-due empty.git <due.bad
	[[ $stderr == *"'/relative'"* ]]
	[ "${#lines[@]}" = 2 ]
}

@test "control bytes of the input never reach the terminal" {
	printf 'http://a.example/\tx\tx\tx\t\033]0;owned\007\nx\033[2Jy\n' >evil
	run -1 --separate-stderr stet-due news.git <evil
	[[ $stderr != *$'\033'* && $stderr != *$'\007'* ]]
	printf '{"v":1,"event":"\033[2J\302\233","url":"x"}\n' >evil
	run -1 --separate-stderr stet-commit news.git <evil
	[[ $stderr != *$'\033'* && $stderr != *$'\302\233'* ]]
}

@test "a truncated WARC gives what was whole, status 3 and the place" {
	head -c 30000 "$FIXTURES/capture.warc" >cut.warc
	run -3 --separate-stderr stet-extract <cut.warc
	[ "$(grep -c '"event":"article"' <<<"$output")" -ge 5 ]
	[[ $stderr == *"record "*"byte "* ]]
}
