"""Forms that know which state of a record they were opened on."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from accounts.admin_site import PlainModelForm
from core.forms import DateParts
from core.said import nhs_date, nhs_when
from workforce.models import Occupancy
from workforce.presenters import person_said, value_said
from workforce.services import version_of
from workforce.workflows import VACANCY


class VersionedForm(PlainModelForm):
    """A form for a row that others may be changing too.

    `seen` carries the newest kept state when the page was opened. If there is a newer one by the time it is saved,
    nothing is saved. A field that both changed shows both values; one that only the other person changed takes theirs;
    and the page now carries the newer state, so that saving again is a choice.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    stale_words: ClassVar[str] = (
        "{who} changed this record on {when}, after you opened it. Nothing of yours has been saved yet. "
        "Check what is marked, then save again."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.fields["seen"].initial = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        now = version_of(self.instance)
        if self.instance.pk and cleaned.get("seen") != now:
            self._say_what_changed(dict(cleaned), now)
        return cleaned

    def _say_what_changed(self, cleaned: dict[str, Any], now: str) -> None:
        """`instance` still holds what stands: Django copies the form onto it after `clean`."""
        states = {str(state.history_id): state for state in self.instance.history.select_related("history_user")}
        opened_on, newest = states.get(cleaned.get("seen", "")), states.get(now)
        self.data: Any = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("seen")] = now
        for name in set(cleaned) & {field.name for field in self.instance._meta.concrete_fields}:
            self._settle(name, cleaned[name], getattr(opened_on, name, None) if opened_on else None)
        if newest is not None:
            self.add_error(None, self.stale_words.format(who=person_said(newest), when=nhs_when(newest.history_date)))

    def _settle(self, name: str, yours: Any, before: Any) -> None:
        """Mark a field that both changed; bring in theirs where only they did."""
        theirs = getattr(self.instance, name)
        if theirs in (yours, before):
            return
        if yours == before:
            self._write(name, theirs)
        else:
            field = self.instance._meta.get_field(name)
            self.add_error(name, f"It is now {value_said(field, theirs)}. You have {value_said(field, yours)}")

    def _write(self, name: str, value: Any) -> None:
        """Put a value into what the form shows."""
        field, key = self.fields[name], self.add_prefix(name)
        if isinstance(field.widget, DateParts):
            self.data.update({f"{key}_{part}": text for part, text in field.widget.parts_of(value).items()})
        else:
            self.data[key] = str(field.prepare_value(value) or "")


#: What each move of a vacancy is called on its page.
MOVE_WORDS = {
    "make_offer": "An offer was made",
    "start_checks": "Start the six checks",
    "fill": "The post is filled",
    "withdraw": "Withdraw it: the post is not being filled now",
}


class OccupancyForm(VersionedForm):
    """Who holds a position; when they are added from a filled vacancy, `vacancy` is its number."""

    vacancy = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)


class WhoFillsIt(forms.ModelChoiceField):
    """One of those who hold the position, by name and first day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.worker.full_name}, from {nhs_date(obj.starts_on)}"


class VacancyForm(VersionedForm):
    """A vacancy's dates, and the next step of it if there is one."""

    move = forms.ChoiceField(label="What happens next", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "occupancy" in self.fields:
            held = Occupancy.objects.filter(position=self.instance.position_id).select_related("worker")
            who: Any = self.fields["occupancy"]
            who.queryset = held.filter(Q(vacancy=None) | Q(vacancy=self.instance.pk))
        if "move" in self.fields:
            allowed = [each.name for each in VACANCY if VACANCY.allows(self.instance, each.name)]
            field: Any = self.fields["move"]
            field.choices = [("", "It stays as it is"), *((name, MOVE_WORDS[name]) for name in allowed)]
            field.error_messages["invalid_choice"] = "Choose one from the list"


class StrikeForm(forms.Form):
    """Why an entry is struck out. `seen` carries the mark of what the page said would go."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="What was wrong with it?",
        help_text="Only the governance lead will read this. Do not write about anybody's health",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={
            "required": "Say what was wrong with it",
            "max_length": "What was wrong must be 500 characters or fewer",
        },
    )


class OpenForm(forms.Form):
    """Why somebody opens what was struck out."""

    reason = forms.CharField(
        label="Why do you need to read it?",
        help_text="Your reason is kept with your name and the time",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={
            "required": "Say why you need to read it",
            "max_length": "Your reason must be 300 characters or fewer",
        },
    )
