"""Make the database, the static files and, in a demonstration, the demo Trust ready. Safe to run at every start."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from accounts.models import Person
from oxleas_coprod.demo import load_demo


class Command(BaseCommand):
    help = "Migrate, make the cache table, collect static files, and load the demo Trust into an empty demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self._collect_static()
        if settings.MODE != "production" and not Person.objects.exists():
            self.stdout.write("Making the demo Trust (all people invented) …")
            load_demo()

    def _collect_static(self) -> None:
        """Collect only when a source file changed: hashing and compressing takes longer than a start should."""
        stamp = settings.STATIC_ROOT / ".collected"
        wanted = _state_of(settings.STATICFILES_DIRS[0])
        if stamp.exists() and stamp.read_text() == wanted:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)


def _state_of(folder: Path) -> str:
    """A hash over the names, sizes and times of the files in `folder`."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            about = file.stat()
            digest.update(f"{file.relative_to(folder)} {about.st_size} {about.st_mtime_ns}".encode())
    return digest.hexdigest()
