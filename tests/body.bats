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
