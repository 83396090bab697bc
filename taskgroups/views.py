"""Pages of the groups: what they do, who sits there by counts, asking to join, and answering."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.kept import keeps_what_was_typed, kept_for
from core.permissions import can, open_to_logged_in, policy, require
from core.views import attempt
from governance import standing
from governance.models import Body
from network.permissions import SEE_NETWORK
from taskgroups import presenters, services
from taskgroups.forms import DeclineForm, JoinForm, NewGroupForm, RemitForm
from taskgroups.models import JoinRequest
from taskgroups.permissions import (
    ANSWER_REQUESTS,
    ASK_TO_JOIN,
    CHANGE_REMIT,
    SEE_REQUEST,
    START_GROUP,
    WITHDRAW_REQUEST,
)
from taskgroups.seating import chair_for


@open_to_logged_in("Shows what each group does and counts of its seats; names nobody")
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    may = {"may_see_network": can(request.user, SEE_NETWORK), "may_start": can(request.user, START_GROUP)}
    return render(request, "taskgroups/groups.html", {"cards": presenters.group_cards(request.user), **may})


@open_to_logged_in("Shows counts of seats; names only to those who sit there")
@require_GET
def group(request: HttpRequest, body_id: UUID) -> HttpResponse:
    page = presenters.group_page(_body(request, body_id), request.user)
    return render(request, "taskgroups/group.html", {"page": page})


@policy(ASK_TO_JOIN)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = _body(request, body_id)
    require(request.user, ASK_TO_JOIN, body)
    form = JoinForm(_sent(request), initial=kept_for(request))
    is_whole = form.is_valid() and not form.is_to_change
    if is_whole and form.is_to_send:
        said = form.cleaned_data
        asked = attempt(form, lambda: services.ask_to_join(by=request.user, body=body, **said))
        if asked:
            return redirect("taskgroups:request", asked.pk)
    page = "taskgroups/check.html" if is_whole and form.is_valid() else "taskgroups/join.html"
    chair = chair_for(standing.of(request.user))
    return render(request, page, {"form": form, "body": body, "chair": chair})


@policy(SEE_REQUEST)
@require_GET
def join_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = _request(request, request_id)
    return render(request, "taskgroups/request.html", {"asked": asked, "is_own": asked.person_id == request.user.pk})


@policy(WITHDRAW_REQUEST)
@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = _request(request, request_id)
    require(request.user, WITHDRAW_REQUEST, asked)
    form = forms.Form(request.POST)
    if attempt(form, lambda: services.withdraw(by=request.user, join_request=asked)):
        messages.success(request, "You have taken your request back.")
        return redirect("taskgroups:request", asked.pk)
    asked.refresh_from_db()
    return render(request, "taskgroups/request.html", {"asked": asked, "is_own": True, "form": form})


@policy(ANSWER_REQUESTS)
@require_GET
def requests_to_join(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = _body(request, body_id)
    require(request.user, ANSWER_REQUESTS, body)
    page = presenters.requests_page(body, request.user, request.GET.get("page"))
    return render(request, "taskgroups/requests.html", {"page": page})


@policy(ANSWER_REQUESTS)
@require_POST
def accept(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = _request(request, request_id)
    require(request.user, ANSWER_REQUESTS, asked.body)
    form = forms.Form(request.POST)
    if attempt(form, lambda: services.accept(by=request.user, join_request=asked)):
        messages.success(request, "The seat is filled. The person will get a message.")
        return redirect("taskgroups:requests", asked.body_id)
    page = presenters.requests_page(asked.body, request.user)
    return render(request, "taskgroups/requests.html", {"page": page, "form": form})


@policy(ANSWER_REQUESTS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = _request(request, request_id)
    require(request.user, ANSWER_REQUESTS, asked.body)
    form = DeclineForm(_sent(request), initial=kept_for(request))
    said = form.cleaned_data if form.is_valid() else {}
    if said and attempt(form, lambda: services.decline(by=request.user, join_request=asked, **said)):
        messages.success(request, "Your answer is kept. The person will get a message.")
        return redirect("taskgroups:requests", asked.body_id)
    return render(request, "taskgroups/decline.html", {"form": form, "asked": asked})


@policy(START_GROUP)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    require(request.user, START_GROUP)
    form = NewGroupForm(_sent(request), initial=kept_for(request))
    if form.is_valid():
        new = {"name": form.cleaned_data["name"], "form_key": form.cleaned_data["form_key"], "remit": form.remit()}
        body = attempt(form, lambda: services.start_group(by=request.user, **new))
        if body:
            messages.success(request, "The group is forming. Now open its seats.")
            return redirect("governance:seats", body.pk)
    return render(request, "taskgroups/new_group.html", {"form": form})


@policy(CHANGE_REMIT)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def remit(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = _body(request, body_id)
    require(request.user, CHANGE_REMIT, body)
    now = RemitForm.values_of(getattr(body, "remit", None))
    form = RemitForm(_sent(request), initial=kept_for(request) or now)
    if form.is_valid() and attempt(form, lambda: services.change_remit(by=request.user, body=body, remit=form.remit())):
        messages.success(request, "The changes are saved.")
        return redirect("taskgroups:group", body.pk)
    return render(request, "taskgroups/remit.html", {"form": form, "body": body})


def _body(request: HttpRequest, body_id: UUID) -> Body:
    known = Body.objects.visible_to(request.user).exclude(kind=Body.Kind.NETWORK)
    return get_object_or_404(known.select_related("remit"), pk=body_id)


def _request(request: HttpRequest, request_id: UUID) -> JoinRequest:
    known = JoinRequest.objects.visible_to(request.user).select_related("body", "person")
    return get_object_or_404(known, pk=request_id)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was ticked; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
