# stet-web and stet-serve: the site made on demand, under real web servers.

load helper
load lib/stories
load lib/site
load lib/browser

BRIDGE=https://herald.example/2026/03/02/bridge
STEM=a/herald.example/2026/03/02/bridge

write_records() {
	article $BRIDGE 2026-03-02T08:00:00Z "Bridge closed" "Twelve of forty bearings are worn out." "A ferry runs every hour."
	article $BRIDGE 2026-03-02T13:10:00Z "Bridge closed for weeks" "Twenty-one of forty bearings are worn out." "A ferry runs every hour."
	article $BRIDGE 2026-03-06T10:00:00Z "Bridge open again" "All bearings are new." "A ferry runs no more."
	SOURCE='co & <b>' article https://courier.example/2026/03/04/port 2026-03-04T09:00:00Z "Port is quiet" "One ship came."
	SOURCE='co & <b>' article https://courier.example/2026/03/04/port 2026-03-04T09:20:00Z "Port is <quiet>" "Two ships came."
	article https://herald.example/2026/03/03/tram 2026-03-03T08:00:00Z "Trams stop" "The last tram leaves at ten."
	article https://herald.example/2026/03/03/tram 2026-03-03T09:00:00Z "Trams stop" "The last tram leaves at nine."
	event moved https://herald.example/2026/03/03/tram 2026-03-05T08:00:00Z redirect https://herald.example/2026/03/03/night-tram
	article https://herald.example/2026/03/03/night-tram 2026-03-05T08:00:00Z "Trams stop" "The last tram leaves at eight."
	article https://herald.example/2026/03/03/live 2026-03-03T08:00:00Z "Storm: live" "The storm comes."
	event moved https://herald.example/2026/03/03/live 2026-03-05T08:00:00Z redirect $BRIDGE
	article https://herald.example/2026/03/07/mill 2026-03-07T08:00:00Z "Mill" "The mill burned."
	event gone https://herald.example/2026/03/07/mill 2026-03-08T08:00:00Z gone
}

setup() {
	common_setup
	write_records | stet-commit -q news.git 2>/dev/null | stet-mark news.git >/dev/null
}

teardown() {
	stop_nginx
	browser_stop
	for file in serve.pid fcgiwrap.pid; do
		[ ! -s $file ] || kill "$(cat $file)" 2>/dev/null || true
	done
}

# get PATH [QUERY]: the answer to a request, its fields in `head`, its body in
# `body`, its status in $answer.
get() {
	REQUEST_METHOD=${METHOD:-GET} SCRIPT_NAME=${SCRIPT:-} PATH_INFO=$1 QUERY_STRING=${2:-} \
		STET_ARCHIVE=${ARCHIVE:-news.git} stet-web >raw
	sed '/^\r$/q' raw | tr -d '\r' >head
	sed '1,/^\r$/d' raw >body
	answer=$(sed -n '1s/^Status: \([0-9]*\) .*/\1/p' head)
}

header() {
	sed -n "s/^$1: //p" head
}

# same_as_static SITE: every file of it is answered with the same bytes.
same_as_static() {
	local file n=0
	while IFS= read -r file; do
		get "/$file"
		[ "$answer" = 200 ] || { echo "$file: $answer"; return 1; }
		cmp "$1/$file" body || { echo "$file differs"; return 1; }
		[ "$(header Content-Length)" = "$(wc -c <"$1/$file")" ]
		n=$((n + 1))
	done < <(cd "$1" && find . -type f ! -name .stet.json ! -name _headers ! -name '*tram*' -printf '%P\n')
	[ $n -ge 40 ]
}

@test "every page is the static site's, byte for byte" {
	stet-render news.git site </dev/null
	same_as_static site
	git -C news.git config stet.webUrl https://changes.example/
	git -C news.git config stet.title 'The <b> archive'
	git -C news.git config stet.baseUrl https://changes.example/
	stet-render news.git site </dev/null
	same_as_static site
	grep -q '<form class="compare" method="get" action="https://changes.example/a/' site/$STEM.html
	grep -q "form-action https://changes.example" site/_headers
}

@test "the pages of an article that moved, and its old addresses" {
	stet-render news.git site </dev/null
	get /a/herald.example/2026/03/03/night-tram.html
	cmp body site/a/herald.example/2026/03/03/night-tram.html
	for end in .html @20260303T080000Z.html @20260303T080000Z..20260303T090000Z.html @changes.rss @timemap.link .json; do
		get /a/herald.example/2026/03/03/tram$end
		[ "$answer" = 301 ]
		[ "$(header Location)" = /a/herald.example/2026/03/03/night-tram$end ]
	done
}

