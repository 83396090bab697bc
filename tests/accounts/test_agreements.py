"""Agreeing about confidentiality, and how one likes to be reached."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.agreement_text import FIRST
from accounts.models import Agreed, AgreementText, ContactChoice
from accounts.services.agreements import (
    agree,
    record_agreed_by_phone,
    text_in_force,
    withdraw_agreement,
    write_new_version,
)
from accounts.services.contact import choose_contact
from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from tests.conftest import MORNING

NOTHING = {"phone": "", "post": "", "times": "", "may_leave_message": False, "may_show_name": False}


def current(person):
    return Agreed.objects.current().filter(person=person).count()


def test_looking_at_the_first_text_keeps_nothing(cast):
    assert (text_in_force().version, text_in_force().text) == (1, FIRST)
    assert not AgreementText.objects.exists()


def test_agreed_once_however_often_it_is_pressed(cast):
    first, second = agree(by=cast.ishani, version=1), agree(by=cast.ishani, version=1)
    assert first == second
    assert (first.how, first.by, first.at, first.text.version) == ("screen", cast.ishani, MORNING, 1)
    assert AuditEntry.objects.filter(verb="accounts.agreed").count() == 1


@pytest.mark.parametrize(("days", "stands"), [(364, 1), (365, 0)])
def test_it_stands_for_a_year(cast, days, stands):
    agree(by=cast.ishani, version=1)
    with clock.set_to(MORNING + dt.timedelta(days=days)):
        assert current(cast.ishani) == stands


def test_new_words_ask_everybody_again(cast):
    agree(by=cast.ishani, version=1)
    made = write_new_version(by=cast.owen, text="# New\n\nWords.", seen=1)
    assert (made.version, made.from_by, current(cast.ishani)) == (2, cast.owen, 0)
    with pytest.raises(Refused, match="have changed"):
        agree(by=cast.ishani, version=1)
    agree(by=cast.ishani, version=2)
    assert current(cast.ishani) == 1
    assert AgreementText.objects.get(version=1).text == FIRST


@pytest.mark.parametrize(("text", "seen"), [(FIRST, 1), ("  ", 1), ("Other words.", 2)])
def test_a_new_version_is_new_words_written_from_the_last(cast, text, seen):
    with pytest.raises(Refused):
        write_new_version(by=cast.owen, text=text, seen=seen)
    assert AgreementText.objects.count() <= 1


def test_by_phone_both_names_stand(cast):
    row = record_agreed_by_phone(by=cast.samuel, person=cast.ishani)
    assert (row.person, row.by, row.how) == (cast.ishani, cast.samuel, "phone")
    with pytest.raises(Refused, match="agreed already"):
        record_agreed_by_phone(by=cast.grace, person=cast.ishani)


@pytest.mark.parametrize("who", ["samuel", "leyla"])
def test_not_for_oneself_and_not_for_somebody_who_left(cast, who):
    with pytest.raises(Refused):
        record_agreed_by_phone(by=cast.samuel, person=cast.people[who])
    assert not Agreed.objects.exists()


def test_the_person_can_change_what_was_written_down(cast):
    row = record_agreed_by_phone(by=cast.samuel, person=cast.ishani)
    with pytest.raises(Refused):
        withdraw_agreement(by=cast.samuel, agreed=row)
    withdraw_agreement(by=cast.ishani, agreed=row)
    withdraw_agreement(by=cast.ishani, agreed=row)
    assert current(cast.ishani) == 0
    assert AuditEntry.objects.filter(verb="accounts.withdrew_agreement").count() == 1


def test_or_say_it_themselves(cast):
    record_agreed_by_phone(by=cast.samuel, person=cast.ishani)
    agree(by=cast.ishani, version=1)
    assert list(Agreed.objects.values_list("how", flat=True)) == ["phone", "screen"]


@pytest.mark.parametrize(("how", "by"), [("screen", "samuel"), ("phone", "ishani")])
def test_the_database_knows_who_may_say_what(cast, how, by):
    agree(by=cast.ishani, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreed.objects.create(
            person=cast.ishani, text=AgreementText.objects.get(), how=how, at=MORNING, by=cast.people[by]
        )


def test_contact_is_kept_and_what_is_private_is_sealed(cast):
    said = NOTHING | {"post": "7 Larch Way", "times": "After ten", "may_leave_message": True}
    choose_contact(by=cast.ishani, way="post", **said)
    choose_contact(by=cast.ishani, way="post", **said | {"post": "8 Larch Way"})
    row = ContactChoice.objects.get()
    assert row.private == {"post": "8 Larch Way", "times": "After ten"}
    assert "Larch" not in str(ContactChoice.objects.values().get())
    assert (row.may_leave_message, row.may_show_name) == (True, False)


def test_the_phone_number_is_the_one_of_the_person(cast):
    choose_contact(by=cast.ishani, way="text", **NOTHING | {"phone": "07700 900321"})
    cast.ishani.refresh_from_db()
    assert cast.ishani.phone == "07700 900321"


@pytest.mark.parametrize(("way", "field"), [("text", "phone"), ("phone", "phone"), ("post", "post")])
def test_what_a_way_needs(cast, way, field):
    with pytest.raises(Refused) as refused:
        choose_contact(by=cast.ishani, way=way, **NOTHING)
    assert refused.value.field == field
    assert not ContactChoice.objects.exists()
