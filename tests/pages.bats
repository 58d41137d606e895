# The pages in a real browser: keys, folding, narrow and dark screens, policy.

load helper
load lib/stories
load lib/browser
load lib/site

XSS='"><script>window.xss=1</script><img src=x onerror=window.xss=2>'\''</title>&lt;'

# An article in three versions with all kinds of rows, one of hostile text,
# one in Arabic, one with words that no line can hold.
write_site_records() {
	local many=() n
	for n in $(seq 12); do
		many+=("Paragraph number $n stays as it was through all of the versions of it.")
	done
	BYLINE="By Ada Field" article https://news.example/2026/03/02/bridge 2026-03-02T08:00:00Z \
		"Bridge closed to lorries" "Twelve of the forty bearings are worn out, said the engineers." \
		"${many[@]}" "The old sentence about the mayor is taken out in time." "The bridge was opened in the year 1961."
	BYLINE="By Ada Field" article https://news.example/2026/03/02/bridge 2026-03-02T13:00:00Z \
		"Bridge closed for weeks" "The bridge was opened in the year 1961." \
		"Twenty-one of the forty bearings are worn out, said the engineers." "${many[@]}"
	article https://news.example/2026/03/02/bridge 2026-03-03T13:00:00Z \
		"Bridge open" "The bridge was opened in the year 1961." "All is well again." "${many[@]:0:4}"
	for n in 1 2; do
		SOURCE="$XSS" BYLINE="$XSS" SUMMARY="$XSS" article https://news.example/2026/03/02/xss "2026-03-02T0$n:00:00Z" \
			"$XSS" "$XSS" "number $n $XSS"
		ARTICLE_LANG=ar article https://news.example/2026/03/02/port "2026-03-02T0$n:00:00Z" \
			"إغلاق جسر الميناء" "قال مهندسو المدينة إن $n من المحامل قد تآكلت تماما." "وقال متحدث باسم الميناء إنه لا يتوقع أي نقص."
		ARTICLE_LANG=he article https://news.example/2026/03/02/gesher "2026-03-02T0$n:00:00Z" \
			"הגשר נסגר לשבועות" "לדברי מהנדסי העירייה, $n מתוך ארבעים המסבים נשחקו (ראו Reuters 2026)."
		ARTICLE_LANG=zh article https://news.example/2026/03/02/qiao "2026-03-02T0$n:00:00Z" \
			"港口大桥关闭$([ $n = 1 ] || echo 数周)" "两名工程师说，四十个轴承中有$([ $n = 1 ] && echo 十二 || echo 三)个磨损。"
		article https://news.example/2026/03/02/wide "2026-03-02T0$n:00:00Z" \
			"Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenverordnung$n" \
			"https://news.example/a-very-long-address-$n-$(printf 'x%.0s' $(seq 300))"
	done
	# One rewritten, withdrawn, moved with its history, ended at another.
	article https://news.example/2026/03/03/mill 2026-03-03T08:00:00Z "Fire" \
		"Alpha beta gamma delta." "Epsilon zeta eta theta."
	article https://news.example/2026/03/03/mill 2026-03-03T09:00:00Z "Fire at the mill" \
		"Two were hurt, the brigade said." "Nobody knew why it burned." "The street is closed."
	event gone https://news.example/2026/03/03/mill 2026-03-04T09:00:00Z gone
	article https://news.example/2026/03/03/tram 2026-03-03T08:00:00Z "Trams stop" "The last tram leaves at ten."
	article https://news.example/2026/03/03/live 2026-03-03T08:00:00Z "Storm: live" "The storm comes."
	for pair in 03/tram:03/night-tram 03/live:02/bridge; do
		event moved "https://news.example/2026/03/${pair%:*}" 2026-03-05T08:00:00Z redirect \
			"https://news.example/2026/03/${pair#*:}"
	done
	article https://news.example/2026/03/03/night-tram 2026-03-05T08:00:00Z "Trams stop" "The last tram leaves at nine."
	article https://news.example/2026/03/02/bridge 2026-03-05T08:00:00Z \
		"Bridge open" "The bridge was opened in the year 1961." "All is well again." "${many[@]:0:4}"
}

setup_file() {
	export BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	cd "$BATS_FILE_TMPDIR"
	write_site_records | stet-commit news.git >/dev/null
	stet-render news.git www </dev/null
	start_nginx "types { text/html html; text/css css; } add_header Content-Security-Policy \"$(sed -n 's/.*Content-Security-Policy: //p' www/_headers)\" always;"
	browser_start
}