@test "numbers lead to the lasting addresses, any two versions can be compared" {
	A=20260302T080000Z B=20260302T131000Z C=20260306T100000Z
	while read -r asked query to; do
		SCRIPT=/news get "/$STEM@$asked" "${query#-}"
		[ "$answer" = 301 ]
		[ "$(header Location)" = "/news/$STEM@$to" ] || { echo "$asked: $(header Location)"; return 1; }
	done <<-EOF
	1.html - $A.html
	latest.html - $C.html
	2.json - $B.json
	1-2.html - $A..$B.html
	1..3.html - $A..$C.html
	$A..$C - $A..$C.html
	first..latest.html - $A..$C.html
	compare from=1&to=3 $A..$C.html
	compare from=3&to=1 $A..$C.html
	compare from=$A&to=$B $A..$B.html
	EOF
	get "/$STEM@$A..$C.html"
	[ "$answer" = 200 ]
	[[ $(text body) == *"Version 1"*"Version 3"*"(4 days later)"* ]]
	grep -q '<del>Twelve' body
	# From the newer to the older, too.
	get "/$STEM@$C..$A.html"
	[ "$answer" = 200 ]
	for wrong in 0.html 4.html 1..1.html 1..9.html x.html 1-.html .html 20260302T080001Z.html compare; do
		get "/$STEM@$wrong"
		[ "$answer" = 404 ] || { echo "$wrong: $answer"; return 1; }
	done
}

@test "history, version and difference as JSON" {
	get /$STEM.json
	[ "$(header Content-Type)" = 'application/json; charset=utf-8' ]
	jq -e '.v == 1 and .versions == 3 and (.history | length) == 3 and .history[1].title == "Bridge closed for weeks"
		and .history[2].version == 3 and .state == "live"' body
	get /$STEM@20260302T131000Z.json
	jq -e '.title == "Bridge closed for weeks" and .blocks[0].text == "Twenty-one of forty bearings are worn out."
		and .fetched == "2026-03-02T13:10:00Z"' body
	[ "$(jq -r .commit body)" = "$(stet-log --json news.git $BRIDGE | jq -r 'select(.version == 2).commit')" ]
	get /$STEM@20260302T080000Z..20260302T131000Z.json
	jq -e '[.rows[] | select(.kind == "edited").spans[] | select(.[0] != "equal")] == [["delete", "Twelve "], ["insert", "Twenty-one "]]' body
	jq -e '.from.version == 1 and .to.version == 2' body
}

@test "statuses: hidden, missing, methods, addresses that are none" {
	stet hide news.git $BRIDGE
	get /$STEM@20260302T080000Z.html
	[ "$answer" = 410 ]
	! grep -q bearings body
	git -C news.git config stet.hideStatus 451
	get /$STEM.json
	[ "$answer" = 451 ]
	get /timegate/$BRIDGE
	[ "$answer" = 451 ]
	for path in /nothing /a/ /a/herald.example/x.html /a/herald.example/2026/03/02/bridge /changes/0.html /changes/99.html \
		/source/none/index.html /feed/none.rss /feed/all.xml /timegate/https://no.example/ /.stet.json /config /search; do
		get "$path"
		[ "$answer" = 404 ] || { echo "$path: $answer"; return 1; }
		[[ $(text body) == *"404"* ]]
	done
	for path in /a/../../etc/passwd /./index.html $'/a\n' $'/\xff' "/$(printf 'x%.0s' $(seq 5000))"; do
		get "$path"
		[ "$answer" = 400 ] || { echo "$path: $answer"; return 1; }
	done
	METHOD=POST get /index.html
	[ "$answer" = 405 ]
	[ "$(header Allow)" = "GET, HEAD" ]
	METHOD=HEAD get /index.html
	[ "$answer" = 200 ]
	[ ! -s body ]
	[ "$(header Content-Length)" -gt 1000 ]
	run -1 --separate-stderr env REQUEST_METHOD=GET PATH_INFO=/index.html stet-web nowhere.git
	[[ $output == "Status: 503"* ]]
	[[ $stderr == *nowhere.git* ]]
	run -2 stet-web news.git
}

