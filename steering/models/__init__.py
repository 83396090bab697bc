"""Policies, the consultations on them, what people said, what was answered, and what was decided."""

from steering.models.comments import Answer, Comment, CommentDraft
from steering.models.consultations import Asked, Consultation, Ready
from steering.models.decisions import EqualityRecord, MemberView, Publication, Ratification, Recommendation
from steering.models.figures import StaffFigures
from steering.models.policies import Policy

__all__ = [
    "Answer",
    "Asked",
    "Comment",
    "CommentDraft",
    "Consultation",
    "EqualityRecord",
    "MemberView",
    "Policy",
    "Publication",
    "Ratification",
    "Ready",
    "Recommendation",
    "StaffFigures",
]
