"""Forms of deciding and publishing: shape and wording of errors; they never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.text import slugify

from core.forms import NhsDateField, OnceForm
from core.said import nhs_date
from governance.models import Side
from meetings.models import AgendaItem, Meeting
from steering.models import EqualityRecord, MemberView, Policy, Recommendation


def _long(label: str, missing: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    """A box for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=3000,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


def _short(label: str, missing: str, *, most: int, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages={"required": missing}
    )


def _count(label: str) -> forms.IntegerField:
    """How many people. Zero is written as 0, so that an empty box is a slip and not an answer."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=999,
        error_messages={
            "required": f"Enter how many: {label.lower()}. If none, enter 0",
            "invalid": f"{label} must be a number, like 3",
            "min_value": f"{label} must be 0 or more",
            "max_value": f"{label} must be 999 or fewer",
        },
    )


class ViewForm(forms.Form):
    """What a member of the Steering Group thinks."""

    position = forms.ChoiceField(
        label="What do you think of this draft?",
        choices=MemberView.Position.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you think of this draft"},
    )
    words = _long("Why do you think so?", "", required=False, hint="The Steering Group reads this with your name.")
    nhs = {"position": {"size": "m"}, "words": {"size": "s"}}  # noqa: RUF012


class ItemField(forms.ModelChoiceField):
    def label_from_instance(self, item: Any) -> str:
        peers = "1 peer" if item.peers == 1 else f"{item.peers} peers"
        return f"{nhs_date(item.meeting.starts_at)}: {peers} and {item.staff} staff were there"


class RecommendationForm(OnceForm):
    """What the Steering Group decided, at which meeting, and how each side stood."""

    item = ItemField(
        label="Which meeting decided?",
        queryset=AgendaItem.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the meeting that decided"},
    )
    outcome = forms.ChoiceField(
        label="What did the group decide?",
        choices=Recommendation.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the group decided"},
    )
    conditions = _long("The conditions", "", required=False)
    reasons = _long("The group's reasons", "Enter the group's reasons", hint="Do not name people.")
    peers_for = _count("Peers for it")
    peers_against = _count("Peers against it")
    peers_neither = _count("Peers neither for nor against")
    staff_for = _count("Staff for it")
    staff_against = _count("Staff against it")
    staff_neither = _count("Staff neither for nor against")
    conditionals = {"outcome": {Recommendation.Outcome.CONDITIONS: ["conditions"]}}  # noqa: RUF012
    nhs = {"item": {"size": "m"}, "outcome": {"size": "m"}, "reasons": {"size": "m"}}  # noqa: RUF012

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        held = AgendaItem.objects.filter(paper=policy.under_review_id, meeting__state=Meeting.State.HELD)
        self.fields["item"].queryset = held.select_related("meeting").annotate(  # type: ignore[attr-defined]
            peers=_there(Side.PEER), staff=_there(Side.STAFF)
        )

    def said(self) -> dict[str, Any]:
        """What `record_recommendation` takes. Words left under a choice that was not made are dropped."""
        said = dict(self.cleaned_data)
        if said["outcome"] != Recommendation.Outcome.CONDITIONS:
            said["conditions"] = ""
        return said


def _there(side: Side) -> Count:
    there = Q(meeting__replies__was_there=True, meeting__replies__counts=True, meeting__replies__side=side)
    return Count("meeting__replies", filter=there)


class ConditionsForm(forms.Form):
    words = _long("How were the conditions met?", "Enter how the conditions were met")
    nhs = {"words": {"size": "m"}}  # noqa: RUF012


class EqualityForm(OnceForm):
    """The equality lead's finding."""

    impact = forms.ChoiceField(
        label="What did you find?",
        choices=EqualityRecord.Impact.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found"},
    )
    words = _long(
        "Who could be affected, how, and what is done about it?",
        "Enter who could be affected, how, and what is done about it",
        hint="Write about groups of people. Do not name or describe anyone.",
    )
    choice_hints = {  # noqa: RUF012
        "impact": {EqualityRecord.Impact.NOT_JUSTIFIED: "This stops the policy from being published."}
    }
    nhs = {"impact": {"size": "m"}, "words": {"size": "m"}}  # noqa: RUF012


class RatificationForm(forms.Form):
    """An outside committee's decision."""

    committee = _short("Which committee ratified it?", "Enter the name of the committee", most=120)
    decided_on = NhsDateField(label="When did the committee decide?")
    minute_reference = _short(
        "Where is it in the minutes?",
        "Enter where it is in the minutes",
        most=80,
        hint="For example, People Committee, 14 September 2026, item 6",
    )


class PublishForm(forms.Form):
    """What the control block of a published policy says, beside what is known."""

    reference = _short("Reference", "Enter the reference", most=30, hint="For example, PSW-04")
    executive_lead = _short("Executive lead", "Enter the executive lead", most=100)
    audience = _short("Who it is for", "Enter who it is for", most=200)
    supersedes = _short("What it replaces", "", most=200, required=False)
    effective_from = NhsDateField(label="When does it take effect?")
    review_on = NhsDateField(label="When must it be reviewed?")
    slug = forms.SlugField(
        label="Its address",
        max_length=80,
        help_text="Small letters, numbers and hyphens. The address cannot be changed later.",
        error_messages={
            "required": "Enter its address",
            "invalid": "The address can only have letters, numbers and hyphens",
        },
    )

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        options["initial"] = options.get("initial") or {"slug": slugify(policy.document.title)[:80].strip("-")}
        super().__init__(*args, **options)

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower().replace("_", "-")


class ReasonForm(forms.Form):
    """Why someone needs the names of those who were asked."""

    reason = forms.CharField(
        label="Why do you need their names?",
        max_length=300,
        min_length=10,
        help_text="Your name, the time and this reason are kept in the log.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter why you need their names",
            "min_length": "Say a little more about why you need their names",
        },
    )
    nhs = {"reason": {"size": "m"}}  # noqa: RUF012


class BundleForm(forms.Form):
    """What goes into the evidence bundle. The names of those asked go in only with a reason."""

    with_names = forms.BooleanField(
        label="Put in the names of the people who were asked",
        required=False,
        help_text="Who wrote each comment is shown as they chose, with names or without.",
    )
    reason = forms.CharField(
        label="Why do you need their names?",
        max_length=300,
        required=False,
        help_text="Your name, the time and this reason are kept in the log.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    conditionals = {"with_names": {"on": ["reason"]}}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("with_names") and len(cleaned.get("reason", "").strip()) < 10:
            self.add_error("reason", "Enter why you need their names")
        return cleaned

    def why(self) -> str:
        """The reason, if names were asked for; words left in the box otherwise are dropped."""
        return self.cleaned_data["reason"] if self.cleaned_data["with_names"] else ""
