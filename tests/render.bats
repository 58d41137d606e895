# stet-render: pages, lists, feeds, TimeMaps; in full and in steps.

load helper
load lib/stories
load lib/site

BRIDGE=https://herald.example/2026/03/02/bridge
PORT=https://courier.example/2026/03/04/port
BRIDGE_STEM=site/a/herald.example/2026/03/02/bridge

# The bridge in four versions, the third only in its dateline; withdrawn and
# back; the port in two.
write_articles() {
	PUBLISHED=2026-03-02T07:30:00+01:00 BYLINE="By Ada Field" \
		article $BRIDGE 2026-03-02T08:00:00Z "Bridge closed" \
		"The bridge is closed to lorries until the end of the month, engineers said." \
		"According to two engineers, twelve of forty bearings are worn out." \
		"The mayor said that there was nothing to inquire into." \
		"A ferry runs every hour from the northern quay to the fish market." \
		"Cyclists and walkers may cross at their own risk by day." \
		"The bridge was opened in 1961 and last mended in 1998."
	PUBLISHED=2026-03-02T07:30:00+01:00 BYLINE="By Ada Field" \
		article $BRIDGE 2026-03-02T13:10:00Z "Bridge closed for weeks" \
		"The bridge was opened in 1961 and last mended in 1998." \
		"The bridge is closed to lorries until the end of the month, engineers said." \
		"According to two engineers, twenty-one of forty bearings are worn out." \
		"A ferry runs every hour from the northern quay to the fish market." \
		"Cyclists and walkers may cross at their own risk by day."
	SOURCE=courier article $PORT 2026-03-04T09:00:00Z "Port is quiet" \
		"The harbour had one ship this week, and it left empty."
	SOURCE=courier article $PORT 2026-03-04T09:20:00Z "Port is quiet" \
		"The harbour had two ships this week, and both left empty."
	event gone $BRIDGE 2026-03-05T10:00:00Z gone
	PUBLISHED=2026-03-02T07:30:00+01:00 BYLINE="By Ada Field" \
		article $BRIDGE 2026-03-06T10:00:00Z "Bridge open again" \
		"The bridge was opened in 1961 and last mended in 1998." \
		"The bridge is open to everybody again, the council told this paper."
}

setup() {
	common_setup
	write_articles >articles.jsonl
	stet-commit news.git <articles.jsonl >receipts.jsonl
}

render() {
	stet-render "$@" news.git site
}

@test "the page of a change has what the old pages had" {
	render </dev/null
	page=$(text $(numbered $BRIDGE_STEM@1-2.html))
	[[ $page == *"This article is from the source ‘herald’"* ]]
	[[ $page == *"published on 2 March 2026, 06:30 UTC"* ]]
	[[ $page == *"first seen on 2 March 2026, 08:00 UTC"* ]]
	[[ $page == *"It last changed on 6 March 2026, 10:00 UTC."* ]]
	[[ $page == *"current article at its original source at $BRIDGE"* ]]
	[[ $page == *"The article has changed 2 times."* ]]
	[[ $page == *"RSS feed of changes available"* ]]
	[[ $page == *"Previous version"*"Next version"* ]]
	[[ $page == *"Version 1"*"Version 2"*"(about 5 hours later)"* ]]
	grep -q '<link rel="alternate" type="application/rss+xml"[^>]*href="bridge@changes.rss"' $(numbered $BRIDGE_STEM@1-2.html)
	grep -q "<link rel=\"original\" href=\"$BRIDGE\"" $(numbered $BRIDGE_STEM@1-2.html)
	grep -q '<link rel="next" href="bridge@20260302T131000Z..20260306T100000Z.html"' $(numbered $BRIDGE_STEM@1-2.html)
	grep -q '<link rel="prev" href="bridge@20260302T080000Z..20260302T131000Z.html"' $(numbered $BRIDGE_STEM@2-3.html)
}

@test "words are marked, paragraphs paired by what they say, moves marked" {
	render </dev/null
	page=$(numbered $BRIDGE_STEM@1-2.html)
	grep -q '<del>twelve</del> of forty' $page
	grep -q '<ins>twenty-one</ins> of forty' $page
	grep -q 'Bridge closed <ins>for weeks</ins>' $page
	grep -q 'class="gone".*<del>The mayor said that there was nothing' $page
	[ "$(grep -c '<tr class="moved"' $page)" = 2 ]
	grep -q 'Moved here:.*opened in 1961' $page
	# Each link from a moved paragraph leads to a row that is there.
	for id in $(grep -o 'class="to" href="#p[0-9]*' $page | grep -o 'p[0-9]*$'); do
		grep -q "<tr class=\"moved\" id=\"$id\"" $page
	done
	# What is only seen in colour is said in signs and words too.
	[[ $(text $page) == *"−Old text: According"*"+New text: According"* ]]
}

