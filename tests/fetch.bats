# stet-fetch against a real nginx, and against a server that does everything
# that a client has to survive.
load helper

setup_file() {
	mkdir -p "$BATS_FILE_TMPDIR/tls"
	cd "$BATS_FILE_TMPDIR/tls" || return 1
	make_certificates >/dev/null 2>&1
}

setup() {
	common_setup
}

teardown() {
	stop_nginx
	[ -z "${HOSTILE_PID:-}" ] || kill "$HOSTILE_PID" 2>/dev/null || true
}

# An authority of our own, a good certificate, an expired and a self-signed one.
make_certificates() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=test-ca \
		-keyout ca.key -out ca.pem
	openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out csr.pem
	printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >ext
	openssl x509 -req -in csr.pem -CA ca.pem -CAkey ca.key -CAcreateserial \
		-days 30 -extfile ext -out good.pem
	openssl x509 -req -in csr.pem -CA ca.pem -CAkey ca.key -CAcreateserial \
		-days -1 -extfile ext -out expired.pem
	openssl req -x509 -key key.pem -days 30 -subj /CN=localhost \
		-addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -out self.pem
}

# start_hostile [CERT]: sets HPORT, H (its URL) and HLOG.
start_hostile() {
	local i tls=()
	[ $# -eq 0 ] || tls=("$BATS_FILE_TMPDIR/tls/$1" "$BATS_FILE_TMPDIR/tls/key.pem")
	HLOG=$BATS_TEST_TMPDIR/requests
	rm -f port
	"$LIB/hostile" port "$HLOG" "${tls[@]}" </dev/null >/dev/null 3>&- &
	HOSTILE_PID=$!
	for ((i = 0; i < 100; i++)); do
		[ ! -s port ] || break
		sleep 0.05
	done
	HPORT=$(cat port)
	H=http://127.0.0.1:$HPORT
}

# Below loopback, without delays; the tests of delays give their own.
fetch() {
	stet-fetch --allow-net 127.0.0.0/8 --allow-net ::1 --delay 0 --retries 0 "$@"
}

# fetch_urls FILE.warc URL... [-- OPTION...]: fetches, checks the WARC strictly
# and leaves its table in `records`, without what robots.txt gave.
fetch_urls() {
	local out=$1 status=0 urls=()
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		urls+=("$1")
		shift
	done
	[ $# -eq 0 ] || shift
	printf '%s\n' "${urls[@]}" | fetch "$@" >"$out" 2>errors || status=$?
	"$LIB/warccheck" "$out" >all-records || return 99
	grep -v '/robots.txt ' all-records >records || true
	return $status
}

# Waits until the hostile server was asked for PATH.
await_request() {
	local i
	for ((i = 0; i < 200; i++)); do
		! grep -aqs "^GET $1" "$HLOG" || return 0
		sleep 0.05
	done
	return 1
}

# The most requests that the server was busy with at a time so far.
most_at_once() {
	curl -s "$H/most"
}

# failures FILE.warc: the fields "fetchError fetchStatus" of metadata records.
failures() {
	tr -d '\r' <"$1" | awk '/^fetchStatus: /{s=$2} /^fetchError: /{print $2, s}'
}

@test "behaves like a filter" {
	start_nginx
	echo page >www/a
	echo "$SITE_URL/a" >links
	behaves_like_a_filter links stet-fetch --allow-net 127.0.0.0/8 --delay 0
}

@test "a plain URL needs no other option than --allow-net" {
	start_nginx
	echo page >www/a
	echo "$SITE_URL/a" | stet-fetch --allow-net 127.0.0.0/8 >a.warc
	run -0 "$LIB/warccheck" a.warc
	[ "${lines[3]}" = "response $SITE_URL/a 200" ]
}

@test "who fetches has to give a contact" {
	echo http://news.example/ >links
	run -2 --separate-stderr bash -c 'stet-fetch <links'
	[[ $stderr == *--contact* ]]
	run -2 stet-fetch --contact nobody <links
	run -2 stet-fetch --contact nobody@ <links
	run -2 stet-fetch --contact ftp://lab.example/ <links
	run -2 stet-fetch --contact 'a@b (c)' <links
	# With only --allow-net a public address is not for us.
	fetch_urls a.warc http://198.20.0.1/ http://192.0.2.1/ || [ $? = 1 ]
	[ "$(failures a.warc)" = $'contact -5001\naddress -5001' ]
	# Whoever runs it, by hand or with stet run, reads what to set.
	grep -q '198.20.0.1.*(see --contact; in an archive: stet.contact)' errors
	grep -q '192.0.2.1.*(see --allow-net; in an archive: stet.allowNet)' errors
}

@test "haste is for one's own machines" {
	for option in "--delay 0" "--delay 0.999" "--per-host 2" --no-robots; do
		# shellcheck disable=SC2086
		run -2 stet-fetch --anonymous $option </dev/null
		[[ $output == *--allow-net* ]]
	done
	run -0 stet-fetch --anonymous --delay 1.5 </dev/null
	for bad in "--delay x" "--delay 1.2345" "--delay -1" "--allow-net 300.1.1.1" \
		"--jobs 0" "--timeout 0" "--max-bytes 0" "--retries 9" "--ca-file none" operand; do
		# shellcheck disable=SC2086
		run -2 stet-fetch --anonymous $bad </dev/null
	done
}

@test "the record of a request is what was sent" {
	start_hostile
	printf '%s\t\t\t\t\t"v1"\tMon, 04 May 2026 08:00:00 GMT\n' "$H/cond?a=1&b=%20'(" |
		fetch --contact me@lab.example >a.warc
	"$LIB/warccheck" a.warc
	python3 - a.warc "$HLOG" <<-'EOF'
	import re, sys
	warc = open(sys.argv[1], "rb").read()
	sent = [warc[m.end():warc.index(b"\r\n\r\n", m.end()) + 4]
	        for m in re.finditer(rb"msgtype=request\r\nContent-Length: \d+\r\n\r\n", warc)]
	log = open(sys.argv[2], "rb").read()
	assert len(sent) == 2 and b"".join(sent) == log, (sent, log)
	EOF
	grep -aqx $'User-Agent: stet/[0-9.]* (+me@lab.example)\r' "$HLOG"
	grep -aqx $'From: me@lab.example\r' "$HLOG"
	grep -aqx $'If-None-Match: "v1"\r' "$HLOG"
	grep -aqx $'If-Modified-Since: Mon, 04 May 2026 08:00:00 GMT\r' "$HLOG"
	grep -aqx $'Accept-Encoding: gzip\r' "$HLOG"
	run ! grep -aqi '^Cookie' "$HLOG"
	grep -aq '^operator: me@lab.example' a.warc
}

@test "304 is a revisit, and only for what was asked conditionally" {
	start_hostile
	printf '%s\t\t\t\t\t"v1"\n%s\n' "$H/cond" "$H/status?code=304" | fetch >a.warc
	run -0 "$LIB/warccheck" a.warc
	[[ $output == *"revisit $H/cond 304"* ]]
	[[ $output == *"response $H/status?code=304 304"* ]]
	# A validator that would end its line is not sent.
	printf '%s\t\t\t\t\t"v1"\\nX-Bad: 1\n' "$H/cond" | fetch >b.warc
	run -0 "$LIB/warccheck" b.warc
	[[ $output == *"response $H/cond 200"* ]]
	run ! grep -aq X-Bad "$HLOG"
}

@test "a link's fields travel with every hop" {
	start_hostile
	printf '%s\tbbc\t2026-05-04T09:00:00Z\t2026-05-04T08:00:00Z\tA "title" \\t ü\t\t\t%s\t2/2026-05-01T00:00:00Z\n' \
		"$H/hop?n=2" http://feed.example/ | fetch >a.warc
	run -0 "$LIB/warccheck" a.warc
	[ "${#lines[@]}" = 9 ]
	[ "$(grep -ac "^WARC-Stet-Link: $H/hop?n=2" a.warc)" = 3 ]
	[ "$(grep -ac '^WARC-Stet-Source: bbc' a.warc)" = 3 ]
	[ "$(grep -ac '^WARC-Stet-Misses: 2/2026-05-01T00:00:00Z' a.warc)" = 3 ]
	[ "$(grep -ac '^WARC-Stet-Title: A "title"   ü' a.warc)" = 3 ]
	[ "$(grep -ac '^WARC-Stet-Via: ' a.warc)" = 2 ]
	grep -aq "^WARC-Stet-Via: $H/hop?n=1" a.warc
}

@test "transfer codings are removed, content codings kept" {
	start_hostile
	fetch_urls a.warc "$H/chunked" "$H/gzip" "$H/hints" "$H/no-length" "$H/same-length"
	[ "$(grep -c ' 200$' records)" = 5 ]
	grep -aq 'hello, world' a.warc
	run ! grep -aq 'X-T: secret' a.warc
	run ! grep -aq 'Early Hints' a.warc
	grep -aq '^Content-Encoding: gzip' a.warc
	stet-extract <a.warc >articles.jsonl || true
	[ "$(jq -r .url articles.jsonl | sort -u | wc -l)" = 5 ]
}

@test "other readers read what we write, also with a member a record" {
	"$ROOT/scripts/npm-tools" 2>/dev/null || skip "npm cannot install warcio"
	start_hostile
	urls=("$H/page" "$H/chunked" "$H/gzip" "$H/hop?n=2" "$H/silence" "$H/early-close" "$H/odd")
	fetch_urls a.warc "${urls[@]}" -- --timeout 1 || [ $? = 1 ]
	printf '%s\n' "${urls[@]}" | fetch --timeout 1 --gzip >b.warc.gz 2>/dev/null || [ $? = 1 ]
	run -0 "$LIB/warccheck" --gzip b.warc.gz
	cut -d' ' -f1,2 all-records | sort >ours
	for file in a.warc b.warc.gz; do
		timeout 20 node "$LIB/warcio.mjs" "$ROOT/build/npm/node_modules" "$file" >theirs
		cut -d' ' -f1,2 theirs | sort | diff - ours
	done
	# The body that we keep in gzip is the page when they decode it.
	grep -q "^response $H/gzip 9[0-9][0-9]$" theirs
	# Two files one behind the other are one; tee makes such files.
	printf '%s\n' "${urls[@]}" | { fetch --timeout 1 2>/dev/null || [ $? = 1 ]; } | tee tee.warc | stet-extract >/dev/null 2>&1 || true
	cat a.warc tee.warc >two.warc
	[ "$(timeout 20 node "$LIB/warcio.mjs" "$ROOT/build/npm/node_modules" two.warc | wc -l)" = $((2 * $(wc -l <ours))) ]
}

@test "records that are compressed are whole, each on its own, pairs together" {
	start_nginx
	for i in $(seq 60); do
		printf '<title>%d</title>%s' "$i" "$(head -c $((i * 700)) /dev/urandom | base64)" >"www/$i.html"
		echo "$SITE_URL/$i.html"
	done >links
	fetch -c 8 --per-host 8 <links >plain.warc
	fetch -c 8 --per-host 8 --gzip <links >a.warc.gz
	fetch -c 8 --per-host 8 --zstd <links >a.warc.zst
	run -0 "$LIB/warccheck" --gzip a.warc.gz
	for file in a.warc.gz a.warc.zst; do
		case $file in *.gz) gzip -dc $file ;; *) zstd -dqc $file ;; esac >inflated
		run -0 "$LIB/warccheck" inflated
		"$BUILD/lib/warcdump" <$file >records
		"$BUILD/lib/warcdump" <inflated | cmp - records
		[ "$(wc -l <records)" -eq 123 ] # warcinfo, robots.txt, 60 pages
		# A request follows its answer.
		jq -r '[.type, .id, .fields["WARC-Concurrent-To"] // ""] | @tsv' records |
			awk '$1 == "request" && $3 != last { bad = 1 } { last = $2 } END { exit bad }'
		for warc in plain.warc $file; do
			"$BUILD/lib/warcdump" <$warc | jq -r 'select(.type == "response") | [.uri, .body] | @tsv' | sort | sha256sum
		done | uniq | wc -l >same
		[ "$(cat same)" -eq 1 ]
	done
	# A frame a record: each frame has its own check sum and size.
	[ "$(zstd -lv a.warc.zst 2>/dev/null | sed -n 's/^Number of files listed.*//; s/^# Zstandard Frames: *//p')" -eq 123 ]
}

