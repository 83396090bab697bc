"""Who may see a shared passport, called by their office: to say it beforehand, to log it, and to tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from access.models import Consent
from accounts.models import Person
from core import clock
from governance import standing
from governance.models import Body, Constituency, Office, Side, Sits
from governance.people import co_leads_of, secretaries_of


class ReadAs(Enum):
    """As what somebody looked. `verb` is what the log of looks keeps; `words` is how its owner reads it."""

    CO_LEAD = ("access.read_as_co_lead", "A co-lead of {place}")
    SECRETARY = ("access.read_as_secretary", "A secretary of {place}")
    STEERING_SECRETARY = (
        "access.read_as_steering_secretary",
        f"A secretary of the {settings.WORDS['steering']}, who stands in for {{place}}",
    )
    CHOSEN = ("access.read_as_chosen", "{place}, whom you chose")

    def __init__(self, verb: str, words: str) -> None:
        self.verb, self.words = verb, words


def office_of(reader: Person, consent: Consent) -> ReadAs:
    """As what `reader` looks by `consent`, which is open to them."""
    if consent.body_id is None:
        return ReadAs.CHOSEN
    stands = standing.of(reader)
    if stands.is_secretary_of(consent.body_id):
        return ReadAs.SECRETARY
    return ReadAs.CO_LEAD if stands.co_leads(consent.body_id) else ReadAs.STEERING_SECRETARY


def who_acts(consent: Consent) -> list[Person]:
    """Whom to tell of a passport that was shared by `consent`: the chosen person; or the secretary of the body, or the
    Steering Group's, or the co-leads, whoever is there first; never its owner."""
    if consent.body is None:
        return [consent.reader] if consent.reader else []
    return who_acts_for(consent.body, but=consent.person_id)


def who_acts_for(body: Body, *, but: int) -> list[Person]:
    """Who makes sure that what people need is there at `body`, without the person of the id `but`."""
    steering = Body.objects.filter(kind=Body.Kind.STEERING).first()
    for people in (secretaries_of(body), secretaries_of(steering) if steering else [], co_leads_of(body)):
        others = [person for person in people if person.pk != but]
        if others:
            return others
    return []


def readers_today(bodies: Iterable[Body], *, but: Person) -> dict[UUID, str]:
    """Who else can see what is shared with each body today, in words that name offices and nobody. One query."""
    ids = [body.pk for body in bodies]
    held: dict[UUID, Counter[str]] = {pk: Counter() for pk in ids}
    steering = 0
    wanted = Q(body_id__in=ids) | Q(body__kind=Body.Kind.STEERING)
    for office in _offices_that_stand().filter(wanted).exclude(person=but).select_related("body"):
        is_secretary = office.kind != Office.Kind.CO_LEAD
        if office.body_id in held:
            held[office.body_id]["secretary" if is_secretary else "co-lead"] += 1
        if office.body.kind == Body.Kind.STEERING and is_secretary:
            steering += 1
            for body_id in set(ids) - {office.body_id}:
                held[body_id]["steering"] += 1
    return {pk: _in_words(count) for pk, count in held.items()}


def _offices_that_stand() -> QuerySet[Office]:
    """Offices that count today: a co-lead's only while their seat of that side runs."""
    as_peer, as_staff = (
        Q(Sits("person", body="body", among=[each for each in Constituency if each.side == side]), side=side)
        for side in (Side.PEER, Side.STAFF)
    )
    return Office.objects.filter(
        ~Q(kind=Office.Kind.CO_LEAD) | as_peer | as_staff,
        until_on=None,
        from_on__lte=clock.today(),
        person__is_active=True,
    )


def _in_words(count: Counter[str]) -> str:
    parts = [_some(count["co-lead"], "co-lead", "co-leads"), _some(count["secretary"], "secretary", "secretaries")]
    steering = _some(count["steering"], "secretary", "secretaries")
    parts.append(f"{steering} of the {settings.WORDS['steering']}" if steering else "")
    named = [part for part in parts if part]
    return "nobody else" if not named else f"{', '.join(named[:-1])} and {named[-1]}" if named[1:] else named[0]


def _some(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
