"""What every table of this room shares."""

from __future__ import annotations

import datetime as dt

from django.db import models

from core import clock


class Recorded(models.Model):
    """A row whose every saved state is kept, with who and when. Change it through `workforce.services.keep`.

    A foreign key to one is CASCADE where the row belongs to it, and goes when it is struck out; SET_NULL where the
    row only leads to it; or else PROTECT.
    """

    class Meta:
        abstract = True

    @property
    def _history_date(self) -> dt.datetime:
        """When a kept state was saved: by the one clock, not by the history library's own."""
        return clock.now()
