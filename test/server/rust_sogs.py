"""The Rust server of 2021: one sentence for people, v3 with AES-GCM for clients, nothing else."""

import base64
import json

import onion
from http11 import Reply, Request
from sogs import Sogs, dump


class RustSogs(Sogs):
    keep_alive = True

    def answer(self, request):
        if request.path == "/loki/v3/lsrpc" and request.method == "POST":
            return self.onion_v3(request)
        return self.route(request)

    def route(self, request):
        if request.inside and request.method == "GET" and request.path == "/rooms":
            rooms = [{"id": room.token, "name": room.api.get("name")} for room in self.listed_rooms()]
            return self.json({"status_code": 200, "rooms": rooms})
        if request.inside and request.method == "GET" and request.path.startswith("/rooms/"):
            room = self.find_room(request.path.split("/")[2])
            if room is None:
                return Reply(404)
            return self.json({"status_code": 200, "room": {"id": room.token, "name": room.api.get("name")}})
        if request.method in ("GET", "HEAD") and request.path == "/":
            page = b"<html><body><p>This is a Session open group server.</p></body></html>\n"
            return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, page, head_only=request.method == "HEAD")
        return Reply(404)

    @staticmethod
    def json(value):
        return Reply(200, {"Content-Type": "application/json"}, dump(value, ensure_ascii=False).encode())

    def onion_v3(self, request):
        try:
            envelope = onion.unwrap(request.body)
            if envelope.cipher != onion.AES_GCM:
                self.ledger.onion["v3", envelope.cipher, "not_spoken"] += 1
                return Reply(400)
            plaintext, key = self.unseal(envelope, "v3")
        except (onion.BadFrame, onion.BadContent):
            return Reply(400)
        try:
            members = json.loads(plaintext)
            endpoint, method = members["endpoint"], members["method"]
            members["body"], dict(members["headers"])  # demanded, then ignored
            reply = self.inner(Request(method, "/" + endpoint.lstrip("/"), {}, b"", request.scheme, inside=True))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            reply = Reply(400)
        inner = reply.body if reply.status == 200 else dump({"status_code": reply.status}).encode()
        sealed = onion.seal(envelope.cipher, key, inner)
        return Reply(200, {"Content-Type": "text/plain; charset=utf-8"}, base64.b64encode(sealed))
