# What stands on the pages of a site: `load lib/site`.

# text FILE: what a reader of the page sees, spaces folded.
text() {
	python3 - "$1" <<-'EOF'
	import html.parser, re, sys
	class Text(html.parser.HTMLParser):
	    out = []
	    def handle_data(self, data): self.out.append(data)
	t = Text(); t.feed(open(sys.argv[1], encoding='utf-8').read())
	print(re.sub(r'\s+', ' ', ''.join(t.out)))
	EOF
}

# sound_html SITE: tidy has nothing to say of any page.
sound_html() {
	find "$1" -name '*.html' -print0 | xargs -0 -n 1 sh -c \
		'tidy -quiet -errors --mute-id yes "$0" 2>&1 | sed "s|^|$0: |"' |
		grep -v 'PROPRIETARY_ATTRIBUTE\|UNKNOWN_ELEMENT' >complaints || true
	cat complaints
	[ ! -s complaints ]
}

# numbered STEM@N.html, STEM@N-M.html: the file of that version, of that
# change, whose name has times in place of numbers.
numbered() {
	python3 - "$1" <<-'EOF'
	import glob, re, sys
	stem, numbers, rest = re.fullmatch(r'(.*)@([\d-]+)(\.html.*)', sys.argv[1]).groups()
	times = sorted(name[len(stem) + 1:-5] for name in glob.glob(glob.escape(stem) + '@2*Z*.html') if '..' not in name[len(stem):])
	print(f'{stem}@{"..".join(times[int(n) - 1] for n in numbers.split("-"))}{rest}')
	EOF
}
