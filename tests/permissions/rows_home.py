"""The page of those who look after groups."""

from __future__ import annotations

from tests.permissions.notation import CO_LEADS, FAR_LEAD, SECRETARY, page

ROWS = [
    page("look_after", may=CO_LEADS | FAR_LEAD | SECRETARY, rest=403, why="whoever holds an office of a group"),
]
