"""Questions about seats, and what people were asked as deputies: one's own and somebody else's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import Person
from core import clock
from governance.models import Body, Deputy, Term, TermNotice
from tests.permissions.world import ABSENT, World


def add(world: World) -> None:
    """Cass's question about our group, a far one; Ishani asked to be Tunde's deputy, and Samuel that of another."""
    cast, things = world.cast, world.things
    bodies = {name: (body.pk,) for name, body in world.bodies.items()} | {"absent": (ABSENT,)}
    for name in (
        *("step_back", "come_back", "make_up_days", "leave", "leave_for_sure"),
        *("name_deputy", "end_deputy", "deputies_count"),
    ):
        things[f"own_seats:{name}"] = bodies
    things["own_seats:question"] = {
        "cass": (_question(cast.cass, cast.group).pk,),
        "morgan": (_question(cast.morgan, cast.other_group).pk,),
        "absent": (ABSENT,),
    }
    deputies = {
        "ishani": (_asked(cast.tunde, cast.group, cast.ishani).pk,),
        "samuel": (_asked(cast.priya, cast.group, cast.samuel).pk,),
        "absent": (ABSENT,),
    }
    for name in ("deputy", "say_yes", "say_no"):
        things[f"own_seats:{name}"] = deputies


def _question(person: Person, body: Body) -> TermNotice:
    term = Term.objects.get(person=person, body=body)
    Term.objects.filter(pk=term.pk).update(ends_on=clock.today() + dt.timedelta(days=80))
    return TermNotice.objects.create(term=term, stage=90, noticed_on=clock.today(), asked_on=clock.today())


def _asked(by: Person, body: Body, person: Person) -> Deputy:
    said: dict[str, Any] = {"address": person.email, "named_at": clock.now(), "named_by": by}
    return Deputy.objects.create(term=Term.objects.get(person=by, body=body), body=body, person=person, **said)
