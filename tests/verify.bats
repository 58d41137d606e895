# stet-verify: finds what is wrong, names what mends it, and mends it.

load helper
load lib/records

setup() {
	common_setup
	export STET_NOW=2026-01-10T00:00:00Z
	many 40 | stet-commit -q a.git | stet-mark a.git >receipts
	stet-render a.git site
}

state() {
	jq -r 'select(.check == "'"$1"'").state' <<<"$output"
}

@test "a sound archive is sound, and nothing is written" {
	cp "$FIXTURES/capture.warc" .
	run -0 --separate-stderr stet-verify --json --receipts receipts --site site --warc . a.git
	[ "$(jq -r '.check + " " + .state' <<<"$output" | xargs)" = \
		"branch ok objects ok index ok schedule ok receipts ok warc ok site ok" ]
	[ "$stderr" = "" ]
	run -0 stet-verify --quick a.git
	[[ $output == *"objects   ok"* ]]
	run -2 stet-verify
	run -2 stet-verify nowhere.git
}

@test "a damaged object, an object that is missing" {
	pack=$(find a.git -name '*.pack' | head -1)
	chmod u+w "$pack"
	printf 'xxxxxxxx' | dd of="$pack" bs=1 seek=2000 conv=notrunc 2>/dev/null
	run -1 stet-verify --json a.git
	[ "$(state objects)" = wrong ]
	rm "$pack" "${pack%.pack}.idx"
	run -1 stet-verify --quick --json a.git
	[[ $output == *'"wrong"'* ]]
}

@test "an index and a schedule that do not fit are named, and mended" {
	python3 - <<-'PYTHON'
	import sqlite3
	i = sqlite3.connect("a.git/stet/index.db")
	i.execute("UPDATE article SET title = 'x' WHERE id = 3")
	i.commit()
	d = sqlite3.connect("a.git/stet/schedule.db")
	d.execute("DELETE FROM entries WHERE place IN (SELECT place FROM entries LIMIT 2)")
	d.execute("UPDATE entries SET checked_s = 1999999999 WHERE place = (SELECT max(place) FROM entries)")
	d.commit()
	PYTHON
	run -1 stet-verify --json a.git
	[ "$(state index)" = wrong ]
	[ "$(state schedule)" = wrong ]
	[[ $output == *"stet index --rebuild a.git"* && $output == *"stet mark --mend a.git"* ]]
	[[ $output == *"lacks 2 articles, and 1 check is of the future"* ]]
	run -0 stet-verify --json --repair a.git
	[ "$(state index)" = mended ]
	[ "$(state schedule)" = mended ]
	run -0 stet-verify a.git
}

@test "receipts without a commit, a cut WARC, pages by another hand" {
	sed '1s/"commit":"[0-9a-f]*"/"commit":"1111111111111111111111111111111111111111"/' receipts >other
	mkdir kept
	head -c 30000 "$FIXTURES/capture.warc" >kept/cut.warc
	echo '<p>mine' >>site/index.html
	run -1 stet-verify --json --receipts other --warc kept --site site a.git
	[ "$(state receipts)" = wrong ]
	[ "$(state warc)" = wrong ]
	[ "$(state site)" = wrong ]
	# What could not be checked is not ok.
	run -1 stet-verify --json --receipts nofile --warc /nowhere a.git
	[ "$(state receipts) $(state warc)" = "wrong wrong" ]
	mkdir empty
	echo junk >junk
	run -1 stet-verify --json --receipts junk --warc empty a.git
	[ "$(state receipts) $(state warc)" = "wrong wrong" ]
	rm kept/cut.warc
	"$LIB/mkwarc" 2026-01-01T00:00:00Z 200 https://a.example/ <<<"<p>A text." >whole
	sed 's/A text/B text/' whole >kept/forged.warc
	run -1 stet-verify --json --warc kept a.git
	[[ $output == *"not what its digest says"*"https://a.example/"* ]]
	run -0 stet-verify --json --repair --site site a.git
	[ "$(state site)" = mended ]
	run -0 stet-verify --repair --site site a.git
}
