# stet-search: words, phrases, what was taken out and brought in.

load helper
load lib/stories

BRIDGE=https://herald.example/2026/03/02/bridge
PORT=https://courier.example/2026/03/04/port

setup() {
	common_setup
	{
		article $BRIDGE 2026-03-02T08:00:00Z "Bridge closed" \
			"The bridge is closed to lorries." \
			"According to two engineers, twelve bearings are worn." \
			"A ferry runs every hour."
		article $BRIDGE 2026-03-02T10:00:00Z "Bridge closed" \
			"The bridge is closed to lorries." \
			"Twenty-one bearings are worn." \
			"A ferry runs every hour."
		article $BRIDGE 2026-03-05T10:00:00Z "Bridge open again" \
			"The bridge is open." \
			"According to two engineers, it should not be."
		SOURCE=courier article $PORT 2026-03-04T09:00:00Z "Élan at the port" \
			"The café by the harbour closed. Engineers two by two looked on." \
			"港口大桥对卡车关闭，工程师表示。"
	} >articles.jsonl
	stet-commit news.git <articles.jsonl >/dev/null
}

# hits ARG...: VERSION-LAST of each hit and its source.
hits() {
	stet-search --json "$@" | jq -r '"\(.source) \(.version)-\(.last)"'
}

@test "a word is found in every version that has it, as runs of versions" {
	[ "$(hits news.git ferry)" = "herald 1-2" ]
	[ "$(hits news.git lorries)" = "herald 1-2" ]
	[ "$(hits news.git bridge)" = "herald 1-3" ]
	[ "$(hits news.git bridge open)" = "herald 3-3" ]
	[ "$(hits news.git nowhere)" = "" ]
}

@test "a phrase that stood in any version is found, gone and come back" {
	[ "$(hits news.git '"two engineers"')" = $'herald 1-1\nherald 3-3' ]
	[ "$(hits news.git '"engineers two"')" = "courier 1-1" ]
	[ "$(hits news.git '"according to two engineers" ferry')" = "herald 1-1" ]
	# No phrase reaches from one paragraph into the next.
	[ "$(hits news.git '"lorries according"')" = "" ]
}

@test "words in two paragraphs of different versions do not meet" {
	[ "$(hits news.git ferry open)" = "" ]
}

@test "removed and added tell the version of the change" {
	[ "$(hits --removed news.git engineers)" = "herald 2-2" ]
	[ "$(hits --added news.git engineers)" = "herald 3-3" ]
	[ "$(hits --removed news.git ferry)" = "herald 3-3" ]
	[ "$(hits --removed news.git bridge)" = "" ]
	run -0 stet-search --removed news.git engineers
	[[ $output == *"removed in version 2"* ]]
	[[ $output == *"two *engineers*, twelve bearings"* ]]
}

@test "case and accents do not matter, endings with a star" {
	[ "$(hits news.git elan)" = "courier 1-1" ]
	[ "$(hits news.git CAFE)" = "courier 1-1" ]
	[ "$(hits news.git Café)" = "courier 1-1" ]
	[ "$(hits news.git 'harb*')" = "courier 1-1" ]
	[ "$(hits news.git harb)" = "" ]
	[ "$(hits news.git 'engineer*' -- -ferry)" = $'courier 1-1\nherald 3-3' ]
}

@test "a word is found in all its forms, in quotes in this one" {
	[ "$(hits news.git engineer)" = "$(hits news.git engineers)" ]
	[ "$(hits news.git engineer)" != "" ]
	[ "$(hits news.git '"engineer"')" = "" ]
	[ "$(hits news.git '"engineers"')" = "$(hits news.git engineers)" ]
	run -0 stet-search --removed news.git engineer
	[[ $output == *"two *engineers*, twelve bearings"* ]]
	[ "$(hits news.git bridge -- -lorry)" = "herald 3-3" ]
	# Another form of it is not the word's removal.
	article $BRIDGE 2026-03-06T10:00:00Z "Bridge open again" \
		"The bridge is open." "One engineer says that it should not be." |
		stet-commit -q news.git
	[ "$(hits --removed news.git engineers)" = "herald 2-2" ]
}

