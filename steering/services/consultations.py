"""Put a draft before the people it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.holidays import holidays_within
from core.once import first_result
from documents import services as documents
from documents.models import Version
from governance.models import Body, Side
from governance.people import members_of
from notifications.services import post
from steering.models import Asked, Consultation, EqualityRecord, Policy
from steering.notifications.drafting import CONSULTATION_OPENED
from steering.services.policies import locked, require_both_ready
from steering.workflows import POLICY

USUAL_DAYS = 28
FEWEST_DAYS = 14
MOST_DAYS = 184


def end_of(day: dt.date) -> dt.datetime:
    """The instant at which a day ends, in the Trust's own time zone: comments sent on the last day still count."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))  # noqa: DTZ001


def check_window(opens_at: dt.datetime, closes_at: dt.datetime) -> None:
    """Raise `Refused`, on the field `closes_on`, for a window that is backwards, too short or absurdly long."""
    soonest = timezone.localtime(opens_at).date() + dt.timedelta(days=FEWEST_DAYS)
    by_then = f"Choose {soonest.day} {soonest:%B %Y} or later."
    if closes_at <= opens_at:
        raise Refused(f"Comments cannot close before they open. {by_then}", field="closes_on")
    if closes_at - opens_at < dt.timedelta(days=FEWEST_DAYS):
        raise Refused(f"People need at least {FEWEST_DAYS} days to comment. {by_then}", field="closes_on")
    if closes_at - opens_at > dt.timedelta(days=MOST_DAYS):
        raise Refused("Choose a date within the next 6 months.", field="closes_on")


def holidays_in(opens_at: dt.datetime, closes_at: dt.datetime) -> list[str]:
    """The long holidays that fall in the window: a reason to warn, not to refuse."""
    last = closes_at - dt.timedelta(microseconds=1)
    return holidays_within(timezone.localtime(opens_at).date(), timezone.localtime(last).date())


@transaction.atomic
def open_consultation(
    *,
    by: Person,
    policy: Policy,
    purpose: str,
    summary: str,
    rung: str,
    bodies: Iterable[Body],
    closes_at: dt.datetime,
    contact_name: str,
    contact_phone: str,
    impact: str,
    screening: str,
    form_key: UUID,
) -> Consultation:
    """Open a policy's draft for comment, now: fix its words, record the equality screening, and ask the people.

    Each member of `bodies` is asked once, for the side they sit for today. A repeat with the same `form_key` gets the
    first result. Raises `Refused` unless both co-leads have said the draft is ready, for a window that is too short,
    and when nobody would be asked.
    """
    policy = locked(policy)
    first = first_result(Consultation.objects, form_key, opened_by=by, policy=policy)
    if first:
        return first
    now = clock.now()
    check_window(now, closes_at)
    version = require_both_ready(policy)
    bodies = list(bodies)
    people = _people_to_ask(bodies)
    POLICY.move(policy, "open_consultation")
    version = documents.freeze(by=by, version=version)
    consultation = Consultation.objects.create(
        policy=policy,
        version=version,
        purpose=purpose,
        summary=summary,
        rung=rung,
        opens_at=now,
        closes_at=closes_at,
        contact_name=contact_name,
        contact_phone=contact_phone,
        opened_by=by,
        form_key=form_key,
    )
    consultation.bodies.set(bodies)
    _record_screening(by=by, policy=policy, version=version, impact=impact, words=screening)
    _ask(by=by, consultation=consultation, people=people)
    return consultation


def _people_to_ask(bodies: list[Body]) -> list[tuple[Person, Side]]:
    people = members_of([body.pk for body in bodies])
    if not people:
        raise Refused("Nobody sits on what you chose, so nobody would be asked. Choose another.", field="bodies")
    return people


def _record_screening(*, by: Person, policy: Policy, version: Version, impact: str, words: str) -> None:
    EqualityRecord.objects.create(
        policy=policy,
        version=version,
        stage=EqualityRecord.Stage.SCREENING,
        impact=impact,
        words=words,
        by=by,
        at=clock.now(),
    )


def _ask(*, by: Person, consultation: Consultation, people: list[tuple[Person, Side]]) -> None:
    """Freeze who is asked, and tell each of them."""
    Asked.objects.bulk_create(
        [Asked(consultation=consultation, person=person, side=side) for person, side in people], batch_size=500
    )
    record(
        actor=by,
        verb="steering.opened_consultation",
        about=consultation,
        policy=str(consultation.policy_id),
        version=str(consultation.version_id),
        sha256=consultation.version.sha256,
        closes_at=consultation.closes_at.isoformat(),
        peers=sum(side == Side.PEER for _, side in people),
        staff=sum(side == Side.STAFF for _, side in people),
    )
    post(
        kind=CONSULTATION_OPENED,
        recipients=[person for person, _ in people],
        occasion=f"consultation {consultation.pk} opened",
        about=consultation,
        facts={"policy": str(consultation.policy_id), "last_day": consultation.last_day.isoformat()},
    )
