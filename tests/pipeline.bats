# The whole line, as a person runs it: links | due | fetch | extract | commit |
# mark | render against a real nginx, the history read by real git, the pages
# opened in a real browser.
load helper

# write_article NAME HEADLINE BOX PARAGRAPH...: a page of the test's site.
write_article() {
	local name=$1 headline=$2 box=$3 paragraph
	shift 3
	{
		cat <<-EOF
		<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
		<title>$headline - The Test Herald</title>
		<meta property="og:title" content="$headline">
		<meta property="og:site_name" content="The Test Herald">
		<meta property="article:published_time" content="2026-05-04T08:00:00Z">
		</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
		<aside class="most-read"><h3>Most read</h3><ul><li><a href="/x">$box</a></li></ul></aside>
		<article><h1>$headline</h1><p class="byline">By Nora Testwell</p>
		EOF
		for paragraph in "$@"; do
			printf '<p>%s</p>\n' "$paragraph"
		done
		printf '</article><footer>Copyright 2026 The Test Herald</footer></body></html>\n'
	} >"www/2026/05/04/$name.html.new"
	mv "www/2026/05/04/$name.html.new" "www/2026/05/04/$name.html"
}

paragraphs=(
	"The town council voted on Monday evening to keep the old swimming baths open for at least two more years."
	"More than 400 people had filled the hall and the stairs, and the vote was delayed twice because nobody could hear it."
	"The baths cost the town about 310,000 a year, of which the visitors pay less than a third at the door."
	"A new building beside the railway station had been planned since 2019, but the money for it was never found."
)

write_site() {
	local n
	mkdir -p www/2026/05/04
	for n in 1 2 3 4 5; do
		write_article "story-$n" "Baths stay open, part $n" "Old box" "${paragraphs[@]/#/Story $n: }"
	done
	{
		echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title><link>/</link><description/>'
		for n in 1 2 3 4 5; do
			echo "<item><title>Baths $n</title><link>$SITE_URL/2026/05/04/story-$n.html</link><guid>$SITE_URL/2026/05/04/story-$n.html</guid><pubDate>Mon, 04 May 2026 08:00:0$n GMT</pubDate></item>"
		done
		echo '</channel></rss>'
	} >www/feed.rss
}

# The line by hand, from the feed to the receipts. $1: the time.
watch_once() {
	export STET_NOW=$1
	printf '%s/feed.rss\therald\n' "$SITE_URL" |
		stet-fetch --allow-net 127.0.0.0/8 --delay 0 >feed.warc
	stet-links <feed.warc >links
	stet-due news.git <links | tee due |
		stet-fetch --allow-net 127.0.0.0/8 --delay 0 | tee pages.warc |
		stet-extract | tee articles.jsonl | stet-commit news.git |
		stet-mark news.git >receipts.jsonl
}

statuses() {
	jq -r .status receipts.jsonl | sort | uniq -c | awk '{ print $1, $2 }'
}

@test "a feed is watched: new, unchanged, then exactly what changed" {
	start_nginx 'location = /2026/05/04/story-4.html { if (-f $document_root/gone) { return 410; } }'
	write_site

	watch_once 2026-05-04T09:00:00Z
	[ "$(statuses)" = "5 new" ]
	[ "$(git -C news.git rev-list --count main)" = 5 ]
	[ "$(jq -r .version receipts.jsonl | sort -u)" = 1 ]

	# Nothing changed: the server says 304 to each and nothing is committed.
	before=$(git -C news.git rev-parse main)
	: >nginx/access.log
	watch_once 2026-05-04T10:00:00Z
	[ "$(statuses)" = "5 same" ]
	[ "$(git -C news.git rev-parse main)" = "$before" ]
	[ "$(grep -c '^GET /2026.* 304 ' nginx/access.log)" = 5 ]

	# A paragraph, a headline, a withdrawal, and a box that is not the article.
	edited=("${paragraphs[@]/#/Story 1: }")
	edited[2]="Story 1: The baths cost the town about 290,000 a year, of which the visitors pay almost half at the door."
	write_article story-1 "Baths stay open, part 1" "Old box" "${edited[@]}"
	write_article story-2 "Baths saved for now, part 2" "Old box" "${paragraphs[@]/#/Story 2: }"
	write_article story-3 "Baths stay open, part 3" "Another box entirely" "${paragraphs[@]/#/Story 3: }"
	touch www/gone
	watch_once 2026-05-04T12:00:00Z
	[ "$(statuses)" = $'2 changed\n1 gone\n2 same' ]
	[ "$(git -C news.git rev-list --count main)" = 8 ]
	[ "$(jq -r 'select(.url | endswith("story-2.html")).classes[]' receipts.jsonl)" = headline ]
	jq -r 'select(.url | endswith("story-1.html")).classes[]' receipts.jsonl | grep -x numbers

	# The history is git's, and reads as one would hope.
	cd news.git
	git fsck --full --strict
	path=$(jq -r 'select(.url | endswith("story-1.html")).path' ../receipts.jsonl)
	[ "$(git log --format=%s -- "$path" | wc -l)" = 2 ]
	[[ $(git log -1 --format=%s -- "$path") == "herald: Baths stay open, part 1" ]]
	git log -p --word-diff -- "$path" | grep -F '[-310,000-]{+290,000+}'
	[ "$(git blame --porcelain main -- "$path" | grep -c '^summary')" = 2 ]
	git show "main:$path" | grep -F 'title: "Baths stay open, part 1"'
	[ "$(git log --diff-filter=D --format=%s | wc -l)" = 1 ]
	[ "$(git log -1 --format='%(trailers:key=URL,valueonly)' -- "$path")" = "$SITE_URL/2026/05/04/story-1.html" ]
	[ "$(git log -1 --format=%aI -- "$path")" = "$(jq -r 'select(.url | endswith("story-1.html")).fetched' ../receipts.jsonl | sed 's/Z$/+00:00/')" ]
}

