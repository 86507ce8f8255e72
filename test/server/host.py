"""One host of the world: what its data line says, made ready to answer."""

import os

import onion
from behaviours import make_faults
from bunsogs import Bunsogs
from hostile import hostile_rooms
from ledger import Ledger
from pages import MEMBERS as PAGE_MEMBERS
from pages import WebSite
from pysogs import Pysogs, Pysogs02, Pysogs030
from rooms import make_room
from rust_sogs import RustSogs
from sogs import Holdings

SOFTWARE = {"pysogs": Pysogs, "pysogs-0.3.0": Pysogs030, "pysogs-0.2": Pysogs02, "bunsogs": Bunsogs, "rust": RustSogs}
MEMBERS = {"host", "schemes", "key", "also_holds", "shows", "base_url", "capabilities", "index", "software", "rooms",
           "rooms_of", "behaviour", "keep_alive", "pages", "sentinel", "same_as", "note"}
DEFAULT_PORTS = {"http": 80, "https": 443}


class BadLine(ValueError):
    """A line of data that makes no host."""


class Host:
    """`line` is the data line; `world` answers what other hosts are."""

    def __init__(self, line, world):
        self.name = line["host"]
        self.world = world
        self.address = None  # set when the world is laid out
        self.endpoints = {}  # scheme: (address, port), set by those who listen
        self.ledger = Ledger(self.name)
        self.update(line)

    def update(self, line):
        """Takes on a data line: at the start, and when the world is told to change a host."""
        unknown = set(line) - MEMBERS
        if unknown:
            raise BadLine(f'unknown member "{sorted(unknown)[0]}"')
        self.line = line
        self.public_ports = dict(self._public_port(each) for each in line.get("schemes", ["https"]))
        self.faults = make_faults(line.get("behaviour"), self.name)
        self.sentinel = bool(line.get("sentinel"))
        self._server = None
        if line.get("software", "pysogs") not in SOFTWARE:
            raise BadLine(f'no software "{line["software"]}"; there are {", ".join(SOFTWARE)}')
        for path, page in line.get("pages", {}).items():
            if set(page) - PAGE_MEMBERS:
                raise BadLine(f'page {path}: unknown member "{sorted(set(page) - PAGE_MEMBERS)[0]}"')
            if "file" in page and not os.path.exists(os.path.join(self.world.folder, page["file"])):
                raise BadLine(f'page {path}: no file {page["file"]} beside the data')
            for fault in make_faults(page.get("behaviour"), self.name):
                fault.when.setdefault("path", path)
                self.faults.append(fault)

    def add(self, member, more):
        """Takes on more rooms (a list) or pages (a dict), as later lines of the data bring them."""
        old = self.line.get(member, type(more)())
        self.update({**self.line, member: old + more if isinstance(more, list) else {**old, **more}})

    @staticmethod
    def _public_port(text):
        scheme, _, port = text.partition(":")
        if scheme not in DEFAULT_PORTS:
            raise BadLine(f'a scheme is "http" or "https", with a port or without, and not "{text}"')
        return scheme, int(port or DEFAULT_PORTS[scheme])

    # --- what it is ---------------------------------------------------------------------------------

    @property
    def private_keys(self):
        settings = [self.line.get("key", "seed:" + self.name), *self.line.get("also_holds", [])]
        return [self._private_key(setting) for setting in settings]

    @staticmethod
    def _private_key(setting):
        kind, _, value = setting.partition(":")
        if kind == "seed":
            return onion.private_key(value)
        if kind == "private" and len(value) == 64:
            return bytes.fromhex(value)
        raise BadLine('a key is "seed:WORD" or "private:64-HEX"')

    @property
    def own_key(self):
        return onion.public_key(self.private_keys[0]).hex()

    @property
    def shown_key(self):
        """The public key that it prints, its own or not."""
        setting = self.world.expand(self.line.get("shows", "own"))
        own = bytes.fromhex(self.own_key)
        words = {"own": own, "zero": bytes(32), "top-bit": own[:31] + bytes([own[31] | 0x80])}
        return words[setting].hex() if setting in words else setting

    def base_url(self, scheme=None):
        scheme = scheme or next(iter(self.public_ports))
        port = self.public_ports[scheme]
        return f"{scheme}://{self.name}" + ("" if port == DEFAULT_PORTS[scheme] else f":{port}")

    @property
    def server(self):
        """The Sogs or WebSite behind this host, made when it is first asked."""
        if self._server is None:
            self._server = self._make_server()
        return self._server

    def _make_server(self):
        if "pages" in self.line:
            return WebSite(self.line["pages"], self.ledger, self.world.expand, self.world.folder)
        base_url = self.world.expand(self.line.get("base_url", "http://example.net"))
        holdings = Holdings(
            private_keys=self.private_keys,
            shows=self.shown_key,
            rooms=self._rooms(),
            base_url=base_url,
            capabilities=self.line.get("capabilities"),
            index=self.line.get("index", True),
        )
        return SOFTWARE[self.line.get("software", "pysogs")](holdings, self.ledger, self.edit)

    def _rooms(self):
        if "rooms_of" in self.line:
            return self.world.host(self.line["rooms_of"]).server.holdings.rooms
        setting = self.line.get("rooms", [])
        if setting == "hostile":
            setting = hostile_rooms()
        elif isinstance(setting, dict):
            setting = [{"token": f"room{number}", "name": f"Room {number}"} for number in range(setting["count"])]
        rooms = []
        for short in setting:
            if "token" not in short:
                raise BadLine("a room without a token")
            short = {name: self.world.expand(value) if name == "shows" else value for name, value in short.items()}
            rooms.append(make_room(short, self.own_key))
        return rooms

    @property
    def keep_alive(self):
        return self.line.get("keep_alive", self.server.keep_alive)

    # --- what it does -------------------------------------------------------------------------------

    def fault(self, stage, scheme, request=None):
        """The first Fault that takes hold of this stage now, if any."""
        for fault in self.faults:
            if fault.behaviour.stage == stage and fault.matches(scheme, request):
                self.ledger.faults[fault.behaviour.name] += 1
                return fault
        return None

    def answer(self, request):
        """The Reply to a request from outside, every behaviour but the sending applied."""
        fault = self.fault("instead", request.scheme, request)
        reply = fault.behaviour.run(self, request, fault.options) if fault else self.server.answer(request)
        return self.edit(request, reply)

    def edit(self, request, reply):
        for fault in self.faults:
            if fault.behaviour.stage == "edit" and fault.matches(request.scheme, request):
                self.ledger.faults[fault.behaviour.name] += 1
                reply = fault.behaviour.run(self, request, reply, fault.options)
        return reply
