"""States of a meeting, and the moves between them."""

from django.db import models

from core.workflows import Workflow


class MeetingState(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


MEETING = Workflow(
    MeetingState,
    [
        ("change", [MeetingState.PLANNED], MeetingState.PLANNED),
        ("cancel", [MeetingState.PLANNED], MeetingState.CANCELLED),
        ("hold", [MeetingState.PLANNED, MeetingState.HELD], MeetingState.HELD),
    ],
)
