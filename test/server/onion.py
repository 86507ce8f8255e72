"""Onion requests, versions 4 and 3, as pure functions: both halves of the wire format.

A request is   N (4 bytes, little endian) | N bytes of ciphertext | JSON with the client's one-time key,
and a reply is the ciphertext alone. Inside a v4 ciphertext is a bencoded list of byte strings.
check_onion.py holds every function here against published vectors.
"""

import base64
import binascii
import functools
import hashlib
import hmac
import json
import os
import struct
from dataclasses import dataclass

from nacl import bindings, exceptions

XCHACHA20 = "xchacha20"
AES_GCM = "aes-gcm"
NONCE_LENGTH = {XCHACHA20: 24, AES_GCM: 12}
_CIPHER_NAMES = {
    None: AES_GCM,
    "aes-gcm": AES_GCM,
    "gcm": AES_GCM,
    "xchacha20": XCHACHA20,
    "xchacha20-poly1305": XCHACHA20,
}
_BASE32Z = "ybndrfg8ejkmcpqxot1uwisza345h769"


class BadFrame(Exception):
    """The envelope cannot be taken apart: too short, a length past its end, no one-time key."""


class BadContent(Exception):
    """The envelope has its parts, but they cannot be used: no JSON, unknown cipher, does not decrypt."""

    def __init__(self, why, cipher=None):
        super().__init__(why)
        self.cipher = cipher  # set when it was decryption that failed


@dataclass
class Envelope:
    """The outer request, taken apart."""

    ciphertext: bytes
    client_key: bytes
    cipher: str
    client_key_text: str


# --- keys -------------------------------------------------------------------------------------------


def private_key(seed):
    """The private key that every world gives to this seed."""
    return hashlib.sha256(b"key of the test world: " + seed.encode()).digest()


@functools.lru_cache(maxsize=65536)
def public_key(private):
    return bindings.crypto_scalarmult_base(private)


def shared_secret(private, public):
    """X25519; raises BadContent where the result would be all zero."""
    try:
        return bindings.crypto_scalarmult(private, public)
    except (RuntimeError, exceptions.CryptoError) as error:
        raise BadContent("a key of low order") from error


def symmetric_key(cipher, secret, client_public, server_public):
    """The 32 bytes both sides encrypt with, in both directions."""
    if cipher == XCHACHA20:
        return hashlib.blake2b(secret + client_public + server_public, digest_size=32).digest()
    return hmac.new(b"LOKI", secret, hashlib.sha256).digest()


# --- encryption -------------------------------------------------------------------------------------


def _aes_gcm(key):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # slow to load, and not always wanted

    return AESGCM(key)


def _aes_gcm_decrypt(key, nonce, sealed):
    from cryptography.exceptions import InvalidTag

    try:
        return _aes_gcm(key).decrypt(nonce, sealed, None)
    except InvalidTag as error:
        raise BadContent("does not decrypt", AES_GCM) from error


def seal(cipher, key, plaintext, nonce=None):
    """nonce | ciphertext | tag"""
    nonce = nonce if nonce is not None else os.urandom(NONCE_LENGTH[cipher])
    if cipher == XCHACHA20:
        return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, None, nonce, key)
    return nonce + _aes_gcm(key).encrypt(nonce, plaintext, None)


def unseal(cipher, key, sealed):
    """The plaintext; BadContent when the key is another one or a byte was changed."""
    nonce, rest = sealed[: NONCE_LENGTH[cipher]], sealed[NONCE_LENGTH[cipher] :]
    if len(rest) < 16:
        raise BadContent("does not decrypt", cipher)  # not even a tag
    if cipher == AES_GCM:
        return _aes_gcm_decrypt(key, nonce, rest)
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(rest, None, nonce, key)
    except exceptions.CryptoError as error:
        raise BadContent("does not decrypt", cipher) from error


# --- the outer request ------------------------------------------------------------------------------


def wrap(ciphertext, client_public, cipher=None):
    """The client's POST body."""
    members = {"ephemeral_key": client_public.hex()}
    if cipher is not None:
        members["enc_type"] = cipher
    return struct.pack("<I", len(ciphertext)) + ciphertext + json.dumps(members, separators=(",", ":")).encode()


def unwrap(body):
    """The Envelope of a POST body."""
    if len(body) < 4:
        raise BadFrame("shorter than its length field")
    (length,) = struct.unpack("<I", body[:4])
    if length > len(body) - 4:
        raise BadFrame("length past the end")
    try:
        members = json.loads(body[4 + length :])
        cipher_name = members.get("enc_type")
    except (ValueError, AttributeError, RecursionError) as error:
        raise BadContent("no JSON object after the ciphertext") from error
    if "ephemeral_key" not in members:
        raise BadFrame("no ephemeral_key")
    if not isinstance(cipher_name, (str, type(None))) or cipher_name not in _CIPHER_NAMES:
        raise BadContent("unknown enc_type")
    text = members["ephemeral_key"]
    return Envelope(body[4 : 4 + length], read_key(text), _CIPHER_NAMES[cipher_name], text)


def read_key(text):
    """32 bytes from hex, base64 or base32z, as old servers accept them."""
    try:
        if len(text) == 64:
            return bytes.fromhex(text)
        if len(text) in (43, 44):
            return base64.b64decode(text.rstrip("=") + "=", validate=True)
        if len(text) == 52:
            number = 0
            for letter in text:
                number = number << 5 | _BASE32Z.index(letter)
            return (number >> 4).to_bytes(32, "big")
    except (ValueError, TypeError, OverflowError, binascii.Error):
        pass
    raise BadContent("ephemeral_key is no key")


# --- the inner messages -----------------------------------------------------------------------------


def bencode(*strings):
    return b"l" + b"".join(b"%d:%s" % (len(string), string) for string in strings) + b"e"


def bdecode(blob):
    """The byte strings of a bencoded list; ValueError for anything else."""
    if blob[:1] != b"l":
        raise ValueError("no list")
    strings, at = [], 1
    while blob[at : at + 1] != b"e":
        colon = blob.find(b":", at, at + 11)
        if colon < 0 or not blob[at:colon].isdigit():
            raise ValueError("no length")
        end = colon + 1 + int(blob[at:colon])
        if end > len(blob):
            raise ValueError("length past the end")
        strings.append(blob[colon + 1 : end])
        at = end
    if at + 1 != len(blob):
        raise ValueError("bytes after the list")
    return strings


def request_plaintext(method, endpoint, headers=None, body=None):
    """What a v4 client encrypts."""
    members = {"method": method, "endpoint": endpoint, "headers": headers or {}}
    parts = [json.dumps(members, separators=(",", ":")).encode()]
    return bencode(*parts if body is None else parts + [body])


def reply_plaintext(code, headers, body, compact=False):
    """What a v4 server encrypts; pysogs leaves spaces in the metadata, bunsogs does not."""
    separators = (",", ":") if compact else (", ", ": ")
    return bencode(json.dumps({"code": code, "headers": headers}, separators=separators).encode(), body)
