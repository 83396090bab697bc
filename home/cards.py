"""One thing that needs the reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """What to do, about what, where, and what else they should know."""

    title: str
    path: str
    words: str = ""
