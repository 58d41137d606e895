# Article records for the tests of the archive.

# article URL TITLE TEXT FETCHED [KEY]: a record with one paragraph.
article() {
	jq -cn --arg u "$1" --arg t "$2" --arg p "$3" --arg f "$4" \
		--arg k "${5:-$1}" '{v: 1, event: "article", url: $u, key: $k,
		source: "paper", title: $t, lang: "en", status: 200,
		blocks: [{kind: "p", text: $p}], fetched: $f,
		extractor: "stet/test"}'
}

# event EVENT URL FETCHED [LOCATION [REASON]]
event() {
	jq -cn --arg e "$1" --arg u "$2" --arg f "$3" --arg l "${4:-}" \
		--arg r "${5:-}" '{v: 1, event: $e, url: $u, key: $u,
		source: "paper", fetched: $f, location: $l, reason: $r,
		extractor: "stet/test"}'
}

# many COUNT [SEED [FIRST]]: COUNT records, seeded, three versions an article
# in the mean, over several hosts.
many() {
	python3 - "$@" <<-'PYTHON'
	import json, random, sys, time
	count = int(sys.argv[1])
	seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
	first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
	r = random.Random(seed)
	words = [''.join(r.choice('etaoinshrdlu') for _ in range(r.randint(2, 9)))
	    for _ in range(500)]
	def paragraph():
	    return ' '.join(r.choices(words, k=r.randint(20, 60))).capitalize() + '.'
	articles = []
	for i in range(first + count):
	    if not articles or r.random() < 0.33:
	        n = len(articles)
	        articles.append({'url': 'https://news%d.test/2026/01/%02d/a-%d-%d' %
	            (n % 7, n % 27 + 1, seed, n), 'title': ' '.join(r.choices(words, k=6)),
	            'blocks': [paragraph() for _ in range(r.randint(3, 9))]})
	        a = articles[-1]
	    else:
	        a = r.choice(articles)
	        a['blocks'][r.randrange(len(a['blocks']))] = paragraph()
	    if i < first:
	        continue
	    print(json.dumps({'v': 1, 'event': 'article', 'url': a['url'],
	        'key': a['url'], 'source': 'paper', 'title': a['title'],
	        'blocks': [{'kind': 'p', 'text': b} for b in a['blocks']],
	        'status': 200, 'extractor': 'stet/test', 'fetched':
	        time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(1767225600 + 60 * i))}))
	PYTHON
}

# field NAME <RECEIPTS: one value a line.
field() {
	jq -r ".$1"
}

# sound ARCHIVE: git and stet agree that nothing is amiss.
sound() {
	[ -z "$(git -C "$1" fsck --full --strict --no-dangling 2>&1)" ]
	stet-index --check "$1" >/dev/null
}
