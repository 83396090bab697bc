"""Keeping a passport, sharing it, taking it back, reading one, and what the clock brings."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from access import services, tasks
from access.models import Consent, Passport
from access.ports import companions_of
from access.presenters import card, flags_for, flags_for_reader, looked, looks_at, shared_page
from access.questions import QUESTIONS, WORDS_OF
from access.readers import readers_today
from accounts.models import Person
from accounts.services.people import deactivate
from audit.models import AuditEntry, Look
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Office, Side, Term
from governance.services.offices import appoint
from governance.services.seats import end_term, open_seat, seat_person, usual_end
from network.models import Partnership
from notifications.models import Message
from tests.access.said import CANARIES, say, say_everything
from tests.cast import office
from tests.conftest import MORNING


def told(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def who_may(cast, person):
    for each in cast.everyone():
        standing.forget(each)
    return {short for short, each in cast.people.items() if services.access_of(person, each)}


# -- writing -----------------------------------------------------------------------------------------------------------


def test_every_key_is_used_once():
    keys = [choice.key for question in QUESTIONS for choice in question.choices]
    details = [detail.key for question in QUESTIONS for detail in question.details]
    assert len(keys) == len(set(keys)) == len(WORDS_OF)
    assert len(details) == len(set(details))
    assert {detail.under for question in QUESTIONS for detail in question.details} - set(keys) == {""}


def test_an_answer_replaces_the_one_before_and_leaves_the_others(cast):
    say(cast.cass, "comfort", chosen=["breaks", "camera_off"])
    say(cast.cass, "format", chosen=["large_print"], size=18)
    say(cast.cass, "contact", chosen=["text"], best_times="Mornings")
    say(cast.cass, "comfort", chosen=["quiet_room"])
    kept = Passport.objects.get()
    assert kept.chosen == ["text", "large_print", "quiet_room"]
    assert (kept.point_size, kept.words()) == (18, {"best_times": "Mornings"})


def test_words_are_sealed_and_the_same_again_changes_nothing(cast):
    say(cast.cass, "anything_else", chosen=[], anything_else="Near the door")
    kept = Passport.objects.get()
    assert "door" not in kept.sealed
    with clock.set_to(MORNING + dt.timedelta(hours=1)):
        say(cast.cass, "anything_else", chosen=[], anything_else="Near the door ")
    again = Passport.objects.get()
    assert (again.sealed, again.changed_at) == (kept.sealed, MORNING)
    assert AuditEntry.objects.filter(verb="access.changed_passport").count() == 1


def test_all_of_it_may_be_empty_again(cast):
    say(cast.cass, "contact", chosen=["text"], best_times="Mornings")
    services.share_with_body(by=cast.cass, body=cast.group)
    say(cast.cass, "contact", chosen=[], best_times="")
    assert not Passport.objects.get().says_something
    assert (flags_for(cast.group.pk), services.access_of(cast.cass, cast.tunde)) == ({}, None)


def test_an_empty_answer_makes_no_passport(cast):
    say(cast.cass, chosen=[])
    assert not Passport.objects.exists()


@pytest.mark.parametrize("wrong", [{"chosen": ["step_free"]}, {"chosen": ["nonsense"]}, {"colour": "Red"}])
def test_what_is_not_offered_is_refused(cast, wrong):
    with pytest.raises(Refused, match="Choose from the list"):
        say(cast.cass, "comfort", **wrong)
    assert not Passport.objects.exists()


@pytest.mark.parametrize("size", [0, 13, 73, 30000])
def test_the_database_keeps_a_size_that_can_be_printed(cast, size):
    with pytest.raises(IntegrityError), transaction.atomic():
        say(cast.cass, "format", chosen=["large_print"], size=size)


def test_one_passport_each(cast):
    say(cast.cass)
    with pytest.raises(IntegrityError), transaction.atomic():
        Passport.objects.create(person=cast.cass, changed_at=MORNING, reviewed_on=MORNING.date())


def test_words_of_a_lost_key_are_neither_shown_nor_written_over(cast, settings):
    say(cast.cass, "contact", chosen=["text"], best_times="Mornings")
    settings.SECRET_KEY = "another-key-altogether-" + "y" * 40
    assert services.read_own(cast.cass).words is None
    with pytest.raises(Refused, match="We cannot open what you wrote before"):
        say(cast.cass, "comfort")
    services.delete_passport(by=cast.cass)
    assert say(cast.cass, "comfort").chosen == ["breaks"]


# -- sharing -----------------------------------------------------------------------------------------------------------


def test_nobody_sees_it_until_its_owner_says_so(cast):
    say_everything(cast.cass)
    assert who_may(cast, cast.cass) == {"cass"}


def test_a_body_is_its_co_leads_its_secretary_and_the_steering_groups(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    assert who_may(cast, cast.cass) == {"cass", "tunde", "priya", "grace"}
    appoint(by=cast.grace, body=cast.group, person=cast.owen, kind=Office.Kind.SECRETARY, side=Side.STAFF)
    assert who_may(cast, cast.cass) == {"cass", "tunde", "priya", "grace", "owen"}
    services.stop_sharing_with_body(by=cast.cass, body=cast.group)
    assert who_may(cast, cast.cass) == {"cass"}


def test_each_group_is_asked_for_alone(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.steering)
    assert who_may(cast, cast.cass) == {"cass", "grace"}
    assert (flags_for(cast.group.pk), set(flags_for(cast.steering.pk))) == ({}, {cast.cass.pk})


def test_consent_holds_what_was_agreed_and_when_and_is_taken_back_as_it_was_given(cast):
    first = services.share_with_body(by=cast.cass, body=cast.group)
    assert services.share_with_body(by=cast.cass, body=cast.group) == first
    assert (first.wording, first.given_at, first.ended_at) == (1, MORNING, None)
    services.stop_sharing_with_body(by=cast.cass, body=cast.group)
    services.stop_sharing_with_body(by=cast.cass, body=cast.group)
    first.refresh_from_db()
    assert (first.ended_at, first.ended_because) == (MORNING, "withdrawn")
    assert services.share_with_body(by=cast.cass, body=cast.group) != first
    verbs = AuditEntry.objects.filter(verb__startswith="access.").values_list("verb", flat=True)
    assert list(verbs) == ["access.shared", "access.stopped_sharing", "access.shared"]


def test_one_shares_only_where_one_sits(cast):
    for body in (cast.other_group, cast.steering):
        with pytest.raises(Refused, match="a group that you sit on"):
            services.share_with_body(by=cast.ishani, body=body)
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    with pytest.raises(Refused, match="a group that you sit on"):
        services.share_with_body(by=cast.cass, body=cast.group)
    assert not Consent.objects.exists()


def test_a_group_that_closes_and_a_seat_that_ends_end_what_is_seen(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    term = cast.cass.terms.get(body=cast.group)
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.CLOSED)
    assert who_may(cast, cast.cass) == {"cass"}
    Body.objects.filter(pk=cast.group.pk).update(state=Body.State.ACTIVE)
    end_term(by=cast.grace, term=term)
    assert who_may(cast, cast.cass) == {"cass"}


def test_whoever_comes_back_to_a_group_is_asked_anew(cast):
    say_everything(cast.cass)
    consent = services.share_with_body(by=cast.cass, body=cast.group)
    kept = services.share_with_body(by=cast.cass, body=cast.steering)
    end_term(by=cast.grace, term=cast.cass.terms.get(body=cast.group))
    tasks.tick()
    tasks.tick()
    consent.refresh_from_db()
    kept.refresh_from_db()
    assert (consent.ended_because, kept.ended_at) == ("left", None)
    ended = AuditEntry.objects.get(verb="access.stopped_sharing")
    assert (ended.actor, ended.system) == (None, "end consents of those who left")
    seat = open_seat(by=cast.grace, body=cast.group, constituency=Constituency.PEER)
    later = clock.today()
    seat_person(by=cast.grace, seat=seat, person=cast.cass, starts_on=later, ends_on=usual_end(later))
    assert flags_for(cast.group.pk) == {}


def test_whoever_is_deactivated_shares_nothing_and_sees_nothing(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    deactivate(by=cast.robin, person=cast.priya)
    cast.priya.refresh_from_db()
    assert who_may(cast, cast.cass) == {"cass", "tunde", "grace"}
    deactivate(by=cast.robin, person=cast.cass)
    assert (who_may(cast, cast.cass) - {"cass"}, flags_for(cast.group.pk)) == (set(), {})


def test_a_sponsor_sees_it_only_when_chosen_and_only_while_they_are_one(cast):
    say_everything(cast.ishani)
    services.share_with_body(by=cast.ishani, body=cast.network)
    assert who_may(cast, cast.ishani) == {"ishani", "grace"}
    services.share_with_person(by=cast.ishani, person=cast.samuel)
    services.share_with_person(by=cast.ishani, person=cast.samuel)
    assert who_may(cast, cast.ishani) == {"ishani", "grace", "samuel"}
    assert set(flags_for_reader(cast.samuel)) == {cast.ishani.pk}
    assert told("access.changed") == ["grace@anytown-riverside.example", "samuel@anytown-riverside.example"]
    Partnership.objects.update(until_on=clock.today())
    assert who_may(cast, cast.ishani) == {"ishani", "grace"}
    tasks.tick()
    assert Consent.objects.get(reader=cast.samuel).ended_because == "left"


def test_nobody_else_can_be_chosen(cast):
    for other in (cast.priya, cast.grace, cast.ishani):
        with pytest.raises(Refused, match="someone on the list"):
            services.share_with_person(by=cast.ishani, person=other)
    assert not Consent.objects.exists()


def test_choosing_people_takes_back_from_the_others(cast):
    Partnership.objects.create(peer=cast.ishani, sponsor=cast.priya, from_on=clock.today())
    services.choose_people(by=cast.ishani, people=[cast.samuel])
    services.choose_people(by=cast.ishani, people=[cast.priya])
    assert [each.reader for each in Consent.objects.live()] == [cast.priya]
    services.choose_people(by=cast.ishani, people=[])
    assert not Consent.objects.live().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": None, "reader": None},
        {"body": "group", "reader": "samuel"},
        {"body": None, "reader": "cass"},
        {"body": "group", "ended_at": MORNING},
        {"body": "group", "ended_because": "left"},
        {"body": "group", "ended_at": MORNING - dt.timedelta(days=1), "ended_because": "left"},
    ],
)
def test_the_database_refuses_a_consent_that_cannot_be(cast, wrong):
    row = {
        name: getattr(cast, value) if name in ("body", "reader") and value else value for name, value in wrong.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=cast.cass, wording=1, given_at=MORNING, **row)


@pytest.mark.parametrize("whom", [{"body": "group"}, {"reader": "samuel"}])
def test_the_database_keeps_one_live_consent_each(cast, whom):
    row = {name: getattr(cast, value) for name, value in whom.items()}
    Consent.objects.create(person=cast.cass, wording=1, given_at=MORNING, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=cast.cass, wording=1, given_at=MORNING, **row)


def test_who_can_see_it_today_is_said_by_offices(cast):
    assert readers_today([cast.group, cast.steering, cast.network], but=cast.cass) == {
        cast.group.pk: "2 co-leads and 1 secretary of the Peer Support Steering Group",
        cast.steering.pk: "1 secretary",
        cast.network.pk: "1 secretary of the Peer Support Steering Group",
    }
    office(cast.group, cast.owen, Office.Kind.SECRETARY, Side.STAFF)
    end_term(by=cast.grace, term=cast.priya.terms.get(body=cast.group))
    words = "1 secretary and 1 secretary of the Peer Support Steering Group"
    assert readers_today([cast.group], but=cast.tunde) == {cast.group.pk: words}
    Office.objects.update(until_on=clock.today())
    assert readers_today([cast.group], but=cast.tunde) == {cast.group.pk: "nobody else"}


# -- reading -----------------------------------------------------------------------------------------------------------


def test_each_look_is_logged_and_its_owner_sees_it_by_office(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    passport = Passport.objects.get(person=cast.cass)
    for reader in (cast.tunde, cast.grace, cast.tunde):
        read = services.read_passport(by=reader, passport=passport)
        assert read.words == CANARIES
    assert services.read_own(cast.cass).words == CANARIES
    assert [look.actor for look in Look.objects.all()] == [cast.tunde, cast.grace, cast.tunde]
    assert [each.words for each in looked(cast.cass, looks_at(cast.cass))] == [
        "A co-lead of Role design and job description",
        "A secretary of the Peer Support Steering Group, who stands in for Role design and job description",
        "A co-lead of Role design and job description",
    ]


def test_a_chosen_sponsor_is_called_by_name(cast):
    say_everything(cast.ishani)
    services.share_with_person(by=cast.ishani, person=cast.samuel)
    services.read_passport(by=cast.samuel, passport=cast.ishani.passport)
    assert [each.words for each in looked(cast.ishani, looks_at(cast.ishani))] == ["Samuel Thistlemoor, whom you chose"]


def test_no_log_no_page(cast, monkeypatch):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)

    def broken(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("access.services.record_look", broken)
    with pytest.raises(RuntimeError):
        services.read_passport(by=cast.tunde, passport=cast.cass.passport)


def test_what_was_taken_back_cannot_be_read_nor_is_it_logged(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    services.stop_sharing_with_body(by=cast.cass, body=cast.group)
    with pytest.raises(Refused, match="no longer shared"):
        services.read_passport(by=cast.tunde, passport=cast.cass.passport)
    assert not Look.objects.exists()


def test_the_list_says_who_and_never_what(cast):
    say_everything(cast.cass)
    say_everything(cast.ishani)
    say(cast.tunde)
    services.share_with_body(by=cast.cass, body=cast.group)
    services.share_with_body(by=cast.tunde, body=cast.group)
    services.share_with_person(by=cast.ishani, person=cast.samuel)
    lists = {who: [(each.place, [p.name for p in each.people]) for each in shared_page(who)] for who in cast.everyone()}
    both = [(cast.group.name, ["Cass Tinderly", "Tunde Osterfield"])]
    assert lists == dict.fromkeys(cast.everyone(), []) | {
        cast.grace: both,
        cast.priya: both,
        cast.tunde: [(cast.group.name, ["Cass Tinderly"])],
        cast.samuel: [("", ["Ishani Marrowby"])],
    }


def test_flags_and_list_cost_one_query(cast, django_assert_num_queries):
    for person in (cast.cass, cast.tunde, cast.priya):
        say(person)
        services.share_with_body(by=person, body=cast.group)
    standing.of(cast.grace)
    with django_assert_num_queries(1):
        assert set(flags_for(cast.group.pk)) == {cast.cass.pk, cast.tunde.pk, cast.priya.pk}
    with django_assert_num_queries(1):
        assert set(flags_for_reader(cast.grace)) == {cast.cass.pk, cast.tunde.pk, cast.priya.pk}
    with django_assert_num_queries(1):
        assert len(shared_page(cast.grace)[0].people) == 3
    with django_assert_num_queries(1):
        assert services.access_of(cast.cass, cast.grace) == cast.cass.passport


def test_the_card_of_my_page(cast):
    assert (card(cast.cass).has_passport, card(cast.cass).shared_with) == (False, 0)
    say(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    found = card(cast.cass)
    assert (found.has_passport, found.shared_with, found.review_is_due) == (True, 1, False)


# -- deleting ----------------------------------------------------------------------------------------------------------


def test_deleting_takes_all_of_it_at_once(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    services.delete_passport(by=cast.cass)
    services.delete_passport(by=cast.cass)
    assert not Passport.objects.exists()
    assert [each.ended_because for each in Consent.objects.all()] == ["deleted"]
    say(cast.cass)
    assert (flags_for(cast.group.pk), who_may(cast, cast.cass)) == ({}, {"cass"})


def test_what_was_never_written_can_still_be_taken_back(cast):
    services.share_with_body(by=cast.cass, body=cast.group)
    services.delete_passport(by=cast.cass)
    assert not Consent.objects.live().exists()


# -- the clock ---------------------------------------------------------------------------------------------------------


def test_a_secretary_is_told_once_of_what_was_shared_and_once_of_what_changed(cast):
    say_everything(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    tasks.tick()
    assert told("access.changed") == ["grace@anytown-riverside.example"]
    with clock.set_to(MORNING + dt.timedelta(days=3)):
        say(cast.cass, "comfort", chosen=["breaks"])
        say(cast.cass, "meetings", chosen=["join_online"])
        tasks.tick()
        assert len(told("access.changed")) == 1, "she is still writing"
    with clock.set_to(MORNING + dt.timedelta(days=3, minutes=31)):
        tasks.tick()
        tasks.tick()
    assert told("access.changed") == ["grace@anytown-riverside.example"] * 2


def test_of_an_empty_passport_nobody_is_told_until_something_is_in_it(cast):
    services.share_with_body(by=cast.cass, body=cast.group)
    assert told("access.changed") == []
    with clock.set_to(MORNING + dt.timedelta(minutes=1)):
        say(cast.cass)
    with clock.set_to(MORNING + dt.timedelta(hours=1)):
        tasks.tick()
    assert told("access.changed") == ["grace@anytown-riverside.example"]


def test_the_groups_own_secretary_is_told_and_never_its_owner(cast):
    office(cast.group, cast.owen, Office.Kind.SECRETARY, Side.STAFF)
    say(cast.cass)
    services.share_with_body(by=cast.cass, body=cast.group)
    assert told("access.changed") == ["owen@anytown-riverside.example"]
    Message.objects.all().delete()
    Office.objects.exclude(kind=Office.Kind.CO_LEAD).update(until_on=clock.today())
    say(cast.tunde)
    services.share_with_body(by=cast.tunde, body=cast.group)
    assert told("access.changed") == ["priya@anytown-riverside.example"]


def test_after_a_year_its_owner_is_asked_once_if_it_is_still_right(cast):
    say(cast.cass)
    with clock.set_to(MORNING + dt.timedelta(days=364)):
        tasks.tick()
        assert (told("access.review"), card(cast.cass).review_is_due) == ([], False)
    with clock.set_to(MORNING + dt.timedelta(days=366)):
        tasks.tick()
        tasks.tick()
        assert (told("access.review"), card(cast.cass).review_is_due) == (["cass@anytown-riverside.example"], True)
        services.confirm_still_right(by=cast.cass)
        services.confirm_still_right(by=cast.cass)
        tasks.tick()
        assert card(cast.cass).review_is_due is False
        assert AuditEntry.objects.filter(verb="access.reviewed_passport").count() == 1
    with clock.set_to(MORNING + dt.timedelta(days=800)):
        tasks.tick()
    assert told("access.review") == ["cass@anytown-riverside.example"] * 2


def test_a_passport_that_says_nothing_is_not_asked_about(cast):
    say(cast.cass)
    say(cast.cass, chosen=[])
    with clock.set_to(MORNING + dt.timedelta(days=800)):
        tasks.tick()
    assert told("access.review") == []
    assert services.confirm_still_right(by=cast.morgan) is None


def test_the_database_and_what_is_known_of_a_person_say_the_same_of_their_consents(cast):
    say_everything(cast.ishani)
    services.share_with_body(by=cast.ishani, body=cast.network)
    services.share_with_person(by=cast.ishani, person=cast.samuel)
    leave_network = {"ends_on": clock.today()}
    for change in (
        lambda: None,
        lambda: Term.objects.filter(person=cast.samuel, body=cast.network).update(**leave_network),
        lambda: Term.objects.filter(person=cast.ishani, body=cast.network).update(**leave_network),
    ):
        change()
        owner = Person.objects.get(pk=cast.ishani.pk)
        known = Consent.objects.live_of(owner, companions_of(owner))
        assert set(known) == set(Consent.objects.live().filter(person=owner))
    assert known == []
