"""Take away each rule of who may do what, one at a time, and see that the permission matrix notices every one."""

from __future__ import annotations

import time

from bench.figures import Figure, at_most
from tests.campaigns.installed import found_inside

#: Every address is asked once by everybody, and then those that a rule decides, again for each rule.
LONGEST = 1800


def run(database: str) -> list[Figure]:
    """Run on "sqlite" or "postgres"; gives what was measured, each with its bar."""
    began = time.monotonic()
    found = found_inside("permissions_inside", lambda here: [str(here.folder)], database=database, longest=LONGEST)
    print(f"permissions on {database}: {found['taken_away']} rules taken away, one at a time")
    for sentence in [*found["wrong_before"], *(f"not noticed: {name}" for name in found["not_noticed"])]:
        print(sentence)
    name = f"permissions.{database}"
    return [
        at_most(f"{name}.wrong_before_anything_is_taken_away", len(found["wrong_before"]), "cells", 0),
        at_most(f"{name}.taken_away_and_not_noticed", len(found["not_noticed"]), f"of {found['taken_away']}", 0),
        at_most(f"{name}.seconds", time.monotonic() - began, "s", LONGEST),
    ]
