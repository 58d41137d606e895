#!/usr/bin/env python3
"""kill -9 at random moments of stet-commit | stet-mark, beside what else may be at work in an archive.

    tests/lib/kills.py [--kills N] [--writers N] [--seed N] [SIDE ...]

SIDE: none gc repack maintain clone readers render. After each round git finds nothing amiss, every acknowledged commit is
in the history and every acknowledged check in the schedule; at the end a run without kills goes without help and leaves
neither locks nor parts. Prints counts as JSON; the status is 1 when anything was lost.
"""
import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ENV = dict(os.environ, LC_ALL="C", TZ="UTC", GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")
WORDS = "dam ferry council river engineer bridge minister storm harbour winter school budget".split()
SIDES = {"none": None, "gc": ["git", "-C", "a.git", "gc", "-q", "--prune=now"],
         "repack": ["git", "-C", "a.git", "repack", "-adq"], "maintain": ["stet-maintain", "--force", "-q", "a.git"],
         "clone": ["git", "clone", "-q", "--bare", "--no-local", "a.git", "clone.git"],
         "readers": ["sh", "-c", "git -C a.git log -p -3 >/dev/null; stet-status a.git; stet-due a.git"],
         "render": ["stet-render", "a.git", "site"]}


def sh(*argv, **more):
    return subprocess.run(argv, env=ENV, capture_output=True, text=True, **more)


def record(rnd, writer, second):
    n = rnd.randrange(80) + 1000 * writer
    url = "https://news.example/2026/05/%02d/story-%d" % (n % 28 + 1, n)
    return json.dumps({"v": 1, "event": "article", "url": url, "key": url, "source": "daily", "title": "Story %d" % n,
                       "blocks": [{"kind": "p", "text": " ".join(rnd.choices(WORDS, k=40))} for _ in range(4)],
                       "extractor": "stet/test", "status": 200,
                       "fetched": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1777000000 + second))}) + "\n"


def whole_lines(path):
    with open(path, "rb") as f:
        return [json.loads(line) for line in f.read().split(b"\n")[:-1]]


def one_round(rnd, side, writers, number, totals, said, checked):
    procs, outs = [], []
    for w in range(writers):
        with open("in%d" % w, "w") as f:
            f.writelines(record(rnd, w, number * 100 + i) for i in range(50))
        outs.append(("committed%d" % w, "marked%d" % w))
        procs.append(subprocess.Popen(
            "stet-commit -q -b %d a.git <in%d | tee committed%d | exec stet-mark a.git >marked%d" % (
                rnd.choice((1, 5, 20)), w, w, w), shell=True, env=ENV, start_new_session=True,
            stderr=subprocess.DEVNULL))
    beside = None
    end = time.monotonic() + rnd.random() * 1.2
    while time.monotonic() < end:
        if SIDES[side] and os.path.exists("a.git/HEAD") and (beside is None or beside.poll() is not None):
            shutil.rmtree("clone.git", ignore_errors=True)
            beside = subprocess.Popen(SIDES[side], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      start_new_session=True)
        time.sleep(0.005)
    for p in procs + ([beside] if beside and rnd.random() < 0.5 else []):
        if p.poll() is None:
            totals["kills"] += 1
            os.killpg(p.pid, 9)
        p.wait()
    if beside:
        beside.wait()
    time.sleep(0.02)
    for committed, marked in outs:
        said.update(r["commit"] for r in whole_lines(committed) if r.get("commit"))
        checked.update(r["key"] for r in whole_lines(marked))
    if not os.path.exists("a.git/HEAD"):
        totals["lost"] += len(said)
        return
    fsck = sh("git", "-C", "a.git", "fsck", "--full", "--strict", "--no-dangling")
    totals["unsound"] += fsck.returncode != 0
    totals["lost"] += len(said - set(sh("git", "-C", "a.git", "rev-list", "main").stdout.split()))
    if checked:
        db = sqlite3.connect("a.git/stet/schedule.db")
        totals["lost"] += len(checked - {k for k, in db.execute("SELECT key FROM entries")})
        db.close()


def a_minute_later():
    """While git is at work anywhere on the machine, parts of packs are left alone for that long."""
    for folder in ("a.git/objects/pack", "a.git/objects/info"):
        for entry in os.scandir(folder):
            then = entry.stat().st_mtime - 120
            os.utime(entry.path, (then, then))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("sides", nargs="*")
    args = parser.parse_args()
    rnd = random.Random(args.seed)
    totals = dict.fromkeys(("rounds", "kills", "acknowledged", "lost", "unsound", "needed help"), 0)
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    sides = args.sides or list(SIDES)
    said, checked = set(), set()
    try:
        while totals["kills"] < args.kills and totals["rounds"] < 4 * args.kills:
            one_round(rnd, sides[totals["rounds"] % len(sides)], args.writers, totals["rounds"], totals, said, checked)
            totals["rounds"] += 1
        a_minute_later()
        last = sh("stet-commit", "-q", "a.git", input=record(rnd, 900, 10 ** 7))
        sh("stet-maintain", "--force", "-q", "a.git")
        left = sh("sh", "-c", "find a.git -name '*.lock' ! -path '*/stet/*' -o -name 'tmp_*' -o -name 'stet_tmp*' "
                  "-o -name '*.keep'").stdout
        totals["needed help"] += '"new"' not in last.stdout or bool(left) or \
            sh("stet-index", "--check", "a.git").returncode != 0
        totals["acknowledged"] = len(said)
        if left:
            print(left, file=sys.stderr)
    finally:
        os.chdir("/")
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(totals))
    return 1 if totals["lost"] or totals["unsound"] or totals["needed help"] else 0


if __name__ == "__main__":
    sys.exit(main())
