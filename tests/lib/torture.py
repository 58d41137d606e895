#!/usr/bin/env python3
"""Lets the Nth call of a kind fail, N = 1, 2, ... until a run has none left, for a command on a small job.

    tests/lib/torture.py [--step N] [--from N] [--to N] [--jobs N] [JOB[:CALL[,CALL...][:HOW[,HOW...]]] ...]

After each run: no signal killed the command but inside of a library that said so, the status is a documented one,
status 0 means the output of an undisturbed run, any other has a message; git finds nothing amiss; every receipt's
commit is in the history; and a second run without failures makes the state that an undisturbed one makes. Prints
counts as JSON and each breach; the status is 1 when there is any. $BUILD has the commands (build/).
"""
import argparse
import concurrent.futures
import hashlib
import http.server
import json
import os
import shutil
import socketserver
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
CALLS = ("malloc read write fsync rename link open mmap ftruncate mkdir unlink close flock readdir "
         "connect socket").split()
HOWS = {"malloc": ["ENOMEM"], "mmap": ["ENOMEM"], "read": ["EIO", "EINTR", "short"],
        "write": ["EIO", "ENOSPC", "EINTR", "short"], "open": ["EIO", "EMFILE", "ENOSPC"]}
ENV = dict(os.environ, PATH=BUILD + ":" + os.environ["PATH"], LC_ALL="C", TZ="UTC", GIT_CONFIG_NOSYSTEM="1",
           GIT_CONFIG_GLOBAL="/dev/null", STET_NOW="2026-05-04T09:00:00Z",
           ASAN_OPTIONS="detect_leaks=0:verify_asan_link_order=0")
WORDS = "dam ferry council river engineer bridge minister storm harbour winter school budget".split()


def record(n, version, hour):
    url = "https://news.example/2026/05/04/story-%d" % n
    words = [WORDS[(n * 7 + i * (3 + n)) % len(WORDS)] for i in range(40)]
    return json.dumps({"v": 1, "event": "article", "url": url, "key": url, "source": "daily",
                       "title": "Story %d, %d" % (n, version), "extractor": "stet/test", "status": 200,
                       "blocks": [{"kind": "p", "text": " ".join(words)},
                                  {"kind": "p", "text": "Version %d has %d words." % (version, n + 40)}],
                       "fetched": "2026-05-04T%02d:00:00Z" % hour}) + "\n"


OLD = "".join(record(n, 1, 1) for n in range(3))
NEW = "".join(record(n, 2, 2) for n in range(2)) + "".join(record(n, 1, 2) for n in range(3, 6))


def page(n):
    text = "".join("<p>The council of town %d met on day %d and decided to keep the harbour bridge open for two "
                   "more years, the mayor said.</p>" % (n, i) for i in range(6))
    return ("<!DOCTYPE html><html lang=en><head><title>Café bridge %d stays open</title></head><body><article>"
            "<h1>Café bridge %d stays open</h1>%s</article></body></html>" % (n, n, text)).encode("iso-8859-1")


def warc(url, body, kind="text/html; charset=iso-8859-1"):
    http_bytes = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body)) + body
    return (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
            b"WARC-Date: 2026-05-04T01:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/http;msgtype=response"
            b"\r\nContent-Length: %d\r\n\r\n" % (len(url), url.encode(), len(http_bytes)) + http_bytes + b"\r\n\r\n")


