# What a newcomer types first: scripts/quickstart, with the bundled capture
# and live against a server.
load helper

@test "quickstart replays the bundled capture and shows what came of it" {
	run -0 "$ROOT/scripts/quickstart" --dir "$PWD/demo"
	[[ $output == *"git log --oneline"* && $output == *"== Done"* ]]
	[[ $output == *'[-"Minister lied'* ]]
	[ -f demo/site/index.html ]
	git -C demo/archive.git fsck --full --strict
	url() {
		git -C demo/archive.git log --format='%(trailers:key=Event,valueonly,separator=)' --reverse -- "$1" | tr '\n' ' '
	}
	# Each article's story is the one that the capture tells.
	[ "$(url gazette.example/2026/03/02/harbour-bridge-report.md)" = "new changed changed " ]
	[ "$(url gazette.example/2026/03/02/kittiwake-ferry.md)" = "new changed changed " ]
	[ "$(url gazette.example/2026/03/03/free-school-meals.md)" = "new changed changed " ]
	[ "$(url gazette.example/2026/03/03/veldt-dam-contract.md)" = "new gone restored " ]
	[ "$(url courier.example)" = "new new " ]
	git -C demo/archive.git grep -q 'façade' main
	# What it says to try next can be pasted, here and in its own folder.
	for where in "$PWD" "$ROOT"; do
		[ "$where" = "$PWD" ] ||
			output=$(cd "$ROOT" && scripts/quickstart --dir "$BATS_TEST_TMPDIR/demo")
		sed -n '/^Try next:/,/^$/s/^  //p' <<<"$output" >next
		[ "$(wc -l <next)" = 7 ]
		while IFS= read -r line; do
			case $line in *"stet serve "*) continue ;; esac # it stays
			(cd "$where" && bash -c "$line" </dev/null) >said
			[ -s said ]
		done <next
	done
	# A second time starts afresh and comes to the same.
	head=$(git -C demo/archive.git rev-parse main)
	run -0 "$ROOT/scripts/quickstart" --dir "$PWD/demo"
	[ "$(git -C demo/archive.git rev-parse main)" = "$head" ]
}

@test "quickstart works live with a feed and an article" {
	start_nginx
	mkdir -p www/2026
	for n in 1 2 3; do
		cat >"www/2026/story-$n.html" <<-EOF
		<html lang="en"><head><title>The lighthouse, part $n</title></head><body><article>
		<h1>The lighthouse, part $n</h1>
		<p>The lighthouse at the end of the eastern mole is to be painted green again, the harbour master said, in part $n of a long story.</p>
		<p>It had been green until 1954, when a shortage of paint made it white, and nobody had asked why since then, he said on Monday.</p>
		<p>The work is to be done in May and will be paid for by the fishermen, who say that white is a colour for summer guests.</p>
		</article></body></html>
		EOF
	done
	printf '<rss version="2.0"><channel><item><link>%s/2026/story-1.html</link></item><item><link>%s/2026/story-2.html</link></item></channel></rss>' \
		"$SITE_URL" "$SITE_URL" >www/feed.rss
	run -0 "$ROOT/scripts/quickstart" --dir "$PWD/demo" --contact test@herald.example \
		--allow-net 127.0.0.0/8 "$SITE_URL/feed.rss" "$SITE_URL/2026/story-3.html"
	[ "$(git -C demo/archive.git rev-list --count main)" = 3 ]
	[ -f demo/site/index.html ]
	[ "$(git -C demo/archive.git config --get-regexp '^source\..*feed$' | awk '{ print $2 }')" = "$SITE_URL/feed.rss" ]
	grep -q 'test@herald.example' nginx/access.log
}

@test "quickstart refuses bad usage" {
	run -2 "$ROOT/scripts/quickstart" --no-such-option
	run -2 "$ROOT/scripts/quickstart" --dir
	run -0 "$ROOT/scripts/quickstart" --help
	[[ $output == *--contact* ]]
}

@test "deps lists each package once and refuses other systems clearly" {
	run -0 "$ROOT/scripts/deps" test --list
	[ "$(sort <<<"$output" | uniq -d)" = "" ]
	mkdir bin
	ln -s /bin/bash /usr/bin/env /usr/bin/cat /usr/bin/id bin/
	PATH=$PWD/bin run -2 "$ROOT/scripts/deps" build
	[[ $output == *"no apt-get"* && $output == *libgit2-dev* ]]
}
