"""What needs the reader, for each hat they wear, as cards: what to do, for which paper, and until when.

Everything about policies is read in one query with what each card needs to know; permissions cost none.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse

from accounts.models import Person, Role
from core import clock
from core.columns import UuidText
from core.counts import count_of
from core.permissions import can
from core.said import nhs_date, nhs_when
from documents.models import Version
from governance import standing
from governance.models import Recusal
from helplines.models import HelpContact
from helplines.permissions import EDIT_HELP
from home.cards import Card
from meetings.models import Meeting, Reply
from steering import permissions as may
from steering.models import Comment, CommentDraft, Consultation, EqualityRecord, MemberView, Policy, Ready
from steering.workflows import PolicyState
from taskgroups.models import JoinRequest

#: At most so many rows of a kind are read: the front page shows the first few, and says that there is more.
READ = 12
#: Roles that do something for a policy, beside those who sit or hold an office.
HAVE_A_PART = {Role.GOVERNANCE_LEAD, Role.EQUALITY_LEAD}
#: Where those who hold no office have their part: a draft that is still written is for others.
BEFORE_THE_STEERING_GROUP = [PolicyState.REVIEW, PolicyState.RECOMMENDED, PolicyState.RATIFIED]


def from_consultations(open_now: list[Consultation]) -> Iterator[Card]:
    """Drafts the reader was asked about and has said nothing on, those that close first on top."""
    for asked in open_now:
        until = f"Open until the end of {nhs_date(asked.last_day)}."
        path = reverse("steering:draft", args=[asked.policy_id])
        if asked.has_begun:  # type: ignore[attr-defined]
            yield Card(f"Finish your comment on {asked.policy.document.title}", path, f"It is not sent yet. {until}")
        elif not asked.sent:  # type: ignore[attr-defined]
            yield Card(f"Say what you think of {asked.policy.document.title}", path, until)


def open_consultations(person: Person) -> list[Consultation]:
    """Those the reader was asked about, open now; with `sent` (their comments) and `has_begun` (unsent words)."""
    now = clock.now()
    begun = CommentDraft.objects.filter(consultation=OuterRef("pk"), person=person)
    mine = Comment.objects.filter(consultation=OuterRef("pk"), author=person)
    return list(
        Consultation.objects.filter(asked__person=person, opens_at__lte=now, closes_at__gt=now)
        .exclude(policy__state=PolicyState.WITHDRAWN)
        .select_related("policy__document")
        .annotate(sent=count_of(mine, per="consultation"), has_begun=Exists(begun))
        .order_by("closes_at")[:READ]
    )


def from_meetings(person: Person, to_come: list[Meeting]) -> Iterator[Card]:
    """Meetings the reader is asked to and has not answered: nobody is asked while they have stepped back."""
    stands = standing.of(person)
    for meeting in to_come:
        if not meeting.my_answer and stands.is_asked_by(meeting.body_id):  # type: ignore[attr-defined]
            title = f"Say if you can come: {meeting.body.name}"
            yield Card(title, reverse("meetings:meeting", args=[meeting.pk]), f"{nhs_when(meeting.starts_at)}.")


def from_requests(person: Person, waiting: list[JoinRequest]) -> Iterator[Card]:
    """People who wait for a yes or no to joining a group that the reader answers for."""
    for request in waiting:
        if request.person_id != person.pk:
            title = f"Answer someone who wants to join {request.body.name}"
            asked = f"They asked on {nhs_date(request.asked_at)}."
            yield Card(title, reverse("taskgroups:request", args=[request.pk]), asked)


def from_help(person: Person) -> Iterator[Card]:
    """Help contacts to ring again, for those who look after them."""
    if not can(person, EDIT_HELP):
        return
    due = HelpContact.objects.filter(review_on__lte=clock.today()).count()
    if due:
        number = "1 help contact is" if due == 1 else f"{due} help contacts are"
        yield Card("Check the help contacts", reverse("helplines:contacts"), f"{number} due for a check.")


def from_policies(person: Person) -> Iterator[Card]:
    """What the reader's group, office or role has to do for each policy, oldest first."""
    if not _has_a_part(person):
        return
    for policy in _policies_with_their_needs(person):
        for words, page, says in NEEDS[PolicyState(policy.state)](person, policy):
            yield Card(f"{words} {policy.document.title}", reverse(f"steering:{page}", args=[policy.pk]), says)


def _has_a_part(person: Person) -> bool:
    """Whether the reader has anything to do for policies but read and comment."""
    stands = standing.of(person)
    return bool(stands.offices or stands.is_on_steering or person.role_names & HAVE_A_PART)


