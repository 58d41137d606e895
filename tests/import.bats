# scripts/import: what diffengine, NewsEdits, NewsDiffs and Open Terms Archive
# hold becomes an archive. The fixtures have their tables and files.
load helper

database() {
	python3 - "$1" <<-'PY'
	import sqlite3, sys
	db = sqlite3.connect(sys.argv[1])
	db.executescript("""
	CREATE TABLE feed (url TEXT PRIMARY KEY, name TEXT, created DATETIME);
	CREATE TABLE entry (id INTEGER PRIMARY KEY, url TEXT, created DATETIME, checked DATETIME);
	CREATE TABLE feedentry (id INTEGER PRIMARY KEY, feed_id TEXT, entry_id INTEGER, created DATETIME);
	CREATE TABLE entryversion (id INTEGER PRIMARY KEY, title TEXT, url TEXT, summary TEXT, created DATETIME,
	    archive_url TEXT, entry_id INTEGER);
	INSERT INTO feed VALUES ('https://paper.test/rss', 'The Paper', '2020-01-01');
	INSERT INTO entry VALUES (1, 'https://paper.test/dam', '2020-01-01', '2020-01-01'), (2, 'https://other.test/b', '', '');
	INSERT INTO feedentry VALUES (1, 'https://paper.test/rss', 1, '');
	INSERT INTO entryversion VALUES
	    (1, 'Dam holds', 'https://paper.test/dam', '<p>Twelve people &amp; a dog were saved.</p><p>The dam held.</p>',
	        '2020-01-01 10:00:00.123456', NULL, 1),
	    (3, 'Dam breaks', 'https://paper.test/dam', '<p>Twenty-one people &amp; a dog were saved.</p><p>The dam held.</p>',
	        '2020-01-01 12:30:00', NULL, 1),
	    (2, 'Bridge', 'https://other.test/b', '<p>The bridge is closed.</p>', '2020-01-01 11:00:00', NULL, 2),
	    (4, 'Lost', 'nowhere', '<p>x</p>', '2020-01-02', NULL, 3);
	""")
	PY
}

# versions ARCHIVE URL: time, source and headline of each, by stet's own eyes.
versions() {
	stet log --json "$1" "$2" | jq -r '[.fetched, .source, .title, (.classes | join("+"))] | join(" | ")'
}

@test "diffengine's database" {
	database d.db
	run -1 --separate-stderr bash -c '"$ROOT/scripts/import" diffengine d.db >records'
	[[ $stderr == *"'nowhere' is no address"* ]]
	[ "$(wc -l <records)" = 3 ]
	stet commit -q a.git <records >receipts
	versions a.git https://paper.test/dam >got
	cat >wanted <<-'EOT'
	2020-01-01T10:00:00Z | The Paper | Dam holds | 
	2020-01-01T12:30:00Z | The Paper | Dam breaks | headline+numbers
	EOT
	diff wanted got
	stet show a.git https://paper.test/dam 1 | grep -qx 'Twelve people & a dog were saved\.'
	versions a.git https://other.test/b | grep -q '| other.test | Bridge |'
	# The same again is nothing new.
	stet commit -q a.git <records | jq -r .status | sort -u | grep -qx same
}

@test "a database of NewsEdits, packed" {
	python3 - <<-'PY'
	import sqlite3
	db = sqlite3.connect("n.db")
	db.execute("CREATE TABLE entryversion (entry_id INTEGER, version INTEGER, num_versions INTEGER, title TEXT, "
	    "url TEXT, summary TEXT, created TEXT)")
	for n, text in enumerate(["<p>There are 12 bridges.</p><p>Old.</p>", "<p>There are 21 bridges.</p><p>Old.</p>", "<p>There are 21 bridges.</p>"]):
	    db.execute("INSERT INTO entryversion VALUES (7, ?, 3, 'Bridges', 'http://www.daily.test/x', ?, ?)",
	        (n, text, "2019-05-0%d 08:00:00" % (n + 1)))
	db.commit()
	PY
	gzip n.db
	"$ROOT/scripts/import" newsedits --source daily n.db.gz | stet commit -q a.git >receipts
	[ "$(versions a.git http://www.daily.test/x | wc -l)" = 3 ]
	versions a.git http://www.daily.test/x | sed -n 2p | grep -q '^2019-05-02T08:00:00Z | daily | Bridges | .*numbers'
}

