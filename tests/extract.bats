# stet-extract: from WARC or HTML to article records.

load helper

# page TITLE [BODY]: an invented article between the usual boilerplate.
page() {
	cat <<-HTML
	<!doctype html><html lang=en><head><meta charset=utf-8>
	<title>$1 - The Ledger</title><meta property=og:title content="$1"></head>
	<body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
	<main><article><h1>$1</h1><div class=byline>By Ann Droste</div>
	<p class=standfirst>Nobody had counted them since the mill burnt down in the winter of 1921.</p>
	<figure><img src=x.jpg><figcaption>The old mill. Photo: A. Droste</figcaption></figure>
	${2:-<p>The town of Lower Orrin counted its geese on Saturday, for the first time in
	a hundred and four years, and found eleven hundred and six of them.</p>
	<p>&ldquo;We had expected about forty,&rdquo; said the clerk, who had brought one sheet
	of paper and went home twice for more of it during the afternoon.</p>
	<p><a href=/other>Read more: The duck question</a></p>
	<h2>What happens now</h2>
	<p>The council will hear on Thursday what the geese eat, what it costs, and who is to
	pay for it; a vote is not expected before the end of the month.</p>
	<p>Correction: An earlier version of this article gave the number of ducks as nine.</p>
	<p>Reporting by Ann Droste; editing by Per Lind</p>}
	<div class=related-stories><h3>Related</h3><ul><li><a href=/1>Swans, too</a></ul></div>
	</article></main><footer>Copyright The Ledger</footer></body></html>
	HTML
}

