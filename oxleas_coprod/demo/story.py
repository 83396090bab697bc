"""Policies of the demo Trust, each at another stage, made by the verbs that people use, on the days they would have."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator

from django.utils import timezone

from accounts.models import Person
from core import clock
from documents.models import Block, BlockText, Upload, Version
from documents.reading import blocks_of
from governance import standing
from governance.models import Body
from meetings.models import AgendaItem, Meeting
from meetings.services import call_meeting, record_held, reply
from oxleas_coprod.demo import texts
from oxleas_coprod.demo.structure import DemoTrust
from steering.models import Answer, Comment, Consultation, EqualityRecord, MemberView, Policy, Recommendation
from steering.services.comments import answer_comment, save_words, send_comment
from steering.services.consultations import end_of, open_consultation
from steering.services.policies import (
    edit_paragraph,
    say_ready,
    share_draft,
    start_next_draft,
    start_policy,
    submit_for_review,
)
from steering.services.publication import publish
from steering.services.review import (
    leave_view,
    record_equality_sign_off,
    record_ratification,
    record_recommendation,
)

CONTACT = ("Grace Hollowbank", "020 7946 0101")
SCREENED = "We looked at each protected characteristic, at carers and at people who are not online. Nobody is shut out."


def make_policies(trust: DemoTrust) -> None:
    """Five policies: being drafted, out for comment, with the Steering Group, recommended, and published."""
    story = Story(trust)
    story.in_drafting()
    story.out_for_comment()
    story.with_steering()
    story.recommended()
    story.published()


class Story:
    """Tells the stages; every verb is done by a named person on a day that has passed."""

    def __init__(self, trust: DemoTrust) -> None:
        self.trust = trust
        self.people = trust.people

    def in_drafting(self) -> None:
        with self._days_ago(6):
            policy = self._start("role", "Welcoming a Peer Worker: Team Readiness Guide", texts.TEAM_READINESS)
        with self._days_ago(2):
            say_ready(by=self.people["tunde"], policy=policy)

    def out_for_comment(self) -> None:
        """Closes tomorrow; draft 0.2 is out, one comment is answered and two wait."""
        title = "Peer Support Worker Job Description and Person Specification"
        with self._days_ago(32):
            policy = self._start("role", title, texts.JOB_DESCRIPTION)
        with self._days_ago(27):
            asked = self._open(
                policy,
                closes_in=28,
                purpose="Is this the job that you would want, and could do?",
                summary="It says what a peer support worker does, what they are never asked to do, and what we look for. "
                "It asks for two years of being well. We are not sure about that. Tell us what you think.",
            )
        with self._days_ago(20):
            well = self._say(
                asked,
                "cass",
                "well for at least two years",
                "Two years shuts out people who manage well with ups and downs. Say that they know what helps them instead.",
            )
        with self._days_ago(18):
            self._say(
                asked,
                "kofi",
                "never because they are told to",
                "Thank you for this line. Please keep it.",
                shown_as="name",
            )
        with self._days_ago(9):
            self._say(
                asked,
                "marcus",
                "15 to 22.5 hours",
                "Could one or two posts be full time? Some people cannot live on part of a wage.",
                shown_as="side",
            )
        self._answer_in_the_next_draft(policy, well)

    def _answer_in_the_next_draft(self, policy: Policy, well: Comment) -> None:
        with self._days_ago(6):
            draft = start_next_draft(by=self.people["priya"], policy=policy)
            self._reword(
                policy,
                draft,
                "well for at least two years",
                "Applicants should know what keeps them well, and what they do when things get harder.",
            )
            for person in self._co_leads(policy.body):
                say_ready(by=person, policy=policy)
            share_draft(by=self.people["tunde"], policy=policy)
            draft.refresh_from_db()
            answer_comment(
                by=self.people["tunde"],
                comment=well,
                outcome=Answer.Outcome.ACCEPTED,
                reason="You are right. Time says little about being ready, so the draft now asks what keeps a person well.",
                changed_in=draft,
            )

    def with_steering(self) -> None:
        """The meeting is in a week; two members have left a view."""
        with self._days_ago(70):
            policy = self._start("recruitment", "Recruiting People with Lived Experience Procedure", texts.RECRUITING)
        self._consult_and_submit(
            policy,
            opened=60,
            submitted=20,
            remark=(
                "kofi",
                "same say as the others",
                "Can the peer member also help to write the questions?",
                "They can, and the training for panels now says so.",
            ),
        )
        with self._days_ago(12):
            self._meeting(policy, days=19)
        with self._days_ago(4):
            leave_view(
                by=self.people["cass"],
                policy=policy,
                position=MemberView.Position.SUPPORT,
                words="The part on gaps in work is what I hoped for.",
            )
            leave_view(
                by=self.people["samuel"],
                policy=policy,
                position=MemberView.Position.CHANGES,
                words="Two days may be short for some people. Three would be better.",
            )

    def recommended(self) -> None:
        """The equality sign-off and the committee are still to come."""
        with self._days_ago(120):
            policy = self._start("wellbeing", "Peer Worker Career Pathway", texts.CAREER)
        self._consult_and_submit(
            policy,
            opened=110,
            submitted=60,
            remark=(
                "devon",
                "five paid days",
                "Can days be saved up from one year to the next?",
                "Up to two days can be. We have told HR, who keep the leave records.",
            ),
        )
        self._recommend(policy, called=50, held=15)

    def published(self) -> None:
        """Published seven months ago; due for review in five."""
        with self._days_ago(290):
            policy = self._start("induction", "Supervision and Reflective Practice for Peer Workers", texts.SUPERVISION)
        self._consult_and_submit(
            policy,
            opened=285,
            submitted=254,
            remark=(
                "leyla",
                "not their manager",
                "What if I do not get on with my peer supervisor?",
                "You can ask the peer lead for another at any time, without a reason.",
            ),
        )
        self._recommend(policy, called=250, held=235)
        with self._days_ago(230):
            record_equality_sign_off(
                by=self.people["yetunde"],
                policy=policy,
                impact=EqualityRecord.Impact.POSITIVE,
                words="Peer workers with a disability gain most from steady support.",
            )
        with self._days_ago(215):
            record_ratification(
                by=self.people["grace"],
                policy=policy,
                committee="People Committee",
                decided_on=clock.today() - dt.timedelta(days=2),
                minute_reference="PC/26/14",
            )
        with self._days_ago(213):
            publish(
                by=self.people["owen"],
                policy=policy,
                reference="HR-PS-03",
                executive_lead="Chief People Officer",
                audience="All peer workers, and everyone who manages or supervises one",
                effective_from=clock.today(),
                review_on=clock.today() + dt.timedelta(days=365),
                slug="supervision-for-peer-workers",
            )

    # -- verbs put together ---------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _days_ago(self, days: int) -> Iterator[None]:
        """Do what follows on a past day,."""
        day = clock.now() - dt.timedelta(days=days)
        with clock.set_to(day):
            for person in self.people.values():
                standing.forget(person)
            yield
        for person in self.people.values():
            standing.forget(person)

    def _start(self, body: str, title: str, words: str) -> Policy:
        grace = self.people["grace"]
        upload = Upload.objects.create(
            by=grace, at=clock.now(), file_name="draft.docx", title=title, blocks=texts.blocks_of(words)
        )
        return start_policy(by=grace, body=self.trust.bodies[body], title=title, upload=upload, form_key=uuid.uuid4())

    def _co_leads(self, body: Body) -> list[Person]:
        return [person for person in self.people.values() if standing.of(person).co_leads(body.pk)]

    def _open(self, policy: Policy, *, closes_in: int, purpose: str, summary: str) -> Consultation:
        for person in self._co_leads(policy.body):
            say_ready(by=person, policy=policy)
        return open_consultation(
            by=self.people["grace"],
            policy=policy,
            purpose=purpose,
            summary=summary,
            rung=Consultation.Rung.COMMENT,
            bodies=[self.trust.bodies["network"], policy.body],
            closes_at=end_of(timezone.localtime(clock.now()).date() + dt.timedelta(days=closes_in)),
            contact_name=CONTACT[0],
            contact_phone=CONTACT[1],
            impact=EqualityRecord.Impact.NONE,
            screening=SCREENED,
            form_key=uuid.uuid4(),
        )

    def _say(self, asked: Consultation, key: str, about: str, words: str, shown_as: str = "member") -> Comment:
        person = self.people[key]
        seen = _placed(asked.version, about)
        draft = save_words(
            by=person, consultation=asked, version=asked.version, text_seen=seen, words=words, shown_as=shown_as
        )
        return send_comment(by=person, consultation=asked, block=seen.block, form_key=draft.form_key)

    def _reword(self, policy: Policy, version: Version, about: str, words: str) -> None:
        seen = _placed(version, about)
        edit_paragraph(
            by=self.people["priya"], policy=policy, block=Block.objects.get(pk=seen.block_id), seen=seen, text=words
        )

    def _consult_and_submit(
        self, policy: Policy, *, opened: int, submitted: int, remark: tuple[str, str, str, str]
    ) -> None:
        who, about, words, reason = remark
        with self._days_ago(opened):
            asked = self._open(
                policy,
                closes_in=21,
                purpose="Does this work for the people it is about?",
                summary=f"{policy.document.title}: what we plan, in a few short parts. Tell us what is missing.",
            )
        with self._days_ago(opened - 5):
            comment = self._say(asked, who, about, words)
        with self._days_ago(submitted + 1):
            lead = self._co_leads(policy.body)[0]
            answer_comment(by=lead, comment=comment, outcome=Answer.Outcome.NOTED, reason=reason)
        with self._days_ago(submitted):
            submit_for_review(by=self._co_leads(policy.body)[0], policy=policy)
        policy.refresh_from_db()

    def _meeting(self, policy: Policy, *, days: int) -> Meeting:
        """A meeting of the Steering Group about the policy, `days` after the day it is called on."""
        starts = (timezone.localtime(clock.now()) + dt.timedelta(days=days)).replace(
            hour=14, minute=0, second=0, microsecond=0
        )
        return call_meeting(
            by=self.people["grace"],
            body=self.trust.bodies["steering"],
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=2),
            place="Garden Room, Larch House, Northbrook",
            link="https://meet.anytown-riverside.example/garden",
            phone_in="020 7946 0150",
            items=[(policy.document.title, AgendaItem.Purpose.AGREE, policy.under_review)],
            form_key=uuid.uuid4(),
        )

    def _recommend(self, policy: Policy, *, called: int, held: int) -> None:
        there = [self.people[key] for key in ("tunde", "cass", "kofi", "samuel", "anwen", "yetunde")]
        with self._days_ago(called):
            meeting = self._meeting(policy, days=called - held - 1)
            for person in there:
                reply(by=person, meeting=meeting, answer="coming")
        with self._days_ago(called - 2):
            for person in there:
                leave_view(by=person, policy=policy, position=MemberView.Position.SUPPORT)
        with self._days_ago(held):
            grace = self.people["grace"]
            meeting = record_held(by=grace, meeting=meeting, present=there)
            record_recommendation(
                by=grace,
                policy=policy,
                item=meeting.items.get(),
                outcome=Recommendation.Outcome.RECOMMENDED,
                reasons="It was written with the people it concerns, every comment was answered, and both sides support it.",
                peers_for=3,
                peers_against=0,
                peers_neither=0,
                staff_for=3,
                staff_against=0,
                staff_neither=0,
                form_key=uuid.uuid4(),
            )
        policy.refresh_from_db()


def _placed(version: Version, about: str) -> BlockText:
    """The text in `version` that holds the words `about`."""
    [text_id] = [placed.text_id for placed in blocks_of(version) if about in placed.text]
    return version.placings.select_related("text__block").get(text_id=text_id).text