@test "NewsDiffs: texts in git, the rest in a database" {
	git init -q -b master articles
	mkdir -p articles/www.paper.test/2013
	text() {
		printf '%s\n' 'May 1, 2013' "$1" 'By A. Writer' '' "$2" 'The second paragraph.' >articles/www.paper.test/2013/x.html
		git -C articles add -A
		GIT_COMMITTER_DATE=$3 git -C articles -c user.name=n -c user.email=n@x commit -qm x --date "$3"
		git -C articles rev-parse HEAD >>shas
	}
	text 'Quiet night' 'Nothing happened.' '2013-05-01T10:00:00 -0400'
	text 'Loud night' 'Something happened.' '2013-05-01T11:30:00 -0400'
	python3 - <<-'PY'
	import sqlite3
	db = sqlite3.connect("nd.db")
	db.executescript("""
	CREATE TABLE Articles (id INTEGER PRIMARY KEY, url TEXT, initial_date TEXT, last_update TEXT, last_check TEXT, git_dir TEXT);
	CREATE TABLE version (id INTEGER PRIMARY KEY, article_id INTEGER, v TEXT, title TEXT, byline TEXT, date TEXT,
	    boring BOOLEAN, diff_json TEXT);
	INSERT INTO Articles VALUES (1, 'http://www.paper.test/2013/x.html', '', '', '', 'old');
	""")
	for n, (sha, title) in enumerate(zip(open("shas").read().split(), ["Quiet night", "Loud night"])):
	    db.execute("INSERT INTO version VALUES (?, 1, ?, ?, 'By A. Writer', ?, 0, '')", (n, sha, title, "2013-05-01 1%d" % n))
	db.execute("INSERT INTO version VALUES (9, 1, 'deadbeef', 'x', '', '2014', 0, '')")
	db.commit()
	PY
	run -1 --separate-stderr bash -c '"$ROOT/scripts/import" newsdiffs articles nd.db >records'
	[[ $stderr == *"'deadbeef'"* ]]
	stet commit -q a.git <records >receipts
	versions a.git http://www.paper.test/2013/x.html >got
	sed -n 1p got | grep -qx '2013-05-01T14:00:00Z | paper.test | Quiet night | '
	sed -n 2p got | grep -q '^2013-05-01T15:30:00Z | paper.test | Loud night | headline'
	[ "$(jq -sc '.[0].blocks | map(.text)' records)" = '["Nothing happened.","The second paragraph."]' ]
}

@test "Open Terms Archive: what its extraction alone changed is no edit" {
	git init -q -b main versions
	mkdir versions/Acme
	terms() {
		printf '%s\n' '# Terms' '' "$2" '' '- one thing' '- another thing' >'versions/Acme/Terms of Service.md'
		git -C versions add -A
		GIT_COMMITTER_DATE=$3 git -C versions -c user.name=n -c user.email=n@x commit -qm "$1"
	}
	terms 'First record of Acme Terms of Service' 'You own what you write.' 2022-01-01T00:00:00Z
	terms 'Apply technical or declaration upgrade on Acme Terms of Service' 'You own what you write. Share' 2022-02-01T00:00:00Z
	terms 'Record new changes of Acme Terms of Service' 'We own what you write. Share' 2022-03-01T00:00:00Z
	git -C versions rm -q 'Acme/Terms of Service.md'
	GIT_COMMITTER_DATE=2022-04-01T00:00:00Z git -C versions -c user.name=n -c user.email=n@x commit -qm 'Remove'
	"$ROOT/scripts/import" open-terms --base https://terms.test/ versions >records
	stet commit -q a.git <records >receipts
	stet log --json a.git https://terms.test/Acme/Terms%20of%20Service | jq -r '.event' | xargs >events
	[ "$(cat events)" = 'new technical changed gone' ] || { cat events; return 1; }
	jq -sc '.[0].blocks | map(.kind)' records | grep -qx '\["h2","p","li","li"\]'
}

@test "what is none of these is told" {
	echo junk >junk.db
	run -1 "$ROOT/scripts/import" diffengine junk.db
	[[ $output == *"import: "* ]]
	run -1 "$ROOT/scripts/import" diffengine none.db
	[[ $output == *"there is no 'none.db'"* ]]
	python3 -c 'import sqlite3; sqlite3.connect("e.db").execute("CREATE TABLE x (y)")'
	run -1 "$ROOT/scripts/import" newsedits e.db
	[[ $output == *"no table entryversion"* ]]
	run -1 "$ROOT/scripts/import" open-terms .
	run -2 "$ROOT/scripts/import" newsdiffs onlyone
	run -2 "$ROOT/scripts/import" nothing x
}
