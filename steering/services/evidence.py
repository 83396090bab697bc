"""Look at what is sensitive in the evidence, and take it away: each time a look is logged."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Person
from audit.services import record_look
from core import clock
from core.errors import Refused
from steering.bundle import make_bundle
from steering.models import Asked, Policy
from steering.presenters.evidence import Evidence


@transaction.atomic
def open_names(*, by: Person, policy: Policy, reason: str) -> list[Asked]:
    """The names of everyone who was asked about `policy`. Logs who looked, and why. Raises `Refused` without one."""
    reason = reason.strip()
    if not reason:
        raise Refused("Enter why you need their names.", field="reason")
    record_look(actor=by, what="steering.names_of_people_asked", about=policy, reason=reason)
    return Evidence(policy, named=True).recipients


def take_bundle(*, by: Person, policy: Policy, reason: str = "") -> bytes:
    """The evidence bundle as a ZIP file; with a reason it names the people who were asked. Logs who took it, and why.

    The file is made first, outside any transaction, because making a PDF takes time; nothing is given out unless the
    look is logged. Raises `Refused` when the PDF cannot be made.
    """
    reason = reason.strip()
    content = make_bundle(Evidence(policy, named=bool(reason)), made_at=clock.now())
    what = "steering.evidence_bundle_with_names" if reason else "steering.evidence_bundle"
    record_look(actor=by, what=what, about=policy, reason=reason)
    return content
