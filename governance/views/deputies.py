"""Deputies: naming one's own, and answering when one is asked."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in
from core.views import attempt
from governance.forms.own_seats import DeputyForm
from governance.models import Deputy
from governance.presenters.deputies import asked_page
from governance.services import deputies
from governance.views.own_seats import OWN, own_term_in, press, sent

ASKED = "What the reader was asked, and nobody else was"


@open_to_logged_in(OWN)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def name_deputy(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Ask for an address, show what happens, and ask the person when that is confirmed."""
    term = own_term_in(request, body_id)
    form = DeputyForm(sent(request), initial=kept_for(request))
    is_whole = form.is_valid() and not form.is_to_change
    if is_whole and form.is_to_send:
        said = form.cleaned_data
        if attempt(form, lambda: deputies.ask_deputy(by=request.user, term=term, **said)):
            messages.success(request, "If this person can sit in for you, they will get a message and can say yes.")
            return redirect("own_seats:mine")
    page = "check_deputy" if is_whole and form.is_valid() else "name_deputy"
    return render(request, f"governance/{page}.html", {"form": form, "term": term, "body": term.body})


@open_to_logged_in(OWN)
@require_POST
def end_deputy(request: HttpRequest, body_id: UUID) -> HttpResponse:
    term = own_term_in(request, body_id)
    done = "You have no deputy now. You can ask someone when you like."
    return press(request, lambda: (deputies.end_deputy(by=request.user, term=term), True), done)


@open_to_logged_in(ASKED)
@require_GET
def deputy(request: HttpRequest, deputy_id: UUID) -> HttpResponse:
    return _page(request, _asked(request, deputy_id))


@open_to_logged_in(ASKED)
@require_POST
def say_yes(request: HttpRequest, deputy_id: UUID) -> HttpResponse:
    asked, form = _asked(request, deputy_id), forms.Form(request.POST)
    if attempt(form, lambda: deputies.accept(by=request.user, deputy=asked)):
        messages.success(request, "Thank you. We have told the person who asked you.")
        return redirect("own_seats:deputy", asked.pk)
    return _page(request, asked, form)


@open_to_logged_in(ASKED)
@require_POST
def say_no(request: HttpRequest, deputy_id: UUID) -> HttpResponse:
    asked, form = _asked(request, deputy_id), forms.Form(request.POST)
    if attempt(form, lambda: deputies.decline(by=request.user, deputy=asked)):
        messages.success(request, "That is fine. You do not need to do anything more.")
        return redirect("own_seats:mine")
    return _page(request, asked, form)


def _asked(request: HttpRequest, deputy_id: UUID) -> Deputy:
    known = Deputy.objects.visible_to(request.user).select_related("term__person", "term__seat", "body")
    return get_object_or_404(known, pk=deputy_id)


def _page(request: HttpRequest, asked: Deputy, form: forms.Form | None = None) -> HttpResponse:
    return render(request, "governance/deputy.html", {"page": asked_page(asked), "form": form})
