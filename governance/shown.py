"""How people are called on pages: as they chose, and never more."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from governance.models import Side

#: Fewer people than this could have written something, and readers may guess who did.
FEW = 3


class ShownAs(models.TextChoices):
    """How someone chose to be shown beside their words."""

    MEMBER = "member", "A member"
    SIDE = "side", "My side"
    NAME = "name", "My name"


def shown_as_choices(name: str, side: str) -> list[tuple[str, str]]:
    """The choices as a form offers them to the person of that name and side."""
    return [
        (ShownAs.MEMBER.value, "As a member"),
        (ShownAs.SIDE.value, f"As {side_name(side)}"),
        (ShownAs.NAME.value, f"With my name, {name}"),
    ]


def shown_name(shown_as: str, side: str, name: str) -> str:
    """Who wrote something, as the author chose to be shown, with a capital letter."""
    if shown_as == ShownAs.NAME:
        return name
    if shown_as == ShownAs.MEMBER:
        return "A member"
    name = side_name(side)
    return name[0].upper() + name[1:]


def side_name(side: str) -> str:
    """A peer, or a member of staff, in the Trust's own words."""
    return f"a {settings.WORDS['peer']}" if side == Side.PEER else "a member of staff"


def side_people(side: str) -> str:
    """Peers or staff, as a column is headed."""
    return f"{settings.WORDS['peer']}s".capitalize() if side == Side.PEER else "Staff"