FEED = (b'<?xml version="1.0"?><rss version="2.0"><channel><title>H</title><link>/</link><description/>' + b"".join(
    b"<item><title>Story %d</title><link>https://news.example/2026/05/04/story-%d</link></item>" % (i, i)
    for i in range(4)) + b"</channel></rss>")


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = b"User-agent: *\nDisallow: /no\n" if self.path == "/robots.txt" else b"<p>hello</p>" * 50
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Threaded(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass


def sh(*argv, cwd, stdin=b"", env=ENV, timeout=60):
    return subprocess.run(argv, cwd=cwd, input=stdin, env=env, capture_output=True, timeout=timeout)


def branch(d):
    return sh("git", "-C", "a.git", "rev-parse", "-q", "--verify", "main^0", cwd=d).stdout


def schedule(d):
    try:
        db = sqlite3.connect(d + "/a.git/stet/schedule.db")
        return db.execute("SELECT key, state, changed_s, next_s, checks FROM entries ORDER BY key").fetchall()
    except sqlite3.Error as e:
        return str(e)


def config(d):
    return sh("git", "-C", "a.git", "config", "--list", "--local", cwd=d).stdout


def site(d):
    sums = []
    for folder, _, files in os.walk(d + "/site"):
        for f in files:
            path = os.path.join(folder, f)
            sums.append((os.path.relpath(path, d), hashlib.sha1(open(path, "rb").read()).hexdigest()))
    return sorted(sums)


def nothing(_):
    return b""


class Job:
    def __init__(self, argv, stdin="", begin=(), state=nothing, archive=True, output=True):
        self.argv, self.begin, self.state, self.archive, self.output = argv, begin, state, archive, output
        self.stdin = stdin.encode() if isinstance(stdin, str) else stdin


NEW_ARCHIVE = (("stet-commit", "-q", "a.git"), "")
HAS_OLD = (("stet-commit", "-q", "a.git"), OLD)
MARKED = (("sh", "-c", "stet-commit -q a.git | stet-mark a.git"), OLD)
URL = "https://news.example/2026/05/04/story-1"
RECEIPTS = "".join(json.dumps({"v": 1, "url": URL[:-1] + str(n), "key": URL[:-1] + str(n), "status": "same",
                               "version": 1, "fetched": "2026-05-04T08:00:00Z", "source": "daily"}) + "\n"
                   for n in range(3))
JOBS = {
    "init": Job(["stet-init", "a.git"], state=lambda d: sh("stet-index", "a.git", cwd=d).stdout),
    "first": Job(["stet-commit", "-q", "-j1", "a.git"], OLD, state=branch),
    "commit": Job(["stet-commit", "-q", "-j1", "--batch", "3", "a.git"], NEW, [HAS_OLD], branch),
    "mark": Job(["stet-mark", "a.git"], RECEIPTS, [MARKED], schedule),
    "index": Job(["stet-index", "--rebuild", "a.git"], "", [HAS_OLD]),
    "log": Job(["stet-log", "a.git", URL], "", [HAS_OLD]),
    "show": Job(["stet-show", "a.git", URL], "", [HAS_OLD]),
    "diff": Job(["stet-diff", "a.git", URL], "", [HAS_OLD, (("stet-commit", "-q", "a.git"), NEW)]),
    "search": Job(["stet-search", "a.git", "harbour"], "", [HAS_OLD]),
    "status": Job(["stet-status", "a.git"], "", [MARKED]),
    "due": Job(["stet-due", "a.git"], "https://news.example/x\n", [MARKED]),
    "render": Job(["stet-render", "a.git", "site"], "", [HAS_OLD], site, output=False),
    "extract": Job(["stet-extract", "-q", "-j1"], b"".join(
        warc("https://news.example/p" + "x" * n, page(n)) for n in range(2)), archive=False),
    "links": Job(["stet-links"], warc("https://news.example/feed.rss", FEED, "application/rss+xml"), archive=False),
    "fetch": Job(["bash", "-c", "set -o pipefail; stet-fetch -q --allow-net 127.0.0.0/8 --delay 0 --retries 0 "
                  "--timeout 5 --state st >out; status=$?; LD_PRELOAD= grep -a '^WARC-Type: response' out; "
                  "exit $status"], archive=False),
    "add": Job(["stet-add", "a.git", "daily", "https://news.example/feed.rss"], "", [HAS_OLD], config),
    "hide": Job(["stet-hide", "a.git", URL], "", [HAS_OLD], config),
    "maintain": Job(["stet-maintain", "--force", "a.git"], "", [HAS_OLD], branch, output=False),
}


def prepare(job, folder):
    os.makedirs(folder, exist_ok=True)
    for argv, stdin in job.begin:
        sh(*argv, cwd=folder, stdin=stdin.encode())
    return folder


def run(job, folder, call=None, how="EIO", at=0, on=False):
    env = ENV
    count = folder + ".count"
    if call:
        with open(count, "wb") as f:
            f.write(bytes(16))
        env = dict(ENV, FAILING_CALL=call, FAILING_HOW=how, FAILING_AT=str(at), FAILING_COUNT=count,
                   LD_PRELOAD=BUILD + "/lib/failing.so")
        if on:
            env["FAILING_ON"] = "1"
    try:
        done = sh(*job.argv, cwd=folder, stdin=job.stdin, env=env)
    except subprocess.TimeoutExpired:
        done = subprocess.CompletedProcess(job.argv, -99, b"", b"hangs")
    failed = struct.unpack("QQ", open(count, "rb").read())[1] if call else 0
    return done, failed


def receipts_lost(folder, output):
    ids = set()
    for line in output.split(b"\n"):
        try:
            r = json.loads(line)
        except ValueError:
            continue
        if isinstance(r, dict) and r.get("commit"):
            ids.add(r["commit"])
    if not ids:
        return 0
    have = set(sh("git", "-C", "a.git", "rev-list", "main", cwd=folder).stdout.decode().split())
    return len(ids - have)


def judge(name, job, folder, done, whole):
    """What is wrong with a run, or None."""
    code, text = done.returncode, done.stderr.decode(errors="replace")
    if code == -99:
        return "HANGS"
    if code < 0 or code > 128:
        return "CRASH %d" % code
    if code > 4:
        return "STATUS %d" % code
    if code == 0 and job.output and done.stdout != whole.stdout:
        return "WRONG SUCCESS"
    if code != 0 and not text.strip():
        return "SILENT %d" % code
    if job.archive and os.path.exists(folder + "/a.git"):
        fsck = sh("git", "-C", "a.git", "fsck", "--strict", "--no-dangling", cwd=folder)
        said = [x for x in fsck.stderr.decode(errors="replace").split("\n") if x and not x.startswith("notice: ")]
        if fsck.returncode or said:
            return "FSCK " + (fsck.stdout + fsck.stderr).decode(errors="replace")[:100]
        if receipts_lost(folder, done.stdout):
            return "LOST"
    return None


def attempt(name, job, base, work, call, how, at, whole, state):
    folder = tempfile.mkdtemp(dir=work)
    shutil.rmtree(folder)
    shutil.copytree(base, folder, symlinks=True)
    try:
        done, failed = run(job, folder, call, how, at)
        if not failed:
            return None
        wrong = judge(name, job, folder, done, whole)
        if not wrong and job.state is not nothing:
            again, _ = run(job, folder)
            now = job.state(folder)
            if now != state and not (name == "init" and again.returncode == 2):
                wrong = "RERUN %d %s" % (again.returncode, again.stderr.decode(errors="replace")[:100])
        return done.returncode, wrong, done.stderr.decode(errors="replace").strip()[:200]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if os.path.exists(folder + ".count"):
            os.unlink(folder + ".count")


def torture(name, call, how, work, pool, args, totals, breaches):
    job, base = JOBS[name], work + "/" + name
    if not os.path.exists(base):
        prepare(job, base)
        shutil.copytree(base, base + ".whole", symlinks=True)
        job.whole, _ = run(job, base + ".whole")
        job.end = job.state(base + ".whole")
    at, step, open_end = args.first, args.step, True
    while open_end and at <= args.to:
        numbers = list(range(at, min(at + 16 * step, args.to + 1), step))
        at = numbers[-1] + step
        for n, result in zip(numbers, pool.map(
                lambda k: attempt(name, job, base, work, call, how, k, job.whole, job.end), numbers)):
            if result is None:
                open_end = False
                continue
            code, wrong, text = result
            key = "%s:%s:%s" % (name, call, how)
            totals.setdefault(key, {}).setdefault(str(code), 0)
            totals[key][str(code)] += 1
            if wrong:
                breaches.append((key, n, wrong, text))
                print("torture: %s %d: %s: %s" % (key, n, wrong, text), file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--to", type=int, default=sys.maxsize)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("what", nargs="*")
    args = parser.parse_args()
    totals, breaches = {}, []
    server = Threaded(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    JOBS["fetch"].stdin = "".join("http://127.0.0.1:%d/a%d\n" % (server.server_port, i) for i in range(3)).encode()
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for what in args.what or JOBS:
            name, calls, hows = (what.split(":") + ["", ""])[:3]
            for call in calls.split(",") if calls else CALLS:
                for how in hows.split(",") if hows else HOWS.get(call, ["EIO"]):
                    torture(name, call, how, work, pool, args, totals, breaches)
    failures = sum(sum(t.values()) for t in totals.values())
    statuses = {}
    for t in totals.values():
        for code, n in t.items():
            statuses[code] = statuses.get(code, 0) + n
    print(json.dumps({"failures": failures, "statuses": statuses, "breaches": len(breaches)}))
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