@test "the forms are those of the article's language" {
	{
		ARTICLE_LANG=de article $BRIDGE/de 2026-03-07T08:00:00Z \
			"Die Häuser am Fluss" "Zwölf Häusern fehlt das Dach."
		ARTICLE_LANG=ru article $BRIDGE/ru 2026-03-07T09:00:00Z \
			"Мосты закрыты" "Инженеры проверили два моста."
		ARTICLE_LANG=xx article $BRIDGE/xx 2026-03-07T10:00:00Z \
			"Lorries gone" "Nothing else."
		ARTICLE_LANG=nb-NO article $BRIDGE/nb 2026-03-07T11:00:00Z \
			"Ferjene går igjen" "Sju ferjer."
	} | stet-commit -q news.git
	[ "$(hits news.git Haus)" = "herald 1-1" ]
	run -0 stet-search news.git hauser
	[[ $output == *"*Häuser* am Fluss"* ]]
	[ "$(hits news.git мост)" = "herald 1-1" ]
	[ "$(hits news.git ferje)" = "herald 1-1" ]
	# Without rules for the language a word is itself.
	[ "$(hits news.git lorry)" = "herald 1-2" ]
	[ "$(hits news.git lorries)" = $'herald 1-1\nherald 1-2' ]
	# A change of language changes nothing in the index.
	ARTICLE_LANG=fr article $BRIDGE/de 2026-03-08T08:00:00Z \
		"Die Häuser am Fluss" "Zwölf Häusern fehlt das Dach, heißt es." |
		stet-commit -q news.git
	[ "$(hits news.git Haus)" = "herald 1-2" ]
	[ "$(hits news.git heißt)" = "herald 2-2" ]
	stet-search --rebuild news.git
	[ "$(hits news.git Haus)" = "herald 1-2" ]
}

@test "the best matches first, where that is asked" {
	article $BRIDGE/ferries 2026-03-01T08:00:00Z "Ferries" "Ferry, ferry, ferry." |
		stet-commit -q news.git
	article $BRIDGE/long 2026-03-09T08:00:00Z "Timetable" \
		"$(printf 'train tram %.0s' $(seq 200)) and a ferry." |
		stet-commit -q news.git
	run -0 stet-search --json news.git ferry
	[ "$(head -n 1 <<<"$output" | jq -r .title)" = Timetable ]
	run -0 stet-search --best --json news.git ferry
	[ "$(head -n 1 <<<"$output" | jq -r .title)" = Ferries ]
	[ "$(tail -n 1 <<<"$output" | jq -r .title)" = Timetable ]
}

@test "an index of an earlier stet is made anew" {
	hits news.git ferry
	python3 -c 'import sqlite3
d = sqlite3.connect("news.git/stet/search.db")
d.executescript("DROP TABLE language; UPDATE meta SET value = 1 WHERE name = \"schema\"")'
	[ "$(hits news.git engineer)" = "$(hits news.git engineers)" ]
	[ "$(hits news.git engineer)" != "" ]
}

@test "scripts without spaces are found in any part" {
	[ "$(hits news.git 大桥)" = "courier 1-1" ]
	[ "$(hits news.git 工程师表)" = "courier 1-1" ]
	[ "$(hits news.git 桥大)" = "" ]
	run -0 stet-search news.git 卡车
	[[ $output == *"港口大桥对*卡车*关闭"* ]]
}

@test "source and dates narrow the search" {
	[ "$(hits --source courier news.git engineers)" = "courier 1-1" ]
	[ "$(hits --source courier news.git bridge)" = "" ]
	[ "$(hits --since 2026-03-03 news.git bridge)" = "herald 3-3" ]
	[ "$(hits --until 2026-03-02T09:00:00Z news.git ferry)" = "herald 1-2" ]
	[ "$(hits --since 2026-03-02T09:00:00Z --until 2026-03-03 news.git ferry)" = "herald 2-2" ]
	[ "$(hits --until 2026-03-01 news.git ferry)" = "" ]
}

