"""Terms of reference: what holds now, the draft, and the answer of the body above."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy
from core.views import attempt
from governance.forms.charters import AnswerForm, CharterForm
from governance.permissions import ANSWER_CHARTER, PROPOSE_CHARTER, SEE_CHARTER_DRAFT, SEE_SEATS
from governance.presenters import charters as presenters
from governance.services import charters as verbs
from governance.views.loading import load_body, sent


@policy(SEE_SEATS)
@require_GET
def charter(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, SEE_SEATS)
    return render(request, "governance/charter.html", {"page": presenters.charter_page(body, request.user)})


@policy(SEE_SEATS)
@require_GET
def version(request: HttpRequest, body_id: UUID, major: int) -> HttpResponse:
    body = load_body(request, body_id, SEE_SEATS)
    page = _or_404(presenters.charter_page(body, request.user, major))
    return render(request, "governance/charter.html", {"page": page})


@policy(SEE_SEATS)
@require_GET
def changes(request: HttpRequest, body_id: UUID, major: int) -> HttpResponse:
    body = load_body(request, body_id, SEE_SEATS)
    found = _or_404(presenters.charter_changes(body, major))
    return render(request, "governance/charter_changes.html", {"body": body, "found": found})


@policy(PROPOSE_CHARTER)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, PROPOSE_CHARTER)
    now = presenters.words_to_change(body)
    form = CharterForm(sent(request), initial=kept_for(request) or now)
    if form.is_valid() and attempt(form, lambda: verbs.write_charter(by=request.user, body=body, **form.cleaned_data)):
        return redirect("governance:charter_draft", body.pk)
    theirs = form.look_at(now) if form.is_bound else ""
    return render(request, "governance/write_charter.html", {"form": form, "body": body, "theirs": theirs})


@policy(SEE_CHARTER_DRAFT)
@require_GET
def draft(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, SEE_CHARTER_DRAFT)
    page = _or_404(presenters.draft_page(body, request.user))
    return render(request, "governance/charter_draft.html", {"page": page})


@policy(PROPOSE_CHARTER)
@require_POST
def propose(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, PROPOSE_CHARTER)
    form = forms.Form(request.POST)
    if attempt(form, lambda: verbs.propose_charter(by=request.user, body=body)):
        messages.success(request, "The words are sent. You will get a message when there is an answer.")
        return redirect("governance:charter_draft", body.pk)
    page = presenters.draft_page(body, request.user)
    template = "governance/charter_draft.html" if page else "governance/charter.html"
    return render(request, template, {"page": page or presenters.charter_page(body, request.user), "form": form})


@policy(ANSWER_CHARTER)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, ANSWER_CHARTER)
    page = presenters.draft_page(body, request.user)
    if page is None or page.draft.state != page.draft.State.PROPOSED:
        return redirect("governance:charter", body.pk)
    form = AnswerForm(sent(request), initial=kept_for(request))
    if form.is_valid() and attempt(form, lambda: _answered(request, page.draft, form.cleaned_data)):
        messages.success(request, "Your answer is kept. Those who wrote it will get a message.")
        return redirect("governance:charter", body.pk)
    return render(request, "governance/answer_charter.html", {"form": form, "page": page})


def _answered(request: HttpRequest, draft: object, said: dict) -> object:
    if said["answer"] == "approve":
        return verbs.approve_charter(by=request.user, draft=draft)
    return verbs.give_back_charter(by=request.user, draft=draft, reason=said["reason"])


def _or_404(found):
    if found is None:
        raise Http404("There are no such words.")
    return found
