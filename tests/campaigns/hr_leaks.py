"""A mark in every field of HR's records; then every page of the product is asked as everybody for what it tells.

First the hunt itself is tried on leaks that are planted, each of another kind. A mark that nobody ever sees proves
nothing, so those who may read it must find it. What can hold no mark is hunted by twins: the same pages, once the
sensitive records are otherwise or not there, must answer the same to whoever may not read those.
"""

from __future__ import annotations

import time

from bench.figures import Figure, at_least, at_most, floor
from tests.campaigns.installed import found_inside

#: Kinds of planted leaks; pages asked at the least.
PLANTS = 18
PAGES = 10_000
LONGEST = 900


def run(database: str) -> list[Figure]:
    """Run on "sqlite" or "postgres"; gives what was measured, each with its bar."""
    began = time.monotonic()
    found = found_inside("hr_leaks_inside", lambda here: [str(here.folder)], database=database, longest=LONGEST)
    print(f"HR leaks on {database}: {found['marks']} marks in {found['fields']} fields, {found['readers']} readers")
    for heading, lines in found["said"].items():
        for line in lines[:20]:
            print(f"{heading}: {line}")
    name = f"hr_leaks.{database}"
    zero = {heading: len(lines) for heading, lines in found["said"].items()}
    return [
        at_least(f"{name}.planted_leaks_found", found["plants_found"], "leaks", PLANTS),
        *(at_most(f"{name}.{heading}", count, "found", 0) for heading, count in zero.items()),
        at_least(f"{name}.pages_asked", found["asked"], "pages", PAGES),
        at_least(f"{name}.lines_of_the_log_read", found["lines"], "lines", 1),
        at_least(f"{name}.files_read", found["files"], "files", 4),
        at_least(f"{name}.letters_read", found["letters"], "letters", 1),
        at_least(f"{name}.tables_read", found["tables"], "tables", 50),
        floor(f"{name}.names_read", found["names"], "rows"),
        at_least(f"{name}.pages_broken_on_purpose", found["broken_on_purpose"], "pages", 2),
        at_most(f"{name}.seconds", time.monotonic() - began, "s", LONGEST),
    ]
