# Writes a WARC as stet-fetch does. Arguments, any number of times:
# URL SOURCE STATUS HEADERS FILE: a response with the file as its body
# ("-": none; HEADERS: "Name: value|Name: value"), or with the status "dns" a
# fetch without a response.
import sys
import uuid


def record(kind, content_type, url, source, block, more=b""):
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"WARC-Date: 2026-05-04T09:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Stet-Link: {url}\r\nWARC-Stet-Source: {source}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n"
        "\r\n").encode()
    return head.replace(b"\r\n\r\n", b"\r\n" + more + b"\r\n") + block + \
        b"\r\n\r\n"


out = sys.stdout.buffer
for i in range(1, len(sys.argv), 5):
    url, source, status, headers, path = sys.argv[i:i + 5]
    if status == "dns":
        fields = b"fetchStatus: -1\r\nfetchError: dns\r\nretryAfter: 77\r\n"
        out.write(record("metadata", "application/warc-fields", url, source,
                         fields))
        continue
    body = b"" if path == "-" else open(path, "rb").read()
    head = f"HTTP/1.1 {status} X\r\n".encode()
    for line in headers.split("|") if headers else []:
        head += line.encode() + b"\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n".encode()
    kind, more = "response", b""
    if status == "304":
        kind = "revisit"
        more = (b"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/"
                b"server-not-modified\r\n")
    out.write(record(kind, "application/http;msgtype=response", url, source,
                     head + body, more))
