"""What a letter says in our own words."""

import re

from django.core.mail import EmailMessage

LINK = re.compile(r"(?<=/l/)\S+")


def own_words(email: EmailMessage) -> str:
    """Subject and body, without whom it is to and without the part of a link drawn by lot, which may spell anything.

    Raises AssertionError when it has no link.
    """
    assert LINK.search(email.body)
    return email.subject + "\n" + LINK.sub("", email.body.replace(email.to[0], ""))
