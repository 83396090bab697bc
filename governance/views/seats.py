"""The seats of a body: every chair, who sits there until when, and what those who run the body do about it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core.checking import typed_in
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy
from core.views import attempt
from governance.forms.seats import MOST_FOUND, LastDayForm, OpenSeatForm, SearchForm, is_searched, seat_form
from governance.permissions import FILL_SEATS, SEE_SEATS
from governance.presenters.seats import my_seats_page, seats_page
from governance.services import seats as verbs
from governance.services.searching import look_for
from governance.services.telling import give_renewal, give_seat, take_seat_back
from governance.views.loading import load_body, load_seat, load_term, sent


@open_to_logged_in("Each sees their own seats and offices")
@require_GET
def my_seats(request: HttpRequest) -> HttpResponse:
    page = {"page": my_seats_page(request.user), "back": reverse("own_seats:mine")}
    return render(request, "governance/all_my_seats.html", page)


@policy(SEE_SEATS)
@require_GET
def seats(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, SEE_SEATS)
    return render(request, "governance/seats.html", {"page": seats_page(body, request.user)})


@policy(FILL_SEATS)
@require_http_methods(["GET", "POST"])
def open_seat(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, FILL_SEATS)
    form = OpenSeatForm(sent(request))
    if form.is_valid() and attempt(form, lambda: verbs.open_seat(by=request.user, body=body, **form.cleaned_data)):
        messages.success(request, "The seat is open. Nobody sits in it yet.")
        return redirect("governance:seats", body.pk)
    return render(request, "governance/open_seat.html", {"form": form, "body": body})


@policy(FILL_SEATS)
@require_http_methods(["GET", "POST"])
def close_seat(request: HttpRequest, body_id: UUID, number: int) -> HttpResponse:
    body = load_body(request, body_id, FILL_SEATS)
    seat = load_seat(body, number)
    form = forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: verbs.close_seat(by=request.user, seat=seat)):
        messages.success(request, "The seat is closed. Its record stays.")
        return redirect("governance:seats", body.pk)
    return render(request, "governance/close_seat.html", {"form": form, "body": body, "seat": seat, "number": number})


@policy(FILL_SEATS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def fill_seat(request: HttpRequest, body_id: UUID, number: int) -> HttpResponse:
    body = load_body(request, body_id, FILL_SEATS)
    seat = load_seat(body, number)
    shown = {"body": body, "seat": seat, "number": number, "is_searched": is_searched(seat)}
    if is_searched(seat) and "step" not in request.POST:
        return _search(request, shown)
    form = seat_form(seat, sent(request), kept_for(request))
    step = request.POST.get("step")
    if step == "send" and form.is_valid() and _seated(request, seat, form):
        return redirect("governance:seats", body.pk)
    if step in ("check", "send") and form.is_valid():
        shown |= {"typed": typed_in(request.POST), "who": form.who()}
        return render(request, "governance/check_seat.html", {"form": form, **shown})
    return render(request, "governance/fill_seat.html", {"form": form, **shown})


def _search(request: HttpRequest, shown: dict) -> HttpResponse:
    """Ask for part of a name; once somebody is found, ask which of them and for how long."""
    form = SearchForm(sent(request), initial=kept_for(request))
    who = {"by": request.user, "seat": shown["seat"], "most": MOST_FOUND}
    if form.is_valid() and attempt(form, lambda: look_for(name=form.cleaned_data["name"].strip(), **who)):
        form = seat_form(shown["seat"], None, {"name": form.cleaned_data["name"]})
        return render(request, "governance/fill_seat.html", {"form": form, **shown})
    return render(request, "governance/search_seat.html", {"form": form, **shown})


def _seated(request: HttpRequest, seat: object, form: forms.Form) -> bool:
    said, person = form.cleaned_data, form.who()
    days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
    given = attempt(form, lambda: give_seat(by=request.user, seat=seat, person=person, **days))
    if given:
        messages.success(request, "The seat is filled. The person will get a message.")
    return given is not None


@policy(FILL_SEATS)
@require_http_methods(["GET", "POST"])
def renew_term(request: HttpRequest, body_id: UUID, number: int, turn: int) -> HttpResponse:
    body = load_body(request, body_id, FILL_SEATS)
    term = load_term(load_seat(body, number), turn)
    usual = verbs.usual_end(term.ends_on, body.term_years) - (term.ends_on - term.last_day)
    form = LastDayForm(sent(request), initial={"ends_on": usual})
    if form.is_valid() and attempt(form, lambda: give_renewal(by=request.user, term=term, **form.cleaned_data)):
        messages.success(request, "They have another term. The person will get a message.")
        return redirect("governance:seats", body.pk)
    return render(request, "governance/renew_term.html", {"form": form, "body": body, "term": term})


@policy(FILL_SEATS)
@require_http_methods(["GET", "POST"])
def end_term(request: HttpRequest, body_id: UUID, number: int, turn: int) -> HttpResponse:
    body = load_body(request, body_id, FILL_SEATS)
    term = load_term(load_seat(body, number), turn)
    form = forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: take_seat_back(by=request.user, term=term)):
        messages.success(request, "Their time in the seat has ended. The person will get a message.")
        return redirect("governance:seats", body.pk)
    return render(request, "governance/end_term.html", {"form": form, "body": body, "term": term})
