# stet export --warc and --wacz: the kept captures, as other people's tools and
# replay viewers read them.
load helper
load lib/browser

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	mkdir kept
	cp "$FIXTURES/capture.warc" kept/a.warc
	stet extract <kept/a.warc | stet commit --quiet news.git >receipts
	git -C news.git config stet.warc "$PWD/kept"
	if scripts=$(cd "$ROOT" && scripts/npm-tools 2>&1); then
		touch npm
	else
		echo "# $scripts" >&3
	fi
	browser_start
}

teardown_file() {
	browser_stop
}

setup() {
	common_setup
	archive=$BATS_FILE_TMPDIR/news.git
	url=https://gazette.example/2026/03/02/kittiwake-ferry
}

head_of() {
	git -C "$1" rev-parse main
}

@test "--warc: all that is kept, as it was, and the same archive again" {
	stet export --warc "$archive" >out.warc
	# But for the first record, which says who wrote the file.
	grep -abo '^WARC/1.1' "$FIXTURES/capture.warc" | sed -n 's/:.*//; 2p' >second
	tail -c "+$(($(cat second) + 1))" "$FIXTURES/capture.warc" | cmp - out.warc
	stet extract <out.warc | stet commit --quiet again.git >receipts
	[ "$(head_of again.git)" = "$(head_of "$archive")" ]
}

@test "a part of it: by source, host, time, address and version" {
	urls() {
		stet export --warc "$@" | tr -d '\r' | grep -a '^WARC-Target-URI: ' | sort -u
	}
	count() {
		stet export --warc "$@" | grep -ac '^WARC-Type: response'
	}
	[[ $(urls --source courier "$archive") == *courier.example* ]]
	[[ $(urls --source courier "$archive") != *gazette.example* ]]
	[ "$(urls --host courier.example "$archive")" = "$(urls --source courier "$archive")" ]
	[ "$(urls "$archive" "$url")" = "WARC-Target-URI: $url" ]
	[ "$(count --since 2026-03-04 "$archive" "$url")" -gt 0 ]
	[ $(($(count --since 2026-03-04 "$archive") + $(count --until 2026-03-04 "$archive"))) = "$(count "$archive")" ]
	# The capture that version 2 was made of, with its request.
	stet export --warc "$archive" "$url" 2 >two.warc
	[ "$(grep -ac '^WARC-Type: ' two.warc)" = 2 ]
	id=$(git -C "$archive" log --format='%(trailers:key=Version,valueonly,separator=) %(trailers:key=Record,valueonly,separator=)' \
		-- "$(stet log --json "$archive" "$url" | jq -r .path | head -n 1)" | sed -n 's/^2 //p')
	grep -aqF "WARC-Record-ID: $id" two.warc
	[ "$(stet export --warc "$archive" "$url" latest | grep -ac '^WARC-Type: response')" = 1 ]
	run -1 --separate-stderr stet export --warc "$archive" "$url" 99
	[[ $stderr == *"it has 3 versions"* ]]
	run -1 stet export --warc "$archive" https://nowhere.example/
	run -1 --separate-stderr stet export --warc --until 2001-01-01 "$archive"
	[[ $stderr == *"no such capture is kept in"* ]]
}

@test "captures are read from any folder, compressed or not, damaged ones too" {
	mkdir kept
	gzip <"$FIXTURES/capture.warc" >kept/a.warc.gz
	stet export --warc --kept kept "$archive" | grep -ac '^WARC-Type: response' >whole
	stet export --warc "$archive" | grep -ac '^WARC-Type: response' | cmp - whole
	head -c 20000 "$FIXTURES/capture.warc" >kept/b.warc
	echo junk >kept/c.txt
	run -0 --separate-stderr bash -c 'stet export --warc --kept kept "$1" >out.warc' _ "$archive"
	[[ $stderr == *"kept/b.warc"* ]]
	run -3 stet export --warc --kept nowhere "$archive"
	git clone -q --bare "$archive" clone.git
	run -2 --separate-stderr stet export --warc clone.git
	[[ $stderr == *"no captures are kept"* ]]
}

