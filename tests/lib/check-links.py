"""Complains of links that lead nowhere and ids that are not unique.

check-links.py SITE
"""
import html.parser
import os
import sys
import urllib.parse

site = sys.argv[1]


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids = [], []
        with open(path, encoding='utf-8') as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == 'id':
                self.ids.append(value)
            if name in ('href', 'src'):
                self.links.append(value)


pages = {}
for folder, _, files in os.walk(site):
    for name in files:
        if name.endswith('.html'):
            path = os.path.join(folder, name)
            pages[os.path.normpath(path)] = Page(path)
assert pages
bad = 0
for path, page in pages.items():
    if len(page.ids) != len(set(page.ids)):
        print(path, 'an id stands twice')
        bad += 1
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme in ('http', 'https'):
            continue
        target = path
        if parts.scheme or parts.netloc:
            print(path, 'foreign link', link)
            bad += 1
            continue
        if parts.path:
            target = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(parts.path)))
        if not os.path.isfile(target):
            print(path, 'leads nowhere:', link)
            bad += 1
        elif parts.fragment and parts.fragment not in pages[target].ids:
            print(path, 'no such place:', link)
            bad += 1
sys.exit(bad > 0)
