"""What the Network keeps beside its seats. Membership is a term in its body."""

from network.models.offers import Offer, PastedList
from network.models.partnerships import Partnership

__all__ = ["Offer", "Partnership", "PastedList"]
