"""The address book that `notifications` asks."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from accounts import links
from accounts.models import LoginLink
from core import clock
from notifications.ports import Addressee, LinkWanted, address_book
from tests.conftest import MORNING


def wanted(person, path="/me/", message_id=None):
    return LinkWanted(message_id=message_id or uuid.uuid4(), person_id=person.pk, path=path)


def test_gives_those_who_exist_in_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = address_book().addressees([cast.ishani.pk, cast.leyla.pk, 999_999])
    assert found == {
        cast.ishani.pk: Addressee(cast.ishani.pk, "Ishani", "ishani@anytown-riverside.example", True),
        cast.leyla.pk: Addressee(cast.leyla.pk, "Leyla", "leyla@anytown-riverside.example", False),
    }


@pytest.mark.parametrize("how_many", [1, 150])
def test_makes_any_number_of_links_in_one_insert(cast, django_assert_num_queries, how_many):
    asked = [wanted(cast.ishani) for _ in range(how_many)]
    with django_assert_num_queries(1):
        made = address_book().links(asked)
    assert set(made) == {want.message_id for want in asked}
    assert len(set(made.values())) == how_many
    assert LoginLink.objects.count() == how_many


def test_no_links_wanted_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert address_book().links([]) == {}


def test_a_second_attempt_carries_the_same_link(cast):
    want = wanted(cast.ishani, "/me/")
    first = address_book().links([want])
    with clock.set_to(MORNING + dt.timedelta(hours=60)):
        second = address_book().links([want, want])
    assert second == first
    link = LoginLink.objects.get()
    assert (link.person, link.path, link.made_at) == (cast.ishani, "/me/", MORNING)
    assert link.expires_at == MORNING + dt.timedelta(hours=60 + 72)


def test_a_used_link_stays_used_when_its_letter_is_sent_again(cast):
    want = wanted(cast.ishani)
    token = token_in(address_book().links([want])[want.message_id])
    assert links.use(token) is not None
    address_book().links([want])
    assert links.use(token) is None


def test_only_a_hash_of_256_bits_is_kept(cast):
    want = wanted(cast.ishani)
    address = address_book().links([want])[want.message_id]
    token = token_in(address)
    assert address == f"http://localhost:8000/l/{token}/"
    assert len(token) == 43  # 32 bytes in base64
    row = LoginLink.objects.values().get()
    assert token not in str(row)
    assert row["token_sha256"] == links.fingerprint(token)


def test_the_token_cannot_be_worked_out_without_the_key(settings):
    message_id = uuid.uuid4()
    ours = links.token_for(message_id)
    settings.SECRET_KEY = "another"
    assert links.token_for(message_id) != ours


def token_in(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
