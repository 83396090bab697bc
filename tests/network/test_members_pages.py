"""The secretary's list: who is there and how they stand for a sponsor; found by name, which stands in no address."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from core import clock
from governance.models import Constituency
from network.models import Gap, Partnership
from network.services.gaps import notice_gaps
from notifications.models import Message
from tests.cast import seat
from tests.conftest import MORNING
from tests.network.acting import asked, ishanis, proposed, told, words


def a_peer(cast, name) -> Person:
    person = Person.objects.create_person(email=f"{uuid.uuid4()}@anytown-riverside.example", name=name)
    seat(cast.network, person, Constituency.PEER)
    return person


def members(as_person, cast, **posted):
    client = as_person(cast.grace)
    return client.post(reverse("network:members"), posted) if posted else client.get(reverse("network:members"))


def test_it_says_who_has_someone_since_when_nobody_and_what_waits(cast, as_person):
    notice_gaps()
    proposed(cast)
    page = words(members(as_person, cast))
    joined = cast.cass.terms.get(body=cast.network).starts_on
    assert f"Cass Tinderly Peer No staff sponsor Without one since {joined.day} September {joined.year}." in page
    assert "Ishani Marrowby Peer Handover waiting Samuel Thistlemoor stands by them since 13 February 2026." in page
    assert "Priya Copperdale Staff sponsor Stands by nobody now." in page
    assert "Samuel Thistlemoor Staff sponsor Stands by Ishani Marrowby since" in page
    assert "Leyla" not in page, "she has left"
    assert "Nadia" not in page, "she is not of the Network"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("MARROW", {"Ishani"}), ("e", {"Tunde", "Priya", "Samuel", "Cass", "Morgan"}), ("nadia", set())],
)
def test_it_is_searched_by_a_part_of_a_name_in_the_form(cast, as_person, typed, found):
    response = members(as_person, cast, name=typed)
    shown = {heading.get_text() for heading in BeautifulSoup(response.content, "html.parser").find_all("h3")}
    assert {name.split()[0] for name in shown} == found
    assert response.request["QUERY_STRING"] == ""
    assert f"name={typed}" not in response.content.decode()


@pytest.mark.parametrize("typed", ["x" * 101, "a\x00b"])
def test_a_search_that_cannot_be(cast, as_person, typed):
    page = members(as_person, cast, name=typed)
    assert page.status_code == 200
    assert "There is a problem" in words(page)


def test_names_from_right_to_left_and_very_long_ones(cast, as_person):
    a_peer(cast, "‮أحمد ibn ‫")
    a_peer(cast, "x" * 100)
    assert "أحمد" in words(members(as_person, cast, name="أحمد"))
    assert "x" * 100 in words(members(as_person, cast))


def test_it_is_turned_over_and_a_wide_search_says_that_there_is_more(cast, as_person):
    for number in range(30):
        a_peer(cast, f"Zed Number{number:02}")
    first, last = (
        words(members(as_person, cast)),
        words(as_person(cast.grace).get(reverse("network:members") + "?page=2")),
    )
    assert ("Zed Number18" in first, "Zed Number19" in first) == (True, False)
    assert ("Zed Number18" in last, "Zed Number29" in last) == (False, True)
    assert "There are more than fit here" in words(members(as_person, cast, name="zed"))
    assert as_person(cast.grace).get(reverse("network:members") + "?page=x").status_code == 200


def test_it_costs_the_same_for_few_and_for_many(cast, as_person):
    notice_gaps()
    proposed(cast)

    def cost(path):
        client = as_person(cast.grace)
        client.get(path)
        with CaptureQueriesContext(connection) as done:
            client.get(path)
        return len(done)

    paths = [reverse("network:members"), reverse("network:waiting")]
    few = [cost(path) for path in paths]
    asked(cast)
    few[1] = cost(paths[1])
    for number in range(15):
        peer = a_peer(cast, f"Zed Number{number:02}")
        if number % 2:
            Partnership.objects.create(peer=peer, sponsor=cast.priya, from_on=clock.today())
    notice_gaps()
    assert [cost(path) for path in paths] == few
    assert max(few) <= 12


# -- pairing and ending ------------------------------------------------------------------------------------------------


def pairing(cast, **more):
    return {"peer": cast.cass.pk, "sponsor": cast.priya.pk, "form_key": str(uuid.uuid4()), "step": "send"} | more


def test_a_pair_is_checked_then_made_once(cast, as_person):
    client, typed = as_person(cast.grace), pairing(cast)
    assert "Check before you pair them" in words(client.post(reverse("network:pair"), typed | {"step": "check"}))
    assert "Check before" not in words(client.post(reverse("network:pair"), typed | {"step": "change"}))
    assert Partnership.objects.count() == 1
    for _ in range(2):
        assert client.post(reverse("network:pair"), typed).status_code == 302
    made = Partnership.objects.get(peer=cast.cass)
    assert told("network.paired", made) == {cast.cass.pk, cast.priya.pk}
    assert Message.objects.filter(kind="network.paired").count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"peer": "samuel"}, "Choose a peer"),
        ({"peer": "leyla"}, "Choose a peer"),
        ({"sponsor": "cass"}, "Choose a staff sponsor"),
        ({"sponsor": "nadia"}, "Choose a staff sponsor"),
        ({"sponsor": ""}, "Choose a staff sponsor"),
        ({"peer": "ishani", "sponsor": "samuel"}, "These two are paired already."),
    ],
)
def test_a_pair_that_cannot_be(cast, as_person, typed, says):
    chosen = {name: cast.people[who].pk if who else "" for name, who in typed.items()}
    shown = as_person(cast.grace).post(reverse("network:pair"), pairing(cast, **chosen))
    assert says in words(shown)
    assert Partnership.objects.count() == 1


def test_a_page_whose_key_paired_others_is_refused(cast, as_person):
    typed = pairing(cast)
    client = as_person(cast.grace)
    client.post(reverse("network:pair"), typed)
    shown = client.post(reverse("network:pair"), typed | {"peer": cast.tunde.pk})
    assert "This page has been used already." in words(shown)


def test_it_starts_from_the_peer_without_one(cast, as_person):
    notice_gaps()
    gap = Gap.objects.get(peer=cast.cass)
    page = as_person(cast.grace).get(reverse("network:pair"), {"gap": gap.pk})
    assert f'<option value="{cast.cass.pk}" selected' in page.content.decode()
    for nonsense in ("x", str(uuid.uuid4()), "\x00"):
        assert as_person(cast.grace).get(reverse("network:pair"), {"gap": nonsense}).status_code == 200


def test_ending_says_what_will_happen_first_and_is_done_once(cast, as_person):
    partnership, client = ishanis(cast), as_person(cast.grace)
    address = reverse("network:end", args=[partnership.key])
    page = words(client.get(address))
    assert "It is better to find someone first." in page
    assert client.post(address).status_code == 302
    partnership.refresh_from_db()
    assert partnership.until_on == clock.today()
    assert "This has ended already." in words(client.post(address))
    assert Gap.objects.count() == 1


def test_a_request_of_somebody_without_is_settled_by_pairing_them(cast, as_person):
    Partnership.objects.update(until_on=clock.today())
    client = as_person(cast.ishani)
    client.post(reverse("network:ask"), {"form_key": str(uuid.uuid4())})
    as_person(cast.grace).post(reverse("network:pair"), pairing(cast, peer=cast.ishani.pk))
    page = words(as_person(cast.ishani).get(reverse("network:my_sponsor")))
    assert "Priya Copperdale" in page
    assert "You asked for" not in page


def test_the_list_of_who_waits_is_longest_first(cast, as_person):
    for days, peer in ((3, cast.cass), (9, cast.tunde), (1, cast.morgan)):
        Gap.objects.create(peer=peer, from_on=(MORNING - dt.timedelta(days=days)).date())
    page = words(as_person(cast.grace).get(reverse("network:waiting")))
    assert page.index("Tunde") < page.index("Cass") < page.index("Morgan")
    assert "Since 31 August 2026: 1 day." in page
