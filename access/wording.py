"""The words that people say yes to. Each version stays as it was agreed to; a new one gets the next number."""

from __future__ import annotations

WORDINGS = {
    1: (
        "They see all that you wrote in your access passport, now and when you change it. "
        "They use it only so that you can take part. They do not pass it on."
    ),
}

#: The one that is agreed to now.
CURRENT = max(WORDINGS)
