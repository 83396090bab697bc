"""The pages of somebody who was invited: a look changes nothing, a dead link tells nothing, six pages to the first."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from accounts.invitations import code_of, given_token_of
from accounts.models import Agreed, ContactChoice, Invitation, Person, Way
from core import clock
from governance.models import Term
from network.models import Offer
from network.services import joining
from network.services.invitations import send_again, take_back
from notifications.models import Message
from tests.conftest import MORNING
from tests.factories.invitations import ADDRESS, does_everything, invited, said_yes, token


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    cache.clear()


def heading(response) -> str:
    return BeautifulSoup(response.content, "html.parser").h1.get_text(strip=True)


def main(response) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Invitation, Offer, Person, Message, Term)]


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_look_changes_nothing(cast, client, method):
    path = f"/invited/{token(invited(cast.samuel))}/"
    before = everything()
    for _ in range(3):
        assert getattr(client, method)(path).status_code == 200
    assert everything() == before


def test_they_see_who_and_why_and_what_before_giving_anything(cast, client):
    shown = main(client.get(f"/invited/{token(invited(cast.samuel, words='You ran the bench so well.'))}/"))
    for words in (
        "Hello Alder",
        "Samuel Thistlemoor invites you to join us as a peer.",
        "You ran the bench so well.",
        "not a crisis service",
        "Who can tell that you belong",
        "What we keep about you",
        "Freedom of Information Act",
        "How to leave, or complain",
        'If you say no, Samuel Thistlemoor hears only "not this time".',
    ):
        assert words in shown
    assert ADDRESS not in shown


def test_six_pages_from_the_message_to_the_first_page_and_three_answers(cast, client):
    path = f"/invited/{token(invited(cast.samuel))}/"
    pages, asked = [client.get(path)], 0
    answers = {"answer": "yes"}
    while True:
        response = client.post(path, answers)
        assert response.status_code == 302
        path = response.headers["Location"]
        page = client.get(path)
        pages.append(page)
        if path == "/":
            break
        if path == "/joining/":
            path = BeautifulSoup(page.content, "html.parser").main.find("a", role="button")["href"]
            page = client.get(path)
            pages.append(page)
        answers, needed = shown_answers(page)
        asked += needed
    assert (len(pages), asked) == (6, 3)
    assert "Welcome. You have joined." in main(pages[-1])
    person = Person.objects.get(email=ADDRESS)
    assert (person.name, ContactChoice.objects.get().way, Agreed.objects.get().how) == (
        "Alder Finchley",
        "email",
        "screen",
    )
    assert Term.objects.get(person=person).body == cast.network


def shown_answers(page) -> tuple[dict, int]:
    """The form as it is shown, with its box to agree ticked; and how many of its questions are not optional."""
    form = BeautifulSoup(page.content, "html.parser").main.find("form")
    answers, needed = {}, set()
    for control in form.select("[name]"):
        kind = control.get("type")
        if kind in ("radio", "checkbox") and not control.has_attr("checked") and control["name"] != "agree":
            continue
        answers[control["name"]] = control.get("value", control.get_text())
        if control["name"] in ("name", "way", "agree"):
            needed.add(control["name"])
    return answers, len(needed)


def test_the_tasks_show_what_is_done_and_never_the_passport_as_undone(cast, client):
    client.force_login(said_yes(invited(cast.samuel)))
    assert main(client.get("/joining/")).count("To do") == 3
    client.post("/agreement/", {"version": 1, "agree": "on", "joining": "yes"})
    shown = main(client.get("/joining/"))
    assert (shown.count("To do"), shown.count("Done")) == (2, 1)
    assert "There are 2 short things to do." in shown


def test_the_passport_stands_there_only_where_there_is_one(cast, client, settings, monkeypatch):
    client.force_login(said_yes(invited(cast.samuel)))
    monkeypatch.setattr("network.presenters.joining.PASSPORT", "/no-such-page/")
    assert "Tell us what you need" not in main(client.get("/joining/"))
    monkeypatch.setattr("network.presenters.joining.PASSPORT", "/help/")
    shown = main(client.get("/joining/"))
    assert "Tell us what you need" in shown
    assert (shown.count("To do"), shown.count("Incomplete")) == (3, 0)


def test_no_thank_you(cast, client):
    path = f"/invited/{token(invited(cast.samuel))}/"
    response = client.post(path, {"answer": "no"}, follow=True)
    assert heading(response) == "Thank you for telling us"
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert heading(client.get(path)) == "This invitation does not work"


def dead_links(cast) -> dict[str, str]:
    """A token for each way of being dead."""
    links = {}
    for number, end in enumerate(("accepted", "declined", "revoked", "expired", "replaced", "member")):
        address = cast.ishani.email if end == "member" else f"new{number}@post.example"
        offer = invited(cast.samuel, address=address)
        links[end] = token(offer)
        if end == "accepted":
            joining.say_yes(token=links[end], by=None)
        elif end == "declined":
            joining.say_no(token=links[end])
        elif end in ("revoked", "member"):
            take_back(by=cast.samuel, offer=offer)
        elif end == "expired":
            Invitation.objects.filter(pk=offer.invitation_id).update(
                issued_at=MORNING - dt.timedelta(days=15), expires_at=MORNING - dt.timedelta(days=1)
            )
        else:
            send_again(by=cast.samuel, offer=offer)
    return links | {"never made": "A" * 43}


def without_token(response, link) -> bytes:
    """The page without what differs from one asking to the next: the token in its address, and the form's secret."""
    text = response.content.decode().replace(link, "TOKEN")
    return BeautifulSoup(text, "html.parser").main.find("p").find_parent("div").get_text().encode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_dead_link_gets_one_answer(cast, method):
    answers = set()
    for link in dead_links(cast).values():
        response = getattr(Client(), method)(f"/invited/{link}/", {"answer": "yes"})
        answers.add((response.status_code, len(response.content), without_token(response, link)))
    assert len(answers) == 1


