"""A filled vacancy leads to who fills it, and the other way round: named from those in post, or added from it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from audit.models import Look
from core import clock
from core.errors import Refused
from tests.factories.workforce import OccupancyFactory, VacancyFactory, WorkerFactory, days
from tests.workforce.conftest import errors_of, opened, page, soup, text_of, typed
from workforce import services
from workforce.belonging import mark_of, told_with
from workforce.models import Occupancy, Vacancy


@pytest.fixture
def filled(cast):
    """A vacancy that was filled this morning, and nobody named yet."""
    vacancy = services.move(by=cast.nadia, vacancy=VacancyFactory(offered=True), name="start_checks")
    vacancy.checks.update(status="cleared", checked_by="Vera Readinglamp", on=clock.today())
    return services.move(by=cast.nadia, vacancy=vacancy, name="fill")


def named(vacancy: Vacancy) -> Occupancy | None:
    return Vacancy.objects.get(pk=vacancy.pk).occupancy


def link_to_add(client, vacancy: Vacancy) -> str:
    return soup(client.get(page("vacancy", "change", vacancy))).find("a", string="Add who fills it")["href"]


def test_who_is_added_from_the_vacancy_fills_it(as_person, cast, filled):
    client, worker = as_person(cast.nadia), WorkerFactory()
    link = link_to_add(client, filled)
    form = client.get(link).context["form"]
    assert form["position"].value() == filled.position.number
    sent = typed(form, worker=worker.employee_number, contract="permanent", hours="22.5", starts_on=days(7))
    answer = client.post(link, sent, follow=True)
    occupancy = Occupancy.objects.get()
    assert (occupancy.worker, named(filled)) == (worker, occupancy)
    back = soup(answer).find("a", string="The vacancy opened on 1 September 2026")["href"]
    shown = client.get(back)
    assert f"Who fills it {worker.full_name} : from 8 September 2026" in text_of(shown)
    assert soup(shown).find("a", string=worker.full_name)["href"] == page("occupancy", "change", occupancy)


def test_who_is_in_post_already_is_chosen(as_person, cast, filled):
    client = as_person(cast.nadia)
    ours = OccupancyFactory(position=filled.position)
    OccupancyFactory()
    services.name_who_fills(
        by=cast.nadia, vacancy_id=_another(cast, filled).pk, occupancy=OccupancyFactory(position=filled.position)
    )
    form = opened(client, "vacancy", filled)
    choices = form.fields["occupancy"].choices
    assert [str(words) for _, words in choices] == ["Not said yet", f"{ours.worker.full_name}, from 28 July 2025"]
    client.post(page("vacancy", "change", filled), typed(form, occupancy=ours.pk))
    assert named(filled) == ours
    history = text_of(client.get(page("vacancy", "history", filled)))
    assert f"Who fills it Before not set After occupancy {ours.pk}" in history


def _another(cast, filled: Vacancy) -> Vacancy:
    """One more filled vacancy of the same position."""
    vacancy = services.move(
        by=cast.nadia, vacancy=VacancyFactory(offered=True, position=filled.position), name="start_checks"
    )
    vacancy.checks.update(status="cleared", checked_by="Vera Readinglamp", on=clock.today())
    return services.move(by=cast.nadia, vacancy=vacancy, name="fill")


def test_somebody_of_another_position_cannot_be_chosen(as_person, cast, filled):
    client, other = as_person(cast.nadia), OccupancyFactory()
    answer = client.post(
        page("vacancy", "change", filled), typed(opened(client, "vacancy", filled), occupancy=other.pk)
    )
    assert errors_of(answer) == {"occupancy": ["Choose one from the list"]}


@pytest.mark.parametrize("what", ["another position", "named meanwhile", "not filled", "no such vacancy"])
def test_what_cannot_be_is_said_and_nobody_is_added(as_person, cast, filled, what):
    client, worker = as_person(cast.nadia), WorkerFactory()
    link = link_to_add(client, filled)
    changes = {"worker": worker.employee_number, "contract": "permanent", "hours": "22.5", "starts_on": days(7)}
    words = "There is no filled vacancy of this position. Open the vacancy again."
    if what == "another position":
        changes["position"] = OccupancyFactory().position.number
    elif what == "named meanwhile":
        there = OccupancyFactory(position=filled.position)
        services.name_who_fills(by=cast.nadia, vacancy_id=filled.pk, occupancy=there)
        words = "Somebody has said already who fills this vacancy. Open the vacancy again."
    elif what == "not filled":
        changes["vacancy"] = VacancyFactory(position=filled.position).pk
    else:
        changes["vacancy"] = 987654
    before = Occupancy.objects.count()
    answer = client.post(link, typed(client.get(link).context["form"], **changes))
    assert errors_of(answer) == {"position": [words]}
    assert Occupancy.objects.count() == before


def test_a_viewer_follows_the_link_and_a_look_is_written_down(as_person, cast, viewer, filled):
    client = as_person(viewer)
    client.get(page("vacancy", "change", filled))
    assert Look.objects.count() == 0
    occupancy = OccupancyFactory(position=filled.position)
    services.name_who_fills(by=cast.nadia, vacancy_id=filled.pk, occupancy=occupancy)
    shown = client.get(page("vacancy", "change", filled))
    assert soup(shown).find("a", string=occupancy.worker.full_name)["href"] == page("occupancy", "change", occupancy)
    assert soup(shown).select("main form") == []
    assert Look.objects.get().about_id == str(filled.pk)


def test_one_occupancy_fills_one_vacancy_and_only_a_filled_one(cast, filled):
    occupancy = OccupancyFactory(position=filled.position)
    services.name_who_fills(by=cast.nadia, vacancy_id=filled.pk, occupancy=occupancy)
    with pytest.raises(Refused):
        services.name_who_fills(
            by=cast.nadia, vacancy_id=filled.pk, occupancy=OccupancyFactory(position=filled.position)
        )
    for other in (_another(cast, filled), VacancyFactory(position=filled.position)):
        free = OccupancyFactory(position=filled.position)
        with pytest.raises(IntegrityError), transaction.atomic():
            Vacancy.objects.filter(pk=other.pk).update(occupancy=occupancy if other.filled_at else free)


def test_who_was_named_in_error_is_struck_out_and_the_vacancy_forgets_them(as_person, cast, filled):
    wrong, right = OccupancyFactory(position=filled.position), OccupancyFactory(position=filled.position)
    services.name_who_fills(by=cast.nadia, vacancy_id=filled.pk, occupancy=wrong)
    _strike_out(cast, wrong)
    assert (named(filled), Vacancy.objects.get().state) == (None, "filled")
    assert f"occupancy {wrong.pk}" not in text_of(as_person(cast.nadia).get(page("vacancy", "history", filled)))
    services.name_who_fills(by=cast.nadia, vacancy_id=filled.pk, occupancy=right)
    assert named(filled) == right


def test_a_position_goes_with_its_vacancy_and_with_who_fills_it(cast, filled):
    services.name_who_fills(by=cast.nadia, vacancy_id=filled.pk, occupancy=OccupancyFactory(position=filled.position))
    _strike_out(cast, filled.position)
    assert (Vacancy.objects.exists(), Occupancy.objects.exists()) == (False, False)


def _strike_out(cast, record) -> None:
    seen = mark_of(told_with(type(record).objects.get(pk=record.pk)))
    services.strike_out(by=cast.nadia, record=record, reason="Made in error.", seen=seen)
