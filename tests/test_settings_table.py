"""The table of settings names every variable that is read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ_BY = ("oxleas_coprod/settings.py", "oxleas_coprod/supervisor.py")
#: Read, and meant for nobody who installs the product.
OURS = {"HASHED_STATIC"}  # lets a test have the file names of production


def test_the_table_names_what_is_read():
    code = "".join((ROOT / name).read_text() for name in READ_BY)
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", code)) | set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", code))
    rows = [
        line.split("|")[1] for line in (ROOT / "docs/settings.md").read_text().splitlines() if line.startswith("| `")
    ]
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read - OURS
