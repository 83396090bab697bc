"""A peer asks for another sponsor, and the present one learns nothing of it: not from a page, a count or a message."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, RoleHeld
from audit.models import AuditEntry, Look
from core import clock
from core.counts import numbers_of
from core.errors import Refused
from governance import standing
from governance.models import Office, Side
from network.models import Handover, Partnership, SponsorRequest
from network.presenters.front import needs, waits_for_secretary
from network.services import handovers, requests
from notifications.models import Message
from tests.cast import office
from tests.factories import steering as story
from tests.network.acting import a_sponsor, asked, ishanis, letters, proposed, told, words
from tests.support.addresses import all_addresses
from tests.support.crawl import crawl

# -- asking ------------------------------------------------------------------------------------------------------------


def test_asking_needs_no_words_and_goes_to_the_secretary(cast, as_person):
    client = as_person(cast.ishani)
    page = client.get(reverse("network:ask"))
    assert "Samuel Thistlemoor will not see this, nor be told." in words(page)
    shown = client.post(reverse("network:ask"), {"form_key": str(uuid.uuid4())}, follow=True)
    assert "You have asked" in words(shown)
    request = SponsorRequest.objects.get()
    assert (request.partnership, request.words, request.nominee) == (ishanis(cast), "", "")
    assert told("network.waits", request) == {cast.grace.pk}


def test_what_is_written_is_sealed_and_only_who_answers_reads_it(cast, as_person):
    request = asked(cast, said="He is <b>kind</b>, but busy.", nominee="Anwen")
    stored = SponsorRequest.objects.values().get()
    assert not any("kind" in str(value) or "Anwen" in str(value) for value in stored.values())
    page = words(as_person(cast.grace).get(reverse("network:sponsor_request", args=[request.pk])))
    assert "He is <b>kind</b>, but busy." in page
    assert "Samuel Thistlemoor must not hear of this from you." in page
    assert Look.objects.get(what="network.read_sponsor_request").actor == cast.grace
    as_person(cast.ishani).get(reverse("network:sponsor_request", args=[request.pk]))
    assert Look.objects.count() == 1


def test_nothing_in_the_record_tells_why(cast):
    asked(cast)
    requests.note_talk(by=cast.grace, request=SponsorRequest.objects.get(), note="CANARYNOTE")
    kept = [*AuditEntry.objects.values(), *Message.objects.values(), *Look.objects.values()]
    assert "CANARY" not in str(kept)


def test_the_tick_asks_for_a_change_and_is_not_kept(cast, as_person):
    """The same row as a request without words: nobody can tell which it was."""
    address = reverse("network:ask_at_once", args=[ishanis(cast).key])
    client = as_person(cast.ishani)
    assert "Tick the box" in words(client.post(address))
    assert not SponsorRequest.objects.exists()
    for _ in range(2):
        assert "You have asked" in words(client.post(address, {"tick": "on"}, follow=True))
    ticked = SponsorRequest.objects.values("sealed_words", "sealed_nominee", "sealed_note", "state").get()
    assert ticked == {"sealed_words": "", "sealed_nominee": "", "sealed_note": "", "state": "asked"}
    assert AuditEntry.objects.get().verb == "network.asked_for_sponsor"
    page = words(as_person(cast.grace).get(reverse("network:sponsor_request", args=[SponsorRequest.objects.get().pk])))
    assert "care team" not in page
    assert "treat" not in page


def test_one_request_at_a_time_and_a_form_sent_twice_is_one(cast):
    key = uuid.uuid4()
    said = {"partnership": ishanis(cast), "words": "x", "nominee": "", "form_key": key}
    first = requests.ask_for_sponsor(by=cast.ishani, **said)
    assert requests.ask_for_sponsor(by=cast.ishani, **said) == first
    with pytest.raises(Refused, match="You have asked already"):
        asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        SponsorRequest.objects.create(peer=cast.ishani, asked_at=clock.now())


def test_one_of_several_sponsors_is_chosen(cast, as_person):
    Partnership.objects.create(peer=cast.ishani, sponsor=cast.priya, from_on=clock.today())
    client, key = as_person(cast.ishani), Partnership.objects.get(sponsor=cast.priya).key
    for bad in ("", "x", str(uuid.uuid4())):
        shown = client.post(
            reverse("network:ask"), {"form_key": str(uuid.uuid4()), "partnership": bad, "words": "Kept?"}
        )
        assert "Choose who it is about" in words(shown)
        assert "Kept?" in shown.content.decode()
    client.post(reverse("network:ask"), {"form_key": str(uuid.uuid4()), "partnership": str(key)})
    assert SponsorRequest.objects.get().partnership.sponsor == cast.priya


def test_not_about_somebody_elses_sponsor(cast):
    other = Partnership.objects.create(peer=cast.cass, sponsor=cast.priya, from_on=clock.today())
    with pytest.raises(Refused, match="not your sponsor"):
        requests.ask_for_sponsor(by=cast.ishani, partnership=other, words="", nominee="", form_key=uuid.uuid4())
    with pytest.raises(Refused, match="Only a current peer"):
        requests.ask_for_sponsor(by=cast.samuel, partnership=None, words="", nominee="", form_key=uuid.uuid4())


@pytest.mark.parametrize(("field", "typed"), [("words", "x" * 501), ("nominee", "y" * 201), ("words", "a\x00b")])
def test_too_long_or_not_text_is_said_and_kept(cast, as_person, field, typed):
    data = {"form_key": str(uuid.uuid4()), field: typed}
    shown = as_person(cast.ishani).post(reverse("network:ask"), data)
    assert "There is a problem" in words(shown)
    assert not SponsorRequest.objects.exists()
    assert typed.replace("\x00", "") in shown.content.decode().replace("\x00", "")


def test_taking_it_back_wipes_the_words_and_calls_off_what_was_proposed(cast, as_person):
    request = asked(cast)
    handover = proposed(cast, by=cast.grace)
    assert handover.request == request
    as_person(cast.ishani).post(reverse("network:take_back_request", args=[request.pk]))
    request.refresh_from_db()
    handover.refresh_from_db()
    assert (request.state, request.sealed_words, request.sealed_nominee) == ("taken_back", "", "")
    assert handover.state == "withdrawn"
    assert requests.take_back(by=cast.ishani, request=request).state == "taken_back"


# -- answering ---------------------------------------------------------------------------------------------------------


def test_the_secretary_proposes_and_it_is_settled_with_the_peers_yes(cast, as_person):
    request = asked(cast)
    client = as_person(cast.grace)
    address = reverse("network:propose_for_request", args=[request.pk])
    typed = {"new_sponsor": cast.priya.pk, "form_key": str(uuid.uuid4())}
    assert "Samuel Thistlemoor does not see this." in words(client.post(address, typed | {"step": "check"}))
    client.post(address, typed | {"step": "send"})
    handover = Handover.objects.get()
    assert (handover.request, handover.is_private) == (request, True)
    handovers.accept(by=cast.priya, handover=handover)
    request.refresh_from_db()
    assert request.state == "asked"
    handovers.agree(by=cast.ishani, handover=handover)
    request.refresh_from_db()
    assert (request.state, request.answered_by, ishanis(cast).sponsor) == ("settled", cast.ishani, cast.priya)
    page = words(as_person(cast.samuel).get(reverse("network:my_peers")))
    assert "Ishani" not in page


def test_it_stays_open_when_the_peer_says_no_to_who_was_found(cast):
    request = asked(cast)
    handover = handovers.accept(by=cast.priya, handover=proposed(cast, by=cast.grace))
    handovers.refuse(by=cast.ishani, handover=handover)
    request.refresh_from_db()
    assert request.state == "asked"
    assert proposed(cast, by=cast.grace).request == request


def test_we_talked_closes_it_and_the_peer_reads_what_was_noted(cast, as_person):
    request = asked(cast)
    handover = proposed(cast, by=cast.grace)
    address = reverse("network:talked", args=[request.pk])
    as_person(cast.grace).post(address, {"note": "They try again until May."})
    request.refresh_from_db()
    handover.refresh_from_db()
    assert (request.state, handover.state) == ("talked", "withdrawn")
    assert "May" not in request.sealed_note
    assert told("network.news", request) == {cast.ishani.pk}
    page = words(as_person(cast.ishani).get(reverse("network:sponsor_request", args=[request.pk])))
    assert "They try again until May." in page
    shown = as_person(cast.grace).post(address, {"note": "Again."})
    assert shown.status_code == 302, "a repeat changes nothing"
    request.refresh_from_db()
    assert request.note == "They try again until May."
    assert asked(cast).state == "asked", "they may ask again"


def test_an_answer_to_what_was_taken_back_is_refused_and_the_words_stay(cast, as_person):
    request = asked(cast)
    requests.take_back(by=cast.ishani, request=request)
    shown = as_person(cast.grace).post(reverse("network:talked", args=[request.pk]), {"note": "What we said"})
    assert "does not wait for an answer" in words(shown)
    assert "What we said" in shown.content.decode()


# -- who answers -------------------------------------------------------------------------------------------------------


def make_secretary(cast, person, kind=Office.Kind.SECRETARY):
    """Somebody in place of Grace, or as deputy beside whoever is secretary."""
    if kind == Office.Kind.SECRETARY:
        Office.objects.filter(person=cast.grace).update(until_on=clock.today())
    office(cast.steering, person, kind, Side.STAFF)
    for each in cast.everyone():
        standing.forget(each)


def who_knows(cast, request) -> set[str]:
    return {
        who
        for who, person in cast.people.items()
        if SponsorRequest.objects.visible_to(person).filter(pk=request.pk).exists()
    }


def test_a_sponsor_who_is_the_secretary_does_not_answer_the_deputy_does(cast):
    make_secretary(cast, cast.samuel)
    make_secretary(cast, cast.nadia, Office.Kind.DEPUTY)
    request = asked(cast)
    assert told("network.waits", request) == {cast.nadia.pk}
    assert who_knows(cast, request) == {"ishani", "nadia"}


def test_without_a_deputy_the_governance_lead_does(cast, as_person):
    make_secretary(cast, cast.samuel)
    request = asked(cast)
    assert told("network.waits", request) == {cast.owen.pk}
    assert who_knows(cast, request) == {"ishani", "owen"}
    typed = {"new_sponsor": cast.priya.pk, "form_key": str(uuid.uuid4()), "step": "send"}
    shown = as_person(cast.owen).post(reverse("network:propose_for_request", args=[request.pk]), typed, follow=True)
    assert shown.status_code == 200
    assert Handover.objects.get().is_private is True


def test_a_governance_lead_who_was_their_sponsor_does_not(cast):
    make_secretary(cast, cast.samuel)
    Partnership.objects.create(peer=cast.ishani, sponsor=cast.owen, from_on=clock.today(), until_on=clock.today())
    request = asked(cast)
    assert told("network.waits", request) == set()
    assert who_knows(cast, request) == {"ishani"}


def test_a_new_deputy_takes_it_over_from_the_governance_lead(cast):
    make_secretary(cast, cast.samuel)
    request = asked(cast)
    make_secretary(cast, cast.nadia, Office.Kind.DEPUTY)
    assert who_knows(cast, request) == {"ishani", "nadia"}
    assert letters("network.waits")[1] == ["This does not wait any more."], "Owen is not written to now"


def test_somebody_who_becomes_their_sponsor_no_longer_reads_it(cast):
    request = asked(cast)
    assert "grace" in who_knows(cast, request)
    a_sponsor(cast, cast.grace)
    handovers.agree(
        by=cast.ishani, handover=handovers.accept(by=cast.grace, handover=proposed(cast, by=cast.grace, new=cast.grace))
    )
    assert who_knows(cast, request) == {"ishani"}


def test_a_secretary_who_is_a_peer_does_not_answer_their_own(cast):
    make_secretary(cast, cast.ishani)
    request = asked(cast)
    assert told("network.waits", request) == {cast.owen.pk}
    assert not SponsorRequest.objects.to_answer_by(cast.ishani).exists()


# -- what the present sponsor can find out -----------------------------------------------------------------------------

CHANGES_EACH_TIME = re.compile(r'(name="(?:csrfmiddlewaretoken|form_key|kept_for)" value=")[^"]*')


def every_page(client, cast) -> dict[str, str]:
    """All that a person can reach by links or by any address of the Network, without what differs each time."""
    partnership = Partnership.objects.filter(peer=cast.ishani).order_by("pk").first()
    found = {page.path: (page.status, page.content) for page in crawl(client, "/", examples=6, limit=500)}
    plain = (each for each in all_addresses() if each.name.startswith("network:") and "<" not in each.route)
    paths = {reverse(each.name) for each in plain}
    keyed = ("end", "propose", "sharing", "today", "check", "ask_at_once")
    paths |= {reverse(f"network:{name}", args=[partnership.key]) for name in keyed}
    for path in sorted(paths - set(found)):
        page = client.get(path)
        found[path] = page.status_code, page.content
    return {
        path: f"{status} {CHANGES_EACH_TIME.sub(r'1', content.decode(errors='replace'))}"
        for path, (status, content) in found.items()
    }


def hats(cast, hat):
    """What else Samuel is, beside Ishani's sponsor."""
    if hat == "secretary":
        make_secretary(cast, cast.samuel)
    roles = {"governance lead": Role.GOVERNANCE_LEAD, "platform admin": Role.PLATFORM_ADMIN}
    if hat in roles:
        RoleHeld.objects.create(person=cast.samuel, role=roles[hat], from_at=clock.now(), given_by=cast.grace)
    if hat != "sponsor":
        make_secretary(cast, cast.nadia, Office.Kind.DEPUTY)


