"""pysogs: today's (0.3.5 to 0.3.8), 0.3.0, and 0.2 of the time before v4. Routes, pages, answers to bad input."""

import base64
import html
import json
import re

import onion
from http11 import Reply, Request, reason
from rooms import messages
from sogs import V4_ROUTE, Sogs, batch_body, inner_headers, json_reply

_EXPLANATIONS = {
    400: "The browser (or proxy) sent a request that this server could not understand.",
    403: "You don't have the permission to access the requested resource. It is either read-protected or not "
    "readable by the server.",
    404: "The requested URL was not found on the server. If you entered the URL manually please check your "
    "spelling and try again.",
    405: "The method is not allowed for the requested URL.",
    500: "The server encountered an internal error and was unable to complete your request. Either the server is "
    "overloaded or there is an error in the application.",
}


def error_page(status, headers=None):
    """The HTML page that Flask gives for a status."""
    title = html.escape(reason(status))
    text = html.escape(_EXPLANATIONS.get(status, ""), quote=False)
    page = f"<!doctype html>\n<html lang=en>\n<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n"
    return Reply(status, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, page.encode())


def html_page(text):
    return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, text.encode("utf-8", "replace"))


class Pysogs(Sogs):
    """The current version. A route is a pattern, the methods it takes, and the name of what answers."""

    capabilities = ["blind", "reactions", "sogs"]
    preview_prefix = "/r/"
    routes = [
        (r"/", ["GET"], "index"),
        (r"/capabilities", ["GET"], "show_capabilities"),
        (r"/rooms", ["GET"], "list_rooms"),
        (r"/room/([^/]+)", ["GET"], "show_room"),
        (r"/room/([^/]+)/file/([0-9]+)", ["GET"], "show_file"),
        (r"/room/([^/]+)/messages/recent", ["GET"], "recent_messages"),
        (r"/r/([^/]+)", ["GET"], "add_slash"),
        (r"/r/([^/]+)/", ["GET"], "preview"),
        (r"/r/([^/]+)/invite\.png", ["GET"], "invite"),
        (r"/batch", ["POST"], "batch"),
        (r"/sequence", ["POST"], "sequence"),
        (r"/legacy/rooms", ["GET"], "legacy_rooms"),
        (r"/legacy/rooms/([^/]+)", ["GET"], "legacy_room"),
        (V4_ROUTE, ["POST"], "onion_v4"),
        (r"/(?:loki|oxen)/v3/lsrpc", ["POST"], "onion_v3"),
    ]

    def answer(self, request):
        return self.route(request)

    def route(self, request):
        for pattern, methods, name in self.routes:
            match = re.fullmatch(pattern, request.path)
            if not match:
                continue
            if request.method in methods or (request.method == "HEAD" and "GET" in methods):
                reply = getattr(self, name)(request, *match.groups())
                reply.head_only = request.method == "HEAD"
                return reply
            allowed = ["GET", "HEAD"] if "GET" in methods else methods
            if request.method == "OPTIONS":
                return Reply(200, {"Content-Type": "text/html; charset=utf-8", "Allow": ", ".join(allowed + ["OPTIONS"])})
            return error_page(405, {"Allow": ", ".join(allowed + ["OPTIONS"])})
        return error_page(404)

    # --- pages --------------------------------------------------------------------------------------

    def index(self, request):
        rooms = self.listed_rooms()
        if not rooms:
            return html_page("<!doctype html>\n<title>Setup</title>\n<p>This sogs requires additional setup.</p>\n")
        if not self.holdings.index:
            return error_page(403)
        items = "".join(
            f'  <li><a href="{self.preview_prefix}{html.escape(str(room.token))}">{html.escape(str(room.token))}</a></li>\n'
            for room in rooms
        )
        return html_page(f"<!doctype html>\n<title>Rooms</title>\n<h1>Rooms</h1>\n<ul>\n{items}</ul>\n")

    def add_slash(self, request, token):
        if self.find_room(token) is None:
            return error_page(404)
        place = f"{request.scheme}://{request.headers.get('host', 'localhost')}/r/{token}/"
        return Reply(308, {"Content-Type": "text/html; charset=utf-8", "Location": place}, b"Redirecting...\n")

    def preview(self, request, token):
        room = self.find_room(token)
        if room is None or not room.readable:
            return error_page(404 if room is None else 403)
        token, link = html.escape(str(room.token)), html.escape(self.join_url(room))
        return html_page(
            f"<!doctype html>\n<title>{token}</title>\n<h1>{token}</h1>\n"
            f'<div id="modal">\n<pre>{link}</pre>\n<img src="invite.png">\n</div>\n'
            f'<script>window.view_room = "{token}";</script>\n'
        )

    def invite(self, request, token):
        """A picture. (The real one is a QR code of the join URL; nobody here reads it.)"""
        room = self.find_room(token)
        if room is None or not room.readable:
            return error_page(404 if room is None else 403)
        return Reply(200, {"Content-Type": "image/png"}, room.icon)

    # --- the API ------------------------------------------------------------------------------------

    def show_capabilities(self, request):
        had = self.holdings.capabilities
        had = self.capabilities if had is None else had
        told = {"capabilities": had}
        missing = [name for name in request.query.get("required", [""])[0].split(",") if name and name not in had]
        if missing:
            told["missing"] = missing
        return json_reply(told, 412 if missing else 200)

    def list_rooms(self, request):
        return json_reply([room.api for room in self.listed_rooms()], sort_keys=True)

    def visible_room(self, token):
        room = self.find_room(token)
        return None if room is None or room.hidden else room

    def show_room(self, request, token):
        room = self.visible_room(token)
        return json_reply(room.api, sort_keys=True) if room else error_page(404)

    def show_file(self, request, token, number):
        room = self.visible_room(token)
        if room is None or str(room.api.get("image_id")) != number:
            return error_page(404)
        if not room.readable:
            return Reply(403, {"Content-Type": "text/plain"}, b"Forbidden")
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Disposition": "attachment; filename*=UTF-8''icon.png",
            "Date": "Sun, 22 Nov 2026 10:00:00 GMT",
        }
        return Reply(200, headers, room.icon)

    def recent_messages(self, request, token):
        room = self.visible_room(token)
        if room is None or not room.readable:
            return error_page(404 if room is None else 403)
        return json_reply(messages(room), sort_keys=True)

    def batch(self, request, sequence=False):
        if request.headers.get("content-type", "").split(";")[0] != "application/json":
            return error_page(400)
        try:
            body = batch_body(self, request, sequence)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return error_page(400)
        return Reply(200, {"Content-Type": "application/json"}, body + b"\n")

    def sequence(self, request):
        return self.batch(request, sequence=True)

    def legacy_rooms(self, request):
        rooms = [{"id": room.token, "name": room.api.get("name")} for room in self.listed_rooms() if room.readable]
        return json_reply({"rooms": rooms, "status_code": 200})

    def legacy_room(self, request, token):
        """Gives away hidden rooms, as the real one does."""
        room = self.find_room(token)
        if room is None:
            return error_page(404)
        return json_reply({"room": {"id": room.token, "name": room.api.get("name")}, "status_code": 200})

    # --- onion requests -----------------------------------------------------------------------------

    @staticmethod
    def posted(request):
        """The body as Flask hands it over: a form's is not there."""
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        return b"" if kind == "application/x-www-form-urlencoded" else request.body

    def onion_v4(self, request):
        try:
            envelope = onion.unwrap(self.posted(request))
            plaintext, key = self.unseal(envelope, "v4")
        except onion.BadFrame:
            return error_page(500)
        except onion.BadContent:
            return error_page(400)
        sealed = onion.seal(envelope.cipher, key, self.v4_reply(plaintext, request.scheme))
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, sealed)

    def v4_reply(self, plaintext, scheme):
        """The plaintext that answers a plaintext."""
        try:
            metadata, *body = onion.bdecode(plaintext)
            if len(body) > 1:
                raise ValueError("more than two parts")
            metadata = json.loads(metadata)
            method, endpoint, headers = metadata["method"], metadata["endpoint"], metadata.get("headers", {})
            if not endpoint.startswith("/"):
                raise ValueError("no endpoint")
            headers = {name.lower(): value for name, value in headers.items()}
            request = Request(method, endpoint, headers, b"".join(body), scheme, inside=True)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            reply = Reply(400, {"Content-Type": "text/plain; charset=utf-8"}, b"Invalid v4 onion request")
        else:
            reply = self.inner(request)
        return onion.reply_plaintext(reply.status, inner_headers(reply), reply.body)

    def onion_v3(self, request):
        try:
            envelope = onion.unwrap(self.posted(request))
            plaintext, key = self.unseal(envelope, "v3")
        except (onion.BadFrame, onion.BadContent):
            return error_page(400)
        sealed = onion.seal(envelope.cipher, key, self.v3_reply(plaintext, request.scheme))
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, base64.b64encode(sealed))

    def v3_reply(self, plaintext, scheme):
        try:
            members = json.loads(plaintext)
            method, endpoint = members["method"], members["endpoint"]
            target = endpoint if endpoint.startswith("/") else "/legacy/" + endpoint
            headers = {"content-type": "application/json"}
            body = (members.get("body") or "").encode() if method in ("POST", "PUT") else b""
            reply = self.inner(Request(method, target, headers, body, scheme, inside=True))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            reply = Reply(400)
        return reply.body if reply.status == 200 else json.dumps({"status_code": reply.status}).encode()


class Pysogs030(Pysogs):
    """0.3.0: the same, before reactions and blinding by default."""

    capabilities = ["sogs"]


class Pysogs02(Pysogs):
    """0.2: legacy routes and v3 only; its preview page is at /view/room/TOKEN."""

    preview_prefix = "/view/room/"
    routes = [
        (r"/", ["GET"], "index"),
        (r"/view/room/([^/]+)", ["GET"], "preview"),
        (r"/view/room/([^/]+)/invite\.png", ["GET"], "invite"),
        (r"/legacy/rooms", ["GET"], "legacy_rooms"),
        (r"/legacy/rooms/([^/]+)", ["GET"], "legacy_room"),
        (r"/(?:loki|oxen)/v3/lsrpc", ["POST"], "onion_v3"),
    ]
