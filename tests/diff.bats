# stet-diff: two versions of an article on a terminal and as JSON.
load helper
load lib/articles

URL=https://daily.example/2026/05/03/pool

ONE='p:The mayor opened the new swimming pool on Monday.'
TWO='p:About 40 guests came, among them the architect Ida Berg.'
THREE='p:She said “the water is colder than planned”.'
THREE_B='p:She said “the water is warmer than planned”.'
FOUR='p:The pool will close again in winter for repairs.'
FIVE='p:Swimmers will find a second pool in the harbour.'
SIX='p:It cost 3 million, said the mayor who had promised two at first.'

make_archive() {
	{
		article "$URL" 'Pool opens' 2026-05-03T10:00:00Z "$ONE" "$TWO" "$THREE" "$FOUR" "$FIVE"
		article "$URL" 'Pool opens late' 2026-05-03T15:00:00Z "$ONE" "$THREE_B" "$FOUR" "$FIVE" "$TWO" "$SIX"
		article "$URL" 'Pool opens late' 2026-05-04T09:00:00Z "$ONE" "$THREE_B" "$FOUR" "$FIVE" "$TWO" 'p:It cost 30 million, said the mayor who had promised two at first.'
	} | stet-commit a.git >receipts
}

@test "a change is shown with its head, classes and every kind of row" {
	make_archive
	run -0 --separate-stderr stet-diff a.git "$URL" 2
	diff - <(echo "$output") <<-EOF
	Pool opens late
	$URL
	version 1 of 2026-05-03T10:00:00Z -> version 2 of 2026-05-03T15:00:00Z (3 in all)
	headline, quotes, text, moved; words: +15 -1

	title: Pool opens {+late+}

	  The mayor opened the new swimming pool on Monday.
	< (moved to paragraph 5) About 40 guests came, among them the architect Ida Berg.
	~ She said “the water is [-colder-] {+warmer+} than planned”.
	  The pool will close again in winter for repairs.
	  Swimmers will find a second pool in the harbour.
	> (moved from paragraph 2) About 40 guests came, among them the architect Ida Berg.
	+ It cost 3 million, said the mayor who had promised two at first.
	EOF
}

@test "without versions the latest change is shown, unchanged paragraphs folded" {
	make_archive
	run -0 stet-diff a.git "$URL"
	[[ $output == *'numbers; words: +1 -1'* ]]
	[[ $output == *'  ... 4 paragraphs unchanged'* ]]
	[[ $output == *'~ It cost [-3-] {+30+} million, said the mayor who had promised two at first.'* ]]
	run -0 stet-diff -U0 a.git "$URL"
	[[ $output == *'  ... 5 paragraphs unchanged'* ]]
	run -0 stet-diff --all a.git "$URL"
	[[ $output != *unchanged* && $output == *'  The mayor opened'* ]]
}

@test "any two versions, in either order, and the empty text before the first" {
	make_archive
	run -0 stet-diff a.git "$URL" first latest
	[[ $output == *'version 1 of '*' -> version 3 of '* ]]
	[[ $output == *'+ It cost 30 million, said the mayor who had promised two at first.'* ]]
	run -0 stet-diff a.git "$URL" 3 1
	[[ $output == *'- It cost 30 million, said the mayor who had promised two at first.'* ]]
	run -0 stet-diff a.git "$URL" 1
	[[ $output == *'nothing -> version 1'* && $output == *'+ The mayor'* ]]
	run -0 stet-diff a.git "$URL" 2 2
	[[ $output == *'no difference'* ]]
}

@test "of one version only, that is said" {
	article "$URL" Pool 2026-05-04T08:00:00Z 'p:The pool is open.' | stet-commit -q one.git
	run -0 --separate-stderr stet-diff one.git "$URL"
	[ "$stderr" = "stet-diff: '$URL' has one version only" ]
	[[ $output == *'no difference'* && $output != *'+ '* ]]
	run -0 --separate-stderr stet-diff --json one.git "$URL"
	[ "$(jq -c '[.classes, .words_added, .words_removed, .from.version, .to.version]' <<<"$output")" = '[[],0,0,1,1]' ]
	# As an answer to a question of one's own it is shown.
	run -0 --separate-stderr stet-diff one.git "$URL" 1
	[[ $output == *'+ The pool is open.'* && -z $stderr ]]
	run -0 stet-diff one.git "$URL" first latest
}

