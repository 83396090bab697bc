from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Bodies, seats, terms of office, offices, quorum and terms of reference."""

    name = "governance"
    verbose_name = "Bodies and seats"

    def ready(self) -> None:
        from governance import notifications  # noqa: F401, PLC0415 -- registers the message kinds
