"""What is asked of somebody who was invited. Three answers are needed in all: a name, how to reach them, and a yes."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import ContactChoice, Person
from network.forms.invitations import AddressField


class CodeForm(forms.Form):
    """The code from a letter."""

    code = forms.CharField(
        label="Enter the code from your letter",
        max_length=40,
        error_messages={"required": "Enter the code from your letter"},
        widget=forms.TextInput(
            attrs={"width": "20", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    nhs = {
        "code": {
            "heading": True,
            "size": "l",
            "hint": "It has 12 letters and numbers. You can type it with or without the lines.",
        }
    }


class OwnAddressForm(forms.Form):
    """Where to write to somebody who was invited by word or on paper, or who has lost their invitation."""

    address = AddressField(
        label="What is your email address?",
        error_messages={"required": "Enter your email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class NameForm(forms.Form):
    """Which name to show."""

    name = forms.CharField(
        label="What name do you want us to show?",
        max_length=Person._meta.get_field("name").max_length,
        error_messages={"required": "Enter the name you want us to show"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    nhs = {
        "name": {
            "heading": True,
            "size": "l",
            "hint": "It can be the name people call you. People in your groups see it.",
        }
    }


class ContactForm(forms.Form):
    """How to reach somebody, and what is safe."""

    way = forms.ChoiceField(
        label="How do you want us to reach you?",
        choices=ContactChoice.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want us to reach you"},
    )
    phone = forms.CharField(
        label="Your phone number",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "width": "20"}),
    )
    post = forms.CharField(
        label="The address for your post", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
    times = forms.CharField(label="When is it best to reach you?", required=False, max_length=200)
    may_leave_message = forms.BooleanField(label="You can leave me a voice message", required=False)
    may_show_name = forms.BooleanField(label="A message to me can say the name of this service", required=False)
    nhs = {
        "way": {"hint": "Links to log in always go by email. This is for everything else."},
        "post": {"count": False},
        "times": {"hint": "Like: after 10am, not on Mondays"},
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].help_text = "We need it for a text message or a phone call."
        self.fields["post"].help_text = "We need it only for post."


class AgreeForm(forms.Form):
    """Yes, to the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)
    agree = forms.BooleanField(
        label="I agree",
        error_messages={"required": "Tick the box if you agree. You can also call us and talk it over."},
    )


class WroteDownForm(forms.Form):
    """Whose yes on the phone is written down. A sponsor chooses among their peers; a secretary gives an address, so
    that no page lists who belongs. `found` is the person."""

    found: Any

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who did you speak to?",
        empty_label="Choose",
        error_messages={"required": "Choose who you spoke to", "invalid_choice": "Choose who you spoke to"},
    )
    address = AddressField(
        label="What is the email address of the person you spoke to?",
        error_messages={"required": "Enter the email address of the person you spoke to"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    confirm = forms.BooleanField(
        label="I read all of it to them, or we read it together, and they said yes",
        error_messages={"required": "Tick the box if you went through all of it and they said yes"},
    )

    def __init__(self, *args: Any, people: Any, is_secretary: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        del self.fields["person" if is_secretary else "address"]
        if not is_secretary:
            self.fields["person"].queryset = people
            self.fields["person"].label_from_instance = lambda person: person.name

    def clean_address(self) -> str:
        """An address of somebody this can be written down for."""
        address: str = self.cleaned_data["address"]
        self.found = self.people.filter(email=address).first()
        if self.found is None:
            raise forms.ValidationError("Nobody with this address is asked to agree now. Check each letter.")
        return address

    def clean_person(self) -> Person:
        self.found = self.cleaned_data["person"]
        return self.cleaned_data["person"]

    @property
    def is_for_nobody(self) -> bool:
        """A sponsor whose people have all agreed."""
        return "person" in self.fields and not self.people.exists()


class AgreementTextForm(forms.Form):
    """A new wording. `seen` is the version it was written from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)
    text = forms.CharField(
        label="The words of the agreement",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        error_messages={"required": "Write the words of the agreement"},
    )
    nhs = {"text": {"count": False, "hint": 'Begin a heading with "# " and a line of a list with "- ".'}}


class FindForm(forms.Form):
    """One person by their address, for a secretary. `found` is the person."""

    found: Any

    address = AddressField(
        label="What is their email address?",
        error_messages={"required": "Enter their email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_address(self) -> str:
        """An address of somebody who may log in."""
        address: str = self.cleaned_data["address"]
        self.found = Person.objects.filter(email=address, is_active=True).first()
        if self.found is None:
            raise forms.ValidationError("Nobody here has this address. Check each letter.")
        return address
