"""A passkey of Cass, and a request to take Samuel's second step away."""

from __future__ import annotations

import uuid

from allauth.mfa.models import Authenticator

from accounts.models import SecondFactorReset
from core import clock
from core.secrets import seal
from tests.permissions.world import ABSENT, World


def add(world: World) -> None:
    cast = world.cast
    passkey = Authenticator.objects.create(user=cast.cass, type="webauthn", data={"name": "Phone", "credential": {}})
    for name in ("rename", "remove"):
        world.things[f"accounts:passkey_{name}"] = {"ours": (passkey.pk,), "absent": (987654,)}
    reset = SecondFactorReset.objects.create(
        person=cast.samuel, reason=seal("Lost."), form_key=uuid.uuid4(), asked_at=clock.now(), asked_by=cast.robin
    )
    for name in ("reset", "reset_stop"):
        world.things[f"accounts:{name}"] = {"ours": (reset.pk,), "absent": (ABSENT,)}