def test_asking_again_answers_alike_by_link_and_by_address(cast):
    links = dead_links(cast)
    by_link = {ask(f"/invited/{link}/new/") for link in links.values()}
    addresses = ["new3@post.example", "new0@post.example", cast.ishani.email, cast.leyla.email, "x@post.example"]
    by_address = {ask("/invited/new/", address=address) for address in addresses}
    assert len(by_link) == len(by_address) == 1


def ask(path, **typed) -> tuple:
    first = Client().post(path, typed)
    return (
        first.status_code,
        len(first.content),
        first.headers["Location"],
        Client().get(first.headers["Location"]).content,
    )


def test_no_more_than_three_new_links_an_hour(cast):
    link = token(invited(cast.samuel))
    for _ in range(6):
        Client().post("/invited/new/", {"address": ADDRESS})
    assert Message.objects.filter(kind="accounts.invitation").count() == 4
    assert heading(Client().get(f"/invited/{link}/")) == "This invitation does not work"


def test_a_code_leads_to_its_invitation(cast, client):
    offer = invited(cast.samuel, address="", way=Way.PAPER)
    response = client.post("/invited/", {"code": code_of(offer.invitation).lower()})
    assert response.headers["Location"] == f"/invited/{token(offer)}/"


def test_every_code_that_does_not_work_gets_one_answer(cast, client):
    offer, gone = (invited(cast.samuel, address="", way=Way.PAPER) for _ in range(2))
    code = code_of(offer.invitation)
    take_back(by=cast.samuel, offer=gone)
    wrong = code[:4] + ("CCCCDDDD" if code[4:] != "CCCCDDDD" else "DDDDCCCC")
    answers = set()
    for typed in (wrong, code_of(gone.invitation), "CCCCCCCCCCCC", "\0", "x" * 30):
        response = client.post("/invited/", {"code": typed})
        answers.add((response.status_code, main(response)))
    assert len(answers) <= 2  # what cannot be a code at all is told as a wrong field
    assert "This code does not work" in str(answers)
    assert all(status == 200 for status, _ in answers)


def test_guessing_codes_is_slow(cast):
    offer = invited(cast.samuel, address="", way=Way.PAPER)
    client = Client()
    for _ in range(10):
        client.post("/invited/", {"code": "CCCCDDDDFFFF"})
    response = client.post("/invited/", {"code": code_of(offer.invitation)})
    assert "too many times" in main(response)


def test_given_by_hand_it_asks_where_to_write_first(cast, client):
    path = f"/invited/{token(invited(cast.samuel, address='', way=Way.SAID))}/"
    assert "What is your email address?" in main(client.get(path))
    assert "Enter your email address" in main(client.post(path, {"answer": "yes", "address": ""}))
    assert "like name@example.com" in main(client.post(path, {"answer": "yes", "address": "alder"}))
    known, unknown = (
        client.post(path, {"answer": "yes", "address": address}) for address in (cast.ishani.email, ADDRESS)
    )
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert not Person.objects.filter(email=ADDRESS).exists()
    invitation = Invitation.objects.get()
    response = client.post(f"/invited/{given_token_of(invitation)}/", {"answer": "yes"})
    assert response.headers["Location"] == "/joining/"
    assert Person.objects.get(email=ADDRESS).invitations_accepted.get() == invitation


def test_logged_in_as_somebody_else_it_says_so(cast, as_person):
    offer = invited(cast.samuel)
    client = as_person(cast.morgan)
    for response in (
        client.get(f"/invited/{token(offer)}/"),
        client.post(f"/invited/{token(offer)}/", {"answer": "yes"}),
    ):
        assert heading(response) == "Somebody else is logged in"
        assert "Alder" not in main(response)
        assert ADDRESS not in main(response)
    offer.invitation.refresh_from_db()
    assert offer.invitation.is_open


def test_an_address_with_an_account_logs_in_and_accepts_as_themselves(cast, client, as_person):
    path = f"/invited/{token(invited(cast.samuel, address=cast.owen.email))}/"
    response = client.post(path, {"answer": "yes"})
    assert response.headers["Location"] == f"/account/log-in/?next={path}"
    client = as_person(cast.owen)
    assert heading(client.get(path)) == "Hello Alder"
    assert client.post(path, {"answer": "yes"}).headers["Location"] == "/joining/contact/"
    assert client.get(path).headers["Location"] == "/joining/contact/"


