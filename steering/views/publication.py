"""Publish a policy, and read it: in public once it is published, marked as a draft before that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET, require_http_methods

from core.checking import rows_of, typed_in
from core.errors import Refused
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_all, open_to_logged_in, policy
from core.views import attempt
from steering import permissions as may
from steering.forms.deciding import PublishForm
from steering.models import Publication
from steering.presenters.next_steps import what_is_missing
from steering.presenters.pdf import draft_pdf_of, published_pdf_of
from steering.presenters.published import PublishedPolicy
from steering.services import publication as services
from steering.views.deciding import load_policy
from steering.views.loading import policy_open_to, version_for

PUBLIC = "A published policy is for everyone, and names nobody who took part"
FOR_MINUTES = 5 * 60


@policy(may.PUBLISH_POLICY)
@require_http_methods(["GET", "POST"])
@keeps_what_was_typed
def publish(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """Who comes too early reads what is missing and whom to ask."""
    found = load_policy(request, policy_id, may.PUBLISH_POLICY)
    form = PublishForm(request.POST or None, policy=found, initial=kept_for(request))
    shown = {"policy": found, "form": form, "missing": what_is_missing(found)}
    if form.is_valid() and "change" not in request.POST:
        facts = form.cleaned_data
        if "confirm" not in request.POST:
            if attempt(form, lambda: services.check_publication(Publication(policy=found, **facts))):
                shown |= {"rows": rows_of(form), "typed": typed_in(request.POST)}
                return render(request, "steering/publish_check.html", shown)
        elif published := attempt(form, lambda: services.publish(by=request.user, policy=found, **facts)):
            messages.success(request, "The policy is published. Everyone who was asked is told.")
            return redirect(published)
    return render(request, "steering/publish.html", shown)


@open_to_logged_in("only those who take part in the policy find it")
@require_GET
def draft_pdf(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The newest shared draft, or `?version=0.1`, marked as a draft; once published, the way to the published file."""
    found = policy_open_to(request.user, policy_id)
    version = version_for(request.user, found, request.GET.get("version", ""))
    published = Publication.objects.filter(version=version).first()
    if published:
        return redirect("steering:published_pdf", published.slug)
    return _pdf(
        lambda: draft_pdf_of(found, version), f"draft-{version.number}.pdf", **{"Cache-Control": "private, no-store"}
    )


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a shared cache keep the page for some minutes; the page of someone logged in (it names them) for nobody."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated or response.status_code != HTTPStatus.OK:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=FOR_MINUTES)
        return response

    return answer


@open_to_all(PUBLIC)
@require_GET
@public_page
def published_list(request: HttpRequest) -> HttpResponse:
    found = Publication.objects.select_related("policy__document", "version")
    return render(request, "steering/published_list.html", {"publications": found})


@open_to_all(PUBLIC)
@require_GET
@public_page
def published(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "steering/published.html", {"page": _published(slug)})


@open_to_all(PUBLIC)
@require_GET
@public_page
def you_said(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "steering/you_said.html", {"page": _published(slug)})


@open_to_all(PUBLIC)
@require_GET
@public_page
def published_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    page = _published(slug)
    if page.etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": page.etag})
    return _pdf(lambda: published_pdf_of(page), f"{slug}.pdf", ETag=page.etag)


def _published(slug: str) -> PublishedPolicy:
    joined = Publication.objects.select_related(
        "version", "policy__document", "policy__body", "policy__ratification", "policy__under_review"
    )
    return PublishedPolicy(get_object_or_404(joined, slug=slug))


def _pdf(make: Callable[[], bytes], name: str, **headers: str) -> HttpResponse:
    """The file, or in plain words that it cannot be made now."""
    try:
        content = make()
    except Refused as refusal:
        return HttpResponse(
            refusal.message, status=503, content_type="text/plain", headers={"Cache-Control": "no-store"}
        )
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return HttpResponse(content, content_type="application/pdf", headers=headers)
