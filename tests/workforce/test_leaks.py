"""The leak hunt in small, at every run: `bin/campaign hr-leaks` asks every page of the product as everybody."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from core import clock
from tests.cast import make_cast
from tests.conftest import MORNING
from tests.leaks import elsewhere, fields, plants, probing, twins
from tests.leaks.hunting import Hunt
from tests.leaks.places import hr_pages, list_pages
from tests.leaks.planting import planted
from tests.leaks.readers import everybody

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
VIEWER, EDITOR, KEEPER = "only hr_viewer", "only hr_editor", "HR editor and hr_sensitive"
OTHERS = ("nobody", "communications", "grace", "owen", "only hr_sensitive", "leyla")
OUTSIDE = ("/", "/me/", "/policies/", "/help/")
#: Where a list is about one worker or tells of checks.
ABOUT_A_WORKER = ("worker", "check")


@pytest.fixture(scope="module")
def here(django_db_setup, django_db_blocker):
    """The marked records, made once for this file and undone at its end."""
    with django_db_blocker.unblock(), clock.set_to(MORNING), transaction.atomic():
        cast = make_cast()
        with planted(cast.nadia) as records:
            records.readers = everybody(cast)
            yield records
        transaction.set_rollback(True)


@pytest.fixture
def hunt(here):
    wanted = {VIEWER, EDITOR, KEEPER, *OTHERS}
    return Hunt.of(here.marks, [reader for reader in here.readers if reader.name in wanted])


def test_each_field_of_each_table_says_who_may_read_it():
    assert fields.undeclared() == []
    assert twins.not_twinned() == []


def test_the_hunt_finds_each_leak_that_is_planted(hunt, here):
    with elsewhere.every_line():
        results = plants.found(hunt, here)
    assert [name for name, was_found in results.items() if not was_found] == []
    assert len(results) == 18


def test_no_page_tells_a_mark_to_whoever_may_not_read_it(hunt, here):
    with elsewhere.every_line() as lines:
        hunt.ask_all([EDITOR, KEEPER], hr_pages(here, thorough=False))
        hunt.ask_all(OTHERS, ["/hr/", reverse("hr:workforce_struckout_changelist"), *OUTSIDE])
    elsewhere.hunt_lines(hunt, lines)
    elsewhere.hunt_tables(hunt)
    elsewhere.hunt_names(hunt)
    assert elsewhere.hunt_files(hunt, here) == len(here.files) == 4
    assert elsewhere.hunt_letters(hunt) == 1
    assert (sorted(map(str, hunt.leaks)), hunt.broken) == ([], [])
    seen = {mark.field for mark in hunt.found}
    assert {mark.field for mark in here.marks if mark.level != fields.NO_ONE} - seen == set()


def test_a_page_that_breaks_tells_nothing(hunt, here):
    assert elsewhere.hunt_broken_pages(hunt, here, VIEWER) == 2
    assert sorted(map(str, hunt.leaks)) == []


def test_no_list_answers_a_question_by_a_status(hunt, here):
    assert list(probing.answered_lookups(hunt, here, EDITOR, looks=["exact"])) == []
    assert list(probing.searches_that_tell(hunt, here, EDITOR, ABOUT_A_WORKER)) == []


def test_no_list_is_another_when_a_status_is(hunt, here):
    pages = [path for path in list_pages(thorough=True) if path.split("/")[3] in ABOUT_A_WORKER]
    assert probing.differences(hunt, [EDITOR], pages, twins.otherwise) == []
