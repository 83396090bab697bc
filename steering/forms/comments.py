"""Forms for saying something about a paragraph, and for answering it."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import OnceForm
from documents.models import Version
from governance.shown import ShownAs, shown_as_choices
from steering.models import Answer
from steering.services.comments import LOST_PLACE

MOST = 5000


class CommentForm(forms.Form):
    """What someone thinks of one paragraph. `version` and `text` are what they were reading when they began."""

    version = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": LOST_PLACE, "invalid": LOST_PLACE})
    text = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": LOST_PLACE, "invalid": LOST_PLACE})
    words = forms.CharField(
        label="Your comment",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="You can say what works, what does not, or which words you would use.",
        error_messages={
            "required": "Write your comment",
            "max_length": "Your comment must be 5,000 characters or fewer",
        },
    )
    shown_as = forms.ChoiceField(
        label="How should we show who wrote it?",
        widget=forms.RadioSelect,
        initial=ShownAs.MEMBER,
        help_text="Everyone who can read this draft will see your comment.",
        error_messages={"required": "Choose how we should show who wrote it"},
    )

    def __init__(self, *args: Any, name: str, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_as"].choices = shown_as_choices(name, side)


class KeepForm(CommentForm):
    """The same while it is being written: there may be no words yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class SendForm(OnceForm):
    """The last press. Its key is that of the words that were kept."""


class AnswerForm(forms.Form):
    """What became of a comment, and why. `newer` is a newer draft in which the paragraph reads otherwise, or None."""

    outcome = forms.ChoiceField(
        label="What is your answer?",
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=3000,
        help_text="The person who wrote it will read this. Thank them, and say what happens now. "
        "It is made public when the policy is published, so do not name people or quote them.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Give the reason", "max_length": "The reason must be 3,000 characters or fewer"},
    )
    changed = forms.BooleanField(required=False)
    choice_hints = {
        "outcome": {
            Answer.Outcome.ACCEPTED.value: "The draft says it now, or will.",
            Answer.Outcome.PARTLY.value: "Some of it changes the draft.",
            Answer.Outcome.NOT_ACCEPTED.value: "The draft stays as it is.",
            Answer.Outcome.NOTED.value: "It was heard. It asks for no change.",
            Answer.Outcome.OUT_OF_SCOPE.value: "Another policy or group deals with it.",
        }
    }

    def __init__(self, *args: Any, newer: Version | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if newer is None:
            del self.fields["changed"]
        else:
            self.fields["changed"].label = f"This paragraph was changed in draft {newer.number}"
            self.fields["changed"].initial = True