teardown_file() {
	browser_stop
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR stop_nginx
}

teardown() {
	:
}

A() {
	local page=$BATS_FILE_TMPDIR/www/a/news.example/2026/03/02/$1
	[[ $1 != *@[0-9]* ]] || page=$(numbered "$page")
	echo "$SITE_URL/${page#"$BATS_FILE_TMPDIR/www/"}"
}

every_page() {
	echo "$SITE_URL/index.html"
	echo "$SITE_URL/sources.html"
	echo "$SITE_URL/search.html"
	for list in most biggest quickest removed small kind/numbers kind/restored source/herald source/herald/articles; do
		echo "$SITE_URL/$list/index.html"
	done
	for page in bridge.html bridge@1.html bridge@1-2.html bridge@2-3.html bridge@first-latest.html \
		xss.html xss@1-2.html xss@2.html port@1-2.html wide.html wide@1-2.html wide@1.html \
		gesher@1-2.html qiao@1-2.html ../03/mill.html ../03/mill@1-2.html ../03/live.html ../03/night-tram.html; do
		A "$page"
	done
}

@test "the policy blocks nothing that the pages need" {
	for url in $(every_page); do
		browse "$url"
		[ "$(script 'return getComputedStyle(document.body).maxWidth')" != '"none"' ]
		[ "$(script 'return document.querySelectorAll("script:not([type=\"application/ld+json\"]),img,iframe,object,style,[style],[onerror]").length')" = 0 ]
	done
	driver se/log '{"type": "browser"}' | jq -r '.[].message' >log
	cat log
	! grep -vi favicon log
}

@test "hostile text is shown literally and does nothing" {
	for page in xss.html xss@1.html xss@1-2.html; do
		browse "$(A $page)"
		[ "$(script 'return typeof window.xss')" = '"undefined"' ]
		script 'return document.body.innerText' | jq -r . | grep -qF "$XSS"
		script 'return document.title' | jq -r . | grep -qF "$XSS"
	done
	browse "$SITE_URL/index.html"
	script 'return document.body.innerText' | jq -r . | grep -qF "$XSS"
}

@test "from version to version with the keyboard" {
	browse "$(A bridge@1-2.html)"
	press Tab
	[ "$(script 'return document.activeElement.textContent')" = '"Skip to the content"' ]
	tab_to "Next version"
	press Enter
	wait_for 'location.pathname.endsWith("bridge@20260302T130000Z..20260303T130000Z.html")'
	tab_to "Previous version"
	press Enter
	wait_for 'location.pathname.endsWith("bridge@20260302T080000Z..20260302T130000Z.html")'
	tab_to "First ↔ latest"
	press Enter
	wait_for 'location.pathname.endsWith("bridge@first-latest.html")'
	# What has the focus can be seen.
	[ "$(script 'return document.activeElement && 1')" = 1 ]
	tab_to "Bridge open"
	[ "$(script 'return getComputedStyle(document.activeElement).outlineStyle')" = '"solid"' ]
}

@test "unchanged paragraphs unfold by key and by click" {
	browse "$(A bridge@1-2.html)"
	hidden='!document.querySelector("details .text").checkVisibility()'
	wait_for "$hidden"
	[ "$(script 'return document.querySelector("summary").textContent')" = '"10 unchanged paragraphs"' ]
	tab_to "10 unchanged paragraphs"
	press Enter
	wait_for "!($hidden)"
	script 'document.querySelector("summary").click()'
	wait_for "$hidden"
	# A link to a paragraph within opens it.
	browse "$(A 'bridge@1-2.html')#p7"
	wait_for "!($hidden)"
}

@test "a moved paragraph leads to where it went" {
	browse "$(A bridge@1-2.html)"
	script 'document.querySelector("a.to").click()'
	wait_for 'document.querySelector("tr.moved:target")'
	[ "$(script 'return document.querySelector("tr.moved:target").textContent.includes("opened in the year 1961")')" = true ]
}

@test "two columns on a wide screen, one on a narrow one" {
	browse "$(A bridge@1-2.html)"
	rects='const r = [...document.querySelectorAll("tr.edit td")].map(e => e.getBoundingClientRect());'
	[ "$(script "$rects return r[0].top == r[1].top && r[0].right <= r[1].left && Math.abs(r[0].width - r[1].width) < 2")" = true ]
	devtools Emulation.setDeviceMetricsOverride '{"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true}'
	browse "$(A bridge@1-2.html)"
	[ "$(script "$rects return r[0].bottom <= r[1].top && r[0].width > 300")" = true ]
	# The two versions are named there too, and equal text stands once.
	[ "$(script 'return [...document.querySelectorAll("th")].every(e => e.getClientRects().length > 0)')" = true ]
	[ "$(script 'return document.querySelector("tr.same td").getClientRects().length')" = 0 ]
	devtools Emulation.clearDeviceMetricsOverride '{}'
}

a_page_of_each_kind() {
	printf "$SITE_URL/%s\n" index.html sources.html search.html numbers.html kind/numbers/index.html \
		removed/index.html biggest/index.html source/herald/index.html
	for page in bridge.html bridge@2.html bridge@1-2.html bridge@first-latest.html ../03/mill.html ../03/live.html; do
		A "$page"
	done
}

# What axe-core holds against the page, a line each: rule, weight, elements.
axe() {
	jq -Rsc '{script: (. + ";return axe.run(document, {resultTypes: [\"violations\"]}).then(r => r.violations" +
		".map(v => [v.id, v.impact, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(\" \")].join(\" \").replace(/\\s+/g, \" \")))"),
		args: []}' "$ROOT/build/npm/node_modules/axe-core/axe.min.js" >request
	curl -s -m 60 "http://127.0.0.1:$DRIVER_PORT/session/$SESSION/execute/sync" -d @request |
		jq -r 'if .value | type == "array" then .value[] else "no answer: \(.)" end'
}

