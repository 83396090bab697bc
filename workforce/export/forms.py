"""What to take away, as which kind of file, and why."""

from __future__ import annotations

from django import forms

from workforce.models.snapshots import Export

SHORTEST_REASON, LONGEST_REASON = 10, 300


class ExportForm(forms.Form):
    """Nothing is chosen beforehand: a file of people's records is never a slip of the finger."""

    what = forms.ChoiceField(
        label="What do you need?",
        choices=Export.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you need", "invalid_choice": "Choose one from the list"},
    )
    file_format = forms.ChoiceField(
        label="Which kind of file?",
        choices=Export.Format.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of file", "invalid_choice": "Choose one from the list"},
    )
    reason = forms.CharField(
        label="Why do you need it?",
        help_text="Who asked for it, and what it is for. This is kept. Do not write anything about somebody's health.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Write why you need it",
            "min_length": "Write a little more: who asked for it, and what it is for",
        },
    )
