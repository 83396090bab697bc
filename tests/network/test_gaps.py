"""A peer is never silently without a sponsor, whatever became of the sponsor."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.services.people import deactivate
from audit.models import AuditEntry
from core import clock
from governance.models import Term
from governance.services.seats import end_term
from network.gaps import peers_without_sponsor
from network.models import Gap, Partnership
from network.services.gaps import notice_gaps
from network.services.partnerships import end_partnership, pair
from network.tasks import notice_gaps as task
from notifications.models import Message
from tests.conftest import MORNING
from tests.network.acting import ishanis, letters, told, words


@pytest.fixture
def paired(cast):
    """Every peer of the cast has a sponsor."""
    for peer in (cast.tunde, cast.cass, cast.morgan):
        Partnership.objects.create(peer=peer, sponsor=cast.priya, from_on=clock.today())
    return cast


def samuels_term(cast):
    return cast.samuel.terms.get(body=cast.network)


def test_ending_the_last_one_writes_the_gap_down_and_tells_both(paired, as_person):
    end_partnership(by=paired.owen, partnership=ishanis(paired))
    gap = Gap.objects.get()
    assert (gap.peer, gap.from_on, gap.until_on) == (paired.ishani, clock.today(), None)
    assert told("network.waits", gap) == {paired.ishani.pk, paired.grace.pk}
    assert AuditEntry.objects.get(verb="network.noted_gap").actor == paired.owen
    page = words(as_person(paired.ishani).get(reverse("network:my_sponsor")))
    assert "You have no staff sponsor now" in page
    with clock.set_to(MORNING + dt.timedelta(days=12)):
        waiting = words(as_person(paired.grace).get(reverse("network:waiting")))
    assert "Ishani Marrowby Since 1 September 2026: 12 days. They have been told." in waiting


def test_whoever_ends_it_is_not_told_what_they_did(paired):
    end_partnership(by=paired.grace, partnership=ishanis(paired))
    assert told("network.waits", Gap.objects.get()) == {paired.ishani.pk}


def test_ending_one_of_two_leaves_no_gap(paired):
    pair(by=paired.grace, peer=paired.ishani, sponsor=paired.priya)
    end_partnership(by=paired.grace, partnership=Partnership.objects.get(peer=paired.ishani, sponsor=paired.samuel))
    assert not Gap.objects.exists()


@pytest.mark.parametrize("how", ["term", "account"])
def test_a_sponsor_who_leaves_is_noticed_within_a_minute(paired, how):
    if how == "term":
        end_term(by=paired.grace, term=samuels_term(paired))
    else:
        deactivate(by=paired.robin, person=paired.samuel)
    assert list(peers_without_sponsor()) == [paired.ishani]
    assert notice_gaps() == 1
    gap = Gap.objects.get()
    assert told("network.waits", gap) == {paired.ishani.pk, paired.grace.pk}
    entry = AuditEntry.objects.get(verb="network.noted_gap")
    assert (entry.actor, entry.system) == (None, "notice sponsor gaps")
    before = Message.objects.count(), AuditEntry.objects.count()
    assert notice_gaps() == 0, "running twice changes nothing"
    assert (Message.objects.count(), AuditEntry.objects.count(), Gap.objects.count()) == (*before, 1)


def test_a_term_that_runs_out_by_itself_opens_it_on_its_day(paired):
    ends_on = clock.today() + dt.timedelta(days=3)
    Term.objects.filter(pk=samuels_term(paired).pk).update(ends_on=ends_on)
    assert notice_gaps() == 0
    with clock.set_to(MORNING + dt.timedelta(days=5)):
        assert notice_gaps() == 1
        assert Gap.objects.get().from_on == ends_on
        assert Gap.objects.get().days == 2


def test_who_never_had_one_is_without_since_they_joined(cast):
    assert notice_gaps() == 3
    joined = cast.cass.terms.get(body=cast.network).starts_on
    assert set(Gap.objects.values_list("peer", "from_on")) == {
        (peer.pk, joined) for peer in (cast.tunde, cast.cass, cast.morgan)
    }


@pytest.mark.parametrize("how", ["pair", "back", "left"])
def test_it_ends_with_a_new_sponsor_the_old_ones_return_or_the_peer_leaving(paired, how):
    old = ishanis(paired)
    end_term(by=paired.grace, term=samuels_term(paired))
    notice_gaps()
    with clock.set_to(MORNING + dt.timedelta(days=4)):
        if how == "pair":
            pair(by=paired.grace, peer=paired.ishani, sponsor=paired.priya)
            old.refresh_from_db()
            assert old.until_on == clock.today(), "or he would be beside the new one when he comes back"
        elif how == "back":
            terms = Term.objects.filter(person=paired.samuel, body=paired.network)
            terms.update(ends_on=clock.today() + dt.timedelta(days=400))
            notice_gaps()
        else:
            end_term(by=paired.grace, term=paired.ishani.terms.get(body=paired.network))
            notice_gaps()
        gap = Gap.objects.get()
        assert (gap.until_on, gap.days) == (clock.today(), 4)
        assert list(peers_without_sponsor()) == []


def test_a_second_gap_is_another_one(paired):
    end_partnership(by=paired.owen, partnership=ishanis(paired))
    again = pair(by=paired.grace, peer=paired.ishani, sponsor=paired.samuel)
    end_partnership(by=paired.owen, partnership=again)
    assert Gap.objects.filter(peer=paired.ishani).count() == 2
    assert Message.objects.filter(kind="network.waits", recipient=paired.ishani).count() == 2


def test_the_message_is_not_sent_when_there_is_someone_again(paired):
    end_partnership(by=paired.owen, partnership=ishanis(paired))
    emails, _ = letters("network.waits")
    assert [email.to for email in emails] == [[paired.ishani.email], [paired.grace.email]]
    pair(by=paired.grace, peer=paired.ishani, sponsor=paired.priya)
    assert letters("network.waits") == ([], ["This does not wait any more."] * 2)


def test_nothing_to_do_writes_nothing_and_locks_nothing(paired, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert notice_gaps() == 0


def test_beat_asks_each_minute(paired):
    entry = settings.CELERY_BEAT_SCHEDULE["notice sponsor gaps"]
    assert (entry["task"], entry["schedule"]) == (task.name, 60.0)
    deactivate(by=paired.robin, person=paired.samuel)
    task()
    assert Gap.objects.count() == 1


def test_a_sponsor_who_left_is_shown_to_nobody_as_theirs(paired, as_person):
    end_term(by=paired.grace, term=samuels_term(paired))
    assert "Samuel" not in words(as_person(paired.ishani).get(reverse("network:my_sponsor")))
    assert "Samuel" not in words(as_person(paired.ishani).get(reverse("network:network")))


@pytest.mark.parametrize("wrong", [{"peer": "ishani"}, {"until_on": "before"}], ids=["two at once", "ends before"])
def test_the_database_holds_the_rules(cast, wrong):
    Gap.objects.create(peer=cast.ishani, from_on=clock.today())
    values = {"peer": cast.ishani, "from_on": clock.today()}
    if "until_on" in wrong:
        values |= {"peer": cast.cass, "until_on": clock.today() - dt.timedelta(days=1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.create(**values)
