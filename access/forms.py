"""What a passport asks, and whom it is shared with. Every answer may be left empty."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from access.models import LARGEST, SMALLEST
from access.questions import Question


class QuestionForm(forms.Form):
    """One page of the passport, made from its question."""

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question
        self.nhs: dict[str, dict[str, Any]] = {}
        self.choice_hints = {"chosen": {choice.key: choice.hint for choice in question.choices if choice.hint}}
        self.conditionals: dict[str, dict[str, list[str]]] = {"chosen": {}}
        if question.choices:
            self._add_choices()
        if question.asks_size:
            self._add_size()
        for detail in question.details:
            self._add_detail(detail.key)

    def _add_choices(self) -> None:
        self.fields["chosen"] = forms.MultipleChoiceField(
            label=self.question.ask,
            help_text=self.question.hint,
            choices=[(choice.key, choice.words) for choice in self.question.choices],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose from the list"},
        )
        self.nhs["chosen"] = {"size": "l", "heading": True, "optional": False}

    def _add_size(self) -> None:
        wrong = f"Enter a size from {SMALLEST} to {LARGEST}, like 18"
        self.fields["point_size"] = forms.IntegerField(
            label="How big? (point size)",
            help_text="Ordinary print is 12. Large print is often 16 or 18.",
            required=False,
            min_value=SMALLEST,
            max_value=LARGEST,
            error_messages={"min_value": wrong, "max_value": wrong, "invalid": wrong},
        )
        self.conditionals["chosen"]["large_print"] = ["point_size"]

    def _add_detail(self, key: str) -> None:
        detail = next(each for each in self.question.details if each.key == key)
        stands_alone = not self.question.choices
        self.fields[key] = forms.CharField(
            label=detail.label,
            help_text=detail.hint,
            required=False,
            max_length=detail.longest,
            widget=forms.Textarea(attrs={"rows": 6}) if stands_alone else forms.TextInput(),
            error_messages={"max_length": f"Use up to {detail.longest:,} characters"},
        )
        if detail.under:
            self.conditionals["chosen"].setdefault(detail.under, []).append(key)
        if stands_alone:
            self.nhs[key] = {"size": "l", "heading": True, "optional": False}

    def said(self) -> dict[str, Any]:
        """What the service takes. What is written under a choice that is not chosen is left out."""
        data = self.cleaned_data
        chosen = data.get("chosen") or []
        words = {
            detail.key: data[detail.key] if not detail.under or detail.under in chosen else ""
            for detail in self.question.details
        }
        return {
            "chosen": chosen,
            "words": words,
            "point_size": data.get("point_size") if "large_print" in chosen else None,
        }


class ShareForm(forms.Form):
    """Yes or no, for one group."""

    share = forms.ChoiceField(
        label="Do you want to share it?",
        choices=[("yes", "Yes, they may see it"), ("no", "No, they may not see it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )
    nhs = {"share": {"size": "m"}}

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["share"] == "yes")


class PeopleForm(forms.Form):
    """Who of a few people may see it. Nobody, unless ticked."""

    people = forms.TypedMultipleChoiceField(
        label="Who of these people may see it?",
        help_text="Choose nobody, one person or more.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose people from the list"},
    )
    nhs = {"people": {"size": "m", "optional": False}}

    def __init__(self, *args: Any, people: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {person.pk: person for person in people}
        choices = [(person.pk, person.name) for person in people]
        cast(forms.TypedMultipleChoiceField, self.fields["people"]).choices = choices

    def who(self) -> list[Any]:
        return [self.by_key[pk] for pk in self.cleaned_data["people"]]
