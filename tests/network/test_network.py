"""The Network: no list of names, and who stands by whom."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry
from core.errors import Refused
from governance.services.seats import end_term
from network.models import Partnership
from network.services.partnerships import end_partnership, pair
from notifications.models import Message
from tests.cast import NAMES


def words(response):
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def names_in(response):
    return {who for who, name in NAMES.items() if name in words(response)}


@pytest.mark.parametrize(
    ("who", "names"),
    [("ishani", {"samuel"}), ("samuel", {"ishani"}), ("tunde", set()), ("priya", set()), ("grace", set())],
)
def test_members_see_counts_and_only_their_own_partner(cast, as_person, who, names):
    shown = as_person(cast.people[who]).get(reverse("network:network"))
    assert "There are 4 peers and 2 staff in it." in words(shown)
    assert names_in(shown) == names


@pytest.mark.parametrize("who", ["nadia", "yetunde", "owen", "robin"])
def test_it_is_for_members(cast, as_person, who):
    assert as_person(cast.people[who]).get(reverse("network:network")).status_code == 403


def test_the_page_costs_the_same_for_one_peer_and_for_three(cast, as_person):
    client = as_person(cast.samuel)
    client.get(reverse("network:network"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("network:network"))
    for peer in (cast.tunde, cast.cass):
        pair(by=cast.grace, peer=peer, sponsor=cast.samuel)
    with CaptureQueriesContext(connection) as more:
        shown = client.get(reverse("network:network"))
    assert names_in(shown) == {"ishani", "tunde", "cass"}
    assert len(more) == len(few) <= 12


def test_pairing_tells_both_and_is_kept(cast):
    paired = pair(by=cast.grace, peer=cast.cass, sponsor=cast.priya)
    assert told("network.paired") == {cast.cass.pk, cast.priya.pk}
    assert AuditEntry.objects.get(verb="network.paired").about_id == str(paired.pk)


@pytest.mark.parametrize(
    ("peer", "sponsor", "field"),
    [
        ("samuel", "priya", "peer"),
        ("leyla", "priya", "peer"),
        ("cass", "ishani", "sponsor"),
        ("cass", "nadia", "sponsor"),
        ("cass", "cass", "sponsor"),
        ("ishani", "samuel", None),
    ],
)
def test_only_a_peer_and_a_sponsor_of_the_network_once(cast, peer, sponsor, field):
    with pytest.raises(Refused) as refused:
        pair(by=cast.grace, peer=cast.people[peer], sponsor=cast.people[sponsor])
    assert refused.value.field == field
    assert Partnership.objects.count() == 1
    assert not Message.objects.exists()


def test_a_sponsor_who_left_takes_nobody_new(cast):
    end_term(by=cast.grace, term=cast.priya.terms.get(body=cast.network))
    with pytest.raises(Refused, match="Only a current staff sponsor"):
        pair(by=cast.grace, peer=cast.cass, sponsor=cast.priya)


def test_ending_tells_both_and_makes_room_for_another(cast, as_person):
    was = Partnership.objects.get()
    end_partnership(by=cast.grace, partnership=was)
    assert told("network.unpaired") == {cast.ishani.pk, cast.samuel.pk}
    with pytest.raises(Refused, match="has ended already"):
        end_partnership(by=cast.grace, partnership=was)
    assert names_in(as_person(cast.ishani).get(reverse("network:network"))) == set()
    assert pair(by=cast.grace, peer=cast.ishani, sponsor=cast.samuel).pk != was.pk


def test_a_pair_made_and_ended_the_same_day_can_be(cast):
    ended = end_partnership(by=cast.grace, partnership=pair(by=cast.grace, peer=cast.cass, sponsor=cast.priya))
    assert ended.until_on == ended.from_on


def test_the_two_know_of_their_partnership_and_who_keeps_the_list(cast):
    for who, person in cast.people.items():
        seen = Partnership.objects.visible_to(person).count()
        assert seen == (1 if who in ("ishani", "samuel", "grace") else 0), who
