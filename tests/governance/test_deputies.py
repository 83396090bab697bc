"""Deputies: asked by an exact address that tells nothing, and sitting in only while somebody is away."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Deputy, Side, Term
from governance.people import speakers_of, table_of
from governance.services.breaks import come_back, step_back
from governance.services.deputies import accept, ask_deputy, decline, end_deputy, set_deputies_count
from notifications.models import Message
from tests.cast import seat


def day(text):
    return dt.date.fromisoformat(text)


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def ask(by, body, address, key=None):
    return ask_deputy(by=by, term=term_of(by, body), address=address, form_key=key or uuid.uuid4())


def told(kind):
    return list(Message.objects.filter(kind=f"governance.{kind}").values_list("recipient__email", flat=True))


@pytest.fixture
def willing(cast):
    """Ishani has said yes to being Tunde's deputy on Task Group 1, which he co-leads."""
    return accept(by=cast.ishani, deputy=ask(cast.tunde, cast.group, cast.ishani.email))


def test_asking_and_saying_yes(cast):
    asked = ask(cast.tunde, cast.group, f" {cast.ishani.email.upper()} ")
    assert (asked.person, asked.address, told("deputy_asked")) == (cast.ishani, cast.ishani.email, [cast.ishani.email])
    yes = accept(by=cast.ishani, deputy=asked)
    assert (yes.accepted_by, yes.address, told("deputy_changed")) == (cast.ishani, "", [cast.tunde.email])
    assert accept(by=cast.ishani, deputy=asked).accepted_at == yes.accepted_at
    assert not standing.of(cast.ishani).is_asked_by(cast.group.pk), "nobody is away"


@pytest.mark.parametrize(
    "who",
    [
        "nobody@anytown-riverside.example",  # there is no such person
        "samuel@anytown-riverside.example",  # a sponsor, for a peer's seat
        "owen@anytown-riverside.example",  # not in the Network
        "leyla@anytown-riverside.example",  # left
        "cass@anytown-riverside.example",  # sits in the group herself
        "isháni@anytown-riverside.example",  # looks alike
    ],
)
def test_an_address_that_cannot_sit_in_looks_the_same_to_the_one_who_asks(cast, who):
    asked = ask(cast.tunde, cast.group, who)
    could = ask(cast.tunde, cast.steering, cast.ishani.email)
    assert (asked.person, told("deputy_asked")) == (None, [cast.ishani.email])
    same = ("named_by_id", "accepted_at", "ended_at", "named_at")
    assert [getattr(asked, name) for name in same] == [getattr(could, name) for name in same]
    facts = AuditEntry.objects.filter(verb="governance.asked_deputy").values_list("facts", flat=True)
    assert list(facts) == [{}, {}]


def test_a_corporate_deputy_is_anyone_who_logs_in(cast):
    assert ask(cast.nadia, cast.group, cast.owen.email).person == cast.owen


def test_a_sponsors_deputy_is_a_sponsor(cast):
    assert ask(cast.priya, cast.group, cast.ishani.email).person is None
    end_deputy(by=cast.priya, term=term_of(cast.priya, cast.group))
    assert ask(cast.priya, cast.group, cast.samuel.email).person == cast.samuel


def test_what_is_refused_openly(cast):
    with pytest.raises(Refused, match="someone else") as refused:
        ask(cast.tunde, cast.group, cast.tunde.email)
    assert refused.value.field == "address"
    with pytest.raises(Refused, match="belonging is yours alone"):
        ask(cast.tunde, cast.network, cast.ishani.email)
    key = uuid.uuid4()
    first = ask(cast.tunde, cast.group, cast.ishani.email, key)
    assert ask(cast.tunde, cast.group, cast.morgan.email, key) == first
    with pytest.raises(Refused, match="one person at a time"):
        ask(cast.tunde, cast.group, cast.morgan.email)
    with pytest.raises(Refused, match="used already"):
        ask(cast.tunde, cast.steering, cast.ishani.email, key)
    with pytest.raises(Refused, match="Only the person who was asked"):
        accept(by=cast.morgan, deputy=first)
    assert Deputy.objects.count() == 1


def test_saying_no_wipes_the_address_and_tells_the_one_who_asked(cast):
    asked = decline(by=cast.ishani, deputy=ask(cast.tunde, cast.group, cast.ishani.email))
    assert (asked.address, asked.accepted_at, asked.ended_by) == ("", None, cast.ishani)
    assert told("deputy_changed") == [cast.tunde.email]
    for act in (accept, decline):
        with pytest.raises(Refused, match="This is over"):
            act(by=cast.ishani, deputy=asked)
    assert ask(cast.tunde, cast.group, cast.morgan.email).person == cast.morgan


