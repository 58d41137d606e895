#!/usr/bin/env bash
# stet-backfill ARCHIVE FILE...: old captures in any order into an archive.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
export LC_ALL=C
# @GUARD@ is common/git/guard.sh: git, edit_config
# @RESUME@ is common/archive/resume.sh: whole_lines, without_receipt

usage='usage: stet-backfill [OPTION...] ARCHIVE FILE...
       stet-backfill --extract --parts DIR [OPTION...] FILE...'
quiet=false
only_extract=false
jobs=
parts=
receipts=
rules=

complain() {
	printf 'stet-backfill: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

print_help() {
	cat <<-EOT
	$usage

	stet-backfill: stores the captures of WARC files, in the order of time.

	  -j, --jobs N                 extract from N files at once (default: the cores)
	      --rules FILE             the rules of the sources, for stet extract
	      --receipts FILE          write receipts there (ARCHIVE/stet/backfill/receipts)
	      --parts DIR              keep what was extracted in DIR
	      --extract                extract only, for a later call with these parts
	  -q, --quiet                  print no progress and no report
	      --help                   print this help
	      --version                print the version

	Exit status: 0 all is stored, 1 some files or records failed, 2 usage,
	3 stopped early: run again, 4 another backfill works on it.
	See also: man stet-backfill
	EOT
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		print_help || exit 3
		exit 0
		;;
	--version)
		echo 'stet-backfill @VERSION@' || exit 3
		exit 0
		;;
	-j | --jobs)
		[[ ${2-} =~ ^[1-9][0-9]{0,2}$ ]] || complain "--jobs takes a number from 1 to 999, not '${2-}'"
		jobs=$2
		shift 2
		;;
	--rules)
		[ -r "${2-}" ] || complain "--rules needs a file, not '${2-}'"
		rules=$2
		shift 2
		;;
	--receipts)
		[ -n "${2-}" ] || complain '--receipts needs a file'
		receipts=$2
		shift 2
		;;
	--parts)
		[ -n "${2-}" ] || complain '--parts needs a folder'
		parts=$2
		shift 2
		;;
	--extract) only_extract=true && shift ;;
	-q | --quiet) quiet=true && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
