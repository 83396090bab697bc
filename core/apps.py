from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Grammar that every room shares; no noun of the domain may enter."""

    name = "core"
