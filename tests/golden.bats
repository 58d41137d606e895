# What the commands write about a small fixed archive, a fixed server and fixed
# pages, under a fixed clock: byte for byte the files in tests/golden.
# `scripts/golden` shows the differences, `scripts/golden --accept` takes them
# over.
load helper

@test "golden: receipts, fresh and again" { "$ROOT/scripts/golden" receipts; }
@test "golden: every commit and every file" { "$ROOT/scripts/golden" history; }
@test "golden: hundreds of edits" { "$ROOT/scripts/golden" edits; }
@test "golden: pages, lists, feeds and TimeMaps" { "$ROOT/scripts/golden" site; }
@test "golden: a site that grows in steps" { "$ROOT/scripts/golden" steps; }
@test "golden: what is due, and why" { "$ROOT/scripts/golden" due; }
@test "golden: status" { "$ROOT/scripts/golden" status; }
@test "golden: log, show and diff" { "$ROOT/scripts/golden" reading; }
@test "golden: search" { "$ROOT/scripts/golden" search; }
@test "golden: links of feeds, sitemaps and pages" { "$ROOT/scripts/golden" links; }
@test "golden: articles of pages" { "$ROOT/scripts/golden" extract; }
@test "golden: dates, bylines, titles and redirects" { "$ROOT/scripts/golden" facts; }
@test "golden: pages that are no article" { "$ROOT/scripts/golden" wall; }
@test "golden: WARC of what a server answers" { "$ROOT/scripts/golden" warc; }
@test "golden: what would be fetched" { "$ROOT/scripts/golden" explain; }

@test "golden: help and usage" { "$ROOT/scripts/golden" help; }
@test "golden: what parsers make of mutated input" { "$ROOT/scripts/golden" corpus; }

@test "each group is tested, and a difference is shown" {
	for group in $("$ROOT/scripts/golden" --list); do
		grep -q "scripts/golden\" $group;" "$BATS_TEST_FILENAME"
	done
	mkdir bin
	printf '#!/bin/sh\necho changed\n' >bin/stet-status
	chmod +x bin/stet-status
	for command in "$BUILD"/stet-*; do
		[ -e "bin/${command##*/}" ] || ln -s "$command" bin/
	done
	BUILD=$PWD/bin run -1 "$ROOT/scripts/golden" status
	[[ $output == *"+changed"*"scripts/golden --accept"* ]]
}
