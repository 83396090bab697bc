"""From yes to a seat: three things in any order, then it begins."""

from __future__ import annotations

import itertools

import pytest

from accounts.models import Agreed, Person, Way
from audit.models import AuditEntry
from core.errors import Refused
from governance.models import Body, Constituency, Function, Seat, Term
from governance.services.seats import end_term, open_seat
from network.models import Offer, Partnership
from network.presenters.joining import is_joining, steps_of
from network.services import joining
from network.services.invitations import Place
from notifications.models import Message
from tests.factories.invitations import ADDRESS, does_everything, invited, said_yes, token

NOTHING = {"phone": "", "post": "", "times": "", "may_leave_message": False, "may_show_name": False}
STEPS = {
    "name": lambda person: joining.say_name(by=person, name="Alder F"),
    "contact": lambda person: joining.choose_contact(by=person, way="email", **NOTHING),
    "agreement": lambda person: joining.agree(by=person, version=1),
}


def seat_of(person):
    return Term.objects.filter(person=person).first()


@pytest.mark.parametrize("order", list(itertools.permutations(STEPS)), ids="-".join)
def test_in_any_order_and_not_before_the_last(cast, order):
    person = said_yes(invited(cast.samuel))
    for left, step in zip((3, 2, 1), order, strict=True):
        assert (steps_of(person).left, seat_of(person)) == (left, None)
        assert is_joining(person)
        STEPS[step](person)
    assert not is_joining(person)
    term = seat_of(person)
    assert (term.body, term.seat.constituency, str(term.starts_on), str(term.ends_on)) == (
        cast.network, "peer", "2026-09-01", "2028-09-01"
    )  # fmt: skip
    pair = Partnership.objects.get(peer=person)
    assert (pair.sponsor, pair.until_on) == (cast.samuel, None)
    offer = Offer.objects.get()
    assert (offer.term, offer.joined_at is not None) == (term, True)
    assert Message.objects.get(kind="network.invitation_answered").recipient == cast.samuel


def test_an_empty_seat_is_taken_first_and_else_one_is_opened(cast):
    empty = Seat.objects.filter(body=cast.network, terms__person=cast.leyla).get()
    first, second = said_yes(invited(cast.samuel)), said_yes(invited(cast.samuel, address="second@post.example"))
    before = Seat.objects.count()
    does_everything(first)
    assert (seat_of(first).seat, Seat.objects.count()) == (empty, before)
    does_everything(second)
    assert Seat.objects.count() == before + 1
    assert seat_of(second).seat.opened_on == seat_of(second).starts_on


def test_a_staff_sponsor_joins_as_one(cast):
    person = said_yes(invited(cast.grace, place=Place(Constituency.SPONSOR)))
    does_everything(person)
    assert seat_of(person).seat.constituency == "sponsor"


def test_a_sponsor_who_has_left_meanwhile_does_not_keep_the_peer_out(cast):
    person = said_yes(invited(cast.samuel))
    end_term(by=cast.grace, term=cast.samuel.terms.get(body=cast.network))
    does_everything(person)
    assert seat_of(person).body == cast.network
    assert not Partnership.objects.filter(peer=person).exists()
    assert AuditEntry.objects.filter(verb="network.not_paired").count() == 1


def corporate(cast, function=Function.COMMUNICATIONS):
    return Place(Constituency.CORPORATE, body=cast.group, function=function)


def test_corporate_services_gets_the_seat_of_its_function(cast):
    person = said_yes(invited(cast.grace, place=corporate(cast)))
    does_everything(person)
    assert (seat_of(person).body, seat_of(person).seat.function) == (cast.group, "communications")


def test_or_waits_until_the_secretary_gives_one(cast):
    person = said_yes(invited(cast.grace, place=corporate(cast, Function.EQUALITY)))
    does_everything(person)
    offer = Offer.objects.get()
    assert (seat_of(person), offer.waits_for_seat) == (None, True)
    assert Message.objects.get(kind="network.seat_waited_for").recipient == cast.grace
    with pytest.raises(Refused, match="no empty seat for Equality and Human Rights"):
        joining.give_waiting_seat(by=cast.grace, offer=offer)
    seat = open_seat(by=cast.grace, body=cast.group, constituency=Constituency.CORPORATE, function=Function.EQUALITY)
    assert joining.give_waiting_seat(by=cast.grace, offer=offer) == joining.give_waiting_seat(
        by=cast.grace, offer=offer
    )
    assert seat_of(person).seat == seat
    assert Term.objects.filter(person=person).count() == 1


