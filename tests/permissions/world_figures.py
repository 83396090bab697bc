"""Somebody of HR who may read role records and take them away."""

from __future__ import annotations

from accounts.models import Role, RoleHeld
from core import clock
from tests.permissions.world import World, _person


def add(world: World) -> None:
    exporter = _person("exporter", "Esme Fileaway")
    for role in (Role.HR_VIEWER, Role.HR_EXPORTER):
        RoleHeld.objects.create(person=exporter, role=role, from_at=clock.now(), given_by=world.cast.grace)
    world.people["exporter"] = exporter
