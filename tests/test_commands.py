"""Beginning an empty installation from the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.invitations import find, token_of
from accounts.models import Invitation, Person, RoleHeld
from audit.models import AuditEntry
from governance.models import Body, Office, Side, Term
from governance.services.offices import appoint
from network.services.joining import say_yes
from notifications.models import Message
from tests.factories.invitations import does_everything

EMAIL = "alder.finch@anytown-riverside.example"


def test_the_first_secretary_is_invited(db, capsys):
    call_command("invite_secretary", EMAIL.upper(), "Alder Finch")
    invitation = Invitation.objects.get()
    assert (invitation.address, invitation.name, invitation.made_by) == (EMAIL, "Alder Finch", None)
    assert set(Body.objects.values_list("kind", "name")) == {
        ("steering", "Peer Support Steering Group"),
        ("network", "Peers and Sponsors Network"),
    }
    assert [(m.kind, m.address) for m in Message.objects.all()] == [("accounts.invitation", EMAIL)]
    assert not Person.objects.exists()
    told = capsys.readouterr().out
    assert EMAIL in told
    assert "14 days" in told


def test_who_says_yes_and_does_what_is_asked_is_secretary(db):
    call_command("invite_secretary", EMAIL, "Alder Finch")
    person = say_yes(token=token_of(Invitation.objects.get()), by=None)
    assert not Office.objects.exists()
    does_everything(person)
    office = Office.objects.get()
    assert (office.person, office.kind, office.body.kind, office.until_on) == (person, "secretary", "steering", None)
    assert AuditEntry.objects.get(verb="governance.appointed").system == "invite_secretary"
    assert not Term.objects.exists()


def test_nobody_becomes_a_second_secretary(db):
    call_command("invite_secretary", EMAIL, "Alder Finch")
    person = say_yes(token=token_of(Invitation.objects.get()), by=None)
    other = Person.objects.create_person(email="rowan@anytown-riverside.example", name="Rowan Finch")
    steering = Body.objects.get(kind=Body.Kind.STEERING)
    appoint(by=other, body=steering, person=other, kind=Office.Kind.SECRETARY, side=Side.STAFF)
    does_everything(person)
    assert list(Office.objects.values_list("person", flat=True)) == [other.pk]


def test_an_address_written_wrong_is_put_right_by_doing_it_again(db):
    call_command("invite_secretary", "aldr@anytown-riverside.example", "Alder Finch")
    old = token_of(Invitation.objects.get())
    call_command("invite_secretary", EMAIL, "Alder Finch")
    assert find(old) is None
    assert (Invitation.objects.get().address, Body.objects.count()) == (EMAIL, 2)


def test_only_the_first(db):
    call_command("invite_secretary", EMAIL, "Alder Finch")
    does_everything(say_yes(token=token_of(Invitation.objects.get()), by=None))
    with pytest.raises(CommandError, match="a secretary already"):
        call_command("invite_secretary", "other@anytown-riverside.example", "Rowan Finch")
    assert (Person.objects.count(), Office.objects.count(), Invitation.objects.count()) == (1, 1, 1)


def test_not_where_there_is_one(cast):
    with pytest.raises(CommandError, match="a secretary already"):
        call_command("invite_secretary", EMAIL, "Alder Finch")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("email", "name"), [("alder", "Alder Finch"), ("", "Alder Finch"), (EMAIL, " ")])
def test_bad_input_changes_nothing(db, email, name):
    with pytest.raises(CommandError):
        call_command("invite_secretary", email, name)
    assert not Invitation.objects.exists()
    assert not Body.objects.exists()


def test_the_first_administrator(cast, capsys):
    call_command("give_role", "SAMUEL@anytown-riverside.example", "platform_admin")
    held = RoleHeld.objects.get(person=cast.samuel)
    assert (held.role, held.given_by) == ("platform_admin", None)
    assert AuditEntry.objects.get().system == "give_role"
    assert "Platform administrator" in capsys.readouterr().out


@pytest.mark.parametrize("who", ["nobody@anytown-riverside.example", "leyla@anytown-riverside.example"])
def test_no_role_for_nobody_or_a_closed_account(cast, who):
    before = RoleHeld.objects.count()
    with pytest.raises(CommandError):
        call_command("give_role", who, "hr_editor")
    assert RoleHeld.objects.count() == before
