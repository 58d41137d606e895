# stet-backfill: many files in any order make what sorted ones make.
load helper

setup() {
	common_setup
	mkdir files
	"$LIB/shuffle-warc" 7 5 files "$FIXTURES/capture.warc"
	stet extract "$FIXTURES/capture.warc" | sort -s -t '"' -k 1,1 |
		jq -sc 'sort_by(.fetched)[]' | stet commit --quiet whole.git >whole.receipts
}

head_of() {
	git -C "$1" rev-parse main
}

@test "unsorted files make the history of sorted captures, commit for commit" {
	run -0 stet backfill news.git files/*
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
	[[ $output == "stet-backfill: 5 files; "*" captures, "*" of them twice; "*" new, "*" s" ]]
	[ "$(wc -l <news.git/stet/backfill/receipts)" = "$(wc -l <whole.receipts)" ]
	[ ! -e news.git/stet/backfill/parts ]
	git -C news.git fsck --strict
	# The doubts and the times of the checks are known to the schedule.
	[ -e news.git/stet/schedule.db ]
	# Other orders, other names, one after the other: the same.
	run -0 stet backfill -q -j 1 other.git files/3.warc files/0.warc.gz files/4.warc.gz files/2.warc.gz files/1.warc
	[ "$output" = "" ]
	[ "$(head_of other.git)" = "$(head_of whole.git)" ]
	# The same once more makes nothing.
	run -0 stet backfill -q news.git files/*
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
}

@test "one that is killed goes on, while it extracts and while it stores" {
	mkdir bin
	ln -s "$BUILD"/stet-* bin/
	rm bin/stet-backfill bin/stet-commit bin/stet-extract
	cp "$BUILD/stet-backfill" bin/
	cat >bin/stet-extract <<-EOT
	#!/bin/bash
	[[ \$* == *4.warc* && ! -e extracted ]] || exec "$BUILD/stet-extract" "\$@"
	touch extracted
	kill -9 \$\$
	EOT
	cat >bin/stet-commit <<-EOT
	#!/bin/bash
	[ "\$2" = --linger-ms ] && [ ! -e stored ] || exec "$BUILD/stet-commit" "\$@"
	touch stored
	head -n 9 | "$BUILD/stet-commit" -b 3 "\$@"
	for _ in {1..200}; do
		[ "\$(wc -l <news.git/stet/backfill/receipts)" -lt 6 ] || break
		sleep 0.05
	done
	kill -9 0
	EOT
	chmod +x bin/*
	run -3 bin/stet-backfill -j 1 news.git files/*
	[[ $output == *"'files/4.warc.gz' could not be extracted"*"run it again"* ]]
	[ "$(git -C news.git rev-list --all --count)" = 0 ]
	[ "$(find news.git/stet/backfill/parts -type f ! -name '*.*' | wc -l)" = 4 ]
	run -137 setsid -w bin/stet-backfill news.git files/*
	[ "$(wc -l <news.git/stet/backfill/receipts)" -ge 6 ]
	printf '{"v":1,"url":"cut' >>news.git/stet/backfill/receipts
	run -0 bin/stet-backfill news.git files/*
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
	[ "$(wc -l <news.git/stet/backfill/receipts)" = "$(wc -l <whole.receipts)" ]
	jq -e .status news.git/stet/backfill/receipts >/dev/null
}

@test "damaged files, late captures and files that are none are told" {
	head -c 3000 files/4.warc.gz >files/cut.warc.gz
	run -1 stet backfill news.git files/*
	[[ $output == *"'files/cut.warc.gz' is damaged: "* ]]
	[[ $output == *"6 files, 1 of them damaged; "* ]]
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
	# What is older than what is there waits for a merge.
	stet extract "$FIXTURES/capture.warc" | jq -sc 'sort_by(.fetched)[]' >records
	tail -n 3 records | stet commit --quiet live.git >/dev/null
	run -0 stet backfill live.git files/[0-4]*
	if [ -e live.git/stet/late/late.jsonl ]; then
		[[ $output == *" are older than what was stored: stet merge --late live.git" ]]
		stet merge --quiet --late live.git
	fi
	[ "$(git -C live.git rev-parse 'main^{tree}')" = "$(git -C whole.git rev-parse 'main^{tree}')" ]
	run -2 --separate-stderr stet backfill news.git files/none
	[[ $stderr == *"cannot read 'files/none'"* ]]
	run -2 --separate-stderr stet backfill news.git
	run -2 --separate-stderr stet backfill --extract files/*
	[[ $stderr == *"--extract needs --parts"* ]]
	exec 9<news.git/stet/backfill
	flock 9
	run -4 --separate-stderr stet backfill news.git files/1.warc
}

@test "the tasks of a Slurm array extract, one call stores" {
	printf '%s\n' "$PWD"/files/* >list
	export STET=$BUILD SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=3
	for i in 2 0 1; do
		SLURM_ARRAY_TASK_ID=$i "$ROOT/scripts/slurm/extract" list parts
	done
	[ "$(find parts -type f | wc -l)" = 5 ]
	# A task that is queued again has nothing to do.
	find parts -type f -exec touch -d 2001-01-01 {} +
	SLURM_ARRAY_TASK_ID=1 "$ROOT/scripts/slurm/extract" list parts
	[ -z "$(find parts -type f -newermt 2002-01-01)" ]
	run -2 --separate-stderr env -u STET "$ROOT/scripts/slurm/extract" list
	# shellcheck disable=SC2046 # a word each
	stet backfill --quiet --parts parts news.git $(cat list)
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
	[ "$(find parts -type f | wc -l)" = 5 ]
}

@test "the table in stet-scale(7) is what scripts/simulate-scale prints" {
	"$ROOT/scripts/simulate-scale" >table
	sed -n '/^versions /,/^\.Ed/{/^\.Ed/d;p;}' "$ROOT/common/archive/stet-scale.7" >page
	diff page table
	# Costs that were measured give another one.
	(cd "$ROOT" && scripts/bench-backfill --captures 60 --files 3 --dir "$BATS_TEST_TMPDIR" \
		--build "$BUILD" --json) >costs
	jq -e '.extract_ms > 0 and .object_bytes > 500' costs
	"$ROOT/scripts/simulate-scale" --costs costs --versions 1e8 >other
	[ "$(wc -l <other)" = 2 ]
	! diff -q table other
}
