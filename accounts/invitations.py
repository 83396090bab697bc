"""Tokens and codes of invitations: how they are made, written and found. Looking changes nothing.

A token is 256 bits that nobody can work out without `SECRET_KEY`; only its fingerprint is stored. It is made from the
invitation's id and round, so that whoever may pass it on can be shown it again. A code on paper has 12 signs: the first
four find the invitation, the other eight are the secret.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from os.path import commonprefix

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.links import fingerprint
from accounts.models import Invitation, Person, Way

#: No vowels, so that no word comes out; none of the signs that people take for one another.
SIGNS = "CDFGHJKMNPQRTVWXY23456789"
TAKEN_FOR = str.maketrans({"B": "8", "S": "5", "Z": "2"})
CODE_LENGTH, CODE_START = 12, 4
LONGEST_ADDRESS = Person._meta.get_field("email").max_length or 0


@dataclass(frozen=True)
class Found:
    """An invitation, by which token it was found, and the address that this token proves; "" for none."""

    invitation: Invitation
    address: str


def token_of(invitation: Invitation) -> str:
    """The token of this round."""
    return _written(invitation, b"token")


def given_token_of(invitation: Invitation) -> str:
    """The token that goes to the address which the invited person gave."""
    return _written(invitation, b"given:" + invitation.given_address.encode())


def code_of(invitation: Invitation) -> str:
    """The code of this round: twelve signs, without the lines between."""
    number = int.from_bytes(_digest(invitation, b"code"), "big")
    signs = []
    for _ in range(CODE_LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return "".join(signs)


def code_in_words(code: str) -> str:
    """ "CDFG-HJKM-NPQR": as it is printed."""
    return "-".join(code[place : place + 4] for place in range(0, CODE_LENGTH, 4))


def code_fingerprint(code: str) -> str:
    """What is stored of a code. Keyed: twelve signs could be found by trying them all."""
    return hmac.new(settings.SECRET_KEY.encode(), b"accounts.invitations:" + code.encode(), hashlib.sha256).hexdigest()


def typed_code(text: str) -> str:
    """A code as somebody typed it: spaces and lines left out, small letters made large."""
    signs = unicodedata.normalize("NFKC", text).upper().translate(TAKEN_FOR)
    return "".join(sign for sign in signs if sign.isalnum())


def still_shows(invitation: Invitation) -> bool:
    """Whether what we can work out now is what was issued. It is not once `SECRET_KEY` has been changed."""
    return fingerprint(token_of(invitation)) == invitation.token_sha256


def address_of(token: str) -> str:
    """The full web address that carries `token`."""
    return f"{settings.BASE_URL}/invited/{token}/"


def find(token: str) -> Found | None:
    """The invitation of that token, whatever its state, with whoever made it; None for one that was never made."""
    kept = fingerprint(token)
    rows = Invitation.objects.select_related("made_by")
    row = rows.filter(token_sha256=kept).first()
    if row:
        return Found(row, row.address if row.way == Way.EMAIL else "")
    row = rows.filter(given_sha256=kept).first()
    return Found(row, row.given_address) if row else None


def lasts() -> dt.timedelta:
    """How long an invitation is good for."""
    return dt.timedelta(days=settings.INVITATION_DAYS)


def normal_address(text: str) -> str:
    """An address as we keep it: one form of each letter, small, no spaces. Raises ValidationError when it is none."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf").lower()
    try:
        validate_email(plain)
    except ValidationError:
        raise ValidationError("Enter an email address like name@example.com") from None
    if len(plain) > LONGEST_ADDRESS:
        raise ValidationError("This email address is too long")
    return plain


def looks_like_someones(address: str) -> bool:
    """Whether `address` differs in one sign from that of somebody here, or invited: perhaps a slip of the pen.

    For the eyes of a secretary only. Two queries.
    """
    here = Person.objects.exclude(email=address).values_list("email", flat=True)
    invited = Invitation.objects.unanswered().exclude(address__in=["", address]).values_list("address", flat=True)
    return any(_is_one_off(address, other) for rows in (here, invited) for other in rows.iterator())


def _is_one_off(one: str, other: str) -> bool:
    """One sign more, less or other, or two neighbours changed about."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = len(commonprefix((one, other)))
    rest, others = one[start:], other[start:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or swapped


def _digest(invitation: Invitation, what: bytes) -> bytes:
    about = b"accounts.invitations:%s:%s:%d" % (what, invitation.pk.bytes, invitation.round)
    return hmac.digest(settings.SECRET_KEY.encode(), about, hashlib.sha256)


def _written(invitation: Invitation, what: bytes) -> str:
    return base64.urlsafe_b64encode(_digest(invitation, what)).decode().rstrip("=")
