"""States of a handover, of a request for another sponsor, and of a nomination, and the moves between them."""

from django.db import models

from core.workflows import Workflow


class HandoverState(models.TextChoices):
    """Whose yes it waits for. Nothing of a partnership changes before both have said theirs."""

    PROPOSED = "proposed", "Waits for the new staff sponsor"
    ACCEPTED = "accepted", "Waits for the peer"
    DONE = "done", "Done"
    DECLINED = "declined", "The new staff sponsor said no"
    REFUSED = "refused", "The peer said no"
    WITHDRAWN = "withdrawn", "Taken back"
    OVERTAKEN = "overtaken", "Not needed any more"


HANDOVER = Workflow(
    HandoverState,
    [
        ("accept", [HandoverState.PROPOSED], HandoverState.ACCEPTED),
        ("decline", [HandoverState.PROPOSED], HandoverState.DECLINED),
        ("agree", [HandoverState.ACCEPTED], HandoverState.DONE),
        ("refuse", [HandoverState.ACCEPTED], HandoverState.REFUSED),
        ("withdraw", [HandoverState.PROPOSED, HandoverState.ACCEPTED], HandoverState.WITHDRAWN),
        ("overtake", [HandoverState.PROPOSED, HandoverState.ACCEPTED], HandoverState.OVERTAKEN),
    ],
)


class RequestState(models.TextChoices):
    ASKED = "asked", "Waiting"
    SETTLED = "settled", "There is another staff sponsor"
    TALKED = "talked", "We talked"
    TAKEN_BACK = "taken_back", "Taken back"


REQUEST = Workflow(
    RequestState,
    [
        ("settle", [RequestState.ASKED], RequestState.SETTLED),
        ("talk", [RequestState.ASKED], RequestState.TALKED),
        ("take_back", [RequestState.ASKED], RequestState.TAKEN_BACK),
    ],
)


class NominationState(models.TextChoices):
    NOMINATED = "nominated", "Waits for the secretary"
    CONFIRMED = "confirmed", "Has the seat"
    DECLINED = "declined", "Not this time"
    TAKEN_BACK = "taken_back", "Taken back"


NOMINATION = Workflow(
    NominationState,
    [
        ("confirm", [NominationState.NOMINATED], NominationState.CONFIRMED),
        ("decline", [NominationState.NOMINATED], NominationState.DECLINED),
        ("take_back", [NominationState.NOMINATED], NominationState.TAKEN_BACK),
    ],
)
