#!/usr/bin/env bash
# stet-hide ARCHIVE URL...: takes articles out of the pages, not the history.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-hide [--undo | --list] ARCHIVE [URL...]'
action=hide

complain() {
	printf 'stet-hide: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-hide: takes articles out of the pages, feeds and search.

		      --undo                   show them again
		      --list                   print what is hidden
		      --help                   print this help
		      --version                print the version

		Exit status: 0 done, 1 something was not hidden, 2 usage or no archive,
		3 stopped early. See also: man stet-hide
		EOF
		exit 0
		;;
	--version)
		echo 'stet-hide @VERSION@' || exit 3
		exit 0
		;;
	--undo) action=undo && shift ;;
	--list) action=list && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -ge 1 ] || complain 'an archive, please'
archive=$1
shift
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	echo "stet-hide: ${why#stet-index: }" >&2
	exit $status
}

hidden() {
	local status=0
	git config --get-all stet.hide || status=$?
	[ $status -le 1 ] || exit 3 # git has said why
}

if [ $action = list ]; then
	hidden || exit 3
	exit 0
fi
[ $# -ge 1 ] || complain 'a URL, please'

# same_article URL NAMES: that of the names which is of the same article.
same_article() {
	local key name
	key=$(key_of "$1") || return
	while IFS= read -r name; do
		[ "$(key_of "$name")" = "$key" ] && echo "$name" && return
	done <<<"$2"
	return 1
}

# key_of URL: under which the archive knows it.
key_of() {
	stet-log --json "$archive" "$1" 2>/dev/null | head -n 1 |
		grep -oE '"key":"([^"\\]|\\.)*"' | head -n 1 | grep .
}

status=0
for url in "$@"; do
	there=$(hidden) || exit 3
	if grep -qxF -- "$url" <<<"$there"; then
		[ $action = hide ] ||
			edit_config --fixed-value --unset-all stet.hide "$url" ||
			exit 3
	elif [ $action = undo ] && named=$(same_article "$url" "$there"); then
		edit_config --fixed-value --unset-all stet.hide "$named" || exit 3
	elif [ $action = hide ]; then
		edit_config --add stet.hide "$url" || exit 3
		stet-log "$archive" "$url" >/dev/null 2>&1 && continue
		case $url in
		*://*) echo "stet-hide: '$url' is hidden, but no article is known by that name" >&2 ;;
		*)
			echo "stet-hide: nothing is hidden: no article is known as '$url' (an address begins with https:// or http://)" >&2
			edit_config --fixed-value --unset-all stet.hide "$url" || exit 3
			status=1
			;;
		esac
	else
		echo "stet-hide: '$url' is not hidden" >&2
		status=1
	fi
done
exit $status
