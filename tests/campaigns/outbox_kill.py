"""Kill senders with kill -9 at random moments while 1,000 messages go out; then count what arrived.

Two real Celery workers of one child each send over a real broker to a real SMTP server. Sometimes a whole worker is
killed, sometimes only its child. First the counting itself is tried on a loss that is planted.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, at_least, at_most, floor
from tests.support import services, sink

MESSAGES = 1_000
KILLS = 20
KILLS_IN_SENDING = 15
DUPLICATES_A_KILL = 0.5
MOST_COPIES = 3
#: The mail server takes so long for each of its answers, as a near one would.
SINK_DELAY = 0.01
LONGEST = 240


def run(database: str) -> list[Figure]:
    """Run on "sqlite" or "postgres"; gives what was measured, each with its bar."""
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(sink.running(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        mail.order(delay=SINK_DELAY)
        url = stack.enter_context(services.postgres()) if database == "postgres" else ""
        broker = stack.enter_context(services.running_broker())
        # A short timeout makes a short lease, so that what a dead sender held comes back within the campaign.
        here = stack.enter_context(
            services.installation(database=url, broker_url=broker.url, email_url=mail.url, EMAIL_TIMEOUT="1")
        )
        inside = "tests.campaigns.outbox_kill_inside"
        words = [str(mail.folder), str(mail.port), str(here.folder), str(MESSAGES), str(KILLS)]
        found = json.loads(here.run("-m", inside, *words, timeout=LONGEST).splitlines()[-1])
    print(f"outbox-kill on {database}: {MESSAGES} messages, {KILLS} kills")
    name = f"outbox_kill.{database}"
    most_duplicates = DUPLICATES_A_KILL * KILLS
    return [
        at_least(f"{name}.planted_losses_found", found["planted"], "of 1", 1),
        at_least(f"{name}.messages_posted", found["posted"], "messages", MESSAGES),
        at_least(f"{name}.kills", found["kills"], "kills", KILLS),
        at_least(f"{name}.kills_while_its_rows_were_sending", found["in_sending"], "kills", KILLS_IN_SENDING),
        at_most(f"{name}.left_unsent", found["unsent"], "messages", 0),
        at_most(f"{name}.lost", found["lost"], "messages", 0),
        at_most(f"{name}.marked_handed_over_but_never_taken", found["untrue"], "messages", 0),
        at_most(f"{name}.duplicates", found["duplicates"], "copies", most_duplicates),
        at_most(f"{name}.most_copies_of_one", found["most_copies"], "copies", MOST_COPIES),
        at_most(f"{name}.duplicates_without_an_unknown_try", found["unexplained"], "messages", 0),
        floor(f"{name}.unknown_tries", found["unknown_tries"], "tries"),
        at_most(f"{name}.seconds", time.monotonic() - began, "s", LONGEST),
    ]
