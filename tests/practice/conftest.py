"""An item of Ishani's, shared with the Network, and what it takes to make others."""

from __future__ import annotations

import uuid

import pytest

from governance.shown import ShownAs
from practice.models import Audience, Kind, Moderator, Report
from practice.services import reports, sharing, writing
from tests.cast import Cast

CANARY = "Kestrel canary words"
ANSWERS = {
    "kind": Kind.INFORMAL,
    "title": "Thursday garden bench",
    "what": f"I sit on the bench. {CANARY}.",
    "place": "Willow Ward",
    "with_whom": "people on the ward",
    "since_month": 5,
    "since_year": 2025,
    "helped": "It is always the same day.",
}


def draft_of(person, **answers):
    """A draft with every answer given, and no audience yet."""
    item = writing.start(by=person, form_key=uuid.uuid4())
    return writing.save_answers(by=person, item=item, principles=["mutual", "safe"], notes=[], **(ANSWERS | answers))


def shared_by(person, audience=Audience.NETWORK, *, body=None, shown_as=ShownAs.MEMBER, **answers):
    """An item of theirs, shared."""
    item = draft_of(person, **answers)
    sharing.choose_audience(by=person, item=item, audience=audience, body=body, shown_as=shown_as)
    return sharing.share(by=person, item=item)


def reported(by, words, reason=Report.Reason.PRIVATE, said="The name of a street."):
    return reports.report(by=by, words=words, reason=reason, said=said, form_key=uuid.uuid4())


@pytest.fixture
def item(cast: Cast):
    return shared_by(cast.ishani)


@pytest.fixture
def moderators(cast: Cast):
    """Priya and Cass look at reports."""
    return [Moderator.objects.create(person=who, from_on="2026-01-01") for who in (cast.priya, cast.cass)]
