# stet-merge: shards become the history that one machine would have made.
load helper

head_of() {
	git -C "$1" rev-parse main
}

# A random history as records of distinct times, and its archive.
history() {
	"$LIB/random-history" "$1" >records
	stet commit --quiet --no-sync whole.git <records >/dev/null 2>&1 || [ $? = 1 ]
}

@test "shards by article, merged, are the whole, commit for commit" {
	tried=0
	for seed in {101..125}; do
		rm -rf ./*.git
		history "$seed"
		[ -n "$(git -C whole.git rev-parse -q --verify main)" ] || continue
		# Articles that move to another's address stay together: by host.
		for host in a b; do
			grep -F "\"key\": \"https://$host.example" records |
				stet commit --quiet --no-sync $host.git >/dev/null 2>&1 || [ $? = 1 ]
		done
		[ -n "$(git -C a.git rev-parse -q --verify main)" ] || continue
		[ -n "$(git -C b.git rev-parse -q --verify main)" ] || continue
		# What went from one host to the other is no partition.
		[ -z "$(jq -c 'select(.event == "moved" and (.key[0:20] != .location[0:20]))' records)" ] || continue
		stet merge --quiet out.git b.git a.git
		[ "$(head_of out.git)" = "$(head_of whole.git)" ] || { echo "seed $seed"; return 1; }
		tried=$((tried + 1))
		[ $tried -lt 4 ] || break
	done
	[ $tried -ge 2 ]
}

article() {
	jq -nc --arg t "$1" --arg text "$2" '{v: 1, event: "article", url: "https://p.example/2026/a",
		key: "https://p.example/2026/a", source: "p", title: "A bridge", fetched: $t, status: 200,
		extractor: "stet/0.1.0", blocks: [{kind: "p", text: $text},
		{kind: "p", text: "The council has said on Monday that the bridge will be closed for a month, and that buses go the long way round."}]}'
}

@test "older captures are put where they belong, and the old branch is kept" {
	article 2026-03-02T10:00:00Z "Twelve people were hurt when the crane fell on Sunday evening." >first
	article 2026-03-03T10:00:00Z "Thirteen people were hurt when the crane fell on Sunday evening." >second
	article 2026-03-05T10:00:00Z "Fifteen people were hurt when the crane fell on Sunday evening." >third
	cat first second third | stet commit --quiet whole.git >/dev/null
	cat first third | stet commit --quiet news.git >/dev/null
	git -C news.git config stet.contact desk@paper.example
	before=$(head_of news.git)
	run -0 stet merge news.git news.git - <second
	[[ $output == "stet-merge: 3 records, 3 commits in news.git" ]]
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
	[ "$(git -C news.git for-each-ref --format='%(objectname)' refs/stet/before)" = "$before" ]
	[ "$(git -C news.git config stet.contact)" = desk@paper.example ]
	git -C news.git fsck --strict
	run -0 stet index --check news.git
	[ "$(stet log --json news.git https://p.example/2026/a | jq -r .version | xargs)" = "1 2 3" ]
	# Once more changes nothing.
	stet merge --quiet news.git news.git - <second
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
}

@test "what cannot be merged is told, and nothing is left behind" {
	article 2026-03-02T10:00:00Z "Twelve people were hurt when the crane fell." |
		stet commit --quiet a.git >/dev/null
	mkdir taken
	run -2 --separate-stderr stet merge taken a.git
	[[ $stderr == *"'taken' is there already"* ]]
	run -2 --separate-stderr stet merge out.git a.git nowhere.git
	[[ $stderr == *"'nowhere.git' is no archive"* ]]
	run -2 --separate-stderr stet merge out.git a.git - <<<'no record'
	[[ $stderr == *"no article record"* ]]
	[ ! -e out.git ]
	[ -z "$(find . -maxdepth 1 -name '.stet-merge*')" ]
	run -2 stet merge out.git
}

@test "captures shared at random among machines, some late, merged: one machine's history" {
	for seed in 1 6 11 16; do
		rm -rf ./*.git parts && mkdir parts
		"$LIB/random-captures" $seed $((seed + 4)) 3 parts
		stet commit --quiet --no-sync whole.git <parts/all >/dev/null 2>&1 || [ $? = 1 ]
		for i in 0 1; do
			stet commit --quiet --no-sync $i.git <parts/$i >/dev/null 2>&1 || [ $? = 1 ]
		done
		stet merge --quiet --late out.git 1.git 0.git - <parts/2 >/dev/null 2>&1 || [ $? = 1 ]
		[ "$(head_of out.git)" = "$(head_of whole.git)" ] || { echo "from seed $seed"; return 1; }
	done
}

@test "late captures wait in the archive, and come to their places" {
	article 2026-03-02T10:00:00Z "Twelve people were hurt when the crane fell on Sunday evening." >first
	article 2026-03-03T10:00:00Z "Thirteen people were hurt when the crane fell on Sunday evening." >second
	article 2026-03-05T10:00:00Z "Fifteen people were hurt when the crane fell on Sunday evening." >third
	cat first second third | stet commit --quiet whole.git >/dev/null
	cat first third | stet commit --quiet news.git >/dev/null
	run -0 --separate-stderr stet commit news.git <second
	[ "$(jq -r '.status + .error' <<<"$output")" = late ]
	[[ $stderr == *"1 capture is older than what is stored"* ]]
	cmp second news.git/stet/late/late.jsonl
	# The same again is known, and kept once.
	run -0 stet commit --quiet news.git <second
	[ "$(jq -r .status <<<"$output")" = same ]
	[ "$(wc -l <news.git/stet/late/late.jsonl)" = 1 ]
	# A power cut left half a line: it has no receipt.
	printf '{"v":1,"half' >>news.git/stet/late/late.jsonl
	stet commit --quiet news.git < <(article 2026-03-04T10:00:00Z "Fourteen people were hurt when the crane fell on Sunday evening.") >/dev/null
	[ "$(jq -r .fetched news.git/stet/late/late.jsonl | xargs)" = "2026-03-03T10:00:00Z 2026-03-04T10:00:00Z" ]
	sed -i 2d news.git/stet/late/late.jsonl
	# Without --late they go on waiting.
	stet merge --quiet other.git news.git
	[ "$(git -C other.git rev-list --count main)" = 2 ]
	run -0 stet merge --late news.git
	[ "$(head_of news.git)" = "$(head_of whole.git)" ]
	[ ! -e news.git/stet/late/late.jsonl ]
	[ -z "$(find . -maxdepth 1 -name '.stet-merge*')" ]
}

@test "a doubt and a removal that two archives saw parts of are settled" {
	miss() {
		jq -nc --arg t "$1" '{v: 1, event: "failed", reason: "not-found", status: 404, fetched: $t,
			url: "https://p.example/2026/a", key: "https://p.example/2026/a", source: "p"}'
	}
	article 2026-03-02T10:00:00Z "Twelve people were hurt when the crane fell on Sunday evening." >first
	miss 2026-03-03T10:00:00Z >one
	miss 2026-03-04T11:00:00Z >two
	miss 2026-03-05T11:00:00Z >three
	cat first one two three | stet commit --quiet whole.git >/dev/null
	[ "$(git -C whole.git rev-list --count main)" = 2 ]
	cat first one three | stet commit --quiet a.git >/dev/null
	cat first two | stet commit --quiet b.git >/dev/null
	[ "$(git -C a.git rev-list --count main)" = 1 ]
	stet merge --quiet out.git a.git b.git
	[ "$(head_of out.git)" = "$(head_of whole.git)" ]
	# What one alone has seen stays open, and is handed on.
	stet merge --quiet copy.git a.git
	[ "$(head_of copy.git)" = "$(head_of a.git)" ]
	cmp <(sort a.git/stet/late/doubt.jsonl) <(sort copy.git/stet/late/doubt.jsonl)
	stet merge --quiet out2.git copy.git b.git
	[ "$(head_of out2.git)" = "$(head_of whole.git)" ]
}

@test "a merge that is killed goes on where it was" {
	mkdir parts bin
	"$LIB/random-captures" 2 2 2 parts
	stet commit --quiet --no-sync whole.git <parts/all >/dev/null 2>&1 || [ $? = 1 ]
	stet commit --quiet --no-sync 0.git <parts/0 >/dev/null 2>&1 || [ $? = 1 ]
	ln -s "$BUILD"/stet-* bin/
	rm bin/stet-merge bin/stet-commit
	cp "$BUILD/stet-merge" bin/
	cat >bin/stet-commit <<-EOT
	#!/bin/bash
	[ ! -e killed ] && [ -e .stet-merge.out.git/out.git ] || exec "$BUILD/stet-commit" "\$@"
	touch killed
	head -n 25 | "$BUILD/stet-commit" -b 5 "\$@"
	for _ in {1..200}; do
		[ "\$(wc -l <.stet-merge.out.git/receipts)" -lt 20 ] || break
		sleep 0.05
	done
	kill -9 0
	EOT
	chmod +x bin/stet-commit
	run -137 setsid -w bin/stet-merge --late out.git 0.git - <parts/1
	[ ! -e out.git ]
	[ "$(wc -l <.stet-merge.out.git/receipts)" -ge 20 ]
	printf '{"v":1,"url":"cut' >>.stet-merge.out.git/receipts
	cp -r .stet-merge.out.git before
	run -0 bin/stet-merge --late out.git 0.git - <parts/1
	[ "$(head_of out.git)" = "$(head_of whole.git)" ]
	[ ! -e .stet-merge.out.git ]
	# With other inputs it begins anew.
	rm -rf out.git && mv before .stet-merge.out.git
	run -0 bin/stet-merge --late out.git - <parts/all
	[ "$(head_of out.git)" = "$(head_of whole.git)" ]
}
