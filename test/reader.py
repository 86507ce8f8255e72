#!/usr/bin/python3
"""Reads a site as its visitors do, again and again, and tells what they would have met.

usage: test/reader.py FOLDER [--times N] [--expect FILE] [--hold]

Each reading begins at index.html and follows every link within the site. Bad is:
a page, a feed or a data file that is cut short; a page that names what isn't
there, or whose styles and scripts are gone; a compressed file (.gz, .br) that isn't its original; a listing without one of the
join URLs in --expect FILE. With --hold the folder is opened once for each reading, and what is read there is one site to the letter,
until the second site after it takes its place. Ends after N readings or at SIGTERM, with one JSON line:
{"readings": 3, "files": 4711, "bad": {"what was wrong": 2}}. Status 1 if any was bad.
"""
import argparse
import collections
import ctypes
import gzip
import html
import json
import os
import re
import signal
import stat
import sys
import urllib.parse
import xml.etree.ElementTree
import zlib

LINK = re.compile(rb'(?:href|src)="([^"]*)"')

BROTLI = ctypes.CDLL("libbrotlidec.so.1")  # of the command that packs them


def gz_holds(packed, content):
    try:
        return gzip.decompress(packed) == content
    except (EOFError, OSError, zlib.error):
        return False


def br_holds(packed, content):
    size = ctypes.c_size_t(len(content) + 1)
    found = ctypes.create_string_buffer(size.value)
    whole = BROTLI.BrotliDecoderDecompress(ctypes.c_size_t(len(packed)), packed, ctypes.byref(size), found)
    return whole == 1 and found.raw[:size.value] == content


HOLDS = {".gz": gz_holds, ".br": br_holds}


class Reader:
    def __init__(self, folder, expected, holds):
        self.folder, self.expected, self.holds, self.held = folder, expected, holds, None
        self.bad, self.readings, self.files, self.ended = collections.Counter(), 0, 0, False

    def content(self, path):
        """The bytes of a file of the site; None if it isn't there."""
        try:
            with open(path if self.holds else f"{self.folder}/{path}", "rb",
                      opener=lambda name, flags: os.open(name, flags, dir_fd=self.held)) as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def is_folder(self, path):
        try:
            return stat.S_ISDIR(os.stat(path if self.holds else f"{self.folder}/{path}", dir_fd=self.held).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False

    def generation(self):
        """The number of the site that is shown."""
        try:
            with open(f"{self.folder}/.made-by-render", encoding="utf-8") as file:
                return int(file.readline().split()[1])
        except FileNotFoundError:
            return 0

    def wrong_with(self, path, content):
        """What is wrong with one file by itself, if anything."""
        if not content:
            return "is empty"
        try:
            if path.endswith(".html") and not content.rstrip().endswith(b"</html>"):
                return "is cut short"
            if path.endswith((".atom", ".xml", ".svg")):
                xml.etree.ElementTree.fromstring(content)
            if path.endswith(".json"):
                json.loads(content)
            if path.endswith(".ndjson"):
                [json.loads(line) for line in content.splitlines()]
        except (ValueError, xml.etree.ElementTree.ParseError) as error:
            return f"is not whole: {error}"
        if path in ("communities.json", "communities.ndjson"):
            missing = [url for url in self.expected if url.encode() not in content]
            if missing:
                return f"lacks {len(missing)} Communities"
        for ending, holds in HOLDS.items():
            packed = self.content(path + ending)
            # Only if the original is still the same was this pair there at one moment.
            if packed is not None and self.content(path) == content and not holds(packed, content):
                return f"is not what its {ending} holds"
        return None

    def links(self, path, content):
        for link in LINK.findall(content):
            url = urllib.parse.urlsplit(html.unescape(link.decode()))
            if not url.scheme and not url.netloc and url.path:
                target = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(url.path))).lstrip("/")
                yield f"{target}/index.html" if self.is_folder(target) else target

    def read(self):
        """One reading, of the folder as it is or held open."""
        if not self.holds:
            return self.visit()
        before, number = self.bad.copy(), self.generation()
        self.held = os.open(self.folder, os.O_RDONLY)
        self.visit()
        os.close(self.held)
        if self.generation() > number + 1:  # it was held for longer than it is kept: no reading at all
            self.bad = before
            self.readings -= not self.ended

    def visit(self):
        """Everything that can be reached."""
        seen, ahead = {"index.html", "communities.json", "communities.ndjson"}, collections.deque()
        ahead.extend((path, None, None) for path in sorted(seen))
        while ahead and not self.ended:
            path, named_by, page = ahead.popleft()
            content = self.content(path)
            if content is None:
                # A page that has just been replaced may have named what has just gone.
                if self.holds or named_by is None or self.content(named_by) == page and self.content(path) is None:
                    self.bad[f"{path} is not there"] += 1
                continue
            self.files += 1
            wrong = self.wrong_with(path, content)
            if wrong:
                self.bad[f"{path} {wrong}"] += 1
            if path.endswith(".html"):
                for target in self.links(path, content):
                    if target.startswith("assets/") and self.content(target) is None:
                        self.bad[f"{target} of {path} is gone"] += 1
                    if target not in seen:
                        seen.add(target)
                        ahead.append((target, path, content))
        self.readings += not self.ended


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder")
    options.add_argument("--times", type=int, default=0)
    options.add_argument("--expect")
    options.add_argument("--hold", action="store_true")
    options = options.parse_args()
    expected = open(options.expect, encoding="utf-8").read().split() if options.expect else []
    reader = Reader(options.folder, expected, options.hold)

    def end(*_):
        reader.ended = True

    signal.signal(signal.SIGTERM, end)
    while not reader.ended and (not options.times or reader.readings < options.times):
        reader.read()
    print(json.dumps({"readings": reader.readings, "files": reader.files, "bad": reader.bad}, ensure_ascii=False))
    sys.exit(bool(reader.bad))


main()
