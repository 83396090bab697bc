"""The questions a peer answers, a page each. Only the kind, a name and what they do are needed to share."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import Person
from core.forms import OnceForm
from governance.models import Body
from governance.shown import shown_as_choices
from practice.models import Audience, Item, Kind, Note, Principle

#: What each principle means, in a few words.
MEANS = {
    Principle.MUTUAL: "We have lived through something alike.",
    Principle.RECIPROCAL: "We both give and we both get.",
    Principle.NON_DIRECTIVE: "Nobody tells anyone what to do.",
    Principle.RECOVERY: "It gives hope, and helps people find their own way.",
    Principle.STRENGTHS: "It begins with what people can do.",
    Principle.INCLUSIVE: "Everybody is welcome.",
    Principle.PROGRESSIVE: "We learn and move on together.",
    Principle.SAFE: "People feel safe, and we agree how we treat each other.",
}


class StartForm(OnceForm):
    """One press begins a draft."""


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label="What kind of support is it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of support it is"},
    )
    choice_hints = {
        "kind": {
            Kind.INFORMAL.value: "You are there for each other, without a timetable. For example, a talk on the bench.",
            Kind.CO_FACILITATION.value: "You run something together with staff. For example, a group or a course.",
        }
    }


class WhatForm(forms.Form):
    title = forms.CharField(
        label="Give it a short name",
        max_length=80,
        help_text="For example, Thursday garden bench.",
        error_messages={"required": "Give it a short name", "max_length": "The name can have up to 80 characters"},
    )
    what = forms.CharField(
        label="What do you do?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Say it as you would to a friend. You do not need to say anything about your health.",
        error_messages={
            "required": "Say what you do",
            "max_length": "What you do can have up to 3,000 characters",
        },
    )


class WhereForm(forms.Form):
    place = forms.CharField(
        label="Where?",
        max_length=120,
        required=False,
        help_text="A ward, a team or a place.",
        error_messages={"max_length": "The place can have up to 120 characters"},
    )
    with_whom = forms.CharField(
        label="With whom?",
        max_length=200,
        required=False,
        help_text='The kind of people only, like "people on the ward". Never a name.',
        error_messages={"max_length": "With whom can have up to 200 characters"},
    )
    since_month = forms.TypedChoiceField(
        label="Since which month?",
        choices=[("", "I do not know"), *((number, calendar.month_name[number]) for number in range(1, 13))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    since_year = forms.IntegerField(
        label="Since which year?",
        min_value=1950,
        max_value=9999,
        required=False,
        help_text="For example, 2024",
        error_messages={
            "invalid": "Enter a year like 2024",
            "min_value": "Enter a year after 1949",
            "max_value": "Enter a year like 2024",
        },
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since_month") and said.get("since_year") is None and "since_year" not in self.errors:
            self.add_error("since_year", "Enter the year too, or choose that you do not know the month")
        return said


class HelpedForm(forms.Form):
    helped = forms.CharField(
        label="What helped?",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="What made it work? What would you tell somebody who wants to try it?",
        error_messages={"max_length": "What helped can have up to 3,000 characters"},
    )


class TagsForm(forms.Form):
    principles = forms.MultipleChoiceField(
        label="Which principles does it show?",
        choices=Principle.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="These are the 8 principles of peer support. Tick as many as you like, or none.",
    )
    choice_hints = {"principles": {each.value: words for each, words in MEANS.items()}}


class NotesForm(forms.Form):
    notes = forms.MultipleChoiceField(
        label="Does it speak of any of these?",
        choices=Note.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="We say so before people read it, so that each can choose. Tick none if there is nothing.",
    )


#: The pages in order: the name in the address, the form, and the heading.
QUESTIONS: dict[str, tuple[type[forms.Form], str]] = {
    "kind": (KindForm, "What kind of support is it?"),
    "what": (WhatForm, "What do you do?"),
    "where": (WhereForm, "Where, with whom and since when?"),
    "helped": (HelpedForm, "What helped?"),
    "principles": (TagsForm, "Which principles does it show?"),
    "notes": (NotesForm, "Should readers know something first?"),
}


def answers_so_far(item: Item, form: type[forms.Form]) -> dict[str, Any]:
    """What was answered on one page before, for the form to show."""
    found: dict[str, Any] = {}
    for name in form.base_fields:
        if name == "principles":
            found[name] = [tag.principle for tag in item.tags.all()]
        elif name == "notes":
            found[name] = [note.note for note in item.notes.all()]
        else:
            found[name] = getattr(item, name)
    return found


class AudienceForm(forms.Form):
    """Who sees it and how its author is shown. Nothing is chosen beforehand; the Steering Group needs a tick more."""

    audience = forms.ChoiceField(
        label="Who can see it?",
        choices=Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who can see it"},
    )
    steering_too = forms.BooleanField(label="Yes, the Steering Group can read it", required=False)
    body = forms.ModelChoiceField(
        label="Which group?",
        queryset=Body.objects.none(),
        required=False,
        empty_label="Choose a group",
        error_messages={"invalid_choice": "Choose a group that you sit on"},
    )
    shown_as = forms.ChoiceField(
        label="How should we show who wrote it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should show who wrote it"},
    )
    conditionals = {"audience": {Audience.STEERING.value: ["steering_too"], Audience.GROUP.value: ["body"]}}
    choice_hints = {
        "audience": {
            Audience.NETWORK.value: "Peers and staff sponsors of the Network.",
            Audience.STEERING.value: "The Steering Group can reply to you. You can stop this at any time.",
            Audience.GROUP.value: "Only the people who sit there.",
        }
    }

    def __init__(self, *args: Any, name: str, bodies: Iterable[Body], side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_as"].choices = shown_as_choices(name, side)  # type: ignore[attr-defined]
        ids = [body.pk for body in bodies]
        self.fields["body"].queryset = Body.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        self.fields["body"].label_from_instance = lambda body: body.name  # type: ignore[attr-defined]
        if not ids:
            del self.fields["body"]
            offered = [choice for choice in Audience.choices if choice[0] != Audience.GROUP]
            self.fields["audience"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        audience = said.get("audience")
        if audience == Audience.STEERING and not said.get("steering_too"):
            self.add_error("steering_too", "Tick the box if the Steering Group can read it, or choose the Network only")
        if audience == Audience.GROUP and not said.get("body") and "body" not in self.errors:
            self.add_error("body", "Choose a group that you sit on")
        said.pop("steering_too", None)
        return said


class SponsorForm(forms.Form):
    """Whether one's staff sponsor may see it; somebody with two says which."""

    sponsor = forms.ChoiceField(
        label="Can your staff sponsor see this?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    NOBODY = "nobody"

    def __init__(self, *args: Any, sponsors: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(person.pk): person for person in sponsors}
        choices = [(key, f"Yes, {person.name} can see it") for key, person in self.by_id.items()]
        self.fields["sponsor"].choices = [*choices, (self.NOBODY, "No")]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person | None:
        """The sponsor who was chosen, or None for nobody."""
        return self.by_id.get(self.cleaned_data["sponsor"])


class SeenForm(forms.Form):
    line = forms.CharField(
        label="Would you like to add a line?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever can read the item reads your line too. They do not see your name.",
        error_messages={"max_length": "Your line can have up to 300 characters"},
    )


class FilterForm(forms.Form):
    """What to show of the register."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "Both kinds"), *Kind.choices], required=False)
    tag = forms.ChoiceField(label="Principle", choices=[("", "Any principle"), *Principle.choices], required=False)
    place = forms.CharField(
        label="Place",
        max_length=120,
        required=False,
        help_text="A part of its name is enough.",
        error_messages={"max_length": "The place can have up to 120 characters"},
    )
    nhs = {name: {"optional": False} for name in ("kind", "tag", "place")}
