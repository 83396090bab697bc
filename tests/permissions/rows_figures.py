"""HR's figures, files that are taken away, and the figures that the Steering Group was handed."""

from __future__ import annotations

from tests.permissions.notation import EVERYONE, GOVERNANCE, SECRETARY, STEERING, Row, page, people
from tests.permissions.rows_rooms import EDITOR, HR

EXPORTER = people("exporter")
READERS = STEERING | SECRETARY | GOVERNANCE

ROWS = [
    page("hr:figures", may=HR),
    page("hr:figures_file", may=HR),
    Row("hr:export", may=EXPORTER, refused=HR - EXPORTER, get=302, post=302, why="after a fresh log-in"),
    page("hr:released", may=HR),
    page("hr:released_one", "any", may=HR),
    page("hr:released_one", "absent"),
    Row("hr:release", may=EDITOR, refused=HR - EDITOR),
    Row("hr:hand_over", "any", may=EDITOR, refused=HR - EDITOR, post=302),
    Row("hr:hand_over", "absent", refused=HR - EDITOR),
    Row("hr:take_back", may=EDITOR, refused=HR - EDITOR, post=302),
    page("steering:staff_figures", may=READERS, refused=EVERYONE - READERS),
]
