"""What all Community servers have in common: keys, rooms, and the server's half of onion requests."""

import base64
import json
from dataclasses import dataclass, field

import onion
from http11 import Reply, Request

V4_ROUTE = "/oxen/v4/lsrpc"


@dataclass
class Holdings:
    """What a server has, whichever software runs on it."""

    private_keys: list  # the first is its own; a server may hold more
    shows: str  # the public key that it prints, 64 hex digits
    rooms: list
    base_url: str = "http://example.net"
    capabilities: list = None  # None: as its software and version have them
    index: bool = True  # shows the list of rooms at /

    public_key: bytes = field(init=False)

    def __post_init__(self):
        self.public_key = onion.public_key(self.private_keys[0])


def dump(value, **options):
    """Compact JSON."""
    return json.dumps(value, separators=(",", ":"), **options)


class Sogs:
    """One server. Subclasses know the routes of a software and what it does with bad input.

    `edit` is called with (request, reply) for everything answered inside an onion request, so that a hostile
    server can be hostile there, too. `ledger` counts what was opened, and under which cipher.
    """

    ciphers = (onion.XCHACHA20, onion.AES_GCM)
    keep_alive = False

    def __init__(self, holdings, ledger, edit):
        self.holdings = holdings
        self.ledger = ledger
        self.edit = edit

    def answer(self, request):
        """The Reply to a Request from outside."""
        raise NotImplementedError

    def route(self, request):
        """The Reply of the server's own pages and API, onion requests excepted."""
        raise NotImplementedError

    def inner(self, request):
        """The Reply to a request that came out of an onion request, or out of a batch in one."""
        self.ledger.inside[f"{request.method} {request.target}"] += 1
        return self.edit(request, self.route(request))

    # --- onion requests -----------------------------------------------------------------------------

    def unseal(self, envelope, version):
        """(plaintext, key) of a request, with the first private key that opens it; BadContent if none does."""
        cipher = envelope.cipher
        for private in self.holdings.private_keys:
            secret = onion.shared_secret(private, envelope.client_key)
            key = onion.symmetric_key(cipher, secret, envelope.client_key, onion.public_key(private))
            try:
                plaintext = onion.unseal(cipher, key, envelope.ciphertext)
            except onion.BadContent:
                continue
            self.ledger.onion[version, cipher, "opened"] += 1
            return plaintext, key
        self.ledger.onion[version, cipher, "wrong_key"] += 1
        raise onion.BadContent("does not decrypt", cipher)

    # --- rooms --------------------------------------------------------------------------------------

    def listed_rooms(self):
        return [room for room in self.holdings.rooms if not room.hidden]

    def find_room(self, token):
        """The room of that token in any case, hidden ones included."""
        folded = token.casefold()
        return next((room for room in self.holdings.rooms if room.folded == folded), None)

    def join_url(self, room):
        return f"{self.holdings.base_url}/{room.token}?public_key={room.shows or self.holdings.shows}"


def batch_body(server, request, sequence=False):
    """The JSON text that answers a batch: JSON bodies stand in it as they are, however broken.

    ValueError when the batch itself is malformed.
    """
    parts = json.loads(request.body)
    if not isinstance(parts, list):
        raise ValueError("a batch is a list")
    requests = []
    for part in parts:
        method, target = part["method"], part["path"]
        if method not in ("GET", "POST", "PUT", "DELETE") or not target.startswith("/"):
            raise ValueError("no such request")
        body = dump(part["json"]).encode() if "json" in part else b""
        headers = {name.lower(): value for name, value in part.get("headers", {}).items()}
        requests.append(Request(method, target, headers, body, request.scheme, inside=request.inside))
    answers = []
    for each in requests:
        reply = server.inner(each) if request.inside else server.route(each)
        if reply.headers.get("Content-Type") == "application/json":
            text = reply.body.rstrip(b"\n")
        else:
            text = dump(base64.b64encode(reply.body).decode()).encode()
        headers = dump({name.lower(): str(value) for name, value in reply.headers.items()}).encode()
        answers.append(b'{"body":%s,"code":%d,"headers":%s}' % (text, reply.status, headers))
        if sequence and not 200 <= reply.status < 300:
            break
    return b"[" + b",".join(answers) + b"]"


def inner_headers(reply):
    return {name.lower(): value for name, value in reply.headers.items() if name.lower() != "content-length"}


def json_reply(value, status=200, newline="\n", **options):
    return Reply(status, {"Content-Type": "application/json"}, (dump(value, **options) + newline).encode("utf-8", "backslashreplace"))
