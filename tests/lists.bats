# stet-render: lists, withdrawals, returns and moves, in full and in steps.

load helper
load lib/stories
load lib/site

HERALD=https://herald.example/2026/03/06
STEM=site/a/herald.example/2026/03/06

# move FROM TIME TO: the address FROM leads to TO.
move() {
	event moved "$1" "$2" redirect "$3" | jq -c '.status = 301'
}

# step [FILE]: commits what FILE (stdin) has and renders it, as `stet run`.
step() {
	stet-commit news.git <"${1:-/dev/stdin}" | stet-render news.git site
}

# same_in_full: the site is, byte for byte, what a rendering in full gives.
same_in_full() {
	rm -rf full
	stet-render news.git full </dev/null
	diff -r site full
	python3 "$LIB/check-links.py" site
}

# items PAGE: the entries of a list, a line each.
items() {
	python3 - "$1" <<-'EOF2'
	import html, re, sys
	page = open(sys.argv[1], encoding='utf-8').read()
	for item in re.findall(r'<ol class="items".*?>(.*)</ol>', page, re.S)[0].split('<li><span class="title">')[1:]:
	    print(re.sub(r'\s+', ' ', html.unescape(re.sub('<[^>]*>', '', item))).strip())
	EOF2
}

@test "a list shows the old headline beside the new one" {
	{
		article $HERALD/bridge 2026-03-06T08:00:00Z "Bridge closed to lorries" "One text." "The other text."
		article $HERALD/bridge 2026-03-06T09:00:00Z "Bridge closed for weeks" "One text." "The other text."
		article $HERALD/bridge 2026-03-06T10:00:00Z "Bridge closed for weeks" "One text." "The other words."
	} | step
	for page in site/index.html site/source/herald/index.html site/biggest/index.html; do
		[[ $(text $page) == *"Bridge closed for weeks before: Bridge closed to lorries"* ]]
		grep -q 'Bridge closed <ins>for weeks</ins>' $page
		grep -q 'before: <bdi>Bridge closed <del>to lorries</del>' $page
		# Where the headline stayed, none is told; what changed is.
		[ "$(grep -c 'class="before"' $page)" = 1 ]
		[[ $(text $page) == *"version 3 · +1 −1 words The other text. → The other words. text"* ]]
	done
	same_in_full
}

@test "the list of removed articles: what it is, why, and who is back" {
	for n in $(seq 130); do
		article $HERALD/s$n 2026-03-06T08:00:00Z "Story $n" "The text of story $n."
	done >all.jsonl
	step all.jsonl
	[[ $(text site/removed/index.html) == *"No article was withdrawn so far."* ]]
	for n in $(seq 130); do
		event gone $HERALD/s$n 2026-03-07T08:00:00Z gone
	done | step
	[[ $(text site/removed/index.html) == *"Articles that their publishers took out"* ]]
	[ -f site/removed/2.html ]
	# One entry, one address.
	[ "$(cat site/removed/*.html | grep -c '<span class="title">')" = 130 ]
	# What comes back is told on the pages where it had gone, old ones too.
	article $HERALD/s3 2026-03-08T09:00:00Z "Story 3" "The text of story 3, again." | step
	items site/removed/1.html >items
	[ "$(grep -c 'back since' items)" = 1 ]
	grep -q '^Withdrawn: Story 3 .*· the publisher answered that it is gone (410) · back since 8 March 2026, 09:00 UTC$' items
	same_in_full
	# Gone again: the first entry is as it was, the second is not back.
	event gone $HERALD/s3 2026-03-09T09:00:00Z not-found | step
	grep -q 'Withdrawn: Story 3.*back since' <(items site/removed/1.html)
	items site/removed/index.html >items
	[[ $(head -n 1 items) == "Withdrawn: Story 3"*"the page was not found any more (404)" ]]
	same_in_full
}

