"""Who may invite whom, what each hears, and what becomes of an invitation."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Invitation, Way
from core import clock
from core.counts import numbers_of
from core.errors import Refused
from governance.models import Body, Constituency, Function, Office, Side
from governance.services.offices import appoint
from governance.services.seats import end_term
from network.models import Offer
from network.presenters.invitations import invitation_page, invitations_in_numbers, invitations_page, stage_of
from network.services import joining
from network.services.invitations import Place, forget_invitations, send_again, take_back
from network.tasks import forget
from notifications.ledger import fates
from notifications.models import Message, MessageState
from tests.conftest import MORNING
from tests.factories.invitations import ADDRESS, does_everything, invited, said_yes, token


def corporate(cast, body=None):
    return Place(Constituency.CORPORATE, body=body or cast.group, function=Function.COMMUNICATIONS)


def test_a_sponsor_invites_a_peer_and_is_their_sponsor(cast):
    offer = invited(cast.samuel, words="  You did it well. ")
    assert (offer.body, offer.constituency, offer.sponsor) == (cast.network, "peer", cast.samuel)
    assert offer.words == "You did it well."
    assert "well" not in str(Offer.objects.values().get())


@pytest.mark.parametrize(
    "place",
    [
        lambda cast: Place(Constituency.PEER),
        lambda cast: Place(Constituency.PEER, sponsor=cast.priya),
        lambda cast: Place(Constituency.SPONSOR),
        corporate,
    ],
)
def test_a_sponsor_invites_nobody_else(cast, place):
    with pytest.raises(Refused):
        invited(cast.samuel, place=place(cast))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["ishani", "tunde", "nadia", "yetunde", "owen", "robin", "leyla"])
def test_others_invite_nobody(cast, who):
    with pytest.raises(Refused, match="Only the secretary and staff sponsors can invite people"):
        invited(cast.people[who])
    assert not Message.objects.exists()


def test_a_sponsor_who_has_left_invites_nobody(cast):
    end_term(by=cast.grace, term=cast.samuel.terms.get(body=cast.network))
    with pytest.raises(Refused):
        invited(cast.samuel)


@pytest.mark.parametrize("body", ["network", "steering"])
@pytest.mark.parametrize("kind", [Office.Kind.SECRETARY, Office.Kind.DEPUTY])
def test_secretaries_and_deputies_invite_anybody(cast, body, kind):
    side = Side.PEER
    appoint(by=cast.grace, body=getattr(cast, body), person=cast.owen, kind=kind, side=side)
    for number, place in enumerate([Place(Constituency.PEER), Place(Constituency.SPONSOR), corporate(cast)]):
        invited(cast.owen, address=f"new{number}@post.example", place=place)
    assert Offer.objects.count() == 3


def test_the_secretary_of_a_group_does_not(cast):
    appoint(by=cast.grace, body=cast.group, person=cast.owen, kind=Office.Kind.SECRETARY, side=Side.STAFF)
    with pytest.raises(Refused):
        invited(cast.owen, place=Place(Constituency.PEER))


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (lambda cast: Place(Constituency.PEER, sponsor=cast.tunde), "sponsor"),
        (lambda cast: Place(Constituency.CORPORATE, body=cast.group), "body"),
        (lambda cast: Place(Constituency.CORPORATE, function=Function.HR), "body"),
        (lambda cast: corporate(cast, cast.network), "body"),
    ],
)
def test_a_place_that_is_none(cast, place, field):
    with pytest.raises(Refused) as refused:
        invited(cast.grace, place=place(cast))
    assert refused.value.field == field


def test_no_seat_of_a_group_that_has_closed(cast):
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    cast.group.refresh_from_db()
    with pytest.raises(Refused):
        invited(cast.grace, place=corporate(cast))


def test_the_same_press_twice_is_one(cast):
    key = uuid.uuid4()
    assert invited(cast.samuel, form_key=key) == invited(cast.samuel, form_key=key)
    assert (Invitation.objects.count(), Message.objects.count()) == (1, 1)
    with pytest.raises(Refused):
        invited(cast.priya, form_key=key)


def test_the_same_address_twice_by_one_person_is_refused(cast):
    invited(cast.samuel)
    with pytest.raises(Refused, match="You have invited this address already"):
        invited(cast.samuel)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("address", ["ishani", "leyla", "owen", "new"])
def test_a_sponsor_never_learns_whether_an_address_is_known(cast, address):
    """A member, somebody who left, somebody with an account, nobody: the same rows come of it."""
    offer = invited(cast.samuel, address=f"{address}@anytown-riverside.example")
    assert stage_of(offer, fates([offer.invitation])[-1]).tag == "On its way"
    assert Message.objects.get().address == f"{address}@anytown-riverside.example"


def test_nor_that_somebody_else_has_invited_them(cast):
    invited(cast.priya)
    invited(cast.samuel)
    assert Message.objects.filter(address=ADDRESS).count() == 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ishani@anytown-riverside.example", "is here already"),
        ("leyla@anytown-riverside.example", "used this service before"),
        (ADDRESS, "was invited on 1 September 2026"),
    ],
)
def test_a_secretary_is_told(cast, address, words):
    invited(cast.samuel)
    with pytest.raises(Refused, match=words):
        invited(cast.grace, address=address, place=Place(Constituency.PEER))


def test_somebody_with_an_account_and_no_seat_can_be_invited(cast):
    invited(cast.grace, address=cast.owen.email, place=Place(Constituency.SPONSOR))
    invited(cast.grace, address=cast.priya.email, place=corporate(cast))
    assert Offer.objects.count() == 2


def test_not_oneself(cast):
    with pytest.raises(Refused, match="your own address"):
        invited(cast.samuel, address=cast.samuel.email)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("peer", {"constituency": "sponsor"}),
        ("corporate", {"function": None}),
        ("peer", {"function": "hr"}),
        ("peer", {"constituency": ""}),
        ("peer", {"office": "secretary"}),
    ],
)
def test_the_database_holds_what_an_offer_is(cast, place, change):
    offer = invited(cast.samuel) if place == "peer" else invited(cast.grace, place=corporate(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**change)


# -- where each stands -------------------------------------------------------------------------------------------------


def tag(offer) -> str:
    offer = Offer.objects.select_related("invitation__made_by", "body", "term").get(pk=offer.pk)
    return invitation_page(offer, offer.invitation.made_by).stage.tag


def test_words_for_where_it_stands(cast):
    offer = invited(cast.samuel)
    assert tag(offer) == "On its way"
    Message.objects.update(state=MessageState.HANDED_OVER)
    assert tag(offer) == "Sent"
    Message.objects.update(state=MessageState.REFUSED)
    assert tag(offer) == "Not delivered"
    with clock.set_to(MORNING + dt.timedelta(days=14)):
        assert tag(offer) == "Ran out"
        send_again(by=cast.samuel, offer=offer)
        assert tag(offer) == "On its way"
        person = said_yes(offer)
        assert tag(offer) == "Said yes"
        does_everything(person)
        assert tag(offer) == "Joined"


def test_said_is_never_sent(cast):
    offer = invited(cast.samuel, address="", way=Way.SAID)
    page = invitation_page(Offer.objects.select_related("invitation__made_by", "body", "term").get(), cast.samuel)
    assert (page.stage.tag, page.code, bool(page.link)) == ("Given", "", True)
    assert page.stage.words == "Given by Samuel Thistlemoor, since 1 September 2026. No answer yet."
    take_back(by=cast.samuel, offer=offer)
    assert tag(offer) == "Taken back"


def test_a_code_typed_wrong_too_often(cast):
    offer = invited(cast.samuel, address="", way=Way.PAPER)
    Invitation.objects.update(tries_left=0)
    assert tag(offer) == "Needs a new code"


def test_no_thank_you_tells_the_inviter_only_not_this_time(cast):
    offer = invited(cast.samuel)
    joining.say_no(token=token(offer))
    assert tag(offer) == "Not this time"
    told = Message.objects.get(kind="network.invitation_answered")
    assert (told.recipient, told.facts) == (cast.samuel, {})


def test_counts_for_the_secretary(cast):
    invited(cast.samuel)
    invited(cast.samuel, address="", way=Way.SAID)
    lost = invited(cast.priya)
    Message.objects.filter(about_id=str(lost.invitation_id)).update(state=MessageState.REFUSED)
    old = invited(cast.samuel, address="old@post.example")
    Invitation.objects.filter(pk=old.invitation_id).update(
        issued_at=MORNING - dt.timedelta(days=20), expires_at=MORNING - dt.timedelta(days=6)
    )
    assert numbers_of(invitations_in_numbers(cast.grace)) == {"can_answer": 3, "not_delivered": 1, "ran_out": 1}
    assert invitations_in_numbers(cast.samuel) == {}
    with clock.set_to(MORNING + dt.timedelta(minutes=1)):
        send_again(by=cast.priya, offer=lost)
        assert numbers_of(invitations_in_numbers(cast.grace))["not_delivered"] == 0


def test_each_sees_their_own_and_a_secretary_all(cast):
    mine, theirs = invited(cast.samuel), invited(cast.priya)
    seen = {who: {line.offer for line in invitations_page(cast.people[who]).waiting} for who in ("samuel", "grace")}
    assert seen == {"samuel": {mine}, "grace": {mine, theirs}}
    assert set(Offer.objects.visible_to(cast.ishani)) == set()


def test_what_led_to_nothing_is_forgotten_and_what_led_somewhere_is_kept(cast):
    said_yes(invited(cast.samuel))
    no, back = invited(cast.samuel, address="no@post.example"), invited(cast.samuel, address="back@post.example")
    joining.say_no(token=token(no))
    take_back(by=cast.samuel, offer=back)
    old = invited(cast.samuel, address="old@post.example")
    with clock.set_to(MORNING + dt.timedelta(days=90)):
        assert forget_invitations() == 0
    with clock.set_to(MORNING + dt.timedelta(days=91)):
        assert forget_invitations() == 2
        assert set(Offer.objects.values_list("invitation__address", flat=True)) == {ADDRESS, old.invitation.address}
    with clock.set_to(MORNING + dt.timedelta(days=14 + 91)):
        forget()
        assert forget_invitations() == 0
    assert list(Invitation.objects.values_list("address", flat=True)) == [ADDRESS]
