"""The world's ear: a socket in its folder on which tests ask for counters and change hosts."""

import asyncio
import json

from behaviours import BadBehaviour
from data import BadLine
from ledger import write_whole

SOCKET = "control"


class Control:
    """Takes one JSON line a connection: {"do": "counts"}, {"do": "set", "host", "members"} or {"do": "stop"}."""

    def __init__(self, world, listeners, stop):
        self.world = world
        self.listeners = listeners
        self.stop = stop

    async def open(self):
        await asyncio.start_unix_server(self._serve, SOCKET)

    async def _serve(self, reader, writer):
        line = await reader.readline()
        try:
            answer = self._do(json.loads(line))
        except (BadLine, BadBehaviour, ValueError, KeyError, TypeError) as error:
            answer = json.dumps({"error": str(error)}) + "\n"
        writer.write(answer.encode())
        await writer.drain()
        writer.close()

    def _do(self, request):
        if request["do"] == "counts":
            return self.write_counts()
        if request["do"] == "set":
            self.world.change(request["host"], request["members"])
            for listener in self.listeners:
                listener.adjust()
            return ""
        if request["do"] == "stop":
            self.stop()
            return ""
        raise ValueError(f'cannot do "{request["do"]}"')

    def write_counts(self):
        """Writes counts.ndjson, and gives what was written."""
        text = "".join(json.dumps(host.ledger.record()) + "\n" for host in self.world.hosts.values())
        write_whole("counts.ndjson", text)
        return text
