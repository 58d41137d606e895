# The links of a feed as Debian's python3-feedparser finds them: address
# without fragment, tab, time. Arguments: FILE BASE.
import sys
import time

import feedparser

with open(sys.argv[1], "rb") as file:
    feed = feedparser.parse(
        file.read(), response_headers={"content-location": sys.argv[2]})
for entry in feed.entries:
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    print((entry.get("link") or "").split("#")[0],
          time.strftime("%Y-%m-%dT%H:%M:%SZ", when) if when else "", sep="\t")
