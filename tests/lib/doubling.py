#!/usr/bin/env python3
"""Doubles an input again and again and counts what a command does with it.

    tests/lib/doubling.py [--most RATIO] [--jobs N] [--list] [--times N] [CASE...]

Each case makes an input of n things and of 2n. The instructions that the command needs are counted by valgrind
(cachegrind), those for an input of nothing are taken away, and the rest may grow by --most (2.7) at most: twice, and
a little for logarithms; the square would be four times. Seconds are not looked at. Prints a line a case; the status
is 1 when one grows faster.
$BUILD has the commands (build/).
"""
import argparse
import concurrent.futures
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
ENV = dict(os.environ, PATH=BUILD + ":" + os.environ["PATH"], LC_ALL="C", TZ="UTC", GIT_CONFIG_NOSYSTEM="1",
           GIT_CONFIG_GLOBAL="/dev/null", STET_NOW="2026-05-04T09:00:00Z")
TEXT = ("<p>The council met on Monday evening and decided to keep the harbour bridge open for at least two more "
        "years, the mayor said.</p>")


def warc(body, kind="text/html; charset=utf-8", url="https://news.example/2026/05/04/bridge"):
    body = body.encode() if isinstance(body, str) else body
    content = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body)) + body
    return (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
            b"WARC-Date: 2026-05-04T01:00:00Z\r\nWARC-Target-URI: %s\r\n"
            b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n"
            % (url.encode(), len(content)) + content + b"\r\n\r\n")


def page(head="", body="", top="", end=""):
    return warc("<!DOCTYPE html><html lang=en><head><title>Harbour bridge stays open</title>%s</head><body>%s<article>"
                "<h1>Harbour bridge stays open</h1>%s%s</article>%s</body></html>" % (head, top, TEXT * 5, body, end))


def record(blocks, n=0, hour=6, url="https://news.example/2026/05/04/story-%d", title="Story"):
    url = url % n
    return (json.dumps({"v": 1, "event": "article", "url": url, "key": url, "source": "daily", "title": title,
                        "status": 200, "extractor": "stet/test", "fetched": "2026-05-04T%02d:00:00Z" % hour,
                        "blocks": [{"kind": "p", "text": b} for b in blocks]}) + "\n").encode()


def feed(items):
    return warc('<?xml version="1.0"?><rss version="2.0"><channel><title>H</title><link>https://news.example/</link>'
                '<description/>%s</channel></rss>' % items, "application/rss+xml", "https://news.example/feed.rss")


def sentences(n, word="bridge"):
    return ["The %s number %d was opened by the mayor of town %d on a Monday." % (word, i, i * 7 % 97)
            for i in range(n)]


def many(text, n, numbered=True):
    return "".join(text % i for i in range(n)) if numbered else text * n


def nothing(_):
    return b""


EXTRACT = ["stet-extract", "-q", "-j1"]
LINKS = ["stet-links"]
COMMIT = ["stet-commit", "-q", "-j1", "a.git"]