@pytest.mark.walk
@pytest.mark.parametrize("hat", ["sponsor", "secretary", "governance lead", "platform admin"])
def test_no_page_of_the_present_sponsor_differs_by_it(cast, as_person, hat):
    hats(cast, hat)
    a_sponsor(cast, cast.yetunde)
    story.policy_published(cast)
    # Something of each kind that has been told before: a handover of another peer, and how it ended.
    other = Partnership.objects.create(peer=cast.cass, sponsor=cast.priya, from_on=clock.today())
    began = {"peer": cast.cass, "old": other, "new_sponsor": cast.samuel, "form_key": uuid.uuid4()}
    ended = handovers.propose(by=cast.priya, **began)
    handovers.decline(by=cast.samuel, handover=ended)
    client = as_person(cast.samuel)
    before = every_page(client, cast)
    counts, cards = numbers_of(waits_for_secretary(cast.samuel)), list(needs(cast.samuel))

    request = asked(cast)
    answerer = cast.grace if hat == "sponsor" else cast.nadia
    handover = proposed(cast, by=answerer, new=cast.yetunde)
    assert handover.request == request
    handovers.accept(by=cast.yetunde, handover=handover)
    _assert_nothing_is_found(cast, client, before)
    assert (numbers_of(waits_for_secretary(cast.samuel)), list(needs(cast.samuel))) == (counts, cards)
    for name, thing in (("sponsor_request", request), ("handover", handover), ("talked", request)):
        assert client.get(reverse(f"network:{name}", args=[thing.pk])).status_code == 404
    handovers.refuse(by=cast.ishani, handover=handover)
    _assert_nothing_is_found(cast, client, before)
    assert not Message.objects.filter(recipient=cast.samuel, about_id__in=[str(request.pk), str(handover.pk)]).exists()
    assert not Handover.objects.visible_to(cast.samuel).filter(peer=cast.ishani).exists()


def _assert_nothing_is_found(cast, client, before):
    after = every_page(client, cast)
    ledger = reverse("notifications:ledger")
    assert set(after) == set(before)
    for path in before:
        if path == ledger:
            assert re.sub(r"\d+", "0", after[path]) == re.sub(r"\d+", "0", before[path])
        else:
            assert after[path] == before[path], path
        assert "CANARY" not in after[path]
    assert len(before) > 25


@pytest.mark.walk
def test_the_pages_would_differ_if_it_were_shown(cast, as_person):
    """The same walk notices what Samuel may know: a handover of his own."""
    client = as_person(cast.samuel)
    before = every_page(client, cast)
    proposed(cast)
    after = every_page(client, cast)
    assert after[reverse("network:my_peers")] != before[reverse("network:my_peers")]


@pytest.mark.walk
def test_the_walk_finds_it_for_who_answers(cast, as_person):
    client = as_person(cast.grace)
    asked(cast)
    assert "CANARYWORDS" in str(every_page(client, cast))
