"""Rooms: a short line of data filled in with every member that a real server gives."""

import base64
import hashlib
import struct
import time
import zlib
from dataclasses import dataclass

WEEK = 604800
SHORT_MEMBERS = ("admins", "moderators", "pinned", "image", "age_days", "hidden", "drop", "shows")


@dataclass
class Room:
    """`api` is what /room/TOKEN tells; the rest is what the server knows besides."""

    token: object  # text, but a hostile server may say anything
    api: dict
    readable: bool
    hidden: bool  # not accessible at all
    colour: bytes
    shows: str = None  # the key on this room's preview page, when it is not the server's

    @property
    def icon(self):
        return png(self.colour)

    @property
    def folded(self):
        return str(self.token).casefold()


def _digest(*parts):
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()


def _number(low, high, *parts):
    return low + int.from_bytes(_digest(*parts)[:8], "big") % (high - low)


def session_id(*parts):
    return "05" + _digest("session id", *parts).hex()


def _ids(setting, *parts):
    """A count becomes that many ids; a list is taken as it is."""
    return [session_id(*parts, number) for number in range(setting)] if isinstance(setting, int) else setting


def make_room(short, seed):
    """A Room from its line of data; what the line leaves out depends only on `seed` and the token."""
    token = short["token"]
    key = (seed, token)
    api = {
        "active_users": _number(1, 90, "active", *key),
        "active_users_cutoff": WEEK,
        "admins": _ids(short.get("admins", 1), "admin", *key),
        "created": 1640000000 + _number(0, 120000000, "day", *key) + _number(0, 9999999, "second", *key) / 1e7,
        "info_updates": _number(1, 40, "info", *key),
        "message_sequence": _number(50, 90000, "messages", *key),
        "moderators": _ids(short.get("moderators", 0), "moderator", *key),
        "name": token,
        "read": True,
        "token": token,
        "upload": True,
        "write": True,
    }
    if "age_days" in short:
        api["created"] = time.time() // 86400 * 86400 - short["age_days"] * 86400 + 0.2518341
    if short.get("image"):
        api["image_id"] = 1 + _number(0, 40, "image", *key)
    if short.get("pinned"):
        api["pinned_messages"] = [
            {"id": number + 1, "pinned_at": api["created"] + 60 * number, "pinned_by": session_id("admin", *key, 0)}
            for number in range(short["pinned"])
        ]
    api.update({name: value for name, value in short.items() if name not in SHORT_MEMBERS})
    for name in short.get("drop", ()):
        api.pop(name, None)
    return Room(
        token=token,
        api=api,
        readable=bool(api.get("read")) and not short.get("hidden"),
        hidden=bool(short.get("hidden")),
        colour=_digest("colour", *key)[:3],
        shows=short.get("shows"),
    )


def as_bunsogs(api):
    """The members as bunsogs writes them: null where pysogs leaves out, two more at the end."""
    order = ("active_users active_users_cutoff admins created description image_id info_updates message_sequence "
             "moderators name token pinned_messages read write upload").split()
    absent = {"description": None, "image_id": None, "pinned_messages": []}
    named = {name: api.get(name, absent.get(name)) for name in order if name in api or name in absent}
    return {**named, "moderator": False, "admin": False, **{n: v for n, v in api.items() if n not in named}}


def messages(room):
    """Two recent messages, as they are given without any login."""
    return [
        {
            "data": base64.b64encode(_digest("text", room.token, number) + b"\x80" * 32).decode(),
            "id": number + 1,
            "posted": 1700000000.25 + 60 * number,
            "reactions": {},
            "seqno": number + 1,
            "session_id": session_id("writer", room.token, number),
            "signature": base64.b64encode(_digest("signature", room.token, number) * 2).decode(),
        }
        for number in (1, 0)
    ]


def png(colour, size=16):
    """A square of one colour."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\x00" + bytes(colour) * size) * size)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
