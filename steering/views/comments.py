"""Saying something about one paragraph, one step to a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import Refused
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy, require
from core.views import attempt
from documents.models import Placing
from governance.shown import FEW, shown_name
from steering import permissions as may
from steering.forms.comments import CommentForm, KeepForm, SendForm
from steering.models import Asked, Comment, CommentDraft, Consultation, Policy
from steering.presenters.draft import words_of
from steering.services import comments
from steering.views.loading import policy_open_to
from steering.workflows import PolicyState


@dataclass
class Place:
    """The paragraph that someone comments on: where it stands, and what they have written about it so far.

    `placings` is where it stood in each shared version, oldest first.
    """

    asked: Asked
    block_id: UUID
    placings: list[Placing]
    draft: CommentDraft | None

    def words_read(self, version_id: Any, text_id: Any) -> Placing | None:
        """The paragraph as it stood in a shared version, if these words did."""
        read = (str(version_id), str(text_id))
        return next((each for each in self.placings if (str(each.version_id), str(each.text_id)) == read), None)

    @property
    def newest(self) -> Placing:
        """The paragraph in the newest shared version that has it."""
        return self.placings[-1]

    @property
    def consultation(self) -> Consultation:
        return self.asked.consultation

    @property
    def policy(self) -> Policy:
        return self.asked.consultation.policy

    @property
    def side(self) -> str:
        return self.asked.side


def _place(request: HttpRequest, policy_id: UUID, block_id: UUID) -> Place:
    """Raises Http404 for what one may not know of, PermissionDenied for whoever was not asked."""
    asked = _asked(request, policy_id)
    document = asked.consultation.policy.document_id
    shared = Placing.objects.filter(version__document=document, version__frozen_at__isnull=False, block=block_id)
    placings = list(shared.select_related("text", "version").order_by("version"))
    if not placings:
        raise Http404
    mine = CommentDraft.objects.filter(consultation=asked.consultation_id, person=request.user, block=block_id)
    return Place(asked, block_id, placings, mine.select_related("text_seen").first())


def _asked(request: HttpRequest, policy_id: UUID) -> Asked:
    """The row that says this person was asked about the policy: by it they know of the policy, and may comment."""
    rows = Asked.objects.filter(person=request.user, consultation__policy=policy_id)
    asked = rows.select_related("consultation__policy__document").order_by("-consultation__opens_at").first()
    if asked is None:
        found = policy_open_to(request.user, policy_id)
        require(request.user, may.COMMENT, found.latest_consultation)
        raise Http404
    require(request.user, may.COMMENT, asked)
    return asked


@policy(may.COMMENT)
@keeps_what_was_typed
def write_comment(request: HttpRequest, policy_id: UUID, block_id: UUID) -> HttpResponse:
    """The paragraph as it was read, a box for words, and how to be shown. The next page shows them once more."""
    place = _place(request, policy_id, block_id)
    form = _comment_form(request, place, CommentForm)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _save(request, place, form)):
        return redirect("steering:check_comment", policy_id, block_id)
    return render(request, "steering/comment.html", _writing(place, form))


@policy(may.COMMENT)
@require_POST
def keep_comment(request: HttpRequest, policy_id: UUID, block_id: UUID) -> HttpResponse:
    """Keep the words while they are being written. The page asks for this by itself, now and then."""
    place = _place(request, policy_id, block_id)
    form = _comment_form(request, place, KeepForm)
    if form.is_valid() and attempt(form, lambda: _save(request, place, form)):
        return JsonResponse({"saved": True})
    return JsonResponse({"saved": False}, status=409)


@policy(may.COMMENT)
def check_comment(request: HttpRequest, policy_id: UUID, block_id: UUID) -> HttpResponse:
    """The words once more, and how they will be shown; then sent. Pressed twice, it is one comment."""
    place = _place(request, policy_id, block_id)
    form = SendForm(request.POST or None, initial={"form_key": place.draft.form_key if place.draft else None})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        words = {"by": request.user, "consultation": place.consultation, "block": place.newest.block, "form_key": key}
        sent = attempt(form, lambda: comments.send_comment(**words))
        if sent:
            return redirect("steering:comment_sent", policy_id, sent.pk)
    if place.draft is None:
        return redirect("steering:comment", policy_id, block_id)
    shown = shown_name(place.draft.shown_as, place.side, request.user.name)
    context = {"place": place, "form": form, "shown": shown, "words": words_of(place.draft.text_seen)}
    return render(request, "steering/check_comment.html", context)


@open_to_logged_in("only the person who wrote the comment finds it here")
@require_safe
def comment_sent(request: HttpRequest, policy_id: UUID, comment_id: UUID) -> HttpResponse:
    """What happens now, and when they will hear."""
    mine = Comment.objects.filter(author=request.user, consultation__policy=policy_id)
    sent = get_object_or_404(mine.select_related("consultation__policy"), pk=comment_id)
    kept = _kept_as(sent.consultation_id, sent.block_id)
    context = {"comment": sent, "consultation": sent.consultation, "kept": kept}
    return render(request, "steering/comment_sent.html", context)


def _comment_form(request: HttpRequest, place: Place, form: type[CommentForm]) -> CommentForm:
    """Bound to what was sent; else filled with what was kept through a log-in, or on the server, or nothing yet."""
    initial = kept_for(request) or _from_draft(place)
    return form(request.POST or None, initial=initial, name=request.user.name, side=place.side)


def _from_draft(place: Place) -> dict[str, Any]:
    if place.draft:
        draft = place.draft
        return {
            "version": draft.version_id,
            "text": draft.text_seen_id,
            "words": draft.words,
            "shown_as": draft.shown_as,
        }
    newest = place.newest
    return {"version": newest.version_id, "text": newest.text_id}


def _save(request: HttpRequest, place: Place, form: CommentForm) -> CommentDraft:
    typed = form.cleaned_data
    seen = place.words_read(typed["version"], typed["text"])
    if seen is None:
        raise Refused(comments.LOST_PLACE)
    return comments.save_words(
        by=request.user,
        consultation=place.consultation,
        version=seen.version,
        text_seen=seen.text,
        words=typed["words"],
        shown_as=typed["shown_as"],
    )


def _writing(place: Place, form: CommentForm) -> dict[str, Any]:
    """What the page shows: the words as they were read, newer ones if a draft came out meanwhile, and any warning."""
    newest = place.newest
    seen = place.words_read(form["version"].value(), form["text"].value()) or newest
    shared = place.policy.newest_shared
    return {
        "place": place,
        "form": form,
        "seen": seen,
        "words": words_of(seen.text),
        "newer": shared if newest.text_id != seen.text_id or newest.version_id != shared.pk else None,
        "is_open": place.policy.state == PolicyState.CONSULTING and place.consultation.is_open(clock.now()),
        "few": place.consultation.asked.filter(side=place.side).count() < FEW,
        "kept": _kept_as(place.consultation.pk, place.block_id),
    }


def _kept_as(consultation_id: UUID, block_id: UUID) -> str:
    """The name under which the browser keeps the words, until they are sent."""
    return f"comment-{consultation_id}-{block_id}"
