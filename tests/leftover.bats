# Output files that are none, and what killed processes leave.

load helper
load lib/records

@test "an output file that is a device, FIFO or link is written to, not over" {
	start_nginx
	echo x >www/a.html
	export http_proxy=
	fetch() {
		printf '%s/a.html\n' "$SITE_URL" | timeout 60 stet-fetch -q \
			--allow-net 127.0.0.0/8 --anonymous --delay 0 "$@" >capture
	}
	mknod null c 1 3 2>/dev/null || ln -s /dev/null null
	fetch --remaining null
	[ -c null ]
	mkfifo fifo
	run -3 --separate-stderr fetch --remaining fifo
	[[ $stderr == *"'fifo'"* ]]
	cat fifo >read &
	fetch --remaining fifo
	wait $!
	[ -p fifo ]
	mkdir elsewhere
	echo old >elsewhere/left
	ln -s elsewhere/left link
	fetch --remaining link
	[ -L link ]
	[ ! -s elsewhere/left ]
	fetch --remaining /dev/stderr 2>said
	[ -e /dev/stderr ]
	fetch --remaining plain
	[ -f plain ]
}

@test "links and FIFOs in the site folder are replaced, not followed" {
	many 6 | stet-commit -q a.git >/dev/null
	stet-render a.git site
	echo precious >precious
	find site -type f | sort >files
	head -c 1 files >/dev/null
	for make in 'mkfifo' "ln -s $PWD/precious"; do
		while read -r file; do
			rm "$file"
			$make "$file"
		done <files
		run -0 timeout 60 stet-render a.git site
		[ -z "$(find site -type l -o -type p)" ]
		find site -type f | sort | diff files -
	done
	[ "$(cat precious)" = precious ]
}

@test "locks and parts that killed processes left are removed" {
	many 200 | stet-commit -q --batch 20 a.git >/dev/null
	stet-maintain --force -q a.git
	mkdir -p a.git/objects/info/commit-graphs
	touch a.git/objects/info/commit-graphs/commit-graph-chain.lock \
		a.git/objects/pack/multi-pack-index.lock \
		a.git/objects/pack/{tmp_pack_x1,tmp_idx_x1,stet_tmp_pack_000001} \
		a.git/packed-refs.lock
	touch -d '+3 days' a.git/refs/heads/main.lock a.git/HEAD.lock \
		a.git/config.lock
	find a.git -name '*.lock' ! -path '*/stet/*' -size 0 \
		! -newermt '+1 day' -exec touch -d '-2 minutes' {} +
	touch -d '-2 minutes' a.git/objects/pack/tmp_*
	many 20 2 >in
	timeout 60 stet-commit -q a.git <in >receipts
	[ "$(grep -c . receipts)" = 20 ]
	timeout 60 stet-maintain --force a.git
	timeout 60 stet-add a.git daily https://paper.test/feed
	[ -z "$(find a.git -name 'tmp_*' -o -name 'stet_tmp*' -o -name 'main.lock' \
		-o -name 'commit-graph-chain.lock' -o -name 'multi-pack-index.lock')" ]
	sound a.git
}

@test "a lock or part that somebody has open stays" {
	many 20 | stet-commit -q a.git >/dev/null
	touch a.git/objects/pack/tmp_pack_open a.git/objects/pack/tmp_pack_dead
	touch -d '-1 hour' a.git/objects/pack/tmp_pack_*
	exec 7<a.git/objects/pack/tmp_pack_open
	stet-index a.git >/dev/null
	[ -e a.git/objects/pack/tmp_pack_open ]
	[ ! -e a.git/objects/pack/tmp_pack_dead ]
	exec 7<&-
}

@test "collecting with --prune=now beside a writer fails nobody" {
	many 300 >in
	stet-commit -q --batch 5 a.git <in >receipts 2>stderr &
	pid=$!
	while kill -0 $pid 2>/dev/null; do
		[ ! -e a.git/HEAD ] || git -C a.git gc -q --prune=now 2>/dev/null || true
	done
	wait $pid
	[ "$(grep -c . receipts)" = 300 ]
	[ ! -s stderr ]
	sound a.git
}

@test "without stet/ a second writer waits as well" {
	many 400 1 >in1
	many 400 2 >in2
	stet-commit -q --batch 5 a.git <in1 >receipts.1 2>stderr &
	pid=$!
	while [ "$(grep -c . receipts.1)" -lt 50 ]; do :; done
	rm -rf a.git/stet
	stet-commit -q --batch 5 a.git <in2 >receipts.2 2>>stderr
	wait $pid || true
	jq -r 'select(.commit != "").commit' receipts.? | sort -u >said
	git -C a.git rev-list main | sort >there
	[ -z "$(comm -23 said there)" ]
	[ "$(wc -l <there)" -ge 400 ]
	[ -z "$(git -C a.git fsck --full --strict --no-dangling 2>&1)" ]
}
