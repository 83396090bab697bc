"""Undo in one press: what still holds the import's values is as it was, the rest stays and is listed."""

import pytest

from core.errors import Refused
from tests.factories.esr import NEW, checked, line_of, saved, worked
from tests.factories.workforce import OccupancyFactory
from workforce.esr import services, undoing, working
from workforce.models import Occupancy, Position, Worker
from workforce.services import keep


@pytest.fixture
def held(cast):
    return OccupancyFactory(assignment_number="20088101-1")


def undone(by, run):
    services.undo(by=by, run=run)
    return worked(run)


def states(run) -> list[tuple[str, str]]:
    return list(run.differences.order_by("pk").values_list("field", "state"))


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in (Position, Worker, Occupancy)]


def test_everything_is_as_it_was(cast, held):
    before = everything()
    run = saved(cast.nadia, line_of(held, band="4", hours="30", last_name="Ashgrove", ended_on="2026-12-31"), NEW)
    assert everything() != before
    run = undone(cast.robin, run)
    assert (everything(), run.state, run.undone_by) == (before, "undone", cast.robin)
    assert {state for _, state in states(run)} == {"undone"}
    kept = held.position.history.first()
    assert (kept.band, kept.history_user, kept.history_change_reason) == (
        "3",
        cast.robin,
        f"ESR import {run.pk} undone",
    )
    for model in (Position, Worker, Occupancy):
        gone = model.history.filter(history_type="-").get()
        assert (gone.history_user, gone.history_change_reason) == (cast.robin, f"ESR import {run.pk} undone")
    assert services.latest() is None


def test_what_somebody_has_changed_since_stays_and_is_listed(cast, held):
    run = saved(cast.nadia, line_of(held, band="4", team="Willow Ward"), NEW)
    position = Position.objects.get(pk=held.position_id)
    position.band = "5"
    keep(by=cast.robin, record=position)
    made = Occupancy.objects.get(assignment_number=NEW["assignment_number"])
    made.hours = 15
    keep(by=cast.robin, record=made)
    run = undone(cast.nadia, run)
    position.refresh_from_db()
    assert (position.band, position.team) == ("5", held.position.team)
    assert states(run) == [("band", "kept"), ("team", "undone"), ("", "kept")]
    assert Occupancy.objects.get(pk=made.pk).hours == 15


def test_a_post_that_somebody_else_is_in_since_stays(cast):
    run = saved(cast.nadia, NEW)
    made = Occupancy.objects.get()
    other = OccupancyFactory(position=made.position)
    run = undone(cast.nadia, run)
    assert list(Occupancy.objects.all()) == [other]
    assert list(Worker.objects.all()) == [other.worker]
    assert states(run) == [("", "kept")]


def test_whoever_was_marked_absent_by_a_later_file_can_go(cast):
    run = saved(cast.nadia, NEW)
    saved(cast.nadia, line_of(OccupancyFactory()))
    undone(cast.nadia, run)
    assert not Occupancy.objects.filter(assignment_number=NEW["assignment_number"]).exists()


def test_a_date_is_not_restored_to_before_one_that_was_set_since(cast, held):
    run = saved(cast.nadia, line_of(held, starts_on="2020-01-06", ended_on="2026-12-31"))
    occupancy = Occupancy.objects.get()
    occupancy.ended_on = occupancy.starts_on
    keep(by=cast.robin, record=occupancy)
    run = undone(cast.nadia, run)
    occupancy.refresh_from_db()
    assert (occupancy.starts_on.isoformat(), run.state) == ("2020-01-06", "undone")
    assert states(run) == [("starts_on", "kept"), ("ended_on", "kept")]


def test_those_accepted_one_by_one_are_undone_and_the_others_untouched(cast, held):
    run = checked(cast.nadia, line_of(held, band="4", hours="30"))
    services.accept(by=cast.nadia, run=run, difference=run.differences.get(field="band").pk)
    run.refresh_from_db()
    run = undone(cast.nadia, run)
    assert (Position.objects.get().band, states(run)) == ("3", [("band", "undone"), ("hours", "open")])


def test_nothing_saved_is_nothing_to_undo(cast, held):
    run = checked(cast.nadia, line_of(held, band="4"))
    with pytest.raises(Refused) as refused:
        services.undo(by=cast.nadia, run=run)
    assert refused.value.message == "Nothing of this file has been saved, so there is nothing to undo."


def test_an_undoing_that_breaks_down_changes_nothing(cast, held, monkeypatch):
    run = saved(cast.nadia, line_of(held, band="4"), NEW)
    before = everything()
    monkeypatch.setattr(undoing, "_restore", lambda *_: 1 / 0)
    run = undone(cast.nadia, run)
    assert (everything(), run.state, run.says, run.undone_at) == (before, "done", working.BROKEN, None)
    monkeypatch.undo()
    assert undone(cast.nadia, run).state == "undone"