@test "the same input gives the same commit ids, and again nothing new" {
	stet-extract <"$FIXTURES/capture.warc" >articles.jsonl
	stet-commit one.git <articles.jsonl >one.jsonl
	stet-commit two.git <articles.jsonl >two.jsonl
	[ "$(git -C one.git rev-parse main)" = "$(git -C two.git rev-parse main)" ]
	cmp one.jsonl two.jsonl
	before=$(git -C one.git rev-parse main)
	stet-commit one.git <articles.jsonl >again.jsonl
	[ "$(git -C one.git rev-parse main)" = "$before" ]
	run -1 grep -E '"status":"(new|changed|minor|gone|restored)"' again.jsonl
}

@test "the pages open in a browser: two columns, navigation, feed" {
	stet-extract <"$FIXTURES/capture.warc" | stet-commit news.git |
		stet-mark news.git | stet-render news.git site
	page=$(grep -rlF 'Engineers dispute' site --include='*@*..*.html' | xargs grep -lF 'Minister lied' | xargs grep -l '<del' | head -n 1)
	chromium --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" \
		--dump-dom "file://$PWD/$page" >dom.html 2>chromium.log
	grep -q '<del' dom.html
	grep -q '<ins' dom.html
	grep -qE 'rel="(next|prev)"' dom.html
	grep -qE '<link[^>]*type="application/rss\+xml"' dom.html
	grep -qE '<a[^>]*href="https://gazette.example/2026/03/02/harbour-bridge-report"' dom.html
}

@test "what fails is told and recorded, and everything else goes on" {
	start_nginx
	write_site
	printf '<html><title>Sport</title><body><p>Short.</p></body></html>' >www/empty.html
	{
		echo "$SITE_URL/empty.html"
		echo "no-url-at-all"
		echo "http://127.0.0.1:1/refused"
		echo "$SITE_URL/missing.html"
		echo "$SITE_URL/2026/05/04/story-1.html"
	} >links
	run -1 --separate-stderr bash -c 'set -o pipefail
		stet-fetch --allow-net 127.0.0.0/8 --delay 0 <links >pages.warc'
	[[ $stderr == *"no-url-at-all"* ]]
	[[ $stderr == *"127.0.0.1:1/refused"* ]]
	run -1 --separate-stderr bash -c 'stet-extract <pages.warc >articles.jsonl'
	[[ $stderr == *empty.html* ]]
	stet-commit news.git <articles.jsonl >receipts.jsonl || [ $? -eq 1 ]
	[ "$(statuses)" = $'3 failed\n1 new' ]
	[ "$(jq -r 'select(.status == "failed").error | length > 0' receipts.jsonl | sort -u)" = true ]
}

@test "the example of the issue: one URL down the whole line" {
	start_nginx
	write_site
	run -0 --separate-stderr bash -c 'echo "$1" | stet-fetch --allow-net 127.0.0.0/8 | stet-extract | stet-commit a.git | jq -r .status' _ "$SITE_URL/2026/05/04/story-1.html"
	[ "$output" = new ]
}

