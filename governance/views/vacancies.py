"""Seats that need someone, for those who look after them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.permissions import policy, require
from core.views import attempt
from governance.forms.own_seats import DeputiesCountForm
from governance.models import Body
from governance.own_permissions import SEE_VACANCIES, SET_DEPUTIES
from governance.presenters import vacancies as presenter
from governance.services.deputies import set_deputies_count
from governance.views.own_seats import sent


@policy(SEE_VACANCIES)
@require_GET
def vacancies(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_VACANCIES)
    return render(request, "governance/vacancies.html", {"bodies": presenter.vacancies(request.user)})


@policy(SET_DEPUTIES)
@require_http_methods(["GET", "POST"])
def deputies_count(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=body_id)
    require(request.user, SET_DEPUTIES, body)
    form = DeputiesCountForm(sent(request), initial={"deputies_count": "yes" if body.deputies_count else "no"})
    if form.is_valid() and attempt(form, lambda: set_deputies_count(by=request.user, body=body, **form.cleaned_data)):
        messages.success(request, "That is kept. It counts for meetings recorded from now on.")
        return redirect("own_seats:vacancies")
    return render(request, "governance/deputies_count.html", {"form": form, "body": body})
