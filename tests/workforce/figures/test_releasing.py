"""HR releases a quarter, hands its figures to the Steering Group, and takes them back."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import Error, transaction
from django.urls import reverse

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from steering.models import StaffFigures
from tests.conftest import MORNING
from tests.factories.figures import released
from tests.factories.workforce import OccupancyFactory
from tests.workforce.conftest import errors_of, soup, text_of
from tests.workforce.figures.conftest import DAY
from workforce.figures import ports, services
from workforce.figures.counting import count_on
from workforce.figures.quarters import is_last_day, last_days_before
from workforce.figures.rounding import basis_of, figures_of
from workforce.figures.tables import RELEASED
from workforce.models import Position, ReleasedFigures, Worker

LIST, RELEASE, TAKE_BACK = "/hr/figures/released/", "/hr/figures/release/", "/hr/figures/take-back/"


def one(release) -> str:
    return reverse("hr:released_one", args=[release.pk])


def over(release) -> str:
    return reverse("hr:hand_over", args=[release.pk])


@pytest.fixture
def release(cast, made_world):
    return released(by=cast.nadia, day=DAY)


class TestQuarters:
    def test_they_end_where_they_end(self):
        found = [day for n in range(366) if is_last_day(day := dt.date(2028, 1, 1) + dt.timedelta(days=n))]
        assert [(day.month, day.day) for day in found] == [(3, 31), (6, 30), (9, 30), (12, 31)]

    def test_those_that_are_over(self):
        assert last_days_before(dt.date(2026, 10, 1), 3) == [
            dt.date(2026, 9, 30),
            dt.date(2026, 6, 30),
            dt.date(2026, 3, 31),
        ]
        assert last_days_before(dt.date(2026, 9, 30), 1) == [dt.date(2026, 6, 30)]
        assert last_days_before(dt.date(2026, 1, 1), 8)[-1] == dt.date(2024, 3, 31)


class TestReleasing:
    def test_nadia_sees_first_and_then_releases(self, as_person, cast, made_world):
        client = as_person(cast.nadia)
        page = client.get(RELEASE, {"quarter": "2026-06-30"})
        assert "This is what will be released for 30 June 2026" in text_of(page)
        assert ReleasedFigures.objects.count() == 0
        seen = soup(page).find("input", {"name": "seen"})["value"]
        answer = client.post(RELEASE, {"quarter": "2026-06-30", "seen": seen})
        made = ReleasedFigures.objects.get()
        assert answer.url == one(made)
        assert (made.as_of, made.released_by, made.released_at) == (DAY, cast.nadia, clock.now())
        assert made.figures == json.loads(json.dumps(figures_of(count_on(DAY))))
        assert made.basis == basis_of(count_on(DAY))
        assert AuditEntry.objects.get(verb="workforce.released_figures").facts == {"as_of": "2026-06-30"}
        shown = text_of(client.get(one(made)))
        for table in made.figures["tables"]:
            assert table["heading"] in shown

    def test_what_has_changed_since_she_looked_is_looked_at_again(self, as_person, cast, made_world):
        client = as_person(cast.nadia)
        seen = soup(client.get(RELEASE, {"quarter": "2026-06-30"})).find("input", {"name": "seen"})["value"]
        OccupancyFactory.create_batch(9, starts_on=DAY)
        answer = client.post(RELEASE, {"quarter": "2026-06-30", "seen": seen})
        assert "The figures have changed since you looked." in text_of(answer)
        assert ReleasedFigures.objects.count() == 0
        again = soup(answer).find("input", {"name": "seen"})["value"]
        assert client.post(RELEASE, {"quarter": "2026-06-30", "seen": again}).status_code == 302

    @pytest.mark.parametrize("day", ["2026-09-30", "2026-12-31", "2020-06-30", "2026-06-29", "x", "", "2026-13-99"])
    def test_no_other_day(self, as_person, cast, day):
        for answer in (
            as_person(cast.nadia).post(RELEASE, {"quarter": day}),
            as_person(cast.nadia).get(RELEASE, {"quarter": day}),
        ):
            assert errors_of(answer) == {"quarter": ["Choose a quarter from the list"]}
        assert ReleasedFigures.objects.count() == 0

    @pytest.mark.parametrize("day", [dt.date(2026, 9, 30), dt.date(2026, 6, 29), dt.date(2020, 6, 30)])
    def test_the_service_says_so_too(self, cast, day):
        with pytest.raises(Refused, match="Choose a quarter from the list"):
            services.release(by=cast.nadia, day=day, seen="")

    def test_a_quarter_is_released_once(self, as_person, cast, release):
        with pytest.raises(Refused, match="released already"):
            released(by=cast.nadia, day=DAY)
        answer = as_person(cast.nadia).post(RELEASE, {"quarter": "2026-06-30"})
        assert errors_of(answer) == {"quarter": ["Choose a quarter from the list"]}
        assert DAY not in services.to_release()
        assert ReleasedFigures.objects.count() == 1

    @pytest.mark.parametrize("act", [lambda rows: rows.update(figures={}), lambda rows: rows.delete()])
    def test_what_is_released_never_changes(self, release, act):
        with pytest.raises(Error, match="what_left_is_written_once"), transaction.atomic():
            act(ReleasedFigures.objects.all())
        assert ReleasedFigures.objects.get().figures == release.figures

    def test_a_correction_made_later_does_not_reach_it(self, as_person, cast, release):
        before = text_of(as_person(cast.nadia).get(one(release)))
        OccupancyFactory.create_batch(12, starts_on=DAY)
        assert text_of(as_person(cast.nadia).get(one(release))) == before

    def test_the_next_quarter_leaves_out_what_would_show_a_few(self, cast):
        """Two came: each table that was released would show how those two are recorded, so none is shown again."""
        OccupancyFactory.create_batch(20, starts_on=DAY)
        first = released(by=cast.nadia, day=DAY)
        OccupancyFactory.create_batch(2, starts_on=DAY + dt.timedelta(days=5))
        following = dt.date(2026, 9, 30)
        with clock.set_to(MORNING + dt.timedelta(days=35)):
            second = released(by=cast.nadia, day=following)
        headings = [table["heading"] for table in first.figures["tables"]]
        assert (len(headings), first.figures["left_out"]) == (len(RELEASED), [])
        assert (second.figures["tables"], second.figures["left_out"]) == ([], headings)
        assert [table["heading"] for table in figures_of(count_on(following))["tables"]] == headings, "by itself all is"

    def test_no_person_and_no_small_number_is_in_it(self, release):
        said = json.dumps(release.figures)
        names = {name for worker in Worker.objects.all() for name in (worker.last_name, worker.employee_number)}
        names |= set(Position.objects.values_list("number", flat=True)) | {"Juniper"}
        assert [name for name in names if name in said] == []

    def test_the_pages_cost_few_queries(self, as_person, cast, release, django_assert_max_num_queries):
        client = as_person(cast.nadia)
        for address in (LIST, one(release), over(release), RELEASE, f"{RELEASE}?quarter=2026-03-31", TAKE_BACK):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200

    def test_a_viewer_reads_and_does_not_release(self, as_person, cast, viewer, release):
        client = as_person(viewer)
        assert [client.get(address).status_code for address in (LIST, one(release))] == [200, 200]
        for address in (RELEASE, over(release), TAKE_BACK):
            assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
        assert "Release the figures" not in text_of(client.get(LIST))
        assert "Hand these" not in text_of(client.get(one(release)))
        assert StaffFigures.objects.count() == 0


class TestHandingOver:
    def test_nadia_sees_first_and_then_hands_over(self, as_person, cast, release):
        client = as_person(cast.nadia)
        shown = text_of(client.get(over(release)))
        assert "The members of the Steering Group, its secretary and the governance lead will read this" in shown
        assert StaffFigures.objects.count() == 0
        assert client.post(over(release)).url == LIST
        row = StaffFigures.objects.get()
        assert (row.as_of, row.numbers, row.handed_by) == (DAY, services.numbers_of(release), cast.nadia)
        assert "Figures of 30 June 2026, handed over on Tuesday 1 September 2026 at 10am" in text_of(client.get(LIST))
        verbs = {"workforce.handed_figures_over", "steering.received_staff_figures"}
        assert set(AuditEntry.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == verbs

    def test_only_numbers_that_were_released_are_handed_over(self, release):
        """So that handing over tells nothing more than releasing did."""
        figures = release.figures
        released = {figures["roles"], figures["open"], *(figures["posts"] or {}).values()}
        released |= {number for table in figures["tables"] for _, number in table["rows"]}
        numbers = services.numbers_of(release)
        assert set(numbers.values()) - {None} <= released
        assert [name for name, number in numbers.items() if number is not None and number % 5] == []

    def test_what_was_left_out_stays_left_out(self, cast, db):
        few = released(by=cast.nadia, day=DAY)
        assert services.numbers_of(few) == {
            "posts_open": 0,
            "roles": 0,
            **dict.fromkeys(
                ("posts_filled", "posts_vacant", "posts_vacant_long", "fixed_term", "with_peer_supervisor")
            ),
        }

    def test_the_same_again_is_refused_in_words(self, as_person, cast, release):
        client = as_person(cast.nadia)
        client.post(over(release))
        page = client.post(over(release), follow=True)
        assert "The Steering Group has the figures of 30 June 2026 already." in text_of(page)
        assert StaffFigures.objects.count() == 1

    def test_a_later_one_stands_instead_and_both_are_kept(self, cast, release):
        other = released(by=cast.nadia, day=dt.date(2026, 3, 31))
        services.hand_over(by=cast.nadia, released=other)
        services.hand_over(by=cast.nadia, released=release)
        assert ports.desk().standing().as_of == DAY
        assert StaffFigures.objects.count() == 2

    def test_taking_back(self, as_person, cast, release):
        client = as_person(cast.nadia)
        client.post(over(release))
        assert "They have the figures of 30 June 2026" in text_of(client.get(TAKE_BACK))
        page = client.post(TAKE_BACK, follow=True)
        assert "The Steering Group reads no figures now. What they had read is kept." in text_of(page)
        assert ports.desk().standing() is None
        assert StaffFigures.objects.count() == 2
        again = client.post(TAKE_BACK, follow=True)
        assert "The Steering Group has no figures to take back." in text_of(again)
        assert soup(client.get(TAKE_BACK)).select("main form") == []
        client.post(over(release))
        assert ports.desk().standing().as_of == DAY

    @pytest.mark.parametrize("name", ["released_one", "hand_over"])
    @pytest.mark.parametrize("pk", [987654, 10**30])
    def test_what_is_not_there(self, as_person, cast, name, pk):
        assert as_person(cast.nadia).get(reverse(f"hr:{name}", args=[pk])).status_code == 404
