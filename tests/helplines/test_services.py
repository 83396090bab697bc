"""Help contacts are kept right: every change has an owner, a date and an audit row."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from helplines import reading, services
from helplines.models import HelpContact

WORDS = {
    "kind": "person",
    "name": "Grace Hollowbank",
    "how": "Ring in office hours",
    "phone": "020 7946 0000",
    "hours": "",
    "rank": 90,
}


@pytest.fixture
def grace_to_call(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return services.add_contact(by=cast.grace, **WORDS)


def last_entry():
    entry = AuditEntry.objects.order_by("-pk")[0]
    return entry.verb, entry.actor_id, entry.about_id, entry.facts


def test_a_new_installation_has_the_national_contacts_and_nobody_owns_them(db):
    assert list(HelpContact.objects.values_list("name", "phone", "owner")) == [
        ("Someone's life is at risk", "999", None),
        ("Urgent help with your mental health", "111", None),
        ("Samaritans", "116 123", None),
        ("Shout", "", None),
        ("British Sign Language and text relay", "18001 111", None),
    ]


def test_who_adds_a_contact_looks_after_it_for_six_months(cast, grace_to_call):
    assert grace_to_call.owner == cast.grace
    assert grace_to_call.checked_on == clock.today()
    assert grace_to_call.review_on == clock.today() + dt.timedelta(days=182)
    assert last_entry() == ("helplines.added_contact", cast.grace.pk, str(grace_to_call.pk), {"kind": "person"})


def test_there_is_one_person_to_call(cast, grace_to_call):
    with pytest.raises(Refused) as refusal:
        services.add_contact(by=cast.grace, **WORDS)
    assert refusal.value.field == "kind"
    other = HelpContact.objects.get(name="Shout")
    with pytest.raises(Refused):
        services.change_contact(by=cast.grace, contact=other, **WORDS)


def test_the_person_to_call_may_be_changed(cast, grace_to_call):
    changed = services.change_contact(by=cast.owen, contact=grace_to_call, **WORDS | {"phone": "020 7946 0001"})
    assert (changed.phone, changed.owner) == ("020 7946 0001", cast.owen)
    assert last_entry() == ("helplines.changed_contact", cast.owen.pk, str(changed.pk), {"fields": ["phone"]})


def test_the_next_check_is_in_the_future(cast, grace_to_call):
    with pytest.raises(Refused) as refusal:
        services.change_contact(by=cast.grace, contact=grace_to_call, review_on=clock.today(), **WORDS)
    assert refusal.value.field == "review_on"


def test_saying_that_it_is_still_right_moves_the_check_on(cast, grace_to_call):
    later = clock.now() + dt.timedelta(days=200)
    with clock.set_to(later):
        assert grace_to_call.is_due
        services.confirm_contact(by=cast.owen, contact=grace_to_call)
        stored = HelpContact.objects.get(pk=grace_to_call.pk)
        assert not stored.is_due
        assert (stored.owner, stored.checked_on) == (cast.owen, later.date())


def test_a_check_is_due_on_its_day_and_not_before(cast, grace_to_call):
    with clock.set_to(clock.now() + dt.timedelta(days=181)):
        assert not grace_to_call.is_due
    with clock.set_to(clock.now() + dt.timedelta(days=182)):
        assert grace_to_call.is_due


def test_the_last_emergency_contact_stays(cast):
    only = HelpContact.objects.get(kind="emergency")
    with pytest.raises(Refused):
        services.remove_contact(by=cast.grace, contact=only)
    services.add_contact(by=cast.grace, **WORDS | {"kind": "emergency"})
    gone = services.remove_contact(by=cast.grace, contact=only)
    assert gone.name == "Someone's life is at risk"
    assert HelpContact.objects.filter(kind="emergency").count() == 1


def test_the_person_to_call_costs_one_query_a_minute(cast, grace_to_call, django_assert_num_queries):
    reading.forget()
    with django_assert_num_queries(1):
        assert reading.person_to_call() == grace_to_call
        assert reading.person_to_call() == grace_to_call


def test_a_change_is_seen_at_once(cast, grace_to_call, django_capture_on_commit_callbacks):
    assert reading.person_to_call().phone == "020 7946 0000"
    with django_capture_on_commit_callbacks(execute=True):
        services.change_contact(by=cast.grace, contact=grace_to_call, **WORDS | {"phone": "020 7946 0001"})
    assert reading.person_to_call().phone == "020 7946 0001"
