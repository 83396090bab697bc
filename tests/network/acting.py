"""What the tests of the Network do over and over."""

from __future__ import annotations

import uuid

from bs4 import BeautifulSoup

from governance.models import Constituency
from network.models import Handover, Partnership, SponsorRequest
from network.services import handovers, requests
from notifications.letters import write
from notifications.models import Message
from tests.cast import Cast, seat


def words(response) -> str:
    """The main part of a page, as one reads it."""
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def ishanis(cast: Cast) -> Partnership:
    return Partnership.objects.get(peer=cast.ishani, until_on=None)


def proposed(cast: Cast, *, by=None, new=None) -> Handover:
    """Samuel, or whoever is named, proposes Priya for Ishani."""
    return handovers.propose(
        by=by or cast.samuel,
        peer=cast.ishani,
        old=ishanis(cast),
        new_sponsor=new or cast.priya,
        form_key=uuid.uuid4(),
    )


def accepted(cast: Cast, **options) -> Handover:
    handover = proposed(cast, **options)
    return handovers.accept(by=handover.new_sponsor, handover=handover)


def asked(cast: Cast, *, said="CANARYWORDS", nominee="CANARYNOMINEE") -> SponsorRequest:
    """Ishani asks in private for another than Samuel."""
    return requests.ask_for_sponsor(
        by=cast.ishani, partnership=ishanis(cast), words=said, nominee=nominee, form_key=uuid.uuid4()
    )


def a_sponsor(cast: Cast, person) -> None:
    """Give somebody a seat in the Network as a staff sponsor."""
    seat(cast.network, person, Constituency.SPONSOR)


def told(kind: str, about) -> set[int]:
    """Whom a message of that kind about that row was posted to."""
    rows = Message.objects.filter(kind=kind, about_type=about._meta.label, about_id=str(about.pk))
    return set(rows.values_list("recipient_id", flat=True))


def letters(kind: str):
    """What would be sent now, and the reasons why the others would not."""
    written, unsent = write(Message.objects.filter(kind=kind).order_by("recipient_id"))
    return [letter.email for letter in written], [each.reason for each in unsent]
