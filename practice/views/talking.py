"""Replies from the Steering Group, and reports by anybody who reads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import Refused
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from governance import standing
from governance.models import Body
from practice.forms.talking import ChangeReplyForm, ReplyForm, ReportForm
from practice.models import Item, Reply, Report
from practice.permissions import CHANGE_REPLY, REPLY, REPORT_ITEM, REPORT_REPLY, SEE_OWN_REPORT
from practice.presenters.items import reason_for_author
from practice.presenters.moderation import where_help_is
from practice.services import replies, reports
from practice.views.loading import item_for, reply_for, sent
from practice.workflows import WordsState


@policy(REPLY)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, item_id: UUID) -> HttpResponse:
    item = item_for(request, item_id, REPLY)
    side = next(held.side for held in standing.of(request.user).seats.values() if held.body_kind == Body.Kind.STEERING)
    form = ReplyForm(sent(request), initial=kept_for(request), name=request.user.name, side=side)
    if form.is_valid() and attempt(form, lambda: replies.reply(by=request.user, item=item, **form.cleaned_data)):
        messages.success(request, "Your reply is sent. The person who shared it is told.")
        return redirect("practice:item", item.pk)
    return render(request, "practice/reply.html", {"form": form, "item": item})


@policy(CHANGE_REPLY)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def reply_page(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    """One's own reply: what became of it, and a box to change it when the moderators ask for that."""
    mine = reply_for(request, reply_id, CHANGE_REPLY)
    form = ChangeReplyForm(sent(request), initial=kept_for(request) or {"words": mine.words})
    if form.is_valid() and attempt(
        form, lambda: replies.change_reply(by=request.user, reply=mine, **form.cleaned_data)
    ):
        messages.success(request, "Thank you. The moderators look at it again.")
        return redirect("practice:reply_page", mine.pk)
    shown = {"form": form, "reply": mine, "why": reason_for_author(mine)}
    return render(request, "practice/reply_page.html", shown | {"may_change": mine.state == WordsState.CHANGING})


@policy(CHANGE_REPLY)
@require_POST
def withdraw_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    mine = reply_for(request, reply_id, CHANGE_REPLY)
    try:
        replies.withdraw_reply(by=request.user, reply=mine)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("practice:reply_page", mine.pk)
    messages.success(request, "Your reply is gone. Its words are deleted.")
    return redirect("practice:register")


@policy(REPORT_ITEM)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def report_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    return _report(request, item_for(request, item_id, REPORT_ITEM))


@policy(REPORT_REPLY)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def report_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    return _report(request, reply_for(request, reply_id, REPORT_REPLY))


def _report(request: HttpRequest, words: Item | Reply) -> HttpResponse:
    form = ReportForm(sent(request), initial=kept_for(request))
    if form.is_valid():
        made = attempt(form, lambda: reports.report(by=request.user, words=words, **form.cleaned_data))
        if made:
            return redirect("practice:reported", made.pk)
    item = words if isinstance(words, Item) else words.item
    return render(request, "practice/report_form.html", {"form": form, "item": item, "is_reply": words is not item})


@policy(SEE_OWN_REPORT)
@require_GET
def reported(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What happens now; for a worry about someone, whom to call comes first."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=report_id)
    require(request.user, SEE_OWN_REPORT, report)
    is_worry = report.reason == Report.Reason.WORRIED
    return render(request, "practice/reported.html", {"report": report, "is_worry": is_worry} | where_help_is())
