"""What the demo Trust's peers share of their practice, what is said back, and what was reported. All invented."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass

from core import clock
from governance.shown import ShownAs
from oxleas_coprod.demo.structure import DemoTrust
from practice.models import Act, Audience, Item, Kind, Note, Principle, Report
from practice.services import moderation, moderators, replies, reports, sharing, writing

MODERATORS = ("anwen", "kofi")


@dataclass(frozen=True)
class DemoItem:
    """One item: who shared it so many days ago, in which words, with whom."""

    key: str
    author: str
    days_ago: int
    kind: Kind
    title: str
    what: str
    place: str
    with_whom: str
    since: tuple[int | None, int]  # month, year
    helped: str
    principles: tuple[Principle, ...]
    audience: Audience = Audience.NETWORK
    body: str = ""
    shown_as: ShownAs = ShownAs.MEMBER
    notes: tuple[Note, ...] = ()


P, TOGETHER, BESIDE = Principle, Kind.CO_FACILITATION, Kind.INFORMAL
ITEMS = (
    DemoItem("voices", "cass", 120, TOGETHER, "Hearing Voices group, Northbrook",
             "Every second week a nurse and I open the room together. We both say how our week was. Nobody has to speak. I say what my own voices are like, and people begin to say what theirs are like.",
             "Northbrook Home Treatment Team", "people who hear voices, and one nurse", (9, 2024),
             "The nurse and I plan it over tea, and we take turns to close. Two of us means that I can miss one when I need to.",
             (P.MUTUAL, P.NON_DIRECTIVE, P.SAFE), Audience.STEERING, shown_as=ShownAs.NAME, notes=(Note.SELF_HARM,)),
    DemoItem("living_well", "tunde", 110, TOGETHER, "Living Well course",
             "Six mornings on what keeps us well. A tutor and I wrote it together. I tell what worked for me and what did not.",
             "Eastmere Recovery College", "students of the college", (1, 2025),
             "Being paid the same as the other tutor. It shows people that what I know counts.",
             (P.RECIPROCAL, P.RECOVERY, P.STRENGTHS), shown_as=ShownAs.SIDE),
    DemoItem("bench", "ishani", 95, BESIDE, "Thursday garden bench at Willow Ward",
             "On Thursdays at 2 I sit on the bench in the garden. Whoever wants to comes and sits down. Some talk, and some do not.",
             "Willow Ward", "people on the ward", (5, 2025),
             "It is always the same day. Staff know, and open the door. I bring biscuits.",
             (P.MUTUAL, P.INCLUSIVE), Audience.STEERING),
    DemoItem("welcome_call", "kofi", 80, BESIDE, "Welcome phone call for new Network members",
             "I ring people in their first week. I say who I am and what I wish that somebody had told me.",
             "By phone", "people new to the Network", (None, 2025),
             "A text first, so that they know the number.",
             (P.RECIPROCAL, P.INCLUSIVE), shown_as=ShownAs.SIDE),
    DemoItem("money", "morgan", 66, TOGETHER, "Managing money after hospital",
             "A welfare adviser and I run a session once a month. I bring my own letters, with the names blacked out, and we read them together.",
             "Southfold Recovery Team", "people who have just come home", (3, 2025),
             "Nobody laughs at an unopened envelope. Mine had stood in a bag for a year.",
             (P.STRENGTHS, P.PROGRESSIVE)),
    DemoItem("walk", "bea", 52, BESIDE, "Carers' walking group",
             "We walk round the lake on Sundays, slowly. It is for those who look after someone. The dog comes too.",
             "Southfold", "people who look after someone", (4, 2024),
             "Walking side by side it is easier to say hard things.",
             (P.MUTUAL, P.RECIPROCAL, P.SAFE)),
    DemoItem("panel", "morgan", 40, TOGETHER, "Interview panel training for peers",
             "HR and I teach peers how to sit on a panel: which questions are fair, and how to say no to a question.",
             "Human Resources", "peers who will sit on panels", (6, 2025),
             "Trying it out with staff from the panel as the applicants.",
             (P.STRENGTHS, P.PROGRESSIVE), Audience.GROUP, "recruitment", ShownAs.NAME),
    DemoItem("buddy", "devon", 33, BESIDE, "First-day buddy for new PSWs",
             "I meet a new peer worker at the door on the first day, show them where the kettle is, and have lunch with them.",
             "Eastmere Early Intervention in Psychosis", "new peer workers", (10, 2025),
             "An hour on the second Friday, too. By then they have questions.",
             (P.RECIPROCAL, P.SAFE)),
)  # fmt: skip


def add(trust: DemoTrust) -> None:
    """Eight items: two shared with the Steering Group, one let be seen by a sponsor, one reported and hidden."""
    with _days_ago(130):
        for key in MODERATORS:
            moderators.name_moderator(by=trust.people["grace"], email=trust.people[key].email)
    items = {each.key: _share(trust, each) for each in ITEMS}
    _seen_by_the_sponsor(trust, items["bench"])
    _replied(trust, items["bench"])
    _reported_and_hidden(trust, items["walk"])


def _share(trust: DemoTrust, each: DemoItem) -> Item:
    by = trust.people[each.author]
    with _days_ago(each.days_ago):
        item = writing.start(by=by, form_key=uuid.uuid4())
        month, year = each.since
        writing.save_answers(
            by=by,
            item=item,
            kind=each.kind,
            title=each.title,
            what=each.what,
            place=each.place,
            with_whom=each.with_whom,
            since_month=month,
            since_year=year,
            helped=each.helped,
            principles=each.principles,
            notes=each.notes,
        )
        body = trust.bodies[each.body] if each.body else None
        sharing.choose_audience(by=by, item=item, audience=each.audience, body=body, shown_as=each.shown_as)
        return sharing.share(by=by, item=item)


def _seen_by_the_sponsor(trust: DemoTrust, item: Item) -> None:
    samuel = trust.people["samuel"]
    with _days_ago(90):
        writing.let_sponsor_see(by=item.author, item=item, sponsor=samuel)
    with _days_ago(85):
        writing.say_seen(by=samuel, item=item, line="I was on the ward that spring. People asked when it was Thursday.")


def _replied(trust: DemoTrust, item: Item) -> None:
    with _days_ago(5):
        replies.reply(
            by=trust.people["cass"],
            item=item,
            words="Thank you for this. We would like to ask each ward for a bench and an open door. Is it all right to say where the idea came from?",
            shown_as=ShownAs.SIDE,
            form_key=uuid.uuid4(),
        )


def _reported_and_hidden(trust: DemoTrust, item: Item) -> None:
    """Marcus asks whether somebody could be recognised; Kofi hides it and asks Anwen for a second opinion."""
    kofi = trust.people["kofi"]
    with _days_ago(3):
        report = reports.report(
            by=trust.people["marcus"],
            words=item,
            reason=Report.Reason.PRIVATE,
            said="There is one group like this by the lake. Could people be recognised?",
            form_key=uuid.uuid4(),
        )
    with _days_ago(2):
        moderation.act(
            by=kofi,
            report=report,
            kind=Act.Kind.HIDE,
            reason="Somebody asked if people could be recognised by the place. We look at it together and tell you soon.",
            note="It could be enough to leave out the lake.",
            form_key=uuid.uuid4(),
        )
        moderation.ask_second(by=kofi, report=report, note="Is the place too much?", form_key=uuid.uuid4())


def _days_ago(days: int) -> AbstractContextManager[None]:
    return clock.set_to(clock.now() - dt.timedelta(days=days))
