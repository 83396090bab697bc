"""Replies, reports, and what moderators do about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from core.forms import OnceForm
from governance.shown import shown_as_choices
from practice.models import Act, Report


def _words(label: str, missing: str, *, most: int, required: bool = True, hint: str = "") -> forms.CharField:
    """A box for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": missing, "max_length": f"This can have up to {most:,} characters"},
    )


class ReplyForm(OnceForm):
    words = _words("Your reply", "Write your reply", most=2000, hint="Say thank you first. Do not name anybody else.")
    shown_as = forms.ChoiceField(
        label="How should we show who wrote it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should show who wrote it"},
    )

    def __init__(self, *args: Any, name: str, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_as"].choices = shown_as_choices(name, side)  # type: ignore[attr-defined]


class ChangeReplyForm(forms.Form):
    words = _words("Your reply", "Write your reply", most=2000)


class ReportForm(OnceForm):
    reason = forms.ChoiceField(
        label="What is it about?",
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about"},
    )
    said = _words(
        "Is there anything you would like to say?", "", most=1000, required=False,
        hint="Only the moderators read this. They do not see your name.",
    )  # fmt: skip


class ActForm(OnceForm):
    """What to do, and why. `step` says that the last page, before something that cannot be undone, was read."""

    kind = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to do", "invalid_choice": "This cannot be done now"},
    )
    reason = _words(
        "Why?",
        "Give the reason",
        most=1000,
        hint="The author reads this when something is done to their words. Be kind. Do not say who told us.",
    )
    note = _words(
        "A note for the other moderators", "", most=1000, required=False,
        hint="Nobody else reads it. It is not a care record: do not write about anyone's health.",
    )  # fmt: skip
    choice_hints = {
        "kind": {
            Act.Kind.NO_ACTION.value: "It can stay. The author is not told.",
            Act.Kind.HIDE.value: "Nobody else sees it until a moderator shows it again.",
            Act.Kind.ASK_TO_CHANGE.value: "It is hidden until the author has changed it and you show it again.",
            Act.Kind.RESTORE.value: "Those who could see it before see it again.",
            Act.Kind.REMOVE.value: "Its words are deleted. This cannot be undone.",
        }
    }

    def __init__(self, *args: Any, kinds: Iterable[Act.Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    @property
    def needs_a_last_look(self) -> bool:
        """Removing cannot be undone, so it is asked once more."""
        return self.cleaned_data["kind"] == Act.Kind.REMOVE and self.data.get("step") != "remove"

    @property
    def is_to_change(self) -> bool:
        return self.data.get("step") == "change"


class SecondForm(OnceForm):
    note = _words(
        "What do you want to say to the other moderators?",
        "Write what you want to say",
        most=1000,
        hint="Only moderators read it. It is not a care record: do not write about anyone's health.",
    )


class NameModeratorForm(forms.Form):
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Of somebody who sits on a group.",
        error_messages={"required": "Enter the person's email address"},
    )
