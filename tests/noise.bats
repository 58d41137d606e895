# stet-extract: what is added to a page and is none of its article changes no
# block of it, however much there is; the text's own parts stay. The pages are
# invented.

load helper

said=(
	"The ferry at Stenholm stopped on Tuesday morning, after a diver found a split in the hull that was as long as an arm."
	"Engineers from the yard looked at the split for two hours. They said that the ferry had probably touched the old mole during the storm of last week."
	"The ferry carries nine hundred people a day between Stenholm and the island. Until it is mended a fishing boat takes those who must cross, forty at a time."
	"The harbour master, Ingrid Vale, said that the mole had been due for repair since spring. The council had put it off because of the price of stone."
	"A yard on the mainland can lift the ferry on Friday at the earliest. The repair will take eleven days if the steel arrives with the Thursday train."
	"Islanders met at the school in the evening and asked for a second ferry. The council will answer them in its next session, the mayor said."
)
strange=(
	"Knitting circles begin with the same stitch everywhere, whoever teaches them and whatever yarn lies on the table."
	"My grandmother kept bees behind a bakery, and her honey tasted of cinnamon until late autumn."
	"Nobody should buy a saddle without sitting in it for at least one whole afternoon of bad weather."
	"These provisions apply to every purchaser who orders goods through our catalogue, unless otherwise agreed in writing."
	"Liability for indirect damages is excluded as far as mandatory statutory provisions permit such exclusion."
)

# text I J: paragraphs I to J of the article.
text() {
	local i
	for ((i = $1; i <= $2; i++)); do printf '<p>%s</p>' "${said[i]}"; done
}

# foreign_page START MIDDLE INSIDE END: a page with what is put into it there.
foreign_page() {
	cat <<-HTML
	<!doctype html><html lang=en><head><meta charset=utf-8>
	<title>Ferry stops after split is found - The Stenholm Post</title></head><body>$1
	<nav><a href=/>Home</a> <a href=/town>Town</a></nav><main><article>
	<h1>Ferry stops after split is found</h1><div class=txt>$(text 0 2)$2$(text 3 5)$3</div>
	</article></main>$4<footer>The Stenholm Post, Quay 4</footer></body></html>
	HTML
}

blocks() {
	stet-extract -q --html https://post.example/ferry "$1" | jq -c '[.title, .blocks]'
}

setup() {
	common_setup
	foreign_page '' '' '' '' >clean.html
	clean=$(blocks clean.html)
	[ "$(jq '.[1] | length' <<<"$clean")" -eq 6 ]
}

# unchanged HTML PLACE...: HTML in each of the places leaves the blocks alone.
unchanged() {
	local html=$1 place
	shift
	for place; do
		case $place in
		start) foreign_page "$html" '' '' '' ;;
		middle) foreign_page '' "$html" '' '' ;;
		inside) foreign_page '' '' "$html" '' ;;
		end) foreign_page '' '' '' "$html" ;;
		esac >page.html
		[ "$(blocks page.html)" = "$clean" ] || {
			echo "$place: $(blocks page.html)"
			return 1
		}
	done
}

# many N FORMAT: FORMAT N times, its %d the number, its %s foreign sentences.
many() {
	local i
	for ((i = 0; i < $1; i++)); do
		# shellcheck disable=SC2059
		printf "$2" "$((i % 28 + 1))" "${strange[i % 5]} ${strange[(i + 2) % 5]}"
	done
}

@test "comments, none to five hundred, are no part of the article" {
	local k
	for k in 1 40 500; do
		unchanged "<div class=q7><h3>Comments ($k)</h3>$(many $k \
			'<div class=q8><b>Reader</b> <span>%d March 2026, 10:20</span><p>%s</p><a href=#>Reply</a></div>')</div>" inside end
		unchanged "<section class=comments>$(many $k '<div class=comment><p>Reader %d</p><p>%s</p></div>')</section>" end
	done
}

@test "terms that outweigh the article stay outside of it" {
	local terms
	terms="<h2>Terms of use</h2>$(many 30 '<h3>%d. Orders</h3><p>%s</p>')"
	unchanged "<div class=modal><div>$terms</div></div>" start inside end
	unchanged "<div><div>$terms</div></div>" start inside end
}

@test "a second article and a stream of others below it are not this one" {
	unchanged "<article><h1>Bees return to Nordby</h1><p>By Tove Lind</p><p>3 March 2026</p>$(many 20 '<p>%d %s</p>')</article>" end
	unchanged "<div><h2>Bees return to Nordby</h2><p>By Tove Lind</p><time>3 March 2026</time>$(many 20 '<p>%d %s</p>')</div>" inside end
	unchanged "<div>$(many 30 '<div><a href=/s/%d><h3>Bees return to Nordby</h3></a><p>%s</p></div>')</div>" inside end
}

