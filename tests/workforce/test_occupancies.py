"""Who holds a position: never twice on one day, probation, supervision by dates alone, and why somebody left."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.errors import Refused
from tests.factories.workforce import OccupancyFactory, days
from tests.workforce.conftest import errors_of, opened, page, typed
from workforce import services
from workforce.models import Occupancy, Position

TWICE = "This worker is in this position already, from {}. Change the days, or end the other first."


# -- never twice ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (-500, -401, True),
        (-500, -400, False),
        (-500, None, False),
        (-350, -340, False),
        (-300, None, False),
        (-299, None, True),
        (-299, -200, True),
    ],
)
def test_the_database_never_holds_a_worker_twice_in_one_position(cast, starts, ends, held):
    """The first is there from 400 to 300 days ago; both days count."""
    first = OccupancyFactory(ended_on=days(-300))
    again = {"position": first.position, "worker": first.worker, "starts_on": days(starts)}
    again["ended_on"] = None if ends is None else days(ends)
    if held:
        OccupancyFactory(**again)
    else:
        with pytest.raises(IntegrityError, match="occupancy_never_overlaps_itself"), transaction.atomic():
            OccupancyFactory(**again)
    assert Occupancy.objects.count() == 1 + held


def test_a_change_of_days_is_held_to_it_as_well(cast):
    first = OccupancyFactory(ended_on=days(-300))
    OccupancyFactory(position=first.position, worker=first.worker, starts_on=days(-299))
    with pytest.raises(IntegrityError, match="occupancy_never_overlaps_itself"), transaction.atomic():
        Occupancy.objects.filter(pk=first.pk).update(ended_on=days(-299))
    assert Occupancy.objects.filter(pk=first.pk).update(ended_on=days(-350)) == 1


def test_a_job_is_shared_and_a_worker_holds_two_positions(cast):
    first = OccupancyFactory()
    OccupancyFactory(position=first.position)
    OccupancyFactory(worker=first.worker)
    assert (first.position.occupancies.count(), first.worker.occupancies.count()) == (2, 2)


def test_the_page_says_since_when_they_are_there(as_person, cast):
    first = OccupancyFactory(starts_on=dt.date(2025, 7, 28))
    client = as_person(cast.nadia)
    form = client.get(page("occupancy", "add")).context["form"]
    about = {"position": first.position.number, "worker": first.worker.employee_number, "contract": "bank"}
    data = typed(form, **about, hours="15", starts_on=dt.date(2026, 9, 7))
    answer = client.post(page("occupancy", "add"), data)
    assert (answer.status_code, errors_of(answer)) == (200, {"starts_on": [TWICE.format("28 July 2025")]})
    assert typed(answer.context["form"]) == data
    assert Occupancy.objects.count() == 1


def test_one_that_ended_is_said_with_its_last_day(cast):
    first = OccupancyFactory(starts_on=dt.date(2025, 7, 28), ended_on=dt.date(2026, 3, 31))
    again = OccupancyFactory.build(position=first.position, worker=first.worker, starts_on=dt.date(2026, 3, 31))
    with pytest.raises(Refused) as refused:
        services.keep(by=cast.nadia, record=again)
    assert (refused.value.message, refused.value.field) == (
        TWICE.format("28 July 2025 to 31 March 2026"),
        "starts_on",
    )


def test_when_two_save_at_once_the_second_is_told_by_the_database(cast, monkeypatch):
    first = OccupancyFactory()
    monkeypatch.setattr("workforce.services.records._refuse_twice", lambda occupancy: None)
    again = OccupancyFactory.build(position=first.position, worker=first.worker)
    with pytest.raises(Refused) as refused:
        services.keep(by=cast.nadia, record=again)
    assert refused.value.message == (
        "This worker is in this position on some of these days already. Change the days, or end the other first."
    )
    assert Occupancy.objects.count() == 1


# -- bad input -----------------------------------------------------------------------------------------------------

WEEKS = ["Enter a number of weeks from 1 to 52"]
STANDS_IN = ["Only cover and secondment stand in for somebody. Change the contract, or take the name out"]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"contract": "cover"}, {"covers": ["Enter the name of the person they stand in for"]}),
        ({"covers": "Juniper Hathersedge"}, {"covers": STANDS_IN}),
        ({"leaving_reason": "moved"}, {"leaving_reason": ["Enter the last day as well, or choose no reason"]}),
        ({"leaving_reason": "dismissed"}, {"leaving_reason": ["Choose one from the list"]}),
        (
            {"probation_starts_on": dt.date(2026, 3, 2), "probation_ends_on": dt.date(2026, 3, 1)},
            {"probation_ends_on": ["Probation must end on or after the day it starts"]},
        ),
        ({"line_supervision_weeks": "0"}, {"line_supervision_weeks": WEEKS}),
        ({"peer_supervision_weeks": "53"}, {"peer_supervision_weeks": WEEKS}),
        ({"group_supervision_weeks": "-1"}, {"group_supervision_weeks": WEEKS}),
        ({"group_supervision_weeks": "9" * 30}, {"group_supervision_weeks": WEEKS}),
        (
            {"line_supervision_weeks": "now and then"},
            {"line_supervision_weeks": ["Enter the weeks between line supervisions as a number"]},
        ),
    ],
)
def test_bad_input_is_said_on_its_field_and_kept(as_person, cast, occupancy, changes, errors):
    client = as_person(cast.nadia)
    data = typed(opened(client, "occupancy", occupancy), **changes)
    answer = client.post(page("occupancy", "change", occupancy), data)
    assert (answer.status_code, errors_of(answer)) == (200, errors)
    assert typed(answer.context["form"]) == data


@pytest.mark.parametrize(
    "wrong",
    [
        {"contract": "cover"},
        {"covers": "Juniper Hathersedge"},
        {"leaving_reason": "moved"},
        {"probation_starts_on": dt.date(2026, 3, 2), "probation_ends_on": dt.date(2026, 3, 1)},
        {"line_supervision_weeks": 0},
        {"peer_supervision_weeks": 53},
        {"group_supervision_weeks": -1},
    ],
)
def test_the_database_refuses_it_as_well(occupancy, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.filter(pk=occupancy.pk).update(**wrong)


def test_cover_names_whom_and_a_volunteer_needs_no_more(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    url = page("occupancy", "change", occupancy)
    client.post(url, typed(opened(client, "occupancy", occupancy), contract="cover", covers="Juniper Hathersedge"))
    occupancy.refresh_from_db()
    assert (occupancy.contract, occupancy.covers) == ("cover", "Juniper Hathersedge")
    client.post(url, typed(opened(client, "occupancy", occupancy), contract="volunteer", covers=""))
    occupancy.refresh_from_db()
    assert (occupancy.contract, occupancy.covers) == ("volunteer", "")


# -- what has no field ---------------------------------------------------------------------------------------------


def test_these_are_the_fields_and_there_is_none_for_what_must_not_be_held():
    """A new field is added here by hand: of supervision dates only, of a worker no health, no conduct, no past."""
    names = {field.name for field in Occupancy._meta.concrete_fields}
    assert names == {
        *("id", "position", "worker", "assignment_number", "contract", "covers", "hours"),
        *("starts_on", "expected_end_on", "ended_on"),
        *("leaving_reason", "probation_starts_on", "probation_ends_on", "probation_outcome", "review_on"),
        *("line_manager", "peer_supervisor", "line_supervision_weeks", "line_supervised_on"),
        *("peer_supervision_weeks", "peer_supervised_on", "group_supervision_weeks", "group_supervised_on"),
    }
    assert "lived_experience" in {field.name for field in Position._meta.concrete_fields}
    assert set(Occupancy.Leaving.values) == {"contract", "moved", "employer", "study", "retired", "other"}
