"""HR's figures, files that are taken away, and the figures that the Steering Group was handed."""

from __future__ import annotations

from tests.permissions.notation import EVERYONE, GOVERNANCE, SECRETARY, STEERING, Row, page, people
from tests.permissions.rows_rooms import EDITOR, HR

EXPORTER = people("exporter")
READERS = STEERING | SECRETARY | GOVERNANCE
#: Whoever is not of HR does not learn that a page is there, whatever they send.
OTHERS = dict.fromkeys(EVERYONE - HR, 404)

ROWS = [
    page("hr:figures", may=HR, posts=OTHERS),
    page("hr:figures_file", may=HR, posts=OTHERS),
    Row("hr:export", may=EXPORTER, refused=HR - EXPORTER, get=302, post=302, why="after a fresh log-in"),
    page("hr:released", may=HR, posts=OTHERS),
    page("hr:released_one", "any", may=HR, posts=OTHERS),
    page("hr:released_one", "absent", posts=OTHERS),
    Row("hr:release", may=EDITOR, refused=HR - EDITOR),
    Row("hr:hand_over", "any", may=EDITOR, refused=HR - EDITOR, post=302),
    Row("hr:hand_over", "absent", refused=HR - EDITOR),
    Row("hr:take_back", may=EDITOR, refused=HR - EDITOR, post=302),
    page("steering:staff_figures", may=READERS, refused=EVERYONE - READERS),
]
