"""A WARC response record of a made-up answer, always with the same bytes."""
import base64
import hashlib
import sys
import uuid


def write(name, url, status, headers, body, time="2026-05-04T10:00:00Z", source="ledger"):
    headers = list(headers)
    if not any(h.lower().startswith("content-type:") for h in headers):
        headers.append("Content-Type: text/html; charset=utf-8")
    block = ("HTTP/1.1 %d X\r\n%s\r\n\r\n" % (status, "\r\n".join(headers))).encode() + body
    head = ["WARC/1.1", "WARC-Type: response", "WARC-Record-ID: <urn:uuid:%s>" % uuid.uuid5(uuid.NAMESPACE_URL, name),
            "WARC-Date: " + time, "WARC-Target-URI: " + url, "WARC-Stet-Link: " + url, "WARC-Stet-Source: " + source,
            "WARC-Payload-Digest: sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode(),
            "Content-Type: application/http;msgtype=response", "Content-Length: %d" % len(block)]
    sys.stdout.buffer.write("\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
