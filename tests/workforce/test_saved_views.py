"""The lists that HR looks at every week, each under a name that says what it shows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.conftest import MORNING
from tests.factories.workforce import (
    AdjustmentsFactory,
    CheckFactory,
    CompetenceFactory,
    DbsFactory,
    OccupancyFactory,
    PeerTrainingFactory,
    PositionFactory,
    VacancyFactory,
    WellbeingPlanFactory,
    WorkHealthFactory,
    days,
)
from tests.workforce.conftest import page, soup, table_of, text_of


def first_column(client, kind: str, view: str) -> set[str]:
    return {row[0] for row in table_of(client.get(f"{page(kind, 'changelist')}?view={view}"))}


def position(number: str, **more):
    """A position that has been in the records for a year, and one occupancy of it if anything is said of one."""
    with clock.set_to(MORNING - dt.timedelta(days=365)):
        made = PositionFactory(number=number, **({"closed_on": more.pop("closed_on")} if "closed_on" in more else {}))
    if more:
        OccupancyFactory(position=made, **more)
    return made


def test_vacant_for_more_than_90_days(as_person, cast):
    position("held", starts_on=days(-400))
    position("left 90 days ago", ended_on=days(-90))
    position("left 91 days ago", ended_on=days(-91))
    position("to be held", starts_on=days(5))
    position("never held")
    position("closed", closed_on=days(-1))
    PositionFactory(number="new here")
    found = first_column(as_person(cast.nadia), "position", "vacant90")
    assert found == {"left 91 days ago", "to be held", "never held"}


def test_fixed_term_ends_in_six_months(as_person, cast):
    position("in 183 days", contract="fixed", expected_end_on=days(183))
    position("in 184 days", contract="fixed", expected_end_on=days(184))
    position("overdue", contract="fixed", expected_end_on=days(-3))
    position("gone", contract="fixed", expected_end_on=days(-3), ended_on=days(-3))
    position("no end", contract="fixed")
    position("secondment", contract="secondment", expected_end_on=days(30))
    assert first_column(as_person(cast.nadia), "occupancy", "ending") == {"in 183 days", "overdue"}


def test_no_peer_supervisor(as_person, cast):
    position("none", peer_supervisor="")
    position("one", supervised=True)
    position("left", ended=True)
    position("to come", starts_on=days(1))
    position("last day", ended_on=days(0))
    assert first_column(as_person(cast.nadia), "occupancy", "unsupervised") == {"none", "last day"}


@pytest.mark.parametrize("kind", ["line", "peer", "group"])
def test_supervision_overdue(as_person, cast, kind):
    weeks, last = f"{kind}_supervision_weeks", f"{kind}_supervised_on"
    position("due today", **{weeks: 4, last: days(-28)})
    position("due yesterday", **{weeks: 4, last: days(-29)})
    position("once a year", **{weeks: 52, last: days(-364)})
    position("a year and a day", **{weeks: 52, last: days(-365)})
    position("none agreed", **{last: days(-900)})
    position("never yet, new", **{weeks: 4}, starts_on=days(-28))
    position("never yet", **{weeks: 4}, starts_on=days(-29))
    position("left", **{weeks: 4, last: days(-200)}, ended=True)
    found = first_column(as_person(cast.nadia), "occupancy", "supervision")
    assert found == {"due yesterday", "a year and a day", "never yet"}


def test_checks_going_on_for_more_than_four_weeks(as_person, cast):
    four_weeks = MORNING - dt.timedelta(days=28)
    for number, at in (("28 days", four_weeks), ("a minute more", four_weeks - dt.timedelta(minutes=1))):
        VacancyFactory(position__number=number, in_checks=True, opened_at=at)
    VacancyFactory(position__number="offer", offered=True, opened_at=four_weeks - dt.timedelta(days=9))
    assert first_column(as_person(cast.nadia), "vacancy", "slow") == {"a minute more"}


def test_a_saved_view_says_what_it_shows(as_person, cast):
    position("none", peer_supervisor="")
    answer = as_person(cast.nadia).get(f"{page('occupancy', 'changelist')}?view=unsupervised")
    assert "1 occupancy (Saved view: In post without a peer supervisor)." in text_of(answer)


def test_the_first_page_leads_to_each(as_person, cast, viewer):
    for person in (cast.nadia, viewer):
        client = as_person(person)
        hrefs = [link["href"] for link in soup(client.get("/hr/")).select("main a")]
        assert [href for href in hrefs if "?view=" in href] == [
            f"{page('position', 'changelist')}?view=vacant90",
            f"{page('position', 'changelist')}?view=review",
            f"{page('occupancy', 'changelist')}?view=probation",
            f"{page('occupancy', 'changelist')}?view=review",
            f"{page('occupancy', 'changelist')}?view=ending",
            f"{page('occupancy', 'changelist')}?view=unsupervised",
            f"{page('occupancy', 'changelist')}?view=supervision",
            f"{page('vacancy', 'changelist')}?view=slow",
        ]
        assert {client.get(href).status_code for href in hrefs} == {200}


FACTORIES = {
    "peertraining": PeerTrainingFactory,
    "competence": CompetenceFactory,
    "workhealth": WorkHealthFactory,
    "dbs": DbsFactory,
    "adjustments": AdjustmentsFactory,
    "wellbeingplan": WellbeingPlanFactory,
    "vacancy": VacancyFactory,
    "check": CheckFactory,
}
LISTS = [*((kind, "") for kind in FACTORIES), ("position", "vacant90"), ("position", "review"), ("vacancy", "slow")]
LISTS += [("occupancy", view) for view in ("probation", "review", "ending", "unsupervised", "supervision")]


@pytest.mark.parametrize(("kind", "view"), LISTS)
def test_lists_cost_the_same_for_one_and_three_and_no_more_than_twelve(as_person, keeper, kind, view):
    client = as_person(keeper)
    late = {"contract": "fixed", "expected_end_on": days(9), "line_supervision_weeks": 1, "review_on": days(9)}
    late |= {"probation_starts_on": days(-90), "probation_ends_on": days(9)}
    make = {
        "position": lambda: PositionFactory(overdue=True) if view == "review" else position(f"old {kind} {rows()}"),
        "occupancy": lambda: OccupancyFactory(**late),
        "vacancy": lambda: VacancyFactory(in_checks=True, opened_at=MORNING - dt.timedelta(days=99)),
    }.get(kind) or FACTORIES[kind]

    def rows() -> int:
        return len(table_of(client.get(page(kind, "changelist") + (f"?view={view}" if view else ""))))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows()
        return len(queries)

    make()
    rows()
    assert rows() == 1
    one = cost()
    make()
    make()
    assert (rows(), cost(), one <= 12) == (3, one, True), one


@pytest.mark.parametrize("kind", ["position", "worker", "vacancy"])
def test_what_belongs_to_a_record_costs_the_same_for_one_and_three(as_person, keeper, kind):
    client = as_person(keeper)
    vacancy = CheckFactory(kind="identity").vacancy
    training = PeerTrainingFactory()
    row = {"position": vacancy.position, "worker": training.worker, "vacancy": vacancy}[kind]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page(kind, "change", row))
        return len(queries)

    cost()
    one = cost()
    for other in ("right", "history"):
        CheckFactory(kind=other, vacancy=vacancy)
        PeerTrainingFactory(worker=training.worker)
        VacancyFactory(position=vacancy.position)
    assert (cost(), one <= 20) == (one, True), one
