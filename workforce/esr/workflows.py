"""The states of an ESR import and the moves between them."""

from __future__ import annotations

from django.db import models

from core.workflows import Workflow


class State(models.TextChoices):
    COLUMNS = "columns", "Waiting for you to choose the columns"
    CHECKING = "checking", "Being checked"
    READY = "ready", "Checked, ready for you to look at"
    ACCEPTING = "accepting", "Being saved"
    DONE = "done", "Saved"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    STOPPED = "stopped", "Thrown away"


#: What a worker does; in the other states it waits for a person, or is over.
AT_WORK = (State.CHECKING, State.ACCEPTING, State.UNDOING)

IMPORTS = Workflow(
    State,
    [
        ("check", [State.COLUMNS, State.READY], State.CHECKING),
        ("checked", [State.CHECKING], State.READY),
        ("could_not_check", [State.CHECKING], State.COLUMNS),
        ("accept_all", [State.READY], State.ACCEPTING),
        ("accepted", [State.ACCEPTING], State.DONE),
        ("could_not_accept", [State.ACCEPTING], State.READY),
        ("undo", [State.READY, State.DONE], State.UNDOING),
        ("undone", [State.UNDOING], State.UNDONE),
        ("could_not_undo", [State.UNDOING], State.DONE),
        ("stop", [State.COLUMNS, State.READY], State.STOPPED),
    ],
)
