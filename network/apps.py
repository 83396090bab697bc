from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The Peers and Sponsors Network."""

    name = "network"
    verbose_name = "Network"
