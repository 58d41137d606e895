#!/usr/bin/env bash
# stet-merge OUT ARCHIVE...: one history of several, in the order of time.
set -euo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
export LC_ALL=C
# @GUARD@ is common/git/guard.sh: git, edit_config
# @RESUME@ is common/archive/resume.sh: whole_lines, without_receipt

usage='usage: stet-merge [--late] [-q] OUT ARCHIVE|-...'
quiet=false
late=false

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

		      --late                   put the captures that came late in their places
		  -q, --quiet                  print no progress and no summary
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
	--late) late=true && shift ;;
	-q | --quiet) quiet=true && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
# With its own late captures an archive can be merged alone.
if $late && [ $# -eq 1 ]; then
	set -- "$1" "$1"
fi
[ $# -ge 2 ] || complain 'an archive to make, and what to make it of, please'
out=$1
shift

archive=
inside=false
standard_input=false
for archive in "$@"; do
	if [ "$archive" = - ]; then
		! $standard_input || complain 'standard input can be read once'
		standard_input=true
		continue
	fi
	why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
		status=$?
		echo "stet-merge: ${why#stet-index: }" >&2
		exit $status
	}
	if [ -e "$out" ] && [ "$archive" -ef "$out" ]; then
		inside=true
	fi
done
if [ -e "$out" ] && ! $inside; then
	echo "stet-merge: '$out' is there already; to add to it name it among the archives" >&2
	exit 2
fi

# What a killed merge has done is there, and is gone on with if it was the same.
work=$(dirname -- "$out")/.stet-merge.$(basename -- "$out")
mkdir -p -- "$work" || exit 3
exec {lock}<"$work" || exit 3
{ flock -n "$lock" && [ "/proc/self/fd/$lock" -ef "$work" ]; } || {
	echo "stet-merge: another merge works on '$out'" >&2
	exit 4
}
trap 'rm -f -- "$work"/*.new' EXIT

progress() {
	if ! $quiet && [ -t 2 ]; then
		printf '\r\033[Kstet-merge: %s' "$1" >&2
	fi
}

give_up() {
	progress ''
	rm -rf -- "$work"
	exit "$1"
}

# head_of ARCHIVE: its newest commit, or nothing.
head_of() {
	archive=$1 git rev-parse -q --verify HEAD || true
}

# kept ARCHIVE: the files of captures that wait there, late ones first.
kept() {
	local name
	for name in late doubt; do
		[ ! -s "$1/stet/late/$name.jsonl" ] || echo "$1/stet/late/$name.jsonl"
	done
}

# copy_of FILE: where the captures are that were there when the merge began.
# No more than they go from the archive in the end.
copy_of() {
	echo "$work/kept.$(stat -c %i -- "$1")"
}

plan() {
	local file
	echo "stet-merge @VERSION@ $late $(readlink -f -- "$out")"
	for archive in "$@"; do
		if [ "$archive" = - ]; then
			sha256sum <"$work/input"
			continue
		fi
		printf 'archive %s %s\n' "$(head_of "$archive")" "$(readlink -f -- "$archive")"
		kept "$archive" | while IFS= read -r file; do
			# A crash may have cut off the last line.
			# shellcheck disable=SC2016 # it is sed
			flock -- "${file%/*}" sed '${/}$/!d}' "$file" >"$work/copy.new"
			mv -- "$work/copy.new" "$(copy_of "$file")"
			wc -c <"$(copy_of "$file")"
		done
	done
}
if $standard_input; then
	cat >"$work/input" || exit 3
fi
plan "$@" >"$work/plan.new"
if ! cmp -s "$work/plan.new" "$work/plan"; then
	find "$work" -mindepth 1 -maxdepth 1 ! -name plan.new ! -name input \
		! -name 'kept.*' -exec rm -rf -- {} +
	mv -- "$work/plan.new" "$work/plan"
fi

# Inputs become lines of TIME, KEY, INPUT, KIND and RECORD between tabs, each
# in the order of its times; what is of one second stays in its order.
sorted() {
	sort -s -t $'\t' -k 1,1 -S 25% -T "$work"
}

# from_archive N: commits that were told by stet-export.
# shellcheck disable=SC2016 # it is awk
from_archive() {
	awk -v n="$1" '
	function text(name) {
		return match($0, "\"" name "\":\"[^\"]*\"") ? \
			substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5) : ""
	}
	{ print text("fetched") "\t" text("key") "\t" n "\tcommit\t" $0 }' | sorted
}

