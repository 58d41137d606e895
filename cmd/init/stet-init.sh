#!/usr/bin/env bash
# stet-init ARCHIVE: makes an empty archive.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-init [--contact ADDRESS] [-q] ARCHIVE'
contact=
quiet=false
while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-init: makes an empty archive.

		      --contact ADDRESS        mail address or URL that publishers can write to
		  -q, --quiet                  do not say what comes next
		      --help                   print this help
		      --version                print the version

		Exit status: 0 made, 2 usage or it is there already, 3 it cannot be made.
		See also: man stet-init
		EOF
		exit 0
		;;
	--version)
		echo 'stet-init @VERSION@' || exit 3
		exit 0
		;;
	--contact)
		contact=${2-}
		[ -n "$contact" ] || { printf 'stet-init: --contact needs an address\n%s\n' "$usage" >&2; exit 2; }
		shift 2
		;;
	-q | --quiet) quiet=true && shift ;;
	--)
		shift
		break
		;;
	-?*)
		printf "stet-init: bad option '%s'\n%s\n" "$1" "$usage" >&2
		exit 2
		;;
	*) break ;;
	esac
done
[ $# -eq 1 ] || { printf 'stet-init: one archive, please\n%s\n' "$usage" >&2; exit 2; }
archive=$1

if [ -e "$archive/HEAD" ]; then
	echo "stet-init: '$archive' is there already" >&2
	exit 2
fi
# Who fetches with it later is asked now whether it can be a contact.
if [ -n "$contact" ]; then
	why=$(STET_NOW='' stet-fetch --contact "$contact" </dev/null 2>&1 >/dev/null) || {
		status=$?
		why=${why%%$'\n'*}
		printf 'stet-init: %s\n%s\n' "${why#stet-fetch: }" "$usage" >&2
		exit $status
	}
fi
stet-commit --quiet "$archive" </dev/null
if [ -n "$contact" ]; then
	edit_config stet.contact "$contact" || exit 3
fi
$quiet ||
	echo "Empty archive in $archive. Next: stet add $archive NAME FEED-URL" || exit 3
