"""Where shared words stand, and the moves between. Items and replies have the same states.

What is `SHARED` is read by its audience; in every other state nobody but its author reads it (a draft also by the
sponsor whom its author lets see it, and what is looked at by moderators). So hidden words vanish everywhere at once.
"""

from __future__ import annotations

from django.db import models

from core.workflows import Workflow


class WordsState(models.TextChoices):
    DRAFT = "draft", "Not shared"
    SHARED = "shared", "Shared"
    HIDDEN = "hidden", "Hidden while we look at it"
    CHANGING = "changing", "Hidden until you change it"
    REMOVED = "removed", "Removed"
    WITHDRAWN = "withdrawn", "Taken back"


S = WordsState
WORDS = Workflow(
    WordsState,
    [
        # by the author
        ("share", [S.DRAFT], S.SHARED),
        ("stop_sharing", [S.SHARED], S.DRAFT),
        ("hand_back", [S.CHANGING], S.HIDDEN),
        ("withdraw", [S.DRAFT, S.SHARED, S.HIDDEN, S.CHANGING], S.WITHDRAWN),
        # by a moderator
        ("hide", [S.SHARED], S.HIDDEN),
        ("ask_to_change", [S.SHARED, S.HIDDEN], S.CHANGING),
        ("restore", [S.HIDDEN, S.CHANGING], S.SHARED),
        ("remove", [S.SHARED, S.HIDDEN, S.CHANGING], S.REMOVED),
    ],
)

#: The author may change the words.
BEING_WRITTEN = frozenset({S.DRAFT, S.CHANGING})
#: The words are gone from the database.
ERASED = frozenset({S.WITHDRAWN, S.REMOVED})
#: A moderator has to bring these back or remove them before the report can be closed.
AWAY = frozenset({S.HIDDEN, S.CHANGING})


class ReportState(models.TextChoices):
    OPEN = "open", "Waiting"
    LOOKED_AT = "looked_at", "Looked at"


REPORT = Workflow(ReportState, [("close", [ReportState.OPEN], ReportState.LOOKED_AT)])
