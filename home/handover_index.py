"""The packs that one reader may open, by group."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import Person
from governance import standing
from governance.models import Body, Constituency, Office
from home.handover import name_of
from home.handover_rules import OFFICES, Handover, Part, plays, to_come


@dataclass(frozen=True)
class Way:
    """The way to one pack."""

    name: str
    path: str


@dataclass(frozen=True)
class GroupOfWays:
    """One group: the parts the reader plays or takes over, and the others that they may show to somebody new."""

    body: Body
    own: list[Way]
    others: list[Way]


def packs_of(person: Person) -> list[GroupOfWays]:
    """What the reader may open, by group. Four queries."""
    stands, later = standing.of(person), _later(person)
    bodies = Body.objects.alive().order_by("name")
    if not stands.is_steering_secretary:
        bodies = bodies.filter(pk__in=stands.body_ids | set(later))
    found = []
    for body in bodies:
        runs = stands.is_steering_secretary or body.pk in stands.run_body_ids
        own = [part for part in Part if plays(person, Handover(body, part)) or part in later[body.pk]]
        others = [part for part in Part if part not in own] if runs else []
        found.append(GroupOfWays(body, _ways(body, own), _ways(body, others)))
    return found


def _later(person: Person) -> dict[UUID, set[Part]]:
    """Parts that begin for the reader on a later day, by body."""
    offices, terms = to_come(person)
    found: dict[UUID, set[Part]] = defaultdict(set)
    part_of = {str(kind): part for part, kind in OFFICES.items()}
    for body_id, kind in offices.values_list("body_id", "kind"):
        found[body_id].add(part_of[Office.Kind(kind)])
    for body_id, constituency in terms.values_list("body_id", "seat__constituency"):
        found[body_id].add(Part.MEMBER)
        if constituency == Constituency.SPONSOR:
            found[body_id].add(Part.SPONSOR)
    return found


def _ways(body: Body, parts: list[Part]) -> list[Way]:
    return [Way(name_of(part), reverse("handover_pack", args=[body.pk, part.value])) for part in parts]
