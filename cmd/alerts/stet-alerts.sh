#!/usr/bin/env bash
# stet-alerts FILE ARCHIVE: tells those who want to know of what receipts say,
# by the rules of FILE.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH

usage='usage: stet-alerts FILE ARCHIVE <RECEIPTS'

complain() {
	printf 'stet-alerts: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-alerts: hands what changed to the commands of a file of rules.

		      --help                   print this help
		      --version                print the version

		Exit status: 0 all was told, 1 a command failed and is tried again next
		time, 2 usage or a bad rule, 3 stopped early. See also: man stet-alerts
		EOF
		exit 0
		;;
	--version)
		echo 'stet-alerts @VERSION@' || exit 3
		exit 0
		;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -eq 2 ] || complain 'a file of rules and an archive, please'
rules=$1
archive=$2
[ -r "$rules" ] || complain "cannot read '$rules'"
[ -d "$archive/stet" ] || complain "'$archive' is no archive with an index"

# Nothing but this file is asked: never the archive's own configuration.
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
rule() {
	git config -f "$rules" --no-includes --get "alert.$1.$2"
}

# Before anything is told, each line is read: a slip of the pen would tell all
# or nothing. git takes quotes off and what follows ';' and '#' away, so a
# command with any of them is written as one quoted text.
git config -f "$rules" --no-includes --list >/dev/null 2>&1 ||
	complain "$(git config -f "$rules" --no-includes --list 2>&1 | sed -n 's/^fatal: //p' | head -n 1)"
while IFS= read -r key; do
	case $key in
	alert.*.source | alert.*.class | alert.*.words | alert.*.added | alert.*.removed | \
		alert.*.author | alert.*.article | alert.*.format | alert.*.from | alert.*.to | \
		alert.*.command | alert.*.digest) ;;
	alert.*.headline | alert.*.new | alert.*.minor | alert.*.card)
		git config -f "$rules" --no-includes --type=bool --get "$key" >/dev/null 2>&1 ||
			complain "'$rules': $key is true or false, not '$(git config -f "$rules" --no-includes --get "$key")'"
		;;
	*) complain "'$rules': there is no key '$key' (see stet-alerts(1))" ;;
	esac
done < <(git config -f "$rules" --no-includes --name-only --list)
slip=$(awk 'sub(/^[ \t]*[Cc]ommand[ \t]*=[ \t]*/, "") && !/^"/ && /["\\;#]/ { print NR; exit }' "$rules")
[ -z "$slip" ] ||
	complain "'$rules', line $slip: a command with '\"', '\\', ';' or '#' is written in quotes, with \\\" and \\\\ within them"
names=$(git config -f "$rules" --no-includes --name-only --get-regexp '^alert\..*\.command$' 2>/dev/null) ||
	complain "'$rules' has no rule with a command"
receipts=$(mktemp) || exit 3
trap 'rm -f "$receipts"' EXIT
cat >"$receipts" || exit 3

now=$(date +%s)
case ${STET_NOW:-} in
'') ;;
*[!0-9]*) now=$(date -ud "$STET_NOW" +%s) ;;
*) now=$STET_NOW ;;
esac

# options_of NAME: the options of stet-tell that the rule sets, in `options`.
options_of() {
	local key value
	options=()
	for key in source class words added removed author article format from to; do
		value=$(rule "$1" $key) && options+=("--$key" "$value")
	done
	for key in headline new minor; do
		[ "$(git config -f "$rules" --no-includes --type=bool --get "alert.$1.$key")" != true ] ||
			options+=("--$key")
	done
	return 0
}

# facts MESSAGE: sets the variables that a command may want.
facts() {
	local name value
	while IFS=$'\t' read -r name value; do
		export "$name=$value"
	done <"${1%.message}.facts"
	STET_CARD=
	if [ "$(git config -f "$rules" --no-includes --type=bool --get "alert.$2.card")" = true ] &&
		stet-card -- "$archive" "$STET_KEY" "$((STET_VERSION - 1))" "$STET_VERSION" >"$dir/card.png" 2>/dev/null; then
		STET_CARD=$dir/card.png
	fi
	thread=$dir/threads/$(printf %s "$STET_KEY" | sha256sum | cut -c1-32)
	STET_THREAD=$(cat "$thread" 2>/dev/null)
	export STET_CARD STET_THREAD
}

# hand_over NAME FILE: runs the rule's command with the message.
hand_over() {
	local answer
	answer=$(bash -c "$(rule "$1" command)" <"$2") || {
		echo "stet-alerts: '$1': the command failed with status $?; it is tried again next time" >&2
		return 1
	}
	# What the first message of an article answers is the thread's name.
	if [ -n "${thread:-}" ] && [ ! -e "$thread" ] && [ -n "$answer" ]; then
		printf '%s' "$answer" | head -n 1 >"$thread"
	fi
}

# settle MESSAGE...: they are told, durably, before they go.
settle() {
	local file
	for file in "$@"; do
		basename "$file" .message
	done >>"$dir/sent" && sync "$dir/sent" || exit 3
	for file in "$@"; do
		rm -f "$file" "${file%.message}.facts"
	done
}

# digest NAME SECONDS MESSAGE...: all of them as one, when it is time.
digest() {
	local name=$1 period=$2 last
	shift 2
	last=$(cat "$dir/last" 2>/dev/null || echo 0)
	[ $((now - last)) -ge "$period" ] || return 0
	thread=
	cat "$@" >"$dir/digest"
	hand_over "$name" "$dir/digest" || return 1
	echo "$now" >"$dir/last"
	settle "$@"
}

worst=0
failed() {
	[ "$worst" -ge "$1" ] || worst=$1
}

# tell NAME: finds what the rule wants and hands it over.
tell() {
	local file messages
	options_of "$1"
	dir=$archive/stet/alerts/$(printf %s "$1" | sha256sum | cut -c1-16)
	mkdir -p "$dir/new" "$dir/threads" || exit 3
	touch "$dir/sent" || exit 3
	stet-tell --spool "$dir/new" "${options[@]}" -- "$archive" <"$receipts"
	case $? in
	0) ;;
	1) failed 1 ;;
	2) failed 2 && return ;;
	*) failed 3 && return ;;
	esac
	shopt -s nullglob
	for file in "$dir"/new/*.message; do
		# A run that was killed may have told it already.
		! grep -qxF "$(basename "$file" .message)" "$dir/sent" ||
			rm -f "$file" "${file%.message}.facts"
	done
	messages=("$dir"/new/*.message)
	[ ${#messages[@]} -gt 0 ] || return 0
	case $(rule "$1" digest) in
	hour) digest "$1" 3600 "${messages[@]}" || failed 1 ;;
	day) digest "$1" 86400 "${messages[@]}" || failed 1 ;;
	'')
		for file in "${messages[@]}"; do
			facts "$file" "$1"
			if hand_over "$1" "$file"; then
				settle "$file"
			else
				failed 1
			fi
		done
		;;
	*)
		echo "stet-alerts: '$1': digest is hour or day" >&2
		failed 2
		;;
	esac
}

while IFS= read -r name; do
	name=${name#alert.}
	tell "${name%.command}"
done <<<"$names"
exit "$worst"
