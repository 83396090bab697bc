"""From one sponsor to another: two yeses, and only then a change; nobody is told more than they need."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.services.people import deactivate
from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance.services.seats import end_term
from network.models import Gap, Handover, Partnership
from network.services import handovers
from network.services.partnerships import end_partnership, pair
from notifications.models import Message
from tests.cast import NAMES
from tests.network.acting import a_sponsor, accepted, asked, ishanis, letters, proposed, told, words
from tests.support.discreet import own_words


def press(client, handover, answer):
    return client.post(reverse("network:answer_handover", args=[handover.pk]), {"answer": answer}, follow=True)


def test_the_whole_way(cast, as_person):
    old = ishanis(cast)
    client = as_person(cast.samuel)
    address = reverse("network:propose", args=[old.key])
    typed = {"new_sponsor": cast.priya.pk, "form_key": str(uuid.uuid4())}
    assert "You stay their staff sponsor" in words(client.post(address, typed | {"step": "check"}))
    assert not Handover.objects.exists()
    shown = client.post(address, typed | {"step": "send"}, follow=True)
    assert "Waits for the new staff sponsor" in words(shown)
    handover = Handover.objects.get()
    assert told("network.waits", handover) == {cast.priya.pk}

    page = words(as_person(cast.priya).get(reverse("network:handover", args=[handover.pk])))
    assert "Samuel Thistlemoor asks you" in page
    assert "Ishani" not in page
    assert "Ishani" not in words(press(as_person(cast.priya), handover, "yes"))
    assert told("network.waits", handover) == {cast.priya.pk, cast.ishani.pk}
    assert ishanis(cast) == old, "nothing changes before the peer's yes"

    page = words(as_person(cast.ishani).get(reverse("network:handover", args=[handover.pk])))
    assert "Do you want Priya Copperdale as your staff sponsor?" in page
    assert "If you say yes, Samuel Thistlemoor stops today" in page
    press(as_person(cast.ishani), handover, "yes")
    old.refresh_from_db()
    new = ishanis(cast)
    assert (old.until_on, new.from_on, new.sponsor) == (clock.today(), clock.today(), cast.priya)
    assert told("network.unpaired", old) == {cast.samuel.pk}
    assert told("network.paired", new) == {cast.priya.pk, cast.ishani.pk}
    assert not Gap.objects.exists()
    verbs = list(AuditEntry.objects.filter(verb__startswith="network").values_list("verb", flat=True))
    assert verbs == [
        "network.proposed_handover",
        "network.accepted_handover",
        "network.ended_partnership",
        "network.paired",
        "network.agreed_handover",
    ]


def test_what_was_shared_does_not_go_to_the_new_sponsor(cast):
    Partnership.objects.filter(pk=ishanis(cast).pk).update(shares_phone=True, shares_replies=True, shares_passport=True)
    handovers.agree(by=cast.ishani, handover=accepted(cast))
    new = ishanis(cast)
    assert (new.shares_phone, new.shares_replies, new.shares_passport) == (False, False, False)


@pytest.mark.parametrize("who", ["priya", "ishani"])
def test_a_no_changes_nothing_and_says_not_whose_it_was(cast, as_person, who):
    handover = proposed(cast) if who == "priya" else accepted(cast)
    before = ishanis(cast)
    press(as_person(cast.people[who]), handover, "no")
    assert ishanis(cast) == before
    handover.refresh_from_db()
    assert handover.state == ("declined" if who == "priya" else "refused")
    assert told("network.news", handover) == ({cast.samuel.pk} if who == "priya" else {cast.samuel.pk, cast.priya.pk})
    page = words(as_person(cast.samuel).get(reverse("network:handover", args=[handover.pk])))
    assert "This did not go ahead. Nothing has changed." in page
    assert "said no" not in page
    said = words(as_person(cast.grace).get(reverse("network:handover", args=[handover.pk])))
    assert ("The peer said no" in said) == (who == "ishani"), "the secretary may need to find someone else"


@pytest.mark.parametrize("who", ["samuel", "priya", "grace"])
@pytest.mark.parametrize("state", ["proposed", "accepted"])
def test_it_can_be_taken_back_before_it_is_done(cast, as_person, who, state):
    handover = proposed(cast) if state == "proposed" else accepted(cast)
    response = as_person(cast.people[who]).post(reverse("network:take_back_handover", args=[handover.pk]))
    handover.refresh_from_db()
    may = (who, state) != ("priya", "proposed")  # she says no instead
    assert (response.status_code, handover.state) == ((302, "withdrawn") if may else (403, "proposed"))


def test_taken_back_twice_or_after_it_is_done(cast):
    handover = accepted(cast)
    handovers.withdraw(by=cast.samuel, handover=handover)
    assert handovers.withdraw(by=cast.samuel, handover=handover).state == "withdrawn"
    with pytest.raises(Refused, match="does not wait"):
        handovers.agree(by=cast.ishani, handover=handover)
    assert AuditEntry.objects.filter(verb="network.handover_withdrawn").count() == 1


def test_pressing_yes_twice_is_one_yes(cast):
    handover = accepted(cast)
    assert handovers.accept(by=cast.priya, handover=handover).accepted_at == handover.accepted_at
    first = handovers.agree(by=cast.ishani, handover=handover)
    assert handovers.agree(by=cast.ishani, handover=handover).new == first.new
    assert Partnership.objects.count() == 2


def test_a_form_sent_twice_proposes_once(cast):
    key = uuid.uuid4()
    about = {"peer": cast.ishani, "old": ishanis(cast), "new_sponsor": cast.priya, "form_key": key}
    assert handovers.propose(by=cast.samuel, **about) == handovers.propose(by=cast.samuel, **about)
    assert Message.objects.filter(kind="network.waits").count() == 1


@pytest.mark.parametrize("who", ["samuel", "ishani", "cass", "nadia", "leyla"])
def test_only_to_a_current_sponsor_who_is_not_theirs(cast, who):
    with pytest.raises(Refused) as refused:
        proposed(cast, new=cast.people[who])
    assert refused.value.field == "new_sponsor"
    assert not Handover.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("typed", ["samuel", "ishani", "leyla", "x", "", "9" * 40, "\x00"])
def test_bad_choices_are_shown_beside_the_field(cast, as_person, typed):
    value = cast.people[typed].pk if typed in NAMES else typed
    address = reverse("network:propose", args=[ishanis(cast).key])
    shown = as_person(cast.samuel).post(address, {"new_sponsor": value, "form_key": str(uuid.uuid4()), "step": "send"})
    assert shown.status_code == 200
    assert "Error: " in words(shown).partition("There is a problem")[2]
    assert not Handover.objects.exists()


def test_one_at_a_time(cast):
    a_sponsor(cast, cast.nadia)
    proposed(cast)
    with pytest.raises(Refused, match="has been proposed already"):
        proposed(cast, new=cast.nadia)


def test_what_the_sponsor_proposes_and_what_is_private_do_not_tell_of_each_other(cast):
    """A refusal would tell the present sponsor that there is another one."""
    a_sponsor(cast, cast.nadia)
    hidden = accepted(cast, by=cast.grace, new=cast.nadia)
    own = proposed(cast)
    handovers.accept(by=cast.priya, handover=own)
    handovers.agree(by=cast.ishani, handover=hidden)
    own.refresh_from_db()
    assert (ishanis(cast).sponsor, own.state) == (cast.nadia, "overtaken")
    assert told("network.news", own) == {cast.priya.pk}


@pytest.mark.parametrize("gone", ["term", "account"])
@pytest.mark.parametrize("when", ["accept", "agree"])
def test_a_new_sponsor_who_leaves_meanwhile(cast, gone, when):
    handover = proposed(cast) if when == "accept" else accepted(cast)
    if gone == "term":
        end_term(by=cast.grace, term=cast.priya.terms.get(body=cast.network))
    else:
        deactivate(by=cast.robin, person=cast.priya)
    cast.priya.refresh_from_db()
    by = cast.priya if when == "accept" else cast.ishani
    with pytest.raises(Refused, match="Only a current staff sponsor"):
        getattr(handovers, when)(by=by, handover=handover)
    assert ishanis(cast).sponsor == cast.samuel


def test_the_old_partnership_may_have_ended_meanwhile(cast):
    handover = accepted(cast)
    end_partnership(by=cast.grace, partnership=ishanis(cast))
    handovers.agree(by=cast.ishani, handover=handover)
    assert ishanis(cast).sponsor == cast.priya
    assert Gap.objects.get().until_on == clock.today()


def test_a_sponsor_whose_partnership_ended_hands_nothing_over(cast, as_person):
    old = ishanis(cast)
    end_partnership(by=cast.grace, partnership=old)
    typed = {"new_sponsor": cast.priya.pk, "form_key": str(uuid.uuid4()), "step": "send"}
    shown = as_person(cast.samuel).post(reverse("network:propose", args=[old.key]), typed)
    assert "This has ended already." in words(shown)


@pytest.mark.parametrize(("who", "verb"), [("samuel", "agree"), ("priya", "agree"), ("ishani", "refuse")])
def test_nobody_says_yes_or_no_for_somebody_else(cast, who, verb):
    handover = accepted(cast)
    other = cast.grace if who == "ishani" else cast.people[who]
    with pytest.raises(Refused, match="Only the person who was asked"):
        getattr(handovers, verb)(by=other, handover=handover)


def test_a_press_that_is_neither(cast, as_person):
    handover = accepted(cast)
    shown = press(as_person(cast.ishani), handover, "perhaps")
    assert "Press yes or no." in words(shown)
    assert ishanis(cast).sponsor == cast.samuel


def test_pairing_someone_directly_ends_what_waited_for_the_same_two(cast):
    handover = proposed(cast)
    pair(by=cast.grace, peer=cast.ishani, sponsor=cast.priya)
    handover.refresh_from_db()
    assert handover.state == "overtaken"


@pytest.mark.parametrize(
    "wrong",
    [
        {"new_sponsor_id": "peer"},
        {"state": "done"},
        {"accepted_at": "now"},
        {"ended_at": "now"},
        {"is_private": False, "old_id": None},
        {"state": "withdrawn"},
    ],
    ids=str,
)
def test_the_database_holds_the_rules(cast, wrong):
    handover = proposed(cast)
    values = {"peer": cast.ishani.pk, "now": clock.now()}
    wrong = {name: values.get(value, value) if isinstance(value, str) else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(**wrong)


@pytest.mark.parametrize("is_private", [True, False])
def test_the_database_lets_one_of_each_kind_wait(cast, is_private):
    first = proposed(cast, by=cast.grace if is_private else cast.samuel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            peer=first.peer,
            old=first.old,
            new_sponsor=first.new_sponsor,
            is_private=is_private,
            proposed_at=clock.now(),
            proposed_by=cast.samuel,
        )


def test_every_letter_is_discreet_and_stops_when_it_is_no_longer_needed(cast):
    private = asked(cast)
    handover = accepted(cast, by=cast.grace)
    emails, reasons = letters("network.waits")
    assert reasons == ["This does not wait any more."], "the new sponsor has said yes"
    assert len(emails) == 2
    handovers.refuse(by=cast.ishani, handover=handover)
    emails += letters("network.news")[0]
    assert len(emails) == 4
    secrets = ["eer", "ponsor", "etwork", "roup", "CANARY", "private", "andover"]
    secrets += [name.split()[1] for name in NAMES.values()]
    for email in emails:
        assert [secret for secret in secrets if secret in own_words(email)] == []
    assert private.state == "asked"