# from_records N KIND: records of any maker, their times in the one way in
# which they can be compared.
# shellcheck disable=SC2016 # it is jq
from_records() {
	jq -rc --arg n "$1" --arg kind "$2" '
	def utc: . as $text |
		(capture("^(?<at>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2})([.][0-9]+)?(?<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})$") //
			{at: $text, zone: ""}) |
		if (.zone | test("^[+-]")) then
			(.zone | (.[1:3] | tonumber) * 3600 + (.[4:6] | tonumber) * 60) as $ahead |
			(.at | .[0:10] + "T" + .[11:19] + "Z" | fromdate) -
				(if .zone[0:1] == "-" then -$ahead else $ahead end) | todate
		elif .zone == "" then $text
		else .at[0:10] + "T" + .at[11:19] + "Z" end;
	if type != "object" then error("no record") else . end |
	[(.fetched // "" | tostring | utc), ((.key // "") as $key | if $key == "" then .url // "" else $key end | tostring),
		$n, $kind, tojson] |
	join("\t")' | sorted
}

# take N ARCHIVE: an input into in.N.
take() {
	local n=$1 archive=$2 file
	[ ! -e "$work/in.$n" ] || return 0
	progress "reading '$archive'"
	if [ "$archive" = - ]; then
		from_records "$n" capture <"$work/input"
	else
		{ stet-export --quiet -- "$archive" || [ $? -eq 1 ]; } | from_archive "$n"
	fi >"$work/in.new" || {
		echo "stet-merge: '$archive' has what is no article record" >&2
		give_up 2
	}
	mv -- "$work/in.new" "$work/in.$n"
	[ "$archive" != - ] || return 0
	kept "$archive" | while IFS= read -r file; do
		case $file in
		*/late.jsonl) $late && from_records "$n.late" capture ;;
		*) from_records "$n" evidence ;;
		esac <"$(copy_of "$file")" >"$work/in.new" || continue
		mv -- "$work/in.new" "$work/in.$n.$(basename -- "$file" .jsonl)"
	done
}

# The k-way merge: what is of one second comes in the order of the keys.
merged() {
	sort -m -t $'\t' -s -k 1,1 -k 2,2 -S 25% -T "$work" -- "$work"/in.*
}

# Everything of one second at once, each record once; then FUNCTIONS says what
# becomes of it: on_record(key, input, kind, record).
# shellcheck disable=SC2016 # it is awk
seconds='
	function text(name, record) {
		return match(record, "\"" name "\":\"[^\"]*\"") ? \
			substr(record, RSTART + length(name) + 4, RLENGTH - length(name) - 5) : ""
	}
	function close_second(i) {
		for (i = 1; i <= count; i++)
			on_record(key[i], inputs[i], kind[i], record[i])
		count = 0
		split("", at)
		split("", raw)
	}
	BEGIN { FS = "\t" }
	$1 != second { close_second(); second = $1 }
	{
		if ($5 in at) {
			i = at[$5]
			inputs[i] = inputs[i] " " $3
			if ($4 == "capture")
				kind[i] = $4
			next
		}
		at[$5] = ++count
		key[count] = $2; inputs[count] = $3; kind[count] = $4; record[count] = $5
		if ($4 != "commit")
			raw[text("event", $5), text("url", $5)] = 1
	}
	END { close_second() }'

# Articles of which one input has all were decided with all that is known of
# them: that is taken over. Others are decided anew in the order of time, and
# with them what moved to them or from them.
# shellcheck disable=SC2016
choose='
	function on_record(key, inputs, kind, record, i, n, from, other) {
		n = split(inputs, from, " ")
		for (i = 1; i <= n; i++)
			if (kind == "evidence") {
				if (++looks[key "\t" from[i]] > most_looks[key])
					most_looks[key] = looks[key "\t" from[i]]
			} else if (++has[key, from[i]] > most[key])
				most[key] = has[key, from[i]]
		if (kind == "evidence")
			all_looks[key]++
		else
			total[key]++
		if (text("event", record) != "moved")
			return
		other = text("location", record)
		if (other != "" && other != key)
			print "move\t" key "\t" other
		if (match(record, /\\nOld-Key: [^\\]*/))
			print "move\t" key "\t" substr(record, RSTART + 11, RLENGTH - 11)
	}
	function tell(k, look) {
		close_second()
		for (k in total)
			if (total[k] > most[k])
				print "anew\t" k
		for (k in looks) {
			split(k, look, "\t")
			if (has[look[1], look[2]] + 0 < total[look[1]] + 0 || \
				all_looks[look[1]] > most_looks[look[1]])
				print "anew\t" look[1]
		}
	}
	END { tell() }'
