"""What is handed over with a part: whole, up to date, and telling nothing that its links do not."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from core import clock
from core.permissions import can
from governance import standing
from governance.models import Body, Constituency, Office, Seat, Side, Term
from home.handover import pack
from home.handover_index import packs_of
from home.handover_rules import Handover, Part
from home.permissions import READ_HANDOVER
from meetings.models import AgendaItem, Meeting
from steering.services.consultations import open_consultation
from taskgroups.models import JoinRequest
from tests.cast import office
from tests.factories import drafting
from tests.factories import steering as story


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def at(body, part):
    return reverse("handover_pack", args=[body.pk, part])


def section(cast, person, heading, *, part="member", body=None):
    standing.forget(person)
    found = pack(Handover(body or cast.group, Part(part)), person).sections
    [lines] = [each.lines for each in found if each.heading == heading]
    return lines


def in_words(lines):
    return [" ".join(filter(None, (line.words, line.more))) for line in lines]


def meeting(cast, days, *, body=None, title="To agree the draft", state="planned"):
    starts = clock.now() + dt.timedelta(days=days)
    held = {"held_at": clock.now(), "held_by": cast.tunde} if state == "held" else {}
    made = Meeting.objects.create(
        body=body or cast.group,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        place="Room 2",
        state=state,
        called_at=clock.now(),
        called_by=cast.tunde,
        **held,
    )
    AgendaItem.objects.create(meeting=made, number=1, title=title)
    return made


def asked_about(cast, title):
    policy = drafting.made_ready(cast, drafting.drafted(cast, title=title))
    return open_consultation(**drafting.opening(cast, policy))


# -- who reads it ------------------------------------------------------------------------------------------------------

#: Of our group: who plays the part, who runs the group, and the Steering Group's secretary who stands in.
RUN = {"tunde", "priya", "grace"}
READERS = {
    "member": RUN | {"cass", "nadia"},
    "co-lead": RUN,
    "secretary": RUN,
    "deputy": RUN,
    "sponsor": RUN,
}


@pytest.mark.parametrize("part", READERS)
def test_who_reads_it(cast, as_person, part):
    given = {key: as_person(person).get(at(cast.group, part)).status_code for key, person in cast.people.items()}
    assert {key for key, status in given.items() if status == 200} == READERS[part]
    assert {status for key, status in given.items() if key not in READERS[part] | {"leyla"}} == {403}


def test_a_part_that_is_none_a_group_that_is_none_and_one_that_closed(cast, as_person):
    browser = as_person(cast.grace)
    assert browser.get(at(cast.group, "treasurer")).status_code == 404
    assert browser.get(reverse("handover_pack", args=[uuid.uuid4(), "member"])).status_code == 404
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    assert browser.get(at(cast.group, "member")).status_code == 404


class TestTakingOver:
    @pytest.fixture
    def heir(self, cast):
        """Morgan's seat and Robin's office begin next month."""
        later = clock.today() + dt.timedelta(days=30)
        chair = Seat.objects.filter(body=cast.group, constituency=Constituency.SPONSOR, terms=None).first()
        Term.objects.create(
            seat=chair, body=cast.group, person=cast.morgan, starts_on=later, ends_on=later + dt.timedelta(days=365)
        )
        kind = Office.Kind.DEPUTY
        Office.objects.create(body=cast.group, person=cast.robin, kind=kind, side=Side.STAFF, from_on=later)
        return cast

    def test_who_begins_later_reads_their_own_part_and_no_other(self, heir, as_person):
        given = {
            (who, part): as_person(heir.people[who]).get(at(heir.group, part)).status_code
            for who in ("morgan", "robin")
            for part in Part.values
        }
        opens = {key for key, status in given.items() if status == 200}
        assert opens == {("morgan", "member"), ("morgan", "sponsor"), ("robin", "deputy")}

    def test_they_see_only_what_is_open_to_them_already(self, heir, as_person):
        meeting(heir, 10)
        drafting.drafted(heir, title="A hidden draft")
        JoinRequest.objects.create(
            body=heir.group, person=heir.ishani, constituency=Constituency.PEER, asked_at=clock.now()
        )
        for person, part in ((heir.morgan, "member"), (heir.robin, "deputy")):
            page = text(as_person(person).get(at(heir.group, part)))
            assert "Your part begins later." in page
            assert "You can see who is who once you sit here." in page
            for hidden in ("Tunde", "Cass", "A hidden draft", "Room 2", "waits for an answer", "empty since"):
                assert hidden not in page, hidden

    def test_it_stands_in_their_list(self, heir):
        assert [[way.name for way in group.own] for group in packs_of(heir.robin)] == [["Deputy secretary"]]


# -- what is in it -----------------------------------------------------------------------------------------------------


def test_what_waits_and_what_is_out_for_comment(cast):
    drafting.drafted(cast, title="Being written")
    asked_about(cast, "Being asked about")
    waits = in_words(section(cast, cast.cass, "What waits now"))
    assert [each.partition(" Next: ")[0] for each in waits] == ["Being asked about", "Being written"]
    assert waits[1].endswith("Who: the peer co-lead and the staff co-lead.")
    [asked] = in_words(section(cast, cast.cass, "Out for comment now"))
    assert asked.startswith("Being asked about Open until the end of ")
    assert section(cast, cast.cass, "Dates to come")[0].words.startswith("Comments close on ")


def test_another_groups_work_is_not_in_it(cast):
    drafting.drafted(cast, title="Being written")
    other = section(cast, cast.morgan, "What waits now", body=cast.other_group)
    assert other == []
    assert section(cast, cast.grace, "What waits now", body=cast.other_group) == []


def test_the_last_three_meetings_with_what_they_decided(cast):
    told = story.policy_recommended(cast)
    for number in range(4):
        held = meeting(cast, -30 - number, body=cast.steering, title=f"Item {number}", state="held")
        held.replies.create(person=cast.tunde, was_there=True, side="peer")
    meetings = in_words(section(cast, cast.cass, "The last meetings", body=cast.steering))
    assert len(meetings) == 3
    assert meetings[0] == (
        "Meeting on 31 August 2026 A draft to agree: recommended. 2 peers and 2 staff were there. "
        "There were enough people of each side to decide."
    )
    assert meetings[1].startswith("Meeting on 2 August 2026 Item 0. 1 peer and no staff were there. There were not")
    [decided] = in_words(section(cast, cast.tunde, "Decisions that stand"))
    assert decided == f"{told.policy.document.title} Recommended, 31 August 2026."


def test_decisions_that_stand_conditions_and_publications(cast):
    told = story.policy_under_review(cast)
    story.meeting_held(told)
    said = {"outcome": "conditions", "conditions": "Say who pays."}
    story.review.record_recommendation(**story.said(told, **said))
    [line] = in_words(section(cast, cast.cass, "Decisions that stand", body=cast.steering))
    assert line.endswith("Recommended with conditions, 31 August 2026. Conditions: Say who pays. They are not met yet.")
    waits = in_words(section(cast, cast.grace, "What waits now", part="secretary", body=cast.steering))
    assert waits[-1].endswith("Nobody has said yet how the conditions were met.")


def test_published_policies_have_their_reference_and_review(cast):
    story.policy_published(cast)
    [line] = in_words(section(cast, cast.cass, "Decisions that stand"))
    assert line.endswith("Published as PSW-01.")
    assert in_words(section(cast, cast.cass, "Dates to come")) == ["Review due on 31 August 2029 PSW-01."]


def test_who_runs_it_is_told_of_presence_not_recorded_requests_and_ends(cast):
    past = meeting(cast, -2)
    JoinRequest.objects.create(
        body=cast.group, person=cast.ishani, constituency=Constituency.PEER, asked_at=clock.now()
    )
    cast.cass.terms.filter(body=cast.group).update(ends_on=clock.today() + dt.timedelta(days=90))
    [first] = section(cast, cast.tunde, "What waits now", part="co-lead")
    assert (first.words, first.path) == (
        "Record who was at the meeting on 30 August 2026",
        reverse("meetings:presence", args=[past.pk]),
    )
    assert in_words(section(cast, cast.tunde, "Requests to join", part="co-lead")) == ["1 person waits for an answer"]
    ends = in_words(section(cast, cast.priya, "Seats that end soon", part="co-lead"))
    assert ends == ["The seat of Cass Tinderly ends on 29 November 2026", "Your own seat ends on 30 August 2028"]
    assert in_words(section(cast, cast.nadia, "Seats that end soon")) == ["Your own seat ends on 30 August 2028"]


def test_the_page_of_a_member_has_no_more_when_someone_who_runs_the_group_opens_it(cast, as_person):
    cast.cass.terms.filter(body=cast.group).update(ends_on=clock.today() + dt.timedelta(days=30))
    JoinRequest.objects.create(
        body=cast.group, person=cast.ishani, constituency=Constituency.PEER, asked_at=clock.now()
    )
    page = text(as_person(cast.grace).get(at(cast.group, "member")))
    assert "The seat of Cass" not in page
    assert "waits for an answer" not in page
    assert "empty since" not in page


def test_who_is_who_and_empty_seats(cast):
    office(cast.group, cast.robin, Office.Kind.SECRETARY, Side.STAFF)
    assert in_words(section(cast, cast.cass, "Who is who")) == [
        "Cass Tinderly, Peer",
        "Nadia Ferrowick, Corporate Services",
        "Priya Copperdale, Staff sponsor, co-lead",
        "Tunde Osterfield, Peer, co-lead",
        "Robin Alderfield, secretary",
    ]
    assert in_words(section(cast, cast.cass, "Empty seats")) == [
        "1 seat for Corporate Services",
        "1 seat for a peer",
        "1 seat for a staff sponsor",
    ]
    since = in_words(section(cast, cast.tunde, "Empty seats", part="co-lead"))
    assert since[1] == "A seat for a peer, empty since 1 September 2025"


def test_a_sponsor_finds_their_own_peers_and_the_network_names_nobody_else(cast, as_person):
    page = text(as_person(cast.samuel).get(at(cast.network, "sponsor")))
    assert "The peers you stand by Ishani Marrowby" in page
    assert "There is no list of names" in page
    for name in ("Tunde", "Cass", "Morgan", "Leyla"):
        assert name not in page
    assert "Ishani" not in text(as_person(cast.grace).get(at(cast.network, "sponsor")))


@pytest.mark.parametrize(
    ("who", "part", "where"),
    [
        *(("tunde", "co-lead", "group"), ("cass", "member", "group"), ("grace", "secretary", "steering")),
        *(("samuel", "sponsor", "network"), ("cass", "member", "steering"), ("grace", "deputy", "group")),
        *(("ishani", "member", "network"), ("grace", "secretary", "network")),
    ],
)
def test_every_line_leads_to_a_page_that_opens(cast, as_person, who, part, where):
    drafting.drafted(cast, title="Being written")
    asked_about(cast, "Being asked about")
    story.policy_under_review(cast, title="Under review")
    story.policy_published(cast)
    for body in (cast.group, cast.steering, cast.network):
        meeting(cast, 10, body=body)
        meeting(cast, -3, body=body)
        meeting(cast, -9, body=body, state="held")
    browser = as_person(cast.people[who])
    page = BeautifulSoup(browser.get(at(getattr(cast, where), part)).content, "html.parser")
    links = [link["href"] for link in page.main.select("a[href]")]
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)


# -- cost --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "part", "where"),
    [
        *(("tunde", "co-lead", "group"), ("cass", "member", "steering"), ("grace", "secretary", "steering")),
        *(("samuel", "sponsor", "network"), ("grace", "co-lead", "group")),
    ],
)
def test_it_costs_the_same_for_any_number(cast, as_person, who, part, where):
    body, browser = getattr(cast, where), as_person(cast.people[who])

    def more(number):
        drafting.drafted(cast, title=f"Written {number}")
        asked_about(cast, f"Asked {number}")
        story.policy_published(cast, title=f"Published {number}", slug=f"p-{number}", reference=f"PSW-{number}")
        meeting(cast, 10 + number, body=body)
        meeting(cast, -10 - number, body=body, state="held")

    more(1)
    browser.get(at(body, part))
    with CaptureQueriesContext(connection) as few:
        browser.get(at(body, part))
    for number in (2, 3, 4):
        more(number)
    with CaptureQueriesContext(connection) as many:
        browser.get(at(body, part))
    assert len(few) == len(many) <= 12


# -- the list, and paper -----------------------------------------------------------------------------------------------


def test_the_list_holds_what_the_reader_may_open_and_nothing_else(cast, as_person):
    for person in cast.everyone():
        if not person.is_active:
            continue
        ways = {way.path for group in packs_of(person) for way in (*group.own, *group.others)}
        opens = {
            at(body, part)
            for body in Body.objects.all()
            for part in Part
            if can(person, READ_HANDOVER, Handover(body, part))
        }
        assert ways == opens, person.name
        assert as_person(person).get("/handover/").status_code == 200


def test_the_list_costs_the_same_for_any_number(cast, as_person):
    browser = as_person(cast.grace)
    browser.get("/handover/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/handover/")
    for number in range(3):
        Body.objects.create(kind=Body.Kind.TASK_GROUP, name=f"Group {number}", state=Body.State.ACTIVE)
    with CaptureQueriesContext(connection) as many:
        browser.get("/handover/")
    assert len(few) == len(many) <= 12


def test_on_paper_it_says_the_same(cast, as_person, tmp_path):
    meeting(cast, 10)
    drafting.drafted(cast, title="A *starred* title [here](https://elsewhere.example)")
    response = as_person(cast.cass).get(reverse("handover_pdf", args=[cast.group.pk, "member"]))
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "no-store, private")
    (tmp_path / "a.pdf").write_bytes(response.content)
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages).split())
    for said in (
        "Handover: Member",
        "Who is who",
        "Tunde Osterfield, Peer, co-lead",
        "*starred*",
        "Private: for whoever",
    ):
        assert said in words, said
    assert "https://elsewhere.example" in words  # said as it was written, and no link
    assert as_person(cast.ishani).get(reverse("handover_pdf", args=[cast.group.pk, "member"])).status_code == 403


def test_no_more_dates_than_one_would_write_down(cast):
    for days in range(1, 7):
        meeting(cast, days)
    *dates, more = section(cast, cast.cass, "Dates to come")
    assert len([line for line in dates if line.words.startswith("Meeting on")]) == 5
    assert (more.words, more.path) == ("All meetings to come", reverse("meetings:mine"))
