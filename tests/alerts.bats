# stet-tell and stet-alerts: who wants to know is told, at least once.

load helper
load lib/stories

BRIDGE=https://herald.example/2026/03/02/bridge

setup() {
	common_setup
	{
		BYLINE="By Ada Field" article $BRIDGE 2026-03-02T08:00:00Z "Bridge closed" "Twelve of forty bearings are worn out."
		BYLINE="By Ada Field" article $BRIDGE 2026-03-02T13:10:00Z "Bridge closed for wéeks" "Twenty-one of forty bearings are worn out."
		SOURCE=courier article https://courier.example/2026/03/04/port 2026-03-04T09:00:00Z "Port is quiet" "One ship came."
		SOURCE=courier article https://courier.example/2026/03/04/port 2026-03-04T09:20:00Z "Port is quiet" "Two ships came, and a ferry."
		event gone $BRIDGE 2026-03-05T10:00:00Z gone
	} | stet-commit -q news.git >receipts.jsonl 2>/dev/null
}

teardown() {
	stop_nginx
	for file in sink.pid; do
		[ ! -s $file ] || kill "$(cat $file)" 2>/dev/null || true
	done
}

# titles OPTION...: what is told of.
titles() {
	stet-tell --format json "$@" news.git <receipts.jsonl | jq -r .title
}

@test "what matches is told, and nothing else" {
	[ "$(titles)" = $'Bridge closed for wéeks\nPort is quiet\nWithdrawn: Bridge closed for wéeks' ]
	[ "$(titles --source courier)" = "Port is quiet" ]
	[ "$(titles --headline)" = "Bridge closed for wéeks" ]
	[ "$(titles --class removed)" = "Withdrawn: Bridge closed for wéeks" ]
	[ "$(titles --words 5)" = $'Bridge closed for wéeks\nPort is quiet' ] || titles --words 4
	[ "$(titles --added 'A FERRY')" = "Port is quiet" ]
	[ -z "$(titles --removed 'a ferry')" ]
	[ "$(titles --removed twelve)" = "Bridge closed for wéeks" ]
	[ "$(titles --author 'ada field' --headline)" = "Bridge closed for wéeks" ]
	[ -z "$(titles --author 'nobody')" ]
	[ "$(titles --article https://courier.example/2026/03/04/port --new)" = $'Port is quiet\nPort is quiet' ]
	stet hide news.git $BRIDGE
	[ "$(titles)" = "Port is quiet" ]
}

@test "a slip of the pen tells nobody, and is named" {
	refused() {
		run -2 stet-alerts rules news.git <receipts.jsonl
		[[ $output == *"$1"* ]] || { echo "$output" && return 1; }
		[ ! -e told ]
	}
	printf '[alert "a"]\n\theadlin = true\n\tcommand = cat >told\n' >rules
	refused "no key 'alert.a.headlin'"
	printf '[alert "a"]\n\theadline = maybe\n\tcommand = cat >told\n' >rules
	refused "alert.a.headline is true or false, not 'maybe'"
	printf '[alert "a"]\n\tclass = nosuch\n\tcommand = cat >told\n' >rules
	refused "'nosuch'"
	printf '[alert "a"]\n\tcommand = cat >told; echo hi >>told\n' >rules
	refused "line 2: a command with"
	printf '[alert "a"]\n\tcommand = ./toot --alt "$STET_ALT"\n' >rules
	refused "line 2: a command with"
	echo '<html>' >rules
	refused "line 1"
	printf '[alert "a"]\n\tclass = removed\n\tcommand = "cat >told; true"\n' >rules
	run -0 stet-alerts rules news.git <receipts.jsonl
	[ -s told ]
	# The rules of the manual are read as they are written there.
	sed -n '/^\[alert "headlines"\]/,/^\.Ed/p' "$ROOT/cmd/alerts/stet-alerts.1" | sed '$d; s/\\e/\\/g' >rules
	[[ $(git config -f rules alert.bot.command) == './toot --image "$STET_CARD" --alt "$STET_ALT" --reply "$STET_THREAD"' ]]
	sed -i 's/command = [^"].*/command = cat >>told/; s/command = ".*/command = "cat >>told"/' rules
	run -0 stet-alerts rules news.git <receipts.jsonl
}

