#!/usr/bin/env bash
# stet-add ARCHIVE NAME URL...: adds a source, or more of it, or takes it out.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-add [--feed | --page | --sitemap] [--period MINUTES] [--no-check] [-q] ARCHIVE NAME URL...
       stet-add --remove [-q] ARCHIVE NAME [URL...]'
kind=
remove=false
quiet=false
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
		      --remove                 take the URLs out again, or the whole source
		  -q, --quiet                  do not say what was found
		      --help                   print this help
		      --version                print the version

		Exit status: 0 done, 1 nothing was found at an added URL, or what should be
		removed is not there, 2 usage or no archive, 3 the archive cannot be read.
		See also: man stet-add
		EOF
		exit 0
		;;
	--version)
		echo 'stet-add @VERSION@' || exit 3
		exit 0
		;;
	--feed | --page | --sitemap)
		[ -z "$kind" ] || [ "$kind" = "${1#--}" ] ||
			complain 'one of --feed, --page and --sitemap, please'
		kind=${1#--}
		shift
		;;
	--remove) remove=true && shift ;;
	-q | --quiet) quiet=true && shift ;;
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
if $remove; then
	[ $# -ge 2 ] || complain 'an archive and a name, please'
	[ -z "$kind$period" ] || complain '--remove goes with no option of what is added'
else
	[ $# -ge 3 ] || complain 'an archive, a name and a URL, please'
	kind=${kind:-feed}
fi
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

# take_out URL: whatever it is to the source; 1: it is nothing.
take_out() {
	local kind there result=1
	for kind in feed page sitemap; do
		there=$(git config --get-all "source.$name.$kind") || [ $? -eq 1 ] || exit 3
		grep -qxF -- "$1" <<<"$there" || continue
		edit_config --fixed-value --unset-all "source.$name.$kind" "$1" || exit 3
		result=0
	done
	[ $result -eq 0 ] || echo "stet-add: source '$name' has no '$1'" >&2
	return $result
}

if $remove; then
	result=0
	git config --get-regexp "^source\\.$name\\." >/dev/null || {
		[ $? -eq 1 ] || exit 3
		echo "stet-add: there is no source '$name'" >&2
		exit 1
	}
	if [ $# -eq 0 ]; then
		edit_config --remove-section "source.$name" || exit 3
	fi
	for url in "$@"; do
		take_out "$url" || result=1
	done
	exit $result
fi

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
		echo "stet-add: '$1' was added, but nothing was found in it;" \
			"stet add --remove takes it out again" >&2
		return 1
	fi
	$quiet || if [ "$found" -eq 1 ]; then
		echo "$name: 1 address in $1"
	else
		echo "$name: $found addresses in $1"
	fi
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
