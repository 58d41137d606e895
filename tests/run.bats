# stet-run: what a cycle counts, and what is left to the next one.
# tests/pipeline.bats has the line as a whole.
load helper

# page NAME HEADLINE: an article of the test's site.
page() {
	mkdir -p www/2026/05/04
	cat >"www/2026/05/04/$1.html" <<-EOF
	<!DOCTYPE html><html lang="en"><head><title>$2</title></head><body>
	<article><h1>$2</h1>
	<p>The ferry ($2) to the islands runs again since Monday, twice a day and on Sundays once.</p>
	<p>Some 240 people had waited for it, many of them since the autumn storms of last year.</p>
	<p>The company of the "$2" says that the second ship is being repaired and will follow in a month.</p>
	</article></body></html>
	EOF
}

# feed NAME...: the feed names these addresses.
feed() {
	local name
	{
		echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title><link>/</link><description/>'
		for name in "$@"; do
			echo "<item><title>$name</title><link>$SITE_URL/$name</link></item>"
		done
		echo '</channel></rss>'
	} >www/feed.rss
}

# run_at TIME: one cycle; $output is what it said.
run_at() {
	export STET_NOW=$1
	run -"${2-0}" stet run news.git
	echo "$1: $output"
}

archive() {
	stet init --contact desk@paper.example news.git >/dev/null
	git -C news.git config stet.allowNet 127.0.0.0/8
	git -C news.git config stet.delay 0
}

totals() {
	stet-status news.git | tail -n 1
}

@test "an address that redirects is no article, a move is counted once" {
	start_nginx "location = /go/1 { return 302 /2026/05/04/two.html; }
		location = /2026/05/04/one.html { if (-f \$document_root/moved) { return 301 /hop; } }
		location = /hop { return 301 /2026/05/04/one-corrected.html; }"
	page one "First ship" && page two "Second ship" && page three "Third ship"
	feed 2026/05/04/one.html go/1 2026/05/04/three.html
	archive
	stet add news.git herald "$SITE_URL/feed.rss"
	run_at 2026-05-04T09:00:00Z
	[ "$output" = "stet-run: 3 new" ]
	[[ $(totals) == "1 source, 3 articles, 3 versions, 3 still checked, 0 of them due" ]]
	run_at 2026-05-04T10:00:00Z
	[ "$output" = "stet-run: 3 same" ]
	# What redirects is not asked for any more.
	[ "$(grep -c '^GET /go/1 ' nginx/access.log)" = 1 ]
	stet-log news.git "$SITE_URL/go/1" | grep -q 'Second ship'

	page one-corrected "First ship"
	touch www/moved
	run_at 2026-05-04T12:00:00Z
	[ "$output" = "stet-run: 1 moved, 3 same" ]
	: >nginx/access.log
	run_at 2026-05-04T14:00:00Z
	[ "$output" = "stet-run: 3 same" ]
	[[ $(totals) == "1 source, 3 articles, 3 versions, 3 still checked, 0 of them due" ]]
	! grep -q '/one.html' nginx/access.log
	# It is still the same age: 5 hours, 3 unchanged checks.
	run -0 stet due --explain "$SITE_URL/2026/05/04/one.html" news.git
	[[ $output == *"address:      $SITE_URL/2026/05/04/one-corrected.html"* ]]
	[[ $output == *"last change:  2026-05-04T09:00"* ]]
	run -0 stet index --check news.git
}

@test "a redirect to what is no article is tried again, and moves nothing" {
	start_nginx "location = /2026/05/04/one.html { if (-f \$document_root/wall) { return 302 /consent; } }
		location = /consent { return 403; }"
	page one "First ship"
	feed 2026/05/04/one.html
	archive
	stet add news.git herald "$SITE_URL/feed.rss"
	touch www/wall
	run_at 2026-05-04T09:00:00Z
	[[ $output == *"stet-run: 1 blocked, 1 failed" ]]
	rm www/wall
	run_at 2026-05-04T09:40:00Z
	[[ $output == *"stet-run: 1 new, 1 blocked" ]]
	touch www/wall
	run_at 2026-05-04T10:20:00Z
	[[ $output == *"stet-run: 1 blocked, 1 failed" ]]
	run -0 stet due --explain "$SITE_URL/2026/05/04/one.html" news.git
	[[ $output == *"state:        live"*"1 in a row: redirect"* ]]
}

@test "news life is status 0, what somebody should mend is 1" {
	start_nginx "location = /2026/05/04/walled.html { return 403; }
		location = /2026/05/04/gone.html { return 404; }"
	printf 'User-agent: *\nDisallow: /private/\n' >www/robots.txt
	page one "First ship"
	feed 2026/05/04/one.html 2026/05/04/walled.html 2026/05/04/gone.html private/two.html
	archive
	stet add --no-check news.git herald "$SITE_URL/feed.rss"
	run_at 2026-05-04T09:00:00Z
	[[ $output == *"1 new, 1 blocked, 2 failed" ]]
	# A feed that is not there is somebody's to mend.
	stet add --no-check news.git herald "$SITE_URL/lost.rss"
	run_at 2026-05-04T10:00:00Z 1
	# So is a network in which nothing at all can be reached.
	git -C news.git config --unset-all source.herald.feed "lost"
	stop_nginx
	run_at 2026-05-04T12:00:00Z 1
}

@test "--limit 0 is no limit, and what cannot go well is told before the network" {
	start_nginx
	page one "First ship" && page two "Second ship"
	feed 2026/05/04/one.html 2026/05/04/two.html
	archive
	stet add --no-check news.git herald "$SITE_URL/feed.rss"
	touch file
	run -2 --separate-stderr stet run news.git file
	[ "$stderr" = "stet-run: 'file' is no folder that can be written to" ]
	STET_NOW=garbage run -2 --separate-stderr stet run news.git
	[[ $stderr == *"stet-due: STET_NOW is no time: 'garbage'" ]]
	[ "$(wc -l <<<"$stderr")" = 1 ]
	[ ! -s nginx/access.log ]
	STET_NOW=2026-05-04T09:00:00Z run -0 stet run --feeds news.git
	[ "$(grep -c '/2026/' nginx/access.log)" = 0 ]
	STET_NOW=2026-05-04T09:01:00Z run -0 stet run --limit 0 news.git
	[ "$output" = "stet-run: 2 new" ]
}

@test "in a log each line has its time, on one line each" {
	start_nginx "location = /2026/05/04/one.html { return 403; }"
	feed 2026/05/04/one.html
	archive
	stet add --no-check news.git herald "$SITE_URL/feed.rss"
	STET_NOW=2026-05-04T09:00:00Z run -0 --separate-stderr stet run news.git
	[ -n "$stderr" ]
	[ -z "$(grep -vE '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z stet-[a-z]+: ' <<<"$stderr")" ]
	[ "$output" = "stet-run: 1 blocked" ]
}
