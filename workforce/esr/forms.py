"""Forms of the import of an ESR file."""

from __future__ import annotations

from typing import Any

from django import forms

from workforce.esr.columns import FACTS, LABELS
from workforce.esr.opening import MOST_BYTES
from workforce.esr.reader.bounds import MOST_ROWS


class FileForm(forms.Form):
    """The file, and nothing else."""

    file = forms.FileField(
        label="Choose a file",
        help_text=(
            f"A CSV file, or an Excel file whose name ends in .xlsx. Up to {MOST_BYTES // 1024 // 1024} MB and "
            f"{MOST_ROWS:,} rows. The first row must be headings."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another file."},
    )


class ColumnsForm(forms.Form):
    """Which column of the file holds which fact. `headings` are those of the file."""

    def __init__(self, *args: Any, headings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(place), heading or f"Column {place + 1}") for place, heading in enumerate(headings)]
        for fact in FACTS:
            self.fields[fact.name] = forms.ChoiceField(
                label=fact.label,
                required=fact.required,
                choices=[("", "Choose a column" if fact.required else "Not in this file"), *columns],
                error_messages={
                    "required": f"Choose the column of the {fact.label.lower()}",
                    "invalid_choice": "Choose a column from the list",
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for fact in FACTS:
            place = cleaned.get(fact.name)
            if place and place in taken:
                self.add_error(fact.name, f"You chose this column for “{LABELS[taken[place]]}” as well")
            elif place:
                taken[place] = fact.name
        return cleaned

    @property
    def columns(self) -> dict[str, int]:
        """What was chosen: the place of the column of each fact."""
        return {name: int(place) for name, place in self.cleaned_data.items() if place}
