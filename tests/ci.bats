# scripts/ci/cycle: an archive that lives in a repository elsewhere.
load helper

# story NAME TEXT
story() {
	mkdir -p www/2026
	cat >"www/2026/$1.html" <<-EOT
	<!DOCTYPE html><html lang="en"><head><title>$2</title></head><body><article><h1>$2</h1>
	<p>The council has said on Monday that the library ($2) will be open again from next week on.</p>
	<p>Some 240 people had asked for it in letters, many of them since the storms of last autumn.</p>
	</article></body></html>
	EOT
	{
		echo '<rss version="2.0"><channel><title>H</title><link>/</link>'
		for file in www/2026/*.html; do
			file=${file#www/2026/}
			echo "<item><title>$file</title><link>$SITE_URL/2026/$file</link></item>"
		done
		echo '</channel></rss>'
	} >www/feed.rss
}

setup() {
	common_setup
	start_nginx
	git init -q --bare -b main remote.git
	cat >stet.config <<-EOT
	[stet]
		contact = desk@paper.example
		allowNet = 127.0.0.0/8
		delay = 0
	[source "herald"]
		feed = $SITE_URL/feed.rss
	EOT
	story one "First headline"
}

# cycle DIR TIME: a machine of its own, whose folder may be new.
cycle() {
	mkdir -p "$1"
	(cd "$1" && STET_NOW=$2 "$ROOT/scripts/ci/cycle" "$OLDPWD/remote.git" "$OLDPWD/stet.config" site)
}

subjects() {
	git -C remote.git log --format=%s main
}

@test "each cycle takes over what the last one stored, on new machines too" {
	cycle a 2026-05-04T09:00:00Z
	[ "$(subjects)" = "herald: First headline" ]
	[ -s a/site/index.html ]
	story one "Second headline"
	cycle b 2026-05-04T12:00:00Z
	[ "$(subjects)" = $'herald: Second headline\nherald: First headline' ]
	git -C remote.git fsck --strict
	# The first machine, with its cache.
	story two "Another story"
	cycle a 2026-05-04T15:00:00Z
	[ "$(subjects | head -n 1)" = "herald: Another story" ]
	[ "$(subjects | wc -l)" = 3 ]
	stet list --json a/news.git | jq -r .title | grep -qx 'Second headline'
}

@test "two cycles at once: both are kept, none twice" {
	cycle a 2026-05-04T09:00:00Z
	cp -r a b
	story one "Second headline"
	cycle a 2026-05-04T12:00:00Z
	# b has begun before a published: it sees the remote only when it pushes.
	story two "Another story"
	mv remote.git later.git
	git clone -q --bare later.git remote.git
	git -C remote.git update-ref refs/heads/main main^
	mkdir bin
	cat >bin/stet <<-EOT
	#!/bin/sh
	"$BUILD/stet" "\$@"
	status=\$?
	if [ "\$1" = run ]; then rm -rf "$PWD/remote.git"; mv "$PWD/later.git" "$PWD/remote.git"; fi
	exit \$status
	EOT
	chmod +x bin/stet
	PATH=$PWD/bin:$PATH cycle b 2026-05-04T12:00:30Z
	[ "$(subjects | sort | uniq -c | awk '{ print $1 }' | sort -u)" = 1 ]
	[ "$(subjects | sort)" = $'herald: Another story\nherald: First headline\nherald: Second headline' ]
	git -C remote.git fsck --strict
}

@test "a shallow archive is made whole before anything is added" {
	cycle a 2026-05-04T09:00:00Z
	story one "Second headline"
	cycle a 2026-05-04T12:00:00Z
	mkdir c
	git clone -q --bare --depth 1 "file://$PWD/remote.git" c/news.git
	story one "Third headline"
	cycle c 2026-05-04T18:00:00Z
	[ "$(subjects | wc -l)" = 3 ]
	[ "$(git -C c/news.git rev-parse --is-shallow-repository)" = false ]
}

@test "the workflows call it as it is" {
	for file in github.yml gitlab.yml; do
		python3 - "$ROOT/scripts/ci/$file" <<-'PY'
		import re, sys
		text = open(sys.argv[1]).read()
		assert re.search(r'stet/scripts/ci/cycle "[^"]+" stet\.config (site|public)', text)
		assert "\t" not in text
		PY
	done
}