@test "small boxes among the paragraphs go" {
	unchanged '<div class=x1><h3>Our letter</h3><p>Every morning what matters, in one page and for nothing.</p><form><input type=email><button>Join</button></form></div>' middle inside
	unchanged '<div class=x1><p>1,234 views</p></div>' middle inside
	unchanged '<div class=x1>Kommentare (12)</div>' middle inside
	unchanged '<div class=x1><span>Share this</span> <a href=/f>Facebook</a> <a href=/m>Mail</a></div>' middle inside
	unchanged '<span class=h-offscreen>Expand box</span><span class=h-offscreen>Collapse box</span>' middle inside
	unchanged '<amp-list><div fallback>Failed to load</div></amp-list>' middle
}

@test "what is hidden within a sentence is not of the sentence" {
	local how
	for how in hidden 'style="display:none"' 'role=tooltip' 'class=tooltiptext' 'class=sr-only'; do
		sed "s/stopped on/stopped <span $how>A ferry is a ship.<\/span> on/" clean.html >page.html
		cmp -s clean.html page.html && return 1
		[ "$(blocks page.html)" = "$clean" ]
	done
}

@test "a paragraph that is one link, and code under a toolbar, are text" {
	foreign_page '' "<p><a href=https://letter.example/>Whoever crosses by the fishing boat must bring a coat, the owner wrote in a letter that hangs at the quay. He also asks for small coins, since he has no till.</a></p><div class=code-toolbar><pre>tide --north</pre><div class=toolbar><button>Copy</button></div></div>" '' '' >page.html
	run -0 blocks page.html
	[[ $output = *"Whoever crosses"*'{"kind":"pre","text":"tide --north"}'* ]]
}

@test "a table of layout gives paragraphs, one of data gives rows" {
	foreign_page '' "<table><tr><th>Day</th><th>Boats</th></tr><tr><td>Monday</td><td>4</td></tr></table>" '' '' >page.html
	run -0 blocks page.html
	[[ $output = *'{"kind":"row","text":"Monday | 4"}'* ]]
	cat >page.html <<-HTML
	<!doctype html><title>Ferry stops after split is found</title><h1>Ferry stops after split is found</h1>
	<table><tr><td><a href=/>Home</a><td><p>${said[0]}</p><p>${said[1]}</p><td><p>${said[2]}</p><p>${said[3]}</p></tr></table>
	HTML
	run -0 blocks page.html
	[ "$(jq -r '.[1][].kind' <<<"$output" | sort | uniq -c | tr -s ' ')" = " 4 p" ]
}

@test "a page whose headline is in no title is anchored too" {
	local terms head place
	terms="<div><h2>Terms of use</h2>$(many 30 '<h3>%d. Orders</h3><p>%s</p>')</div>"
	# An h1 of other words; the headline in a div; the description alone.
	for head in '<h1>A long split and nine hundred travellers</h1>' \
		'<div>Ferry stops after split is found</div>' ''; do
		bare() {
			foreign_page "$1" '' '' "$2" | sed "s|<h1>.*</h1>|$head|
				s|<title>|<meta name=description content=\"${said[0]}\"><title>|"
		}
		bare '' '' >page.html
		clean=$(blocks page.html)
		[ "$(jq '.[1] | length' <<<"$clean")" -eq 6 ]
		for place in start end; do
			if [ $place = start ]; then bare "$terms" ''; else bare '' "$terms"; fi >page.html
			[ "$(blocks page.html | jq -c '.[1]')" = "$(jq -c '.[1]' <<<"$clean")" ] || {
				echo "$place '$head': $(blocks page.html)"
				return 1
			}
		done
	done
}

@test "a long article has words of everything, and is told from terms all the same" {
	local long common terms clean
	common="After about three hours people would gather before water could return under their other houses, while children"
	long=$(for i in $(seq 60); do printf '<p>%s watched ferry number%d and the %s said.</p>' "$common" "$i" "harbour master's report on split"; done)
	terms="<div><h2>Rules</h2>$(for i in $(seq 20); do printf '<p>After about purchase people could return goods under their other catalogue provisions, before liability damages exclusion statutory orders%d unless otherwise agreed writing.</p>' "$i"; done)</div>"
	foreign_page '' "$long" '' '' >page.html
	clean=$(blocks page.html)
	foreign_page '' "$long" "$terms" '' >page.html
	[ "$(blocks page.html)" = "$clean" ]
}
