"""Reading a draft with its comments, and changing the words of the open one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import can, open_to_logged_in, policy, require
from core.views import attempt
from documents.models import BlockKind, BlockText, Placing
from documents.reading import blocks_of
from steering import permissions as may
from steering.forms.drafting import AddForm, ParagraphForm, SeenForm, TableForm
from steering.models import Asked, Consultation, Policy
from steering.presenters import draft as drawing
from steering.services import policies
from steering.views.loading import placing_in, policy_open_to, version_for
from steering.workflows import PolicyState


@dataclass(frozen=True)
class Theirs:
    """What someone else made of a paragraph meanwhile. Empty `html` means that they removed it."""

    html: str


@open_to_logged_in("only those who take part in the policy find it")
@require_safe
def draft(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The newest shared draft, or `?version=0.1`: in short first, then each paragraph with its comments and answers."""
    found = policy_open_to(request.user, policy_id)
    version = version_for(request.user, found, request.GET.get("version", ""))
    consultations = _consultations_for(request, found)
    consultation = consultations[-1] if consultations else None
    is_open = _takes_comments(found, consultation)
    reader = drawing.Reader.of(
        request.user,
        reverse("steering:policy", args=[found.pk]),
        found.document.versions.all(),
        may_comment=bool(is_open and consultation.was_asked and version.frozen_at),
        may_answer=found.state == PolicyState.CONSULTING and can(request.user, may.ANSWER_COMMENT, found),
    )
    blocks, said = blocks_of(version), drawing.said_in(consultations)
    context = {
        "policy": found,
        "version": version,
        "newest": found.newest_shared,
        "consultation": consultation,
        "is_open": is_open,
        "reader": reader,
        "total": sum(map(len, said.values())),
        "contents": drawing.contents_of(blocks),
        "draft": drawing.draft_html(blocks, said, reader),
        "gone": drawing.gone_html(blocks, said, reader),
    }
    return render(request, "steering/draft.html", context)


def _consultations_for(request: HttpRequest, found: Policy) -> list[Consultation]:
    """The consultations on a policy, oldest first, and whether the person reading was asked in each. One query."""
    asked = Asked.objects.filter(consultation=OuterRef("pk"), person=request.user)
    return list(found.consultations.annotate(was_asked=Exists(asked)).order_by("opens_at"))


def _takes_comments(found: Policy, consultation: Consultation | None) -> bool:
    return consultation is not None and found.state == PolicyState.CONSULTING and consultation.is_open(clock.now())


@policy(may.EDIT_DRAFT)
@require_safe
def edit(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The open draft with, at each paragraph, the ways to change it."""
    found = _policy_to_edit(request, policy_id)
    if found.open_version is None:
        messages.info(request, "No draft is being written now. Start the next draft first.")
        return redirect("steering:policy", found.pk)
    context = {"policy": found, "version": found.open_version, "blocks": blocks_of(found.open_version)}
    return render(request, "steering/edit.html", context)


@policy(may.EDIT_DRAFT)
@keeps_what_was_typed
def edit_block(request: HttpRequest, policy_id: UUID, block_id: UUID) -> HttpResponse:
    """Change one paragraph. When someone else changed it meanwhile, both texts are shown and nothing is lost."""
    found = _policy_to_edit(request, policy_id)
    seen = _seen(request, block_id) or placing_in(found.open_version, block_id).text
    form = _edit_form(request, seen)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data.get("text", getattr(form, "text", ""))
        words = {"by": request.user, "policy": found, "block": seen.block, "seen": seen, "text": text}
        if attempt(form, lambda: policies.edit_paragraph(**words)):
            return _back_to(request, found, block_id, "Your words are saved in the draft.")
    context = {"policy": found, "form": form, "seen": seen, "theirs": _theirs(form, found, seen)}
    return render(request, "steering/edit_block.html", context)


@policy(may.EDIT_DRAFT)
def remove_block(request: HttpRequest, policy_id: UUID, block_id: UUID) -> HttpResponse:
    """Look once more at a paragraph, then take it out of the open draft."""
    found = _policy_to_edit(request, policy_id)
    seen = _seen(request, block_id) or placing_in(found.open_version, block_id).text
    form = SeenForm(request.POST or None, seen=seen)
    if request.method == "POST" and form.is_valid():
        gone = {"by": request.user, "policy": found, "block": seen.block, "seen": seen}
        if attempt(form, lambda: policies.remove_paragraph(**gone) or True):
            return _back_to(request, found, None, "The paragraph is out of the draft. Its comments are kept.")
    theirs, words = _theirs(form, found, seen), drawing.words_of(seen)
    context = {"policy": found, "form": form, "words": words, "theirs": theirs}
    return render(request, "steering/remove_block.html", context)


@policy(may.EDIT_DRAFT)
@keeps_what_was_typed
def add_block(request: HttpRequest, policy_id: UUID, block_id: UUID | None = None) -> HttpResponse:
    """Add a paragraph after another, or at the top."""
    found = _policy_to_edit(request, policy_id)
    after = placing_in(found.open_version, block_id) if block_id else None
    form = AddForm(request.POST or None, initial=kept_for(request))
    if request.method == "POST" and form.is_valid():
        new = {"kind": form.cleaned_data["kind"], "level": form.level, "text": form.cleaned_data["text"]}
        place = {"by": request.user, "policy": found, "after": after.block if after else None}
        block = attempt(form, lambda: policies.add_paragraph(**place, **new))
        if block:
            return _back_to(request, found, block.pk, "The new paragraph is in the draft.")
    words = drawing.words_of(after.text) if after else ""
    return render(request, "steering/add_block.html", {"policy": found, "form": form, "after": after, "words": words})


def _policy_to_edit(request: HttpRequest, policy_id: UUID) -> Policy:
    found = policy_open_to(request.user, policy_id)
    require(request.user, may.EDIT_DRAFT, found)
    return found


def _seen(request: HttpRequest, block_id: UUID) -> BlockText | None:
    """The text that stood in the page which is now sent back."""
    number = request.POST.get("seen", "")
    return BlockText.objects.filter(pk=number, block=block_id).first() if number.isdecimal() else None


def _edit_form(request: HttpRequest, seen: BlockText) -> ParagraphForm | TableForm:
    initial = {"text": seen.text, **(kept_for(request) or {})}
    form = TableForm if seen.kind == BlockKind.TABLE else ParagraphForm
    return form(request.POST or None, initial=initial, seen=seen)


def _theirs(form: SeenForm, found: Policy, seen: BlockText) -> Theirs | None:
    """What someone else made of the paragraph meanwhile; None when nobody touched it.

    The form then answers to the words that stand now: saved again, it replaces those, knowingly.
    """
    if not form.is_bound:
        return None
    placing = Placing.objects.filter(version=found.open_version, block=seen.block_id).select_related("text").first()
    if placing is None:
        return Theirs(html="")
    form.take_up(placing.text)
    return None if placing.text_id == seen.pk else Theirs(html=drawing.words_of(placing.text))


def _back_to(request: HttpRequest, found: Policy, block_id: UUID | None, done: str) -> HttpResponse:
    messages.success(request, done)
    place = f"#p-{block_id}" if block_id else ""
    return redirect(reverse("steering:edit", args=[found.pk]) + place)
