#!/usr/bin/env bash
# stet-run ARCHIVE [SITE]: the whole line, once. It is also the documentation
# of how the filters go together; every step can be typed by hand.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-run [OPTION...] ARCHIVE [SITE]'
limit=
jobs=
warc=
exit_code=false
alerts=

complain() {
	printf 'stet-run: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

print_help() {
	cat <<-EOF
	$usage

	stet-run: looks once for new articles and changes, from feeds to pages.

	      --limit N                look at N articles at most (0: all)
	      --feeds                  read the feeds alone; articles wait for the next run
	      --jobs N                 extract N pages at once (default: the cores)
	      --warc DIR               keep what was fetched in DIR
	      --alerts FILE            tell of what changed by these rules
	      --exit-code              end with 10 when something changed
	  -q, --quiet                  print no summary
	      --help                   print this help
	      --version                print the version

	Exit status: 0 all done, 1 some articles or feeds failed, 2 usage or
	configuration, 3 stopped early, 4 busy: run again, 10 with --exit-code:
	something changed. See also: man stet-run
	EOF
}

quiet=false
feeds_alone=false
while [ $# -gt 0 ]; do
	case $1 in
	--help)
		print_help || exit 3
		exit 0
		;;
	--version)
		echo 'stet-run @VERSION@' || exit 3
		exit 0
		;;
	--limit)
		[[ ${2-} =~ ^[0-9]{1,9}$ ]] || complain "--limit takes a number, not '${2-}'"
		limit=$2
		[ "$limit" -ne 0 ] || limit=
		shift 2
		;;
	--feeds) feeds_alone=true && shift ;;
	--jobs)
		[[ ${2-} =~ ^[1-9][0-9]{0,2}$ ]] || complain "--jobs takes a number from 1 to 999, not '${2-}'"
		jobs=$2
		shift 2
		;;
	--warc)
		[ -n "${2-}" ] || complain '--warc needs a folder'
		warc=$2
		shift 2
		;;
	--exit-code) exit_code=true && shift ;;
	--alerts)
		[ -r "${2-}" ] || complain "--alerts needs a file of rules, not '${2-}'"
		alerts=$2
		shift 2
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
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
	complain 'an archive and at most one site, please'
fi
archive=$1
site=${2-}
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	echo "stet-run: ${why#stet-index: }" >&2
	exit $status
}

# What stet-render would refuse when all has been fetched.
if [ -n "$site" ] && [ -e "$site" ] && { [ ! -d "$site" ] || [ ! -w "$site" ]; }; then
	echo "stet-run: '$site' is no folder that can be written to" >&2
	exit 2
fi

# One run at a time: cron must not overlap it. The lock dies with the process.
can_write "$archive/stet/run.lock" || exit 3
exec {lock}>>"$archive/stet/run.lock" || exit 3
flock -n "$lock" || {
	echo "stet-run: another run works on '$archive'" >&2
	exit 4
}

# All keys are looked at before the first of them is used.
stet-config --quiet -- "$archive" || exit

config() {
	git config --get "$@"
}

git config --get-regexp '^source\.' >/dev/null ||
	echo "stet-run: '$archive' has no source yet; stet add gives it one" >&2

# What the archive's configuration says to fetch, extract and render.
fetch=()
contact=$(config stet.contact) && fetch+=(--contact "$contact")
[ "$(config --type=bool stet.anonymous)" != true ] || fetch+=(--anonymous)
while IFS= read -r net; do
	fetch+=(--allow-net "$net")
done < <(git config --get-all stet.allowNet)
if [ -z "$contact" ] && [[ ${fetch[*]} != *--a* ]]; then
	cat >&2 <<-EOF
	stet-run: publishers must be able to reach you; say how, once:
	  git -C $archive config stet.contact desk@paper.example
	EOF
	exit 2
fi
delay=$(config stet.delay) && fetch+=(--delay "$delay")
fetch+=(--state "$archive/stet/robots")
extract=(-j "${jobs:-$(nproc)}")
render=()
base_url=$(config stet.baseUrl) && render+=(--base-url "$base_url")
title=$(config stet.title) && render+=(--title "$title")
# With Pagefind installed the site has a search box.
search=
if [ -n "$site" ] && command -v pagefind >/dev/null; then
	search=pagefind
	render+=(--pagefind)
fi
[ -n "$warc" ] || warc=$(config stet.warc)

# What a killed run left: nobody else can be at work on it.
rm -rf "$archive"/stet/run.??????
work=$(mktemp -d "$archive/stet/run.XXXXXX") || exit 3
trap 'rm -rf "$work"' EXIT

