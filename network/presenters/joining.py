"""What somebody who was invited sees: the invitation, what is left to do, and what they have agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from accounts.invitations import Found
from accounts.models import Agreed, AgreementText, ContactChoice, Person
from accounts.services.agreements import text_in_force
from core import clock
from core.permissions import can
from network.models import Offer
from network.permissions import CHANGE_AGREEMENT, RECORD_AGREEMENT
from network.presenters.invitations import as_what

PASSPORT = "/passport/"
DONE = {"text": "Done"}
TO_DO = {"tag": {"text": "To do", "colour": "blue"}}


@dataclass(frozen=True)
class InvitedPage:
    """The page behind a link: who invited them, as what, and what they wrote."""

    greeting: str
    inviter: str
    as_what: str
    is_peer: bool
    sponsor: str
    words: str
    until: Any
    proves_address: bool
    is_office: bool


def invited_page(found: Found) -> InvitedPage:
    """What the page shows to whoever has the link. One query."""
    row = found.invitation
    offer = Offer.objects.select_related("body", "sponsor").get(invitation=row)
    return InvitedPage(
        greeting=row.first_name,
        inviter=row.made_by.name if row.made_by else settings.ORGANISATION_NAME,
        as_what=as_what(offer),
        is_peer=offer.constituency == "peer",
        sponsor=offer.sponsor.name if offer.sponsor else "",
        words=offer.words,
        until=row.expires_at,
        proves_address=bool(found.address),
        is_office=bool(offer.office),
    )


@dataclass(frozen=True)
class Steps:
    """What is asked of somebody who has said yes: a name, how to reach them, and their agreement."""

    is_joining: bool
    has_name: bool
    has_contact: bool
    has_agreed: bool

    @property
    def left(self) -> int:
        return [self.has_name, self.has_contact, self.has_agreed].count(False)

    @property
    def next_address(self) -> str:
        """The first step that is left; the list, when something else is in the way; else the front page."""
        if not self.is_joining:
            return reverse("home")
        by_name = {"name": self.has_name, "contact": self.has_contact, "agreement": self.has_agreed}
        left = (name for name, is_done in by_name.items() if not is_done)
        return reverse(f"network:{next(left, 'joining')}")


def steps_of(person: Person) -> Steps:
    """Three queries."""
    named = list(Offer.objects.unfinished_of(person).values_list("named_at", flat=True))
    return Steps(
        is_joining=bool(named),
        has_name=all(named),
        has_contact=ContactChoice.objects.filter(person=person).exists(),
        has_agreed=Agreed.objects.current().filter(person=person).exists(),
    )


def is_joining(person: Any) -> bool:
    """For the front page: whether somebody has said yes and has something left to do there. One query."""
    return Offer.objects.unfinished_of(person).exists()


def task_list(steps: Steps) -> list[dict[str, Any]]:
    """The tasks, as the component takes them. What may be left for later never stands as undone."""
    tasks = [
        _task("Name we show", "network:name", steps.has_name),
        _task("How we may reach you", "network:contact", steps.has_contact),
        _task("Keeping things private", "network:agreement", steps.has_agreed),
    ]
    if _is_there(PASSPORT):
        words = "Like large print, breaks, or somebody to speak for you. You can leave this for later."
        tasks.append({"heading": "Tell us what you need", "hint": words, "href": PASSPORT})
    return tasks


def _task(heading: str, address: str, is_done: bool) -> dict[str, Any]:
    return {"heading": heading, "href": reverse(address), "status": DONE if is_done else TO_DO}


def _is_there(path: str) -> bool:
    """Whether this installation has that page."""
    try:
        resolve(path)
    except (Resolver404, NoReverseMatch):
        return False
    return True


@dataclass(frozen=True)
class AgreementPage:
    """The text in force, and what the reader has said to it."""

    text: AgreementText
    blocks: list[tuple[str, list[str]]]
    mine: Agreed | None
    is_current: bool
    by_phone: bool
    may_write_down: bool
    may_change: bool


def agreement_page(person: Person) -> AgreementPage:
    """Three queries."""
    mine = Agreed.objects.standing().filter(person=person).select_related("text", "by").order_by("-at", "-pk").first()
    text = text_in_force()
    return AgreementPage(
        text=text,
        blocks=blocks_of(text.text),
        mine=mine,
        is_current=bool(mine and mine.text_id == text.pk and mine.until > clock.now()),
        by_phone=bool(mine and mine.how == Agreed.How.PHONE),
        may_write_down=can(person, RECORD_AGREEMENT),
        may_change=can(person, CHANGE_AGREEMENT),
    )


def blocks_of(text: str) -> list[tuple[str, list[str]]]:
    """The text as (kind, lines): "heading", "list" and "paragraph"."""
    found: list[tuple[str, list[str]]] = []
    for line in (each.strip() for each in text.splitlines()):
        kind, words = _kind_of(line)
        if kind == "list" and found and found[-1][0] == "list":
            found[-1][1].append(words)
        elif words:
            found.append((kind, [words]))
    return found


def _kind_of(line: str) -> tuple[str, str]:
    if line.startswith("#"):
        return "heading", line.lstrip("# ")
    return ("list", line[2:].strip()) if line.startswith("- ") else ("paragraph", line)
