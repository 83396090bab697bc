"""What may be done to people and their roles. Bound to rules in `oxleas_coprod/permissions.py`."""

from __future__ import annotations

from core.permissions import Permission

MANAGE_PEOPLE = Permission(
    "accounts.manage_people", "add people and give or end their roles", ask="a platform administrator"
)

RESET_SECOND_FACTOR = Permission(
    "accounts.reset_second_factor",
    "ask for a lost second step to be taken away, and confirm it",
    ask="a platform administrator",
)
