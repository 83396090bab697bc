"""Somebody of HR who may read role records and take them away; and the figures of one quarter."""

from __future__ import annotations

import datetime as dt

from accounts.models import Role, RoleHeld
from core import clock
from tests.factories.figures import released as released_figures
from tests.permissions.world import World, _person


def add(world: World) -> None:
    exporter = _person("exporter", "Esme Fileaway")
    for role in (Role.HR_VIEWER, Role.HR_EXPORTER):
        RoleHeld.objects.create(person=exporter, role=role, from_at=clock.now(), given_by=world.cast.grace)
    world.people["exporter"] = exporter
    released = released_figures(by=world.cast.nadia, day=dt.date(2026, 6, 30))
    for name in ("released_one", "hand_over"):
        world.things[f"hr:{name}"] = {"any": (released.pk,), "absent": (987654,)}
