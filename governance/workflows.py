"""States of a body and of its terms of reference, and the moves between them."""

from django.db import models

from core.workflows import Workflow


class BodyState(models.TextChoices):
    FORMING = "forming", "Forming"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"
    MERGED = "merged", "Merged into another group"


#: States that a body does not come back from.
ENDED = (BodyState.CLOSED, BodyState.MERGED)
_STANDING = [BodyState.FORMING, BodyState.ACTIVE, BodyState.PAUSED]

BODY = Workflow(
    BodyState,
    [
        ("start", [BodyState.FORMING], BodyState.ACTIVE),
        ("pause", [BodyState.ACTIVE], BodyState.PAUSED),
        ("resume", [BodyState.PAUSED], BodyState.ACTIVE),
        ("close", _STANDING, BodyState.CLOSED),
        ("merge", _STANDING, BodyState.MERGED),
    ],
)


class CharterState(models.TextChoices):
    WRITING = "writing", "Being written"
    PROPOSED = "proposed", "Waiting for approval"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Sent back"


CHARTER = Workflow(
    CharterState,
    [
        ("propose", [CharterState.WRITING], CharterState.PROPOSED),
        ("approve", [CharterState.PROPOSED], CharterState.APPROVED),
        ("give_back", [CharterState.PROPOSED], CharterState.RETURNED),
    ],
)