def test_the_session_gets_a_new_key(cast, client):
    session = client.session
    session["planted"] = "yes"
    session.save()
    key = session.session_key
    client.post(f"/invited/{token(invited(cast.samuel))}/", {"answer": "yes"})
    assert client.session.session_key != key


@pytest.mark.parametrize("answer", ["", "maybe", "\0"])
def test_neither_yes_nor_no_asks_again(cast, client, answer):
    path = f"/invited/{token(invited(cast.samuel))}/"
    before = everything()
    assert heading(client.post(path, {"answer": answer})) == "Hello Alder"
    assert everything() == before


@pytest.mark.parametrize("typed", ["", " ", "x" * 101, "a\0b"])
def test_a_wrong_name_changes_nothing(cast, client, typed):
    person = said_yes(invited(cast.samuel))
    client.force_login(person)
    response = client.post("/joining/name/", {"name": typed})
    assert (response.status_code, "There is a problem" in main(response)) == (200, True)
    person.refresh_from_db()
    assert person.name == "Alder Finchley"


def test_a_name_from_right_to_left(cast, client):
    person = said_yes(invited(cast.samuel))
    client.force_login(person)
    client.post("/joining/name/", {"name": "אֵלָה"})
    person.refresh_from_db()
    assert person.name == "אֵלָה"


def test_contact_says_what_is_missing_and_keeps_what_was_typed(cast, as_person):
    client = as_person(cast.ishani)
    response = client.post("/joining/contact/", {"way": "post", "times": "After ten"})
    assert "Enter the address for your post" in main(response)
    assert 'value="After ten"' in response.content.decode()
    assert not ContactChoice.objects.exists()


def test_changed_later_it_leads_back_to_my_page(cast, as_person):
    client = as_person(cast.ishani)
    assert client.post("/joining/contact/", {"way": "sponsor"}).headers["Location"] == "/me/"
    assert 'value="sponsor" checked' in client.get("/joining/contact/").content.decode()
    assert client.get("/joining/").headers["Location"] == "/"


def test_words_that_changed_meanwhile_are_read_again(cast, as_person):
    as_person(cast.owen).post("/agreement/words/", {"text": "New words.", "seen": 1, "step": "send"})
    client = as_person(cast.ishani)
    assert "New words." in main(client.get("/agreement/"))
    response = client.post("/agreement/", {"version": 1, "agree": "on"})
    assert "The words have changed" in main(response)
    assert 'name="version" value="2"' in response.content.decode()
    client.post("/agreement/", {"version": 2, "agree": "on"})
    assert Agreed.objects.get().text.version == 2


def test_what_was_said_by_phone_can_be_seen_and_taken_back(cast, as_person):
    as_person(cast.samuel).post("/agreement/by-phone/", {"person": cast.ishani.pk, "confirm": "on"})
    client = as_person(cast.ishani)
    assert "Said by phone to Samuel Thistlemoor on 1 September 2026" in main(client.get("/agreement/"))
    client.post("/agreement/withdraw/")
    assert "Said by phone" not in main(client.get("/agreement/"))


def test_a_secretary_gives_an_address_and_sees_no_list(cast, as_person):
    client = as_person(cast.grace)
    assert "Ishani" not in main(client.get("/agreement/by-phone/"))
    response = client.post("/agreement/by-phone/", {"address": "nobody@post.example", "confirm": "on"})
    assert "Nobody with this address" in main(response)
    client.post("/agreement/by-phone/", {"address": "ISHANI@anytown-riverside.example", "confirm": "on"})
    assert (Agreed.objects.get().person, Agreed.objects.get().by) == (cast.ishani, cast.grace)


def test_a_sponsor_chooses_among_their_own(cast, as_person):
    client = as_person(cast.samuel)
    shown = main(client.get("/agreement/by-phone/"))
    assert ("Ishani Marrowby" in shown, "Tunde Osterfield" in shown) == (True, False)
    client.post("/agreement/by-phone/", {"person": cast.tunde.pk, "confirm": "on"})
    assert not Agreed.objects.exists()


def test_once_joined_the_link_leads_home(cast, client):
    offer = invited(cast.samuel)
    person = said_yes(offer)
    does_everything(person)
    client.force_login(person)
    assert client.get(f"/invited/{token(offer)}/").headers["Location"] == "/"


def test_an_invitation_that_runs_out_while_it_is_read(cast, client):
    path = f"/invited/{token(invited(cast.samuel))}/"
    client.get(path)
    with clock.set_to(MORNING + dt.timedelta(days=14)):
        assert heading(client.post(path, {"answer": "yes"})) == "This invitation does not work"
    assert not Person.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize("path", ["/invited/new/", "/invited/", "/invited/nothing/", "/invited/nothing/new/"])
def test_an_installation_without_a_network_answers_too(db, path):
    response = Client().post(path, {"address": ADDRESS, "code": "CCCCDDDDFFFF"})
    assert response.status_code in (200, 302)
