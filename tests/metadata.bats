# What stet-extract says of a page beside its text: who, when, where, in which
# language, or that there is no article and why.
load helper

URL=https://daily.example/2026/05/03/story
P1='The harbour bridge will be closed for repairs from Monday until the end of June, the council said.'
P2='Buses will run every ten minutes over the old bridge, and the ferry will take bicycles free of charge.'
P3='Traders on the quay fear for their summer business and ask the council for help with their rents.'

# page HEAD BODY [LANG]: a page whose article has three paragraphs.
page() {
	printf '<!doctype html><html lang="%s"><head><meta charset="utf-8">%s</head><body>%s<p>%s</p><p>%s</p><p>%s</p></body></html>\n' \
		"${3-en}" "$1" "$2" "$P1" "$P2" "$P3"
}

# field NAME [URL] <page: the value that comes out for the page.
field() {
	cat >page.html
	stet-extract --html "${2-https://daily.example/story}" page.html 2>/dev/null |
		jq -r ".$1 | if type == \"array\" then join(\"; \") else . end"
}

ld() {
	printf '<script type="application/ld+json">%s</script>' "$1"
}

# event STATUS URL [HEADER]... <body: "event reason location" of its record.
event() {
	"$LIB/mkwarc" 2026-05-04T08:00:00Z "$@" | stet-extract 2>/dev/null |
		jq -r '[.event, .reason, .location] | map(select(. != "")) | join(" ")'
}

@test "a page that is no article says what it is" {
	for file in "$FIXTURES"/notarticle/*.html; do
		name=${file##*/}
		url=https://daily.example/2026/05/story
		[[ $name != home-page.* ]] || url=https://daily.example/
		got=$(stet-extract --html "$url" "$file" 2>/dev/null |
			jq -r '[.reason, .event, (.blocks | length | tostring)] | join(" ")')
		case $name in
		bot-wall.* | consent.* | paywall.*) want="${name%%.*} blocked 0" ;;
		*) want="${name%%.*} failed 0" ;;
		esac
		[ "$got" = "$want" ] || { echo "$name: $got"; false; }
		[[ $name != paywall.* ]] || stet-extract --html "$url" "$file" 2>/dev/null |
			jq -e '.signals == ["partial"]'
	done
}

@test "an article is one whatever words it has" {
	run -0 field event < <(page '<title>404: page not found, ministry admits</title>' '<h1>404: page not found, ministry admits</h1>' | sed "s|</body>|<p>$P1</p><p>$P2</p><p>$P3</p><p>$P1 $P2</p><p>$P3 $P1</p>&|")
	[ "$output" = article ]
	run -0 field event < <(page '<title>Access denied: court bars reporters</title><meta property="og:type" content="article">' '<h1>Access denied: court bars reporters</h1>')
	[ "$output" = article ]
	run -0 field event < <(page '<title>New rules for cookies and consent</title><meta property="og:type" content="article">' '<h1>New rules for cookies and consent</h1><p>Cookie banners, consent and tracking by partners: the new privacy law asks each vendor for a consent before personal data leave a device, and the cookie must go.</p>')
	[ "$output" = article ]
	run -0 field event < <(page '<title>Bridge closes</title>' "<div class=\"cookie-consent\">We use cookies. Accept all.</div><h1>Bridge closes</h1>" |
		sed 's|</body>|<div class="paywall">Subscribe to continue reading our other stories</div>&|')
	[ "$output" = article ]
	# Short news on a site's front page is still told from a list.
	run -0 field event < <(page '<title>Bridge closes</title><meta property="og:type" content="article">' '<h1>Bridge closes</h1>')
	[ "$output" = article ]
}

@test "what a paywall says beside the text is the record's gate" {
	local long=''
	for i in 1 2 3 4 5 6 7 8; do long+="<p>$i. $P1 $P2 $P3</p>"; done
	gate() {
		field gate <<<"<!doctype html><html lang=en><head><meta charset=utf-8><title>Bridge closes</title>$1</head><body><main><h1>Bridge closes</h1>$long$2</main></body></html>"
	}
	[ "$(gate '' '')" = '' ]
	[ "$(gate '' '<div class="box"><p>Subscribe to continue reading this story.</p></div>')" = 'Subscribe to continue reading this story.' ]
	[ "$(gate '' '<div><p>You have reached your limit of free articles.</p><button>Register</button></div>')" = 'You have reached your limit of free articles.' ]
	[ "$(gate '' '<section><p>Pour lire la suite, abonnez-vous.</p></section>')" = 'Pour lire la suite, abonnez-vous.' ]
	[ "$(gate '' '<div><p>この記事は会員限定です。</p></div>')" = 'この記事は会員限定です。' ]
	[ "$(gate '' '</main><div role="dialog"><p>Registrieren und weiterlesen</p></div><main>')" = 'Registrieren und weiterlesen' ]
	[ "$(gate "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","isAccessibleForFree":false}')" '')" = isAccessibleForFree ]
	[ "$(gate "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","isAccessibleForFree":"False"}')" '')" = isAccessibleForFree ]
	[ "$(gate "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","isAccessibleForFree":true}')" '')" = '' ]
	# what the article itself says, and what a menu offers, is no gate
	[ "$(gate '' '<p>The paper said that readers must register to continue reading its pages from Monday on, and that the first ten pages a month stay free for all of them.</p>')" = '' ]
	[ "$(gate '' '<nav><ul><li>Subscribe to continue reading</li></ul></nav>')" = '' ]
}

