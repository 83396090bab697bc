"""Peers without a sponsor, worked out from what stands: nobody has to remember to say so when a sponsor leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Person
from core import clock
from governance.models import Body, Constituency, Term
from network.membership import members, terms_today
from network.models import Partnership


def peers_without_sponsor() -> QuerySet[Person]:
    """Current peers by whom no current sponsor stands today."""
    return members(Constituency.PEER).exclude(pk__in=Partnership.objects.live().values("peer"))


def without_since(peers: Iterable[Person]) -> dict[int, dt.date]:
    """For peers without a sponsor, by id: since when. Three queries, however many.

    It is the day on which the last of their sponsors stopped: the partnership ended, or the sponsor's own term did. For
    a sponsor whose account was closed nobody wrote a day down: today. For who never had one, when they joined.
    """
    ids = [peer.pk for peer in peers]
    joined = dict(terms_today(Constituency.PEER).filter(person__in=ids).values_list("person", "starts_on"))
    pairs = list(Partnership.objects.filter(peer__in=ids).select_related("sponsor"))
    last_days = _last_days({pair.sponsor_id for pair in pairs})
    found = {pk: joined.get(pk, clock.today()) for pk in ids}
    for pair in pairs:
        found[pair.peer_id] = max(found[pair.peer_id], _stopped_on(pair, last_days))
    return found


def _stopped_on(pair: Partnership, last_days: dict[int, dt.date]) -> dt.date:
    if pair.until_on is not None:
        return pair.until_on
    return min(last_days.get(pair.sponsor_id, clock.today()), clock.today())


def _last_days(sponsor_ids: Iterable[int]) -> dict[int, dt.date]:
    terms = Term.objects.filter(body__kind=Body.Kind.NETWORK, seat__constituency=Constituency.SPONSOR)
    return dict(terms.filter(person__in=sponsor_ids).order_by("ends_on").values_list("person", "ends_on"))
