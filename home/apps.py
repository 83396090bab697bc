from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Pages assembled from the rooms below; owns no tables."""

    name = "home"
    verbose_name = "Home"
