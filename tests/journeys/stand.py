"""Start the product from nothing once, and let each journey begin with a copy of what that made."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.product import start_product
from tests.support import migrated
from tests.support.services import another_like, running_broker

#: What belongs to processes that run, and not to the Trust.
OF_PROCESSES = shutil.ignore_patterns("broker*", "beat*", "log", "clock")


@dataclass
class Stand:
    """What a first start made: the `var` folder, and the database unless that lies in the folder."""

    var: Path
    database_url: str
    copies: int = 0

    @classmethod
    def first_started(cls, var: Path, database_url: str) -> Stand:
        """Start the product on empty tables, until its first page answers, and stop it."""
        with contextlib.ExitStack() as stack:
            environment = {}
            if database_url:
                environment = {"DATABASE_URL": database_url, "BROKER_URL": stack.enter_context(running_broker()).url}
            else:
                migrated.copy_sqlite(var / "db.sqlite3")
            start_product(var, **environment).stop()
        return cls(var, database_url)

    def copied(self, var: Path) -> dict[str, str]:
        """Copy everything; gives what the environment must say of the copy of the database, if anything."""
        shutil.copytree(self.var, var, ignore=OF_PROCESSES, dirs_exist_ok=True)
        if not self.database_url:
            return {}
        self.copies += 1
        return {"DATABASE_URL": another_like(self.database_url, f"copy{self.copies}")}