# NAME <tab> KIND <tab> VALUE for each rule of a source.
rules() {
	local entry key kind
	git config -z --get-regexp \
		'^source\..*\.(include|exclude|includetitle|category|select|drop|reserved)$' |
		while IFS= read -r -d '' entry; do
			key=${entry%%$'\n'*}
			key=${key#source.}
			kind=${key##*.}
			printf '%s\t%s\t%s\n' "${key%.*}" "${kind/#includetitle/title}" "${entry#*$'\n'}"
		done
}
rules >"$work/rules"

keep=(cat)
kept=
if [ -n "$warc" ]; then
	mkdir -p "$warc" || exit 3
	kept=$warc/$(date -u +%Y%m%dT%H%M%SZ)-$$.warc
	keep=(tee "$kept")
fi

# Ctrl-C stops the fetching at the next record; what has been fetched still
# goes down the line to its end, and nothing more is begun.
stopped=false
trap 'stopped=true' INT TERM
to_the_end() {
	trap '' INT TERM
	"$@"
}

# In a log each line has its time. The terminal of a person has a clock.
stamp() {
	local line
	trap '' INT TERM
	while IFS= read -r line; do
		TZ=UTC0 printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$line"
	done
}
if [ ! -t 2 ]; then
	exec {stderr}>&2 2> >(stamp >&"$stderr")
	stamper=$!
	trap 'rm -rf "$work"; exec 2>&-; wait "$stamper"' EXIT
fi

worst=0
# Takes the statuses of a line and remembers the one that matters most.
judge() {
	local status
	for status in "$@"; do
		case $status in
		0) ;;
		1 | 4) [ $worst -ge 1 ] || worst=1 ;;
		2) worst=2 ;;
		*) [ $worst -eq 2 ] || worst=3 ;;
		esac
	done
}

# Links that were found and have no receipt yet. A feed that was read is not
# read again until it changes, so what it named must outlive this run.
pending=$archive/stet/pending

# keep_pending FILE...: these links are the pending ones from now on.
keep_pending() {
	cat -- "$@" >"$pending.new" && sync "$pending.new" &&
		mv "$pending.new" "$pending"
}

# read_feeds NAME: the links of standard input are fetched as feeds; what they
# hold is pending, and only then is it marked that they were read.
read_feeds() {
	stet-fetch "${fetch[@]}" >"$work/$1.warc"
	judge $?
	stet-links --rules "$work/rules" --receipts "$work/$1" \
		<"$work/$1.warc" >"$work/links"
	judge $?
	keep_pending "$pending" "$work/links" || exit 3
	stet-mark "$archive" <"$work/$1" >/dev/null
	judge $?
}

# First the feeds that are due, then what their sitemap indexes name.
touch "$work"/{feeds,sitemaps,receipts} "$pending" || exit 3
stet-due --feeds "$archive" </dev/null >"$work/due"
judge $?
[ $worst -ne 2 ] || exit 2 # the others would say the same
read_feeds feeds <"$work/due"
stet-links --sitemaps <"$work/feeds.warc" 2>/dev/null |
	stet-due --feeds "$archive" >"$work/due"
judge "${PIPESTATUS[1]}"
if [ -s "$work/due" ] && ! $stopped; then
	read_feeds sitemaps <"$work/due"
fi

# That a page is gone, blocked, forbidden by robots.txt or not reached at this
# check is the life of news: the schedule and the summary know of it. Somebody
# should look when the configuration forbids an address, when the archive
# refused a record, or when no page at all was reached.
# shellcheck disable=SC2016 # it is awk
unstored='
	/"status":"failed"/ {
		if (/"error":"(address|contact|key is|no t|record |its )/)
			refused = 1
		if (/"error":"(dns|connect|tls|lost|timeout|other|host-down|robots-unreachable)"/)
			next
	}
	{ reached = 1 }
	END { if (refused || (NR > 0 && !reached)) print "lost" }'

# Articles that their publisher reserves, of sources with reserved = hide, are
# hidden before they are stored, so that no page ever shows them.
# shellcheck disable=SC2317 # to_the_end calls it
hide_reserved() {
	if ! grep -q $'\treserved\thide$' "$work/rules"; then
		cat
		return
	fi
	cat >"$work/articles"
	awk -F '\t' '
		FILENAME == ARGV[1] {
			if ($2 == "reserved")
				hide[$1] = $3 == "hide"
			next
		}
		/"signals":\[[^]]*"(noarchive|tdm-reserved)"/ &&
			match($0, /"source":"[^"]*"/) &&
			hide[substr($0, RSTART + 10, RLENGTH - 11)] &&
			match($0, /"key":"[^"]*"/) {
			print substr($0, RSTART + 7, RLENGTH - 8)
		}' "$work/rules" "$work/articles" >"$work/reserved"
	if [ -s "$work/reserved" ]; then
		xargs -d '\n' stet-hide "$archive" <"$work/reserved" 2>/dev/null
	fi
	cat "$work/articles"
}

# Then the articles that are due, the new links among them.
receipts=$work/receipts
told=/dev/null
if [ -n "$alerts" ]; then
	mkdir -p "$archive/stet/alerts" || exit 3
	told=$archive/stet/alerts/receipts
	touch "$told" || exit 3
