# scripts/queue: a real broker between the links and the archive; it is started
# anew and consumers are killed in the middle, and the history is one machine's.
load helper

ERLANG=/usr/lib/rabbitmq/bin

setup() {
	common_setup
	[ -x $ERLANG/rabbitmq-server ] || skip 'there is no broker: scripts/deps test'
	/usr/bin/python3 -c 'import pika' 2>/dev/null || skip 'there is no python3-pika: scripts/deps test'
	command -v amqp-consume >/dev/null || skip 'there are no amqp-tools: scripts/deps test'
	mkdir -p www/2026/03/01 bin broker
	export HOME=$PWD/broker RABBITMQ_BASE=$PWD/broker ERL_EPMD_PORT
	export RABBITMQ_MNESIA_BASE=$PWD/broker/db RABBITMQ_LOG_BASE=$PWD/broker/log
	export RABBITMQ_ENABLED_PLUGINS_FILE=$PWD/broker/plugins RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
	export RABBITMQ_CONFIG_FILE=$PWD/broker/none RABBITMQ_CONF_ENV_FILE=$PWD/broker/none
	ERL_EPMD_PORT=$(free_port)
	RABBITMQ_NODE_PORT=$(free_port)
	RABBITMQ_DIST_PORT=$(free_port)
	export RABBITMQ_NODE_PORT RABBITMQ_DIST_PORT RABBITMQ_NODENAME=stet$RABBITMQ_NODE_PORT@localhost
	export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 1:1 +sbwt none'
	URL=amqp://guest:guest@127.0.0.1:$RABBITMQ_NODE_PORT
	echo '[rabbitmq_consistent_hash_exchange].' >broker/plugins
}

teardown() {
	local pid
	for pid in *.pid; do
		[ ! -s "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
	done
	[ ! -d broker/db ] || stop_broker || true
	epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
}

start_broker() {
	$ERLANG/rabbitmq-server >>broker/said 2>&1 3>&- 4>&- &
	for _ in {1..600}; do
		! amqp-declare-queue -u "$URL" -q ready >/dev/null 2>&1 || return 0
		sleep 0.1
	done
	cat broker/said
	return 1
}

# As when its machine dies.
stop_broker() {
	local pid
	pid=$(cat broker/db/*.pid) || return
	kill -9 "$pid"
	for _ in {1..100}; do
		[ -e "/proc/$pid" ] || return 0
		sleep 0.1
	done
}

# waiting QUEUE: its messages.
waiting() {
	/usr/bin/python3 - "$URL" "$1" <<-'PYTHON'
	import pika, sys
	channel = pika.BlockingConnection(pika.URLParameters(sys.argv[1] + "/%2F")).channel()
	print(channel.queue_declare(sys.argv[2], passive=True).method.message_count)
	PYTHON
}

# until_true SECONDS COMMAND...
until_true() {
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.2
	done
}

has_receipts() {
	[ "$(cat news.git/stet/queue.receipts 2>/dev/null | jq -r .url | sort -u | wc -l)" -ge "$1" ]
}

has_waiting() {
	[ "$(waiting "$1" 2>/dev/null)" = "$2" ]
}

@test "broker and consumers die in the middle: the history that one machine makes" {
	local host n p starter
	start_broker 3>&- &
	starter=$!
	PORT=$(free_port)
	python3 -m http.server -d www --bind 0.0.0.0 "$PORT" >/dev/null 2>access.log 3>&- &
	echo $! >http.pid
	for host in {1..4}; do
		for n in 1 2 3; do
			echo "http://127.0.0.$host:$PORT/2026/03/01/story-$host-$n.html"
			{
				echo "<html lang=en><head><title>Story $host of day $n</title></head><body><article><h1>Story $host of day $n</h1>"
				for p in 1 2 3 4; do
					echo "<p>On day $n the council of quarter $host has said for the ${p}th time that the bridge near the old market will be closed for $((host * n + p)) days, and that all buses go the long way.</p>"
				done
				echo '</article></body></html>'
			} >"www/2026/03/01/story-$host-$n.html"
		done
	done >links
	: >www/robots.txt
	options=(--contact desk@paper.example --allow-net 127.0.0.0/8 --delay 0.2)
	until_true 20 curl -s -o /dev/null "http://127.0.0.3:$PORT/robots.txt"
	stet-fetch "${options[@]}" <links | stet-extract -q | stet-commit -q one.git >/dev/null
	[ "$(git -C one.git rev-list --count main)" = 12 ]

	# One consumer dies in its first message.
	cat >bin/stet-fetch <<-EOT
	#!/bin/bash
	links=\$(cat)
	[[ \$links != *poison* ]] || { echo >>"$PWD/poisoned"; exit 3; }
	if mkdir "$PWD/killed" 2>/dev/null; then
		kill -9 "\$(ps -o ppid= -p "\$PPID")"
		exit 3
	fi
	exec "$BUILD/stet-fetch" "\$@" <<<"\$links"
	EOT
	chmod +x bin/stet-fetch
	wait $starter
	"$ROOT/scripts/queue/declare" --url "$URL/%2F" --shards 2
	"$ROOT/scripts/queue/publish" links --url "$URL/%2F" --pages 2 <links
	PATH=$PWD/bin:$PATH "$ROOT/scripts/queue/worker" --url "$URL" --shards 2 --state first -- "${options[@]}" 3>&- &
	echo $! >first.pid
	PATH=$PWD/bin:$PATH "$ROOT/scripts/queue/worker" --url "$URL" --shards 2 --state second -- "${options[@]}" 3>&- &
	echo $! >second.pid
	"$ROOT/scripts/queue/committer" --url "$URL" news.git 3>&- &
	echo $! >committer.pid
	until_true 30 has_receipts 2
	stop_broker
	start_broker
	kill "$(cat first.pid)"
	until_true 60 has_receipts 12
	[ -e killed ]
	[ "$(git -C news.git rev-parse 'main^{tree}')" = "$(git -C one.git rev-parse 'main^{tree}')" ]
	[ "$(git -C news.git log --format='%s %(trailers:key=Version)' | sort)" = \
		"$(git -C one.git log --format='%s %(trailers:key=Version)' | sort)" ]
	until_true 30 has_waiting stet.articles 0
	# What fails always is set aside at the third time.
	"$ROOT/scripts/queue/publish" links --url "$URL/%2F" <<<"http://poison.example/a"
	until_true 30 has_waiting stet.dead 1
	[ "$(wc -l <poisoned)" = 3 ]
	run -2 "$ROOT/scripts/queue/worker" --url "$URL"
	[[ $output == "usage: scripts/queue/worker "* ]]
}
