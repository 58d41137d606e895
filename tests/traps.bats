# Each of these is a real bug of a watcher of news. Where the trap is sprung:
#
# trap                                          test
# --------------------------------------------  ------------------------------
# headline-only change lost                     below: "a headline alone"
# "12 dead" to "21 dead" dismissed as noise     below: "figures are never minor"
# "1.5" to "15" invisible                       below: "figures are never minor"
# "Updated 12:30" makes a version of note       below: "a clock is minor"
# paragraphs cut anew look rewritten            below: "paragraph joints"
# markup in a text obeyed, or escaped twice     below: "markup in a text"
# A B A lost; A B A B ... without end           below: "back and forth"
# one 404 is taken for a withdrawal             below: "not found once"
# withdrawals not recorded, nor returns         below: "not found for days"
# soft 404, redirect home taken for an edit     below: "pages that are none"
# bot wall, consent page stored as a version    below: "pages that are none"
# an empty extraction is taken for an edit      below: "suddenly empty"
# /a and /a/b, long, odd, alike addresses       below: "addresses"
# charsets: labels that lie, BOM, double        below: "charsets"
# articles over 64 KB, characters of 4 bytes    below: "long texts"
# two captures of one article differ            below: "another look"
# a real edit is missed                         below: "real edits"
# a new parser rewrites the history             below: "a new extractor"
# crash between object and ref, two writers     commit.bats
# clock: days wrap, zones, order of a pair      tests/unit/isotime.c, render.bats
# "changed N times" counts versions             render.bats
# left its feed, hence never checked again      due.bats
# a new guid for the same address               below: "a new guid"
load helper
load lib/articles

URL=https://daily.example/2026/05/03/pool
ONE='p:The mayor opened the new swimming pool on Monday.'
TWO='p:About 40 guests came, among them the architect Ida Berg.'
THREE='p:The pool will close again in winter for repairs.'

# verdict BEFORE AFTER: how the archive sees a paragraph that was edited.
verdict() {
	rm -rf v.git
	{
		article "$URL" Pool 2026-05-03T10:00:00Z "$ONE" "p:$1"
		article "$URL" Pool 2026-05-03T11:00:00Z "$ONE" "p:$2"
	} | stet-commit v.git | tail -n 1 | statuses
}

@test "a headline alone is a version" {
	{
		article "$URL" 'Pool opens' 2026-05-03T10:00:00Z "$ONE"
		article "$URL" 'Pool opens late' 2026-05-03T11:00:00Z "$ONE"
	} | stet-commit a.git >receipts
	[ "$(statuses <receipts)" = $'new\nchanged headline' ]
	[ "$(git -C a.git rev-list --count main)" -eq 2 ]
	run -0 git -C a.git log -1 --format=%s%n%b
	[[ $output == 'daily: Pool opens late'*headline* ]]
}

@test "figures are never minor" {
	[ "$(verdict '12 dead' '21 dead')" = 'changed numbers' ]
	[ "$(verdict 'The fire left 12 dead.' 'The fire left 21 dead.')" = 'changed numbers' ]
	[ "$(verdict 'He was jailed for 3 months.' 'He was jailed for 30 months.')" = 'changed numbers' ]
	[ "$(verdict 'It rose 1.5 per cent.' 'It rose 15 per cent.')" = 'changed numbers' ]
	[ "$(verdict 'It rose by 5%.' 'It rose by -5%.')" = 'changed numbers' ]
}

@test "a clock is minor, and only a clock" {
	[ "$(verdict 'Updated 12:30' 'Updated 13:45')" = 'minor dateline' ]
	[ "$(verdict 'Published 3 hours ago' 'Published 5 hours ago')" = 'minor dateline' ]
	[ "$(verdict 'The match starts at 12:30.' 'The match starts at 13:45.')" = 'changed numbers' ]
	[ "$(verdict 'Updated 12:30' 'Updated 13:45 to say that nobody died')" != 'minor dateline' ]
}

@test "paragraph joints: cut anew is a version of its own, and minor" {
	{
		article "$URL" Pool 2026-05-03T10:00:00Z "$ONE" 'p:One two three. Four five six.'
		article "$URL" Pool 2026-05-03T11:00:00Z "$ONE" 'p:One two three.' 'p:Four five six.'
		article "$URL" Pool 2026-05-03T12:00:00Z "$ONE One two three." 'p:Four five six.'
	} | stet-commit a.git >receipts
	[ "$(statuses <receipts)" = $'new\nminor whitespace\nminor whitespace' ]
	[ "$(jq -s 'map(.words_added + .words_removed)[1:] | add' receipts)" -eq 0 ]
}

