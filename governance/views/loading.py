"""How pages of bodies load what they are about: 404 for what is not there, 403 for what may not be done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from core.permissions import Permission, require
from governance.models import Body, Seat, Term


def load_body(request: HttpRequest, body_id: UUID, permission: Permission) -> Body:
    """The body, once the person may do this about it. One query, and their standing."""
    known = Body.objects.visible_to(request.user).select_related("reports_to", "merged_into")
    body = get_object_or_404(known, pk=body_id)
    require(request.user, permission, body)
    return body


def load_seat(body: Body, number: int) -> Seat:
    """The seat of that number: its place among all the seats that the body ever had, for seats are never removed."""
    return _numbered(list(Seat.objects.filter(body=body).select_related("body").order_by("pk")), number)


def load_term(seat: Seat, turn: int) -> Term:
    """The time of that turn in a seat: its place among all that were given there."""
    terms = Term.objects.filter(seat=seat).select_related("person", "body", "seat__body", "renewed_by")
    return _numbered(list(terms.order_by("pk")), turn)


def _numbered(rows: list, number: int):
    if not 1 <= number <= len(rows):
        raise Http404("There is no such seat.")
    return rows[number - 1]


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was filled in; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
