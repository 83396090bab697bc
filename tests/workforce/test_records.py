"""Positions, occupancies and workers, as HR sees and changes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry, Look
from core import clock
from core.errors import Refused
from tests.conftest import MORNING
from tests.factories.workforce import OccupancyFactory, PositionFactory, WorkerFactory, days
from tests.workforce.conftest import errors_of, opened, page, soup, table_of, text_of, typed
from workforce import services
from workforce.models import Occupancy, Position, Worker

# -- the story: a review date is corrected --------------------------------------------------------------------------


def test_nadia_corrects_a_review_date_and_the_history_shows_it(as_person, cast, occupancy):
    services.keep(by=cast.robin, record=occupancy)
    client = as_person(cast.nadia)
    before = occupancy.review_on
    with clock.set_to(MORNING + dt.timedelta(hours=5, minutes=30)):
        form = opened(client, "occupancy", occupancy)
        answer = client.post(
            page("occupancy", "change", occupancy), typed(form, review_on=dt.date(2026, 12, 1)), follow=True
        )
    assert "Saved. The history shows what changed." in text_of(answer)
    occupancy.refresh_from_db()
    assert (before, occupancy.review_on) == (dt.date(2026, 10, 16), dt.date(2026, 12, 1))

    rows = table_of(client.get(page("occupancy", "history", occupancy)))
    assert rows[0] == [
        "Tuesday 1 September 2026 at 3:30pm",
        "Nadia Ferrowick",
        "Next review",
        "16 October 2026",
        "1 December 2026",
    ]
    assert rows[1] == ["Tuesday 1 September 2026 at 10am", "Robin Alderfield", "Saved with nothing changed"]
    assert rows[2] == ["Tuesday 1 September 2026 at 10am", "Loaded when the records began", "The record was added"]
    assert len(rows) == 3


def test_the_audit_row_holds_verb_and_id_and_no_value(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    form = opened(client, "occupancy", occupancy)
    client.post(page("occupancy", "change", occupancy), typed(form, peer_supervisor="Juniper Hathersedge"))
    entry = AuditEntry.objects.get(verb="workforce.changed_record")
    assert (entry.actor, entry.about_type, entry.about_id, entry.facts) == (
        cast.nadia,
        "workforce.Occupancy",
        str(occupancy.pk),
        {},
    )


def test_nothing_changed_is_nothing_kept(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    kept = occupancy.history.count()
    client.post(page("occupancy", "change", occupancy), typed(opened(client, "occupancy", occupancy)))
    assert occupancy.history.count() == kept
    assert not AuditEntry.objects.filter(verb="workforce.changed_record").exists()


def test_choices_and_empty_values_are_said_in_words(as_person, cast):
    position = PositionFactory(borough="", funded_until=None)
    client = as_person(cast.nadia)
    form = opened(client, "position", position)
    changes = {"family": "senior", "borough": "Eastmere", "funded_hours": "30", "review_on": None}
    client.post(
        page("position", "change", position),
        typed(form, **changes) | {f"review_on_{part}": "" for part in ("day", "month", "year")},
    )
    rows = table_of(client.get(page("position", "history", position)))
    assert {tuple(row[2:]) for row in rows[:-1]} == {
        ("Role family", "Peer support worker", "Senior peer worker"),
        ("Borough", "not set", "Eastmere"),
        ("Funded hours a week", "22.5", "30"),
        ("Role review date", "20 March 2027", "not set"),
    }


# -- two at once ------------------------------------------------------------------------------------------------------


def test_a_stale_save_overwrites_nothing_and_shows_both(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    form = opened(client, "occupancy", occupancy)
    occupancy.review_on, occupancy.hours = dt.date(2027, 1, 5), Decimal("30.00")
    services.keep(by=cast.robin, record=occupancy)

    url = page("occupancy", "change", occupancy)
    answer = client.post(url, typed(form, review_on=dt.date(2026, 12, 1)))
    assert errors_of(answer) == {
        "review_on": ["It is now 5 January 2027. You have 1 December 2026"],
        "__all__": [
            "Robin Alderfield changed this record on Tuesday 1 September 2026 at 10am, after you opened it. "
            "Nothing of yours has been saved yet. Check what is marked, then save again."
        ],
    }
    occupancy.refresh_from_db()
    assert (occupancy.review_on, occupancy.hours) == (dt.date(2027, 1, 5), Decimal("30.00"))

    shown = typed(answer.context["form"])
    assert shown["hours"] == "30.00", "a field that only the other person changed takes theirs"
    assert (shown["review_on_day"], shown["review_on_month"], shown["review_on_year"]) == ("1", "12", "2026")
    client.post(url, shown)
    occupancy.refresh_from_db()
    assert (occupancy.review_on, occupancy.hours) == (dt.date(2026, 12, 1), Decimal("30.00"))


@pytest.mark.parametrize("seen", ["", "0", "nonsense", "9" * 40])
def test_a_save_that_does_not_say_what_it_saw_is_stale(as_person, cast, occupancy, seen):
    client = as_person(cast.nadia)
    data = typed(opened(client, "occupancy", occupancy), review_on=dt.date(2026, 12, 1)) | {"seen": seen}
    answer = client.post(page("occupancy", "change", occupancy), data)
    assert errors_of(answer)["review_on"] == ["It is now 16 October 2026. You have 1 December 2026"]
    occupancy.refresh_from_db()
    assert occupancy.review_on == dt.date(2026, 10, 16)


# -- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"ended_on": dt.date(2020, 1, 1)}, {"ended_on": ["The last day must be the same as or after the first day"]}),
        (
            {"expected_end_on": dt.date(2020, 1, 1)},
            {"expected_end_on": ["The expected last day must be the same as or after the first day"]},
        ),
        ({"hours": "37.51"}, {"hours": ["Hours must be more than 0 and no more than 37.5"]}),
        ({"hours": "0"}, {"hours": ["Hours must be more than 0 and no more than 37.5"]}),
        ({"hours": "-3"}, {"hours": ["Hours must be more than 0 and no more than 37.5"]}),
        ({"hours": "many"}, {"hours": ["Enter the hours a week as a number"]}),
        ({"hours": "NaN"}, {"hours": ["Enter the hours a week as a number"]}),
        ({"hours": ""}, {"hours": ["Enter the hours a week"]}),
        ({"contract": "zero"}, {"contract": ["Choose one from the list"]}),
        ({"starts_on": None}, {"starts_on": ["Enter the first day"]}),
    ],
)
def test_bad_input_is_said_on_its_field_and_kept(as_person, cast, occupancy, changes, errors):
    client = as_person(cast.nadia)
    data = typed(opened(client, "occupancy", occupancy), **changes)
    answer = client.post(page("occupancy", "change", occupancy), data)
    assert (answer.status_code, errors_of(answer)) == (200, errors)
    assert typed(answer.context["form"]) == data
    assert soup(answer).title.get_text().startswith("Error: ")
    stands = Occupancy.objects.get(pk=occupancy.pk)
    assert (stands.hours, stands.starts_on, stands.ended_on) == (occupancy.hours, occupancy.starts_on, None)


@pytest.mark.parametrize(
    ("typed_date", "words"),
    [
        (("31", "2", "2027"), "The date must be a real date, like 6 8 2026"),
        (("", "2", "2027"), "The date must include a day"),
    ],
)
def test_a_date_that_is_none_is_said_and_not_taken_for_empty(as_person, cast, occupancy, typed_date, words):
    client = as_person(cast.nadia)
    parts = dict(zip(("review_on_day", "review_on_month", "review_on_year"), typed_date, strict=True))
    answer = client.post(page("occupancy", "change", occupancy), typed(opened(client, "occupancy", occupancy)) | parts)
    assert errors_of(answer) == {"review_on": [words]}
    occupancy.refresh_from_db()
    assert occupancy.review_on == dt.date(2026, 10, 16)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"band": "9"}, {"band": ["Choose one from the list"]}),
        ({"band": ""}, {"band": ["Choose the Agenda for Change band"]}),
        ({"funded_hours": "40"}, {"funded_hours": ["Funded hours must be more than 0 and no more than 37.5"]}),
        ({"title": ""}, {"title": ["Enter the title"]}),
        ({"number": "30410000"}, {"number": ["A position with this number is already here"]}),
    ],
)
def test_bad_input_for_a_position(as_person, cast, changes, errors):
    PositionFactory(number="30410000")
    position = PositionFactory(number="30410001")
    client = as_person(cast.nadia)
    answer = client.post(page("position", "change", position), typed(opened(client, "position", position), **changes))
    assert (answer.status_code, errors_of(answer)) == (200, errors)


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Position, {"band": "9"}),
        (Position, {"funded_hours": Decimal("40")}),
        (Occupancy, {"hours": Decimal("0")}),
        (Occupancy, {"ended_on": dt.date(2020, 1, 1)}),
        (Occupancy, {"expected_end_on": dt.date(2020, 1, 1)}),
    ],
)
def test_the_database_refuses_it_as_well(occupancy, model, wrong):
    row = occupancy if model is Occupancy else occupancy.position
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**wrong)


def test_a_number_that_somebody_took_meanwhile_is_refused(cast):
    PositionFactory(number="30410000")
    with pytest.raises(Refused) as refused:
        services.keep(by=cast.nadia, record=PositionFactory.build(number="30410000"))
    assert (
        refused.value.message == "Somebody has just saved a record with this number. Look for it before you try again."
    )
    assert Position.objects.count() == 1


# -- adding ------------------------------------------------------------------------------------------------------------


def test_nadia_adds_a_worker_to_a_position(as_person, cast):
    position, worker = PositionFactory(number="30412299"), WorkerFactory(employee_number="20089999")
    client = as_person(cast.nadia)
    link = soup(client.get(page("position", "change", position))).find("a", string="Add who holds this position")[
        "href"
    ]
    form = client.get(link).context["form"]
    data = typed(form, worker=" 20089999 ", contract="fixed", hours="15", starts_on=dt.date(2026, 9, 7))
    assert data["position"] == "30412299"
    answer = client.post(link, data, follow=True)
    made = Occupancy.objects.get()
    assert (made.position, made.worker, made.contract, made.hours) == (position, worker, "fixed", Decimal("15"))
    assert answer.redirect_chain == [(page("occupancy", "change", made), 302)]
    assert made.history.get().history_user == cast.nadia
    assert AuditEntry.objects.get(verb="workforce.added_record").about_id == str(made.pk)


def test_numbers_that_lead_nowhere_are_said(as_person, cast):
    data = {"position": "1", "worker": "\x009", "contract": "bank", "hours": "15", "starts_on_day": "1"}
    answer = as_person(cast.nadia).post(page("occupancy", "add"), data)
    assert errors_of(answer)["position"] == ["No position has this number"]
    assert errors_of(answer)["worker"] == ["No worker has this number"]


# -- who may -----------------------------------------------------------------------------------------------------------


def test_a_viewer_reads_and_changes_nothing(as_person, viewer, occupancy):
    client = as_person(viewer)
    for kind, row in (("position", occupancy.position), ("worker", occupancy.worker), ("occupancy", occupancy)):
        answer = client.get(page(kind, "change", row))
        assert answer.status_code == 200
        main = soup(answer).main
        assert main.find(["input", "select", "textarea", "button"]) is None
        assert client.post(page(kind, "change", row), {"title": "Changed"}).status_code == 403
        assert client.get(page(kind, "add")).status_code == 403
        assert client.get(page(kind, "history", row)).status_code == 200
        assert client.post(page(kind, "add"), {}).status_code == 403
    assert AuditEntry.objects.count() == 0


def test_a_look_at_a_worker_is_logged(as_person, viewer, occupancy):
    client = as_person(viewer)
    client.get(page("position", "change", occupancy.position))
    client.get(page("occupancy", "change", occupancy))
    client.get(page("worker", "change", occupancy.worker))
    client.get(page("worker", "history", occupancy.worker))
    looks = list(Look.objects.values_list("actor", "what", "about_type", "about_id"))
    assert looks == [
        (viewer.pk, "workforce.opened_record", "workforce.Occupancy", str(occupancy.pk)),
        (viewer.pk, "workforce.opened_record", "workforce.Worker", str(occupancy.worker.pk)),
        (viewer.pk, "workforce.read_history", "workforce.Worker", str(occupancy.worker.pk)),
    ]


def test_a_row_never_says_a_name_of_itself(occupancy):
    worker = occupancy.worker
    assert str(occupancy) == f"occupancy {occupancy.pk}"
    assert str(worker) == f"worker {worker.employee_number}"
    assert worker.last_name not in str(worker)


# -- lists -------------------------------------------------------------------------------------------------------------


def numbers(response) -> list[str]:
    return [row[0] for row in table_of(response)]


@pytest.fixture
def posts(cast):
    """One held, one vacant since its holder left, one closed."""
    held = PositionFactory(
        number="1001", title="Senior Peer Support Worker", band="4", team="Willow Ward", borough="Eastmere"
    )
    OccupancyFactory(position=held)
    left = PositionFactory(number="1002", overdue=True)
    OccupancyFactory(position=left, ended=True)
    PositionFactory(number="1003", closed=True, borough="", review_on=None)
    return held


def test_the_list_says_what_it_should(as_person, cast, posts):
    rows = table_of(as_person(cast.nadia).get(page("position", "changelist")))
    assert rows[0] == [
        "1001",
        "Senior Peer Support Worker",
        "4",
        "Willow Ward",
        "Eastmere",
        "22.50",
        "0.60",
        "20 March 2027",
        "Held",
    ]
    assert [row[-1] for row in rows] == ["Held", "Vacant", "Closed"]
    assert [row[-2] for row in rows] == ["20 March 2027", "31 August 2026", "Not set"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("holder=held", ["1001"]),
        ("holder=vacant", ["1002"]),
        ("holder=closed", ["1003"]),
        ("band=4", ["1001"]),
        ("team=Willow Ward", ["1001"]),
        ("borough=Eastmere", ["1001"]),
        ("review=overdue", ["1002"]),
        ("review=none", ["1003"]),
        ("review=soon", []),
        ("q=1002", ["1002"]),
        ("q=senior", ["1001"]),
        ("q=willow", ["1001"]),
        ("q=eastmere", ["1001"]),
        ("q=&band=&team=&holder=", ["1001", "1002", "1003"]),
        ("band=99", ["1001", "1002", "1003"]),
        ("o=-0", ["1003", "1002", "1001"]),
        ("q=" + "e " * 3000, ["1001", "1002", "1003"]),
    ],
)
def test_filters_and_search_find(as_person, cast, posts, query, found):
    assert numbers(as_person(cast.nadia).get(f"{page('position', 'changelist')}?{query}")) == found


def test_a_narrowed_list_says_how(as_person, cast, posts):
    answer = as_person(cast.nadia).get(page("position", "changelist"), {"q": "peer", "holder": "vacant", "band": "3"})
    assert "1 position (words: peer, Vacant or held: Vacant, Band: Band 3)." in text_of(answer)


def test_the_last_day_counts_as_held(as_person, cast):
    OccupancyFactory(ended_on=days(0))
    OccupancyFactory(ended_on=days(-1))
    OccupancyFactory(starts_on=days(1))
    states = [row[-1] for row in table_of(as_person(cast.nadia).get(page("position", "changelist")))]
    assert states == ["Held", "Vacant", "Vacant"]


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("occupancy", "worker__last_name__startswith=W"),
        ("occupancy", "worker__employee_number=1"),
        ("occupancy", "peer_supervisor__icontains=J"),
        ("position", "occupancies__worker__last_name__startswith=W"),
        ("position", "history__history_user=1"),
        ("worker", "last_name__startswith=W"),
        ("worker", "occupancies__contract=fixed"),
        ("worker", "_to_field=last_name"),
    ],
)
def test_an_address_cannot_ask_what_no_filter_asks(as_person, cast, occupancy, kind, query):
    assert as_person(cast.nadia).get(f"{page(kind, 'changelist')}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["p=99", "p=x", "p=99&e=1", "o=99", "o=x.y", "q=%00", "all="])
def test_a_wild_address_is_not_a_crash(as_person, cast, posts, query):
    answer = as_person(cast.nadia).get(f"{page('position', 'changelist')}?{query}", follow=True)
    assert (answer.status_code, len(numbers(answer))) == (200, 3)


def test_long_lists_come_in_pages(as_person, cast):
    PositionFactory.create_batch(26)
    client = as_person(cast.nadia)
    first = client.get(page("position", "changelist"), {"band": "3"})
    assert len(numbers(first)) == 25
    following = soup(first).find("a", rel="next")["href"]
    assert len(numbers(client.get(page("position", "changelist") + following))) == 1


def test_what_is_looked_for_stands_in_no_address(as_person, cast):
    WorkerFactory.create_batch(26, last_name="Thornbury")
    WorkerFactory(last_name="Otherwood")
    client = as_person(cast.nadia)
    answer = client.post(page("worker", "changelist"), {"q": " thornbury ", "o": "1"}, follow=True)
    assert "26 workers (words: thornbury)." in text_of(answer)
    followed = [address for address, _ in answer.redirect_chain]
    links = [link["href"] for link in soup(answer).find_all("a", href=True)]
    assert (len(followed), [each for each in followed + links if "thornbury" in each.lower()]) == (1, [])
    following = soup(answer).find("a", rel="next")["href"]
    assert len(numbers(client.get(page("worker", "changelist") + following))) == 1


def test_a_list_that_is_narrowed_by_nothing_is_the_list(as_person, cast, posts):
    client, listed = as_person(cast.nadia), page("position", "changelist")
    assert client.post(listed, {"q": "  ", "band": "", "csrfmiddlewaretoken": "x"})["Location"] == listed
    answer = client.post(listed, {"q": "", "band": "3", "unknown": "x"}, follow=True)
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["position", "occupancy", "worker"])
def test_lists_cost_the_same_for_one_and_three_and_no_more_than_twelve(as_person, cast, kind):
    client = as_person(cast.nadia)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = len(table_of(client.get(page(kind, "changelist"))))
        assert rows == {"position": Position, "occupancy": Occupancy, "worker": Worker}[kind].objects.count()
        return len(queries)

    OccupancyFactory()
    cost()
    one = cost()
    OccupancyFactory.create_batch(2)
    assert (cost(), one <= 12) == (one, True), one


def test_a_record_and_its_history_cost_the_same_for_one_and_three(as_person, cast):
    client = as_person(cast.nadia)
    position = PositionFactory()

    def cost(action: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page("position", action, position))
        return len(queries)

    OccupancyFactory(position=position)
    cost("change")
    before = (cost("change"), cost("history"))
    OccupancyFactory.create_batch(2, position=position)
    for title in ("One", "Two"):
        position.title = title
        services.keep(by=cast.nadia, record=position)
    assert (cost("change"), cost("history")) == before
    assert max(before) <= 12
