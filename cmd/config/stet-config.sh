#!/usr/bin/env bash
# stet-config ARCHIVE: whether the configuration of an archive makes sense.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-config [-q] ARCHIVE'

complain() {
	printf 'stet-config: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

# Every key there is: its name, the pattern of its values, what is said of
# others. Where a command stands for the pattern, it is the judge.
keys='
stet.contact	fetch	a mail address or a URL
stet.anonymous	^(true|false|yes|no|on|off|1|0|)$	true or false
stet.allowNet	fetch	a network such as 10.0.0.0/8
stet.delay	fetch	a number of seconds
stet.warc	.	a folder
stet.baseUrl	^https?://[^[:space:]]+$	an absolute http(s) URL
stet.webUrl	^(https?://[^[:space:]]+|/([^[:space:]]*/)?)$	an absolute http(s) URL, or a path that ends in /
stet.hideStatus	^(410|451)$	410 or 451
stet.stamp	^(true|false|yes|no|on|off|1|0|)$	true or false
stet.stampCaptures	^(true|false|yes|no|on|off|1|0|)$	true or false
stet.timestampUrl	^https?://[^[:space:]]+$	an absolute http(s) URL
stet.timestampCa	.	a file
stet.signKey	^[^-]	a file, or the name of a key
stet.signFormat	^(ssh|openpgp)$	ssh or openpgp
stet.proveKey	.	a file
stet.proveCert	.	a file
stet.title	.	a text
stet.tracking	^[^[:space:]]+$	the name of a parameter
stet.hide	^https?://[^[:space:]]+$	an absolute http(s) URL
stet.layout	^[12]$	1 or 2
source.*.feed	^https?://[^[:space:]]+$	an absolute http(s) URL
source.*.sitemap	^https?://[^[:space:]]+$	an absolute http(s) URL
source.*.page	^https?://[^[:space:]]+$	an absolute http(s) URL
source.*.period	^([5-9]|[1-9][0-9]{1,5})$	minutes, 5 or more
source.*.title	.	a text
source.*.includeTitle	links	a regular expression
source.*.include	links	a regular expression
source.*.exclude	links	a regular expression
source.*.category	links	a regular expression
source.*.select	extract	a selector
source.*.drop	extract	a selector
source.*.reserved	^(store|hide|skip)$	store, hide or skip
'

quiet=false
while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOT || exit 3
		$usage

		stet-config: checks the configuration of an archive and prints it.

		  -q, --quiet                  print what is wrong, and nothing else
		      --help                   print this help
		      --version                print the version

		Exit status: 0 all is well, 2 something is not, or no archive, 3 the archive
		cannot be read. See also: man stet-config
		EOT
		exit 0
		;;
	--version)
		echo 'stet-config @VERSION@' || exit 3
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
[ $# -eq 1 ] || complain 'an archive, please'
archive=$1
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	echo "stet-config: ${why#stet-index: }" >&2
	exit $status
}

wrong=0
breach() {
	printf 'stet-config: %s\n' "$1" >&2
	wrong=$((wrong + 1))
}

# nearest NAME: the key of the table that is spelt most like it, when one is.
nearest() {
	awk -F '\t' -v name="$1" '
	function least(a, b) { return a < b ? a : b }
	function distance(a, b, i, j, d, cost) {
		for (i = 0; i <= length(a); i++) d[i, 0] = i
		for (j = 0; j <= length(b); j++) d[0, j] = j
		for (i = 1; i <= length(a); i++)
			for (j = 1; j <= length(b); j++) {
				cost = substr(a, i, 1) != substr(b, j, 1)
				d[i, j] = least(least(d[i - 1, j] + 1, d[i, j - 1] + 1),
					d[i - 1, j - 1] + cost)
			}
		return d[length(a), length(b)]
	}
	$1 {
		n = distance(tolower($1), tolower(name))
		if (!found || n < best) { best = n; found = $1 }
	}
	END { if (found && best <= 3) print found }' <<<"$keys"
}

# The table, by the name of the key in lower case, as git spells it.
declare -A patterns allowed spelling
while IFS=$'\t' read -r name pattern text; do
	[ -n "$name" ] || continue
	patterns[${name,,}]=$pattern
	allowed[${name,,}]=$text
	spelling[${name,,}]=$name
done <<<"$keys"

# as_documented KEY: git spells the parts of a key in lower case, a man page
# does not.
as_documented() {
	local general=$1 like
	[[ $1 != source.* ]] || general="source.*.${1##*.}"
	like=${spelling[$general]-$1}
	[[ $like != source.\** ]] || like=${1%.*}.${like##*.}
	echo "$like"
}

# An unknown key; KEY is as git spells it, GENERAL with * for the source.
unknown() {
	local near
	near=$(nearest "$2")
	if [[ $1 == source.* ]]; then
		name=${1#source.}
		near=${near/\*/"${name%.*}"}
	fi
	breach "$1: there is no such key${near:+; did you mean $near?}"
}

# Why the command that reads rules does not take this one, in the file.
why_not() {
	"stet-$1" --rules "$work/rule" </dev/null 2>&1 >/dev/null |
		sed -n "1s/^stet-$1: '[^']*':* line 1: //p"
}

# Rules are many and nearly always right: first all at once, and one by one
# only to find those that are not.
check_rules() {
	local reader=$1 entry name key kind value why
	[ -s "$work/$reader" ] || return 0
	cut -f 2- "$work/$reader" >"$work/rule"
	"stet-$reader" --rules "$work/rule" </dev/null >/dev/null 2>&1 && return 0
	while IFS= read -r entry; do
		key=${entry%%$'\t'*}
		printf '%s\n' "${entry#*$'\t'}" >"$work/rule"
		why=$(why_not "$reader")
		name=${key#source.}
		value=${entry##*$'\t'}
		kind="source.*.${name##*.}"
		[ -z "$why" ] ||
			breach "$key: '$value' is not ${allowed[${kind,,}]}: ${why##*: }"
	done <"$work/$reader"
}

# What stet-fetch says of these options; nothing when it takes them. It is
# given no link, and so does nothing else.
fetch_says() {
	local said
	said=$(STET_NOW='' stet-fetch --anonymous "$@" </dev/null 2>&1 >/dev/null)
	[ $? -ne 2 ] || sed -n '1s/^stet-fetch: //p' <<<"$said"
}

# Like the rules; what each alone may be and not all together is told as
# stet-fetch tells it.
check_fetch() {
	local entry key value option why all=() told=$wrong
	while IFS= read -r -d '' entry; do
		key=${entry%%$'\n'*}
		option=--${key#stet.}
		all+=("${option/allowNet/allow-net}" "${entry#*$'\n'}")
	done <"$work/fetch"
	why=$(fetch_says "${all[@]}")
	[ -n "$why" ] || return 0
	while IFS= read -r -d '' entry; do
		key=${entry%%$'\n'*}
		value=${entry#*$'\n'}
		option=--${key#stet.}
		case $key in
		stet.allowNet) why=$(fetch_says --allow-net "$value") ;;
		stet.delay) why=$(fetch_says --allow-net ::1 "$option" "$value") ;;
		*) why=$(fetch_says "$option" "$value") ;;
		esac
		[ -z "$why" ] ||
			breach "$key: '$value' is not ${allowed[${key,,}]}"
	done <"$work/fetch"
	[ $wrong -gt "$told" ] || breach "$(fetch_says "${all[@]}")"
}

check() {
	local key=$1 value=$2 general=${1,,} name=${1#source.} kind
	[[ $key != source.* ]] || general="source.*.${key##*.}"
	general=${general,,}
	case ${patterns[$general]-} in
	'') unknown "$key" "$general" ;;
	fetch) printf '%s\n%s\0' "$key" "$value" >>"$work/fetch" ;;
	links | extract)
		kind=${name##*.}
		printf '%s\t%s\t%s\t%s\n' "$key" "${name%.*}" "${kind/#includeTitle/title}" \
			"$value" >>"$work/${patterns[$general]}"
		;;
	*)
		[[ $value =~ ${patterns[$general]} ]] ||
			breach "$key: '$value' is not ${allowed[$general]}"
		;;
	esac
}

work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
touch "$work/links" "$work/extract" "$work/fetch" || exit 3
git config -z --local --get-regexp '^(stet|source)\.' >"$work/all" || [ $? -eq 1 ] || {
	echo "stet-config: the configuration of '$archive' cannot be read" >&2
	exit 3
}
while IFS= read -r -d '' entry; do
	key=${entry%%$'\n'*}
	value=
	[ "$key" = "$entry" ] || value=${entry#*$'\n'}
	key=$(as_documented "$key")
	check "$key" "$value"
	$quiet || printf '%s\t%s\n' "$key" "$value" || exit 3
done <"$work/all"
check_rules links
check_rules extract
check_fetch
[ $wrong -eq 0 ] || exit 2
