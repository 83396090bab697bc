"""What the Network keeps beside its seats. Membership is a term in its body."""

from network.models.functions import FunctionLead, Nomination
from network.models.gaps import Gap
from network.models.handovers import Handover
from network.models.notes import Noted
from network.models.offers import Offer, PastedList
from network.models.partnerships import Partnership, Shared
from network.models.requests import SponsorRequest

__all__ = [
    "FunctionLead",
    "Gap",
    "Handover",
    "Nomination",
    "Noted",
    "Offer",
    "Partnership",
    "PastedList",
    "Shared",
    "SponsorRequest",
]
