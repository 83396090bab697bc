"""The pages of a body: who sees what, and what happens when a button is pressed."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from audit.models import Look
from core import clock
from governance import standing
from governance.models import Body, CharterDraft, Constituency, Office, Seat, Side, Term
from governance.presenters.due import (
    charters_waiting_for,
)
from governance.services.charters import approve_charter, propose_charter, write_charter
from notifications.models import Message
from tests.cast import NAMES, office, seat


def page(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def words(response):
    return page(response).get_text(" ", strip=True)


def url(name, body, *more):
    return reverse(f"governance:{name}", args=[body.pk, *more])


def names_in(response):
    text = words(response)
    return {name for name in NAMES.values() if name in text}


def date(name, text):
    year, month, day = text.split("-")
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


DAYS = date("starts_on", "2026-09-01") | date("ends_on", "2028-08-31")

# -- the seats of a body -----------------------------------------------------------------------------------------------


def test_names_only_to_who_may_know_and_counts_to_others(cast, as_person):
    inside = {NAMES[who] for who in ("tunde", "priya", "cass", "nadia")}
    for who in ("tunde", "cass", "nadia", "grace"):
        assert names_in(as_person(cast.people[who]).get(url("seats", cast.group))) == inside, who
    for who in ("ishani", "morgan", "owen", "robin"):
        shown = as_person(cast.people[who]).get(url("seats", cast.group))
        assert names_in(shown) == set(), who
        assert "Peer Seats 3 Taken 2 Empty 1" in words(shown)
        assert "Empty for" not in words(shown)


def test_the_network_has_no_list_for_its_members(cast, as_person):
    for who in ("ishani", "priya"):
        assert names_in(as_person(cast.people[who]).get(url("seats", cast.network))) == set()
    assert as_person(cast.owen).get(url("seats", cast.network)).status_code == 403
    assert NAMES["ishani"] in names_in(as_person(cast.grace).get(url("seats", cast.network)))


def test_how_long_a_seat_has_been_empty_and_what_the_secretary_can_do(cast, as_person):
    term = cast.cass.terms.get(body=cast.group)
    term.ends_on = dt.date(2026, 7, 23)
    term.save()
    shown = as_person(cast.grace).get(url("seats", cast.group))
    assert "Seat 2. Empty for 40 days. Give this seat to someone , seat 2 Close this seat , seat 2" in words(shown)
    assert "Seat 3. Empty for 365 days." in words(shown)
    assert "Tunde Osterfield , co-lead" in words(shown) or "Tunde Osterfield, co-lead" in words(shown)
    assert "End their time" not in words(as_person(cast.tunde).get(url("seats", cast.group)))


def test_a_page_costs_the_same_for_one_seat_and_for_many(cast, as_person):
    client = as_person(cast.grace)
    client.get(url("seats", cast.other_group))
    with CaptureQueriesContext(connection) as few:
        client.get(url("seats", cast.other_group))
    for number in range(12):
        person = Person.objects.create_person(email=f"p{number}@anytown-riverside.example", name=f"P {number}")
        seat(cast.other_group, person if number % 2 else None, Constituency.PEER)
    office(cast.other_group, cast.owen, Office.Kind.SECRETARY, Side.STAFF)
    with CaptureQueriesContext(connection) as more:
        client.get(url("seats", cast.other_group))
    assert len(few) == len(more) <= 12


def test_a_seat_is_opened_once_whatever_is_pressed_twice(cast, as_person):
    client = as_person(cast.grace)
    said = {"form_key": uuid.uuid4(), "constituency": "corporate", "function": "hr"}
    for _ in range(2):
        assert client.post(url("open_seat", cast.other_group), said).status_code == 302
    opened = Seat.objects.filter(body=cast.other_group, constituency="corporate").get()
    assert opened.function == "hr"
    wrong = client.post(url("open_seat", cast.other_group), said | {"form_key": uuid.uuid4(), "function": ""})
    assert "Choose which part of Corporate Services the seat is for" in words(wrong)
    said = {"form_key": uuid.uuid4(), "constituency": "peer", "function": "hr"}
    assert client.post(url("open_seat", cast.other_group), said).status_code == 302


def test_searching_for_a_peer_finds_members_of_that_kind_who_do_not_sit_there(cast, as_person):
    client = as_person(cast.grace)
    path = url("fill_seat", cast.group, 3)
    found = client.post(path, {"name": "mar"})
    assert [label.get_text(strip=True) for label in page(found).select(".nhsuk-radios__label")] == ["Ishani Marrowby"]
    for name in ("Tunde", "Samuel", "Owen", "Leyla", "%%%", "Nobody"):
        assert "Nobody of this name can have the seat" in words(client.post(path, {"name": name})), name
    assert "Enter 3 letters or more" in words(client.post(path, {"name": "ma"}))
    assert Look.objects.filter(what="governance.looked_for_a_person").count() == 7
    assert "Marrowby" not in str(list(Look.objects.values()))


def test_the_network_is_never_listed(cast, as_person):
    for number in range(9):
        person = Person.objects.create_person(email=f"r{number}@anytown-riverside.example", name=f"Robert {number}")
        seat(cast.network, person, Constituency.PEER)
    shown = as_person(cast.grace).post(url("fill_seat", cast.group, 3), {"name": "robert"})
    assert "There are too many people of this name" in words(shown)
    assert "Robert 1" not in words(shown)


def test_search_choose_check_give(cast, as_person):
    client, path = as_person(cast.grace), url("fill_seat", cast.group, 3)
    said = {"name": "ishani", "person": cast.ishani.pk} | DAYS
    checked = client.post(path, said | {"step": "check"})
    assert "Check before you give the seat" in words(checked)
    assert "31 August 2028" in words(checked)
    assert not Term.objects.filter(body=cast.group, person=cast.ishani).exists()
    changed = client.post(path, said | {"step": "change"})
    assert page(changed).find("input", {"name": "ends_on_year"})["value"] == "2028"
    for _ in range(2):
        given = client.post(path, said | {"step": "send"})
    term = Term.objects.get(body=cast.group, person=cast.ishani)
    assert (term.starts_on, term.ends_on) == (dt.date(2026, 9, 1), dt.date(2028, 9, 1))
    assert given.status_code == 302 or "Choose one of the people" in words(given)
    told = Message.objects.get(kind="governance.seated")
    assert (told.recipient, told.facts) == (cast.ishani, {})


@pytest.mark.parametrize("who", ["samuel", "owen", "leyla", "tunde"])
def test_a_key_of_somebody_who_was_not_found_is_not_taken(cast, as_person, who):
    said = {"name": "ishani", "person": cast.people[who].pk, "step": "send"} | DAYS
    shown = as_person(cast.grace).post(url("fill_seat", cast.group, 3), said)
    assert "Choose one of the people on the list" in words(shown)
    assert not Term.objects.filter(seat__body=cast.group, starts_on="2026-09-01").exists()


def test_a_corporate_seat_goes_to_an_exact_address(cast, as_person):
    client, path = as_person(cast.grace), url("fill_seat", cast.group, 7)
    wrong = ("owen", "nobody@anytown-riverside.example", cast.leyla.email, "a" * 300 + "@x.org", "a\0@x.org")
    for address in wrong:
        shown = client.post(path, {"email": address, "step": "send"} | DAYS)
        assert page(shown).select_one(".nhsuk-error-summary"), address
        assert not Term.objects.filter(starts_on="2026-09-01").exists()
    said = {"email": "OWEN@anytown-riverside.example", "step": "send"} | DAYS
    assert client.post(path, said).status_code == 302
    assert standing.of(Person.objects.get(pk=cast.owen.pk)).sits_on(cast.group.pk)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (date("ends_on", "2026-08-31"), "The last day must come after the first."),
        (date("ends_on", "9999-12-31"), "Check the year of the last day"),
        (date("ends_on", "2028-02-31"), "must be a real date"),
        (date("starts_on", "2020-01-01"), "This seat is not open on all of those days."),
        ({"name": "i\x00s"}, "Null characters are not allowed"),
        ({"name": "\u202e" * 100}, "Choose one of the people"),
    ],
)
def test_bad_input_is_said_and_kept(cast, as_person, changed, says):
    said = {"name": "ishani", "person": cast.ishani.pk, "step": "send"} | DAYS | changed
    shown = as_person(cast.grace).post(url("fill_seat", cast.group, 3), said)
    assert shown.status_code == 200
    assert says in words(shown)
    assert page(shown).find("input", {"name": "ends_on_year"})["value"] == said["ends_on_year"]
    assert not Term.objects.filter(person=cast.ishani, body=cast.group).exists()


@pytest.mark.parametrize("number", [0, 99, 10**30])
def test_there_is_no_such_seat(cast, as_person, number):
    client = as_person(cast.grace)
    assert client.get(url("fill_seat", cast.group, number)).status_code == 404
    assert client.get(url("end_term", cast.group, 1, number)).status_code == 404


def test_another_term_and_the_end_are_told(cast, as_person):
    client = as_person(cast.grace)
    renew = url("renew_term", cast.group, 2, 1)
    assert page(client.get(renew)).find("input", {"name": "ends_on_year"})["value"] == "2030"
    assert client.post(renew, date("ends_on", "2030-08-31")).status_code == 302
    assert client.post(url("end_term", cast.group, 2, 1)).status_code == 302
    again = client.post(url("end_term", cast.group, 2, 1))
    assert "This has ended already." in words(again)
    kinds = Message.objects.filter(recipient=cast.cass).order_by("posted_at", "kind").values_list("kind", flat=True)
    assert sorted(kinds) == ["governance.renewed", "governance.term_ended"]
    mine = words(as_person(cast.cass).get(reverse("governance:my_seats")))
    assert "Your time ended on 31 August 2026." in mine
    assert "This was called off." in mine


def test_my_seats_are_mine(cast, as_person):
    shown = as_person(cast.tunde).get(reverse("governance:my_seats"))
    assert "Co-lead of Role design and job description" in words(shown)
    assert names_in(shown) == set()


# -- offices -----------------------------------------------------------------------------------------------------------


def test_where_nobody_sits_nobody_can_be_chosen_to_lead(cast, as_person):
    Term.objects.filter(body=cast.other_group).update(ends_on=clock.today())
    Office.objects.filter(body=cast.other_group).delete()
    shown = as_person(cast.grace).get(url("appoint", cast.other_group, "co_lead"))
    assert "Nobody sits in this group yet." in words(shown)
    assert words(shown).find("Save") == -1


def test_one_of_each_side_leads(cast, as_person):
    client, path = as_person(cast.grace), url("appoint", cast.group, "co_lead")
    for person in (cast.cass, cast.nadia):
        assert "Someone holds this for that side already." in words(client.post(path, {"person": person.pk}))
    assert client.post(url("end_office", cast.group, "co_lead", "peer")).status_code == 302
    assert client.post(path, {"person": cast.cass.pk}).status_code == 302
    assert client.post(path, {"person": cast.cass.pk}).status_code == 302, "a repeat changes nothing"
    assert Office.objects.filter(body=cast.group, until_on=None).count() == 2
    assert Message.objects.filter(kind="governance.appointed", recipient=cast.cass).count() == 1
    assert Message.objects.filter(kind="governance.office_ended", recipient=cast.tunde).count() == 1
    assert "Choose one of the people" in words(client.post(path, {"person": cast.ishani.pk}))


def test_a_secretary_is_named_by_address_and_the_last_one_stays(cast, as_person):
    client = as_person(cast.grace)
    ends = url("end_office", cast.steering, "secretary", "staff")
    assert "Name another one first." in words(client.post(ends))
    said = {"email": cast.owen.email, "side": "staff"}
    assert client.post(url("appoint", cast.steering, "deputy"), said).status_code == 302
    assert client.post(ends).status_code == 302
    assert client.get(ends).status_code == 403
    assert as_person(cast.owen).get(ends).status_code == 404


# -- how it is set up, and what becomes of it --------------------------------------------------------------------------


def settings_said(**changed):
    said = {"name": "Role design", "term_years": 3, "most_terms": 0, "peer_share": 50, "quorum_total": 4}
    said |= {"quorum_peer": 2, "quorum_staff": 2, "reports_to": "", **date("review_on", "2027-09-01")}
    return said | changed


def test_the_settings_are_changed_and_a_quorum_that_cannot_be_is_said(cast, as_person):
    client, path = as_person(cast.grace), url("change_settings", cast.group)
    wrong = client.post(path, settings_said(quorum_total=3))
    assert "2 peers and 2 staff are 4 people, so the number in all must be 4 or more." in words(wrong)
    assert page(wrong).find("input", {"name": "name"})["value"] == "Role design"
    assert client.post(path, settings_said()).status_code == 302
    shown = words(as_person(cast.tunde).get(url("settings", cast.group)))
    for said in ("3 years", "As many as people like", "4 people, at least 2 of them peers and 2 staff", "1 September"):
        assert said in shown
    assert "The secretary can change this." in shown


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "x" * 300}, "The name can have up to 120 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
        ({"name": "Recruitment and selection"}, "There is a group of this name"),
        ({"term_years": "many"}, "Years in a term must be a whole number"),
        ({"peer_share": "-1"}, "must be 0 or more"),
        ({"quorum_total": "9" * 40}, "must be 99 or less"),
        ({"reports_to": uuid.uuid4()}, "Choose one of the groups on the list"),
        ({"review_on_year": "12"}, "must be a real date"),
    ],
)
def test_bad_settings_are_said_and_nothing_changes(cast, as_person, changed, says):
    before = Body.objects.values().get(pk=cast.group.pk)
    shown = as_person(cast.grace).post(url("change_settings", cast.group), settings_said(**changed))
    assert (shown.status_code, says in words(shown)) == (200, True)
    assert Body.objects.values().get(pk=cast.group.pk) == before


def test_closing_shows_what_ends_before_anything_happens(cast, as_person):
    client, path = as_person(cast.grace), url("move", cast.group, "close")
    shown = client.post(path, {"reason": "The work is done.", "step": "check"})
    assert "4 people lose their seats, and get a message" in words(shown)
    assert "2 offices of co-lead or secretary end" in words(shown)
    assert Body.objects.get(pk=cast.group.pk).state == "active"
    back = client.post(path, {"reason": "The work is done.", "step": "change"})
    assert "The work is done." in words(back)
    assert "Give a reason" in words(client.post(path, {"reason": "", "step": "confirm"}))
    assert client.post(path, {"reason": "The work is done.", "step": "confirm"}).status_code == 302
    assert Body.objects.get(pk=cast.group.pk).state == "closed"
    assert client.post(path, {"reason": "Again.", "step": "confirm"}).status_code == 404
    seats = words(as_person(cast.cass).get(url("seats", cast.group)))
    assert "Closed on 1 September 2026. Why: The work is done." in seats


def test_merging_asks_into_which_group(cast, as_person):
    client, path = as_person(cast.grace), url("move", cast.group, "merge")
    said = {"reason": "One group is enough.", "step": "confirm"}
    assert "Choose the group that this one becomes part of" in words(client.post(path, said))
    assert "Choose one of the groups on the list" in words(client.post(path, said | {"into": cast.steering.pk}))
    assert client.post(path, said | {"into": cast.other_group.pk}).status_code == 302
    assert "now part of Recruitment and selection" in words(client.get(url("seats", cast.group)))


def test_a_pause_needs_no_second_page(cast, as_person):
    path = url("move", cast.group, "pause")
    assert as_person(cast.grace).post(path, {"reason": "Summer."}).status_code == 302
    shown = as_person(cast.grace).get(url("seats", cast.group))
    assert "Give this seat to someone" not in words(shown)
    assert as_person(cast.tunde).get(path).status_code == 403


# -- terms of reference ------------------------------------------------------------------------------------------------


def test_terms_of_reference_from_the_outline_to_what_changed(cast, as_person):
    tunde = as_person(cast.tunde)
    path = url("write_charter", cast.group)
    assert "# What this group is for" in page(tunde.get(path)).find("textarea").get_text()
    assert tunde.post(path, {"seen": "", "words": "# For\n\nWe write."}).status_code == 302
    assert "Send for approval" in words(tunde.get(url("charter_draft", cast.group)))
    assert tunde.post(url("propose_charter", cast.group)).status_code == 302
    assert "None have been approved yet." in words(as_person(cast.ishani).get(url("charter", cast.group)))
    assert as_person(cast.ishani).get(url("charter_draft", cast.group)).status_code == 403
    grace = as_person(cast.grace)
    answer = url("answer_charter", cast.group)
    missing = grace.post(answer, {"answer": "give_back", "reason": ""})
    assert "Say what should change." in words(missing)
    assert grace.post(answer, {"answer": "approve"}).status_code == 302
    shown = words(as_person(cast.ishani).get(url("charter", cast.group)))
    assert "Version 1.0, approved on 1 September 2026 by the secretary of the Peer Support Steering Group." in shown
    assert NAMES["grace"] not in shown
    write_charter(by=cast.priya, body=cast.group, words="# For\n\nWe write well.", seen=_seen(cast))
    approve_charter(by=cast.grace, draft=propose_charter(by=cast.priya, body=cast.group))
    changes = as_person(cast.ishani).get(url("charter_changes", cast.group, 2))
    assert page(changes).find("ins").get_text(" ", strip=True).endswith("end of added")
    old = words(as_person(cast.ishani).get(url("charter_version", cast.group, 1)))
    assert "There is a newer version." in old
    for major in (0, 3, 10**30):
        assert tunde.get(url("charter_version", cast.group, major)).status_code == 404


def _seen(cast):
    draft = CharterDraft.objects.filter(charter__body=cast.group).last()
    return draft.version.sha256


def test_words_saved_by_another_are_shown_and_ones_own_are_kept(cast, as_person):
    path = url("write_charter", cast.group)
    write_charter(by=cast.priya, body=cast.group, words="Her words.", seen="")
    shown = as_person(cast.tunde).post(path, {"seen": "0" * 64, "words": "His words."})
    assert "Someone else changed these words" in words(shown)
    assert "Her words." in words(shown)
    assert page(shown).find("textarea").get_text(strip=True) == "His words."
    seen = page(shown).find("input", {"name": "seen"})["value"]
    assert as_person(cast.tunde).post(path, {"seen": seen, "words": "Both."}).status_code == 302


@pytest.mark.parametrize("said", ["", "a\x00b", "x" * 30_001])
def test_words_that_cannot_be_kept(cast, as_person, said):
    shown = as_person(cast.tunde).post(url("write_charter", cast.group), {"seen": "", "words": said})
    assert shown.status_code == 200
    assert page(shown).select_one(".nhsuk-error-summary")
    assert not CharterDraft.objects.exists()


def test_markup_in_the_words_is_only_words(cast, as_person):
    write_charter(by=cast.tunde, body=cast.group, words="<script>alert(1)</script>", seen="")
    shown = as_person(cast.tunde).get(url("charter_draft", cast.group))
    assert b"<script>alert" not in shown.content


# -- what front pages ask ----------------------------------------------------------------------------------------------


def test_what_those_who_run_bodies_should_see(cast, django_assert_num_queries):
    for person in (cast.grace, cast.tunde, cast.morgan):
        standing.of(person)
        assert not person.role_names
    write_charter(by=cast.tunde, body=cast.group, words="We write.", seen="")
    draft = propose_charter(by=cast.tunde, body=cast.group)
    with django_assert_num_queries(1):
        assert list(charters_waiting_for(cast.grace)) == [draft]
    assert [list(charters_waiting_for(each)) for each in (cast.morgan, cast.tunde, cast.owen)] == [[], [], []]
