"""The moderators' pages, and the secretary's page about them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.services import record_look
from core.errors import Refused
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from practice.forms.talking import ActForm, NameModeratorForm, SecondForm
from practice.models import Act, Moderator
from practice.permissions import LOOK_AT_REPORT, NAME_MODERATORS, SEE_REPORTS
from practice.presenters import moderation as shown
from practice.services import moderation, moderators
from practice.views.loading import report_to_look_at, sent


@policy(SEE_REPORTS)
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_REPORTS)
    return render(request, "practice/reports.html", {"page": shown.reports_page(request.user)})


@policy(LOOK_AT_REPORT)
@require_GET
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The report and its words. That a moderator looked is noted, because they read what others do not."""
    found = report_to_look_at(request, report_id)
    require(request.user, LOOK_AT_REPORT, found)
    record_look(actor=request.user, what="practice.looked_at_report", about=found)
    page = shown.report_page(found, request.user)
    return render(request, "practice/report.html", {"page": page} | (shown.where_help_is() if page.is_worry else {}))


@policy(LOOK_AT_REPORT)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What to do, and why. Removing is asked once more, because the words are deleted."""
    found = report_to_look_at(request, report_id)
    require(request.user, LOOK_AT_REPORT, found)
    form = ActForm(sent(request), initial=kept_for(request), kinds=shown.acts_for(found))
    if form.is_valid() and not form.is_to_change:
        if form.needs_a_last_look:
            return render(request, "practice/remove.html", {"form": form, "report": found})
        said = form.cleaned_data | {"kind": Act.Kind(form.cleaned_data["kind"])}
        if attempt(form, lambda: moderation.act(by=request.user, report=found, **said)):
            messages.success(request, "It is done and logged.")
            return redirect("practice:reports")
    return render(request, "practice/act.html", {"form": form, "report": found})


@policy(LOOK_AT_REPORT)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask the others for a second opinion; for whoever was asked, give it."""
    found = report_to_look_at(request, report_id)
    require(request.user, LOOK_AT_REPORT, found)
    gives = moderation.wants_second_from(request.user, found)
    verb = moderation.give_second if gives else moderation.ask_second
    form = SecondForm(sent(request), initial=kept_for(request))
    if form.is_valid() and attempt(form, lambda: verb(by=request.user, report=found, **form.cleaned_data)):
        messages.success(request, "The other moderators are told.")
        return redirect("practice:report", found.pk)
    return render(request, "practice/second.html", {"form": form, "report": found, "gives": gives})


@policy(NAME_MODERATORS)
@require_http_methods(["GET", "POST"])
def moderators_page(request: HttpRequest) -> HttpResponse:
    """Who looks at reports, and a form to name one more."""
    require(request.user, NAME_MODERATORS)
    form = NameModeratorForm(sent(request))
    if form.is_valid() and attempt(form, lambda: moderators.name_moderator(by=request.user, **form.cleaned_data)):
        messages.success(request, "The person is a moderator now, and is told.")
        return redirect("practice:moderators")
    return render(request, "practice/moderators.html", {"form": form, "page": shown.moderators_page()})


@policy(NAME_MODERATORS)
@require_POST
def end_moderator(request: HttpRequest, moderator_id: int) -> HttpResponse:
    require(request.user, NAME_MODERATORS)
    moderator = get_object_or_404(Moderator, pk=moderator_id)
    try:
        moderators.end_moderator(by=request.user, moderator=moderator)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "That has ended. They see no reports from now on.")
    return redirect("practice:moderators")
