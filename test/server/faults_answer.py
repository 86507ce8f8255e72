"""What is wrong with an answer itself: status, type, JSON, text, redirects. With "inside" also in onion requests."""

import functools
import json
import re
import zlib

from behaviours import behaviour
from http11 import Reply
from sogs import dump

HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


@behaviour("edit", "status", "answers with another status, and with retry_after it says when to come back",
           code=503, retry_after="")
def status(host, request, reply, options):
    headers = dict(HTML)
    if options["retry_after"] != "":
        headers["Retry-After"] = str(options["retry_after"])
    return Reply(options["code"], headers, b"<h1>%d</h1>\n" % options["code"])


@behaviour("edit", "challenge", "answers like a content network that wants a browser with JavaScript", code=403)
def challenge(host, request, reply, options):
    page = b"<!doctype html><title>Just a moment...</title><script>window.challenge = 1</script>Checking your browser.\n"
    return Reply(options["code"], {**HTML, "Server": "shield"}, page)


@behaviour("edit", "wrong-type", "gives HTML where JSON was asked for, with status 200")
def wrong_type(host, request, reply, options):
    return Reply(200, HTML, b"<!doctype html>\n<title>Welcome to nginx!</title>\n<h1>It works!</h1>\n")


@behaviour("edit", "says-type", "gives the right answer under another content type", type="text/plain")
def says_type(host, request, reply, options):
    return Reply(reply.status, {**reply.headers, "Content-Type": options["type"]}, reply.body)


@behaviour("edit", "body", "answers with the given text", text=None, type="application/json", code=200)
def body(host, request, reply, options):
    text = host.world.expand(options["text"]).encode("utf-8", "surrogatepass")
    return Reply(options["code"], {"Content-Type": options["type"]}, text)


@behaviour("edit", "invalid-json", "answers with something that only looks like JSON")
def invalid_json(host, request, reply, options):
    return Reply(200, JSON, b"[{'token': 'a', name: NaN,}, undefined\n")


