#!/usr/bin/env bash
# stet-merge OUT ARCHIVE...: one history of several, in the order of time.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-merge [-q] OUT ARCHIVE|-...'
quiet=false

complain() {
	printf 'stet-merge: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOT || exit 3
		$usage

		stet-merge: makes one archive of several, or of one and records from elsewhere.

		  -q, --quiet                  print no summary
		      --help                   print this help
		      --version                print the version

		Exit status: 0 merged, 1 some records could not be stored, 2 usage or no
		archive, 3 stopped early, 4 OUT was written to meanwhile: run again.
		See also: man stet-merge
		EOT
		exit 0
		;;
	--version)
		echo 'stet-merge @VERSION@' || exit 3
		exit 0
		;;
	-q | --quiet) quiet=true && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -ge 2 ] || complain 'an archive to make, and what to make it of, please'
out=$1
shift

archive=
for archive in "$@"; do
	[ "$archive" != - ] || continue
	why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
		status=$?
		echo "stet-merge: ${why#stet-index: }" >&2
		exit $status
	}
done
inside=false
if [ -e "$out" ]; then
	for archive in "$@"; do
		[ ! "$archive" -ef "$out" ] || inside=true
	done
	$inside || {
		echo "stet-merge: '$out' is there already; to add to it name it among the archives" >&2
		exit 2
	}
fi

work=$(mktemp -d -- "$(dirname -- "$out")/.stet-merge.XXXXXX") || exit 3
trap 'rm -rf -- "$work"' EXIT

# TIME <tab> NUMBER OF THE INPUT <tab> KEY <tab> RECORD, of every input.
n=0
for archive in "$@"; do
	n=$((n + 1))
	if [ "$archive" = - ]; then
		cat
	else
		stet-export --quiet -- "$archive" || [ $? -eq 1 ]
	fi | jq -rc --argjson n $n '[.fetched, $n, .key, tojson] | @text "\(.[0])\t\(.[1])\t\(.[2])\t\(.[3])"' \
		>"$work/in.$n" || {
		echo "stet-merge: '$archive' has what is no article record" >&2
		exit 2
	}
done

# What one input alone has of an article was decided with all that is known of
# it, and is taken over; what several have is decided anew, in order. A move is
# then proved by the page as it was found at its new address.
cut -f 2,3 "$work"/in.* | sort -u | cut -f 2 | sort | uniq -d >"$work/shared"
sort -s -t "$(printf '\t')" -k 1,1 -k 2,2n -- "$work"/in.* | cut -f 4 | uniq |
	jq -c --rawfile shared "$work/shared" '
	($shared | split("\n") | map(select(. != "") | {(.): true}) | add // {}) as $again |
	if ($again[.key] or $again[.location]) and .message then
		. as $record | del(.message, .first_url) |
		if .event == "moved" and ($record.message | test("\nOld-Key: ")) then
			($record.message | capture("\nOld-Key: (?<key>[^\n]+)").key) as $old |
			(.key = $old | .url = $old | .blocks = []),
			(.event = "article" | .url = $record.key | .location = "")
		else . end
	else . end' >"$work/records"

# Paths by the rule of the first archive, see stet.layout in stet-archive(5).
status=0
stet-commit --quiet -- "$work/out.git" </dev/null || exit $?
for first in "$@"; do
	[ "$first" != - ] || continue
	layout=$(archive=$first git config stet.layout) || layout=1
	archive=$work/out.git edit_config stet.layout "$layout" || exit 3
	break
done
stet-commit --quiet -- "$work/out.git" <"$work/records" >"$work/receipts" || status=$?
[ $status -le 1 ] || exit $status
archive=$work/out.git
git fsck --strict >/dev/null || exit 3
stet-index --check -- "$archive" >/dev/null || exit 3

# The configuration is that of the first archive.
for first in "$@"; do
	[ "$first" != - ] || continue
	archive=$first git config -z --get-regexp '^(stet|source)\.' >"$work/config" || true
	while IFS= read -r -d '' entry; do
		[ "${entry%%$'\n'*}" = stet.layout ] ||
			edit_config --add "${entry%%$'\n'*}" "${entry#*$'\n'}" || exit 3
	done <"$work/config"
	break
done

if $inside; then
	# The objects first, then both names at once, if nobody has written since.
	archive=$out
	branch=$(git symbolic-ref HEAD)
	old=$(git rev-parse -q --verify "$branch" || true)
	first=$(cut -f 4 "$work"/in.* | wc -l)
	[ "$first" -gt 0 ] || exit 1
	new=$(archive=$work/out.git git rev-parse main)
	cp -rn -- "$work/out.git/objects/pack/." "$out/objects/pack/"
	sync -- "$out/objects/pack"/*
	if [ "$new" != "$old" ]; then
		printf 'start\ncreate %s %s\nupdate %s %s %s\nprepare\ncommit\n' \
			"refs/stet/before/$(date -u +%Y%m%dT%H%M%SZ)" "$old" \
			"$branch" "$new" "$old" |
			git update-ref --stdin >/dev/null || {
			echo "stet-merge: '$out' was written to meanwhile; run it again" >&2
			exit 4
		}
	fi
	stet-index -- "$out" >/dev/null || exit 3
else
	mv -T -- "$work/out.git" "$out" || exit 3
	sync -- "$(dirname -- "$out")"
fi
$quiet || printf 'stet-merge: %s records, %s commits in %s\n' \
	"$(wc -l <"$work/records")" "$(archive=$out git rev-list --count HEAD)" "$out" || exit 3
exit $status
