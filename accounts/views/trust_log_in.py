"""Logging in with an account at the Trust: there, and back."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from allauth.core import ratelimit
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from requests import RequestException

from accounts import oidc
from accounts.fresh import fresh_log_in_needed
from accounts.services.trust_log_in import forget_trust_account
from accounts.views.log_in import wanted_page
from core.permissions import open_to_all, open_to_logged_in

logger = logging.getLogger(__name__)

TO_LOG_IN = "One must be able to reach the log-in."

#: What a provider that is away, or answers in a shape of its own, makes the libraries raise.
PROVIDER_WRONG = (OAuth2Error, RequestException, AttributeError, KeyError, TypeError, ValueError)


@open_to_all(TO_LOG_IN)
@never_cache
@require_GET
def trust_log_in(request: HttpRequest) -> HttpResponse:
    """Go to the Trust's log-in. By GET, because the provider may send one on through pages that we cannot list for a
    form's policy; it changes nothing but the session."""
    if (away := _turned_away(request)) is not None:
        return away
    nonce = secrets.token_urlsafe(32)
    try:
        return _provider(request).redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=wanted_page(request) or None,
            data={"nonce": nonce},
            auth_params={"nonce": nonce, "prompt": "login"},
        )
    except PROVIDER_WRONG as problem:
        return _went_wrong(problem)


@open_to_all("The provider sends people back here; what it says is checked.")
@never_cache
@require_GET
def trust_callback(request: HttpRequest) -> HttpResponse:
    """Come back from it. The way back is a GET by the protocol; its `state` was kept in this session."""
    if (away := _turned_away(request)) is not None:
        return away
    try:
        return OAuth2CallbackView.adapter_view(_protocol(request))(request)
    except PROVIDER_WRONG as problem:
        return _went_wrong(problem)


@open_to_all("It says that an account is not known, and knows of nobody.")
@require_safe
def trust_not_known(request: HttpRequest) -> HttpResponse:
    """We do not know this account, or cannot let it in."""
    return _page(request, "accounts/trust_not_known.html")


@open_to_all("It says that something went wrong, and knows of nobody.")
@require_safe
def trust_went_wrong(request: HttpRequest) -> HttpResponse:
    """The Trust's log-in was stopped, or did not answer."""
    return _page(request, "accounts/trust_went_wrong.html")


@open_to_logged_in("Everybody may look after how they log in.")
@fresh_log_in_needed
@require_POST
def forget_trust(request: HttpRequest) -> HttpResponse:
    """No longer log in with the account at the Trust."""
    if forget_trust_account(by=request.user):
        update_session_auth_hash(request, request.user)
        messages.success(request, "Your account here is no longer joined to it. You are logged out everywhere else.")
    return redirect("accounts:details")


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """Who does not get to the provider: 404 where there is none, home who is logged in, 429 who came too often."""
    if not oidc.is_on():
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    return ratelimit.consume_or_429(request, action="trust_log_in", limit_get=True)


def _went_wrong(problem: Exception) -> HttpResponse:
    """What kind of thing it was goes into the log, and nothing that the provider said."""
    logger.warning("The Trust's log-in could not be used: %s", type(problem).__name__)
    return redirect("accounts:trust_went_wrong")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    if not oidc.is_on():
        raise Http404
    return render(request, template)


def _protocol(request: HttpRequest) -> oidc.TrustProtocol:
    return oidc.TrustProtocol(request, oidc.provider_id())


def _provider(request: HttpRequest) -> Any:
    provider = _protocol(request).get_provider()
    provider.oauth2_adapter_class = oidc.TrustProtocol
    return provider
