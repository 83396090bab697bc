"""Verbs of this room. Each names who does it, and writes its history and its audit row."""

from workforce.services.records import keep, version_of
from workforce.services.vacancies import keep_check, move, name_who_fills, open_vacancy

__all__ = ["keep", "keep_check", "move", "name_who_fills", "open_vacancy", "version_of"]
