"""What is asked about a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone

from core.forms import NhsDateField, NhsTimeField, OnceForm
from documents.models import Version
from meetings.models import AgendaItem, Meeting, NeedsMet, Reply
from meetings.papers import papers_for
from meetings.services import Chair, Item

#: Stands beside the name of somebody who shared what they need: never which need, and only where it was shared.
FLAG = "Has access needs, shared"


class WhenAndWhere(forms.Form):
    """Date, times and place. `when_and_where()` gives them as the services take them."""

    day = NhsDateField(label="Date", error_messages={"required": "Enter the date of the meeting"})
    starts = NhsTimeField(label="Start time", error_messages={"required": "Enter the time it starts"})
    ends = NhsTimeField(label="End time", error_messages={"required": "Enter the time it ends"})
    place = forms.CharField(
        label="Place",
        help_text="The room and address, or 'Online'. This goes out by email, so do not write the group's name.",
        max_length=200,
        error_messages={
            "required": "Enter where the meeting is",
            "max_length": "The place can have up to 200 characters",
        },
    )
    link = forms.URLField(
        label="Link to join online",
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
        error_messages={"invalid": "Enter a link that starts with https://"},
    )
    phone_in = forms.CharField(
        label="Phone number to join by phone",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"width": "20", "inputmode": "tel"}),
        error_messages={"max_length": "The phone number can have up to 40 characters"},
    )

    def when_and_where(self) -> dict[str, Any]:
        """Values for `call_meeting` and `change_meeting`."""
        data = self.cleaned_data
        return {
            "starts_at": timezone.make_aware(dt.datetime.combine(data["day"], data["starts"])),
            "ends_at": timezone.make_aware(dt.datetime.combine(data["day"], data["ends"])),
            "place": data["place"],
            "link": data["link"],
            "phone_in": data["phone_in"],
        }

    @staticmethod
    def values_of(meeting: Meeting) -> dict[str, Any]:
        """What stands now, to start a change from."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return {
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "place": meeting.place,
            "link": meeting.link,
            "phone_in": meeting.phone_in,
        }


class CallForm(WhenAndWhere, OnceForm):
    """A new meeting, with the one item it is for."""

    title = forms.CharField(
        label="What the meeting is about",
        max_length=200,
        error_messages={"required": "Enter what the meeting is about", "max_length": "Use up to 200 characters"},
    )
    purpose = forms.ChoiceField(
        label="What people are asked to do",
        choices=AgendaItem.Purpose.choices,
        widget=forms.RadioSelect,
        initial=AgendaItem.Purpose.AGREE,
        error_messages={"required": "Choose what people are asked to do"},
    )
    paper = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_paper(self) -> Version | None:
        """Only a paper that the person who calls may read themselves."""
        key = self.cleaned_data["paper"]
        if not key:
            return None
        if key not in papers_for(self.person, [key]):
            raise forms.ValidationError("The paper for this meeting was not found. Open it again and start from there.")
        return Version.objects.get(pk=key)

    def items(self) -> list[Item]:
        """The agenda, as `call_meeting` takes it."""
        data = self.cleaned_data
        return [(data["title"], data["purpose"], data["paper"])]


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(
        label="Can you come?",
        choices=Reply.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose if you can come", "invalid_choice": "Choose one of the answers"},
    )
    nhs = {"answer": {"size": "m"}}


class PresenceForm(forms.Form):
    """Who was there. `chairs` are those who could be, each with their side, and whose deputy they are.

    `flagged` are ids of those who shared what they need.
    """

    present = forms.TypedMultipleChoiceField(
        label="Who was there?",
        help_text="Choose everyone who came in person, online or by phone.",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who was there", "invalid_choice": "Choose people from the list"},
    )
    nhs = {"present": {"size": "l", "heading": True}}

    def __init__(self, *args: Any, chairs: list[Chair], flagged: Iterable[int] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.choice_hints = {"present": dict.fromkeys(map(str, flagged), FLAG)}
        self.people = {chair.person.pk: chair.person for chair in chairs}
        choices = [(chair.person.pk, _label(chair)) for chair in chairs]
        cast(forms.TypedMultipleChoiceField, self.fields["present"]).choices = choices

    def who(self) -> list[Any]:
        return [self.people[pk] for pk in self.cleaned_data["present"]]


def _label(chair: Chair) -> str:
    """ "Cass Tinderly, peer", "Bea Stonepetal, peer, deputy for Kofi Underhazel"."""
    words = f"{chair.person.name}, {chair.side.label.lower()}"
    if chair.deputy_for:
        return f"{words}, deputy for {chair.deputy_for.name}"
    return f"{words}, on a break" if chair.is_on_break else words


class NeedsForm(forms.Form):
    """Was it there, and anything they want to say."""

    answer = forms.ChoiceField(
        label="Was what you need there for you?",
        choices=NeedsMet.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, partly or no", "invalid_choice": "Choose yes, partly or no"},
    )
    words = forms.CharField(
        label="Is there anything you want to say?",
        help_text="You do not have to.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "What you write can have up to 1,000 characters"},
    )
    nhs = {"answer": {"size": "m"}}
    choice_hints = {"answer": {NeedsMet.Answer.NO: "Also if you stayed away because it would not be there"}}


class DoneForm(forms.Form):
    done = forms.CharField(
        label="What did you do about it?",
        help_text="The person will read this. Say what will be different next time.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Write what you did about it",
            "max_length": "What you write can have up to 1,000 characters",
        },
    )
    nhs = {"done": {"size": "m"}}
