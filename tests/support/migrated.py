"""Two databases whose migrations ran once, for the length of a run. Every other of the run begins as a copy of one.

To run all migrations takes a quarter of a minute of one core, because Django draws every model anew at each step; a
gate needs some twenty databases. MIGRATED in the environment names the folder of the two. Whoever begins with a copy
still calls `migrate`, so a migration that the copy does not know is run. Without MIGRATED each begins with nothing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "MIGRATED"
SQLITE, CLUSTER = "db.sqlite3", "cluster"


def sqlite() -> Path | None:
    """The file of the SQLite database, if there is one to copy."""
    return _kept(SQLITE)


def cluster() -> Path | None:
    """The data folder of a stopped PostgreSQL, if there is one to copy."""
    return _kept(CLUSTER)


def _kept(name: str) -> Path | None:
    folder = os.environ.get(NAME, "")
    return Path(folder) / name if folder else None


def copy_sqlite(to: Path) -> None:
    """Begin a database file as a copy, if there is one to copy."""
    if kept := sqlite():
        shutil.copyfile(kept, to)


def fill_sqlite(connection: sqlite3.Connection) -> None:
    """The same for a database that is open, and may be in memory."""
    if kept := sqlite():
        source = sqlite3.connect(kept)
        source.backup(connection)
        source.close()


def make(sqlite_file: Path, postgres_url: str, environment: dict[str, str]) -> None:
    """Run the migrations on both at once, one on each core. Raises `CalledProcessError` when one fails."""
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda url: _migrate(url, environment), (f"sqlite:///{sqlite_file}", postgres_url)))
    with sqlite3.connect(sqlite_file) as whole:
        whole.execute("PRAGMA journal_mode=DELETE")  # all in the one file, so that it can be copied
    whole.close()


def _migrate(url: str, environment: dict[str, str]) -> None:
    environment = environment | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
