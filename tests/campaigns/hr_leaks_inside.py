"""The part of the leak hunt that asks the product; it runs with their installation's settings.

`python -m tests.campaigns.hr_leaks_inside FOLDER` prints one JSON object.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import django
from django.test.utils import setup_test_environment

django.setup()

from tests.leaks import elsewhere, fields, plants, probing, twins  # noqa: E402 -- once Django is set up
from tests.leaks.hunting import Hunt, bad_posts  # noqa: E402
from tests.leaks.places import address, hr_pages, one_of_each, record_pages  # noqa: E402
from tests.leaks.planting import Planted, planted  # noqa: E402
from tests.leaks.readers import everybody  # noqa: E402
from tests.permissions.matrix import ROWS  # noqa: E402
from tests.permissions.world import standing_world  # noqa: E402

FOUR = ("only hr_viewer", "only hr_editor", "HR viewer and hr_sensitive", "HR editor and hr_sensitive")
#: For whom the rest of the product must be the same whatever HR holds.
ASIDE = ("ishani", "tunde", "nadia", "communications", "grace", "owen", "only hr_sensitive")


def main(folder: str) -> dict[str, Any]:
    setup_test_environment()
    with standing_world(Path(folder) / "mail") as world, planted(world.people["nadia"]) as here:
        logging.getLogger("django.request").disabled = False
        readers = everybody(world.cast)
        hunt = Hunt.of(here.marks, readers)
        with elsewhere.every_line():
            planted_found = plants.found(hunt, here)
        every = sorted({world.path(row.address, row.about) for row in ROWS})
        with elsewhere.every_line() as lines:
            told_apart = _ask(hunt, here, every)
        elsewhere.hunt_lines(hunt, lines)
        counts = {
            "lines": len(lines),
            "tables": elsewhere.hunt_tables(hunt),
            "letters": elsewhere.hunt_letters(hunt),
            "files": elsewhere.hunt_files(hunt, here),
            "names": elsewhere.hunt_names(hunt),
            "broken_on_purpose": sum(elsewhere.hunt_broken_pages(hunt, here, each) for each in ("only hr_viewer",)),
        }
        return {
            **counts,
            "marks": len(here.marks.by_word),
            "fields": len({mark.field for mark in here.marks}),
            "readers": len(readers),
            "asked": hunt.asked,
            "plants_found": sum(planted_found.values()),
            "said": {
                "planted_and_not_found": [name for name, was_found in planted_found.items() if not was_found],
                "fields_not_written_down": fields.undeclared(),
                "tables_with_nothing_in_them": _empty(here),
                "sensitive_fields_without_a_twin": twins.not_twinned(),
                "marks": sorted({str(leak) for leak in hunt.leaks}),
                **told_apart,
                "marks_that_nobody_saw": sorted(never_seen(hunt)),
                "pages_that_broke": hunt.broken,
            },
        }


def _ask(hunt: Hunt, here: Planted, every: list[str]) -> dict[str, list[str]]:
    """Ask it all. Gives, by kind, what answered otherwise than it may."""
    inside, records = hr_pages(here, thorough=True), list(record_pages(here))
    outside = [path for path in every if not path.startswith("/hr/")]
    of_hr = [reader.name for reader in hunt.readers.values() if reader.is_of_hr]
    others = [name for name in hunt.readers if name not in of_hr]
    # Whoever holds two roles sees what either opens: of those only HR's four are asked for everything.
    singly = [name for name in hunt.readers if " and " not in name]
    for name in singly:
        for path in every:
            hunt.ask(name, path)
            hunt.ask(name, path, {})
    hunt.ask_all(others, [*one_of_each(inside), *(address("esrimport", "change", run.pk) for run in here.runs)])
    hunt.ask_all([name for name in of_hr if name not in FOUR], hr_pages(here, thorough=False))
    hunt.ask_all(FOUR, inside)
    for name in FOUR:
        for path in records:
            for data in bad_posts(hunt.askers.ask(name, "GET", path)):
                hunt.ask(name, path, data)
    viewer, editor = probing.without_sensitive([hunt.readers[name] for name in FOUR])
    return {
        "pages_that_tell_a_status_apart": [
            *probing.differences(hunt, [editor], inside, twins.otherwise),
            *probing.differences(hunt, [viewer], inside, twins.without),
        ],
        "pages_outside_that_know_of_records": probing.differences(hunt, ASIDE, outside, lambda: twins.many_more(here)),
        "lookups_answered": [told for name in (viewer, editor) for told in probing.answered_lookups(hunt, here, name)],
        "searches_that_tell": [
            told for name in (viewer, editor) for told in probing.searches_that_tell(hunt, here, name)
        ],
    }


def never_seen(hunt: Hunt) -> set[str]:
    """Fields of which no mark ever came back, not even to those who may read it."""
    seen = {mark.field for mark in hunt.found}
    return {mark.field for mark in hunt.marks if mark.level != fields.NO_ONE} - seen


def _empty(here: Planted) -> list[str]:
    """Tables of which nobody planted a record, and in which no file or act of the planting wrote one."""
    return sorted(
        model.__name__
        for model in fields.tables()
        if model.__name__ not in here.models and not model._base_manager.exists()
    )


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
