"""A partnership: who, who comes next, what is shared, what was done."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Person
from core.forms import OnceForm
from governance.models import Constituency
from network.forms.checked import CheckedForm, PersonAndAddressChoice, PersonChoice
from network.membership import members
from network.models import Noted, Partnership, Shared

TOO_LONG = {"max_length": "What you write can have up to 500 characters"}


class PairForm(CheckedForm):
    """A peer and a staff sponsor, of those who are in the Network today."""

    peer = PersonAndAddressChoice(Person.objects.none(), label="Peer", missing="Choose a peer")
    sponsor = PersonAndAddressChoice(Person.objects.none(), label="Staff sponsor", missing="Choose a staff sponsor")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["peer"].queryset = members(Constituency.PEER)
        self.fields["sponsor"].queryset = members(Constituency.SPONSOR)


class NewSponsorForm(CheckedForm):
    """Another staff sponsor for a peer: any who does not stand by them now, nor is the peer."""

    new_sponsor = PersonChoice(Person.objects.none(), label="New staff sponsor", missing="Choose a staff sponsor")

    def __init__(self, *args: Any, without: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        others = members(Constituency.SPONSOR).exclude(pk__in=[person.pk for person in without])
        self.fields["new_sponsor"].queryset = others


class PartnershipChoice(forms.ModelChoiceField):
    """One of one's own sponsors, by the partnership's key."""

    def __init__(self, *, label: str, missing: str) -> None:
        words = {"required": missing, "invalid_choice": missing}
        options = {"label": label, "empty_label": None, "widget": forms.RadioSelect, "error_messages": words}
        super().__init__(Partnership.objects.none(), to_field_name="key", **options)

    def to_python(self, value: Any) -> Partnership | None:
        """The partnership. Raises ValidationError in our words also for what is no key at all."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class AskForm(OnceForm):
    """A peer asks for another sponsor. Nothing has to be said. `partnership` is asked of who has several sponsors."""

    partnership = PartnershipChoice(label="Who is it about?", missing="Choose who it is about")
    words = forms.CharField(
        label="Is there anything you would like to say?",
        help_text="You do not have to. Nobody needs to know why.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=TOO_LONG,
    )
    nominee = forms.CharField(
        label="Is there someone you would like?",
        help_text="A name, and where they work if you know it.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use up to 200 characters"},
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = list(Partnership.objects.live().filter(peer=person).select_related("sponsor").order_by("from_on", "pk"))
        self.only = mine[0] if len(mine) == 1 else None
        if len(mine) > 1:
            field = self.fields["partnership"]
            field.queryset = Partnership.objects.filter(pk__in=[each.pk for each in mine])
            field.choices = [(each.key, each.sponsor.name) for each in mine]
        else:
            del self.fields["partnership"]

    def said(self) -> dict[str, Any]:
        """Values for `ask_for_sponsor`."""
        return {**self.cleaned_data, "partnership": self.cleaned_data.get("partnership", self.only)}


class OnCareTeamForm(forms.Form):
    """One tick. It is not kept."""

    tick = forms.BooleanField(
        label="This person is on my care team",
        error_messages={"required": "Tick the box if this person is on your care team"},
    )


class TalkForm(forms.Form):
    note = forms.CharField(
        label="What did you agree?",
        help_text="The person who asked can read this. Nobody else can, except those who answer requests like this.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=TOO_LONG,
    )


class SharingForm(forms.Form):
    """What this sponsor may see."""

    what = forms.MultipleChoiceField(
        label="What may they see?",
        choices=Shared.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    nhs = {"what": {"size": "m", "optional": False, "hint": "Tick what you want them to see. You can change it later."}}

    @staticmethod
    def values_of(partnership: Partnership) -> dict[str, Any]:
        return {"what": [each.value for each in Shared if partnership.shares(each)]}

    def shared(self) -> list[Shared]:
        return [Shared(each) for each in self.cleaned_data["what"]]


class TodayForm(forms.Form):
    """What the sponsor did today."""

    what = forms.MultipleChoiceField(
        label="Today",
        choices=Noted.What.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    nhs = {"what": {"size": "s", "optional": False}}

    def done(self) -> list[Noted.What]:
        return [Noted.What(each) for each in self.cleaned_data["what"]]


class SearchForm(forms.Form):
    """Part of a name. It is sent, not put in the address."""

    name = forms.CharField(
        label="Find someone by name",
        max_length=100,
        required=False,
        error_messages={"max_length": "Use up to 100 characters"},
    )
    nhs = {"name": {"optional": False}}
