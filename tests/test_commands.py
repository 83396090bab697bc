"""Beginning an empty installation from the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Person, RoleHeld
from audit.models import AuditEntry
from governance.models import Body, Office
from notifications.models import Message

EMAIL = "alder.finch@anytown-riverside.example"


def test_the_first_secretary(db, capsys):
    call_command("invite_secretary", EMAIL, "Alder Finch")
    person = Person.objects.get()
    office = Office.objects.get()
    assert (person.email, person.name) == (EMAIL, "Alder Finch")
    assert (office.person, office.kind, office.body.kind, office.until_on) == (person, "secretary", "steering", None)
    assert [(m.kind, m.recipient) for m in Message.objects.all()] == [("accounts.welcome", person)]
    assert set(AuditEntry.objects.values_list("verb", "actor", "system")) == {
        ("accounts.added_person", None, "invite_secretary"),
        ("governance.appointed", None, "invite_secretary"),
    }
    told = capsys.readouterr().out
    assert EMAIL in told
    assert "72 hours" in told


def test_only_the_first(db):
    call_command("invite_secretary", EMAIL, "Alder Finch")
    with pytest.raises(CommandError, match="a secretary already"):
        call_command("invite_secretary", "other@anytown-riverside.example", "Rowan Finch")
    assert (Person.objects.count(), Office.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_not_where_there_is_one(cast):
    before = Person.objects.count()
    with pytest.raises(CommandError, match="a secretary already"):
        call_command("invite_secretary", EMAIL, "Alder Finch")
    assert Person.objects.count() == before


@pytest.mark.parametrize(("email", "name"), [("alder", "Alder Finch"), ("", "Alder Finch"), (EMAIL, " ")])
def test_bad_input_changes_nothing(db, email, name):
    with pytest.raises(CommandError):
        call_command("invite_secretary", email, name)
    assert not Person.objects.exists()
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
