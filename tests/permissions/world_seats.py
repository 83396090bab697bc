"""Terms of reference of our group: two approved, one that waits. Seats, times and offices to ask about."""

from __future__ import annotations

from governance.presenters.charters import words_to_change
from governance.services.charters import approve_charter, propose_charter, write_charter
from tests.permissions.world import ABSENT, World


def add(world: World) -> None:
    cast, things = world.cast, world.things
    for words in ("What we are for.", "What we are for, said again."):
        approve_charter(by=cast.grace, draft=_proposed(cast.tunde, cast.group, words))
    _proposed(cast.tunde, cast.group, "What we are for, said a third time.")
    bodies = {name: (body.pk,) for name, body in world.bodies.items()} | {"absent": (ABSENT,)}
    for name in (
        *("seats", "open_seat", "offices", "settings", "change_settings"),
        *("charter", "write_charter", "charter_draft", "propose_charter", "answer_charter"),
    ):
        things[f"governance:{name}"] = bodies
    things["taskgroups:remit"] = bodies
    ours, far = cast.group.pk, cast.other_group.pk
    #: In our group seat 2 is Cass's, 3 is empty.
    for name in ("close_seat", "fill_seat"):
        things[f"governance:{name}"] = {
            "ours": (ours, 3),
            "far": (far, 1),
            "absent": (ABSENT, 3),
            "absent_inside": (ours, 99),
            "taken": (ours, 2),
        }
    for name in ("renew_term", "end_term"):
        things[f"governance:{name}"] = {
            "ours": (ours, 2, 1),
            "far": (far, 1, 1),
            "absent": (ABSENT, 2, 1),
            "absent_inside": (ours, 3, 1),
        }
    things["governance:appoint"] = {
        "ours": (ours, "secretary"),
        "lead": (ours, "co_lead"),
        "far": (far, "secretary"),
        "absent": (ABSENT, "secretary"),
        "absent_inside": (ours, "treasurer"),
    }
    things["governance:end_office"] = {
        "ours": (ours, "co_lead", "peer"),
        "steering": (cast.steering.pk, "secretary", "staff"),
        "absent": (ABSENT, "co_lead", "peer"),
        "absent_inside": (ours, "secretary", "peer"),
    }
    things["governance:move"] = {
        "ours": (ours, "close"),
        "pause": (ours, "pause"),
        "far": (far, "pause"),
        "absent": (ABSENT, "close"),
        "absent_inside": (ours, "resume"),
    }
    for name in ("charter_version", "charter_changes"):
        things[f"governance:{name}"] = {
            "ours": (ours, 2),
            "network": (cast.network.pk, 2),
            "absent": (ABSENT, 2),
            "absent_inside": (ours, 7),
        }


def _proposed(by, body, words):
    write_charter(by=by, body=body, words=words, seen=words_to_change(body)["seen"])
    return propose_charter(by=by, body=body)
