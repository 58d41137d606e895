# stet-extract: which parts of an article are its text, by kinds of parts.

load helper

P1='<p>The ferry to Lower Orrin did not leave on Monday, because nobody could
find the key of the engine room, which had been hung on another nail.</p>'
P2='<p>The harbour master searched the office, both sheds and his own coat before
he asked the night watchman, who had put it where it belonged.</p>'
P3='<p>By then forty passengers had walked round the bay, and three of them said
that they would do so again, since the view was better than from the deck.</p>'
P4='<p>The council will hear on Thursday what a second key would cost, and who is
to keep it; a vote is not expected before the end of the month.</p>'

# page BODY: an invented page around what stands in its main element.
page() {
	cat >a.html <<-HTML
	<!doctype html><html lang=en><head><meta charset=utf-8>
	<title>Ferry waits for its key - The Ledger</title>
	<meta property=og:title content="Ferry waits for its key"></head><body>
	<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
	<main>$1</main><footer>Copyright The Ledger</footer></body></html>
	HTML
}

# texts: the blocks' texts, a line each.
texts() {
	stet-extract --html https://ledger.example/2026/05/ferry a.html |
		jq -r '.blocks[].text'
}

@test "a table in a figure is text, its caption is none" {
	page "<article><h1>Ferry waits for its key</h1>$P1$P2
	<figure><table><tr><th>Nail</th><th>Key</th></tr>
	<tr><td>Third</td><td>Engine room</td></tr></table>
	<figcaption>The board of keys</figcaption></figure>$P3</article>"
	run -0 texts
	[ "${lines[3]}" = "Third | Engine room" ]
	[[ $output != *"The board of keys"* ]]
}

@test "headings that link to themselves or name what follows stay" {
	page "<article><h1>Ferry waits for its key</h1>$P1
	<h2 id=key><a href=#key>Where the key was</a></h2>$P2
	<h2><a href=https://inn.example/>The Anchor Inn</a></h2>$P3
	<h3><a href=/2026/05/bridge>Bridge of Orrin to be painted in three shades of green</a></h3>$P4
	</article>"
	run -0 texts
	[ "${lines[1]}" = "Where the key was" ]
	[ "${lines[3]}" = "The Anchor Inn" ]
	[[ $output != *"Bridge of Orrin"* ]]
	[ "${#lines[@]}" -eq 6 ]
}

@test "what readers unfold is read, what is hidden is not" {
	page "<article><h1>Ferry waits for its key</h1>$P1
	<div class=accordion><h3>What of the watchman?</h3>
	<div role=region style='display:none'>$P2</div></div>
	<h3><button aria-expanded=false>And the passengers?</button></h3>
	<div hidden>$P3</div>
	<div hidden><p>Please enter a valid address, or you cannot be told what the
	ferry does on other days of the week.</p></div>$P4</article>"
	run -0 texts
	[[ $output = *"harbour master searched"*"forty passengers"*"council will hear"* ]]
	[[ $output != *"valid address"* ]]
}

@test "a lead as long as a paragraph is the first, a short one the summary" {
	local short="The engine room stayed shut until noon, and most people walked."
	local long="The engine room of the ferry to Lower Orrin stayed shut until noon
	on Monday, and most of those who had bought a ticket walked round the bay
	instead, which the operator says it will not make good, key or no key."

	page "<h1>Ferry waits for its key</h1><h2 class=lead>$short</h2>
	<div class=article-body>$P1$P2$P3</div>"
	run -0 texts
	[[ ${lines[0]} = "The ferry to Lower Orrin"* ]]
	page "<h1>Ferry waits for its key</h1><h2 class=lead>$long</h2>
	<div class=article-body>$P1$P2$P3</div>"
	run -0 texts
	[[ ${lines[0]} = "The engine room of the ferry"*"key or no key." ]]
}

@test "a short sentence and a long heading may begin the text" {
	page "<article><h1>Ferry waits for its key</h1><div class=text>
	<p>The ferry stayed in port.</p>$P1$P2$P3</div></article>"
	run -0 texts
	[ "${lines[0]}" = "The ferry stayed in port." ]
	page "<article><h1>Ferry waits for its key</h1><div class=text>
	<h2>Nobody thought of asking the one man who had been there all night.</h2>
	$P1$P2$P3</div></article>"
	run -0 texts
	[[ ${lines[0]} = "Nobody thought of asking"* ]]
	page "<h1>Ferry waits for its key</h1><div class=article-body>
	<h2>Harbour news</h2>$P1$P2$P3</div>"
	run -0 texts
	[[ ${lines[0]} = "The ferry to Lower Orrin"* ]]
}

