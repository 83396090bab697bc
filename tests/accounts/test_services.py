"""What is done to people, each with its audit row."""

from __future__ import annotations

import pytest

from accounts import links
from accounts.models import Person, Role, RoleHeld
from accounts.services.people import add_person, change_details, deactivate, end_role, give_role
from audit.models import AuditEntry
from core.errors import Refused
from notifications.models import Message
from tests.accounts.test_link_page import make_link
from tests.conftest import MORNING

DETAILS = "/account/details/"


def entries() -> list[tuple]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor__email", "system"))


def test_adding_somebody_sends_them_a_link(cast):
    person = add_person(
        by=cast.robin, email=" Wren.Ashby@Anytown-Riverside.example ", name=" Wren Ashby ", phone="07700 900123"
    )
    assert (person.email, person.name, person.phone) == (
        "wren.ashby@anytown-riverside.example",
        "Wren Ashby",
        "07700 900123",
    )
    assert not person.has_usable_password()
    assert entries() == [("accounts.added_person", cast.robin.email, "")]
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("accounts.welcome", person)


@pytest.mark.parametrize("email", ["ishani@anytown-riverside.example", "ISHANI@anytown-riverside.EXAMPLE"])
def test_an_address_belongs_to_one_person(cast, email):
    with pytest.raises(Refused) as refused:
        add_person(by=cast.robin, email=email, name="Wren Ashby")
    assert refused.value.field == "email"
    assert not Person.objects.filter(name="Wren Ashby").exists()
    assert (entries(), Message.objects.count()) == ([], 0)


def test_an_act_of_nobody_is_not_recorded(db):
    with pytest.raises(ValueError, match="actor"):
        add_person(by=None, email="wren@anytown-riverside.example", name="Wren Ashby")
    assert not Person.objects.exists()


def test_changing_ones_own_details_leaves_no_name_in_the_record(cast):
    change_details(by=cast.ishani, name="Ishani M", phone="07700 900456")
    assert (Person.objects.get(pk=cast.ishani.pk).name, cast.ishani.phone) == ("Ishani M", "07700 900456")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.facts) == ("accounts.changed_details", {})


def test_a_role_is_given_once(cast):
    first = give_role(by=cast.robin, person=cast.samuel, role=Role.HR_VIEWER)
    again = give_role(by=cast.robin, person=cast.samuel, role=Role.HR_VIEWER)
    assert first == again
    assert cast.samuel.role_names == {"hr_viewer"}
    assert entries() == [("accounts.gave_role", cast.robin.email, "")]


def test_a_role_ends_and_may_be_given_anew(cast):
    held = give_role(by=cast.robin, person=cast.samuel, role=Role.HR_VIEWER)
    ended = end_role(by=cast.robin, held=held)
    assert (ended.until_at, ended.ended_by) == (MORNING, cast.robin)
    with pytest.raises(Refused):
        end_role(by=cast.robin, held=held)
    give_role(by=cast.robin, person=cast.samuel, role=Role.HR_VIEWER)
    assert RoleHeld.objects.filter(person=cast.samuel).count() == 2


def test_nobody_gives_themselves_a_role(cast):
    with pytest.raises(Refused):
        give_role(by=cast.robin, person=cast.robin, role=Role.HR_EDITOR)
    assert not RoleHeld.objects.filter(person=cast.robin, role=Role.HR_EDITOR).exists()


def test_nor_is_one_given_to_a_closed_account(cast):
    with pytest.raises(Refused):
        give_role(by=cast.robin, person=cast.leyla, role=Role.HR_VIEWER)


def test_losing_a_role_ends_the_session(cast, as_person):
    client = as_person(cast.nadia)
    assert client.get(DETAILS).status_code == 200
    end_role(by=cast.robin, held=RoleHeld.objects.get(person=cast.nadia))
    assert client.get(DETAILS).status_code == 302


def test_deactivating_ends_sessions_roles_and_links(cast, as_person):
    client = as_person(cast.nadia)
    token = make_link(cast.nadia)
    client.get(DETAILS)
    deactivate(by=cast.robin, person=cast.nadia)
    assert client.get(DETAILS).status_code == 302
    assert not RoleHeld.objects.filter(person=cast.nadia, until_at=None).exists()
    assert links.use(token) is None
    assert entries() == [("accounts.deactivated", cast.robin.email, "")]


def test_nobody_deactivates_themselves_or_somebody_twice(cast):
    for person in (cast.robin, cast.leyla):
        with pytest.raises(Refused):
            deactivate(by=cast.robin, person=person)
    assert Person.objects.get(pk=cast.robin.pk).is_active
