# stet-extract: which part of a page is its article. One test for each kind of
# page that was once cut too short or too long; the pages are invented.

load helper

# page BODY: a page with a title heading and what BODY has below it.
page() {
	cat <<-HTML
	<!doctype html><html lang=en><head><meta charset=utf-8>
	<title>Lower Orrin counts its geese - The Ledger</title>
	<meta property=og:title content="Lower Orrin counts its geese">${HEAD:-}</head>
	<body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
	<main>$1</main><footer>Copyright The Ledger</footer></body></html>
	HTML
}

# paragraph N: the N-th of some paragraphs, each of two sentences.
paragraph() {
	local -a said=(
		"The town of Lower Orrin counted its geese on Saturday, for the first time in a hundred and four years. It found eleven hundred and six of them."
		"The clerk had expected about forty, and had brought one sheet of paper. He went home twice for more of it during the afternoon."
		"A vote on what the geese may eat is not expected before the end of the month. Until then they will be fed from the fund for bridges."
		"The last count was made in the year in which the mill burnt down. Its result was lost with the mill, and nobody has missed it since."
		"Farmers on the other bank say that the geese are theirs from Monday to Thursday. The council has asked for proof of this in writing."
		"A goose that was counted twice was given a yellow ring, and one that was not found at all a red one. Both rings can be seen at the town hall."
	)
	printf '<p>%s</p>' "${said[$1]}"
}

# body BODY: the texts of the article's blocks, one a line.
body() {
	page "$1" >page.html
	stet-extract --html https://ledger.example/2026/05/geese page.html |
		jq -r '.blocks[].text'
}

