# Article records for tests that begin with an archive: `load lib/stories`.

# article URL TIME TITLE PARAGRAPH...: a line of stet-article(5). The
# environment may set SOURCE, BYLINE, SUMMARY, ARTICLE_LANG, PUBLISHED.
article() {
	local url=$1 fetched=$2 title=$3
	shift 3
	printf '%s\n' "$@" | jq -Rnc --arg url "$url" --arg fetched "$fetched" \
		--arg title "$title" --arg source "${SOURCE:-herald}" \
		--arg byline "${BYLINE:-}" --arg summary "${SUMMARY:-}" \
		--arg lang "${ARTICLE_LANG:-en}" --arg published "${PUBLISHED:-}" '{v: 1,
		event: "article", url: $url, key: $url, source: $source,
		title: $title, byline: $byline, published: $published,
		lang: $lang, summary: $summary,
		blocks: [inputs | {kind: "p", text: .}],
		status: 200, fetched: $fetched}'
}

# event KIND URL TIME REASON [LOCATION]: a record without an article.
event() {
	jq -nc --arg event "$1" --arg url "$2" --arg fetched "$3" \
		--arg reason "$4" --arg location "${5:-}" --arg source "${SOURCE:-herald}" \
		'{v: 1, event: $event, url: $url, key: $url, source: $source,
		reason: $reason, location: $location, status: 410,
		fetched: $fetched}'
}