@test "stet run does the whole cycle from the archive's configuration" {
	start_nginx
	write_site
	stet init news.git
	stet add news.git herald "$SITE_URL/feed.rss"
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
	git -C news.git config stet.contact test@herald.example
	STET_NOW=2026-05-04T09:00:00Z run -10 stet run --exit-code news.git site
	[[ $output == *"5 new"* ]]
	[ -f site/index.html ]
	STET_NOW=2026-05-04T09:01:00Z run -0 stet run --exit-code news.git site
	[[ $output == *"nothing was due"* ]]
	STET_NOW=2026-05-04T10:00:00Z run -0 stet run --exit-code news.git site
	[[ $output == *"5 same"* ]]
	grep -q 'GET /feed.rss .*test@herald.example' nginx/access.log
}

@test "stet run does not overlap itself" {
	stet init news.git
	mkdir -p news.git/stet
	exec 8>>news.git/stet/run.lock
	flock 8
	run -4 stet run news.git 8>&-
	[[ $output == *"another run"* ]]
}

@test "stet run reads sitemap indexes and pages, and keeps to a source's rules" {
	start_nginx
	write_site
	cat >www/sitemaps.xml <<-EOF
	<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
	<sitemap><loc>$SITE_URL/sitemap-1.xml</loc></sitemap></sitemapindex>
	EOF
	cat >www/sitemap-1.xml <<-EOF
	<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
	<url><loc>$SITE_URL/2026/05/04/story-1.html</loc></url>
	<url><loc>$SITE_URL/2026/05/04/story-2.html</loc></url></urlset>
	EOF
	printf '<html><body><h1>City</h1><a href="/2026/05/04/story-3.html">Story three has a headline</a> <a href="/2026/05/04/story-4.html">Story four has one too</a></body></html>' >www/city.html
	stet init news.git
	stet add --sitemap news.git maps "$SITE_URL/sitemaps.xml"
	stet add --page news.git city "$SITE_URL/city.html"
	git -C news.git config source.city.exclude story-4
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
	STET_NOW=2026-05-04T09:00:00Z run -0 stet run --warc kept news.git
	[[ $output == *"3 new"* ]]
	[ "$(git -C news.git ls-tree -r --name-only main | grep -c story)" = 3 ]
	[ "$(git -C news.git ls-tree -r --name-only main | grep -c story-4)" = 0 ]
	stet-extract <kept/*.warc | stet-commit replay.git >/dev/null
	[ "$(git -C replay.git rev-parse main)" = "$(git -C news.git rev-parse main)" ]
}

@test "what the configuration selects and drops of a source is kept to" {
	start_nginx
	write_site
	for n in 1 2; do
		write_article "story-$n" "Baths stay open, part $n" "Old box" "${paragraphs[@]/#/Story $n: }" \
			"End.</p><div class=\"column\"><p>Readers voted all week on whether the baths should be kept, and this is what they said.</p></div><p>"
	done
	stet init news.git
	stet add news.git herald "$SITE_URL/feed.rss"
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
	git -C news.git config source.herald.select article
	git -C news.git config --add source.herald.drop 'article > div.column'
	git -C news.git config --add source.herald.drop 'p.no-such'
	STET_NOW=2026-05-04T09:00:00Z run -0 stet run --warc kept news.git
	[[ $output == *"5 new"* ]]
	git -C news.git grep -q 'Story 1: The town council' main
	run -1 git -C news.git grep 'Readers voted' main
	# which is the rule's doing
	[ "$(stet-extract <kept/*.warc | grep -c 'Readers voted')" = 2 ]
}

@test "an interrupted run loses nothing of what was fetched" {
	start_nginx
	write_site
	stet init news.git
	stet add news.git herald "$SITE_URL/feed.rss"
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 2
	setsid bash -c 'exec stet run news.git site' >run.log 2>&1 &
	run=$!
	for _ in $(seq 600); do
		grep -q '^GET /2026.* 200 ' nginx/access.log && break
		sleep 0.1
	done
	kill -TERM -- -"$run"
	status=0
	wait "$run" || status=$?
	[ "$status" = 3 ]
	fetched=$(grep -c '^GET /2026.* 200 ' nginx/access.log)
	[ "$fetched" -ge 1 ] && [ "$fetched" -lt 5 ]
	[ "$(git -C news.git rev-list --count main)" = "$fetched" ]
	git -C news.git fsck --full --strict
	# What was not come to is still due.
	git -C news.git config stet.delay 0
	stet run news.git site
	[ "$(git -C news.git rev-list --count main)" = 5 ]
}

@test "what --limit leaves over is taken up by the next run" {
	start_nginx
	write_site
	stet init news.git
	stet add news.git herald "$SITE_URL/feed.rss"
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
	for found in 2 2 1; do
		run -0 stet run --limit 2 news.git
		[ "$output" = "stet-run: $found new" ]
	done
	run -0 stet run --limit 2 news.git
	[ "$output" = "stet-run: nothing was due" ]
	[ ! -s news.git/stet/pending ]
}
