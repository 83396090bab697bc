"""Why a file cannot be read."""

from __future__ import annotations


class CannotRead(Exception):
    """`why` is a key of `documents.importing.REFUSALS`, which has the words people see."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