@test "entity tags come from the newest commit and are answered with 304" {
	get /index.html
	tag=$(header ETag)
	HTTP_IF_NONE_MATCH="\"other\", W/$tag" get /index.html
	[ "$answer" = 304 ]
	[ ! -s body ]
	get /$STEM.html
	page=$(header ETag)
	HTTP_IF_NONE_MATCH=$page get /$STEM.html
	[ "$answer" = 304 ]
	article $BRIDGE 2026-03-09T10:00:00Z "Bridge closed again" "All bearings are old." | stet-commit news.git >/dev/null
	HTTP_IF_NONE_MATCH="$tag, $page" get /index.html
	[ "$answer" = 200 ]
	HTTP_IF_NONE_MATCH="$tag, $page" get /$STEM.html
	[ "$answer" = 200 ]
	# What the schedule says is on the page too.
	tag=$(header ETag)
	stet-log --json news.git $BRIDGE | tail -n 1 | jq -c '{v: 1, status: "same", url: .key, key, fetched: "2026-03-10T00:00:00Z"}' |
		stet-mark news.git >/dev/null
	HTTP_IF_NONE_MATCH=$tag get /$STEM.html
	[ "$answer" = 200 ]
}

@test "Memento: a version says when it was, the TimeGate leads to it" {
	get /$STEM@20260302T131000Z.html
	[ "$(header Memento-Datetime)" = "Mon, 02 Mar 2026 13:10:00 GMT" ]
	[[ $(header Link) == *"<$BRIDGE>; rel=\"original\", </timegate/$BRIDGE>; rel=\"timegate\", </$STEM@timemap.link>; rel=\"timemap\""* ]]
	while read -r at to; do
		HTTP_ACCEPT_DATETIME=$(date -ud "$at" '+%a, %d %b %Y %T GMT') get "/timegate/$BRIDGE"
		[ "$answer" = 302 ]
		[ "$(header Location)" = /$STEM@$to.html ] || { echo "$at: $(header Location)"; return 1; }
		[ "$(header Vary)" = accept-datetime ]
		[[ $(header Link) == *'rel="original"'* ]]
	done <<-EOF
	2020-01-01T00:00:00Z 20260302T080000Z
	2026-03-02T13:09:59Z 20260302T080000Z
	2026-03-02T13:10:00Z 20260302T131000Z
	2026-03-06T09:00:00Z 20260302T131000Z
	2030-01-01T00:00:00Z 20260306T100000Z
	EOF
	# A server makes one slash of two; without a time it is the newest.
	get /timegate/https:/herald.example/2026/03/02/bridge
	[ "$(header Location)" = /$STEM@20260306T100000Z.html ]
	HTTP_ACCEPT_DATETIME=yesterday get "/timegate/$BRIDGE"
	[ "$answer" = 400 ]
}

@test "search: words, phrase, filters, what was taken out; feeds and JSON" {
	stet-search --update news.git
	get /search q=bearings
	[ "$answer" = 200 ]
	[[ $(text body) == *"Bridge closed"*"versions 1 to 3, the newest"*"forty bearings are"* ]]
	grep -q "href=\"$STEM@20260302T080000Z.html\"" body
	grep -q '<mark>bearings</mark>' body
	get /search 'q=bearings&in=removed'
	[[ $(text body) == *"Nothing was found"* ]]
	get /search 'q=ferry+runs+every&in=removed&phrase=1'
	grep -q "href=\"$STEM@20260302T131000Z..20260306T100000Z.html\"" body
	get /search 'q=every+ferry&phrase=1'
	[[ $(text body) == *"Nothing was found"* ]]
	get /search.json 'q=ships&source=co+%26+%3Cb%3E'
	jq -e '.v == 1 and (.hits | length) == 1 and (.hits[0].match | ascii_downcase | startswith("ship"))' body
	get /search.json 'q=ships&source=herald'
	jq -e '.hits == []' body
	get /search.json 'q=bearings&class=numbers&in=added'
	jq -e '.hits == []' body
	get /search.json 'q=bearings&since=2026-03-06&until=2026-03-07'
	jq -e '[.hits[].version] == [3]' body
	for kind in rss atom; do
		get /search.$kind q=bearings
		cp body search.$kind
	done
	/usr/bin/python3 "$LIB/check-feeds.py" '' search.rss search.atom
	# What is asked for is text, whatever it says.
	for q in '%22%3E%3Cscript%3Ealert(1)%3C/script%3E' '-' '*' '%22' 'a+OR+b)' ''; do
		get /search "q=$q"
		[ "$answer" = 200 ]
		! grep -qE '<script( src|>)' body
	done
	for q in 'q=%00' 'q=%f' 'q=%ff' 'q=a&in=x' 'q=a&since=x' 'q=a&page=0' 'q=a&page=x'; do
		get /search "$q"
		[ "$answer" = 400 ] || { echo "$q: $answer"; return 1; }
	done
}