@test "--digests: the SHA-256 of the answers, of a file too" {
	stet export --digests "$archive" >sums
	[ "$(wc -l <sums)" = "$(stet export --warc "$archive" | grep -ac '^WARC-Type: response')" ]
	stet export --digests --kept "$BATS_FILE_TMPDIR/kept/a.warc" "$archive" | cmp - sums
	stet export --warc "$archive" "$url" 2 >two.warc
	length=$(tr -d '\r' <two.warc | grep -a '^Content-Length: ' | sed -n '2s/.*: //p')
	tail -c "$((length + 4))" two.warc | head -c "$length" | sha256sum | cut -d' ' -f1 >sum
	stet export --digests "$archive" "$url" 2 | cut -d' ' -f1 | cmp - sum
}

@test "--wacz: a package whose parts say the truth of each other" {
	run -0 stet export --wacz out.wacz "$archive"
	[ "$output" = "sha256:$(python3 -c 'import zipfile; print(zipfile.ZipFile("out.wacz").read("datapackage.json").decode(), end="")' | sha256sum | cut -d' ' -f1)" ]
	stet export --warc "$archive" >out.warc
	run -0 "$LIB/waczcheck" out.wacz
	[ "$output" = "$(grep -ac '^WARC-Type: response' out.warc) captures, $(git -C "$archive" log --format=%B main | grep -c '^Record: ') pages" ]
	# The same again at the same time: whoever signs can make it twice.
	STET_NOW=2026-04-01 stet export --wacz a.wacz "$archive"
	STET_NOW=2026-04-01 stet export --wacz b.wacz "$archive"
	cmp a.wacz b.wacz
	run -2 stet export --wacz out.wacz "$archive"
	run -1 stet export --wacz none.wacz "$archive" https://nowhere.example/
	[ ! -e none.wacz ]
	run -2 stet export --add . "$archive"
	mkdir more
	echo hello >more/read.txt
	echo '{"hash":"x"}' >signed
	stet export --wacz more.wacz --add more --signed signed "$archive" "$url" 1
	run -0 "$LIB/waczcheck" more.wacz
	[ "$output" = '1 captures, 1 pages' ]
	[ "$(python3 -m zipfile -e more.wacz x && cat x/read.txt)" = hello ]
	[ "$(jq -r .signedData.hash x/datapackage-digest.json)" = x ]
}

@test "the keys of the index are those of other makers" {
	[ -e "$BATS_FILE_TMPDIR/npm" ] || skip 'no npm'
	mkdir kept
	for address in 'https://www.Paper.example/A/B.html?b=2&a=1&b=1' \
		'http://www2.paper.example:8080/x' https://paper.example/ \
		'https://a.b.paper.example/2026/03/%C3%A9t%C3%A9?x' 'http://127.0.0.1:99/a'; do
		"$LIB/mkwarc" 2026-03-01T00:00:00Z 200 "$address" <<<'<p>x' >>kept/a.warc
	done
	stet export --wacz out.wacz --kept kept "$archive" >/dev/null
	python3 -m zipfile -e out.wacz x
	node "$LIB/surt.mjs" "$ROOT/build/npm/node_modules" <x/indexes/index.cdx
	node "$LIB/warcio.mjs" "$ROOT/build/npm/node_modules" x/archive/data.warc.gz | grep -c '^response' | grep -qx 5
}

@test "a replay viewer opens it and shows the page" {
	[ -e "$BATS_FILE_TMPDIR/npm" ] || skip 'no npm'
	mkdir -p www/replay
	cp "$ROOT"/build/npm/replaywebpage/{ui,sw}.js www/
	cp www/sw.js www/replay/
	stet export --wacz www/out.wacz "$archive"
	cat >www/index.html <<-EOT
	<!DOCTYPE html><title>Replay</title><script src="ui.js"></script>
	<replay-web-page source="/out.wacz" url="$url" ts="20260302060000" replayBase="/replay/" embed="replayonly"></replay-web-page>
	EOT
	start_nginx 'types { text/html html; application/javascript js; application/wacz wacz; }'
	browse "$SITE_URL/"
	# All text in frames and shadows.
	text='const walk = root => [...root.querySelectorAll("*")].flatMap(e => [
		...(e.shadowRoot ? walk(e.shadowRoot) : []),
		...(e.contentDocument ? [e.contentDocument.body?.innerText ?? "", ...walk(e.contentDocument)] : [])]);
		return walk(document).join("\n")'
	for _ in $(seq 150); do
		[[ $(script "$text") != *"Twelve people"* ]] || return 0
		sleep 0.1
	done
	script "$text"
	return 1
}
