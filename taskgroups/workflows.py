"""States of a request to join, and the moves between them."""

from django.db import models

from core.workflows import Workflow


class RequestState(models.TextChoices):
    ASKED = "asked", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not this time"
    WITHDRAWN = "withdrawn", "Withdrawn"


REQUEST = Workflow(
    RequestState,
    [
        ("accept", [RequestState.ASKED], RequestState.ACCEPTED),
        ("decline", [RequestState.ASKED], RequestState.DECLINED),
        ("withdraw", [RequestState.ASKED], RequestState.WITHDRAWN),
    ],
)
