"""What goes wrong before a request is read: ports, certificates, connections."""

import asyncio

from behaviours import behaviour


@behaviour("listen", "unreachable", "connecting never completes, as behind a dropping firewall")
@behaviour("listen", "down", "nothing listens: connecting is refused")
def _listener_does_it():
    """Listener.adjust looks at the name."""


@behaviour("certificate", "tls-old", "it speaks nothing newer than TLS 1.1")
@behaviour("certificate", "tls-unknown-ca", "its certificate is signed by an authority nobody knows")
@behaviour("certificate", "tls-self-signed", "its certificate is signed by itself")
@behaviour("certificate", "tls-wrong-name", "its certificate names another host")
@behaviour("certificate", "tls-expired", "its certificate ended yesterday")
def _authority_does_it():
    """Listener._handshake takes the variant from the name."""


async def first_words(wire):
    """Takes in what the client says first. (Closing with that unread would be a reset.)"""
    await asyncio.get_running_loop().sock_recv(wire.sock, 65536)


@behaviour("connect", "silent", "accepts connections and never says a word, not even TLS")
async def silent(wire, options):
    await wire.until_gone()


@behaviour("connect", "refuse", "accepts connections and resets them at once")
async def refuse(wire, options):
    wire.reset()


@behaviour("connect", "hang-up", "hears the client's first words and closes the connection")
async def hang_up(wire, options):
    await first_words(wire)


@behaviour("connect", "tls-garbage", "answers the TLS greeting with bytes that mean nothing", {"on": "https"})
async def tls_garbage(wire, options):
    await first_words(wire)
    await wire.send(bytes(range(256)) * 16)


@behaviour("connect", "tls-plain", "speaks plain HTTP on its https port: 400 to whoever begins with TLS", {"on": "https"})
async def tls_plain(wire, options):
    await first_words(wire)
    await wire.send(b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nBad Request\n")


@behaviour("connect", "tls-stall", "begins the TLS handshake with half a record and stops", {"on": "https"})
async def tls_stall(wire, options):
    await first_words(wire)
    await wire.send(b"\x16\x03\x03\x00\x7a\x02\x00\x00")
    await wire.until_gone()
