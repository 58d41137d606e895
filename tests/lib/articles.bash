# Records for tests of what comes after stet-extract: `load lib/articles`.

# article URL TITLE FETCHED BLOCK...: an article record; a block is
# "KIND:TEXT". MORE (JSON) overrides members.
article() {
	local url=$1 title=$2 fetched=$3
	shift 3
	jq -nc --arg url "$url" --arg title "$title" --arg fetched "$fetched" \
		--argjson more "${MORE:-"{}"}" '{
		v: 1, event: "article", url: $url, key: $url, source: "daily",
		title: $title, byline: "By Ida Berg", published: "2026-05-03",
		lang: "en", summary: "", extractor: "stet/1", status: 200,
		fetched: $fetched, payload_digest: ("sha1:" + $fetched),
		blocks: [$ARGS.positional[] | capture("(?<kind>[a-z0-9]+):(?<text>.*)"; "s")]
	} + $more' --args "$@"
}

# event NAME URL FETCHED [REASON]: a record of an event without a text.
event() {
	jq -nc --arg event "$1" --arg url "$2" --arg fetched "$3" --arg reason "${4:-}" '{
		v: 1, event: $event, url: $url, key: $url, source: "daily",
		fetched: $fetched, reason: $reason, extractor: "stet/1"
	}'
}

# statuses: the statuses of receipts on stdin with their classes, a line each.
statuses() {
	jq -r '[.status, (.classes | join(",")), .error] | map(select(. != "")) | join(" ")'
}
