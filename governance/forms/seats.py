"""What is asked about seats: opening one, and who sits there from when to when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.models import Person
from core import clock
from core.forms import NhsDateField, OnceForm
from governance.models import Constituency, Function, Seat
from governance.people import who_may_have
from governance.services.seats import usual_end

#: Fewer letters would list the Network.
LEAST_LETTERS = 3
MOST_FOUND = 8
ONE_DAY = dt.timedelta(days=1)


class OpenSeatForm(OnceForm):
    constituency = forms.ChoiceField(
        label="Who is the seat for?",
        choices=Constituency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who the seat is for", "invalid_choice": "Choose one of the answers"},
    )
    function = forms.ChoiceField(
        label="Which part of Corporate Services?",
        choices=Function.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers"},
    )
    conditionals = {"constituency": {"corporate": ["function"]}}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """What stands under another answer is not taken with this one."""
        said = super().clean() or {}
        if said.get("constituency") != Constituency.CORPORATE:
            said["function"] = None
        elif not said.get("function"):
            self.add_error("function", "Choose which part of Corporate Services the seat is for")
        return said


class SearchForm(forms.Form):
    """Part of a name, sent and never put into an address."""

    name = forms.CharField(
        label="Part of the person's name",
        min_length=LEAST_LETTERS,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter part of the name",
            "min_length": f"Enter {LEAST_LETTERS} letters or more of the name",
            "max_length": "The name can have up to 100 characters",
        },
    )


class LastDayForm(forms.Form):
    """The last day of a term, as people say it; services take the day after."""

    ends_on = NhsDateField(label="Last day", error_messages={"required": "Enter the last day"})

    def clean_ends_on(self) -> dt.date:
        day = self.cleaned_data["ends_on"]
        if day.year >= 2199:
            raise forms.ValidationError("Check the year of the last day")
        return day + ONE_DAY

    @property
    def last_day(self) -> dt.date:
        return self.cleaned_data["ends_on"] - ONE_DAY


class TimeForm(LastDayForm):
    """From when to when, both days included."""

    starts_on = NhsDateField(label="First day", error_messages={"required": "Enter the first day"})


class MemberForm(TimeForm):
    """One of the people who were found, by the same part of their name."""

    name = forms.CharField(widget=forms.HiddenInput, min_length=LEAST_LETTERS, max_length=100)
    person = forms.ChoiceField(
        label="Who gets the seat?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a person", "invalid_choice": "Choose one of the people on the list"},
    )
    field_order = ("name", "person", "starts_on", "ends_on")

    def __init__(self, *args: Any, found: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = {str(person.pk): person for person in found}
        self.fields["person"].choices = [(key, person.name) for key, person in self.found.items()]
        names = Counter(person.name for person in self.found.values())
        self.choice_hints = {"person": {key: each.email for key, each in self.found.items() if names[each.name] > 1}}

    def who(self) -> Person:
        return self.found[self.cleaned_data["person"]]


class AddressForm(forms.Form):
    """Somebody who has an account, by their exact email address: nobody is listed."""

    email = forms.EmailField(
        label="Their email address",
        help_text="The whole address they log in with.",
        max_length=254,
        error_messages={"required": "Enter the email address", "max_length": "This is too long to be an email address"},
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError("Nobody here logs in with this address. Check it, or have them invited first.")
        return email

    def who(self) -> Person:
        return self.person


class ColleagueForm(AddressForm, TimeForm):
    field_order = ("email", "starts_on", "ends_on")


def is_searched(seat: Seat) -> bool:
    """Whether people for this seat are looked for among the members of the Network; else by their exact address."""
    return seat.constituency != Constituency.CORPORATE and seat.body.kind != seat.body.Kind.NETWORK


def seat_form(seat: Seat, data: Mapping[str, Any] | None, initial: Mapping[str, Any] | None) -> TimeForm:
    """The form for this seat, with a usual term to start from."""
    first = clock.today()
    usual = {"starts_on": first, "ends_on": usual_end(first, seat.body.term_years) - ONE_DAY}
    begin = usual | dict(initial or {})
    if not is_searched(seat):
        return ColleagueForm(data, initial=begin)
    name = str((data or begin).get("name", ""))
    is_enough = len(name.strip()) >= LEAST_LETTERS and "\0" not in name
    found = who_may_have(seat, name.strip(), most=MOST_FOUND)[:MOST_FOUND] if is_enough else []
    return MemberForm(data, initial=begin, found=found)
