"""Open a file that somebody sent: in a process of its own, with limits, and nowhere else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from core.errors import Refused
from workforce.esr.reader.bounds import MOST_COLUMNS, MOST_ROWS

#: How Microsoft's older container begins: .xls files, and new files under a password.
OLE_BEGINS = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_BEGINS = b"PK\x03\x04"
MOST_BYTES = 10 * 1024 * 1024
SECONDS = 40

SAVE_AS = "Open it in Excel, save it as “CSV UTF-8” and choose that file."
#: What each refusal of the reading process means to the person.
REFUSALS = {
    "not_rows": "We cannot read this file. Choose a CSV file or an Excel file whose name ends in .xlsx.",
    "damaged": f"We cannot read all of this file: it may be damaged. {SAVE_AS}",
    "macros": f"This file has macros in it (small programs). {SAVE_AS}",
    "old_excel": f"This file is an older kind, or it has a password. {SAVE_AS}",
    "one_column": "This file has one column only. Choose a file with commas, semicolons or tabs between its columns.",
    "no_rows": "There are no rows in this file. The first row must be headings, with the people below.",
    "unpacks_too_big": f"This file would unpack to far more than a staff list needs. {SAVE_AS}",
    "too_hard": f"This file took too long to read. {SAVE_AS}",
    "too_many_rows": f"This file has more than {MOST_ROWS:,} rows. In ESR, choose only the peer roles, and try again.",
    "too_many_columns": f"This file has more than {MOST_COLUMNS} columns. Take out those you do not need.",
}


@dataclass(frozen=True)
class Found:
    """What was read. Each row begins with its line number in the file; its cells stand in the order of the headings."""

    name: str
    headings: list[str]
    rows: list[list[Any]]


def shown_name(name: str) -> str:
    """The name of the file as it may be shown again: no folders, no control characters, 200 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .,()&'’+-]", "", last).strip()[-200:] or "file.csv"


def read_file(file: Any) -> Found:
    """Read Django's uploaded `file`. Raises Refused (field "file") in plain words; then nothing is kept."""
    content = file.read(MOST_BYTES + 1)
    if not content.strip():
        raise Refused("The file is empty. Choose another file.", field="file")
    if len(content) > MOST_BYTES:
        raise Refused(f"The file is too big. It must be smaller than {MOST_BYTES // 1024 // 1024} MB.", field="file")
    if content.startswith(OLE_BEGINS):
        raise _refused("old_excel")
    answer = _ask_reader(content)
    if "refused" in answer:
        raise _refused(answer["refused"])
    return Found(shown_name(file.name or ""), answer["headings"], answer["rows"])


def _refused(why: str) -> Refused:
    return Refused(REFUSALS[why], field="file")


def _ask_reader(content: bytes) -> dict[str, Any]:
    """Give `content` to a new process with no environment of ours, and limits it sets itself."""
    kind = "xlsx" if content.startswith(ZIP_BEGINS) else "csv"
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, no shell, no argument from outside
            [sys.executable, "-s", "-m", f"workforce.esr.reader.{kind}_rows"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused("too_hard") from None
    try:
        return json.loads(done.stdout)
    except ValueError:  # killed at one of its limits before it could answer
        raise _refused("too_hard") from None
