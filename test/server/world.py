#!/usr/bin/python3
"""Plays a world of Community servers and web pages on loopback; README.md beside it says how."""

import argparse
import asyncio
import ipaddress
import json
import os
import resource
import signal
import sys

import adversaries  # noqa: F401  (fills the table of behaviours)
import faults_answer  # noqa: F401
import faults_connect  # noqa: F401
import faults_send  # noqa: F401
from behaviours import listing
from certs import Authority
from control import Control
from data import BadLine, World
from ledger import Log, write_whole
from listener import Listener, ended_twice


def read_options(words):
    parser = argparse.ArgumentParser(prog="world.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--data", metavar="FILE", help="the world, one host a line (NDJSON)")
    parser.add_argument("--dir", metavar="DIR", help="where ready, flags, hosts.ndjson, ca.pem and counters go")
    parser.add_argument("--net", default="127.77.0.0/16", help="where hosts get their addresses [%(default)s]")
    parser.add_argument("--sentinel-net", default="127.66.0.0/16", help="the same for sentinels [%(default)s]")
    parser.add_argument("--seconds", type=float, default=600, help="end after so long [%(default)s]")
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process does")
    parser.add_argument("--stdin", action="store_true", help="end when standard input does")
    parser.add_argument("--expand", action="store_true", help="only fill in placeholders, standard input to output")
    parser.add_argument("--list-behaviours", action="store_true", help="print all behaviours and end")
    options = parser.parse_args(words)
    if not options.list_behaviours and not (options.data and (options.dir or options.expand)):
        parser.error("--data and --dir are needed")
    for net in (options.net, options.sentinel_net):
        if not ipaddress.ip_network(net).is_loopback:
            parser.error(f"{net} is not on loopback")
    return options


def flags(world):
    """The words that bring a network tool into this world; curl's options of the same names mean the same."""
    words = ["--allow-private", world.net, "--cacert", os.path.abspath("ca.pem")]
    for host in world.hosts.values():
        for scheme, (address, port) in host.endpoints.items():
            words += ["--connect-to", f"{host.name}:{host.public_ports[scheme]}:{address}:{port}"]
        for port in {80, 443} - set(host.public_ports.values()):  # nobody there; nor is its name looked up
            words += ["--connect-to", f"{host.name}:{port}:{address}:1"]
    return words


def announce(world, authority):
    """Writes everything that others need to know; `ready` comes last."""
    write_whole("ca.pem", authority.ca_pem())
    words = flags(world)
    write_whole("flags", "".join(word + "\n" for word in words))
    for_curl = zip(words[2::2], words[3::2])
    write_whole("curlrc", "".join(f'{option[2:]} = "{value}"\n' for option, value in for_curl))
    records = [
        {
            "host": host.name,
            "address": host.address,
            "ports": {scheme: port for scheme, (_, port) in host.endpoints.items()},
            "base_urls": [host.base_url(scheme) for scheme in host.public_ports],
            "public_key": host.own_key,
            "shown_key": host.shown_key,
        }
        for host in world.hosts.values()
    ]
    write_whole("hosts.ndjson", "".join(json.dumps(record) + "\n" for record in records))
    write_whole("ready", f"{os.getpid()}\n")


async def play(world, options):
    """Runs the world until it is told to end, or nobody is left to want it."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(ended_twice)
    over = asyncio.Event()
    authority, log = Authority("."), Log("requests.ndjson")
    listeners = [
        Listener(host, scheme, world, authority, log) for host in world.hosts.values() for scheme in host.public_ports
    ]
    for listener in listeners:
        listener.adjust()
    control = Control(world, listeners, over.set)
    await control.open()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    loop.add_signal_handler(signal.SIGUSR1, control.write_counts)
    if options.parent:
        loop.add_reader(os.pidfd_open(options.parent), over.set)
    if options.stdin:
        loop.add_reader(0, lambda: os.read(0, 4096) or over.set())
    loop.call_later(options.seconds, over.set)
    announce(world, authority)
    await over.wait()
    control.write_counts()
    for listener in listeners:
        listener.stop()
        for task in listener.tasks:
            task.cancel()


def main(words):
    options = read_options(words)
    if options.list_behaviours:
        sys.stdout.write(listing())
        return
    world = World(options.data, options.net, options.sentinel_net)
    if options.expand:
        for line in sys.stdin:
            sys.stdout.write(world.expand(line))
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    os.makedirs(options.dir, exist_ok=True)
    os.chdir(options.dir)
    for name in ("ready", "control"):
        if os.path.exists(name):
            os.unlink(name)
    asyncio.run(play(world, options))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (BadLine, OSError) as error:
        sys.exit(f"world.py: {error}")