@test "the next story of an endless page is none of this one's" {
	story() { printf '<article id=%s><h1>%s</h1><div class=bodytext>%s</div></article>' "$@"; }
	run -0 body "$(story a 'Lower Orrin counts its geese' "$(paragraph 0)$(paragraph 1)")
		<div>$(story b 'Mayor resigns' "$(paragraph 3)$(paragraph 4)")</div>"
	[ ${#lines[@]} -eq 2 ]
	[[ $output = "The town of Lower Orrin counted"*"The clerk had expected"* ]]
}

@test "a body cut into pieces of one kind is taken whole" {
	run -0 body "<h1>Lower Orrin counts its geese</h1>
		<div><div class=chunk>$(paragraph 0)$(paragraph 1)</div></div><div class=ad>Buy</div>
		<div><div class=chunk>$(paragraph 2)$(paragraph 3)</div></div>"
	[ ${#lines[@]} -eq 4 ]
}

@test "paragraphs beside the element that is named the body are of the body" {
	run -0 body "<article class=story-text><h1>Lower Orrin counts its geese</h1>
		<div class=story-text>$(paragraph 0)$(paragraph 1)</div>
		$(paragraph 2)$(paragraph 3)$(paragraph 4)</article>"
	[ ${#lines[@]} -eq 5 ]
}

# with_ld TEXT: sets HEAD to JSON-LD with that articleBody.
with_ld() {
	HEAD="<script type=application/ld+json>$(jq -n --arg t "$1" \
		'{"@type": "NewsArticle", headline: "Lower Orrin counts its geese", articleBody: $t}')</script>"
}

# plain N...: these paragraphs without their tags.
plain() {
	local n
	for n; do paragraph "$n" | sed 's/<[^>]*>//g'; echo; done
}

@test "what the page's own articleBody does not know and is set apart goes" {
	with_ld "$(plain 0 1 2 3)"
	local box="<div class=kq><p>This device is already reading with your account. Buy a second account for the other one.</p></div>"
	run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)$box
		$(paragraph 2)$(paragraph 3)$box</div>"
	[ ${#lines[@]} -eq 4 ]
	[[ $output != *account* ]]
	# without the witness nothing tells the box from the text
	HEAD= run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)$box
		$(paragraph 2)$(paragraph 3)</div>"
	[[ $output = *account* ]]
}

@test "an edit that the articleBody has not heard of stays, and so do corrections" {
	with_ld "$(plain 0 1 2 3)"
	run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)
		$(paragraph 2)$(paragraph 4)$(paragraph 3)$(paragraph 5)
		<section><p>Correction: An earlier version of this article gave the number of ducks as nine.</p></section></div>"
	[ ${#lines[@]} -eq 7 ]
}

@test "an articleBody that is cut, or of another story, is no witness" {
	local box="<div class=kq>$(paragraph 4)</div>"
	with_ld "$(plain 0 1 2 | head -c 390)..."
	run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)$(paragraph 2)$box</div>"
	[ ${#lines[@]} -eq 4 ]
	with_ld "$(plain 2 3 5)"
	run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)$box</div>"
	[ ${#lines[@]} -eq 3 ]
}

@test "a paragraph outside of the body that the articleBody knows is of the body" {
	with_ld "$(plain 0 1 2 3)"
	run -0 body "<h1>Lower Orrin counts its geese</h1><div class=top>$(paragraph 0)</div>
		<div class=story-text>$(paragraph 1)$(paragraph 2)$(paragraph 3)</div>$(paragraph 5)"
	[ ${#lines[@]} -eq 4 ]
	[[ $output = "The town of Lower Orrin counted"* ]]
}

@test "a line alone with a picture is its caption, with figure or without" {
	local caption="A goose with a yellow ring on the green of Lower Orrin"
	run -0 body "<h1>Lower Orrin counts its geese</h1><div class=x>$(paragraph 0)
		<div><div><img src=1.jpg></div><div class=q1>$caption / A. Droste</div></div>
		$(paragraph 1)<p><img src=2.jpg><br><em>$caption in spring</em></p>$(paragraph 2)
		<div class=q2><img src=3.jpg>$caption 2:31 min</div>$(paragraph 3)</div>"
	[ ${#lines[@]} -eq 4 ]
	[[ $output != *yellow* ]]
	# what ends like a sentence may be one, with a footnote too
	run -0 body "<h1>Lower Orrin counts its geese</h1><div class=x>$(paragraph 0)
		<p><img src=1.jpg>$caption was counted twice.</p>$(paragraph 1)
		<p><img src=2.jpg>$caption was not found.<sup>12</sup></p>$(paragraph 2)
		<p>$caption has been seen on the other bank since <img src=smile.png></p></div>"
	[ ${#lines[@]} -eq 6 ]
}

@test "lines that the clock changes are no text" {
	local line
	for line in "5 hours ago" "Ann Droste5 hours ago" "2 mins ago 10:05 Ann Droste" \
		"vor 3 Stunden" "il y a 12 minutes" "hace 2 días" "5 ore fa" \
		"3 часа назад" "5分钟前" "3時間前" "Copyright © 2026 The Ledger, Inc." \
		"© 2026 The Ledger. All rights reserved."; do
		run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)
			<p>$line</p>$(paragraph 2)$(paragraph 3)</div>"
		[ ${#lines[@]} -eq 4 ]
	done
	for line in "They were last counted 104 years ago." "Spiel vor 80 000 Zuschauern" \
		"Copyright is not what the geese are about, the clerk said."; do
		run -0 body "<h1>Lower Orrin counts its geese</h1><div>$(paragraph 0)$(paragraph 1)
			<p>$line</p>$(paragraph 2)$(paragraph 3)</div>"
		[ ${#lines[@]} -eq 5 ]
	done
}

@test "a card of another article within the text goes, label and all" {
	local card="<div class=z3><h4>Background</h4><h3><a href=/swans>Swans of Upper Orrin sue the council</a></h3>
		<div>They want the pond that they were promised in spring, and they want it before the geese.</div>
		<span>Live blog</span></div>"
	run -0 body "<h1>Lower Orrin counts its geese</h1><div class=x>$(paragraph 0)$(paragraph 1)$card
		$(paragraph 2)$(paragraph 3)$(paragraph 4)$(paragraph 5)</div>"
	[ ${#lines[@]} -eq 6 ]
	[[ $output != *[Ss]wans* && $output != *promised* && $output != *Background* ]]
}

@test "an article that is a list of linked things keeps its texts" {
	local n things=
	for n in 0 1 2 3 4 5; do
		things+="<div class=z3><h3><a href=/$n>Things to see in Lower Orrin, number $n</a></h3>$(paragraph $n)</div>"
	done
	run -0 body "<h1>Lower Orrin counts its geese</h1><div class=x>$(paragraph 5)$things</div>"
	[[ $output = *"forty"*"A vote"*"The last count"*"Farmers"* ]]
}

# state JSON: a page that shows nothing before its program has run.
state() {
	cat >page.html <<-HTML
	<!doctype html><html lang=en><head><meta charset=utf-8>
	<title>Lower Orrin counts its geese - The Ledger</title>
	<meta property=og:type content=article>
	<meta property=og:title content="Lower Orrin counts its geese"></head>
	<body><div id=__next></div><script id=__NEXT_DATA__ type=application/json>$1</script></body></html>
	HTML
	stet-extract --html https://ledger.example/2026/05/geese page.html
}

@test "a page that shows nothing has its text in the data of its program" {
	local list text other
	list=$(for i in 0 1 2 3 4 5 0 2; do paragraph $i; echo; done |
		sed 's/<[^>]*>//g' | jq -Rc '{type: "p", children: [{text: .}]}' | jq -sc .)
	text=$(for i in 0 1 2 3 4 5 0 2; do paragraph $i; done | jq -Rsc .)
	other=$(for i in 5 4 3 2 1 0 5 4 3 2 1; do paragraph $i; done | jq -Rsc .)
	for body in "$list" "$text"; do
		run -0 --separate-stderr state '{"props":{"pageProps":{"more":[{"headline":"Swans, too","body":'"$other"'}],
			"story":{"headline":"Lower Orrin counts its geese","parts":{"body":'"$body"'}}}}}'
		[ "$(jq -r .event <<<"$output")" = article ]
		[ "$(jq '.blocks | length' <<<"$output")" = 8 ]
		[[ $(jq -r '.blocks[0].text' <<<"$output") = "The town of Lower Orrin counted"* ]]
		jq -e '.signals | index("state-text")' <<<"$output"
	done
	# The only text there is needs no title beside it.
	run -0 --separate-stderr state '{"a":{"b":'"$text"'}}'
	[ "$(jq '.blocks | length' <<<"$output")" = 8 ]
	# Other stories, teasers and what is no JSON are no article.
	for data in '{"more":[{"headline":"Swans, too","body":'"$other"'}]}' \
		'{"a":'"$other"',"b":'"$text"'}' \
		'{"story":{"headline":"Lower Orrin counts its geese","body":"Short."}}' '{"story":'; do
		run -1 --separate-stderr state "$data"
		[ "$(jq -r '.event + " " + .reason' <<<"$output")" = "failed needs-javascript" ]
	done
}

@test "an embedded post is told from a quote" {
	page "<article><h1>Lower Orrin counts its geese</h1>$(paragraph 0)
		<blockquote class=twitter-tweet><p>We counted them all, twice, and then once more.</p></blockquote>
		$(paragraph 1)<blockquote><p>Somebody said a thing of weight.</p></blockquote>
		$(paragraph 2)$(paragraph 3)</article>" >page.html
	run -0 bash -c 'stet-extract --html https://ledger.example/2026/05/geese page.html |
		jq -r "[.blocks[].kind] | join(\" \")"'
	[ "$output" = "p embed p quote p p" ]
}

@test "a body that is streamed behind its place in the page is found" {
	run -0 body "<article><h1>Lower Orrin counts its geese</h1><template id=B:0></template></article>
		<div hidden id=S:0><div>$(paragraph 0)$(paragraph 1)$(paragraph 2)$(paragraph 3)</div></div>
		<script>\$RC(\"B:0\",\"S:0\")</script>"
	[ ${#lines[@]} -eq 4 ]
}
