# What may be no edit is seen again before it is history; what surely is one is
# stored at once.
load helper
load lib/articles

URL=https://daily.example/2026/05/03/bridge
TEXT=(
	'p:The council of Lindholm decided on Tuesday to close the bridge over the river until the end of the year, after engineers had found cracks in two of its pillars.'
	'p:“We were told nothing until the morning it happened,” said Marta Holm, who has run the bakery beside the bridge for 24 years and fears for her trade.'
	'p:About 4300 people cross the bridge every day, most of them on the way to the hospital or to the station on the northern bank of the river.'
	'p:A report of the road office had warned of the cracks in the spring of last year, but the money for the repairs was spent on the new ice rink instead.'
)
DOWN=(
	'p:Our site is undergoing scheduled maintenance. We apologise for the inconvenience and expect to be back within the next two hours, with all that you know.'
	'p:If you have an urgent question please contact our reader service by telephone between nine and five on weekdays, or write to us at the usual address.'
)

# look TIME BLOCK...: a capture of the article.
look() {
	local time=$1
	shift
	article "${ADDRESS:-$URL}" "${TITLE:-Bridge closed}" "2026-05-${time}:00Z" "$@"
}

# said RECEIPTS: status and reason of each, in a line.
said() {
	jq -r '[.status, .error] | map(select(. != "")) | join(" ")' "$1" | paste -sd,
}

