# What scripts that store long inputs have in common: they keep receipts in a
# file, and after a kill give the records that have none.

# whole_lines FILE: a last line that was cut off goes.
whole_lines() {
	# shellcheck disable=SC2016 # it is sed
	sed -i '${/}$/!d}' "$1"
}

# without_receipt RECEIPTS RECORDS: those records, in their order.
without_receipt() {
	if [ ! -s "$1" ]; then
		cat -- "$2"
		return
	fi
	# shellcheck disable=SC2016 # it is awk
	awk '
	function text(name, at, rest) {
		at = index($0, "\"" name "\":\"")
		if (!at)
			return ""
		rest = substr($0, at + length(name) + 4, 8192)
		return substr(rest, 1, index(rest, "\"") - 1)
	}
	FILENAME == ARGV[1] { done[text("url"), text("fetched")]++; next }
	done[text("url"), text("fetched")] > 0 { done[text("url"), text("fetched")]--; next }
	{ print }' "$1" "$2"
}
