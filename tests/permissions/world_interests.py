"""Interests, and what people say concerns them, for the matrix."""

from __future__ import annotations

import datetime as dt
import uuid

from governance.models import Matter
from governance.services.interests import ask_about_interests, declare_interest
from governance.services.recusals import say_it_concerns_me
from tests.permissions.world import ABSENT, World

#: What only some may read.
SAMUELS = "Canaryinterest of a sponsor"
NADIAS = "Canaryinterest of a clerk"
WHY = "Canaryreason for it"


def add(world: World) -> None:
    cast, things = world.cast, world.things
    ask_about_interests()
    samuels, nadias = (
        declare_interest(
            by=person, kind="other", words=words, from_on=dt.date(2026, 1, 1), until_on=None, form_key=uuid.uuid4()
        )
        for person, words in ((cast.samuel, SAMUELS), (cast.nadia, NADIAS))
    )
    things["interests:correct"] = {"samuels": (samuels.pk,), "nadias": (nadias.pk,), "absent": (ABSENT,)}
    shared, alone, far = (
        say_it_concerns_me(
            by=person,
            body=world.bodies[body],
            matter=Matter("documents.Document", "a matter of the matrix", "A matter"),
            effect="takes_part",
            reason=WHY,
            is_shared=is_shared,
            form_key=uuid.uuid4(),
        ).pk
        for person, body, is_shared in (
            (cast.cass, "steering", True),
            (cast.cass, "ours", False),
            (cast.morgan, "far", False),
        )
    )
    recusals = {"shared": (shared,), "alone": (alone,), "far": (far,), "absent": (ABSENT,)}
    things["interests:recusal"] = things["interests:take_back"] = recusals
    things["interests:body"] = things["taskgroups:group"]
    meetings = {name: (meeting.pk, 1) for name, meeting in world.meetings.items()}
    no_item = {"absent": (ABSENT, 1), "absent_inside": (world.meetings["ours"].pk, 7)}
    things["meetings:concerns_me"] = meetings | no_item
    bodies = {**{key: body.pk for key, body in world.bodies.items()}, "absent": ABSENT}
    parts = ("member", "co-lead", "sponsor", "secretary", "deputy")
    packs = {f"{key}_{part}": (pk, part) for key, pk in bodies.items() for part in parts}
    things["handover_pack"] = things["handover_pdf"] = packs | {"absent_part": (bodies["ours"], "treasurer")}
