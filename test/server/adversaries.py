"""Servers that want to pass for the holder of a key they do not hold, or that answer onion requests wrongly."""

import base64

import onion
from behaviours import behaviour
from http11 import Reply, Request
from sogs import V4_ROUTE

AT_PROOF = {"path": V4_ROUTE, "method": "POST"}
BINARY = {"Content-Type": "text/html; charset=utf-8"}
CAPABILITIES = b'{"capabilities":["blind","reactions","sogs"]}\n'
GOOD_PLAINTEXT = onion.reply_plaintext(200, {"content-type": "application/json"}, CAPABILITIES)


def envelope_of(request):
    """The Envelope of a proof request, or None."""
    try:
        return onion.unwrap(request.body)
    except (onion.BadFrame, onion.BadContent):
        return None


def own_secret(host, envelope):
    return onion.shared_secret(host.private_keys[0], envelope.client_key)


def sealed_with(envelope, secret, server_key, plaintext=GOOD_PLAINTEXT):
    key = onion.symmetric_key(envelope.cipher, secret, envelope.client_key, server_key)
    return Reply(200, BINARY, onion.seal(envelope.cipher, key, plaintext))


def no_envelope(host, request):
    return host.server.answer(request)


# --- between the client and the true server ----------------------------------------------------------


@behaviour("instead", "relay", "hands everything to another host, and its answers back unchanged", to=None)
def relay(host, request, options):
    return host.world.host(options["to"]).answer(request)


# --- answers without the key -------------------------------------------------------------------------


@behaviour("instead", "own-reply", "answers with a well-formed reply under its own key, whatever was asked; with hash_shown it "
           "hashes the key it shows into the one it encrypts with", AT_PROOF, hash_shown=False)
def own_reply(host, request, options):
    envelope = envelope_of(request)
    if envelope is None:
        return no_envelope(host, request)
    hashed = host.shown_key if options["hash_shown"] else host.own_key
    return sealed_with(envelope, own_secret(host, envelope), bytes.fromhex(hashed))


@behaviour("instead", "echo-ciphertext", "sends the client's own ciphertext back", AT_PROOF)
def echo_ciphertext(host, request, options):
    envelope = envelope_of(request)
    return Reply(200, BINARY, envelope.ciphertext if envelope else b"")


@behaviour("instead", "echo-body", "sends the whole request body back", AT_PROOF)
def echo_body(host, request, options):
    return Reply(200, BINARY, request.body)


@behaviour("instead", "replay", "sends a genuine reply that the true server gave to somebody else before", AT_PROOF, of=None)
def replay(host, request, options):
    envelope = envelope_of(request)
    cipher = envelope.cipher if envelope else onion.XCHACHA20
    if not hasattr(host, "recorded"):
        host.recorded = {}
    if cipher not in host.recorded:
        host.recorded[cipher] = _genuine_reply(host.world.host(options["of"]), cipher)
    return Reply(200, BINARY, host.recorded[cipher])


def _genuine_reply(victim, cipher):
    """What the victim answers a client that asks for its capabilities."""
    private = onion.private_key("somebody else")
    public = onion.public_key(private)
    server_key = bytes.fromhex(victim.own_key)
    key = onion.symmetric_key(cipher, onion.shared_secret(private, server_key), public, server_key)
    ciphertext = onion.seal(cipher, key, onion.request_plaintext("GET", "/capabilities"))
    headers = {"content-type": "application/octet-stream"}
    return victim.answer(Request("POST", V4_ROUTE, headers, onion.wrap(ciphertext, public, cipher))).body


@behaviour("instead", "zero-key", "answers under the all-zero key, whose secret anybody can compute", AT_PROOF)
def zero_key(host, request, options):
    envelope = envelope_of(request)
    return sealed_with(envelope, bytes(32), bytes(32)) if envelope else no_envelope(host, request)


@behaviour("instead", "plain-reply", "answers with the right plaintext, not encrypted", AT_PROOF)
def plain_reply(host, request, options):
    return Reply(200, BINARY, GOOD_PLAINTEXT)


# --- answers with the key, spoilt on the way ---------------------------------------------------------


def genuine(host, request):
    return host.server.answer(request).body


@behaviour("instead", "cut-reply", "leaves out the last bytes of its encrypted reply", AT_PROOF, missing=1)
def cut_reply(host, request, options):
    return Reply(200, BINARY, genuine(host, request)[: -options["missing"]])


@behaviour("instead", "appended-reply", "appends a byte to its encrypted reply", AT_PROOF)
def appended_reply(host, request, options):
    return Reply(200, BINARY, genuine(host, request) + b"\x00")


@behaviour("instead", "base64-reply", "sends its encrypted reply as base64, as v3 did", AT_PROOF)
def base64_reply(host, request, options):
    return Reply(200, BINARY, base64.b64encode(genuine(host, request)))


MALFORMED = {
    "empty": b"",
    "l": b"l",
    "le": b"le",
    "one-string": onion.bencode(b'{"code":200,"headers":{}}'),
    "three-strings": onion.bencode(b'{"code":200,"headers":{}}', b"a", b"b"),
    "trailing": GOOD_PLAINTEXT + b"e",
    "past-end": b'l25:{"code":200,"headers":{}}99:shorte',
    "long-length": b'l25:{"code":200,"headers":{}}00000000002:[]e',
    "negative-length": b'l25:{"code":200,"headers":{}}-2:[]e',
    "no-code": onion.bencode(b'{"headers":{}}', CAPABILITIES),
    "text-code": onion.bencode(b'{"code":"200","headers":{}}', CAPABILITIES),
    "float-code": onion.bencode(b'{"code":200.5,"headers":{}}', CAPABILITIES),
    "code-99": onion.bencode(b'{"code":99,"headers":{}}', CAPABILITIES),
    "code-600": onion.bencode(b'{"code":600,"headers":{}}', CAPABILITIES),
    "nested-code": onion.bencode(b'{"meta":{"code":200},"headers":{}}', CAPABILITIES),
    "list-metadata": onion.bencode(b'[{"code":200,"headers":{}}]', CAPABILITIES),
    "no-json": onion.bencode(b"code=200", CAPABILITIES),
    "deep-metadata": onion.bencode(b"[" * 100000 + b"]" * 100000, CAPABILITIES),
    "like-a-request": onion.bencode(b'{"code":200,"headers":{},"method":"GET","endpoint":"/capabilities"}', CAPABILITIES),
}


@behaviour("instead", "malformed-reply", "encrypts rightly what is no reply; form is one of " + ", ".join(MALFORMED)
           + ", request (the client's own plaintext)", AT_PROOF, form=None)
def malformed_reply(host, request, options):
    envelope = envelope_of(request)
    if envelope is None:
        return no_envelope(host, request)
    secret, server_key = own_secret(host, envelope), bytes.fromhex(host.own_key)
    plaintext = MALFORMED.get(options["form"])
    if options["form"] == "request":
        key = onion.symmetric_key(envelope.cipher, secret, envelope.client_key, server_key)
        plaintext = onion.unseal(envelope.cipher, key, envelope.ciphertext)
    return sealed_with(envelope, secret, server_key, plaintext)
