"""Sockets: every host listens on its own address, and each connection is served by one task."""

import asyncio
import socket
import struct
import sys
import traceback

from behaviours import Fault
from http11 import HEAD_LIMIT, BadRequest, read_request, reply_head


class Wire:
    """One connection: what goes out is counted, and it can end rudely."""

    def __init__(self, host, scheme, sock):
        self.host = host
        self.scheme = scheme
        self.sock = sock
        self.reader = None
        self.writer = None

    async def start(self, context=None):
        """Makes streams of the socket, through TLS if there is a context."""
        loop = asyncio.get_running_loop()
        self.reader = asyncio.StreamReader(limit=HEAD_LIMIT)
        protocol = asyncio.StreamReaderProtocol(self.reader)
        transport, _ = await loop.connect_accepted_socket(lambda: protocol, self.sock, ssl=context)
        self.writer = asyncio.StreamWriter(transport, protocol, self.reader, loop)

    async def send(self, data):
        self.host.ledger.bytes_sent += len(data)
        if self.writer is None:
            await asyncio.get_running_loop().sock_sendall(self.sock, data)
        else:
            self.writer.write(data)
            await self.writer.drain()

    async def send_reply(self, reply):
        """A reply as it should be."""
        bodiless = reply.head_only or reply.status == 304
        await self.send(reply_head(reply, len(reply.body)) + (b"" if bodiless else reply.body))

    async def until_gone(self):
        """Says nothing more until the client has gone away."""
        if self.writer is None:
            while await asyncio.get_running_loop().sock_recv(self.sock, 65536):
                pass
        else:
            while await self.reader.read(65536):
                pass

    def reset(self):
        """Ends the connection with a RST, whatever was still to be sent."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if self.writer is not None:
            self.writer.transport.abort()
        else:
            self.sock.close()

    def close(self):
        if self.writer is not None:
            self.writer.close()
        else:
            self.sock.close()


def ended_twice(loop, context):
    """The loop's exception handler: all but one are told.

    asyncio up to 3.11 ends a transport twice when a write fails while it is being closed, and stumbles over its own
    None the second time. Clients that run away from endless answers make that happen.
    """
    stumbled = isinstance(context.get("exception"), AttributeError)
    if not (stumbled and "_call_connection_lost" in context["message"]):
        loop.default_exception_handler(context)


class Listener:
    """Serves one scheme of one host on a free port of the host's address."""

    def __init__(self, host, scheme, world, authority, log):
        self.host = host
        self.scheme = scheme
        self.world = world
        self.authority = authority
        self.log = log
        self.tasks = set()
        self.fillers = []
        self.listening = None  # or how: "listen", or the behaviour that says otherwise
        self.sock = self._bind(0)
        self.port = self.sock.getsockname()[1]
        host.endpoints[scheme] = (host.address, self.port)

    def _bind(self, port):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setblocking(False)
        sock.bind((self.host.address, port))
        return sock

    def adjust(self):
        """Listens, or does not, as the host's behaviour has it now."""
        fault = self.host.fault("listen", self.scheme)
        wanted = fault.behaviour.name if fault else "listen"
        if wanted == self.listening:
            return
        if self.listening:
            self.stop()
            self.sock = self._bind(self.port)
        self.listening = wanted
        if wanted == "listen":
            self.sock.listen(1024)
            asyncio.get_running_loop().add_reader(self.sock, self._accept)
        elif wanted == "unreachable":
            self._fill_queue()

    def _fill_queue(self):
        """Nothing is ever accepted and the queue is full: the kernel drops what else knocks."""
        self.sock.listen(0)
        for _ in range(3):
            filler = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            filler.setblocking(False)
            filler.connect_ex((self.host.address, self.port))
            self.fillers.append(filler)

    def stop(self):
        if self.listening == "listen":
            asyncio.get_running_loop().remove_reader(self.sock)
        for sock in [self.sock, *self.fillers]:
            sock.close()
        self.fillers.clear()
        self.listening = None

    def _accept(self):
        while True:
            try:
                sock, _ = self.sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionError):
                return
            except OSError as error:  # out of descriptors: tell, and let the queue wait
                print(f"world.py: {self.host.name}: {error}", file=sys.stderr)
                self._rest(0.5)
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            task = asyncio.get_running_loop().create_task(self._serve(sock))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def _rest(self, seconds):
        loop, sock = asyncio.get_running_loop(), self.sock
        loop.remove_reader(sock)
        loop.call_later(seconds, lambda: sock is self.sock and self.listening and loop.add_reader(sock, self._accept))

    async def _serve(self, sock):
        ledger = self.host.ledger
        ledger.opened()
        wire = Wire(self.host, self.scheme, sock)
        try:
            await self._talk(wire, ledger.connections)
        except (ConnectionError, BadRequest, asyncio.IncompleteReadError, TimeoutError):
            pass  # the client went, or was no HTTP client: that is its business
        except OSError:
            pass  # likewise, below TLS
        except Exception:  # a fault of the world itself is never silent
            traceback.print_exc()
        finally:
            ledger.closed()
            wire.close()

    async def _talk(self, wire, connection):
        host = self.host
        if host.sentinel:
            return
        fault = host.fault("connect", self.scheme)
        if fault:
            await fault.behaviour.run(wire, fault.options)
            return
        if self.scheme == "https":
            await self._handshake(wire)
        else:
            await wire.start()
        while await self._exchange(wire, connection):
            pass

    async def _handshake(self, wire):
        fault = self.host.fault("certificate", self.scheme)
        variant = fault.behaviour.name.removeprefix("tls-") if fault else "right"
        try:
            await wire.start(self.authority.context(self.host.name, variant))
        except (OSError, asyncio.IncompleteReadError):
            self.host.ledger.handshakes_failed += 1
            raise
        self.host.ledger.handshakes += 1

    async def _exchange(self, wire, connection):
        """One request and its reply; whether another may follow on this connection."""
        host, ledger = self.host, self.host.ledger
        request = await read_request(wire.reader, wire.writer, self.scheme)
        if request is None:
            return False
        ledger.requests[f"{request.method} {request.target}"] += 1
        ledger.user_agents[request.headers.get("user-agent", "")] += 1
        self.log.request(host.name, connection, request)
        reply = host.answer(request)
        ledger.statuses[reply.status] += 1
        fault: Fault = host.fault("send", self.scheme, request)
        if fault:
            await fault.behaviour.run(wire, reply, fault.options)
            return False
        await wire.send_reply(reply)
        asked_to_close = request.headers.get("connection", "").lower() == "close"
        return host.keep_alive and not reply.close and not asked_to_close
