"""A peer writes a page at a time, checks, shares, and changes who sees it or takes it back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Refused
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from governance.models import Side
from practice.forms.writing import QUESTIONS, AudienceForm, SeenForm, SponsorForm, StartForm, answers_so_far
from practice.models import Audience, Item
from practice.permissions import CHANGE_ITEM, LEAVE_LINE, SHARE
from practice.presenters.items import answers_of, groups_of, sponsors_of, where_people_may_guess, witness_of
from practice.services import sharing, writing
from practice.views.loading import item_for, sent
from practice.workflows import BEING_WRITTEN

PAGES = tuple(QUESTIONS)


@policy(SHARE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What is asked, and what must not be in it; one press begins a draft."""
    require(request.user, SHARE)
    form = StartForm(sent(request))
    if form.is_valid():
        begun = attempt(form, lambda: writing.start(by=request.user, form_key=form.cleaned_data["form_key"]))
        if begun:
            return redirect("practice:write", begun.pk, PAGES[0])
    return render(request, "practice/start.html", {"form": form})


@policy(CHANGE_ITEM)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, item_id: UUID, question: str) -> HttpResponse:
    """One page of questions. What is answered is kept on the server at once."""
    item = item_for(request, item_id, CHANGE_ITEM)
    form = _question(request, item, question)
    if item.state not in BEING_WRITTEN:
        return redirect("practice:item", item.pk)
    if form.is_valid() and attempt(form, lambda: writing.save_answers(by=request.user, item=item, **form.cleaned_data)):
        return _next(request, item, question)
    place = PAGES.index(question)
    back = PAGES[place - 1] if place else ""
    shown = {"form": form, "item": item, "heading": QUESTIONS[question][1], "question": question, "back": back}
    return render(request, "practice/question.html", shown | {"number": place + 1, "of": len(PAGES) + 1})


@policy(CHANGE_ITEM)
@require_POST
def keep(request: HttpRequest, item_id: UUID, question: str) -> HttpResponse:
    """Keep the answers while they are being written. The page asks for this by itself, now and then."""
    item = item_for(request, item_id, CHANGE_ITEM)
    form = _question(request, item, question)
    for field in form.fields.values():
        field.required = False
    if form.is_valid() and attempt(form, lambda: writing.save_answers(by=request.user, item=item, **form.cleaned_data)):
        return JsonResponse({"saved": True})
    return JsonResponse({"saved": False}, status=409)


def _question(request: HttpRequest, item: Item, question: str) -> forms.Form:
    if question not in QUESTIONS:
        raise Http404
    form, _ = QUESTIONS[question]
    return form(sent(request), initial=kept_for(request) or answers_so_far(item, form))


def _next(request: HttpRequest, item: Item, question: str) -> HttpResponse:
    if request.GET.get("then") == "check":
        return redirect("practice:check", item.pk)
    if question == PAGES[-1]:
        return redirect("practice:audience", item.pk)
    return redirect("practice:write", item.pk, PAGES[PAGES.index(question) + 1])


@policy(CHANGE_ITEM)
@require_http_methods(["GET", "POST"])
def audience(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Who sees it, and how its author is shown. For what is shared already it counts at once."""
    item = item_for(request, item_id, CHANGE_ITEM)
    groups = groups_of(request.user)
    form = AudienceForm(sent(request), initial=_chosen(item), name=request.user.name, side=Side.PEER, bodies=groups)
    if form.is_valid() and attempt(
        form, lambda: sharing.choose_audience(by=request.user, item=item, **form.cleaned_data)
    ):
        if item.state in BEING_WRITTEN:
            return redirect("practice:check", item.pk)
        messages.success(request, "That counts from now on.")
        return redirect("practice:item", item.pk)
    shown = {"form": form, "item": item, "few": where_people_may_guess(groups)}
    return render(request, "practice/audience.html", shown)


def _chosen(item: Item) -> dict[str, object]:
    """What was chosen the last time; nothing before anything was chosen."""
    if not item.audience:
        return {}
    is_steering = item.audience == Audience.STEERING
    return {"audience": item.audience, "body": item.body_id, "shown_as": item.shown_as, "steering_too": is_steering}


@policy(CHANGE_ITEM)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Every answer once more, and then it is shared; or handed back to the moderators who asked for a change."""
    item = item_for(request, item_id, CHANGE_ITEM)
    if request.method == "GET" and item.state not in BEING_WRITTEN:
        return redirect("practice:item", item.pk)
    form = forms.Form(sent(request))
    if form.is_valid():
        shared = attempt(form, lambda: sharing.share(by=request.user, item=item))
        if shared:
            said = "It is shared." if shared.is_shared else "Thank you. The moderators look at it again."
            messages.success(request, said)
            return redirect("practice:item", item.pk)
    missing = sharing.missing_from(item)
    return render(
        request, "practice/check.html", {"form": form, "item": item, "answers": answers_of(item), "missing": missing}
    )


@policy(CHANGE_ITEM)
@require_POST
def stop_sharing(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Back to a draft, so that it can be changed."""
    item = item_for(request, item_id, CHANGE_ITEM)
    try:
        sharing.stop_sharing(by=request.user, item=item)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("practice:item", item.pk)
    messages.success(request, "Nobody else can see it now. Change it, and share it again when you like.")
    return redirect("practice:check", item.pk)


@policy(CHANGE_ITEM)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Asked once more, because the words are deleted."""
    item = item_for(request, item_id, CHANGE_ITEM)
    form = forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: sharing.withdraw(by=request.user, item=item)):
        messages.success(request, "It is gone. Its words are deleted.")
        return redirect("practice:mine")
    return render(request, "practice/withdraw.html", {"form": form, "item": item})


@policy(CHANGE_ITEM)
@require_http_methods(["GET", "POST"])
def sponsor(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Whether one's staff sponsor may see it. Sharing never waits for that."""
    item = item_for(request, item_id, CHANGE_ITEM)
    chosen = str(item.sponsor_id) if item.sponsor_id else SponsorForm.NOBODY
    form = SponsorForm(sent(request), initial={"sponsor": chosen}, sponsors=sponsors_of(request.user))
    if form.is_valid():
        done = attempt(form, lambda: writing.let_sponsor_see(by=request.user, item=item, sponsor=form.chosen))
        if done:
            messages.success(request, "Your choice is kept.")
            return redirect("practice:check" if item.state in BEING_WRITTEN else "practice:item", item.pk)
    return render(request, "practice/sponsor.html", {"form": form, "item": item})


@policy(LEAVE_LINE)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def say_seen(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The sponsor says "I saw this"."""
    item = item_for(request, item_id, LEAVE_LINE)
    before = witness_of(item)
    form = SeenForm(sent(request), initial=kept_for(request) or ({"line": before.line} if before else None))
    if form.is_valid() and attempt(form, lambda: writing.say_seen(by=request.user, item=item, **form.cleaned_data)):
        messages.success(request, "Thank you. The person who wrote it is told.")
        return redirect("practice:item", item.pk)
    return render(request, "practice/say_seen.html", {"form": form, "item": item})
