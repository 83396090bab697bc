"""A staff file of 5,000 rows with 40 planted faults: 40 lines are named, the rest is right, and one press undoes it.

Half of the people are held already and half start. First the counting is tried: a fault that is planted without being
noted must be found as one too many. Then a clash is planted, and nothing of the file may be saved.
"""

from __future__ import annotations

import time

from bench.figures import Figure, at_least, at_most
from tests.campaigns.installed import found_inside

ROWS = 5_000
FAULTS = 40
LONGEST = 300


def run(database: str) -> list[Figure]:
    """Run on "sqlite" or "postgres"; gives what was measured, each with its bar."""
    began = time.monotonic()
    found = found_inside("esr_import_inside", lambda _: [str(ROWS), str(FAULTS)], database=database, longest=LONGEST)
    print(f"ESR import on {database}: {ROWS} rows, {FAULTS} faults of {found['kinds']} kinds")
    name = f"esr_import.{database}"
    return [
        at_least(f"{name}.fault_not_noted_found", found["planted"], "lines", 1),
        at_least(f"{name}.named_lines", found["named"], "lines", FAULTS),
        at_most(f"{name}.named_lines_at_most", found["named"], "lines", FAULTS),
        at_most(f"{name}.lines_named_wrongly_or_missed", found["wrongly_named"], "lines", 0),
        at_most(f"{name}.changed_by_the_dry_run", found["changed_by_dry_run"], "records", 0),
        at_most(f"{name}.saved_when_one_clashed", found["half_saved"], "records", 0),
        at_most(f"{name}.lines_saved_wrongly", found["wrong"], "lines", 0),
        at_least(f"{name}.lines_saved_rightly", found["right"], "lines", ROWS - FAULTS),
        at_most(f"{name}.absent_and_not_marked", found["not_marked"], "people", 0),
        at_most(f"{name}.states_kept_without_who", found["without_who"], "states", 0),
        at_least(f"{name}.times_progress_was_told", found["told"], "times", 10),
        at_most(f"{name}.not_as_before_after_undo", found["not_undone"], "records", 0),
        at_most(f"{name}.seconds_to_read", found["read"], "s", 20),
        at_most(f"{name}.seconds_to_check", found["check"], "s", 60),
        at_most(f"{name}.seconds_to_save", found["save"], "s", 60),
        at_most(f"{name}.seconds_to_undo", found["undo"], "s", 60),
        at_most(f"{name}.seconds", time.monotonic() - began, "s", LONGEST),
    ]
