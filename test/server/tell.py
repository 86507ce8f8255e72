#!/usr/bin/python3
"""Talks to a running world: its counters, and changes while it runs."""

import json
import os
import socket
import sys

USAGE = """usage: tell.py DIR counts [HOST]        print (and write) the counters, one host a line
       tell.py DIR set HOST MEMBERS     give a host other members of its data line, as JSON
       tell.py DIR stop                 end the world
"""


def ask(folder, request):
    os.chdir(folder)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect("control")
        sock.sendall(json.dumps(request).encode() + b"\n")
        return sock.makefile("r", encoding="utf-8").read()


def main(words):
    match words:
        case [folder, "counts"]:
            answer = ask(folder, {"do": "counts"})
        case [folder, "counts", host]:
            lines = ask(folder, {"do": "counts"}).splitlines(keepends=True)
            answer = "".join(line for line in lines if json.loads(line)["host"] == host)
            if not answer:
                return f"tell.py: no host {host} in this world"
        case [folder, "set", host, members]:
            answer = ask(folder, {"do": "set", "host": host, "members": json.loads(members)})
        case [folder, "stop"]:
            answer = ask(folder, {"do": "stop"})
        case _:
            sys.stderr.write(USAGE)
            return 2
    if answer.startswith('{"error"'):
        return "tell.py: " + json.loads(answer)["error"]
    sys.stdout.write(answer)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError) as error:
        sys.exit(f"tell.py: {error}")
