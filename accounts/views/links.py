"""The single-use link in a message: one page, one button."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import links
from accounts.models import LoginLink
from accounts.services.log_in import send_fresh_link
from core.permissions import open_to_all

IN_A_LETTER = "The token in a letter takes the place of logging in."


@open_to_all(IN_A_LETTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what can be done with the link and changes nothing. POST uses it."""
    if request.method == "POST":
        return _press(request, token)
    found = links.find(token)
    if found and request.user == found.person:
        return render(request, "accounts/link.html", {"is_logged_in": True})
    if links.peek(token) is None:
        return render(request, "accounts/old_link.html", {"token": token})
    template = "accounts/link_of_another.html" if request.user.is_authenticated else "accounts/link.html"
    return render(request, template, {"token": token})


@open_to_all(IN_A_LETTER)
@require_POST
def fresh_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the owner of an old one. The answer is the same whether there is such an owner or not."""
    found = links.find(token)
    if found and found.person.is_active and _may_send(request, found):
        send_fresh_link(old=found)
    return redirect("accounts:check_your_email")


@open_to_all("Says that a link may be on its way; it knows of nobody.")
@require_GET
def check_your_email(request: HttpRequest) -> HttpResponse:
    """What happens next, after asking for a new link."""
    return render(request, "accounts/check_your_email.html")


def _press(request: HttpRequest, token: str) -> HttpResponse:
    found = links.find(token)
    if request.user.is_authenticated:
        return redirect(found.path if found and request.user == found.person else request.path)
    used = links.use(token)
    if used is None:
        return redirect(request.path)
    record_authentication(request, used.person, method="link")
    return perform_login(request, used.person, redirect_url=used.path)


def _may_send(request: HttpRequest, old: LoginLink) -> bool:
    return ratelimit.consume(request, action="fresh_link", key=f"person-{old.person_id}")
