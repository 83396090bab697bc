"""What tests of logging in share: an app that shows numbers."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal import auth as totp


@pytest.fixture
def second_step():
    """Set the second step up for a person; gives a function that shows the number of this moment."""

    def set_up(person):
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(person, secret)
        return lambda: number_of(secret)

    return set_up


def number_of(secret: str) -> str:
    """What an app would show now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
