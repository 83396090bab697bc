"""How people of the demo Trust log in: one lost a phone, and two people helped."""

from __future__ import annotations

import datetime as dt
import uuid

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from accounts.services.resets import ask_for_reset, confirm_reset
from core import clock
from oxleas_coprod.demo.structure import DemoTrust

DAYS_AGO = 20


def add(trust: DemoTrust) -> None:
    """Marcus lost his phone last month. Robin asked, Owen made sure and confirmed."""
    marcus, robin, owen = (trust.people[key] for key in ("marcus", "robin", "owen"))
    when = clock.now() - dt.timedelta(days=DAYS_AGO)
    with clock.set_to(when):
        RecoveryCodes.activate(marcus)
        why = "Marcus left his phone on a train. I called him on his ward's number."
        reset = ask_for_reset(by=robin, person=marcus, reason=why, form_key=uuid.uuid4())
    with clock.set_to(when + dt.timedelta(hours=5)):
        confirm_reset(by=owen, reset=reset)