# shellcheck disable=SC2016
spread='
	BEGIN { FS = "\t" }
	$1 == "anew" { if (!($2 in anew)) { anew[$2] = 1; todo[++count] = $2 } }
	$1 == "move" { next_to[$2] = next_to[$2] "\t" $3; next_to[$3] = next_to[$3] "\t" $2 }
	END {
		for (i = 1; i <= count; i++) {
			print todo[i]
			n = split(next_to[todo[i]], other, "\t")
			for (j = 2; j <= n; j++)
				if (!(other[j] in anew)) { anew[other[j]] = 1; todo[++count] = other[j] }
		}
	}'

# What is decided anew: of a capture that is there as it came that alone. What
# an archive has decided on an edit holds where the text before it is the same
# now, and where the looks that confirmed it were not kept.
# shellcheck disable=SC2016
divide='
	BEGIN {
		while ((getline line < (work "/anew")) > 0)
			anew[line] = 1
	}
	function blob(record) {
		return match(record, /\\nBlob: [0-9a-f]+/) ? \
			substr(record, RSTART + 8, RLENGTH - 8) : "-"
	}
	function on_record(key, inputs, kind, record, event, after, n, i, from) {
		number++
		if (!(key in anew)) {
			if (kind == "evidence")
				print record >>(work "/evidence.new")
			else
				print number "\t" record >(work "/plain.new")
			return
		}
		event = text("event", record)
		if (kind == "commit" && ((event, text("url", record)) in raw))
			return
		after = "-"
		if (kind == "commit") {
			n = split(inputs, from, " ")
			if ((key, from[1]) in last)
				after = last[key, from[1]]
			for (i = 1; i <= n; i++)
				last[key, from[i]] = blob(record)
			if (!(key in looked) && record ~ /\\nFirst-Seen: /)
				after = "any"
		} else if (kind == "evidence")
			looked[key] = 1
		print number "\t" after "\t" record >(work "/anew.new")
	}'
