"""What is asked of somebody who has said yes, in any order; the same pages serve later to change one's mind."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Agreed, ContactChoice, Person
from accounts.services.agreements import text_in_force, withdraw_agreement, write_new_version
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import can, open_to_logged_in, policy, require
from core.views import attempt
from network.forms.joining import AgreeForm, AgreementTextForm, ContactForm, NameForm, WroteDownForm
from network.people import people_one_may_write_down
from network.permissions import CHANGE_AGREEMENT, INVITE_ANYONE, RECORD_AGREEMENT
from network.presenters.joining import agreement_page, blocks_of, steps_of, task_list
from network.services import joining as services

OWN = "Everybody says for themselves how they are shown and reached, and what they agree to."


@open_to_logged_in("Shows one's own tasks.")
@require_GET
def joining(request: HttpRequest) -> HttpResponse:
    """The tasks. Whoever has none left is led to the front page."""
    steps = steps_of(_me(request))
    if not steps.is_joining:
        return redirect("home")
    return render(request, "network/joining/tasks.html", {"steps": steps, "tasks": task_list(steps)})


@open_to_logged_in(OWN)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Which name to show."""
    form = NameForm(_posted(request), initial=kept_for(request) or {"name": _me(request).name})
    if form.is_valid():
        services.say_name(by=_me(request), name=form.cleaned_data["name"])
        return _onward(request, "We have saved your name.")
    return render(request, "network/joining/name.html", {"form": form, "steps": steps_of(_me(request))})


@open_to_logged_in(OWN)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach one, and what is safe."""
    form = ContactForm(_posted(request), initial=kept_for(request) or _contact_now(_me(request)))
    if form.is_valid():
        chosen = attempt(form, lambda: services.choose_contact(by=_me(request), **form.cleaned_data))
        if chosen:
            return _onward(request, "We have saved how to reach you.")
    return render(request, "network/joining/contact.html", {"form": form, "steps": steps_of(_me(request))})


@open_to_logged_in(OWN)
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest) -> HttpResponse:
    """Read what is asked about keeping things private, agree, print it."""
    form = AgreeForm(_posted(request), initial={"version": text_in_force().version})
    if form.is_valid():
        if attempt(form, lambda: services.agree(by=_me(request), version=form.cleaned_data["version"])):
            return _onward(request, "We have written down that you agree.")
        form.data = {**form.data.dict(), "version": text_in_force().version}
    page = agreement_page(_me(request))
    return render(
        request, "network/joining/agreement.html", {"form": form, "page": page, "steps": steps_of(_me(request))}
    )


@open_to_logged_in(OWN)
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take back what stands in one's name, perhaps written down by somebody else."""
    for agreed in Agreed.objects.standing().filter(person=_me(request)):
        withdraw_agreement(by=_me(request), agreed=agreed)
    messages.success(request, "We have written down that you do not agree. Call us if you want to talk it over.")
    return redirect("network:agreement")


@policy(RECORD_AGREEMENT)
@require_http_methods(["GET", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Write down what somebody said on the phone."""
    require(request.user, RECORD_AGREEMENT)
    people = people_one_may_write_down(_me(request)).order_by("name", "pk")
    form = WroteDownForm(_posted(request), people=people, is_secretary=can(request.user, INVITE_ANYONE))
    if form.is_valid() and attempt(form, lambda: services.write_down_agreement(by=_me(request), person=form.found)):
        messages.success(request, "It is written down. They see it on their page, with your name.")
        return redirect("network:by_phone")
    blocks = blocks_of(text_in_force().text)
    return render(request, "network/joining/by_phone.html", {"form": form, "blocks": blocks})


@policy(CHANGE_AGREEMENT)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def agreement_words(request: HttpRequest) -> HttpResponse:
    """Write a new version of the agreement; everybody is asked to agree to it."""
    require(request.user, CHANGE_AGREEMENT)
    now = text_in_force()
    form = AgreementTextForm(_posted(request), initial=kept_for(request) or {"text": now.text, "seen": now.version})
    is_whole = form.is_valid() and request.POST.get("step") != "change"
    is_sent = is_whole and request.POST.get("step") == "send"
    if is_sent and attempt(form, lambda: write_new_version(by=_me(request), **form.cleaned_data)):
        messages.success(request, "The new words are in force. Everybody is asked to agree to them.")
        return redirect("network:agreement")
    if is_whole and form.is_valid():
        blocks = blocks_of(form.cleaned_data["text"])
        return render(request, "network/joining/agreement_check.html", {"form": form, "blocks": blocks})
    return render(request, "network/joining/agreement_words.html", {"form": form, "now": now})


def _me(request: HttpRequest) -> Person:
    """A copy of one's own row: a form that is wrong must not change the name that the page's header shows."""
    if not hasattr(request, "own_row"):
        request.own_row = Person.objects.get(pk=cast(int, request.user.pk))
    return request.own_row


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _onward(request: HttpRequest, saved: str) -> HttpResponse:
    """To the next step of joining; to the front page, with a welcome, when that was the last; else to my page."""
    was_joining = request.POST.get("joining") == "yes"
    steps = steps_of(_me(request))
    if steps.is_joining:
        return redirect(steps.next_address)
    messages.success(request, "Welcome. You have joined." if was_joining else saved)
    return redirect(reverse("home") if was_joining else reverse("me"))


def _contact_now(person: Person) -> dict[str, Any]:
    chosen = ContactChoice.objects.filter(person=person).first()
    if chosen is None:
        return {"way": ContactChoice.Way.EMAIL, "phone": person.phone}
    safe = {"may_leave_message": chosen.may_leave_message, "may_show_name": chosen.may_show_name}
    return {"way": chosen.way, "phone": person.phone, **chosen.private, **safe}
