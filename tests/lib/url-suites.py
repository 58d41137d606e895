#!/usr/bin/env python3
"""Compares stet's URL parser with published suites:

    url-suites.py URLPARSE urltestdata.json IdnaTestV2.txt

The first is web-platform-tests', the second Unicode's (UTS #46), both as
Debian's packages of the Rust crates url and idna carry them. Prints what
differs; then "N successes, N failures, N of other schemes, N domains".
"""
import json
import re
import subprocess
import sys
import unicodedata

DIFFERENT = 0

# What the tables of before Unicode 16 refused and those since map or allow
# (https://www.unicode.org/reports/tr46/#Modifications, revision 33), and a
# script that came after the suite of 2019.
ALLOWED_SINCE = {0x2260, 0x226e, 0x226f, 0x4c0, 0x2132, 0x2183, 0x2f868, 0x2f874, 0x2f91f,
                 0x2f95f, 0x2f9bf, *range(0x10a0, 0x10c6), *range(0x18b00, 0x18cd6)}
# Checks that the URL standard does not ask for: hyphens, lengths.
NOT_ASKED = {"V2", "V3", "A4_1", "A4_2", "X4_2"}
FORBIDDEN = set("\t\n\r #%/:<>?@[\\]^|\x7f") | {chr(c) for c in range(0x20)}


def parse(urlparse, inputs):
    """The hrefs of [input] or [input, base] lists; "" for a failure."""
    text = "".join(json.dumps(item) + "\n" for item in inputs)
    out = subprocess.run([urlparse], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return out.stdout.decode().split("\n")


def compare(given, wanted, got):
    global DIFFERENT
    if wanted != got:
        DIFFERENT += 1
        print(f"{json.dumps(given)}: wanted '{wanted}', got '{got}'")


def web_platform(urlparse, path):
    counts = [0, 0, 0]
    with open(path, encoding="utf-8") as file:
        cases = [case for case in json.load(file) if isinstance(case, dict)]
    inputs = [[case["input"]] + ([case["base"]] if case.get("base") not in (None, "about:blank") else [])
              for case in cases]
    for case, given, got in zip(cases, inputs, parse(urlparse, inputs)):
        http = case.get("protocol") in ("http:", "https:")
        if not http and re.match("https?://[!-~]*xn--[!-~]*$", case["input"], re.I):
            continue # taken since 2026-06-25, see unicode_suite
        counts[0 if http else 1 if case.get("failure") else 2] += 1
        compare(given, case["href"] if http else "", got)
    return counts


def unescape(text):
    text = re.sub(r"\\u([0-9A-Fa-f]{4})|\\x\{([0-9A-Fa-f]+)\}",
                  lambda m: chr(int(m[1] or m[2], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def domains(path):
    """Of each line: source, its ASCII form, what is wrong with it."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            columns = [c.strip() for c in line.split("#")[0].split(";")]
            if len(columns) < 7:
                continue
            source = unescape(columns[0])
            text = unescape(columns[1]) or source
            wrong = set(re.findall(r"[A-Z]\d(?:_\d)?", columns[4] or columns[2]))
            yield source, unescape(columns[3]) or text, wrong - NOT_ASKED


def holds_newly_allowed(source):
    labels = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", source)).split(".")
    for label in labels:
        if label.lower().startswith("xn--"):
            try:
                label = unicodedata.normalize("NFC", label[4:].encode().decode("punycode"))
            except (UnicodeError, ValueError):
                return False
        if any(ord(c) in ALLOWED_SINCE for c in label):
            return True
    return False


def tried(source, ascii_form, wrong):
    last = ascii_form.lower().rstrip(".").rsplit(".", 1)[-1]
    return not (set(source + ascii_form) & FORBIDDEN or source == "" or
                re.fullmatch("[0-9]+|0x[0-9a-f]*", last) or
                # Since revision 31, without the check of hyphens, instead of it.
                any(label.startswith("xn--xn--") for label in ascii_form.split(".")) or
                # Rules for ASCII that the URL standard has of its own.
                re.search(r"[^a-z0-9.-]", ascii_form.lower()) and ascii_form.isascii() or
                wrong <= {"P1", "V6"} and wrong and holds_newly_allowed(source))


def unicode_suite(urlparse, path):
    cases = [case for case in domains(path) if tried(*case)]
    hrefs = parse(urlparse, [[f"http://{source}/"] for source, _, _ in cases])
    for (source, ascii_form, wrong), got in zip(cases, hrefs):
        # What is ASCII is taken as it is since 2026-06-25 (whatwg/url#914).
        wanted = source.lower() if source.isascii() else "" if wrong else ascii_form
        compare(source, wanted and f"http://{wanted}/", got)
    return len(cases)


successes, failures, others = web_platform(sys.argv[1], sys.argv[2])
count = unicode_suite(sys.argv[1], sys.argv[3])
print(f"{successes} successes, {failures} failures, {others} of other schemes, {count} domains")
sys.exit(DIFFERENT > 0)
