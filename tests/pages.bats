# The pages in a real browser: keys, folding, narrow and dark screens, policy.

load helper
load lib/stories
load lib/browser

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
		article https://news.example/2026/03/02/wide "2026-03-02T0$n:00:00Z" \
			"Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenverordnung$n" \
			"https://news.example/a-very-long-address-$n-$(printf 'x%.0s' $(seq 300))"
	done
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
	echo "$SITE_URL/a/news.example/2026/03/02/$1"
}

every_page() {
	echo "$SITE_URL/index.html"
	echo "$SITE_URL/sources.html"
	echo "$SITE_URL/search.html"
	echo "$SITE_URL/most/index.html"
	for page in bridge.html bridge@1.html bridge@1-2.html bridge@2-3.html bridge@first-latest.html \
		xss.html xss@1-2.html xss@2.html port@1-2.html wide.html wide@1-2.html wide@1.html; do
		A "$page"
	done
}

@test "the policy blocks nothing that the pages need" {
	for url in $(every_page); do
		browse "$url"
		[ "$(script 'return getComputedStyle(document.body).maxWidth')" != '"none"' ]
		[ "$(script 'return document.querySelectorAll("script,img,iframe,object,style,[style],[onerror]").length')" = 0 ]
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
	wait_for 'location.pathname.endsWith("bridge@2-3.html")'
	tab_to "Previous version"
	press Enter
	wait_for 'location.pathname.endsWith("bridge@1-2.html")'
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
		for page in bridge.html bridge@1-2.html bridge@2.html; do
			browse "$(A $page)"
			worst=$(contrasts)
			echo "$scheme $page $worst"
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

@test "text from right to left stands at the right" {
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
