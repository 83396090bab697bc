"""What whoever invites sees: each invitation and where it stands, in plain words; and what a message will say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts import invitations as tokens
from accounts.models import Invitation, Person, Way
from core import clock
from core.columns import UuidText
from core.permissions import can
from core.said import nhs_date, nhs_when
from governance import standing
from governance.models import Constituency
from network import qr
from network.forms.invitations import InviteForm
from network.keepers import keeps_the_network
from network.models import Offer, PastedList
from network.pasted import Line, read_lines
from network.permissions import GIVE_WAITING_SEAT, INVITE_ANYONE
from notifications import ports
from notifications.ledger import Fate, Stands, fates
from notifications.models import Message, MessageState

#: How many that are at an end the page lists.
ENDED_SHOWN = 50


@dataclass(frozen=True)
class Stage:
    """Where an invitation stands: words for people, the colour of its tag, and whether it needs a look."""

    tag: str
    words: str
    colour: str
    needs_look: bool = False


@dataclass(frozen=True)
class InvitationLine:
    """One invitation in the list."""

    offer: Offer
    as_what: str
    stage: Stage


@dataclass(frozen=True)
class InvitationsPage:
    waiting: list[InvitationLine]
    ended: list[InvitationLine]
    lists: list[PastedList]
    may_paste: bool
    sees_all: bool


@dataclass(frozen=True)
class InvitationPage:
    """One invitation, as its inviter or a secretary sees it. `link` and `picture` only for what they pass on."""

    offer: Offer
    as_what: str
    stage: Stage
    link: str
    picture: SafeString
    code: str
    address: str
    is_stale: bool
    may_seat: bool


def as_what(offer: Offer) -> str:
    """ "a peer", "Corporate Services (Human Resources), Recruitment and selection", "secretary"."""
    if offer.office:
        return f"{offer.get_office_display().lower()}, {offer.body.name}"
    if offer.constituency == Constituency.CORPORATE:
        return f"Corporate Services ({offer.get_function_display()}), {offer.body.name}"
    return f"a {settings.WORDS['peer' if offer.constituency == Constituency.PEER else 'sponsor']}"


def invitations_page(person: Person) -> InvitationsPage:
    """The invitations `person` may see: those that wait for something first. Four queries."""
    seen = Offer.objects.visible_to(person).select_related(*WHOLE)
    waits = Q(joined_at=None, invitation__declined_at=None, invitation__revoked_at=None) | Q(
        constituency=Constituency.CORPORATE, term=None, joined_at__isnull=False
    )
    waiting, ended = list(seen.filter(waits)), list(seen.exclude(waits)[:ENDED_SHOWN])
    last = _last_fates([offer.invitation for offer in waiting])
    may_paste = can(person, INVITE_ANYONE)
    return InvitationsPage(
        waiting=[_line(offer, last.get(str(offer.invitation_id))) for offer in waiting],
        ended=[_line(offer, None) for offer in ended],
        lists=list(PastedList.objects.filter(sent_at=None).select_related("made_by")) if may_paste else [],
        may_paste=may_paste,
        sees_all=keeps_the_network(standing.of(person)),
    )


WHOLE = ("invitation__made_by", "body", "sponsor", "term")


def invitation_page(offer: Offer, person: Person) -> InvitationPage:
    """One invitation. Two queries."""
    row = offer.invitation
    passes_on = row.is_open and row.way != Way.EMAIL
    is_stale = passes_on and not tokens.still_shows(row)
    link = tokens.address_of(tokens.token_of(row)) if passes_on and not is_stale else ""
    return InvitationPage(
        offer=offer,
        as_what=as_what(offer),
        stage=stage_of(offer, _last_fates([row]).get(str(row.pk))),
        link=link,
        picture=qr.svg(link, label="Code picture of the link") if link else SafeString(""),
        code=tokens.code_in_words(tokens.code_of(row)) if link and row.way == Way.PAPER else "",
        address=f"{settings.BASE_URL.partition('://')[2]}{reverse('network:enter_code')}",
        is_stale=is_stale,
        may_seat=offer.waits_for_seat and can(person, GIVE_WAITING_SEAT),
    )


def stage_of(offer: Offer, fate: Fate | None) -> Stage:
    """Where it stands. `fate` is what became of the last message about it, if one was sent."""
    row = offer.invitation
    if offer.waits_for_seat:
        return Stage("Waits for a seat", f"Said yes. {offer.body.name} has no empty seat for them.", "yellow", True)
    if offer.joined_at:
        return Stage("Joined", f"Joined on {nhs_date(offer.joined_at)}.", "green")
    if row.accepted_at:
        return Stage("Said yes", f"Said yes on {nhs_date(row.accepted_at)}. Has a few things left to do.", "blue")
    if row.declined_at:
        return Stage("Not this time", f"Answered on {nhs_date(row.declined_at)}.", "grey")
    if row.revoked_at:
        return Stage("Taken back", f"Taken back on {nhs_date(row.revoked_at)}.", "grey")
    return _unanswered(offer, row, fate)


def _unanswered(offer: Offer, row: Invitation, fate: Fate | None) -> Stage:
    day = nhs_date(row.issued_at)
    if offer.asked_again_at:
        words = f"They asked for a new one on {nhs_date(offer.asked_again_at)}."
        return Stage("Asks for a new one", words, "orange", True)
    if row.expires_at <= clock.now():
        return Stage("Ran out", f"Ran out on {nhs_date(row.expires_at)}. You can send it again.", "orange", True)
    if row.way == Way.PAPER:
        if row.tries_left == 0:
            words = "The code was typed wrong too often, so it no longer works. Make a new letter."
            return Stage("Needs a new code", words, "orange", True)
        return Stage("On paper", f"Letter made on {day}. No answer yet.", "white")
    if row.way == Way.SAID:
        who = row.made_by.name if row.made_by else "us"
        return Stage("Given", f"Given by {who}, since {day}. No answer yet.", "white")
    if fate and fate.stands == Stands.REFUSED:
        words = "The message could not be delivered. Is the address right?"
        return Stage("Not delivered", words, "red", True)
    if fate is None or fate.stands in (Stands.WAITING, Stands.UNKNOWN):
        return Stage("On its way", f"The message of {day} is on its way.", "blue")
    return Stage("Sent", f"Sent on {day}. No answer yet.", "white")


def invitations_in_numbers(person: Any) -> dict[str, QuerySet]:
    """For `core.counts.numbers_of`: invitations that can be answered, those of them that could not be delivered, and
    those that ran out. Nothing for whoever is not a secretary."""
    if not can(person, INVITE_ANYONE):
        return {}
    refused = Message.objects.filter(
        about_type=Invitation._meta.label,
        about_id=OuterRef("text_id"),
        posted_at__gte=OuterRef("issued_at"),
        state=MessageState.REFUSED,
    )
    rows, now = Invitation.objects.unanswered(), clock.now()
    can_answer = rows.filter(expires_at__gt=now)
    return {
        "can_answer": can_answer,
        "not_delivered": can_answer.annotate(text_id=UuidText("pk")).filter(Exists(refused)),
        "ran_out": rows.filter(expires_at__lte=now),
    }


@dataclass(frozen=True)
class Preview:
    """What will be sent, or given: the message as it will read, and what the page behind the link shows."""

    message: str
    as_what: str
    warning: str


def preview(form: InviteForm) -> Preview:
    """From valid answers. The warning is for a secretary: who is known here is known to them."""
    said, place = form.cleaned_data, form.place
    shown = Offer(constituency=place.constituency, function=place.function)
    if place.body:
        shown.body = place.body
    is_near = form.is_secretary and said["address"] and tokens.looks_like_someones(said["address"])
    return Preview(
        message=_message_to(said["name"]) if said["way"] == Way.EMAIL else "",
        as_what=as_what(shown),
        warning="This address is nearly the same as one we know. Check each letter." if is_near else "",
    )


def _message_to(name: str) -> str:
    until = clock.now() + tokens.lasts()
    words = {
        "greeting": name.split(" ")[0],
        "link": tokens.address_of("their-own-link"),
        "until": nhs_when(until),
        "service_name": settings.SERVICE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
        **ports.common_words(),
    }
    template = get_template("messages/accounts_invitation.txt").template  # type: ignore[attr-defined]
    body: str = template.render(Context(words, autoescape=False))
    return re.sub(r"\n{3,}", "\n\n", body).strip()


@dataclass(frozen=True)
class ListPage:
    """A pasted list: its lines while it waits, and what became of it once it is sent."""

    pasted: PastedList
    right: list[Line]
    wrong: list[Line]
    became: list[tuple[str, int]]
    total: int


def list_page(pasted: PastedList) -> ListPage:
    """A list. At most six queries, however long it is."""
    if pasted.sent_at is None:
        lines = read_lines(pasted.text) if pasted.text else []
        wrong = [line for line in lines if line.problem]
        return ListPage(pasted, [line for line in lines if not line.problem], wrong, [], len(lines))
    offers = list(pasted.offers.select_related(*WHOLE))
    last = _last_fates([offer.invitation for offer in offers])
    became = Counter(stage_of(offer, last.get(str(offer.invitation_id))).tag for offer in offers)
    return ListPage(pasted, [], [], became.most_common(), len(offers))


def _line(offer: Offer, fate: Fate | None) -> InvitationLine:
    return InvitationLine(offer, as_what(offer), stage_of(offer, fate))


def _last_fates(rows: Iterable[Invitation]) -> dict[str, Fate]:
    """What became of the last message about each. One query."""
    rows = list(rows)
    oldest_first = sorted(fates(rows), key=lambda fate: fate.posted_at) if rows else []
    return {fate.about_id: fate for fate in oldest_first}
