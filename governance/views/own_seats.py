"""One's own seats: step back, come back, say if one would like to stay, leave. Somebody else's are not to be found."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.permissions import open_to_logged_in
from core.views import attempt
from governance.forms.own_seats import StayForm
from governance.models import StayAnswer, Term, TermNotice
from governance.presenters.own_seats import leaving, my_seats, own_terms
from governance.services import breaks
from governance.services.leaving import leave_body
from governance.services.term_clock import answer_stay

OWN = "The reader's own seats, and no other: a body where one has no seat is not found"


@open_to_logged_in(OWN)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request)


@open_to_logged_in(OWN)
@require_POST
def step_back(request: HttpRequest, body_id: UUID) -> HttpResponse:
    term = own_term_in(request, body_id)
    done = f"You are on a break from {term.body.name}. Your seat is kept. Come back when you like."
    return press(request, lambda: breaks.step_back(by=request.user, term=term), done)


@open_to_logged_in(OWN)
@require_POST
def come_back(request: HttpRequest, body_id: UUID) -> HttpResponse:
    term = own_term_in(request, body_id)
    done = f"Welcome back to {term.body.name}. You will get its messages again."
    return press(request, lambda: (breaks.come_back(by=request.user, term=term), True), done)


@open_to_logged_in(OWN)
@require_POST
def step_back_from_all(request: HttpRequest) -> HttpResponse:
    done = "You are on a break from all your seats. They are kept. Come back when you like."
    return press(request, lambda: breaks.step_back_from_all(by=request.user), done)


@open_to_logged_in(OWN)
@require_POST
def come_back_to_all(request: HttpRequest) -> HttpResponse:
    done = "Welcome back. You will get messages about all your seats again."
    return press(request, lambda: (breaks.come_back_to_all(by=request.user), True), done)


@open_to_logged_in(OWN)
@require_POST
def make_up_days(request: HttpRequest, body_id: UUID) -> HttpResponse:
    term = own_term_in(request, body_id)
    done = "The days you were away are added. Your seat is yours for longer."
    return press(request, lambda: breaks.make_up_days(by=request.user, term=term), done)


@open_to_logged_in("The reader's own question, and no other")
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    known = TermNotice.objects.visible_to(request.user).select_related("term__body", "term__seat")
    notice = get_object_or_404(known, pk=notice_id)
    given = StayAnswer.objects.filter(term=notice.term_id).first()
    form = StayForm(sent(request), last_day=notice.term.last_day, initial={"answer": given.answer if given else ""})
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        if attempt(form, lambda: answer_stay(by=request.user, notice=notice, answer=answer)):
            messages.success(request, "Thank you. Your answer is kept. You can change it until your time ends.")
            return redirect("own_seats:mine")
    is_over = notice.term.ends_on <= clock.today()
    return render(request, "governance/question.html", {"form": form, "notice": notice, "is_over": is_over})


@open_to_logged_in(OWN)
@require_GET
def leave(request: HttpRequest, body_id: UUID) -> HttpResponse:
    term = own_term_in(request, body_id)
    return render(request, "governance/leave.html", {"page": leaving(term, request.user), "body": term.body})


@open_to_logged_in(OWN)
@require_http_methods(["GET", "POST"])
def leave_for_sure(request: HttpRequest, body_id: UUID) -> HttpResponse:
    term = own_term_in(request, body_id)
    form = forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: leave_body(by=request.user, term=term)):
        messages.success(request, f"You have left {term.body.name}. Thank you for all that you gave.")
        return redirect("own_seats:mine")
    return render(request, "governance/leave_for_sure.html", {"form": form, "body": term.body})


def own_term_in(request: HttpRequest, body_id: UUID) -> Term:
    """The seat that the reader holds on that body today, or 404."""
    return get_object_or_404(own_terms(request.user), body_id=body_id)


def press(request: HttpRequest, verb: Callable[[], object], done: str) -> HttpResponse:
    """A button of the page of one's seats: back to the page, or the page with what was wrong."""
    form = forms.Form(request.POST)
    if attempt(form, verb):
        messages.success(request, done)
        return redirect("own_seats:mine")
    return _page(request, form)


def _page(request: HttpRequest, form: forms.Form | None = None) -> HttpResponse:
    return render(request, "governance/my_seats.html", {"page": my_seats(request.user), "form": form})


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was ticked; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
