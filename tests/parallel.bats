# scripts/parallel-run: workers by ssh make the history that one machine makes,
# though one is killed, one hangs and one answers twice.
load helper

setup() {
	common_setup
	[ -x /usr/sbin/sshd ] || skip 'there is no sshd: scripts/deps test'
	mkdir -p www/feed bin
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f key
	ssh-keygen -q -t ed25519 -N '' -f host
}

teardown() {
	local pid
	for pid in *.pid hung; do
		[ ! -s "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
	done
}

# worker NAME: an sshd of its own on loopback.
worker() {
	local port
	port=$(free_port)
	cat >"$1.conf" <<-EOT
	Port $port
	ListenAddress 127.0.0.1
	HostKey $PWD/host
	PidFile $PWD/$1.pid
	AuthorizedKeysFile $PWD/key.pub
	StrictModes no
	UsePAM no
	MaxStartups 100
	SetEnv WORKER=$1
	EOT
	/usr/sbin/sshd -f "$1.conf" -E "$1.log"
	for _ in {1..200}; do
		[ ! -s "$1.pid" ] || break
		sleep 0.05
	done
	cat >>ssh.conf <<-EOT
	Host $1
	HostName 127.0.0.1
	Port $port
	IdentityFile $PWD/key
	UserKnownHostsFile /dev/null
	StrictHostKeyChecking no
	LogLevel ERROR
	EOT
}

# Pages on many hosts, which are addresses of loopback.
pages() {
	local host n
	{
		echo '<rss version="2.0"><channel>'
		for host in {1..8}; do
			for n in 1 2 3; do
				echo "<item><title>Story $host $n</title><link>http://127.0.0.$host:$PORT/2026/03/01/story-$host-$n.html</link></item>"
				{
					echo "<html lang=en><head><title>Story $host of day $n</title></head><body><article><h1>Story $host of day $n</h1>"
					for p in 1 2 3 4; do
						echo "<p>On day $n the council of quarter $host has said for the ${p}th time that the bridge near the old market will be closed for $((host * n + p)) days, and that all buses go the long way.</p>"
					done
					echo '</article></body></html>'
				} >"www/story-$host-$n.html"
			done
		done
		echo '</channel></rss>'
	} >www/feed/rss.xml
	mkdir -p www/2026/03/01 && mv www/story* www/2026/03/01
	: >www/robots.txt
}

archive() {
	stet-init --contact desk@paper.example "$1" >/dev/null
	git -C "$1" config stet.allowNet 127.0.0.0/8
	git -C "$1" config stet.delay 0.1
	stet-add --no-check "$1" paper "http://127.0.0.1:$PORT/feed/rss.xml" >/dev/null 2>&1 ||
		git -C "$1" config source.paper.feed "http://127.0.0.1:$PORT/feed/rss.xml"
}

@test "one worker killed, one that hangs and answers twice: one machine's history" {
	PORT=$(free_port)
	python3 -m http.server -d www --bind 0.0.0.0 "$PORT" >/dev/null 2>access.log &
	echo $! >http.pid
	pages
	for _ in {1..100}; do
		! curl -s -o /dev/null "http://127.0.0.3:$PORT/robots.txt" || break
		sleep 0.1
	done
	archive one.git
	stet-run -q one.git
	[ "$(git -C one.git rev-list --count main)" = 24 ]
	ln -s "$BUILD"/stet-* bin/
	rm bin/stet-extract
	cat >bin/stet-extract <<-EOT
	#!/bin/bash
	cd "$PWD"
	EOT
	cat >>bin/stet-extract <<-'EOT'
	if [ "$WORKER" = first ] && mkdir killed 2>/dev/null; then
		head -c 3000 >/dev/null
		session=$PPID
		while [ "$(ps -o ppid= -p "$session" | tr -d ' ')" != "$(cat first.pid)" ]; do
			session=$(ps -o ppid= -p "$session" | tr -d ' ')
		done
		kill -9 "$(cat first.pid)" "$session"
		exit 1
	fi
	if [ "$WORKER" = second ] && mkdir hangs 2>/dev/null; then
		echo $$ >hung
		exec sleep 600
	fi
	EOT
	cat >>bin/stet-extract <<-EOT
	cd - >/dev/null
	"$BUILD/stet-extract" "\$@" | tee twice
	cat twice
	EOT
	chmod +x bin/stet-extract
	worker first
	worker second
	archive news.git
	run -0 "$ROOT/scripts/parallel-run" -S 1/first,2/second --stet "$PWD/bin" \
		--ssh "ssh -F $PWD/ssh.conf" --timeout 10 news.git
	[[ ${lines[-1]} == "parallel-run: 24 due, 24 new" ]]
	[ -e killed ] && [ -e hangs ]
	[ "$(git -C news.git rev-parse 'main^{tree}')" = "$(git -C one.git rev-parse 'main^{tree}')" ]
	[ "$(git -C news.git log --format='%s %(trailers:key=Version)' | sort)" = \
		"$(git -C one.git log --format='%s %(trailers:key=Version)' | sort)" ]
	[ ! -s news.git/stet/pending ]
	[ "$(stet-due news.git </dev/null | wc -l)" = 0 ]
	git -C news.git fsck --strict
}

@test "without a worker that answers nothing is lost" {
	PORT=$(free_port)
	python3 -m http.server -d www --bind 0.0.0.0 "$PORT" >/dev/null 2>access.log &
	echo $! >http.pid
	pages
	for _ in {1..100}; do
		! curl -s -o /dev/null "http://127.0.0.1:$PORT/robots.txt" || break
		sleep 0.1
	done
	worker first
	kill "$(cat first.pid)"
	archive news.git
	run -1 "$ROOT/scripts/parallel-run" -S first --ssh "ssh -F $PWD/ssh.conf" news.git
	[[ $output == *"done by no worker and are due again"* ]]
	[ "$(wc -l <news.git/stet/pending)" = 24 ]
	stet-run -q news.git
	[ "$(git -C news.git rev-list --count main)" = 24 ]
	run -2 "$ROOT/scripts/parallel-run" news.git
	[[ $output == *"workers, please"* ]]
}
