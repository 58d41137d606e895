#!/bin/sh
# stet NAME [ARG...] runs stet-NAME, which stands beside this file or on PATH.
set -u
here=$(dirname -- "$(readlink -f -- "$0")")

usage() {
	echo 'usage: stet COMMAND [ARG...]'
	echo
	echo 'stet: keeps the record of news articles that change.'
	echo
	for file in "$here"/stet-*; do
		[ -x "$file" ] || continue
		name=$(basename -- "$file")
		about=$("$file" --help 2>/dev/null | sed -n "s/^$name: //p")
		printf '  %-10s %s\n' "${name#stet-}" "${about%.}"
	done
	echo
	echo 'stet COMMAND --help tells the options; man stet-COMMAND tells all.'
}

# "stet help NAME" is the man page, or where there is none what --help says.
if [ "${1-}" = help ] && [ $# -gt 1 ]; then
	! man "stet-$2" 2>/dev/null || exit 0
	set -- "$2" --help
fi

case ${1-} in
--help | help)
	# The text is made whole first: a full disk must not end in silence.
	text=$(usage)
	printf '%s\n' "$text" || exit 3
	exit 0
	;;
--version | version)
	echo 'stet @VERSION@' || exit 3
	exit 0
	;;
-*)
	printf "stet: bad option '%s'; stet --help lists the commands\n" "$1" >&2
	echo 'usage: stet COMMAND [ARG...]' >&2
	exit 2
	;;
'')
	echo 'stet: which command? stet --help lists them' >&2
	echo 'usage: stet COMMAND [ARG...]' >&2
	exit 2
	;;
*/*)
	echo "stet: no command is called '$1'" >&2
	exit 2
	;;
esac

command=stet-$1
shift
if [ -x "$here/$command" ]; then
	exec "$here/$command" "$@"
fi
command -v "$command" >/dev/null || {
	echo "stet: no command is called '${command#stet-}'; stet --help lists them" >&2
	exit 2
}
exec "$command" "$@"
