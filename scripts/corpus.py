"""What the benchmarks of stet-extract share: pages with a known article.

A corpus is a folder of sets, SET/html/ID.html.gz with SET/truth.jsonl (or
ground-truth.json). Its two halves are told by the first hex digit of the
SHA-256 of the id: rules are read from failures of one half, "even", and the
other one says whether they are rules.
"""
import datetime, gzip, hashlib, json, os, subprocess, threading

# When a page was fetched is not known: not after today.
TODAY = datetime.date.today().isoformat().encode()


def digest_of(key):
    """Of SET/ID: the SHA-256 of the id, in hex."""
    return hashlib.sha256(key.split('/', 1)[1].encode()).hexdigest()


def half_of(key):
    return 'odd' if int(digest_of(key)[0], 16) % 2 else 'even'


def sets_of(folder):
    """(name, path of the truth) of each set with one."""
    for name in sorted(os.listdir(folder)):
        for file in ('truth.jsonl', 'ground-truth.json'):
            truth = os.path.join(folder, name, file)
            if os.path.exists(truth):
                yield name, truth
                break


def rows_of(folder):
    """(SET/ID, url, path) of each page of a corpus."""
    for name, truth in sets_of(folder):
        path = os.path.dirname(truth)
        raw = open(truth, encoding='utf-8').read()
        if truth.endswith('l'):
            rows = [(r['id'], r.get('url')) for r in
                map(json.loads, filter(str.strip, raw.split('\n')))]
        else:
            rows = [(k, v.get('url')) for k, v in json.loads(raw).items()]
        for key, url in rows:
            url = ((url or '').split() or [''])[0]
            if not url.startswith('http'):
                url = 'https://corpus.example/page'
            yield name + '/' + key, url, '%s/html/%s.html.gz' % (path, key)


def page_of(path):
    with gzip.open(path) as f:
        return f.read()


def record(key, url, page):
    """A WARC record of the page."""
    block = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' + page
    return (b'WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: %sT00:00:00Z\r\n'
        b'WARC-Record-ID: <urn:x:%s>\r\nWARC-Target-URI: %s\r\n'
        b'Content-Type: application/http;msgtype=response\r\nContent-Length: '
        b'%d\r\n\r\n' % (TODAY, key.encode(), url.encode('ascii', 'ignore'),
        len(block))) + block + b'\r\n\r\n'


def extract(build, records):
    """The articles of an iterable of records, in its order."""
    done = subprocess.Popen([build + '/stet-extract', '-q', '-j', '2'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL)

    def feed():
        for r in records:
            done.stdin.write(r)
        done.stdin.close()
    thread = threading.Thread(target=feed)
    thread.start()
    for line in done.stdout:
        yield json.loads(line)
    thread.join()
