"""Fan-out: 5,000 messages through outbox, Celery and SMTP, against one plain `smtplib` connection to the same sink.

The clock of a run starts when the act that posted the rows is committed, and stops when the sink takes the last letter:
like the floor, it has its messages before it. How long the posting took is a figure of its own.
"""

from __future__ import annotations

import contextlib
import json
import smtplib
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from bench import figures as figure
from tests.support import services, sink

MESSAGES = 5_000
BAR_PER_SENDER = 0.2
BAR_TWO_SENDERS = 0.5
LONGEST_RUN = 180


def figures(database: str, *, messages: int = MESSAGES) -> list[figure.Figure]:
    """Measure on "sqlite" or "postgres". Gives the floor and both runs, each with its bar.

    Raises `tests.support.services.Missing` when a service is not installed, RuntimeError when a message is lost.
    """
    with tempfile.TemporaryDirectory(prefix="sink-") as folder, sink.running(Path(folder)) as mail:
        # A shared machine is now faster, now slower: each run is held against the floors measured around it.
        floors = [_floor(mail, messages)]
        one, _ = _run(database, mail, messages, children=1)
        floors.append(_floor(mail, messages))
        two, posting = _run(database, mail, messages, children=2)
        floors.append(_floor(mail, messages))
    name = f"fan_out.{database}"
    return [
        *(figure.floor(f"{name}.floor_{n}", floor, "messages/s") for n, floor in enumerate(floors, 1)),
        figure.floor(f"{name}.one_sender", one, "messages/s"),
        figure.floor(f"{name}.two_senders", two, "messages/s"),
        figure.floor(f"{name}.posting", posting, "s"),
        figure.at_least(f"{name}.one_sender_of_floor", one / mean(floors[:2]), "of floor", BAR_PER_SENDER),
        figure.at_least(f"{name}.two_senders_of_floor", two / mean(floors[1:]), "of floor", BAR_TWO_SENDERS),
    ]


def _floor(mail: sink.Sink, messages: int) -> float:
    """Letters a second over one plain connection."""
    letter = (
        "From: no-reply@anytown-riverside.example\r\nTo: person@anytown-riverside.example\r\n"
        "Subject: There is something new for you\r\nMessage-ID: <floor@anytown-riverside.example>\r\n\r\n"
        + "Dear Person,\r\n\r\nThere is something new for you to read. We would like to know what you think of it.\r\n"
        * 6
    )
    with smtplib.SMTP("127.0.0.1", mail.port) as server:
        began = time.perf_counter()
        for _ in range(messages):
            server.sendmail("no-reply@anytown-riverside.example", ["person@anytown-riverside.example"], letter)
        return messages / (time.perf_counter() - began)


def _run(database: str, mail: sink.Sink, messages: int, *, children: int) -> tuple[float, float]:
    """Messages a second with so many sending processes, and the seconds that posting them took."""
    with _private(database, mail) as here:
        here.run("-m", "tests.support.posting", "people", str(messages))
        here.worker(children=children)
        services.wait_for_worker(here)
        already = mail.count()
        posted = json.loads(here.run("-m", "tests.support.posting", "post", str(messages), "fan-out"))
        if not mail.wait_for(already + messages, LONGEST_RUN):
            raise RuntimeError(f"{already + messages - mail.count()} of {messages} messages did not arrive.")
        taken = mail.taken()[already:]
        if len({message_id for message_id, _, _ in taken}) != messages:
            raise RuntimeError("A message arrived twice although nothing failed.")
        return messages / (taken[-1][1] - posted["committed"]), posted["committed"] - posted["began"]


@contextlib.contextmanager
def _private(database: str, mail: sink.Sink) -> Iterator[services.Installation]:
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(services.postgres(durable=True)) if database == "postgres" else ""
        broker = stack.enter_context(services.running_broker())
        yield stack.enter_context(services.installation(database=url, broker_url=broker.url, email_url=mail.url))


if __name__ == "__main__":
    for each in figures(sys.argv[1] if len(sys.argv) > 1 else "sqlite"):
        print(each.line)
