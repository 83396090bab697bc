"""Post a message: a row, in the transaction of the act that caused it."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from core import clock
from core.errors import Refused
from core.secrets import seal
from notifications import ports
from notifications.hints import hint_on_commit
from notifications.kinds import Kind
from notifications.models import CODES, Message, MessageState

GIVE_UP = dt.timedelta(hours=72)


def post(
    *,
    kind: Kind,
    recipients: Iterable[Any],
    occasion: str,
    about: models.Model | None = None,
    facts: dict[str, Any] | None = None,
) -> int:
    """Post one message to each of `recipients` (people who log in). Told already means not told again.

    `occasion` names this happening, and is unique with kind, recipient and channel. `facts` must match `kind.facts`.
    Returns how many rows were asked for. Must be called inside the transaction of the act.
    Raises TypeError for facts that do not match.
    """
    _check(kind, facts or {})
    return _put(_row(kind, occasion, about, facts, recipient=person) for person in _once(recipients))


def post_to_address(
    *,
    kind: Kind,
    address: str,
    occasion: str,
    about: models.Model | None = None,
    facts: dict[str, Any] | None = None,
) -> int:
    """Post one message to an address that belongs to nobody who logs in yet. Otherwise as `post`."""
    _check(kind, facts or {})
    return _put([_row(kind, occasion, about, facts, address=address.strip().lower())])


def post_secret(
    *,
    kind: Kind,
    secret: dict[str, str],
    expires_at: dt.datetime,
    recipient: Any = None,
    address: str = "",
    about: models.Model | None = None,
) -> Message:
    """Post a message that carries a one-time code or token, to a person or else to an address.

    `secret` gives the template its words. It is stored encrypted, goes in the lane that is drained first, is not
    sent after `expires_at`, and is wiped once the mail server has it or it has expired. Each call is a new occasion.
    Raises ValueError unless there is exactly one of recipient and address.
    """
    if (recipient is None) == (not address):
        raise ValueError("A secret goes to a person or else to an address.")
    to = {"recipient": recipient} if recipient is not None else {"address": address.strip().lower()}
    message = _row(kind, f"secret {uuid.uuid4()}", about, None, **to)
    message.lane = CODES
    message.secret = seal(json.dumps(secret))
    message.expires_at = expires_at
    message.save(force_insert=True)
    hint_on_commit()
    return message


@transaction.atomic
def send_again(*, by: Any, message: Message) -> None:
    """Put a refused or held message back in the queue, with its tries counted anew and three fresh days.

    Raises `Refused` when it carried a secret (wiped by now) or is in another state.
    """
    if message.lane == CODES:
        raise Refused("This message carried a code, which is gone. The person can ask for a new one.")
    now = clock.now()
    again = Message.objects.filter(pk=message.pk, state__in=[MessageState.REFUSED, MessageState.HELD]).update(
        state=MessageState.WAITING,
        reason="",
        attempts=0,
        due_at=now,
        expires_at=now + GIVE_UP,
        give_up_at=now + GIVE_UP,
        settled_at=None,
    )
    if not again:
        raise Refused("This message is no longer refused or held. Open the page again to see where it stands.")
    ports.record(actor=by, verb="notifications.sent_again", about=message, kind=message.kind)
    hint_on_commit()


def _put(rows: Iterable[Message]) -> int:
    rows = list(rows)
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        hint_on_commit()
    return len(rows)


def _once(people: Iterable[Any]) -> list[Any]:
    return list({person.pk: person for person in people}.values())


def _check(kind: Kind, facts: dict[str, Any]) -> None:
    if set(facts) != set(kind.facts):
        raise TypeError(f"{kind.name} takes the facts {sorted(kind.facts)}, not {sorted(facts)}.")
    for name, wanted in kind.facts.items():
        if not isinstance(facts[name], wanted):
            raise TypeError(f"{kind.name}: the fact {name} must be {wanted.__name__}.")


def _row(kind: Kind, occasion: str, about: models.Model | None, facts: dict[str, Any] | None, **to: Any) -> Message:
    now = clock.now()
    return Message(
        kind=kind.name,
        lane=kind.lane,
        occasion=occasion,
        about_type=about._meta.label if about else "",
        about_id=str(about.pk) if about else "",
        facts=facts or {},
        posted_at=now,
        due_at=now,
        expires_at=now + kind.lasts,
        give_up_at=now + GIVE_UP,
        **to,
    )