@test "we read what npm's warcio writes" {
	"$ROOT/scripts/npm-tools" 2>/dev/null || skip "npm cannot install warcio"
	for mode in plain gzip; do
		timeout 20 node "$LIB/warciowrite.mjs" "$ROOT/build/npm/node_modules" $mode \
			http://a.example/1 >theirs.warc
		stet-extract <theirs.warc >out 2>/dev/null || [ $? = 1 ]
		[ "$(jq -r '.url, .status' out)" = $'http://a.example/1\n200' ]
	done
}

@test "robots.txt is asked for once and obeyed" {
	start_hostile
	fetch_urls a.warc "http://part.localhost:$HPORT/page" "http://part.localhost:$HPORT/private/x" \
		"http://deny.localhost:$HPORT/page" "$H/page" "$H/page?2" || [ $? = 1 ]
	[ "$(grep -ac '^GET /robots.txt' "$HLOG")" = 3 ]
	run ! grep -aq '^GET /private' "$HLOG"
	[ "$(grep -c '^response.* 200$' records)" = 3 ]
	[ "$(failures a.warc)" = $'robots -9998\nrobots -9998' ]
	grep -q "private/x': robots.txt forbids it: 'Disallow: /private'" errors
}

@test "robots.txt: every status has its meaning" {
	start_hostile
	for label in error lost busy moved circle large; do
		urls+=("http://$label.localhost:$HPORT/page" "http://$label.localhost:$HPORT/early/")
	done
	fetch_urls a.warc "${urls[@]}" -- --timeout 5 || [ $? = 1 ]
	grep page records | grep -v request | sort >got
	diff got - <<-EOF
	metadata http://busy.localhost:$HPORT/page -50
	metadata http://error.localhost:$HPORT/page -61
	metadata http://lost.localhost:$HPORT/page -3
	response http://circle.localhost:$HPORT/page 200
	response http://large.localhost:$HPORT/page 200
	response http://moved.localhost:$HPORT/page 200
	EOF
	# What lies within the first 500 KiB counts.
	grep -q "metadata http://large.localhost:$HPORT/early/ -9998" records
}

