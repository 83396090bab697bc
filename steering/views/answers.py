"""Comments where they stand, and their answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy, require
from core.views import attempt
from documents.models import Version
from documents.redline import Change, compare
from governance.shown import shown_name
from steering import permissions as may
from steering.forms.comments import AnswerForm
from steering.models import Comment, Policy
from steering.presenters.answering import answer_list
from steering.presenters.draft import TAGS, words_of
from steering.services import comments
from steering.views.loading import policy_open_to


@open_to_logged_in("only those who take part in the policy find it")
@require_safe
def comment_place(request: HttpRequest, policy_id: UUID, comment_id: UUID) -> HttpResponse:
    """A comment where it stands: the words that were read, what was said, the answer, and what changed since."""
    found = policy_open_to(request.user, policy_id)
    said = _comment(found, comment_id)
    answer = getattr(said, "answer", None)
    newer = answer.changed_in if answer and answer.changed_in else found.newest_shared
    context = {
        "policy": found,
        "comment": said,
        "answer": answer,
        "who": shown_name(said.shown_as, said.side, said.author.name),
        "is_mine": said.author_id == request.user.pk,
        "newer": newer if newer != said.version else None,
        "changes": _changes_of(said, newer),
        "words": words_of(said.text_seen),
        "colour": TAGS[answer.outcome] if answer else "",
    }
    return render(request, "steering/comment_place.html", context)


@policy(may.READ_ALL_COMMENTS)
@require_safe
def answers(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """Every comment under its paragraph, those without an answer first asked for; `?show=all` for all."""
    found = policy_open_to(request.user, policy_id)
    require(request.user, may.READ_ALL_COMMENTS, found)
    return render(
        request, "steering/answers.html", answer_list(found, request.user, show_all=request.GET.get("show") == "all")
    )


@policy(may.ANSWER_COMMENT)
@keeps_what_was_typed
def answer(request: HttpRequest, policy_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answer one comment, with what was read and what the draft says now in sight."""
    found = policy_open_to(request.user, policy_id)
    require(request.user, may.ANSWER_COMMENT, found)
    said = _comment(found, comment_id)
    newer, changes = _changed_since(found, said)
    form = AnswerForm(request.POST or None, initial=kept_for(request), newer=newer)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _answer(request, said, form, newer)):
        messages.success(request, "Your answer is sent. The person who wrote the comment is being told.")
        return redirect(f"{reverse('steering:answers', args=[found.pk])}#c-{said.pk}")
    context = {"policy": found, "comment": said, "form": form, "newer": newer, "changes": changes}
    context |= {"who": shown_name(said.shown_as, said.side, said.author.name), "words": words_of(said.text_seen)}
    return render(request, "steering/answer.html", context)


def _comment(found: Policy, comment_id: UUID) -> Comment:
    """A comment on a policy that the person takes part in: whoever may read its drafts may read what was said."""
    said = Comment.objects.filter(consultation__policy=found)
    return get_object_or_404(said.select_related("author", "text_seen", "version", "answer__changed_in"), pk=comment_id)


def _changed_since(found: Policy, said: Comment) -> tuple[Version | None, list[Change]]:
    """The newest version (the open one counts) in which the paragraph reads otherwise, and how; or None."""
    newest = found.open_version or found.newest_shared
    changes = [change for change in _changes_of(said, newest) if change.how != "same"]
    return (newest if changes else None), changes


def _changes_of(said: Comment, newer: Version | None) -> list[Change]:
    """The redline of that one paragraph, from what its author read to `newer`. One query."""
    if newer is None or newer == said.version:
        return []
    now_says = comments.text_now(said.block_id, newer)
    return compare([said.text_seen], [now_says] if now_says else [])


def _answer(request: HttpRequest, said: Comment, form: AnswerForm, newer: Version | None) -> Any:
    typed = form.cleaned_data
    changed_in = newer if typed.get("changed") else None
    return comments.answer_comment(
        by=request.user, comment=said, outcome=typed["outcome"], reason=typed["reason"], changed_in=changed_in
    )
