# A clock that is ahead: refused at the door, and no harm for ever after.

load helper
load lib/records

URL=https://paper.test/2026/01/01/dam
TEXT='The dam above the old town held through the night, the engineers said.'

setup() {
	common_setup
	export STET_NOW=2026-01-02T00:00:00Z
}

line() {
	stet-commit -q a.git | stet-mark a.git
}

@test "a capture of the future is refused, with its receipt" {
	article $URL Dam "$TEXT" 2026-01-02T23:00:00Z | stet-commit -q a.git >receipts
	[ "$(field status <receipts)" = new ]
	run -1 --separate-stderr stet-commit -q a.git < <(
		article $URL Dam "$TEXT Not." 2026-01-03T00:00:01Z)
	[ "$(field status <<<"$output")" = failed ]
	[[ $stderr == *"'$URL'"*"in the future"* ]]
	[ "$(git -C a.git rev-list --count main)" = 1 ]
	jq -c '.fetched = "2026-01-09T00:00:00Z"' receipts >ahead
	run -1 --separate-stderr stet-mark a.git <ahead
	[ "$output" = "" ]
	[[ $stderr == *"in the future"* ]]
}

@test "what a clock ahead has stored holds up nothing newer" {
	article $URL Dam "$TEXT" 2031-05-05T00:00:00Z |
		STET_NOW=2031-05-05T00:00:00Z line >/dev/null
	[ "$(stet-due a.git | wc -l)" = 0 ]
	run -1 stet-status a.git
	[[ $output == *"2 dates in the future"*"stet mark --mend"* ]]
	cp -r a.git b.git
	stet-mark --mend b.git </dev/null
	[ "$(stet-due b.git | wc -l)" = 1 ]
	article $URL Dam "$TEXT And it holds." 2026-01-01T12:00:00Z | line >receipts
	[ "$(field status <receipts)" = changed ]
	[ "$(stet-due --scheduled --now 2026-01-01T13:00:00Z a.git | wc -l)" = 1 ]
	article $URL Dam "$TEXT And it held." 2026-01-01T18:00:00Z | line >receipts
	[ "$(field status <receipts)" = changed ]
	# From then on late is late again.
	run -0 stet-commit -q a.git < <(article $URL Dam 'Nothing.' 2026-01-01T17:00:00Z)
	[[ $output == *'"status":"late"'* ]]
}
