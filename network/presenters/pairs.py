"""The pages of the two: the sponsor's, which shows what each peer agreed to, and the peer's, which shows all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from core import clock
from network.forms.partnerships import OnCareTeamForm, TodayForm
from network.models import Handover, Noted, Partnership, Shared, SponsorRequest
from network.ports import Coming, coming_of
from network.workflows import HandoverState

#: What a sponsor last did, by the day: (in the words of the tick, when).
LastDone = list[tuple[str, dt.date]]

#: Said to a peer of their sponsor; the ticks themselves are in the sponsor's own words.
TO_THE_PEER = {
    Noted.What.OFFERED: "Offered to get ready with you",
    Noted.What.READY: "Got ready with you",
    Noted.What.TALKED: "Talked it over with you afterwards",
}


@dataclass(frozen=True)
class MyPeer:
    """One peer as their sponsor may know them. `coming` is None and `phone` empty unless the peer shares them."""

    partnership: Partnership
    name: str
    coming: list[Coming] | None
    phone: str | None
    done: LastDone
    form: TodayForm
    handover: Handover | None


@dataclass(frozen=True)
class MyPeersPage:
    peers: list[MyPeer]
    asked_of_me: list[Handover]


@dataclass(frozen=True)
class MySponsor:
    """One sponsor as their peer knows them: how to reach them, what they may see, what they last did."""

    partnership: Partnership
    shared: list[str]
    done: LastDone
    care_team: OnCareTeamForm


@dataclass(frozen=True)
class MySponsorPage:
    sponsors: list[MySponsor]
    handovers: list[Handover]
    request: SponsorRequest | None


def my_peers_page(person: Any, refused: TodayForm | None = None) -> MyPeersPage:
    """The page of a staff sponsor. Seven queries, however many peers. `refused` is a form that was not taken."""
    live = Partnership.objects.live().filter(sponsor=person).select_related("peer").order_by("from_on", "pk")
    pairs = list(live)
    coming = coming_of(pair.peer_id for pair in pairs if pair.shares(Shared.REPLIES))
    done = _last_done(pairs)
    handovers = list(Handover.objects.waiting().filter(proposed_by=person, is_private=False))
    return MyPeersPage(
        peers=[
            MyPeer(
                partnership=pair,
                name=pair.peer.name,
                coming=coming[pair.peer_id] if pair.shares(Shared.REPLIES) else None,
                phone=pair.peer.phone if pair.shares(Shared.PHONE) else None,
                done=[(what.label, on) for what, on in done[pair.pk].items()],
                form=_form_of(pair, done[pair.pk], refused),
                handover=next((each for each in handovers if each.old_id == pair.pk), None),
            )
            for pair in pairs
        ],
        asked_of_me=list(Handover.objects.filter(new_sponsor=person, state=HandoverState.PROPOSED)),
    )


def _form_of(pair: Partnership, done: dict[Noted.What, dt.date], refused: TodayForm | None) -> TodayForm:
    """One form for each peer on the page, each with ids of its own."""
    form_id = form_id_of(pair)
    if refused and refused.auto_id == form_id:
        return refused
    today = clock.today()
    return TodayForm(initial={"what": [what.value for what, on in done.items() if on == today]}, auto_id=form_id)


def form_id_of(pair: Partnership) -> str:
    """The pattern of the ids in that peer's form."""
    return f"id_{pair.key}_%s"


def my_sponsor_page(person: Any) -> MySponsorPage:
    """The page of a peer. Four queries."""
    live = Partnership.objects.live().filter(peer=person).select_related("sponsor").order_by("from_on", "pk")
    pairs = list(live)
    done = _last_done(pairs)
    waits = Handover.objects.filter(peer=person, state=HandoverState.ACCEPTED).select_related("new_sponsor")
    return MySponsorPage(
        sponsors=[
            MySponsor(
                partnership=pair,
                shared=[str(each.label) for each in Shared if pair.shares(each)],
                done=[(TO_THE_PEER[what], on) for what, on in done[pair.pk].items()],
                care_team=OnCareTeamForm(auto_id=form_id_of(pair)),
            )
            for pair in pairs
        ],
        handovers=list(waits),
        request=SponsorRequest.objects.waiting().filter(peer=person).first(),
    )


def _last_done(pairs: list[Partnership]) -> dict[int, dict[Noted.What, dt.date]]:
    """For each partnership, the last day of each tick that there is. One query."""
    found: dict[int, dict[Noted.What, dt.date]] = {pair.pk: {} for pair in pairs}
    last = Noted.objects.filter(partnership__in=pairs).order_by().values_list("partnership", "what")
    for pair_id, what, on in last.annotate(Max("on")).order_by("what"):
        found[pair_id][Noted.What(what)] = on
    return found
