"""This concerns my own care or my team: a reason for nobody or for one, an effect for the members."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditEntry, Look
from core import clock
from core.errors import Refused
from governance.models import Body, Matter, Office, Recusal, Side
from governance.notifications.interests import TOLD_WHY
from governance.recused import who_decide_nothing
from governance.services.recusals import say_it_concerns_me, take_back
from meetings.models import AgendaItem, Meeting
from notifications.models import Message
from tests.cast import office

REASON = "I was on this ward in spring"
PLAN = Matter("documents.Document", "one", "A plan")


def said(cast, person, effect="out", *, matter=PLAN, body=None, reason=REASON, is_shared=False, form_key=None):
    return say_it_concerns_me(
        by=person,
        body=body or cast.steering,
        matter=matter,
        effect=effect,
        reason=reason,
        is_shared=is_shared,
        form_key=form_key or uuid.uuid4(),
    )


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


class TestSaying:
    def test_it_is_kept_sealed_with_the_side_and_the_log_has_no_reason(self, cast):
        kept = said(cast, cast.cass)
        assert (kept.side, kept.title, kept.declared_at) == (Side.PEER, "A plan", clock.now())
        assert REASON not in kept.reason_sealed
        entry = AuditEntry.objects.get(verb="governance.said_it_concerns_them")
        assert entry.facts == {"body": str(cast.steering.pk), "effect": "out"}

    def test_no_reason_is_needed(self, cast):
        assert said(cast, cast.cass, reason="  ").reason_sealed == ""

    def test_a_reason_that_is_shared_must_be_there(self, cast):
        with pytest.raises(Refused) as refused:
            said(cast, cast.cass, reason=" ", is_shared=True)
        assert refused.value.field == "reason"

    @pytest.mark.parametrize("who", ["ishani", "priya", "grace", "owen"])
    def test_only_who_sits_there(self, cast, who):
        with pytest.raises(Refused, match="Only people with a seat"):
            said(cast, cast.people[who])

    def test_not_in_a_closed_group(self, cast):
        Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
        with pytest.raises(Refused, match="closed"):
            said(cast, cast.cass, body=cast.group)

    def test_once_and_one_form_is_one(self, cast):
        key = uuid.uuid4()
        assert said(cast, cast.cass, form_key=key) == said(cast, cast.cass, "speaks", form_key=key)
        with pytest.raises(Refused, match="already"):
            said(cast, cast.cass)
        with pytest.raises(Refused, match="used already"):
            said(cast, cast.tunde, form_key=key)

    def test_the_database_holds_what_it_can(self, cast):
        kept = said(cast, cast.cass)
        for change in ({"withdrawn_at": clock.now()}, {"is_shared": True, "reason_sealed": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Recusal.objects.filter(pk=kept.pk).update(**change)
        kept.pk, kept.form_key = uuid.uuid4(), uuid.uuid4()
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.save(force_insert=True)


class TestTakingBack:
    def test_it_no_longer_counts_and_can_be_said_again(self, cast):
        kept = said(cast, cast.cass)
        assert who_decide_nothing(cast.steering.pk, PLAN) == {cast.cass.pk: Side.PEER}
        first = take_back(by=cast.cass, recusal=kept)
        assert who_decide_nothing(cast.steering.pk, PLAN) == {}
        with clock.set_to(clock.now() + dt.timedelta(hours=1)):
            assert take_back(by=cast.cass, recusal=kept).withdrawn_at == first.withdrawn_at
        assert said(cast, cast.cass, "takes_part").pk != kept.pk

    def test_only_one_s_own(self, cast):
        kept = said(cast, cast.cass)
        with pytest.raises(Refused, match="Only the person"):
            take_back(by=cast.grace, recusal=kept)


def test_who_takes_part_decides_and_another_matter_or_group_is_not_this_one(cast):
    said(cast, cast.cass, "takes_part")
    said(cast, cast.samuel, "speaks")
    said(cast, cast.tunde, matter=Matter("documents.Document", "two"))
    said(cast, cast.tunde, body=cast.group)
    assert who_decide_nothing(cast.steering.pk, PLAN) == {cast.samuel.pk: Side.STAFF}


class TestWhoReadsWhy:
    def test_its_author_alone(self, cast, as_person):
        kept = said(cast, cast.cass)
        address = reverse("interests:recusal", args=[kept.pk])
        assert REASON in text(as_person(cast.cass).get(address))
        others = [person for person in cast.everyone() if person not in (cast.cass, cast.leyla)]
        assert {as_person(person).get(address).status_code for person in others} == {404}
        assert not Message.objects.filter(kind=TOLD_WHY.name).exists()

    def test_the_secretary_if_told_and_only_while_it_stands(self, cast, as_person):
        office(cast.group, cast.robin, Office.Kind.SECRETARY, Side.STAFF)
        kept = said(cast, cast.cass, is_shared=True)
        message = Message.objects.get(kind=TOLD_WHY.name)
        address = reverse("interests:recusal", args=[kept.pk])
        assert (message.recipient, TOLD_WHY.path(message), TOLD_WHY.still_due(message)) == (cast.grace, address, "")
        assert REASON in text(as_person(cast.grace).get(address))
        assert Look.objects.get().actor == cast.grace
        assert {as_person(person).get(address).status_code for person in (cast.tunde, cast.robin)} == {404}
        assert as_person(cast.grace).post(reverse("interests:take_back", args=[kept.pk])).status_code == 403
        take_back(by=cast.cass, recusal=kept)
        assert as_person(cast.grace).get(address).status_code == 404
        assert TOLD_WHY.still_due(message) != ""

    def test_one_s_own_look_is_not_logged(self, cast, as_person):
        as_person(cast.cass).get(reverse("interests:recusal", args=[said(cast, cast.cass).pk]))
        assert not Look.objects.exists()

    def test_a_lost_key_is_said_plainly(self, cast, as_person):
        kept = said(cast, cast.cass)
        Recusal.objects.filter(pk=kept.pk).update(reason_sealed="not ours")
        assert "can no longer be read" in text(as_person(cast.cass).get(reverse("interests:recusal", args=[kept.pk])))


# -- at a meeting ------------------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(cast):
    starts = clock.now() + dt.timedelta(days=7)
    made = Meeting.objects.create(
        body=cast.steering,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        place="Room 2",
        called_at=clock.now(),
        called_by=cast.grace,
    )
    AgendaItem.objects.create(meeting=made, number=1, title="The ward's own plan")
    AgendaItem.objects.create(meeting=made, number=2, title="Another thing")
    return made


def address_of(meeting, number=1):
    return reverse("meetings:concerns_me", args=[meeting.pk, number])


def sent(**changes):
    return {"form_key": str(uuid.uuid4()), "effect": "out", "reason": REASON, **changes}


class TestAtAMeeting:
    def test_members_see_the_name_and_the_effect_beside_the_item_and_never_why(self, cast, as_person, meeting):
        assert as_person(cast.cass).post(address_of(meeting), sent(is_shared="on")).status_code == 302
        page = as_person(cast.yetunde).get(reverse("meetings:meeting", args=[meeting.pk]))
        item = BeautifulSoup(page.content, "html.parser").select_one("main ol li")
        assert "Cass Tinderly takes no part in this item." in " ".join(item.get_text(" ").split())
        assert REASON not in page.content.decode()
        for person in cast.everyone():
            shown = as_person(person).get(reverse("meetings:meeting", args=[meeting.pk]))
            assert REASON not in shown.content.decode()
        assert "Read why" in text(as_person(cast.grace).get(reverse("meetings:meeting", args=[meeting.pk])))
        assert "Read why" not in text(page)

    def test_who_records_presence_sees_it_too(self, cast, as_person, meeting):
        as_person(cast.cass).post(address_of(meeting), sent(effect="speaks"))
        with clock.set_to(meeting.starts_at):
            page = text(as_person(cast.grace).get(reverse("meetings:presence", args=[meeting.pk])))
        assert "Item 1: The ward's own plan Cass Tinderly stays and speaks, and does not decide." in page

    def test_who_may_say_it_there(self, cast, as_person, meeting):
        given = {key: as_person(person).get(address_of(meeting)).status_code for key, person in cast.people.items()}
        assert {key for key, status in given.items() if status == 200} == {"tunde", "cass", "samuel", "yetunde"}
        assert given["grace"] == 403
        assert given["ishani"] == given["owen"] == 404
        assert as_person(cast.cass).get(address_of(meeting, 3)).status_code == 404

    def test_said_already_leads_to_what_was_said(self, cast, as_person, meeting):
        browser = as_person(cast.cass)
        browser.post(address_of(meeting), sent())
        own = reverse("interests:recusal", args=[Recusal.objects.get().pk])
        assert browser.get(address_of(meeting))["Location"] == own
        again = browser.post(address_of(meeting), sent(reason="Other words"))
        assert "You have said so already." in text(again)
        assert "Other words" in again.content.decode()
        assert "This concerns my own care" in text(browser.get(reverse("meetings:meeting", args=[meeting.pk])))
        browser.post(reverse("interests:take_back", args=[Recusal.objects.get().pk]))
        assert "You took this back" in text(browser.get(own))

    def test_not_once_it_was_held(self, cast, as_person, meeting):
        Meeting.objects.filter(pk=meeting.pk).update(state="held", held_at=clock.now(), held_by=cast.grace)
        browser = as_person(cast.cass)
        assert browser.post(address_of(meeting), sent()).status_code == 302
        assert not Recusal.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"effect": ""}, "Choose what you want to do"),
            ({"effect": "vote"}, "Select a valid choice"),
            ({"reason": "x" * 1001}, "Use up to 1,000 characters"),
            ({"reason": "a\0b"}, "Null characters are not allowed."),
            ({"reason": "", "is_shared": "on"}, "Write why, or do not tell the secretary."),
        ],
    )
    def test_bad_input(self, cast, as_person, meeting, wrong, told):
        page = as_person(cast.cass).post(address_of(meeting), sent(**wrong))
        assert told in text(page)
        assert not Recusal.objects.exists()

    def test_where_there_is_no_secretary_nobody_can_be_told(self, cast, as_person, meeting):
        cast.steering.offices.update(until_on=clock.today())
        page = as_person(cast.cass).get(address_of(meeting))
        assert "This group has no secretary now." in text(page)
        as_person(cast.cass).post(address_of(meeting), sent(is_shared="on"))
        assert not Recusal.objects.get().is_shared
