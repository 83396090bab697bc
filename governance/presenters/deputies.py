"""What someone reads who was asked to be a deputy."""

from __future__ import annotations

from dataclasses import dataclass

from core import clock
from governance.models import Deputy, Office
from governance.presenters.seat_words import seat_words


@dataclass(frozen=True)
class AskedPage:
    """`state` is one of asked, willing, sits_in and over. Who asked is not named once it is over."""

    deputy: Deputy
    state: str
    words: str
    for_co_lead: bool

    @property
    def name(self) -> str:
        return "" if self.state == "over" else self.deputy.term.person.name


def asked_page(deputy: Deputy) -> AskedPage:
    """The page of one request. Two queries."""
    term = deputy.term
    leads = Office.objects.filter(
        body=deputy.body_id, person=term.person_id, kind=Office.Kind.CO_LEAD, until_on=None
    ).exists()
    return AskedPage(deputy, _state(deputy), seat_words(term.seat), leads)


def _state(deputy: Deputy) -> str:
    if deputy.ended_at or deputy.term.ends_on <= clock.today():
        return "over"
    if not deputy.accepted_at:
        return "asked"
    return "sits_in" if deputy.term.breaks.now().exists() else "willing"
