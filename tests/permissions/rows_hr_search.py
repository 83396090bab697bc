"""HR's pages that are about no one kind of record: what is due."""

from __future__ import annotations

from tests.permissions.notation import Row
from tests.permissions.rows_rooms import HR

ROWS = [
    Row("hr:due", may=HR, why="a reminder leads here, and the gate asks who comes"),
]
