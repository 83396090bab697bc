"""Pages of whoever invites: a check before anything is sent, what to pass on, and who is warned."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.invitations import code_in_words, code_of
from accounts.models import Invitation, Way
from governance.models import Constituency
from network.models import Offer, PastedList
from network.services.invitations import Place
from network.services.lists import keep_list
from notifications.models import Message
from tests.factories.invitations import ADDRESS, invited, token

TYPED = {"name": "Alder Finchley", "way": "email", "address": ADDRESS, "words": "Come and see."}


def main(response) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def typed(**more):
    return TYPED | {"form_key": str(uuid.uuid4()), "step": "check"} | more


def test_a_look_first_and_then_it_is_sent(cast, as_person):
    client = as_person(cast.samuel)
    said = typed()
    shown = main(client.post("/invitations/new/", said))
    assert "Check the invitation" in shown
    assert "Dear Alder," in shown
    assert "Come and see." in shown
    assert not Invitation.objects.exists()
    response = client.post("/invitations/new/", said | {"step": "send"})
    offer = Offer.objects.get()
    assert response.headers["Location"] == f"/invitations/{offer.pk}/"
    assert (offer.sponsor, offer.words) == (cast.samuel, "Come and see.")
    client.post("/invitations/new/", said | {"step": "send"})
    assert (Offer.objects.count(), Message.objects.count()) == (1, 1)


def test_the_message_that_is_shown_is_the_one_that_goes(cast, as_person):
    shown = main(as_person(cast.samuel).post("/invitations/new/", typed()))
    for line in ("Somebody you know has sent you an invitation.", "Nothing happens until you say yes."):
        assert line in shown


def test_change_shows_what_was_typed(cast, as_person):
    page = as_person(cast.samuel).post("/invitations/new/", typed(step="change")).content.decode()
    assert ADDRESS in page
    assert "Come and see." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter their name"),
        ({"name": "x" * 300}, "100 characters or fewer"),
        ({"name": "a\0b"}, "Null characters"),
        ({"way": ""}, "Choose how you want to invite them"),
        ({"way": "pigeon"}, "There is a problem"),
        ({"address": ""}, "Enter their email address"),
        ({"address": "alder"}, "like name@example.com"),
        ({"address": "samuel@anytown-riverside.example"}, "your own address"),
        ({"words": "x" * 1001}, "up to 1,000 characters"),
        ({"form_key": "no"}, "There is a problem"),
    ],
)
def test_bad_input(cast, as_person, wrong, words):
    response = as_person(cast.samuel).post("/invitations/new/", typed(**wrong) | {"step": "send"})
    assert (response.status_code, words in main(response)) == (200, True)
    assert not Invitation.objects.exists()


def test_an_address_that_is_not_asked_for_does_not_count(cast, as_person):
    as_person(cast.samuel).post("/invitations/new/", typed(way="paper", address="not one", step="send"))
    assert (Invitation.objects.get().address, Message.objects.count()) == ("", 0)


@pytest.mark.parametrize(("who", "warned"), [("grace", True), ("samuel", False)])
def test_only_a_secretary_is_warned_of_a_near_address_and_not_whose_it_is(cast, as_person, who, warned):
    near = typed(address="ishami@anytown-riverside.example", constituency="peer")
    shown = main(as_person(cast.people[who]).post("/invitations/new/", near))
    assert ("nearly the same as one we know" in shown) is warned
    assert "Ishani" not in shown


@pytest.mark.parametrize("address", ["ishani", "leyla", "owen", "nobody-here"])
def test_a_sponsor_sees_the_same_for_an_address_that_is_known(cast, as_person, address):
    client = as_person(cast.samuel)
    whole = f"{address}@anytown-riverside.example"
    said = typed(address=whole)
    checked = main(client.post("/invitations/new/", said)).replace(whole, "ADDRESS")
    sent = client.post("/invitations/new/", said | {"step": "send"})
    shown = main(client.get(sent.headers["Location"])).replace(whole, "ADDRESS")
    assert "Check the invitation" in checked
    assert "On its way" in shown
    assert "already" not in checked + shown


def test_a_secretary_chooses_a_sponsor_and_a_group(cast, as_person):
    client = as_person(cast.grace)
    peer = typed(constituency="peer", sponsor=cast.priya.pk, step="send")
    client.post("/invitations/new/", peer)
    corporate = typed(
        address="b@post.example", constituency="corporate", body=cast.group.pk, function="hr", step="send"
    )
    client.post("/invitations/new/", corporate)
    assert set(Offer.objects.values_list("constituency", "sponsor", "body", "function")) == {
        ("peer", cast.priya.pk, cast.network.pk, None),
        ("corporate", None, cast.group.pk, "hr"),
    }


def test_a_letter_has_a_code_and_says_nothing_of_health(cast, as_person):
    offer = invited(cast.samuel, address="", way=Way.PAPER)
    shown = main(as_person(cast.samuel).get(f"/invitations/{offer.pk}/letter/"))
    assert code_in_words(code_of(offer.invitation)) in shown
    assert "localhost:8000/invited/" in shown
    for word in ("peer", "Peer", "mental", "health", "Network", "group"):
        assert word not in shown
    page = as_person(cast.samuel).get(f"/invitations/{offer.pk}/letter/").content.decode()
    assert '<svg class="app-qr' in page
    assert "style=" not in page.partition("<main")[2]


def test_what_to_pass_on_is_shown_until_it_is_answered(cast, as_person):
    offer = invited(cast.samuel, address="", way=Way.SAID)
    client = as_person(cast.samuel)
    path = f"/invitations/{offer.pk}/pass-on/"
    assert token(offer) in client.get(path).content.decode()
    client.post(f"/invitations/{offer.pk}/take-back/")
    assert client.get(path).headers["Location"] == f"/invitations/{offer.pk}/"


def test_the_link_of_an_email_is_shown_to_nobody(cast, as_person):
    offer = invited(cast.samuel)
    client = as_person(cast.samuel)
    assert token(offer) not in client.get(f"/invitations/{offer.pk}/").content.decode()
    for page in ("letter", "pass-on"):
        assert client.get(f"/invitations/{offer.pk}/{page}/").status_code == 302


def test_pressed_again_after_an_answer_it_says_so(cast, as_person):
    offer = invited(cast.samuel)
    client = as_person(cast.samuel)
    client.post(f"/invitations/{offer.pk}/take-back/")
    assert client.post(f"/invitations/{offer.pk}/take-back/").status_code == 302
    response = client.post(f"/invitations/{offer.pk}/again/")
    assert "has been answered or taken back" in main(response)


def test_the_list_costs_the_same_for_one_and_for_four(cast, as_person):
    client = as_person(cast.grace)

    def cost():
        client.get("/invitations/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/invitations/")
        return len(asked)

    def invite_and_keep(number):
        invited(cast.grace, address=f"new{number}@post.example", place=Place(Constituency.PEER, sponsor=cast.samuel))
        keep_list(by=cast.grace, text="Rowan, rowan@post.example, peer", form_key=uuid.uuid4())

    invite_and_keep(0)
    few = cost()
    for number in (1, 2, 3):
        invite_and_keep(number)
    assert cost() == few <= 12


def test_a_list_is_looked_at_and_sent_by_its_button(cast, as_person):
    client = as_person(cast.grace)
    right = "Alder, alder@post.example, peer, samuel@anytown-riverside.example"
    text = f"{right}\nIshani, ishani@anytown-riverside.example, peer"
    path = client.post("/invitations/list/", {"text": text, "form_key": str(uuid.uuid4())}).headers["Location"]
    shown = main(client.get(path))
    assert "1 line with a problem" in shown
    assert "Somebody with this address is here already." in shown
    assert "Invite 1 person" in shown
    assert not Invitation.objects.exists()
    client.post(path)
    shown = main(client.get(path))
    assert "1 invited" in shown
    assert "1 line was left out" in shown


@pytest.mark.parametrize("text", ["", "\0", "x" * 60_001, "‮" * 40])
def test_a_list_that_is_none(cast, as_person, text):
    response = as_person(cast.grace).post("/invitations/list/", {"text": text, "form_key": str(uuid.uuid4())})
    assert response.status_code in (200, 302)
    assert not Invitation.objects.exists()


def test_a_list_can_be_deleted(cast, as_person):
    client = as_person(cast.grace)
    row = keep_list(by=cast.grace, text="Rowan, rowan@post.example, peer", form_key=uuid.uuid4())
    assert client.post(f"/invitations/list/{row.pk}/delete/").headers["Location"] == "/invitations/"
    assert not PastedList.objects.exists()
