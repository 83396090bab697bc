"""The register of interests: who is asked, what is kept, and who reads it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.interest_rules import is_asked
from governance.models import Body, Interest, InterestAsk, InterestEntry, Office, Side, Term
from governance.models.interests import PAST_FOR, YEAR, seats_that_are_asked
from governance.notifications.interests import ASKED
from governance.presenters.interests import body_register, my_interests, question_waiting, waiting_for, whole_register
from governance.services.breaks import come_back, step_back
from governance.services.interests import (
    answer_question,
    ask_about_interests,
    correct_interest,
    declare_interest,
)
from governance.tasks import ask_about_interests as task
from notifications.models import Message
from tests.cast import office

ASKED_OF_THE_CAST = {"tunde", "cass", "priya", "samuel", "nadia", "yetunde"}
SECRET = "Rivermint Limited pays me"


def says(**changes):
    said = {"kind": "paid_work", "words": SECRET, "from_on": dt.date(2024, 5, 1), "until_on": None}
    return {**said, "form_key": uuid.uuid4(), **changes}


def declared(person, **changes):
    return declare_interest(by=person, **says(**changes))


def corrected(person, interest, **changes):
    return correct_interest(
        by=person, interest=interest, **{"is_mistake": False, "why": "", **says(words="Other words."), **changes}
    )


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


# -- who is asked ------------------------------------------------------------------------------------------------------


def test_staff_and_steering_seats_are_asked_and_no_other_peer(cast):
    assert {key for key, person in cast.people.items() if is_asked(standing.of(person))} == ASKED_OF_THE_CAST
    asked = {term.person for term in seats_that_are_asked().select_related("person")}
    assert asked == {cast.people[key] for key in ASKED_OF_THE_CAST}


def test_the_question_is_put_once_a_year_with_one_message_each(cast):
    assert (ask_about_interests(), ask_about_interests()) == (6, 0)
    sent = Message.objects.filter(kind=ASKED.name)
    assert {message.recipient for message in sent} == {cast.people[key] for key in ASKED_OF_THE_CAST}
    assert sent.count() == 6
    with clock.set_to(clock.now() + YEAR - dt.timedelta(days=1)):
        assert ask_about_interests() == 0
    with clock.set_to(clock.now() + YEAR):
        assert ask_about_interests() == 6
        assert Message.objects.filter(kind=ASKED.name).count() == 12


def test_somebody_seated_later_is_asked_then(cast):
    task()
    office_less = Person.objects.create_person(email="new@anytown-riverside.example", name="New Person")
    seat = cast.group.seats.get(constituency="sponsor", terms=None)
    seat.terms.create(
        body=cast.group, person=office_less, starts_on=clock.today(), ends_on=clock.today() + dt.timedelta(days=30)
    )
    assert ask_about_interests() == 1


def test_somebody_on_a_break_is_asked_when_they_are_back(cast):
    term = Term.objects.get(person=cast.samuel, body=cast.steering)
    step_back(by=cast.samuel, term=Term.objects.get(person=cast.samuel, body=cast.network))
    ask_about_interests()
    assert InterestAsk.objects.filter(person=cast.samuel).count() == 1, "one seat is enough to be asked"
    step_back(by=cast.samuel, term=term)
    standing.forget(cast.samuel)
    with clock.set_to(clock.now() + YEAR):
        ask_about_interests()
        assert InterestAsk.objects.filter(person=cast.samuel).count() == 1
        message = Message.objects.get(kind=ASKED.name, recipient=cast.samuel)
        assert ASKED.still_due(message) == "This person is not asked now."
        come_back(by=cast.samuel, term=term)
        ask_about_interests()
        assert InterestAsk.objects.filter(person=cast.samuel).count() == 2


def test_a_closed_group_asks_nobody(cast):
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    assert not seats_that_are_asked().filter(person=cast.nadia).exists()
    assert not is_asked(standing.of(cast.nadia))


def test_the_message_is_no_longer_due_once_answered_or_no_longer_asked(cast):
    ask_about_interests()
    to = {message.recipient_id: message for message in Message.objects.filter(kind=ASKED.name)}
    assert ASKED.still_due(to[cast.nadia.pk]) == ""
    answer_question(by=cast.nadia, answer="nothing")
    assert ASKED.still_due(to[cast.nadia.pk]) == "This person has answered."
    cast.yetunde.terms.update(ends_on=clock.today())
    standing.forget(cast.yetunde)
    message = Message.objects.get(pk=to[cast.yetunde.pk].pk)
    assert ASKED.still_due(message) == "This person is not asked now."


def test_the_message_tells_nothing(cast):
    assert ASKED.path(Message()) == "/interests/"
    assert ASKED.facts == {}


# -- declaring ---------------------------------------------------------------------------------------------------------


def test_declaring_keeps_it_answers_the_question_and_is_in_the_log_without_words(cast):
    ask_about_interests()
    interest = declared(cast.samuel)
    entry = interest.entries.get()
    assert (entry.number, entry.words, entry.by, entry.at) == (1, SECRET, cast.samuel, clock.now())
    assert InterestAsk.objects.get(person=cast.samuel).answer == "declared"
    facts = [each.facts for each in AuditEntry.objects.filter(verb__startswith="governance.")]
    assert facts == [{"kind": "paid_work"}, {"answer": "declared"}]


def test_one_form_is_one_interest(cast):
    key = uuid.uuid4()
    assert declared(cast.samuel, form_key=key) == declared(cast.samuel, form_key=key, words="Changed on its way.")
    with pytest.raises(Refused, match="used already"):
        declared(cast.nadia, form_key=key)
    assert InterestEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["ishani", "morgan", "grace", "owen", "robin"])
def test_nobody_else_declares(cast, who):
    for act in (lambda: declared(cast.people[who]), lambda: answer_question(by=cast.people[who], answer="nothing")):
        with pytest.raises(Refused, match="Nobody asks you"):
            act()


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"from_on": dt.date(1919, 12, 31)}, "from_on"),
        ({"from_on": dt.date(2027, 9, 2)}, "from_on"),
        ({"until_on": dt.date(2024, 4, 30)}, "until_on"),
    ],
)
def test_days_that_cannot_be(cast, days, field):
    with pytest.raises(Refused) as refused:
        declared(cast.samuel, **days)
    assert refused.value.field == field
    assert not Interest.objects.exists()


def test_the_database_holds_what_it_can(cast):
    interest = declared(cast.samuel)
    row = {"interest": interest, "kind": "gift", "by": cast.samuel, "at": clock.now(), "from_on": dt.date(2026, 1, 1)}
    wrong = [
        {"number": 1, "words": "Twice."},
        {"number": 2, "words": ""},
        {"number": 2, "words": "Ends first.", "until_on": dt.date(2025, 1, 1)},
    ]
    for each in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            InterestEntry.objects.create(**row, **each)
    ask = InterestAsk.objects.get(person=cast.samuel)
    for change in ({"answered_at": None}, {"answer": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InterestAsk.objects.filter(pk=ask.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestAsk.objects.create(person=cast.samuel, number=1, asked_on=clock.today())


def test_what_was_said_is_never_rewritten(cast):
    interest = declared(cast.samuel)
    with pytest.raises(DatabaseError), transaction.atomic():
        interest.entries.update(words="Something milder.")
    assert interest.entries.get().words == SECRET


# -- putting right -----------------------------------------------------------------------------------------------------


def test_a_correction_is_one_more_entry(cast):
    interest = declared(cast.samuel)
    key = uuid.uuid4()
    entry = corrected(cast.samuel, interest, why="The firm has a new name.", form_key=key)
    assert corrected(cast.samuel, interest, form_key=key) == entry
    assert [(each.number, each.words) for each in interest.entries.all()] == [(1, SECRET), (2, "Other words.")]


def test_nothing_different_is_no_entry(cast):
    interest = declared(cast.samuel)
    assert corrected(cast.samuel, interest, words=SECRET) == interest.entries.get()


def test_only_one_s_own(cast):
    interest = declared(cast.samuel)
    with pytest.raises(Refused, match="Only the person"):
        corrected(cast.cass, interest)


def test_one_taken_out_as_a_mistake_is_gone_from_the_register_and_stays_out(cast):
    interest = declared(cast.samuel)
    corrected(cast.samuel, interest, is_mistake=True)
    assert (whole_register().declared, body_register(cast.steering).declared) == ([], [])
    with pytest.raises(Refused, match="mistake"):
        corrected(cast.samuel, interest, words="Back again.")
    answer_question(by=cast.samuel, answer="nothing")


def test_ended_stays_for_two_years_as_past(cast):
    interest = declared(cast.samuel)
    today = clock.today()
    corrected(cast.samuel, interest, until_on=today)
    [mine] = whole_register().declared
    assert (len(mine.current), len(mine.past)) == (1, 0)
    with clock.set_to(clock.now() + dt.timedelta(days=1)):
        [mine] = whole_register().declared
        assert (len(mine.current), len(mine.past)) == (0, 1)
    with clock.set_to(clock.now() + PAST_FOR - dt.timedelta(days=1)):
        assert [len(mine.past) for mine in whole_register().declared] == [1]
    with clock.set_to(clock.now() + PAST_FOR):
        assert whole_register().declared == []


# -- answering ---------------------------------------------------------------------------------------------------------


def test_an_answer_that_the_register_contradicts(cast):
    with pytest.raises(Refused, match="Nothing that you declared"):
        answer_question(by=cast.samuel, answer="stands")
    declared(cast.samuel)
    with pytest.raises(Refused, match="still runs"):
        answer_question(by=cast.samuel, answer="nothing")


def test_an_answer_pressed_twice_is_one(cast):
    first = answer_question(by=cast.samuel, answer="nothing")
    with clock.set_to(clock.now() + dt.timedelta(hours=1)):
        assert answer_question(by=cast.samuel, answer="nothing") == first
    assert InterestAsk.objects.get().answered_at == first.answered_at


def test_the_question_waits_until_it_is_answered(cast):
    assert not question_waiting(cast.samuel).exists()
    ask_about_interests()
    assert [question_waiting(each).exists() for each in (cast.samuel, cast.ishani)] == [True, False]
    answer_question(by=cast.samuel, answer="nothing")
    assert not question_waiting(cast.samuel).exists()
    with clock.set_to(clock.now() + YEAR):
        ask_about_interests()
        assert question_waiting(cast.samuel).exists()
        assert my_interests(cast.samuel).waits


def test_a_secretary_sees_who_has_not_answered_on_what_they_keep(cast):
    office(cast.group, cast.robin, Office.Kind.SECRETARY, Side.STAFF)
    ask_about_interests()
    answer_question(by=cast.priya, answer="nothing")
    seen = {each.body: [name for name, _ in each.people] for each in waiting_for(cast.robin)}
    assert seen == {cast.group: ["Nadia Ferrowick"]}  # not Tunde and Cass, who are asked for seats elsewhere
    assert {each.body for each in waiting_for(cast.grace)} == {cast.group, cast.steering, cast.network}


# -- who reads it ------------------------------------------------------------------------------------------------------

READERS = {
    "body": {"tunde", "cass", "samuel", "yetunde", "grace"},
    "register": {"grace", "owen"},
    "waiting": {"grace"},
}


@pytest.mark.parametrize("page", READERS)
def test_who_reads_what(cast, as_person, page):
    declared(cast.samuel)
    args = [cast.steering.pk] if page == "body" else []
    opens = {
        key
        for key, person in cast.people.items()
        if as_person(person).get(reverse(f"interests:{page}", args=args)).status_code == 200
    }
    assert opens == READERS[page]


def test_a_group_reads_what_its_asked_members_declared_and_nothing_that_tells_of_another_table(cast, as_person):
    declared(cast.cass, words="Cass sits on a board elsewhere.")
    declared(cast.priya, words="Priya teaches at the college.")
    answer_question(by=cast.nadia, answer="nothing")
    ask_about_interests()
    page = text(as_person(cast.tunde).get(reverse("interests:body", args=[cast.group.pk])))
    assert "Priya teaches at the college." in page
    assert "Nothing to declare Nadia Ferrowick" in page
    assert "Cass" not in page
    assert "Cass sits on a board" in text(
        as_person(cast.yetunde).get(reverse("interests:body", args=[cast.steering.pk]))
    )


def test_visible_to_and_the_pages_agree(cast):
    theirs = declared(cast.samuel)
    cass = declared(cast.cass)
    for person in cast.everyone():
        expected = set()
        if person in (cast.tunde, cast.cass, cast.samuel, cast.yetunde, cast.grace, cast.owen):
            expected = {theirs, cass}
        assert set(Interest.objects.visible_to(person)) == expected, person.name


def test_the_network_has_no_register_of_names(cast, as_person):
    declared(cast.samuel)
    assert as_person(cast.grace).get(reverse("interests:body", args=[cast.network.pk])).status_code == 404


def test_the_register_names_nobody_who_has_not_declared(cast, as_person):
    declared(cast.samuel)
    answer_question(by=cast.cass, answer="nothing")
    page = text(as_person(cast.owen).get("/interests/register/"))
    assert "Samuel Thistlemoor" in page
    assert "Cass" not in page
    assert "Have nothing to declare 1 peer and no staff" in page


# -- pages -------------------------------------------------------------------------------------------------------------


def typed(**changes):
    said = {"kind": "gift", "words": "A ticket to a talk."}
    days = {"from_on_day": "1", "from_on_month": "8", "from_on_year": "2026"}
    return {"form_key": str(uuid.uuid4()), **said, **days, **changes}


def test_a_peer_is_told_first_that_using_services_is_no_interest(cast, as_person):
    page = text(as_person(cast.ishani).get("/interests/"))
    assert page.startswith("Interests Using our services is not an interest.")
    assert "Nobody asks you to declare anything." in page
    assert as_person(cast.ishani).get("/interests/new/").status_code == 403


def test_check_then_declare(cast, as_person):
    browser = as_person(cast.samuel)
    checked = browser.post("/interests/new/", typed())
    assert "Check what you declare" in text(checked)
    assert not Interest.objects.exists()
    page = BeautifulSoup(checked.content, "html.parser")
    hidden = {each["name"]: each["value"] for each in page.select("main input[type=hidden]")}
    again = browser.post("/interests/new/", {**hidden, "change": "yes"})
    assert "A ticket to a talk." in again.content.decode()
    for _ in range(2):
        assert browser.post("/interests/new/", {**hidden, "confirm": "yes"}).status_code == 302
    assert InterestEntry.objects.get().words == "A ticket to a talk."
    assert "A ticket to a talk." in text(browser.get("/interests/"))


BAD = [
    ({"words": ""}, "Enter what it is"),
    ({"words": "x" * 501}, "Use up to 500 characters"),
    ({"words": "A\0ticket"}, "Null characters are not allowed."),
    ({"kind": "bribe"}, "Select a valid choice"),
    ({"kind": ""}, "Choose what kind of interest it is"),
    ({"from_on_year": ""}, "The date must include a year"),
    ({"from_on_day": "31", "from_on_month": "2"}, "The date must be a real date"),
    ({"until_on_day": "1", "until_on_month": "7", "until_on_year": "2026", "confirm": "yes"}, "before it began"),
    ({"form_key": "nonsense"}, "Enter a valid UUID."),
]


@pytest.mark.parametrize(("wrong", "told"), BAD)
def test_bad_input_is_said_and_what_was_typed_stays(cast, as_person, wrong, told):
    page = as_person(cast.samuel).post("/interests/new/", typed(**wrong))
    assert page.status_code == 200
    assert told in text(page)
    assert not Interest.objects.exists()
    if "words" not in wrong:
        assert "A ticket to a talk." in page.content.decode()


def test_words_from_right_to_left_and_long_ones_are_kept(cast, as_person):
    words = "عمل مدفوع " + "x" * 300
    as_person(cast.samuel).post("/interests/new/", typed(words=words, confirm="yes"))
    assert words in text(as_person(cast.cass).get(reverse("interests:body", args=[cast.steering.pk])))


def test_put_right_from_the_page(cast, as_person):
    interest = declared(cast.samuel)
    address = reverse("interests:correct", args=[interest.pk])
    assert SECRET in as_person(cast.samuel).get(address).content.decode()
    sent = as_person(cast.samuel).post(address, typed(words="It has another name now.", why="A new name."))
    assert sent.status_code == 302
    assert "A new name." in text(as_person(cast.owen).get("/interests/register/"))
    statuses = {who: as_person(cast.people[who]).post(address, typed()).status_code for who in ("cass", "ishani")}
    assert statuses == {"cass": 403, "ishani": 404}


def test_answer_from_the_page(cast, as_person):
    ask_about_interests()
    browser = as_person(cast.nadia)
    assert "I have nothing to declare" in text(browser.get("/interests/"))
    assert "Press one of the buttons" in text(browser.post("/interests/answer/", {"answer": "declared"}))
    assert browser.post("/interests/answer/", {"answer": "nothing"}).status_code == 302
    assert "You answered on 1 September 2026: I have nothing to declare." in text(browser.get("/interests/"))


@pytest.mark.parametrize(("who", "address"), [("owen", "register"), ("cass", "body"), ("samuel", "mine")])
def test_pages_cost_the_same_for_any_number(cast, as_person, who, address):
    url = reverse(f"interests:{address}", args=[cast.steering.pk] if address == "body" else [])
    browser = as_person(cast.people[who])
    declared(cast.samuel)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for person in (cast.samuel, cast.cass, cast.yetunde):
        corrected(person, declared(person))
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(few) == len(many) <= 12


def test_the_waiting_page_costs_the_same_for_any_number(cast, as_person):
    browser = as_person(cast.grace)
    browser.get("/interests/waiting/")
    InterestAsk.objects.create(person=cast.samuel, number=1, asked_on=clock.today())
    with CaptureQueriesContext(connection) as few:
        browser.get("/interests/waiting/")
    ask_about_interests()
    with CaptureQueriesContext(connection) as many:
        browser.get("/interests/waiting/")
    assert len(few) == len(many) <= 12


def test_somebody_deactivated_reads_nothing(cast):
    declared(cast.samuel)
    cast.cass.is_active = False
    assert not Interest.objects.visible_to(cast.cass).exists()