@test "a page that is down is no edit, and a rewritten text is one the day after" {
	{
		look 03T10:00 "${TEXT[@]}"
		TITLE=Maintenance look 03T18:00 "${DOWN[@]}"
		TITLE=Maintenance look 04T13:59 "${DOWN[@]}"
		look 04T15:00 "${TEXT[@]}"
		TITLE=Maintenance look 05T10:00 "${DOWN[@]}"
		TITLE=Maintenance look 05T18:00 "${DOWN[@]}"
		TITLE=Maintenance look 06T10:00 "${DOWN[@]}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,unconfirmed other-text,unconfirmed other-text,same,unconfirmed other-text,unconfirmed other-text,changed' ]
	run -0 jq -r 'select(.looks == 2) | "\(.first_seen) \(.looks_wanted)"' receipts
	[ "${lines[0]}" = '2026-05-03T18:00:00Z 3' ]
	run -0 git -C a.git log -1 --format='%(trailers:key=First-Seen,valueonly)%(trailers:key=Fetched,valueonly)'
	[ "${lines[0]}" = 2026-05-05T10:00:00Z ] && [ "${lines[1]}" = 2026-05-06T10:00:00Z ]
}

@test "a solid edit is stored at once, whatever was in doubt before" {
	{
		look 03T10:00 "${TEXT[@]}"
		look 03T11:00 "${TEXT[@]:0:2}"
		look 03T12:00 "${TEXT[0]/two/three}" "${TEXT[@]:1}"
	} | stet-commit a.git >receipts
	[[ $(said receipts) == 'new,unconfirmed '*',changed' ]]
}

@test "a counter that moves at each look never makes a version, and no edit is hidden by it" {
	{
		for i in 0 1 2 3 4 5 6 7; do
			look "03T1$i:00" "${TEXT[@]}" "p:$((900 + i * 37)) visitors"
		done
		look 03T18:00 "${TEXT[0]/two/three}" "${TEXT[@]:1}" 'p:1321 visitors'
	} | stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" = 2 ]
	[ "$(tail -n 1 receipts | statuses)" = 'changed numbers,text' ] ||
		[ "$(tail -n 1 receipts | statuses)" = 'changed numbers' ]
	# what is stored is what was served
	git -C a.git show "main:$(tail -n 1 receipts | jq -r .path)" | grep -q '1321 visitors'
}

@test "a line that stays is a version within minutes" {
	{
		look 03T10:00 "${TEXT[@]}"
		for minute in 00 05 10 15; do
			look "03T11:$minute" "${TEXT[@]}" 'p:The mayor declined to comment.'
		done
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,unconfirmed line,unconfirmed line,unconfirmed line,changed' ]
}

@test "a label is to be seen more often than a sentence: it may be drawn by lot" {
	{
		look 03T10:00 "${TEXT[@]}"
		for minute in 00 05 10 15 20 25; do
			look "03T11:$minute" "${TEXT[@]}" 'p:The harbour in pictures'
		done
	} | stet-commit a.git >receipts
	[ "$(said receipts | grep -o 'unconfirmed line' | wc -l)" = 5 ]
	[ "$(tail -n 1 receipts | jq -r .status)" = changed ]
}

@test "a page that breaks off after an edit is no version, a whole one is" {
	{
		look 03T10:00 "${TEXT[@]}"
		look 03T12:00 "${TEXT[0]/two/three}" "${TEXT[1]}" "${TEXT[2]:0:90}"
		look 03T13:00 "${TEXT[0]/two/three}" "${TEXT[@]:1}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,unconfirmed cut,changed' ]
}

@test "a name in capitals is the same name" {
	{
		look 03T10:00 "${TEXT[@]}" | jq -c '.byline = "Ada Falk"'
		look 03T12:00 "${TEXT[@]}" | jq -c '.byline = "ADA FALK"'
		look 03T14:00 "${TEXT[@]}" | jq -c '.byline = "By Ada Falk"'
		look 03T16:00 "${TEXT[@]}" | jq -c '.byline = "Ada Falke"'
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,same,same,changed' ]
}

@test "a standfirst that is found elsewhere on the page is no edit" {
	{
		look 03T10:00 'p:A standfirst of this length stands above the text of the article.' "${TEXT[@]}"
		look 03T12:00 "${TEXT[@]}" |
			jq -c '.summary = "A standfirst of this length stands above the text of the article."'
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,same' ]
}

@test "a date that is another at each look is learned, an edit is not lost by it" {
	{
		for hour in 10 11 12 13 14 15 16 17; do
			look "03T$hour:00" "${TEXT[@]}" | jq -c --arg at "2026-05-03T$hour:00:00Z" '.published = $at'
		done
		look 03T18:00 "${TEXT[0]/two/three}" "${TEXT[@]:1}" | jq -c '.published = "2026-05-03T18:00:00Z"'
	} | stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" = 2 ]
	[ "$(tail -n 1 receipts | jq -r .status)" = changed ]
}

@test "a headline that the page does not know elsewhere was tried on readers" {
	alone() { jq -c '.signals = ["title-alone"] | .title = "Anger over the bridge"'; }
	{
		look 03T10:00 "${TEXT[@]}" | alone
		look 03T18:00 "${TEXT[@]}"
		look 04T02:00 "${TEXT[@]}" | alone
		look 04T10:00 "${TEXT[@]}"
	} | stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" = 1 ]
}

@test "a text that grew much shorter is a version after two days, once" {
	mapfile -t many < <(for i in $(seq 14); do echo "p:Paragraph $i tells of the harbour, of its builders and of what they were paid for it."; done)
	{
		look 03T10:00 "${many[@]}"
		for at in 03T18 04T02 04T10 04T18 05T02 05T10; do look "$at:00" "${many[@]:0:3}"; done
	} | stet-commit a.git >receipts
	[ "$(git -C a.git rev-list --count main)" = 2 ]
	[ "$(tail -n 1 receipts | jq -r .status)" = changed ]
	[ "$(tail -n 2 receipts | head -n 1 | jq -r .error)" = shortened ]
}

@test "the text of another article under the address shows nothing" {
	{
		ADDRESS=$URL-other TITLE=Other look 03T09:00 "${DOWN[@]}"
		look 03T10:00 "${TEXT[@]}"
		TITLE=Other look 04T10:00 "${DOWN[@]}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,new,blocked elsewhere' ]
}

@test "behind a gate the beginning of a text shows nothing" {
	{
		look 03T10:00 "${TEXT[@]}"
		MORE='{"gate": "subscribe to continue"}' look 03T11:00 "${TEXT[@]:0:3}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,blocked paywall' ]
}

@test "a move that is seen at its new address first is one history" {
	{
		look 03T10:00 "${TEXT[@]}"
		ADDRESS=$URL-renamed look 03T11:00 "${TEXT[@]}"
		event moved "$URL" 2026-05-03T11:00:01Z | jq -c ".location = \"$URL-renamed\""
		ADDRESS=$URL-renamed look 03T11:01 "${TEXT[@]}"
	} >records
	stet-commit a.git <records >receipts
	[ "$(said receipts)" = 'new,unconfirmed same-text,moved,same' ]
	for address in "$URL" "$URL-renamed"; do
		run -0 stet-log a.git "$address"
		[ "${#lines[@]}" -eq 2 ]
	done
	path=$(tail -n 1 receipts | jq -r .path)
	[ "$(git -C a.git log --follow --format=%h -- "$path" | wc -l)" -eq 2 ]
}

@test "a page that names its new address as its own has moved" {
	{
		look 03T10:00 "${TEXT[@]}"
		ADDRESS=$URL-renamed look 03T11:00 "${TEXT[@]}"
		MORE="{\"canonical\": \"$URL-renamed\", \"key\": \"$URL-renamed\"}" look 03T11:01 "${TEXT[@]}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,unconfirmed same-text,moved,same' ]
}

@test "a copy is an article of its own once both answered, and says whose" {
	{
		look 03T10:00 "${TEXT[@]}"
		for minute in 00 05 10; do
			ADDRESS=$URL-copy look "03T11:$minute" "${TEXT[@]}"
			look "03T11:$minute" "${TEXT[@]}"
		done
	} | stet-commit a.git >receipts
	[ "$(git -C a.git log -1 --format='%(trailers:key=Same-Text-As,valueonly,separator=)')" = "$URL" ]
}

@test "another address of the same page is the article's" {
	{
		look 03T10:00 "${TEXT[@]}"
		ADDRESS=https://m.daily.example/2026/05/03/bridge?page=1 look 03T11:00 "${TEXT[@]}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,same' ]
	run -0 stet-log a.git https://m.daily.example/2026/05/03/bridge
}

@test "three misses of a crawler that counts none are a withdrawal after 48 hours" {
	{
		look 03T10:00 "${TEXT[@]}"
		event failed "$URL" 2026-05-04T10:00:00Z not-found
		event failed "$URL" 2026-05-05T10:00:00Z not-found
		event failed "$URL" 2026-05-06T09:59:59Z not-found
		event failed "$URL" 2026-05-06T10:00:00Z not-found
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,failed not-found,failed not-found,failed not-found,gone not-found' ]
}

@test "the memory goes round, and what was dropped can be read" {
	look 03T10:00 "${TEXT[@]}" | stet-commit a.git | stet-mark a.git >/dev/null
	MORE='{"record_id": "<urn:uuid:1>"}' TITLE=Maintenance look 03T18:00 "${DOWN[@]}" |
		stet-commit a.git | stet-mark a.git >/dev/null
	STET_NOW=2026-05-03T18:31:00Z stet-due a.git </dev/null >due
	[[ $(cut -f10 due) == *doubt=other-text,1,3,* ]]
	run -0 stet-due --explain "$URL" a.git
	[[ $output == *'other-text, seen 1 of 3 times'* ]]
	# another process decides by what the link brought
	MORE="{\"doubt\": \"$(cut -f10 due)\"}" TITLE=Maintenance look 03T18:31 "${DOWN[@]}" |
		stet-commit a.git | stet-mark a.git >receipts
	[ "$(jq .looks receipts)" = 2 ]
	run -0 stet-log --doubts a.git "$URL"
	[[ $output == *open*other-text*'<urn:uuid:1>'* ]]
	look 03T19:00 "${TEXT[@]}" | stet-commit a.git | stet-mark a.git >/dev/null
	run -0 stet-log --doubts --json a.git
	[ "$(jq -r '.outcome + " " + .records[0]' <<<"$output")" = 'dropped <urn:uuid:1>' ]
}

@test "an upgrade of the extractor is no edit, with kept captures and without" {
	mkdir kept && cp "$FIXTURES/capture.warc" kept/a.warc
	stet-init news.git >/dev/null 2>&1
	git -C news.git config stet.warc "$PWD/kept"
	stet-extract <kept/a.warc | jq -c '.extractor = "stet/0.0.1" | .blocks |= .[:-1]' |
		stet-commit news.git | stet-mark news.git >/dev/null
	stet-replay news.git | stet-extract | stet-commit news.git | stet-mark news.git >receipts
	[ "$(jq -r .status receipts | sort -u)" = technical ]
	[ "$(stet-replay news.git | wc -c)" -eq 0 ]
	{
		look 03T10:00 "${TEXT[@]}"
		MORE='{"extractor": "stet/2"}' look 03T11:00 "${TEXT[@]}" "${DOWN[0]}"
		MORE='{"extractor": "stet/2"}' look 03T12:00 "${TEXT[@]}" "${DOWN[1]}"
	} | stet-commit a.git >receipts
	[ "$(said receipts)" = 'new,technical,changed' ]
}

@test "a withdrawn article says when and why, a text that is back names its version" {
	{
		look 03T10:00 "${TEXT[@]}"
		look 03T12:00 "${TEXT[0]/two/three}" "${TEXT[@]:1}"
		look 03T14:00 "${TEXT[@]}"
		jq -nc --arg url "$URL" '{v: 1, event: "gone", url: $url, key: $url, status: 410,
			reason: "gone", fetched: "2026-05-05T10:00:00Z"}'
	} | stet-commit a.git >receipts
	run -0 --separate-stderr stet-show a.git "$URL"
	[[ $stderr == *'withdrawn 2026-05-05T10:00:00Z (gone)'* ]]
	run -0 stet-diff a.git "$URL"
	[[ $output == *'withdrawn 2026-05-05T10:00:00Z (gone)'* ]]
	[ "$(stet-diff --json a.git "$URL" | jq -r '.withdrawn, .withdrawn_reason' | paste -sd' ')" = '2026-05-05T10:00:00Z gone' ]
	run -0 stet-log a.git "$URL"
	[[ $output == *'revert'*'version 1 again'* ]]
}

@test "a redirect that comes after its target in one run is one history, whatever was edited" {
	new=${URL/bridge/closed-bridge}
	look 03T10:00 "${TEXT[@]}" | stet-commit a.git >receipts
	{
		ADDRESS=$new TITLE='Another headline' look 03T18:00 "${TEXT[0]}" "${DOWN[@]}"
		jq -nc --arg url "$URL" --arg to "$new" '{v: 1, event: "moved", url: $url, key: $url,
			location: $to, status: 301, fetched: "2026-05-03T18:00:05Z"}'
	} >records
	stet-commit a.git <records >receipts
	[ "$(jq -s length receipts)" = 2 ]
	git -C a.git ls-tree -r --name-only main >files
	[ "$(wc -l <files)" = 1 ]
	[ "$(stet-log a.git "$URL" | wc -l)" -ge 2 ]
	diff <(stet-log a.git "$URL") <(stet-log a.git "$new")
}
