"""Eight processes race for the last empty seat, 200 times: it must go to one, and the others be told in plain words.

Two things hold the rule, and each must hold it alone: a fifth of the rounds runs with the database's own rules taken
away, a fifth writes past the services and their lock. The rest have both; every other one asks for any empty seat, as
the answer to a request to join does. First the counting itself is tried on seats that are over-filled on purpose.
"""

from __future__ import annotations

import time

from bench.figures import Figure, at_least, at_most, floor
from tests.campaigns.installed import found_inside

PROCESSES = 8
ROUNDS = 200
LONGEST = 240


def run(database: str) -> list[Figure]:
    """Run on "sqlite" or "postgres"; gives what was measured, each with its bar."""
    began = time.monotonic()
    found = found_inside("seats_inside", lambda _: [str(PROCESSES), str(ROUNDS)], database=database, longest=LONGEST)
    print(f"seats on {database}: {PROCESSES} processes, {ROUNDS} rounds for the last seat of four")
    for sentence in found["errors"][:10]:
        print(sentence)
    name = f"seats.{database}"
    tries = PROCESSES * ROUNDS
    return [
        at_least(f"{name}.planted_over_filled_found", found["planted"], "rounds", 1),
        at_least(f"{name}.rounds", found["rounds"], "rounds", ROUNDS),
        at_least(f"{name}.tries", found["tries"], "tries", tries),
        at_least(f"{name}.tries_at_the_same_time", found["together"], "tries", tries / 2),
        at_most(f"{name}.over_filled_under_both", found["over_filled"]["both"], "rounds", 0),
        at_most(f"{name}.over_filled_under_the_lock_alone", found["over_filled"]["lock"], "rounds", 0),
        at_most(f"{name}.over_filled_under_the_database_alone", found["over_filled"]["database"], "rounds", 0),
        at_most(f"{name}.left_empty", found["left_empty"], "rounds", 0),
        at_most(f"{name}.told_yes_without_a_seat", found["untrue"], "tries", 0),
        at_most(f"{name}.errors", len(found["errors"]), "tries", 0),
        floor(f"{name}.told_no_in_plain_words", found["refused"], "tries"),
        at_most(f"{name}.seconds", time.monotonic() - began, "s", LONGEST),
    ]
