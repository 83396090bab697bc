"""The governance lead proves the chain: on a few pages, and in one file. Names only for a reason, which is logged."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.permissions import policy
from core.views import attempt
from steering.forms.deciding import BundleForm, ReasonForm
from steering.permissions import READ_EVIDENCE
from steering.presenters.evidence import Evidence
from steering.services import evidence as services
from steering.views.deciding import load_policy

ASK = require_http_methods(["GET", "POST"])
#: Comments, messages, or acts, on one page.
A_PAGE = 25


@policy(READ_EVIDENCE)
@require_GET
def evidence(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_policy(request, policy_id, READ_EVIDENCE)
    return render(request, "steering/evidence.html", {"policy": found, "evidence": Evidence(found)})


@policy(READ_EVIDENCE)
@require_GET
def comments(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    proof = Evidence(load_policy(request, policy_id, READ_EVIDENCE))
    page = Paginator(proof.comments, A_PAGE).get_page(request.GET.get("page"))
    shown = {"policy": proof.policy, "page": page, "remarks": [proof.remark(comment) for comment in page]}
    return render(request, "steering/evidence_comments.html", shown)


@policy(READ_EVIDENCE)
@require_GET
def sent(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """Each message and what became of it, and each act that was logged."""
    proof = Evidence(load_policy(request, policy_id, READ_EVIDENCE))
    messages = Paginator(proof.fates, A_PAGE).get_page(request.GET.get("messages"))
    entries = Paginator(proof.entries, A_PAGE).get_page(request.GET.get("acts"))
    shown = {
        "policy": proof.policy,
        "evidence": proof,
        "messages_page": messages,
        "acts_page": entries,
        "fates": messages.object_list,
        "acts": [proof.act(entry) for entry in entries],
    }
    return render(request, "steering/evidence_messages.html", shown)


@policy(READ_EVIDENCE)
@ASK
@never_cache
def recipients(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The names are on the answer to the form and nowhere else: to see them again is to say why again."""
    found = load_policy(request, policy_id, READ_EVIDENCE)
    form = ReasonForm(request.POST or None)
    asked = None
    if form.is_valid():
        asked = attempt(form, lambda: services.open_names(by=request.user, policy=found, **form.cleaned_data))
    return render(request, "steering/evidence_recipients.html", {"policy": found, "form": form, "asked": asked})


@policy(READ_EVIDENCE)
@ASK
@never_cache
def bundle(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_policy(request, policy_id, READ_EVIDENCE)
    form = BundleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        content = attempt(form, lambda: services.take_bundle(by=request.user, policy=found, reason=form.why()))
        if content:
            kept_as = {"Content-Disposition": 'attachment; filename="evidence.zip"'}
            return HttpResponse(content, content_type="application/zip", headers=kept_as)
    return render(request, "steering/evidence_take.html", {"policy": found, "form": form})