def test_a_group_that_closed_meanwhile_seats_nobody(cast):
    person = said_yes(invited(cast.grace, place=corporate(cast)))
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    does_everything(person)
    assert seat_of(person) is None
    assert Offer.objects.get().waits_for_seat


def test_nobody_waits_who_has_not_joined(cast):
    offer = invited(cast.grace, place=corporate(cast))
    with pytest.raises(Refused, match="Nobody waits"):
        joining.give_waiting_seat(by=cast.grace, offer=offer)


def test_somebody_with_an_account_accepts_as_themselves(cast):
    """Owen's name is known; what else he has said already is not asked again."""
    offer = invited(cast.grace, address=cast.owen.email, place=Place(Constituency.SPONSOR))
    assert joining.say_yes(token=token(offer), by=cast.owen) == cast.owen
    assert steps_of(cast.owen).left == 2
    STEPS["contact"](cast.owen)
    STEPS["agreement"](cast.owen)
    assert seat_of(cast.owen).seat.constituency == "sponsor"
    assert Person.objects.filter(email=cast.owen.email).count() == 1


def test_whoever_has_done_everything_begins_with_the_yes(cast):
    STEPS["contact"](cast.owen)
    STEPS["agreement"](cast.owen)
    offer = invited(cast.grace, address=cast.owen.email, place=Place(Constituency.SPONSOR))
    joining.say_yes(token=token(offer), by=cast.owen)
    assert seat_of(cast.owen).body == cast.network


def test_a_member_gets_no_second_seat(cast):
    for step in ("contact", "agreement"):
        STEPS[step](cast.ishani)
    offer = invited(cast.priya, address=cast.ishani.email)
    joining.say_yes(token=token(offer), by=cast.ishani)
    assert Term.objects.filter(person=cast.ishani).count() == 1


# -- by phone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "may"), [("samuel", True), ("grace", True), ("priya", False)])
def test_who_may_write_it_down(cast, who, may):
    if may:
        row = joining.write_down_agreement(by=cast.people[who], person=cast.ishani)
        assert (row.by, row.how) == (cast.people[who], "phone")
        return
    with pytest.raises(Refused):
        joining.write_down_agreement(by=cast.people[who], person=cast.ishani)
    assert not Agreed.objects.exists()


def test_written_down_it_counts_for_joining(cast):
    person = said_yes(invited(cast.samuel))
    STEPS["name"](person)
    STEPS["contact"](person)
    joining.write_down_agreement(by=cast.samuel, person=person)
    assert seat_of(person).body == cast.network


def test_a_sponsor_does_not_write_down_for_somebody_else_s_peer(cast):
    person = said_yes(invited(cast.priya))
    with pytest.raises(Refused):
        joining.write_down_agreement(by=cast.samuel, person=person)


# -- asked again -------------------------------------------------------------------------------------------------------


def test_asking_again_sends_a_new_link_to_the_same_address(cast):
    offer = invited(cast.samuel)
    old = token(offer)
    joining.ask_again(token=old)
    joining.ask_again(address=ADDRESS)
    assert set(Message.objects.values_list("kind", "address")) == {("accounts.invitation", ADDRESS)}
    assert Message.objects.count() == 3
    assert token(offer) != old


def test_asking_again_for_what_was_given_by_hand_tells_the_inviter_once(cast):
    offer = invited(cast.samuel, address="", way=Way.PAPER)
    joining.ask_again(token=token(offer))
    joining.ask_again(token=token(offer))
    assert list(Message.objects.values_list("kind", "recipient")) == [
        ("network.invitation_asked_again", cast.samuel.pk)
    ]


@pytest.mark.parametrize("end", ["accepted", "declined", "unknown", "member"])
def test_asking_again_for_what_is_not_open_does_nothing(cast, end):
    offer = invited(cast.samuel)
    if end == "accepted":
        said_yes(offer)
    if end == "declined":
        joining.say_no(token=token(offer))
    before = Message.objects.count()
    address = {"unknown": "nobody@post.example", "member": cast.ishani.email}.get(end, ADDRESS)
    joining.ask_again(address=address)
    joining.ask_again(token="never-made" if end == "unknown" else token(offer) if end != "member" else "x")
    assert Message.objects.count() == before
