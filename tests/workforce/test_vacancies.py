"""Filling a post: each step with who and when, the six checks, and nobody starts before they are done."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry, Look
from core import clock
from core.errors import Refused
from tests.conftest import MORNING
from tests.factories.workforce import CheckFactory, PositionFactory, VacancyFactory
from tests.workforce.conftest import errors_of, opened, page, soup, table_of, text_of, typed
from workforce import services
from workforce.models import Check, Vacancy

NOT_DONE = "Not every check is done. Each of the six must be cleared, or not applicable, before the post is filled."


def at_checks(cast) -> Vacancy:
    """A vacancy at its six checks, none of them begun."""
    vacancy = VacancyFactory(offered=True)
    return services.move(by=cast.nadia, vacancy=vacancy, name="start_checks")


def clear(vacancy: Vacancy, status: str = "cleared") -> None:
    vacancy.checks.update(status=status, checked_by="Vera Readinglamp", on=clock.today())


# -- the story -----------------------------------------------------------------------------------------------------


def test_from_an_open_post_to_a_filled_one(as_person, cast, keeper):
    position = PositionFactory(number="30412299")
    client = as_person(keeper)
    link = soup(client.get(page("position", "change", position))).find("a", string="Open a vacancy")["href"]
    form = client.get(link).context["form"]
    answer = client.post(link, typed(form, reference="277-PSW-1", advertised_on=dt.date(2026, 9, 1)), follow=True)
    vacancy = Vacancy.objects.get()
    assert (vacancy.position, vacancy.state, vacancy.opened_at, vacancy.opened_by) == (
        position,
        "open",
        MORNING,
        keeper,
    )
    url = page("vacancy", "change", vacancy)
    for hours, name in ((1, "make_offer"), (2, "start_checks")):
        with clock.set_to(MORNING + dt.timedelta(minutes=5 * hours)):
            answer = client.post(url, typed(opened(client, "vacancy", vacancy), move=name), follow=True)
    assert [check.get_kind_display() for check in vacancy.checks.all()] == [
        *("Identity", "Right to work", "Registration and qualifications", "Work history and references"),
        *("Work health assessment", "Criminal record"),
    ]
    assert {check.status for check in vacancy.checks.all()} == {"not_started"}

    answer = client.post(url, typed(opened(client, "vacancy", vacancy), move="fill"))
    assert errors_of(answer) == {"move": [NOT_DONE]}
    for check in vacancy.checks.all():
        form = opened(client, "check", check)
        sent = typed(form, status="cleared", on=dt.date(2026, 9, 1), checked_by="Vera Readinglamp")
        assert client.post(page("check", "change", check), sent).status_code == 302
    with clock.set_to(MORNING + dt.timedelta(minutes=14)):
        answer = client.post(url, typed(opened(client, "vacancy", vacancy), move="fill"), follow=True)
    assert (
        "Opened on Tuesday 1 September 2026 at 10am, Nadia Ferrowick. "
        "Offer made on Tuesday 1 September 2026 at 10:05am, Nadia Ferrowick. "
        "Checks started on Tuesday 1 September 2026 at 10:10am, Nadia Ferrowick. "
        "Filled on Tuesday 1 September 2026 at 10:14am, Nadia Ferrowick"
    ) in text_of(answer)
    assert "What happens next" not in text_of(answer)
    assert [entry.verb for entry in AuditEntry.objects.filter(about_type="workforce.Vacancy").order_by("id")] == [
        *("workforce.added_record", "workforce.made_offer", "workforce.started_checks", "workforce.filled_vacancy")
    ]
    assert {tuple(entry.facts) for entry in AuditEntry.objects.all()} == {()}
    moves = [row[2:] for row in table_of(client.get(page("vacancy", "history", vacancy))) if row[2] == "State"]
    assert moves == [
        ["State", "Checks", "Filled"],
        ["State", "Offer made", "Checks"],
        ["State", "Open", "Offer made"],
    ]


# -- the moves -----------------------------------------------------------------------------------------------------

ALLOWED = {
    "open": {"make_offer", "withdraw"},
    "offer": {"start_checks", "withdraw"},
    "checks": {"fill", "withdraw"},
    "filled": set(),
    "withdrawn": set(),
}


def standing(cast, state: str) -> Vacancy:
    """A vacancy in a state, whose checks, if it has come to them, are cleared."""
    if state in ("open", "withdrawn"):
        vacancy = VacancyFactory()
        return services.move(by=cast.nadia, vacancy=vacancy, name="withdraw") if state == "withdrawn" else vacancy
    if state == "offer":
        return VacancyFactory(offered=True)
    vacancy = at_checks(cast)
    clear(vacancy)
    return services.move(by=cast.nadia, vacancy=vacancy, name="fill") if state == "filled" else vacancy


@pytest.mark.parametrize("name", ["make_offer", "start_checks", "fill", "withdraw"])
@pytest.mark.parametrize("state", ALLOWED)
def test_these_moves_and_no_others(cast, state, name):
    vacancy = standing(cast, state)
    if name in ALLOWED[state]:
        services.move(by=cast.nadia, vacancy=vacancy, name=name)
    else:
        with pytest.raises(Refused):
            services.move(by=cast.nadia, vacancy=vacancy, name=name)
        vacancy.refresh_from_db()
        assert vacancy.state == state


def test_the_page_offers_the_moves_there_are(as_person, cast):
    client = as_person(cast.nadia)
    for state, names in ALLOWED.items():
        form = opened(client, "vacancy", standing(cast, state))
        offered = {value for value, _ in form.fields["move"].choices} if "move" in form.fields else {""}
        assert offered == names | {""}


@pytest.mark.parametrize("move", ["fill", "nonsense"])
def test_a_move_that_is_not_offered_is_said(as_person, cast, move):
    vacancy = VacancyFactory()
    client = as_person(cast.nadia)
    answer = client.post(page("vacancy", "change", vacancy), typed(opened(client, "vacancy", vacancy), move=move))
    assert errors_of(answer) == {"move": ["Choose one from the list"]}


def test_a_move_on_a_page_that_is_old_is_not_made(as_person, cast):
    vacancy = VacancyFactory()
    client = as_person(cast.nadia)
    data = typed(opened(client, "vacancy", vacancy), move="make_offer")
    services.move(by=cast.robin, vacancy=vacancy, name="withdraw")
    answer = client.post(page("vacancy", "change", vacancy), data)
    assert answer.status_code == 200
    assert "Robin Alderfield changed this record" in text_of(answer)
    vacancy.refresh_from_db()
    assert vacancy.state == "withdrawn"


@pytest.mark.parametrize("status", ["not_started", "asked", "received", "referred"])
@pytest.mark.parametrize("kind", Check.Kind.values)
def test_one_check_that_is_not_done_holds_it_back(cast, kind, status):
    vacancy = at_checks(cast)
    clear(vacancy)
    vacancy.checks.filter(kind=kind).update(status=status)
    with pytest.raises(Refused, match="Not every check is done"):
        services.move(by=cast.nadia, vacancy=vacancy, name="fill")
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.filled_at) == ("checks", None)


@pytest.mark.parametrize("status", ["cleared", "conditions", "not_needed"])
def test_with_these_it_is_filled(cast, status):
    vacancy = at_checks(cast)
    clear(vacancy, status)
    assert services.move(by=cast.nadia, vacancy=vacancy, name="fill").state == "filled"


def test_fewer_than_six_checks_are_not_enough(cast):
    vacancy = CheckFactory(status="cleared", on=clock.today(), checked_by="Vera Readinglamp").vacancy
    with pytest.raises(Refused, match="Not every check is done"):
        services.move(by=cast.nadia, vacancy=vacancy, name="fill")


def test_a_closed_position_gets_no_vacancy(as_person, cast):
    position = PositionFactory(closed=True)
    client = as_person(cast.nadia)
    form = client.get(page("vacancy", "add")).context["form"]
    answer = client.post(page("vacancy", "add"), typed(form, position=position.number))
    assert errors_of(answer) == {"position": ["This position is closed"]}
    assert Vacancy.objects.count() == 0


# -- the checks ----------------------------------------------------------------------------------------------------

NOBODY = ["Enter the name of the person who checked it"]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"status": "cleared", "on": dt.date(2026, 9, 1)}, {"checked_by": NOBODY}),
        ({"status": "conditions", "on": dt.date(2026, 9, 1)}, {"checked_by": NOBODY}),
        ({"status": "not_needed", "on": dt.date(2026, 9, 1)}, {"checked_by": NOBODY}),
        ({"status": "referred", "on": dt.date(2026, 9, 1)}, {"checked_by": NOBODY}),
        ({"status": "asked"}, {"on": ["Enter the date of this status"]}),
        ({"status": "cleared", "checked_by": "Vera Readinglamp"}, {"on": ["Enter the date of this status"]}),
        ({"status": "fine"}, {"status": ["Choose one from the list"]}),
    ],
)
def test_a_check_cleared_by_nobody_is_said_on_its_field(as_person, cast, changes, errors):
    check = at_checks(cast).checks.get(kind="history")
    client = as_person(cast.nadia)
    data = typed(opened(client, "check", check), **changes)
    answer = client.post(page("check", "change", check), data)
    assert (answer.status_code, errors_of(answer)) == (200, errors)
    assert typed(answer.context["form"]) == data


@pytest.mark.parametrize("status", ["cleared", "conditions", "not_needed", "referred"])
def test_the_database_refuses_a_check_decided_by_nobody(cast, status):
    check = CheckFactory(status="received", on=clock.today())
    with pytest.raises(IntegrityError, match="check_decided_by_somebody"), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(status=status)
    with pytest.raises(IntegrityError, match="check_has_its_day"), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckFactory(vacancy=check.vacancy, kind=check.kind)


@pytest.mark.parametrize(("state", "word"), [("filled", "filled"), ("withdrawn", "withdrawn")])
def test_the_checks_of_a_vacancy_that_is_over_stay(as_person, cast, state, word):
    vacancy = standing(cast, "checks")
    services.move(by=cast.nadia, vacancy=vacancy, name="fill" if state == "filled" else "withdraw")
    check = vacancy.checks.get(kind="identity")
    client = as_person(cast.nadia)
    answer = client.post(page("check", "change", check), typed(opened(client, "check", check), status="received"))
    assert errors_of(answer) == {"__all__": [f"The vacancy is {word}, so its checks stay as they are."]}
    check.refresh_from_db()
    assert check.status == "cleared"


def test_two_of_the_six_are_for_those_who_may_see_health_and_dbs(as_person, cast, viewer):
    vacancy = at_checks(cast)
    ordinary = {"Identity", "Right to work", "Registration and qualifications", "Work history and references"}
    for person in (cast.nadia, viewer):
        client = as_person(person)
        shown = text_of(client.get(page("vacancy", "change", vacancy)))
        assert {each for each in Check.Kind.labels if f" {each} :" in shown} == ordinary
        assert "Two more checks are looked after by those who may see health and DBS statuses." in shown
        for check in vacancy.checks.filter(kind__in=Check.SENSITIVE):
            assert client.get(page("check", "change", check)).status_code == 404
            assert client.get(page("check", "history", check)).status_code == 404
            assert client.post(page("check", "change", check), {"status": "referred"}).status_code in (403, 404)
        assert len(table_of(client.get(page("check", "changelist")))) == 4


def test_opening_one_of_the_two_is_a_look(as_person, cast, keeper):
    vacancy = at_checks(cast)
    clear(vacancy)
    client = as_person(keeper)
    assert {row[2] for row in table_of(client.get(page("check", "changelist")))}.isdisjoint(
        {"Work health assessment", "Criminal record"}
    )
    assert "Criminal record : Open it to see" in text_of(client.get(page("vacancy", "change", vacancy)))
    for kind in ("identity", "criminal"):
        client.get(page("check", "change", vacancy.checks.get(kind=kind)))
    look = Look.objects.get()
    assert (look.what, look.about_id) == ("workforce.opened_record", str(vacancy.checks.get(kind="criminal").pk))


def test_no_check_is_added_by_hand(as_person, keeper):
    assert as_person(keeper).get(page("check", "add")).status_code == 403
    assert as_person(keeper).post(page("check", "add"), {}).status_code == 403


# -- dates, and support that was offered ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {"advertised_on": dt.date(2026, 9, 9), "closes_on": dt.date(2026, 9, 8)},
            {"closes_on": ["The last day to apply must not be before the first day of the advert"]},
        ),
        ({"support_open": "on"}, {"support_open_on": ["Enter the day it was offered"]}),
        ({"support_offer_on": dt.date(2026, 9, 8)}, {"support_offer": ["Tick the box as well, or take the date out"]}),
    ],
)
def test_bad_input_for_a_vacancy(as_person, cast, changes, errors):
    vacancy = VacancyFactory(offered=True)
    client = as_person(cast.nadia)
    answer = client.post(page("vacancy", "change", vacancy), typed(opened(client, "vacancy", vacancy), **changes))
    assert (answer.status_code, errors_of(answer)) == (200, errors)


@pytest.mark.parametrize(
    "wrong",
    [
        *({f"support_{step}": True} for step in Vacancy.STEPS),
        *({f"support_{step}_on": dt.date(2026, 9, 8)} for step in Vacancy.STEPS),
        {"advertised_on": dt.date(2026, 9, 9), "closes_on": dt.date(2026, 9, 8)},
        *({"state": state} for state in ("offer", "checks", "filled", "withdrawn")),
        *({f"{name}_at": MORNING} for name in ("offered", "checks", "filled", "withdrawn")),
    ],
    ids=str,
)
def test_the_database_refuses_it_as_well(cast, wrong):
    vacancy = VacancyFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.filter(pk=vacancy.pk).update(**wrong)


def test_support_can_be_noted_for_the_steps_so_far(as_person, cast):
    client = as_person(cast.nadia)
    steps = {
        state: {name for name in opened(client, "vacancy", standing(cast, state)).fields if name.startswith("support")}
        for state in ("open", "offer", "checks")
    }
    both = lambda *names: {f"support_{name}{end}" for name in names for end in ("", "_on")}  # noqa: E731
    assert steps == {
        "open": both("open"),
        "offer": both("open", "offer"),
        "checks": both("open", "offer", "checks", "start"),
    }


def test_support_is_kept_with_its_day_in_the_history(as_person, cast):
    vacancy = VacancyFactory()
    client = as_person(cast.nadia)
    data = typed(opened(client, "vacancy", vacancy), support_open="on", support_open_on=dt.date(2026, 8, 31))
    client.post(page("vacancy", "change", vacancy), data)
    rows = {tuple(row[2:]) for row in table_of(client.get(page("vacancy", "history", vacancy)))}
    assert rows >= {
        ("Support offered to people who apply", "no", "yes"),
        ("Day this was offered to people who apply", "not set", "31 August 2026"),
    }
