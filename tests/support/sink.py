"""A mail sink: a real SMTP server in its own process that writes down each letter at the moment it takes it.

Faults are ordered by a control file: a JSON object, read again whenever it changes, such as
`{"rcpt": {"code": 451, "share": 0.1}}`. Faults: `mail`, `rcpt`, `data` (a code for a share of the letters), `only`
(with a fault: only addresses that begin so), `drop_before`, `drop_after` (a share: cut the connection before the
content is taken, or after), `stall` (seconds to say nothing), `delay` (seconds before each answer), `per_connection`.

`python -m tests.support.sink FOLDER [PORT]` runs one; `running(folder)` is the same as a context manager.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

_dice = random.Random()  # noqa: S311 -- decides which letter meets a fault, nothing secret
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Sink:
    """A running sink, seen from outside."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What EMAIL_URL must be."""
        return f"smtp://127.0.0.1:{self.port}"

    def order(self, **faults: Any) -> None:
        """Order faults from now on; none orders none."""
        half = self.folder / "control.half"
        half.write_text(json.dumps(faults))
        half.replace(self.folder / "control.json")
        time.sleep(0.05)

    def taken(self) -> list[tuple[str, float, str]]:
        """(Message-ID, time, recipient) of each letter taken, in order."""
        lines = (self.folder / "taken").read_text().splitlines()
        return [(one, float(when), to) for one, when, to in (line.split("\t") for line in lines)]

    def count(self) -> int:
        with (self.folder / "taken").open("rb") as file:
            return sum(1 for _ in file)

    def copies(self) -> Counter[str]:
        """How many times each Message-ID was taken."""
        return Counter(message_id for message_id, _, _ in self.taken())

    def wait_for(self, count: int, seconds: float) -> bool:
        """Wait until so many letters have been taken."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.count() >= count:
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def start(self) -> None:
        """Start the process, on the same port as before, and wait until it listens."""
        command = [sys.executable, "-m", "tests.support.sink", str(self.folder), str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise RuntimeError("The sink did not start.")


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Sink]:
    """A sink on a free port, for the length of a `with` block."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "taken").touch()
    sink = Sink(folder, _free_port())
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Handler:
    """Takes letters, and makes the faults ordered."""

    def __init__(self, folder: Path) -> None:
        self.control = folder / "control.json"
        self.taken = (folder / "taken").open("a", buffering=1)
        self.seen = 0.0
        self.looked = 0.0
        self.faults: dict[str, Any] = {}

    def fault(self, name: str, address: str = "") -> Any:
        """What is ordered under `name`, if it strikes this time."""
        now = time.monotonic()
        if now - self.looked > 0.02:
            self.looked = now
            self._read()
        order = self.faults.get(name)
        if isinstance(order, dict):
            struck = address.startswith(order.get("only", "")) and _dice.random() < order.get("share", 1)
            return order["code"] if struck else None
        return order

    async def take_time(self) -> None:
        if delay := self.fault("delay"):
            await asyncio.sleep(delay)

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            changed = self.control.stat().st_mtime
            if changed != self.seen:
                self.faults = json.loads(self.control.read_text())
                self.seen = changed

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:  # noqa: N802
        if stall := self.fault("stall"):
            await asyncio.sleep(stall)
        await self.take_time()
        session.letters = getattr(session, "letters", 0) + 1
        if (most := self.fault("per_connection")) and session.letters > most:
            return "421 Enough over this connection"
        if code := self.fault("mail"):
            return f"{code} No"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:  # noqa: N802
        await self.take_time()
        if code := self.fault("rcpt", address):
            return f"{code} No"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if _dice.random() < (self.fault("drop_before") or 0):
            server.transport.abort()
            return "451 Gone"
        if code := self.fault("data", envelope.rcpt_tos[0]):
            return f"{code} No"
        await self.take_time()
        self.taken.write(f"{_message_id(envelope.content)}\t{time.time():.4f}\t{envelope.rcpt_tos[0]}\n")
        if _dice.random() < (self.fault("drop_after") or 0):
            server.transport.abort()
        return "250 OK"


def _message_id(content: bytes | str | None) -> str:
    text = content.encode() if isinstance(content, str) else content or b""
    head = text.partition(b"\r\n\r\n")[0]
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            return line.partition(b":")[2].strip().decode()
    return "none"


async def _serve(folder: Path, port: int) -> None:
    handler = _Handler(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="sink.example", enable_SMTPUTF8=False), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
