#!/usr/bin/env python3
"""Power cuts: a file system on a loop device is shut down in mid-write, mounted again, and held against the receipts.

    tests/lib/powercut.py [--rounds N] [--seed N] [--fs ext4|xfs] [--old]

Each round lets stet-commit and stet-mark write 60 records of a pipe, cuts at a random moment (FS_IOC_SHUTDOWN without
a flush of the log: what was not synced is lost), and mounts again. With --old the archive was there before and synced,
without it every round makes a new one. Prints counts as JSON; the status is 1 when an acknowledged commit or check is
lost, an archive does not open, or a second run does not end the work, and 77 when there is no root or loop device.
"""
import argparse
import calendar
import fcntl
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

SHUTDOWN, NO_FLUSH = 0x8004587D, 2
ENV = dict(os.environ, LC_ALL="C", TZ="UTC", GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")
WORDS = "dam ferry council river engineer bridge minister storm harbour winter school budget".split()


def sh(*argv, **more):
    return subprocess.run(argv, env=ENV, capture_output=True, text=True, **more)


def insist(*argv):
    for _ in range(400):
        done = sh(*argv)
        if done.returncode == 0:
            return
        time.sleep(0.05)
    raise SystemExit("powercut: %s: %s" % (" ".join(argv), done.stderr))


def record(rnd, n, second):
    url = "https://news.example/2026/05/04/story-%d" % n
    return json.dumps({"v": 1, "event": "article", "url": url, "key": url, "source": "daily", "title": "Story %d" % n,
                       "blocks": [{"kind": "p", "text": " ".join(rnd.choices(WORDS, k=40))} for _ in range(4)],
                       "extractor": "stet/test", "status": 200,
                       "fetched": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1777852800 + second))}) + "\n"


def lines(path):
    with open(path) as f:
        return [json.loads(x) for x in f.read().split("\n")[:-1]]


class Disk:
    def __init__(self, folder, fs):
        self.folder, self.fs, self.mounted = folder + "/disk", fs, False
        os.mkdir(self.folder)
        with open(folder + "/image", "wb") as f:
            f.truncate(320 << 20 if fs == "xfs" else 64 << 20)
        done = sh("losetup", "-f", "--show", folder + "/image")
        self.loop = done.stdout.strip() if done.returncode == 0 else None

    def make(self):
        sh("mkfs." + self.fs, "-q", "-f" if self.fs == "xfs" else "-F", self.loop, check=True)

    def mount(self):
        insist("mount", self.loop, self.folder)
        self.mounted = True

    def unmount(self):
        insist("umount", self.folder)
        self.mounted = False

    def cut(self):
        fd = os.open(self.folder, os.O_RDONLY)
        fcntl.ioctl(fd, SHUTDOWN, struct.pack("i", NO_FLUSH))
        os.close(fd)

    def close(self):
        if self.mounted:
            self.unmount()
        if self.loop:
            sh("losetup", "-d", self.loop)


def marks_lost(archive, marked):
    wanted = {}
    for r in marked:
        wanted[r["key"]] = calendar.timegm(time.strptime(r["fetched"], "%Y-%m-%dT%H:%M:%SZ"))
    if not wanted:
        return 0
    try:
        db = sqlite3.connect(archive + "/stet/schedule.db")
        have = dict(db.execute("SELECT key, checked_s FROM entries"))
        db.close()
    except sqlite3.Error:
        have = {}
    return sum(have.get(k, 0) < t for k, t in wanted.items())


def reached(folder, wanted):
    name, count = wanted
    path = folder + "/" + name
    return os.path.exists(path) and open(path, "rb").read().count(b"\n") >= count


def cut_once(disk, folder, rnd, old, number, totals):
    archive = disk.folder + "/a.git"
    if not old or number == 0:
        disk.make()
    disk.mount()
    if old and number == 0:
        sh("stet-commit", "-q", archive, input=record(rnd, 0, 0))
        sh("sync")
    before = set(sh("git", "-C", archive, "rev-list", "main").stdout.split())
    with open(folder + "/in", "w") as f:
        f.writelines(record(rnd, rnd.randrange(1, 400), 1000 * (number + 1) + i) for i in range(60))
    for name in ("committed", "marked"):
        open(folder + "/" + name, "w").close()
    line = subprocess.Popen("stet-commit -q -b %d %s <in 2>/dev/null | tee committed | stet-mark %s >marked 2>/dev/null"
                            % (rnd.choice((1, 5, 20)), archive, archive), shell=True, env=ENV, cwd=folder)
    # Not a time but a number of receipts, and a moment after it.
    wanted, end = rnd.choice((("committed", rnd.randrange(0, 55)), ("marked", rnd.randrange(0, 55)))), time.time() + 20
    while line.poll() is None and time.time() < end and not reached(folder, wanted):
        time.sleep(0.001)
    time.sleep(rnd.random() * 0.02)
    # What the pipes hold by now was said before the cut.
    said, marked = lines(folder + "/committed"), lines(folder + "/marked")
    totals["in the middle"] += line.poll() is None
    disk.cut()
    line.wait()
    disk.unmount()
    disk.mount()
    have = set(sh("git", "-C", archive, "rev-list", "main").stdout.split())
    ids = {r["commit"] for r in said if r.get("commit")}
    totals["commits"] += len(ids)
    totals["commits lost"] += len((ids | before) - have)
    totals["marks"] += len(marked)
    totals["marks lost"] += marks_lost(archive, marked)
    if ids or before:
        fsck = sh("git", "-C", archive, "fsck", "--full", "--strict", "--no-dangling")
        totals["unsound"] += fsck.returncode != 0
    again = sh("sh", "-c", "stet-commit -q '%s' <in | stet-mark '%s' | grep -c ." % (archive, archive), cwd=folder)
    totals["not ended"] += again.stdout.strip() != "60" or sh("stet-index", "--check", archive).returncode != 0
    sh("sync")
    disk.unmount()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fs", default="ext4")
    parser.add_argument("--old", action="store_true")
    args = parser.parse_args()
    totals = dict.fromkeys(("rounds", "in the middle", "commits", "commits lost", "marks", "marks lost", "unsound",
                            "not ended"), 0)
    rnd = random.Random(args.seed)
    folder = tempfile.mkdtemp()
    disk = Disk(folder, args.fs)
    try:
        if os.geteuid() != 0 or not disk.loop or not shutil.which("mkfs." + args.fs):
            return 77
        for number in range(args.rounds):
            cut_once(disk, folder, rnd, args.old, number, totals)
            totals["rounds"] += 1
    finally:
        disk.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(totals))
    return 1 if any(totals[k] for k in ("commits lost", "marks lost", "unsound", "not ended")) else 0


if __name__ == "__main__":
    sys.exit(main())
