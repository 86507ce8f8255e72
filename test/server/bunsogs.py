"""bunsogs 1.0: AES-GCM only, no pages for people, 500 for whatever it does not understand."""

import json
import re

import onion
from http11 import Reply, Request
from rooms import as_bunsogs
from sogs import V4_ROUTE, Sogs, batch_body, inner_headers, json_reply


class Bunsogs(Sogs):
    keep_alive = True
    routes = [
        (r"/capabilities", "show_capabilities"),
        (r"/rooms", "list_rooms"),
        (r"/room/([^/]+)", "show_room"),
        (r"/room/([^/]+)/file/([0-9]+)", "show_file"),
    ]

    def answer(self, request):
        if request.path == V4_ROUTE and request.method == "POST":
            return self.onion_v4(request)
        if request.path.endswith("/v3/lsrpc"):
            return Reply(500)
        return self.route(request)

    def route(self, request):
        if request.method == "HEAD":
            return Reply(405, head_only=True)
        for pattern, name in self.routes:
            match = re.fullmatch(pattern, request.path)
            if match and request.method == "GET":
                return getattr(self, name)(*match.groups())
        return Reply(404)

    def find_room(self, token):
        """Tokens are compared as they are written."""
        return next((room for room in self.holdings.rooms if room.token == token and not room.hidden), None)

    def show_capabilities(self):
        had = self.holdings.capabilities
        return self.json({"capabilities": ["blind", "reactions", "sogs"] if had is None else had})

    def list_rooms(self):
        return self.json([as_bunsogs(room.api) for room in self.listed_rooms()])

    def show_room(self, token):
        room = self.find_room(token)
        return self.json(as_bunsogs(room.api)) if room else Reply(404)

    def show_file(self, token, number):
        room = self.find_room(token)
        if room is None or not room.readable or str(room.api.get("image_id")) != number:
            return Reply(404)
        return Reply(200, {"Content-Type": "application/octet-stream"}, room.icon)

    @staticmethod
    def json(value):
        return json_reply(value, newline="", ensure_ascii=False)

    def onion_v4(self, request):
        try:
            envelope = onion.unwrap(request.body)
            text = envelope.client_key_text
            if envelope.cipher not in (onion.AES_GCM,) or text != text.lower() or len(text) != 64:
                self.ledger.onion["v4", envelope.cipher, "not_spoken"] += 1
                return Reply(500)
            plaintext, key = self.unseal(envelope, "v4")
            reply = self.inner_reply(plaintext, request.scheme)
        except (onion.BadFrame, onion.BadContent, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Reply(500)
        if not reply.body:  # what has no body is told in the open
            return Reply(reply.status)
        plaintext = onion.reply_plaintext(reply.status, inner_headers(reply), reply.body, compact=True)
        sealed = onion.seal(envelope.cipher, key, plaintext)
        return Reply(reply.status, {"Content-Type": "text/html; charset=utf-8"}, sealed)

    def inner_reply(self, plaintext, scheme):
        metadata, *body = onion.bdecode(plaintext)
        metadata = json.loads(metadata)
        method, endpoint = metadata["method"], metadata["endpoint"]
        headers = {name.lower(): value for name, value in metadata.get("headers", {}).items()}
        request = Request(method, endpoint, headers, b"".join(body[:1]), scheme, inside=True)
        if endpoint == "/batch":
            self.ledger.inside[f"{method} {endpoint}"] += 1
            if not body:
                return Reply(400)
            reply = Reply(200, {"Content-Type": "application/json"}, batch_body(self, request))
            return self.edit(request, reply)
        return self.inner(request)