archive=
if $only_extract; then
	[ -n "$parts" ] || complain '--extract needs --parts'
	[ $# -ge 1 ] || complain 'files to extract from, please'
else
	[ $# -ge 2 ] || complain 'an archive, and the files to store, please'
	archive=$1
	shift
fi
# GNU parallel says so with its version; another program has the same name.
[[ $(parallel --version 2>/dev/null </dev/null) == GNU* ]] ||
	complain 'it needs GNU parallel: apt-get install parallel'
for file in "$@"; do
	if [ ! -f "$file" ] || [ ! -r "$file" ]; then
		complain "cannot read '$file'"
	fi
done

began=$SECONDS
if $only_extract; then
	work=$parts
	mkdir -p -- "$parts" || exit 3
else
	stet-commit --quiet -- "$archive" </dev/null || exit $?
	work=$archive/stet/backfill
	[ -n "$parts" ] || parts=$work/parts
	mkdir -p -- "$work" "$parts" || exit 3
	exec {lock}<"$work" || exit 3
	flock -n "$lock" || {
		echo "stet-backfill: another backfill works on '$archive'" >&2
		exit 4
	}
fi
[ -n "$receipts" ] || receipts=$work/receipts

progress() {
	if ! $quiet && [ -t 2 ]; then
		printf '\r\033[Kstet-backfill: %s' "$1" >&2
	fi
}

# part_of FILE: what was extracted from it; another file of the same name is
# another part.
part_of() {
	printf '%s/%s\n' "$parts" "$(printf '%s %s\n' "$(readlink -f -- "$1")" "$(stat -c '%s %Y' -- "$1")" |
		sha1sum | cut -c 1-40)"
}

# Lines that sort as they are to be stored: TIME, 0 for a redirect and 1 for the
# page at its end, KEY, URL, EVENT, DIGEST and the record.
# shellcheck disable=SC2016,SC2089 # it is awk
keyed='
	function text(name, at, rest) {
		at = index($0, "\"" name "\":\"")
		if (!at)
			return ""
		rest = substr($0, at + length(name) + 4, 8192)
		return substr(rest, 1, index(rest, "\"") - 1)
	}
	{
		event = text("event")
		print text("fetched") "\t" (event != "moved") "\t" text("key") "\t" \
			text("url") "\t" event "\t" text("payload_digest") "\t" $0
	}'

# extract FILE: its part, if it is not there yet. Where the file is damaged what
# could be read of it is the part, and PART.damaged says why.
# shellcheck disable=SC2317 # the jobs call it
extract() {
	local part statuses said
	part=$(part_of "$1")
	[ ! -e "$part" ] || return 0
	stet-extract --quiet "${options[@]}" -- "$1" 2>"$part.$$.said" |
		awk "$keyed" | sort -S 64M -T "$parts" >"$part.$$.new"
	statuses=("${PIPESTATUS[@]}")
	said=$(head -n 1 "$part.$$.said")
	rm -f -- "$part.$$.said"
	if [[ ${statuses[*]} != [0-3]" 0 0" ]]; then
		rm -f -- "$part.$$.new"
		echo "stet-backfill: '$1' could not be extracted${said:+: ${said#stet-extract: }}" >&2
		return 1
	fi
	if [ "${statuses[0]}" -ne 0 ]; then
		echo "stet-backfill: '$1' is damaged: ${said#stet-extract: }" >&2
		printf '%s\n' "$said" >"$part.damaged"
	fi
	mv -- "$part.$$.new" "$part"
}

# Files are extracted at the same time; a single one with several threads.
jobs=${jobs:-$(nproc)}
threads=$(((jobs + $# - 1) / $#))
declare -a options=(-j "$threads")
[ -z "$rules" ] || options+=(--rules "$rules")
extract_all() {
	local bar=()
	if ! $quiet && [ -t 2 ]; then
		bar=(--bar)
	fi
	# shellcheck disable=SC2090 # it is one word
	export parts keyed
	export -f extract part_of
	export extract_options="${options[*]@Q}"
	# shellcheck disable=SC2016 # the jobs expand it
	printf '%s\0' "$@" |
		SHELL=/bin/bash parallel --will-cite -0 "${bar[@]}" -j "$jobs" --halt never \
			'eval "options=($extract_options)"; extract {}'
}
# Captures of a file that is missing now would be late ones later.
extract_all "$@" || {
	echo 'stet-backfill: some files are not extracted; run it again' >&2
	exit 3
}
! $only_extract || exit 0

# The plan: another one begins anew, the same one is gone on with.
plan=()
damaged=0
for file in "$@"; do
	part=$(part_of "$file")
	[ ! -e "$part.damaged" ] || damaged=$((damaged + 1))
	plan+=("$part")
done
printf '%s\n' "${plan[@]}" | sort -u >"$work/plan.new"
if ! cmp -s "$work/plan.new" "$work/plan"; then
	rm -f -- "$work/records" "$receipts"
	mv -- "$work/plan.new" "$work/plan"
fi

# In the order of time, and a capture that is in several files once: the same
# page of the same second with the same payload.
in_order() {
	tr '\n' '\0' <"$work/plan" |
		sort -m --files0-from=- -S 64M -T "$work" --batch-size=500 |
		awk -F '\t' -v count="$work/counts.new" '
			$1 != second { second = $1; split("", seen) }
			{ captures++ }
			seen[$4, $5, $6 != "" ? $6 : $0]++ { doubles++; next }
			{ print substr($0, length($1 FS $2 FS $3 FS $4 FS $5 FS $6 FS) + 1) }
			END { print captures + 0, doubles + 0 >count }'
}
if [ ! -e "$work/records" ]; then
	progress 'sorting'
	in_order >"$work/records.new"
	mv -- "$work/counts.new" "$work/counts"
	mv -- "$work/records.new" "$work/records"
fi
read -r captures doubles <"$work/counts"
records=$((captures - doubles))

# shellcheck disable=SC2317 # the pipe calls it
counted() {
	if $quiet || [ ! -t 2 ]; then
		cat
		return
	fi
	awk -v all="$records" -v done="$1" '
		{ print }
		++done % 1000 == 0 {
			printf "\r\033[Kstet-backfill: stored %d of %d records", done, all >"/dev/stderr"
		}'
}

# What has a receipt is stored; the memory of its doubts is the schedule's.
touch -- "$receipts" || exit 3
whole_lines "$receipts"
if [ -s "$receipts" ]; then
	stet-mark -- "$archive" <"$receipts" >/dev/null || [ $? -eq 1 ]
fi
status=0
done=$(wc -l <"$receipts")
cp -- "$receipts" "$work/done"
without_receipt "$work/done" "$work/records" |
	{ stet-commit --quiet --linger-ms 3000 -- "$archive" || echo $? >"$work/status"; } |
	counted "$done" >>"$receipts"
if [ -e "$work/status" ]; then
	status=$(cat "$work/status")
	rm -f -- "$work/status"
fi
[ "$status" -le 1 ] || exit "$status"
stet-mark -- "$archive" <"$receipts" >/dev/null || [ $? -eq 1 ]
stet-maintain --quiet -- "$archive" >/dev/null || true
progress ''

report() {
	local span=$((SECONDS - began)) late
	awk -v files=$# -v damaged="$damaged" \
		-v captures="$captures" -v doubles="$doubles" -v span="$span" '
		match($0, /"status":"[a-z]+"/) { n[substr($0, RSTART + 10, RLENGTH - 11)]++ }
		END {
			printf "stet-backfill: %d files", files
			if (damaged) printf ", %d of them damaged", damaged
			printf "; %d captures", captures
			if (doubles) printf ", %d of them twice", doubles
			printf "; "
			split("new changed minor restored gone moved technical late same blocked unconfirmed failed", names, " ")
			for (i = 1; i in names; i++)
				if (n[names[i]]) {
					printf "%s%d %s", line, n[names[i]], names[i]
					line = ", "
				}
			printf "; %d s\n", span
		}' "$receipts"
	late=$(grep -c '"status":"late"' "$receipts" || true)
	[ "$late" -eq 0 ] ||
		echo "stet-backfill: $late are older than what was stored: stet merge --late $archive"
}
$quiet || report "$@" || exit 3
if [ "$parts" = "$work/parts" ]; then
	rm -rf -- "$parts"
fi
rm -f -- "$work"/{plan,records,counts,done}
[ "$damaged" -eq 0 ] || status=1
exit "$status"