def test_taking_it_back(cast, willing):
    end_deputy(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    end_deputy(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert told("sit_in_over") == [cast.ishani.email]
    assert AuditEntry.objects.filter(verb="governance.ended_deputy").count() == 1


def test_while_away_the_deputy_sits_in(cast, willing):
    term = term_of(cast.tunde, cast.group)
    step_back(by=cast.tunde, term=term)
    assert told("sit_in") == [cast.ishani.email]
    stands = standing.of(cast.ishani)
    assert (stands.is_asked_by(cast.group.pk), stands.sits_on(cast.group.pk)) == (True, False)
    assert stands.speaks_for(cast.group.pk) == Side.PEER
    assert standing.of(cast.priya).speaks_for(cast.group.pk) == Side.STAFF
    assert set(speakers_of(cast.group)) == {cast.ishani, cast.priya}
    place = next(place for place in table_of(cast.group.pk) if place.person == cast.tunde)
    assert (place.sits_in, place.to_others) == (cast.ishani, "Seat covered")
    come_back(by=cast.tunde, term=term)
    standing.forget(cast.ishani)
    assert not standing.of(cast.ishani).is_asked_by(cast.group.pk)
    assert told("sit_in_over") == [cast.ishani.email]
    assert speakers_of(cast.group) == [cast.priya, cast.tunde]


def test_a_deputy_of_no_co_lead_speaks_for_no_side(cast):
    accept(by=cast.ishani, deputy=ask(cast.cass, cast.group, cast.ishani.email))
    step_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    standing.forget(cast.ishani)
    assert standing.of(cast.ishani).is_asked_by(cast.group.pk)
    assert standing.of(cast.ishani).speaks_for(cast.group.pk) is None


def test_without_a_deputy_nobody_speaks_for_a_side_that_is_away(cast):
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert speakers_of(cast.group) == [cast.priya]
    place = next(place for place in table_of(cast.group.pk) if place.person == cast.tunde)
    assert (place.sits_in, place.to_others) == (None, "Seat kept")


def test_one_yes_for_each_body(cast, willing):
    second = ask(cast.cass, cast.group, cast.ishani.email)
    with pytest.raises(Refused, match="a deputy for someone in this group already"):
        accept(by=cast.ishani, deputy=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=second.pk).update(accepted_at=clock.now(), accepted_by=cast.ishani)
    assert accept(by=cast.ishani, deputy=ask(cast.tunde, cast.steering, cast.ishani.email))


def test_a_yes_for_a_term_that_has_run_out_makes_way(cast, willing):
    Term.objects.filter(person=cast.tunde, body=cast.group).update(ends_on=clock.today())
    assert accept(by=cast.ishani, deputy=ask(cast.cass, cast.group, cast.ishani.email)).accepted_at
    willing.refresh_from_db()
    assert willing.ended_by == cast.ishani


def test_a_yes_that_comes_too_late(cast):
    asked = ask(cast.tunde, cast.group, cast.ishani.email)
    Term.objects.filter(person=cast.ishani, body=cast.network).update(ends_on=clock.today())
    with pytest.raises(Refused, match="You cannot sit in here now"):
        accept(by=cast.ishani, deputy=asked)
    Term.objects.filter(person=cast.tunde, body=cast.group).update(ends_on=clock.today())
    with pytest.raises(Refused, match="has ended"):
        accept(by=cast.ishani, deputy=asked)


def test_who_is_given_a_seat_there_sits_in_for_nobody(cast, willing):
    seat(cast.group, cast.ishani, Constituency.PEER)
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert [place.deputy for place in table_of(cast.group.pk) if place.person == cast.tunde] == [None]


def test_who_has_been_deactivated_sits_in_for_nobody(cast, willing):
    cast.ishani.is_active = False
    cast.ishani.save()
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    assert told("sit_in") == []
    assert [place.deputy for place in table_of(cast.group.pk) if place.person == cast.tunde] == [None]


def test_a_deputy_stops_quietly_while_the_other_is_on_a_break(cast, willing):
    Message.objects.all().delete()
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    decline(by=cast.ishani, deputy=willing)
    assert (told("deputy_changed"), told("sit_in")) == ([], [cast.ishani.email])
    assert not standing.of(cast.ishani).is_asked_by(cast.group.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": "tunde"},  # oneself
        {"accepted_at": True},  # a yes by nobody
        {"accepted_at": True, "accepted_by": "morgan"},  # a yes by somebody else
        {"ended_at": True},
        {"body": "steering"},  # not the body of the term
    ],
)
def test_the_database_holds_it(cast, wrong):
    asked = ask(cast.tunde, cast.group, cast.ishani.email)
    values = {name: clock.now() if value is True else getattr(cast, value) for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=asked.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(
            term=asked.term, body=cast.group, address="a@b.example", named_at=clock.now(), named_by=cast.tunde
        )


def test_a_yes_needs_a_person(cast):
    asked = ask(cast.tunde, cast.group, "nobody@anytown-riverside.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=asked.pk).update(accepted_at=clock.now(), accepted_by=cast.ishani)


def test_whether_deputies_count_is_set_once(cast):
    set_deputies_count(by=cast.grace, body=cast.group, deputies_count=True)
    set_deputies_count(by=cast.grace, body=cast.group, deputies_count=True)
    assert Body.objects.get(pk=cast.group.pk).deputies_count
    assert AuditEntry.objects.filter(verb="governance.set_deputies_count").count() == 1
