"""Pages of meetings: mine, one, and for those who run it: call, change, cancel, who was there."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from access.presenters import flags_for
from access.services import access_of
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy, require
from core.views import attempt
from governance.interest_permissions import SAY_IT_CONCERNS_ME
from governance.models import Body
from governance.views.recusals import say_it_concerns_me
from meetings import presenters, services
from meetings.forms import CallForm, DoneForm, NeedsForm, PresenceForm, ReplyForm, WhenAndWhere
from meetings.models import Meeting, NeedsMet
from meetings.papers import papers_for
from meetings.permissions import ACT_ON_NEEDS, ANSWER_NEEDS, CALL_MEETING, REPLY, RUN_MEETING, SEE_MEETING


@open_to_logged_in("Shows the meetings of the bodies one sits on or runs")
@require_GET
def my_meetings(request: HttpRequest) -> HttpResponse:
    return render(request, "meetings/mine.html", {"page": presenters.my_meetings(request.user)})


@policy(CALL_MEETING)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=body_id)
    require(request.user, CALL_MEETING, body)
    form = CallForm(_sent(request), person=request.user, initial=_paper_asked_for(request))
    if form.is_valid():
        asked = form.when_and_where() | {"items": form.items(), "form_key": form.cleaned_data["form_key"]}
        meeting = attempt(form, lambda: services.call_meeting(by=request.user, body=body, **asked))
        if meeting:
            messages.success(request, "The meeting is called. Everyone who sits in the group will get a message.")
            return redirect("meetings:meeting", meeting.pk)
    return render(request, "meetings/call.html", {"form": form, "body": body})


def _paper_asked_for(request: HttpRequest) -> dict[str, object]:
    """`?paper=` names the version that is put before the meeting; one that may not be read is left out."""
    try:
        key = UUID(request.GET.get("paper", ""))
    except ValueError:
        return {}
    paper = papers_for(request.user, [key]).get(key)
    return {"paper": key, "title": paper.title} if paper else {}


@policy(SEE_MEETING)
@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    page = presenters.meeting_page(_visible(request, meeting_id), request.user)
    form = ReplyForm(initial={"answer": page.mine.answer if page.mine else ""})
    return render(request, "meetings/meeting.html", {"page": page, "form": form})


@policy(REPLY)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = _visible(request, meeting_id)
    require(request.user, REPLY, found)
    if request.method == "GET":
        return redirect("meetings:meeting", found.pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        if attempt(form, lambda: services.reply(by=request.user, meeting=found, answer=answer)):
            messages.success(request, "Thank you. Your answer is kept. You can change it until the meeting starts.")
            return redirect("meetings:meeting", found.pk)
    page = presenters.meeting_page(found, request.user)
    return render(request, "meetings/meeting.html", {"page": page, "form": form})


@policy(RUN_MEETING)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = _visible(request, meeting_id)
    require(request.user, RUN_MEETING, found)
    form = WhenAndWhere(_sent(request), initial=WhenAndWhere.values_of(found))
    if form.is_valid():
        asked = form.when_and_where()
        if attempt(form, lambda: services.change_meeting(by=request.user, meeting=found, **asked)):
            messages.success(request, "The change is kept. Everyone who sits in the group will get a message.")
            return redirect("meetings:meeting", found.pk)
    return render(request, "meetings/change.html", {"form": form, "meeting": found})


@policy(RUN_MEETING)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = _visible(request, meeting_id)
    require(request.user, RUN_MEETING, found)
    form = forms.Form(_sent(request))
    if form.is_valid() and attempt(form, lambda: services.cancel_meeting(by=request.user, meeting=found)):
        messages.success(request, "The meeting is cancelled. Everyone who sits in the group will get a message.")
        return redirect("meetings:meeting", found.pk)
    return render(request, "meetings/cancel.html", {"form": form, "meeting": found})


@policy(RUN_MEETING)
@require_http_methods(["GET", "POST"])
def presence(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = _visible(request, meeting_id)
    require(request.user, RUN_MEETING, found)
    there = list(found.replies.filter(was_there=True).values_list("person_id", flat=True))
    flags = flags_for(found.body_id)
    chairs = services.chairs_at(found)
    form = PresenceForm(_sent(request), chairs=chairs, flagged=flags, initial={"present": there})
    record = partial(services.record_held, by=request.user, meeting=found)
    if form.is_valid() and attempt(form, lambda: record(present=form.who())):
        messages.success(request, "It is kept who was there.")
        return redirect("meetings:meeting", found.pk)
    lines = presenters.item_lines(found, request.user)
    shared = [(chair.person.name, flags[chair.person.pk]) for chair in chairs if chair.person.pk in flags]
    page = {"form": form, "meeting": found, "lines": lines, "shared": shared}
    return render(request, "meetings/presence.html", page)


@policy(SAY_IT_CONCERNS_ME)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def concerns_me(request: HttpRequest, meeting_id: UUID, number: int) -> HttpResponse:
    found = _visible(request, meeting_id)
    item = get_object_or_404(found.items.select_related("paper"), number=number)
    require(request.user, SAY_IT_CONCERNS_ME, found.body)
    back = reverse("meetings:meeting", args=[found.pk])
    if found.state != Meeting.State.PLANNED:
        messages.error(request, "This meeting is over. Tell the secretary if something about it concerns you.")
        return redirect(back)
    return say_it_concerns_me(request, body=found.body, matter=presenters.matter_of(item), back=back)


@open_to_logged_in("Lists what was not there for people, to those who may act on it, and nothing to anybody else")
@require_GET
def unmet(request: HttpRequest) -> HttpResponse:
    return render(request, "meetings/unmet.html", {"page": presenters.unmet_page(request.user)})


@policy(ANSWER_NEEDS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def needs(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Was what one needed there? And what was done about it."""
    asked = _asked(request, asked_id)
    require(request.user, ANSWER_NEEDS, asked)
    said = {"answer": asked.answer, "words": asked.words}
    form = NeedsForm(_sent(request), initial=kept_for(request) or said)
    answer = partial(services.say_if_needs_were_met, by=request.user, asked=asked)
    if form.is_valid() and attempt(form, lambda: answer(**form.cleaned_data)):
        messages.success(request, "Thank you for telling us.")
        return redirect("meetings:needs", asked.pk)
    return render(request, "meetings/needs.html", {"form": form, "asked": asked})


@policy(ACT_ON_NEEDS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def act_on_needs(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    asked = _asked(request, asked_id)
    require(request.user, ACT_ON_NEEDS, asked)
    form = DoneForm(_sent(request), initial=kept_for(request))
    act = partial(services.act_on_needs, by=request.user, asked=asked)
    if form.is_valid() and attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, "It is kept what you did. The person will get a message.")
        return redirect("meetings:unmet")
    if request.method == "POST":
        asked = _asked(request, asked_id)  # somebody else may have acted on it, or its owner deleted it
    asked = services.open_answer(by=request.user, asked=asked)
    passport = access_of(asked.passport.person, request.user)
    return render(request, "meetings/act_on_needs.html", {"form": form, "asked": asked, "passport": passport})


def _asked(request: HttpRequest, asked_id: UUID) -> NeedsMet:
    seen = NeedsMet.objects.visible_to(request.user).select_related("meeting__body", "passport__person", "done_by")
    return get_object_or_404(seen, pk=asked_id)


def _visible(request: HttpRequest, meeting_id: UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=meeting_id)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was ticked; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