@test "pages of servers, hosts and gates are no articles" {
	sign() {
		printf '<html><head><meta charset=utf-8><title>%s</title></head><body><h1>%s</h1><p>%s</p></body></html>' "$1" "$2" "$3" >page.html
		stet-extract --html "$URL" page.html 2>/dev/null | jq -r '[.event, .reason] | join(" ")'
	}
	while IFS='|' read -r want title heading text; do
		[ "$(sign "$title" "$heading" "$text")" = "$want" ] || { echo "$want: $title: $(sign "$title" "$heading" "$text")"; false; }
	done <<-'END'
		failed error-page|daily.example &#124; 521: Web server is down|Error 521|The web server is not returning a connection. As a result, the page is not displaying.
		failed error-page|Welcome to nginx!|Welcome to nginx!|If you see this page, the nginx web server is successfully installed and working. Further configuration is required.
		failed error-page|Apache2 Debian Default Page: It works|Apache2 Debian Default Page|This is the default welcome page used to test the correct operation of the server.
		failed error-page|ERROR: The request could not be satisfied|502 ERROR|CloudFront was unable to connect to the origin.
		failed error-page|Fehler|Ein Fehler ist aufgetreten|Bitte versuchen Sie es in einigen Minuten noch einmal.
		failed error-page|オンライン|システムエラー|しばらくしてからもう一度お試しください。
		failed maintenance|Wartung|Wegen Wartung kurz geschlossen|Wir sind gleich wieder für Sie da.
		failed maintenance|Le Quotidien|Site en maintenance|Nous revenons dans quelques minutes.
		failed maintenance|Газета|На сайте ведутся технические работы|Приносим извинения за неудобства.
		failed maintenance|日报|系统维护中|请稍后再访问。
		blocked age-gate|Age check|Are you over 18?|Yes. No.
		blocked age-gate|確認|年齢確認|はい いいえ
		blocked age-gate|Weryfikacja|Czy masz ukończone 18 lat?|Tak. Nie.
		blocked region|Unavailable|451|We recognise you are attempting to access this website from a country of the European Economic Area (EEA). It is unavailable for legal reasons.
		blocked region|Aviso|Lo sentimos|Este contenido no está disponible en tu país.
		failed parked|daily.example|daily.example|This domain is for sale. Make an offer on this domain.
		failed parked|daily.example|daily.example|Diese Domain steht zum Verkauf.
	END
	# A short report on such things is an article.
	page '<title>Web server is down: city hall offline for a day</title>' "<h1>Web server is down: city hall offline for a day</h1><p>$P1</p>" >page.html
	[ "$(stet-extract --html "$URL" page.html | jq -r .event)" = article ]
}

@test "a status tells what became of the article" {
	[ "$(event 404 "$URL" </dev/null)" = 'failed not-found' ]
	[ "$(event 410 "$URL" </dev/null)" = 'gone gone' ]
	[ "$(event 451 "$URL" </dev/null)" = 'gone legal' ]
	[ "$(event 401 "$URL" </dev/null)" = 'blocked status-401' ]
	[ "$(event 403 "$URL" </dev/null)" = 'blocked status-403' ]
	[ "$(event 403 "$URL" 'cf-mitigated: challenge' </dev/null)" = 'blocked bot-wall' ]
	[ "$(event 429 "$URL" 'Retry-After: 120' </dev/null)" = 'blocked rate-limited' ]
	[ "$(event 503 "$URL" 'Retry-After: 120' </dev/null)" = 'blocked rate-limited' ]
	[ "$(event 503 "$URL" </dev/null)" = 'failed status-503' ]
	[ "$(event 500 "$URL" </dev/null)" = 'failed status-500' ]
	[ "$(event 418 "$URL" </dev/null)" = 'failed status-418' ]
	[ "$(event 204 "$URL" </dev/null)" = 'failed empty' ]
	[ "$(event 200 "$URL" </dev/null)" = 'failed empty' ]
	[ "$(event 304 "$URL" </dev/null)" = unchanged ]
}

@test "the server's wish to be left alone is kept in seconds" {
	for value in 120 'Mon, 04 May 2026 08:02:00 GMT'; do
		run -0 bash -c '"$LIB/mkwarc" 2026-05-04T08:00:00Z 429 "$1" "Retry-After: $2" </dev/null | stet-extract 2>/dev/null | jq .retry_after' - "$URL" "$value"
		[ "$output" = 120 ]
	done
	run -0 bash -c '"$LIB/mkwarc" 2026-05-04T08:00:00Z 429 "$1" "Retry-After: soon" </dev/null | stet-extract 2>/dev/null | jq .retry_after' - "$URL"
	[ "$output" = 0 ]
}

