"""HR's figures, files that are taken away, and the figures that the Steering Group was handed."""

from __future__ import annotations

from tests.permissions.notation import Row, page, people
from tests.permissions.rows_rooms import HR

EXPORTER = people("exporter")

ROWS = [
    page("hr:figures", may=HR),
    page("hr:figures_file", may=HR),
    Row("hr:export", may=EXPORTER, refused=HR - EXPORTER, get=302, post=302, why="after a fresh log-in"),
]
