# What each tool can call, tried from inside of it: no more than
# stet-security(7) names.

load helper
load lib/records

URL=https://paper.test/2026/01/01/dam

setup() {
	[[ $(uname -m) == x86_64 ]] || skip 'numbers of another machine'
	[[ $BUILD != *asan* ]] || skip 'no sandbox with the sanitizers'
	common_setup
	article $URL Dam 'The dam above the old town held.' 2026-01-01T00:00:00Z >in
	article $URL Dam 'The dam above the old town gave way.' 2026-01-02T00:00:00Z >>in
	stet-commit -q a.git <in >receipts
	stet-mark a.git <receipts >/dev/null
}

# listed WHO...: the calls of these lists of the man page.
listed() {
	python3 - "$ROOT/common/base/stet-security.7" "$@" <<-'PYTHON'
	import re, sys
	text = open(sys.argv[1]).read()
	for who in sys.argv[2:]:
	    part = re.search(r"\n\.It %s:\n(.*?)\n\.(?:It|El)" % who, text, re.S).group(1)
	    for word in re.findall(r"[a-z_0-9]+", re.sub(r"\([^)]*\)", "", part)):
	        if word not in ("and", "with", "conditions"):
	            print(word)
	PYTHON
}

# probe WHO COMMAND...: what the command could call, at its end, is listed.
probe() {
	local who=$1
	shift
	rm -f probed
	PROBE_OUT=$PWD/probed LD_PRELOAD=$BUILD/lib/probe.so "$@" >/dev/null 2>&1 || true
	[ "$(wc -l <probed)" -gt 500 ] || return 1
	# EPERM and ENOSYS are the sandbox's answers; futex gives the latter
	# for operations that it does not know.
	awk '$2 != 1 && $2 != 38 { print $1 }' probed | sort -u >numbers
	printf '%s\n' '#include <sys/syscall.h>' | cc -E -dM - |
		awk '$2 ~ /^__NR_/ && $3 ~ /^[0-9]+$/ { print $3, substr($2, 6) }' |
		sort -u >names
	join numbers <(sort names) | cut -d' ' -f2 | sort >could
	join -v1 numbers <(sort names) >nameless
	[ ! -s nameless ]
	# shellcheck disable=SC2086
	listed $who | sort -u >may
	comm -23 could may >more
	[ ! -s more ] || { echo "$*: $(xargs <more)"; return 1; }
	# It is a list of what is possible, too, not of wishes.
	[ "$(comm -12 could may | wc -l)" -gt 50 ]
}

@test "filters call what is listed for all, and nothing else" {
	probe all stet-extract -q <"$FIXTURES/capture.warc"
	probe all stet-links <"$FIXTURES/capture.warc"
}

@test "tools with an archive call what is listed for files and folders" {
	local who='all files folders'
	probe "$who" stet-commit -q a.git <in
	probe "$who" stet-mark a.git </dev/null
	probe "$who" stet-due a.git </dev/null
	probe "$who" stet-index a.git
	probe "$who" stet-log a.git $URL
	probe "$who" stet-show a.git $URL
	probe "$who" stet-diff a.git $URL
	probe "$who" stet-search a.git dam
	probe "$who" stet-status a.git
	probe "$who" stet-render a.git site
	probe "$who" stet-list a.git
	probe "$who" stet-stats a.git
	probe "$who" stet-export a.git
	probe "$who" stet-replay --warc "$FIXTURES" a.git
	probe "$who" stet-card a.git $URL 1 2
	probe "$who" stet-tell --new a.git <receipts
	REQUEST_METHOD=GET PATH_INFO=/ STET_ARCHIVE=$PWD/a.git probe "$who" stet-web
}

@test "every tool in C is probed" {
	local sources
	for sources in "$ROOT"/cmd/*/main.c; do
		sources=${sources%/main.c}
		grep -q "probe .* stet-${sources##*/}\b" "$BATS_TEST_FILENAME" || { echo "$sources"; return 1; }
	done
}

@test "fetch calls what is listed for files and the network" {
	start_nginx
	echo x >www/a.html
	echo "$SITE_URL/a.html" >links
	probe 'all files network' stet-fetch -q --allow-net 127.0.0.0/8 \
		--anonymous --delay 0 <links
}

@test "fetch reads no file that is not the resolver's or of certificates" {
	cat >peek.c <<-'C'
	#define _GNU_SOURCE
	#include <fcntl.h>
	#include <stdio.h>
	#include <unistd.h>
	__attribute__((destructor)) static void end(void)
	{
		static const char *const paths[] = { "/etc/shadow", "/etc/passwd",
			"/etc/ssl/private", "/proc/self/mem", "/proc/1/environ",
			"/run", "/root", "/home", "/var/log" };
		for (unsigned i = 0; i < sizeof(paths) / sizeof(*paths); i++)
			if (open(paths[i], O_RDONLY) >= 0)
				dprintf(2, "PEEKED %s\n", paths[i]);
		dprintf(2, "LOOKED\n");
	}
	C
	cc -shared -fPIC -o peek.so peek.c
	run -0 --separate-stderr env LD_PRELOAD="$PWD/peek.so" stet-fetch -q --anonymous </dev/null
	[[ $stderr == *LOOKED* ]]
	[[ $stderr != *PEEKED* ]]
}
