#!/bin/sh
# Checks a proof that stet prove made: unpack the package, then
#
#	sh verify.sh [--signers FILE] [--authority FILE] [--certificate FILE]
#
# in its folder. It needs git, openssl, the usual tools, and ssh-keygen or gpg.
# Without the options whom to trust is taken from the package itself, which
# shows that its parts belong together, but not by whom it was made: compare
# the fingerprints that are printed, or name files that you had from the
# archive's operator and from the authority.
set -u
export LC_ALL=C
unset GIT_DIR GIT_WORK_TREE GIT_OBJECT_DIRECTORY GIT_CONFIG
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
proof=$(cd "$(dirname "$0")" && pwd) || exit 3
authority=$proof/proof/trust/authority.pem
certificate=$proof/proof/trust/certificate.pem
signers=
for file in "$proof"/proof/trust/signers*; do
	[ ! -f "$file" ] || signers=$file
done
own=yes

path_of() {
	case $1 in
	/*) echo "$1" ;;
	*) echo "$PWD/$1" ;;
	esac
}
while [ $# -gt 0 ]; do
	if [ $# -lt 2 ] || [ ! -r "$2" ]; then
		echo "verify.sh: $1 needs a file" >&2
		exit 2
	fi
	own=
	case $1 in
	--signers) signers=$(path_of "$2") ;;
	--authority) authority=$(path_of "$2") ;;
	--certificate) certificate=$(path_of "$2") ;;
	*)
		echo "usage: sh verify.sh [--signers FILE] [--authority FILE] [--certificate FILE]" >&2
		exit 2
		;;
	esac
	shift 2
done

work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
cd "$proof" || exit 3

refuse() {
	echo "REFUSED: $1" >&2
	exit 1
}
right() {
	echo "right: $1"
}
sum_of() {
	sha256sum <"$1" | cut -d ' ' -f 1
}
# fact NAME: what the proof says of itself; all of it is checked below.
fact() {
	sed -n "s/^$1: //p" proof/facts | head -n 1
}
# member FILE NAME: a text in the JSON of a line that stet wrote.
member() {
	sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p" "$1"
}
# The time of a token, for people and in seconds.
time_of() {
	openssl ts -reply -in "$1" -text 2>/dev/null | sed -n 's/^Time stamp: //p'
}
# stamped DATA TOKEN: a certificate may have ended since the stamp.
stamped() {
	openssl ts -verify -data "$1" -in "$2" -CAfile "$authority" >/dev/null 2>&1 && return
	at=$(date -u -d "$(time_of "$2")" +%s 2>/dev/null) || return
	openssl ts -verify -data "$1" -in "$2" -CAfile "$authority" -attime "$at" >/dev/null 2>&1
}

# chained FILE: whether each certificate is whole and is signed by the next one.
chained() {
	rm -rf "$work/certs"
	mkdir "$work/certs"
	awk -v dir="$work/certs" '/^-----BEGIN/ { n++ } { print >(dir "/" sprintf("%03d", n)) }' "$1"
	below=
	for cert in "$work/certs"/*; do
		openssl x509 -in "$cert" 2>/dev/null | cmp -s - "$cert" || return
		[ -z "$below" ] || openssl verify -partial_chain -no_check_time -trusted "$cert" "$below" >/dev/null 2>&1 || return
		below=$cert
	done
	[ -n "$below" ] || return
	# A root has signed itself.
	[ "$(openssl x509 -in "$below" -noout -issuer_hash)" != "$(openssl x509 -in "$below" -noout -subject_hash)" ] ||
		openssl verify -check_ss_sig -no_check_time -trusted "$below" "$below" >/dev/null 2>&1
}

# 1. Every file is the one of the manifest, and there is no other.
[ "$(wc -l <datapackage.json)" -eq 1 ] || refuse 'datapackage.json is of another kind'
grep -o '"path":"[^"]*","hash":"sha256:[0-9a-f]*"' datapackage.json |
	sed 's/"path":"\([^"]*\)","hash":"sha256:\([0-9a-f]*\)"/\2  \1/' >"$work/sums"
[ -s "$work/sums" ] || refuse 'the manifest lists nothing'
sha256sum --strict --quiet -c "$work/sums" >/dev/null 2>&1 || {
	sha256sum --quiet -c "$work/sums" 2>/dev/null | grep -v ': OK$' >&2
	refuse 'a file is not the one of the manifest'
}
cut -c 67- "$work/sums" | sort >"$work/listed"
find . -type f ! -path ./datapackage.json ! -path ./datapackage-digest.json |
	sed 's,^\./,,' | sort >"$work/there"
cmp -s "$work/listed" "$work/there" || {
	diff "$work/listed" "$work/there" | sed -n 's/^> /not in the manifest: /p' >&2
	refuse 'there are files that the manifest does not have'
}
right "$(wc -l <"$work/listed") files have the digests of the manifest"

# 2. The manifest's digest is signed and that signature time-stamped (WACZ
# Signing and Verification 0.1).
hash=sha256:$(sum_of datapackage.json)
sed 's/.*"signedData"://' datapackage-digest.json >"$work/signed"
grep -q '"signedData":' datapackage-digest.json || refuse 'the manifest is not signed'
sed 's/"signedData".*//' datapackage-digest.json >"$work/digest"
[ "$(member "$work/digest" hash)" = "$hash" ] || refuse 'the manifest has another digest'
[ "$(member "$work/signed" hash)" = "$hash" ] || refuse 'the signature is of another manifest'
member "$work/signed" domainCert | sed 's/\\n/\n/g' | sed '/^$/d' >"$work/chain.pem"
member "$work/signed" signature | tr -d '\n' >"$work/signature.txt"
openssl base64 -d -A <"$work/signature.txt" >"$work/signature"
openssl x509 -in "$work/chain.pem" -noout -pubkey >"$work/key.pem" 2>/dev/null ||
	refuse 'the certificate of the signature cannot be read'
printf %s "$hash" >"$work/hash"
openssl dgst -sha256 -verify "$work/key.pem" -signature "$work/signature" "$work/hash" >/dev/null 2>&1 ||
	refuse 'the signature of the manifest is forged'
member "$work/signed" timeSignature | openssl base64 -d -A >"$work/time"
stamped "$work/signature.txt" "$work/time" || refuse 'the time-stamp of the signature is forged'
openssl verify -CAfile "$certificate" -untrusted "$work/chain.pem" -partial_chain \
	-attime "$(date -u -d "$(time_of "$work/time")" +%s)" "$work/chain.pem" >/dev/null 2>&1 ||
	refuse 'the certificate of the signature is not the one that you trust'
name=$(openssl x509 -in "$work/chain.pem" -noout -subject -nameopt multiline | sed -n 's/^ *commonName *= //p')
[ "$name" = "$(member "$work/signed" domain)" ] || refuse 'the certificate is of another name'
# Not signed are the certificates above and what the signature says of itself:
# they must be whole, and nothing else may be there.
chained "$work/chain.pem" || refuse 'a certificate of the signature is damaged'
member "$work/signed" timestampCert | sed 's/\\n/\n/g' | sed '/^$/d' >"$work/stampers.pem"
chained "$work/stampers.pem" || refuse 'a certificate of the time-stamp is damaged'
openssl verify -CAfile "$authority" -untrusted "$work/stampers.pem" -partial_chain -purpose timestampsign \
	-attime "$(date -u -d "$(time_of "$work/time")" +%s)" "$work/stampers.pem" >/dev/null 2>&1 ||
	refuse 'the certificate of the time-stamp is not the one that you trust'
{
	printf '{"path":"datapackage.json","hash":"%s","signedData":{"hash":"%s",' "$hash" "$hash"
	printf '"created":"%s","software":"stet",' "$(member datapackage.json created)"
	printf '"version":"%s",' "$(sed -n 's,.*"software":"stet/\([^"]*\)".*,\1,p' datapackage.json)"
	printf '"signature":"%s","domain":"%s",' "$(openssl base64 -A -in "$work/signature")" "$name"
	printf '"domainCert":"%s",' "$(member "$work/signed" domainCert)"
	printf '"timeSignature":"%s",' "$(openssl base64 -A -in "$work/time")"
	printf '"timestampCert":"%s"}}\n' "$(member "$work/signed" timestampCert)"
} >"$work/again"
cmp -s "$work/again" datapackage-digest.json || refuse 'datapackage-digest.json is of another kind'
right "'$name' signed the manifest before $(time_of "$work/time")"

# 3. The version is the one of its commit.
commit=$(fact Commit) path=$(fact Path) stamp=$(fact Stamp)
mkdir "$work/git"
git init -q --bare "$work/git" || exit 3
git() {
	command git --git-dir="$work/git" -c core.hooksPath=/dev/null "$@"
}
git index-pack --stdin <proof/objects.pack >/dev/null 2>&1 || refuse 'the objects of git are damaged'
printf '%s\n' "$commit" >"$work/git/shallow"
git rev-parse -q --verify "$commit^{commit}" >/dev/null 2>&1 || refuse 'the commit is not there'
git cat-file blob "$commit:$path" >"$work/version" 2>/dev/null || refuse 'the version is not in the commit'
cmp -s "$work/version" proof/version.md || refuse 'the version is not the one of the commit'
git cat-file commit "$commit" >"$work/commit"
trailer() {
	sed -n "s/^$1: //p" "$work/commit" | tail -n 1
}
[ "$(trailer URL)" = "$(fact URL)" ] || refuse 'the commit is of another address'
right "proof/version.md is version $(trailer Version) of $(trailer URL), commit $commit"

# 4. The commit is in the history of the stamp, which is signed.
command git --git-dir="$work/git" update-ref "refs/tags/$stamp" "$(fact Tag)" 2>/dev/null ||
	refuse 'the stamp is not there'
git rev-list "refs/tags/$stamp" >"$work/history" 2>/dev/null || refuse 'the history has a gap'
[ "$(tail -n 1 "$work/history")" = "$commit" ] || refuse 'the stamp is over another history'
case $signers in
*.asc)
	mkdir -m 700 "$work/gpg"
	GNUPGHOME=$work/gpg
	export GNUPGHOME
	gpg --quiet --batch --import "$signers" 2>/dev/null || refuse 'the OpenPGP key cannot be read'
	git -c gpg.program=gpg verify-tag "$stamp" >/dev/null 2>&1 || refuse 'the signature of the stamp is forged'
	;;
*)
	git -c gpg.format=ssh -c gpg.ssh.program=ssh-keygen -c gpg.ssh.allowedSignersFile="$signers" \
		verify-tag "$stamp" >/dev/null 2>&1 || refuse 'the signature of the stamp is forged'
	;;
esac
git cat-file tag "$stamp" | sed -n '/^-----BEGIN TIME-STAMP-----$/,/^-----END TIME-STAMP-----$/p' |
	grep -v '^-' | openssl base64 -d >"$work/stamp.tsr" 2>/dev/null
git cat-file commit "$(head -n 1 "$work/history")" >"$work/head"
stamped "$work/head" "$work/stamp.tsr" || refuse 'the time-stamp of the stamp is forged'
right "the archive had it, at the latest, at $(time_of "$work/stamp.tsr") ($stamp, $(wc -l <"$work/history") commits)"

# 5. The captured answer is the one that the commit was made of.
record=$(trailer Record)
[ "$(wc -l <indexes/index.cdx)" -eq 1 ] || refuse 'the index is of another kind'
offset=$(member indexes/index.cdx offset) length=$(member indexes/index.cdx length)
tail -c "+$((${offset:-0} + 1))" archive/data.warc.gz | head -c "${length:-0}" | gzip -dc >"$work/record" 2>/dev/null ||
	refuse 'the capture cannot be read'
sed '/^\r$/q' "$work/record" | tr -d '\r' >"$work/head.txt"
skip=$(sed '/^\r$/q' "$work/record" | wc -c)
grep -qxF "WARC-Record-ID: $record" "$work/head.txt" || refuse 'the capture is another'
size=$(sed -n 's/^Content-Length: //p' "$work/head.txt")
tail -c "+$((skip + 1))" "$work/record" | head -c "$size" >"$work/answer"
if grep -q '^Content-Type: application/http' "$work/head.txt"; then
	skip=$(sed '/^\r$/q' "$work/answer" | wc -c)
	tail -c "+$((skip + 1))" "$work/answer" >"$work/body"
else
	cp "$work/answer" "$work/body"
fi
digest=sha1:$(openssl dgst -sha1 -binary <"$work/body" | base32 | tr -d '=\n')
if [ -n "$(trailer Digest)" ]; then
	[ "$digest" = "$(trailer Digest)" ] || refuse 'the captured page is not the one that the commit was made of'
	right "the captured page has the digest in the commit, $digest"
else
	right 'the captured page has the record id in the commit (that names no digest)'
fi

# 6. Where captures were stamped when they were made: this is the time.
if [ -f proof/captures.sha256 ]; then
	grep -qxF "$(sum_of "$work/answer")  $record" proof/captures.sha256 ||
		refuse 'the capture is not in the list of its run'
	stamped proof/captures.sha256 proof/captures.sha256.tsr || refuse 'the time-stamp of the captures is forged'
	right "it was captured, at the latest, at $(time_of proof/captures.sha256.tsr)"
fi

echo
echo "All of it is right. It was vouched for by"
echo "  the signers of '$signers':"
case $signers in
*.asc) gpg --quiet --batch --with-colons --show-keys "$signers" 2>/dev/null | sed -n 's/^fpr:*\([0-9A-F]*\):$/    \1/p' | head -n 1 ;;
*) sed -n 's/^[^ ]* \(.* \)\{0,1\}\(ssh-[^ ]* [^ ]*\|ecdsa-[^ ]* [^ ]*\|sk-[^ ]* [^ ]*\).*/\2/p' "$signers" | ssh-keygen -lf - | sed 's/^/    /' ;;
esac
echo "  the authority of '$authority':"
openssl x509 -in "$authority" -noout -subject -fingerprint -sha256 | sed 's/^/    /'
echo "  the certificate of '$certificate':"
openssl x509 -in "$certificate" -noout -subject -fingerprint -sha256 | sed 's/^/    /'
if [ -n "$own" ]; then
	echo 'These came with the proof: compare them with what their owners say.'
fi
