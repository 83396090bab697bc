"""A Word file on standard input; on standard output {"title", "blocks", "left_out"}, or {"refused": why}."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from typing import Any

from documents.word_reader.document import read
from documents.word_reader.errors import CannotRead

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 20
#: Deep enough for the deepest file that `safe_xml` lets through.
FRAMES = 5_000
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def limit() -> None:
    """Take away what reading a file does not need: memory, time, files, processes, the network."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):  # a system may not know one of them; the others still hold
            resource.setrlimit(what, (most, most if hard == resource.RLIM_INFINITY else min(most, hard)))
    sys.setrecursionlimit(FRAMES)
    sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop the process from reaching out: no sockets, no other programs, no files to write."""
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "ctypes.")):
        raise PermissionError(event)
    if event == "open" and arguments[2] & WRITES:
        raise PermissionError(event)


def main() -> None:
    limit()
    try:
        answer = read(sys.stdin.buffer.read())
    except CannotRead as refusal:
        answer = {"refused": refusal.why}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_hard"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
