"""Begin each test database as a copy of one that was migrated before, if there is one (see `migrated`)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation

from tests.support import migrated


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """pytest-django asks for this before it makes the databases."""
    if connection.vendor == "postgresql":
        # The one of the settings. Nobody is connected to it while tests run.
        if migrated.cluster():
            connection.settings_dict["TEST"]["TEMPLATE"] = connection.settings_dict["NAME"]
        yield
        return
    usual = DatabaseCreation._create_test_db

    def begin(self, verbosity, autoclobber, keepdb=False):
        made = usual(self, verbosity, autoclobber, keepdb)
        self.connection.close()  # the one of the settings, should anybody have opened it
        self.connection.settings_dict["NAME"] = made
        with self.connection.cursor() as cursor:
            migrated.fill_sqlite(cursor.connection)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "_create_test_db", begin)
        yield
