"""HR's pages that are about no one kind of record: what is due, and looking for something in all of them."""

from __future__ import annotations

from tests.permissions.notation import Row
from tests.permissions.rows_rooms import HR

ROWS = [
    Row("hr:due", may=HR, why="a reminder leads here, and the gate asks who comes"),
    Row("hr:search", may=HR, why="what was typed is sent by POST: an empty press shows the form once more"),
]
