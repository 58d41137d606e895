#!/usr/bin/env bash
# stet-maintain ARCHIVE: keeps an archive quick and small. git does the work:
# it is safe beside a stet-commit, whose new packs are kept until its branch
# has moved.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-maintain [--full | --force] [--quiet] ARCHIVE'
packs_max=50     # more are packed together
commits_max=1000 # so many new ones, and the commit-graph grows
force=''
full=''
quiet=''

complain() {
	printf 'stet-maintain: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-maintain: packs an archive and helps git log, when it is due.

		      --force                  now, due or not
		      --full                   search for the smallest packs (slow)
		  -q, --quiet                  say nothing
		      --help                   print this help
		      --version                print the version

		Exit status: 0 done or nothing due, 2 usage or no archive, 3 git failed,
		4 another one is at work. See also: man stet-maintain
		EOF
		exit 0
		;;
	--version)
		echo 'stet-maintain @VERSION@' || exit 3
		exit 0
		;;
	--force) force=1 && shift ;;
	--full) full=1 force=1 && shift ;;
	-q | --quiet) quiet=1 && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -eq 1 ] || complain 'one ARCHIVE, please'
archive=$1
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	echo "stet-maintain: ${why#stet-index: }" >&2
	exit $status
}

fail() {
	echo "stet-maintain: $1" >&2
	exit 3
}

can_write "$archive/stet/maintain.lock" || exit 3
exec 9>"$archive/stet/maintain.lock"
flock -n 9 || { echo 'stet-maintain: another one is at work' >&2; exit 4; }

count_packs() {
	find "$archive/objects/pack" -maxdepth 1 -name 'pack-*.idx' | wc -l
}

plural() {
	[ "$1" -eq 1 ] || echo s
}

# How many commits the commit-graph lacks, counted no further than needed.
# The head that it was last written for is noted beside the archive.
graph_lacks() {
	local from
	from=$(head -c 40 "$archive/stet/graph" 2>/dev/null) || from=''
	[[ $from =~ ^[0-9a-f]{40}$ ]] || from=''
	if git cat-file -e "${from:-none}^{commit}" 2>/dev/null; then
		git rev-list --count --max-count=$((commits_max + 1)) \
			"$from..HEAD"
	else
		git rev-list --count --max-count=$((commits_max + 1)) HEAD
	fi
}

git rev-parse -q --verify HEAD >/dev/null || exit 0
work=''
if [ -n "$full" ]; then
	git repack -adfq --window-memory=256m || fail 'repacking failed'
	work=1
elif [ -n "$force" ] || [ "$(count_packs)" -gt $packs_max ]; then
	git repack -dq --geometric=2 --write-midx || fail 'repacking failed'
	work=1
fi
if [ -n "$work" ] || [ "$(graph_lacks)" -gt $commits_max ]; then
	head=$(git rev-parse HEAD)
	git commit-graph write --reachable --split --changed-paths \
		--no-progress || fail 'the commit-graph cannot be written'
	{ echo "$head" >"$archive/stet/graph.tmp" &&
		mv "$archive/stet/graph.tmp" "$archive/stet/graph"; } ||
		fail "cannot write '$archive/stet/graph'"
	work=1
fi
[ -z "$quiet" ] || exit 0

versions=$(git rev-list --count HEAD)
bytes=$(find "$archive/objects" -type f -printf '%s\n' |
	awk '{ n += $1 } END { printf "%d", n }')
packs=$(count_packs)
printf '%d commit%s, %d pack%s, %d bytes, %d bytes a commit%s\n' \
	"$versions" "$(plural "$versions")" "$packs" "$(plural "$packs")" \
	"$bytes" $((bytes / versions)) "${work:+, maintained}"
