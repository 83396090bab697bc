"""Post many messages in one installation: `python -m tests.support.posting people N`, then `… post N OCCASION`.

They are of the kind that goes to most people at once: a consultation has opened.

`post` prints one JSON object: when it began and when it had committed, in seconds since the epoch. With `each`, every
message is posted in its own transaction, as acts of many people would; else all in one, as one consultation does.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
import uuid

import django
from django.db import transaction

django.setup()

from accounts.models import Person  # noqa: E402 -- models can be read once Django is set up
from core import clock  # noqa: E402
from notifications.services import post  # noqa: E402
from steering.notifications.drafting import CONSULTATION_OPENED  # noqa: E402


def people(count: int) -> None:
    """Invent so many people."""
    Person.objects.bulk_create(
        [Person(email=f"person{n}@anytown-riverside.example", name=f"Person {n}") for n in range(count)], batch_size=500
    )


def post_to_all(count: int, occasion: str, *, each: bool) -> dict[str, float]:
    """Post one message to each of the first `count` people."""
    recipients = list(Person.objects.order_by("pk")[:count])
    facts = {"policy": str(uuid.uuid4()), "last_day": (clock.today() + dt.timedelta(days=28)).isoformat()}
    began = time.time()
    if each:
        for person in recipients:
            with transaction.atomic():
                post(kind=CONSULTATION_OPENED, recipients=[person], occasion=occasion, facts=facts)
    else:
        with transaction.atomic():
            post(kind=CONSULTATION_OPENED, recipients=recipients, occasion=occasion, facts=facts)
    return {"began": began, "committed": time.time()}


if __name__ == "__main__":
    if sys.argv[1] == "people":
        people(int(sys.argv[2]))
    else:
        print(json.dumps(post_to_all(int(sys.argv[2]), sys.argv[3], each="each" in sys.argv)))