@test "a redirect is a move, a way back, or the end" {
	[ "$(event 301 "$URL" 'Location: /2026/05/03/story-corrected' </dev/null)" = 'moved https://daily.example/2026/05/03/story-corrected' ]
	[ "$(event 301 "$URL" 'Location: https://www.daily.example/other/story' </dev/null)" = 'moved https://www.daily.example/other/story' ]
	# another spelling of the same key is nothing
	[ -z "$(event 301 http://daily.example/2026/05/03/story "Location: $URL?utm_source=x" </dev/null)" ]
	[ "$(event 302 "$URL" 'Location: /' </dev/null)" = 'failed redirect-home https://daily.example/' ]
	[ "$(event 302 "$URL" 'Location: /404' </dev/null)" = 'failed soft-404 https://daily.example/404' ]
	[ "$(event 302 "$URL" "Location: https://consent.daily.example/?back=https%3A%2F%2Fdaily.example%2F2026%2F05%2F03%2Fstory" </dev/null)" = 'blocked consent https://consent.daily.example/?back=https%3A%2F%2Fdaily.example%2F2026%2F05%2F03%2Fstory' ]
	[[ "$(event 302 "$URL" 'Location: /login?next=/2026/05/03/story' </dev/null)" == 'blocked login '* ]]
	[ "$(event 302 "$URL" </dev/null)" = 'failed status-302' ]
	[ "$(event 302 "$URL" 'Location: javascript:alert(1)' </dev/null)" = 'failed status-302' ]
	# the front page that a redirect led to is not a second record
	[ -z "$(event 200 https://daily.example/ "WARC-Stet-Via: $URL" <"$FIXTURES/notarticle/home-page.front.html")" ]
}

@test "not found is gone with the third miss, two days after the first" {
	[ "$(event 404 "$URL" 'WARC-Stet-Misses: 2/2026-05-02T08:00:00Z' </dev/null)" = 'gone not-found' ]
	[ "$(event 404 "$URL" 'WARC-Stet-Misses: 1/2026-05-02T08:00:00Z' </dev/null)" = 'failed not-found' ]
	[ "$(event 404 "$URL" 'WARC-Stet-Misses: 7/2026-05-02T08:00:01Z' </dev/null)" = 'failed not-found' ]
	[ "$(event 404 "$URL" 'WARC-Stet-Misses: 99999999999999999999/x' </dev/null)" = 'failed not-found' ]
	[ "$(event 302 "$URL" 'Location: /' 'WARC-Stet-Misses: 2/2026-05-01T08:00:00Z' </dev/null)" = 'gone redirect-home https://daily.example/' ]
	[ "$(event 200 "$URL" 'WARC-Stet-Misses: 2/2026-05-01T08:00:00Z' <"$FIXTURES/notarticle/soft-404.german.html")" = 'gone soft-404' ]
	[ "$(event 200 "$URL" 'WARC-Stet-Misses: 9/2026-01-01T08:00:00Z' <"$FIXTURES/notarticle/bot-wall.denied.html")" = 'blocked bot-wall' ]
}

@test "what is not HTML, or half of it, is no article" {
	[ "$(event 200 "$URL" 'Content-Type: application/pdf' <<<'%PDF-1.7')" = 'failed not-html' ]
	[ "$(event 200 "$URL" 'Content-Type: text/html' <<<'%PDF-1.7')" = 'failed not-html' ]
	[ "$(event 200 "$URL" 'Content-Type: application/json' <<<'{}')" = 'failed not-html' ]
	[ -z "$(event 200 "$URL" 'Content-Type: application/rss+xml' <<<'<rss version="2.0"></rss>')" ]
	[ -z "$(event 200 "$URL" 'Content-Type: text/html' <<<'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>')" ]
	[ -z "$(event 200 https://daily.example/robots.txt 'Content-Type: text/plain' <<<'User-agent: *')" ]
	[ "$(page '' '<h1>Bridge closes</h1>' | event 200 "$URL" 'WARC-Truncated: length')" = 'failed truncated' ]
	[ "$(printf '\x1f\x9d\x90\x61\xc4' | event 200 "$URL" 'Content-Encoding: compress')" = 'failed unknown-coding' ]
	[ "$(printf '\x1b\x2f\x00\xf8\x25' | event 200 "$URL" 'Content-Encoding: br')" = 'failed truncated' ]
	[ "$(page '' '<h1>Bridge closes</h1>' | event 200 "$URL")" = article ]
}

@test "a fetch without an answer keeps its reason" {
	record() {
		printf 'WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2026-05-04T08:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/warc-fields\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' "$URL" "${#1}" "$1"
	}
	run -0 jq -r '[.event, .reason, (.status | tostring)] | join(" ")' < <(record $'fetchStatus: -1\r\nfetchError: dns\r\n' | stet-extract 2>/dev/null)
	[ "$output" = 'failed dns -1' ]
	run -0 jq -r '[.event, .reason] | join(" ")' < <(record $'fetchStatus: -9998\r\n' | stet-extract 2>/dev/null)
	[ "$output" = 'failed robots' ]
	run -0 jq -r .reason < <(record $'fetchStatus: -4\r\nfetchError: a b\e[1m\r\n' | stet-extract 2>/dev/null)
	[ "$output" = timeout ]
	[ -z "$(record $'via: x\r\n' | stet-extract)" ]
}

@test "the headline is found, the site's name is not in it" {
	run -0 field title < <(page '<title>Bridge closes until June | The Daily</title><meta property="og:site_name" content="The Daily">' '<h1>Bridge closes until June</h1>')
	[ "$output" = 'Bridge closes until June' ]
	run -0 field title < <(page '<meta property="og:title" content="Bridge closes until June - The Daily"><meta property="og:site_name" content="The Daily">' '<h2>News</h2>')
	[ "$output" = 'Bridge closes until June' ]
	run -0 field title < <(page '<title>Traders: a well-known bridge closes-for good</title>' '')
	[ "$output" = 'Traders: a well-known bridge closes-for good' ]
	run -0 field title < <(page "$(ld '{"@type":"NewsArticle","headline":"Bridge &amp;amp; ferry close\nuntil <i>June<\/i>"}')" '<h1>Something else</h1>')
	[ "$output" = 'Bridge & ferry close until June' ]
	# one text for search engines in all fields; the heading is what was read
	run -0 field title < <(page '<title>Bridge closes until June | The Daily</title><meta property="og:title" content="BRIDGE CLOSES UNTIL JUNE">' '<h1>Bridge Closes Until June</h1>')
	[ "${output,,}" = 'bridge closes until june' ]
}

@test "the headline is the one that the page and the machines agree on" {
	title() {
		field title https://daily.example/news/bridge-closes-until-the-end-of-june <<<"$(page "$1" "$2")"
	}
	want='Bridge closes until the end of June'
	# what search engines are told
	[ "$(title "<title>Harbour bridge 2026: all you need to know - The Daily</title><meta property=og:title content='Harbour bridge 2026: all you need to know'>" "<h1>$want</h1>")" = "$want" ]
	# a kicker
	[ "$(title "<title>$want - The Daily</title>" "<h1><span class=a>Repairs in the harbour</span> <span class=b>$want</span></h1>")" = "$want" ]
	# cut, with the site's name, with a date in front
	[ "$(title "<title>$want | News | The Daily</title><meta property=og:title content='Bridge closes until the…'><meta property=og:site_name content='The Daily'>" "<h1>$want</h1>")" = "$want" ]
	[ "$(title "<title>03.05.2026 - $want</title>" "<h1>03.05.2026 - $want</h1>")" = "$want" ]
	# the blog's name in the h1, the headline in an h2
	[ "$(title "<title>$want - Harbour Notes</title><meta property=og:site_name content='Harbour Notes'>" "<h1><a href=/>Harbour Notes</a></h1><h2>$want</h2>")" = "$want" ]
	# several posts on a page, each with JSON-LD
	[ "$(title "<title>$want</title>$(ld '[{"@type":"BlogPosting","headline":"Ferry leaves at noon","datePublished":"2026-05-04"},{"@type":"BlogPosting","headline":"Traders protest","datePublished":"2026-05-04"}]')" "<h1>$want</h1>")" = "$want" ]
}

@test "JSON-LD is read as it comes" {
	for json in \
		'{"@type":"NewsArticle","author":{"@type":"Person","name":"Ida Berg"}}' \
		'[{"@type":"WebSite"},{"@type":["Thing","NewsArticle"],"author":[{"@type":"Person","name":"Ida Berg"},{"@type":"Organization","name":"The Daily"}]}]' \
		'{"@graph":[{"@type":"Article","author":{"@id":"#ida"}},{"@id":"#ida","@type":"Person","name":"Ida Berg"}]}' \
		'<!-- {"@type":"http://schema.org/NewsArticle","author":"By Ida Berg"} -->' \
		'//<![CDATA[
{"@type":"NewsArticle","author":{"@type":"Person","name":["Ida Berg"]},}
//]]>' \
		'{"@type":"NewsArticle","headline":"the "big" bridge","author":{"name":"Ida Berg"}};' \
		'{"@type":"NewsArticle","headline":"a \x b
c","author":{"givenName":"Ida","familyName":"Berg"}}'; do
		run -0 field authors < <(page "$(ld "$json")" '<h1>Bridge closes</h1>')
		[ "$output" = 'Ida Berg' ] || { echo "$json: $output"; false; }
	done
	# an article that is only mentioned is not this one
	run -0 field authors < <(page "<link rel=\"canonical\" href=\"$URL\">$(ld '[{"@type":"NewsArticle","url":"https://daily.example/x","headline":"Another","author":"Bo Li"},{"@type":"NewsArticle","url":"'"$URL"'","headline":"Bridge closes","author":"Ida Berg"}]')" '<h1>Bridge closes</h1>')
	[ "$output" = 'Ida Berg' ]
}

@test "hostile JSON-LD ends in an article all the same" {
	deep=$(printf '[%.0s' {1..5000})
	for json in '' '{' "$deep" 'null' '"x"' '{"@type":{}}' '{"@graph":{"@graph":[]}}' \
		'{"@type":"NewsArticle","author":{"@id":"#a"},"@id":"#a","headline":{"a":1},"datePublished":[[]]}' \
		$'{"@type":"NewsArticle","headline":"\xff\xfe \\ud800"}'; do
		run -0 field event < <(page "$(ld "$json")" '<h1>Bridge closes</h1>')
		[ "$output" = article ]
	done
}

# byline TEXT [LANG]: the authors that a byline gives.
byline() {
	field authors < <(page '<meta property="og:title" content="Bridge closes">' "<h1>Bridge closes</h1><div class=\"byline\">$1</div>" "${2-en}")
}

@test "a byline is split into names" {
	[ "$(byline 'By Ida Berg')" = 'Ida Berg' ]
	[ "$(byline 'By Ida Berg and Bo Li')" = 'Ida Berg; Bo Li' ]
	[ "$(byline 'By <a href="/a">Ida Berg</a>, <a href="/b">Bo Li</a> &amp; Jean-Luc d’Arc')" = 'Ida Berg; Bo Li; Jean-Luc d’Arc' ]
	[ "$(byline 'Von Ida Berg und Jörg Groß, Berlin-Korrespondent' de)" = 'Ida Berg; Jörg Groß' ]
	[ "$(byline 'Par Léa Noël et Zoë Petit' fr)" = 'Léa Noël; Zoë Petit' ]
	[ "$(byline 'Por Ana Ruiz y José Gil' es)" = 'Ana Ruiz; José Gil' ]
	[ "$(byline 'Written by Ida Berg | Senior Reporter')" = 'Ida Berg' ]
	[ "$(byline 'By Ida Berg, ida@daily.example')" = 'Ida Berg' ]
	[ "$(byline 'By Ida Berg in Rome')" = 'Ida Berg' ]
	[ "$(byline 'Updated 3 May 2026')" = '' ]
}

@test "authors are names, and nobody where nobody is named" {
	authors() {
		field authors <<<"$(page "$1" "$2")"
	}
	[ "$(authors '' '<h1>Bridge closes</h1><p>By Ida Berg</p>')" = 'Ida Berg' ]
	[ "$(authors '' '<h1>Bridge closes</h1><div class="x1"><span>Written by</span></div><div class="x2"><a href="/a">Ida Berg</a></div>')" = 'Ida Berg' ]
	[ "$(authors '' '<h1>Bridge closes</h1><p class="byline">By Ida Berg and Bo Li</p>')" = 'Ida Berg; Bo Li' ]
	[ "$(authors '' '<h1>Bridge closes</h1><p class="author">By</p>')" = '' ]
	[ "$(authors '' '<h1>Bridge closes</h1><figure><img><figcaption class="author">Foto: Ida Berg</figcaption></figure>')" = '' ]
	[ "$(authors '' '<h1>Bridge closes</h1>' )" = '' ]
	[ "$(authors '<meta property="og:site_name" content="The Daily"><meta name="author" content="The Daily">' '<h1>Bridge closes</h1><p class="byline">By Ida Berg</p>')" = 'Ida Berg' ]
	# where machines are told the site's name, a signature is the author
	[ "$(authors '<meta property="og:site_name" content="The Daily"><meta name="author" content="The Daily">' '<h1>Bridge closes</h1><p><strong>Ida Berg</strong></p>')" = 'Ida Berg' ]
	# one article under two templates
	[ "$(authors "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","author":{"@type":"Person","name":"Ida Berg"}}')" '<h1>Bridge closes</h1>')" = 'Ida Berg' ]
}

@test "what is added below an article changes neither title, authors nor date" {
	local head='<title>Bridge closes</title><meta property="article:published_time" content="2026-05-03T10:00:00Z">'
	local form='<form><p class="comment-form-author"><label class="author">Name</label><input id="author"></p></form>'
	local comment='<div class="k9"><span class="author">Bob Miller</span> <span class="date">March 4, 2026</span><p>I do not agree.</p></div>'
	local other='<article><h1>Council votes on a new wall next week</h1><p class="byline">By Second Writer</p><time datetime="2025-01-02">2 January 2025</time></article>'
	local comments='' added body want
	for ((i = 0; i < 200; i++)); do comments+=$comment; done
	for body in '<h1>Bridge closes</h1>' '<h1>Bridge closes</h1><p class="byline">By Ida Berg</p>'; do
		page "$head" "<main>$body" | sed 's,</body>,</main>\n&,' >page.html
		want=$(stet-extract --html "$URL" page.html | jq -c '[.title, .authors, .published]')
		for added in "$form" "$comment" "<section>$comments</section>" "$other"; do
			{ sed '$d' page.html; printf '%s</body></html>\n' "$added"; } >grown.html
			[ "$(stet-extract --html "$URL" grown.html | jq -c '[.title, .authors, .published]')" = "$want" ] ||
				{ echo "${added:0:80}"; false; }
		done
	done
}

@test "meta elements name authors, addresses are none" {
	run -0 field authors < <(page '<meta name="author" content="Ida Berg; Bo Li"><meta property="article:author" content="https://social.example/ida">' '<h1>Bridge closes</h1>')
	[ "$output" = 'Ida Berg; Bo Li' ]
	run -0 field byline < <(page '<meta name="author" content="By Ida Berg and Bo Li">' '<h1>Bridge closes</h1>')
	[ "$output" = 'Ida Berg and Bo Li' ]
	run -0 field authors < <(page '<meta property="article:author" content="https://social.example/ida">' '<h1>Bridge closes</h1>')
	[ -z "$output" ]
	# the page names a person where machines are told the site's name
	run -0 field authors < <(page "<meta property=\"og:site_name\" content=\"The Daily\">$(ld '{"@type":"NewsArticle","headline":"Bridge closes","author":{"@type":"Organization","name":"The Daily"}}')" '<h1>Bridge closes</h1><p class="author">Ida Berg</p>')
	[ "$output" = 'Ida Berg' ]
}

@test "dates keep the zone and the time that were written" {
	while IFS='|' read -r written want; do
		run -0 field published < <(page "<meta property=\"article:published_time\" content=\"$written\">" '<h1>Bridge closes</h1>')
		[ "$output" = "$want" ] || { echo "$written: $output"; false; }
	done <<-'END'
	2024-05-03|2024-05-03
	2024-05-03T12:30:00Z|2024-05-03T12:30:00Z
	2024-05-03T12:30:00.123+02:00|2024-05-03T12:30:00+02:00
	2024-05-03 12:30:05 +0530|2024-05-03T12:30:05+05:30
	2024-05-03T12:30|2024-05-03T12:30:00
	20240503T123005Z|2024-05-03T12:30:05Z
	2024/05/03|2024-05-03
	Fri, 03 May 2024 12:30:00 GMT|2024-05-03T12:30:00Z
	Fri May 03 12:30:00 CEST 2024|2024-05-03T12:30:00+02:00
	May 3rd, 2024 at 4:05 pm|2024-05-03T16:05:00
	12 a.m. on 3 May 2024|2024-05-03
	1714739400|2024-05-03T12:30:00Z
	1714739400000|2024-05-03T12:30:00Z
	2024-02-30|
	2024-13-01|
	0000-00-00|
	yesterday|
	END
}

@test "dates for people are read in many languages" {
	while IFS='|' read -r lang written; do
		run -0 field published < <(page '<meta property="og:title" content="Bridge closes">' "<h1>Bridge closes</h1><span class=\"date\">$written</span>" "$lang")
		[ "$output" = 2024-05-03 ] || { echo "$written: $output"; false; }
	done <<-'END'
	en-US|May 3, 2024
	en-US|5/3/2024
	en-GB|03/05/2024
	en-GB|3rd May 2024
	de|3. Mai 2024
	de|Freitag, 03.05.2024
	fr|3 mai 2024
	es|3 de mayo de 2024
	pt|3 de maio de 2024
	it|3 maggio 2024
	nl|3 mei 2024
	sv|3 maj 2024
	nb|3. mai 2024
	fi|3. toukokuuta 2024
	pl|3 maja 2024
	cs|3. května 2024
	hu|2024. május 3.
	ro|3 mai 2024
	tr|3 Mayıs 2024
	el|3 Μαΐου 2024
	ru|3 мая 2024 г.
	uk|3 травня 2024
	ja|2024年5月3日
	ko|2024년 5월 3일
	END
}

@test "digits and calendars of many countries are read" {
	while IFS='|' read -r text want; do
		got=$(page '' "<h1>Bridge closes</h1><p class=date>$text</p>" | field published)
		[ "$got" = "$want" ] || { echo "$text: $got"; false; }
	done <<-'END'
		١٤ مارس ٢٠٢٦|2026-03-14
		14 آذار 2026|2026-03-14
		۲۳ اسفند ۱۴۰۴|2026-03-14
		۱۴۰۳/۰۱/۰۱|2024-03-20
		1403/12/30|2025-03-20
		14 มีนาคม 2569|2026-03-14
		14/3/2569|2026-03-14
		令和8年3月14日|2026-03-14
		平成31年4月30日|2019-04-30
		民國115年3月14日|2026-03-14
		१४ मार्च २०२६|2026-03-14
		ngày 14 tháng 3 năm 2026|2026-03-14
		14 Maret 2026|2026-03-14
		5 minutes ago|
		vor 3 Stunden|
		قبل ساعتين|
	END
	# Twelve hours of a clock are not told apart; machines know.
	[ "$(field published <<<"$(page "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","datePublished":"05/03/2026 2:30"}')<meta property="article:published_time" content="2026-05-03T14:30:00+02:00">" '<h1>Bridge closes</h1>')")" = 2026-05-03T14:30:00+02:00 ]
}

@test "the day that readers saw is the day" {
	# a label near the heading against a later date for machines
	run -0 field published < <(page "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","datePublished":"2024-06-20"}')" '<h1>Bridge closes</h1><p class="date">Published 3 May 2024</p>')
	[ "$output" = 2024-05-03 ]
	run -0 field published < <(page "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","datePublished":"2024-05-03"}')" '<h1>Bridge closes</h1><p class="date">Updated 20 June 2024</p>')
	[ "$output" = 2024-05-03 ]
	# UTC takes the zone in which the page shows the same instant
	run -0 field published < <(page "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","datePublished":"2024-05-04T02:30:07Z"}')" '<h1>Bridge closes</h1><time datetime="2024-05-03 21:30:07">Friday</time>')
	[ "$output" = 2024-05-03T21:30:07-05:00 ]
	# people are shown minutes, and of 9:30 one does not know which half
	run -0 field published < <(page "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","datePublished":"2024-05-04T02:30:07Z"}')" '<h1>Bridge closes</h1><p>3 May 2024, 21:30</p>')
	[ "$output" = 2024-05-03T21:30:07-05:00 ]
	run -0 field published < <(page "$(ld '{"@type":"NewsArticle","headline":"Bridge closes","datePublished":"2024-05-04T02:30:07Z"}')" '<h1>Bridge closes</h1><p>3 May 2024, 9:30</p>')
	[ "$output" = 2024-05-04T02:30:07Z ]
	# "date" may be of any version; what the heading has beside it is not
	run -0 field published < <(page '<meta name="date" content="2024-05-06">' '<h1>Bridge closes</h1><time>3 May 2024</time>')
	[ "$output" = 2024-05-03 ]
	run -0 field published < <(page '<meta name="date" content="2024-05-06">' '<h1>Bridge closes</h1><time>Updated 3 May 2024</time>')
	[ "$output" = 2024-05-06 ]
	# the address is asked when nothing else is
	run -0 field published "$URL" < <(page '' '<h1>Bridge closes</h1>')
	[ "$output" = 2026-05-03 ]
	# a change before the publication is none
	run -0 field modified < <(page '<meta property="article:published_time" content="2024-05-03"><meta property="article:modified_time" content="2024-05-01">' '<h1>Bridge closes</h1>')
	[ -z "$output" ]
	run -0 field modified < <(page '<meta property="article:published_time" content="2024-05-03"><meta property="article:modified_time" content="2024-05-04T01:00:00Z">' '<h1>Bridge closes</h1>')
	[ "$output" = 2024-05-04T01:00:00Z ]
}

@test "a date of which a sentence tells is the last that is taken" {
	local told='<p>The council was asked about the closing of the old bridge for the first time on 24 November 2021, and said nothing.</p>'
	run -0 field published < <(page '' "<h1>Bridge closes</h1>$told" | sed 's|</body>|<p><time datetime="2022-01-21">Friday</time></p>&|')
	[ "$output" = 2022-01-21 ]
	run -0 field published < <(page '' "<p>3 May 2022</p><h1>Bridge closes</h1>$told")
	[ "$output" = 2022-05-03 ]
	run -0 field published < <(page '' "<h1>Bridge closes<br><small>3 May 2022</small></h1>$told")
	[ "$output" = 2022-05-03 ]
	run -0 field published < <(page '' "<h1>Bridge closes</h1>$told")
	[ "$output" = 2021-11-24 ]
}

@test "a date after the capture is not believed" {
	run -0 bash -c '"$LIB/mkwarc" 2026-05-04T08:00:00Z 200 "$1" <"$2" | stet-extract 2>/dev/null | jq -r .published' - https://daily.example/story <(page '<meta property="article:published_time" content="2031-01-01">' '<h1>Bridge closes</h1><p class="date">2 May 2026</p>')
	[ "$output" = 2026-05-02 ]
}

@test "a declared language stands unless the text is plainly another" {
	run -0 field lang < <(page '' '<h1>Bridge closes</h1>' en-GB)
	[ "$output" = en-GB ]
	run -0 field lang < <(page '' '<h1>Bridge closes</h1>' de)
	[ "$output" = en ]
	run -0 field lang < <(page '<meta property="og:locale" content="en_us">' '<h1>Bridge closes</h1>' '')
	[ "$output" = en-US ]
	german='Die Brücke am Hafen wird von Montag an für den Verkehr gesperrt, wie die Stadt mitteilt. Die Busse fahren alle zehn Minuten über die alte Brücke, und die Fähre nimmt Räder ohne Aufpreis mit.'
	run -0 field lang < <(printf '<html lang=en><meta charset=utf-8><h1>Brücke gesperrt</h1><p>%s</p><p>%s</p>' "$german" "$german")
	[ "$output" = de ]
	japanese='港の橋は月曜日から修理のために閉鎖されると市が発表した。バスは十分ごとに古い橋を通り、渡し船は自転車を無料で運ぶ。'
	run -0 field lang < <(printf '<html><meta charset=utf-8><h1>橋が閉鎖</h1><p>%s</p><p>%s</p>' "$japanese" "$japanese")
	[ "$output" = ja ]
}

# lang_of LANG TEXT: of a page that declares LANG and has this text.
lang_of() {
	field lang < <(printf '<html lang="%s"><meta charset=utf-8><h1>1</h1><p>%s</p>' "$1" "$2")
}

@test "a short text shows its language, declared wrongly or not at all" {
	for declared in en ''; do
		[ "$(lang_of "$declared" 'A ponte do porto fica fechada ao trânsito a partir de segunda-feira, e os ônibus passam pela ponte velha.')" = pt ]
		[ "$(lang_of "$declared" 'Most na przystani będzie od poniedziałku zamknięty, a autobusy pojadą starym mostem co dziesięć minut.')" = pl ]
		[ "$(lang_of "$declared" 'پل بندر از دوشنبه بسته می‌شود و اتوبوس‌ها هر ده دقیقه از روی پل قدیمی می‌گذرند.')" = fa ]
		[ "$(lang_of "$declared" 'Міст у порту від понеділка закритий для руху, а автобуси їдуть старим мостом кожні десять хвилин.')" = uk ]
	done
	[ "$(lang_of pt-BR 'A ponte do porto fica fechada ao trânsito a partir de segunda-feira, e os ônibus passam pela ponte velha.')" = pt-BR ]
}

@test "a language that CLD2 does not know is told by its words" {
	zulu='Umasipala uthe ibhuloho lasechwebeni lizovalwa ngoMsombuluko ngoba kudingeka lilungiswe, futhi abantu bazosebenzisa elidala. Kodwa amabhasi azoqhubeka njengoba kujwayelekile ukuze abantu bafike emsebenzini, kusho umasipala ngemuva komhlangano.'
	[ "$(lang_of en "$zulu")" = zu ]
	[ "$(lang_of zu "$zulu")" = zu ]
	somali='Buundada dekedda ayaa la xiri doonaa Isniinta, waxaana la dayactiri doonaa inay ahaato mid badbaado leh. Basaska ayaa mari doona buundada hore, wuxuuna duqa magaaladu sheegay in qof kasta uu si bilaash ah u raaci karo doonta iyo gaadiidka kale.'
	[ "$(lang_of en "$somali")" = so ]
}

@test "a tag of a language's kin stands" {
	danish='Broen ved havnen bliver lukket fra mandag, siger kommunen. Busserne kører over den gamle bro hvert tiende minut.'
	bokmal='Broen ved havnen blir stengt fra mandag, sier kommunen. Bussene kjører over den gamle broen hvert tiende minutt.'
	[ "$(lang_of nb "$bokmal")" = nb ]
	[ "$(lang_of '' "$bokmal")" = no ]
	[ "$(lang_of '' "$danish")" = da ]
	[ "$(lang_of sr-Latn 'Most u luci bit će zatvoren od ponedjeljka, kaže grad. Autobusi voze preko starog mosta svakih deset minuta.')" = sr-Latn ]
}

@test "the canonical address is absolute, of the site, and deep" {
	canonical() {
		field canonical < <(page "<link rel=\"canonical\" href=\"$1\">" '<h1>Bridge closes</h1>')
	}
	[ "$(canonical /2026/05/03/bridge)" = https://daily.example/2026/05/03/bridge ]
	[ "$(canonical https://www.daily.example/b)" = https://www.daily.example/b ]
	[ -z "$(canonical https://other.example/b)" ]
	[ -z "$(canonical https://daily.example/)" ]
	[ -z "$(canonical javascript:alert)" ]
	run -0 field key < <(page '<link rel="canonical" href="https://daily.example/b?utm_source=x">' '<h1>Bridge closes</h1>')
	[ "$output" = https://daily.example/b ]
	run -0 field site < <(page '<meta property="og:site_name" content="The Daily">' '<h1>Bridge closes</h1>')
	[ "$output" = 'The Daily' ]
	run -0 field site < <(page '' '<h1>Bridge closes</h1>')
	[ "$output" = daily.example ]
}

@test "pages in legacy encodings come out as text" {
	text='Die Straße nach Köln ist für Lastwagen gesperrt, das ärgert die Händler in der Südstadt sehr.'
	for charset in ISO-8859-15 UTF-16LE UTF-16BE; do
		printf '<html lang=de><h1>Straße gesperrt</h1><p>%s</p><p>%s</p>' "$text" "$text" | iconv -f UTF-8 -t "$charset" >p.html
		run -0 bash -c 'stet-extract --html "$1" p.html | jq -r .title' - "$URL"
		[ "$output" = 'Straße gesperrt' ]
	done
	printf '<html><h1>市政府宣布新桥</h1><p>%s</p>' '市政府周二宣布，新的桥梁将在明年完工。居民们对此表示欢迎，商人则担心夏天的生意。' | iconv -f UTF-8 -t GBK >p.html
	run -0 bash -c 'stet-extract --html "$1" p.html | jq -r .title' - "$URL"
	[ "$output" = 市政府宣布新桥 ]
}
