"""The part of the permissions campaign that asks the product; it runs with their installation's settings.

`python -m tests.campaigns.permissions_inside FOLDER` prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django
from django.test.utils import setup_test_environment

django.setup()

from tests.permissions import hr_people  # noqa: E402 -- once Django is set up
from tests.permissions.asking import Askers  # noqa: E402 -- the product can be read once Django is set up
from tests.permissions.mutation import complaints, mutants, noticed  # noqa: E402
from tests.permissions.world import standing_world  # noqa: E402


def main(folder: str) -> dict[str, object]:
    setup_test_environment()
    with standing_world(Path(folder) / "mail") as world:
        askers, hr_askers = Askers.of(world), hr_people.askers(world)
        wrong_before = list(complaints(askers, hr_askers, "workforce."))
        results = {name: noticed(askers, hr_askers, gone, permission) for name, gone, permission in mutants()}
    lost = [name for name, complaint in results.items() if not complaint]
    return {"taken_away": len(results), "not_noticed": lost, "wrong_before": wrong_before}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