@test "the archive is only read, also where its folder cannot be written" {
	stet-search --update news.git
	sums() { find news.git -type f -exec sha256sum {} + | sort; find news.git | sort; }
	sums >before
	for path in /index.html /$STEM.html /$STEM@1..3.html /search /sources.html /none; do
		get $path q=bearings
		[ "$answer" != 503 ]
	done
	sums | diff before -
	# An index of another stet is told of, not misread.
	cp -r news.git old.git
	python3 -c 'import sqlite3; sqlite3.connect("old.git/stet/index.db").execute("PRAGMA user_version = 1")'
	run -1 --separate-stderr env REQUEST_METHOD=GET PATH_INFO=/index.html stet-web old.git
	[[ $stderr == *"made by another stet: stet index makes it anew"* ]]
	stet-index old.git >/dev/null
	ARCHIVE=old.git get /index.html
	[ "$answer" = 200 ]
	# A writer that is at work is read beside.
	python3 - <<-'EOF' &
	import sqlite3, time
	db = sqlite3.connect('news.git/stet/index.db')
	db.execute('INSERT OR REPLACE INTO meta VALUES("test", 1)')
	db.commit()
	open('writing', 'w').close()
	while not __import__('os').path.exists('read'):
	    time.sleep(0.05)
	EOF
	local writer=$!
	for _ in $(seq 100); do [ -e writing ] && break; sleep 0.05; done
	get /$STEM.html
	[ "$answer" = 200 ]
	touch read
	wait "$writer"
}

@test "random addresses: an answer to each, never a fault, never markup" {
	stet-search --update news.git
	python3 - <<-'EOF'
	import os, random, subprocess
	r = random.Random(7)
	parts = ['a', 'herald.example', '2026', '03', '02', 'bridge', '@', '1', '..', '.html', '.json', '-', 'first', 'latest', 'search',
	         'timegate', 'https:', '//', '/', 'changes', 'source', 'feed', 'all', '.rss', '.atom', '%', '%2e', '<script>', '"', "'", '&amp;',
	         '\x01', '\xe9', '\u202e', '20260302T080000Z', 'compare', 'x' * 300, '*', '\\', 'index', '.png', 'card', '0', '99999999999999999999']
	for n in range(400):
	    path = '/' + ''.join(r.choice(parts) + r.choice(['', '/', '', '']) for _ in range(r.randint(1, 9)))
	    query = '&'.join(f'{r.choice(["q", "in", "page", "from", "to", "x"])}={"".join(r.choices(parts, k=2))}' for _ in range(r.randint(0, 3)))
	    if n % 5 == 0:
	        path = bytes(r.randrange(1, 256) for _ in range(r.randint(1, 40))).decode('latin-1')
	    env = dict(os.environ, REQUEST_METHOD='GET', SCRIPT_NAME='', PATH_INFO=path, QUERY_STRING=query, STET_ARCHIVE='news.git')
	    out = subprocess.run(['stet-web'], env=env, capture_output=True)
	    status = out.stdout[8:11]
	    assert out.returncode == 0 and status in (b'200', b'301', b'302', b'400', b'404'), (path, query, out)
	    assert out.stdout.count(b'<script') == out.stdout.count(b'<script type="application/ld+json">'), (path, query)
	    head = out.stdout.split(b'\r\n\r\n')[0]
	    assert all(b': ' in line for line in head.split(b'\r\n')), head
	EOF
}

@test "pictures of changes, and the text beside them" {
	get "/$STEM@20260302T080000Z..20260302T131000Z.png"
	[ "$answer" = 200 ]
	[ "$(header Content-Type)" = image/png ]
	python3 - <<-'EOF'
	body = open('raw', 'rb').read().split(b'\r\n\r\n', 1)[1]
	assert body[:8] == b'\x89PNG\r\n\x1a\n' and body[16:24] == (1200).to_bytes(4, 'big') + (630).to_bytes(4, 'big')
	EOF
	stet-card news.git $BRIDGE 1 2 >card.png
	python3 - <<-'EOF'
	assert open('raw', 'rb').read().split(b'\r\n\r\n', 1)[1] == open('card.png', 'rb').read()
	EOF
	get "/$STEM@1..3-square.png"
	[ "$(header Location)" = "/$STEM@20260302T080000Z..20260306T100000Z-square.png" ]
	stet-card --square news.git $BRIDGE >square.png
	[ "$(od -An -tu1 -j16 -N8 square.png | tr -s ' ')" = " 0 0 4 56 0 0 4 56" ]
	# Other words make another picture, other fonts' scripts do too.
	stet-card news.git $BRIDGE 2 3 | cmp - card.png && false
	[ "$(stet-card --text news.git $BRIDGE 1 2)" = "Before: Bridge closed After: Bridge closed for weeks" ]
	[ "$(stet-card --text news.git https://courier.example/2026/03/04/port)" = "Before: Port is quiet After: Port is <quiet>" ]
	run -1 stet-card news.git $BRIDGE 1 9
	[[ $output == *"no version '9'"* ]]
	run -1 stet-card news.git https://herald.example/2026/03/07/mill
	run -1 stet-card news.git https://no.example/
	run -2 stet-card news.git
	stet hide news.git $BRIDGE
	run -1 stet-card news.git $BRIDGE
}

