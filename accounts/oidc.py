"""The Trust's own log-in, over OpenID Connect: who may come in that way, and what is checked of the answer.

allauth speaks the protocol (state, PKCE, the exchange of the code). Here stand: one provider, from the settings and not
from a table; a nonce; a signature that is always checked; and that nobody is ever signed up.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from accounts.services.trust_log_in import person_of
from core.errors import Refused

#: The provider asks for the password anew (`prompt=login`); an answer about an older log-in is not taken.
LONGEST_SINCE_LOG_IN = 10 * 60


def is_on() -> bool:
    """Whether this installation has a provider."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET)


def provider_id() -> str:
    """What links are kept under. Another issuer is another provider, whose numbers of people mean nothing to us."""
    return f"trust-{hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()[:12]}"


class TrustAdapter(DefaultSocialAccountAdapter):
    """Who comes in, and who does not."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The one provider of the settings, if there is one. No query."""
        if not is_on():
            return []
        app = SocialApp(
            provider="openid_connect",
            provider_id=provider_id(),
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
            settings={"server_url": settings.OIDC_ISSUER, "oauth_pkce_enabled": True},
        )
        is_asked = provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)
        return [app] if is_asked else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Invitations only."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Not by allauth: `person_of` links, under a lock, and tells the owner."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person, link them the first time, and note a second factor that the provider asked for."""
        claims = cast("TrustLogin", sociallogin).claims
        if not claims.answers((sociallogin.state.get("data") or {}).get("nonce", "")):
            raise ImmediateHttpResponse(redirect("accounts:trust_not_known"))
        try:
            person = person_of(provider=provider_id(), uid=claims.uid, email=claims.verified_email)
        except Refused:
            raise ImmediateHttpResponse(redirect("accounts:trust_not_known")) from None
        sociallogin.user = person
        if claims.did_second_factor:
            record_authentication(request, person, "mfa", type="trust")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Whatever went wrong on the way there and back: a page with the other ways in."""
        raise ImmediateHttpResponse(redirect("accounts:trust_went_wrong"))


class Claims:
    """What the provider says: `signed` in the token, and `more` from its page about the person."""

    def __init__(self, signed: dict[str, Any], more: dict[str, Any]) -> None:
        self.signed, self.more = signed, more

    @property
    def uid(self) -> str:
        return str(self.signed["sub"])

    @property
    def verified_email(self) -> str:
        """The address, if the provider says that it is this person's; else nothing. Each source speaks for itself."""
        for said in (self.signed, self.more):
            if said.get("email") and said.get("email_verified") is True:
                return str(said["email"])
        return ""

    @property
    def did_second_factor(self) -> bool:
        """Whether the signed token says so, in one of the words of the settings."""
        ways = self.signed.get("amr")
        said = {str(way) for way in ways} if isinstance(ways, list) else set()
        return bool(settings.OIDC_MFA) and bool((said | {str(self.signed.get("acr", ""))}) & set(settings.OIDC_MFA))

    def answers(self, nonce: str) -> bool:
        """Whether this is the answer to the question of this very session, about one person, who logged in just now."""
        is_ours = bool(nonce) and hmac.compare_digest(str(self.signed.get("nonce", "")), nonce)
        is_one_person = not self.more or self.more.get("sub") == self.uid
        at = self.signed.get("auth_time")
        is_recent = not isinstance(at, int | float) or time.time() - at < LONGEST_SINCE_LOG_IN
        return is_ours and is_one_person and is_recent


class TrustLogin(SocialLogin):
    """A log-in under way, with what the provider said. For the types' sake: allauth makes the plain kind."""

    claims: Claims


class TrustProtocol(OpenIDConnectOAuth2Adapter):
    """allauth's conversation with the provider, with what it leaves out."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Where the provider's pages are. It must be the issuer that we asked for, not another that answers there."""
        config: dict[str, Any] = super().openid_config
        if config["issuer"].rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("The provider calls itself by another name than OIDC_ISSUER.")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Our own address, whatever host the request says it came to."""
        return settings.BASE_URL + reverse("accounts:trust_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """As allauth does it; but of all that the provider tells about a person nothing is stored."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The provider sent no id_token.")
        login = cast("TrustLogin", super().complete_login(request, app, token, **kwargs))
        told = login.account.extra_data
        login.claims = Claims(told["id_token"], told.get("userinfo") or {})
        login.account.extra_data = {}
        login.account.uid = login.claims.uid
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The token, its signature checked, although it came straight from the provider."""
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
