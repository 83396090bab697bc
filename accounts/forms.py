"""Forms of logging in and of one's own account. One question a page."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Person
from core.forms import OnceForm


class AddressForm(RequestLoginCodeForm):
    """Which address to send a code to."""

    nhs = {
        "email": {
            "heading": True,
            "size": "l",
            "hint": "We will send you a code to log in with. You do not need a password.",
        }
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["email"],
            label="What is your email address?",
            required="Enter your email address",
            autocomplete="email",
        )


class CodeForm(ConfirmLoginCodeForm):
    """The code from the email."""

    nhs = {"code": {"width": "10", "hint": "It looks like ABCD-EFGH. You can type it with or without the line."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["code"],
            label="Enter the code",
            required="Enter the code from the email",
            autocomplete="one-time-code",
            autocapitalize="characters",
            spellcheck="false",
        )


class PasswordLogInForm(LoginForm):
    """Address and password, for those who chose one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["login"],
            label="Email address",
            required="Enter your email address",
            autocomplete="username",
        )
        _say(
            self.fields["password"],
            label="Password",
            required="Enter your password",
            autocomplete="current-password",
        )
        self.fields["password"].help_text = ""


class SecondFactorForm(AuthenticateForm):
    """The number from the app, or a recovery code, at log-in."""

    nhs = {"code": {"width": "10", "hint": "6 digits. Or use one of your recovery codes."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_number(self.fields["code"])


class SetUpAppForm(ActivateTOTPForm):
    """The first number from a new app, which shows that it works."""

    nhs = {"code": {"width": "5", "hint": "6 digits"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_number(self.fields["code"])


class DetailsForm(forms.ModelForm):
    """One's own name and phone number."""

    nhs = {
        "name": {"hint": "The name that people you work with know you by."},
        "phone": {"hint": "So that the person to call can ring you."},
    }

    class Meta:
        model = Person
        fields = ["name", "phone"]
        error_messages = {"name": {"required": "Enter your name"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Your name"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].label = "Phone number"
        self.fields["phone"].widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "width": "20"})


class PasswordForm(forms.Form):
    """A new password. One box, which can be shown, instead of two."""

    password = forms.CharField(
        label="What password do you want?",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password", "max_length": "The password must be 200 characters or fewer"},
    )
    nhs = {
        "password": {
            "heading": True,
            "size": "l",
            "hint": "12 characters or more. Three words that do not belong together work well.",
        }
    }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class NewEmailForm(forms.Form):
    """The address one wants to change to."""

    email = forms.EmailField(
        label="What is your new email address?",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your new email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "The email address must be 254 characters or fewer",
        },
    )
    nhs = {"email": {"heading": True, "size": "l", "hint": "We will send a code there, to check that it is yours."}}


class EmailCodeForm(forms.Form):
    """The code that was sent to the new address."""

    code = forms.CharField(
        label="Enter the code",
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the code from the email", "max_length": "The code is 8 letters and numbers"},
    )
    nhs = {"code": {"width": "10", "hint": "It looks like BCDF-2345. You can type it with or without the line."}}


class ResetForm(OnceForm):
    """Whose second factor was lost, and how one knows."""

    email = forms.EmailField(
        label="Their email address",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter their email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
        },
    )
    reason = forms.CharField(
        label="Why, and how do you know that it is them?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Enter why, and how you know that it is them",
            "max_length": "The reason must be 500 characters or fewer",
        },
    )
    nhs = {"reason": {"hint": "Only you and those who may confirm it can read this."}}

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = Person.objects.filter(email__iexact=email).first()
        if self.person is None:
            raise forms.ValidationError("Nobody here has this email address")
        return email

    def asked(self) -> dict[str, Any]:
        """What the service is asked."""
        data = self.cleaned_data
        return {"person": self.person, "reason": data["reason"], "form_key": data["form_key"]}


class ConfirmForm(forms.Form):
    """A button, and a place for what a service refuses."""


def _say_number(field: forms.Field) -> None:
    _say(
        field,
        label="Enter the number from your app",
        required="Enter the number from your app",
        autocomplete="one-time-code",
    )


def _say(field: forms.Field, *, label: str, required: str, **attributes: str) -> None:
    """Label, errors and attributes of a field that allauth made, in our words and without its placeholder."""
    field.label = label
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)
