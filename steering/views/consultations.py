"""Opening a draft for comment: the questions, then a last look at the answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from governance.people import members_of
from steering import permissions as may
from steering.forms.drafting import OpenForm
from steering.models import Consultation, Policy
from steering.presenters.asking import answers_to_check
from steering.services import consultations
from steering.views.loading import policy_open_to


@policy(may.OPEN_CONSULTATION)
@keeps_what_was_typed
def open_consultation(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """Ask, show the answers, and open when the secretary confirms. "Change" goes back with all that was typed."""
    found = policy_open_to(request.user, policy_id)
    require(request.user, may.OPEN_CONSULTATION, found)
    form = OpenForm(request.POST or None, initial=kept_for(request))
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        if "confirm" not in request.POST:
            return render(request, "steering/open_check.html", _to_check(request, found, form))
        opened = attempt(form, lambda: _open(request, found, form))
        if opened:
            messages.success(request, f"The draft is open for comment. {opened.asked.count()} people are being told.")
            return redirect("steering:policy", found.pk)
    return render(request, "steering/open.html", {"policy": found, "form": form})


def _to_check(request: HttpRequest, found: Policy, form: OpenForm) -> dict:
    """The answers, how many will be told, what falls in the window, and all that was typed, to be sent again."""
    typed = form.cleaned_data
    closes_at = consultations.end_of(typed["closes_on"])
    return {
        "policy": found,
        "rows": answers_to_check(form),
        "asked": len(members_of([body.pk for body in typed["bodies"]])),
        "holidays": consultations.holidays_in(clock.now(), closes_at),
        "typed": [
            (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
        ],
    }


def _open(request: HttpRequest, found: Policy, form: OpenForm) -> Consultation:
    answers = dict(form.cleaned_data)
    closes_at = consultations.end_of(answers.pop("closes_on"))
    return consultations.open_consultation(by=request.user, policy=found, closes_at=closes_at, **answers)