@test "a rewrite stands beside what it replaced, not below it" {
	{
		article $PORT 2026-04-01T08:00:00Z "Port" "Both of them begin with this." \
			"Alpha beta gamma delta." "Epsilon zeta eta theta." "And end with that."
		article $PORT 2026-04-01T09:00:00Z "Port" "Both of them begin with this." \
			"Ships came." "Nobody knew why they had come." "Later they went." "And end with that."
	} | stet-commit swap.git >/dev/null
	stet-render swap.git site </dev/null
	page=$(numbered site/a/courier.example/2026/03/04/port@1-2.html)
	[ "$(grep -c '<tr class="swap">' $page)" = 1 ]
	python3 - $page <<-'EOF'
	import re, sys
	row = re.search(r'<tr class="swap">(.*?)</tr>', open(sys.argv[1]).read(), re.S)[1]
	old, new = re.findall(r'<td>(.*?)</td>', row, re.S)
	assert re.findall(r'<del>(.*?)</del>', old) == ['Alpha beta gamma delta.', 'Epsilon zeta eta theta.'], old
	assert re.findall(r'<ins>(.*?)</ins>', new) == ['Ships came.', 'Nobody knew why they had come.', 'Later they went.'], new
	assert '<ins>' not in old and '<del>' not in new
	# Each paragraph can be named, as in any other row.
	assert re.findall(r'<div class="\w+ \w+" id="p(\d)">', row) == ['2', '3', '4', '5', '6'], row
	EOF
	sound_html site
	python3 "$LIB/check-links.py" site
}

@test "long unchanged runs are folded, short ones and the context are not" {
	for title in One Two; do
		article https://herald.example/2026/05/01/long "2026-05-0${#title}T08:00:00Z" "$title" \
			alpha\ {one,two,three,four,five}\ paragraph "changed $title here now" \
			omega\ {one,two,three,four,five}\ paragraph
	done | jq -c --arg t x 'if .title == "Two" then .fetched = "2026-05-05T08:00:00Z" else . end' |
		stet-commit news.git >/dev/null
	render </dev/null
	page=$(numbered site/a/herald.example/2026/05/01/long@1-2.html)
	[ "$(grep -c '<details>' $page)" = 2 ]
	[ "$(grep -c '4 unchanged paragraphs' $page)" = 2 ]
	grep -q '<tr class="same" id="p5"' $page
	grep -q '<tr class="same" id="p7"' $page
	# All of the text is there, folded or not.
	for n in one two three four five; do
		grep -q "alpha $n paragraph" $page
		grep -q "omega $n paragraph" $page
	done
}

@test "the article's page: versions, headlines, withdrawal, times" {
	render </dev/null
	page=$(text $BRIDGE_STEM.html)
	[[ $page == *"Version 1"*"Version 2"*"about 5 hours after version 1"*"Withdrawn"*"Version 3"* ]]
	[[ $page == *"the publisher answered that it is gone (410)"* ]]
	[[ $page == *Headlines*"Bridge closed"*"Bridge closed for weeks"*"Bridge open again"* ]]
	[[ $page == *"git log -p --word-diff -- herald.example/2026/03/02/bridge.md"* ]]
	[[ $page == *"First ↔ latest"* ]]
	[[ $(text site/a/courier.example/2026/03/04/port.html) == *"changed once"* ]]
	# What numbers are of is said; a version names its commit.
	[[ $page == *"Changes: Change 1 Change 2"* ]]
	[[ $(text $(numbered $BRIDGE_STEM@2.html)) == *"Version 2 of 3, as seen on 2 March 2026, 13:10 UTC"* ]]
	commit=$(grep -oP '<code>git show \K[0-9a-f]{40}' $(numbered $BRIDGE_STEM@2.html))
	git -C news.git show "$commit" | grep -q twenty-one
	# Withdrawn and not yet back.
	head -n 5 articles.jsonl | stet-commit gone.git >/dev/null
	stet-render gone.git gone </dev/null
	page=$(text gone/a/herald.example/2026/03/02/bridge.html)
	[[ $page == *"This article was withdrawn. On 5 March 2026, 10:00 UTC the publisher answered that it is gone (410). The last text that we have is version 2, seen on 2 March 2026, 13:10 UTC."* ]]
	[[ $page == *"It last changed on 2 March 2026, 13:10 UTC and was found withdrawn on 5 March 2026, 10:00 UTC."* ]]
	[[ $page == *"It was at $BRIDGE"* ]]
	[[ $page != *"current article"* ]]
	[[ $page == *"Withdrawn"*"3 days after version 2"* ]]
}

@test "what the schedule says stands on the page" {
	export STET_NOW=2026-03-06T10:00:05Z
	stet-mark news.git <receipts.jsonl | render
	grep -q 'The next check for changes is due on <time datetime="2026-03-06T10:[23]' $BRIDGE_STEM.html
	[[ $(text $BRIDGE_STEM.html) == *"The last check was on 6 March 2026, 10:00 UTC."* ]]
	# 40 days after the last change an unchanged check is the last one.
	export STET_NOW=2026-04-20T10:00:00Z
	head -n 1 receipts.jsonl | jq -c '.status = "same" | .fetched = "2026-04-20T10:00:00Z"' |
		stet-mark news.git | render
	[[ $(text $BRIDGE_STEM.html) == *"It last changed on 6 March 2026, 10:00 UTC, over 40 days ago, and won’t be checked again for changes."* ]]
}

@test "rendered in steps or in full, every byte is the same" {
	title=("--title" "Changes & <more>" "--base-url" "https://changes.example/news")
	split -l 1 articles.jsonl step.
	for step in step.*; do
		stet-commit steps.git <"$step" | stet-mark steps.git |
			stet-render "${title[@]}" steps.git steps
	done
	stet-render "${title[@]}" steps.git full </dev/null
	diff -r steps full
	# In reverse: an index page made full again changes nothing.
	stet-render --full "${title[@]}" steps.git steps
	diff -r steps full
}

