from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The Peers and Sponsors Network."""

    name = "network"
    verbose_name = "Network"

    def ready(self) -> None:
        from access.ports import register_companions  # noqa: PLC0415 -- models must be loaded first
        from network import notifications  # noqa: F401, PLC0415 -- registers the message kinds
        from network.companions import Sponsors  # noqa: PLC0415 -- models must be loaded first

        register_companions(Sponsors())
