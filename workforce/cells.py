"""Values in a file that a spreadsheet will open. None of them may be worked out as a formula.

A cell that begins with one of a few signs is taken as a formula, in CSV as well: OWASP, "CSV Injection". It gets a
leading apostrophe. So does one that begins so after blanks, or with the full-width form of a sign.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell, WriteOnlyCell

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: Signs that no spreadsheet may hold.
NOT_PRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_000


def safe(text: str) -> str:
    """`text` as a cell that is read and never worked out."""
    clean = NOT_PRINTED.sub("", text)[:LONGEST]
    is_formula = clean.startswith(STARTS_A_FORMULA) or clean.lstrip().startswith(STARTS_A_FORMULA)
    return f"'{clean}" if is_formula else clean


def plain(value: Any) -> str:
    """A value as the text of a cell of a CSV file: a day as 2026-09-01, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def safe_cell(sheet: Any, value: Any) -> Any:
    """A value for a row of an Excel sheet: numbers and days as they are, text marked as text."""
    if value is None or isinstance(value, int | Decimal | dt.date):
        return value
    cell: Cell = WriteOnlyCell(sheet, value=safe(str(value)))
    cell.data_type = "s"
    return cell
