"""Verbs of this room. Each names who does it, and writes its history and its audit row."""

from workforce.services.records import keep, version_of
from workforce.services.striking import read_struck_out, strike_out
from workforce.services.vacancies import keep_check, move, name_who_fills, open_vacancy

__all__ = [
    "keep",
    "keep_check",
    "move",
    "name_who_fills",
    "open_vacancy",
    "read_struck_out",
    "strike_out",
    "version_of",
]
