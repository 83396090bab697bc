"""Taking role records away."""

from __future__ import annotations

from typing import IO, Any

from django.db import transaction

from audit.services import record as record_act
from audit.services import record_look
from core import clock
from workforce.export.columns import rows_of
from workforce.export.writing import write
from workforce.models.snapshots import Export


def take_away(*, by: Any, what: str, file_format: str, reason: str) -> tuple[IO[bytes], Export]:
    """The file, open at its beginning, and the row that says it was taken: by whom, when, and with how many rows.

    The reason goes into the log of looks. All is written down or there is no file.
    """
    with transaction.atomic():
        file, rows = write(rows_of(what), file_format)
        try:
            made = Export.objects.create(what=what, file_format=file_format, rows=rows, made_at=clock.now(), made_by=by)
            record_look(actor=by, what=f"workforce.exported_{what}", about=made, reason=reason)
            record_act(actor=by, verb="workforce.exported", about=made, what=what, format=file_format, rows=rows)
        except BaseException:
            file.close()
            raise
    return file, made
