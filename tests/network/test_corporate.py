"""Corporate Services: a function nominates, the secretary confirms, and the seat says whose choice it was."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from accounts.services.people import deactivate
from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance.models import Body, Constituency, Function, Office, Seat, Side, Term
from governance.services.seats import end_term
from network.models import FunctionLead, Nomination
from network.presenters.corporate import corporate_page, nominated_on
from network.services import corporate
from tests.cast import office, seat
from tests.network.acting import letters, told, words


@pytest.fixture
def hr(cast):
    """Nadia speaks for Human Resources; a seat of theirs on the Steering Group is empty; Colm sits nowhere."""
    cast.people["colm"] = Person.objects.create_person(email="colm@anytown-riverside.example", name="Colm Stepplestone")
    lead(cast, Function.HR, cast.nadia)
    seat(cast.steering, None, Constituency.CORPORATE, Function.HR)
    return cast


def lead(cast, function, person):
    return corporate.name_lead(by=cast.grace, function=function, email=person.email, form_key=uuid.uuid4())


def empty_seat(cast, function=Function.HR, body=None) -> Seat:
    return Seat.objects.filter(body=body or cast.steering, function=function).last()


def nominated(cast, email="Colm@Anytown-Riverside.example", **more):
    return corporate.nominate(
        by=cast.nadia, seat=more.get("seat") or empty_seat(cast), email=email, form_key=uuid.uuid4()
    )


def test_the_whole_way(hr, as_person):
    client = as_person(hr.nadia)
    typed = {"seat": empty_seat(hr).pk, "email": "Colm@anytown-riverside.example", "form_key": str(uuid.uuid4())}
    assert "Check who you nominate" in words(client.post(reverse("network:nominate"), typed | {"step": "check"}))
    for _ in range(2):
        client.post(reverse("network:nominate"), typed | {"step": "send"})
    nomination = Nomination.objects.get()
    assert told("network.waits", nomination) == {hr.grace.pk}
    secretary = as_person(hr.grace)
    page = words(secretary.get(reverse("network:nomination", args=[nomination.pk])))
    assert "Nominated by Human Resources" in page
    assert "Who it is Colm Stepplestone" in page
    for _ in range(2):
        secretary.post(reverse("network:answer_nomination", args=[nomination.pk]), {"answer": "yes"})
    term = Term.objects.get(person=hr.colm)
    nomination.refresh_from_db()
    assert (nomination.term, nomination.answered_by, term.seat) == (term, hr.grace, empty_seat(hr))
    assert term.ends_on == dt.date(2028, 9, 1)
    assert told("network.news", nomination) == {hr.nadia.pk, hr.colm.pk}
    assert nominated_on(hr.steering) == {hr.colm.pk: "nominated by Human Resources"}
    assert "Colm Stepplestone Nominated by Human Resources" in words(
        as_person(hr.nadia).get(reverse("network:corporate"))
    )
    group = words(as_person(hr.tunde).get(reverse("taskgroups:group", args=[hr.steering.pk])))
    assert "Colm Stepplestone, nominated by Human Resources" in group
    emails, _ = letters("network.news")
    assert len(emails) == 2
    assert not any(word in email.body for email in emails for word in ("omin", "uman", "seat", "Colm Step"))


def test_who_has_the_seat_is_led_to_their_own_page(hr, client):
    corporate.confirm(by=hr.grace, nomination=nominated(hr))
    emails, _ = letters("network.news")
    link = next(email for email in emails if email.to == [hr.colm.email]).body.split("http")[1].split()[0]
    response = client.post("/l/" + link.rpartition("/l/")[2], follow=True)
    assert response.redirect_chain[-1][0] == reverse("me")


def test_nominating_tells_nothing_of_who_is_here(hr, as_person):
    """A peer's address, a stranger's and a colleague's get the same answer; only the secretary sees which is which."""
    shown = []
    for email in (hr.ishani.email, "nobody@x.example", hr.colm.email):
        client = as_person(hr.nadia)
        typed = {"seat": empty_seat(hr).pk, "email": email, "form_key": str(uuid.uuid4()), "step": "send"}
        page = client.post(reverse("network:nominate"), typed, follow=True)
        shown.append(words(page).replace(email, ""))
        corporate.take_back(by=hr.nadia, nomination=Nomination.objects.get(state="nominated"))
    assert len(set(shown)) == 1


def test_nobody_with_that_address_cannot_be_confirmed_and_a_no_is_told(hr, as_person):
    nomination = nominated(hr, email="nobody@x.example")
    client, address = as_person(hr.grace), reverse("network:answer_nomination", args=[nomination.pk])
    assert "Nobody who logs in here has this address." in words(client.post(address, {"answer": "yes"}))
    assert "Press yes or no." in words(client.post(address, {"answer": "maybe"}))
    client.post(address, {"answer": "no"})
    nomination.refresh_from_db()
    assert nomination.state == "declined"
    assert told("network.news", nomination) == {hr.nadia.pk}
    assert "has an answer already" in words(client.post(address, {"answer": "yes"}))


@pytest.mark.parametrize("who", ["deactivated", "sits there"])
def test_who_cannot_have_the_seat(hr, who):
    person = hr.colm if who == "deactivated" else hr.yetunde
    nomination = nominated(hr, email=person.email)
    if who == "deactivated":
        deactivate(by=hr.robin, person=person)
    with pytest.raises(Refused):
        corporate.confirm(by=hr.grace, nomination=nomination)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.term) == ("nominated", None)