# A move is proved by the page as it was found at its new address.
# shellcheck disable=SC2016
anew='
	split("\t") | .[0] as $number | .[1] as $after | .[2] | fromjson |
	if .message then
		.message as $message | . as $record |
		del(.message, .first_url) |
		if $after == "-" then . else
			.confirmed = (($message | capture("\nFirst-Seen: (?<at>[^\n]+)").at) // .fetched)
		end |
		if $after | test("^[0-9a-f]{40}$") then .after = $after else . end |
		if .event == "moved" and ($message | test("\nOld-Key: ")) then
			($message | capture("\nOld-Key: (?<key>[^\n]+)").key) as $old |
			(.key = $old | .url = $old | .blocks = []),
			(.event = "article" | .url = $record.key | .location = "")
		else . end
	else . end | $number + "\t" + tojson'

order() {
	local n=0 archive
	for archive in "$@"; do
		n=$((n + 1))
		take "$n" "$archive"
	done
	progress 'putting in order'
	merged | awk "$seconds$choose" >"$work/choice.new"
	sort -u "$work/choice.new" | awk "$spread" >"$work/anew"
	rm -f -- "$work"/{evidence,plain,anew}.new
	touch -- "$work"/{evidence,plain,anew}.new
	merged | awk -v work="$work" "$seconds$divide"
	jq -Rrc "$anew" <"$work/anew.new" >"$work/again.new"
	sort -m -s -n -k 1,1 -T "$work" -- "$work/plain.new" "$work/again.new" |
		cut -f 2- >"$work/records.new"
	mv -- "$work/evidence.new" "$work/evidence"
	mv -- "$work/records.new" "$work/records"
	rm -f -- "$work"/in.* "$work"/*.new
}
[ -e "$work/records" ] || order "$@"
records=$(wc -l <"$work/records")

# shellcheck disable=SC2317 # the pipe calls it
counted() {
	if $quiet || [ ! -t 2 ]; then
		cat
		return
	fi
	awk -v all="$records" -v done="$(wc -l <"$work/receipts")" '
		{ print }
		++done % 1000 == 0 {
			printf "\r\033[Kstet-merge: stored %d of %d records", done, all >"/dev/stderr"
		}'
}

# make_archive ARCHIVE...: the new one, still empty. Its paths are by the rule of
# the first archive, see stet.layout in stet-archive(5).
make_archive() {
	local first layout
	[ ! -s "$work/receipts" ] || return 0
	stet-commit --quiet -- "$work/out.git" </dev/null || exit $?
	for first in "$@"; do
		[ "$first" != - ] || continue
		layout=$(archive=$first git config stet.layout) || layout=1
		archive=$work/out.git edit_config stet.layout "$layout" || exit 3
		break
	done
}

status=0
touch -- "$work/receipts"
if [ ! -e "$work/stored" ]; then
	make_archive "$@"
	if [ -s "$work/receipts" ]; then
		whole_lines "$work/receipts"
		stet-mark -- "$work/out.git" <"$work/receipts" >/dev/null || [ $? -eq 1 ]
	fi
	cp -- "$work/receipts" "$work/done"
	without_receipt "$work/done" "$work/records" |
		{ stet-commit --quiet -- "$work/out.git" || echo $? >"$work/status"; } |
		counted >>"$work/receipts"
	[ ! -e "$work/status" ] || status=$(cat "$work/status")
	rm -f -- "$work/status" "$work/out.git"/stet/schedule.db*
	[ "$status" -le 1 ] || exit "$status"
	# What waits in the inputs goes on waiting here.
	if [ -s "$work/evidence" ]; then
		mkdir -p -- "$work/out.git/stet/late"
		cat -- "$work/evidence" >>"$work/out.git/stet/late/doubt.jsonl"
	fi
	echo "$status" >"$work/stored"
fi
status=$(cat "$work/stored")
progress 'checking'
archive=$work/out.git
{ git fsck --strict && stet-index --check -- "$archive"; } >/dev/null || give_up 3

# The configuration is that of the first archive.
for first in "$@"; do
	[ "$first" != - ] || continue
	archive=$first git config -z --get-regexp '^(stet|source)\.' >"$work/config" || true
	while IFS= read -r -d '' entry; do
		[ "${entry%%$'\n'*}" = stet.layout ] ||
			edit_config --replace-all "${entry%%$'\n'*}" "${entry#*$'\n'}" \
				"^$(printf %s "${entry#*$'\n'}" | sed 's/[][\.*^$+?(){}|\\]/\\&/g')\$" || exit 3
	done <"$work/config"
	break
done

# late_in_place: what was kept in OUT is in the history now, or is kept by the
# new archive; what came meanwhile stays.
late_in_place() {
	local file name taken
	mkdir -p -- "$out/stet/late"
	(
		flock 9
		for name in late doubt; do
			[ "$name" = doubt ] || $late || continue
			file=$out/stet/late/$name.jsonl
			taken=0
			if [ -e "$file" ] && [ -e "$(copy_of "$file")" ]; then
				taken=$(wc -c <"$(copy_of "$file")")
			fi
			{
				cat -- "$work/out.git/stet/late/$name.jsonl" 2>/dev/null || true
				tail -c +$((taken + 1)) -- "$file" 2>/dev/null || true
			} >"$file.new"
			sync -- "$file.new" && mv -- "$file.new" "$file" || exit 3
			[ -s "$file" ] || rm -f -- "$file"
		done
	) 9<"$out/stet/late"
	rmdir -- "$out/stet/late" 2>/dev/null || sync -- "$out/stet/late"
}

if $inside; then
	# The objects first, then both names at once, if nobody has written since.
	archive=$out
	branch=$(git symbolic-ref HEAD)
	old=$(grep -F " $(readlink -f -- "$out")" "$work/plan" | awk '$1 == "archive" { print $2; exit }')
	[[ $old =~ ^[0-9a-f]{40}$ ]] || old=
	new=$(archive=$work/out.git git rev-parse -q --verify main) || give_up 1
	cp -rn -- "$work/out.git/objects/pack/." "$out/objects/pack/"
	sync -- "$out/objects/pack"/*
	if [ "$new" != "$old" ]; then
		{
			echo start
			[ -z "$old" ] || echo "create refs/stet/before/$(date -u +%Y%m%dT%H%M%SZ) $old"
			echo "update $branch $new ${old:-0000000000000000000000000000000000000000}"
			printf 'prepare\ncommit\n'
		} | git update-ref --stdin >/dev/null 2>&1 || {
			echo "stet-merge: '$out' was written to meanwhile; run it again" >&2
			give_up 4
		}
	fi
	late_in_place
	stet-index -- "$out" >/dev/null || exit 3
else
	sync -- "$work/out.git/stet/late" 2>/dev/null || true
	mv -T -- "$work/out.git" "$out" || exit 3
	sync -- "$(dirname -- "$out")"
fi
progress ''
rm -rf -- "$work"
$quiet || printf 'stet-merge: %s records, %s commits in %s\n' \
	"$records" "$(archive=$out git rev-list --count HEAD)" "$out" || exit 3
exit "$status"