@test "--state keeps robots.txt for a day, and who wants to be left alone" {
	start_hostile
	url=http://part.localhost:$HPORT/page
	for now in 2026-05-04T08:00:00Z 2026-05-05T07:00:00Z 2026-05-05T08:00:01Z; do
		echo "$url" | STET_NOW=$now fetch --state st >/dev/null
		grep -ac '^GET /robots.txt' "$HLOG"
	done >counts
	[ "$(tr '\n' ' ' <counts)" = "1 1 2 " ]
	# Whatever the system's clock says, and what is of no use goes.
	for now in 2036-05-04T08:00:00Z 2036-05-04T09:00:00Z; do
		echo "$url" | STET_NOW=$now fetch --state st2 >/dev/null
		ls st2/*.robots
	done
	[ "$(grep -ac '^GET /robots.txt' "$HLOG")" = 3 ]
	echo "$H/page" | STET_NOW=2036-05-06T08:00:01Z fetch --state st2 >/dev/null
	[ "$(echo st2/*.robots | wc -w)" = 1 ]
	grep -q 'Disallow: /private' st/*.robots
	echo "http://a.localhost:$HPORT/status?code=429&Retry-After=3600" | fetch --state st >/dev/null
	: >"$HLOG"
	run -1 bash -c 'echo "http://a.localhost:$1/page" | stet-fetch --allow-net 127.0.0.0/8 --delay 0 --state st 2>/dev/null | tr -d "\r" | grep -a "^fetchError\|^retryAfter"' _ "$HPORT" || true
	[[ $output == *"fetchError: deferred"*"retryAfter: 3"* ]]
	[ ! -s "$HLOG" ]
	# Damage is as good as nothing.
	for file in st/*; do echo garbage >"$file"; done
	echo "$url" | fetch --state st >/dev/null
	grep -q 'Disallow: /private' st/*.robots
}

@test "429 and 503 defer the whole site, in both forms of Retry-After" {
	start_hostile
	for host in a b c d; do
		case $host in
		a) echo "http://a.localhost:$HPORT/status?code=429&Retry-After=7200" ;;
		b) echo "http://b.localhost:$HPORT/date" ;;
		c) echo "http://c.localhost:$HPORT/status?code=503&Retry-After=1" ;;
		d) echo "http://d.localhost:$HPORT/status?code=503" ;;
		esac
		echo "http://$host.localhost:$HPORT/page"
	done >links
	run -1 --separate-stderr bash -c 'stet-fetch --allow-net 127.0.0.0/8 --delay 0 --max-wait 5 <links >a.warc'
	"$LIB/warccheck" a.warc >records
	grep -q "response http://a.localhost:$HPORT/status?code=429&Retry-After=7200 429" records
	[ "$(grep -c 'metadata http://[abd].*/page -50' records)" = 3 ]
	# A wait that is short enough is waited for.
	grep -q "response http://c.localhost:$HPORT/page 200" records
	tr -d '\r' <a.warc | grep -a ^retryAfter | sort -V >after
	[ "$(sed -n 1p after)" = "retryAfter: 30" ]
	[[ $(sed -n 2p after) == retryAfter:\ 3[56]* ]]
	[ "$(sed -n 3p after)" = "retryAfter: 7200" ]
	[[ $stderr == *"cannot fetch from 'a.localhost': the host asked to be left alone for 7200 s; 1 left unasked"* ]]
}