@test "no query is malformed and none is a language of its own" {
	for query in '"' '""' '"unclosed ferry' 'ferry"' 'NEAR(' 'a AND' \
		'words: ferry' '^ferry' 'ferry*' '(ferry' '-' '*' '{x} : y' \
		"'; DROP TABLE page; --" 'ferry OR'; do
		run --separate-stderr stet-search news.git -- "$query"
		[ "$status" -eq 0 ] || { [ "$status" -eq 2 ] && [[ $stderr == *"nothing to search for"* ]]; }
		[[ $stderr != *fts5* && $stderr != *syntax* ]]
	done
	[ "$(hits news.git '(ferry')" = "herald 1-2" ]
	[ "$(hits news.git '"unclosed')" = "" ]
	[ "$(hits news.git '"a ferry')" = "herald 1-2" ]
}

@test "the index is caught up by each search" {
	[ "$(hits news.git sandstone)" = "" ]
	article $BRIDGE 2026-03-06T10:00:00Z "Bridge open again" \
		"The bridge is of sandstone." | stet-commit news.git >/dev/null
	[ "$(hits news.git sandstone)" = "herald 4-4" ]
	[ "$(hits news.git ferry)" = "herald 1-2" ]
	[ "$(hits --removed news.git '"two engineers"')" = $'herald 2-2\nherald 4-4' ]
}

@test "a lost, a damaged and a rebuilt index give the same answers" {
	stet-search --json --limit 0 news.git 'e*' >before
	rm news.git/stet/search.db*
	stet-search --json --limit 0 news.git 'e*' >after
	cmp before after
	head -c 100000 /dev/urandom >news.git/stet/search.db
	run -0 --separate-stderr stet-search news.git ferry
	[[ $stderr == *"made anew"* ]]
	run -0 stet-search --rebuild news.git
	[ "$output" = "" ]
	stet-search --json --limit 0 news.git 'e*' >after
	cmp before after
	[ -s before ]
}

@test "the index follows a history that was rewritten" {
	hits news.git ferry
	article $PORT 2026-04-01T08:00:00Z "Other" "A lighthouse." |
		stet-commit other.git >/dev/null
	git -C news.git fetch -q ../other.git +main:main
	[ "$(hits news.git lighthouse)" = "herald 1-1" ]
	[ "$(hits news.git ferry)" = "" ]
}

@test "hidden articles are not found" {
	stet hide news.git $BRIDGE
	[ "$(hits news.git ferry)" = "" ]
	[ "$(hits news.git engineers)" = "courier 1-1" ]
	stet hide --undo news.git $BRIDGE
	[ "$(hits news.git ferry)" = "herald 1-2" ]
}

@test "the limit is kept and told" {
	run -0 --separate-stderr stet-search -n 1 --json news.git engineers
	[ "$(wc -l <<<"$output")" = 1 ]
	[[ $stderr == *"more hits"* ]]
	run -0 --separate-stderr stet-search -n 0 --json news.git engineers
	[ "$(wc -l <<<"$output")" = 3 ]
	[ -z "$stderr" ]
}

@test "text of the network cannot steer the terminal" {
	article $PORT 2026-05-01T08:00:00Z $'Red \e[31m alarm' \
		$'beacon \e]8;;http://x\e\\ and \xe2\x80\xae more' |
		stet-commit news.git >/dev/null
	run -0 stet-search news.git beacon
	[[ $output != *$'\e'* && $output != *$'\xe2\x80\xae'* ]]
}

@test "the examples of the man page" {
	run -0 stet-search news.git '"according to two engineers"'
	[[ $output == *"*According to two engineers*"* ]]
	run -0 stet-search --removed --since 2026-03-01 --until 2026-04-01 news.git engineers
	[[ $output == *"removed in version 2"* ]]
	run -0 stet-search --json news.git -- 'bridge*' -ferry
	[ "$(jq -r .version <<<"$output")" = 3 ]
}

@test "bad usage, no archive, a full disk" {
	run -2 --separate-stderr stet-search
	[[ $stderr == *"an archive, please"* ]]
	run -2 --separate-stderr stet-search nowhere.git word
	[[ $stderr == *nowhere.git* ]]
	run -2 --separate-stderr stet-search news.git
	[[ $stderr == *"nothing to search for"* ]]
	run -2 --separate-stderr stet-search --since soon news.git word
	[[ $stderr == *"'soon'"* ]]
	run -2 --separate-stderr stet-search --removed --added news.git word
	run -2 --separate-stderr stet-search news.git $'\xff'
	[[ $stderr == *"not UTF-8"* ]]
	run -3 bash -c 'stet-search news.git bridge >/dev/full'
	run -2 --separate-stderr stet-search --no-such-option news.git word
	run -2 --separate-stderr stet-search news.git bridge -ferry
	[[ $stderr == *"bad option '-ferry'; what begins with '-' and is none goes after '--'"* ]]
	run -0 stet-search --help
	[[ $output == usage:* ]]
}

@test "an empty archive has nothing" {
	new_archive empty.git
	run -1 --separate-stderr stet-search empty.git word
	[ -z "$output" ]
	[ "$stderr" = "stet-search: no matches" ]
	run -1 --separate-stderr stet-search -q empty.git word
	[ -z "$stderr" ]
	run -0 stet-search --rebuild empty.git
}
