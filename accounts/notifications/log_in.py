"""Message kinds of this room: codes, links, and word that something about one's own account has changed."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from accounts.models import LoginLink
from notifications.kinds import Kind, register
from notifications.models import Message


def _path_of_the_old_link(message: Message) -> str:
    """A fresh link leads where the old one led; to the front page when the old one has been cleared away."""
    old = LoginLink.objects.filter(pk=message.about_id).only("path").first()
    return old.path if old else reverse("home")


LOGIN_CODE = register(
    Kind(
        name="accounts.login_code",
        purpose="Gives somebody who is logging in their code, when they ask for one.",
        subject="code",
        template="messages/accounts_login_code.txt",
        lane="codes",
        lasts=dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    )
)

FRESH_LINK = register(
    Kind(
        name="accounts.fresh_link",
        purpose="Gives somebody whose link was old or used a new one, when they press the button that asks for it.",
        subject="link",
        template="messages/accounts_fresh_link.txt",
        path=_path_of_the_old_link,
        lasts=dt.timedelta(hours=4),
    )
)

WELCOME = register(
    Kind(
        name="accounts.welcome",
        purpose="Gives somebody new their first link, when they are added.",
        subject="invitation",
        template="messages/accounts_welcome.txt",
        path=lambda message: reverse("home"),
    )
)

LOG_IN_CHANGED = register(
    Kind(
        name="accounts.log_in_changed",
        purpose="Tells somebody that how they log in has changed, at once, so that they can say if it was not them.",
        subject="account",
        template="messages/accounts_log_in_changed.txt",
    )
)
