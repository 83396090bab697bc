"""Two at once: the Network's row makes them take turns, and the database has the last word."""

from __future__ import annotations

from accounts.models import Invitation, Person
from governance.models import Term
from network.models import Offer
from network.services import joining
from network.services.invitations import take_back
from network.services.lists import keep_list, send_list
from tests.cast import make_cast
from tests.factories.invitations import ADDRESS, does_everything, invited, said_yes, token
from tests.support.races import at_once, race

pytestmark = race
KEY = "9c1c1f1e-0000-4000-8000-000000000001"


def test_one_invitation_accepted_twice_at_once():
    cast = make_cast()
    link = token(invited(cast.samuel))
    outcomes = at_once(*[lambda: joining.say_yes(token=link, by=None).pk] * 2)
    assert sorted(isinstance(each, str) for each in outcomes) == [False, True]
    person = Person.objects.get(email=ADDRESS)
    does_everything(person)
    assert Term.objects.filter(person=person).count() == 1


def test_accepted_and_taken_back_at_once_is_one_of_the_two():
    cast = make_cast()
    offer = invited(cast.samuel)
    link = token(offer)
    at_once(lambda: joining.say_yes(token=link, by=None).pk, lambda: take_back(by=cast.samuel, offer=offer))
    row = Invitation.objects.get()
    assert (row.accepted_at is None) != (row.revoked_at is None)
    assert Person.objects.filter(email=ADDRESS).exists() == (row.accepted_at is not None)


def test_the_last_two_things_done_at_once_begin_once():
    cast = make_cast()
    person = said_yes(invited(cast.samuel))
    joining.say_name(by=person, name=person.name)
    nothing = {"phone": "", "post": "", "times": "", "may_leave_message": False, "may_show_name": False}
    at_once(
        lambda: joining.choose_contact(by=person, way="email", **nothing).pk,
        lambda: joining.agree(by=person, version=1).pk,
    )
    assert Term.objects.filter(person=person).count() == 1
    assert Offer.objects.get().joined_at is not None


def test_the_same_person_invited_twice_at_once():
    cast = make_cast()
    same_form = at_once(*[lambda: invited(cast.samuel, form_key=KEY).pk] * 2)
    assert same_form[0] == same_form[1]
    others = at_once(*[lambda: invited(cast.samuel, address="second@post.example").pk] * 2)
    assert sum(isinstance(each, str) for each in others) == 1
    assert Invitation.objects.count() == 2


def test_a_list_sent_twice_at_once():
    cast = make_cast()
    row = keep_list(by=cast.grace, text="Alder, alder@post.example, peer", form_key=KEY)
    at_once(*[lambda: send_list(by=cast.grace, pasted_list=row).pk] * 2)
    assert Offer.objects.count() == 1