@test "capitals and commas are an edit; the form of marks and spaces is none" {
	[ "$(verdict 'He told us all.' 'He told US all.')" = 'changed names,text' ]
	[ "$(verdict 'It is so now.' 'It is so, now.')" = 'minor punctuation' ]
	[ "$(verdict "It isn't \"so\"." 'It isn’t “so”.')" = 'same' ]
	[ "$(verdict 'About 40 guests.' $'About\xc2\xa040 guests.')" = 'same' ]
	[ "$(verdict 'Long - too long.' 'Long – too long.')" = 'same' ]
}

# flips COUNT STEP_HOURS: a text that changes at every check.
flips() {
	jq -nc --argjson a "$(article "$URL" Pool '' "$ONE")" \
		--argjson b "$(article "$URL" Pool '' "$TWO")" \
		--argjson count "$1" --argjson step "$2" '
		range($count) as $i | (1777766400 + $i * $step * 3600 | todate) as $time |
		[$a, $b][$i % 2] + {fetched: $time, payload_digest: ("sha1:" + $time)}'
}

@test "back and forth: A B A B is recorded, and then not without end" {
	flips 4 1 | stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" -eq 4 ]
	run -0 statuses <receipts
	[[ ${lines[2]} == changed*revert && ${lines[3]} == minor*oscillation ]]

	# half a year of flips every 12 hours, 360 of them
	flips 360 12 | stet-commit b.git >receipts
	commits=$(git -C b.git rev-list --count main)
	[ "$commits" -ge 8 ] && [ "$commits" -le 20 ]
	run -0 git -C b.git fsck --full --strict
}

@test "back and forth: where the text settles is stored, whichever side" {
	flips 9 1 | stet-commit a.git >receipts
	[ "$(tail -n 1 receipts | statuses)" = 'same oscillation' ]
	# no validator, or the next check would be answered "unchanged"
	[ "$(tail -n 1 receipts | jq -r .etag)" = '' ]
	for side in "$ONE" "$TWO"; do
		rm -rf b.git && cp -r a.git b.git
		for day in 5 10 20 40; do
			article "$URL" Pool "$(date -u -d "2026-05-03 + $day days" +%FT%TZ)" "$side"
		done | stet-commit b.git >receipts
		[ "$(git -C b.git show "main:$(tail -n 1 receipts | jq -r .path)" | tail -n 1)" = "${side#p:}" ]
	done
}

@test "back and forth: a real edit is never held back by it" {
	{
		flips 9 1
		article "$URL" Pool 2026-05-03T09:30:00Z "$THREE"
	} | stet-commit a.git | tail -n 1 >receipts
	[[ $(statuses <receipts) == changed* ]]
}

long_text() {
	local i
	for i in $(seq 1 12); do
		printf 'p:Paragraph %d tells of the pool, of its builders and of what they were paid.\n' "$i"
	done
}

@test "suddenly empty is suspect, a note of withdrawal is an edit once confirmed" {
	mapfile -t text < <(long_text)
	article "$URL" Pool 2026-05-03T10:00:00Z "${text[@]}" | stet-commit a.git >receipts
	article "$URL" Pool 2026-05-03T11:00:00Z | stet-commit a.git >receipts
	[[ $(statuses <receipts) == failed* || $(statuses <receipts) == *suddenly-empty ]]
	article "$URL" Pool 2026-05-03T12:00:00Z "${text[@]:0:2}" | stet-commit a.git >receipts
	[ "$(statuses <receipts)" = 'unconfirmed shortened' ]
	[ "$(git -C a.git rev-list --count main)" -eq 1 ]
	for time in 03T13 03T14 04T14; do
		article "$URL" Pool "2026-05-${time}:00:00Z" \
			'p:This report did not meet our standards and is no longer available.'
	done | stet-commit a.git >receipts
	[ "$(statuses <receipts | cut -d' ' -f1 | paste -sd' ')" = 'unconfirmed unconfirmed changed' ]
}

@test "a new extractor makes technical commits alone" {
	{
		MORE='{"payload_digest": "sha1:SAME"}' \
			article "$URL" Pool 2026-05-03T10:00:00Z "$ONE" "$TWO"
		MORE='{"payload_digest": "sha1:SAME", "extractor": "stet/2"}' \
			article "$URL" Pool 2026-05-03T11:00:00Z "$ONE" "$TWO" "$THREE"
		MORE='{"payload_digest": "sha1:OTHER", "extractor": "stet/2"}' \
			article "$URL" Pool 2026-05-03T12:00:00Z "$ONE" "$THREE"
	} | stet-commit a.git >receipts
	[ "$(statuses <receipts | cut -d' ' -f1 | paste -sd' ')" = 'new technical changed' ]
}

@test "the same change in five articles of one source is the template's" {
	for i in 1 2 3 4 5 6; do
		article "$URL-$i" "Pool $i" 2026-05-03T10:00:00Z "$ONE $i" 'p:Old hint of the site'
	done | stet-commit a.git >receipts
	for i in 1 2 3 4 5; do
		article "$URL-$i" "Pool $i" 2026-05-03T11:00:00Z "$ONE $i" 'p:Quite another line of it'
	done | stet-commit --linger-ms 30000 a.git >receipts
	[ "$(statuses <receipts | sort | uniq -c | sed 's/^ *//')" = '5 minor boilerplate' ]
	article "$URL-6" "Pool 6" 2026-05-03T12:00:00Z "$ONE 6" 'p:An edit of this article alone' |
		stet-commit a.git >receipts
	[ "$(statuses <receipts)" = 'changed text' ]
}

# capture NAME TIME VARIATION...: a capture of an article of its own, told from
# the others by its address and source.
capture() {
	local name=$1 time=$2
	shift 2
	"$LIB/vary" "$@" <"$FIXTURES/variations/base.html" |
		sed "s/tidal-plant-vote/$name/g" |
		"$LIB/mkwarc" "$time" 200 "https://mail.example/2026/04/14/$name" \
			'Content-Type: text/html' "WARC-Stet-Source: $name"
}

@test "another look of the page never makes a version" {
	"$LIB/vary" --list same >names
	[ "$(wc -l <names)" -ge 12 ]
	{
		while read -r name; do
			capture "$name" 2026-04-14T08:00:00Z
			capture "$name" 2026-04-16T20:00:00Z "$name"
		done <names
		capture all 2026-04-14T08:00:00Z
		capture all 2026-04-15T08:00:00Z related footer minified class-names
		capture all 2026-04-16T08:00:00Z clock counters advertisements newsletter \
			comments most-read inline-markup entities wrappers
	} | stet-extract | stet-commit --linger-ms 30000 a.git >receipts
	jq -r 'select(.version != 1 or .status != "new" and .status != "same") |
		"\(.url) \(.status) \(.classes)"' receipts >false
	diff /dev/null false
	[ "$(grep -c '"status":"same"' receipts)" -eq $(($(wc -l <names) + 2)) ]
}

@test "real edits always make one, of the right class, whatever the look" {
	cat >want <<-'EOF'
	headline headline
	headline-case headline
	standfirst text
	byline names
	number numbers
	months numbers
	decimal-point numbers
	quote quotes
	name names
	negation text
	word text
	letter text
	comma punctuation
	sentence-cut text
	paragraph-removed text
	paragraph-added text
	paragraphs-moved moved
	subheading text
	list-item numbers
	correction correction
	EOF
	diff <("$LIB/vary" --list edit) <(cut -d' ' -f1 want)
	while read -r name _; do
		capture "$name" 2026-04-14T08:00:00Z
		capture "$name" 2026-04-15T08:00:00Z "$name"
		capture "$name-too" 2026-04-14T08:00:00Z tokens counters
		capture "$name-too" 2026-04-15T08:00:00Z "$name" clock related menu \
			most-read ticker class-names
	done <want | stet-extract | stet-commit --linger-ms 30000 a.git >receipts
	jq -r 'select(.version == 2) | "\(.key | split("/")[-1]) \(.classes | join(","))"' receipts |
		sort >found
	sed -n 'p; s/ /-too /p' want | sort | diff - found
}

# page TITLE PARAGRAPH...: a plain page of an article.
page() {
	local title=$1
	shift
	printf '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%s</title>' "$title"
	printf '<meta property="og:type" content="article"></head><body><article><h1>%s</h1>\n' "$title"
	printf '<p>%s</p>\n' "$@"
	printf '</article></body></html>\n'
}

STORY=(
	'The council of Holtby decided on Monday to repair the water tower, which had been closed since a storm in the spring of last year.'
	'Work on the tower is to begin within 3 months and to last until the end of next year, according to the plan put before the meeting.'
	'About 400 people live within sight of the tower, and most of those who came to the meeting on Monday spoke for the plan.'
)
TOWER=https://daily.example/2026/05/03/tower

# answered TIME STATUS [WARC-HEADER...] <body: the archive's receipt of it.
answered() {
	"$LIB/mkwarc" "$1" "$2" "${ADDRESS:-$TOWER}" "${@:3}" >answer.warc
	stet-extract <answer.warc 2>>stderr | stet-commit t.git | statuses
}

@test "not found once is no withdrawal" {
	page Tower "${STORY[@]}" >page.html
	answered 2026-05-03T10:00:00Z 200 <page.html
	[[ $(echo gone | answered 2026-05-03T12:00:00Z 404) == 'failed not-found' ]]
	[[ $(answered 2026-05-03T14:00:00Z 200 <page.html) == same ]]
	[ "$(git -C t.git rev-list --count main)" -eq 1 ]
}

@test "not found for days is one; and a return is restored" {
	page Tower "${STORY[@]}" >page.html
	answered 2026-05-03T10:00:00Z 200 <page.html
	# thrice, but within a day; twice, but over days
	[ "$(echo x | answered 2026-05-04T10:00:00Z 404 'WARC-Stet-Misses: 2/2026-05-03T12:00:00Z')" = 'failed not-found' ]
	[ "$(echo x | answered 2026-05-06T10:00:00Z 404 'WARC-Stet-Misses: 1/2026-05-03T12:00:00Z')" = 'failed not-found' ]
	[ "$(echo x | answered 2026-05-06T10:00:00Z 404 'WARC-Stet-Misses: 2/2026-05-03T12:00:00Z')" = 'gone not-found' ]
	run -0 git -C t.git log --diff-filter=D --format=%s
	[[ $output == 'daily: Tower (withdrawn)' ]]
	[ "$(git -C t.git ls-tree -r main | wc -l)" -eq 0 ]
	[[ $(answered 2026-05-08T10:00:00Z 200 <page.html) == restored* ]]
	[ "$(git -C t.git ls-tree -r main | wc -l)" -eq 1 ]
	# 410 and 451 need no second look
	[ "$(echo x | answered 2026-05-09T10:00:00Z 410)" = 'gone gone' ]
	answered 2026-05-10T10:00:00Z 200 <page.html
	[ "$(echo x | answered 2026-05-12T10:00:00Z 451)" = 'gone legal' ]
}

@test "pages that are none: never a version, never a withdrawal at once" {
	page Tower "${STORY[@]}" >page.html
	answered 2026-05-03T10:00:00Z 200 <page.html
	page 'Page not found' 'The page that you were looking for is not here.' |
		sed 's/<meta property[^>]*>//' >soft.html
	[[ $(answered 2026-05-03T11:00:00Z 200 <soft.html) == 'failed soft-404' ]]
	page '404 - Not Found' 'Sorry, we could not find that page. It may have moved.' |
		sed 's/<meta property[^>]*>//' >soft.html
	[[ $(answered 2026-05-03T11:30:00Z 200 <soft.html) == 'failed soft-404' ]]
	[[ $(echo | answered 2026-05-03T12:00:00Z 302 'Location: /') == 'failed redirect-home' ]]
	echo '<html><title>Just a moment...</title><h1>Checking your browser before you go on</h1></html>' >wall.html
	[[ $(answered 2026-05-03T13:00:00Z 403 'cf-mitigated: challenge' <wall.html) == blocked* ]]
	[[ $(answered 2026-05-03T14:00:00Z 503 'cf-mitigated: challenge' <wall.html) == blocked* ]]
	[[ $(answered 2026-05-03T15:00:00Z 429 'Retry-After: 600' <wall.html) == blocked* ]]
	echo '<html><title>Your privacy</title><body><div class="consent-wall"><h1>We value your privacy</h1><p>We and our 312 partners store and access cookies on your device. Choose whether you accept the use of cookies.</p><button>Accept all</button></div></html>' >consent.html
	[[ $(answered 2026-05-03T16:00:00Z 200 <consent.html) =~ ^(blocked|failed) ]]
	echo '<html><title>Tower</title><body><div id="root"></div><script src="/app.js"></script></html>' >app.html
	[[ $(answered 2026-05-03T17:00:00Z 200 <app.html) =~ ^(blocked|failed) ]]
	[[ $(echo broken | answered 2026-05-03T18:00:00Z 500) == 'failed status-500' ]]
	[ "$(git -C t.git rev-list --count main)" -eq 1 ]
	[[ $(answered 2026-05-03T19:00:00Z 200 <page.html) == same ]]
}

@test "charsets: what the page meant, whatever its labels say" {
	page Tower "${STORY[@]}" 'Zoë said: “It’s 5 € — naïve café.”' >utf8.html
	answered 2026-05-03T10:00:00Z 200 <utf8.html
	# the same text in other bytes and under other labels is no change
	iconv -f utf-8 -t windows-1252 utf8.html | sed 's/utf-8/iso-8859-1/' >1252.html
	[[ $(answered 2026-05-03T11:00:00Z 200 'Content-Type: text/html' <1252.html) == same ]]
	{ printf '\xef\xbb\xbf'; sed 's/charset="utf-8"/charset="iso-8859-1"/' utf8.html; } >bom.html
	[[ $(answered 2026-05-03T12:00:00Z 200 'Content-Type: text/html' <bom.html) == same ]]
	sed 's/charset="utf-8"/charset="koi8-r"/' utf8.html >conflict.html
	[[ $(answered 2026-05-03T13:00:00Z 200 'Content-Type: text/html; charset=UTF-8' <conflict.html) == same ]]
	# lone surrogates and NUL leave valid UTF-8 and a sound archive
	{ cat utf8.html; printf '<p>\xed\xa0\x80 and \x00 and &#xD800; and &#0; are no characters at all.</p>'; } >bad.html
	answered 2026-05-03T14:00:00Z 200 <bad.html
	git -C t.git show "main:$(git -C t.git ls-tree -r --name-only main)" | iconv -f utf-8 -t utf-8 >/dev/null
	git -C t.git fsck --full --strict
}

@test "long texts and characters of four bytes are stored whole" {
	mapfile -t many < <(for i in $(seq 700); do echo "Line $i of the minutes tells what the members of the council said about the tower 🗼 and 𠮷野家."; done)
	page Tower "${many[@]}" >long.html
	[ "$(wc -c <long.html)" -gt 65536 ]
	answered 2026-05-03T10:00:00Z 200 <long.html
	file=$(git -C t.git ls-tree -r --name-only main)
	[ "$(git -C t.git show "main:$file" | grep -c '🗼 and 𠮷野家\.$')" -eq 700 ]
	sed -i 's/Line 650 of/Line 6500 of/' long.html
	[[ $(answered 2026-05-03T11:00:00Z 200 <long.html) == 'changed numbers' ]]
}

@test "addresses: alike ones are one article, others are apart" {
	page Tower "${STORY[@]}" >page.html
	for ADDRESS in https://daily.example/news/tower http://daily.example/news/tower \
		'https://daily.example/news/tower?utm_source=feed&utm_medium=rss' \
		https://DAILY.example:443/news/x/../tower 'https://daily.example/news/%74ower#top'; do
		answered "2026-05-03T1$((n++)):00:00Z" 200 <page.html
	done >out
	[ "$(sort out | uniq -c | sed 's/^ *//')" = $'1 new\n4 same' ]
	long=$(printf 'very-%.0s' $(seq 80))
	for ADDRESS in https://daily.example/news/tower/plans https://other.example/news/tower \
		"https://daily.example/$long" "https://daily.example/${long}too" \
		https://daily.example/news/Tower 'https://daily.example/news/tower?id=2' \
		https://daily.example/news/t%C3%BCrme https://daily.example/news/a%00b; do
		m=$((m + 1))
		page "Page $m at $ADDRESS" "This is ${ADDRESS: -20} alone, page $m." "${STORY[@]:m % 2}" |
			answered 2026-05-04T10:00:00Z 200
	done >out
	[ "$(sort out | uniq -c | sed 's/^ *//')" = '8 new' ]
	[ "$(git -C t.git ls-tree -r main | wc -l)" -eq 9 ]
	git -C t.git ls-tree -r --name-only main | while read -r path; do
		[[ $path != *..* && ${#path} -lt 255 && $path =~ ^[a-z0-9._~/-]+$ ]]
	done
	git clone -q t.git work
	[ "$(find work -name '*.md' | wc -l)" -eq 9 ]
}

@test "markup in a text is shown as it is, and escaped once in feeds" {
	for time in 10 11; do
		page "Tom &amp; Ann, at $time" "${STORY[@]}" \
			"He wrote &lt;script&gt;alert(2)&lt;/script&gt; &amp;amp; left at $time." |
			answered "2026-05-03T$time:00:00Z" 200
	done
	STET_NOW=2026-05-03T12:00:00Z stet-render --base-url https://archive.example/ t.git site </dev/null
	run -1 grep -rlE '<script>alert' site
	grep -rqF '&lt;script&gt;alert(2)&lt;/script&gt; &amp;amp; left' site
	for feed in $(find site -name '*.xml' -o -name '*.rss' -o -name '*.atom'); do
		python3 -c 'import sys, xml.dom.minidom as x
for t in x.parse(sys.argv[1]).getElementsByTagName("title"):
    print(t.firstChild.data if t.firstChild else "")' "$feed"
	done >titles
	grep -qF 'Tom & Ann, at 11' titles
	run -1 grep -F '&amp;' titles
}

@test "a new guid for the same address is no new article" {
	for guid in one two; do
		printf '<?xml version="1.0"?><rss version="2.0"><channel><title>D</title><item><title>Tower\x0b</title><link>%s?utm_source=%s</link><guid isPermaLink="false">%s</guid></item></channel></rss>' "$TOWER" $guid $guid |
			"$LIB/mkwarc" 2026-05-03T09:00:00Z 200 https://daily.example/feed.rss 'Content-Type: application/rss+xml' |
			stet-links >links-$guid
		[ "$(wc -l <links-$guid)" -eq 1 ]
	done
	page Tower "${STORY[@]}" | answered 2026-05-03T10:00:00Z 200
	stet-commit t.git </dev/null
	stet-extract <answer.warc | stet-commit t.git | stet-mark t.git >/dev/null
	STET_NOW=2026-05-03T10:01:00Z stet-due t.git <links-two >due
	diff /dev/null due
}

@test "an address that is used for another article is noticed" {
	local new='Paris will host the skating finals in 2031, the federation said, and not Oslo as planned.'
	seen() {
		"$LIB/mkwarc" "$1" 200 "$TOWER" >answer.warc
		stet-extract <answer.warc | stet-commit t.git |
			stet-mark t.git >/dev/null
		git -C t.git log -1 --format='%(trailers:key=Classes,valueonly)' |
			tr -d '\n'
	}
	page 'Council repairs the water tower' "${STORY[@]}" | seen 2026-05-03T10:00:00Z
	# An edit, a new headline and a rewritten text each alone are not that.
	[[ $(page 'Storm tower to stand again at last' "${STORY[@]}" |
		seen 2026-05-03T11:00:00Z) == headline ]]
	[[ $(page 'Storm tower to stand again at last' "$new" "$new It has rinks enough, two of them new, and hotels for everybody." \
		'Tickets for these games go on sale next autumn, with prices from ten euros for children.' |
		seen 2026-05-03T12:00:00Z) != *replaced* ]]
	[[ $(page 'Council repairs the water tower' "${STORY[@]}" | seen 2026-05-03T13:00:00Z) == *revert* ]]
	# Nothing attests that it is the same article: it is looked at again first,
	# longer than an outage lasts.
	for look in 04T10 04T20 05T05 05T12 05T20 06T06 06T10; do
		classes=$(page 'Paris gets skating finals' "$new" "It has rinks enough, two of them new, and hotels for everybody who wants to see them, in the city and around it." \
		'Tickets for these games go on sale next autumn, with prices from ten euros for children.' |
		sed "s,</head>,<link rel='canonical' href='$TOWER'>&," |
		seen 2026-05-$look:00:00Z)
		[[ $look != 04* || $classes == *revert* ]]
	done
	[[ $classes == *headline*replaced* ]]
}

@test "blanks at a headline's ends are not part of it" {
	{
		article "$URL" 'Pool opens ' 2026-05-03T10:00:00Z "$ONE"
		article "$URL" 'Pool opens' 2026-05-03T11:00:00Z "$ONE"
		article "$URL" $' \tPool opens\n' 2026-05-03T12:00:00Z "$ONE"
	} | stet-commit --quiet a.git >receipts
	[ "$(statuses <receipts)" = $'new\nsame\nsame' ]
	[ "$(git -C a.git log --format='[%s]')" = '[daily: Pool opens]' ]
	[ "$(stet-log --json a.git "$URL" | jq -r .title)" = 'Pool opens' ]
	[ "$(stet-show a.git "$URL" | sed -n 2p)" = 'title: "Pool opens"' ]
}