# warc URL STATUS FILE [HEADER]: one response record of the file, of $TYPE.
warc() {
	local head len
	head=$(printf 'HTTP/1.1 %s OK\r\nContent-Type: %s%s\r\n\r\nx' "$2" "${TYPE:-text/html}" "${4:+$'\r\n'$4}")
	head=${head%x}
	len=$((${#head} + $(stat -c %s "$3")))
	printf 'WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2026-05-04T10:00:00Z\r\n'
	printf 'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n' "$RANDOM"
	printf 'WARC-Target-URI: %s\r\nContent-Type: application/http;msgtype=response\r\n' "$1"
	printf 'Content-Length: %d\r\n\r\n%s' "$len" "$head"
	cat "$3"
	printf '\r\n\r\n'
}

html() {
	stet-extract --html https://ledger.example/2026/05/geese "$@"
}

@test "an article comes out whole and alone" {
	page "Lower Orrin counts its geese" >a.html
	run -0 --separate-stderr html a.html
	[ "$(jq -r .event <<<"$output")" = article ]
	[ "$(jq -r .title <<<"$output")" = "Lower Orrin counts its geese" ]
	[ "$(jq -r .summary <<<"$output")" = "Nobody had counted them since the mill burnt down in the winter of 1921." ]
	[ "$(jq -r '[.blocks[].kind] | join(" ")' <<<"$output")" = "p p h2 p correction credit" ]
	[[ $(jq -r '.blocks[0].text' <<<"$output") = "The town of Lower Orrin counted"*"six of them." ]]
	jq -e '.signals | index("title-heading")' <<<"$output"
	# Without a heading, between many links, it is less sure.
	sure=$(jq .confidence <<<"$output")
	{ sed 's,h1>,div>,g' a.html; for i in {1..60}; do echo "<h3><a href=/$i>Another headline of the day, number $i</a></h3>"; done; } >b.html
	[ "$(html b.html | jq ".confidence < $sure and $sure > 0.08")" = true ]
}

@test "white space, soft hyphens and entities are put in order" {
	page "Lower Orrin counts its geese" "<p>The   town of Lower&shy; Or&shy;rin counted
	its&nbsp;geese on Saturday&#x2009;, for the first time in a hundred and four years.</p>
	<p>Cafe&#x301; owners said that they had <b>not</b> been asked, which the clerk <i>denied</i>
	in a letter of eleven pages that was read out to the council on the same day.</p>" >a.html
	run -0 html a.html
	[ "$(jq -r '.blocks[0].text' <<<"$output")" = "The town of Lower Orrin counted its geese on Saturday , for the first time in a hundred and four years." ]
	[[ $(jq -r '.blocks[1].text' <<<"$output") = "Café owners said that they had not been asked"* ]]
}

@test "lists, quotes, tables and preformatted text keep their kinds" {
	page "Lower Orrin counts its geese" "<p>The town of Lower Orrin counted its geese on
	Saturday, for the first time in a hundred and four years, and wrote it all down:</p>
	<ul><li>grey geese in the upper pond and in the ditch behind it</li><li>white geese on
	the green, some of which may have been counted twice</li></ul>
	<blockquote><p>We had expected about forty of them and brought one sheet of paper.</p></blockquote>
	<table><tr><th>Pond</th><th>Geese</th></tr><tr><td>Upper</td><td>612</td></tr></table>
	<pre>one
	  two</pre>
	<p>The council will hear on Thursday what the geese eat, what it costs, and who is to
	pay for it; a vote is not expected before the end of the month.</p>" >a.html
	run -0 html a.html
	[ "$(jq -r '[.blocks[].kind] | join(" ")' <<<"$output")" = "p li li quote row row pre p" ]
	[ "$(jq -r '.blocks[5].text' <<<"$output")" = "Upper | 612" ]
	[ "$(jq -r '.blocks[6].text' <<<"$output")" = $'one\n   two' ]
}

@test "rules select and drop for one source alone" {
	page "Lower Orrin counts its geese" >a.html
	warc https://ledger.example/a 200 a.html |
		sed 's/^WARC-Type: response/WARC-Stet-Source: ledger\r\n&/' >a.warc
	printf 'ledger\tdrop\tarticle > h2, p[class^=stand]\nledger\tinclude\t^x\n' >rules
	run -0 stet-extract --rules rules <a.warc
	[ "$(jq -r '[.blocks[].kind] | index("h2")' <<<"$output")" = null ]
	[ "$(jq -r .summary <<<"$output")" = "" ]
	printf 'other\tdrop\tarticle\n' >rules
	run -0 stet-extract --rules rules <a.warc
	[ "$(jq -r '[.blocks[].kind] | index("h2")' <<<"$output")" = 2 ]
	printf 'ledger\tselect\tdiv.nothing, h2 ~ p\n' >rules
	run -2 --separate-stderr stet-extract --rules rules <a.warc
	[[ $stderr = *"'rules' line 1: "* ]]
}

@test "-j N keeps the order and gives the same bytes" {
	for i in $(seq 40); do
		page "Count number $i of the geese" >p.html
		warc "https://ledger.example/$i" 200 p.html
	done >a.warc
	stet-extract <a.warc >one
	stet-extract -j 4 <a.warc >four
	cmp one four
	[ "$(wc -l <one)" = 40 ]
	[ "$(jq -r .url one | head -n 2 | tail -n 1)" = https://ledger.example/2 ]
	gzip -c a.warc | stet-extract -j 2 | cmp - one
}

@test "nothing in, nothing out; a full disk is status 3" {
	run -0 stet-extract </dev/null
	[ -z "$output" ]
	run -0 stet-extract -j 3 </dev/null
	[ -z "$output" ]
	page "Lower Orrin counts its geese" >a.html
	warc https://ledger.example/a 200 a.html >a.warc
	for j in 1 2; do
		run -3 --separate-stderr bash -c "stet-extract -j $j <a.warc >/dev/full"
		[[ $stderr = "stet-extract: cannot write the output"* ]]
	done
	run -3 bash -c 'html() { stet-extract --html https://l.example/a a.html >/dev/full; }; html'
}

@test "bad use is status 2, a missing file is status 1" {
	run -2 stet-extract --no-such
	run -2 stet-extract -j 0
	page "Lower Orrin counts its geese" >a.html
	run -1 --separate-stderr html missing.html a.html
	[[ $stderr = *"cannot open 'missing.html'"* ]]
	[ "$(jq -r .event <<<"$output")" = article ]
}

# small NAME: a capture of one short page in NAME.warc.
small() {
	echo '<h1>Geese</h1><p>Eleven hundred and six geese live in Lower Orrin.</p>' >"$1.html"
	warc "https://ledger.example/$1" 200 "$1.html" >"$1.warc"
}

@test "a capture cut at any byte ends in status 3 or a whole record" {
	small first
	small second
	python3 - <<-'PY'
	import gzip, subprocess
	def extract(data):
	    p = subprocess.run(['stet-extract'], input=data, capture_output=True)
	    return p.returncode, p.stdout.splitlines(), p.stderr
	first, second = open('first.warc', 'rb').read(), open('second.warc', 'rb').read()
	whole = extract(first)[1]
	assert len(whole) == 1
	for pack in bytes, gzip.compress:
	    before, last = pack(first), pack(second)
	    for n in range(1, len(last) + 1):
	        status, lines, said = extract(before + last[:n])
	        # what stood before the cut is there, and all of it
	        assert lines[:1] == whole, (pack, n, lines)
	        if status == 3: # and the cut is told
	            assert b'cut' in said.splitlines()[-1], (pack, n, said)
	        else: # but for what stands behind the last record
	            assert status < 2 and len(lines) == 2 and n >= len(last) - 8, (pack, n, status, said)
	PY
}

# Seconds of CPU that one bad page and a good one may take together.
CPU=1
case $BUILD in *asan*) CPU=20 ;; esac

# hostile NAME [HEADER]: the page in NAME.html, then a good one: the first has
# a record, the second is an article, and it took less than $CPU seconds.
hostile() {
	page "Lower Orrin counts its geese" >good.html
	{
		warc https://ledger.example/bad 200 "$1.html" "${2:-}"
		warc https://ledger.example/good 200 good.html
	} >"$1.warc"
	status=0
	(ulimit -t $CPU && "$LIB/peak" peak stet-extract <"$1.warc" >out) || status=$?
	[ $status -le 1 ] || return 1
	[ "$(wc -l <out)" = 2 ] || return 1
	[ "$(jq -r .event out | tail -n 1)" = article ]
}

@test "pages made to exhaust a parser" {
	python3 - <<-'PY'
	def write(name, data):
	    open(name + '.html', 'wb').write(data if isinstance(data, bytes) else data.encode())
	write('divs', '<div>' * 200000)
	write('attributes', '<p ' + ' '.join('a%d=1' % i for i in range(100000)) + '>x')
	write('bold', ''.join('<b class=%d>' % i for i in range(100000)) + '<p>x' * 1000)
	write('bold-p', ''.join('<b class=%d><p>x' % i for i in range(100000)))
	write('nul', '\0' * 100000 + '<p>a\0b' * 1000)
	write('tables', '<table><tr><td>' * 50000)
	write('lists', '<ul><li>' * 100000)
	write('spans', '<span>' * 400 + '<p></p>' * 100000)
	write('comment', '<!--' * 300000)
	write('lt', '<' * 1000000)
	write('entities', '&amp;&#x41;&notit;' * 60000)
	write('selects', '<select><option>' * 60000)
	write('forms', '<a><form>' * 60000)
	write('open', '<p title="' + 'x' * 1000000)
	write('classes', ''.join('<div class="c%d by%d">word word</div>' % (i, i) for i in range(30000)))
	write('same', '<article>' + '<p>The same sentence again, of geese and ducks and all that swim.</p>' * 30000)
	write('title', '<title>' + 'a b - ' * 50000 + '</title><h1>x</h1>')
	write('headings', ''.join('<h2>geese number %d of the year</h2>' % i for i in range(50000)))
	write('metas', ''.join('<meta name="author" content="Ann %d">' % i for i in range(50000)))
	write('times', ''.join('<time class=date>%d May 2024</time>' % (i % 28 + 1) for i in range(50000)))
	write('scripts', '<script type="application/ld+json">{"author":[1,2]}</script>' * 20000)
	write('utf16', ('<p>' + 'The geese. ' * 20 + '</p>').encode('utf-16-le') * 2000)
	PY
	for page in *.html; do
		hostile "${page%.html}" || { echo "$page"; false; }
	done
}

@test "a page of 64 MB and a bomb of gzip, in bounded memory" {
	python3 - <<-'PY'
	import gzip
	def write(name, piece, size=64000000):
	    open(name + '.html', 'wb').write((piece * (size // len(piece) + 1))[:size])
	write('paragraphs', b'<p>word word word word</p>\n')
	write('script', b'<script>' + b'var a = "geese";\n' * 4000 + b'</script>')
	open('bomb.html', 'wb').write(gzip.compress(b'<p>' + b'x ' * (100 << 20), 1))
	PY
	for name in paragraphs script bomb; do
		header=
		[ $name != bomb ] || header='Content-Encoding: gzip'
		hostile $name "$header" || { echo "$name"; false; }
		[ "$(jq -r .event out | head -n 1)" = failed ]
		# the page as it came, and not twelve times that
		[[ $BUILD = *asan* ]] || [ "$(cat peak)" -le $((200 << 10)) ]
	done
}

@test "memory is bounded however long the input is" {
	[[ $BUILD != *asan* ]] || skip "an instrumented program takes more"
	{ # a page as they are: most of it is no text
		page "Lower Orrin counts its geese"
		echo "<script>$(printf 'geese.count(%d);\n' $(seq 5000))</script>"
	} >p.html
	warc https://ledger.example/p 200 p.html >one.warc
	largest=$(stat -c %s one.warc)
	for _ in $(seq 10); do cat one.warc; done >ten.warc
	for _ in $(seq 100); do cat ten.warc; done | "$LIB/peak" peak stet-extract >out
	[ "$(wc -l <out)" = 1000 ]
	[ "$(cat peak)" -le $(((48 << 10) + 12 * largest / 1024)) ]
	for _ in $(seq 100); do cat ten.warc; done | gzip -1 | "$LIB/peak" peak stet-extract -j 2 >two
	cmp out two
	[ "$(cat peak)" -le $(((48 << 10) + 12 * largest / 1024)) ]
}

@test "characters in the wrong encoding" {
	page "Lower Orrin counts its geese" "<p>Die Stadt zählte am Samstag ihre Gänse, zum ersten
	Mal seit hundert und vier Jahren, und fand elfhundert und sechs Stück davon.</p>
	<p>„Wir hatten höchstens vierzig erwartet“, sagte der Schreiber, der ein Blatt Papier
	mitgebracht hatte und zweimal nach Hause gehen musste, um mehr zu holen.</p>" >a.html
	for utf16 in UTF-16LE UTF-16BE; do # without a mark
		iconv -f UTF-8 -t $utf16 a.html >utf16.html
		run -0 html utf16.html
		[[ $(jq -r '.blocks[0].text' <<<"$output") = "Die Stadt zählte am Samstag ihre Gänse"* ]]
	done
	iconv -f UTF-8 -t WINDOWS-1252 a.html | sed s/charset=utf-8/charset=iso-8859-1/ >latin.html
	run -0 html latin.html
	[[ $(jq -r '.blocks[1].text' <<<"$output") = "„Wir hatten höchstens"* ]]
}

@test "captures in every shape that crawlers write" {
	page "Lower Orrin counts its geese" >a.html
	html a.html | jq -c '[.title, .blocks]' >want
	python3 - <<-'PY' >shapes.warc
	import gzip, sys
	plain = open('a.html', 'rb').read()
	packed = gzip.compress(plain)
	def chunked(b):
	    return b''.join(b'%x\r\n%s\r\n' % (len(b[i:i + 700]), b[i:i + 700]) for i in range(0, len(b), 700)) + b'0\r\n\r\n'
	count = 0
	def record(body, head='', start='HTTP/1.1 200 OK', version='WARC/1.1', uri='%s', eol='\r\n', more='', length=True):
	    global count
	    count += 1
	    if length and 'Content-Length' not in head:
	        head += 'Content-Length: %d\n' % len(body)
	    http = (start + '\nContent-Type: text/html\n' + head + '\n').replace('\n', eol).encode() + body
	    date = '2026-05-04T10:00:00' + ('.123456Z' if version == 'WARC/1.1' else 'Z')
	    sys.stdout.buffer.write((version + '\r\nWARC-Type: response\r\nWARC-Date: ' + date +
	        '\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n' % count +
	        'WARC-Target-URI: ' + uri % ('https://ledger.example/%d' % count) + '\r\n' + more +
	        'Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n' % len(http)).encode() +
	        http + b'\r\n\r\n')
	record(plain)
	record(packed, 'Content-Encoding: gzip\n')
	record(plain, 'Content-Encoding: gzip\nContent-Length: %d\n' % len(packed)) # decoded, its headers left
	record(chunked(plain), 'Transfer-Encoding: chunked\n', length=False)
	record(chunked(packed), 'Transfer-Encoding: chunked\nContent-Encoding: gzip\n', length=False)
	record(plain, 'Transfer-Encoding: chunked\n', length=False) # joined, its header left
	record(plain, 'X-Crawler-Content-Encoding: gzip\nX-Crawler-Transfer-Encoding: chunked\n')
	record(plain, start='HTTP/2 200')
	record(plain, start='HTTP/1.0 200')
	record(plain, eol='\n')
	record(plain, version='WARC/1.0', uri='<%s>')
	record(plain, version='WARC/0.18')
	record(plain, 'Content-Length: %d\n' % (len(plain) + 5000), more='WARC-Truncated: length\r\n')
	PY
	for pack in cat gzip; do
		run -1 bash -c "$pack <shapes.warc | stet-extract >out"
		[ "$(wc -l <out)" = 13 ]
		[ "$(head -n 12 out | jq -c '[.title, .blocks]' | sort -u)" = "$(<want)" ]
		# half a page is no version of its article
		[ "$(tail -n 1 out | jq -r '.event + " " + .reason')" = "failed truncated" ]
	done
}

# mislabelled TEXT CHARSET LABEL...: the text comes out whatever the page, and
# the server too, say of its characters.
mislabelled() {
	local text=$1 charset=$2 label
	shift 2
	for label in "$@"; do
		page "Geese" "<p>$text</p><p>$text</p>" | sed "s/charset=utf-8/charset=$label/" |
			iconv -f UTF-8 -t "$charset" >m.html
		warc "https://ledger.example/page-$label" 200 m.html
		TYPE="text/html; charset=$label" warc "https://ledger.example/both-$label" 200 m.html
	done >m.warc
	stet-extract <m.warc >out
	jq -r 'select(.blocks[0].text != $text) | .url' --arg text "$text" out >wrong
	[ "$(wc -l <out)" = $(($# * 2)) ] && [ ! -s wrong ] || {
		cat wrong
		return 1
	}
}

@test "labels that lie: GBK, Shift-JIS, windows-1251 and others" {
	mislabelled '市政府周二宣布，新的桥梁将在明年完工。居民们对此表示欢迎，商人则担心夏天的生意会受到影响。' \
		GBK utf-8 iso-8859-1 windows-1252 shift_jis us-ascii
	mislabelled '市は火曜日、新しい橋が来年完成すると発表した。住民は歓迎しているが、商店主たちは夏の売り上げを心配している。' \
		SHIFT_JIS utf-8 iso-8859-1 windows-1252 euc-jp
	mislabelled 'Городские власти во вторник объявили, что новый мост будет достроен в следующем году. Жители рады, торговцы опасаются.' \
		WINDOWS-1251 utf-8 iso-8859-1 windows-1252 koi8-r iso-8859-5 gbk shift_jis
	mislabelled 'Городские власти во вторник объявили, что новый мост будет достроен в следующем году. Жители рады, торговцы опасаются.' \
		UTF-8 windows-1251 gbk shift_jis iso-8859-1
	# bytes that are text in the wrong encoding too are read as labelled
	page Geese "<p>$(printf '市政府周二宣布，新的桥梁将在明年完工。%.0s' 1 2 3 4)</p>" |
		sed s/charset=utf-8/charset=big5/ | iconv -f UTF-8 -t GBK >m.html
	run -0 html m.html
	[ "$(jq -r .event <<<"$output")" = article ]
}

@test "the examples of the man page run" {
	page "Lower Orrin counts its geese" >page.html
	page "Lower Orrin counts its geese" '<div id=story><p>The town of Lower Orrin counted
	its geese on Saturday, for the first time in a hundred and four years.</p></div>
	<p>Not this, which stands outside and is long enough to look like a paragraph of prose.</p>' >b.html
	warc https://ledger.example/a 200 b.html |
		sed 's/^WARC-Type: response/WARC-Stet-Source: paper\r\n&/' >capture.warc
	run -0 bash -c 'stet-extract <capture.warc | jq -r .title'
	[ "$output" = "Lower Orrin counts its geese" ]
	run -0 stet-extract --html https://paper.example/a page.html
	printf 'paper\tselect\tdiv#story > p\n' >rules
	run -0 bash -c 'stet-extract --rules rules <capture.warc | jq -r ".blocks[].text"'
	[[ $output = "The town of Lower Orrin"* ]]
	[[ $output != *"Not this"* ]]
}

@test "WARC and HTML files, and standard input, are read in one go" {
	html() {
		printf '<html><head><title>%s</title>%s</head><body><h1>%s</h1>' "$1" "${2-}" "$1"
		for i in 1 2 3 4; do printf '<p>Paragraph %d of the story, in which the council closes the bridge for repairs until June.</p>' "$i"; done
		printf '</body></html>\n'
	}
	html 'Bridge closes until June' '<link rel=canonical href="https://daily.example/bridge">' >a.html
	html 'Ferry leaves at noon' >b.html
	html 'Traders fear for summer' | "$LIB/mkwarc" 2026-05-04T08:00:00Z 200 https://daily.example/traders >c.warc
	gzip -k c.warc
	run -0 bash -c 'stet-extract a.html c.warc b.html c.warc.gz | jq -r "[.url, .title] | join(\" \")"'
	[ "$output" = "https://daily.example/bridge Bridge closes until June
https://daily.example/traders Traders fear for summer
file://$PWD/b.html Ferry leaves at noon
https://daily.example/traders Traders fear for summer" ]
	for how in 'stet-extract --html https://daily.example/b <b.html' 'cat b.html | stet-extract --html https://daily.example/b -' 'stet-extract --html https://daily.example/b b.html'; do
		run -0 bash -c "$how | jq -r .url"
		[ "$output" = https://daily.example/b ]
	done
	run -0 bash -c 'cat c.warc | stet-extract a.html - | jq -r .title'
	[ "$output" = 'Bridge closes until June
Traders fear for summer' ]
	run -1 stet-extract missing.html a.html
	[[ $output == *"cannot open 'missing.html'"* ]]
	[ "$(stet-extract missing.html a.html 2>/dev/null | wc -l)" = 1 ]
	echo 'no such thing' >d.warc
	run -3 stet-extract d.warc a.html
	[[ $output == *"'d.warc'"* ]]
}