@test "text, HTML, JSON and mail" {
	git -C news.git config stet.baseUrl https://changes.example/
	git -C news.git config source.herald.title "The Herald"
	stet-tell --headline news.git <receipts.jsonl >text
	grep -qx 'The Herald, 2 March 2026, 13:10 UTC: version 2, .*(headline.*)' text
	grep -qx 'Before: Bridge closed After: Bridge closed for wéeks' text
	grep -qx 'https://changes.example/a/herald.example/2026/03/02/bridge@20260302T080000Z..20260302T131000Z.html' text
	stet-tell --headline --format html news.git <receipts.jsonl | grep -q '<del style=.*Twelve.*<ins style=.*Twenty-one'
	stet-tell --headline --format json news.git <receipts.jsonl | jq -e '.v == 1 and .version == 2 and .source == "herald" and .event == "changed"'
	stet-tell --format mail --from a@x.example --to $'b@x.example\nBcc: c@x.example' --headline news.git <receipts.jsonl >mail
	/usr/bin/python3 - <<-'EOF'
	import email, email.policy
	m = email.message_from_binary_file(open('mail', 'rb'), policy=email.policy.default)
	assert m['subject'] == 'Bridge closed for wéeks', m['subject']
	assert m['to'].startswith('b@x.example') and m['bcc'] is None
	assert m['date'].datetime.isoformat() == '2026-03-02T13:10:00+00:00'
	plain, html = m.get_body(('plain',)).get_content(), m.get_body(('html',)).get_content()
	assert 'After: Bridge closed for wéeks' in plain and '<ins' in html
	assert not m.defects
	EOF
	run -2 stet-tell --format mail news.git
	run -2 stet-tell --format no news.git
	run -2 stet-tell nowhere.git
	run -1 stet-tell news.git <<<'{"v":1'
}

@test "a webhook, a command that fails and is tried again, a memory" {
	python3 - <<-'EOF' >/dev/null 2>&1 3>&- &
	import http.server, os
	class Sink(http.server.BaseHTTPRequestHandler):
	    def do_POST(self):
	        open('hook', 'ab').write(self.rfile.read(int(self.headers['Content-Length'])))
	        self.send_response(500 if os.path.exists('refuse') else 200)
	        self.send_header('Content-Length', '0')
	        self.end_headers()
	s = http.server.HTTPServer(('127.0.0.1', 0), Sink)
	open('sink.tmp', 'w').write(str(s.server_port)); os.rename('sink.tmp', 'sink.port')
	s.serve_forever()
	EOF
	echo $! >sink.pid
	for _ in $(seq 100); do [ -e sink.port ] && break; sleep 0.05; done
	cat >rules <<-EOF
	[alert "hook"]
		format = json
		command = curl -sf --data-binary @- http://127.0.0.1:$(cat sink.port)/
	EOF
	touch refuse
	run -1 stet-alerts rules news.git <receipts.jsonl
	[[ $output == *"'hook': the command failed"*"tried again"* ]]
	rm refuse hook
	# The next time without any receipt.
	run -0 stet-alerts rules news.git </dev/null
	[ "$(jq -r .title hook | wc -l)" = 3 ]
	# What was told is not told twice.
	run -0 stet-alerts rules news.git <receipts.jsonl
	[ "$(jq -r .title hook | wc -l)" = 3 ]
}

@test "mail by SMTP, with a thread for each article" {
	python3 - <<-'EOF' >/dev/null 2>&1 3>&- &
	import os, socketserver
	class Sink(socketserver.StreamRequestHandler):
	    def handle(self):
	        say = lambda s: self.wfile.write(s + b'\r\n')
	        say(b'220 sink'); data = None
	        for line in self.rfile:
	            if data is not None:
	                if line == b'.\r\n':
	                    open('mails', 'ab').write(data + b'\n=====\n'); data = None; say(b'250 ok')
	                else: data += line
	            elif line[:4].upper() == b'DATA': data = b''; say(b'354 go')
	            elif line[:4].upper() == b'QUIT': say(b'221 bye'); return
	            else: say(b'250 ok')
	s = socketserver.TCPServer(('127.0.0.1', 0), Sink)
	open('sink.tmp', 'w').write(str(s.server_address[1])); os.rename('sink.tmp', 'sink.port')
	s.serve_forever()
	EOF
	echo $! >sink.pid
	for _ in $(seq 100); do [ -e sink.port ] && break; sleep 0.05; done
	cat >rules <<-EOF
	[alert "mail"]
		format = mail
		from = stet@paper.example
		to = desk@paper.example
		command = curl -sf smtp://127.0.0.1:$(cat sink.port) --mail-from stet@paper.example --mail-rcpt desk@paper.example -T -
	EOF
	run -0 stet-alerts rules news.git <receipts.jsonl
	[ "$(grep -c ===== mails)" = 3 ]
	[ "$(grep '^References' mails | sort | uniq -c | sort -rn | awk '{ print $1 }' | tr '\n' ' ')" = "2 1 " ]
}

