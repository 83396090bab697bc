"""People who were invited, each at another stage; who has agreed to what; how some like to be reached."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator

from accounts.invitations import token_of
from accounts.models import ContactChoice, Person, Way
from accounts.services.agreements import agree, record_agreed_by_phone
from accounts.services.contact import choose_contact
from core import clock
from governance.models import Constituency, Function
from network.models import Offer
from network.services import joining
from network.services.invitations import Place, invite
from network.services.lists import keep_list
from oxleas_coprod.demo.people import DOMAIN
from oxleas_coprod.demo.structure import DemoTrust

#: Who has not agreed for more than a year is asked again: Bea. Cass said it by phone to Samuel.
LONG_AGO, BY_PHONE = {"bea"}, {"cass": "samuel"}
PASTED = f"""Rowan Brookfield, rowan@{DOMAIN}, peer, samuel@{DOMAIN}
Linden Marshgate, linden@{DOMAIN}, peer
Juniper Fernley, juniper@{DOMAIN}, staff sponsor
Somebody Else, bea@{DOMAIN}, peer
No Address, not-an-address, peer"""


def add(trust: DemoTrust) -> None:
    """Add them all."""
    _agreements(trust)
    _contact(trust.people)
    _invitations(trust)


def _agreements(trust: DemoTrust) -> None:
    for key, person in trust.people.items():
        with _days_ago(400 if key in LONG_AGO else 60):
            if key in BY_PHONE:
                record_agreed_by_phone(by=trust.people[BY_PHONE[key]], person=person)
            else:
                agree(by=person, version=1)


def _contact(people: dict[str, Person]) -> None:
    way = ContactChoice.Way
    nothing = {"post": "", "times": "", "may_show_name": False}
    said = {
        "ishani": {"way": way.TEXT, "may_leave_message": False, **nothing, "times": "After 10am"},
        "cass": {"way": way.PHONE, "may_leave_message": True, **nothing},
        "bea": {"way": way.SPONSOR, "may_leave_message": False, **nothing},
    }
    for key, answers in said.items():
        with _days_ago(60):
            choose_contact(by=people[key], phone=people[key].phone, **answers)


def _invitations(trust: DemoTrust) -> None:
    people = trust.people
    samuel, grace = people["samuel"], people["grace"]
    as_peer = Place(Constituency.PEER, sponsor=samuel)
    words = "You ran the garden bench on the ward so well. Other people could learn from how you did it."
    with _days_ago(1):
        _invited(samuel, "Alder Finchley", "alder", Way.EMAIL, as_peer, words)
        _invited(samuel, "Wren Hazelmere", "", Way.PAPER, as_peer)
        _invited(people["priya"], "Hazel Thornby", "", Way.SAID, Place(Constituency.PEER, sponsor=people["priya"]))
    with _days_ago(20):
        _invited(grace, "Ash Linwood", "ash", Way.EMAIL, Place(Constituency.SPONSOR))
    with _days_ago(9):
        no = _invited(samuel, "Sorrel Pinewood", "sorrel", Way.EMAIL, as_peer)
        joining.say_no(token=token_of(no.invitation))
    with _days_ago(2):
        corporate = Place(Constituency.CORPORATE, body=trust.bodies["recruitment"], function=Function.COMMUNICATIONS)
        yes = _invited(grace, "Clover Ridgeway", "clover", Way.EMAIL, corporate)
        joining.say_yes(token=token_of(yes.invitation), by=None)
        keep_list(by=grace, text=PASTED, form_key=uuid.uuid4())


def _invited(by: Person, name: str, key: str, way: Way, place: Place, words: str = "") -> Offer:
    address = f"{key}@{DOMAIN}" if key else ""
    return invite(by=by, name=name, address=address, way=way, place=place, words=words, form_key=uuid.uuid4())


@contextlib.contextmanager
def _days_ago(days: int) -> Iterator[None]:
    with clock.set_to(clock.now() - dt.timedelta(days=days)):
        yield