def test_only_for_empty_seats_of_ones_own_function(hr, as_person):
    others = [
        empty_seat(hr, Function.COMMUNICATIONS, hr.group),
        empty_seat(hr, Function.HR, hr.group),  # taken by Nadia
        hr.group.seats.filter(constituency=Constituency.PEER).first(),
    ]
    for chair in others:
        typed = {"seat": chair.pk, "email": hr.colm.email, "form_key": str(uuid.uuid4()), "step": "send"}
        shown = as_person(hr.nadia).post(reverse("network:nominate"), typed)
        assert "Choose a seat from the list" in words(shown)
        assert hr.colm.email in shown.content.decode()
        with pytest.raises(Refused):
            nominated(hr, seat=chair)
    Body.objects.filter(pk=hr.steering.pk).update(kind=Body.Kind.TASK_GROUP, state=Body.State.CLOSED)
    with pytest.raises(Refused, match="not empty any more"):
        nominated(hr)
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("email", ["", "colm", "x" * 250 + "@x.example", "a\x00@x.example"])
def test_an_address_that_is_none(hr, as_person, email):
    typed = {"seat": empty_seat(hr).pk, "email": email, "form_key": str(uuid.uuid4()), "step": "send"}
    shown = as_person(hr.nadia).post(reverse("network:nominate"), typed)
    assert "There is a problem" in words(shown)
    assert not Nomination.objects.exists()


def test_one_nomination_for_a_seat(hr):
    first = nominated(hr)
    with pytest.raises(Refused, match="nominated for this seat already"):
        nominated(hr, email="other@x.example")
    corporate.take_back(by=hr.nadia, nomination=first)
    assert nominated(hr, email="other@x.example").state == "nominated"
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.create(
            seat=empty_seat(hr), email="a@x.example", nominated_at=clock.now(), nominated_by=hr.nadia
        )
    with pytest.raises(Refused, match="has an answer already"):
        corporate.confirm(by=hr.grace, nomination=first)


def test_a_groups_own_secretary_is_asked_and_confirms(hr, as_person):
    office(hr.group, hr.cass, Office.Kind.SECRETARY, Side.PEER)
    chair = seat(hr.group, None, Constituency.CORPORATE, Function.HR)
    nomination = nominated(hr, seat=chair)
    assert told("network.waits", nomination) == {hr.cass.pk}
    address = reverse("network:answer_nomination", args=[nomination.pk])
    assert as_person(hr.cass).post(address, {"answer": "yes"}).status_code == 302
    assert as_person(hr.morgan).post(address, {"answer": "yes"}).status_code == 404


# -- who speaks for a function -----------------------------------------------------------------------------------------


def test_naming_another_ends_the_one_before_and_naming_again_changes_nothing(hr):
    first = FunctionLead.objects.get()
    assert lead(hr, Function.HR, hr.nadia) == first
    second = lead(hr, Function.HR, hr.colm)
    first.refresh_from_db()
    assert (first.until_on, second.until_on) == (clock.today(), None)
    with pytest.raises(Refused, match="do not speak for this function"):
        nominated(hr)
    with pytest.raises(IntegrityError), transaction.atomic():
        FunctionLead.objects.create(function=Function.HR, person=hr.owen, from_on=clock.today())


def test_the_secretary_names_by_exact_address_and_ends(hr, as_person):
    client = as_person(hr.grace)
    typed = {"function": "equality", "email": "nobody@x.example", "form_key": str(uuid.uuid4())}
    shown = client.post(reverse("network:name_lead"), typed)
    assert "Nobody who logs in here has this address." in words(shown)
    assert "nobody@x.example" in shown.content.decode()
    client.post(reverse("network:name_lead"), typed | {"email": hr.yetunde.email.upper()})
    named = FunctionLead.objects.get(function="equality")
    assert named.person == hr.yetunde
    for _ in range(2):
        client.post(reverse("network:end_lead", args=[named.pk]))
    assert AuditEntry.objects.filter(verb="network.ended_lead").count() == 1
    assert as_person(hr.yetunde).get(reverse("network:corporate")).status_code == 403


def test_somebody_deactivated_speaks_for_nothing(hr):
    deactivate(by=hr.robin, person=hr.nadia)
    with pytest.raises(Refused, match="do not speak for this function"):
        nominated(hr)
    assert not FunctionLead.objects.current().exists()
    assert lead(hr, Function.HR, hr.colm).person == hr.colm


# -- vacancies ---------------------------------------------------------------------------------------------------------


def test_an_empty_seat_says_since_when(hr):
    end_term(by=hr.grace, term=hr.nadia.terms.get(body=hr.group))
    with clock.set_to(clock.now() + dt.timedelta(days=6)):
        seats = corporate_page(hr.nadia).parts[0].seats
    found = {each.body: (each.empty_since, each.days_empty) for each in seats}
    assert found == {hr.group.name: (dt.date(2026, 9, 1), 6), hr.steering.name: (dt.date(2025, 9, 1), 371)}


def test_each_sees_the_seats_of_their_own_part_and_the_secretary_all(hr, as_person):
    page = words(as_person(hr.nadia).get(reverse("network:corporate")))
    assert "Human Resources" in page
    assert "Yetunde" not in page
    assert "Yetunde Larchmere" in words(as_person(hr.grace).get(reverse("network:corporate")))


def test_it_costs_the_same_for_few_seats_and_many(hr, as_person):
    corporate.confirm(by=hr.grace, nomination=nominated(hr))
    seat(hr.other_group, None, Constituency.CORPORATE, Function.HR)

    def cost():
        client = as_person(hr.grace)
        client.get(reverse("network:corporate"))
        with CaptureQueriesContext(connection) as done:
            client.get(reverse("network:corporate"))
        return len(done)

    few = cost()
    for _ in range(4):
        seat(hr.other_group, None, Constituency.CORPORATE, Function.HR)
    nominated(hr, seat=empty_seat(hr, Function.HR, hr.other_group))
    assert cost() == few <= 12