@test "a bot: card, alternative text, its answer as the thread's name" {
	cat >rules <<-'EOF'
	[alert "bot"]
		card = true
		source = herald
		command = "echo \"$STET_ALT|${STET_CARD:+card}|$STET_THREAD|$STET_PAGE\" >>posts; [ -z \"$STET_CARD\" ] || head -c 4 \"$STET_CARD\" | tail -c 3 >>cards; echo id-1"
	EOF
	git -C news.git config stet.baseUrl https://changes.example/
	# The archive's configuration has no say, whatever it holds.
	git -C news.git config alert.bot.command 'touch foreign'
	run -0 stet-alerts rules news.git <receipts.jsonl
	[ ! -e foreign ]
	[ "$(sed -n 1p posts)" = "Before: Bridge closed After: Bridge closed for wéeks|card||https://changes.example/a/herald.example/2026/03/02/bridge@20260302T080000Z..20260302T131000Z.html" ]
	[[ $(sed -n 2p posts) == *"|id-1|"* ]]
	[[ $(cat cards) == PNG* ]]
}

@test "digests wait for their hour" {
	cat >rules <<-'EOF'
	[alert "daily"]
		digest = day
		command = cat >>digest
	EOF
	STET_NOW=2026-03-05T12:00:00Z run -0 stet-alerts rules news.git <receipts.jsonl
	[ "$(grep -c 'UTC' digest)" = 3 ]
	article $BRIDGE 2026-03-06T08:00:00Z "Bridge open" "All is well." | stet-commit news.git >more.jsonl
	STET_NOW=2026-03-06T11:00:00Z run -0 stet-alerts rules news.git <more.jsonl
	[ "$(grep -c 'UTC' digest)" = 3 ]
	STET_NOW=2026-03-06T12:00:00Z run -0 stet-alerts rules news.git </dev/null
	[ "$(grep -c 'UTC' digest)" = 4 ]
	grep -q 'Restored: Bridge open' digest
}

@test "stet run --alerts tells of what it found" {
	mkdir -p www/2026/05/04
	start_nginx
	printf '<rss version="2.0"><channel><title>F</title><item><link>%s/2026/05/04/a.html</link></item></channel></rss>' "$SITE_URL" >www/feed.rss
	page() {
		echo "<html lang=en><head><title>$1</title></head><body><article><h1>$1</h1>"
		for n in 1 2 3 4 5; do
			echo "<p>The tide at the northern quay came $n minutes late on Monday, and the harbour master, who has watched it for thirty years, could not say why it did so.</p>"
		done
		echo '</article></body></html>'
	}
	page 'The tide was late today' >www/2026/05/04/a.html
	stet init run.git
	stet add run.git herald "$SITE_URL/feed.rss"
	git -C run.git config stet.allowNet 127.0.0.0/8
	git -C run.git config stet.delay 0
	git -C run.git config stet.contact test@herald.example
	printf '[alert "all"]\n\tnew = true\n\tcommand = "echo \\"$STET_TITLE\\" >>told"\n' >rules
	STET_NOW=2026-05-04T09:00:00Z run -0 stet run --alerts rules run.git
	[ "$(cat told)" = "The tide was late today" ]
	stop_nginx
	run -2 stet run --alerts nowhere run.git
	run -2 stet-alerts
	run -2 stet-alerts nowhere run.git
	: >empty
	run -2 stet-alerts empty run.git
}