# Name: command, number of things, input of n things, and what is done before, as (command, input of n things).
CASES = {
    "title": (EXTRACT, 20000, lambda n: warc("<title>%s</title>%s" % ("word " * n, TEXT * 20))),
    "title, words": (EXTRACT, 4000, lambda n: warc("<title>%s</title>%s" % (many("w%d ", n), TEXT * 20))),
    "title, dashes": (EXTRACT, 4000, lambda n: warc("<title>%s</title>%s" % (many("w%d - ", n), TEXT * 20))),
    "headline": (EXTRACT, 10000, lambda n: warc("<article><h1>%s</h1>%s</article>" % (many("w%d ", n), TEXT * 20))),
    "blocks": (EXTRACT, 1500, lambda n: page(body="".join("<p>%s</p>" % s for s in sentences(n)))),
    "blocks alike": (EXTRACT, 1500, lambda n: page(body=TEXT * n)),
    "short blocks": (EXTRACT, 3000, lambda n: page(body=many("<p>Line %d</p>", n))),
    "list items": (EXTRACT, 2000, lambda n: page(body="<ul>%s</ul>" % many("<li>Item %d of the list</li>", n))),
    "rows": (EXTRACT, 1000, lambda n: page(body="<table>%s</table>" % many(
        "<tr><td>Town %d</td><td>12</td></tr>", n))),
    "cells": (EXTRACT, 1000, lambda n: page(body="<table><tr>%s</tr></table>" % many("<td>cell %d</td>", n))),
    "nested tables": (EXTRACT, 200, lambda n: page(body="<table><tr><td>a" * n)),
    "headings": (EXTRACT, 1500, lambda n: page(body=many("<h2>Heading %d</h2><p>A line below it.</p>", n))),
    "quotes": (EXTRACT, 1500, lambda n: page(body=many("<blockquote>Quote %d is said.</blockquote>", n))),
    "one paragraph": (EXTRACT, 20000, lambda n: page(body="<p>%s</p>" % many("word%d ", n))),
    "inline": (EXTRACT, 4000, lambda n: page(body="<p>%s</p>" % many("<b>w%d</b> and ", n))),
    "nested inline": (EXTRACT, 400, lambda n: page(body="<p>%s" % ("<i>x" * n))),
    "unclosed inline": (EXTRACT, 400, lambda n: page(body=many("<p><b>w%d", n))),
    "breaks": (EXTRACT, 4000, lambda n: page(body="<p>%s</p>" % many("Line %d of a poem<br>", n))),
    "links": (EXTRACT, 2000, lambda n: page(body=many("<a href=/a>Link %d</a> ", n))),
    "links in a list": (EXTRACT, 2000, lambda n: page(top="<nav><ul>%s</ul></nav>" % many(
        "<li><a href=/s/x>Section %d</a></li>", n))),
    "divs": (EXTRACT, 3000, lambda n: page(end=many("<div>block %d</div>", n))),
    "nested divs": (EXTRACT, 250, lambda n: page(end="<div>x" * n)),
    "classes": (EXTRACT, 20000, lambda n: page(body='<div class="%s">x</div>' % many("c%d ", n))),
    "classes of many": (EXTRACT, 3000, lambda n: page(body=many('<div class="story c%d">x y z</div>', n))),
    "attributes": (EXTRACT, 480, lambda n: page(body="<div %s>x</div>" % many("a%d=1 ", n))),
    "metas": (EXTRACT, 2000, lambda n: page(head=many('<meta property="article:tag" content="t%d">', n))),
    "authors": (EXTRACT, 1000, lambda n: page(head=many('<meta name="author" content="Ada Field%d">', n))),
    "byline": (EXTRACT, 2000, lambda n: page(top='<p class="byline">By %s</p>' % many("Ada Field%d, ", n))),
    "json-ld": (EXTRACT, 1000, lambda n: page(head='<script type="application/ld+json">[%s]</script>' % ",".join(
        '{"@type":"NewsArticle","headline":"H %d"}' % i for i in range(n)))),
    "json-ld authors": (EXTRACT, 1000, lambda n: page(
        head='<script type="application/ld+json">{"@type":"NewsArticle","author":[%s]}</script>' % ",".join(
            '{"name":"Ada Field%d"}' % i for i in range(n)))),
    "scripts": (EXTRACT, 2000, lambda n: page(head=many("<script>var a%d = 1;</script>", n))),
    "a script": (EXTRACT, 10000, lambda n: page(head="<script>%s</script>" % many("var a%d = 1;\n", n))),
    "comments": (EXTRACT, 3000, lambda n: page(body=many("<!-- c%d -->", n))),
    "open comment": (EXTRACT, 4000, lambda n: page(body="<!-- %s" % ("<!-- x -" * n))),
    "entities": (EXTRACT, 10000, lambda n: page(body="<p>%s</p>" % ("&eacute; &CounterClockwiseContourIntegral;" * n))),
    "dates": (EXTRACT, 2000, lambda n: page(body=many('<time datetime="2026-05-04">May %d, 2026</time>', n))),
    "images": (EXTRACT, 2000, lambda n: page(body=many(
        '<figure><img src=/i%d.jpg alt="A bridge"><figcaption>The bridge</figcaption></figure>', n))),
    "languages": (EXTRACT, 2000, lambda n: page(body=many('<p lang=fr>Le pont %d est ouvert au public.</p>', n))),
    "spaces": (EXTRACT, 20000, lambda n: page(body="<p>a%sb</p>" % ("\n \t" * n))),
    "windows-1252": (EXTRACT, 10000, lambda n: warc(
        b"<title>B</title>" + b"<p>Caf\xe9 at the harbour bridge is open.</p>" * (n // 30), "text/html")),
    "records": (EXTRACT, 40, lambda n: page() * n),
    "feed links": (LINKS, 1000, lambda n: feed("".join(
        "<item><title>S</title><link>https://news.example/2026/05/04/s%d</link></item>" % i for i in range(n)))),
    "feed title": (LINKS, 20000, lambda n: feed("<item><title>%s</title><link>/a</link></item>" % ("word " * n))),
    "feed categories": (LINKS, 2000, lambda n: feed("<item><link>/a</link>%s</item>" % many(
        "<category>c%d</category>", n))),
    "broken feed": (LINKS, 1000, lambda n: feed(many("<item><title>A & B %d</title><link>/a</link></item>", n))),
    "sitemap": (LINKS, 2000, lambda n: warc(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>' % many(
            "<url><loc>https://news.example/2026/05/04/s%d</loc></url>", n), "text/xml")),
    "page of links": (["stet-links", "--page"], 2000, lambda n: warc("<body>%s" % many(
        "<a href=/2026/05/04/s%d>A story of the bridge</a>", n))),
    "plain links": (LINKS, 4000, lambda n: many("https://news.example/2026/05/04/s%d\n", n).encode()),
    "json feed": (LINKS, 1000, lambda n: warc('{"version":"https://jsonfeed.org/version/1.1","items":[%s]}' % ",".join(
        '{"id":"%d","url":"https://news.example/2026/05/04/s%d"}' % (i, i) for i in range(n)),
        "application/feed+json")),
    "articles of a day": (COMMIT, 800, lambda n: b"".join(
        record(["x y z %d" % i], i, url="https://news.example/2026/05/04/" + "long-name-" * 9 + "%d")
        for i in range(n))),
    "articles of a day, layout 1": (COMMIT, 800, lambda n: CASES["articles of a day"][2](n), [
        (COMMIT, nothing), (["git", "-C", "a.git", "config", "stet.layout", "1"], nothing)]),
    "articles without date": (COMMIT, 600, lambda n: b"".join(
        record(["x y z %d" % i], i, url="https://news.example/story-%d") for i in range(n))),
    "hosts": (COMMIT, 200, lambda n: b"".join(
        record(["x y z %d" % i], i, url="https://news%d.example/story") for i in range(n))),
    "versions": (COMMIT, 200, lambda n: b"".join(record(
        ["The bridge has %d pillars of stone." % i] + sentences(5), title="Story %d" % i).replace(
            b"T06:00:00", b"T%02d:%02d:00" % (i // 60, i % 60)) for i in range(n))),
    "paragraphs of a version": (COMMIT, 2000, lambda n: record(sentences(n))),
    "paragraphs changed": (COMMIT, 1000, lambda n: record(sentences(n)) + record(
        sentences(n - n // 2) + sentences(n // 2, "ferry"), hour=7)),
    "paragraphs turned": (COMMIT, 1000, lambda n: record(sentences(n)) + record(sentences(n)[::-1], hour=7)),
    "paragraphs alike": (COMMIT, 1000, lambda n: record(sentences(9) + ["The same line."] * n) + record(
        sentences(8) + ["The same line."] * n, hour=7)),
    "words changed": (COMMIT, 2000, lambda n: record([many("w%d ", n)]) + record(
        [many("w%d x ", n)], hour=7)),
    "words alike": (COMMIT, 4000, lambda n: record(["a " * n]) + record(["a b " * (n // 2)], hour=7)),
    "words turned": (COMMIT, 2000, lambda n: record([many("w%d ", n)]) + record(
        [" ".join("w%d" % i for i in reversed(range(n)))], hour=7)),
    "numbers changed": (COMMIT, 2000, lambda n: record([many("%d people, ", n)]) + record(
        [many("1%d people, ", n)], hour=7)),
    "quotes changed": (COMMIT, 1000, lambda n: record([many('He said: "It is %d." ', n)]) + record(
        [many('He said: "It was %d." ', n)], hour=7)),
    "title changed": (COMMIT, 4000, lambda n: record(sentences(5), title=many("w%d ", n)) + record(
        sentences(5), title=many("v%d ", n), hour=7)),
}
OLD = [(COMMIT, lambda n: b"".join(record(sentences(4, "bridge of town %d" % i), i) for i in range(n)) + b"".join(
    record(sentences(3, "bridge of town %d" % i) + ["It is open again."], i, hour=7) for i in range(n)))]
LONG = [(COMMIT, lambda n: record(sentences(n)) + record(sentences(n - n // 2) + sentences(n // 2, "ferry"), hour=7))]
TURNED = [(COMMIT, lambda n: record(sentences(n)) + record(sentences(n)[::-1], hour=7))]
WORDS = [(COMMIT, lambda n: record([many("w%d ", n)]) + record([many("w%d x ", n)], hour=7))]
URL = "https://news.example/2026/05/04/story-0"


class Server(http.server.BaseHTTPRequestHandler):
    """Answers with as many cookies, rules of robots.txt or header lines as `things` of the server says."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        n, body = self.server.things, b"<p>hello</p>"
        if self.path == "/robots.txt":
            body = ("User-agent: *\n" + many("Disallow: /no/%d*x\n", n if self.server.kind == "robots" else 1)).encode()
        self.send_response(200)
        for i in range(n if self.server.kind == "cookies" else 0):
            self.send_header("Set-Cookie", "c%d=%d" % (i, i))
        for i in range(n if self.server.kind == "headers" else 0):
            self.send_header("X-Other-%d" % i, "1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def served(kind, n):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.kind, server.things, server.daemon_threads = kind, n, True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


FETCH = ["stet-fetch", "-q", "--allow-net", "127.0.0.0/8", "--delay", "0", "--retries", "0"]
CASES.update({
    "cookies": (FETCH + ["--cookies"], 400, "cookies"),
    "robots": (FETCH, 2000, "robots"),
    "headers": (FETCH, 400, "headers"),
    "render, articles": (["stet-render", "-q", "a.git", "site"], 60, nothing, OLD),
    "render, paragraphs": (["stet-render", "-q", "a.git", "site"], 500, nothing, LONG),
    "render, turned": (["stet-render", "-q", "a.git", "site"], 500, nothing, TURNED),
    "render, words": (["stet-render", "-q", "a.git", "site"], 2000, nothing, WORDS),
    "diff, paragraphs": (["stet-diff", "a.git", URL], 1000, nothing, LONG),
    "diff, turned": (["stet-diff", "a.git", URL], 1000, nothing, TURNED),
    "diff, words": (["stet-diff", "a.git", URL], 2000, nothing, WORDS),
    "index": (["stet-index", "--rebuild", "a.git"], 200, nothing, OLD),
    "search": (["stet-search", "a.git", "bridge"], 150, nothing, OLD),
    "log": (["stet-log", "a.git", URL], 100, nothing, [(COMMIT, CASES["versions"][2])]),
    "list": (["stet-list", "a.git"], 200, nothing, OLD),
    "status": (["stet-status", "a.git"], 200, nothing, OLD),
    "export": (["stet-export", "a.git"], 150, nothing, OLD),
    "due, links": (["stet-due", "a.git"], 2000, lambda n: many("https://news.example/2026/05/04/s%d\n", n).encode()),
    "mark": (["stet-mark", "a.git"], 1000, lambda n: b"".join((json.dumps({
        "v": 1, "url": "https://news.example/s%d" % i, "key": "https://news.example/s%d" % i, "status": "new",
        "version": 1, "fetched": "2026-05-04T08:00:00Z", "source": "daily"}) + "\n").encode() for i in range(n)),
        [(COMMIT, lambda n: record(["x"]))]),
})


def count(case, n):
    argv, _, make = case[:3]
    server = None
    if isinstance(make, str):
        server = served(make, n)
        urls = many("http://127.0.0.1:%d/a%%d\n" % server.server_port, 3).encode()
        make = lambda _: urls
    with tempfile.TemporaryDirectory() as d:
        for before, made in case[3] if len(case) > 3 else ():
            subprocess.run(before, cwd=d, input=made(n), env=ENV, stdout=subprocess.DEVNULL, check=False)
        done = subprocess.run(
            ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"] +
            [BUILD + "/" + argv[0]] + argv[1:], cwd=d, input=make(n),
            env=dict(ENV, LD_PRELOAD=BUILD + "/lib/unfenced.so"), capture_output=True, check=False, timeout=300)
        if server:
            server.shutdown()
            server.server_close()
        said = re.search(rb"I\s+refs:\s+([0-9,]+)", done.stderr)
        if not said or done.returncode > 1:
            raise RuntimeError("status %d: %s" % (done.returncode, done.stderr.decode(errors="replace")[-500:]))
        return int(said.group(1).replace(b",", b""))


def measure(name, times):
    case = CASES[name]
    n = max(2, int(case[1] * times))
    base = count(case, 1)
    return [count(case, n * k) - base for k in (1, 2)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=float, default=2.7)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--times", type=float, default=1)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("case", nargs="*")
    args = parser.parse_args()
    if args.list:
        print("\n".join(CASES))
        return 0
    names, fast = args.case or list(CASES), 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for name, got in zip(names, pool.map(lambda n: measure(n, args.times), names)):
            ratio = got[1] / max(got[0], 1)
            fast += ratio > args.most
            print("%-24s %12d %12d  %.2f%s" % (name, got[0], got[1], ratio, "  TOO MUCH" if ratio > args.most else ""),
                  flush=True)
    return 1 if fast else 0


if __name__ == "__main__":
    sys.exit(main())
