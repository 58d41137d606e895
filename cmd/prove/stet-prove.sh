#!/usr/bin/env bash
# stet-prove ARCHIVE URL [VERSION]: a version with all that shows when it was
# there, in one file that can be checked without stet.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH
# @GUARD@ is common/git/guard.sh: git, edit_config

usage='usage: stet-prove [-q] [--kept DIR] ARCHIVE URL|KEY|PATH [VERSION] >FILE.wacz'
quiet=()
kept=

complain() {
	printf 'stet-prove: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

fail() {
	echo "stet-prove: $2" >&2
	exit "$1"
}

print_help() {
	cat <<-EOT
	$usage

	stet-prove: packs a version with all that proves when it was there.

	      --kept DIR               a folder of captures (stet.warc)
	  -q, --quiet                  show no progress
	      --help                   print this help
	      --version                print the version

	Exit status: 0 proved, 1 no such version, its capture is not kept, or the
	authority gave no time-stamp, 2 usage or configuration, 3 stopped early.
	See also: man stet-prove
	EOT
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		print_help || exit 3
		exit 0
		;;
	--version)
		echo 'stet-prove @VERSION@' || exit 3
		exit 0
		;;
	--kept)
		[ -n "${2-}" ] || complain '--kept needs a folder'
		kept=$2
		shift 2
		;;
	-q | --quiet) quiet=(--quiet) && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -eq 2 ] || [ $# -eq 3 ] || complain 'an archive and an address, please'
[ ! -t 1 ] || complain 'a proof is no text; please send it to a file'
archive=$1
name=$2
version=${3:-latest}
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	fail $status "${why#stet-index: }"
}

config() {
	git config --get "$@"
}
need() {
	config "$1" || fail 2 "$1 is not set: $2"
}
key=$(need stet.proveKey 'the file of an EC key (PEM) that signs proofs') || exit
certificate=$(need stet.proveCert 'the file of its certificate with those above it (PEM)') || exit
ca=$(need stet.timestampCa 'a file with the certificates of a time-stamping authority') || exit
signer=$(need stet.signKey 'the key that signs stamps') || exit
format=$(config stet.signFormat) || format=ssh
for file in "$key" "$certificate" "$ca"; do
	[ -r "$file" ] || fail 2 "cannot read '$file'"
done
[ -n "$kept" ] || kept=$(need stet.warc 'the folder of the captures') || exit

work=$(mktemp -d) || exit 3
trap 'rm -rf -- "$work"' EXIT
mkdir -p "$work/add/proof/trust" || exit 3
proof=$work/add/proof

# The commit of the version, by its record of the export.
stet-export --quiet --csv -- "$archive" "$name" "$version" >"$work/row" 2>"$work/why" ||
	fail $? "$(sed 's/^stet-export: //' "$work/why")"
# member NAME: a value in the line that says which commit it is.
member() {
	sed -n "s/.*\"$1\":\"\{0,1\}\([^\",]*\).*/\1/p" "$work/line"
}
number=$version
stet-log --json -- "$archive" "$name" | grep -vE '"event":"(gone|moved)"' >"$work/log"
case $version in
latest) tail -n 1 "$work/log" >"$work/line" ;;
first) head -n 1 "$work/log" >"$work/line" ;;
*) grep -F "\"version\":$((10#$number))," "$work/log" | head -n 1 >"$work/line" ;;
esac
commit=$(member commit)
git rev-parse -q --verify "$commit^{commit}" >/dev/null || fail 1 "no version $version of '$name'"
git cat-file commit "$commit" >"$work/commit" || exit 3
trailer() {
	sed -n "s/^$1: //p" "$work/commit" | tail -n 1
}
number=$(trailer Version)
path=$(trailer Path)

# The first stamp after it; where there is none one is made.
stamp_after() {
	git for-each-ref --contains "$commit" --sort=taggerdate --count=1 \
		--format='%(refname:short)' 'refs/tags/stamp/'
}
stamp=$(stamp_after)
if [ -z "$stamp" ]; then
	stet-stamp --quiet -- "$archive" || exit
	stamp=$(stamp_after)
