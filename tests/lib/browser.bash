# A real browser through the WebDriver protocol: `load lib/browser`.
#
#	browser_start		in setup_file; browser_stop in teardown_file
#	browse URL		opens a page
#	script 'return 1 + 1'	what a script of ours gives, as JSON
#	press KEY...		keys into the active element: Tab Enter or text

browser_start() {
	DRIVER_PORT=$(free_port)
	mkdir -p "$BATS_FILE_TMPDIR/profile"
	HOME=$BATS_FILE_TMPDIR chromedriver --port="$DRIVER_PORT" \
		>"$BATS_FILE_TMPDIR/driver.log" 2>&1 3>&- &
	DRIVER_PID=$!
	export DRIVER_PORT DRIVER_PID
	for _ in $(seq 100); do
		curl -sf "http://127.0.0.1:$DRIVER_PORT/status" >/dev/null && break
		sleep 0.1
	done
	SESSION=$(curl -s "http://127.0.0.1:$DRIVER_PORT/session" -d "$(jq -nc \
		--arg profile "$BATS_FILE_TMPDIR/profile" '{capabilities: {alwaysMatch: {
		browserName: "chrome", "goog:loggingPrefs": {browser: "ALL"},
		"goog:chromeOptions": {args: ["--headless=new", "--no-sandbox",
			"--disable-gpu", "--disable-dev-shm-usage",
			"--window-size=1200,900", "--user-data-dir=\($profile)"]}}}}')" |
		jq -r .value.sessionId)
	export SESSION
	[ "$SESSION" != null ] || {
		cat "$BATS_FILE_TMPDIR/driver.log" >&2
		return 1
	}
}

browser_stop() {
	[ -n "${DRIVER_PID:-}" ] || return 0
	curl -s -m 10 -X DELETE "http://127.0.0.1:$DRIVER_PORT/session/$SESSION" >/dev/null || true
	kill "$DRIVER_PID" 2>/dev/null || true
}

# driver PATH [JSON]: GET, or POST with a body; prints the value.
driver() {
	local url=http://127.0.0.1:$DRIVER_PORT/session/$SESSION/$1
	if [ $# -gt 1 ]; then
		curl -s -m 60 "$url" -d "$2" | jq -c .value
	else
		curl -s -m 60 "$url" | jq -c .value
	fi
}

browse() {
	driver url "$(jq -nc --arg url "$1" '{url: $url}')" >/dev/null
}

script() {
	driver execute/sync "$(jq -nc --arg script "$1" '{script: $script, args: []}')"
}

# devtools METHOD PARAMETERS: Chrome's own protocol, for screens and media.
devtools() {
	driver goog/cdp/execute "$(jq -nc --arg cmd "$1" --argjson params "$2" '{cmd: $cmd, params: $params}')" >/dev/null
}

press() {
	local key element
	for key in "$@"; do
		case $key in
		Tab) key=$'\xee\x80\x84' ;;
		Enter) key=$'\xee\x80\x87' ;;
		esac
		element=$(driver element/active | jq -r '.[]')
		driver "element/$element/value" "$(jq -nc --arg text "$key" '{text: $text}')" >/dev/null
	done
}

# tab_to TEXT: presses Tab until the element with the focus says TEXT.
tab_to() {
	for _ in $(seq 60); do
		press Tab
		[[ $(script 'return document.activeElement.textContent.trim()') == "\"$1\"" ]] && return 0
	done
	echo "nothing with the focus says '$1'" >&2
	return 1
}

# wait_for SCRIPT: until it gives true, at most ten seconds.
wait_for() {
	for _ in $(seq 100); do
		[ "$(script "return !!($1)")" = true ] && return 0
		sleep 0.1
	done
	echo "in vain: $1" >&2
	return 1
}