@test "steps over many pages of lists end as in full" {
	# 130 articles of two sources, in batches that end within pages.
	for n in $(seq 130); do
		SOURCE=source$((n % 2)) article "https://many.example/2026/01/$((n % 28 + 1))/s$n" \
			"2026-01-30T00:00:00Z" "Story $n" "The story number $n is short."
	done >first.jsonl
	jq -c '.fetched = "2026-01-30T01:00:00Z" | .blocks[0].text += " It has grown."' first.jsonl >second.jsonl
	stet-commit many.git <first.jsonl | stet-render many.git steps
	split -l 37 second.jsonl batch.
	for batch in batch.*; do
		stet-commit many.git <"$batch" | stet-render many.git steps
	done
	stet-render many.git full </dev/null
	diff -r steps full
	[ -f full/changes/2.html ]
	[ ! -e full/changes/3.html ]
	[ "$(ls full/source/source1/articles)" = index.html ]
	# A page keeps its entries and its number: the first has the oldest.
	grep -q 's1@20260130T000000Z..20260130T010000Z.html' full/changes/1.html
	grep -q 's130@20260130T000000Z..20260130T010000Z.html' full/index.html
	for page in full/changes/*.html; do
		[ "$(grep -c '<span class="title">' "$page")" = 50 ]
	done
	# Every change has one address in the list, not two.
	grep -oh 's[0-9]*@[0-9TZ]*\.\.[0-9TZ]*.html' full/index.html full/changes/*.html | sort >named
	[ "$(wc -l <named)" = 130 ]
	[ "$(uniq named | wc -l)" = 130 ]
}

@test "an increment writes only what changes" {
	render </dev/null
	find site -type f -exec touch -d 2020-01-01 {} +
	SOURCE=courier article $PORT 2026-03-09T09:00:00Z "Port is busy" \
		"The harbour had ten ships this week." | stet-commit news.git | render
	find site -type f -newermt 2020-01-02 | sort >written
	grep -q 'courier.example/2026/03/04/port@20260304T092000Z..20260309T090000Z.html' written
	grep -q 'site/index.html' written
	! grep 'herald.example' written
	! grep 'source/herald' written
	# Nothing new: nothing written.
	find site -type f -exec touch -d 2020-01-01 {} +
	: | render
	[ -z "$(find site -type f -newermt 2020-01-02)" ]
	render --full
	[ -z "$(find site -type f -newermt 2020-01-02)" ]
}

@test "commits that no receipt told of are caught up with" {
	head -n 2 articles.jsonl | stet-commit other.git | stet-render other.git site
	tail -n +3 articles.jsonl | stet-commit other.git >/dev/null
	: | stet-render other.git site
	stet-render other.git full </dev/null
	diff -r site full
}

@test "permalinks do not change when more versions come" {
	head -n 2 articles.jsonl | stet-commit grow.git | stet-render grow.git site
	find site -name 'bridge*' | sort >before
	tail -n +3 articles.jsonl | stet-commit grow.git | stet-render grow.git site
	find site -name 'bridge*' | sort >after
	[ -z "$(comm -23 before after)" ]
	[ -n "$(comm -13 before after)" ]
}

@test "two versions of one second have addresses of their own" {
	article $PORT 2026-03-04T09:20:00Z "Port is quiet" "The harbour had three ships this week." |
		stet-commit news.git >/dev/null
	render </dev/null
	port=site/a/courier.example/2026/03/04/port
	grep -q 'two ships' $port@20260304T092000Z.html
	grep -q 'three ships' $port@20260304T092000Z-2.html
	[ -f $port@20260304T092000Z..20260304T092000Z-2.html ]
	python3 "$LIB/check-links.py" site
}

@test "pages at numbers, of an earlier stet, lead to the lasting ones" {
	render </dev/null
	[ ! -e $BRIDGE_STEM@1.html ]
	echo old | tee $BRIDGE_STEM@1.html >$BRIDGE_STEM@1-2.html
	render </dev/null
	grep -q 'content="0; url=bridge@20260302T080000Z.html"' $BRIDGE_STEM@1.html
	grep -q 'content="0; url=bridge@20260302T080000Z..20260302T131000Z.html"' $BRIDGE_STEM@1-2.html
	stet hide news.git $BRIDGE
	render </dev/null
	grep -q 410 $BRIDGE_STEM@1.html
}

@test "feeds parse without complaint and hold the change, escaped once" {
	article https://herald.example/2026/04/01/x 2026-04-01T08:00:00Z "A < B & C" "one <b>two</b> & three" |
		stet-commit news.git >/dev/null
	article https://herald.example/2026/04/01/x 2026-04-01T09:00:00Z "A < B & D" "one <b>two</b> & four" |
		stet-commit news.git >/dev/null
	render --base-url https://changes.example/ </dev/null
	/usr/bin/python3 "$LIB/check-feeds.py" https://changes.example/ $(find site -name '*.rss' -o -name '*.atom')
	/usr/bin/python3 - <<-'EOF'
	import feedparser, html, re
	for kind in ('rss', 'atom'):
	    feed = feedparser.parse(f'site/feed/all.{kind}')
	    entry = next(e for e in feed.entries if '/x@20260401T080000Z..' in e.link)
	    assert html.unescape(entry.title) == 'A < B & D', entry.title
	    body = entry.content[0].value if kind == 'atom' else entry.summary
	    text = html.unescape(re.sub('<[^>]*>', '', body))
	    assert '<b>two</b> & [-three-]{+four+}' in text, text
	    assert 'A < B & [-C-]{+D+}' in text, text
	EOF
	jq -e '.version == "https://jsonfeed.org/version/1.1" and (.items | length) >= 4' site/feed/all.json
	jq -e '.items[] | select(.url | endswith("x@20260401T080000Z..20260401T090000Z.html")).content_html | contains("[-three-]")' site/feed/all.json
}

@test "identifiers of entries are the same in every feed and format" {
	render --base-url https://changes.example/ </dev/null
	ids() {
		grep -oh 'urn:uuid:[0-9a-f-]*' "$@" | sort -u
	}
	ids site/feed/all.rss >rss
	jq -r '.items[].id' site/feed/all.json | sort -u >json
	cmp rss json
	ids $BRIDGE_STEM@changes.rss >own
	[ "$(comm -12 rss own | wc -l)" = 3 ]
	[ "$(ids site/feed/removed.rss | wc -l)" = 1 ]
	[ "$(grep -c '<item>' site/feed/numbers.rss)" -ge 1 ]
	[ "$(grep -c '<item>' site/source/courier/changes.rss)" = 1 ]
}

@test "TimeMaps parse and lead to the versions" {
	render --base-url https://changes.example/ </dev/null
	python3 - site/a/herald.example/2026/03/02/bridge@timemap.link $BRIDGE <<-'EOF'
	import email.utils, re, sys
	text = open(sys.argv[1]).read()
	# RFC 8288: links separated by commas, each <URI> and ;name="value".
	link = r'<([^<>"\s]*)>((?:;\s*[a-z-]+="[^"]*")*)'
	assert re.fullmatch(rf'{link}(,\s*{link})*\s*', text), text
	links = [(u, dict(re.findall(r'([a-z-]+)="([^"]*)"', p))) for u, p in re.findall(link, text)]
	rels = {}
	for uri, p in links:
	    for rel in p['rel'].split():
	        rels.setdefault(rel, []).append((uri, p))
	assert rels['original'][0][0] == sys.argv[2]
	assert rels['self'][0][0] == 'https://changes.example/a/herald.example/2026/03/02/bridge@timemap.link'
	times = [email.utils.parsedate_to_datetime(p['datetime']) for _, p in rels['memento']]
	assert len(times) == 3 and times == sorted(times)
	assert rels['first'][0] == rels['memento'][0] and rels['last'][0] == rels['memento'][-1]
	for uri, _ in rels['memento']:
	    open('site/' + uri.removeprefix('https://changes.example/'))
	EOF
}

@test "every link within the site leads to a file of it, every id is unique" {
	render </dev/null
	python3 "$LIB/check-links.py" site
}

@test "a shared link shows what it is: cards, canonical address, JSON-LD" {
	git -C news.git config source.herald.title "The Herald"
	render --cards --base-url https://changes.example/ </dev/null
	page=$(numbered $BRIDGE_STEM@1-2.html)
	/usr/bin/python3 - "$page" <<-'EOF'
	import html.parser, json, sys
	class Head(html.parser.HTMLParser):
	    meta, links, ld, inside = {}, {}, '', False
	    def handle_starttag(self, tag, attrs):
	        a = dict(attrs)
	        if tag == 'meta': self.meta[a.get('name') or a.get('property')] = a.get('content')
	        if tag == 'link': self.links[a['rel']] = a['href']
	        self.inside = tag == 'script'
	    def handle_data(self, data):
	        if self.inside: self.ld += data
	head = Head(); head.feed(open(sys.argv[1], encoding='utf-8').read())
	name = 'https://changes.example/' + sys.argv[1].removeprefix('site/')
	assert head.links['canonical'] == name == head.meta['og:url']
	assert head.meta['og:image'] == name[:-4] + 'png'
	assert head.meta['og:image:alt'] == 'Before: Bridge closed After: Bridge closed for weeks' == head.meta['description']
	assert head.meta['twitter:card'] == 'summary_large_image' and head.meta['og:type'] == 'article'
	ld = json.loads(head.ld)
	assert ld['@type'] == 'WebPage' and ld['url'] == name and ld['isBasedOn'] == 'https://herald.example/2026/03/02/bridge'
	png = open(sys.argv[1][:-4] + 'png', 'rb').read()
	assert png[:8] == b'\x89PNG\r\n\x1a\n' and (int.from_bytes(png[16:20], 'big'), int.from_bytes(png[20:24], 'big')) == (1200, 630)
	EOF
	# Each page has them; what ends a script cannot.
	article https://herald.example/2026/04/01/q 2026-04-01T08:00:00Z '</script><b>&' 'x' | stet-commit news.git | render --cards --base-url https://changes.example/
	for page in $(find site -name '*.html'); do
		grep -q '<meta property="og:title"' "$page"
		grep -q '<meta name="description" content="[^"]' "$page"
		grep -q 'rel="icon"' "$page"
		sed -n 's|^<script type="application/ld+json">\(.*\)</script>$|\1|p' "$page" | jq -e '.name != null' >/dev/null
	done
	[ -s site/favicon.svg ]
}

@test "where few words stay, old stands over new without marks on each" {
	{
		article $PORT 2026-04-01T08:00:00Z "Minister lied about the bridge, engineers say" "A text."
		article $PORT 2026-04-01T09:00:00Z "Dispute over account of inspection" "A text."
	} | stet-commit few.git >/dev/null
	stet-render few.git site </dev/null
	page=$(numbered site/a/courier.example/2026/03/04/port@1-2.html)
	grep -q '<del>Minister lied about the bridge, engineers say</del>' "$page"
	grep -q '<ins>Dispute over account of inspection</ins>' "$page"
}

@test "pages are sound HTML" {
	SOURCE='a "b" <c>' article https://herald.example/2026/04/01/q 2026-04-01T08:00:00Z 'Q "x" <y>' 'p <z> & "w"' |
		stet-commit news.git >/dev/null
	render </dev/null
	sound_html site
}

@test "pages are small beside their text" {
	render </dev/null
	for page in $(find site -name '*.html'); do
		[ "$(($(wc -c <"$page") - $(text "$page" | wc -c)))" -lt 40960 ]
	done
	[ "$(wc -c <site/stet.css)" -lt 16384 ]
}

@test "a hidden article says so at each of its addresses, and in feeds" {
	render </dev/null
	find site/a/herald.example -name 'bridge*' | sort >addresses
	stet hide news.git $BRIDGE
	render </dev/null
	find site/a/herald.example -name 'bridge*' | sort | cmp - addresses
	! grep -rlE 'bearings|Ada Field|Bridge (open|closed)' site
	for page in $(grep html addresses); do
		grep -q '410' "$page"
	done
	grep -q '<at:deleted-entry ref="urn:uuid:' site/feed/all.atom
	grep -q 'Taken out of this archive' site/feed/all.rss
	/usr/bin/python3 "$LIB/check-feeds.py" '' $(find site -name '*.rss' -o -name '*.atom')
	# The same after a step as in full; and shown again it is as before.
	: | render
	stet-render news.git full </dev/null
	diff -r site full
	stet hide --undo news.git $BRIDGE
	render </dev/null
	stet-render news.git again </dev/null
	diff -r site again
	grep -q bearings $(numbered $BRIDGE_STEM@1.html)
}

@test "files of others stay, links are not followed, folders are claimed once" {
	mkdir site
	echo mine >site/index.html
	run -2 --separate-stderr stet-render news.git site </dev/null
	[[ $stderr == *"'index.html'"* ]]
	[ "$(cat site/index.html)" = mine ]
	rm site/index.html
	echo mine >site/notes.txt
	render </dev/null
	[ "$(cat site/notes.txt)" = mine ]
	# A link in the place of a folder is an error, not a way out.
	rm -r site/a/courier.example
	mkdir elsewhere
	ln -s ../../elsewhere site/a/courier.example
	run -3 --separate-stderr stet-render --full news.git site </dev/null
	[[ $stderr == *courier.example* ]]
	[ -z "$(ls elsewhere)" ]
	# A link in the place of a file is replaced, and what it named is left.
	rm site/a/courier.example
	echo precious >precious
	ln -sf ../precious site/stet.css
	stet-render --full news.git site
	[ "$(cat precious)" = precious ]
	[ ! -L site/stet.css ]
}

@test "addresses of pages cannot be taken for one another" {
	for url in https://t.example/2026/01/01/x.html https://t.example/2026/01/01/x.html/comments \
		https://t.example/2026/01/01/x.html_/comments https://t.example/2026/01/01/x https://t.example/2026/01/01/x/1; do
		article $url 2026-01-01T01:00:00Z "At $url" "A text."
	done | stet-commit names.git >/dev/null
	run -0 stet-render names.git site </dev/null
	[ -z "$output" ]
	[ "$(grep -rlE '<h1[^>]*><a[^>]*>At' site/a --include='*.html' | grep -cv @)" = "$(git -C names.git ls-tree -r --name-only main | wc -l)" ]
}

@test "hostile text stands literally in every page, feed and TimeMap" {
	xss='"><script>alert(1)</script><img src=x onerror=alert(2)>'\''--></title><style>*{}</style>]]>&lt;'
	for n in 1 2; do
		SOURCE="s$xss" BYLINE="b$xss" SUMMARY="u$xss" ARTICLE_LANG='en"><script>' PUBLISHED="2026$xss" \
			article "https://evil.example/2026/01/01/x?a=\"><script>$n" "2026-01-01T0$n:00:00Z" "t$xss" "p$n$xss" |
			jq -c '.key = "https://evil.example/2026/01/01/x" | .url = "https://evil.example/2026/01/01/x?q=%22%3E<script>"'
	done | stet-commit evil.git >/dev/null
	run stet-render evil.git site </dev/null
	[ "$status" -eq 0 ]
	[ -f $(numbered site/a/evil.example/2026/01/01/x@1-2.html) ]
	! grep -rhE '<(script|img|style)' site --exclude='*.json' | grep -v '^<script type="application/ld+json">[^<]*</script>$'
	[[ $(text $(numbered site/a/evil.example/2026/01/01/x@2.html)) == *"t$xss"*"p2$xss"* ]]
	/usr/bin/python3 "$LIB/check-feeds.py" '' $(find site -name '*.rss' -o -name '*.atom')
	python3 "$LIB/check-links.py" site
}

@test "addresses that are no http links are shown, not linked" {
	article $PORT 2026-01-01T01:00:00Z "Port" "A text." |
		stet-commit js.git >/dev/null
	event moved $PORT 2026-01-02T01:00:00Z redirect 'javascript:alert(1)' | stet-commit js.git >/dev/null || true
	stet-render js.git site </dev/null
	! grep -rl 'href="javascript' site
}

@test "headers, policy, style, title and search note" {
	echo 'body { color: red }' >own.css
	render --title 'News & <views>' --css own.css </dev/null
	grep -q "default-src 'none'; style-src 'self'" site/_headers
	grep -q 'noindex' site/_headers
	grep -rL 'Content-Security-Policy' site --include='*.html' >without || true
	[ ! -s without ]
	grep -rL 'content="noindex, noarchive"' site --include='*.html' >without || true
	[ ! -s without ]
	! grep -rhE '<script|style="|onclick' site --include='*.html' | grep -v '^<script type="application/ld+json">[^<]*</script>$'
	grep -q '<title>News &amp; &lt;views&gt;' <(sed 's/<title>Latest changes – /<title>/' site/index.html)
	cmp own.css site/user.css
	grep -q 'href="user.css"' site/index.html
	[[ $(text site/search.html) == *"no search box on this site"*"list of all its articles"* ]]
	! grep -qE '<(script|pre)|stet (search|render)|git ' site/search.html
	[ ! -e site/sitemap.xml ]
}

@test "the configuration gives title and address, options come first" {
	git -C news.git config stet.title "From the archive"
	git -C news.git config stet.baseUrl https://conf.example/x
	render </dev/null
	grep -q 'From the archive' site/index.html
	grep -q '<link>https://conf.example/x/index.html</link>' site/feed/all.rss
	render --title Other --base-url https://opt.example </dev/null
	grep -q '<link>https://opt.example/index.html</link>' site/feed/all.rss
	run -2 --separate-stderr stet-render --base-url 'javascript:x' news.git site </dev/null
	[[ $stderr == *"not http or https"* ]]
	run -2 --separate-stderr stet-render --base-url 'https://x.example/?q="' news.git site </dev/null
}

@test "compressed files beside those of text, in step with them" {
	DAM=https://herald.example/2026/04/01/dam
	packed() {
		find site -name '*.gz' | sort | while read -r file; do
			gzip -dc "$file" | cmp - "${file%.gz}"
		done
	}
	article $DAM 2026-04-01T08:00:00Z "Dam" "The dam holds, they said." | stet-commit packed.git >/dev/null
	stet-render --gzip packed.git site </dev/null
	packed
	for file in site/index.html site/stet.css site/feed/all.rss "site/a/${DAM#https://}@timemap.link"; do
		[ -f "$file.gz" ]
	done
	[ "$(find site -name '.*.gz' -o -name '_headers.gz' | wc -l)" = 0 ]
	# The same site says the same bytes, and one step more is in step.
	find site -name '*.gz' -exec sha256sum {} + | sort >before
	stet-render --gzip packed.git again </dev/null
	diff -r site again
	article $DAM 2026-04-02T08:00:00Z "Dam" "The dam gave way, they said." | stet-commit packed.git |
		stet-render --gzip packed.git site
	packed
	stet-render --gzip packed.git full </dev/null
	diff -r site full
	# Without the option none is left that says what was.
	article $DAM 2026-04-03T08:00:00Z "Dam" "The dam was mended, they said." | stet-commit packed.git |
		stet-render packed.git site
	packed
	[ ! -e site/index.html.gz ]
}

@test "a sitemap on request" {
	render --sitemap --base-url https://changes.example/ </dev/null
	python3 - <<-'EOF'
	import xml.etree.ElementTree as ET
	ns = '{http://www.sitemaps.org/schemas/sitemap/0.9}'
	index = ET.parse('site/sitemap.xml')
	for loc in index.iter(ns + 'loc'):
	    part = ET.parse('site/' + loc.text.removeprefix('https://changes.example/'))
	    urls = [u.text for u in part.iter(ns + 'loc')]
	    assert len(urls) == 2
	    for u in urls:
	        open('site/' + u.removeprefix('https://changes.example/'))
	EOF
}

@test "bad receipts are told, the others are rendered" {
	{
		echo '{"v":1,"nonsense'
		cat receipts.jsonl
		echo 'no receipt'
	} >mixed
	run -1 --separate-stderr bash -c 'stet-render news.git site <mixed'
	[[ $stderr == *"line 1"* ]]
	[ -f $(numbered $BRIDGE_STEM@1-2.html) ]
}

@test "a damaged version is told and the rest is rendered" {
	blob=$(git -C news.git rev-parse main:courier.example/2026/03/04/port.md)
	git -C news.git unpack-objects -q <news.git/objects/pack/*.pack 2>/dev/null || true
	for pack in news.git/objects/pack/*.pack; do
		mv "$pack" away.pack
		rm -f "${pack%.pack}".*
		git -C news.git unpack-objects -q <away.pack
	done
	rm -f "news.git/objects/${blob:0:2}/${blob:2}"
	run -1 --separate-stderr stet-render news.git site </dev/null
	[[ $stderr == *"$PORT"* ]]
	[ -f $(numbered $BRIDGE_STEM@1-2.html) ]
	[ -f site/index.html ]
}

@test "usage, an archive that is none, an empty archive" {
	run -2 --separate-stderr stet-render news.git </dev/null
	run -2 --separate-stderr stet-render nowhere.git site </dev/null
	[[ $stderr == *nowhere.git* ]]
	[ ! -e site ]
	run -2 --separate-stderr stet-render --no-such-option news.git site
	run -0 stet-render --help
	[[ $output == usage:* ]]
	run -3 bash -c 'stet-render news.git site <&-'
	new_archive empty.git
	run -0 stet-render empty.git empty </dev/null
	[ -f empty/index.html ]
	: | stet-render empty.git empty
	write_articles | stet-commit empty.git | stet-render empty.git empty
	stet-render empty.git full </dev/null
	diff -r empty full
}

@test "a full disk is status 3 and leaves whole files" {
	mkdir small
	mount -t tmpfs -o size=128k none small 2>/dev/null || skip "no tmpfs"
	run --separate-stderr stet-render news.git small/site </dev/null
	mkdir kept
	cp -r small/site kept/ 2>/dev/null || true
	umount small
	[ "$status" -eq 3 ]
	[[ $stderr == *"No space left"* ]]
	for page in $(find kept -name '*.html'); do
		grep -q '</html>' "$page"
	done
}

@test "an article that moved is found at its old addresses" {
	new=https://herald.example/2026/03/02/harbour-bridge
	jq -nc --arg url $BRIDGE --arg to $new '{v: 1, event: "moved", url: $url, key: $url,
		source: "herald", location: $to, status: 301, fetched: "2026-03-07T09:00:00Z"}' >moved.jsonl
	PUBLISHED=2026-03-02T07:30:00+01:00 BYLINE="By Ada Field" \
		article $new 2026-03-07T09:00:00Z "Bridge open again" \
		"The bridge was opened in 1961 and last mended in 1998." \
		"The bridge is open to everybody again, the council told this paper." \
		"A new sentence at the new address." >>moved.jsonl
	render </dev/null
	find site/a -name 'bridge*' | sort >before
	stet-commit news.git <moved.jsonl | render
	[ -f $(numbered site/a/herald.example/2026/03/02/harbour-bridge@1-2.html) ]
	for page in $(grep html before); do
		target=$(grep -o 'http-equiv="refresh" content="0; url=[^"]*' "$page" | sed 's/.*url=//')
		[ -f "$(dirname "$page")/$target" ]
	done
	/usr/bin/python3 "$LIB/check-feeds.py" '' $BRIDGE_STEM@changes.rss $BRIDGE_STEM@changes.atom
	python3 "$LIB/check-links.py" site
	stet-render news.git full </dev/null
	diff -r site full
}

@test "an article of a full folder that moved is found at its old address" {
	local long url old
	long=$(printf 'long-name-%.0s' {1..9})
	for i in {1..600}; do
		echo "https://wide.example/2026/03/02/$long$i"
	done | jq -Rc '{v: 1, event: "article", url: ., key: ., source: "wide", title: "Mill",
		blocks: [{kind: "p", text: "The mill \(.) was sold."}], status: 200,
		fetched: "2026-03-02T06:00:00Z"}' | stet-commit -q wide.git | tail -1 >last
	url=$(jq -r .url last)
	old=$(jq -r .path last)
	[[ $old == wide.example/_/?/?/?/2026/03/02/* ]]
	{
		event moved "$url" 2026-03-03T06:00:00Z redirect https://wide.example/2026/04/02/mill
		SOURCE=wide article https://wide.example/2026/04/02/mill 2026-03-03T06:00:00Z Mill \
			"The mill $url was sold."
	} | stet-commit -q wide.git | stet-render wide.git site
	grep -q 'http-equiv="refresh"' "site/a/${old%.md}.html"
	[ ! -e site/a/wide.example/2026/03/02/"$(basename "$old" .md)".html ]
}

@test "the time between versions in well-known words" {
	# seconds after the version before -> words
	cat >steps <<-'EOF'
	29 less than a minute
	30 1 minute
	89 1 minute
	90 2 minutes
	2669 44 minutes
	2670 about 1 hour
	5369 about 1 hour
	5370 about 2 hours
	16169 about 4 hours
	16200 about 5 hours
	19769 about 5 hours
	86369 about 24 hours
	86370 1 day
	151169 1 day
	151170 2 days
	2591969 30 days
	2591970 about 1 month
	5183969 about 2 months
	5183970 2 months
	31535969 12 months
	31536000 about 1 year
	47304000 over 1 year
	62000000 almost 2 years
	EOF
	t=1600000000 n=0
	article $PORT "$(date -ud @$t +%FT%TZ)" "T 0" "text" >timed.jsonl
	while read -r step words; do
		t=$((t + step)) n=$((n + 1))
		article $PORT "$(date -ud @$t +%FT%TZ)" "T $n" "text" >>timed.jsonl
	done <steps
	stet-commit timed.git <timed.jsonl >/dev/null
	stet-render timed.git site </dev/null
	n=1
	while read -r step words; do
		n=$((n + 1))
		[[ $(text "$(numbered "site/a/courier.example/2026/03/04/port@$((n - 1))-$n.html")") == *"($words later)"* ]] || {
			echo "version $n, $step seconds: not '$words'"
			return 1
		}
	done <steps
	# Twenty-three changes: the ends and the neighbours alone are named.
	[[ $(text $(numbered site/a/courier.example/2026/03/04/port@12-13.html)) == *"Change 1 Change 2 … Change 10 Change 11 Change 12 Change 13 Change 14 … Change 22 Change 23"* ]]
}

@test "with Pagefind there is a search box, and scripts nowhere else" {
	render --pagefind --base-url https://changes.example/ </dev/null
	grep -q '<script src="pagefind/pagefind-ui.js">' site/search.html
	grep -q "script-src 'self'" site/search.html
	grep -q "script-src 'self'" site/_headers
	[ "$(grep -rlE '<script( src|>)' site --include='*.html')" = site/search.html ]
	[ "$(grep -rl "script-src" site --include='*.html')" = site/search.html ]
	grep -q data-pagefind-body $(numbered $BRIDGE_STEM@1.html)
	! grep -q data-pagefind-body $BRIDGE_STEM.html
}

@test "stet run calls Pagefind where it is, after new texts" {
	start_nginx
	mkdir -p bin www
	printf '#!/bin/sh\necho "$@" >>%s/called\n' "$PWD" >bin/pagefind
	chmod +x bin/pagefind
	PATH=$PWD/bin:$PATH
	printf '<rss version="2.0"><channel><title>F</title><item><link>%s/2026/05/04/a.html</link></item></channel></rss>' "$SITE_URL" >www/feed.rss
	mkdir -p www/2026/05/04
	{
		echo '<html lang="en"><head><title>The tide was late today</title></head><body><article><h1>The tide was late today</h1>'
		for n in 1 2 3 4 5; do
			echo "<p>The tide at the northern quay came $n minutes late on Monday, and the harbour master, who has watched it for thirty years, could not say why it did so.</p>"
		done
		echo '</article></body></html>'
	} >www/2026/05/04/a.html
	stet init run.git
	stet add run.git herald "$SITE_URL/feed.rss"
	git -C run.git config stet.allowNet 127.0.0.0/8
	git -C run.git config stet.delay 0
	git -C run.git config stet.contact test@herald.example
	STET_NOW=2026-05-04T09:00:00Z run -0 stet run run.git site
	[[ $output == *"1 new"* ]]
	[ "$(cat called)" = "--site site" ]
	grep -q pagefind site/search.html
	STET_NOW=2026-05-04T10:00:00Z run -0 stet run run.git site
	[ "$(wc -l <called)" = 1 ]
}

@test "a first rendering that was cut short is gone on with" {
	mkdir site
	ln -s /nowhere site/source
	run -3 --separate-stderr stet-render news.git site </dev/null
	[[ $stderr == *source/* ]]
	[ -f site/index.html ]
	rm site/source
	: | render
	stet-render news.git full </dev/null
	diff -r site full
}

@test "an article without a source and without a headline" {
	SOURCE=' ' article https://bare.example/2026/01/01/x 2026-01-01T01:00:00Z "" "A text without a headline." |
		jq -c '.source = ""' | stet-commit bare.git >/dev/null
	stet-render bare.git site </dev/null
	[[ $(text site/a/bare.example/2026/01/01/x.html) == *https://bare.example/2026/01/01/x* ]]
	python3 "$LIB/check-links.py" site
	/usr/bin/python3 "$LIB/check-feeds.py" '' $(find site -name '*.rss' -o -name '*.atom')
	[[ $(text site/sources.html) == *bare.example* ]]
}

@test "corrections and credits are told from the text, a move leads to its page" {
	local url=https://herald.example/2026/03/07
	{
		article $url/live 2026-03-07T08:00:00Z "Storm: live" "The storm comes."
		article $url/storm 2026-03-07T09:00:00Z "Storm" "The storm came."
		event moved $url/live 2026-03-08T08:00:00Z redirect $url/storm
		article $url/storm 2026-03-08T08:01:00Z "Storm" "The storm came." "It went." |
			jq -c '.blocks += [{kind: "correction", text: "It was no hail."}, {kind: "credit", text: "Photo: Bo Li"}]'
	} | stet-commit --quiet more.git >moves
	[[ $(jq -r .status moves | tail -n 2) == *moved* ]] || { cat moves; false; }
	stet-render more.git more </dev/null
	grep -qF '<p class="correction" dir="auto">It was no hail.</p>' "$(numbered more/a/herald.example/2026/03/07/storm@2.html)"
	grep -qF '<p class="credit" dir="auto">Photo: Bo Li</p>' "$(numbered more/a/herald.example/2026/03/07/storm@2.html)"
	run -0 text "$(numbered more/a/herald.example/2026/03/07/storm@1-2.html)"
	[[ $output == *"It was no hail."*"Photo: Bo Li"* ]]
	grep -qF 'which has a page here: <a href="storm.html"><bdi>Storm</bdi></a>' \
		more/a/herald.example/2026/03/07/live.html
	run -0 text more/a/herald.example/2026/03/07/storm.html
	[[ $output == *"Storm: live"* ]]
}