@test "an article is found by key, address, other spellings of it and path" {
	make_archive
	path=$(jq -r .path receipts | head -n 1)
	for name in "$URL" "${URL/https/http}" "$URL?utm_source=feed#top" "$URL/" "$path"; do
		run -0 stet-diff a.git "$name"
		[[ $output == 'Pool opens late'* ]]
	done
}

@test "words are coloured on request, and never hidden in escapes otherwise" {
	make_archive
	run -0 stet-diff --color=always a.git "$URL" 2
	[[ $output == *$'\e[31;9mcolder\e[0m \e[32;4mwarmer\e[0m'* ]]
	[[ $output != *'[-'* ]]
	run -0 stet-diff --color=auto a.git "$URL" 2
	[[ $output != *$'\e'* ]]
	run -0 script -qec "stet-diff a.git $URL 2" /dev/null
	[[ $output == *$'\e[31;9mcolder'* ]]
}

@test "text from the web cannot steer the terminal" {
	{
		article "$URL" 'Calm' 2026-05-03T10:00:00Z "$ONE"
		article "$URL" $'Red \xc2\x9b31m alert \xe2\x80\xae' 2026-05-03T11:00:00Z "$ONE" $'p:ti\xc2\x9btle \xe2\x80\xae over'
	} | stet-commit a.git >receipts
	stet-diff a.git "$URL" >out
	run -1 grep -P '[\x00-\x08\x0b-\x1f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' out
	grep -q 'ti�tle � over' out
}

@test "--json gives rows whose spans hold both texts" {
	make_archive
	stet-diff --json a.git "$URL" 2 >out
	[ "$(wc -l <out)" -eq 1 ]
	run -0 jq -e '.v == 1 and .minor == false and .words_added == 15 and
		.from.version == 1 and .to.title == "Pool opens late" and
		.classes == ["headline", "quotes", "text", "moved"]' out
	run -0 jq -c '[.rows[].kind]' out
	[ "$output" = '["same","moved-from","edited","same","same","moved-to","added"]' ]
	run -0 jq -r '.rows[2].spans | map(select(.[0] != "insert")[1]) | add' out
	[ "$output" = "${THREE#p:}" ]
	run -0 jq -r '.rows[2].spans | map(select(.[0] != "delete")[1]) | add' out
	[ "$output" = "${THREE_B#p:}" ]
	run -0 bash -c 'jq -c ".rows[] | select(.classes | index(\"numbers\")) | .spans" <(stet-diff --json a.git "$1")' _ "$URL"
	[ "$output" = '[["equal","It cost "],["delete","3 "],["insert","30 "],["equal","million, said the mayor who had promised two at first."]]' ]
}

@test "split, joined and retyped paragraphs say so" {
	{
		article "$URL" 'A' 2026-05-03T10:00:00Z "$ONE" 'p:One two three four. Five six seven eight.' 'p:Background'
		article "$URL" 'A' 2026-05-03T11:00:00Z "$ONE" 'p:One two three four.' 'p:Five six seven eight.' 'h2:Background'
	} | stet-commit a.git >receipts
	run -0 jq -r '.status' receipts
	[ "$output" = $'new\nminor' ]
	run -0 stet-diff a.git "$URL"
	[[ $output == *'whitespace (minor); words: +0 -0'* ]]
	[[ $output == *'~ (1 to 2 paragraphs) One two three four. ¶ Five six seven eight.'* ]]
	[[ $output == *'~ (p to h2) Background'* ]]
}

@test "what is not there is an error that names it" {
	make_archive
	run -1 --separate-stderr stet-diff a.git https://daily.example/nothing
	[ "$stderr" = "stet-diff: no article 'https://daily.example/nothing' in the archive" ]
	run -1 --separate-stderr stet-diff a.git "$URL" 9
	[[ $stderr == *"has 3 versions, no version 9" ]]
	run -2 --separate-stderr stet-diff nowhere.git "$URL"
	[[ $stderr == *nowhere.git* ]]
	run -2 --separate-stderr stet-diff a.git "$URL" x
	[[ $stderr == *"not 'x'"* ]]
	run -2 stet-diff a.git
	run -2 stet-diff --color=maybe a.git "$URL"
	run -2 stet-diff --frobnicate
}

@test "a full disk and a closed stdout are status 3" {
	make_archive
	run -3 bash -c 'stet-diff a.git "$1" >/dev/full' _ "$URL"
	run -3 bash -c 'stet-diff a.git "$1" >&-' _ "$URL"
	run -3 bash -c 'stet-diff --help >/dev/full'
}
