"""Reads a world from its data file, gives every host an address, and fills in placeholders."""

import ipaddress
import json
import os
import re

from behaviours import BadBehaviour
from host import BadLine, Host

_PLACEHOLDER = re.compile(r"\{(join|key|KEY|own_key|base|address):([^{}]+)\}")


class World:
    """All hosts by name. `folder` is where the data file is: pages' files are beside it."""

    def __init__(self, path, net="127.77.0.0/16", sentinel_net="127.66.0.0/16"):
        self.folder = os.path.dirname(os.path.abspath(path))
        self.net = net
        self.hosts = {}
        with open(path, encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                try:
                    self._add(json.loads(text))
                except (BadLine, BadBehaviour, KeyError, TypeError, ValueError) as error:
                    why = f"no member {error}" if isinstance(error, KeyError) else error
                    raise BadLine(f"{path}:{number}: {why}") from error
        self._lay_out(net, sentinel_net)

    def _add(self, line):
        """A line is a host, or many alike, or with "at" a room or a page of a host above it."""
        if "times" in line:
            alike = {name: value for name, value in line.items() if name != "times"}
            for number in range(line["times"]):
                self._add({**alike, "host": line["host"].replace("#", str(number))})
            return
        if "at" in line:
            part = {name: value for name, value in line.items() if name != "at"}
            host = self.host(line["at"])
            if "path" in part:
                host.add("pages", {part.pop("path"): part})
            else:
                host.add("rooms", [part])
            return
        if "same_as" in line:  # another name for a host that stands above it
            other = self.host(line["same_as"]).line
            line = {"key": "seed:" + other["host"], **other, **line}
        if line["host"] in self.hosts:
            raise BadLine(f"{line['host']} is there already")
        self.hosts[line["host"]] = Host(line, self)

    def _lay_out(self, *nets):
        free = [iter(ipaddress.ip_network(net).hosts()) for net in nets]
        for host in self.hosts.values():
            host.address = str(next(free[host.sentinel]))

    def host(self, name):
        if name not in self.hosts:
            raise BadLine(f"no host {name} in this world")
        return self.hosts[name]

    def change(self, name, members):
        """Gives a host other members; a member of null is dropped."""
        host = self.host(name)
        line = {key: value for key, value in {**host.line, **members}.items() if value is not None}
        host.update(line)

    # --- placeholders -------------------------------------------------------------------------------

    def expand(self, text):
        """Fills in {join:HOST/TOKEN}, {base:HOST}, {key:HOST}, {KEY:HOST}, {own_key:HOST} and {address:HOST}."""
        return _PLACEHOLDER.sub(lambda match: self._value(*match.groups()), text)

    def _value(self, kind, what):
        scheme, separator, rest = what.partition("://")
        scheme, rest = (scheme, rest) if separator else (None, what)
        name, _, token = rest.partition("/")
        host = self.host(name)
        if kind == "join":
            return f"{host.base_url(scheme)}/{token}?public_key={host.shown_key}"
        if kind == "address":
            return "{}:{}".format(*host.endpoints[scheme or next(iter(host.endpoints))])
        return {
            "key": host.shown_key,
            "KEY": host.shown_key.upper(),
            "own_key": host.own_key,
            "base": host.base_url(scheme),
        }[kind]
