from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Bodies, seats, terms of office, offices and quorum."""

    name = "governance"
    verbose_name = "Bodies and seats"
