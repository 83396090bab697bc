"""Somebody of HR who may read role records and take them away; and the figures of one quarter."""

from __future__ import annotations

import datetime as dt

from accounts.models import Role, RoleHeld
from core import clock
from tests.permissions.world import World, _person
from workforce.figures import services


def add(world: World) -> None:
    exporter = _person("exporter", "Esme Fileaway")
    for role in (Role.HR_VIEWER, Role.HR_EXPORTER):
        RoleHeld.objects.create(person=exporter, role=role, from_at=clock.now(), given_by=world.cast.grace)
    world.people["exporter"] = exporter
    released = services.release(by=world.cast.nadia, day=dt.date(2026, 6, 30))
    for name in ("released_one", "hand_over"):
        world.things[f"hr:{name}"] = {"any": (released.pk,), "absent": (987654,)}
