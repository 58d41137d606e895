# stet-stamp: a signed tag over the newest commit with an authority's time in
# it; and what was tampered with is told from what was not.
load helper
load lib/records
load lib/authority

URL=https://paper.test/2026/01/01/dam

setup_file() {
	authority_make "$BATS_FILE_TMPDIR/tsa"
	authority_make "$BATS_FILE_TMPDIR/other"
	authority_start "$BATS_FILE_TMPDIR/tsa"
}

teardown_file() {
	authority_stop
}

setup() {
	common_setup
	tsa=$BATS_FILE_TMPDIR/tsa
	rm -f "$tsa"/{refuse,other,junk}
	article $URL Dam 'The dam above the old town held.' 2026-01-01T00:00:00Z | stet commit -q a.git | stet mark a.git >/dev/null
	stamping a.git "$tsa"
}

another() {
	article $URL 'Dam broke' 'The dam above the old town broke, it was said.' 2026-01-0${1}T00:00:00Z |
		stet commit -q a.git >/dev/null
}

@test "the newest commit is stamped, once, and the stamp can be checked by hand" {
	run -0 stet stamp a.git
	head=$(git -C a.git rev-parse main)
	[[ $output == stamp/*$'\t'"$head" ]]
	tag=${output%%$'\t'*}
	run -0 stet stamp a.git
	[ -z "$output" ]
	[ "$(git -C a.git tag -l | wc -l)" = 1 ]
	run -0 stet stamp --check a.git
	[ "$output" = "$tag"$'\t'"$head" ]
	# As the man page says it, without stet.
	git -C a.git cat-file tag "$tag" | sed -n '/^-----BEGIN TIME/,/^-----END TIME/p' |
		grep -v '^-' | openssl base64 -d >token
	git -C a.git cat-file commit "$tag^{commit}" >commit
	openssl ts -verify -data commit -in token -CAfile "$tsa/ca.pem"
	echo "stet@stet.invalid $(cat "$tsa/ssh.key.pub")" >signers
	git -C a.git -c gpg.ssh.allowedSignersFile="$PWD/signers" verify-tag "$tag"
	stet verify a.git
	stet index --check a.git
}

@test "--daily: not again on the same day, and after it" {
	stet stamp -q --daily a.git
	another 2
	stet stamp -q --daily a.git
	[ "$(git -C a.git tag -l | wc -l)" = 1 ]
	tag=$(git -C a.git tag -l)
	# The same tag, as it would be two days ago.
	git -C a.git cat-file tag "$tag" | sed "s/^\(tagger .*> \)[0-9]*/\1$(($(date +%s) - 172800))/" >old
	git -C a.git update-ref "refs/tags/$tag" "$(git -C a.git hash-object -t tag -w --stdin <old)"
	sleep 1
	stet stamp -q --daily a.git
	[ "$(git -C a.git tag -l | wc -l)" = 2 ]
}

@test "OpenPGP signs too" {
	export GNUPGHOME=$PWD/gpg
	mkdir -m 700 gpg
	gpg --batch --quiet --pinentry-mode loopback --passphrase '' \
		--quick-generate-key 'Desk <desk@paper.test>' ed25519 sign never 2>/dev/null
	git -C a.git config stet.signFormat openpgp
	git -C a.git config stet.signKey desk@paper.test
	run -0 stet stamp a.git
	run -0 stet stamp --check a.git
	[ -n "$output" ]
	gpgconf --kill all
}

@test "nothing is written when the authority or the key fail" {
	nothing() {
		[ -z "$(git -C a.git for-each-ref refs/tags)" ]
	}
	touch "$tsa/refuse"
	run -1 --separate-stderr stet stamp a.git
	[[ $stderr == *"no time-stamp from '$TSA_URL'"*503* ]] && nothing
	rm "$tsa/refuse" && touch "$tsa/junk"
	run -1 --separate-stderr stet stamp a.git
	[[ $stderr == *"gave no time-stamp"* ]] && nothing
	rm "$tsa/junk" && touch "$tsa/other"
	run -1 stet stamp a.git
	nothing
	rm "$tsa/other"
	git -C a.git config stet.timestampCa "$BATS_FILE_TMPDIR/other/ca.pem"
	run -1 --separate-stderr stet stamp a.git
	[[ $stderr == *"no time-stamp that '$BATS_FILE_TMPDIR/other/ca.pem' vouches for"* ]] && nothing
	git -C a.git config stet.timestampUrl http://127.0.0.1:1/
	run -1 stet stamp a.git
	nothing
	git -C a.git config stet.signKey /nowhere
	run -2 --separate-stderr stet stamp a.git
	[[ $stderr == *"/nowhere"* ]] && nothing
	for key in signKey timestampUrl timestampCa; do
		git -C a.git config --unset stet.$key
		run -2 --separate-stderr stet stamp a.git
		[[ $stderr == *"stet.$key is not set"* ]] && nothing
	done
	run -2 stet stamp
	run -2 stet stamp nowhere.git
	run -2 stet stamp --no-such a.git
}

@test "a forged stamp is told: its token, its signature, its commit" {
	stet stamp -q a.git
	tag=$(git -C a.git tag -l)
	git -C a.git cat-file tag "$tag" >good
	# forged FILE: the tag has these bytes instead.
	forged() {
		git -C a.git update-ref "refs/tags/$tag" "$(git -C a.git hash-object -t tag -w --literally --stdin <"$1")"
		run -1 --separate-stderr stet stamp --check a.git
		[[ $stderr == *"'$tag' is not what it should be"* ]]
	}
	sed 's/^The archive as/The archives as/' good >text
	forged text
	another 2
	sed "s/^object .*/object $(git -C a.git rev-parse main)/" good >commit
	forged commit
	grep -v '^[A-Za-z0-9+/=]\{64\}$' good >token
	forged token
	sed '/BEGIN SSH/,$d' good >unsigned
	forged unsigned
	# Signed anew by the right key, but the token is of another commit.
	sed '/BEGIN SSH/,$d' good | sed '1,/^$/d' >message
	git -C a.git tag -d "$tag" >/dev/null
	git -C a.git -c gpg.format=ssh -c user.signingkey="$tsa/ssh.key" \
		-c user.name=stet -c user.email=stet@stet.invalid tag -s -F "$PWD/message" "$tag" main
	run -1 stet stamp --check a.git
	# Another key and another authority.
	git -C a.git update-ref "refs/tags/$tag" "$(git -C a.git hash-object -t tag -w --stdin <good)"
	run -0 stet stamp --check a.git
	ssh-keygen -q -t ed25519 -N '' -f other.key
	git -C a.git config stet.signKey "$PWD/other.key"
	run -1 stet stamp --check a.git
	git -C a.git config stet.signKey "$tsa/ssh.key"
	git -C a.git config stet.timestampCa "$BATS_FILE_TMPDIR/other/ca.pem"
	run -1 stet stamp --check a.git
}

@test "an archive's configuration starts no program" {
	for key in gpg.program gpg.ssh.program gpg.openpgp.program gpg.ssh.defaultKeyCommand core.sshCommand core.editor; do
		git -C a.git config "$key" "$PWD/evil"
	done
	printf '#!/bin/sh\ntouch %s/ran\nexit 1\n' "$PWD" >evil
	chmod +x evil
	mkdir -p a.git/hooks && cp evil a.git/hooks/reference-transaction
	run -0 stet stamp a.git
	run -0 stet stamp --check a.git
	[ ! -e ran ]
}

@test "stet run stamps the day, and its captures when they are made" {
	mkdir -p www
	start_nginx
	for n in 1 2; do
		printf '<title>Dam %s</title><article><h1>Dam %s</h1><p>The dam above the old town held in the night, the mayor said.<p>It had rained for days.</article>' $n $n >www/$n.html
	done
	stet init --contact desk@paper.test news.git 2>/dev/null
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
	git -C news.git config stet.warc kept
	git -C news.git config source.paper.feed "$SITE_URL/feed.rss"
	printf '<rss version="2.0"><channel><title>Paper</title>%s</channel></rss>' "$(printf \
		"<item><title>Dam %s</title><link>$SITE_URL/%s.html</link></item>" 1 1 2 2)" >www/feed.rss
	stamping news.git "$tsa"
	git -C news.git config stet.stamp true
	git -C news.git config stet.stampCaptures true
	stet run news.git
	[ "$(git -C news.git tag -l 'stamp/*' | wc -l)" = 1 ]
	list=$(ls kept/*.warc.sha256)
	openssl ts -verify -data "$list" -in "$list.tsr" -CAfile "$tsa/ca.pem"
	[ "$(wc -l <"$list")" = "$(grep -ac '^WARC-Type: response' "${list%.sha256}")" ]
	# Each digest is that of the answer as it is kept.
	python3 - "${list%.sha256}" "$list" <<-'PY'
	import hashlib, re, sys
	data, listed = open(sys.argv[1], "rb").read(), dict(l.split("  ")[::-1] for l in open(sys.argv[2]).read().splitlines())
	at = found = 0
	while at < len(data):
	    end = data.index(b"\r\n\r\n", at) + 4
	    head = data[at:end].decode()
	    block = data[end:end + int(re.search(r"Content-Length: (\d+)", head)[1])]
	    if "WARC-Type: response" in head:
	        assert listed[re.search(r"WARC-Record-ID: (\S+)", head)[1]] == hashlib.sha256(block).hexdigest()
	        found += 1
	    at = end + len(block) + 4
	assert found == len(listed) > 0
	PY
	# A second run has nothing to say, and an authority that is away is told of.
	touch "$tsa/refuse"
	stet run news.git
	[ "$(git -C news.git tag -l 'stamp/*' | wc -l)" = 1 ]
	git -C news.git tag -d "$(git -C news.git tag -l)" >/dev/null
	run -1 --separate-stderr stet run news.git
	[[ $stderr == *"no time-stamp from"* ]]
}
