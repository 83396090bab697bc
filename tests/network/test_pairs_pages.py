"""The sponsor's page shows what each peer agreed to; the peer's page shows all of it, and who decides."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from meetings.models import Meeting
from meetings.services import call_meeting, cancel_meeting, reply
from network.models import Noted, Partnership, Shared
from network.ports import coming_of
from network.services import together
from network.services.partnerships import end_partnership
from tests.conftest import MORNING
from tests.network.acting import ishanis, words


@pytest.fixture
def tundes(cast):
    """Tunde, who has phone and meetings, stood by by Samuel."""
    cast.tunde.phone = "07700 900102"
    cast.tunde.save()
    return Partnership.objects.create(peer=cast.tunde, sponsor=cast.samuel, from_on=clock.today())


def a_meeting(cast, days=10) -> Meeting:
    starts = MORNING + dt.timedelta(days=days)
    return call_meeting(
        by=cast.tunde,
        body=cast.group,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        place="Canary Room",
        link="",
        phone_in="",
        items=[("CANARYITEM", "agree", None)],
        form_key=uuid.uuid4(),
    )


def share(as_person, partnership, *what):
    address = reverse("network:sharing", args=[partnership.key])
    return as_person(partnership.peer).post(address, {"what": list(what)}, follow=True)


def my_peers(as_person, cast):
    return words(as_person(cast.samuel).get(reverse("network:my_peers")))


def test_nothing_but_the_name_until_the_peer_says_so(cast, as_person, tundes):
    reply(by=cast.tunde, meeting=a_meeting(cast), answer="coming")
    page = my_peers(as_person, cast)
    assert "Tunde Osterfield" in page
    assert not any(word in page for word in ("07700", "September 2026 at", "coming", "assport", cast.tunde.email))


@pytest.mark.parametrize(
    ("what", "shown"),
    [("replies", {"replies"}), ("phone", {"phone"}), ("passport", set())],
)
def test_each_switch_shows_its_own_thing_and_no_other(cast, as_person, tundes, what, shown):
    reply(by=cast.tunde, meeting=a_meeting(cast), answer="coming")
    assert "Your choice is kept." in share(as_person, tundes, what).content.decode()
    page = my_peers(as_person, cast)
    signs = {"replies": "Friday 11 September 2026 at 10am: is coming", "phone": "07700 900102"}
    assert {name for name, sign in signs.items() if sign in page} == shown
    assert "Canary Room" not in page
    assert "CANARYITEM" not in page
    assert cast.group.name not in page, "not which meeting"
    share(as_person, tundes)
    assert not any(sign in my_peers(as_person, cast) for sign in signs.values())


def test_what_they_said_follows_what_they_say(cast, as_person, tundes):
    meeting = a_meeting(cast)
    share(as_person, tundes, "replies")
    for answer, said in (("", "no answer yet"), ("unsure", "is not sure"), ("not_coming", "cannot come")):
        if answer:
            reply(by=cast.tunde, meeting=meeting, answer=answer)
        assert f"10am: {said}" in my_peers(as_person, cast)
    cancel_meeting(by=cast.tunde, meeting=meeting)
    assert "None planned" in my_peers(as_person, cast)


def test_the_port_answers_for_those_asked_and_only_where_they_sit(cast):
    meeting = a_meeting(cast)
    reply(by=cast.cass, meeting=meeting, answer="coming")
    found = coming_of([cast.tunde.pk, cast.cass.pk, cast.ishani.pk])
    assert {pk: [each.words for each in meetings] for pk, meetings in found.items()} == {
        cast.tunde.pk: ["no answer yet"],
        cast.cass.pk: ["is coming"],
        cast.ishani.pk: [],
    }
    assert coming_of([]) == {}


def test_sharing_is_the_peers_alone_and_recorded_when_it_changes(cast, as_person, tundes):
    for who in (cast.samuel, cast.grace):
        with pytest.raises(Refused, match="Only the peer decides"):
            together.share(by=who, partnership=tundes, what=[Shared.PHONE])
    for _ in range(2):
        share(as_person, tundes, "phone")
    entry = AuditEntry.objects.get(verb="network.changed_sharing")
    assert (entry.actor, entry.facts) == (cast.tunde, {"shares": {"shares_phone": True}})
    shown = as_person(cast.tunde).post(reverse("network:sharing", args=[tundes.key]), {"what": ["email"]})
    assert "Choose from the list" in words(shown)
    end_partnership(by=cast.grace, partnership=tundes)
    assert "This partnership has ended." in words(
        as_person(cast.tunde).post(reverse("network:sharing", args=[tundes.key]), {})
    )


def test_the_peers_page_says_who_how_to_reach_them_and_what_they_see(cast, as_person):
    cast.samuel.phone = "020 7946 0103"
    cast.samuel.save()
    page = words(as_person(cast.ishani).get(reverse("network:my_sponsor")))
    for said in ("Samuel Thistlemoor", cast.samuel.email, "020 7946 0103", "Your name, and nothing else"):
        assert said in page
    share(as_person, ishanis(cast), "replies")
    page = words(as_person(cast.ishani).get(reverse("network:my_sponsor")))
    assert "Your name Whether I said I am coming to a meeting" in page


# -- what a sponsor notes ----------------------------------------------------------------------------------------------


def note(as_person, cast, *what):
    return as_person(cast.samuel).post(
        reverse("network:today", args=[ishanis(cast).key]), {"what": list(what)}, follow=True
    )


def test_ticks_are_kept_by_their_day_and_the_peer_reads_them(cast, as_person):
    note(as_person, cast, "offered", "ready")
    note(as_person, cast, "offered", "ready")
    note(as_person, cast, "ready")
    assert [(each.what, each.on) for each in Noted.objects.all()] == [("ready", clock.today())]
    page = as_person(cast.samuel).get(reverse("network:my_peers"))
    ticked = [box["value"] for box in BeautifulSoup(page.content, "html.parser").select("input[checked]")]
    assert ticked == ["ready"]
    assert "Got ready with you, 1 September 2026" in words(as_person(cast.ishani).get(reverse("network:my_sponsor")))
    as_person(cast.samuel).logout()
    with clock.set_to(MORNING + dt.timedelta(days=2)):
        note(as_person, cast, "talked")
        assert Noted.objects.count() == 2, "another day takes nothing back"
        assert "We got ready together, 1 September 2026 We talked it over afterwards, 3 September 2026" in words(
            as_person(cast.samuel).get(reverse("network:my_peers"))
        )


def test_a_tick_that_is_not_on_the_list(cast, as_person):
    shown = note(as_person, cast, "prayed")
    assert "Choose from the list" in words(shown)
    assert not Noted.objects.exists()


def test_only_the_sponsor_notes_and_only_while_it_lasts(cast, as_person):
    partnership = ishanis(cast)
    with pytest.raises(Refused, match="Only the sponsor"):
        together.note_today(by=cast.ishani, partnership=partnership, what=[Noted.What.READY])
    end_partnership(by=cast.grace, partnership=partnership)
    shown = as_person(cast.samuel).post(reverse("network:today", args=[partnership.key]), {"what": ["ready"]})
    assert "This partnership has ended." in words(shown)


def test_the_yearly_check_falls_due_after_a_year_and_is_done_with_one_press(cast, as_person):
    partnership = ishanis(cast)
    assert partnership.check_due_on == partnership.from_on + dt.timedelta(days=365)
    assert "We did our yearly check today" not in my_peers(as_person, cast)
    as_person(cast.samuel).logout()
    with clock.set_to(MORNING + dt.timedelta(days=170)):
        assert "Due since" in my_peers(as_person, cast)
        for _ in range(2):
            as_person(cast.samuel).post(reverse("network:check", args=[partnership.key]))
        assert "Due on" in my_peers(as_person, cast)
    assert AuditEntry.objects.filter(verb="network.checked_partnership").count() == 1


# -- both pages --------------------------------------------------------------------------------------------------------


def test_my_peers_costs_the_same_for_one_and_for_three(cast, as_person):
    a_meeting(cast)
    Partnership.objects.update(peer=cast.tunde, shares_replies=True)
    client = as_person(cast.samuel)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("network:my_peers"))
        return len(asked)

    cost()
    one = cost()
    for peer in (cast.ishani, cast.cass):
        Partnership.objects.create(peer=peer, sponsor=cast.samuel, from_on=clock.today(), shares_replies=True)
    assert cost() == one <= 12


def test_my_sponsor_costs_the_same_for_one_and_for_two(cast, as_person):
    client = as_person(cast.ishani)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("network:my_sponsor"))
        return len(asked)

    cost()
    one = cost()
    Partnership.objects.create(peer=cast.ishani, sponsor=cast.priya, from_on=clock.today())
    assert cost() == one <= 12


def test_no_id_twice_on_a_page_of_several(cast, as_person):
    for peer in (cast.tunde, cast.cass):
        Partnership.objects.create(peer=peer, sponsor=cast.samuel, from_on=clock.today())
    Partnership.objects.create(peer=cast.tunde, sponsor=cast.priya, from_on=clock.today())
    for who, page in (("samuel", "my_peers"), ("tunde", "my_sponsor")):
        html = BeautifulSoup(as_person(cast.people[who]).get(reverse(f"network:{page}")).content, "html.parser")
        ids = [tag["id"] for tag in html.find_all(id=True)]
        assert len(ids) == len(set(ids))
