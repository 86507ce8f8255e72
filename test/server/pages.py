"""Web sites: pages as people publish them, with encodings, validators and pages that change."""

import email.utils
import gzip
import hashlib
import mimetypes
import os
import re
import zlib
from datetime import datetime, timezone

from http11 import Reply

MEMBERS = {"type", "charset", "bytes", "body", "file", "repeat", "status", "headers", "etag", "last_modified",
           "encoding", "retry_after", "cookie", "then", "behaviour", "note"}
mimetypes.add_type("text/markdown", ".md")


def brotli_stored(data):
    """Brotli without a library: uncompressed meta-blocks of up to 64 KiB, and an empty last one."""
    bits, out = [], bytearray()

    def put(value, count):
        bits.extend(value >> shift & 1 for shift in range(count))

    def flush():
        while len(bits) % 8:
            bits.append(0)
        for at in range(0, len(bits), 8):
            out.append(sum(bit << shift for shift, bit in enumerate(bits[at : at + 8])))
        bits.clear()

    put(0, 1)  # a window of 64 KiB
    for at in range(0, len(data), 65536):
        block = data[at : at + 65536]
        put(0, 1)  # not the last
        put(0, 2)  # the length has four nibbles
        put(len(block) - 1, 16)
        put(1, 1)  # uncompressed
        flush()
        out += block
    put(3, 2)  # the last, and empty
    flush()
    return bytes(out)


def zstd_stored(data):
    """Zstandard without a library: raw blocks in a frame that tells its size."""
    out = bytearray(b"\x28\xb5\x2f\xfd\xe0" + len(data).to_bytes(8, "little"))
    blocks = [data[at : at + 65536] for at in range(0, len(data), 65536)] or [b""]
    for number, block in enumerate(blocks):
        out += (len(block) << 3 | (number == len(blocks) - 1)).to_bytes(3, "little") + block
    return bytes(out)


ENCODINGS = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": brotli_stored,
    "zstd": zstd_stored,
}


def http_date(text):
    moment = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
    return email.utils.format_datetime(moment, usegmt=True)


class WebSite:
    """Answers from a table of pages. `expand` fills the placeholders of a body, `folder` is where files are."""

    keep_alive = True

    def __init__(self, pages, ledger, expand, folder):
        self.pages = pages
        self.ledger = ledger
        self.expand = expand
        self.folder = folder
        self.asked = {}

    def answer(self, request):
        path = request.target if request.target in self.pages else request.path
        page = self.pages.get(path)
        if page is None:
            return Reply(404, {"Content-Type": "text/html; charset=utf-8"}, b"<h1>Not Found</h1>\n")
        if request.method not in ("GET", "HEAD"):
            return Reply(405, {"Allow": "GET, HEAD"})
        wanted = page.get("cookie")
        if wanted and request.headers.get("cookie") != wanted:
            return Reply(302, {"Location": path, "Set-Cookie": wanted + "; Path=/; Secure; HttpOnly"})
        turn = self.asked[path] = self.asked.get(path, 0) + 1
        later = page.get("then", [])
        if turn > 1 and later:  # the last version stays
            page = {**page, **later[min(turn - 2, len(later) - 1)]}
        reply = self.page_reply(path, page)
        reply.head_only = request.method == "HEAD"
        return self.unchanged(request, reply)

    def page_reply(self, path, page):
        body = self.body(page)
        headers = {"Content-Type": self.content_type(path, page)}
        if page.get("etag"):
            known = page["etag"]
            headers["ETag"] = known if isinstance(known, str) else '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if page.get("last_modified"):
            headers["Last-Modified"] = http_date(page["last_modified"])
        if "retry_after" in page:
            headers["Retry-After"] = str(page["retry_after"])
        if "encoding" in page:
            headers["Content-Encoding"] = page["encoding"]
            body = ENCODINGS[page["encoding"]](body)
        headers.update({name: self.expand(value) for name, value in page.get("headers", {}).items()})
        return Reply(page.get("status", 200), {n: v for n, v in headers.items() if v}, body)

    def body(self, page):
        """Text with its placeholders filled, in the page's real encoding; a file that is no text as it is."""
        if "file" in page:
            with open(os.path.join(self.folder, page["file"]), "rb") as file:
                data = file.read()
            try:
                text = data.decode()
            except UnicodeDecodeError:
                return data
        else:
            text = page.get("body", "")
        charset = page.get("bytes") or page.get("charset") or "utf-8"
        return (self.expand(text) * page.get("repeat", 1)).encode(charset, "replace")

    @staticmethod
    def content_type(path, page):
        guessed = mimetypes.guess_type(re.split("[?#]", path)[0])[0] or "text/html"
        kind = page.get("type", guessed)
        return f"{kind}; charset={page['charset']}" if "charset" in page else kind

    def unchanged(self, request, reply):
        """A 304 where the client's copy is still good."""
        tag, date = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        if reply.status != 200 or (tag is None and date is None):
            return reply
        self.ledger.conditional += 1
        if tag is not None:
            good = "ETag" in reply.headers and reply.headers["ETag"] in [each.strip() for each in tag.split(",")]
        else:
            good = "Last-Modified" in reply.headers and _seconds(reply.headers["Last-Modified"]) <= _seconds(date)
        if not good:
            return reply
        self.ledger.not_modified += 1
        kept = {name: reply.headers[name] for name in ("ETag", "Last-Modified") if name in reply.headers}
        return Reply(304, kept)


def _seconds(date):
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return -1