fi
show() {
	trap '' INT TERM
	if [ -n "$site" ]; then
		tee -a "$told" | tee "$receipts" | stet-render "${render[@]}" "$archive" "$site"
	else
		tee -a "$told" >"$receipts"
	fi
}
# After an upgrade of stet-extract what is kept is read anew first: what comes
# out otherwise is no edit, and must not look like one at the next capture.
read_anew() {
	local made_by=$archive/stet/extractor now
	now=$(stet-extract --version)
	[ -n "$warc" ] && [ "$now" != "$(cat "$made_by" 2>/dev/null)" ] || return
	stet-replay --warc "$warc" "$archive" |
		to_the_end stet-extract "${extract[@]}" --rules "$work/rules" |
		to_the_end stet-commit "$archive" |
		to_the_end stet-mark "$archive" |
		show
	local statuses=("${PIPESTATUS[@]}")
	judge "${statuses[@]}"
	[[ ${statuses[*]} =~ [^01\ ] ]] || $stopped || echo "$now" >"$made_by"
}
read_anew

stet-due "$archive" <"$pending" >"$work/due"
judge $?
if ! $stopped; then
	! $feeds_alone || limit=0
	head -n "${limit:-999999999}" "$work/due" |
		stet-fetch "${fetch[@]}" |
		to_the_end "${keep[@]}" |
		to_the_end stet-extract "${extract[@]}" --rules "$work/rules" |
		to_the_end hide_reserved |
		to_the_end stet-commit "$archive" |
		to_the_end stet-mark "$archive" |
		show
	statuses=("${PIPESTATUS[@]:1}")
	# What fetch, extract and commit passed over with status 1 is in the
	# receipts, and judged by them.
	for i in 0 2 4; do
		[ "${statuses[i]}" -ne 1 ] || statuses[i]=0
	done
	judge "${statuses[@]}"
	lost=$(awk "$unstored" "$receipts")
	[ -z "$lost" ] || judge 1
fi
# The digests of what was just captured, and an authority's word for the time.
if [ -s "$kept" ] && [ "$(config --type=bool stet.stampCaptures)" = true ]; then
	stet-export --quiet --digests --kept "$kept" -- "$archive" \
		>"$work/digests" 2>/dev/null
	if [ -s "$work/digests" ]; then
		cp -- "$work/digests" "$kept.sha256" && sync -- "$kept.sha256" || exit 3
		stet-stamp --quiet --file "$kept.sha256" -- "$archive"
		judge $?
	fi
fi
# What has a receipt is the schedule's now. An address that came to another
# spelling stays once more, and is then not due.
awk -F '\t' '
	FILENAME == ARGV[1] {
		if (match($0, /"url":"[^"]*"/))
			done[substr($0, RSTART + 7, RLENGTH - 8)] = 1
		next
	}
	!($1 in done)' "$receipts" "$work/due" >"$work/left" &&
	keep_pending "$work/left" || exit 3

# Only a new text gives something new to search for.
if [ -n "$search" ] &&
	grep -qE '"status":"(new|changed|minor|restored|technical)"' "$receipts"; then
	"$search" --site "$site" >/dev/null
	judge $?
fi

# What is told of is kept until it has been.
if [ -n "$alerts" ]; then
	stet-alerts "$alerts" "$archive" <"$told"
	status=$?
	judge $status
	[ $status -ge 2 ] || : >"$told"
fi
# Where the words are indexed, they are up to date.
if [ -e "$archive/stet/search.db" ]; then
	stet-search --quiet --update "$archive"
	judge $?
fi

stet-maintain --quiet "$archive" >/dev/null
judge $?
# Once a day the state of the archive is signed and stamped.
if [ "$(config --type=bool stet.stamp)" = true ]; then
	stet-stamp --quiet --daily -- "$archive"
	judge $?
fi

# Quotes are escaped inside of strings, so the status cannot be mistaken. An
# address that redirects to an article is not counted besides it.
summary=$(awk '
	/"status":"same"/ && /"location":"h/ { next }
	match($0, /"status":"[a-z]+"/) {
		n[substr($0, RSTART + 10, RLENGTH - 11)]++
	}
	END {
		split("new changed minor restored gone moved technical late same blocked failed", names, " ")
		for (i = 1; i in names; i++)
			if (n[names[i]])
				line = line (line ? ", " : "") n[names[i]] " " names[i]
		print line ? line : "nothing was due"
	}' "$receipts")
if [ $worst -gt 0 ] && [ "$summary" = 'nothing was due' ]; then
	summary='nothing new; something failed, see above'
fi
$quiet || echo "stet-run: $summary" || worst=3
! $stopped || worst=3
if [ $worst -eq 0 ] && $exit_code &&
	[[ $summary =~ (new|changed|minor|restored|gone|moved|technical) ]]; then
	exit 10
fi
exit $worst
