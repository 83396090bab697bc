"""Empty the tables after a test that really commits, past the triggers that refuse it on SQLite.

PostgreSQL truncates, which runs no row triggers; SQLite deletes row by row. So for the length of the flush the
triggers are put aside, in the same transaction, and then put back as they were.
"""

from __future__ import annotations

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations  # its own module cannot be imported first


@pytest.fixture(autouse=True, scope="session")
def flush_past_triggers():
    usual = DatabaseOperations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            triggers = cursor.fetchall()
        aside = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*aside, *usual(self, *args, **kwargs), *(sql for _, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
