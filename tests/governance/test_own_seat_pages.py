"""The pages of one's own seats, of deputies, and of seats that need someone."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from governance.models import Body, Break, Constituency, Deputy, Seat, StayAnswer, Term, TermNotice
from governance.presenters.own_seats import asked_to_deputise, asked_to_stay, seats_in_short
from governance.presenters.vacancies import terms_ending_soon, vacancies
from governance.services.breaks import come_back, step_back
from governance.services.deputies import accept, ask_deputy
from governance.services.term_clock import answer_stay
from tests.cast import NAMES, seat
from tests.conftest import MORNING


def page(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def words(response):
    return " ".join(page(response).get_text(" ", strip=True).split())


def url(name, *args):
    return reverse(f"own_seats:{name}", args=args)


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def ask(by, body, address):
    return ask_deputy(by=by, term=term_of(by, body), address=address, form_key=uuid.uuid4())


def noticed(person, body, days=80, **more):
    Term.objects.filter(person=person, body=body).update(ends_on=clock.today() + dt.timedelta(days=days))
    return TermNotice.objects.create(term=term_of(person, body), stage=90, noticed_on=clock.today(), **more)


def names_in(response):
    return {name for name in NAMES.values() if name in words(response)}


# -- stepping back -------------------------------------------------------------------------------------------------


def test_one_press_steps_back_and_one_comes_back(cast, as_person):
    client = as_person(cast.cass)
    assert "We do not ask why." in words(client.get(url("mine")))
    for _ in range(2):
        went = client.post(url("step_back", cast.group.pk), follow=True)
        assert went.redirect_chain == [(url("mine"), 302)]
    assert "You are on a break from Role design and job description" in words(went)
    assert "You have been on a break since 1 September 2026" in words(went)
    assert Break.objects.count() == 1
    for _ in range(2):
        went = client.post(url("come_back", cast.group.pk), follow=True)
    assert "On a break" not in words(went)
    assert Break.objects.get().back_on == clock.today()


def test_all_seats_with_one_more_press(cast, as_person):
    client = as_person(cast.cass)
    went = client.post(url("step_back_from_all"), follow=True)
    assert (Break.objects.now().count(), words(went).count("You have been on a break")) == (3, 3)
    client.post(url("come_back_to_all"))
    assert Break.objects.now().count() == 0
    went = as_person(cast.owen).post(url("step_back_from_all"))
    assert "nothing to step back from" in words(went)


@pytest.mark.parametrize("name", ["step_back", "come_back", "make_up_days", "leave_for_sure", "end_deputy"])
def test_a_seat_that_is_not_ones_own_is_not_found(cast, as_person, name):
    """Cass sits on Task Group 1, Ishani does not: for her there is no such page, nor for a seat that has run out."""
    assert as_person(cast.ishani).post(url(name, cast.group.pk)).status_code == 404
    assert as_person(cast.ishani).post(url(name, uuid.uuid4())).status_code == 404
    Term.objects.filter(person=cast.cass, body=cast.group).update(ends_on=clock.today())
    assert as_person(cast.cass).post(url(name, cast.group.pk)).status_code == 404
    assert not Break.objects.exists()


def test_a_look_changes_nothing(cast, as_person):
    for name in ("step_back", "come_back", "make_up_days", "end_deputy"):
        assert as_person(cast.cass).get(url(name, cast.group.pk)).status_code == 405
    assert as_person(cast.cass).get(url("leave_for_sure", cast.group.pk)).status_code == 200
    assert term_of(cast.cass, cast.group).ends_on > clock.today()


def test_a_co_lead_reads_that_the_other_cannot_do_their_part(cast, as_person):
    client = as_person(cast.tunde)
    assert "If you step back, the other co-lead cannot do your part." in words(client.get(url("mine")))
    went = client.post(url("step_back", cast.group.pk), follow=True)
    assert "The other co-lead cannot do your part. Drafts wait until you are back" in words(went)


def test_days_away_are_offered_and_added(cast, as_person):
    term = term_of(cast.cass, cast.group)
    step_back(by=cast.cass, term=term)
    with clock.set_to(MORNING + dt.timedelta(days=10)):
        come_back(by=cast.cass, term=term)
        client = as_person(cast.cass)
        assert "You were away for 10 days." in words(client.get(url("mine")))
        for _ in range(2):
            went = client.post(url("make_up_days", cast.group.pk), follow=True)
        assert "You were away" not in words(went)
        assert term_of(cast.cass, cast.group).ends_on == term.ends_on + dt.timedelta(days=10)


def test_days_away_are_not_offered_when_a_successor_has_them(cast, as_person):
    term = term_of(cast.cass, cast.group)
    step_back(by=cast.cass, term=term)
    Term.objects.create(
        seat=term.seat,
        body=cast.group,
        person=cast.ishani,
        starts_on=term.ends_on,
        ends_on=term.ends_on + dt.timedelta(days=9),
    )
    with clock.set_to(MORNING + dt.timedelta(days=10)):
        come_back(by=cast.cass, term=term)
        client = as_person(cast.cass)
        assert "You were away" not in words(client.get(url("mine")))
        went = client.post(url("make_up_days", cast.group.pk))
        assert "The days after your time in this seat are not free" in words(went)
        assert "Ishani" not in went.content.decode()
    assert term_of(cast.cass, cast.group).ends_on == term.ends_on


# -- would you like to stay ------------------------------------------------------------------------------------------


def test_the_question_is_answered_and_the_answer_changed(cast, as_person):
    notice = noticed(cast.cass, cast.group)
    client = as_person(cast.cass)
    assert "Say if you would like to stay" in words(client.get(url("mine")))
    shown = client.get(url("question", notice.pk))
    assert [each.get_text(strip=True) for each in page(shown).select("label")] == list(StayAnswer.Answer.labels)
    for answer in ("talk", "no"):
        went = client.post(url("question", notice.pk), {"answer": answer}, follow=True)
    assert "You said: No, I will stop when it ends." in words(went)
    assert StayAnswer.objects.get().answer == "no"


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}, {"answer": "\x00"}, {"answer": "‮yes"}])
def test_no_answer_or_a_wrong_one_says_so(cast, as_person, sent):
    notice = noticed(cast.cass, cast.group)
    shown = as_person(cast.cass).post(url("question", notice.pk), sent)
    assert "There is a problem" in words(shown)
    assert not StayAnswer.objects.exists()


def test_somebody_elses_question_is_not_found_and_an_old_one_leads_on(cast, as_person):
    notice = noticed(cast.cass, cast.group)
    assert as_person(cast.tunde).get(url("question", notice.pk)).status_code == 404
    assert as_person(cast.tunde).post(url("question", notice.pk), {"answer": "yes"}).status_code == 404
    Term.objects.filter(pk=notice.term_id).update(ends_on=clock.today())
    client = as_person(cast.cass)
    assert "This question is closed" in words(client.get(url("question", notice.pk)))
    assert "This question is closed" in words(client.post(url("question", notice.pk), {"answer": "yes"}))
    assert not StayAnswer.objects.exists()


# -- leaving ---------------------------------------------------------------------------------------------------------


def test_leaving_explains_first_and_asks_once_more(cast, as_person):
    client = as_person(cast.cass)
    shown = words(client.get(url("leave", cast.group.pk)))
    for part in ("What goes", "What stays", "Who is told", "If you want to come back", "step back"):
        assert part in shown
    assert "Are you sure you want to leave?" in words(client.get(url("leave_for_sure", cast.group.pk)))
    went = client.post(url("leave_for_sure", cast.group.pk), follow=True)
    assert "You have left Role design and job description." in words(went)
    assert client.post(url("leave_for_sure", cast.group.pk)).status_code == 404


# -- deputies --------------------------------------------------------------------------------------------------------


def test_a_deputy_is_asked_after_a_last_look(cast, as_person):
    client = as_person(cast.tunde)
    at = url("name_deputy", cast.group.pk)
    key = BeautifulSoup(client.get(at).content, "html.parser").find("input", {"name": "form_key"})["value"]
    typed = {"address": cast.ishani.email, "form_key": key}
    assert "Check who you are asking" in words(client.post(at, typed | {"step": "check"}))
    assert not Deputy.objects.exists()
    changing = client.post(at, typed | {"step": "change"})
    assert page(changing).find("input", {"name": "address"})["value"] == cast.ishani.email
    for _ in range(2):
        went = client.post(at, typed | {"step": "send"}, follow=True)
    assert Deputy.objects.count() == 1
    said = f"You asked {cast.ishani.email} to be your deputy on 1 September 2026. They have not said yes."
    assert said in words(went)


def test_asking_somebody_who_is_not_here_reads_the_same(cast, as_person):
    """To Tunde, an address of a peer and one of nobody give the same pages, but for the address."""
    seen = []
    for address in (cast.ishani.email, "nobodyx@anytown-riverside.example"):
        Deputy.objects.all().delete()
        client = as_person(cast.tunde)
        sent = {"address": address, "form_key": str(uuid.uuid4()), "step": "send"}
        went = client.post(url("name_deputy", cast.group.pk), sent, follow=True)
        seen.append(words(went).replace(address, "ADDRESS"))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    "address", ["", "not an address", "a" * 300 + "@b.example", "a\x00b@c.example", "‮tunde@b.example", "own"]
)
def test_a_wrong_address_is_kept_with_a_clear_error(cast, as_person, address):
    typed = cast.tunde.email if address == "own" else address
    sent = {"address": typed, "form_key": str(uuid.uuid4()), "step": "send"}
    shown = as_person(cast.tunde).post(url("name_deputy", cast.group.pk), sent)
    assert shown.status_code == 200
    assert "There is a problem" in words(shown)
    assert not Deputy.objects.exists()
    if "\x00" not in typed:
        assert page(shown).find("input", {"name": "address"}).get("value", "") == typed


def test_yes_then_sitting_in_then_stopping(cast, as_person):
    asked = ask(cast.tunde, cast.group, cast.ishani.email)
    client = as_person(cast.ishani)
    assert "Will you be a deputy for Tunde Osterfield?" in words(client.get(url("deputy", asked.pk)))
    assert "You are the deputy for Tunde Osterfield" in words(client.post(url("say_yes", asked.pk), follow=True))
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    shown = words(client.get(url("deputy", asked.pk)))
    assert "You are asked to sit in now" in shown
    assert "The other co-lead cannot." in shown
    client.post(url("say_no", asked.pk))
    shown = client.get(url("deputy", asked.pk))
    assert (names_in(shown), "You are not needed for this now" in words(shown)) == (set(), True)
    assert "This is over" in words(client.post(url("say_yes", asked.pk)))


def test_what_somebody_else_was_asked_is_not_found(cast, as_person):
    asked = ask(cast.tunde, cast.group, cast.ishani.email)
    for name, method in (("deputy", "get"), ("say_yes", "post"), ("say_no", "post")):
        for person in (cast.tunde, cast.morgan, cast.grace):
            assert getattr(as_person(person), method)(url(name, asked.pk)).status_code == 404
    asked.refresh_from_db()
    assert (asked.accepted_at, asked.ended_at) == (None, None)


# -- vacancies -------------------------------------------------------------------------------------------------------


def of(person, body):
    return next(each for each in vacancies(person) if each.body == body)


def test_empty_seats_say_since_when(cast):
    today = clock.today()
    Term.objects.filter(person=cast.cass, body=cast.group).update(ends_on=today - dt.timedelta(days=40))
    begins = today + dt.timedelta(days=5)
    free = Seat.objects.get(body=cast.group, constituency="sponsor", terms=None)
    Term.objects.create(
        seat=free, body=cast.group, person=cast.samuel, starts_on=begins, ends_on=begins + dt.timedelta(days=9)
    )
    never_sat = Seat.objects.get(body=cast.group, constituency="corporate", terms=None)
    Term.objects.create(seat=never_sat, body=cast.group, person=cast.owen, starts_on=today, ends_on=today)
    found = {(each.words, each.days, each.filled_from) for each in of(cast.priya, cast.group).empty}
    assert found == {
        ("1 seat for a peer", 40, None),
        ("1 seat for a peer", 365, None),
        ("1 seat for a staff sponsor", 365, begins),
        ("1 seat for Corporate Services (Communications)", 365, None),
    }


def test_seats_that_end_soon_show_the_answer(cast, as_person):
    notice = noticed(cast.cass, cast.group, days=90)
    Term.objects.filter(person=cast.nadia, body=cast.group).update(ends_on=clock.today() + dt.timedelta(days=91))
    answer_stay(by=cast.cass, notice=notice, answer=StayAnswer.Answer.NO)
    (ending,) = of(cast.grace, cast.group).ending
    assert (ending.name, ending.days, ending.answer) == ("Cass Tinderly", 89, "No, I will stop when it ends")
    shown = words(as_person(cast.tunde).get(url("vacancies")))
    assert "Cass Tinderly, seat for a peer: ends on 29 November 2026, in 89 days. They say: No, I will stop" in shown
    with clock.set_to(MORNING + dt.timedelta(days=95)):
        found = of(cast.grace, cast.group)
        assert ("1 seat for a peer", 5) in {(each.words, each.days) for each in found.empty}
        assert "Cass Tinderly" not in {each.name for each in found.ending}


def test_a_seat_on_a_break_is_not_empty_and_says_no_reason(cast, as_person):
    accept(by=cast.ishani, deputy=ask(cast.cass, cast.group, cast.ishani.email))
    before = len(of(cast.priya, cast.group).empty)
    step_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    found = of(cast.priya, cast.group)
    assert (len(found.empty), [(each.name, each.deputy) for each in found.away]) == (
        before,
        [("Cass Tinderly", "Ishani Marrowby")],
    )
    shown = words(as_person(cast.priya).get(url("vacancies")))
    assert "Cass Tinderly, seat for a peer. Ishani Marrowby sits in" in shown


def test_each_sees_the_bodies_they_run(cast, as_person):
    assert {each.body for each in vacancies(cast.grace)} == {cast.group, cast.other_group, cast.steering, cast.network}
    assert {each.body for each in vacancies(cast.tunde)} == {cast.group}
    for person in (cast.cass, cast.owen, cast.ishani, cast.nadia):
        assert vacancies(person) == []
        assert as_person(person).get(url("vacancies")).status_code == 403
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert as_person(cast.tunde).get(url("vacancies")).status_code == 403, "the office rests"


def test_terms_that_end_soon_are_counted_as_they_are_listed(cast):
    noticed(cast.cass, cast.group)
    assert [len(each.ending) for each in vacancies(cast.grace) if each.ending] == [1]
    for body in (cast.group, cast.other_group):
        assert terms_ending_soon([body.pk]).count() == (body == cast.group)


def test_whether_deputies_count_is_for_the_secretary(cast, as_person):
    at = url("deputies_count", cast.group.pk)
    assert as_person(cast.tunde).post(at, {"deputies_count": "yes"}).status_code == 403
    assert "Choose yes or no" in words(as_person(cast.grace).post(at, {"deputies_count": "maybe"}))
    went = as_person(cast.grace).post(at, {"deputies_count": "yes"}, follow=True)
    assert "Deputies count for decisions here." in words(went)
    assert Body.objects.get(pk=cast.group.pk).deputies_count


# -- in short, and what it costs -------------------------------------------------------------------------------------


def test_in_short_in_one_query(cast, django_assert_num_queries):
    notice = noticed(cast.cass, cast.steering)
    step_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    with django_assert_num_queries(1):
        found = {each.body.pk: each for each in seats_in_short(cast.cass)}
    assert found[cast.group.pk].break_words == "You have been on a break since 1 September 2026."
    assert found[cast.steering.pk].question_path == url("question", notice.pk)
    assert list(asked_to_stay(cast.cass)) == [notice]
    assert (found[cast.network.pk].break_words, found[cast.network.pk].question_path) == ("", "")
    step_back(by=cast.cass, term=term_of(cast.cass, cast.steering))
    assert not any(each.question_path for each in seats_in_short(cast.cass)), "nobody on a break is asked"
    assert list(asked_to_stay(cast.cass)) == []
    asked = ask(cast.tunde, cast.group, cast.ishani.email)
    with django_assert_num_queries(1):
        assert list(asked_to_deputise(cast.ishani)) == [asked]
    assert list(asked_to_deputise(cast.morgan)) == []


def count(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def more_groups(cast, person):
    for number in range(3):
        body = Body.objects.create(
            kind=Body.Kind.TASK_GROUP, name=f"Group {number}", state=Body.State.ACTIVE, reports_to=cast.steering
        )
        seat(body, person, Constituency.PEER)
        seat(body, None, Constituency.SPONSOR)
        noticed(person, body)
        step_back(by=person, term=term_of(person, body))
        accept(by=cast.ishani, deputy=ask(person, body, cast.ishani.email))
        with clock.set_to(MORNING + dt.timedelta(days=10)):
            come_back(by=person, term=term_of(person, body))


@pytest.mark.parametrize(("who", "name"), [("cass", "mine"), ("ishani", "mine"), ("grace", "vacancies")])
def test_a_page_costs_the_same_for_a_few_rows_and_for_more(cast, as_person, who, name):
    accept(by=cast.morgan, deputy=ask(cast.cass, cast.group, cast.morgan.email))
    client = as_person(cast.people[who])
    with clock.set_to(MORNING + dt.timedelta(days=11)):
        client.get(url(name))
        few = count(client, url(name))
    more_groups(cast, cast.cass)
    with clock.set_to(MORNING + dt.timedelta(days=11)):
        assert count(client, url(name)) == few <= 12