@test "comments and sidebars may be longer than a short article" {
	page "<article><h1>Ferry waits for its key</h1>
	<div id=content><div class=text>$P1$P2</div>
	<div class=comments><p>My uncle lost a key like that once, and it was found in the
	summer of the next year, in a herring.</p><p>They should have a second key, as any
	sensible house has, under a stone by the door.</p></div></div></article>"
	run -0 texts
	[ "${#lines[@]}" -eq 2 ]
	page "<div class=text><h1>Ferry waits for its key</h1>$P1</div>
	<aside class=sidebar-widget><p>The Ledger was founded in 1871 by two brothers who
	had quarrelled with every other paper of the coast.</p><p>It is printed on every
	day on which the ferry runs, and read on all the others as well.</p></aside>"
	run -0 texts
	[ "${#lines[@]}" -eq 1 ]
}

@test "the glosses of ruby are no text" {
	page "<article><h1>Ferry waits for its key</h1>$P1$P2
	<p>The sign at the pier has read <ruby>渡<rp>(</rp><rt>わた</rt><rp>)</rp></ruby>し
	since the visit of a choir from Kobe, who had painted it by way of thanks.</p></article>"
	run -0 texts
	[[ ${lines[2]} = *"渡し since the visit"* ]]
}

@test "boxes that call to an action and disclaimers are no text" {
	page "<article><h1>Ferry waits for its key</h1>$P1$P2
	<div class=blog-cta><p>Every harbour needs keys: let our smiths cut yours, and pay
	only when the ferry has left the pier on time.</p></div>$P3
	<p class=disclaimer>The Ledger is not liable for keys, ferries or walks round the bay
	that readers may undertake after they have read it.</p></article>"
	run -0 texts
	[ "${#lines[@]}" -eq 3 ]
}

@test "an article of lists is found by what prose it has" {
	local n list=
	for n in $(seq 30); do
		list+="<p><a href=/pier/$n>Orrin-on-Sea number $n</a>, Upper Landing</p>"
	done
	page "<div id=c><h1>Ferry waits for its key</h1>$P1<p>No ferry calls at:</p>$list</div>
	<div id=d><p>The Ledger prints a map of the piers on its last page.</p></div>"
	run -0 texts
	[[ ${lines[0]} = "The ferry to Lower Orrin"* ]]
	[ "${lines[1]}" = "No ferry calls at:" ]
	[ "${lines[31]}" = "Orrin-on-Sea number 30, Upper Landing" ]
}

@test "columns of a page laid out as a table are no rows of data" {
	page "<table><tr><td><ul>$(printf '<li><a href=/%s>Orrin</a>' {1..30})</ul></td>
	<td><h1>Ferry waits for its key</h1>$P1<p>A <i>third</i> <b>nail</b> was
	<i>put</i> <b>up</b> <i>at</i> <b>once</b> <i>by</i> <b>the</b> <i>man</i>.</p>
	$(printf '<p><b>No. %s</b> is <i>the <b>key</b></i> of <b>shed %s</b>.</p>' {1..12})
	$P2</td></tr></table>"
	stet-extract --html https://ledger.example/2026/05/ferry a.html >a.json
	[ "$(jq -r '[.event, .blocks[0].kind, .blocks[1].kind] | join(" ")' a.json)" = "article p p" ]
}

@test "a list of links that the text announces stays, others go" {
	page "<article><h1>Ferry waits for its key</h1>$P1
	<p>The keys of the harbour hang on three nails:</p>
	<ul><li><a href=/nail/1>The nail by the door</a><li><a href=/nail/2>The nail by the stove</a></ul>$P2
	<p>Read also:</p><ul><li><a href=/x>Bridge of Orrin to be painted green</a></ul>
	$P3<ul><li><a href=/y>Geese of Orrin counted at last</a></ul>$P4</article>"
	run -0 texts
	[ "${lines[3]}" = "The nail by the stove" ]
	[[ $output != *"Bridge of Orrin"* && $output != *"Geese of Orrin"* ]]
	[ "${#lines[@]}" -eq 7 ]
}

@test "an id made of a heading's words says nothing of the part" {
	page "<article><h1>Ferry waits for its key</h1>$P1
	<div id=menu-of-the-week-on-board>$P2</div>
	<h2 id=newsletter>The newsletter of the harbour</h2>$P3<div id=newsletter>$P4</div></article>"
	run -0 texts
	[ "${lines[2]}" = "The newsletter of the harbour" ]
	[ "${#lines[@]}" -eq 4 ]
}

@test "a panel that a class hides is read too" {
	page "<article><h1>Ferry waits for its key</h1>$P1$P2
	<div class='accordion-content hidden'>$P3</div><div class=hidden>$P4</div></article>"
	run -0 texts
	[[ ${lines[2]} = "By then forty passengers"* ]]
	[ "${#lines[@]}" -eq 3 ]
}

@test "what a text recommends at its end is part of it" {
	page "<article><h1>Ferry waits for its key</h1>$P1$P2$P3$P4$P1x$P2<h3>Recommended walks round the bay</h3>
	<p>The shore path is open all year, and takes an hour at low tide.</p></article>"
	run -0 texts
	[[ $output = *"The shore path is open all year"* ]]
}
