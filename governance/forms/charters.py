"""The words of terms of reference, and the answer of the body above."""

from __future__ import annotations

from django import forms

MOST_CHARACTERS = 30_000


class CharterForm(forms.Form):
    """All the words in one box. `seen` is the fingerprint of the words they were made from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    words = forms.CharField(
        label="The words",
        help_text="Leave an empty line between paragraphs. Begin a line with # to make it a heading.",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 24}),
        error_messages={
            "required": "Write what the group is for and how it works",
            "max_length": f"The words can have up to {MOST_CHARACTERS:,} characters",
        },
    )
    nhs = {"words": {"count": False}}  # noqa: RUF012

    def look_at(self, now: dict[str, str]) -> str:
        """The words that somebody else saved meanwhile, or "". Once they were shown, one's own may take their place."""
        if self.data.get("seen") == now["seen"]:
            return ""
        self.data = {"words": self.data.get("words", ""), "seen": now["seen"]}
        return now["words"] if now["seen"] else ""


class AnswerForm(forms.Form):
    """Approve, or send back with a reason."""

    answer = forms.ChoiceField(
        label="What is your answer?",
        choices=[("approve", "Approve these words"), ("give_back", "Send them back to be changed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your answer", "invalid_choice": "Choose one of the answers"},
    )
    reason = forms.CharField(
        label="What should change?",
        help_text="Those who wrote it will read this.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "This can have up to 1,000 characters"},
    )
    conditionals = {"answer": {"give_back": ["reason"]}}  # noqa: RUF012
    nhs = {"answer": {"size": "m"}}  # noqa: RUF012