@test "axe-core finds nothing on any kind of page, narrow or wide" {
	"$ROOT/scripts/npm-tools" || skip 'no axe-core from npm'
	for width in 360 1280; do
		devtools Emulation.setDeviceMetricsOverride \
			"{\"width\": $width, \"height\": 740, \"deviceScaleFactor\": 1, \"mobile\": $([ $width = 360 ] && echo true || echo false)}"
		for url in $(a_page_of_each_kind); do
			browse "$url"
			axe | sed "s|^|$width ${url#"$SITE_URL"} |" | tee -a complaints
		done
	done
	devtools Emulation.clearDeviceMetricsOverride '{}'
	[ ! -s complaints ]
}

@test "no page is wider than a screen of 360 pixels" {
	devtools Emulation.setDeviceMetricsOverride '{"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true}'
	for url in $(every_page); do
		browse "$url"
		width=$(script 'return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)')
		echo "$width $url"
		[ "$width" -le 360 ]
	done
	devtools Emulation.clearDeviceMetricsOverride '{}'
}

# contrasts: the lowest ratio of text to its background on the page (WCAG 2.1).
contrasts() {
	script '
	const parse = c => c.match(/[\d.]+/g).map(Number);
	const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
		return .2126 * r + .7152 * g + .0722 * b };
	const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
		if (c.length < 4 || c[3] > 0) return c.slice(0, 3) } return [255, 255, 255] };
	let worst = [99, ""];
	for (const e of document.querySelectorAll("body *")) {
		if (![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()) || e.closest(".sr,.skip")) continue;
		const a = light(parse(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
		const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		if (ratio < worst[0]) worst = [ratio, e.outerHTML.slice(0, 80)];
	}
	return worst'
}

@test "text stands out from its ground, light and dark" {
	for scheme in light dark; do
		devtools Emulation.setEmulatedMedia "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"$scheme\"}]}"
		for url in $(A bridge.html) $(A bridge@1-2.html) $(A bridge@2.html) $(A ../03/mill.html) \
			$(A ../03/mill@1-2.html) "$SITE_URL/index.html" "$SITE_URL/removed/index.html" \
			"$SITE_URL/sources.html" "$SITE_URL/search.html"; do
			browse "$url"
			worst=$(contrasts)
			echo "$scheme $url $worst"
			jq -e '.[0] >= 4.5' <<<"$worst"
		done
		script 'return getComputedStyle(document.documentElement).backgroundColor' >>grounds
	done
	[ "$(sort -u grounds | wc -l)" = 2 ]
	devtools Emulation.setEmulatedMedia '{"features": []}'
}

@test "on paper: no bar, the text and its marks" {
	devtools Emulation.setEmulatedMedia '{"media": "print"}'
	browse "$(A bridge@1-2.html)"
	[ "$(script 'return document.querySelector(".top nav").getClientRects().length + document.querySelector(".pages").getClientRects().length')" = 0 ]
	[ "$(script 'return getComputedStyle(document.querySelector("tr.edit del")).textDecorationLine')" = '"line-through"' ]
	[ "$(script 'return getComputedStyle(document.querySelector("tr.edit ins")).textDecorationLine')" = '"underline"' ]
	devtools Emulation.setEmulatedMedia '{"media": ""}'
}

@test "a rewrite: beside each other on a wide screen, the old first on a narrow one" {
	browse "$(A ../03/mill@1-2.html)"
	rects='const r = [...document.querySelectorAll("tr.swap td")].map(e => e.getBoundingClientRect());'
	[ "$(script "$rects return r.length == 2 && r[0].top == r[1].top && r[0].right <= r[1].left")" = true ]
	# A link to one of its paragraphs shows which.
	browse "$(A ../03/mill@1-2.html)#p4"
	[ "$(script 'return getComputedStyle(document.querySelector("#p4")).backgroundColor != getComputedStyle(document.querySelector("#p3")).backgroundColor')" = true ]
	devtools Emulation.setDeviceMetricsOverride '{"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true}'
	browse "$(A ../03/mill@1-2.html)"
	[ "$(script "$rects return r[0].bottom <= r[1].top && r[0].width > 300")" = true ]
	devtools Emulation.clearDeviceMetricsOverride '{}'
}

@test "an old address leads to the page at the new one, by itself and by key" {
	browse "$(A ../03/tram.html)"
	wait_for 'location.pathname.endsWith("/night-tram.html")'
	script 'return document.body.innerText' | grep -q 'it was at https://news.example/2026/03/03/tram'
	# No page goes to another site by itself, nor does one lead to itself.
	for page in $(grep -rl 'http-equiv="refresh"' www); do
		[[ $(grep -oP 'content="0; url=\K[^"]*' "$page") =~ ^night-tram[@a-z0-9-]*\.html$ ]]
		[[ $page == */tram* ]]
	done
	browse "$(A ../03/live.html)"
	[ "$(script 'return location.pathname.endsWith("/live.html")')" = true ]
	tab_to "Bridge open"
	press Enter
	wait_for 'location.pathname.endsWith("/02/bridge.html")'
	tab_to "Storm: live"
	press Enter
	wait_for 'location.pathname.endsWith("/03/live.html")'
}

@test "fingers find what to press" {
	devtools Emulation.setDeviceMetricsOverride '{"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true}'
	devtools Emulation.setTouchEmulationEnabled '{"enabled": true, "maxTouchPoints": 1}'
	for url in $(A bridge@1-2.html) $(A bridge.html) "$SITE_URL/index.html"; do
		browse "$url"
		[ "$(script 'return matchMedia("(pointer: coarse)").matches')" = true ]
		small=$(script 'return [...document.querySelectorAll("nav a, summary")].filter(e => e.getBoundingClientRect().height < 44).map(e => e.textContent)')
		echo "$url $small"
		[ "$small" = '[]' ]
	done
	devtools Emulation.setTouchEmulationEnabled '{"enabled": false}'
	devtools Emulation.clearDeviceMetricsOverride '{}'
}

@test "lines of text are no longer than eyes can follow" {
	devtools Emulation.clearDeviceMetricsOverride '{}'
	for url in $(A bridge@1.html) $(A bridge.html) "$SITE_URL/index.html" "$SITE_URL/search.html"; do
		browse "$url"
		[ "$(script 'return innerWidth > 1100')" = true ]
		# An em is about two characters wide: at most some ninety in a line.
		long=$(script 'return [...document.querySelectorAll("main p, main li")].filter(e => e.getClientRects().length && e.getBoundingClientRect().width > 54 * parseFloat(getComputedStyle(e).fontSize)).map(e => e.textContent.slice(0, 60))')
		echo "$url $long"
		[ "$long" = '[]' ]
	done
}

@test "text from right to left stands at the right" {
	browse "$(A gesher@1-2.html)"
	[ "$(script 'return getComputedStyle(document.querySelector("tr.edit p")).direction')" = '"rtl"' ]
	browse "$(A port@1-2.html)"
	[ "$(script 'return getComputedStyle(document.querySelector("tr.edit p")).direction')" = '"rtl"' ]
	[ "$(script 'return getComputedStyle(document.querySelector("h1")).direction')" = '"rtl"' ]
	[ "$(script 'return getComputedStyle(document.querySelector("table")).direction')" = '"ltr"' ]
	[ "$(script 'return document.querySelector("tbody").lang')" = '"ar"' ]
}

@test "nothing jumps while a page loads" {
	browse "$(A bridge@1-2.html)"
	shift=$(driver execute/async "$(jq -nc '{script: "const done = arguments[0]; let sum = 0; new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value)).observe({type: \"layout-shift\", buffered: true}); setTimeout(() => done(sum), 300)", args: []}')")
	[ "$shift" = 0 ]
}
