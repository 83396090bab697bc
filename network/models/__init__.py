"""What the Network keeps beside its seats. Membership is a term in its body."""

from network.models.partnerships import Partnership

__all__ = ["Partnership"]
