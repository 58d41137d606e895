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

# warc URL STATUS FILE [HEADER]: one response record of the file.
warc() {
	local head len
	head=$(printf 'HTTP/1.1 %s OK\r\nContent-Type: text/html%s\r\n\r\nx' "$2" "${4:+$'\r\n'$4}")
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
	[ "$(jq '.confidence > 0.7' <<<"$output")" = true ]
	jq -e '.signals | index("title-heading")' <<<"$output"
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
	run -2 stet-extract file
	run -2 stet-extract --html https://ledger.example/a
	page "Lower Orrin counts its geese" >a.html
	run -1 --separate-stderr html missing.html a.html
	[[ $stderr = *"cannot open 'missing.html'"* ]]
	[ "$(jq -r .event <<<"$output")" = article ]
}

@test "a capture cut at any byte ends in status 3 or a whole record" {
	page "Lower Orrin counts its geese" >a.html
	warc https://ledger.example/a 200 a.html >a.warc
	size=$(stat -c %s a.warc)
	for ((n = 0; n < size; n += 61)); do
		status=0
		head -c $n a.warc | stet-extract >out 2>err || status=$?
		case $status in
		0) [ $n -eq 0 ] || [ -s out ] ;;
		3) [ -s err ] ;;
		*) false ;;
		esac
	done
}

# hostile NAME: the page in NAME.html, then a good one, within two seconds of
# CPU for both: the first has a record, the second is an article.
hostile() {
	page "Lower Orrin counts its geese" >good.html
	{
		warc https://ledger.example/bad 200 "$1.html"
		warc https://ledger.example/good 200 good.html
	} >"$1.warc"
	status=0
	(ulimit -t "${2:-2}" && stet-extract <"$1.warc" >out) || status=$?
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
	PY
	for name in divs attributes bold bold-p nul tables lists spans comment lt entities selects forms open; do
		hostile $name || { echo "$name"; false; }
	done
}

@test "a page of 64 MiB and a bomb of gzip, in bounded memory" {
	python3 - <<-'PY'
	import gzip
	open('large.html', 'wb').write(b'<p>word word word word</p>\n' * (62 << 20 >> 5) * 1)
	open('bomb.html', 'wb').write(gzip.compress(b'<p>' + b'x ' * (200 << 20)))
	PY
	hostile large 4
	page "Lower Orrin counts its geese" >good.html
	{
		warc https://ledger.example/bomb 200 bomb.html 'Content-Encoding: gzip'
		warc https://ledger.example/good 200 good.html
	} >bomb.warc
	run -1 bash -c 'ulimit -t 4 -v 1000000 && stet-extract <bomb.warc >out'
	[ "$(jq -r .event out | tr '\n' ' ')" = "failed article " ]
}

@test "characters in the wrong encoding" {
	page "Lower Orrin counts its geese" "<p>Die Stadt zählte am Samstag ihre Gänse, zum ersten
	Mal seit hundert und vier Jahren, und fand elfhundert und sechs Stück davon.</p>
	<p>„Wir hatten höchstens vierzig erwartet“, sagte der Schreiber, der ein Blatt Papier
	mitgebracht hatte und zweimal nach Hause gehen musste, um mehr zu holen.</p>" >a.html
	iconv -f UTF-8 -t UTF-16LE a.html >utf16.html
	run -0 html utf16.html
	[[ $(jq -r '.blocks[0].text' <<<"$output") = "Die Stadt zählte am Samstag ihre Gänse"* ]]
	iconv -f UTF-8 -t WINDOWS-1252 a.html | sed s/charset=utf-8/charset=iso-8859-1/ >latin.html
	run -0 html latin.html
	[[ $(jq -r '.blocks[1].text' <<<"$output") = "„Wir hatten höchstens"* ]]
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
