"""What a service raises when a rule says no. Never a 500: `core.views.attempt` puts it on the form."""

from __future__ import annotations


class Refused(Exception):
    """A rule of the domain says no.

    `message` is shown to the person as it stands: plain words, what is wrong and what to do next.
    `field` names the form field it belongs to, or is None.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Refused):
    """Someone else changed the row first. `theirs` is what now stands, `yours` what was sent."""

    def __init__(self, message: str, *, theirs: str, yours: str) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours
