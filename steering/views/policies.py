"""The list of policies, a policy's own page, and the way in from a Word file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.permissions import can, open_to_logged_in, policy, require
from core.views import attempt
from documents.models import Upload
from documents.reading import redline
from documents.services import read_upload
from governance import standing
from governance.models import Body
from steering import permissions as may
from steering.forms.drafting import SaveDraftForm, UploadForm
from steering.models import Policy
from steering.presenters import steps
from steering.presenters.listing import policies_listed
from steering.presenters.reviewing import decided_of, deciding_actions
from steering.services import policies
from steering.views.loading import policy_known_to, policy_open_to, press, version_for

#: What was typed before the file was read waits here, in the session, until the draft is saved.
TYPED = "new_policy"


@open_to_logged_in("each person sees the policies they may know of, and no other")
@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    context = {"rows": policies_listed(request.user), "may_start": can(request.user, may.START_POLICY)}
    return render(request, "steering/policies.html", context)


@open_to_logged_in("a policy that the person may not know of is not found")
@require_safe
def policy_page(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = policy_known_to(request.user, policy_id)
    takes_part = found.is_unpublished or Policy.objects.taking_part(request.user).filter(pk=found.pk).exists()
    counts = steps.comment_counts(found)
    stand = steps.Stand.of(found, counts["waiting"])
    context = {
        "policy": found,
        "tag": steps.tag_of(stand),
        "next": steps.next_step(stand),
        "actions": steps.actions(found, stand, request.user),
        "deciding": deciding_actions(found, request.user),
        "signs": steps.signs(found) if takes_part else [],
        "takes_part": takes_part,
        "sees_open": can(request.user, may.SEE_OPEN_DRAFT, found),
        "sees_review": steps.is_with_steering(found) and can(request.user, may.READ_REVIEW, found),
        "consultation": found.latest_consultation if takes_part else None,
        "counts": counts,
        "decided": decided_of(found) if takes_part else None,
    }
    return render(request, "steering/policy.html", context)


@policy(may.START_POLICY)
def new_policy(request: HttpRequest) -> HttpResponse:
    """Which group, what title, which file. What was read is shown on the next page before anything is saved."""
    require(request.user, may.START_POLICY)
    form = UploadForm(request.POST or None, request.FILES or None, groups=_groups_of(request))
    if request.method == "POST" and form.is_valid():
        upload = attempt(form, lambda: read_upload(by=request.user, file=form.cleaned_data["file"]))
        if upload:
            typed = {"title": form.cleaned_data["title"], "body": str(form.cleaned_data["body"].pk)}
            request.session[TYPED] = {str(upload.pk): typed}
            return redirect("steering:preview", upload.pk)
    return render(request, "steering/upload.html", {"form": form})


@policy(may.START_POLICY)
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What was read, paragraph by paragraph, and what was left out. The upload's id is the key of what it becomes."""
    require(request.user, may.START_POLICY)
    saved = Policy.objects.filter(form_key=upload_id, made_by=request.user).first()
    if saved:
        return redirect("steering:policy", saved.pk)
    upload = get_object_or_404(Upload, pk=upload_id, by=request.user)
    typed = request.session.get(TYPED, {}).get(str(upload.pk), {})
    initial = {"title": upload.title, **typed, "form_key": upload.pk}
    form = SaveDraftForm(request.POST or None, initial=initial, groups=_groups_of(request))
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("title", "body")}
        made = attempt(form, lambda: policies.start_policy(by=request.user, upload=upload, form_key=upload.pk, **typed))
        if made:
            return redirect("steering:policy", made.pk)
    return render(request, "steering/preview.html", {"form": form, "upload": upload})


def _groups_of(request: HttpRequest):  # noqa: ANN202 -- a queryset of bodies
    """The Task Groups that the person may upload a draft for."""
    groups = Body.objects.task_groups().alive()
    stands = standing.of(request.user)
    if stands.is_steering_secretary:
        return groups
    return groups.filter(pk__in=[body_id for body_id in stands.body_ids if stands.co_leads(body_id)])


@policy(may.SAY_READY)
@require_POST
def say_ready(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    return press(request, policy_id, may.SAY_READY, policies.say_ready, "You said that this draft is ready.")


@policy(may.EDIT_DRAFT)
@require_POST
def start_next_draft(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    return press(request, policy_id, may.EDIT_DRAFT, policies.start_next_draft, "The next draft is open for changes.")


@policy(may.SHARE_DRAFT)
@require_POST
def share_draft(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    done = "The draft is shared. Everyone who commented is being told."
    return press(request, policy_id, may.SHARE_DRAFT, policies.share_draft, done)


@policy(may.SUBMIT_FOR_REVIEW)
@require_POST
def submit_for_review(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    done = "The Steering Group has it. Its members are being told."
    return press(request, policy_id, may.SUBMIT_FOR_REVIEW, policies.submit_for_review, done)


@open_to_logged_in("only those who take part in the policy find it")
@require_safe
def changes(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """What changed between two versions: ?from=0.1&to=0.2; with neither, between the first and the newest."""
    found = policy_open_to(request.user, policy_id)
    newest = version_for(request.user, found, request.GET.get("to", ""))
    first = version_for(request.user, found, request.GET.get("from", "") or found.document.versions.all()[0].number)
    context = {
        "policy": found,
        "old": first,
        "new": newest,
        "changes": redline(first, newest),
        "versions": found.shared_versions,
    }
    return render(request, "steering/changes.html", context)
