#!/usr/bin/env bats
# The WARC reader on what other programs write, through build/lib/warcdump.

load helper

dump() {
	"$BUILD/lib/warcdump" "$@"
}

# Fetches pages from nginx with wget into NAME.warc, or NAME.warc.gz.
wget_warc() {
	local name=$1
	shift
	wget -q --warc-file="$name" --no-warc-digests "$@" \
		-O /dev/null "$SITE_URL/a.html" "$SITE_URL/b.html" \
		"$SITE_URL/none.html" || true
}

make_pages() {
	mkdir -p www
	printf '<title>Dam</title><p>It burst.' >www/a.html
	for i in $(seq 500); do
		printf '<p>WARC/1.0\r\n\r\nparagraph %d' "$i"
	done >www/b.html
}

@test "reads wget's WARC, plain and with a member a record" {
	make_pages
	start_nginx 'gzip on; gzip_min_length 100; gzip_http_version 1.0;'
	wget_warc plain --no-warc-compression
	wget_warc packed --header='Accept-Encoding: gzip'
	run -0 bash -c '"$BUILD/lib/warcdump" <plain.warc | jq -r "select(.type == \"response\") | \"\(.status) \(.decoded) \(.body|length)\""'
	[ "${lines[0]}" = "200 whole 30" ]
	[ "${lines[1]}" = "200 whole $(wc -c <www/b.html)" ]
	[[ ${lines[2]} == "404 whole "* ]]
	run -0 bash -c '"$BUILD/lib/warcdump" <packed.warc.gz | jq -r "select(.type == \"response\") | \"\(.status) \(.decoded) \(.body|length) \(.fields|has(\"WARC-Target-URI\"))\""'
	[ "${lines[0]}" = "200 whole 30 true" ]
	[ "${lines[1]}" = "200 whole $(wc -c <www/b.html) true" ]
}

@test "reads wget's chunked response" {
	make_pages
	start_nginx 'location /b.html { ssi on; chunked_transfer_encoding on; gzip on; gzip_min_length 1; }'
	wget -q --warc-file=chunked --no-warc-compression -O /dev/null \
		--header='Accept-Encoding: gzip' "$SITE_URL/b.html"
	grep -aq '^Transfer-Encoding: chunked' chunked.warc
	grep -aq '^Content-Encoding: gzip' chunked.warc
	dump <chunked.warc >records
	jq -j 'select(.type == "response") | .body' records | cmp - www/b.html
}

@test "files of each kind one behind the other are one stream" {
	dump <"$FIXTURES/capture.warc" >one
	gzip -c "$FIXTURES/capture.warc" >whole.warc.gz
	cat "$FIXTURES/capture.warc" whole.warc.gz "$FIXTURES/capture.warc" \
		whole.warc.gz whole.warc.gz >all
	dump <all >five
	for _ in 1 2 3 4 5; do cat one; done | cmp - five
	cat all | dump | cmp - five
}

@test "a cut is an error wherever it is, and gives no half record" {
	head -c 6000 "$FIXTURES/capture.warc" >plain
	gzip -c "$FIXTURES/capture.warc" >whole.gz
	dump <"$FIXTURES/capture.warc" >one
	local wrong=0 len
	for len in $(seq 1 61 6000); do
		head -c "$len" plain >cut
		rc=0
		dump <cut >records 2>message || rc=$?
		[ "$rc" -eq 3 ] || wrong=$((wrong + 1))
		head -n "$(wc -l <records)" one | cmp -s - records ||
			wrong=$((wrong + 1))
		grep -q '^warcdump: record [0-9]* at byte [0-9]*: ' message ||
			wrong=$((wrong + 1))
	done
	for len in $(seq 1 331 "$(($(wc -c <whole.gz) - 1))"); do
		head -c "$len" whole.gz >cut
		rc=0
		dump <cut >records 2>/dev/null || rc=$?
		[ "$rc" -eq 3 ] || wrong=$((wrong + 1))
	done
	[ "$wrong" -eq 0 ]
}

@test "a block over the limit is passed over, the next record read" {
	run -1 --separate-stderr dump 2600 <"$FIXTURES/capture.warc"
	[[ $stderr == *"its block of "*" bytes is over the limit of 2600"* ]]
	dump <"$FIXTURES/capture.warc" | jq -c 'select(.length <= 2600)' |
		cmp - <(printf '%s\n' "$output" | jq -c .)
}

@test "damage in the middle ends the stream" {
	cp "$FIXTURES/capture.warc" bad
	printf 'X' | dd of=bad bs=1 seek=20000 conv=notrunc status=none
	dump <bad >/dev/null # inside a block: nobody can see it
	sed 's/^Content-Length: \(....\)\r$/Content-Length: 1\1\r/' \
		"$FIXTURES/capture.warc" >bad
	run -3 --separate-stderr dump <bad
	[[ $stderr == *"does not end where Content-Length says"* ||
		$stderr == *"cut: "* ]]
}
