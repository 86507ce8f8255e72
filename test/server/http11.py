"""HTTP/1.1 by hand: requests are read strictly, replies are written byte by byte so that they can be wrong."""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, unquote

HEAD_LIMIT = 64 * 1024
BODY_LIMIT = 16 * 1024 * 1024


class BadRequest(Exception):
    """What came in is no HTTP request."""


@dataclass
class Request:
    method: str
    target: str  # path and query, as asked
    headers: dict = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    scheme: str = "http"
    inside: bool = False  # came out of an onion request

    @property
    def path(self):
        return unquote(self.target.split("?", 1)[0])

    @property
    def query(self):
        return parse_qs(self.target.partition("?")[2], keep_blank_values=True)


@dataclass
class Reply:
    status: int = 200
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    close: bool = False  # the connection ends with this reply
    head_only: bool = False  # the answer to HEAD: all headers, no body


def reason(status):
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unheard Of"


def reply_head(reply, length=None):
    """Status line and headers. A `length` of None leaves Content-Length out."""
    lines = [f"HTTP/1.1 {reply.status} {reason(reply.status)}"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    if length is not None and reply.status != 304:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


async def read_request(reader, writer, scheme):
    """The next request on a connection, or None when the client is gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise BadRequest("cut off in the headers") from error
        return None
    except asyncio.LimitOverrunError as error:
        raise BadRequest("endless headers") from error
    lines = head.decode("latin-1").split("\r\n")
    try:
        method, target, version = lines[0].split(" ")
    except ValueError as error:
        raise BadRequest(f"no request line: {lines[0]!r}") from error
    if not version.startswith("HTTP/1."):
        raise BadRequest(f"version {version}")
    headers = {}
    for line in filter(None, lines[1:]):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    if headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = await _read_body(reader, headers)
    return Request(method, target, headers, body, scheme)


async def _read_body(reader, headers):
    try:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return await _read_chunks(reader)
        length = int(headers.get("content-length", 0))
        if length > BODY_LIMIT:
            raise BadRequest("a body over the limit")
        return await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ValueError) as error:
        raise BadRequest("a broken body") from error


async def _read_chunks(reader):
    body = b""
    while len(body) <= BODY_LIMIT:
        length = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        body += await reader.readexactly(length)
        await reader.readexactly(2)
        if length == 0:
            return body
    raise BadRequest("a body over the limit")