# serve [OPTION...]: stet serve in the background; its address in $SITE_URL.
serve() {
	PORT=$(free_port)
	stet-serve --addr "127.0.0.1:$PORT" news.git >serve.out 2>serve.err 3>&- &
	echo $! >serve.pid
	for _ in $(seq 200); do
		[ -s serve.out ] && break
		sleep 0.05
	done
	SITE_URL=$(sed 's|/$||' serve.out)
	[ "$SITE_URL" = "http://127.0.0.1:$PORT" ]
}

@test "stet serve: read, compared and searched in a browser without scripts" {
	serve
	browser_start
	browse "$SITE_URL/"
	[ "$(script 'return document.querySelectorAll("script:not([type=\"application/ld+json\"])").length')" = 0 ]
	script 'document.querySelector("a[href$=\"bridge@20260302T131000Z..20260306T100000Z.html\"]").click()' >/dev/null
	wait_for 'location.pathname.endsWith("..20260306T100000Z.html")'
	browse "$SITE_URL/$STEM.html"
	script 'document.querySelector("input[name=from]").value = 1; document.querySelector("input[name=to]").value = 3;
		document.querySelector(".compare button").click()' >/dev/null
	wait_for 'location.pathname.endsWith("20260302T080000Z..20260306T100000Z.html")'
	browse "$SITE_URL/search.html"
	script 'document.querySelector("#q").value = "bearings"; document.querySelector(".search button").click()' >/dev/null
	wait_for 'document.querySelector("mark")'
	[ "$(script 'return document.querySelector("mark").textContent')" = '"bearings"' ]
	driver se/log '{"type": "browser"}' | jq -r '.[].message' >log
	! grep -vi favicon log
}

@test "stet serve ends cleanly, and says what is wrong" {
	serve
	curl -sf "$SITE_URL/index.html" >/dev/null
	run -3 stet-serve --addr "127.0.0.1:$PORT" news.git
	kill -TERM "$(cat serve.pid)"
	wait "$(cat serve.pid)"
	! curl -sf -m 2 "$SITE_URL/index.html"
	[ ! -s serve.err ]
	run -2 stet-serve
	run -2 stet-serve --addr nowhere news.git
	run -2 stet-serve --addr 127.0.0.1:99999 news.git
	run -2 stet-serve nowhere.git
	[[ $output == *nowhere.git* ]]
}

@test "under nginx with fcgiwrap, by the configuration of scripts/web" {
	command -v fcgiwrap >/dev/null || skip "no fcgiwrap"
	stet-search --update news.git
	fcgiwrap -s "unix:$PWD/socket" >/dev/null 2>&1 3>&- &
	echo $! >fcgiwrap.pid
	for _ in $(seq 100); do [ -S socket ] && break; sleep 0.05; done
	chmod 777 socket
	location=$(sed -n '/^	location/,/^	}/p' "$ROOT/scripts/web/nginx.conf" | sed "s|/run/fcgiwrap.socket|$PWD/socket|
		s|/usr/local/bin/stet-web|$(command -v stet-web)|; s|/srv/news.git|$PWD/news.git|")
	start_nginx "merge_slashes off; $location"
	stet-render news.git site </dev/null
	for path in index.html $STEM.html $STEM@20260302T080000Z..20260302T131000Z.html feed/all.rss stet.css; do
		curl -sf "$SITE_URL/$path" | cmp - "site/$path"
	done
	curl -s "$SITE_URL/search?q=bearings" | grep -q '<mark>bearings'
	curl -sI "$SITE_URL/timegate/$BRIDGE" | grep -q "^Location: .*/$STEM@20260306T100000Z.html"
	[ "$(curl -s -o /dev/null -w '%{http_code}' "$SITE_URL/none")" = 404 ]
	tag=$(curl -sI "$SITE_URL/" | tr -d '\r' | sed -n 's/^ETag: //p')
	[ "$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$SITE_URL/")" = 304 ]
}
