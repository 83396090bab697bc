from django.apps import AppConfig


class HelplinesConfig(AppConfig):
    """Crisis contacts and the named person to call, on every page."""

    name = "helplines"
    verbose_name = "Help contacts"
