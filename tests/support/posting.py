"""Post many messages in one installation: `python -m tests.support.posting people N`, then `… post N`.

`post` prints one JSON object: when it began and when it had committed, in seconds since the epoch. With `each`, every
message is posted in its own transaction, as acts of many people would; else all in one, as one consultation does.
"""

from __future__ import annotations

import json
import sys
import time

import django
from django.db import transaction

django.setup()

from accounts.models import Person  # noqa: E402 -- models can be read once Django is set up
from notifications.services import post  # noqa: E402
from tests.support.letters.kinds import NEWS  # noqa: E402


def people(count: int) -> None:
    """Invent so many people."""
    Person.objects.bulk_create(
        [Person(email=f"person{n}@anytown-riverside.example", name=f"Person {n}") for n in range(count)], batch_size=500
    )


def post_to_all(count: int, occasion: str, *, each: bool) -> dict[str, float]:
    """Post one message to each of the first `count` people."""
    recipients = list(Person.objects.order_by("pk")[:count])
    facts = {"last_day": "Friday 2 October 2026"}
    began = time.time()
    if each:
        for person in recipients:
            with transaction.atomic():
                post(kind=NEWS, recipients=[person], occasion=occasion, facts=facts)
    else:
        with transaction.atomic():
            post(kind=NEWS, recipients=recipients, occasion=occasion, facts=facts)
    return {"began": began, "committed": time.time()}


if __name__ == "__main__":
    if sys.argv[1] == "people":
        people(int(sys.argv[2]))
    else:
        print(json.dumps(post_to_all(int(sys.argv[2]), sys.argv[3], each="each" in sys.argv)))
