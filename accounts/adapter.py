"""How allauth behaves here: nobody signs up by themselves, and all its mail goes through the outbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from accounts.models import Person
from accounts.notifications.log_in import LOGIN_CODE
from accounts.sessions import start_anew
from core import clock
from core.kept import hand_over
from core.secrets import seal, unseal
from notifications.services import post_secret


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right. Try again, or ask for a code.",
        "incorrect_code": "This code is not right. Check it, or ask for a new one.",
        "incorrect_password": "This password is not right. Try again.",
        "too_many_login_attempts": "You have tried too many times. Wait 5 minutes, then try again.",
        "rate_limited": "You have tried too many times. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Invitations only."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post what allauth wants to send. It sends one thing here; anything else is a setting gone wrong."""
        if template_prefix != "account/email/login_code":
            raise ImproperlyConfigured(f"No message is made for {template_prefix}.")
        person = Person.objects.get(email=email.lower())
        lasts = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        post_secret(kind=LOGIN_CODE, recipient=person, secret={"code": context["code"]}, expires_at=clock.now() + lasts)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Nothing: our views tell the person, in the same transaction as the change (`views/second_factor.py`)."""

    def get_login_stages(self) -> list[str]:
        """allauth's, with our own way of asking for the second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.mfa.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        start_anew(request)
        hand_over(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what went wrong, and that a new code is on its way; the page itself says the rest."""
        if level == messages.ERROR and message:
            messages.error(request, message)
        elif message_template == "account/messages/login_code_sent.txt" and request.POST.get("action") == "resend":
            messages.success(request, "We have sent you a new code. The old one no longer works.")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never by allauth: `accounts.fresh` asks, in one way for everybody, password or not."""
        return False


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This number is not right. Wait for the next one in your app, then try again.",
        "rate_limited": "You have tried too many times. Wait 5 minutes, then try again.",
    }

    def get_totp_issuer(self) -> str:
        return settings.SERVICE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a phone shows beside a passkey: the service's own discreet name."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.SERVICE_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """The name by which a phone tells one person's passkeys from another's."""
        return super().get_public_key_credential_user_entity(user) | {"name": user.email, "display_name": user.name}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
