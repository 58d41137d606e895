#!/usr/bin/env bats
# URLs, keys and paths against judges from outside: node's URL, git's fsck.

load helper

@test "URLs parse as node parses them" {
	command -v node >/dev/null || skip "node is not installed"
	run -0 node "$LIB/url-differential.js" "$BUILD/lib/urlparse" 20261123 20000
	[[ ${lines[-1]} == "20000 same, 0 different, "* ]]
	parsed=${lines[-1]##*, }
	[ "${parsed% parsed}" -gt 4000 ]
}

# The cases of the URL standard's own tests and of Unicode's, in the copies of
# two packages of Debian.
@test "URLs parse as the published suites have it" {
	suites=(/usr/share/cargo/registry/url-*/tests/urltestdata.json
		/usr/share/cargo/registry/idna-*/tests/IdnaTestV2.txt)
	[ -e "${suites[0]}" ] || skip "librust-url-dev is not installed"
	run -0 "$LIB/url-suites.py" "$BUILD/lib/urlparse" "${suites[@]}"
	read -r successes _ failures _ others _ _ _ domains _ <<<"${output//,/}"
	[ "$successes" -ge 211 ]
	[ "$failures" -ge 234 ]
	[ "$others" -ge 236 ]
	[ "$domains" -ge 5000 ]
}

# Prints URLs that are out to make trouble in a tree.
hostile_urls() {
	local name host
	for name in . .. .git .GIT .git. '.git%20' 'git~1' GIT~1 .gitmodules \
		'.g%E2%80%8Cit' '.%e2%80%8dgit' '.git::$INDEX_ALLOCATION' \
		'.git%3A%3A%24DATA' 'gitmod~1' 'gi7eba~1' .gitattributes \
		con CON aux.txt nul com1 lpt9.x a%5Cb 'a%00b' a%0Ab '%ff%fe' \
		'a.' 'a%20' -rf '~' '~root' '$HOME' 'a%2F..%2F..%2Fb' \
		e%CC%81 %C3%A9 %C3%89 a A a.md A.md a.md.md .md index \
		index.html "$(printf 'x%.0s' {1..300})" '%2e%2e' '...' '*' '?' \
		'%E2%80%AE' "a'b" 'a"b' '(a)' '[a]' 'a%09b'; do
		for host in a.example A.example.md con .git git~1; do
			printf 'http://%s/%s\n' "$host" "$name" \
				"$host" "$name/" "$host" "$name/b" \
				"$host" "x/$name/y/$name" \
				"$host" "2016/07/15/$name" \
				"$host" "2016/07/15/$name/" \
				"$host" "2016/07/15?$name" \
				"$host" "$name?$name" "$host" "$name//"
		done
	done
}

@test "no URL makes a path that git or a checkout objects to" {
	hostile_urls | "$BUILD/lib/urlpaths" | sort -u >paths
	[ "$(wc -l <paths)" -gt 1000 ]
	[ -z "$(cut -f1 paths | sort | uniq -d)" ]
	[ -z "$(cut -f1 paths | tr A-Z a-z | sort | uniq -d)" ]
	git init -q --bare -b main tree.git
	git -C tree.git config core.protectNTFS true
	git -C tree.git config core.protectHFS true
	while IFS=$'\t' read -r path key; do
		printf 'M 100644 inline %s\ndata <<END\n%s\nEND\n' "$path" "$key"
	done <paths >changes
	{
		printf 'commit refs/heads/main\ncommitter a <a@b> 0 +0000\n'
		printf 'data 1\nx\n'
		cat changes
	} | git -C tree.git fast-import --quiet
	git -C tree.git fsck --strict --full
	[ "$(git -C tree.git ls-tree -r main | wc -l)" -eq "$(wc -l <paths)" ]
	# The index and a checkout have rules of their own.
	git clone -q -c core.protectNTFS=true -c core.protectHFS=true \
		tree.git checkout
	[ "$(cd checkout && git ls-files | wc -l)" -eq "$(wc -l <paths)" ]
	[ -z "$(git -C checkout status --porcelain)" ]
	[ "$(find checkout -path checkout/.git -prune -o -type f -print |
		wc -l)" -eq "$(wc -l <paths)" ]
}

# An article as an archive of an earlier stet has it: under the key of then.
@test "an article that is filed under an earlier key goes on there" {
	local url
	page() {
		printf '<!doctype html><title>%s</title><article><h1>%s</h1>' "$1" "$1"
		printf '<p>The dam above the town has burst, and %s houses are under water, the mayor said on Monday.</p>' one two three four five six "$1"
		printf '</article>'
	}
	for url in 'https://a.example/2026/dam|burst' 'https://a.example/2026/dam_%28burst%29' \
		'https://a.example/2026/dam?cx_click=1' 'https://a.example/(S(abc))/2026/dam'; do
		rm -rf news.git
		page first | "$LIB/mkwarc" 2026-05-04T08:00:00Z 200 "$url" | stet-extract |
			jq -c --arg key "$url" '.key = $key' | stet-commit news.git >receipts
		[ "$(jq -r .status receipts)" = new ]
		page second | "$LIB/mkwarc" 2026-05-05T08:00:00Z 200 "$url" | stet-extract |
			stet-commit news.git >receipts
		[ "$(jq -r .status receipts)" = changed ]
		[ "$(stet-log news.git "$url" | grep -c 2026-05-0)" -eq 2 ]
	done
}
