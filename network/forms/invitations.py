"""What is asked of whoever invites somebody."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.invitations import normal_address
from accounts.models import Person, Way
from core.forms import OnceForm
from governance import standing
from governance.models import Body, Constituency, Function
from network.keepers import keeps_the_network
from network.known import sponsors_today
from network.services.invitations import Place


class AddressField(forms.CharField):
    """An email address in the form in which we keep it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.EmailInput(attrs={"spellcheck": "false"}))
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return normal_address(text) if text else ""


class InviteForm(OnceForm):
    """One person. A staff sponsor invites peers, as their sponsor; a secretary says as what. `step` is the button."""

    name = forms.CharField(
        label="What are they called?",
        help_text="We greet them by this. They can change it.",
        max_length=100,
        error_messages={"required": "Enter their name"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    way = forms.ChoiceField(
        label="How do you want to invite them?",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want to invite them"},
    )
    address = AddressField(label="Their email address", required=False)
    constituency = forms.ChoiceField(
        label="As what do you invite them?",
        choices=Constituency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose as what you invite them"},
    )
    sponsor = forms.ModelChoiceField(
        Person.objects.none(), label="Their staff sponsor (you can leave this for later)", required=False
    )
    body = forms.ModelChoiceField(Body.objects.none(), label="Which group?", required=False)
    function = forms.ChoiceField(
        label="What is the seat for?", choices=[("", "Choose"), *Function.choices], required=False
    )
    words = forms.CharField(
        label="Why do you invite them, in your own words?",
        help_text="They read this on the page, behind their link. It is not in the email.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "What you write can have up to 1,000 characters"},
    )
    conditionals = {
        "way": {"email": ["address"]},
        "constituency": {"peer": ["sponsor"], "corporate": ["body", "function"]},
    }
    choice_hints = {
        "way": {
            "email": "We send them a link. The email names nobody and no group.",
            "said": "You get a link and a code picture to pass on. We send nothing.",
            "paper": "You get a letter to print, with a short code.",
        }
    }

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.is_secretary = keeps_the_network(standing.of(by))
        if not self.is_secretary:
            for name in ("constituency", "sponsor", "body", "function"):
                del self.fields[name]
            return
        ids = [person.pk for person in sponsors_today().values()]
        self.fields["sponsor"].queryset = Person.objects.filter(pk__in=ids)
        self.fields["sponsor"].label_from_instance = lambda person: person.name
        self.fields["body"].queryset = Body.objects.alive().exclude(kind=Body.Kind.NETWORK)
        self.fields["body"].label_from_instance = lambda body: body.name
        for name in ("sponsor", "body"):
            self.fields[name].empty_label = "Choose"

    @property
    def is_to_send(self) -> bool:
        """The check page was read and confirmed."""
        return self.data.get("step") == "send"

    @property
    def is_to_change(self) -> bool:
        return self.data.get("step") == "change"

    def clean(self) -> dict[str, Any]:
        """What stands under a choice that was not made does not count."""
        said = super().clean() or {}
        if said.get("way") == Way.EMAIL and not said.get("address") and "address" not in self.errors:
            self.add_error("address", "Enter their email address")
        if said.get("way") != Way.EMAIL:
            said["address"] = ""
            self.errors.pop("address", None)
        return said

    @property
    def place(self) -> Place:
        """What is offered, from valid answers."""
        said = self.cleaned_data
        if not self.is_secretary:
            return Place(Constituency.PEER, sponsor=self.by)
        constituency = Constituency(said["constituency"])
        if constituency == Constituency.CORPORATE:
            return Place(
                constituency, body=said["body"], function=Function(said["function"]) if said["function"] else None
            )
        return Place(constituency, sponsor=said["sponsor"] if constituency == Constituency.PEER else None)


class ListForm(OnceForm):
    """A list of people, pasted."""

    text = forms.CharField(
        label="The people to invite",
        help_text="One on each line, up to 200: name, email address, peer or staff sponsor, "
        "and for a peer the email address of their staff sponsor.",
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Paste the people you want to invite, one on each line"},
    )
    nhs = {"text": {"count": False}}
