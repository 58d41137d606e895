# Loaded by every bats file: `load helper`.
#
# Gives each test an empty folder to stand in ($BATS_TEST_TMPDIR), the built
# commands first on PATH ($BUILD, build/ unless set), an environment without
# the user's settings, and real servers on loopback.

bats_require_minimum_version 1.5.0

ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
FIXTURES=$ROOT/tests/fixtures
LIB=$ROOT/tests/lib
export ROOT BUILD FIXTURES LIB
export PATH=$BUILD:$PATH
export LC_ALL=C TZ=UTC
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export ASAN_OPTIONS=detect_leaks=0
unset STET_NOW http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY

# Setup of a file that needs more calls common_setup first.
common_setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

setup() {
	common_setup
}

# A free TCP port on loopback.
free_port() {
	python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start_nginx [DIRECTIVES]: serves $BATS_TEST_TMPDIR/www on 127.0.0.1:$PORT;
# DIRECTIVES go into the server block. Sets PORT and SITE_URL. Requests are
# logged to nginx/access.log as METHOD URI STATUS If-None-Match "User-Agent".
start_nginx() {
	local dir=$BATS_TEST_TMPDIR/nginx
	mkdir -p "$dir" "$BATS_TEST_TMPDIR/www"
	PORT=$(free_port)
	SITE_URL=http://127.0.0.1:$PORT
	cat >"$dir/nginx.conf" <<-EOF
	user $(id -un);
	worker_processes 1;
	daemon on;
	pid $dir/pid;
	error_log $dir/error.log;
	events { worker_connections 512; }
	http {
	  log_format short '\$request_method \$request_uri \$status \$http_if_none_match "\$http_user_agent"';
	  access_log $dir/access.log short;
	  types { text/html html; application/rss+xml rss; application/atom+xml atom; text/plain txt; application/xml xml; application/json json; }
	  default_type text/html;
	  charset_types none;
	  client_body_temp_path $dir/body; proxy_temp_path $dir/proxy;
	  fastcgi_temp_path $dir/fcgi; uwsgi_temp_path $dir/uwsgi;
	  scgi_temp_path $dir/scgi;
	  server {
	    listen 127.0.0.1:$PORT;
	    root $BATS_TEST_TMPDIR/www;
	    ${1:-}
	  }
	}
	EOF
	nginx -c "$dir/nginx.conf" -e "$dir/error.log"
	export PORT SITE_URL
}

stop_nginx() {
	local pid=$BATS_TEST_TMPDIR/nginx/pid
	[ ! -s "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
}

# One that starts servers must have a teardown that stops them.
teardown() {
	stop_nginx
}

# new_archive NAME: an empty archive.
new_archive() {
	: | stet-commit --quiet "$1"
}

# The status that every command owes to a full disk, a closed stdin, a closed
# stdout, a bad option and to --help; called with a command line that reads
# stdin and prints records.
#	behaves_like_a_filter INPUT COMMAND [ARG...]
behaves_like_a_filter() {
	local input=$1
	shift
	run -0 "$1" --help
	[[ $output == usage:* ]]
	run -0 "$1" --version
	[[ $output == "$(basename "$1") "* ]]
	run -2 --separate-stderr "$@" --no-such-option
	[[ $stderr == *"bad option '--no-such-option'"* ]]
	run -3 bash -c '"${@:2}" <"$1" >/dev/full' _ "$input" "$@"
	run -3 bash -c '"${@:1}" <&-' _ "$@"
	run -3 bash -c '"${@:2}" <"$1" >&-' _ "$input" "$@"
	run -0 bash -c '"${@:1}" </dev/null' _ "$@"
}
