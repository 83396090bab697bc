"""Striking out at the same instant as somebody else does something to the same record."""

import threading

import pytest
from django.db import connection, transaction

from core.errors import Refused
from tests.cast import make_cast
from tests.factories.esr import file_of, line_of
from tests.factories.workforce import CheckFactory, OccupancyFactory
from tests.support.races import at_once, race
from tests.workforce.test_struck_out import GONE, STAYS, mark, rows_and_states, struck
from workforce import services
from workforce.esr import services as esr
from workforce.esr import working
from workforce.models import Check, Occupancy, StruckOut
from workforce.services.striking import CHANGED

pytestmark = race

ROUNDS = 8


@pytest.fixture
def people(db):
    return make_cast()


def test_an_edit_and_a_strike(people):
    """Either the edit comes first, and the strike is asked to look again; or it is gone, and the edit is refused."""
    for _ in range(ROUNDS):
        occupancy = OccupancyFactory()
        as_seen = mark(occupancy)
        edited = Occupancy.objects.get(pk=occupancy.pk)
        edited.hours = 15

        def edit(edited=edited):
            services.keep(by=people.robin, record=edited)
            return "edited"

        def strike(occupancy=occupancy, as_seen=as_seen):
            services.strike_out(by=people.nadia, record=occupancy, reason="Wrong person.", seen=as_seen)
            return "struck"

        edit_said, strike_said = at_once(edit, strike)
        if strike_said == "struck":
            assert edit_said == "This record is no longer here, so nothing was saved."
            assert rows_and_states(occupancy) == [GONE]
        else:
            assert (edit_said, strike_said) == ("edited", CHANGED)
            assert rows_and_states(occupancy) == [STAYS]


def test_two_strikes(people):
    for _ in range(ROUNDS):
        occupancy = OccupancyFactory()
        acts = [lambda by=by, row=occupancy: struck_by(by, row) for by in (people.nadia, people.robin)]
        assert sorted(at_once(*acts)) == ["This entry is no longer here.", "struck"]
    assert StruckOut.objects.count() == ROUNDS


def test_a_new_row_and_a_strike_of_what_it_belongs_to(people):
    """No row is left that belongs to nothing, and no page breaks: the database would refuse it only at the very end."""
    for _ in range(ROUNDS):
        first = OccupancyFactory()
        late = Occupancy(position=first.position, worker=OccupancyFactory().worker, contract="bank", hours=7)
        late.starts_on = first.starts_on
        as_seen = mark(first.position)

        def add(late=late):
            services.keep(by=people.robin, record=late)
            return "added"

        def strike(position=first.position, as_seen=as_seen):
            services.strike_out(by=people.nadia, record=position, reason="Twice.", seen=as_seen)
            return "struck"

        said = at_once(add, strike)
        assert said in (
            ["added", CHANGED],
            ["This position is no longer here.", "struck"],
        )
        assert Occupancy.objects.filter(position=first.position).exists() == (said[0] == "added")


def test_a_file_that_is_being_compared_and_a_strike(people):
    """The import says nothing of the entry; or, when that was gone before the comparing, that somebody new is in it."""
    for _ in range(ROUNDS):
        held = OccupancyFactory(assignment_number="20088101-1")
        at_fault = OccupancyFactory(worker=held.worker, assignment_number="20088101-2")
        run = esr.upload(by=people.nadia, file=file_of(line_of(held, hours="30"), line_of(at_fault, hours="many")))
        esr.choose_columns(by=people.nadia, run=run, columns=run.columns)
        as_seen = mark(held.worker)

        def strike(worker=held.worker, as_seen=as_seen):
            services.strike_out(by=people.nadia, record=worker, reason="Twice.", seen=as_seen)
            return "struck"

        assert at_once(working.work, strike)[1] == "struck"
        run.refresh_from_db()
        assert run.state == "ready"
        assert not run.differences.exclude(record=None).exists()
        is_somebody_new = run.differences.filter(kind="start").exists()
        assert run.problems.filter(assignment=at_fault.assignment_number).exists() == is_somebody_new


def test_a_part_that_somebody_is_saving_is_not_waited_for(people):
    """A strike that holds a record never waits for one below it, so the two cannot wait for each other."""
    check = CheckFactory()
    holding, done = threading.Event(), threading.Event()

    def save():
        with transaction.atomic():
            list(Check.objects.select_for_update().filter(pk=check.pk))
            holding.set()
            done.wait(timeout=10)
        connection.close()

    saver = threading.Thread(target=save)
    saver.start()
    holding.wait(timeout=10)
    try:
        with pytest.raises(Refused, match="Somebody is saving a part of this just now"):
            struck(people.nadia, check.vacancy)
    finally:
        done.set()
        saver.join(timeout=10)
    assert rows_and_states(check, check.vacancy) == [STAYS, STAYS]
    struck(people.nadia, check.vacancy)
    assert rows_and_states(check, check.vacancy) == [GONE, GONE]


def struck_by(by, row) -> str:
    struck(by, row)
    return "struck"
