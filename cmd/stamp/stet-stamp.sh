#!/usr/bin/env bash
# stet-stamp ARCHIVE: a signed tag over the newest commit, with the word of a
# time-stamping authority in it.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-stamp [-q] [--daily | --check | --file FILE] ARCHIVE'
quiet=false
what='head'
file=

complain() {
	printf 'stet-stamp: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

fail() {
	echo "stet-stamp: $2" >&2
	exit "$1"
}

print_help() {
	cat <<-EOT
	$usage

	stet-stamp: signs the state of an archive and has the time of it attested.

	      --daily                  only if there is no stamp of the last day
	      --check                  check all stamps and make none
	      --file FILE              have a file attested, into FILE.tsr
	  -q, --quiet                  print nothing
	      --help                   print this help
	      --version                print the version

	Exit status: 0 stamped, or nothing to stamp, 1 a stamp is not what it should
	be, or the authority gave none, 2 usage or configuration, 3 stopped early.
	See also: man stet-stamp
	EOT
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		print_help || exit 3
		exit 0
		;;
	--version)
		echo 'stet-stamp @VERSION@' || exit 3
		exit 0
		;;
	--daily | --check)
		what=${1#--}
		shift
		;;
	--file)
		[ -n "${2-}" ] || complain '--file needs a file'
		what='file'
		file=$2
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
[ $# -eq 1 ] || complain 'one archive, please'
archive=$1
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	fail $status "${why#stet-index: }"
}

config() {
	git config --get "$@"
}

# need KEY WHAT: the value of a key without which nothing goes.
need() {
	config "$1" || fail 2 "$1 is not set: $2"
}

url=$(need stet.timestampUrl 'the address of a time-stamping authority (RFC 3161)') || exit
ca=$(need stet.timestampCa 'a file with the certificates to check its stamps by') || exit
[ -r "$ca" ] || fail 2 "cannot read '$ca' (stet.timestampCa)"
work=$(mktemp -d) || exit 3
trap 'rm -rf -- "$work"' EXIT

# verify DATA TOKEN: whether the authority has seen this. A certificate may have
# ended since: the time that counts is that of the stamp.
verify() {
	local at
	openssl ts -verify -data "$1" -in "$2" -CAfile "$ca" >/dev/null 2>"$work/why" && return
	at=$(openssl ts -reply -in "$2" -text 2>/dev/null | sed -n 's/^Time stamp: //p')
	at=$(date -u -d "${at:-no}" +%s 2>/dev/null) || return
	openssl ts -verify -data "$1" -in "$2" -CAfile "$ca" -attime "$at" >/dev/null 2>&1
}

# attest DATA TOKEN: asks the authority.
attest() {
	openssl ts -query -data "$1" -sha256 -cert -out "$work/query" 2>/dev/null ||
		fail 3 "cannot read '$1'"
	curl -sS --fail --max-time 60 --max-filesize 1000000 --proto =http,https \
		-H 'Content-Type: application/timestamp-query' \
		--data-binary "@$work/query" -o "$work/reply" -- "$url" 2>"$work/why" ||
		fail 1 "no time-stamp from '$url': $(head -n 1 "$work/why")"
	if ! openssl ts -verify -queryfile "$work/query" -in "$work/reply" \
		-CAfile "$ca" >/dev/null 2>"$work/why" || ! verify "$1" "$work/reply"; then
		fail 1 "'$url' gave no time-stamp that '$ca' vouches for"
	fi
	cp -- "$work/reply" "$2" || exit 3
}

if [ "$what" = file ]; then
	[ -r "$file" ] || fail 2 "cannot read '$file'"
	attest "$file" "$work/token"
	cp -- "$work/token" "$file.tsr.new" && sync -- "$file.tsr.new" &&
		mv -- "$file.tsr.new" "$file.tsr" || exit 3
	exit 0
fi

# Who signs: git's own ways, with the programs of this machine and no others.
format=$(config stet.signFormat) || format=ssh
key=$(need stet.signKey 'the file of an SSH key, or with stet.signFormat openpgp the name of an OpenPGP key') || exit
signing=(-c gpg.format="$format" -c user.signingkey="$key"
	-c gpg.program=gpg -c gpg.openpgp.program=gpg -c gpg.ssh.program=ssh-keygen)
if [ "$format" = ssh ]; then
	public=$(ssh-keygen -y -P '' -f "$key" 2>/dev/null || cat -- "$key.pub" 2>/dev/null ||
		grep -m 1 '^ssh-' -- "$key" 2>/dev/null) ||
		fail 2 "cannot read the SSH key '$key' (stet.signKey)"
	printf 'stet@stet.invalid namespaces="git" %s\n' "$public" >"$work/signers"
	signing+=(-c gpg.ssh.allowedSignersFile="$work/signers")
fi

# stamped TAG: the commit that it is over, when all of it is right.
stamped() {
	local commit
	commit=$(git rev-parse -q --verify "$1^{commit}") || return
	git "${signing[@]}" verify-tag "$1" >/dev/null 2>&1 || return
	git cat-file tag "$1" | sed -n '/^-----BEGIN TIME-STAMP-----$/,/^-----END TIME-STAMP-----$/p' |
		grep -v '^-' | openssl base64 -d >"$work/token" || return
	git cat-file commit "$commit" >"$work/commit" || return
	verify "$work/commit" "$work/token" || return
	echo "$commit"
}

if [ "$what" = check ]; then
	bad=0
	while IFS= read -r tag; do
		if commit=$(stamped "refs/tags/$tag"); then
			$quiet || printf '%s\t%s\n' "$tag" "$commit"
		else
			echo "stet-stamp: '$tag' is not what it should be" >&2
			bad=1
		fi
	done < <(git for-each-ref --format='%(refname:short)' 'refs/tags/stamp/')
	exit $bad
fi

head=$(git rev-parse -q --verify 'HEAD^{commit}') || exit 0
# The newest stamp: when it was made and what it is over.
newest=$(git for-each-ref --sort=-taggerdate --count=1 \
	--format='%(taggerdate:unix) %(*objectname)' 'refs/tags/stamp/')
if [ "${newest#* }" = "$head" ] ||
	{ [ "$what" = daily ] && [ -n "$newest" ] && [ $(($(date +%s) - ${newest% *})) -lt 86400 ]; }; then
	exit 0
fi

git cat-file commit "$head" >"$work/commit" || exit 3
attest "$work/commit" "$work/token"
name=stamp/$(date -u +%Y%m%dT%H%M%SZ)
{
	printf 'The archive as it was at commit %s\n\n' "$head"
	printf 'The time-stamp (RFC 3161) is of the bytes of that commit:\n'
	printf 'git cat-file commit %s\n\n' "$head"
	echo '-----BEGIN TIME-STAMP-----'
	openssl base64 -in "$work/token"
	echo '-----END TIME-STAMP-----'
} >"$work/message"
GIT_COMMITTER_NAME=stet GIT_COMMITTER_EMAIL=stet@stet.invalid \
	GIT_COMMITTER_DATE="$(date +%s) +0000" \
	git "${signing[@]}" tag -s -F "$work/message" -- "$name" "$head" \
	2>"$work/why" </dev/null ||
	fail 1 "cannot sign with '$key': $(grep -v '^hint' "$work/why" | head -n 1)"
[ "$(stamped "refs/tags/$name")" = "$head" ] || fail 1 "'$name' is not what it should be"
$quiet || printf '%s\t%s\n' "$name" "$head"
