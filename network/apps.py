from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The Peers and Sponsors Network."""

    name = "network"
    verbose_name = "Network"

    def ready(self) -> None:
        from network import notifications  # noqa: F401, PLC0415 -- registers the message kinds
