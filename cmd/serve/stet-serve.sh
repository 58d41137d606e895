#!/usr/bin/env bash
# stet-serve ARCHIVE: a web server for an archive, until it is stopped.
set -uo pipefail
PATH=$(dirname -- "$(readlink -f -- "$0")"):$PATH:/usr/sbin

usage='usage: stet-serve [--addr ADDRESS:PORT] ARCHIVE'
addr=
quiet=false

complain() {
	printf 'stet-serve: %s\n%s\n' "$1" "$usage" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--help)
		cat <<-EOF || exit 3
		$usage

		stet-serve: shows an archive in a browser, with search and comparison.

		      --addr ADDRESS:PORT      where to listen (127.0.0.1, from port 8080 on)
		  -q, --quiet                  do not print the address
		      --help                   print this help
		      --version                print the version

		Exit status: 0 it was stopped, 2 usage, no archive or no lighttpd, 3 the
		server could not start or died. See also: man stet-serve
		EOF
		exit 0
		;;
	--version)
		echo 'stet-serve @VERSION@' || exit 3
		exit 0
		;;
	--addr)
		[ $# -ge 2 ] || complain '--addr needs ADDRESS:PORT'
		addr=$2
		shift 2
		;;
	-q | --quiet) quiet=true && shift ;;
	--)
		shift
		break
		;;
	-?*) complain "bad option '$1'" ;;
	*) break ;;
	esac
done
[ $# -eq 1 ] || complain 'one archive, please'
archive=$1
port=
if [ -n "$addr" ]; then
	[[ $addr =~ ^([0-9.]+|\[[0-9a-fA-F:.]+\]|localhost):([1-9][0-9]{0,4})$ ]] ||
		complain "--addr takes ADDRESS:PORT as 127.0.0.1:8080, not '$addr'"
	host=${BASH_REMATCH[1]}
	port=${BASH_REMATCH[2]}
	[ "$port" -le 65535 ] || complain "there is no port $port"
fi

command -v lighttpd >/dev/null || {
	echo 'stet-serve: it runs lighttpd, which is not installed (apt-get install lighttpd)' >&2
	exit 2
}
# The indexes are made here: the program that answers only reads.
why=$(stet-index -- "$archive" 2>&1 >/dev/null) || {
	status=$?
	echo "stet-serve: ${why#stet-index: }" >&2
	exit $status
}
stet-search --quiet --update -- "$archive" ||
	echo 'stet-serve: pages are shown, but the search is not up to date' >&2

# in_use PORT: whether somebody listens there.
in_use() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

if [ -z "$port" ]; then
	host=127.0.0.1
	port=8080
	while [ $port -lt 8180 ] && in_use $port; do
		port=$((port + 1))
	done
fi

archive=$(realpath -- "$archive")
program=$(readlink -f -- "$(command -v stet-web)")
case $archive$program in
*[\"\\$'\n']*)
	echo "stet-serve: the path has a character that a configuration cannot hold: '$archive'" >&2
	exit 2
	;;
esac
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
mkdir "$work/empty"
cat >"$work/lighttpd.conf" <<EOF
server.document-root = "$work/empty"
server.bind = "$host"
server.port = $port
server.modules = ( "mod_alias", "mod_setenv", "mod_cgi" )
server.tag = "stet"
server.upload-dirs = ( "$work/empty" )
server.max-request-size = 16
server.max-connections = 128
alias.url = ( "/" => "$program/" )
cgi.assign = ( "/stet-web" => "" )
setenv.set-environment = ( "STET_ARCHIVE" => "$archive", "STET_WEB_URL" => "/" )
EOF

# ^C reaches this script and the server; it is to end by itself, and then this.
stopped=false
server=
trap 'stopped=true; [ -z "$server" ] || kill -TERM "$server" 2>/dev/null' INT TERM HUP
lighttpd -D -f "$work/lighttpd.conf" 2>"$work/log" &
server=$!
for _ in $(seq 100); do
	in_use "$port" && break
	kill -0 $server 2>/dev/null || break
	sleep 0.05
done
if ! kill -0 $server 2>/dev/null; then
	$stopped && exit 0
	echo "stet-serve: lighttpd did not start: $(sed -n 's/^[0-9: -]*([^)]*) //p' "$work/log" | head -n 1)" >&2
	exit 3
fi
$quiet || echo "http://$host:$port/" || stopped=true
while kill -0 $server 2>/dev/null && ! $stopped; do
	wait $server
done
kill -TERM $server 2>/dev/null
wait $server 2>/dev/null
$stopped && exit 0
echo "stet-serve: lighttpd ended: $(tail -n 1 "$work/log")" >&2
exit 3
