#!/usr/bin/env bash
# stet-verify ARCHIVE: holds what an archive consists of against each other,
# and says for all that is wrong which command mends it.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-verify [OPTION...] ARCHIVE'
quick=false
repair=false
json=false
site=
warc=
receipts=

complain() {
	printf 'stet-verify: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-verify: checks an archive, and what belongs to it.

		      --quick                  the newest commits alone, no object of old
		      --repair                 make anew what can be made anew
		      --json                   a line of JSON for each check
		      --receipts FILE          the commits of these receipts are in the history
		      --warc DIR               the kept WARC files (stet.warc, unless given)
		      --site DIR               the pages are those that the archive makes
		      --help                   print this help
		      --version                print the version

		Exit status: 0 all is well, or was mended, 1 something is wrong, 2 usage or
		no archive, 3 stopped early. See also: man stet-verify
		EOF
		exit 0
		;;
	--version)
		echo 'stet-verify @VERSION@' || exit 3
		exit 0
		;;
	--quick) quick=true && shift ;;
	--repair) repair=true && shift ;;
	--json) json=true && shift ;;
	--site | --warc | --receipts)
		[ -n "${2-}" ] || complain "$1 needs a path"
		printf -v "${1#--}" %s "$2"
		shift 2
		;;
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
[ -e "$archive/HEAD" ] || complain "'$archive' is no archive"
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
wrong=0

# escaped TEXT: as the inside of a JSON string.
escaped() {
	printf %s "$1" | tr '\n\t' '  ' | tr -d '\000-\037\177' |
		sed 's/\\/\\\\/g; s/"/\\"/g'
}

# report NAME STATE MESSAGE COMMAND: ok, mended, or wrong with what mends it.
report() {
	[ "$2" != wrong ] || wrong=$((wrong + 1))
	if $json; then
		printf '{"v":1,"check":"%s","state":"%s","message":"%s","mend":"%s"}\n' \
			"$1" "$2" "$(escaped "$3")" "$(escaped "$4")" || exit 3
		return
	fi
	printf '%-9s %s%s%s\n' "$1" "$2" "${3:+: $3}" "${4:+ ($4)}" || exit 3
}

# The first line of what a check has said, without the name of its tool.
said() {
	grep -v '^notice: ' "$work/said" | head -n 1 | cut -c1-300
}

# mend NAME COMMAND...: with --repair runs it, else names it.
mend() {
	local name=$1 message=$2
	shift 2
	if $repair && "$@" >"$work/mended" 2>&1; then
		report "$name" mended "$message" ''
	else
		report "$name" wrong "$message" "${*/#stet-/stet }"
	fi
}

check_history() {
	local depth=(--full --strict)
	local mended
	if mended=$(stet-index -- "$archive" 2>&1 >/dev/null) && [ -z "$mended" ]; then
		report branch ok '' ''
	elif stet-index -- "$archive" >/dev/null 2>"$work/said"; then
		report branch mended "${mended#stet-index: }" ''
	else
		report branch wrong "$(said)" 'restore it from a mirror'
		return 1
	fi
	git rev-parse -q --verify HEAD >/dev/null || return 0
	if $quick; then
		git rev-list --objects --max-count=100 HEAD 2>"$work/said" |
			cut -d' ' -f1 |
			git cat-file --batch-check='%(objecttype)' >"$work/types" 2>>"$work/said"
		if [ ! -s "$work/said" ] && ! grep -q missing "$work/types"; then
			report objects ok '' ''
			return 0
		fi
	elif git fsck "${depth[@]}" --no-dangling --no-progress \
		>"$work/said" 2>&1; then
		report objects ok '' ''
		return 0
	fi
	report objects wrong "$(said)" 'restore it from a mirror: git fetch'
}

check_index() {
	$quick && return
	if stet-index --check -- "$archive" >/dev/null 2>"$work/said"; then
		report index ok '' ''
	else
		mend index "$(said)" stet-index --rebuild "$archive"
	fi
}

check_schedule() {
	if stet-mark --check -- "$archive" </dev/null >/dev/null 2>"$work/said"; then
		report schedule ok '' ''
	else
		mend schedule "$(said)" stet-mark --mend "$archive"
	fi
}

check_receipts() {
	[ -n "$receipts" ] || return
	if [ ! -r "$receipts" ] || { [ -s "$receipts" ] && ! head -n 1 -- "$receipts" | grep -q '^{.*"v":'; }; then
		report receipts wrong "'$receipts' is no file of receipts" ''
		return
	fi
	grep -oE '"commit":"[0-9a-f]{40}"' -- "$receipts" | cut -d'"' -f4 |
		sort -u >"$work/receipts"
	git rev-list HEAD 2>/dev/null | sort >"$work/history"
	comm -23 "$work/receipts" "$work/history" >"$work/lacking"
	if [ ! -s "$work/lacking" ]; then
		report receipts ok '' ''
	else
		report receipts wrong "$(wc -l <"$work/lacking") commits are not in the history, $(head -n 1 "$work/lacking") first" \
			'restore it from a mirror, or give the records to stet commit again'
	fi
}

check_warc() {
	local file bad=0 seen=0
	[ -n "$warc" ] || warc=$(git config --get stet.warc) || return
	for file in "$warc"/*.warc "$warc"/*.warc.gz "$warc"/*.warc.zst; do
		[ -f "$file" ] || continue
		seen=$((seen + 1))
		$quick && [ -n "$(find "$file" -mtime +2)" ] && continue
		stet-extract --quiet <"$file" 2>"$work/said" |
			grep -m 1 -F '"reason":"digest-mismatch"' >"$work/forged"
		if [ "${PIPESTATUS[0]}" -ge 2 ]; then
			bad=$((bad + 1))
			report warc wrong "$file: $(said)" 'fetch its pages again'
		elif [ -s "$work/forged" ]; then
			bad=$((bad + 1))
			report warc wrong "$file: a capture is not what its digest says: $(
				grep -oE '"url":"[^"]*"' "$work/forged" | head -n 1)" 'fetch its pages again'
		fi
	done
	if [ ! -d "$warc" ]; then
		report warc wrong "'$warc' is no folder" ''
	elif [ $seen -eq 0 ]; then
		report warc wrong "no capture is in '$warc'" ''
	elif [ $bad -eq 0 ]; then
		report warc ok '' ''
	fi
}

check_site() {
	[ -n "$site" ] || return
	local value options=()
	value=$(git config --get stet.baseUrl) && options+=(--base-url "$value")
	value=$(git config --get stet.title) && options+=(--title "$value")
	if ! stet-render ${options[@]+"${options[@]}"} --full --quiet "$archive" "$work/site" 2>"$work/said"; then
		report site wrong "$(said)" ''
	elif { diff -rq "$work/site" "$site" 2>&1 || true; } | grep -v '^Only in '"$site" >"$work/said"; then
		mend site "$(wc -l <"$work/said") pages are not what the archive makes" \
			stet-render ${options[@]+"${options[@]}"} --full "$archive" "$site"
	else
		report site ok '' ''
	fi
}

if check_history; then
	check_index
	check_schedule
	check_receipts
	check_warc
	check_site
fi
[ $wrong -eq 0 ]
