# stet-links: feeds, sitemaps, pages and lists; hostile and broken ones.
load helper

FEEDS=$BATS_TEST_DIRNAME/fixtures/feeds

# Address, time and title of the links of a document.
links_of() {
	stet-links --base http://base.example/dir/feed "${@:2}" <"$1" | cut -f1,4,5
}

# rss TITLE LINK [MORE]: a feed of one item.
rss() {
	printf '<rss version="2.0"><channel><title>t</title><item><title>%s</title><link>%s</link>%s</item></channel></rss>' "$1" "$2" "${3-}"
}

# peak_kib COMMAND...: its peak memory, on standard output.
peak_kib() {
	/usr/bin/python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

@test "every form of feed and sitemap gives its links, times and titles" {
	count=0
	for expected in "$FEEDS"/*.links; do
		document=$(ls "${expected%.links}".xml "${expected%.links}".json 2>/dev/null) || true
		links_of "$document" >found 2>complaints || [ "$(basename "$document")" = wild.xml ]
		diff "$expected" found
		count=$((count + 1))
	done
	[ "$count" -ge 14 ]
}

@test "python3-feedparser finds the same in every feed that it can read" {
	/usr/bin/python3 -c 'import feedparser' || skip "no python3-feedparser"
	for name in atom03 atom10 rss091 rss20 mislabelled notutf8 utf16; do
		/usr/bin/python3 "$LIB/feedparser-links.py" "$FEEDS/$name.xml" http://base.example/dir/feed >theirs
		[ -s theirs ]
		cut -f1,2 "$FEEDS/$name.links" | diff theirs -
	done
	# It does not know these dates and links; the rest is the same.
	/usr/bin/python3 "$LIB/feedparser-links.py" "$FEEDS/wild.xml" http://base.example/dir/feed | cut -f1 >theirs
	grep -c . theirs
	for link in http://wild.example/b?x=1 http://wild.example/c http://wild.example/f; do
		grep -F "$link" theirs
		grep -F "$link" "$FEEDS/wild.links"
	done
}

@test "the fields of a link: source, when it was found, and where" {
	export STET_NOW=2026-05-04T09:00:00Z
	rss 'A	tab &amp;
newline' http://a.example/1 '<pubDate>4 May 26 8:00 GMT</pubDate>' >feed
	run -0 stet-links --base http://a.example/feed --source herald <feed
	[ "$output" = $'http://a.example/1\therald\t2026-05-04T09:00:00Z\t2026-05-04T08:00:00Z\tA tab & newline\t\t\thttp://a.example/feed' ]
}

@test "a guid with a newline and a hostile title make no line of their own" {
	printf '<rss><channel><item><title>x&#10;http://evil.example/&#9;y</title><guid>http://a.example/1&#10;http://evil.example/2</guid></item></channel></rss>' >feed
	run -0 stet-links <feed
	[ ${#lines[@]} = 1 ]
	[ "$(cut -f1 <<<"$output")" = http://a.example/1http://evil.example/2 ]
}

@test "links of other schemes, with passwords or without a base are passed over" {
	for link in 'javascript:alert(1)' data:text/html,x file:///etc/passwd ftp://a.example/x http://user:secret@a.example/x /relative; do
		rss t "$link" >feed
		run -1 --separate-stderr stet-links <feed
		[ "$output" = "" ]
		[[ $stderr == *"1 of its links passed over"* ]]
		[ "${#stderr_lines[@]}" = 1 ]
	done
}

@test "order is kept and duplicates of a document are dropped" {
	{
		printf '<rss><channel>'
		for n in 5 3 5 1 3 9; do printf '<item><link>http://a.example/%s</link></item>' $n; done
		printf '</channel></rss>'
	} >feed
	run -0 bash -c 'stet-links <feed | cut -f1 | tr "\n" " "'
	[ "$output" = "http://a.example/5 http://a.example/3 http://a.example/1 http://a.example/9 " ]
}

@test "rules: include, exclude, title and category of each source" {
	printf '<rss><channel>' >feed
	for n in politics/1 politics/live/2 sport/3; do
		printf '<item><title>Story about %s</title><link>http://a.example/%s</link><category>News</category><category>%s</category></item>' "$n" "$n" "${n%%/*}" >>feed
	done
	printf '</channel></rss>' >>feed
	urls() {
		stet-links --rules rules --source "${1-a}" <feed | cut -f1 | sed 's|http://a.example/||' | tr '\n' ' '
	}
	printf 'a\tinclude\t/politics/\na\texclude\t/live/\n' >rules
	[ "$(urls)" = "politics/1 " ]
	[ "$(urls b)" = "politics/1 politics/live/2 sport/3 " ]
	printf 'a\ttitle\tSPORT\n\na\tselect\tdiv.x\nb\tinclude\tnothing\n' >rules
	[ "$(urls)" = "sport/3 " ]
	printf 'a\tcategory\t^politics$\na\tcategory\t^sport$\na\texclude\tlive\n' >rules
	[ "$(urls)" = "politics/1 sport/3 " ]
	printf 'a\tinclude\t(\n' >rules
	run -2 stet-links --rules rules <feed
	[[ $output == *"'rules': line 1: bad expression"* ]]
	printf 'a\tfrobnicate\tx\n' >rules
	run -2 stet-links --rules rules <feed
	[[ $output == *"no such kind of rule: 'frobnicate'"* ]]
	run -2 stet-links --rules nowhere <feed
}

@test "the newest sitemaps of an index, and the feeds of OPML and pages" {
	{
		printf '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
		for n in $(seq 1 60); do
			printf '<sitemap><loc>http://a.example/s%d.xml.gz</loc><lastmod>20%02d-01-01</lastmod></sitemap>' "$n" $((n % 30))
		done
		printf '</sitemapindex>'
	} >index.xml
	run -0 --separate-stderr stet-links <index.xml
	[ "$output" = "" ]
	stet-links --sitemaps <index.xml | cut -f1 >found
	[ "$(wc -l <found)" = 50 ]
	[ "$(head -n 1 found)" = http://a.example/s5.xml.gz ]
	run -1 grep -xE 'http://a.example/s(1|30|31|60).xml.gz' found
	[ "$(stet-links --feeds <index.xml | wc -l)" = 50 ]
	run -0 bash -c 'stet-links --feeds <"$1" | cut -f1,5' _ "$FEEDS/opml.xml"
	[ "$output" = $'http://herald.example/feed\tThe Herald\nhttp://globe.example/atom.xml\tGlobe\nhttp://links.example/list.opml\tIncluded' ]
	[ "$(stet-links --sitemaps <"$FEEDS/opml.xml")" = "" ]
	printf '<!DOCTYPE html><base href="/news/"><link rel="Alternate stylesheet" href="x.css"><link rel=alternate type="application/atom+xml" href="atom" title="All &amp; sundry"><p>Hi' >page.html
	run -0 bash -c 'stet-links --feeds --base http://a.example/ <page.html | cut -f1,5'
	[ "$output" = $'http://a.example/news/atom\tAll & sundry' ]
}

@test "article links of a section page" {
	cat >page.html <<-'EOF'
	<!DOCTYPE html><html><body><nav><a href="/">Home</a><a href="/sport">Sport</a><a href="/tag/four-words-in-tag">Tag</a></nav>
	<a href="/2026/05/04/flood"><img src=x></a><h2><a href="/2026/05/04/flood#top">Flood at the harbour</a></h2><a href="/2026/05/04/flood">More</a>
	<a href="/news/council-keeps-the-baths">Council</a> <a href="/story-12345678.html">Number</a>
	<a href="/2026-05-04-by-date">Date</a> <a href="/2026/may/4/guardian">Month</a> <a href="/n/20260504/x">Digits</a>
	<a href="http://sport.a.co.uk/2026/05/04/match">Other host</a> <a href="http://b.co.uk/2026/05/04/foreign">Foreign</a>
	<a href="/2026/05/04/photo.jpg">Photo</a> <a href="/author/2026/05/04/x">Author</a> <a href="javascript:void(0)">Menu</a>
	<a href="mailto:a@a.co.uk">Mail</a><a href="/about-us">About</a></body></html>
	EOF
	run -0 bash -c 'stet-links --base http://www.a.co.uk/news <page.html | cut -f1,5'
	[ "$output" = "http://www.a.co.uk/2026/05/04/flood	Flood at the harbour
http://www.a.co.uk/news/council-keeps-the-baths	Council
http://www.a.co.uk/story-12345678.html	Number
http://www.a.co.uk/2026-05-04-by-date	Date
http://www.a.co.uk/2026/may/4/guardian	Month
http://www.a.co.uk/n/20260504/x	Digits
http://sport.a.co.uk/2026/05/04/match	Other host" ]
}

@test "lists of URLs, of links, with comments; gzip; text sitemaps" {
	printf '# mine\nhttp://a.example/1\n\nhttp://a.example/2#x\thttp\t\t\tTitle\r\nnot a url\n' >list
	run -1 --separate-stderr bash -c 'stet-links <list | cut -f1,5; exit ${PIPESTATUS[0]}'
	[ "$output" = $'http://a.example/1\nhttp://a.example/2\tTitle' ]
	gzip -c "$FEEDS/sitemap.xml" >sitemap.xml.gz
	run -0 bash -c 'stet-links --base http://base.example/ <sitemap.xml.gz | cut -f1,4,5'
	[ "$output" = "$(cat "$FEEDS/sitemap.links")" ]
}

@test "a WARC: links, and a receipt for each feed" {
	gzip -c "$FEEDS/sitemap.xml" >sitemap.xml.gz
	rss One http://a.example/1 >rss.xml
	printf 'hello' >junk
	python3 "$LIB/warc-of-feeds.py" \
		http://a.example/rss a 200 'ETag: "e1"|Last-Modified: Mon, 04 May 2026 08:00:00 GMT|Cache-Control: public, max-age=600' rss.xml \
		http://b.example/map.gz b 200 'Content-Type: application/gzip' sitemap.xml.gz \
		http://c.example/rss c 304 'ETag: "e3"' - \
		http://d.example/rss d 503 'Retry-After: 120' - \
		http://e.example/rss e dns '' - \
		http://f.example/rss f 301 'Location: /other' - \
		http://g.example/rss g 200 '' junk >feeds.warc
	printf 'old\n' >receipts
	run -1 --separate-stderr stet-links --receipts receipts <feeds.warc
	[ "$(cut -f1,2 <<<"$output" | head -n 2)" = $'http://a.example/1\ta\nhttp://maps.example/\tb' ]
	[ "${#lines[@]}" = 5 ]
	[ "${stderr_lines[0]}" = "stet-links: 'http://d.example/rss': the server answers with status 503" ]
	[ "${stderr_lines[1]}" = "stet-links: 'http://g.example/rss': neither a feed, a sitemap nor a page" ]
	[ "$(head -n 1 receipts)" = old ]
	sed 1d receipts | jq -r '[.url, .key, .source, .status, .etag, .last_modified, .retry_after, .error, .classes[0], .fetched] | @csv' | tr -d '"' >table
	diff table - <<-'EOF'
	http://a.example/rss,http://a.example/rss,a,changed,e1,Mon, 04 May 2026 08:00:00 GMT,600,,feed,2026-05-04T09:00:00Z
	http://b.example/map.gz,http://b.example/map.gz,b,changed,,,0,,feed,2026-05-04T09:00:00Z
	http://c.example/rss,http://c.example/rss,c,same,e3,,0,,feed,2026-05-04T09:00:00Z
	http://d.example/rss,http://d.example/rss,d,failed,,,120,status-503,feed,2026-05-04T09:00:00Z
	http://e.example/rss,http://e.example/rss,e,failed,,,77,dns,feed,2026-05-04T09:00:00Z
	http://g.example/rss,http://g.example/rss,g,failed,,,0,unreadable,feed,2026-05-04T09:00:00Z
	EOF
	# The feed's own wish, where it is the longer one.
	sed 's|<item>|<ttl>60</ttl><item>|' rss.xml >ttl.xml
	python3 "$LIB/warc-of-feeds.py" http://a.example/rss a 200 'Cache-Control: max-age=600' ttl.xml \
		http://p.example/rss p 200 '' "$FEEDS/rss10.xml" | stet-links --receipts wishes >/dev/null
	[ "$(jq -r .retry_after wishes | tr '\n' ' ')" = "3600 1800 " ]
	# A body that is cut gives what it has, and is asked for anew.
	gzip -c "$FEEDS/rss20.xml" | head -c 700 >cut.gz
	python3 "$LIB/warc-of-feeds.py" http://a.example/rss a 200 'ETag: "cut"|Content-Encoding: gzip' cut.gz >cut.warc
	run -1 bash -c 'stet-links --receipts cuts <cut.warc 2>/dev/null'
	[[ $output == http://harbour.example/* ]]
	[ "$(jq -r .etag cuts)" = "" ]
	# A stream that is cut ends with 3, and with what came before.
	head -c 900 feeds.warc >cut.warc
	run -3 --separate-stderr stet-links <cut.warc
	[[ $output == http://a.example/1* ]]
}

@test "no entity is expanded, no file opened, and the process could not" {
	echo the-marker >secret
	cat >xxe.xml <<-EOF
	<?xml version="1.0"?><!DOCTYPE rss [ <!ENTITY file SYSTEM "file://$PWD/secret"> <!ENTITY % dtd SYSTEM "file://$PWD/secret"> %dtd; ]>
	<rss><channel><item><title>x &file; y</title><link>http://a.example/1</link></item></channel></rss>
	EOF
	run -0 stet-links <xxe.xml
	[[ $output == *"x &file; y"* && $output != *the-marker* ]]
	{
		printf '<!DOCTYPE l [<!ENTITY l0 "laugh">'
		for n in $(seq 1 30); do printf '<!ENTITY l%d "&l%d;&l%d;&l%d;&l%d;">' "$n" $((n - 1)) $((n - 1)) $((n - 1)) $((n - 1)); done
		printf ']>'
		rss '&l30;' http://a.example/1
	} >laughs.xml
	run -0 stet-links <laughs.xml
	[[ $output == *"&l30;"* ]]
	[[ $BUILD != *asan* ]] || return 0
	mkfifo hold
	stet-links <hold >/dev/null &
	exec 7>hold
	for _ in $(seq 50); do
		grep -q '^Seccomp:.*2' "/proc/$!/status" && break
		sleep 0.1
	done
	grep '^Seccomp:.*2' "/proc/$!/status"
	exec 7>&-
	wait $!
}

@test "documents made to hurt end soon, with what came before them" {
	good='<item><link>http://a.example/good</link></item>'
	{
		printf '<rss><channel>%s<item ' "$good"
		head -c 5000000 /dev/zero | tr '\0' a
		printf '="1"><link>http://a.example/bad</link></item></channel></rss>'
	} >name.xml
	{
		printf '<rss><channel>%s<item ' "$good"
		for _ in $(seq 1 1500); do printf 'a%d="1" ' "$RANDOM"; done
		printf '></item></channel></rss>'
	} >attributes.xml
	{
		printf '<rss><channel>%s' "$good"
		for _ in $(seq 1 6000); do printf '<b>'; done
		printf '</channel></rss>'
	} >deep.xml
	for document in name attributes deep; do
		run -1 --separate-stderr timeout 20 stet-links --base http://a.example/ <$document.xml
		[ "$(cut -f1 <<<"$output")" = http://a.example/good ]
		[[ $stderr == "stet-links: 'http://a.example/': cannot parse XML: "* ]]
		[ "${#stderr_lines[@]}" = 1 ]
	done
	# Not cut: what looks bad is text.
	{
		printf '<rss><channel><item><link>http://a.example/1?x=1'
		head -c 3000000 /dev/zero | tr '\0' '&'
		printf '</link></item>%s</channel></rss>' "$good"
	} >ampersands.xml
	run -1 timeout 20 bash -c 'stet-links <ampersands.xml 2>/dev/null | cut -f1; exit ${PIPESTATUS[0]}'
	[ "$output" = http://a.example/good ]
	for junk in '<' '<rss' '<rss><' '<rss><item><link' '<!DOCTYPE' '<!--' '<![CDATA[' '<?xml' '{' '{"items":' '{"items":[{"url":"http://a' '<html' '&' '<rss>&#'; do
		run -1 bash -c 'printf %s "$1" | stet-links' _ "$junk" || [ "$status" = 0 ]
	done
}

@test "a feed cut at any byte never gives a link that is not in it" {
	stet-links <"$FEEDS/rss20.xml" | cut -f1 >all
	size=$(wc -c <"$FEEDS/rss20.xml")
	for at in $(seq 1 37 "$size"); do
		head -c "$at" "$FEEDS/rss20.xml" | stet-links 2>/dev/null | cut -f1 >part || [ "${PIPESTATUS[1]}" = 1 ]
		# A link may come from the guid while the entry is incomplete.
		grep -vxFf all part >other || true
		[ ! -s other ] || grep -qE '^http://harbour.example/2003/0[56]/[0-9]+.html$' other
	done
}

@test "50,000 items in bounded memory" {
	python3 -c 'print("<rss><channel>" + "".join(f"<item><title>Story {i}</title><link>http://a.example/2026/05/04/story-{i}</link><description>{chr(120) * 200}</description></item>" for i in range(50000)) + "</channel></rss>")' >feed.xml
	[ "$(stet-links <feed.xml | wc -l)" = 50000 ]
	[[ $BUILD != *asan* ]] || return 0
	kib=$(peak_kib bash -c 'exec stet-links <feed.xml')
	# The document itself, once, and 16 MiB.
	[ "$kib" -le $(($(stat -c %s feed.xml) / 1024 * 2 + 16384)) ]
}

@test "it behaves as a filter does" {
	rss One http://a.example/1 >feed
	behaves_like_a_filter feed stet-links
	run -2 stet-links --base not-a-url <feed
	run -2 stet-links extra <feed
	run -2 stet-links --receipts /nowhere/x <feed
}

@test "the examples of the man page" {
	rss One https://paper.example/politics/1 >feed.xml
	run -0 bash -c 'stet-links --base https://paper.example/feed --source paper < feed.xml | cut -f1,2'
	[ "$output" = $'https://paper.example/politics/1\tpaper' ]
	printf 'paper\tinclude\t/politics/\npaper\texclude\t/live/\n' > rules
	run -0 stet-links --source paper --rules rules --base https://paper.example/ < feed.xml
	[[ $output == https://paper.example/politics/1* ]]
	cp "$FEEDS/opml.xml" feeds.opml
	run -0 stet-links --feeds < feeds.opml
	[ "${#lines[@]}" = 3 ]
	# Who forgets --feeds is told of it.
	echo '<opml version="2.0"><body><outline type="rss" xmlUrl="https://a.example/rss"/></body></opml>' >feeds.opml
	run -0 --separate-stderr stet-links <feeds.opml
	[[ -z $output && $stderr == *"no article in it, but feeds"*"--feeds prints them" ]]
	run -0 --separate-stderr stet-links --quiet <feeds.opml
	[ -z "$stderr" ]
}

@test "stet run follows the sitemaps of a sitemap index, and their articles" {
	start_nginx
	mkdir -p www/2026/05/04
	for n in 1 2; do
		what=$([ $n = 1 ] && echo "a bridge that nobody has built so far" || echo "the ferries which all of us will go on needing")
		article=$(printf "<p>Sentence number %d of an invented report about $what.</p>" $(seq 12))
		printf '<!DOCTYPE html><html lang="en"><head><title>Bridge %d</title></head><body><article><h1>The bridge, part %d</h1>%s</article></body></html>' $n $n "$article" >www/2026/05/04/bridge-$n.html
		printf '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%s/2026/05/04/bridge-%d.html</loc></url></urlset>' "$SITE_URL" $n | gzip >www/map-$n.xml.gz
	done
	printf '<sitemapindex><sitemap><loc>%s/map-1.xml.gz</loc></sitemap><sitemap><loc>/map-2.xml.gz</loc></sitemap></sitemapindex>' "$SITE_URL" >www/index.xml
	stet init news.git
	stet add --sitemap news.git bridges "$SITE_URL/index.xml"
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
	git -C news.git config stet.contact test@bridges.example
	STET_NOW=2026-05-04T09:00:00Z run -0 stet run news.git
	[[ $output == *"2 new"* ]]
	[ "$(git -C news.git log --format=%an | sort -u)" = bridges ]
	# Their own periods hold for the maps that were found, too.
	STET_NOW=2026-05-04T09:01:00Z run -0 stet run news.git
	[ "$(grep -c map-1 nginx/access.log)" = 1 ]
	STET_NOW=2026-05-04T09:40:00Z run -0 stet run news.git
	[ "$(grep -c 'map-1.xml.gz 304' nginx/access.log)" = 1 ]
}

# entry KIND...: a feed with one entry made of these elements.
rss_entry() {
	printf '<rss version="2.0" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>%s</item></channel></rss>' "$*" >feed
}
atom_entry() {
	printf '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/>%s</entry></feed>' "$*" >feed
}
address() {
	stet-links --base https://paper.example/feed <feed 2>/dev/null | cut -f1
}
title() {
	stet-links --base https://paper.example/feed <feed | cut -f5
}
published() {
	stet-links --base https://paper.example/feed <feed | cut -f4
}

@test "dates: a zone that nobody knows is never written Z" {
	rss_entry '<link>/a</link><pubDate>Sat, 28 Mar 2020 10:10:10 IST</pubDate>'
	[ "$(published)" = 2020-03-28T04:40:10Z ]
	rss_entry '<link>/a</link><pubDate>Sat, 28 Mar 2020 10:10:10 XQT</pubDate>'
	[ "$(published)" = 2020-03-28T10:10:10 ]
	rss_entry '<link>/a</link><pubDate>1520932969</pubDate>'
	[ "$(published)" = 2018-03-13T09:22:49Z ]
}

@test "titles of drawings and formulas, in base64, with scripts in them" {
	atom_entry '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><svg xmlns="http://www.w3.org/2000/svg"><title>Fish</title></svg></div></content><title>Right</title>'
	[ "$(title)" = Right ]
	atom_entry '<content type="xhtml"><math xmlns="http://www.w3.org/1998/Math/MathML"><title>Fish</title></math></content>'
	[ "$(title)" = "" ]
	rss_entry '<link>/a</link><description><svg><title>Fish</title></svg></description><title>Right</title>'
	[ "$(title)" = Right ]
	atom_entry "<title mode=\"base64\" type=\"text/html\">$(printf '<b>Dam</b> &amp; bridge' | base64)</title>"
	[ "$(title)" = "Dam & bridge" ]
	atom_entry '<title mode="base64">not base64!</title>'
	[ "$(title)" = "not base64!" ]
	atom_entry '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A<script>alert(1)</script>B<style>p {}</style></div></title>'
	[ "$(title)" = AB ]
	rss_entry '<link>/a</link><title>A&lt;script&gt;alert(1)&lt;/script&gt;B &lt;scripture&gt;C</title>'
	[ "$(title)" = "AB C" ]
}

@test "links without a scheme, relative guids, originals that are none" {
	rss_entry '<link>www.paper.example/2026/a</link>'
	[ "$(address)" = https://www.paper.example/2026/a ]
	rss_entry '<link>paper.co.uk/2026/a</link>'
	[ "$(address)" = https://paper.co.uk/2026/a ]
	for relative in story.html news/2026.html a.b/c 2026/05; do
		rss_entry "<link>$relative</link>"
		[ "$(address)" = "https://paper.example/$relative" ]
	done
	rss_entry '<guid>/2026/a</guid>'
	[ "$(address)" = https://paper.example/2026/a ]
	rss_entry '<guid isPermaLink="true">2026/a</guid>'
	[ "$(address)" = https://paper.example/2026/a ]
	for other in '<guid>2026-a</guid>' '<guid isPermaLink="false">/2026/a</guid>' '<guid isPermaLink="false">https://paper.example/a</guid>'; do
		rss_entry "$other"
		[ "$(address)" = "" ]
	done
	rss_entry '<link>https://proxy.example/1</link><fb:origLink>/2026/a</fb:origLink>'
	[ "$(address)" = https://proxy.example/1 ]
	rss_entry '<link>https://proxy.example/1</link><fb:origLink>https://paper.example/a</fb:origLink>'
	[ "$(address)" = https://paper.example/a ]
}

@test "sitemaps of bare addresses, and with the DOCTYPE of a page" {
	printf '<sitemapindex><sitemap> https://a.example/1.xml </sitemap><sitemap>https://a.example/2.xml</sitemap></sitemapindex>' >index
	run -0 stet-links --sitemaps <index
	[ "$(cut -f1 <<<"$output")" = "https://a.example/1.xml
https://a.example/2.xml" ]
	printf '<!DOCTYPE urlset><!DOCTYPE html PUBLIC "a""b"><urlset><url>https://a.example/3</url><url><loc>https://a.example/4</loc></url></urlset>' >map
	run -0 stet-links <map
	[ "$(cut -f1 <<<"$output")" = "https://a.example/3
https://a.example/4" ]
}

@test "JSON Feed: addresses relative to the feed, and its other pages" {
	printf '{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://a.example/f/feed.json","next_url":"?p=2","items":[{"id":"1","url":"../2026/a"},{"id":2,"external_url":"/b"}]}' >feed
	run -0 stet-links <feed
	[ "$(cut -f1 <<<"$output")" = "https://a.example/2026/a
https://a.example/b" ]
	run -0 stet-links --base https://b.example/x/ <feed
	[ "$(cut -f1 <<<"$output" | head -n 1)" = https://b.example/2026/a ]
	run -0 stet-links --pages <feed
	[ "$(cut -f1 <<<"$output")" = 'https://a.example/f/feed.json?p=2' ]
}

@test "a feed's other pages, its archive and its hub, on request" {
	printf '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?p=2"/><link rel="prev-archive" href="/2025"/><link rel="hub" href="https://hub.example/"/><link rel="self" href="/x"/><entry><link rel="next" href="/no"/><link href="/a"/></entry></feed>' >feed
	run -0 stet-links --base https://a.example/feed --pages <feed
	[ "$(cut -f1 <<<"$output")" = "https://a.example/feed?p=2
https://a.example/2025" ]
	run -0 stet-links --base https://a.example/feed --hubs <feed
	[ "$(cut -f1 <<<"$output")" = https://hub.example/ ]
	run -0 stet-links --base https://a.example/feed <feed
	[ "$(cut -f1 <<<"$output")" = https://a.example/a ]
}

@test "an input that gives nothing says what it looked like" {
	says() {
		run -1 --separate-stderr stet-links --base https://a.example/feed --source herald <feed
		[ "$output" = "" ]
		[[ $stderr == *"'https://a.example/feed': nothing found: $1 (source 'herald')"* ]]
	}
	echo '<rss><channel><title>t</title></channel></rss>' >feed
	says "an RSS feed without entries"
	echo '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title></entry></feed>' >feed
	says "an Atom feed whose 1 entries have no address"
	echo '<rss><channel><title>t</title><item><title>A</title><li' >feed
	says "an RSS feed whose 1 entries have no address, and it is cut"
	echo '<rss><channel><title>t</tit' >feed
	says "an RSS feed without entries: it is cut"
	echo '<!doctype html><title>Log in</title><p>Please log in.' >feed
	says "a page, of whose links none looks like an article of its site"
	echo '{"version":"https://jsonfeed.org/version/1","items":[]}' >feed
	says "a JSON Feed without entries"
	echo '# nothing yet' >feed
	says "a list without entries"
	# What was left out on purpose is no reason to complain.
	rss t http://a.example/sport/1 >feed
	printf 'herald\texclude\tsport\n' >rules
	run -0 --separate-stderr stet-links --source herald --rules rules <feed
	[ -z "$output$stderr" ]
	# The receipt keeps it.
	"$LIB/mkwarc" 2026-05-04T09:00:00Z 200 http://a.example/feed 'Content-Type: text/xml' \
		<<<'<rss><channel><title>t</title></channel></rss>' >feed.warc
	run -1 stet-links --receipts receipts <feed.warc
	[ "$(jq -r '.status + " " + .error' receipts)" = "failed nothing found: an RSS feed without entries" ]
}

@test "feeds given to extract: it says who reads them" {
	"$LIB/mkwarc" 2026-05-04T09:00:00Z 200 http://a.example/feed 'Content-Type: text/xml' \
		<<<'<rss><channel><title>t</title></channel></rss>' >feed.warc
	run -1 --separate-stderr stet-extract <feed.warc
	[ -z "$output" ]
	[[ $stderr == *"it holds feeds or sitemaps (1), which stet links reads"* ]]
}
