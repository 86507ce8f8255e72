"""What goes wrong while a reply is put on the wire: pace, length, framing, headers."""

import asyncio
import itertools

from behaviours import behaviour
from http11 import reply_head

BLOCK = 64 * 1024


def whole(reply):
    return reply_head(reply, len(reply.body)) + reply.body


async def pour(wire, blocks):
    """Sends block after block, and lets the other connections have their turn between them."""
    for block in blocks:
        await wire.send(block)
        await asyncio.sleep(0)


def without_length(reply, **headers):
    return reply_head(type(reply)(reply.status, {**reply.headers, **headers}))


@behaviour("send", "stall", "never answers the request (with \"share\": at random, from a fixed seed)")
async def stall(wire, reply, options):
    await wire.until_gone()


@behaviour("send", "slow", "waits before it answers", seconds=1)
async def slow(wire, reply, options):
    await asyncio.sleep(options["seconds"])
    await wire.send_reply(reply)


@behaviour("send", "drip", "sends its answer a few bytes a second", rate=2, head=False)
async def drip(wire, reply, options):
    """With "head" the headers drip, too."""
    data = whole(reply)
    if not options["head"]:
        start = len(data) - len(reply.body)
        await wire.send(data[:start])
        data = data[start:]
    for byte in data:
        await wire.send(bytes([byte]))
        await asyncio.sleep(1 / options["rate"])


@behaviour("send", "half", "sends half of its answer, then nothing more, and stays")
async def half(wire, reply, options):
    await wire.send(whole(reply)[: -max(1, len(reply.body) // 2)])
    await wire.until_gone()


@behaviour("send", "truncated", "closes after half of the body it declared")
async def truncated(wire, reply, options):
    await wire.send(whole(reply)[: -max(1, len(reply.body) // 2)])


@behaviour("send", "short-length", "declares fewer bytes than it sends", missing=7)
async def short_length(wire, reply, options):
    await wire.send(reply_head(reply, max(0, len(reply.body) - options["missing"])) + reply.body)


@behaviour("send", "bad-length", "declares a length that is no number", length="12x")
async def bad_length(wire, reply, options):
    await wire.send(without_length(reply, **{"Content-Length": options["length"]}) + reply.body)


@behaviour("send", "two-lengths", "declares two lengths that differ")
async def two_lengths(wire, reply, options):
    head = reply_head(reply, len(reply.body))
    await wire.send(head.replace(b"\r\n", b"\r\nContent-Length: 1\r\n", 1) + reply.body)


@behaviour("send", "until-close", "declares no length: the body ends with the connection")
async def until_close(wire, reply, options):
    await wire.send(without_length(reply) + reply.body)


@behaviour("send", "chunked", "sends its answer in chunks, correctly", size=100)
async def chunked(wire, reply, options):
    await wire.send(without_length(reply, **{"Transfer-Encoding": "chunked"}))
    for at in range(0, len(reply.body), options["size"]):
        piece = reply.body[at : at + options["size"]]
        await wire.send(b"%x\r\n%s\r\n" % (len(piece), piece))
    await wire.send(b"0\r\n\r\n")


@behaviour("send", "chunk-garbage", "sends chunks whose sizes are no numbers")
async def chunk_garbage(wire, reply, options):
    await wire.send(without_length(reply, **{"Transfer-Encoding": "chunked"}))
    await wire.send(b"10\r\n[{\"token\":\"a\",\"n\r\nhello\r\nZZ;\r\n\x00\xff\r\n-1\r\n" + reply.body)


@behaviour("send", "chunk-huge", "announces a chunk of 2^64 bytes less one")
async def chunk_huge(wire, reply, options):
    await wire.send(without_length(reply, **{"Transfer-Encoding": "chunked"}))
    await wire.send(b"ffffffffffffffff\r\n" + reply.body)


@behaviour("send", "huge", "sends a body of so many MiB that looks like the start of a room list", mib=64, kept=0)
async def huge(wire, reply, options):
    """The last "kept" bytes of it never come."""
    length = options["mib"] * 1024 * 1024
    start = b'[{"token":"huge","name":"'
    await wire.send(reply_head(reply, length) + start)
    left = length - len(start) - options["kept"]
    await pour(wire, (b"a" * min(BLOCK, left - at) for at in range(0, left, BLOCK)))
    if options["kept"]:
        await wire.until_gone()


@behaviour("send", "endless", "sends a body in chunks that never ends")
async def endless(wire, reply, options):
    await wire.send(without_length(reply, **{"Transfer-Encoding": "chunked"}))
    await pour(wire, itertools.repeat(b"%x\r\n%s\r\n" % (BLOCK, b"a" * BLOCK)))


@behaviour("send", "declared-huge", "declares a body of 1 TiB, sends its real one, and stays", length=1 << 40)
async def declared_huge(wire, reply, options):
    await wire.send(reply_head(reply, options["length"]) + reply.body)
    await wire.until_gone()


@behaviour("send", "endless-headers", "sends header after header and never a body")
async def endless_headers(wire, reply, options):
    await wire.send(b"HTTP/1.1 200 OK\r\n")
    await pour(wire, (b"X-Header-%d: %s\r\n" % (number, b"v" * 100) for number in itertools.count()))


@behaviour("send", "huge-header", "sends one header of so many KiB", kib=1024)
async def huge_header(wire, reply, options):
    headers = {"X-Huge": "v" * options["kib"] * 1024}
    await wire.send(without_length(reply, **headers, **{"Content-Length": len(reply.body)}) + reply.body)


@behaviour("send", "odd-headers", "sends headers with control bytes, folded lines, no colon, and one name twice")
async def odd_headers(wire, reply, options):
    odd = b"X-Bell: \x07\x1b[31m\x7f\xff\r\nX-Folded: one\r\n two\r\nno colon here\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
    await wire.send(whole(reply).replace(b"\r\n", b"\r\n" + odd, 1))


@behaviour("send", "continue-flood", "says 100 Continue again and again, for ever")
async def continue_flood(wire, reply, options):
    await pour(wire, itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 100))


@behaviour("send", "garbage", "answers with bytes that are no HTTP")
async def garbage(wire, reply, options):
    await wire.send(b"\x00\x01SSH-2.0-OpenSSH_9.2\r\n\xff\xfe" + bytes(range(256)))


@behaviour("send", "no-status", "answers with the bare body, as HTTP 0.9 did")
async def no_status(wire, reply, options):
    await wire.send(reply.body or b"\n")


@behaviour("send", "bad-status", "answers with a status line that is none", line="HTTP/1.1 2e2 OK")
async def bad_status(wire, reply, options):
    head, rest = whole(reply).split(b"\r\n", 1)
    await wire.send(options["line"].encode() + b"\r\n" + rest)


@behaviour("send", "empty-reply", "reads the request and closes without a byte")
async def empty_reply(wire, reply, options):
    pass


@behaviour("send", "reset", "resets the connection when it has read the request")
async def reset(wire, reply, options):
    wire.reset()


@behaviour("send", "reset-midway", "resets the connection after half of its answer")
async def reset_midway(wire, reply, options):
    await wire.send(whole(reply)[: -max(1, len(reply.body) // 2)])
    await asyncio.sleep(0.05)  # what was sent shall arrive before the reset does
    wire.reset()