@behaviour("edit", "cut-json", "answers with the first half of its JSON, correctly framed")
def cut_json(host, request, reply, options):
    return Reply(reply.status, reply.headers, reply.body[: len(reply.body) // 2])


@behaviour("edit", "invalid-utf8", "has bytes in every text of its answer that are no UTF-8")
def invalid_utf8(host, request, reply, options):
    return Reply(reply.status, reply.headers, reply.body.replace(b'":"', b'":"\xc3\x28\xff\xed\xa0\x80'))


@behaviour("edit", "nul-bytes", "has NUL bytes, bare and escaped, in every text of its answer")
def nul_bytes(host, request, reply, options):
    return Reply(reply.status, reply.headers, reply.body.replace(b'":"', b'":"\x00\\u0000'))


@behaviour("edit", "lone-surrogates", "has an escaped half of a surrogate pair in every text of its answer")
def lone_surrogates(host, request, reply, options):
    return Reply(reply.status, reply.headers, reply.body.replace(b'":"', b'":"\\ud800'))


@behaviour("edit", "huge-numbers", "has a number that no double holds in place of every count of users")
def huge_numbers(host, request, reply, options):
    return Reply(reply.status, reply.headers, re.sub(rb'("active_users":)[0-9]+', rb"\g<1>1e999", reply.body))


@behaviour("edit", "deep-json", "answers with arrays in arrays", depth=100000)
def deep_json(host, request, reply, options):
    return Reply(200, JSON, b"[" * options["depth"] + b"]" * options["depth"])


@behaviour("edit", "deep-objects", "answers with objects in objects, in a room's name", depth=100000)
def deep_objects(host, request, reply, options):
    depth = options["depth"]
    return Reply(200, JSON, b'[{"token":"deep","name":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}]")


@behaviour("edit", "many-rooms", "lists so many rooms", count=100000)
def many_rooms(host, request, reply, options):
    return Reply(200, JSON, _many_rooms(options["count"]))


@functools.lru_cache(maxsize=2)
def _many_rooms(count):
    return dump([{"token": f"r{n}", "name": f"Room {n}", "active_users": n} for n in range(count)]).encode()


@behaviour("edit", "same-room", "lists one room so many times", count=5000)
def same_room(host, request, reply, options):
    return Reply(200, JSON, dump([{"token": "same", "name": "Same"}] * options["count"]).encode())


@behaviour("edit", "empty-list", "lists no room")
def empty_list(host, request, reply, options):
    return Reply(200, JSON, b"[]\n")


@behaviour("edit", "empty-body", "answers 200 with no body at all")
def empty_body(host, request, reply, options):
    return Reply(200, reply.headers, b"")


@behaviour("edit", "lying-list", "calls every room of its list \"Lie\" and gives it 99,999 users")
def lying_list(host, request, reply, options):
    try:
        rooms = json.loads(reply.body)
        lies = [{**room, "name": "Lie", "active_users": 99999} for room in rooms]
    except (ValueError, TypeError):
        return reply  # no list of rooms
    return Reply(200, JSON, (dump(lies) + "\n").encode())


@behaviour("edit", "gzip-bomb", "sends a body that gzip blows up to so many MiB, asked for or not", mib=256)
def gzip_bomb(host, request, reply, options):
    return Reply(200, {**reply.headers, "Content-Encoding": "gzip"}, _gzip_bomb(options["mib"]))


@functools.lru_cache(maxsize=2)
def _gzip_bomb(mib):
    """Spaces, compressed once by the MiB: blocks between full flushes can be repeated as they are."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    mebibyte = b" " * (1 << 20)
    packer.compress(mebibyte)
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(mib):
        checksum = zlib.crc32(mebibyte, checksum)
    end = packer.flush() + checksum.to_bytes(4, "little") + ((mib << 20) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + block * mib + end


@behaviour("edit", "zstd-bomb", "sends a body that zstd blows up to so many MiB, asked for or not", mib=256)
def zstd_bomb(host, request, reply, options):
    size = options["mib"] << 20
    block = 128 * 1024
    frame = b"\x28\xb5\x2f\xfd\xa0" + size.to_bytes(4, "little")  # a window as large as the content
    count = size // block
    for number in range(count):
        frame += (block << 3 | 1 << 1 | (number == count - 1)).to_bytes(3, "little") + b" "
    return Reply(200, {**reply.headers, "Content-Encoding": "zstd"}, frame)


@behaviour("edit", "fake-encoding", "says that its plain body is encoded", encoding="gzip")
def fake_encoding(host, request, reply, options):
    return Reply(reply.status, {**reply.headers, "Content-Encoding": options["encoding"]}, reply.body)


@behaviour("edit", "headers", "adds headers", headers=None)
def headers(host, request, reply, options):
    added = {name: host.world.expand(value) for name, value in options["headers"].items()}
    return Reply(reply.status, {**reply.headers, **added}, reply.body, reply.close, reply.head_only)


@behaviour("edit", "redirect", "redirects; a target without a path keeps the one that was asked", to=None, code=302)
def redirect(host, request, reply, options):
    to = host.world.expand(options["to"])
    if "://" in to and to.count("/") == 2:
        to += request.target
    return Reply(options["code"], {**HTML, "Location": to}, b"<p>Moved.</p>\n")


@behaviour("edit", "redirect-loop", "redirects to the page that was asked for", code=302)
def redirect_loop(host, request, reply, options):
    return Reply(options["code"], {**HTML, "Location": request.target})


@behaviour("edit", "redirect-chain", "redirects so many times on the same host before it answers", hops=5, code=302)
def redirect_chain(host, request, reply, options):
    """The hop is told by a parameter; the answer at the end is the one to the first request."""
    path, _, hop = request.target.partition("?hop=")
    hop = int(hop) if hop.isdigit() else 0
    if hop >= options["hops"]:
        return reply
    return Reply(options["code"], {**HTML, "Location": f"{path}?hop={hop + 1}"})
