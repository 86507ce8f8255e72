"""Counts what each host was asked, and keeps a log of all requests in their order."""

import collections
import json
import os
import time


class Ledger:
    """The counters of one host."""

    def __init__(self, host):
        self.host = host
        self.connections = 0
        self.open = 0
        self.max_open = 0
        self.handshakes = 0
        self.handshakes_failed = 0
        self.requests = collections.Counter()
        self.inside = collections.Counter()
        self.statuses = collections.Counter()
        self.faults = collections.Counter()
        self.bytes_sent = 0
        self.user_agents = collections.Counter()
        self.conditional = 0
        self.not_modified = 0
        self.onion = collections.Counter()

    def opened(self):
        self.connections += 1
        self.open += 1
        self.max_open = max(self.max_open, self.open)

    def closed(self):
        self.open -= 1

    def record(self):
        """The counters as one JSON-able record with a fixed order of members."""
        onion = {}
        for (version, cipher, outcome), count in sorted(self.onion.items()):
            onion.setdefault(version, {}).setdefault(cipher, {})[outcome] = count
        return {
            "host": self.host,
            "connections": self.connections,
            "max_open": self.max_open,
            "open": self.open,
            "handshakes": self.handshakes,
            "handshakes_failed": self.handshakes_failed,
            "requests": dict(sorted(self.requests.items())),
            "inside": dict(sorted(self.inside.items())),
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "faults": dict(sorted(self.faults.items())),
            "bytes_sent": self.bytes_sent,
            "user_agents": dict(sorted(self.user_agents.items())),
            "conditional": self.conditional,
            "not_modified": self.not_modified,
            "onion": onion,
        }


class Log:
    """requests.ndjson: one line a request, written as it comes in, before it is answered."""

    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8", buffering=1)
        self.started = time.monotonic()
        self.number = 0

    def request(self, host, connection, request):
        self.number += 1
        record = {
            "number": self.number,
            "seconds": round(time.monotonic() - self.started, 4),
            "host": host,
            "scheme": request.scheme,
            "connection": connection,
            "method": request.method,
            "target": request.target,
            "user_agent": request.headers.get("user-agent"),
            "headers": sorted(set(request.headers) - {"user-agent", "host"}),
            "body_bytes": len(request.body),
        }
        self.file.write(json.dumps(record) + "\n")


def write_whole(path, text):
    """Writes beside the place and moves it in: a reader never sees half a file."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)
