"""The part of the outbox-kill campaign that reads and writes the tables; it runs with their installation's settings.

`python -m tests.campaigns.outbox_kill_inside SINK_FOLDER SINK_PORT FOLDER MESSAGES KILLS` prints one JSON object.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import Popen
from uuid import UUID

import django
from django.db import transaction
from django.db.models import Count, Q

django.setup()

from accounts.models import Person  # noqa: E402 -- models can be read once Django is set up
from notifications.models import Attempt, Message, MessageState  # noqa: E402
from notifications.services import post  # noqa: E402
from tests.support import services, sink  # noqa: E402
from tests.support.letters.kinds import NEWS  # noqa: E402

FACTS = {"last_day": "Friday 2 October 2026"}
#: A sender that makes no progress for so long, with letters of its own to send, is dead.
PROGRESS = 0.3
#: Once a sender is connected, the kill comes at a random moment within so many seconds: many letters' time.
LONGEST_NAP = 0.3
#: The tick comes once a minute; after a lease and two of them all must have gone.
QUIET = 150

_dice = random.Random()  # noqa: S311 -- chooses moments, nothing secret


@dataclass(frozen=True)
class Tally:
    """What the ledger says against what the mail server took."""

    posted: int
    unsent: int
    lost: int
    untrue: int
    duplicates: int
    most_copies: int
    unexplained: int


def tally(copies: Counter[str]) -> Tally:
    """Compare every posted message with the copies of it that were taken."""
    unknown = Count("tries", filter=Q(tries__outcome=Attempt.Outcome.UNKNOWN))
    rows = [(copies[m.message_id], m.state, m.unknown) for m in Message.objects.annotate(unknown=unknown)]
    return Tally(
        posted=len(rows),
        unsent=sum(state in (MessageState.WAITING, MessageState.SENDING) for _, state, _ in rows),
        lost=sum(not taken for taken, _, _ in rows),
        untrue=sum(state == MessageState.HANDED_OVER and not taken for taken, state, _ in rows),
        duplicates=sum(max(taken - 1, 0) for taken, _, _ in rows),
        most_copies=max((taken for taken, _, _ in rows), default=0),
        unexplained=sum(taken > 1 and not unknown for taken, _, unknown in rows),
    )


def planted_losses_found(mail: sink.Sink) -> int:
    """Mark a message as handed over that never was. The tally must report it, or it would report no real one."""
    with transaction.atomic():
        post(kind=NEWS, recipients=[Person.objects.first()], occasion="planted", facts=FACTS)
        Message.objects.update(state=MessageState.HANDED_OVER)
    found = tally(mail.copies())
    Message.objects.all().delete()
    return int(found.lost == 1 and found.untrue == 1)


class Senders:
    """Two workers of one child each, started again whenever killed."""

    def __init__(self, here: services.Installation) -> None:
        self.here = here
        self.started = 0
        self.workers: list[tuple[str, Popen[bytes]]] = []

    def fill_up(self) -> None:
        """Start workers until there are two."""
        self.workers = [(name, worker) for name, worker in self.workers if worker.poll() is None]
        while len(self.workers) < 2:
            self.started += 1
            name = f"sender{self.started}"
            self.workers.append((name, self.here.worker(name, children=1)))

    def wait(self) -> None:
        """Wait until both are ready."""
        for name, _ in self.workers:
            services.wait_for_worker(self.here, name)

    def kill(self, worker: Popen[bytes]) -> None:
        """kill -9 the child of this worker, or sometimes the whole worker."""
        if _dice.random() < 0.75:
            os.kill(_child(worker), signal.SIGKILL)
        else:
            services.kill(worker)

    def at_work(self, port: int) -> list[Popen[bytes]]:
        """The workers whose child is connected to the mail server now."""
        inodes = _inodes_connected_to(port)
        return [worker for _, worker in self.workers if _sockets(_child(worker)) & inodes]


def _child(worker: Popen[bytes]) -> int:
    """The sending child of a worker; the worker itself for the moment when it has none."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return int(children[0]) if children else worker.pid


def _inodes_connected_to(port: int) -> set[str]:
    """The sockets of this machine that are connected to that port, by inode."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[3] == "01" and int(row[2].partition(":")[2], 16) == port}


def _sockets(pid: int) -> set[str]:
    found = set()
    with contextlib.suppress(OSError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found.add(str(file.readlink()).removeprefix("socket:[").removesuffix("]"))
    return found


def strike(here: services.Installation, mail: sink.Sink, messages: int, kills: int) -> dict[str, int]:
    """Post the messages in portions, and kill a sender while each portion is going out."""
    senders = Senders(here)
    people = list(Person.objects.order_by("pk"))
    portion = messages // kills
    dead: set[UUID] = set()
    in_sending = 0
    for round_ in range(kills):
        senders.fill_up()
        senders.wait()
        _post(people[round_ * portion : (round_ + 1) * portion])
        victim = _one_at_work(senders, mail.port)
        senders.kill(victim)
        after = _in_hand(dead)
        time.sleep(PROGRESS)
        stuck = {claim for claim, progress in _in_hand(dead).items() if after.get(claim) == progress}
        in_sending += bool(stuck)
        dead |= stuck
    senders.fill_up()
    return {"kills": kills, "in_sending": in_sending}


def _one_at_work(senders: Senders, port: int) -> Popen[bytes]:
    """Any sender that is connected to the mail server at a moment of chance; if none comes in time, any at all.

    A Celery worker takes up to five seconds to see that its child is dead.
    """
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if senders.at_work(port):
            time.sleep(_dice.uniform(0, LONGEST_NAP))
            if at_work := senders.at_work(port):
                return _dice.choice(at_work)
        time.sleep(0.002)
    return _dice.choice(senders.workers)[1]


def _post(people: list[Person]) -> None:
    """Post to all of these people at once, so that there is plenty to send when the kill comes."""
    with transaction.atomic():
        post(kind=NEWS, recipients=people, occasion="kill", facts=FACTS)


def _in_hand(dead: set[UUID]) -> dict[UUID, tuple[int, str]]:
    """For each sender that has rows in sending: how many, and since when it tries the newest."""
    rows = Message.objects.filter(state=MessageState.SENDING).exclude(claim__in=dead)
    found: dict[UUID, list[str]] = {}
    for claim, since in rows.values_list("claim", "trying_since"):
        found.setdefault(claim, []).append(str(since or ""))
    return {claim: (len(since), max(since)) for claim, since in found.items()}


def _wait_until_all_settled() -> None:
    until = time.monotonic() + QUIET
    unsettled = Message.objects.filter(state__in=[MessageState.WAITING, MessageState.SENDING])
    while unsettled.exists() and time.monotonic() < until:
        time.sleep(0.2)


def main(sink_folder: str, port: str, folder: str, messages: str, kills: str) -> dict[str, int]:
    mail = sink.Sink(Path(sink_folder), int(port))
    here = services.Installation(dict(os.environ), Path(folder))
    people = [Person(email=f"p{n}@anytown-riverside.example", name=f"Person {n}") for n in range(int(messages))]
    Person.objects.bulk_create(people, batch_size=500)
    planted = planted_losses_found(mail)
    try:
        here.beat()
        struck = strike(here, mail, int(messages), int(kills))
        _wait_until_all_settled()
    finally:
        here.stop()
    unknown = Attempt.objects.filter(outcome=Attempt.Outcome.UNKNOWN).count()
    return {"planted": planted, "unknown_tries": unknown, **struck, **asdict(tally(mail.copies()))}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