@test "a few entries stand on the index page alone" {
	{
		article $HERALD/a 2026-03-06T08:00:00Z "A" "One text here."
		article $HERALD/a 2026-03-06T09:00:00Z "A" "Another text here."
		event gone $HERALD/a 2026-03-06T10:00:00Z gone
	} | step
	[ -z "$(find site -name '[0-9]*.html')" ]
	! grep -q 'aria-label="Pages"' site/index.html site/removed/index.html
}

@test "pages of lists keep address and entries when more come" {
	for n in $(seq 60); do
		article $HERALD/s$n 2026-03-06T08:00:00Z "Story $n" "The text of story $n."
	done >all.jsonl
	step all.jsonl
	mkdir before
	for hour in 09 10 11 12 13; do
		jq -c --arg hour $hour '.fetched = "2026-03-06T\($hour):00:00Z" | .blocks[0].text += " Hour \($hour)."' all.jsonl | step
		for page in before/*.html; do
			[ -f "$page" ] || continue
			items "$page" | cmp - <(items "site/changes/${page#before/}")
		done
		[ ! -d site/changes ] || cp site/changes/*.html before/
	done
	[ "$(ls before | wc -l)" = 5 ]
	same_in_full
	# No two pages of the site are called the same.
	grep -rhoP '<title>\K[^<]*' site --include='*.html' | sort | uniq -d >doubles
	cat doubles
	[ ! -s doubles ]
}

@test "rankings are in order and have no changes without words" {
	{
		article $HERALD/a 2026-03-06T08:00:00Z "Alpha" "One two three." "Four five six seven."
		article $HERALD/b 2026-03-06T08:00:00Z "Beta" "One two three." "Four five six."
		article $HERALD/c 2026-03-06T08:00:00Z "Gamma" "One two three." "Four five six."
		# Alpha only puts its paragraphs the other way round.
		article $HERALD/a 2026-03-06T08:05:00Z "Alpha" "Four five six seven." "One two three."
		article $HERALD/b 2026-03-06T08:30:00Z "Beta" "One two three." "Four five six seven eight."
		article $HERALD/c 2026-03-06T08:20:00Z "Gamma" "One two three." "Four five ten."
		article $HERALD/c 2026-03-06T09:20:00Z "Gamma" "One two three." "Four five ten." "Eleven twelve thirteen fourteen fifteen."
	} | step
	items site/biggest/index.html >items
	cat items
	[ "$(cut -d ' ' -f 1 items | tr '\n' ' ')" = "Gamma Beta Gamma " ]
	[[ $(cat items) == *"· +5 words"*"· +2 words"*"· +1 −1 words"* ]]
	items site/quickest/index.html >items
	[ "$(cut -d ' ' -f 1 items | tr '\n' ' ')" = "Gamma Beta " ]
	[[ $(head -n 1 items) == *"20 minutes after it was first seen"* ]]
	! grep 'no words changed' site/biggest/index.html site/quickest/index.html
	# The move of paragraphs is in the list of changes all the same.
	[[ $(text site/index.html) == *"Alpha"*"no words changed Paragraph moved: One two three. paragraphs moved"* ]]
}

@test "the newest changes of a kind have a page" {
	LINE="people were brought to safety by the fire brigade before the river rose above its banks, the council said on Friday evening in street"
	for n in $(seq 60); do
		article $HERALD/s$n 2026-03-06T08:00:00Z "Story $n" "Some 12 $LINE $n."
		article $HERALD/s$n 2026-03-06T09:00:00Z "Story $n" "Some 21 $LINE $n."
	done | step
	article $HERALD/s1 2026-03-06T10:00:00Z "Another headline" "Some 21 $LINE 1." | step
	items site/kind/headline/index.html >items
	[ "$(wc -l <items)" = 1 ]
	[[ $(cat items) == *"Another"*"headline"* ]]
	[ "$(grep -c "<li><span class=\"title\">" site/kind/numbers/index.html)" = 50 ]
	[[ $(text site/kind/restored/index.html) == *"There was no change of this kind so far."* ]]
	grep -q 'href="kind/quotes/index.html"' site/sources.html
	grep -q 'href="../../feed/numbers.rss"' site/kind/numbers/index.html
	same_in_full
}

@test "first and latest side by side: words and classes as stet-diff has them" {
	{
		article $HERALD/a 2026-03-06T08:00:00Z "Twelve hurt" "Twelve people were hurt, the police said." "A second text." "A third one."
		article $HERALD/a 2026-03-06T09:00:00Z "Many hurt" "Twelve people were hurt, the police said." "A second text." "A third one."
		article $HERALD/a 2026-03-06T10:00:00Z "Many hurt" "Twenty people were hurt, the police said." "A third one." "It rained."
	} | step
	page=$(text $STEM/a@first-latest.html)
	stet-diff --json news.git $HERALD/a 1 3 >diff.json
	added=$(jq .words_added diff.json) removed=$(jq .words_removed diff.json)
	[[ $page == *"+$added −$removed words · "* ]]
	classes=$(jq -r '.classes | join(" ")' diff.json)
	[[ $classes == *headline*text* ]]
	[[ $page == *"first change $classes Version 1"* ]]
}

@test "an article that moved says where it is, where it was, and is found by both" {
	{
		article $HERALD/tram 2026-03-06T08:00:00Z "Trams stop" "The last tram leaves at ten."
		article $HERALD/tram 2026-03-06T09:00:00Z "Trams stop" "The last tram leaves at nine."
	} | step
	{
		move $HERALD/tram 2026-03-08T09:00:00Z $HERALD/last-tram
		article $HERALD/last-tram 2026-03-08T09:00:00Z "Trams stop" "The last tram leaves at nine."
	} | step
	page=$(text $STEM/last-tram.html)
	[[ $page == *"current article at its original source at $HERALD/last-tram. Until 8 March 2026, 09:00 UTC it was at $HERALD/tram."* ]]
	[[ $page == *"Moved8 March 2026, 09:00 UTC2 days after version 2from $HERALD/tram to $HERALD/last-tram"* ]]
	[[ $page != *"no reason"* ]]
	grep -q "<link rel=\"original\" href=\"$HERALD/last-tram\"" $STEM/last-tram.html
	grep -q "^<$HERALD/last-tram>; rel=\"original\"" $STEM/last-tram@timemap.link
	grep -q "^<$HERALD/tram>; rel=\"original\"" $STEM/tram@timemap.link
	[[ $(items site/index.html | head -n 1) == "Moved: Trams stop"*"now at $HERALD/last-tram" ]]
	grep -q "led to &lt;a href=&quot;$HERALD/last-tram" site/feed/all.rss
	# Twice moved: every address it had. Back in lists and feeds all is told.
	{
		move $HERALD/last-tram 2026-03-09T09:00:00Z $HERALD/night-tram
		article $HERALD/night-tram 2026-03-09T09:00:00Z "Trams stop" "The last tram leaves at eight."
	} | step
	[[ $(text $STEM/night-tram.html) == *"at $HERALD/night-tram. Until 8 March 2026, 09:00 UTC it was at $HERALD/tram, until 9 March 2026, 09:00 UTC at $HERALD/last-tram."* ]]
	for old in tram last-tram; do
		grep -q "content=\"0; url=night-tram.html\"" $STEM/$old.html
	done
	[ "$(grep -c "led to &lt;a" site/feed/all.rss)" = 2 ]
	same_in_full
}

# An article that ends where another one stands.
write_storm() {
	article $HERALD/storm-live 2026-03-06T08:00:00Z "Storm: live" "The storm comes."
	article $HERALD/storm 2026-03-06T09:00:00Z "Storm: what we know" "The storm came and went."
}

end_storm() {
	move $HERALD/storm-live 2026-03-08T09:00:00Z $HERALD/storm
	article $HERALD/storm 2026-03-08T09:00:00Z "Storm: what we know" "The storm came and went."
}

@test "an article that ended at another: each page leads to the other" {
	write_storm | step
	end_storm | step
	page=$(text $STEM/storm-live.html)
	[[ $page == *"This article has moved. Since 8 March 2026, 09:00 UTC its address has led to $HERALD/storm, which has a page here: Storm: what we know."* ]]
	[[ $page == *"The last text that we have is version 1, seen on 6 March 2026, 08:00 UTC."* ]]
	[[ $page == *"It had not changed when it was found to have moved on 8 March 2026, 09:00 UTC."* ]]
	[[ $page == *"from $HERALD/storm-live to $HERALD/storm, which has a page here"* ]]
	[[ $page != *"current article"* ]]
	grep -q 'a page here: <a href="storm.html">' $STEM/storm-live.html
	# The other one has no commit of its own, and is rendered all the same.
	[[ $(text $STEM/storm.html) == *"Another article has led here since 8 March 2026, 09:00 UTC: Storm: live, which was at $HERALD/storm-live."* ]]
	grep -q 'UTC</time>: <a href="storm-live.html">' $STEM/storm.html
	same_in_full
	sound_html site
	/usr/bin/python3 "$LIB/check-feeds.py" '' $(find site -name '*.rss' -o -name '*.atom')
}

@test "what pages say of each other is kept up by steps" {
	write_storm | step
	end_storm | step
	# The headline of the one is on the page of the other.
	article $HERALD/storm 2026-03-09T09:00:00Z "Storm: all that we know" "The storm came and went." | step
	[[ $(text $STEM/storm-live.html) == *"a page here: Storm: all that we know."* ]]
	same_in_full
	# The one that stayed moves too.
	{
		move $HERALD/storm 2026-03-10T09:00:00Z $HERALD/weather
		article $HERALD/weather 2026-03-10T09:00:00Z "Weather" "The storm came and went."
	} | step
	grep -q 'a page here: <a href="weather.html">' $STEM/storm-live.html
	grep -q 'href="storm-live.html"' $STEM/weather.html
	same_in_full
	# The first one is back: nothing leads from it any more.
	article $HERALD/storm-live 2026-03-11T09:00:00Z "Storm: live again" "The storm comes back." | step
	! grep -q 'href="weather.html"' $STEM/storm-live.html
	! grep -q 'storm-live' $STEM/weather.html
	same_in_full
}

@test "a hidden article is not named on the page of the other" {
	write_storm | step
	end_storm | step
	stet hide news.git $HERALD/storm-live
	: | stet-render news.git site
	! grep -rl 'Storm: live' site
	! grep -q storm-live $STEM/storm.html
	same_in_full
	stet hide --undo news.git $HERALD/storm-live
	stet hide news.git $HERALD/storm
	: | stet-render news.git site
	! grep -q 'a page here' $STEM/storm-live.html
	! grep -rl 'what we know' site
	same_in_full
}

@test "the address of a page is what the search page says it is" {
	article https://news.example/2026/03/02/bridge 2026-03-06T08:00:00Z "Bridge" "Text." | step
	for path in $(grep -oE 'a/[a-z./0-9]*\.html' site/search.html); do
		[ -f "site/$path" ]
	done
	[[ $(text site/search.html) == *"https://news.example/2026/03/02/bridge has the page a/news.example/2026/03/02/bridge.html."* ]]
}

@test "numbers: counts agree with the index, pages draw them with a table" {
	{
		article https://a.example/2026/01/05/x 2026-01-05T08:00:00Z "One" "Twelve of them came to the quay."
		article https://a.example/2026/01/05/x 2026-01-05T08:30:00Z "One" "Thirteen of them came to the quay."
		article https://a.example/2026/01/05/x 2026-03-05T09:00:00Z "Two" "Thirteen of them came to the quay."
		SOURCE='b "c"' article https://b.example/2026/01/06/y 2026-01-06T08:00:00Z "Y" "Nothing changes here."
		event gone https://a.example/2026/01/05/x 2026-03-06T09:00:00Z gone
	} | stet-commit count.git >/dev/null
	stet-stats --json count.git >stats
	jq -e '.v == 1 and .total.articles == 2 and .total.versions == 4 and .total.changed == 1 and .total.edits == 2
		and .total.withdrawals == 1 and .total.withdrawn == 1 and .total["first edit"]["within an hour"] == 1
		and .total.class.headline == 1 and .total["edits by month"] == {"2026-01": 1, "2026-03": 1}
		and .total.hour["08"] == 1 and (.sources | length) == 2' stats
	stet-stats --csv count.git >stats.csv
	/usr/bin/python3 - <<-'EOF'
	import csv
	rows = list(csv.DictReader(open('stats.csv', newline='')))
	get = lambda s, m, k='': [int(r['count']) for r in rows if (r['source'], r['measure'], r['key']) == (s, m, k)]
	assert get('*', 'articles') == [2] and get('herald', 'edits') == [2], rows[:9]
	assert get('*', 'size', 'up to 2 words') and get('*', 'seen', '2026-01') == [2]
	assert len({r['source'] for r in rows}) == 3
	EOF
	stet-stats count.git >table
	[ "$(awk 'NR == 1 { for (i = 1; i < NF; i++) name[i] = $i } $NF == "(all)" { for (i = 1; i < NF; i++) if (name[i] != "share") print name[i], $i }' table | sort)" = \
		"$(stet-stats --json count.git | jq -r '.total | to_entries[] | select(.value | type == "number") | "\(.key) \(.value)"' | sort)" ]
	[[ $(stet-stats count.git | tail -n 1) == *"2"*"4"*"1"*"50.0%"*"(all)" ]]
	run -2 stet-stats --json --csv count.git
	run -2 stet-stats nowhere.git
	stet-render count.git numbers </dev/null
	page=$(text numbers/numbers.html)
	[[ $page == *"2 articles in 4 versions. 1 of them (50.0 %) were changed"*"by 2 edits"* ]]
	grep -q '<svg class="bars" role="img"' numbers/numbers.html
	grep -q '<th scope="row">2026-03</th><td class="n">1</td>' numbers/numbers.html
	[ -f numbers/source/herald/numbers.html ]
	sound_html numbers
	python3 "$LIB/check-links.py" numbers
	stet hide count.git https://a.example/2026/01/05/x
	[ "$(stet-stats --json count.git | jq .total.articles)" = 1 ]
}

@test "each entry says what changed, before and after, cut at words" {
	long=$(printf 'word%d ' $(seq 60))
	{
		article https://a.example/2026/01/05/x 2026-01-05T08:00:00Z "One" "$long and twelve of the forty people $long" "Another paragraph on those forty people and on their boats stays as it is until somebody thinks better of it." "The last paragraph stands where it stood."
		article https://a.example/2026/01/05/x 2026-01-05T09:00:00Z "One" "$long and thirteen of the forty people $long" "Another paragraph on those forty people and on their boats stays as it is until somebody thinks better of it." "The last paragraph stands where it stood."
		article https://a.example/2026/01/05/x 2026-01-05T10:00:00Z "One" "$long and thirteen of the forty people $long" "The last paragraph stands where it stood."
		article https://a.example/2026/01/05/x 2026-01-05T11:00:00Z "One at last" "$long and thirteen of the forty people $long" "The last paragraph stands where it stood."
	} | stet-commit tell.git >/dev/null
	stet-render tell.git told </dev/null
	# The newest is a headline, which is shown already; then what is gone, and the number.
	[ "$(grep -c '<p class="found">' told/index.html)" = 2 ]
	grep -q '<p class="found">Paragraph taken out: <bdi><del>Another paragraph on those forty people and on their boats stays as it is until somebody thinks better of it.</del></bdi></p>' told/index.html
	line=$(grep '<del>twelve</del>' told/index.html)
	[[ $line == *'<bdi>… '*'and <del>twelve</del> of'*' …</bdi> <span aria-label="became">→</span> <bdi>… '*'<ins>thirteen</ins>'* ]]
	[ ${#line} -lt 600 ]
	# The same whether the lists are made with the pages or later.
	cp -r told again
	rm again/index.html
	stet-render --full tell.git again
	diff -r told again
	# A difference says what became of how many paragraphs.
	page=$(text "$(numbered told/a/a.example/2026/01/05/x@2-3.html)")
	[[ $page == *"1 paragraph removed"* ]]
}