@test "delays: a site is left alone between requests" {
	start_hostile
	# Order and spacing by the server's own clock would be a matter of
	# luck; what is planned is not.
	for n in 1 2 3; do echo "http://127.0.0.1/$n"; done >links
	echo http://a.example/1 >>links
	run -0 stet-fetch --anonymous --allow-net 127.0.0.0/8 --explain <links
	[ "$(cut -f1 <<<"$output" | tr '\n' ' ')" = "0.000 0.000 1.000 1.000 2.000 3.000 " ]
	# Crawl-delay, known from an earlier run.
	echo "http://crawl.localhost:$HPORT/page" | fetch --state st >/dev/null
	for n in 1 2 3; do echo "http://crawl.localhost:$HPORT/$n"; done >links
	run -0 stet-fetch --anonymous --allow-net 127.0.0.0/8 --delay 0.25 --state st --explain <links
	[[ ${lines[1]} == 1.500*"after the Crawl-delay" ]]
	[[ ${lines[2]} == 3.000* ]]
	run -1 stet-fetch --anonymous --explain <<<$'http://10.0.0.1/\nhttp://a.example:25/\nnot a link'
	[[ ${lines[0]} == *"line 3"* ]]
	[[ $output == *$'-\thttp://10.0.0.1/\tthe address is not public'* ]]
	[[ $output == *$'-\thttp://a.example:25/\tthe port is refused'* ]]
}

@test "one request at a time to a site and to an address" {
	start_hostile
	for n in 1 2 3; do
		echo "http://s$n.localhost:$HPORT/wait?n=0.1"
		echo "http://127.0.0.1:$HPORT/wait?n=0.1&$n"
	done >links
	# All live at one address: the server must never see two at once.
	fetch <links >a.warc
	"$LIB/warccheck" a.warc >records
	[ "$(grep -c '^response.*/wait.* 200' records)" = 6 ]
	[ "$(most_at_once)" = 1 ]
	# More at a time is possible below --allow-net.
	fetch --per-host 4 --no-robots <links >b.warc
	[ "$(most_at_once)" -gt 1 ]
}

@test "a site that fails five times in a row is given up" {
	start_hostile
	for n in 1 2 3 4 5 6 7 8; do echo "$H/close?$n"; done >links
	echo "http://other.localhost:$HPORT/page" >>links
	run -1 --separate-stderr bash -c 'stet-fetch --allow-net 127.0.0.0/8 --delay 0 --retries 0 <links >a.warc'
	[ "$(failures a.warc | sort | uniq -c | tr -s ' ')" = $' 3 host-down -8\n 5 lost -3' ]
	# (A kept connection that dies is tried anew by libcurl.)
	[ "$(grep -a '^GET /close' "$HLOG" | sort -u | wc -l)" = 5 ]
	[[ $stderr == *"5 failures in a row; 3 left unasked"* ]]
	run -0 "$LIB/warccheck" a.warc
	[[ $output == *"response http://other.localhost:$HPORT/page 200"* ]]
}

@test "only what brought no response is asked for again" {
	start_hostile
	printf '%s\n' "$H/flaky" "$H/status?code=500" "$H/early-close" |
		stet-fetch --allow-net 127.0.0.0/8 --delay 0 >a.warc 2>errors || [ $? = 1 ]
	"$LIB/warccheck" a.warc >records
	grep -q "response $H/flaky 200" records
	[ "$(grep -ac '^GET /flaky' "$HLOG")" = 3 ]
	[ "$(grep -ac '^GET /status' "$HLOG")" = 1 ]
	[ "$(grep -ac '^GET /early-close' "$HLOG")" = 1 ]
}

@test "ten redirects are followed and no more" {
	start_hostile
	fetch_urls a.warc "$H/hop?n=10" "$H/hop?n=11" || [ $? = 1 ]
	grep -q "^response $H/hop?n=0 200$" records
	grep -q "^metadata $H/hop?n=0 -4001$" records
	[ "$(grep -ac '^GET /hop?n=0' "$HLOG")" = 1 ]
	[ "$(failures a.warc)" = 'redirects -4001' ]
}

@test "no spelling leads to a private address" {
	start_hostile
	printf '%s\n' "http://127.0.0.1:$HPORT/" "http://2130706433:$HPORT/" "http://0x7f.1:$HPORT/" \
		"http://0177.0.0.1:$HPORT/" "http://localhost:$HPORT/" "http://x.localhost:$HPORT/" \
		"http://[::1]:$HPORT/" "http://[::ffff:127.0.0.1]:$HPORT/" "http://0:$HPORT/" \
		http://169.254.169.254/ http://10.1.2.3/ "http://127.0.0.1:$HPORT\\\\@example.com/" \
		"http://１２７.0.0.1:$HPORT/" http://192.168.0.1/ http://224.0.0.1/ "http://[fe80::1]/" >links
	run -1 --separate-stderr bash -c 'stet-fetch --anonymous --timeout 5 --retries 0 <links >a.warc'
	[ ! -s "$HLOG" ]
	[ "$(failures a.warc | sort | uniq -c | tr -s ' ')" = ' 16 address -5001' ]
	[ "${#stderr_lines[@]}" -ge 16 ]
	"$LIB/warccheck" a.warc
}

