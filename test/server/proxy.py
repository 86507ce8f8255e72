#!/usr/bin/python3
"""A proxy on loopback for tests: SOCKS5 with names, and HTTP with CONNECT, on one port.

usage: proxy.py WORLD FOLDER

It leads into the running WORLD (its DIR) by the names of that world's flags, and
nowhere else. FOLDER/port says where it listens; FOLDER/asked gets a line for each
request: socks5, connect or http, and the HOST:PORT asked for. It ends on SIGTERM.
"""

import os
import pathlib
import socket
import struct
import sys
import threading


def places(world):
    """HOST:PORT as asked for -> the address and port where the world plays it."""
    words = (pathlib.Path(world) / "flags").read_text().splitlines()
    found = {}
    for option, value in zip(words, words[1:]):
        if option == "--connect-to":
            host, port, address, real = value.rsplit(":", 3)
            found[f"{host}:{port}"] = (address, int(real))
    return found


def exactly(sock, size):
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class Proxy:
    def __init__(self, world, folder):
        self.places = places(world)
        self.asked = open(folder / "asked", "a", buffering=1, encoding="utf-8")

    def serve(self, client):
        try:
            with client:
                first = exactly(client, 1)
                if first == b"\x05":
                    self.socks(client)
                else:
                    self.http(client, first)
        except (OSError, EOFError):
            pass

    def reach(self, how, name):
        self.asked.write(f"{how} {name}\n")
        place = self.places.get(name)
        return place and socket.create_connection(place)

    def tunnel(self, client, server):
        with server:
            thread = threading.Thread(target=pump, args=(server, client), daemon=True)
            thread.start()
            pump(client, server)
            thread.join()

    def socks(self, client):
        exactly(client, exactly(client, 1)[0])
        client.sendall(b"\x05\x00")
        kind = exactly(client, 4)[3]
        if kind == 3:
            host = exactly(client, exactly(client, 1)[0]).decode()
        else:
            host = socket.inet_ntop(*{1: (socket.AF_INET, exactly(client, 4))}.get(kind))
        port = struct.unpack("!H", exactly(client, 2))[0]
        server = self.reach("socks5", f"{host}:{port}")
        client.sendall(b"\x05" + (b"\x00" if server else b"\x04") + b"\x00\x01" + bytes(6))
        if server:
            self.tunnel(client, server)

    def http(self, client, head):
        while b"\r\n\r\n" not in head:
            head += exactly(client, 1)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        if method == "CONNECT":
            server = self.reach("connect", target)
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n" if server else b"HTTP/1.1 502 No\r\n\r\n")
        else:
            host = target.split("/")[2]
            server = self.reach("http", host if ":" in host else host + ":80")
            path = "/" + target.split("/", 3)[3]
            if server:
                server.sendall(head.replace(target.encode(), path.encode(), 1))
            else:
                client.sendall(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")
        if server:
            self.tunnel(client, server)


def main(world, folder):
    folder = pathlib.Path(folder)
    proxy = Proxy(world, folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        (folder / "port.new").write_text(str(listener.getsockname()[1]))
        os.rename(folder / "port.new", folder / "port")
        while True:
            client, _ = listener.accept()
            threading.Thread(target=proxy.serve, args=(client,), daemon=True).start()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
