"""Forms for uploading, changing and opening a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from core import clock
from core.errors import Refused
from core.forms import NhsDateField, OnceForm
from documents import tables
from documents.models import BlockKind, BlockText
from documents.wording import LONGEST_TEXT
from governance.models import Body
from steering.models import Consultation, EqualityRecord
from steering.services.consultations import USUAL_DAYS, check_window, end_of

TITLE_ERRORS = {"required": "Enter a title", "max_length": "The title must be 200 characters or fewer"}
GROUP_ERRORS = {"required": "Choose a group", "invalid_choice": "Choose one of the groups"}


class BodyChoice(forms.ModelChoiceField):
    def label_from_instance(self, body: Body) -> str:  # type: ignore[override]
        return body.name


class BodiesChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, body: Body) -> str:  # type: ignore[override]
        return body.name


class UploadForm(forms.Form):
    """Which group, what it is called, and the Word file. `groups` are those the person may upload for."""

    body = BodyChoice(
        queryset=Body.objects.none(),
        label="Which group is writing it?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=GROUP_ERRORS,
    )
    title = forms.CharField(label="What is it called?", max_length=200, error_messages=TITLE_ERRORS)
    file = forms.FileField(
        label="Choose a Word file",
        help_text="A file whose name ends in .docx, up to 10 MB. The author's name inside the file is not kept.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Choose a Word file", "empty": "The file is empty. Choose another."},
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = groups


class SaveDraftForm(OnceForm):
    """The last look before what was read is saved: title and group can still be put right."""

    title = forms.CharField(label="Title", max_length=200, error_messages=TITLE_ERRORS)
    body = BodyChoice(
        queryset=Body.objects.none(),
        label="Group",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=GROUP_ERRORS,
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = groups


LOST_WORDS = "We could not tell which words you were changing. Read what the draft says now, then save again."


class SeenForm(forms.Form):
    """Says which text stood in the paragraph when the page was made: what is saved takes the place of no other."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": LOST_WORDS, "invalid": LOST_WORDS})

    def __init__(self, *args: Any, seen: BlockText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", seen.pk)
        self.stood = seen

    def clean_seen(self) -> int:
        if self.cleaned_data["seen"] != self.stood.pk:
            raise forms.ValidationError(LOST_WORDS)
        return self.stood.pk

    def take_up(self, text: BlockText) -> None:
        """Let what is sent next take the place of `text`."""
        self.data = self.data.copy()
        self.data["seen"] = str(text.pk)  # type: ignore[index]


class ParagraphForm(SeenForm):
    """New words for one paragraph."""

    text = forms.CharField(
        label="What should it say?",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Put two stars on each side of words to make them **bold**, one star for *italic*.",
    )
    nhs = {"text": {"optional": False}}


class TableForm(SeenForm):
    """New words for a table, a box for each cell. Rows and columns stay as they are."""

    def __init__(self, *args: Any, seen: BlockText, **kwargs: Any) -> None:
        super().__init__(*args, seen=seen, **kwargs)
        self.table = table = tables.load(seen.text)
        for number, row in enumerate((*table.head, *table.rows)):
            for column, cell in enumerate(row):
                self.fields[f"cell_{number}_{column}"] = _cell(number, column, cell)
        self.nhs = {name: {"optional": False} for name in self.fields}

    @property
    def text(self) -> str:
        """The table as documents keep it, with the words that were typed."""
        rows = [
            [self.cleaned_data[f"cell_{number}_{column}"] for column in range(self.table.width)]
            for number in range(len(self.table.head) + len(self.table.rows))
        ]
        heads = len(self.table.head)
        return tables.dump(tables.make(rows[:heads], rows[heads:]))


def _cell(number: int, column: int, words: str) -> forms.CharField:
    return forms.CharField(
        label=f"Row {number + 1}, column {column + 1}",
        initial=words,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AddForm(forms.Form):
    """A new paragraph: what kind it is, and its words."""

    KINDS = [
        (BlockKind.PARAGRAPH.value, "A paragraph"),
        (BlockKind.LIST_ITEM.value, "An item of a list"),
        (BlockKind.HEADING.value, "A heading"),
    ]

    kind = forms.ChoiceField(
        label="What is it?", choices=KINDS, widget=forms.RadioSelect, initial=BlockKind.PARAGRAPH.value
    )
    text = forms.CharField(
        label="What should it say?",
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter what it should say"},
    )
    nhs = {"text": {"count": False}}

    @property
    def level(self) -> int:
        return 2 if self.cleaned_data["kind"] == BlockKind.HEADING else 0


class OpenForm(OnceForm):
    """What people are asked, who is asked, until when, whom they can call, and the equality screening."""

    purpose = forms.CharField(
        label="What do we want to know?",
        max_length=300,
        help_text="One sentence. People read this first.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what we want to know"},
    )
    summary = forms.CharField(
        label="What does the draft say, in short?",
        max_length=4000,
        help_text="In plain words, for someone who will read nothing else. Say what would change for people.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter a short summary"},
    )
    rung = forms.ChoiceField(
        label="How much say do people have?",
        choices=Consultation.Rung.choices,
        widget=forms.RadioSelect,
        initial=Consultation.Rung.COMMENT,
    )
    bodies = BodiesChoice(
        queryset=Body.objects.none(),
        label="Who should be asked?",
        help_text="Every member of each one you choose is asked once.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who should be asked"},
    )
    closes_on = NhsDateField(
        label="What is the last day to comment?",
        error_messages={"required": "Enter the last day to comment"},
    )
    contact_name = forms.CharField(
        label="Who can people call about it?", max_length=100, error_messages={"required": "Enter a name"}
    )
    contact_phone = forms.CharField(
        label="Their phone number",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20"}),
        error_messages={"required": "Enter a phone number"},
    )
    impact = forms.ChoiceField(
        label="Equality screening: what was found?",
        choices=EqualityRecord.Impact.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the equality screening found"},
    )
    screening = forms.CharField(
        label="What the screening looked at",
        max_length=3000,
        help_text="Who may be affected, and how. This is kept with the policy.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what the screening looked at"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = Body.objects.alive()
        self.fields["closes_on"].initial = clock.today() + dt.timedelta(days=USUAL_DAYS)

    def clean_closes_on(self) -> dt.date:
        """The same rule as the service's, told before the answers are checked."""
        day = self.cleaned_data["closes_on"]
        try:
            check_window(clock.now(), end_of(day))
        except (Refused, OverflowError) as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return day
