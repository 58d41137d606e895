# stet-prove: a version in one file that git, openssl and the usual tools check
# without stet; every part is forged in turn, and refused.
load helper
load lib/authority

URL=https://gazette.example/2026/03/02/kittiwake-ferry

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	authority_make tsa
	authority_make other
	authority_start "$PWD/tsa"
	mkdir kept
	cp "$FIXTURES/capture.warc" kept/a.warc
	stet extract <kept/a.warc | stet commit --quiet news.git >receipts
	git -C news.git config stet.warc "$PWD/kept"
	stamping news.git "$PWD/tsa"
	proving news.git "$PWD/tsa"
	stet export --digests news.git >kept/a.warc.sha256
	stet stamp -q --file kept/a.warc.sha256 news.git
	stet prove news.git "$URL" 2 >bundle.wacz
	python3 -m zipfile -e bundle.wacz unpacked
}

teardown_file() {
	authority_stop
}

setup() {
	common_setup
	here=$BATS_FILE_TMPDIR
	bundle=$here/bundle.wacz
}

# unpack [FILE]: into x; the proof that was made first, unless another is named.
unpack() {
	rm -rf x
	if [ $# -gt 0 ]; then
		python3 -m zipfile -e "$1" x
	else
		cp -r "$here/unpacked" x
	fi
}

# check [OPTION...]: without stet on the path.
check() {
	! PATH=/usr/bin:/bin command -v stet-export >/dev/null
	env -i PATH=/usr/bin:/bin HOME="$PWD" sh x/verify.sh "$@"
}

# trust DIR: what somebody had from the owners beforehand.
trust() {
	echo "* $(cat "$1/ssh.key.pub")" >signers
	trusted=(--signers signers --authority "$1/ca.pem" --certificate "$1/prove.pem")
}

refused() {
	run -1 --separate-stderr check "${trusted[@]}"
	[[ $stderr == *"REFUSED: "*"$1"* ]] || { echo "$stderr"; return 1; }
}

# seal [DIR]: makes the manifest and its signature anew, as somebody could who
# has the keys of DIR.
seal() {
	local keys=${1:-$here/tsa}
	python3 - <<-'PY'
	import hashlib, json, os
	package = json.load(open("x/datapackage.json"))
	listed = []
	for folder, _, names in os.walk("x"):
	    for name in names:
	        path = os.path.relpath(os.path.join(folder, name), "x")
	        if not path.startswith("datapackage"):
	            data = open("x/" + path, "rb").read()
	            listed.append({"name": name, "path": path, "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "bytes": len(data)})
	package["resources"] = listed
	text = json.dumps(package, separators=(",", ":")) + "\n"
	open("x/datapackage.json", "w").write(text)
	open("hash", "w").write("sha256:" + hashlib.sha256(text.encode()).hexdigest())
	PY
	openssl dgst -sha256 -sign "$keys/prove.key" hash | openssl base64 -A >signature
	openssl ts -query -data signature -sha256 -cert -out query 2>/dev/null
	openssl ts -reply -config "$here/tsa/ts.conf" -queryfile query -out signature.tsr 2>/dev/null
	python3 - "$keys/prove.pem" <<-'PY'
	import base64, json, sys
	digest = json.load(open("x/datapackage-digest.json"))
	digest["hash"] = digest["signedData"]["hash"] = open("hash").read()
	digest["signedData"]["signature"] = open("signature").read()
	digest["signedData"]["timeSignature"] = base64.b64encode(open("signature.tsr", "rb").read()).decode()
	digest["signedData"]["domainCert"] = open(sys.argv[1]).read()
	open("x/datapackage-digest.json", "w").write(json.dumps(digest, separators=(",", ":")) + "\n")
	PY
}

@test "a proof is checked without stet, by what it brings and by what one has" {
	unpack
	run -0 check
	[[ $output == *"right: proof/version.md is version 2 of $URL"* ]]
	[[ $output == *"right: it was captured, at the latest, at "* ]]
	[[ $output == *"These came with the proof"* ]]
	trust "$here/tsa"
	run -0 check "${trusted[@]}"
	[[ $output != *"These came with the proof"* ]]
	stet show "$here/news.git" $URL 2 >shown
	grep -qF "$(sed -n 's/^title: "\(.*\)"$/\1/p' x/proof/version.md)" shown
	grep -q 'Twenty-one people' x/index.html
}

@test "it is a package as any other, with a signature that others can check" {
	run -0 "$LIB/waczcheck" "$bundle"
	[ "$output" = '1 captures, 1 pages' ]
	unpack
	jq -j .hash x/datapackage-digest.json >hash
	jq -j .signedData.signature x/datapackage-digest.json >signature
	[ "$(jq -r .signedData.hash x/datapackage-digest.json)" = "$(cat hash)" ]
	[ "$(jq -r .signedData.domain x/datapackage-digest.json)" = archive.tsa.example ]
	# Nothing but what the standard lists.
	[ "$(jq -c '.signedData | keys' x/datapackage-digest.json)" = \
		'["created","domain","domainCert","hash","signature","software","timeSignature","timestampCert","version"]' ]
	jq -r .signedData.domainCert x/datapackage-digest.json | openssl x509 -noout -pubkey >key.pem
	base64 -d signature >signature.der
	openssl dgst -sha256 -verify key.pem -signature signature.der hash
	jq -r .signedData.timeSignature x/datapackage-digest.json | base64 -d >token
	jq -r .signedData.timestampCert x/datapackage-digest.json >chain.pem
	openssl ts -verify -data signature -in token -CAfile "$here/tsa/ca.pem"
	# The chain goes from the one that stamped to a root.
	[ "$(grep -c BEGIN chain.pem)" = 2 ]
	openssl x509 -in chain.pem -noout -subject | grep -q 'Stamps of tsa'
	openssl verify -CAfile "$here/tsa/ca.pem" -purpose timestampsign chain.pem
}

@test "any byte of any file that is changed is told" {
	trust "$here/tsa"
	unpack
	find x -type f ! -name verify.sh ! -name datapackage-digest.json >files
	while IFS= read -r file; do
		unpack
		python3 - "$file" <<-'PY'
		import sys
		data = bytearray(open(sys.argv[1], "rb").read())
		data[len(data) // 2] ^= 1
		open(sys.argv[1], "wb").write(data)
		PY
		run check "${trusted[@]}"
		[[ $status -eq 1 && $output == *REFUSED* ]] || { echo "$file: $output"; return 1; }
	done <files
	# All along the one file that is in no manifest; but in a token some
	# bytes are nobody's, as whether it was granted in one way or another.
	size=$(wc -c <"$here/unpacked/datapackage-digest.json")
	read -r from to < <(grep -bo '"timeSignature":"[^"]*' "$here/unpacked/datapackage-digest.json" |
		awk -F : '{ print $1 + 16, $1 + length($0) }')
	for ((at = 0; at < size; at += 1 + size / 16)); do
		((at < from || at > to)) || continue
		unpack
		python3 - $at <<-'PY'
		import sys
		data = bytearray(open("x/datapackage-digest.json", "rb").read())
		data[int(sys.argv[1])] ^= 1
		open("x/datapackage-digest.json", "wb").write(data)
		PY
		run check
		[[ $status -eq 1 && $output == *REFUSED* ]] || { echo "byte $at: $output"; return 1; }
	done
	unpack
	echo more >x/proof/more
	refused 'there are files that the manifest does not have'
	for file in datapackage.json proof/version.md proof/objects.pack; do
		unpack
		rm "x/$file"
		run -1 check "${trusted[@]}"
	done
}

@test "what was changed later is told, even when it is sealed with the right keys" {
	trust "$here/tsa"
	unpack && seal
	check "${trusted[@]}" >/dev/null
	# The text.
	unpack && sed -i 's/Twenty-one/Twelve/' x/proof/version.md && seal
	refused 'the version is not the one of the commit'
	# The page, its record, its place.
	unpack
	python3 - <<-'PY'
	import gzip, json, re
	line = open("x/indexes/index.cdx").read().split(" ", 2)
	entry = json.loads(line[2])
	data = open("x/archive/data.warc.gz", "rb").read()
	at, size = int(entry["offset"]), int(entry["length"])
	record = gzip.decompress(data[at:at + size]).replace(b"Twenty-one people", b"Twenty-two people")
	packed = gzip.compress(record)
	entry["length"] = str(len(packed))
	open("x/archive/data.warc.gz", "wb").write(data[:at] + packed + data[at + size:])
	open("x/indexes/index.cdx", "w").write(" ".join(line[:2]) + " " + json.dumps(entry, separators=(",", ":")) + "\n")
	PY
	seal
	refused 'the captured page is not the one that the commit was made of'
	unpack && sed -i 's/"offset":"[0-9]*"/"offset":"0"/' x/indexes/index.cdx && seal
	refused 'the capture'
}

@test "so are the list of captures, the facts and the history" {
	trust "$here/tsa"
	# The list of captures, its token.
	unpack && sed -i '1s/^./0/;2s/^./0/' x/proof/captures.sha256 && seal
	refused 'the time-stamp of the captures is forged'
	unpack && sed -i 1,99d x/proof/captures.sha256 && seal
	refused 'the capture is not in the list of its run'
	unpack && cp "$here/tsa/ca.pem" x/proof/captures.sha256.tsr && seal
	refused 'the time-stamp of the captures is forged'
	# The facts.
	unpack && sed -i "s,^Path: .*,Path: $(git -C "$here/news.git" ls-tree -r --name-only main | tail -n 1)," x/proof/facts && seal
	refused 'the version is not in the commit'
	unpack && sed -i 's,^URL: .*,URL: https://gazette.example/other,' x/proof/facts && seal
	refused 'the commit is of another address'
	unpack && sed -i "s/^Commit: .*/Commit: $(git -C "$here/news.git" rev-parse main~1)/" x/proof/facts && seal
	run -1 check "${trusted[@]}"
	unpack && sed -i "s/^Tag: .*/Tag: $(git -C "$here/news.git" rev-parse main)/" x/proof/facts && seal
	refused 'stamp'
	unpack && head -c 500 x/proof/objects.pack >short && mv short x/proof/objects.pack && seal
	refused 'the objects of git are damaged'
	# A history without a commit in between.
	unpack
	git -C "$here/news.git" rev-list --objects main | cut -d' ' -f1 |
		grep -v "$(git -C "$here/news.git" rev-parse main~1)" | cat - <(sed -n 's/^Tag: //p' x/proof/facts) |
		git -C "$here/news.git" pack-objects -q --stdout >x/proof/objects.pack
	seal
	refused 'the history has a gap'
}

@test "another's keys are told: of the manifest, the stamp and the authority" {
	trust "$here/tsa"
	git clone -q --bare "$here/news.git" a.git
	git -C a.git tag -d "$(git -C a.git tag -l)" >/dev/null
	git -C a.git config stet.warc "$here/kept"
	stamping a.git "$here/tsa"
	mkdir thief
	proving a.git "$PWD/thief"
	stet prove -q a.git $URL 2 >forged.wacz
	unpack forged.wacz
	check >/dev/null
	refused 'the certificate of the signature is not the one that you trust'
	proving a.git "$PWD/thief"
	git -C a.git config stet.proveKey "$here/tsa/prove.key"
	git -C a.git config stet.proveCert "$here/tsa/prove.pem"
	ssh-keygen -q -t ed25519 -N '' -C '' -f thief/ssh.key
	git -C a.git tag -d "$(git -C a.git tag -l)" >/dev/null
	git -C a.git config stet.signKey "$PWD/thief/ssh.key"
	stet prove -q a.git $URL 2 >forged.wacz
	unpack forged.wacz
	check >/dev/null
	refused 'the signature of the stamp is forged'
	# The stamps of another authority.
	authority_stop
	authority_start "$here/other"
	git -C a.git tag -d "$(git -C a.git tag -l)" >/dev/null
	stamping a.git "$here/tsa"
	git -C a.git config stet.timestampCa "$here/other/ca.pem"
	mkdir alone && cp "$FIXTURES/capture.warc" alone/
	stet prove -q --kept alone a.git $URL 2 >forged.wacz
	authority_stop
	unpack forged.wacz
	check >/dev/null
	[ ! -e x/proof/captures.sha256 ]
	refused 'the time-stamp of the signature is forged'
}

@test "with OpenPGP, too; and without captures that were stamped" {
	export GNUPGHOME=$PWD/gpg
	mkdir -m 700 gpg alone
	cp "$FIXTURES/capture.warc" alone/
	authority_start "$here/tsa"
	gpg --batch --quiet --pinentry-mode loopback --passphrase '' \
		--quick-generate-key 'Desk <desk@paper.test>' ed25519 sign never 2>/dev/null
	cp -r "$here/news.git" a.git
	git -C a.git tag -d "$(git -C a.git tag -l)" >/dev/null
	git -C a.git config stet.timestampUrl "$TSA_URL"
	git -C a.git config stet.signFormat openpgp
	git -C a.git config stet.signKey desk@paper.test
	stet prove -q --kept alone a.git $URL >gpg.wacz
	authority_stop
	gpg --armor --export desk@paper.test >signers.asc
	gpgconf --kill all
	unset GNUPGHOME
	unpack gpg.wacz
	run -0 check --signers signers.asc
	[[ $output == *"is version 3 of $URL"* ]]
	trust "$here/tsa"
	refused 'the signature of the stamp is forged'
}

@test "what cannot be proved is told" {
	run -2 --separate-stderr bash -c 'stet prove "$1" >/dev/null' _ "$here/news.git"
	run -1 --separate-stderr bash -c 'stet prove "$1" https://nowhere.example/ >out' _ "$here/news.git"
	[[ $stderr == *"no article 'https://nowhere.example/'"* ]]
	run -1 --separate-stderr bash -c 'stet prove "$1" "$2" 99 >out' _ "$here/news.git" $URL
	[[ $stderr == *"it has 3 versions"* ]]
	mkdir empty
	run -1 --separate-stderr bash -c 'stet prove --kept empty "$1" "$2" 2 >out' _ "$here/news.git" $URL
	[[ $stderr == *"no such capture is kept in 'empty'"* ]]
	git clone -q --bare "$here/news.git" a.git
	run -2 --separate-stderr bash -c 'stet prove a.git "$1" 2 >out' _ $URL
	[[ $stderr == *"stet.proveKey is not set"* ]]
	run -2 bash -c 'stet prove --nonsense a.git x >out'
}
