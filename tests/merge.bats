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
