"""How people are called on pages: as they chose, and never more."""

from __future__ import annotations

from django.conf import settings

from governance.models import Side
from steering.models import Comment
from steering.models.comments import ShownAs


def side_name(side: str) -> str:
    """A peer, or a member of staff, in the Trust's own words."""
    return f"a {settings.WORDS['peer']}" if side == Side.PEER else "a member of staff"


def side_people(side: str) -> str:
    """Peers or staff, as a column is headed."""
    return f"{settings.WORDS['peer']}s".capitalize() if side == Side.PEER else "Staff"


def shown_name(comment: Comment) -> str:
    """Who wrote a comment, as they chose to be shown. Needs the author loaded only when they chose their name."""
    if comment.shown_as == ShownAs.NAME:
        return comment.author.name
    return side_name(comment.side).capitalize() if comment.shown_as == ShownAs.SIDE else ShownAs.MEMBER.label
