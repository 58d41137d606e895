# What publishers reserve: noarchive, text and data mining; and what a source's
# key makes of it.
load helper

# page [META]: an article with these elements in its head.
page() {
	printf '<!DOCTYPE html><html><head><title>The ferry runs again</title>%s</head><body><article><h1>The ferry runs again</h1>' "${1-}"
	printf '<p>The ferry to the islands runs again since Monday, twice a day, said the company on %s.</p>' Monday Tuesday Wednesday Thursday
	printf '</article></body></html>'
}

# signals_of META [HEADER]...: what is reserved, of the article's signals.
signals_of() {
	page "$1" | "$LIB/mkwarc" 2026-05-04T09:00:00Z 200 https://a.example/2026/ferry "${@:2}" |
		stet-extract | jq -r '.event, (.signals[] | select(test("noarchive|tdm")))' | tr '\n' ' '
}

@test "meta elements and headers reserve; what is for others does not" {
	[ "$(signals_of '')" = "article " ]
	[ "$(signals_of '<meta name="robots" content="index, NoArchive">')" = "article noarchive " ]
	[ "$(signals_of '<meta name="stet" content="noarchive">')" = "article noarchive " ]
	[ "$(signals_of '<meta name="otherbot" content="noarchive">')" = "article " ]
	[ "$(signals_of '<meta name="robots" content="noarchives, max-snippet:-1">')" = "article " ]
	[ "$(signals_of '<meta name="tdm-reservation" content="1">')" = "article tdm-reserved " ]
	[ "$(signals_of '<meta name="tdm-reservation" content="0">')" = "article " ]
	[ "$(signals_of '' 'X-Robots-Tag: noarchive, max-snippet:20')" = "article noarchive " ]
	[ "$(signals_of '' 'X-Robots-Tag: max-snippet:20, noarchive')" = "article noarchive " ]
	[ "$(signals_of '' 'X-Robots-Tag: stet: noarchive')" = "article noarchive " ]
	[ "$(signals_of '' 'X-Robots-Tag: otherbot: noarchive')" = "article " ]
	[ "$(signals_of '' 'X-Robots-Tag: noai' 'TDM-Reservation: 1')" = "article tdm-reserved " ]
	[ "$(signals_of '<meta name="robots" content="noarchive, noai">')" = "article noarchive tdm-reserved " ]
}

@test "a source's key decides: store, store and hide, skip" {
	mkdir -p www/2026/05/04
	page '<meta name="robots" content="noarchive">' >www/2026/05/04/reserved-story-of-ferry.html
	page | sed 's/ferry/bus/g' >www/2026/05/04/other-story-of-bus.html
	start_nginx
	for name in reserved-story-of-ferry other-story-of-bus; do
		echo "<item><link>$SITE_URL/2026/05/04/$name.html</link></item>"
	done | { echo '<rss><channel>'; cat; echo '</channel></rss>'; } >www/feed.rss
	for policy in store hide skip; do
		rm -rf news.git site
		stet init --contact desk@paper.example news.git >/dev/null
		git -C news.git config stet.allowNet 127.0.0.0/8
		git -C news.git config stet.delay 0
		stet add news.git herald "$SITE_URL/feed.rss"
		git -C news.git config source.herald.reserved $policy
		run -0 stet run news.git site
		git -C news.git ls-tree -r --name-only HEAD | grep -c 'story.*md$' >stored || true
		grep -rlF 'The ferry runs again' site | wc -l >shown
		grep -rlF 'The bus runs again' site | wc -l >others
		[ "$(cat others)" -gt 0 ]
		case $policy in
		store) [ "$(cat stored)" -eq 2 ] && [ "$(cat shown)" -gt 0 ] ;;
		hide) [ "$(cat stored)" -eq 2 ] && [ "$(cat shown)" -eq 0 ] ;;
		skip) [ "$(cat stored)" -eq 1 ] && [ "$(cat shown)" -eq 0 ] ;;
		esac || { echo "$policy: $(cat stored) stored, $(cat shown) shown"; false; }
	done
	[[ $(stet-config news.git) == *reserved* ]]
	git -C news.git config source.herald.reserved never
	run -2 stet-config news.git
}
