"""Complains of feeds that a reader would: check-feeds.py BASE FILE..."""
import sys
import xml.etree.ElementTree as ET

import feedparser

base, files = sys.argv[1], sys.argv[2:]
assert files
for name in files:
    feed = feedparser.parse(name)
    assert feed.bozo == 0, (name, feed.get('bozo_exception'))
    assert feed.feed.title, name
    root = ET.parse(name).getroot()
    ids = [e.get('id') for e in feed.entries]
    assert len(ids) == len(set(ids)), (name, 'identifiers twice')
    if root.tag == 'rss':
        channel = root.find('channel')
        assert [channel.findtext(t) for t in ('title', 'link', 'description')], name
    else:
        atom = '{http://www.w3.org/2005/Atom}'
        assert root.tag == atom + 'feed', name
        assert root.findtext(atom + 'id') and root.findtext(atom + 'updated'), name
        for entry in root.iter(atom + 'entry'):
            assert entry.findtext(f'{atom}author/{atom}name'), name
    for entry in feed.entries:
        assert entry.id.startswith('urn:uuid:'), (name, entry.id)
        assert entry.title, name
        assert entry.get('published_parsed') or entry.get('updated_parsed'), (name, 'no date')
        if 'link' in entry and base:
            assert entry.link.startswith(base), (name, entry.link)
