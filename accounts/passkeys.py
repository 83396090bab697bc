"""Passkeys: what a browser sends about them, checked before anything else looks at it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError

LONGEST_NAME = 60

#: What the libraries raise for JSON of a shape that no browser sends.
MISSHAPEN = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)

NOT_TAKEN = "We could not use this passkey. Try again, or log in another way."


class _MayBeMisshapen:
    """Somebody who writes the answer of a browser by hand gets an error and not a broken page."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except MISSHAPEN:
            raise ValidationError(NOT_TAKEN) from None


class PasskeyLogInForm(_MayBeMisshapen, LoginWebAuthnForm):
    """A passkey instead of address and code."""


class PasskeySecondStepForm(_MayBeMisshapen, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class NameForm(forms.Form):
    """What to call a passkey."""

    name = forms.CharField(
        label="What do you want to call it?",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for this passkey",
            "max_length": f"The name must be {LONGEST_NAME} characters or fewer",
        },
    )
    nhs = {"name": {"hint": "A name that tells you which one it is, like “My phone”.", "width": "20"}}


class NewPasskeyForm(forms.Form):
    """A passkey that a browser has just made. A name that will not do is put right, never refused: the phone has
    the passkey by now, and one that we then did not take would be a puzzle there."""

    name = forms.CharField(label="What do you want to call it?", required=False, max_length=10_000)
    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": NOT_TAKEN, "invalid": NOT_TAKEN})
    nhs = {"name": {"hint": "A name that tells you which one it is, like “My phone”.", "width": "20"}}

    def clean_name(self) -> str:
        return self.cleaned_data["name"][:LONGEST_NAME].strip() or "My passkey"

    def clean_credential(self) -> dict[str, Any]:
        """The credential, once it answers the question that we asked this session."""
        credential = self.cleaned_data["credential"]
        try:
            auth.parse_registration_response(credential)
            auth.complete_registration(credential)
        except (ValidationError, *MISSHAPEN):
            raise ValidationError(NOT_TAKEN) from None
        return credential
