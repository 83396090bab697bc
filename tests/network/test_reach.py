"""Who reads how somebody likes to be reached: their sponsor, and a secretary who asks for one person."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from accounts.services.contact import choose_contact
from audit.models import Look
from network.presenters.contact import how_to_reach

SAID = {"phone": "07700 900321", "post": "7 Larch Way", "times": "After ten"}


def main(response) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def chooses(person, way="text", leave=False, show=False):
    choose_contact(by=person, way=way, may_leave_message=leave, may_show_name=show, **SAID)


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ("email", "Email to ishani@anytown-riverside.example."),
        ("text", "Text message to 07700 900321."),
        ("phone", "Phone call to 07700 900321."),
        ("post", "Post to: 7 Larch Way"),
        ("sponsor", "Through their staff sponsor."),
    ],
)
def test_what_is_said_of_each_way_and_what_is_safe(cast, way, line):
    chooses(cast.ishani, way, leave=way == "post")
    lines = how_to_reach([cast.ishani])[cast.ishani.pk].lines
    message = "You can leave a voice message." if way == "post" else "Do not leave a voice message."
    assert lines == [line, "Best time: After ten", message, "Do not show the name of this service on a message."]


def test_somebody_who_has_not_said(cast):
    lines = how_to_reach([cast.ishani])[cast.ishani.pk].lines
    assert lines[-1] == "They have not said how they like to be reached."


def test_a_sponsor_sees_their_own_peers_only(cast, as_person):
    for person in (cast.ishani, cast.morgan):
        chooses(person)
    shown = main(as_person(cast.samuel).get("/network/reach/"))
    assert ("Ishani Marrowby" in shown, "Morgan" in shown, "07700 900321" in shown) == (True, False, True)
    assert "You stand by nobody now." in main(as_person(cast.priya).get("/network/reach/"))


def test_a_sponsor_cannot_look_anybody_up(cast, as_person):
    chooses(cast.morgan)
    shown = main(as_person(cast.samuel).post("/network/reach/", {"address": cast.morgan.email}))
    assert "Morgan" not in shown
    assert not Look.objects.exists()


def test_a_secretary_looks_one_person_up_and_it_is_written_down(cast, as_person):
    chooses(cast.morgan)
    client = as_person(cast.grace)
    assert "Morgan" not in main(client.get("/network/reach/"))
    assert "Text message to 07700 900321." in main(client.post("/network/reach/", {"address": cast.morgan.email}))
    look = Look.objects.get()
    assert (look.actor, look.about_id) == (cast.grace, str(cast.morgan.pk))


@pytest.mark.parametrize("typed", ["", "nobody@post.example", "leyla@anytown-riverside.example", "\0", "x" * 400])
def test_an_address_of_nobody(cast, as_person, typed):
    response = as_person(cast.grace).post("/network/reach/", {"address": typed})
    assert (response.status_code, "There is a problem" in main(response)) == (200, True)
    assert not Look.objects.exists()
