"""How a body is set up, and what becomes of it."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.checking import typed_in
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy
from core.views import attempt
from governance.forms.bodies import MoveForm, SettingsForm
from governance.models import Body
from governance.permissions import CHANGE_SETTINGS, MOVE_BODY, SEE_SETTINGS
from governance.presenters.bodies import moves_open_to, settings_page, what_ends
from governance.services import bodies as verbs
from governance.services.moves import move_body
from governance.views.loading import load_body, sent
from governance.workflows import BODY, ENDED


@policy(SEE_SETTINGS)
@require_GET
def settings(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, SEE_SETTINGS)
    return render(request, "governance/settings.html", {"page": settings_page(body, request.user)})


@policy(CHANGE_SETTINGS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def change_settings(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, CHANGE_SETTINGS)
    now = asdict(verbs.settings_of(body)) | {"reports_to": body.reports_to}
    form = SettingsForm(sent(request), body=body, initial=now | (kept_for(request) or {}))
    who = {"by": request.user, "body": body}
    if form.is_valid() and attempt(form, lambda: verbs.change_settings(settings=form.settings(), **who)):
        messages.success(request, "The changes are saved.")
        return redirect("governance:settings", body.pk)
    return render(request, "governance/change_settings.html", {"form": form, "body": body})


@policy(MOVE_BODY)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, body_id: UUID, move: str) -> HttpResponse:
    body = load_body(request, body_id, MOVE_BODY)
    shown = {"body": body, "move": move, "words": _words_of(body, move, request.user)}
    form = MoveForm(sent(request), body=body, move=move, initial=kept_for(request))
    ends = BODY.transitions[move].target in ENDED
    is_whole = form.is_valid() and not form.is_to_change
    if is_whole and (form.is_confirmed or not ends):
        said = form.cleaned_data
        if attempt(form, lambda: move_body(by=request.user, body=body, move=move, **said)):
            messages.success(request, "It is done. The people in the group will get a message.")
            return redirect("governance:settings", body.pk)
    if is_whole and ends and form.is_valid():
        shown |= {"typed": typed_in(request.POST), "ends": what_ends(body), "said": form.cleaned_data}
        return render(request, "governance/move_check.html", {"form": form, **shown})
    return render(request, "governance/move.html", {"form": form, **shown})


def _words_of(body: Body, move: str, person: object) -> str:
    """What the button of this move says. Raises `Http404` for a move that cannot be made from where the body stands."""
    words = dict(moves_open_to(body, person)).get(move)
    if words is None:
        raise Http404("This move cannot be made now.")
    return words
