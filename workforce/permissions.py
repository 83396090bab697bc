"""What may be done in this room. Bound to rules in `oxleas_coprod/permissions.py`."""

from __future__ import annotations

from core.permissions import Permission

READ_ROLE_RECORDS = Permission("workforce.read_role_records", "read role records", ask="the HR team")
CHANGE_ROLE_RECORDS = Permission("workforce.change_role_records", "change role records", ask="the HR team")
IMPORT_ESR = Permission("workforce.import_esr", "import a file from the Electronic Staff Record", ask="the HR team")
READ_SENSITIVE = Permission("workforce.read_sensitive", "read what is held of health and DBS checks", ask="the HR team")
CHANGE_SENSITIVE = Permission(
    "workforce.change_sensitive", "change what is held of health and DBS checks", ask="the HR team"
)
STRIKE_OUT = Permission("workforce.strike_out", "strike out an entry made in error", ask="the HR team")
READ_STRUCK_OUT = Permission(
    "workforce.read_struck_out", "read what was struck out of the role records", ask="the governance lead"
)
EXPORT_ROLE_RECORDS = Permission("workforce.export_role_records", "take role records away as a file", ask="the HR team")
RELEASE_FIGURES = Permission(
    "workforce.release_figures", "release figures, or hand them to the Steering Group", ask="the HR team"
)
