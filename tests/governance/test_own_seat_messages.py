"""What is sent about breaks, deputies and seats tells neither of a group nor a person, nor that somebody is away."""

from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from core import clock
from governance.models import Deputy, StayAnswer, Term, TermNotice
from governance.notifications import own_seats
from governance.services.breaks import come_back, step_back
from governance.services.deputies import accept, ask_deputy, decline
from governance.services.leaving import leave_body
from governance.services.term_clock import answer_stay, notice_what_ends
from notifications.kinds import Kind
from notifications.letters import write
from notifications.models import Message
from tests.cast import NAMES
from tests.support.discreet import own_words

KINDS = [kind.name for kind in vars(own_seats).values() if isinstance(kind, Kind)]


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def letters(kind):
    written, unsent = write(Message.objects.filter(kind=f"governance.{kind}").order_by("recipient_id"))
    return [letter.email for letter in written], [each.reason for each in unsent]


@pytest.fixture
def asked(cast):
    return ask_deputy(
        by=cast.tunde, term=term_of(cast.tunde, cast.group), address=cast.ishani.email, form_key=uuid.uuid4()
    )


@pytest.fixture
def notice(cast):
    Term.objects.filter(person=cast.cass, body=cast.group).update(ends_on=clock.today() + dt.timedelta(days=60))
    notice_what_ends()
    return TermNotice.objects.get()


def test_every_letter_is_discreet(cast, asked, notice):
    sent = [*letters("deputy_asked")[0], *letters("stay_asked")[0]]
    accept(by=cast.ishani, deputy=asked)
    answer_stay(by=cast.cass, notice=notice, answer=StayAnswer.Answer.TALK)
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    sent += letters("sit_in")[0]
    come_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    leave_body(by=cast.cass, term=term_of(cast.cass, cast.group))
    for kind in ("deputy_changed", "sit_in_over", "stay_answered", "seat_needs_you", "left"):
        sent += letters(kind)[0]
    assert {kind.partition(".")[2] for kind in KINDS} == {
        *("deputy_asked", "deputy_changed", "sit_in", "sit_in_over"),
        *("stay_asked", "stay_answered", "seat_needs_you", "left"),
    }
    assert set(Message.objects.values_list("kind", flat=True)) >= set(KINDS)
    assert len(sent) == Message.objects.filter(kind__in=KINDS).count()
    secrets = ["eer", "ponsor", "etwork", "roup", "break", "deputy", "away", "left", cast.group.name]
    secrets += [name.split()[1] for name in NAMES.values()]
    for email in sent:
        assert [secret for secret in secrets if secret in own_words(email)] == []


def test_links_lead_where_there_is_something_to_do(cast, asked, notice, client):
    for kind, page in (
        ("deputy_asked", reverse("own_seats:deputy", args=[asked.pk])),
        ("stay_asked", reverse("own_seats:question", args=[notice.pk])),
        ("seat_needs_you", reverse("own_seats:vacancies")),
    ):
        body = letters(kind)[0][0].body
        link = urlsplit(next(line for line in body.splitlines() if "/l/" in line)).path
        went = client.post(link, follow=True)
        assert (went.redirect_chain[-1][0], went.status_code) == (page, 200)
        client.logout()


def test_what_is_no_longer_due_is_not_sent(cast, asked, notice):
    decline(by=cast.ishani, deputy=asked)
    assert letters("deputy_asked") == ([], ["This was answered or taken back."])
    step_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    assert letters("stay_asked") == ([], ["This person is not there now."])
    come_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    answer_stay(by=cast.cass, notice=notice, answer=StayAnswer.Answer.YES)
    assert letters("stay_asked") == ([], ["This person has answered."])
    for person in (cast.tunde, cast.priya):
        leave_body(by=person, term=term_of(person, cast.group))
    written, unsent = letters("stay_answered")
    assert [email.to for email in written] == [[cast.grace.email]]
    assert unsent == ["This person no longer looks after seats."] * 2


def test_a_deputy_is_not_told_to_sit_in_for_somebody_who_is_back(cast, asked):
    accept(by=cast.ishani, deputy=asked)
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    come_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert letters("sit_in") == ([], ["The person is back, or has another deputy."])
    assert Deputy.objects.get().accepted_at
