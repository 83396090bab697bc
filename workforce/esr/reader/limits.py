"""A file on standard input; on standard output {"headings", "rows"}, or {"refused": why}."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from collections.abc import Callable, Iterable
from typing import Any

from workforce.esr.reader.bounds import CannotRead, collect

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 30
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
    sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop the process from reaching out: no sockets, no other programs, no files to write."""
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system")):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
        raise PermissionError(event)


def answer(rows_of: Callable[[bytes], Iterable[tuple[int, list[str]]]]) -> None:
    """Read standard input with `rows_of`, and say what was found or why not."""
    limit()
    found: dict[str, object]
    try:
        found = collect(rows_of(sys.stdin.buffer.read()))
    except CannotRead as refusal:
        found = {"refused": refusal.why}
    except (MemoryError, RecursionError):
        found = {"refused": "too_hard"}
    sys.stdout.write(json.dumps(found))
