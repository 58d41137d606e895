# The project's own habits: the suite can fail, lint bites, what is bundled is
# what its program writes, and the tree installs and goes without a trace.
load helper

@test "a failing test makes the suite fail" {
	# bats can leave the countdown of so short a test behind, and waits for it.
	export BATS_TEST_TIMEOUT=
	printf 'load %s\n@test "no" { false; }\n' "$ROOT/tests/helper" >bad.bats
	run -1 "$ROOT/scripts/check" "$PWD/bad.bats"
	[ "${lines[-1]}" = "0 passed, 1 failed" ]
	printf 'load %s\n@test "no" { syntax(; }\n' "$ROOT/tests/helper" >bad.bats
	run -1 "$ROOT/scripts/check" "$PWD/bad.bats"
	printf 'load %s\n@test "yes" { true; }\n' "$ROOT/tests/helper" >good.bats
	run -0 "$ROOT/scripts/check" "$PWD/good.bats"
	[ "${lines[-1]}" = "1 passed, 0 failed" ]
}

@test "lint sees a breach of each rule" {
	cp -r "$ROOT"/{Makefile,README.md,LICENSE,cmd,common,scripts,tests,.ci} .
	rm -rf tests/fixtures tests/corpus
	git init -q . && git add -A
	printf '#include "common/article/article.h"\n' >>common/base/str.c
	printf '#include <sqlite3.h>\n' >>common/web/url.c
	printf '#include "cmd/due/due.h"\n' >>cmd/mark/mark.c
	printf '/* \124ODO later */\n' >>common/base/err.c
	printf 'void\nlong_one(void)\n{\n%s\n}\n' "$(yes '	;' | head -n 90)" >>common/base/utf8.c
	printf '`scripts/nowhere`\n' >>README.md
	printf 'x\n' >stray && git add stray
	mkdir stub && ln -s /bin/true stub/make
	run -1 env PATH="$PWD/stub:$PATH" scripts/lint
	[[ $output == *"common/base/str.c: includes 'common/article/article.h' of a higher room"* ]]
	[[ $output == *"common/web/url.c: includes a header that is common/archive/sql's"* ]]
	[[ $output == *"cmd/mark/mark.c: includes 'cmd/due/due.h' of another command"* ]]
	[[ $output == *"open end"* ]]
	[[ $output == *"'long_one' has"* ]]
	[[ $output == *"names 'scripts/nowhere'"* ]]
	[[ $output == *"stray: does not belong"* ]]
}

@test "a banned function does not compile" {
	printf '#include <string.h>\nvoid f(char *a, char *b);\nvoid\nf(char *a, char *b)\n{\n\tstrcpy(a, b);\n}\n' >bad.c
	run -1 cc -I"$ROOT" -D_GNU_SOURCE -include common/base/banned.h -c bad.c
	[[ $output == *poisoned*strcpy* ]]
}

@test "the bundled capture is what its program writes" {
	"$LIB/make-capture" >capture.warc
	cmp capture.warc "$FIXTURES/capture.warc"
}

@test "install and uninstall leave nothing behind" {
	make -s -C "$ROOT" BUILD="$BUILD" install DESTDIR="$PWD/root" PREFIX=/usr
	[ -x root/usr/bin/stet ]
	[ -x root/usr/bin/stet-commit ]
	[ -f root/usr/share/man/man1/stet-commit.1 ]
	[ -f root/usr/share/man/man5/stet-article.5 ]
	run -0 root/usr/bin/stet init --version
	make -s -C "$ROOT" BUILD="$BUILD" uninstall DESTDIR="$PWD/root" PREFIX=/usr
	[ -z "$(find root -type f)" ]
}

@test "each command links no library that it does not use" {
	[ "$BUILD" = "$ROOT/build" ] || skip "only the release build"
	libraries() {
		ldd "$BUILD/$1" | awk '{ print $1 }'
	}
	[[ $(libraries stet-due) != *libcurl* ]]
	[[ $(libraries stet-extract) != *libcurl* && $(libraries stet-extract) != *libgit2* ]]
	[[ $(libraries stet-fetch) != *libgumbo* && $(libraries stet-fetch) != *sqlite* ]]
	[[ $(libraries stet-commit) != *libcurl* && $(libraries stet-commit) != *libgumbo* ]]
}

@test "a fault in a file of words is told with its line" {
	printf '[a en]\nword\n\n[b de]\nWort\n' >capital.words
	printf 'word\n' >none.words
	printf '[A b]\nword\n' >heading.words
	printf '[a]\nword \n' >blank.words
	printf '[a]\nmay = 5\n[b]\nmay = 6\n' >numbers.words
	printf '[a]\n\xff\n' >bytes.words
	run -1 "$ROOT/scripts/wordtable" capital.words
	[[ $output == *"capital.words:5: not a word in lower case: Wort"* ]]
	run -1 "$ROOT/scripts/wordtable" none.words
	[[ $output == *"none.words:1: no heading above: word"* ]]
	run -1 "$ROOT/scripts/wordtable" heading.words
	[[ $output == *"heading.words:1: not a heading: [A b]"* ]]
	run -1 "$ROOT/scripts/wordtable" blank.words
	[[ $output == *"blank.words:2: a blank at an end needs quotes"* ]]
	run -1 "$ROOT/scripts/wordtable" numbers.words
	[[ $output == *"numbers.words: two numbers of may"* ]]
	run -1 "$ROOT/scripts/wordtable" bytes.words
}