fi
[ -n "$stamp" ] || fail 1 'no stamp is over this version'

# The objects of git: the stamp, the commits down to the version, and of that
# the folders on the path and the text.
{
	git rev-parse "refs/tags/$stamp" "$commit:$path"
	git rev-list --first-parent "$commit..refs/tags/$stamp"
	echo "$commit"
	folder=$path
	while [[ $folder == */* ]]; do
		folder=${folder%/*}
		git rev-parse "$commit:$folder"
	done
	git rev-parse "$commit^{tree}"
} >"$work/objects" || exit 3
git pack-objects --quiet --stdout <"$work/objects" >"$proof/objects.pack" || exit 3
git cat-file blob "$commit:$path" >"$proof/version.md" || exit 3
{
	printf 'URL: %s\nVersion: %s\nPath: %s\nCommit: %s\n' "$(trailer URL)" "$number" "$path" "$commit"
	printf 'Stamp: %s\nTag: %s\n' "$stamp" "$(git rev-parse "refs/tags/$stamp")"
} >"$proof/facts"

# Whom to trust, for who has not had it otherwise.
sed -n '/^-----BEGIN CERTIFICATE/,/^-----END CERTIFICATE/p' "$ca" >"$proof/trust/authority.pem"
awk '/^-----BEGIN CERTIFICATE/ { text = "" } { text = text $0 "\n" } /^-----END CERTIFICATE/ { last = text }
	END { printf "%s", last }' "$certificate" >"$proof/trust/certificate.pem"
if [ "$format" = ssh ]; then
	public=$(ssh-keygen -y -P '' -f "$signer" 2>/dev/null || cat -- "$signer.pub" 2>/dev/null ||
		grep -m 1 '^ssh-' -- "$signer" 2>/dev/null) ||
		fail 2 "cannot read the SSH key '$signer' (stet.signKey)"
	printf 'stet@stet.invalid namespaces="git" %s\n' "$public" >"$proof/trust/signers"
else
	gpg --batch --armor --export "$signer" >"$proof/trust/signers.asc" 2>/dev/null
	[ -s "$proof/trust/signers.asc" ] || fail 2 "no OpenPGP key '$signer' (stet.signKey)"
fi

# The stamped list of what was captured in the same run.
record=$(trailer Record)
while IFS= read -r -d '' list; do
	if [ ! -s "$list.tsr" ] || ! grep -qF "  $record" -- "$list"; then
		continue
	fi
	cp -- "$list" "$proof/captures.sha256" && cp -- "$list.tsr" "$proof/captures.sha256.tsr" || exit 3
	break
done < <(find "$kept" -maxdepth 1 -name '*.sha256' -print0 2>/dev/null)

# The script that checks it, and a page for people.
cat >"$work/add/verify.sh" <<'END-OF-VERIFY'
# @VERIFY@ is cmd/prove/verify.sh
END-OF-VERIFY
escaped() {
	sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'
}
{
	cat <<-EOT
	<!DOCTYPE html>
	<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
	<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
	<title>Proof of version $number</title>
	<style>body{max-width:45em;margin:2em auto;padding:0 1em;font:1em/1.5 serif}pre{white-space:pre-wrap;border:1px solid;padding:1em}td{vertical-align:top;padding-right:1em;overflow-wrap:anywhere}</style>
	<h1>Proof of a version of an article</h1>
	<table>
	<tr><td>Address<td>$(trailer URL | escaped)
	<tr><td>Version<td>$number
	<tr><td>Captured<td>$(trailer Fetched | escaped), by the clock of the archive
	<tr><td>Commit<td>$commit
	<tr><td>Stamp<td>$stamp
	<tr><td>Record<td>$(trailer Record | escaped)
	</table>
	<p>This package holds the page as the server sent it, the text of the article as the archive
	<em>stet</em> kept it, and what shows that both were there at a certain time: the state of the archive
	was signed by its operator, and an independent authority put its time to it.
	<p>To look at the page open the package (a .wacz file) in a viewer of web archives. To check the proof
	unpack it, as any ZIP file, and run in its folder <code>sh verify.sh</code>, which needs git and openssl and
	no part of stet. It names each thing that is right, or what was forged. The keys by which it
	judges are in the package too; who does not trust it names others, had from their owners:
	<code>sh verify.sh --signers FILE --authority FILE --certificate FILE</code>.
	<p>What this proves: that this text, and this answer of a server, were in the archive when the
	authority was asked. That the answer came from that address is the word of the archive's operator.
	<h2>The text</h2>
	EOT
	printf '<pre>'
	escaped <"$proof/version.md"
	echo '</pre>'
} >"$work/add/index.html"

# The package once to know its digest, and once more with the signature.
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
package() {
	STET_NOW=$now stet-export "${quiet[@]}" --kept "$kept" --add "$work/add" "$@" -- \
		"$archive" "$name" "$number"
}
hash=$(package --wacz "$work/first") || exit
printf %s "$hash" | openssl dgst -sha256 -sign "$key" 2>"$work/why" | openssl base64 -A >"$work/signature" ||
	fail 2 "cannot sign with '$key': $(head -n 1 "$work/why")"
[ -s "$work/signature" ] || fail 2 "cannot sign with '$key'"
openssl x509 -in "$certificate" -noout -pubkey >"$work/key.pem" 2>/dev/null || fail 2 "'$certificate' has no certificate"
openssl base64 -d -A <"$work/signature" >"$work/signature.der"
printf %s "$hash" >"$work/hash"
openssl dgst -sha256 -verify "$work/key.pem" -signature "$work/signature.der" "$work/hash" >/dev/null 2>&1 ||
	fail 2 "'$certificate' is not of the key '$key'"
stet-stamp --quiet --file "$work/signature" -- "$archive" || exit

# The certificates of the token, from its own up to a root of the authority.
chain_of() {
	local n=0 file next=
	mkdir "$work/certs"
	{
		openssl ts -reply -in "$1" -token_out 2>/dev/null | openssl pkcs7 -inform DER -print_certs
		cat -- "$ca"
	} | awk -v dir="$work/certs" '/^-----BEGIN CERTIFICATE/ { n++; on = 1 }
		on { print >(dir "/" sprintf("%04d", n)) } /^-----END CERTIFICATE/ { on = 0 }'
	for file in "$work/certs"/*; do
		if openssl x509 -in "$file" -noout -ext extendedKeyUsage 2>/dev/null | grep -q 'Time Stamping'; then
			next=$file
			break
		fi
	done
	while [ -n "$next" ] && [ $n -lt 8 ]; do
		n=$((n + 1))
		cat -- "$next"
		issuer=$(openssl x509 -in "$next" -noout -issuer_hash)
		[ "$issuer" != "$(openssl x509 -in "$next" -noout -subject_hash)" ] || break
		next=
		for file in "$work/certs"/*; do
			[ "$(openssl x509 -in "$file" -noout -subject_hash)" != "$issuer" ] || next=$file
		done
	done
}
# A file as a string of JSON.
quoted() {
	printf '"'
	awk '{ gsub(/[\\"]/, "\\\\&"); printf "%s\\n", $0 }' "$1"
	printf '"'
}
chain_of "$work/signature.tsr" >"$work/chain.pem"
sed -n '/^-----BEGIN CERTIFICATE/,/^-----END CERTIFICATE/p' "$certificate" >"$work/domain.pem"
domain=$(openssl x509 -in "$certificate" -noout -subject -nameopt multiline | sed -n 's/^ *commonName *= //p')
{
	printf '{"hash":"%s","created":"%s","software":"stet","version":"@VERSION@",' "$hash" "$now"
	printf '"signature":"%s","domain":"%s",' "$(cat "$work/signature")" "${domain//[\"\\]/}"
	printf '"domainCert":%s,' "$(quoted "$work/domain.pem")"
	printf '"timeSignature":"%s",' "$(openssl base64 -A -in "$work/signature.tsr")"
	printf '"timestampCert":%s}\n' "$(quoted "$work/chain.pem")"
} >"$work/signed.json"
again=$(package --wacz "$work/second" --signed "$work/signed.json") || exit
[ "$again" = "$hash" ] || fail 4 'the archive changed meanwhile; please run it again'
cat -- "$work/second" || exit 3
