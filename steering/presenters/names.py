"""How people are called on pages: as they chose, and never more."""

from __future__ import annotations

from django.conf import settings

from governance.models import Side


def side_name(side: str) -> str:
    """A peer, or a member of staff, in the Trust's own words."""
    return f"a {settings.WORDS['peer']}" if side == Side.PEER else "a member of staff"


def side_people(side: str) -> str:
    """Peers or staff, as a column is headed."""
    return f"{settings.WORDS['peer']}s".capitalize() if side == Side.PEER else "Staff"
