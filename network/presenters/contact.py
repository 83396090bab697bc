"""How people like to be reached, in words, for those who may reach them: their staff sponsor, and a secretary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import ContactChoice, Person
from network.models import Partnership

Way = ContactChoice.Way


@dataclass(frozen=True)
class Reach:
    """One person, and what to know before reaching them, a sentence a line."""

    name: str
    lines: list[str]


def how_to_reach(people: Iterable[Person]) -> dict[int, Reach]:
    """By the id of each person. One query, however many; somebody who has not said is reached by email."""
    people = list(people)
    chosen = {row.person_id: row for row in ContactChoice.objects.filter(person__in=people)}
    return {person.pk: Reach(person.name, _lines(person, chosen.get(person.pk))) for person in people}


def own_peers(sponsor: Person) -> list[Reach]:
    """The peers `sponsor` stands by today, in order of name. Two queries."""
    pairs = Partnership.objects.live().filter(sponsor=sponsor).select_related("peer").order_by("peer__name", "pk")
    return list(how_to_reach(pair.peer for pair in pairs).values())


def _lines(person: Person, chosen: ContactChoice | None) -> list[str]:
    if chosen is None:
        return [f"Email to {person.email}.", "They have not said how they like to be reached."]
    private = chosen.private
    by = {
        Way.EMAIL: f"Email to {person.email}.",
        Way.TEXT: f"Text message to {person.phone}.",
        Way.PHONE: f"Phone call to {person.phone}.",
        Way.POST: f"Post to: {private['post']}",
        Way.SPONSOR: "Through their staff sponsor.",
    }
    times = [f"Best time: {private['times']}"] if private["times"] else []
    message = "You can leave a voice message." if chosen.may_leave_message else "Do not leave a voice message."
    shown = "You can show" if chosen.may_show_name else "Do not show"
    return [by[Way(chosen.way)], *times, message, f"{shown} the name of this service on a message."]