def _policies_with_their_needs(person: Person) -> list[Policy]:
    open_version = Version.objects.filter(document=OuterRef("document"), frozen_at=None)
    my_ready = Ready.objects.filter(policy=OuterRef("pk"), version__frozen_at=None, person=person)
    my_view = MemberView.objects.filter(version=OuterRef("under_review"), person=person)
    signed_off = EqualityRecord.objects.filter(version=OuterRef("under_review"), stage=EqualityRecord.Stage.SIGN_OFF)
    ready = Ready.objects.filter(policy=OuterRef("pk"), version__frozen_at=None)
    unanswered = Comment.objects.filter(consultation__policy=OuterRef("pk"), answer=None)
    closing = Consultation.objects.filter(policy=OuterRef("pk")).order_by("-closes_at").values("closes_at")
    concern = Recusal.objects.standing_now().that_decide_nothing().filter(person=person, about_id=OuterRef("paper_id"))
    return list(
        Policy.objects.taking_part(person)
        .filter(state__in=list(NEEDS) if standing.of(person).offices else BEFORE_THE_STEERING_GROUP)
        .select_related("document")
        .annotate(paper_id=UuidText("document_id"))
        .annotate(
            takes_no_part=Exists(concern),
            has_open_version=Exists(open_version),
            is_ready_for_me=Exists(my_ready),
            has_my_view=Exists(my_view),
            is_signed_off=Exists(signed_off),
            ready_sides=count_of(ready, per="policy"),
            closes_at=Subquery(closing[:1]),
            unanswered=count_of(unanswered, per="consultation__policy"),
        )
        .order_by(F("made_at"))
    )


Need = tuple[str, str, str]


def _while_drafting(person: Person, policy: Policy) -> Iterator[Need]:
    if can(person, may.EDIT_DRAFT, policy):
        if not policy.has_open_version:  # type: ignore[attr-defined]
            yield "Start the next draft of", "policy", "The last draft is fixed."
        elif not policy.is_ready_for_me:  # type: ignore[attr-defined]
            yield "Finish the draft of", "policy", "When the words are right, say that it is ready."
    if policy.ready_sides == 2 and can(person, may.OPEN_CONSULTATION, policy):  # type: ignore[attr-defined]
        yield "Ask people what they think of", "open_consultation", "Both co-leads say that the draft is ready."


def _while_consulting(person: Person, policy: Policy) -> Iterator[Need]:
    waiting: int = policy.unanswered  # type: ignore[attr-defined]
    if waiting and can(person, may.ANSWER_COMMENT, policy):
        yield "Answer comments on", "answers", "1 is waiting." if waiting == 1 else f"{waiting:,} are waiting."
    if waiting or policy.closes_at > clock.now():  # type: ignore[attr-defined]
        return
    says = "Comments have closed and each one has an answer."
    if policy.has_open_version:  # type: ignore[attr-defined]
        if can(person, may.SHARE_DRAFT, policy):
            yield "Finish and share the next draft of", "policy", says
    elif can(person, may.SUBMIT_FOR_REVIEW, policy):
        yield "Send to the Steering Group:", "policy", says


def _in_review(person: Person, policy: Policy) -> Iterator[Need]:
    has_had_their_say = policy.has_my_view or policy.takes_no_part  # type: ignore[attr-defined]
    if can(person, may.LEAVE_VIEW, policy) and not has_had_their_say:
        yield "Give your view on", "review", "Members read it before the Steering Group meets."
    if can(person, may.RECORD_RECOMMENDATION, policy):
        yield "Put before the Steering Group:", "review", "Call a meeting, then record what it decided."
    yield from _equality(person, policy)


def _recommended(person: Person, policy: Policy) -> Iterator[Need]:
    if can(person, may.RECORD_RATIFICATION, policy):
        yield "Record that a committee ratified", "ratification", "The Steering Group has recommended it."
    yield from _equality(person, policy)


def _ratified(person: Person, policy: Policy) -> Iterator[Need]:
    if policy.is_signed_off and can(person, may.PUBLISH_POLICY, policy):  # type: ignore[attr-defined]
        yield "Publish", "publish", "It is ratified."
    yield from _equality(person, policy)


def _equality(person: Person, policy: Policy) -> Iterator[Need]:
    if not policy.is_signed_off and can(person, may.SIGN_OFF_EQUALITY, policy):  # type: ignore[attr-defined]
        yield "Sign off the equality analysis for", "equality", "It cannot be published before that."


NEEDS = {
    PolicyState.DRAFTING: _while_drafting,
    PolicyState.CONSULTING: _while_consulting,
    PolicyState.REVIEW: _in_review,
    PolicyState.RECOMMENDED: _recommended,
    PolicyState.RATIFIED: _ratified,
}


def meetings_to_come(person: Person) -> list[Meeting]:
    """The reader's planned meetings, soonest first, each with `my_answer` ("" when they have given none)."""
    mine = Reply.objects.filter(meeting=OuterRef("pk"), person=person).values("answer")
    return list(
        Meeting.objects.visible_to(person)
        .to_come()
        .select_related("body")
        .annotate(my_answer=Subquery(mine))
        .order_by("starts_at")[:READ]
    )


def requests_waiting(person: Person) -> list[JoinRequest]:
    """Requests to join that wait: the reader's own, and those the reader may answer."""
    return list(JoinRequest.objects.visible_to(person).waiting().select_related("body")[:READ])


def my_comments(person: Person, *, shown: int) -> list[Comment]:
    """The last few comments the reader sent, newest first, with their answers."""
    return list(
        Comment.objects.filter(author=person)
        .select_related("consultation__policy__document", "answer")
        .order_by("-sent_at")[:shown]
    )