@test "redirects are checked at each hop" {
	start_hostile
	start_nginx "
	  location = /file { return 302 file:///etc/passwd; }
	  location = /ftp { return 302 ftp://127.0.0.1/x; }
	  location = /js { return 302 'javascript:alert(1)'; }
	  location = /loop { return 302 /loop; }
	  location = /a { return 302 /b; }
	  location = /b { return 302 /a; }
	  location = /far { return 302 http://169.254.169.254/latest/; }
	  location = /v6 { return 302 'http://[::1]:$HPORT/page'; }
	  location = /ten { return 302 http://10.0.0.1/; }
	  location = /name { return 302 http://deny.localhost:$HPORT/page; }
	  location = /port { return 302 http://127.0.0.1:25/; }
	  location = /user { return 302 http://u:p@127.0.0.1:$HPORT/page; }
	  location = /empty { add_header Location '' always; return 302; }
	  location = /page { return 302 $H/page; }"
	for path in file ftp js loop a far v6 ten name port user empty page; do
		echo "$SITE_URL/$path"
	done >links
	run -1 --separate-stderr bash -c 'stet-fetch --allow-net 127.0.0.0/8 --delay 0 --timeout 5 <links >a.warc'
	"$LIB/warccheck" a.warc >records
	failures a.warc | sort | uniq -c | tr -s ' ' >got
	diff got - <<-'EOF'
	 3 address -5001
	 1 bad-port -5001
	 4 bad-url -7
	 2 redirect-loop -4001
	 1 robots -9998
	EOF
	# Each failure names where it led and how it came there.
	grep -q '^metadata file:///etc/passwd -7$' records
	grep -q '^metadata http://169.254.169.254/latest/ -5001$' records
	grep -q "^response $H/page 200$" records
	[ "$(grep -ac '^GET /page' "$HLOG")" = 1 ]
}

@test "bad responses: each has its record, nothing grows, the rest goes on" {
	start_hostile
	paths=(/endless-headers /endless-hints /huge-header /slow-head /silence /nul /http09 /http4 \
		/garbage /two-lengths /negative-length /vast-length /close /reset)
	i=0
	for path in "${paths[@]}"; do
		i=$((i + 1))
		echo "http://h$i.localhost:$HPORT$path"
	done >links
	echo "http://last.localhost:$HPORT/page" >>links
	timeout 60 "$LIB/peak" peak stet-fetch --allow-net 127.0.0.0/8 --delay 0 --retries 0 --timeout 3 --per-host 64 \
		<links >a.warc 2>errors || [ $? = 1 ]
	"$LIB/warccheck" a.warc >records
	[ "$(grep -c '^metadata' records)" = "${#paths[@]}" ]
	grep -q "^response http://last.localhost:$HPORT/page 200" records
	failures a.warc | sort | uniq -c | tr -s ' ' >got
	diff got - <<-'EOF'
	 3 headers -5003
	 2 lost -3
	 7 malformed -5
	 2 timeout -4
	EOF
	[ "$BUILD" = "$ROOT/build-asan" ] || [ "$(cat peak)" -lt $((48 << 10)) ]
	# One line for each, with the URL and without control bytes.
	[ "$(wc -l <errors)" = "${#paths[@]}" ]
	run ! LC_ALL=C grep -q $'[^\x20-\x7e]' errors
}

@test "bad bodies are cut and say so" {
	start_hostile
	paths=(/bomb /endless-body /endless-chunks /declared /slow-body /early-close /bad-chunk)
	i=0
	for path in "${paths[@]}"; do
		i=$((i + 1))
		echo "http://h$i.localhost:$HPORT$path"
	done >links
	timeout 60 "$LIB/peak" peak stet-fetch --allow-net 127.0.0.0/8 --delay 0 --timeout 3 --max-bytes 4M --per-host 64 \
		<links >a.warc 2>errors || [ $? = 1 ]
	"$LIB/warccheck" a.warc >records
	[ "$(grep -c '^response http://h.* 200' records)" = 7 ]
	tr -d '\r' <a.warc | grep -a '^WARC-Truncated' | sort | uniq -c | tr -s ' ' >got
	diff got - <<-'EOF'
	 2 WARC-Truncated: disconnect
	 3 WARC-Truncated: length
	 1 WARC-Truncated: time
	EOF
	# The bomb is a body like any other here: it is not inflated.
	[ "$BUILD" = "$ROOT/build-asan" ] || [ "$(cat peak)" -lt $((64 << 10)) ]
	[ "$(stat -c %s a.warc)" -lt $((12 << 20)) ]
}

@test "odd headers become good ones" {
	start_hostile
	fetch_urls a.warc "$H/odd"
	grep -aq '^HTTP/1.1 200' a.warc
	grep -q '^response .*/odd 200' records
}

@test "certificates: expired, self-signed, unknown; and HTTP/2 with a good one" {
	for cert in expired.pem self.pem good.pem; do
		start_hostile $cert
		ca=(--ca-file "$BATS_FILE_TMPDIR/tls/ca.pem")
		[ $cert != good.pem ] || ca=()
		echo "https://127.0.0.1:$HPORT/page" | fetch "${ca[@]}" >a.warc 2>errors || [ $? = 1 ]
		[ "$(failures a.warc)" = "tls -2" ]
		[ ! -s "$HLOG" ]
		kill "$HOSTILE_PID"
	done
	PORT2=$(free_port)
	start_nginx "listen 127.0.0.1:$PORT2 ssl http2; ssl_protocols TLSv1.3;
	  ssl_certificate $BATS_FILE_TMPDIR/tls/good.pem;
	  ssl_certificate_key $BATS_FILE_TMPDIR/tls/key.pem;"
	echo page >www/a
	fetch_urls a.warc "https://localhost:$PORT2/a" -- --ca-file "$BATS_FILE_TMPDIR/tls/ca.pem"
	grep -q "^response https://localhost:$PORT2/a 200" records
	grep -aq $'^WARC-Protocol: h2\r$' a.warc
	# Both, and robots.txt's, say what TLS was spoken.
	[ "$(grep -ac $'^WARC-Protocol: tls/1.3\r$' a.warc)" = 4 ]
	[ "$(grep -ac $'^WARC-Cipher-Suite: TLS_[A-Z0-9_]*\r$' a.warc)" = 2 ]
	fetch_urls b.warc "https://localhost:$PORT2/a" -- --ca-file "$BATS_FILE_TMPDIR/tls/ca.pem" --http1.1
	grep -aq $'^WARC-Protocol: http/1.1\r$' b.warc
	run ! grep -aq 'WARC-Protocol: h2' b.warc
	stop_nginx
	start_nginx "listen 127.0.0.1:$PORT2 ssl;
	  ssl_protocols TLSv1.2;
	  ssl_certificate $BATS_FILE_TMPDIR/tls/good.pem;
	  ssl_certificate_key $BATS_FILE_TMPDIR/tls/key.pem;"
	fetch_urls c.warc "https://localhost:$PORT2/a" -- --ca-file "$BATS_FILE_TMPDIR/tls/ca.pem"
	grep -aq $'^WARC-Protocol: tls/1.2\r$' c.warc
	grep -aq $'^WARC-Cipher-Suite: TLS_ECDHE_RSA_WITH_[A-Z0-9_]*\r$' c.warc
	# What is older is not spoken with anybody.
	stop_nginx
	start_nginx "listen 127.0.0.1:$PORT2 ssl;
	  ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;
	  ssl_certificate $BATS_FILE_TMPDIR/tls/good.pem;
	  ssl_certificate_key $BATS_FILE_TMPDIR/tls/key.pem;"
	fetch_urls d.warc "https://localhost:$PORT2/a" -- --ca-file "$BATS_FILE_TMPDIR/tls/ca.pem" || [ $? = 1 ]
	[ "$(failures d.warc)" = "tls -2" ]
}

@test "names that do not resolve, ports where nobody listens" {
	port=$(free_port)
	fetch_urls a.warc "http://127.0.0.1:$port/x" http://no-such-name.invalid/y -- --timeout 10 --anonymous || [ $? = 1 ]
	sed 's/:[0-9]*\// /' records >got
	grep -q "^metadata http://127.0.0.1:$port/x -2" records
	grep -q '^metadata http://no-such-name.invalid/y -[14]$' records
}

@test "lines that are no links are reported, the rest goes on" {
	start_hostile
	printf '%s\n' "$H/page" ftp://a.example/ 'no url' $'\xff\xfe' "" "http://[bad/" http://a.example:99999/ \
		"$(printf 'http://long.example/%070000d' 0)" "$H/page?2" >links
	run -1 --separate-stderr bash -c 'stet-fetch --allow-net 127.0.0.0/8 --delay 0 <links >a.warc'
	"$LIB/warccheck" a.warc >records
	[ "$(grep -c '^response.*/page' records)" = 2 ]
	[ "${#stderr_lines[@]}" = 6 ]
	[[ $stderr == *"line 2"* && $stderr == *"line 3"* && $stderr == *"line 4"* && $stderr == *"line 8"* ]]
	[ "$(failures a.warc)" = $'bad-url -7\nbad-url -7' ]
}

@test "cookies live only with --cookies, and only within the run" {
	start_hostile
	printf '%s\n' "$H/cookie" "$H/page" >links
	fetch <links >a.warc
	run ! grep -aqi '^cookie:' "$HLOG"
	fetch --cookies <links >b.warc
	[ "$(grep -aci '^cookie: a=b' "$HLOG")" = 1 ]
	"$LIB/warccheck" b.warc
	# The record has it, as it was sent.
	grep -aqi '^cookie: a=b' b.warc
	fetch --cookies <<<"$H/page" >c.warc
	[ "$(grep -aci '^cookie: a=b' "$HLOG")" = 1 ]
}

@test "a cookie wall is passed with --cookies, and named without" {
	start_hostile
	fetch_urls a.warc "$H/wall" "$H/wall-a" || [ $? = 1 ]
	[ "$(failures a.warc | sort | uniq -c | tr -s ' ')" = ' 2 redirect-loop -4001' ]
	grep -q "'$H/wall': .*sets the cookie 'w' and waits for it (see --cookies)" errors
	grep -q "'$H/wall-a': .*sets the cookie 'x' and waits for it (see --cookies)" errors
	fetch_urls b.warc "$H/wall" "$H/wall-a" -- --cookies
	grep -q "^response $H/wall 200$" records
	grep -q "^response $H/wall-a 200$" records
	# One that is never content ends as every other chain does.
	fetch_urls c.warc "$H/wall-ever" -- --cookies || [ $? = 1 ]
	[ "$(failures c.warc)" = 'redirects -4001' ]
	[ "$(grep -ac '^GET /wall-ever' "$HLOG")" -eq 11 ]
}

# libcurl before 8.1.1 wrote to freed memory, on a handle that was used before.
@test "a first header line that goes on with nothing ends its own response alone" {
	start_hostile
	for n in 1 2 3 4 5 6; do
		printf '%s\n' "$H/page?$n" "$H/fold-first?$n"
	done | stet-fetch --allow-net 127.0.0.0/8 --delay 0 --retries 0 --no-robots >a.warc 2>errors || [ $? = 1 ]
	"$LIB/warccheck" a.warc >records
	[ "$(grep -c '^response .*/page?. 200$' records)" = 6 ]
	[ "$(failures a.warc | sort | uniq -c | tr -s ' ')" = ' 6 other -5' ]
}

@test "codings in several lines, for the transfer, and lengths in a list" {
	start_hostile
	fetch_urls a.warc "$H/two-codings" "$H/te-gzip" "$H/length-list" "$H/status-line"
	stet-extract <a.warc >articles || true
	"$BUILD/lib/warcdump" <a.warc |
		jq -r 'select(.type == "response" and .status == 200) | "\(.uri | split("/")[-1]) \(.decoded) \(.body | length)"' |
		sort >got
	diff got - <<-'EOF'
	length-list whole 4
	status-line whole 4
	te-gzip whole 921
	two-codings whole 921
	EOF
}

@test "Location: bytes of Latin-1 stay, 300 is followed and 305 is not" {
	start_hostile
	fetch_urls a.warc "$H/latin1" "$H/utf8" "$H/status?code=300&Location=/page" \
		"$H/status?code=305&Location=/rules"
	grep -q "^response $H/caf%E9 200$" records
	grep -q "^response $H/caf%C3%A9 200$" records
	grep -q "^response $H/page 200$" records
	run ! grep -q "/rules 200" records
	stet-extract <a.warc 2>/dev/null | jq -r 'select(.location != "") | .location' | sort >got || true
	diff got - <<-EOF
	$H/caf%C3%A9
	$H/caf%E9
	$H/page
	EOF
}

@test "a refresh within 5 s on a page without text is a redirect" {
	start_hostile
	fetch_urls a.warc "$H/refresh?n=5;url=/page" "$H/refresh?n=6;url=/a" "$H/refresh?n=0" \
		"$H/meta-refresh?n=0;URL='/rules'" "$H/meta-refresh?n=0;URL=/b&words=40" || [ $? = 1 ]
	cut -d' ' -f2 records | sed "s,$H,," | grep '^/[a-z]*$' | sort -u >got
	printf '%s\n' /page /rules | diff got -
	grep -aq "^WARC-Stet-Via: $H/refresh?n=5;url=/page" a.warc
	stet-extract <a.warc 2>/dev/null | jq -r 'select(.event == "moved") | .location' | sort >got || true
	printf '%s\n' "$H/page" "$H/rules" | diff got -
	# One that renews itself is the page, and what is for browsers without
	# scripts is for others.
	fetch_urls c.warc "$H/refresh?n=0;url=/refresh%3Fn=0" "$H/refresh?n=3;url=" "$H/no-script"
	[ "$(failures c.warc)" = "" ]
	run ! grep -q '/page ' records
	# Every address on the way is checked.
	fetch_urls b.warc "$H/refresh?n=0;url=http://169.254.169.254/latest" \
		"$H/refresh?n=0;url=file:///etc/passwd" || [ $? = 1 ]
	[ "$(failures b.warc | sort)" = "address -5001
bad-url -7" ]
}

@test "who logs in by an address is told to nobody" {
	start_hostile
	printf 'http://me:secret@127.0.0.1:%s/page\n' "$HPORT" >links
	printf '%s/page\t\t\t\t\t\t\thttp://me:secret@127.0.0.1/feed\n' "$H" >>links
	printf '%s/to?u=http://me:secret@127.0.0.1/\n' "$H" >>links
	run -1 --separate-stderr bash -c 'stet-fetch --allow-net 127.0.0.0/8 --delay 0 <links >a.warc'
	run ! grep -aq secret a.warc
	[[ $stderr == *"'http://***@127.0.0.1:$HPORT/page'"*"it names a user"* ]]
	[[ $stderr != *secret* ]]
	"$LIB/warccheck" a.warc
	"$LIB/mkwarc" 2026-05-04T09:00:00Z 301 http://me:secret@a.example/x \
		'Location: http://me:secret@a.example/y' </dev/null >b.warc
	run -0 --separate-stderr stet-extract <b.warc
	[[ $output != *secret* ]]
	[ "$(jq -r '.url + " " + .location' <<<"$output")" = "http://a.example/x http://a.example/y" ]
}

@test "localhost with its last dot is this machine" {
	start_hostile
	fetch_urls a.warc "http://localhost.:$HPORT/page"
	grep -q "^response http://localhost.:$HPORT/page 200$" records
	grep -aqi "^Host: localhost.:$HPORT" "$HLOG"
	run -1 --separate-stderr stet-fetch --anonymous --retries 0 <<<"http://localhost.:$HPORT/"
	[ "$(grep -ac '^GET' "$HLOG")" -eq 2 ] # with robots.txt, and no third
}

@test "a proxy is used only when asked, and named by the environment only with env" {
	start_hostile
	echo http://news.example/page >links
	export http_proxy=$H
	fetch --anonymous --timeout 5 <links >a.warc 2>/dev/null || [ $? = 1 ]
	[ ! -s "$HLOG" ]
	fetch --anonymous --proxy env <links >b.warc
	grep -aq '^GET http://news.example/page' "$HLOG"
	unset http_proxy
	fetch --anonymous --proxy "$H" <links >c.warc
	"$LIB/warccheck" c.warc >records
	grep -q '^response http://news.example/page 200' records
	# Not even a proxy is asked for a private address.
	run -1 bash -c 'echo http://192.168.0.1/ | stet-fetch --anonymous --proxy "$1" 2>&1 >/dev/null' _ "$H"
	[[ $output == *"not public"* ]]
}

# A shell's background has SIGINT ignored; what is started here has not.
in_background() {
	python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' stet-fetch --allow-net 127.0.0.0/8 --delay 0 "$@" \
		<links >a.warc 2>errors 3>&- &
	pid=$!
}

@test "SIGINT finishes what is under way and says what is left" {
	start_hostile
	for n in 1 2 3 4 5; do echo "$H/wait?n=0.5&$n"; done >links
	printf 'http://part.localhost:%s/wait?n=0.5\tsrc\n' "$HPORT" >>links
	in_background --remaining left
	await_request /wait
	kill -INT $pid
	status=0
	wait $pid || status=$?
	[ $status = 3 ]
	"$LIB/warccheck" a.warc >records
	done=$(grep -c '^response .*/wait.* 200' records)
	[ "$done" -ge 1 ]
	[ $((done + $(wc -l <left))) = 6 ]
	grep -q "stopped: $(wc -l <left) links left" errors
	# Nothing twice, nothing lost.
	{ awk '$1 == "response" && /wait/ { print $2 }' records; cut -f1 left; } | sort | diff - <(cut -f1 links | sort)
	# A complete run leaves nothing.
	fetch --remaining left <left >/dev/null
	[ -e left ] && [ ! -s left ]
}

@test "what cannot even begin leaves all links" {
	: >file
	printf 'http://127.0.0.1:1/%s\tsrc\n' 1 2 3 >links
	run -2 --separate-stderr fetch --state file --remaining left <links
	[[ $stderr == *"'file'"* ]]
	diff links left
	run -2 fetch --state missing/folder --remaining left2 <links
	diff links left2
	# The folder is opened twice: before rights are dropped, and for the run.
	[[ $BUILD != *asan* ]] || return 0
	local ended=0 status
	mkdir st
	for n in {1..40}; do
		rm -f left3
		head -c 16 /dev/zero >count
		status=0
		FAILING_CALL=open FAILING_AT=$n FAILING_HOW=EMFILE FAILING_COUNT=count LD_PRELOAD=$BUILD/lib/failing.so \
			stet-fetch --anonymous --allow-net 127.0.0.0/8 --delay 0 --retries 0 --state st \
			--remaining left3 <links >a.warc 2>said || status=$?
		grep -qE "'st'|drop rights" said || continue
		[ $status = 3 ]
		diff links left3
		ended=$((ended + 1))
	done
	[ $ended -ge 10 ]
}

@test "a terminal is shown the progress, and left as it was" {
	start_hostile
	printf 'http://s%d.localhost:%s/wait?n=1\n' 1 "$HPORT" 2 "$HPORT" 3 "$HPORT" >links
	echo "http://192.0.2.1/" >>links
	cat >try.py <<-'EOF'
	import os, pty, subprocess, sys
	main, terminal = pty.openpty()
	with open("links") as links, open("a.warc", "wb") as warc:
	    child = subprocess.Popen(["stet-fetch", "--allow-net", "127.0.0.0/8", "--delay", "0",
	                              "--per-host", "2", *sys.argv[1:]],
	                             stdin=links, stdout=warc, stderr=terminal)
	os.close(terminal)
	shown = b""
	while True:
	    try:
	        got = os.read(main, 4096)
	    except OSError:
	        break
	    if not got:
	        break
	    shown += got
	sys.stdout.buffer.write(shown)
	sys.exit(child.wait())
	EOF
	run -1 timeout 60 python3 try.py
	[[ $output =~ [0-9]+\ done,\ [0-9]+\ failed,\ [12]\ in\ flight,\ [0-9]+\ waiting\ at\ [0-9]+\ sites,\ [0-9.]+\ MB,\ [0-9.]+/s ]]
	[[ $output == *$'\r\e[K' ]]
	[[ $output == *"cannot fetch 'http://192.0.2.1/'"* ]]
	run -1 timeout 60 python3 try.py --quiet
	[[ $output != *"in flight"* ]]
	[[ $output == *"cannot fetch 'http://192.0.2.1/'"* ]]
	"$LIB/warccheck" a.warc
}

@test "a second signal drops what is under way" {
	start_hostile
	echo "$H/silence" >links
	in_background --remaining left
	await_request /silence
	kill -TERM $pid
	sleep 0.3
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	[ $status = 3 ]
	diff left links
	"$LIB/warccheck" a.warc
}

@test "ulimit -n 64 is enough" {
	start_nginx
	for n in $(seq 200); do
		echo "page $n" >"www/$n"
		echo "http://h$n.localhost:$PORT/$n"
	done >links
	run -0 --separate-stderr bash -c 'ulimit -n 64; stet-fetch --allow-net 127.0.0.0/8 --delay 0 --per-host 200 -c 200 <links >a.warc'
	"$LIB/warccheck" a.warc >records
	[ "$(grep -c '^response .* 200$' records)" = 200 ]
}

@test "a link is fetched as it comes, its record written at once" {
	start_hostile
	mkfifo in
	fetch <in >a.warc &
	pid=$!
	exec 4>in
	echo "$H/page?1" >&4
	for ((i = 0; i < 100; i++)); do
		! grep -aq 'GET /page?1' a.warc || break
		sleep 0.05
	done
	grep -aq 'GET /page?1' a.warc
	# Half a line holds up nothing.
	printf '%s/page?2\n%s/pa' "$H" "$H" >&4
	for ((i = 0; i < 100; i++)); do
		! grep -aq 'GET /page?2' a.warc || break
		sleep 0.05
	done
	grep -aq 'GET /page?2' a.warc
	printf 'ge?3' >&4
	exec 4>&-
	wait $pid
	grep -aq 'GET /page?3' a.warc
}

@test "the rights that are not needed are gone" {
	[ "$BUILD" != "$ROOT/build-asan" ] || skip "sanitizers need the calls"
	start_hostile
	cat >try.py <<-'EOF'
	import sys
	for line in open("/proc/%s/status" % sys.argv[1]):
	    if line.startswith(("NoNewPrivs", "Seccomp:")):
	        print(line.split()[1])
	EOF
	echo "$H/silence" | fetch >/dev/null 2>&1 &
	pid=$!
	await_request /silence
	child=$(pgrep -P $pid -f stet-fetch || echo $pid)
	run -0 python3 try.py "$child"
	kill -9 "$child" || true
	[ "$output" = $'1\n2' ]
}

@test "the man page's example goes down the line" {
	start_nginx
	echo '<title>x</title><p>page' >www/a
	URL=$SITE_URL/a
	run -0 --separate-stderr bash -c 'echo $1 | stet-fetch --allow-net 127.0.0.0/8 | stet-extract | jq -r .url' _ "$URL"
	[ "$output" = "$URL" ]
}
