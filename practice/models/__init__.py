"""What peers share of their practice, what is said back, and what is reported."""

from practice.models.items import Audience, ContentNote, Item, Kind, Note, Principle, Tag, Witness
from practice.models.moderation import Act, Moderator, Report
from practice.models.replies import Reply

__all__ = [
    "Act",
    "Audience",
    "ContentNote",
    "Item",
    "Kind",
    "Moderator",
    "Note",
    "Principle",
    "Reply",
    "Report",
    "Tag",
    "Witness",
]
