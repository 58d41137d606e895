#!/usr/bin/env bash
# stet-add ARCHIVE NAME URL...: adds a source, or more of it.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-add [--feed | --page | --sitemap] [--period MINUTES] [--no-check] ARCHIVE NAME URL...'
kind=feed
period=
check=true

complain() {
	printf 'stet-add: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-add: adds a source's feeds, sitemaps or pages to an archive.

		      --feed                   the URLs are feeds (so they are unless said)
		      --page                   the URLs are pages that link to articles
		      --sitemap                the URLs are sitemaps
		      --period MINUTES         how often to look, 5 or more
		      --no-check               do not fetch what is added
		      --help                   print this help
		      --version                print the version

		Exit status: 0 added, 1 added but nothing was found there, 2 usage or no
		archive, 3 the archive cannot be read.
		See also: man stet-add
		EOF
		exit 0
		;;
	--version)
		echo 'stet-add @VERSION@' || exit 3
		exit 0
		;;
	--feed) kind=feed && shift ;;
	--page) kind=page && shift ;;
	--sitemap) kind=sitemap && shift ;;
	--period)
		period=${2-}
		[[ $period =~ ^[0-9]{1,6}$ && $period -ge 5 ]] || complain "--period takes minutes from 5, not '$period'"
		shift 2
		;;
	--no-check) check=false && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -ge 3 ] || complain 'an archive, a name and a URL, please'
archive=$1
name=$2
shift 2

[[ $name =~ ^[a-z0-9][a-z0-9-]{0,62}$ ]] ||
	complain "a name is made of a-z, 0-9 and '-', not '$name'"
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	echo "stet-add: ${why#stet-index: }" >&2
	exit $status
}
for url in "$@"; do
	[[ $url =~ ^https?://[^[:space:][:cntrl:]]+$ ]] ||
		complain "not an absolute http(s) URL: '$url'"
done

# How often and from where the archive may fetch; none: it has no contact yet.
fetch=()
contact=$(git config --get stet.contact) && fetch+=(--contact "$contact")
[ "$(git config --type=bool --get stet.anonymous)" != true ] || fetch+=(--anonymous)
while IFS= read -r net; do
	fetch+=(--allow-net "$net")
done < <(git config --get-all stet.allowNet)
[ ${#fetch[@]} -gt 0 ] || check=false

# try URL: says how many addresses are found in it; 1: none.
try() {
	local found
	found=$(stet-fetch --quiet "${fetch[@]}" <<<"$1" | stet-links --quiet | wc -l) || true
	if [ "$found" -eq 0 ]; then
		echo "stet-add: '$1' was added, but nothing was found in it" >&2
		return 1
	fi
	echo "$name: $found addresses in $1"
}

result=0
for url in "$@"; do
	status=0
	there=$(git config --get-all "source.$name.$kind") || status=$?
	[ $status -le 1 ] || exit 3 # git has said why
	if grep -qxF -- "$url" <<<"$there"; then
		echo "stet-add: '$url' is there already" >&2
		continue
	fi
	edit_config --add "source.$name.$kind" "$url" || exit 3
	! $check || try "$url" || result=1
done
if [ -n "$period" ]; then
	edit_config "source.$name.period" "$period" || exit 3
fi
exit $result
