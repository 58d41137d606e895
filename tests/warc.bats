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

# paths KIND: the paths of the pages that are read of tests/lib/oddwarc's KIND,
# then the status, on one line; what is said goes to the file `said`.
paths() {
	local rc=0
	"$LIB/oddwarc" "$1" >odd
	dump <odd >records 2>said || rc=$?
	jq -r 'select(.type == "response" or .type == "resource") | select(.body == null or (.body | test("burst"))) | .uri | split("/")[-1]' records |
		tr '\n' ' '
	echo "$rc"
}

# Checks "KIND EXPECTED SAID" lines; SAID is a part of what is said, "-" for
# nothing.
each_path() {
	local kind want text got bad=0
	while IFS='|' read -r kind want text; do
		got=$(paths "$kind")
		if [ "$got" != "$want" ]; then
			echo "$kind: '$got', not '$want': $(cat said)"
			bad=1
		elif [ "$text" = - ] && [ -s said ]; then
			echo "$kind says: $(cat said)"
			bad=1
		elif [ "$text" != - ] && ! grep -qF -- "$text" said; then
			echo "$kind says: $(cat said), not '$text'"
			bad=1
		fi
	done
	[ $bad -eq 0 ]
}

@test "a member of gzip frames its record where Content-Length is wrong" {
	each_path <<-'EOF'
	member-short|1 2 3 0|record 2: its member is longer than its Content-Length
	member-long|1 2 3 0|record 2: its member is shorter than its Content-Length
	member-long4|1 2 3 0|record 2: its block is not followed by two line ends
	member-long1|1 2 3 0|record 2: its block is not followed by two line ends
	first-short|1 2 3 0|record 1: its member is longer
	first-long|1 2 3 0|record 1: its member is shorter
	last-short|1 2 3 0|record 3: its member is longer
	last-long|1 2 3 0|record 3: its member is shorter
	zero-member|1 2 3 0|record 2: its member is longer
	no-ends|1 2 3 0|record 3: its block is not followed by two line ends
	bad-member|1 3 1|it has no Content-Length
	bgzip|1 2 3 0|-
	EOF
	paths member-short
	jq -r 'select(.uri == "http://paper.example/2") | .body' records |
		grep -q 'mayor says.$'
}

@test "without a member of its own a wrong Content-Length ends the stream" {
	each_path <<-'EOF'
	plain-short|1 3|record 2 at byte 501: its block does not end where
	plain-long|1 3|record 2 at byte 501: cut
	plain-long1|1 2 3 0|record 2: its block is not followed by two line ends
	whole-short|1 3|its block does not end where
	whole-long|1 3|cut
	zero-plain|1 2 3 0|record 2: its Content-Length is 0 and a body follows
	zero-forged|1 3|its block does not end where
	EOF
	paths plain-long1
	[ "$(jq -r 'select(.uri == "http://paper.example/2") | .length' records)" = \
		"$(jq -r 'select(.uri == "http://paper.example/1") | .length' records)" ]
}

@test "a damaged member is passed over wherever the damage is" {
	local at
	for at in 0 1 2 3 10 11 30 60 -9 -8 -5 -4 -1; do
		paths "damage-$at" >got
		grep -qx '1 3 1' got || { echo "$at: $(cat got)"; false; }
		grep -q 'record 2: .*; bytes [0-9]* to [0-9]* of the file are passed over' said
	done
	[ "$(paths cut-member)" = "1 3 1" ]
	[ "$(paths zstd-damage)" = "1 3 1" ]
}

@test "ARC, zstd and lz4 are told by their bytes" {
	each_path <<-'EOF'
	arc|1 2 3 0|-
	arc-gz|1 2 3 0|-
	arc-whole|1 2 3 0|-
	arc-2|1 2 3 0|-
	arc-bare|1 2 3 0|-
	arc-media|1 2 3 0|-
	arc-blank|a 7 b 1 2 3 0|-
	arc-mixed|1 2 3 0|-
	zstd|1 2 3 0|-
	zstd-whole|1 2 3 0|-
	zstd-dictionary|1 2 3 0|-
	lz4|1 2 3 0|-
	lz4-whole|1 2 3 0|-
	EOF
	paths arc
	jq -se 'any(.uri == "http://paper.example/2" and .date == 1080820800 and .status == 200 and .fields["WARC-IP-Address"] == "192.0.2.7" and (.id | test("^<urn:sha1:[A-Z2-7]{32}>$")))' records
	jq -r .id records >ids
	paths arc-gz
	jq -r .id records | cmp - ids
}

@test "odd headers of other writers are read, and what was mended is said" {
	each_path <<-'EOF'
	blank|1 2 3 0|-
	small|1 2 3 0|-
	no-uri|1 3 1|record 2 at byte 501: it has no WARC-Target-URI
	date-answer|1 0|the answer's own Date is taken
	date-month|1 0|its month is taken
	EOF
	paths date-answer
	[ "$(jq .date records)" -eq 1236357799 ]
	paths date-month
	[ "$(jq .date records)" -eq "$(date -ud 2009-03-01 +%s)" ]
}

@test "a format that is not read is named, with what makes it readable" {
	each_path <<-'EOF'
	bzip2|3|bzip2 -dc FILE
	xz|3|xz -dc FILE
	zip|3|unzip -p FILE
	cdx|3|it is a CDX index
	har|3|har2warc FILE
	page|3|stet extract --html URL FILE
	list|3|stet fetch
	EOF
	for kind in wet wat; do
		"$LIB/oddwarc" $kind >odd
		run -1 --separate-stderr stet-extract <odd
		[ -z "$output" ]
		[[ $stderr == *"it is a ${kind^^} file"* ]]
	done
}

@test "digests in any spelling are compared, and a wrong one is no article" {
	local what
	for what in payload-stored payload-joined payload-decoded block-block; do
		"$LIB/oddwarc" "digest-$what" >odd
		run -0 --separate-stderr stet-extract <odd
		[ "$(grep -c '"event":"article"' <<<"$output")" -eq 6 ]
	done
	for what in payload-other block-other block-joined; do
		"$LIB/oddwarc" "digest-$what" >odd
		run -1 --separate-stderr stet-extract <odd
		[ "$(jq -r '"\(.event) \(.reason)"' <<<"$output" | sort | uniq -c | tr -s ' ')" = " 6 failed digest-mismatch" ]
		[[ $stderr == *"no article at 'http://paper.example/1': digest-mismatch"* ]]
	done
	printf '<rss><channel><item><link>http://a.example/1</link></item></channel></rss>' |
		"$LIB/mkwarc" 2026-05-04T09:00:00Z 200 http://a.example/f |
		sed 's/<link>http/<link>HTTP/' >odd
	run -1 --separate-stderr stet-links <odd
	[ -z "$output" ]
	[[ $stderr == *"its payload is not the one of its WARC-Payload-Digest"* ]]
}

@test "records that are passed over are counted at the end" {
	"$LIB/oddwarc" no-uri >odd
	run -1 --separate-stderr stet-extract <odd
	[[ $stderr == *"1 of 3 records were passed over"* ]]
}
