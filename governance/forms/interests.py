"""What is asked about an interest, and of someone whom a matter concerns. Shape and words of errors; never saves."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import NhsDateField, OnceForm
from governance.models import InterestAsk, InterestEntry, Recusal

WHO_READS = "Members of your groups read this. Do not name another person, and do not write about anyone's health."


class InterestForm(OnceForm):
    """An interest: what kind, in one's own words, from when and until when."""

    kind = forms.ChoiceField(
        label="What kind of interest is it?",
        choices=InterestEntry.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of interest it is"},
    )
    words = forms.CharField(
        label="What is it?",
        help_text=WHO_READS,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what it is", "max_length": "Use up to 500 characters"},
    )
    from_on = NhsDateField(
        label="When did it begin?",
        help_text="If you do not know the day, put 1.",
        error_messages={"required": "Enter when it began"},
    )
    until_on = NhsDateField(label="When did it end?", help_text="Leave this empty if it still goes on.", required=False)
    nhs = {"kind": {"size": "m"}, "words": {"size": "m"}, "from_on": {"size": "m"}, "until_on": {"size": "m"}}  # noqa: RUF012

    def says(self) -> dict[str, Any]:
        """What `declare_interest` takes."""
        return dict(self.cleaned_data)


class AnswerForm(forms.Form):
    """The yearly question, answered by a button."""

    answer = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (InterestAsk.Answer.NOTHING, InterestAsk.Answer.STANDS)],
        error_messages={"required": "Press one of the buttons", "invalid_choice": "Press one of the buttons"},
    )


class CorrectionForm(InterestForm):
    """The same, put right or ended."""

    is_mistake = forms.BooleanField(
        label="I put this in by mistake",
        help_text="It leaves the register at once.",
        required=False,
    )
    why = forms.CharField(
        label="Why do you change it?",
        help_text="You do not have to say. Those who keep the register can read this.",
        max_length=300,
        required=False,
        error_messages={"max_length": "Use up to 300 characters"},
    )

    @staticmethod
    def values_of(entry: InterestEntry) -> dict[str, Any]:
        """What stands now, to start a correction from."""
        return {name: getattr(entry, name) for name in ("kind", "words", "from_on", "until_on")}


class RecusalForm(OnceForm):
    """What someone will do about a matter that concerns their own care or team, and why, for nobody or for one."""

    effect = forms.ChoiceField(
        label="What do you want to do?",
        help_text="Members of the group see your name and this choice.",
        choices=Recusal.Effect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to do"},
    )
    reason = forms.CharField(
        label="Why does it concern you?",
        help_text="You do not have to say. Only you can read this, unless you let the secretary read it too.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Use up to 1,000 characters"},
    )
    is_shared = forms.BooleanField(label="Let the secretary of this group read why", required=False)
    nhs = {"effect": {"size": "m"}, "reason": {"size": "m"}}  # noqa: RUF012

    def __init__(self, *args: Any, has_secretary: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_secretary:
            del self.fields["is_shared"]

    def says(self) -> dict[str, Any]:
        """What `say_it_concerns_me` takes; where there is no secretary, nobody is told why."""
        return {"is_shared": False, **self.cleaned_data}
