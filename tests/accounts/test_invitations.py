"""The mechanics of an invitation: token, code, rounds, and its one use."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import invitations
from accounts.links import fingerprint
from accounts.models import Invitation, Person, Way
from accounts.services import invitations as services
from core import clock
from core.errors import Refused
from notifications import outbox
from notifications.letters import write
from notifications.models import Message
from tests.conftest import MORNING

ADDRESS = "alder@post.example"


def make(by, way=Way.EMAIL, address=ADDRESS):
    return services.make_invitation(by=by, name="Alder Finchley", address=address, way=way, form_key=uuid.uuid4())


def letter() -> str:
    """The body of the newest message about an invitation, as it would be sent."""
    message = Message.objects.filter(about_type="accounts.Invitation").latest("posted_at")
    (written,), unsent = write([message])
    assert unsent == []
    return written.email.body


def test_only_fingerprints_are_kept(cast):
    row = make(cast.samuel, Way.PAPER, "")
    token, code = invitations.token_of(row), invitations.code_of(row)
    assert len(token) == 43  # 256 bits
    assert row.token_sha256 == fingerprint(token)
    kept = str(Invitation.objects.filter(pk=row.pk).values().get())
    assert token not in kept
    assert code not in kept
    assert code[4:] not in kept


def test_a_message_goes_to_the_address_and_says_nothing(cast):
    row = make(cast.samuel)
    message = Message.objects.get()
    assert (message.kind, message.address, message.recipient) == ("accounts.invitation", ADDRESS, None)
    token = invitations.token_of(row)
    assert token not in str(Message.objects.values().get())
    body = letter()
    assert f"/invited/{token}/" in body
    assert body.startswith("Dear Alder,")
    for private in ("Samuel", "Thistlemoor", "Network", "peer", "Peer", "mental", "group"):
        assert private not in body
    assert "15 September 2026 at 10am" in body


@pytest.mark.parametrize("way", [Way.SAID, Way.PAPER])
def test_what_one_gives_by_hand_is_never_sent(cast, way):
    make(cast.samuel, way, "")
    assert not Message.objects.exists()


def test_a_new_round_makes_the_old_token_and_message_dead(cast):
    row = make(cast.samuel)
    old, message = invitations.token_of(row), Message.objects.get()
    with clock.set_to(MORNING + dt.timedelta(days=1)):
        again = services.issue_again(by=cast.samuel, invitation=row)
        assert invitations.find(old) is None
        assert invitations.find(invitations.token_of(again)).invitation == row
        (letters, unsent) = write(Message.objects.order_by("posted_at"))
    assert [(each.message.pk, each.reason) for each in unsent] == [
        (message.pk, "The invitation has been answered, sent again or taken back.")
    ]
    assert len(letters) == 1


@pytest.mark.parametrize(("end", "works"), [(dt.timedelta(days=14, seconds=-1), True), (dt.timedelta(days=14), False)])
def test_it_works_for_fourteen_days(cast, end, works):
    row = make(cast.samuel)
    with clock.set_to(MORNING + end):
        assert Invitation.objects.get(pk=row.pk).is_open is works
        if works:
            services.accept(token=invitations.token_of(row), by=None)
        else:
            with pytest.raises(Refused, match="no longer works"):
                services.accept(token=invitations.token_of(row), by=None)
    assert Person.objects.filter(email=ADDRESS).exists() is works


def test_accepted_once(cast):
    row = make(cast.samuel)
    _, person = services.accept(token=invitations.token_of(row), by=None)
    assert (person.email, person.name, person.has_usable_password()) == (ADDRESS, "Alder Finchley", False)
    for verb in (services.accept, services.decline):
        with pytest.raises(Refused, match="no longer works"):
            verb(token=invitations.token_of(row), **({"by": None} if verb is services.accept else {}))
    assert Person.objects.filter(email=ADDRESS).count() == 1


@pytest.mark.parametrize("end", ["revoke", "decline"])
def test_an_end_is_an_end(cast, end):
    row = make(cast.samuel)
    token = invitations.token_of(row)
    services.revoke(by=cast.samuel, invitation=row) if end == "revoke" else services.decline(token=token)
    with pytest.raises(Refused):
        services.accept(token=token, by=None)
    with pytest.raises(Refused):
        services.issue_again(by=cast.samuel, invitation=row)
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_the_database_lets_an_invitation_end_once(cast):
    row = make(cast.samuel)
    ends = {"accepted_at": MORNING, "accepted_by": cast.morgan, "declined_at": MORNING}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=row.pk).update(**ends)


def test_an_address_that_has_an_account_gets_no_second(cast):
    row = make(cast.samuel, address=cast.nadia.email)
    token = invitations.token_of(row)
    with pytest.raises(services.LogInFirst):
        services.accept(token=token, by=None)
    with pytest.raises(services.LogInFirst):
        services.accept(token=token, by=cast.owen)
    _, person = services.accept(token=token, by=cast.nadia)
    assert person == cast.nadia


def test_somebody_logged_in_does_not_take_an_address_that_is_not_theirs(cast):
    row = make(cast.samuel)
    with pytest.raises(Refused, match="another email address"):
        services.accept(token=invitations.token_of(row), by=cast.owen)
    row.refresh_from_db()
    assert row.is_open


def test_a_closed_account_does_not_open_again_by_invitation(cast):
    row = make(cast.samuel, address=cast.leyla.email)
    with pytest.raises(Refused, match="no longer works") as refused:
        services.accept(token=invitations.token_of(row), by=None)
    assert not isinstance(refused.value, services.LogInFirst)
    cast.leyla.refresh_from_db()
    assert cast.leyla.is_active is False


def test_given_by_hand_it_proves_no_address(cast):
    """Whoever passes a link on could use it: only a link that went to the address makes an account for it."""
    row = make(cast.samuel, Way.SAID, "")
    token = invitations.token_of(row)
    with pytest.raises(Refused):
        services.accept(token=token, by=None)
    services.give_address(token=token, address=ADDRESS)
    with pytest.raises(Refused):
        services.accept(token=token, by=None)
    row.refresh_from_db()
    given = invitations.given_token_of(row)
    assert f"/invited/{given}/" in letter()
    _, person = services.accept(token=given, by=None)
    assert person.email == ADDRESS


def test_a_second_address_takes_the_place_of_the_first(cast):
    row = make(cast.samuel, Way.SAID, "")
    services.give_address(token=invitations.token_of(row), address="aldr@post.example")
    row.refresh_from_db()
    wrong = invitations.given_token_of(row)
    services.give_address(token=invitations.token_of(row), address=ADDRESS)
    with pytest.raises(Refused):
        services.accept(token=wrong, by=None)
    letters, unsent = write(Message.objects.order_by("posted_at"))
    assert [each.message.address for each in letters] == [ADDRESS]
    assert [each.message.address for each in unsent] == ["aldr@post.example"]


def test_an_invitation_by_email_is_for_that_address_only(cast):
    row = make(cast.samuel)
    with pytest.raises(Refused):
        services.give_address(token=invitations.token_of(row), address="other@post.example")


def test_a_code_is_typed_as_people_type(cast):
    row = make(cast.samuel, Way.PAPER, "")
    code = invitations.code_in_words(invitations.code_of(row))
    assert len(code) == 14
    for typed in (code, code.lower(), f" {code.replace('-', ' ')} ", code.replace("-", "")):
        assert services.try_code(typed=typed) == invitations.token_of(row)
    row.refresh_from_db()
    assert row.tries_left == 5


def test_five_wrong_endings_and_the_code_is_dead(cast):
    row = make(cast.samuel, Way.PAPER, "")
    code = invitations.code_of(row)
    wrong = code[:4] + ("C" * 8 if code[4:] != "C" * 8 else "D" * 8)
    for left in (4, 3, 2, 1, 0, 0):
        assert services.try_code(typed=wrong) is None
        row.refresh_from_db()
        assert row.tries_left == left
    assert services.try_code(typed=code) is None
    assert services.try_code(typed=invitations.code_of(services.issue_again(by=cast.samuel, invitation=row)))


@pytest.mark.parametrize("typed", ["", "CDFG", "CDFG-HJKM-NPQRX", "\0" * 12, "😀" * 12, "C" * 300])
def test_what_is_no_code_costs_nothing(cast, typed):
    row = make(cast.samuel, Way.PAPER, "")
    assert services.try_code(typed=typed) is None
    row.refresh_from_db()
    assert row.tries_left == 5


def test_a_code_of_an_invitation_that_has_ended_does_not_work(cast):
    row = make(cast.samuel, Way.PAPER, "")
    services.revoke(by=cast.samuel, invitation=row)
    assert services.try_code(typed=invitations.code_of(row)) is None


def test_a_new_key_of_the_house_shows_no_wrong_link(cast, settings):
    row = make(cast.samuel, Way.SAID, "")
    assert invitations.still_shows(row)
    settings.SECRET_KEY = "another-key-" * 6
    assert not invitations.still_shows(row)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Alder@Post.Example ", ADDRESS),
        ("alder @post.example", ADDRESS),
        ("ａｌｄｅｒ@post.example", ADDRESS),
        ("al\u200bder@post.example", ADDRESS),
        ("\u202ealder@post.example", ADDRESS),
    ],
)
def test_one_form_of_an_address(typed, kept):
    assert invitations.normal_address(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "alder", "аlder@post.example", "a@b", "x" * 300 + "@post.example", "a\0@b.example"]
)
def test_what_is_no_address(typed):
    with pytest.raises(ValidationError):
        invitations.normal_address(typed)


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("ishan@anytown-riverside.example", True),
        ("ishanii@anytown-riverside.example", True),
        ("ishami@anytown-riverside.example", True),
        ("isahni@anytown-riverside.example", True),
        ("ishani@anytown-riverside.example", False),
        ("rowan@anytown-riverside.example", False),
    ],
)
def test_an_address_one_sign_from_somebodys(cast, address, near):
    assert invitations.looks_like_someones(address) is near


def test_what_was_sent_is_wiped(cast):
    make(cast.samuel)
    with clock.set_to(MORNING + dt.timedelta(days=15)):
        outbox.sweep()
    assert Message.objects.get().secret == ""
