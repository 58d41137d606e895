# stet-config, and what stet-run and stet-add make of it.
load helper

setup() {
	common_setup
	stet init --contact desk@paper.example news.git >/dev/null
}

set_key() {
	git -C news.git config --add "$@"
}

@test "a good configuration is printed and passes" {
	set_key source.bbc.feed https://news.example/feed.rss
	set_key source.bbc.include '^https://news[.]example/[0-9]+'
	set_key source.bbc.drop 'div.teaser, aside > p'
	set_key source.bbc.includeTitle 'election|vote'
	set_key source.bbc.title 'The (B.B.C.'
	set_key source.bbc.reserved hide
	set_key source.bbc.period 30
	set_key stet.allowNet 127.0.0.0/8
	set_key stet.allowNet ::1
	set_key stet.delay 0.5
	run -0 --separate-stderr stet config news.git
	[ -z "$stderr" ]
	[[ $output == *$'source.bbc.period\t30'* ]]
	run -0 stet config --quiet news.git
	[ -z "$output" ]
}

@test "each key that is wrong is one line with the key, the value and what is allowed" {
	set_key stet.delay 3s
	set_key stet.contact nobody
	set_key stet.allowNet 300
	set_key stet.baseUrl /site
	set_key source.bbc.period 2
	set_key source.bbc.feed ftp://news.example/
	set_key source.bbc.include '['
	set_key source.bbc.exclude '/sport/'
	set_key source.bbc.select 'div['
	run -2 --separate-stderr stet config --quiet news.git
	[ -z "$output" ]
	[ "$(wc -l <<<"$stderr")" = 8 ]
	for key in stet.delay stet.contact stet.allowNet stet.baseUrl source.bbc.period \
		source.bbc.feed source.bbc.include source.bbc.select; do
		[ "$(grep -c "^stet-config: $key: '.*' is not " <<<"$stderr")" = 1 ]
	done
	[[ $stderr != *"$PWD"* && $stderr != */tmp/* ]]
}

@test "a misspelt key is told with the one that was meant" {
	set_key source.bbc.perod 30
	set_key stet.delai 3
	set_key stet.somethingElseAltogether 1
	run -2 --separate-stderr stet config --quiet news.git
	[[ $stderr == *"source.bbc.perod: there is no such key; did you mean source.bbc.period?"* ]]
	[[ $stderr == *"stet.delai: there is no such key; did you mean stet.delay?"* ]]
	[[ $stderr == *"stet.somethingelsealtogether: there is no such key"* ]]
	[[ $stderr != *"altogether: there is no such key; "* ]]
}

@test "what stet-fetch would refuse is told beforehand, what it takes is not" {
	for net in 127.0.0.1/99 ::1/129 10.0.0.0/; do
		git -C news.git config --replace-all stet.allowNet "$net"
		run -2 --separate-stderr stet config -q news.git
		[ "$stderr" = "stet-config: stet.allowNet: '$net' is not a network such as 10.0.0.0/8" ]
	done
	for net in 127.0.0.1/32 ::1/128 10.1.2.3; do
		git -C news.git config --replace-all stet.allowNet "$net"
		STET_NOW='never' run -0 --separate-stderr stet config -q news.git
		[ -z "$stderr" ]
	done
	set_key stet.delay 0.5
	run -0 stet config -q news.git
	git -C news.git config --unset-all stet.allowNet
	run -2 --separate-stderr stet config -q news.git
	[ "$stderr" = "stet-config: --delay below 1 needs --allow-net" ]
}

@test "keys are printed as the man page spells them" {
	git -C news.git config STET.BASEURL https://diff.example
	git -C news.git config source.bbc.INCLUDETITLE vote
	run -0 stet config news.git
	[[ $output == *$'stet.baseUrl\thttps://diff.example'* ]]
	[[ $output == *$'source.bbc.includeTitle\tvote'* ]]
}

@test "every key that a man page names is known" {
	grep -ohE '\bstet\.[a-zA-Z]+' "$ROOT"/cmd/run/*.1 "$ROOT"/common/archive/stet-archive.5 |
		grep -vE '^stet\.(css|json|db|hid|lay)$' | sort -u >named
	while IFS= read -r key; do
		grep -q "^$key	" "$ROOT/cmd/config/stet-config.sh" || { echo "$key"; return 1; }
	done <named
	grep -q stet.contact named
}

@test "stet run fetches nothing with a wrong configuration" {
	start_nginx
	set_key stet.allowNet 127.0.0.0/8
	set_key source.here.feed "$SITE_URL/feed.rss"
	set_key source.here.exclude '('
	run -2 --separate-stderr stet run news.git
	[ "$(wc -l <<<"$stderr")" = 1 ]
	[[ $stderr == *"source.here.exclude: '(' is not a regular expression"* ]]
	[ ! -s nginx/access.log ]
}

@test "stet add tries the feed and says what is in it" {
	start_nginx
	set_key stet.allowNet 127.0.0.0/8
	mkdir -p www
	cat >www/feed.rss <<-EOT
	<rss version="2.0"><channel><title>T</title><link>$SITE_URL/</link>
	<item><title>One</title><link>$SITE_URL/2026/one</link></item>
	<item><title>Two</title><link>$SITE_URL/2026/two</link></item>
	</channel></rss>
	EOT
	run -0 --separate-stderr stet add news.git here "$SITE_URL/feed.rss"
	[ "$output" = "here: 2 addresses in $SITE_URL/feed.rss" ]
	run -1 --separate-stderr stet add news.git here "$SITE_URL/nothing.rss"
	[[ $stderr == *"'$SITE_URL/nothing.rss' was added, but nothing was found in it"* ]]
	[ "$(git -C news.git config --get-all source.here.feed | wc -l)" = 2 ]
	sed -i '/Two/d' www/feed.rss
	cp www/feed.rss www/one.rss
	run -0 --separate-stderr stet add news.git there "$SITE_URL/one.rss"
	[ "$output" = "there: 1 address in $SITE_URL/one.rss" ]
	cp www/feed.rss www/again.rss
	run -0 stet add --quiet news.git there "$SITE_URL/again.rss"
	[ -z "$output" ]
	requests=$(wc -l <nginx/access.log)
	run -0 stet add --no-check news.git here "$SITE_URL/other.rss"
	[ "$(wc -l <nginx/access.log)" = "$requests" ]
}

@test "a filter of titles is a rule, the name of a source is none" {
	start_nginx
	set_key stet.allowNet 127.0.0.0/8
	mkdir -p www
	cat >www/feed.rss <<-EOT
	<rss version="2.0"><channel><title>T</title><link>$SITE_URL/</link>
	<item><title>The vote</title><link>$SITE_URL/2026/one</link></item>
	<item><title>The weather</title><link>$SITE_URL/2026/two</link></item>
	</channel></rss>
	EOT
	set_key source.here.feed "$SITE_URL/feed.rss"
	set_key source.here.title "Here and ("
	set_key source.here.includeTitle vote
	stet run --quiet news.git || true
	grep -q 'GET /2026/one' nginx/access.log
	! grep -q 'GET /2026/two' nginx/access.log
}
